/* benchmark - a table of measures beside other areas, with what may be said of each in words. */
#include "assemble/remarks_int.h"

#include "compute/standing.h"

#include <math.h>
#include <stdio.h>

/* What the table shows of each measure. */
struct spec {
    const struct comparison *comparison; /* its comparators are the other areas */
    size_t with;                         /* number of the one that words are about */
    size_t here;                         /* number of the area */
    struct date end;                     /* of the job's period */
    bool estimates;
    bool has_goals; /* of an eighth of the rows or more: they have a column */
    struct remarks remarks;
    bool has_counts;
    bool has_pairs; /* counts and denominators here and there */
    const struct figure **shown;
    size_t shown_count;
    size_t shown_capacity;
};

/* The comparator that `compare with` names, the first one when it is not given. */
static bool choose_comparator(struct assembly *assembly, const struct ini_section *section,
                              const struct comparison *comparison, size_t *out)
{
    struct text name = assembly_value(assembly, section, "compare with");
    struct texts names = {0};
    for (size_t i = 0; i < comparison->comparator_count; i++) {
        struct text area = comparison->comparators[i].comparison->area;
        texts_add(assembly->arena, &names, area);
        *out = i;
        if (!name.len || text_same_name(name, area))
            return true;
    }
    if (names.count)
        assembly_bad_choice(assembly, section, "compare with", name, &names);
    else if (!comparison->dataset->incomplete)
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] compares areas and source '%.*s' names none: write 'comparator = AREA' in "
             "[source %.*s] of the job, with one of %.*s",
             TEXT_ARG(section->title), TEXT_ARG(comparison->dataset->name),
             TEXT_ARG(comparison->dataset->name),
             TEXT_ARG(texts_join(assembly->arena, &comparison->dataset->areas, TEXT(", "))));
    return false;
}

static struct measured measured_of(const struct spec *spec, size_t m, const struct figure *here)
{
    return standing_measured(spec->comparison, &spec->comparison->comparators[spec->with], m, here,
                             spec->estimates);
}

/* A double as it is shown: its shortest decimal, rounded half away from zero. */
static struct text double_display(struct arena *arena, double number, unsigned places,
                                  enum measure_kind kind)
{
    enum { DIGITS = 40 };
    char digits[DIGITS];
    struct value value = {.present = true};
    snprintf(digits, sizeof digits, "%.12f", number);
    if (!decimal_parse(text_from(digits), &value.number))
        return TEXT("[z]");
    return value_display(arena, value, places, kind);
}

static struct text range_display(struct arena *arena, const struct measured *measured)
{
    struct interval range = standing_range(arena, measured);
    unsigned places = measured->here->value.number.scale;
    enum measure_kind kind = measured->measure->kind;
    if (!measured->here->value.present)
        return markers_display(arena, measured->here->value.markers);
    if (!isfinite(range.lower) || !isfinite(range.upper))
        return TEXT("[z]");
    return text_format(arena, "%.*s to %.*s",
                       TEXT_ARG(double_display(arena, range.lower, places, kind)),
                       TEXT_ARG(double_display(arena, range.upper, places, kind)));
}

/* "↑ Higher, better"; "Not computed"; "[c]". */
static struct text stood_display(struct arena *arena, const struct stood *stood, bool is_above)
{
    if (stood->by == STOOD_MARKED)
        return markers_display(arena, stood->markers);
    if (stood->by == STOOD_NOT)
        return TEXT("Not computed");
    return standing_display(arena, stood->standing, is_above);
}

static bool is_above(struct value here, struct value there)
{
    return here.present && there.present && decimal_compare(here.number, there.number) > 0;
}

/* A cell begins as a sentence does. */
static struct text with_capital(struct arena *arena, struct text t)
{
    if (!t.len || t.ptr[0] < 'a' || t.ptr[0] > 'z')
        return t;
    const char first = (char)(t.ptr[0] - 'a' + 'A');
    return text_concat(arena, (struct text){&first, 1}, text_slice(t, 1, t.len));
}

