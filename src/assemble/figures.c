#include "assemble/remarks_int.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum figure_column {
    FIGURE_VALUE,
    FIGURE_COUNT,
    FIGURE_DENOMINATOR,
    FIGURE_PERIOD,
    FIGURE_UNIT,
    FIGURE_CODE,
    FIGURE_AGE,
    FIGURE_CHANGE, /* the publisher's arrow, in words */
    FIGURE_TREND
};
struct figure_spec {
    enum figure_column what;
    size_t area; /* whose value; SIZE_MAX: the row's own area */
    struct text header;
};
struct figure_specs {
    struct figure_spec *items;
    size_t count;
    size_t capacity;
};

static void add_spec(struct assembly *assembly, struct figure_specs *specs, enum figure_column what,
                     size_t area, struct text header)
{
    specs->items = arena_grow(assembly->arena, specs->items, specs->count, &specs->capacity,
                              sizeof *specs->items);
    specs->items[specs->count++] = (struct figure_spec){what, area, header};
}

/* columns = period, count, areas, unit; a name may be given its own header: count as People */
static struct figure_specs read_figure_columns(struct assembly *assembly,
                                               const struct ini_section *section,
                                               const struct dataset *dataset)
{
    enum { ALL_AREAS = FIGURE_TREND + 1 };
    static const char *const words[] = {"value", "count", "denominator", "period", "unit",
                                        "code",  "age",   "change",      "trend",  "areas"};
    static const char *const headers[] = {
        "Value",       "Count", "Out of", "Period",
        "Unit",        "Code",  "Age",    "Change from the period before",
        "Recent trend"};
    struct figure_specs specs = {0};
    struct text_pieces pieces = text_split(assembly_value(assembly, section, "columns"), ',');
    for (struct text piece; text_next(&pieces, &piece);) {
        struct text header = TEXT_EMPTY, word = piece;
        const char *as = piece.len ? memmem(piece.ptr, piece.len, " as ", 4) : NULL;
        if (as) {
            word = text_trim(text_slice(piece, 0, (size_t)(as - piece.ptr)));
            header = text_trim(text_slice(piece, (size_t)(as - piece.ptr) + 4, piece.len));
        }
        size_t choice = assembly_choose(assembly, section, "columns", word, words, COUNT(words));
        if (choice == ALL_AREAS)
            for (size_t a = 0; a < dataset->areas.count; a++)
                add_spec(assembly, &specs, FIGURE_VALUE, a, dataset->areas.items[a]);
        else if (choice < ALL_AREAS)
            add_spec(assembly, &specs, (enum figure_column)choice, SIZE_MAX,
                     header.len ? header : text_from(headers[choice]));
    }
    return specs;
}

/* The area whose count and period a row shows: the job's, or the first. */
static size_t own_area(const struct assembly *assembly, const struct dataset *dataset)
{
    size_t area = texts_find_name(&dataset->areas, assembly->input->area);
    return area < dataset->areas.count ? area : 0;
}

/* The latest figure of a measure in an area, or NULL. */
static const struct figure *latest_figure(const struct dataset *dataset, size_t measure,
                                          size_t area)
{
    const struct figure *latest = NULL;
    for (size_t p = 0; p < dataset->period_count; p++) {
        const struct figure *figure = dataset_figure(dataset, measure, area, p);
        if (figure &&
            (!latest || period_compare(dataset->periods[p], dataset->periods[latest->period]) > 0))
            latest = figure;
    }
    return latest;
}

/* What the publisher says of the number since the period before: an arrow is its direction and no
 * more; other words stand as they are. */
static struct text change_words(const struct figure *figure)
{
    static const struct {
        const char *sign, *words;
    } signs[] = {{"↑", "↑ Up"},
                 {"↓", "↓ Down"},
                 {"→", "→ No clear change"},
                 {"↔", "→ No clear change"},
                 {"—", "Not calculated"},
                 {"–", "Not calculated"},
                 {"-", "Not calculated"}};
    struct text said = figure->published ? figure->published->trend : TEXT_EMPTY;
    for (size_t i = 0; i < COUNT(signs); i++)
        if (text_is(said, signs[i].sign))
            return text_from(signs[i].words);
    return said.len ? said : TEXT("[x]");
}

