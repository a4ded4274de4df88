#include "read/read_int.h"

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
             "'%.*s' is no clear period%s%.*s%s: expected one "
             "such as '2021/22', 'April 2021' or 'Q1 2021/22'",
             TEXT_ARG(text_quote(source->arena, label)), reading->refusal.len ? " (" : "",
             TEXT_ARG(reading->refusal), reading->refusal.len ? ")" : "");
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

/* Only what is meant as a number may stand in a message. */
static bool may_quote(struct text raw)
{
    bool digit = false;
    for (size_t i = 0; i < raw.len; i++)
        digit = digit || (raw.ptr[i] >= '0' && raw.ptr[i] <= '9');
    return digit && raw.len <= 24;
}

static struct text quoted(struct source *source, struct text raw)
{
    if (!may_quote(raw))
        return TEXT("the text in this cell");
    return text_format(source->arena, "'%.*s'", TEXT_ARG(text_quote(source->arena, raw)));
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
            TEXT_ARG(is_secret ? this_cell : quoted(source, raw)), note.len ? ": " : "",
            TEXT_ARG(note));
        return false;
    }
    if (reading.flag == READING_CHECK)
        diag(source->diags, DIAG_VALUE_CHECK, place, "%.*s needs a look: %.*s",
             TEXT_ARG(is_secret ? this_cell : quoted(source, raw)),
             TEXT_ARG(note.len ? note : TEXT("it may not mean what it says")));
    *value = reading.value;
    if (!value->present && !value->markers)
        value->markers = MARKER_NOT_AVAILABLE;
    *unit = readers_unit(source->arena, reading.unit);
    return true;
}

enum measure_kind unit_kind(struct text unit)
{
    static const struct {
        const char *word;
        enum measure_kind kind;
    } units[] = {
        {"%", KIND_PERCENT},    {"per cent", KIND_PERCENT}, {"percentage points", KIND_PERCENT},
        {"£", KIND_MONEY},      {"pounds", KIND_MONEY},     {"£000", KIND_MONEY},
        {"years", KIND_MEAN},   {"days", KIND_MEAN},        {"weeks", KIND_MEAN},
        {"months", KIND_MEAN},  {"hours", KIND_MEAN},       {"minutes", KIND_MEAN},
        {"points", KIND_SCORE}, {"number", KIND_COUNT},
    };
    enum measure_kind kind;
    if (measure_kind_read(unit, &kind))
        return kind;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text_is(unit, units[i].word))
            return units[i].kind;
    if (text_starts(unit, TEXT("per ")) || text_contains(unit, TEXT(" per ")) ||
        text_ends(unit, TEXT(" rate")))
        return KIND_RATE;
    return KIND_COUNT;
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

static bool report_repeat(struct source *source, const struct figure *figure,
                          const struct figure *first)
{
    const struct dataset *dataset = source->dataset;
    struct text other = place_text(source->arena, first->place);
    struct text area = dataset->areas.items[figure->area];
    struct text what = text_format(
        source->arena, "%.*s, %.*s%s%.*s", TEXT_ARG(dataset->measures[figure->measure].name),
        TEXT_ARG(area), area.len ? ", " : "",
        TEXT_ARG(period_display(source->arena, dataset->periods[figure->period])));
    what = text_quote(source->arena, what);
    if (!figures_agree(figure, first)) {
        diag(source->diags, DIAG_CONFLICT, figure->place,
             "another value for '%.*s' than in %.*s: keep the right one", TEXT_ARG(what),
             TEXT_ARG(other));
        return false;
    }
    enum diag_kind kind = source->refuse_duplicates ? DIAG_DUPLICATE_ROW : DIAG_DUPLICATE_USED_ONCE;
    diag(source->diags, kind, figure->place, "'%.*s' stands in %.*s already, with the same value%s",
         TEXT_ARG(what), TEXT_ARG(other), source->refuse_duplicates ? "" : ": used once");
    return !source->refuse_duplicates;
}

enum row_fate figures_add(struct source *source, const struct figure *figures, size_t count)
{
    struct dataset *dataset = source->dataset;
    bool ok = true;
    size_t added = 0;
    for (size_t i = 0; i < count; i++) {
        struct figure f = figures[i];
        const struct figure *first = dataset_figure(dataset, f.measure, f.area, f.period);
        figure_settle(&f); /* as the first one is */
        if (first)
            ok = report_repeat(source, &f, first) && ok;
    }
    if (!ok)
        return ROW_REJECTED;
    for (size_t i = 0; i < count; i++) {
        const struct figure *f = &figures[i];
        struct figure *first = dataset_figure(dataset, f->measure, f->area, f->period);
        if (first) {
            add_what_is_new(first, f);
            figure_settle(first);
            continue;
        }
        dataset_add_figure(dataset, *f);
        struct figure counted = *f; /* added up here as read, and again from the dataset */
        figure_settle(&counted);
        account_add_value(source->account, counted.value);
        added++;
    }
    if (added || !count)
        return ROW_USED;
    account_exclude(source->arena, source->account, TEXT("repeats a row with the same values"), 1);
    return ROW_EXCLUDED;
}
