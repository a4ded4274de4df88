/* police-street - the street-level crime files of data.police.uk: a row a crime, counted here. */
#include "read/read_int.h"

const struct dialect_column street_columns[STREET_COLUMNS] = {
    [STREET_CRIME_ID] = {"Crime ID", false, NULL, "not used"},
    [STREET_MONTH] = {"Month", true, NULL, "2021-04"},
    [STREET_REPORTED_BY] = {"Reported by", false, NULL, "not used"},
    [STREET_FALLS_WITHIN] = {"Falls within", false, NULL, "the force whose file it is"},
    [STREET_LONGITUDE] = {"Longitude", false, NULL, "not used"},
    [STREET_LATITUDE] = {"Latitude", false, NULL, "not used"},
    [STREET_LOCATION] = {"Location", false, NULL, "not used"},
    [STREET_LSOA_CODE] = {"LSOA code", false, NULL, "for a lookup of areas"},
    [STREET_LSOA_NAME] = {"LSOA name", true, NULL,
                          "the area, without its last word: Harborough 010C is in Harborough"},
    [STREET_CRIME_TYPE] = {"Crime type", true, NULL, "the measure"},
    [STREET_OUTCOME] = {"Last outcome category", false, NULL, "not used"},
    [STREET_CONTEXT] = {"Context", false, NULL, "not used"},
};

static struct text area_of(const struct source *source, const struct record *row)
{
    struct text name = source_cell(source, row, STREET_LSOA_NAME);
    if (source->fixed_area.len)
        return source->fixed_area;
    if (!name.len)
        return AREA_NOT_GIVEN;
    size_t end = name.len;
    while (end && name.ptr[end - 1] != ' ')
        end--;
    return end ? text_trim(text_slice(name, 0, end)) : name;
}

/* Which months of which force were read, and whose the areas are. */
struct coverage {
    size_t force;
    size_t period;
};
struct street_state {
    struct texts forces;
    struct coverage *seen;
    size_t seen_count;
    size_t seen_capacity;
    size_t *force_of_area;
    size_t area_count;
    size_t area_capacity;
};
#define FORCE_UNKNOWN SIZE_MAX /* not given, or more than one */

static bool is_covered(const struct street_state *state, size_t force, size_t period)
{
    /* rows come by month: the pair is most often the last one */
    for (size_t i = state->seen_count; i-- > 0;)
        if (state->seen[i].force == force && state->seen[i].period == period)
            return true;
    return false;
}

static void note_area(struct source *source, size_t area, size_t force)
{
    struct street_state *state = source->state;
    while (state->area_count <= area) {
        state->force_of_area = arena_grow(source->arena, state->force_of_area, state->area_count,
                                          &state->area_capacity, sizeof *state->force_of_area);
        state->force_of_area[state->area_count++] = force;
    }
    if (state->force_of_area[area] != force)
        state->force_of_area[area] = FORCE_UNKNOWN;
}

static void note_coverage(struct source *source, struct text name, const struct figure *key)
{
    struct street_state *state = source->state;
    if (!name.len) {
        note_area(source, key->area, FORCE_UNKNOWN);
        return;
    }
    size_t force = texts_find(&state->forces, name);
    if (force == state->forces.count)
        texts_add(source->arena, &state->forces, text_copy(source->arena, name));
    note_area(source, key->area, force);
    if (is_covered(state, force, key->period))
        return;
    state->seen = arena_grow(source->arena, state->seen, state->seen_count, &state->seen_capacity,
                             sizeof *state->seen);
    state->seen[state->seen_count++] = (struct coverage){force, key->period};
}

static enum row_fate street_row(struct source *source, const struct record *row)
{
    struct dataset *dataset = source->dataset;
    struct place place = source_cell_place(source, row, STREET_CRIME_TYPE);
    struct text type = source_cell(source, row, STREET_CRIME_TYPE);
    struct figure key = {.note = TEXT_EMPTY, .place = place};
    const struct value event = {.present = true, .number = decimal_from(1)};
    if (!type.len) {
        diag(source->diags, DIAG_MISSING_VALUE, place, "no crime type");
        return ROW_REJECTED;
    }
    if (!figure_period(source, source_cell_place(source, row, STREET_MONTH),
                       source_cell(source, row, STREET_MONTH), &key.period, &key.value.markers) ||
        !figure_area(source, row, area_of(source, row), STREET_LSOA_NAME, &key.area))
        return ROW_REJECTED;
    note_coverage(source, source_cell(source, row, STREET_FALLS_WITHIN), &key);
    key.measure = dataset_measure(dataset, type, place);
    struct figure *figure = dataset_figure(dataset, key.measure, key.area, key.period);
    if (!figure) {
        key.value.present = true;
        figure = dataset_add_figure(dataset, key);
    }
    figure->value.number.coefficient++;
    account_add_value(source->account, event);
    return ROW_USED;
}

/*
 * A force's file of a month holds all its areas: types and areas without a row in it were counted,
 * and there were none. Where the force is not known, only the area's own rows show that its month
 * was read; without any, its figures may be missing from the export and are not zero.
 */
static void add_zeros(struct source *source, size_t area, size_t period)
{
    const struct street_state *state = source->state;
    struct dataset *dataset = source->dataset;
    size_t force = state->force_of_area[area];
    bool was_read = force != FORCE_UNKNOWN && is_covered(state, force, period);
    for (size_t m = 0; m < dataset->measure_count && !was_read; m++)
        was_read = dataset_figure(dataset, m, area, period) != NULL;
    if (!was_read)
        return;
    struct figure zero = {.area = area,
                          .period = period,
                          .value = {.present = true},
                          .note = TEXT_EMPTY,
                          .place = dataset->place};
    for (zero.measure = 0; zero.measure < dataset->measure_count; zero.measure++)
        if (!dataset_figure(dataset, zero.measure, area, period))
            dataset_add_figure(dataset, zero);
}

/* Every type is a part of all crime, but for incidents that are not crimes; [measure] can say
 * otherwise. */
static void set_relations(struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        dataset->measures[m].relation =
            text_same_name(dataset->measures[m].name, TEXT("Anti-social behaviour"))
                ? RELATION_OUTSIDE
                : RELATION_PART;
}

static void street_finish(struct source *source)
{
    source->dataset->counts_rows = true;
    set_relations(source->dataset);
    for (size_t area = 0; area < source->dataset->areas.count; area++)
        for (size_t period = 0; period < source->dataset->period_count; period++)
            add_zeros(source, area, period);
}

static const char *const keys[] = {"area", "lookup", NULL};

const struct dialect_reader street_reader = {
    .state_size = sizeof(struct street_state),
    .keys = keys,
    .row = street_row,
    .finish = street_finish,
};