static bool has_goal(const struct figure *figure, enum polarity polarity)
{
    const struct published_with *with = figure->published;
    bool says_way = polarity == POLARITY_HIGH || polarity == POLARITY_LOW;
    return with && (with->against.goal.len || (with->target.present && says_way));
}

/* "↑ Higher, better (goal 66.7%)", or [z] where there is no goal. */
static struct text goal_display(struct arena *arena, const struct measured *measured)
{
    struct stood stood = standing_to_goal(arena, measured);
    struct value goal = {.present = false};
    if (measured->here->published)
        goal = measured->here->published->target;
    if (!measured->here->value.present &&
        has_goal(measured->here, measured->measure->target.polarity))
        return markers_display(arena, measured->here->value.markers);
    if (stood.by == STOOD_NOT && !stood.why.len)
        return TEXT("[z]");
    if (!goal.present) /* the publisher's word alone: which side of it is not known */
        return stood.standing == STANDING_SIMILAR
                   ? TEXT("≈ Similar")
                   : with_capital(arena, text_from(standing_word(stood.standing)));
    struct text words = stood_display(arena, &stood, is_above(measured->here->value, goal));
    return text_format(
        arena, "%.*s (goal %.*s)", TEXT_ARG(words),
        TEXT_ARG(value_display(arena, goal, goal.number.scale, measured->measure->kind)));
}

/* How the comparison was made, and what is to be known of each figure. */
static struct text how_display(struct spec *spec, const struct measured *measured,
                               const struct stood *stood)
{
    struct arena *arena = spec->remarks.arena;
    struct buffer out = {.arena = arena};
    const struct comparison *comparison = spec->comparison;
    size_t m = (size_t)(measured->measure - comparison->dataset->measures);
    struct text label = measured->measure->label;
    buffer_add(&out, stood->why);
    if (!spec->has_goals && has_goal(measured->here, measured->measure->target.polarity))
        buffer_format(&out, "; against its goal: %.*s", TEXT_ARG(goal_display(arena, measured)));
    remarks_add(&spec->remarks, &out, label, comparison->area, true, measured->here);
    for (size_t i = 0; i < comparison->comparator_count; i++) {
        const struct comparison *other = comparison->comparators[i].comparison;
        const struct figure *there =
            dataset_figure(comparison->dataset, m, other->where, measured->here->period);
        if (there)
            remarks_add(&spec->remarks, &out, label, other->area, false, there);
    }
    return with_capital(arena, buffer_text(&out));
}

static struct cell area_cell(struct arena *arena, const struct figure *figure,
                             enum measure_kind kind)
{
    struct value value = figure ? figure->value : value_not_available;
    return value_cell(arena, value, value.number.scale, kind);
}

/* Not every figure has one. */
static struct cell count_cell(struct arena *arena, const struct figure *figure)
{
    bool is_given = figure->count.present || figure->count.markers;
    return is_given ? value_cell(arena, figure->count, figure->count.number.scale, KIND_COUNT)
                    : cell_text(TEXT("[x]"));
}

/* The latest figure here; of a measure that is known of the comparator alone, that it is not. */
static const struct figure *figure_here(struct arena *arena, const struct spec *spec, size_t m)
{
    const struct dataset *dataset = spec->comparison->dataset;
    const struct figure *here = dataset_latest(dataset, m, spec->here, spec->end);
    size_t there = spec->comparison->comparators[spec->with].comparison->where;
    const struct figure *other = here ? NULL : dataset_latest(dataset, m, there, spec->end);
    if (!other)
        return here;
    struct figure *missing = arena_alloc(arena, sizeof *missing);
    *missing = (struct figure){.measure = m,
                               .area = spec->here,
                               .period = other->period,
                               .value = value_not_available,
                               .note = TEXT_EMPTY,
                               .place = other->place};
    return missing;
}

