/* beside - what an export says beside a figure: its parts, limits, kind, and other columns. */
#include "read/read_int.h"

#include <string.h>

bool figure_part(struct source *source, const struct record *row, size_t column, struct value *out)
{
    struct text unit, raw = source_cell(source, row, column);
    *out = (struct value){.present = false};
    return !raw.len ||
           figure_value(source, source_cell_place(source, row, column), raw, out, &unit);
}

struct published_with published_nothing(void)
{
    return (struct published_with){.target_words = TEXT_EMPTY,
                                   .status = TEXT_EMPTY,
                                   .trend = TEXT_EMPTY,
                                   .compared = TEXT_EMPTY,
                                   .compared_parent = TEXT_EMPTY,
                                   .compared_goal = TEXT_EMPTY};
}

bool published_limits(struct source *source, const struct record *row, const size_t columns[4],
                      struct published_with *published)
{
    struct value *limits[] = {&published->lower_95, &published->upper_95, &published->lower_998,
                              &published->upper_998};
    bool ok = true;
    for (size_t i = 0; i < 4; i++)
        if (columns[i] != NO_COLUMN)
            ok = figure_part(source, row, columns[i], limits[i]) && ok;
    return ok;
}

static bool is_something(const struct published_with *p)
{
    const struct value *values[] = {&p->lower_95, &p->upper_95, &p->lower_998, &p->upper_998,
                                    &p->target};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (values[i]->present || values[i]->markers)
            return true;
    return p->rag != RAG_NONE || p->status.len || p->target_words.len || p->trend.len ||
           p->compared.len || p->compared_parent.len || p->compared_goal.len;
}

/* Limits give back the figure between them. */
static void hide_limits(struct published_with *published)
{
    const struct value hidden = {.markers = MARKER_CONFIDENTIAL};
    if (published->lower_95.present || published->upper_95.present)
        published->lower_95 = published->upper_95 = hidden;
    if (published->lower_998.present || published->upper_998.present)
        published->lower_998 = published->upper_998 = hidden;
}

const struct published_with *published_keep(struct source *source, struct value value,
                                            struct published_with published)
{
    if (value.markers & MARKER_CONFIDENTIAL)
        hide_limits(&published);
    if (!is_something(&published))
        return NULL;
    struct text *texts[] = {&published.target_words,    &published.status,
                            &published.trend,           &published.compared,
                            &published.compared_parent, &published.compared_goal};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i]->len)
            *texts[i] = text_copy(source->arena, *texts[i]);
    struct published_with *kept = arena_alloc(source->arena, sizeof *kept);
    *kept = published;
    return kept;
}

/* By a column of the dialect, the lookup or the filter. */
static bool is_used(const struct source *source, size_t column)
{
    return source->header.taken[column] ||
           (source->lookup.count && column == source->lookup_column) ||
           (source->filter.test != FILTER_NONE && column == source->filter_column);
}

void columns_tell_unused(struct source *source)
{
    const struct header *header = &source->header;
    struct texts unused = {0};
    for (size_t i = 0; i < header->names.count; i++)
        if (!is_used(source, i) && header->names.items[i].len && !header->ignored[i])
            texts_add(source->scratch, &unused, header->names.items[i]);
    if (unused.count)
        diag(source->diags, DIAG_READ, header->place, "columns not used: %.*s",
             TEXT_ARG(
                 text_quote(source->scratch, texts_join(source->scratch, &unused, TEXT(", ")))));
}

