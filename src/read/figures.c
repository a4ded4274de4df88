/* figures - the cells of a row become figures of the dataset, each with its keys. */
#include "read/figures_int.h"

#include "base/utf8.h"
#include "data/spelling_int.h"

#include <string.h>

struct period_reading {
    struct text label;
    size_t period; /* of the dataset; NO_COLUMN when the label is refused */
    unsigned markers;
    struct text refusal;
};

/* The markers of a note such as "words ignored; marker [p]". */
static unsigned note_markers(struct text note)
{
    unsigned markers = 0;
    for (int i = 0; i < MARKERS; i++) {
        char mark[16] = "marker [";
        strcat(strcat(mark, marker_letters(i)), "]");
        if (text_contains(note, text_from(mark)))
            markers |= 1u << i;
    }
    return markers;
}

static struct period_reading read_label(struct source *source, struct place place,
                                        struct text label)
{
    struct period period = period_read(source->arena, label);
    struct period_reading reading = {
        .label = period.label, .period = NO_COLUMN, .refusal = TEXT_EMPTY};
    if (period.flag == PERIOD_AMBIGUOUS || period.flag == PERIOD_ERROR) {
        reading.refusal = period.note;
        return reading;
    }
    if (period.flag == PERIOD_ASSUMED)
        diag(source->diags, DIAG_PERIOD_ASSUMED, place,
             "'%.*s' is read as %.*s, %.*s to %.*s%s%.*s",
             TEXT_ARG(text_quote(source->arena, label)),
             TEXT_ARG(period_display(source->arena, period)),
             TEXT_ARG(date_display(source->arena, period.start)),
             TEXT_ARG(date_display(source->arena, period.end)), period.note.len ? ": " : "",
             TEXT_ARG(period.note));
    reading.markers = note_markers(period.note);
    reading.period = dataset_period(source->dataset, period);
    return reading;
}

static const struct period_reading *label_reading(struct source *source, struct place place,
                                                  struct text label)
{
    for (size_t i = source->period_count; i > 0; i--) /* rows come in runs of one period */
        if (text_equal(source->periods[i - 1].label, label))
            return &source->periods[i - 1];
    source->periods = arena_grow(source->arena, source->periods, source->period_count,
                                 &source->period_capacity, sizeof *source->periods);
    source->periods[source->period_count] = read_label(source, place, label);
    return &source->periods[source->period_count++];
}

/* Words that stand beside numbers; any other may name somebody. */
static const char number_words[] =
    "per|cent|percent|percentage|points|pp|million|millions|mil|mn|billion|bn|thousand|thousands|"
    "pounds|pence|gbp|eur|usd|euro|euros|dollars|year|years|yr|yrs|month|months|week|weeks|day|"
    "days|hour|hours|hr|hrs|minute|minutes|min|mins|second|seconds|sec|secs|cr|dr|of|out|in|to|and|"
    "or|about|around|approx|approximately|circa|ca|less|more|than|over|under|up|at|least|most|"
    "between|est|estimate|estimated|prov|provisional|revised|rev|forecast|projected|nil|zero|nan|"
    "na|no|number|total|rate|average|avg|mean|median|km|kg|ha|kwh|mwh|co|tonnes|st|nd|rd|th|low|"
    "note|see|suppressed|supp|confidential";

/* Only what is meant as a number may stand in a message. */
static bool may_quote(struct text raw)
{
    bool digit = false;
    for (size_t at = 0; at < raw.len && raw.len <= 24;) {
        size_t from = at;
        uint32_t point = utf8_next(raw, &at);
        digit = digit || is_digit(raw.ptr[from]);
        /* signs of Latin-1, and of punctuation, money and mathematics */
        if (point >= 0xC0 && (point < 0x2000 || point > 0x22FF))
            return false;
        while (is_letter(raw.ptr[from]) && is_letter(char_at(raw, at)))
            at++;
        if (at - from > 1 && is_letter(raw.ptr[from]) &&
            !is_spelling(text_slice(raw, from, at), number_words))
            return false;
    }
    return digit && raw.len <= 24;
}

