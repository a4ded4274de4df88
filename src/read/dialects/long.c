/* long - a row a figure. */
#include "read/dialect_int.h"

enum long_column {
    LONG_MEASURE,
    LONG_PERIOD,
    LONG_VALUE,
    LONG_AREA,
    LONG_UNIT,
    LONG_COUNT,
    LONG_DENOMINATOR,
    LONG_NOTE,
    LONG_GROUP,
    LONG_MARKER,
    LONG_CODE,
    LONG_PARENT,
    LONG_RELATION,
    LONG_LOWER,
    LONG_UPPER,
    LONG_COLUMNS
};

static const struct dialect_column long_columns[LONG_COLUMNS] = {
    [LONG_MEASURE] = {"Measure", true,
                      "Indicator|Indicator name|KPI|KPI name|Metric|Metric type|Metric name|"
                      "Variable name|Crime type|Answer",
                      "what is counted"},
    [LONG_PERIOD] = {"Period", true,
                     "Period label|Time period|Date name|Time|Reporting period|Financial year|Year|"
                     "Date|Month|Quarter",
                     "when"},
    [LONG_VALUE] = {"Value", true,
                    "Raw value|Figure|Result|Actual|Obs value|Sum of*|Count of*|v4_*",
                    "the number"},
    [LONG_AREA] = {"Area", false,
                   "Area name|Area label|Geography name|Geography|District|Local authority|Ward",
                   "where"},
    [LONG_UNIT] = {"Unit", false, "Units|Unit of measure|Measures name",
                   "what the number is: %, £, per 100,000"},
    [LONG_COUNT] = {"Count", false, "Numerator", "the count behind a rate or percentage"},
    [LONG_DENOMINATOR] = {"Denominator", false, "Base|Population", "what the count is divided by"},
    [LONG_NOTE] = {"Note", false, "Notes|Comment|Value note", "a note for readers"},
    [LONG_GROUP] = {"Group", false, "Domain|Theme", "a heading to group measures below"},
    [LONG_MARKER] = {"Marker", false, "Markers|Flag", "letters such as [p] or [r]"},
    [LONG_CODE] = {"Code", false, "Measure code|Indicator ID|Indicator code|KPI code|Metric code",
                   "the measure's own code; always text"},
    [LONG_PARENT] = {"Subset of", false, "Part of|Of which|Parent measure",
                     "the measure that this one is counted in already"},
    [LONG_RELATION] = {"Relation", false, NULL,
                       "total, part, of which: NAME, flag, outside or non-additive"},
    [LONG_LOWER] = {"Lower limit", false,
                    "Lower CI|Lower CI limit|Lower 95% limit|Lower CI 95.0 limit|Lower 95% CI|"
                    "Lower confidence limit|LCI",
                    "lower end of the 95% confidence interval"},
    [LONG_UPPER] = {"Upper limit", false,
                    "Upper CI|Upper CI limit|Upper 95% limit|Upper CI 95.0 limit|Upper 95% CI|"
                    "Upper confidence limit|UCI",
                    "upper end of the 95% confidence interval"},
};

/* What the export says of a measure and the total: settled after the last row, when all measures
 * are known. */
struct stated_relation {
    bool stated;
    enum relation relation;
    struct text parent;
    struct place place;
};
struct long_state {
    struct stated_relation *relations; /* by measure */
    size_t count;
    size_t capacity;
};

/* "[p][r]", "p r" or "p, r" as markers; false when a word is none. */
static bool read_markers(struct text cell, unsigned *markers)
{
    size_t at = 0;
    while (at < cell.len) {
        size_t from = at;
        while (at < cell.len && cell.ptr[at] >= 'a' && cell.ptr[at] <= 'z')
            at++;
        struct text word = text_slice(cell, from, at);
        int i = 0;
        while (word.len && i < MARKERS && !text_is(word, marker_letters(i)))
            i++;
        if (i == MARKERS)
            return false;
        if (word.len)
            *markers |= 1u << i;
        else if (cell.ptr[at] != '[' && cell.ptr[at] != ']' && cell.ptr[at] != ',' &&
                 cell.ptr[at] != ' ')
            return false;
        else
            at++;
    }
    return true;
}

