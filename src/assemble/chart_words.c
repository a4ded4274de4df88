/* chart_words - what a picture of figures over time shows, for people who cannot see it. */
#include "assemble/chart_int.h"

enum { NAMED_MOST = 3 }; /* of equal points; more are counted */

/* The present point that is highest, or lowest; `count` when none is present. */
static size_t extreme_of(const struct chart_series *series, size_t count, bool highest)
{
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        if (!series->points[i].present)
            continue;
        int order = best == count
                        ? 1
                        : decimal_compare(series->points[i].value, series->points[best].value) *
                              (highest ? 1 : -1);
        if (order > 0)
            best = i;
    }
    return best;
}

/* "highest 412 (May 2021; June 2021)", all points that equal point `at`. */
static void add_extreme(struct buffer *out, const char *word, const struct chart *chart,
                        const struct chart_series *series, size_t at)
{
    size_t equal = 0;
    struct texts named = {0};
    for (size_t i = 0; i < chart->categories.count; i++)
        if (series->points[i].present &&
            decimal_compare(series->points[i].value, series->points[at].value) == 0) {
            equal++;
            texts_add(out->arena, &named, chart->categories.items[i]);
        }
    buffer_format(out, "%s %.*s (", word, TEXT_ARG(series->points[at].display));
    if (equal > NAMED_MOST)
        buffer_format(out, "%zu times", equal);
    else
        buffer_add(out, texts_join(out->arena, &named, TEXT("; ")));
    buffer_add_byte(out, ')');
}

void words_of_extremes(struct buffer *out, const struct chart *chart,
                       const struct chart_series *series)
{
    size_t count = chart->categories.count, highest = extreme_of(series, count, true);
    if (highest == count) {
        buffer_add(out, TEXT("no figure is shown"));
        return;
    }
    add_extreme(out, "highest", chart, series, highest);
    add_extreme(out, ", lowest", chart, series, extreme_of(series, count, false));
}

static void add_end(struct buffer *out, const char *word, const struct chart *chart,
                    const struct chart_series *series, size_t at)
{
    buffer_format(out, "%s %.*s (%.*s)", word, TEXT_ARG(series->points[at].display),
                  TEXT_ARG(chart->categories.items[at]));
}

void words_of_points(struct buffer *out, const struct chart *chart,
                     const struct chart_series *series)
{
    size_t count = chart->categories.count, first = 0, last = count;
    while (first < count && !series->points[first].present)
        first++;
    while (last > first && !series->points[last - 1].present)
        last--;
    if (first == count) {
        buffer_add(out,
                   series->label.len ? TEXT("no figure is shown") : TEXT("No figure is shown"));
        return;
    }
    add_end(out, series->label.len ? "from" : "From", chart, series, first);
    add_end(out, " to", chart, series, last - 1);
    buffer_add(out, TEXT(", "));
    words_of_extremes(out, chart, series);
}

struct text words_of_gaps(struct arena *arena, const struct chart *chart,
                          const struct chart_series *series)
{
    struct texts gaps = {0};
    for (size_t i = 0; i < chart->categories.count; i++)
        if (!series->points[i].present)
            texts_add(arena, &gaps,
                      text_format(arena, "%.*s %.*s", TEXT_ARG(chart->categories.items[i]),
                                  TEXT_ARG(series->points[i].display)));
    return gaps.count ? text_format(arena, "gaps where no figure is shown: %.*s",
                                    TEXT_ARG(texts_join(arena, &gaps, TEXT(", "))))
                      : TEXT_EMPTY;
}

const char *chart_no_series(const struct series *series)
{
    return series->dataset->hiding.rounding
               ? "a measure has no such periods in the source that follow on each other, and "
                 "rounded counts are not added up to longer ones"
               : "a measure has no months, quarters or years that follow on each other; rolling "
                 "years and years that overlap are none";
}

void words_of_signals(struct buffer *out, const struct chart *chart, const struct control *control)
{
    bool listed = false;
    for (size_t i = 0, end; i < control->count; i = end) {
        enum signal signal = control->points[i].signal;
        for (end = i + 1; end < control->count && control->points[end].signal == signal; end++)
            ;
        if (signal == SIGNAL_NONE)
            continue;
        buffer_format(out, "%s%s in %.*s", listed ? "; " : "", signal_words(signal),
                      TEXT_ARG(chart->categories.items[i]));
        if (end - i > 1)
            buffer_format(out, " to %.*s", TEXT_ARG(chart->categories.items[end - 1]));
        else
            buffer_format(out, " (%.*s)", TEXT_ARG(chart->series->points[i].display));
        listed = true;
    }
}

struct text chart_step_header(struct assembly *assembly, const struct ini_section *section,
                              enum series_step step)
{
    struct text header = assembly_value(assembly, section, "row header");
    return header.len                ? header
           : step == SERIES_MONTHS   ? TEXT("Month")
           : step == SERIES_QUARTERS ? TEXT("Quarter")
                                     : TEXT("Year");
}