static struct text quoted(struct source *source, struct text raw, bool may)
{
    if (!may)
        return TEXT("the text in this cell");
    return text_format(source->arena, "'%.*s'", TEXT_ARG(text_quote(source->arena, raw)));
}

bool figure_period(struct source *source, struct place place, struct text label, size_t *period,
                   unsigned *markers)
{
    if (!label.len) {
        diag(source->diags, DIAG_PERIOD, place,
             "no period: expected one such as '2021/22' or 'April 2021'");
        return false;
    }
    const struct period_reading *reading = label_reading(source, place, label);
    if (reading->period == NO_COLUMN) {
        diag(source->diags, DIAG_PERIOD, place,
             "%.*s is no clear period%s%.*s%s: expected one "
             "such as '2021/22', 'April 2021' or 'Q1 2021/22'",
             TEXT_ARG(quoted(source, label, period_words_are_known(source->scratch, label))),
             reading->refusal.len ? " (" : "", TEXT_ARG(reading->refusal),
             reading->refusal.len ? ")" : "");
        return false;
    }
    *period = reading->period;
    *markers = reading->markers;
    return true;
}

bool figure_area(struct source *source, const struct record *row, struct text own, size_t column,
                 size_t *area)
{
    if (source->lookup.count) {
        own = *source->looked_up;
    } else if (!own.len) {
        own = source->fixed_area;
        if (!own.len && source->header.column[column] != NO_COLUMN) {
            diag(source->diags, DIAG_MISSING_VALUE, source_cell_place(source, row, column),
                 "no area in this row: fill it in, or give 'area = NAME' in [%.*s]",
                 TEXT_ARG(source->section->title));
            return false;
        }
    }
    *area = dataset_area(source->dataset, own);
    return true;
}

static struct text readers_unit(struct arena *arena, struct text unit)
{
    static const struct {
        const char *word, *shown;
    } units[] = {{"percent", "%"}, {"GBP", "£"}, {"percentage_points", "percentage points"}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text_is(unit, units[i].word))
            return text_from(units[i].shown);
    if (!text_starts(unit, TEXT("per_")))
        return unit.len ? text_copy(arena, unit) : TEXT_EMPTY;
    int64_t per;
    struct decimal number;
    if (decimal_parse(text_slice(unit, 4, unit.len), &number) && decimal_integer(number, &per))
        return text_format(arena, "per %.*s",
                           TEXT_ARG(decimal_display(arena, number, 0, DECIMAL_GROUPS)));
    return text_format(arena, "per %.*s", TEXT_ARG(text_slice(unit, 4, unit.len)));
}

/* "−5", "12 [p]" or "[x]", as a report shows it; of a confidential number the marker alone. */
static struct text reading_shown(struct arena *arena, struct value value)
{
    struct buffer out = {.arena = arena};
    if (value.present && !(value.markers & MARKER_CONFIDENTIAL))
        buffer_add(&out, decimal_display(arena, value.number, value.number.scale, DECIMAL_GROUPS));
    unsigned markers = value.present || value.markers ? value.markers : MARKER_NOT_AVAILABLE;
    for (int i = 0; i < MARKERS; i++)
        if (markers & 1u << i)
            buffer_format(&out, "%s[%s]", out.len ? " " : "", marker_letters(i));
    return buffer_text(&out);
}

