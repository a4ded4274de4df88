/* wide - a row a measure, a column a period. */
#include "read/dialect_int.h"

enum wide_column { WIDE_MEASURE, WIDE_AREA, WIDE_UNIT, WIDE_NOTE, WIDE_GROUP, WIDE_COLUMNS };

static const struct dialect_column wide_columns[WIDE_COLUMNS] = {
    [WIDE_MEASURE] = {"Measure", false, "Performance measure|Indicator|KPI",
                      "what is counted; the first column when none has such a name"},
    [WIDE_AREA] = {"Area", false, "Area name|District", "where"},
    [WIDE_UNIT] = {"Unit", false, "Units", "what the numbers are: %, £, per 100,000"},
    [WIDE_NOTE] = {"Note", false, "Notes|Comment", "a note for readers"},
    [WIDE_GROUP] = {"Group", false, "Domain|Theme", "a heading to group measures below"},
};

struct wide_period {
    size_t position;
    size_t period;
    unsigned markers;
};
struct wide_state {
    struct wide_period *periods;
    size_t count;
    size_t capacity;
    struct figure *figures; /* of one row */
};

static bool is_period_header(struct source *source, struct text name)
{
    struct period period = period_read(source->scratch, period_header_label(source->scratch, name));
    return (period.flag == PERIOD_OK || period.flag == PERIOD_ASSUMED) && !period_says_more(period);
}

/* False after a message when the header is no period's. */
static bool check_header(struct source *source, struct place place, struct text name,
                         struct text label)
{
    struct period period = period_read(source->scratch, label);
    if (period_says_more(period)) { /* its numbers are not the figures of the period */
        diag(source->diags, DIAG_PERIOD, place,
             "column '%.*s' is more than a period: name it after its period alone, or list it in "
             "'ignore' of [%.*s]",
             TEXT_ARG(text_quote(source->scratch, name)), TEXT_ARG(source->section->title));
        return false;
    }
    if (period.flag != PERIOD_ERROR)
        return true;
    bool says_why = period.note.len && !text_is(period.note, "not a period");
    bool has_comma = text_find(name, ',', 0) < name.len; /* 'ignore' has commas between names */
    diag(source->diags, DIAG_PERIOD, place,
         "column '%.*s' is neither a period nor a known column%s%.*s: if it is not needed, list %s "
         "in 'ignore' of [%.*s]",
         TEXT_ARG(text_quote(source->scratch, name)), says_why ? ": " : "",
         TEXT_ARG(says_why ? period.note : TEXT_EMPTY),
         has_comma ? text_format(source->scratch, "'column %u'", place.column).ptr : "it",
         TEXT_ARG(source->section->title));
    return false;
}

static bool add_period(struct source *source, size_t position)
{
    struct wide_state *state = source->state;
    struct wide_period column = {.position = position};
    struct text name = source->header.names.items[position];
    struct text label = period_header_label(source->scratch, source->header.plain.items[position]);
    struct place place = source->header.place;
    place.column = (unsigned)position + 1;
    if (!check_header(source, place, name, label) ||
        !figure_period(source, place, label, &column.period, &column.markers))
        return false;
    for (size_t i = 0; i < state->count; i++)
        if (state->periods[i].period == column.period) {
            diag(source->diags, DIAG_DUPLICATE_COLUMN, place,
                 "column '%.*s' is the same period as column %zu: if it is not needed, write "
                 "'column %zu' in 'ignore' of [%.*s]",
                 TEXT_ARG(text_quote(source->scratch, name)), state->periods[i].position + 1,
                 position + 1, TEXT_ARG(source->section->title));
            return false;
        }
    state->periods =
        arena_grow(source->arena, state->periods, state->count, &state->capacity, sizeof column);
    state->periods[state->count++] = column;
    return true;
}

/*
 * Where no column has a name of the measure's, the first one that has any name is it, or the one
 * without a name to the left of the first period.
 */
static void place_measure(struct source *source, struct header *header)
{
    size_t first = 0;
    while (first < header->names.count &&
           (!header->names.items[first].len || header->ignored[first]))
        first++;
    if (first == header->names.count || header->taken[first])
        return;
    if (is_period_header(source, header->plain.items[first])) {
        if (!first || header->names.items[first - 1].len || header->taken[first - 1])
            return;
        first--;
    }
    header->column[WIDE_MEASURE] = first;
    header->taken[first] = true;
}

