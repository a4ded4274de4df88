/* xlsx_cells - the cells of a sheet as a stream (xlsx_int.h). */
#include "read/xlsx_int.h"

#include <string.h>

struct sheet_part {
    struct xlsx_part part;
    const struct xlsx_sheet_handlers *handlers;
    void *context;
    struct xlsx_string string; /* of an inline string */
    struct buffer value;       /* of <v> */
    struct xlsx_cell cell;
    unsigned rows;    /* rows begun: the next row without a number is this one */
    unsigned columns; /* likewise in the row */
    bool in_cell;
    bool in_value;
};

static bool read_digits(struct text t, unsigned long cap, unsigned long *out)
{
    *out = 0;
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] < '0' || t.ptr[i] > '9' || *out > cap)
            return false;
        *out = *out * 10 + (unsigned long)(t.ptr[i] - '0');
    }
    return t.len && *out <= cap;
}

/* "BC12" as column and row from 0. */
static bool read_reference(struct text t, unsigned *row, unsigned *column)
{
    size_t i = 0;
    unsigned long letters = 0, digits;
    for (; i < t.len && t.ptr[i] >= 'A' && t.ptr[i] <= 'Z' && i < 3; i++)
        letters = letters * 26 + (unsigned long)(t.ptr[i] - 'A') + 1;
    if (letters < 1 || letters > XLSX_COLUMNS ||
        !read_digits((struct text){t.ptr + i, t.len - i}, XLSX_ROWS, &digits) || digits < 1)
        return false;
    *row = (unsigned)digits - 1;
    *column = (unsigned)letters - 1;
    return true;
}

bool xlsx_is_true(struct text t)
{
    return text_is(t, "1") || text_is(t, "true") || text_is(t, "on");
}

/* A height or width of nothing. */
static bool is_nought(struct text t)
{
    return t.len && t.ptr[0] == '0' && strspn(t.ptr, "0.") == t.len;
}

static void row_start(struct sheet_part *state, struct xml_attributes attributes)
{
    unsigned long row = state->rows + 1UL;
    struct text number = xml_attribute(attributes, "r");
    if (number.len && (!read_digits(number, XLSX_ROWS, &row) || row < 1)) {
        xlsx_refuse(&state->part, "the row has no sound number");
        return;
    }
    if (row <= state->rows || row > XLSX_ROWS) {
        xlsx_refuse(&state->part, "rows out of order, or more than a sheet can have");
        return;
    }
    state->cell.row = (unsigned)row - 1;
    state->rows = (unsigned)row;
    state->columns = 0;
    state->cell.row_is_hidden = xlsx_is_true(xml_attribute(attributes, "hidden")) ||
                                is_nought(xml_attribute(attributes, "ht"));
}

static enum xlsx_type type_of(const char *t)
{
    static const struct {
        const char *word;
        enum xlsx_type type;
    } types[] = {{"n", XLSX_NUMBER}, {"inlineStr", XLSX_INLINE}, {"str", XLSX_STRING},
                 {"d", XLSX_DATE},   {"b", XLSX_BOOLEAN},        {"e", XLSX_ERROR}};
    if (t[0] == 's' && !t[1])
        return XLSX_SHARED;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(t, types[i].word) == 0)
            return types[i].type;
    return XLSX_OTHER;
}

/* r, t and s in one pass: this runs for every cell. False when a number is none. */
static bool read_attributes(struct sheet_part *state, struct xml_attributes attributes)
{
    struct xlsx_cell *cell = &state->cell;
    unsigned row = cell->row;
    unsigned long style = 0;
    cell->column = state->columns;
    cell->type = XLSX_NUMBER;
    for (const char *const *item = attributes.items; *item; item += 2) {
        if (!item[0][0] || item[0][1])
            continue;
        if (item[0][0] == 'r' && item[1][0] &&
            !read_reference(text_from(item[1]), &row, &cell->column))
            return false;
        if (item[0][0] == 't' && item[1][0])
            cell->type = type_of(item[1]);
        if (item[0][0] == 's' && !read_digits(text_from(item[1]), UINT16_MAX, &style))
            return false;
    }
    cell->style = style;
    if (row != cell->row || cell->column < state->columns)
        cell->column = XLSX_COLUMNS;
    return true;
}