static void add_note(struct assembly *assembly, struct table *table, struct text note)
{
    if (texts_find(&table->notes, note) == table->notes.count)
        texts_add(assembly->arena, &table->notes, note);
}

void note_left_out(struct assembly *assembly, const struct series *series, struct table *table)
{
    struct arena *arena = assembly->arena;
    const struct texts *left_out = &series->left_out;
    if (!left_out->count)
        return;
    struct text first = left_out->items[0], last = left_out->items[left_out->count - 1];
    add_note(assembly, table,
             text_format(arena, "%.*s%s%.*s left out: figures are whole up to %.*s only.",
                         TEXT_ARG(first),
                         left_out->count == 1   ? " is"
                         : left_out->count == 2 ? " and "
                                                : " to ",
                         TEXT_ARG(left_out->count == 1 ? TEXT_EMPTY
                                                       : text_concat(arena, last, TEXT(" are"))),
                         TEXT_ARG(date_display(arena, series->known_to))));
}

void note_gaps(struct assembly *assembly, const struct chart *chart)
{
    bool any = false, breaks = false;
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->categories.count; i++) {
            any = any || !chart->series[s].points[i].present;
            breaks = breaks || chart->series[s].points[i].is_after_break;
        }
    if (any)
        texts_add(assembly->arena, &chart->data->notes,
                  chart->has_bars
                      ? TEXT("Where a bar is missing, no figure is shown: the table says why.")
                      : TEXT("Where a line has a gap, no figure is shown: the table says why."));
    if (breaks)
        texts_add(assembly->arena, &chart->data->notes,
                  TEXT("At a break in the series, [b], the line begins anew: figures before it "
                       "cannot be compared with those from then on."));
}

void note_stopped_points(struct assembly *assembly, const struct series *series, size_t count,
                         struct table *table)
{
    struct stopped_scopes scopes = {0};
    for (size_t s = 0; s < count; s++) {
        const struct series *one = &series[s];
        struct period span = one->points[0].period;
        span.end = one->points[one->count - 1].period.end;
        for (size_t i = 0; i < one->count; i++)
            stopped_left(assembly, one->points[i].value);
        for (size_t m = 0; m < one->dataset->measure_count; m++)
            if (one->measure == SERIES_TOTAL ? one->dataset->measures[m].relation == RELATION_PART
                                             : m == one->measure)
                stopped_scope_add(assembly->arena, &scopes, m, one->area, span);
    }
    stopped_note_scopes(assembly, series->dataset, &scopes, &table->notes);
}

/* "46, where the 12 months nearest to it have 355 to 466". */
static struct text doubt_words(struct arena *arena, const struct doubt *doubt)
{
    return text_format(arena, "%.*s, where %.*s have %.*s to %.*s",
                       TEXT_ARG(value_display(arena, doubt->value, 0, KIND_COUNT)),
                       TEXT_ARG(doubt->history),
                       TEXT_ARG(value_display(arena, doubt->low, 0, KIND_COUNT)),
                       TEXT_ARG(value_display(arena, doubt->high, 0, KIND_COUNT)));
}

void note_doubts(struct assembly *assembly, const struct report_source *source,
                 const struct series *series, struct table *table)
{
    struct arena *arena = assembly->arena;
    const struct doubts *doubts = &source->comparison->doubts;
    for (size_t i = 0; i < doubts->count && series->area == source->comparison->where; i++) {
        const struct doubt *doubt = &doubts->items[i];
        if (doubt->kind == DOUBT_CUT_OFF || series_find(series, doubt->period) == series->count ||
            (doubt->label.len && !text_equal(doubt->label, series->label)))
            continue;
        add_note(assembly, table,
                 text_format(arena, "%.*s is far outside its own history (%s%.*s): %s.",
                             TEXT_ARG(period_display(arena, doubt->period)),
                             doubt->label.len ? "" : "in all ", TEXT_ARG(doubt_words(arena, doubt)),
                             doubt->kind == DOUBT_LOW_END
                                 ? "it may not be whole"
                                 : "it may be wrong, and so may what rests on it"));
    }
}

void add_marker_column(struct assembly *assembly, struct table *table, const struct value *values,
                       size_t columns, const struct text *labels)
{
    struct arena *arena = assembly->arena;
    size_t last = table->column_count - 1;
    bool any = false;
    for (size_t r = 0; r < table->row_count; r++) {
        struct buffer note = {.arena = arena};
        for (size_t c = 0; c < columns; c++) {
            const struct value *value = &values[r * columns + c];
            if (!value->present || !value->markers)
                continue;
            buffer_format(&note, "%s%.*s%s%.*s", note.len ? "; " : "",
                          TEXT_ARG(columns > 1 ? labels[c] : TEXT_EMPTY), columns > 1 ? ": " : "",
                          TEXT_ARG(markers_display(arena, value->markers)));
        }
        any = any || note.len;
        table->rows[r].cells[last] = cell_text(buffer_text(&note));
    }
    table->columns[last].header = TEXT("Notes");
    if (!any)
        table->column_count--;
}
