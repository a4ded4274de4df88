/* long - a row a figure. */
#include "read/read_int.h"

const struct dialect_column long_columns[LONG_COLUMNS] = {
    [LONG_MEASURE] = {"Measure", true, "Indicator|Indicator name|KPI|Crime type|Answer",
                      "what is counted"},
    [LONG_PERIOD] = {"Period", true, "Time period|Year|Date|Month|Quarter", "when"},
    [LONG_VALUE] = {"Value", true, "Figure|Result|Actual", "the number"},
    [LONG_AREA] = {"Area", false, "Area name|District|Ward", "where"},
    [LONG_UNIT] = {"Unit", false, "Units", "what the number is: %, £, per 100,000"},
    [LONG_COUNT] = {"Count", false, "Numerator", "the count behind a rate or percentage"},
    [LONG_DENOMINATOR] = {"Denominator", false, "Base|Population", "what the count is divided by"},
    [LONG_NOTE] = {"Note", false, "Notes|Comment", "a note for readers"},
    [LONG_GROUP] = {"Group", false, "Domain|Theme", "a heading to group measures below"},
    [LONG_MARKER] = {"Marker", false, "Markers|Flag", "letters such as [p] or [r]"},
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

/* Count or denominator; a blank cell gives a value that is not there and has nothing to say. */
static bool read_part(struct source *source, const struct record *row, size_t column,
                      struct value *out)
{
    struct text unit, raw = source_cell(source, row, column);
    *out = (struct value){.present = false};
    return !raw.len ||
           figure_value(source, source_cell_place(source, row, column), raw, out, &unit);
}

static bool read_numbers(struct source *source, const struct record *row, struct figure *figure,
                         struct text *unit)
{
    bool ok = figure_value(source, figure->place, source_cell(source, row, LONG_VALUE),
                           &figure->value, unit);
    ok = read_marker_cell(source, row, &figure->value) && ok;
    ok = read_part(source, row, LONG_COUNT, &figure->count) && ok;
    return read_part(source, row, LONG_DENOMINATOR, &figure->denominator) && ok;
}

static enum row_fate long_row(struct source *source, const struct record *row)
{
    struct text name = source_cell(source, row, LONG_MEASURE);
    struct text unit = TEXT_EMPTY;
    struct figure figure = {.place = source_cell_place(source, row, LONG_VALUE)};
    unsigned markers = 0;
    bool ok = figure_period(source, source_cell_place(source, row, LONG_PERIOD),
                            source_cell(source, row, LONG_PERIOD), &figure.period, &markers);
    ok = read_numbers(source, row, &figure, &unit) && ok;
    ok = figure_area(source, row, source_cell(source, row, LONG_AREA), LONG_AREA, &figure.area) &&
         ok;
    if (!name.len) {
        ok = false;
        diag(source->diags, DIAG_MISSING_VALUE, source_cell_place(source, row, LONG_MEASURE),
             "no measure: this cell names what is counted");
    }
    if (!ok)
        return ROW_REJECTED;
    figure.value.markers |= markers;
    figure.note = text_copy(source->arena, source_cell(source, row, LONG_NOTE));
    figure.measure = figure_measure(source, source_cell_place(source, row, LONG_MEASURE), name,
                                    source_cell(source, row, LONG_UNIT),
                                    source_cell(source, row, LONG_GROUP), TEXT_EMPTY);
    figure_unit(source, figure.measure, figure.place, unit);
    return figures_add(source, &figure, 1);
}

/* Columns that a long export has besides: said once, so that nobody thinks they were read. */
static bool long_open(struct source *source)
{
    const struct header *header = &source->header;
    struct texts unused = {0};
    for (size_t i = 0; i < header->names.count; i++)
        if (!header->taken[i] && header->names.items[i].len && !header->ignored[i])
            texts_add(source->scratch, &unused, header->names.items[i]);
    if (unused.count)
        diag(source->diags, DIAG_READ, header->place, "columns not used: %.*s",
             TEXT_ARG(
                 text_quote(source->scratch, texts_join(source->scratch, &unused, TEXT(", ")))));
    return true;
}

static const char *const keys[] = {"kind", "area", "unit", "lookup", "duplicates", "ignore", NULL};

const struct dialect_reader long_reader = {
    .keys = keys, .duplicates = "use once", .open = long_open, .row = long_row};
