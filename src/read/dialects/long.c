/* long - a row a figure, or a row with the figures of several areas side by side. */
#include "read/dialects/long_int.h"

#include <string.h>

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
    [LONG_AGE] = {"Age", false, "Age group|Age range|Ages", "how old the people are"},
    [LONG_CHANGE] = {"Change from previous", false,
                     "Change from last period|Change since last period|Recent trend|"
                     "Direction of travel",
                     "the publisher's arrow or word for it"},
    [LONG_TARGET] = {"Target", false, "Goal|Goal green",
                     "what is to be reached, in the measure's unit: 66.7%, >= 66.7%"},
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
    struct long_areas areas; /* of the file that is being read */
    struct figure *figures;  /* room for those of a row */
    struct long_flags flags;
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

static struct text cell_at(const struct record *row, size_t position)
{
    return position == NO_COLUMN ? TEXT_EMPTY : text_trim(row->fields[position]);
}

/* Markers or, where the job has a list of flags, these: their meanings are a note. */
static bool read_marker_cell(struct source *source, const struct record *row, size_t position,
                             struct figure *figure)
{
    const struct long_state *state = source->state;
    struct text cell = cell_at(row, position);
    struct value *value = &figure->value;
    unsigned markers = 0;
    if (read_markers(cell, &markers)) {
        if (markers && !value->present)
            value->markers &= ~(unsigned)MARKER_NOT_AVAILABLE; /* the marker says why */
        if (value_mark(value, markers))
            diag(source->diags, DIAG_VALUE_CHECK, figure->place,
                 "number beside a marker that stands in place of one: not used");
        return true;
    }
    if (state->flags.is_given)
        return long_flags_add(source, &state->flags, source_place(source, row, position), cell,
                              &figure->note);
    diag(source->diags, DIAG_NUMBER, source_place(source, row, position),
         "this is no marker: expected [b], [c], [e], [f], [low], [p], [r], [u], [w], [x] or [z], "
         "or 'flags' in [%.*s], a list of what other flags mean",
         TEXT_ARG(source->section->title));
    return false;
}

/* A number cell that may be blank. */
static bool read_part(struct source *source, const struct record *row, size_t position,
                      struct value *out)
{
    struct text unit, raw = cell_at(row, position);
    *out = (struct value){.present = false};
    return !raw.len || figure_value(source, source_place(source, row, position), raw, out, &unit);
}

/* "66.7%" of ">= 66.7% (significantly)"; which way is good, where a sign says so. */
static struct text target_number(struct text cell, const char **polarity)
{
    static const struct {
        const char *sign, *polarity;
    } signs[] = {{">=", "high"}, {"≥", "high"},         {">", "high"},       {"at least", "high"},
                 {"<=", "low"},  {"≤", "low"},          {"<", "low"},        {"at most", "low"},
                 {"=", NULL},    {"more than", "high"}, {"less than", "low"}};
    *polarity = NULL;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (text_starts(cell, text_from(signs[i].sign))) {
            *polarity = signs[i].polarity;
            cell = text_slice(cell, strlen(signs[i].sign), cell.len);
            break;
        }
    return text_trim(text_slice(cell, 0, text_find(cell, '(', 0)));
}

/* What the publisher says beside the figure of the row's own area. */
static void read_published(struct source *source, const struct record *row,
                           struct published_with *published, const char **polarity)
{
    struct text raw = source_cell(source, row, LONG_TARGET);
    struct text number = target_number(raw, polarity);
    struct reading reading = value_read(source->scratch, number);
    published->target_words = raw;
    if (number.len && reading.flag == READING_OK && reading.value.present)
        published->target = reading.value;
    published->trend = source_cell(source, row, LONG_CHANGE);
}