static void cell_start(struct sheet_part *state, struct xml_attributes attributes)
{
    if (!read_attributes(state, attributes)) {
        xlsx_refuse(&state->part, "the cell has no sound reference or style");
        return;
    }
    if (state->cell.column >= XLSX_COLUMNS) {
        xlsx_refuse(&state->part, "cells out of order, or more than a row can have");
        return;
    }
    state->columns = state->cell.column + 1;
    state->in_cell = true;
    state->cell.formula = false;
    state->cell.has_value = false;
    state->value.len = 0;
    state->string.text.len = 0;
}

static void hidden_columns(struct sheet_part *state, struct xml_attributes attributes)
{
    unsigned long first, last;
    if (!state->handlers->hidden_columns || (!xlsx_is_true(xml_attribute(attributes, "hidden")) &&
                                             !is_nought(xml_attribute(attributes, "width"))))
        return;
    if (read_digits(xml_attribute(attributes, "min"), XLSX_COLUMNS, &first) && first &&
        read_digits(xml_attribute(attributes, "max"), XLSX_COLUMNS, &last) && last >= first)
        state->handlers->hidden_columns(state->context, (unsigned)first - 1, (unsigned)last - 1);
    else
        xlsx_refuse(&state->part, "the columns have no sound numbers");
}

/* "A1:B12" */
static void merge_cell(struct sheet_part *state, struct xml_attributes attributes)
{
    struct text range = xml_attribute(attributes, "ref");
    size_t colon = text_find(range, ':', 0);
    unsigned rows[2], columns[2];
    if (!state->handlers->merge)
        return;
    if (!read_reference(text_slice(range, 0, colon), &rows[0], &columns[0]) ||
        !read_reference(text_slice(range, colon + 1, range.len), &rows[1], &columns[1]) ||
        rows[1] < rows[0] || columns[1] < columns[0])
        xlsx_refuse(&state->part, "the merged cells have no sound reference");
    else
        state->handlers->merge(state->context, rows, columns);
}

static void start_in_cell(struct sheet_part *state, struct text name)
{
    if (name.len == 1 && name.ptr[0] == 'v')
        state->in_value = state->cell.has_value = true;
    else if (name.len == 1 && name.ptr[0] == 'f')
        state->cell.formula = true;
    else
        xlsx_string_start(&state->string, name);
}

static void sheet_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct sheet_part *state = context;
    if (state->in_cell)
        start_in_cell(state, name);
    else if (name.len == 1 && name.ptr[0] == 'c')
        cell_start(state, attributes);
    else if (text_is(name, "row"))
        row_start(state, attributes);
    else if (text_is(name, "col"))
        hidden_columns(state, attributes);
    else if (text_is(name, "mergeCell"))
        merge_cell(state, attributes);
    else if (text_is(name, "hyperlink") && state->handlers->link)
        state->handlers->link(state->context, xml_attribute(attributes, "ref"),
                              xml_attribute(attributes, "location"));
}

static void cell_end(struct sheet_part *state)
{
    struct xlsx_cell *cell = &state->cell;
    state->in_cell = false;
    cell->value = buffer_text(&state->value);
    cell->string = buffer_text(&state->string.text);
    if (!cell->value.len && !cell->string.len && !cell->formula)
        return;
    const char *reason = state->handlers->cell(state->context, cell);
    if (reason)
        xlsx_refuse(&state->part, reason);
}

static void sheet_end(void *context, struct text name)
{
    struct sheet_part *state = context;
    if (!state->in_cell) {
        if (text_is(name, "row") && state->handlers->row_end &&
            !state->handlers->row_end(state->context, state->cell.row, state->cell.row_is_hidden))
            xml_stop(state->part.xml);
    } else if (name.len == 1 && name.ptr[0] == 'c') {
        cell_end(state);
    } else if (name.len == 1 && name.ptr[0] == 'v') {
        state->in_value = false;
    } else {
        xlsx_string_end(&state->string, name);
    }
}

static void sheet_characters(void *context, struct text piece)
{
    struct sheet_part *state = context;
    if (state->in_value)
        buffer_add(&state->value, piece);
    else if (state->string.in_text)
        buffer_add(&state->string.text, piece);
}

bool xlsx_read_cells(struct xlsx *book, struct text part,
                     const struct xlsx_sheet_handlers *handlers, void *context)
{
    static const struct xml_handlers xml = {sheet_start, sheet_end, sheet_characters};
    struct sheet_part state = {.handlers = handlers,
                               .context = context,
                               .string.text.arena = book->arena,
                               .value.arena = book->arena};
    return xlsx_read_part(book, part, &xml, &state.part);
}
