/* police-street - the street-level crime files of data.police.uk: a row a crime, counted here. */
#include "read/counted_int.h"

enum street_column {
    STREET_CRIME_ID,
    STREET_MONTH,
    STREET_REPORTED_BY,
    STREET_FALLS_WITHIN,
    STREET_LONGITUDE,
    STREET_LATITUDE,
    STREET_LOCATION,
    STREET_LSOA_CODE,
    STREET_LSOA_NAME,
    STREET_CRIME_TYPE,
    STREET_OUTCOME,
    STREET_CONTEXT,
    STREET_COLUMNS
};

static const struct dialect_column street_columns[STREET_COLUMNS] = {
    [STREET_CRIME_ID] = {"Crime ID", false, NULL, "to find rows that come again"},
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

/* The district of an LSOA: its name without the last word. */
static struct text district_of(struct text lsoa)
{
    size_t end = lsoa.len;
    while (end && lsoa.ptr[end - 1] != ' ')
        end--;
    while (end && lsoa.ptr[end - 1] == ' ')
        end--;
    return end ? text_trim(text_slice(lsoa, 0, end)) : lsoa;
}

/* False after a message. */
static bool find_area(struct source *source, const struct record *row, struct event *event)
{
    struct text lsoa = source_cell(source, row, STREET_LSOA_NAME);
    bool is_looked_up = source->lookup.count > 0;
    event->is_located =
        lsoa.len || (is_looked_up && text_trim(row->fields[source->lookup_column]).len);
    if (is_looked_up && event->is_located)
        return figure_area(source, row, TEXT_EMPTY, STREET_LSOA_NAME, &event->area);
    struct text area = lsoa.len ? district_of(lsoa) : AREA_NOT_GIVEN;
    event->area = dataset_area(source->dataset, source->fixed_area.len ? source->fixed_area : area);
    return true;
}

static enum row_fate street_row(struct source *source, const struct record *row)
{
    struct event event = {
        .measure = source_cell(source, row, STREET_CRIME_TYPE),
        .column = source->header.column[STREET_CRIME_TYPE],
        .force = source_cell(source, row, STREET_FALLS_WITHIN),
        .id = source_cell(source, row, STREET_CRIME_ID),
    };
    if (!event.measure.len) {
        diag(source->diags, DIAG_MISSING_VALUE, source_place(source, row, event.column),
             "no crime type");
        return ROW_REJECTED;
    }
    if (!counted_month(source, row, STREET_MONTH, &event) || !find_area(source, row, &event))
        return ROW_REJECTED;
    return counted_add(source, row, &event);
}

static bool street_begin(struct source *source)
{
    counted_begin(source);
    return true;
}

/* Every type is a part of all crime, but for incidents that are not crimes; [measure] can say
 * otherwise. */
static void street_finish(struct source *source)
{
    struct dataset *dataset = source->dataset;
    for (size_t m = 0; m < dataset->measure_count; m++)
        dataset->measures[m].relation =
            text_same_name(dataset->measures[m].name, TEXT("Anti-social behaviour"))
                ? RELATION_OUTSIDE
                : RELATION_PART;
    counted_finish(source);
}

static const char *const keys[] = {"area", "lookup", "polarity", "same month", NULL};

static const struct dialect_reader street_reader = {
    .state_size = sizeof(struct counted),
    .keys = keys,
    .takes_no_location = true,
    .begin = street_begin,
    .row = street_row,
    .close = counted_close,
    .finish = street_finish,
    .join = counted_join,
};

const struct dialect street_dialect = {"police-street",
                                       "street-level crime from data.police.uk: a row a crime",
                                       street_columns, STREET_COLUMNS, &street_reader};
