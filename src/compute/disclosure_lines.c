/* disclosure_lines - which figures of a source add up to which. */
#include "compute/disclosure_int.h"

/* The cell of a figure of a count; SIZE_MAX: there is none. */
static size_t cell_of(const struct control *c, size_t measure, size_t area, size_t period)
{
    const struct figure *figure = dataset_figure(c->dataset, measure, area, period);
    if (!figure || c->dataset->measures[measure].kind != KIND_COUNT)
        return SIZE_MAX;
    return (size_t)(figure - c->dataset->figures);
}

static void add_to_line(struct control *c, size_t *count, size_t cell)
{
    if (cell != SIZE_MAX)
        c->cells[(*count)++] = cell;
}

/* ---- lines of measures ---- */

/* Parts that exceed their total are told of by name: what is hidden of them cannot be judged. */
static void add_parts(struct control *c, size_t count, size_t total)
{
    if (total == SIZE_MAX || !count || protect_line(&c->protect, c->cells, count, total))
        return;
    const struct figure *figure = &c->dataset->figures[total];
    disclosure_refuse(
        c, figure->place,
        text_format(c->arena, "parts of '%.*s' are more than it in %.*s",
                    TEXT_ARG(disclosure_measure(c, figure)->name),
                    TEXT_ARG(period_display(c->arena, c->dataset->periods[figure->period]))));
}

static void add_measures(struct control *c, size_t area, size_t period)
{
    size_t parts = 0;
    for (size_t m = 0; c->total != SIZE_MAX && m < c->dataset->measure_count; m++)
        if (c->dataset->measures[m].relation == RELATION_PART)
            add_to_line(c, &parts, cell_of(c, m, area, period));
    add_parts(c, parts, c->total == SIZE_MAX ? SIZE_MAX : cell_of(c, c->total, area, period));
    for (size_t m = 0; m < c->dataset->measure_count; m++) {
        const struct measure *measure = &c->dataset->measures[m];
        bool is_flag = measure->relation == RELATION_FLAG;
        size_t whole = is_flag ? c->total : measure->parent, one = 0;
        if (whole == SIZE_MAX)
            continue;
        add_to_line(c, &one, cell_of(c, m, area, period));
        add_parts(c, one, cell_of(c, whole, area, period));
    }
}

/* Men and women are all of their parent: those of which, together; no line when they overlap. */
static void add_subsets(struct control *c, size_t parent, size_t area, size_t period)
{
    size_t count = 0, total = cell_of(c, parent, area, period);
    for (size_t m = 0; m < c->dataset->measure_count; m++)
        if (c->dataset->measures[m].parent == parent)
            add_to_line(c, &count, cell_of(c, m, area, period));
    if (count > 1 && total != SIZE_MAX)
        protect_line(&c->protect, c->cells, count, total);
}

/* ---- lines of areas ---- */

/* Areas with counts at all. */
static bool *areas_with_counts(const struct control *c)
{
    bool *any = arena_calloc(c->arena, c->dataset->areas.count, sizeof *any);
    for (size_t i = 0; i < c->dataset->figure_count; i++)
        any[c->dataset->figures[i].area] |= c->protect.cells[i].is_known;
    return any;
}

/* Whether each of these areas has a figure of the measure in the period. */
static bool is_everywhere(const struct control *c, const struct figure *figure,
                          const bool *with_counts)
{
    for (size_t area = 0; area < c->dataset->areas.count; area++)
        if (with_counts[area] && cell_of(c, figure->measure, area, figure->period) == SIZE_MAX)
            return false;
    return true;
}

/* Sums of what all areas have: one that lacks a measure is not the smaller for it. Where they have
 * nothing in common, of all. */
static __int128 *sums_of_areas(const struct control *c)
{
    const struct dataset *dataset = c->dataset;
    __int128 *sums = arena_calloc(c->arena, dataset->areas.count, sizeof *sums);
    __int128 *common = arena_calloc(c->arena, dataset->areas.count, sizeof *common);
    const bool *with_counts = areas_with_counts(c);
    bool any = false;
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure *figure = &dataset->figures[i];
        if (!c->protect.cells[i].is_known)
            continue;
        sums[figure->area] += c->protect.cells[i].count;
        if (!is_everywhere(c, figure, with_counts))
            continue;
        common[figure->area] += c->protect.cells[i].count;
        any = true;
    }
    return any ? common : sums;
}

/* The areas, the largest first; of equals the first one named. */
static void sort_areas(struct control *c)
{
    size_t count = c->dataset->areas.count;
    const __int128 *known = sums_of_areas(c);
    __int128 *sums = arena_calloc(c->arena, count, sizeof *sums);
    c->areas = arena_calloc(c->arena, count, sizeof *c->areas);
    for (size_t area = 0; area < count; area++) {
        __int128 sum = known[area];
        size_t at = c->area_count++;
        for (; at > 0 && sums[at - 1] < sum; at--) {
            sums[at] = sums[at - 1];
            c->areas[at] = c->areas[at - 1];
        }
        sums[at] = sum;
        c->areas[at] = area;
    }
}