static bool read_marker_cell(struct source *source, const struct record *row, struct value *value)
{
    unsigned markers = 0;
    if (read_markers(source_cell(source, row, LONG_MARKER), &markers)) {
        if (markers && !value->present)
            value->markers &= ~(unsigned)MARKER_NOT_AVAILABLE; /* the marker says why */
        if (value_mark(value, markers))
            diag(source->diags, DIAG_VALUE_CHECK, source_cell_place(source, row, LONG_VALUE),
                 "number beside a marker that stands in place of one: not used");
        return true;
    }
    diag(source->diags, DIAG_NUMBER, source_cell_place(source, row, LONG_MARKER),
         "this is no marker: expected [b], [c], [e], [f], [low], [p], [r], [u], [w], [x] or [z]");
    return false;
}

static bool read_numbers(struct source *source, const struct record *row, struct figure *figure,
                         struct text *unit)
{
    static const size_t limits[] = {LONG_LOWER, LONG_UPPER, NO_COLUMN, NO_COLUMN};
    struct published_with published = published_nothing();
    bool ok = figure_value(source, figure->place, source_cell(source, row, LONG_VALUE),
                           &figure->value, unit);
    ok = read_marker_cell(source, row, &figure->value) && ok;
    ok = figure_part(source, row, LONG_COUNT, &figure->count) && ok;
    ok = figure_part(source, row, LONG_DENOMINATOR, &figure->denominator) && ok;
    ok = published_limits(source, row, limits, &published) && ok;
    figure->published = published_keep(source, figure->value, published);
    return ok;
}

/* The relation that a row states; false after a message. */
static bool read_relation(struct source *source, const struct record *row,
                          struct stated_relation *out)
{
    struct text parent = source_cell(source, row, LONG_PARENT);
    struct text relation = source_cell(source, row, LONG_RELATION);
    *out = (struct stated_relation){.parent = TEXT_EMPTY};
    if (relation.len) {
        out->place = source_cell_place(source, row, LONG_RELATION);
        out->stated = relation_read(relation, &out->relation, &out->parent);
        if (!out->stated && parent.len && text_same_name(relation, TEXT("of which")))
            relation = TEXT_EMPTY; /* the other column names it */
    }
    if (relation.len && !out->stated) {
        diag(source->diags, DIAG_BAD_VALUE, out->place,
             "this is no relation: expected total, part, of which: NAME, flag, outside or "
             "non-additive");
        return false;
    }
    if (!out->stated && parent.len)
        *out = (struct stated_relation){.stated = true,
                                        .relation = RELATION_OF_WHICH,
                                        .parent = parent,
                                        .place = source_cell_place(source, row, LONG_PARENT)};
    return true;
}

/* Keeps what a row states of its measure; false after a message when an earlier row said else. */
static bool keep_relation(struct source *source, size_t measure, struct stated_relation stated)
{
    struct long_state *state = source->state;
    while (state->count <= measure) {
        state->relations = arena_grow(source->arena, state->relations, state->count,
                                      &state->capacity, sizeof *state->relations);
        state->relations[state->count++] = (struct stated_relation){.parent = TEXT_EMPTY};
    }
    struct stated_relation *kept = &state->relations[measure];
    if (!stated.stated)
        return true;
    if (!kept->stated) {
        *kept = stated;
        kept->parent = text_copy(source->arena, stated.parent);
        return true;
    }
    if (kept->relation == stated.relation && text_same_name(kept->parent, stated.parent))
        return true;
    diag(source->diags, DIAG_CONFLICT, stated.place,
         "'%.*s' has another relation here than in %.*s: keep the right one",
         TEXT_ARG(text_quote(source->arena, source->dataset->measures[measure].name)),
         TEXT_ARG(place_text(source->arena, kept->place)));
    return false;
}