bool figure_value(struct source *source, struct place place, struct text raw, struct value *value,
                  struct text *unit)
{
    const struct text this_cell = TEXT("the text in this cell");
    struct reading reading = value_read(source->scratch, raw);
    /* what is to be hidden, or is: not in a log either */
    bool is_secret = source->dataset->hiding.is_declared ||
                     (reading.flag != READING_ERROR && reading.value.markers & MARKER_CONFIDENTIAL);
    struct text note = source->dataset->hiding.is_declared ? TEXT_EMPTY : reading.note;
    if (reading.flag == READING_ERROR) {
        diag(
            source->diags, DIAG_NUMBER, place,
            "%.*s is not a number%s%.*s: expected one such as 1,234 or 12.5%%, or a marker such as "
            "[c] or [x]",
            TEXT_ARG(quoted(source, raw, !is_secret && may_quote(raw))), note.len ? ": " : "",
            TEXT_ARG(note));
        return false;
    }
    if (reading.flag == READING_CHECK && source->dataset->hiding.is_declared)
        diag(source->diags, DIAG_VALUE_CHECK, place,
             "%.*s can be read in more than one way: write the number alone, or a marker such as "
             "[c]",
             TEXT_ARG(this_cell));
    else if (reading.flag == READING_CHECK)
        diag(source->diags, DIAG_VALUE_CHECK, place,
             "%.*s is read as %.*s%s%.*s; look whether the export means that",
             TEXT_ARG(quoted(source, raw, !is_secret && may_quote(raw))),
             TEXT_ARG(reading_shown(source->scratch, reading.value)), note.len ? ": " : "",
             TEXT_ARG(note));
    *value = reading.value;
    if (!value->present && !value->markers)
        value->markers = MARKER_NOT_AVAILABLE;
    *unit = readers_unit(source->arena, reading.unit);
    return true;
}

/* "count" and "number" say the kind and nothing that a reader needs beside the figure. */
static bool is_plain_unit(struct text unit)
{
    return text_same_name(unit, TEXT("count")) || text_same_name(unit, TEXT("number"));
}

static void set_unit(struct source *source, struct measure *measure, struct text unit)
{
    if (!source->kind_given)
        measure->kind = unit_kind(unit);
    measure->unit = is_plain_unit(unit) ? TEXT_EMPTY : text_copy(source->arena, unit);
}

void figure_unit(struct source *source, size_t measure, struct place place, struct text unit)
{
    struct measure *m = &source->dataset->measures[measure];
    if (!unit.len || text_equal(unit, m->unit))
        return;
    if (!m->unit.len) {
        set_unit(source, m, unit);
        return;
    }
    if (unit_kind(unit) != unit_kind(m->unit))
        diag(source->diags, DIAG_VALUE_CHECK, place,
             "this number is in '%.*s', but its measure is in '%.*s'", TEXT_ARG(unit),
             TEXT_ARG(text_quote(source->arena, m->unit)));
}

static void set_once(struct arena *arena, struct text *field, struct text value)
{
    if (!field->len && value.len)
        *field = text_copy(arena, value);
}

size_t figure_measure(struct source *source, struct place place, struct text name, struct text unit,
                      struct text group, struct text note)
{
    size_t before = source->dataset->measure_count;
    size_t number = dataset_measure(source->dataset, name, place);
    struct measure *measure = &source->dataset->measures[number];
    if (number == before) {
        measure->kind = source->kind;
        struct text fixed = ini_value(source->section, "unit");
        if (fixed.len)
            set_unit(source, measure, fixed);
    }
    if (unit.len && !measure->unit.len)
        set_unit(source, measure, unit);
    set_once(source->arena, &measure->group, group);
    set_once(source->arena, &measure->note, note);
    return number;
}

void figure_code(struct source *source, size_t measure, struct text code)
{
    set_once(source->arena, &source->dataset->measures[measure].id, code);
}

static bool values_equal(struct value a, struct value b)
{
    return a.present == b.present && a.markers == b.markers &&
           (!a.present || decimal_compare(a.number, b.number) == 0);
}

/* What only one of two rows says does not contradict the other. */
static bool parts_agree(struct value a, struct value b)
{
    bool nothing = (!a.present && !a.markers) || (!b.present && !b.markers);
    return nothing || values_equal(a, b);
}

