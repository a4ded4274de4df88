#include "write/sheets_int.h"

#include "base/utf8.h"

#include <string.h>

/* Sizes in points; widths in the spreadsheet's own character units where they are said to be. */
static const double font_size = 12, title_size = 16, line_height = 15.5, row_padding = 6;
static const double points_per_unit = 5.25, unit_padding = 1.6; /* of a column's width */
static const double narrowest = 9, widest_header = 16, widest_text = 48, widest_long = 100,
                    widest = 140;
static const double indent = 9; /* points that an indented cell loses */
static const double shrunk_text = 16, shrunk_label = 30, shrunk_long = 40;
static const double page_width = 140; /* A4 landscape at full size, in units */
/* Points of a header: its filter's button, or what keeps it off the header beside it. */
static const double filter_button = 14, header_gap = 5;
/* Measured text may come out a little wider: other fonts stand in for Arial. */
static const double margin = 1.03;

/* Advance widths of Arial from space to tilde, in thousandths of the size. */
static const unsigned short ascii_widths[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};

static double glyph_width(uint32_t point)
{
    if (point >= ' ' && point <= '~')
        return ascii_widths[point - ' '] / 1000.0;
    return point >= 0x2E80 ? 1.0 : 0.6;
}

static double text_width(struct text t, enum book_role role)
{
    double width = 0;
    for (size_t at = 0; at < t.len;)
        width += t.ptr[at] >= ' ' && t.ptr[at] <= '~' ? ascii_widths[t.ptr[at++] - ' '] / 1000.0
                                                      : glyph_width(utf8_next(t, &at));
    bool bold = role != BOOK_BODY && role != BOOK_TEXT;
    return width * (role == BOOK_TITLE ? title_size : font_size) * (bold ? 1.08 : 1.0) * margin;
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
        if (used > 0 && used + space + w > width + 0.5) {
            lines++;
            used = 0;
        }
        used += (used > 0 ? space : 0) + w;
        for (; used > width + 0.5; used -= width) /* a word longer than a line is broken */
            lines++;
    }
    return lines;
}

/* Closing marks aside, the word ends with a full stop or the like. */
static bool ends_sentence(struct text word)
{
    static const char *const closing[] = {"\"", "'", ")", "]", "”", "’"};
    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++)
        if (text_ends(word, text_from(closing[i])))
            return ends_sentence(text_slice(word, 0, word.len - strlen(closing[i])));
    return word.len && strchr(".!?", word.ptr[word.len - 1]);
}

/* Of one word that is too long for all the lines: the characters that are not. */
static size_t fit_characters(struct text t, double width)
{
    size_t at = 0, end = 0;
    while (at < t.len && width > 0) {
        end = at;
        utf8_next(t, &at);
        width -= text_width(text_slice(t, end, at), BOOK_BODY);
    }
    return end ? end : at;
}

/* Where a text can be ended, so far. */
struct ends {
    size_t paragraph, sentence, word;
};

/* A paragraph's end, then a sentence's, unless that would leave half of the room. */
static size_t best_end(const struct ends *ends)
{
    if (ends->paragraph > ends->word / 2)
        return ends->paragraph;
    return ends->sentence > ends->word / 2 ? ends->sentence : ends->word;
}

size_t sheets_fit(struct text t, double width_units, unsigned most)
{
    double width = points(width_units), used = 0, space = text_width(TEXT(" "), BOOK_BODY);
    unsigned lines = 1;
    struct ends ends = {0};
    for (size_t at = 0, end; at < t.len; at = end + 1) {
        for (end = at; end < t.len && t.ptr[end] != ' ' && t.ptr[end] != '\n';)
            end++;
        struct text word = text_slice(t, at, end);
        double w = text_width(word, BOOK_BODY);
        if (used > 0 && used + space + w > width + 0.5) {
            lines++;
            used = 0;
        }
        used += (used > 0 ? space : 0) + w;
        for (; used > width + 0.5; used -= width)
            lines++;
        if (lines > most)
            return ends.word ? best_end(&ends) : fit_characters(t, width * most);
        ends.word = end;
        if (ends_sentence(word))
            ends.sentence = end;
        if (end < t.len && t.ptr[end] == '\n') {
            ends.paragraph = end;
            used = 0;
            lines++;
        }
    }
    return t.len;
}

/* Points of a cell's width that its text cannot have. */
static double lost_width(const struct book_sheet *sheet, const struct book_cell *cell)
{
    double header = sheet->is_working && !cell->indent ? filter_button : header_gap;
    return cell->indent * indent + (cell->role == BOOK_HEADER ? header : 0);
}

static unsigned lines_of(const struct book_sheet *sheet, const struct book_cell *cell)
{
    if (!cell->wrap)
        return 1;
    double width = points(sheet->widths[cell->column]) - lost_width(sheet, cell);
    unsigned lines = 0;
    if (text_find(cell->text, '\n', 0) == cell->text.len &&
        text_width(cell->text, cell->role) <= width) /* as nearly all are */
        return 1;
    struct text_pieces paragraphs = text_split(cell->text, '\n');
    for (struct text paragraph; text_next(&paragraphs, &paragraph);)
        lines += lines_of_paragraph(paragraph, width, cell->role);
    return lines;
}

