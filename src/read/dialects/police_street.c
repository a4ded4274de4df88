/* police-street - the street-level crime files of data.police.uk: a row a crime, counted here. */
#include "read/read_int.h"

const struct dialect_column street_columns[STREET_COLUMNS] = {
    [STREET_CRIME_ID] = {"Crime ID", false, NULL, "not used"},
    [STREET_MONTH] = {"Month", true, NULL, "2021-04"},
    [STREET_REPORTED_BY] = {"Reported by", false, NULL, "not used"},
    [STREET_FALLS_WITHIN] = {"Falls within", false, NULL, "not used"},
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

static struct text area_of(const struct source *source, const struct csv_row *row)
{
    struct text name = source_cell(source, row, STREET_LSOA_NAME);
    if (source->fixed_area.len)
        return source->fixed_area;
    if (!name.len)
        return TEXT("No location given");
    size_t end = name.len;
    while (end && name.ptr[end - 1] != ' ')
        end--;
    return end ? text_trim(text_slice(name, 0, end)) : name;
}

static enum row_fate street_row(struct source *source, const struct csv_row *row)
{
    struct dataset *dataset = source->dataset;
    struct place place = source_cell_place(source, row, STREET_CRIME_TYPE);
    struct text type = source_cell(source, row, STREET_CRIME_TYPE);
    struct figure key = {.note = TEXT_EMPTY, .place = place};
    if (!type.len) {
        diag(source->diags, DIAG_MISSING_VALUE, place, "no crime type");
        return ROW_REJECTED;
    }
    if (!figure_period(source, source_cell_place(source, row, STREET_MONTH),
                       source_cell(source, row, STREET_MONTH), &key.period, &key.value.markers) ||
        !figure_area(source, row, area_of(source, row), STREET_LSOA_NAME, &key.area))
        return ROW_REJECTED;
    key.measure = dataset_measure(dataset, type, place);
    struct figure *figure = dataset_figure(dataset, key.measure, key.area, key.period);
    if (!figure) {
        key.value.present = true;
        figure = dataset_add_figure(dataset, key);
    }
    figure->value.number.coefficient++;
    return ROW_USED;
}

/*
 * A crime of some type in a month shows that the area's crimes of that month were read: types that
 * do not occur in it were counted, and there were none. An area without any row stays without
 * figures: its month may be missing from the export.
 */
static void add_zeros(struct source *source, size_t area, size_t period)
{
    struct dataset *dataset = source->dataset;
    const struct figure *any = NULL;
    for (size_t m = 0; m < dataset->measure_count && !any; m++)
        any = dataset_figure(dataset, m, area, period);
    if (!any)
        return;
    struct figure zero = {.area = area,
                          .period = period,
                          .value = {.present = true, .markers = any->value.markers},
                          .note = TEXT_EMPTY,
                          .place = place_file(any->place.file)};
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
    .keys = keys, .row = street_row, .finish = street_finish};