static bool published_agree(const struct published_with *a, const struct published_with *b)
{
    return !a || !b ||
           (parts_agree(a->lower_95, b->lower_95) && parts_agree(a->upper_95, b->upper_95) &&
            parts_agree(a->lower_998, b->lower_998) && parts_agree(a->upper_998, b->upper_998) &&
            text_equal(a->target_words, b->target_words) && a->rag == b->rag);
}

static bool figures_agree(const struct figure *a, const struct figure *b)
{
    return values_equal(a->value, b->value) && parts_agree(a->count, b->count) &&
           parts_agree(a->denominator, b->denominator) &&
           published_agree(a->published, b->published);
}

/* What a repeated figure says and the first one does not. */
static void add_what_is_new(struct figure *first, const struct figure *again)
{
    if (!first->count.present && !first->count.markers)
        first->count = again->count;
    if (!first->denominator.present && !first->denominator.markers)
        first->denominator = again->denominator;
    if (!first->published)
        first->published = again->published;
    if (!first->note.len)
        first->note = again->note;
}

/* "'Burglary, Northton, 2021/22'" */
static struct text figure_named(struct source *source, const struct figure *figure)
{
    const struct dataset *dataset = source->dataset;
    struct text area = dataset->areas.items[figure->area];
    struct text what = text_format(
        source->arena, "%.*s, %.*s%s%.*s", TEXT_ARG(dataset->measures[figure->measure].name),
        TEXT_ARG(area), area.len ? ", " : "",
        TEXT_ARG(period_display(source->arena, dataset->periods[figure->period])));
    return text_quote(source->arena, what);
}

/* False when its row is refused; a figure that has two values is stopped and costs no row. */
static bool report_repeat(struct source *source, const struct figure *figure,
                          const struct figure *first)
{
    struct text other = place_text(source->arena, first->place);
    struct text what = figure_named(source, figure);
    if (!figures_agree(figure, first) && source->lookup.count) {
        diag(source->diags, DIAG_CONFLICT, figure->place,
             "another value for '%.*s' than in %.*s: the lookup puts both into this area, and "
             "figures are not added up: add them up in the export",
             TEXT_ARG(what), TEXT_ARG(other));
        return false;
    }
    if (!figures_agree(figure, first)) {
        diag(source->diags, DIAG_CONFLICTING, figure->place,
             "another value for '%.*s' than in %.*s, so neither is shown: keep the right one",
             TEXT_ARG(what), TEXT_ARG(other));
        return true;
    }
    enum diag_kind kind = source->refuse_duplicates ? DIAG_DUPLICATE_ROW : DIAG_DUPLICATE_USED_ONCE;
    diag(source->diags, kind, figure->place, "'%.*s' stands in %.*s already, with the same value%s",
         TEXT_ARG(what), TEXT_ARG(other), source->refuse_duplicates ? "" : ": used once");
    return !source->refuse_duplicates;
}

/* Which of the two is right is not known. Where one of them is confidential, or small figures are
 * hidden and it could be one, that is what is said: [x] would not be protected from subtraction. */
static void stop_both(struct dataset *dataset, const struct figure *first,
                      const struct figure *again)
{
    bool is_secret = dataset->hiding.is_declared || again->value.markers & MARKER_CONFIDENTIAL;
    dataset_stop(dataset,
                 (struct stopped){.measure = first->measure,
                                  .area = first->area,
                                  .period = first->period,
                                  .marker = is_secret ? MARKER_CONFIDENTIAL : MARKER_NOT_AVAILABLE,
                                  .code = "DQ_DUPLICATE_CONFLICT",
                                  .why = TEXT("the source gives different values for it")});
}