/* The figures that stand in the row: that of the area, and those of the others. */
static void note_shown(struct spec *spec, struct arena *arena, const struct figure *figure)
{
    if (!figure)
        return;
    spec->shown = arena_grow(arena, spec->shown, spec->shown_count, &spec->shown_capacity,
                             sizeof *spec->shown);
    spec->shown[spec->shown_count++] = figure;
}

static void add_measure_row(struct assembly *assembly, struct spec *spec, size_t m,
                            struct table *table)
{
    struct arena *arena = assembly->arena;
    const struct dataset *dataset = spec->comparison->dataset;
    const struct measure *measure = &dataset->measures[m];
    const struct figure *here = figure_here(arena, spec, m);
    size_t c = 0;
    if (!here)
        return;
    const struct compared named = {
        .measure = measure, .label = measure->label, .kind = measure->kind, .now = here->value};
    const struct measured measured = measured_of(spec, m, here);
    const struct stood stood = standing_to_area(arena, &measured);
    struct row *row = table_add_row(arena, table, ROW_BODY);
    row->group = measure->group;
    row->place = measure->place;
    row->cells[c++] = cell_text(compared_title(arena, &named));
    row->cells[c++] = cell_text(period_display(arena, dataset->periods[here->period]));
    if (spec->has_counts)
        row->cells[c++] = count_cell(arena, here);
    row->cells[c++] = area_cell(arena, here, measure->kind);
    row->cells[c++] = cell_text(range_display(arena, &measured));
    note_shown(spec, arena, here);
    if (measure->note.len)
        texts_add(arena, &table->notes, measure->note);
    stopped_left(assembly, here->value);
    for (size_t i = 0; i < spec->comparison->comparator_count; i++) {
        size_t area = spec->comparison->comparators[i].comparison->where;
        const struct figure *other = dataset_figure(dataset, m, area, here->period);
        row->cells[c++] = area_cell(arena, other, measure->kind);
        note_shown(spec, arena, other);
    }
    struct value there = measured.there ? measured.there->value : value_not_available;
    row->cells[c++] = cell_marked(stood_display(arena, &stood, is_above(here->value, there)));
    if (spec->has_goals)
        row->cells[c++] = cell_marked(goal_display(arena, &measured));
    row->cells[c++] = cell_text(how_display(spec, &measured, &stood));
}

static void count_remarks(struct spec *spec, size_t m, const struct figure *here)
{
    const struct comparison *comparison = spec->comparison;
    remarks_count(&spec->remarks, here);
    for (size_t i = 0; i < comparison->comparator_count; i++)
        remarks_count(&spec->remarks,
                      dataset_figure(comparison->dataset, m,
                                     comparison->comparators[i].comparison->where, here->period));
}

/* Columns that would be blank are left out, or nearly so. */
static void find_columns(struct spec *spec)
{
    const struct dataset *dataset = spec->comparison->dataset;
    size_t rows = 0, goals = 0;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct figure *here = dataset_latest(dataset, m, spec->here, spec->end);
        if (!here)
            continue;
        spec->has_counts = spec->has_counts || here->count.present || here->count.markers;
        const struct measured measured = measured_of(spec, m, here);
        spec->has_pairs =
            spec->has_pairs || (!measured.is_rounded && here->denominator.present &&
                                measured.there && measured.there->denominator.present);
        goals += has_goal(here, dataset->measures[m].target.polarity);
        rows++;
        count_remarks(spec, m, here);
    }
    spec->has_goals = goals && goals * 8 >= rows;
}