static bool in_table(const struct book_sheet *sheet, const struct book_cell *cell)
{
    return sheet->has_table && cell->row >= sheet->header_row;
}

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* The width at which nothing wraps, within reason; never less than the longest word. */
static double width_wanted(const struct book_sheet *sheet, const struct book_cell *cell,
                           double line, double word)
{
    if (cell->is_number)
        return line;
    double most = sheet->is_long[cell->column] ? widest_long : widest_text;
    double wanted = clamp(line, 0, cell->role == BOOK_HEADER ? widest_header : most);
    return wanted > word ? wanted : clamp(word, 0, widest_text);
}

static void raise_to(double *value, double least)
{
    if (*value < least)
        *value = least;
}

static double sum(const double *values, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

/* Takes what is too wide for a page from the columns that wrap, each down to its `least`. */
static void shrink_to_page(double *widths, const double *least, size_t count)
{
    double surplus = sum(widths, count) - page_width;
    double spare = sum(widths, count) - sum(least, count);
    if (surplus <= 0 || spare <= 0)
        return;
    double share = surplus < spare ? surplus / spare : 1;
    for (size_t c = 0; c < count; c++)
        widths[c] -= (widths[c] - least[c]) * share;
}

/* Of the cells of one column. */
struct column_need {
    double wanted, least; /* widths in units */
    double longest;       /* points of the longest text, were it on one line */
    size_t paragraphs;    /* of the one with most */
};

struct column_need *sheets_needs(struct arena *arena, const struct book_sheet *sheet)
{
    struct column_need *needs = arena_calloc(arena, sheet->column_count, sizeof *needs);
    for (size_t c = 0; c < sheet->column_count; c++)
        needs[c].wanted = needs[c].least = narrowest;
    return needs;
}

static size_t paragraph_count(struct text t)
{
    size_t count = 1;
    for (size_t i = 0; i < t.len; i++)
        count += t.ptr[i] == '\n';
    return count;
}

void sheets_measure(const struct book_sheet *sheet, const struct book_cell *cell,
                    struct column_need *needs)
{
    struct column_need *need = &needs[cell->column];
    size_t paragraphs = paragraph_count(cell->text);
    double lost = lost_width(sheet, cell);
    double whole = text_width(text_trim(cell->text), cell->role);
    double line = paragraphs == 1 ? whole : widest_piece(cell->text, '\n', cell->role);
    double word = text_find(cell->text, ' ', 0) == cell->text.len
                      ? line
                      : widest_word(cell->text, cell->role);
    double wanted = width_wanted(sheet, cell, units(line + lost), units(word + lost));
    double shrunk = sheet->is_long[cell->column]    ? shrunk_long
                    : sheet->is_label[cell->column] ? shrunk_label
                                                    : shrunk_text;
    word = clamp(units(word + lost), 0, widest_text);
    raise_to(&need->wanted, wanted);
    raise_to(&need->least, cell->is_number ? wanted : word);
    raise_to(&need->least, wanted < shrunk ? wanted : shrunk);
    raise_to(&need->longest, whole);
    if (paragraphs > need->paragraphs)
        need->paragraphs = paragraphs;
}

static void set_widths(struct arena *arena, struct book_sheet *sheet, struct column_need *needs)
{
    double *least = arena_calloc(arena, sheet->column_count, sizeof *least);
    for (size_t i = 0; i < sheet->count; i++)
        if (in_table(sheet, &sheet->cells[i]))
            sheets_measure(sheet, &sheet->cells[i], needs);
    for (size_t c = 0; c < sheet->column_count; c++) {
        sheet->widths[c] = needs[c].wanted;
        least[c] = needs[c].least;
    }
    shrink_to_page(sheet->widths, least, sheet->column_count);
}

struct texts sheets_break_line(struct arena *arena, struct text line)
{
    struct texts out = {0};
    double most = points(page_width);
    size_t start = 0, end = 0; /* of the piece that fits */
    for (size_t at = 0; at <= line.len; at++) {
        bool is_end = at == line.len || line.ptr[at] == '\n';
        if (!is_end && line.ptr[at] != ' ')
            continue;
        if (end > start && text_width(text_slice(line, start, at), BOOK_TEXT) > most) {
            texts_add(arena, &out, text_slice(line, start, end));
            start = end + 1;
        }
        end = at;
        if (is_end && end > start) {
            texts_add(arena, &out, text_slice(line, start, end));
            start = end + 1;
        }
    }
    return out;
}

/* Lines above the table run over the empty cells to their right. */
static void wrap_cells(struct book_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        sheet->cells[i].wrap = in_table(sheet, &sheet->cells[i]);
}

static double height_of(const struct book_sheet *sheet, const struct book_cell *cell)
{
    double size = cell->role == BOOK_TITLE ? title_size / font_size : 1;
    return lines_of(sheet, cell) * line_height * size + row_padding;
}

static void set_heights(struct book_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        raise_to(&sheet->heights[sheet->cells[i].row], height_of(sheet, &sheet->cells[i]));
}

static bool too_high(const struct book_sheet *sheet)
{
    for (unsigned row = 0; row <= sheet->last_row; row++)
        if (sheet->heights[row] > ROW_HEIGHT_CAP)
            return true;
    return false;
}

/* Two lines that follow each other are together wider than the column. */
static bool body_may_be_too_high(const struct book_sheet *sheet, const struct column_need *needs)
{
    for (unsigned c = 0; c < sheet->column_count; c++) {
        double width = points(sheet->widths[c]) - indent;
        double lines = 2 * needs[c].longest / width + (double)needs[c].paragraphs;
        if (lines * line_height + row_padding > ROW_HEIGHT_CAP)
            return true;
    }
    return false;
}

static void mark_high_columns(const struct book_sheet *sheet, const struct book_cell *cells,
                              size_t count, bool *is_high)
{
    for (size_t i = 0; i < count; i++)
        if (in_table(sheet, &cells[i]) && height_of(sheet, &cells[i]) > ROW_HEIGHT_CAP)
            is_high[cells[i].column] = true;
}

static void mark_high_columns_of_body(const struct book_sheet *sheet, bool *is_high)
{
    struct book_rows *rows = book_rows_begin(sheet);
    for (struct book_row row; book_next_row(rows, &row);)
        mark_high_columns(sheet, row.cells, row.count, is_high);
    book_rows_end(rows);
}

/* Widens the columns with cells that are higher than a row can be; false when there are none, or
 * they can be no wider. */
static bool widen_high_columns(struct arena *arena, struct book_sheet *sheet,
                               const struct column_need *needs)
{
    bool *is_high = arena_calloc(arena, sheet->column_count, sizeof *is_high), widened = false;
    mark_high_columns(sheet, sheet->cells, sheet->count, is_high);
    if (sheet->body && body_may_be_too_high(sheet, needs))
        mark_high_columns_of_body(sheet, is_high);
    for (unsigned c = 0; c < sheet->column_count; c++) {
        if (!is_high[c] || sheet->widths[c] >= widest)
            continue;
        sheet->widths[c] = clamp(sheet->widths[c] * 1.25, 0, widest);
        widened = true;
    }
    return widened;
}

static double cap_height(double height)
{
    return height > ROW_HEIGHT_CAP ? ROW_HEIGHT_CAP : height;
}

/* Cells of rows with one line stand in the middle; others line up at the top. */
static bool has_one_line(double row_height)
{
    return row_height <= line_height + row_padding;
}

double sheets_lay_row(const struct book_sheet *sheet, struct book_cell *cells, size_t count)
{
    double height = 0;
    for (size_t i = 0; i < count; i++) {
        cells[i].wrap = true;
        raise_to(&height, height_of(sheet, &cells[i]));
    }
    for (size_t i = 0; i < count; i++)
        cells[i].middle = has_one_line(height);
    return cap_height(height);
}

bool sheets_is_too_high(struct text t, enum book_role role)
{
    const double width = points(widest) - indent, room = ROW_HEIGHT_CAP - row_padding;
    const unsigned most = (unsigned)(room / line_height);
    if (t.len <= most) /* as nearly all are: a line has a byte at least */
        return false;
    size_t paragraphs = paragraph_count(t);
    /* Two lines that follow each other are wider than the column; no byte is wider than its em. */
    if (paragraphs <= most &&
        2 * (double)t.len * font_size * 1.2 <= (double)(most - paragraphs) * width)
        return false;
    unsigned lines = 0;
    struct text_pieces pieces = text_split(t, '\n');
    for (struct text piece; lines <= most && text_next(&pieces, &piece);)
        lines += lines_of_paragraph(piece, width, role);
    return lines > most;
}

void sheets_layout(struct arena *arena, struct book_sheet *sheet, struct column_need *needs)
{
    unsigned rows = sheet->body ? sheet->header_row + 1 : sheet->last_row + 1; /* that are kept */
    if (!needs)
        needs = sheets_needs(arena, sheet);
    sheet->widths = arena_calloc(arena, sheet->column_count, sizeof *sheet->widths);
    sheet->heights = arena_calloc(arena, rows, sizeof *sheet->heights);
    set_widths(arena, sheet, needs);
    wrap_cells(sheet);
    set_heights(sheet);
    while ((sheet->body || too_high(sheet)) && widen_high_columns(arena, sheet, needs)) {
        memset(sheet->heights, 0, rows * sizeof *sheet->heights);
        set_heights(sheet);
    }
    for (unsigned row = 0; row < rows; row++)
        sheet->heights[row] = cap_height(sheet->heights[row]);
    for (size_t i = 0; i < sheet->count; i++)
        sheet->cells[i].middle = has_one_line(sheet->heights[sheet->cells[i].row]);
}