static bool report_repeats(struct source *source, const struct figure *figures, size_t count)
{
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        struct figure f = figures[i];
        const struct figure *first = dataset_figure(source->dataset, f.measure, f.area, f.period);
        figure_settle(&f); /* as the first one is */
        if (first && !first->is_stopped)
            ok = report_repeat(source, &f, first) && ok;
    }
    return ok;
}

enum row_fate figures_add(struct source *source, const struct figure *figures, size_t count)
{
    struct dataset *dataset = source->dataset;
    size_t added = 0, conflicts = 0;
    if (!report_repeats(source, figures, count))
        return ROW_REJECTED;
    for (size_t i = 0; i < count; i++) {
        struct figure f = figures[i];
        struct figure *first = dataset_figure(dataset, f.measure, f.area, f.period);
        figure_settle(&f);
        if (first && (first->is_stopped || !figures_agree(&f, first))) {
            stop_both(dataset, first, &f);
            conflicts++;
        } else if (first) {
            add_what_is_new(first, &f);
            figure_settle(first);
        } else {
            dataset_add_figure(dataset, f); /* added up here as read, and again from there */
            account_add_value(source->account, f.value);
            added++;
        }
    }
    if (added || !count)
        return ROW_USED;
    account_exclude(source->arena, source->account,
                    conflicts ? TEXT("gives another value for a figure that stands above")
                              : TEXT("repeats a row with the same values"),
                    1);
    return ROW_EXCLUDED;
}

/* Words in a header that leave the meaning of its period alone. */
static bool is_plain_word(struct text word)
{
    static const char *const words[] = {"actual", "actuals", "outturn", "result", "results",
                                        "value",  "figure",  "figures", "number", "count"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_same_name(word, text_from(words[i])))
            return true;
    return false;
}

struct text period_header_label(struct arena *arena, struct text label)
{
    struct texts kept = {0};
    struct text_pieces pieces = text_split(label, ' ');
    for (struct text word; text_next(&pieces, &word);)
        if (word.len && !is_plain_word(word))
            texts_add(arena, &kept, word);
    return texts_join(arena, &kept, TEXT(" "));
}

static bool read_period_key(struct source *source, const struct ini_entry *entry, size_t *period)
{
    unsigned markers;
    return figure_period(source, entry->value_place, entry->value, period, &markers);
}

bool period_of_source(struct source *source, size_t *period)
{
    const struct ini_entry *entry = ini_entry(source->section, "period");
    source->dataset->period_given = true;
    if (entry && entry->value.len)
        return read_period_key(source, entry, period);
    if (date_is_known(source->period.start)) {
        *period = dataset_period(source->dataset, source->period);
        return true;
    }
    diag(source->diags, DIAG_PERIOD, source->section->place,
         "[%.*s]: the export does not say which period its figures are for: write it down, as in "
         "'period = 2021/22'",
         TEXT_ARG(source->section->title));
    return false;
}

/* Where a column is called "Month", a date in it stands for its month: Power BI and databases write
 * the first day. Empty when the label is none. */
static struct text month_of_date(struct source *source, size_t column, struct text label)
{
    struct text header = source->header.plain.items[source->header.column[column]];
    if (!text_same_name(header, TEXT("Month")))
        return TEXT_EMPTY;
    struct period period = period_read(source->scratch, label);
    bool is_day = (period.flag == PERIOD_OK || period.flag == PERIOD_ASSUMED) &&
                  date_number(period.start) == date_number(period.end);
    return is_day ? text_format(source->scratch, "%04d-%02d", period.start.year, period.start.month)
                  : TEXT_EMPTY;
}

bool period_of_cell(struct source *source, const struct record *row, size_t column, size_t *period,
                    unsigned *markers)
{
    struct text label = source_cell(source, row, column);
    struct text month = month_of_date(source, column, label);
    struct place place = source_cell_place(source, row, column);
    if (month.len)
        source_repair(source, place, "date in a column of months read as its month");
    return figure_period(source, place, month.len ? month : label, period, markers);
}
