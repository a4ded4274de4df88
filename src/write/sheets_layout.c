#include "write/sheets_int.h"

#include "base/utf8.h"

#include <string.h>

/*
 * Text is measured by the advance widths of Arial by classes of letters: near enough to choose
 * column widths, and on the wide side so that a row is rather too high than too low.
 */
static const double font_size = 12, title_size = 16, line_height = 15.5, row_padding = 5;
static const double points_per_unit = 5.25, unit_padding = 1.6; /* of a column's width */
static const double narrowest = 9, widest_text = 44, widest_long = 64, widest = 120;
/* A first column as narrow as a number cannot take the wrapped notes above the table. */
static const double narrowest_for_notes = 34;

static double glyph_width(uint32_t point)
{
    if (point < 128) {
        if (strchr("ijl|!'.,:; ", (int)point))
            return 0.28;
        if (strchr("ftrI()[]/-\"*`{}\\", (int)point))
            return 0.36;
        if (strchr("mwMW%@", (int)point))
            return 0.87;
        if (point >= 'A' && point <= 'Z')
            return 0.70;
        return 0.556;
    }
    return point >= 0x2E80 ? 1.0 : 0.60;
}

static double text_width(struct text t, enum book_role role)
{
    double width = 0;
    for (size_t at = 0; at < t.len;)
        width += glyph_width(utf8_next(t, &at));
    bool bold = role != BOOK_BODY && role != BOOK_TEXT;
    return width * (role == BOOK_TITLE ? title_size : font_size) * (bold ? 1.08 : 1.0);
}

static double units(double points)
{
    return points / points_per_unit + unit_padding;
}

static double points(double width_units)
{
    return (width_units - unit_padding) * points_per_unit;
}

static double widest_piece(struct text t, char separator, enum book_role role)
{
    double width = 0;
    struct text_pieces pieces = text_split(t, separator);
    for (struct text piece; text_next(&pieces, &piece);) {
        double w = text_width(piece, role);
        if (w > width)
            width = w;
    }
    return width;
}

static double widest_word(struct text t, enum book_role role)
{
    double width = 0;
    struct text_pieces lines = text_split(t, '\n');
    for (struct text line; text_next(&lines, &line);) {
        double w = widest_piece(line, ' ', role);
        if (w > width)
            width = w;
    }
    return width;
}

/* Lines that one paragraph takes when its words are set in `width` points. */
static unsigned lines_of_paragraph(struct text t, double width, enum book_role role)
{
    unsigned lines = 1;
    double used = 0, space = text_width(TEXT(" "), role);
    struct text_pieces words = text_split(t, ' ');
    for (struct text word; text_next(&words, &word);) {
        double w = text_width(word, role);
        if (used > 0 && used + space + w > width) {
            lines++;
            used = 0;
        }
        used += (used > 0 ? space : 0) + w;
        for (; used > width; used -= width) /* a word longer than a line is broken */
            lines++;
    }
    return lines;
}

static unsigned lines_of(const struct book_cell *cell, double width)
{
    if (!cell->wrap)
        return 1;
    unsigned lines = 0;
    struct text_pieces paragraphs = text_split(cell->text, '\n');
    for (struct text paragraph; text_next(&paragraphs, &paragraph);)
        lines += lines_of_paragraph(paragraph, width, cell->role);
    return lines;
}

static bool in_table(const struct book_sheet *sheet, const struct book_cell *cell)
{
    return cell->row >= sheet->header_row && cell->row <= sheet->last_row;
}

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* The width at which nothing wraps, within reason; never less than the longest word. */
static double width_wanted(const struct book_sheet *sheet, const struct book_cell *cell)
{
    double word = units(widest_word(cell->text, cell->role));
    double line = units(widest_piece(cell->text, '\n', cell->role));
    if (cell->is_number)
        return line;
    double most = sheet->is_long[cell->column] ? widest_long : widest_text;
    double wanted = cell->role == BOOK_HEADER ? word : clamp(line, 0, most);
    return wanted > word ? wanted : clamp(word, 0, widest_long);
}

static void set_widths(struct book_sheet *sheet)
{
    for (size_t c = 0; c < sheet->column_count; c++)
        sheet->widths[c] = narrowest;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct book_cell *cell = &sheet->cells[i];
        double wanted = in_table(sheet, cell) ? width_wanted(sheet, cell) : 0;
        if (wanted > sheet->widths[cell->column])
            sheet->widths[cell->column] = wanted;
    }
}

static double table_width(const struct book_sheet *sheet)
{
    double width = 0;
    for (size_t c = 0; c < sheet->column_count; c++)
        width += points(sheet->widths[c]);
    return width;
}

/* Lines above the table run over the empty cells to their right; those too long for that wrap. */
static void wrap_lines_above(struct book_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        struct book_cell *cell = &sheet->cells[i];
        if (in_table(sheet, cell)) {
            cell->wrap = true;
            continue;
        }
        cell->wrap = widest_piece(cell->text, '\n', cell->role) > table_width(sheet) ||
                     text_find(cell->text, '\n', 0) < cell->text.len;
        if (cell->wrap && sheet->widths[0] < narrowest_for_notes)
            sheet->widths[0] = narrowest_for_notes;
    }
}

static void set_heights(struct book_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const struct book_cell *cell = &sheet->cells[i];
        double size = cell->role == BOOK_TITLE ? title_size / font_size : 1;
        unsigned lines = lines_of(cell, points(sheet->widths[cell->column]));
        double height = lines * line_height * size + row_padding;
        if (height > sheet->heights[cell->row])
            sheet->heights[cell->row] = height;
    }
}

static bool too_high(const struct book_sheet *sheet)
{
    for (unsigned row = 0; row <= sheet->last_row; row++)
        if (sheet->heights[row] > ROW_HEIGHT_CAP)
            return true;
    return false;
}

/* False when no column can be widened further. */
static bool widen_long_columns(struct book_sheet *sheet)
{
    bool widened = false;
    for (unsigned c = 0; c < sheet->column_count; c++) {
        if (!sheet->is_long[c] || sheet->widths[c] >= widest)
            continue;
        sheet->widths[c] = clamp(sheet->widths[c] * 1.25, 0, widest);
        widened = true;
    }
    return widened;
}

void sheets_layout(struct arena *arena, struct book_sheet *sheet)
{
    sheet->widths = arena_calloc(arena, sheet->column_count, sizeof *sheet->widths);
    sheet->heights = arena_calloc(arena, sheet->last_row + 1, sizeof *sheet->heights);
    set_widths(sheet);
    wrap_lines_above(sheet);
    set_heights(sheet);
    while (too_high(sheet) && widen_long_columns(sheet)) {
        memset(sheet->heights, 0, (sheet->last_row + 1) * sizeof *sheet->heights);
        set_heights(sheet);
    }
    for (unsigned row = 0; row <= sheet->last_row; row++)
        if (sheet->heights[row] > ROW_HEIGHT_CAP)
            sheet->heights[row] = ROW_HEIGHT_CAP;
}