static enum row_fate long_row(struct source *source, const struct record *row)
{
    struct text name = source_cell(source, row, LONG_MEASURE);
    struct text unit = TEXT_EMPTY;
    struct figure figure = {.place = source_cell_place(source, row, LONG_VALUE)};
    unsigned markers = 0;
    bool ok = period_of_cell(source, row, LONG_PERIOD, &figure.period, &markers);
    ok = read_numbers(source, row, &figure, &unit) && ok;
    ok = figure_area(source, row, source_cell(source, row, LONG_AREA), LONG_AREA, &figure.area) &&
         ok;
    if (!name.len) {
        ok = false;
        diag(source->diags, DIAG_MISSING_VALUE, source_cell_place(source, row, LONG_MEASURE),
             "no measure: this cell names what is counted");
    }
    struct stated_relation relation;
    ok = read_relation(source, row, &relation) && ok;
    if (!ok)
        return ROW_REJECTED;
    figure.value.markers |= markers;
    figure.note = text_copy(source->arena, source_cell(source, row, LONG_NOTE));
    size_t before = source->dataset->measure_count;
    figure.measure = figure_measure(source, source_cell_place(source, row, LONG_MEASURE), name,
                                    source_cell(source, row, LONG_UNIT),
                                    source_cell(source, row, LONG_GROUP), TEXT_EMPTY);
    if (figure.measure == before)
        figure_kind_by_name(source, figure.measure);
    figure_unit(source, figure.measure, figure.place, unit);
    figure_code(source, figure.measure, source_cell(source, row, LONG_CODE));
    if (!keep_relation(source, figure.measure, relation))
        return ROW_REJECTED;
    return figures_add(source, &figure, 1);
}

static bool long_open(struct source *source)
{
    header_tell_unused(source);
    return true;
}

/* A parent that is not there, perhaps because 'where' left it out: never added to anything. */
static void settle_parent(struct source *source, size_t number, const struct map *by_name)
{
    const struct long_state *state = source->state;
    const struct stated_relation *stated = &state->relations[number];
    struct measure *measure = &source->dataset->measures[number];
    size_t parent = map_find(by_name, stated->parent, NO_COLUMN);
    if (parent == NO_COLUMN)
        parent = measure_find(source->dataset, stated->parent);
    if (parent < source->dataset->measure_count && parent != number) {
        measure->parent = parent;
        return;
    }
    measure->relation = RELATION_NON_ADDITIVE;
    diag(source->diags, DIAG_VALUE_CHECK, stated->place,
         "'%.*s' is said to be part of a measure that this source does not have: it is shown on "
         "its own",
         TEXT_ARG(text_quote(source->arena, measure->name)));
}

static void long_finish(struct source *source)
{
    const struct long_state *state = source->state;
    struct dataset *dataset = source->dataset;
    struct map by_name = {.arena = source->arena};
    for (size_t i = 0; i < dataset->measure_count; i++)
        if (map_find(&by_name, dataset->measures[i].name, NO_COLUMN) == NO_COLUMN)
            map_add(&by_name, dataset->measures[i].name, i);
    for (size_t i = 0; i < state->count; i++)
        if (state->relations[i].stated) {
            dataset->measures[i].relation = state->relations[i].relation;
            if (state->relations[i].relation == RELATION_OF_WHICH)
                settle_parent(source, i, &by_name);
        }
}

static const char *const keys[] = {"kind",   "area",       "unit",   "polarity",
                                   "lookup", "duplicates", "ignore", NULL};

static const struct dialect_reader long_reader = {.state_size = sizeof(struct long_state),
                                                  .keys = keys,
                                                  .duplicates = "use once",
                                                  .open = long_open,
                                                  .row = long_row,
                                                  .finish = long_finish};

const struct dialect long_dialect = {"long", "a row a figure", long_columns, LONG_COLUMNS,
                                     &long_reader};