static struct text lower_case(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        buffer_add_byte(&out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return buffer_text(&out);
}

bool text_says(struct arena *arena, struct text t, const char *words)
{
    return text_contains(lower_case(arena, t), text_from(words));
}

/* "k" for thousand behind a number, and no longer word. */
static bool is_thousands(struct text t, size_t at)
{
    char after = at + 1 < t.len ? t.ptr[at + 1] : ' ';
    return at < t.len && t.ptr[at] == 'k' && !(after >= 'a' && after <= 'z') &&
           !(after >= '0' && after <= '9');
}

/* "100,000" for "100k". */
static struct text written_out(struct arena *arena, struct text base)
{
    if (base.ptr[base.len - 1] != 'k')
        return base;
    return text_format(arena, "%.*s,000", TEXT_ARG(text_slice(base, 0, base.len - 1)));
}

/* The end of a base such as 100, 1,000, 100000 or 10k that begins at `from`; `from` when none does.
 */
static size_t base_end(struct text t, size_t from)
{
    size_t end = from, digits = 0;
    for (; end < t.len; end++) {
        if (t.ptr[end] == (digits ? '0' : '1'))
            digits++;
        else if (t.ptr[end] != ',' || !digits)
            break;
    }
    bool goes_on = end < t.len && ((t.ptr[end] >= '0' && t.ptr[end] <= '9') ||
                                   (t.ptr[end] >= 'a' && t.ptr[end] <= 'z'));
    while (end > from && t.ptr[end - 1] == ',')
        end--;
    if (digits && is_thousands(t, end))
        return end + 1;
    return digits >= 3 && !goes_on ? end : from;
}

/* "per 100,000" of "…, per 100,000 population" or "… / 1,000"; empty when there is no such base. */
static struct text base_of_rate(struct arena *arena, struct text name)
{
    static const char *const before[] = {"per ", "/ ", "/"};
    for (size_t w = 0; w < sizeof before / sizeof before[0]; w++)
        for (size_t at = 0; at < name.len; at++) {
            size_t from = at + strlen(before[w]);
            if (!text_starts(text_slice(name, at, name.len), text_from(before[w])))
                continue;
            size_t end = base_end(name, from);
            if (end > from)
                return text_format(arena, "per %.*s",
                                   TEXT_ARG(written_out(arena, text_slice(name, from, end))));
        }
    return TEXT_EMPTY;
}

static bool has_word(struct text lower, const char *word)
{
    struct text w = text_from(word);
    for (size_t at = 0; at + w.len <= lower.len; at++) {
        char before = at ? lower.ptr[at - 1] : ' ';
        char after = at + w.len < lower.len ? lower.ptr[at + w.len] : ' ';
        bool alone = !(before >= 'a' && before <= 'z') && !(after >= 'a' && after <= 'z');
        if (alone && text_starts(text_slice(lower, at, lower.len), w))
            return true;
    }
    return false;
}

void figure_kind_by_name(struct source *source, size_t number)
{
    static const struct {
        const char *word;
        enum measure_kind kind;
        const char *unit;
    } words[] = {
        {"slope index", KIND_SCORE, ""},   {"inequality", KIND_SCORE, ""},
        {"gap", KIND_SCORE, ""},           {"life expectancy", KIND_LIFE_EXPECTANCY, "years"},
        {"percentage", KIND_PERCENT, "%"}, {"per cent", KIND_PERCENT, "%"},
        {"proportion", KIND_PERCENT, "%"}, {"prevalence", KIND_PERCENT, "%"},
        {"rate", KIND_RATE, ""},           {"median", KIND_MEDIAN, ""},
        {"average", KIND_MEAN, ""},        {"mean", KIND_MEAN, ""},
        {"score", KIND_SCORE, ""},         {"ratio", KIND_SCORE, ""},
        {"index", KIND_SCORE, ""},         {"rank", KIND_RANK, ""},
    };
    struct measure *measure = &source->dataset->measures[number];
    if (source->kind_given || ini_value(source->section, "unit").len)
        return;
    if (measure->unit.len) { /* "Life expectancy - years" says more than that it is a unit */
        struct text unit = lower_case(source->scratch, measure->unit);
        for (size_t i = 0; measure->kind == KIND_COUNT && i < sizeof words / sizeof words[0]; i++)
            if (has_word(unit, words[i].word))
                measure->kind = words[i].kind;
        return;
    }
    struct text lower = lower_case(source->scratch, measure->name);
    struct text base = base_of_rate(source->arena, lower);
    if (base.len) {
        measure->kind = KIND_RATE;
        measure->unit = base;
        return;
    }
    if (text_starts(lower, TEXT("number of ")))
        return;
    if (text_contains(lower, TEXT("%"))) {
        measure->kind = KIND_PERCENT;
        measure->unit = TEXT("%");
        return;
    }
    if (text_contains(lower, TEXT("(£)"))) {
        measure->kind = KIND_MONEY;
        measure->unit = TEXT("£");
        return;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (has_word(lower, words[i].word)) {
            measure->kind = words[i].kind;
            measure->unit = text_from(words[i].unit);
            return;
        }
}

void figure_kind_by_value(struct source *source, const struct figure *figure)
{
    struct measure *measure = &source->dataset->measures[figure->measure];
    int64_t whole;
    if (source->kind_given || measure->unit.len || measure->kind != KIND_COUNT ||
        ini_value(source->section, "unit").len || !figure->value.present)
        return;
    bool is_quotient = figure->denominator.present && figure->count.present &&
                       decimal_compare(figure->count.number, figure->value.number) != 0;
    if (!decimal_integer(figure->value.number, &whole) || is_quotient)
        measure->kind = figure->denominator.present ? KIND_RATE : KIND_SCORE;
}

static bool read_period_key(struct source *source, const struct ini_entry *entry, size_t *period)
{
    unsigned markers;
    return figure_period(source, entry->value_place, entry->value, period, &markers);
}

bool period_of_source(struct source *source, size_t *period)
{
    const struct ini_entry *entry = ini_entry(source->section, "period");
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