/* The figure of one of the areas of a row; false after messages. */
static bool read_figure(struct source *source, const struct record *row,
                        const struct long_area *area, struct figure *figure, struct text *unit,
                        const char **polarity)
{
    const size_t *at = area->at;
    struct published_with published = published_nothing();
    *figure = (struct figure){.place = source_place(source, row, at[LONG_VALUE])};
    figure->note = text_copy(source->arena, cell_at(row, at[LONG_NOTE]));
    bool ok =
        figure_value(source, figure->place, cell_at(row, at[LONG_VALUE]), &figure->value, unit);
    ok = read_marker_cell(source, row, at[LONG_MARKER], figure) && ok;
    ok = read_part(source, row, at[LONG_COUNT], &figure->count) && ok;
    ok = read_part(source, row, at[LONG_DENOMINATOR], &figure->denominator) && ok;
    ok = read_part(source, row, at[LONG_LOWER], &published.lower_95) && ok;
    ok = read_part(source, row, at[LONG_UPPER], &published.upper_95) && ok;
    if (area->area == NO_COLUMN)
        read_published(source, row, &published, polarity);
    figure->published = published_keep(source, figure->value, published);
    if (area->area != NO_COLUMN)
        figure->area = area->area;
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

/* A row names one age for its measure, as it is first written. */
static bool keep_age(struct source *source, const struct record *row, struct measure *measure)
{
    struct text age = source_cell(source, row, LONG_AGE);
    if (!age.len || text_same_name(age, measure->age))
        return true;
    if (!measure->age.len) {
        measure->age = text_copy(source->arena, age);
        return true;
    }
    diag(source->diags, DIAG_CONFLICT, source_cell_place(source, row, LONG_AGE),
         "'%.*s' has another age here than above: an age of its own is a measure of its own, with "
         "the age in its name",
         TEXT_ARG(text_quote(source->arena, measure->name)));
    return false;
}

/* The row's measure, and what the row says of it; false after a message. */
static bool read_measure(struct source *source, const struct record *row, struct text unit,
                         const char *polarity, size_t *out)
{
    size_t before = source->dataset->measure_count;
    struct place place = source_cell_place(source, row, LONG_MEASURE);
    size_t number = figure_measure(source, place, source_cell(source, row, LONG_MEASURE),
                                   source_cell(source, row, LONG_UNIT),
                                   source_cell(source, row, LONG_GROUP), TEXT_EMPTY);
    struct measure *measure = &source->dataset->measures[number];
    *out = number;
    if (number == before)
        figure_kind_by_name(source, number);
    figure_unit(source, number, source_cell_place(source, row, LONG_VALUE), unit);
    figure_code(source, number, source_cell(source, row, LONG_CODE));
    if (polarity && !measure->owner.polarity.len)
        measure->owner.polarity = text_from(polarity);
    return keep_age(source, row, measure);
}

static bool has_name(struct source *source, const struct record *row)
{
    if (source_cell(source, row, LONG_MEASURE).len)
        return true;
    diag(source->diags, DIAG_MISSING_VALUE, source_cell_place(source, row, LONG_MEASURE),
         "no measure: this cell names what is counted");
    return false;
}

static enum row_fate long_row(struct source *source, const struct record *row)
{
    const struct long_state *state = source->state;
    struct text unit = TEXT_EMPTY, other_unit;
    struct figure *figures = state->figures;
    size_t period = 0, measure;
    unsigned markers = 0;
    const char *polarity = NULL;
    bool ok = period_of_cell(source, row, LONG_PERIOD, &period, &markers);
    for (size_t i = 0; i < state->areas.count; i++)
        ok = read_figure(source, row, &state->areas.items[i], &figures[i], i ? &other_unit : &unit,
                         &polarity) &&
             ok;
    ok = figure_area(source, row, source_cell(source, row, LONG_AREA), LONG_AREA,
                     &figures[0].area) &&
         ok;
    ok = has_name(source, row) && ok;
    struct stated_relation relation;
    ok = read_relation(source, row, &relation) && ok;
    if (!ok || !read_measure(source, row, unit, polarity, &measure) ||
        !keep_relation(source, measure, relation))
        return ROW_REJECTED;
    for (size_t i = 0; i < state->areas.count; i++) {
        figures[i].measure = measure;
        figures[i].period = period;
        figures[i].value.markers |= markers;
    }
    return figures_add(source, figures, state->areas.count);
}

static bool long_begin(struct source *source)
{
    struct long_state *state = source->state;
    return long_flags_read(source, &state->flags);
}

static bool long_open(struct source *source)
{
    struct long_state *state = source->state;
    bool ok = long_areas_open(source, &state->areas);
    state->figures = arena_calloc(source->scratch, state->areas.count, sizeof *state->figures);
    header_tell_unused(source);
    return ok;
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

static const char *const keys[] = {"kind",       "area",   "unit",        "polarity", "lookup",
                                   "duplicates", "ignore", "other areas", "flags",    NULL};

static const struct dialect_reader long_reader = {.state_size = sizeof(struct long_state),
                                                  .keys = keys,
                                                  .duplicates = "use once",
                                                  .begin = long_begin,
                                                  .open = long_open,
                                                  .row = long_row,
                                                  .finish = long_finish};

const struct dialect long_dialect = {"long", "a row a figure", long_columns, LONG_COLUMNS,
                                     &long_reader};