/* The figures of all areas behind that one, as cells of a line. */
static size_t smaller_areas(struct control *c, size_t at, size_t measure, size_t period)
{
    size_t count = 0;
    for (size_t i = at + 1; i < c->area_count; i++)
        add_to_line(c, &count, cell_of(c, measure, c->areas[i], period));
    return count;
}

static bool may_hold(struct control *c, size_t at, size_t measure, size_t period)
{
    size_t total = cell_of(c, measure, c->areas[at], period);
    if (total == SIZE_MAX || !c->protect.cells[total].is_known)
        return true;
    int64_t left = c->protect.cells[total].count;
    size_t count = smaller_areas(c, at, measure, period);
    for (size_t i = 0; i < count && left >= 0; i++)
        left -= c->protect.cells[c->cells[i]].is_known ? c->protect.cells[c->cells[i]].count : 0;
    return left >= 0;
}

static void add_areas(struct control *c, size_t at)
{
    const struct dataset *dataset = c->dataset;
    for (size_t m = 0; m < dataset->measure_count; m++)
        for (size_t p = 0; p < dataset->period_count; p++)
            if (!may_hold(c, at, m, p))
                return;
    for (size_t m = 0; m < dataset->measure_count; m++)
        for (size_t p = 0; p < dataset->period_count; p++) {
            size_t total = cell_of(c, m, c->areas[at], p);
            size_t count = smaller_areas(c, at, m, p);
            if (total != SIZE_MAX && count)
                protect_line(&c->protect, c->cells, count, total);
        }
}

/* ---- lines of periods ---- */

static bool has_counts(const struct control *c, size_t period)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        if (figure->period == period && disclosure_measure(c, figure)->kind == KIND_COUNT)
            return true;
    }
    return false;
}

static bool share_days(struct period a, struct period b)
{
    return date_is_known(a.start) && date_is_known(b.start) && !period_within(a, b) &&
           !period_within(b, a) && date_compare(a.start, b.end) <= 0 &&
           date_compare(b.start, a.end) <= 0;
}

/* Of rolling years each gives the change from one month to another: no line says so. */
void disclosure_check_periods(struct control *c)
{
    const struct dataset *dataset = c->dataset;
    for (size_t a = 0; a < dataset->period_count; a++)
        for (size_t b = a + 1; b < dataset->period_count; b++) {
            if (!share_days(dataset->periods[a], dataset->periods[b]) || !has_counts(c, a) ||
                !has_counts(c, b))
                continue;
            disclosure_refuse(
                c, dataset->place,
                text_format(c->arena, "%.*s and %.*s share days and neither is within the other",
                            TEXT_ARG(period_display(c->arena, dataset->periods[a])),
                            TEXT_ARG(period_display(c->arena, dataset->periods[b]))));
            return;
        }
}

static bool lies_in(const struct dataset *dataset, size_t part, size_t whole)
{
    struct period a = dataset->periods[part], b = dataset->periods[whole];
    return part != whole && date_is_known(a.start) && date_is_known(b.start) && period_within(a, b);
}

/* Directly: in nothing shorter that lies in it too. Such parts share no days:
 * disclosure_check_periods(). */
static bool lies_directly_in(const struct dataset *dataset, size_t part, size_t whole)
{
    if (!lies_in(dataset, part, whole))
        return false;
    for (size_t p = 0; p < dataset->period_count; p++)
        if (lies_in(dataset, part, p) && lies_in(dataset, p, whole))
            return false;
    return true;
}

/* What is counted on a day has no sum over days: its parts exceed the whole, and make no line. */
static void add_periods(struct control *c, size_t whole)
{
    const struct dataset *dataset = c->dataset;
    size_t *parts = arena_calloc(c->arena, dataset->period_count, sizeof *parts), part_count = 0;
    for (size_t p = 0; p < dataset->period_count; p++)
        if (lies_directly_in(dataset, p, whole))
            parts[part_count++] = p;
    for (size_t m = 0; part_count && m < dataset->measure_count; m++)
        for (size_t a = 0; a < dataset->areas.count; a++) {
            size_t total = cell_of(c, m, a, whole), count = 0;
            for (size_t i = 0; i < part_count; i++)
                add_to_line(c, &count, cell_of(c, m, a, parts[i]));
            if (total != SIZE_MAX && count)
                protect_line(&c->protect, c->cells, count, total);
        }
}

void disclosure_lines(struct control *c)
{
    const struct dataset *dataset = c->dataset;
    for (size_t a = 0; a < dataset->areas.count; a++)
        for (size_t p = 0; p < dataset->period_count; p++) {
            add_measures(c, a, p);
            for (size_t m = 0; m < dataset->measure_count; m++)
                add_subsets(c, m, a, p);
        }
    sort_areas(c);
    for (size_t at = 0; at + 2 < c->area_count; at++) /* of two, one is always the larger */
        add_areas(c, at);
    for (size_t p = 0; p < dataset->period_count; p++)
        add_periods(c, p);
}