static struct cell figure_cell(struct assembly *assembly, const struct dataset *dataset,
                               const struct measure *measure, const struct figure *figure,
                               enum figure_column what)
{
    struct arena *arena = assembly->arena;
    if (what == FIGURE_UNIT)
        return cell_text(measure->unit);
    if (what == FIGURE_CODE)
        return cell_text(measure->id.len ? measure->id : TEXT("[x]"));
    if (what == FIGURE_AGE)
        return cell_text(measure->age.len ? measure->age : TEXT("[x]"));
    if (!figure)
        return cell_text(TEXT("[x]"));
    if (what == FIGURE_CHANGE)
        return cell_marked(change_words(figure));
    if (what == FIGURE_PERIOD)
        return cell_text(period_display(arena, dataset->periods[figure->period]));
    struct value value = what == FIGURE_COUNT         ? figure->count
                         : what == FIGURE_DENOMINATOR ? figure->denominator
                                                      : figure->value;
    enum measure_kind kind = what == FIGURE_VALUE ? measure->kind : KIND_COUNT;
    return value_cell(arena, value, value.number.scale, kind);
}

/* The figure that a column shows of a measure; NULL: none, or what is no figure's value. */
static const struct figure *column_figure(const struct dataset *dataset, size_t measure,
                                          const struct figure_spec *spec, size_t own)
{
    if (spec->what != FIGURE_VALUE)
        return NULL;
    return latest_figure(dataset, measure, spec->area == SIZE_MAX ? own : spec->area);
}

static struct remarks count_remarks(struct arena *arena, const struct dataset *dataset,
                                    const struct figure_specs *specs, size_t own)
{
    struct remarks remarks = {.arena = arena};
    for (size_t m = 0; m < dataset->measure_count; m++)
        for (size_t s = 0; s < specs->count; s++)
            remarks_count(&remarks, column_figure(dataset, m, &specs->items[s], own));
    remarks_settle(&remarks, dataset->measure_count);
    return remarks;
}

/* What the row's figures say beside their numbers: markers and notes, each with its area. */
static struct text figure_notes(struct remarks *remarks, const struct dataset *dataset,
                                size_t measure, const struct figure_specs *specs, size_t own)
{
    struct buffer out = {.arena = remarks->arena};
    for (size_t s = 0; s < specs->count; s++) {
        const struct figure *figure = column_figure(dataset, measure, &specs->items[s], own);
        if (figure)
            remarks_add(remarks, &out, dataset->measures[measure].label,
                        dataset->areas.items[figure->area], false, figure);
    }
    return buffer_text(&out);
}

/* What the measure's recent trend is, and of those that have none, why. */
static struct text trend_of(struct assembly *assembly, const struct dataset *dataset,
                            size_t measure, size_t own, struct text *why)
{
    const struct recent_trend recent =
        recent_trend(assembly->arena, dataset, measure, own, assembly->input->as_at);
    *why = recent.why;
    return trend_cell(assembly->arena, recent.trend.direction,
                      dataset->measures[measure].target.polarity);
}

/* A note a reason, with the measures that it holds for. */
static void add_trend_notes(struct assembly *assembly, const struct dataset *dataset, size_t own,
                            struct table *table)
{
    struct arena *arena = assembly->arena;
    struct texts reasons = {0};
    struct texts *labels = arena_calloc(arena, dataset->measure_count, sizeof *labels);
    for (size_t m = 0; m < dataset->measure_count; m++) {
        struct text why;
        trend_of(assembly, dataset, m, own, &why);
        size_t reason = texts_find(&reasons, why);
        if (!why.len)
            continue;
        if (reason == reasons.count)
            texts_add(arena, &reasons, why);
        texts_add(arena, &labels[reason], dataset->measures[m].label);
    }
    texts_add(arena, &table->notes,
              TEXT("Recent trend: a rise or fall over the last five years that is very unlikely to "
                   "be chance. “No clear trend” does not mean that nothing changed."));
    for (size_t i = 0; i < reasons.count; i++)
        texts_add(arena, &table->notes,
                  text_format(arena, "%.*s: the recent trend cannot be calculated: %.*s.",
                              TEXT_ARG(texts_join(arena, &labels[i], TEXT("; "))),
                              TEXT_ARG(reasons.items[i])));
}

