/* What all rows of a table have between them, found in one pass: a table can be large. */
#include "write/sheets_maker_int.h"

#include "data/value.h"

struct text sheets_unmarked(struct text t)
{
    size_t end = t.len;
    while (end && t.ptr[end - 1] == ']') {
        size_t open = end;
        while (open && t.ptr[open - 1] != '[')
            open--;
        if (!open || !markers_shown(text_slice(t, open - 1, end)))
            break;
        end = text_trim(text_slice(t, 0, open - 1)).len;
    }
    return text_slice(t, 0, end);
}

static bool has_digit(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]))
            return true;
    return false;
}

/* "2021/22: [p]" is what a column of notes says, and the name of a row may have markers. */
bool sheets_is_marked_number(const struct table *table, const struct row *row, size_t c)
{
    const struct cell *cell = &row->cells[c];
    if (!text_ends(cell->display, TEXT("]"))) /* as nearly all */
        return false;
    struct text number = sheets_unmarked(cell->display);
    return number.len < cell->display.len && !table->columns[c].is_row_header &&
           !cell->blocks.count && has_digit(number) && !text_ends(number, TEXT(":"));
}

struct text sheets_row_markers(struct arena *arena, const struct table *table,
                               const struct row *row)
{
    struct buffer out = {.arena = arena};
    for (size_t c = 0; c < table->column_count; c++) {
        if (sheets_is_marked_number(table, row, c))
            buffer_format(&out, "%s%.*s: %.*s", out.len ? "; " : "",
                          TEXT_ARG(table->columns[c].header),
                          TEXT_ARG(markers_display(arena, markers_shown(row->cells[c].display))));
    }
    return out.len ? buffer_text(&out) : TEXT("[z]");
}

/* The unit of a number; NULL when it has none. */
static const char *unit_of(const struct cell *cell)
{
    if (cell->format == FORMAT_PERCENT || cell->format == FORMAT_SIGNED_PERCENT)
        return "%";
    return sheets_is_money(cell->format) ? "£" : NULL;
}

static void survey_unit(struct column_survey *column, const struct cell *cell)
{
    if (cell->kind != CELL_NUMBER || column->has_no_unit)
        return;
    const char *unit = unit_of(cell);
    column->has_no_unit = !unit || (column->unit && strcmp(column->unit, unit) != 0);
    column->unit = column->has_no_unit ? NULL : unit;
}

/* How many of its numbers stand beside markers. */
static size_t survey_cells(struct survey *survey, const struct table *table, const struct row *row)
{
    size_t marked = 0;
    enum book_role role = row->kind == ROW_TOTAL ? BOOK_TOTAL : BOOK_BODY;
    survey->has_long |= sheets_is_too_high(row->group, role);
    for (size_t c = 0; c < table->column_count; c++) {
        const struct cell *cell = &row->cells[c];
        struct column_survey *column = &survey->columns[c];
        bool has_words = cell->display.len > 0;
        column->is_blank &= !has_words;
        survey->has_blanks |= !has_words;
        bool is_marked = sheets_is_marked_number(table, row, c);
        marked += is_marked;
        if (cell->kind != CELL_NUMBER &&
            sheets_is_too_high(is_marked ? sheets_unmarked(cell->display) : cell->display, role)) {
            survey->has_long = true;
            survey->long_markers |= markers_shown(cell->display);
            survey->markers |= markers_shown(sheets_beginning(cell->display));
        } else {
            survey->markers |= markers_shown(cell->display);
        }
        if (table->columns[c].is_number)
            survey_unit(column, cell);
    }
    return marked;
}

struct survey sheets_survey(struct arena *arena, const struct table *table)
{
    struct survey survey = {.markers = markers_shown(table->caption)};
    bool is_without_group = false, is_without_marks = false;
    struct arena *scratch = arena_new();
    survey.columns = arena_calloc(arena, table->column_count + 1, sizeof *survey.columns);
    for (size_t c = 0; c < table->column_count; c++) {
        survey.columns[c].is_blank = true;
        survey.markers |= markers_shown(table->columns[c].header);
    }
    for (size_t r = 0; r < table->row_count; r++) {
        const struct row *row = table_row(table, scratch, r);
        size_t marked = survey_cells(&survey, table, row);
        survey.groups |= row->group.len > 0;
        survey.marked |= marked > 0;
        is_without_group |= !row->group.len;
        is_without_marks |= !marked;
        arena_reset(scratch);
    }
    arena_free(scratch);
    /* The column of groups, or of markers, says so where it has nothing to say. */
    if ((survey.groups && is_without_group) || (survey.marked && is_without_marks))
        survey.markers |= MARKER_NOT_APPLICABLE;
    return survey;
}