static bool is_free(const struct header *header, size_t position)
{
    return !header->taken[position] && header->names.items[position].len &&
           !header->ignored[position];
}

/* Without one the table is another kind of export, and no single column of it is to blame. */
static bool has_periods(struct source *source)
{
    const struct header *header = &source->header;
    for (size_t i = 0; i < header->names.count; i++)
        if (is_free(header, i) && is_period_header(source, header->plain.items[i]))
            return true;
    return false;
}

static bool wide_open(struct source *source)
{
    struct wide_state *state = source->state;
    struct header *header = &source->header;
    bool ok = true;
    state->count = 0;
    if (header->column[WIDE_MEASURE] == NO_COLUMN) {
        diag(source->diags, DIAG_MISSING_COLUMN, header->place,
             "no column for the measure: name it in [%.*s], as in 'measure = Indicator' or "
             "'measure = column 1'; the columns are %.*s",
             TEXT_ARG(source->section->title),
             TEXT_ARG(names_found(source->scratch, &header->names, TEXT_EMPTY)));
        return false;
    }
    if (!has_periods(source)) {
        diag(source->diags, DIAG_MISSING_COLUMN, header->place,
             "no column for a period: expected headers such as '2021/22'; the columns are %.*s; if "
             "another row is the header, write its number as 'header row' in [%.*s]",
             TEXT_ARG(names_found(source->scratch, &header->names, TEXT_EMPTY)),
             TEXT_ARG(source->section->title));
        return false;
    }
    for (size_t i = 0; i < header->names.count; i++)
        if (is_free(header, i))
            ok = add_period(source, i) && ok;
    state->figures = arena_calloc(source->arena, state->count, sizeof *state->figures);
    return ok;
}

static bool read_cell(struct source *source, const struct record *row, size_t number,
                      struct figure *figure, struct text *unit)
{
    struct wide_state *state = source->state;
    const struct wide_period *column = &state->periods[number];
    figure->place = source_place(source, row, column->position);
    figure->period = column->period;
    struct text raw = text_trim(row->fields[column->position]);
    if (!figure_value(source, figure->place, raw, &figure->value, unit))
        return false;
    figure->value.markers |= column->markers;
    return true;
}

static enum row_fate wide_row(struct source *source, const struct record *row)
{
    struct wide_state *state = source->state;
    struct text name = source_cell(source, row, WIDE_MEASURE);
    struct place place = source_cell_place(source, row, WIDE_MEASURE);
    struct figure key = {.note = TEXT_EMPTY};
    bool ok = true;
    if (!name.len) {
        diag(source->diags, DIAG_MISSING_VALUE, place,
             "no measure: this cell names what is counted");
        return ROW_REJECTED;
    }
    if (!figure_area(source, row, source_cell(source, row, WIDE_AREA), WIDE_AREA, &key.area))
        return ROW_REJECTED;
    size_t before = source->dataset->measure_count;
    key.measure =
        figure_measure(source, place, name, source_cell(source, row, WIDE_UNIT),
                       source_cell(source, row, WIDE_GROUP), source_cell(source, row, WIDE_NOTE));
    if (key.measure == before)
        figure_kind_by_name(source, key.measure);
    for (size_t i = 0; i < state->count; i++) {
        struct text unit;
        state->figures[i] = key;
        if (read_cell(source, row, i, &state->figures[i], &unit))
            figure_unit(source, key.measure, state->figures[i].place, unit);
        else
            ok = false;
    }
    return ok ? figures_add(source, state->figures, state->count) : ROW_REJECTED;
}

static const char *const keys[] = {"kind",   "area",       "unit",   "polarity",
                                   "lookup", "duplicates", "ignore", NULL};

static const struct dialect_reader wide_reader = {.state_size = sizeof(struct wide_state),
                                                  .keys = keys,
                                                  .duplicates = "use once",
                                                  .place = place_measure,
                                                  .is_value_header = is_period_header,
                                                  .open = wide_open,
                                                  .row = wide_row};

const struct dialect wide_dialect = {"wide", "a row a measure, a column a period", wide_columns,
                                     WIDE_COLUMNS, &wide_reader};