static bool shows(const struct figure_specs *specs, enum figure_column what)
{
    for (size_t s = 0; s < specs->count; s++)
        if (specs->items[s].what == what)
            return true;
    return false;
}

static bool any_group(const struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (dataset->measures[m].group.len)
            return true;
    return false;
}

static void add_figure_rows(struct assembly *assembly, const struct dataset *dataset,
                            const struct figure_specs *specs, struct table *table)
{
    size_t own = own_area(assembly, dataset), last = specs->count + 1;
    bool any_note = false;
    size_t shown = 0, most = dataset->measure_count * specs->count;
    const struct figure **figures =
        arena_calloc(assembly->arena, most + 1, sizeof(const struct figure *));
    struct remarks remarks = count_remarks(assembly->arena, dataset, specs, own);
    for (size_t m = 0; m < dataset->measure_count; m++) {
        struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
        row->group = dataset->measures[m].group;
        row->place = dataset->measures[m].place;
        row->cells[0] = cell_text(dataset->measures[m].label);
        if (dataset->measures[m].note.len)
            texts_add(assembly->arena, &table->notes, dataset->measures[m].note);
        for (size_t s = 0; s < specs->count; s++) {
            size_t area = specs->items[s].area == SIZE_MAX ? own : specs->items[s].area;
            struct text why;
            const struct figure *latest = latest_figure(dataset, m, area);
            row->cells[s + 1] = specs->items[s].what == FIGURE_TREND
                                    ? cell_marked(trend_of(assembly, dataset, m, area, &why))
                                    : figure_cell(assembly, dataset, &dataset->measures[m], latest,
                                                  specs->items[s].what);
            if (!latest)
                continue;
            stopped_left(assembly, latest->value);
            figures[shown++] = latest;
        }
        struct text note = figure_notes(&remarks, dataset, m, specs, own);
        row->cells[last] = cell_text(note);
        any_note = any_note || note.len;
    }
    if (!any_note)
        table->column_count--;
    remarks_finish(&remarks, &table->notes);
    stopped_note_latest(assembly, dataset, figures, shown, &table->notes);
}

struct table *figures_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_figures(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    struct figure_specs specs = read_figure_columns(assembly, section, dataset);
    struct table *table = table_new(assembly->arena, section->name, specs.count + 2);
    struct text header = assembly_value(assembly, section, "row header");
    table->columns[0] =
        (struct column){.header = header.len ? header : TEXT("Measure"), .is_row_header = true};
    for (size_t s = 0; s < specs.count; s++) {
        if (specs.items[s].what <= FIGURE_DENOMINATOR)
            number_column(table, s + 1, TEXT_EMPTY);
        table->columns[s + 1].header = specs.items[s].header;
    }
    table->columns[specs.count + 1] = (struct column){.header = TEXT("Notes"), .long_text = true};
    if (any_group(dataset)) {
        struct text group = assembly_value(assembly, section, "group header");
        table->group_header = group.len ? group : TEXT("Group");
    }
    add_figure_rows(assembly, dataset, &specs, table);
    if (shows(&specs, FIGURE_CHANGE))
        texts_add(
            assembly->arena, &table->notes,
            TEXT("The change from the period before is the publisher's. It says which way the "
                 "number went: not whether that is better, and not whether it is more than "
                 "chance."));
    if (shows(&specs, FIGURE_TREND))
        add_trend_notes(assembly, dataset, own_area(assembly, dataset), table);
    table_finish(assembly, table, section, dataset);
    return table;
}