static void add_columns(struct assembly *assembly, const struct ini_section *section,
                        const struct spec *spec, struct table *table)
{
    const struct comparison *comparison = spec->comparison;
    struct text header = assembly_value(assembly, section, "row header");
    struct text area = comparison->dataset->areas.items[spec->here];
    size_t c = 0;
    table->columns[c].header = header.len ? header : TEXT("Measure");
    table->columns[c++].is_row_header = true;
    table->columns[c++].header = TEXT("Period");
    if (spec->has_counts)
        number_column(table, c++, TEXT("Count"));
    number_column(table, c++, area.len ? area : TEXT("Value"));
    table->columns[c++].header = TEXT("Likely range");
    for (size_t i = 0; i < comparison->comparator_count; i++)
        number_column(table, c++, comparison->comparators[i].comparison->area);
    table->columns[c++].header =
        text_format(assembly->arena, "Compared with %.*s",
                    TEXT_ARG(comparison->comparators[spec->with].comparison->area));
    if (spec->has_goals)
        table->columns[c++].header = TEXT("Compared with the goal");
    table->columns[c].header = TEXT("How this was found");
    table->columns[c].long_text = true;
}

static void add_method_notes(struct assembly *assembly, const struct spec *spec,
                             struct table *table)
{
    struct text with = spec->comparison->comparators[spec->with].comparison->area;
    texts_add(
        assembly->arena, &table->notes,
        text_format(assembly->arena,
                    "The likely range is a 95%% confidence interval. “Higher”, “lower”, "
                    "“better” and “worse” mean that %.*s is outside it; “similar”, that it is "
                    "within it, which does not mean that the two are the same.",
                    TEXT_ARG(with)));
    if (spec->comparison->dataset->hiding.rounding)
        texts_add(assembly->arena, &table->notes,
                  TEXT("Counts that are rounded to protect people say no likely range."));
    texts_add(assembly->arena, &table->notes,
              TEXT("“Not computed” stands where these figures alone cannot tell; the last column "
                   "says why."));
    if (spec->has_pairs)
        texts_add(
            assembly->arena, &table->notes,
            TEXT("Where the counts of both areas are known, these are compared: “similar” then "
                 "means that the likely range of how they differ holds no difference."));
    if (spec->estimates)
        texts_add(assembly->arena, &table->notes,
                  TEXT("Comparisons marked [e] are estimated from the table alone, and are not the "
                       "publisher's."));
}

static void set_group_header(struct assembly *assembly, const struct ini_section *section,
                             struct table *table)
{
    struct text header = assembly_value(assembly, section, "group header");
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].group.len)
            table->group_header = header.len ? header : TEXT("Group");
}

struct table *benchmark_table(struct assembly *assembly, const struct ini_section *section)
{
    static const char *const yes_no[] = {"no", "yes"};
    const struct report_source *source = assembly_figures(assembly, section);
    struct spec spec = {.comparison = source ? source->comparison : NULL,
                        .remarks = {.arena = assembly->arena}};
    struct text estimates = assembly_value(assembly, section, "estimates");
    if (!source || !choose_comparator(assembly, section, spec.comparison, &spec.with))
        return NULL;
    spec.here = spec.comparison->where;
    if (spec.here == AREA_ALL) {
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] compares one area and the job reports on all of source '%.*s': set 'area' in "
             "[job]",
             TEXT_ARG(section->title), TEXT_ARG(source->dataset->name));
        return NULL;
    }
    spec.end = assembly->input->period.end;
    spec.estimates =
        estimates.len && assembly_choose(assembly, section, "estimates", estimates, yes_no, 2) == 1;
    find_columns(&spec);
    struct table *table =
        table_new(assembly->arena, section->name,
                  6 + spec.comparison->comparator_count + spec.has_goals + spec.has_counts);
    add_columns(assembly, section, &spec, table);
    for (size_t m = 0; m < source->dataset->measure_count; m++)
        add_measure_row(assembly, &spec, m, table);
    set_group_header(assembly, section, table);
    remarks_finish(&spec.remarks, &table->notes);
    stopped_note_latest(assembly, source->dataset, spec.shown, spec.shown_count, &table->notes);
    add_method_notes(assembly, &spec, table);
    table_finish(assembly, table, section, source->dataset);
    return table;
}
