/* layout_survey - what the cells of a table's columns are wide, in the size of type of its grid. */
#include "write/layout_table_int.h"

#include <math.h>
#include <string.h>

const double table_status_room = 12, table_of_which_indent = 10;

bool table_is_same_set(const struct table *a, const struct table *b)
{
    if (!a->section.len || !text_equal(a->section, b->section) ||
        a->column_count != b->column_count)
        return false;
    for (size_t c = 0; c < a->column_count; c++) {
        const struct column *one = &a->columns[c], *other = &b->columns[c];
        if (!text_equal(one->header, other->header) || one->set != other->set ||
            one->align_right != other->align_right || one->long_text != other->long_text ||
            one->is_row_header != other->is_row_header)
            return false;
    }
    return true;
}

void table_find_set(struct grid *grid)
{
    const struct blocks *blocks = &grid->flow->document->blocks;
    struct arena *arena = grid->flow->arena;
    const struct table **set = arena_alloc(arena, sizeof(struct table *));
    size_t capacity = 1;
    set[grid->set_count++] = grid->table;
    for (size_t i = 0; grid->table->section.len && i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        if (block->kind != BLOCK_TABLE || block->table == grid->whole ||
            !text_equal(block->table->section, grid->table->section))
            continue;
        const struct table *other = table_on_page(arena, block->table);
        if (!table_is_same_set(grid->table, other))
            continue;
        set = arena_grow(arena, set, grid->set_count, &capacity, sizeof(struct table *));
        set[grid->set_count++] = other;
    }
    grid->set = set;
}

size_t table_row_header(const struct table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].is_row_header)
            return c;
    return table->column_count;
}

unsigned table_row_style(enum row_kind kind)
{
    return kind == ROW_TOTAL ? SPAN_BOLD : kind == ROW_REMAINDER ? SPAN_ITALIC : 0;
}

bool table_is_indented(enum row_kind kind)
{
    return kind == ROW_OF_WHICH || kind == ROW_COMPARATOR;
}

/* Where the fraction, unit or marker begins: "12|.5%", "1,234|", "7|%", "[c]|". */
static size_t tail_start(struct text display)
{
    size_t end = 0;
    if (text_starts(display, TEXT("[")))
        return display.len;
    for (size_t i = 0; i < display.len; i++) {
        bool digit = is_digit(display.ptr[i]);
        if (digit)
            end = i + 1;
        else if (end && display.ptr[i] != ',')
            break;
    }
    return end ? end : display.len;
}

static double width_of(const struct grid *grid, struct text text, unsigned style)
{
    struct metrics *metrics = grid->flow->metrics;
    return (double)metrics->width(metrics, style % FONTS, text) * grid->size / 1000;
}

double table_mark_room(const struct grid *grid, const struct cell *cell)
{
    /* most are about as wide as a digit, and the words behind them stand below each other */
    return fmax(0.56 * grid->size, width_of(grid, table_mark(cell), 0)) + 0.28 * grid->size;
}

struct text table_mark(const struct cell *cell)
{
    return text_trim(text_slice(cell->display, 0, cell->mark));
}

double table_tail(const struct grid *grid, const struct cell *cell, unsigned style)
{
    size_t start = tail_start(cell->display);
    return width_of(grid, text_slice(cell->display, start, cell->display.len), style);
}

/* "0", "−0.0%", "£12", "[c]": text that stands where a number would. */
static bool stands_for_number(struct text display)
{
    static const char *const signs[] = {"+", "-", "\u2212", "£", "<", "~"};
    if (text_find(display, ' ', 0) < display.len || text_starts(display, TEXT("[")))
        return text_starts(display, TEXT("[")) && text_ends(display, TEXT("]"));
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (text_starts(display, text_from(signs[i])))
            display = text_slice(display, strlen(signs[i]), display.len);
    return is_digit(char_at(display, 0)) && text_find(display, '/', 0) == display.len;
}

bool table_is_aligned(const struct grid *grid, size_t c, const struct cell *cell)
{
    if (!grid->table->columns[c].align_right)
        return false;
    return cell->kind == CELL_NUMBER ||
           (cell->kind == CELL_TEXT && !cell->blocks.count && stands_for_number(cell->display));
}

double extent_widen(struct extent *extent, struct extent by, double indent)
{
    extent->least = fmax(extent->least, by.least + indent);
    extent->held = fmax(extent->held, by.held + indent);
    extent->natural = fmax(extent->natural, by.natural + indent);
    return by.natural + indent;
}

static struct extent text_extent(const struct grid *grid, const struct spans *spans, unsigned style)
{
    return layout_extent(grid->scratch, grid->flow->metrics, spans, style, grid->size);
}

struct extent table_extent(const struct grid *grid, struct text text, unsigned style)
{
    struct span span = {.text = text, .link = TEXT_EMPTY};
    struct spans spans = {.items = &span, .count = 1};
    return text_extent(grid, &spans, style);
}

/* Of long text all that there is counts: a cell of ten paragraphs wants more room than one of
 * one. */
static struct extent blocks_extent(const struct grid *grid, const struct blocks *blocks)
{
    struct extent extent = {0};
    double total = 0;
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTE)
            total += extent_widen(&extent, text_extent(grid, &block->paragraph.spans, 0),
                                  block->paragraph.number.len ? 34 : 0);
        for (size_t k = 0; block->kind == BLOCK_LIST && k < block->list.count; k++)
            total +=
                extent_widen(&extent, blocks_extent(grid, &block->list.items[k]), grid->size * 1.7);
    }
    extent.natural = total;
    return extent;
}

struct extent table_cell_extent(const struct grid *grid, const struct cell *cell,
                                enum row_kind kind, bool names_row)
{
    unsigned style = cell->kind == CELL_RAG ? SPAN_BOLD : table_row_style(kind);
    struct text words = text_slice(cell->display, cell->mark, cell->display.len);
    struct extent extent =
        cell->blocks.count ? blocks_extent(grid, &cell->blocks) : table_extent(grid, words, style);
    double room = cell->kind == CELL_RAG                 ? table_status_room
                  : cell->mark                           ? table_mark_room(grid, cell)
                  : names_row && table_is_indented(kind) ? table_of_which_indent
                                                         : 0;
    return (struct extent){extent.least + room, extent.held + room, extent.natural + room};
}

/* The share of a column in the name of its group, which may be wider than what it stands above. */
static struct extent group_extent(const struct grid *grid, size_t c)
{
    const struct column *columns = grid->table->columns;
    size_t first = c;
    while (first && text_equal(columns[first - 1].group, columns[c].group))
        first--;
    struct extent name = table_extent(grid, columns[c].group, SPAN_BOLD);
    double count = (double)table_group_size(grid->table, first);
    return (struct extent){name.least / count, name.held / count, name.natural / count};
}

static struct extent header_extent(const struct grid *grid, size_t c)
{
    const struct column *column = &grid->table->columns[c];
    struct extent text = table_extent(grid, table_header(column), SPAN_BOLD);
    if (column->group.len)
        extent_widen(&text, group_extent(grid, c), 0);
    /* headers may wrap, above figures sooner: the names of the rows need the room more */
    text.natural = fmin(text.natural, fmax(text.held, column->align_right ? 58 : 90));
    return text;
}

/* What a column's words are wide, and its figures on each side of the decimal point. */
static void survey_cell(struct grid *grid, const struct table *table, const struct row *row,
                        size_t c)
{
    const struct cell *cell = &row->cells[c];
    struct survey *survey = &grid->survey[c];
    double least = survey->text.least, lead = survey->lead;
    survey->firm = survey->firm || cell->kind == CELL_NUMBER || cell->kind == CELL_RAG ||
                   cell->kind == CELL_DATE;
    if (!table_is_aligned(grid, c, cell)) {
        extent_widen(&survey->text, table_cell_extent(grid, cell, row->kind, c == grid->row_header),
                     0);
        if (survey->text.least > least)
            survey->widest = table;
        return;
    }
    unsigned style = table_row_style(row->kind);
    double tail = table_tail(grid, cell, style);
    survey->lead = fmax(survey->lead, width_of(grid, cell->display, style) - tail);
    grid->tail[c] = fmax(grid->tail[c], tail);
    if (survey->lead > lead)
        survey->widest = table;
}

static void survey_table(struct grid *grid, const struct table *table)
{
    for (size_t r = 0; r < table->row_count; r++) {
        const struct row *row = table_row(table, grid->scratch, r);
        for (size_t c = 0; c < table->column_count; c++)
            survey_cell(grid, table, row, c);
        arena_reset(grid->scratch);
    }
}

void table_survey(struct grid *grid)
{
    grid->scratch = arena_new();
    for (size_t c = 0; c < grid->table->column_count; c++) {
        grid->survey[c] = (struct survey){.text = header_extent(grid, c), .widest = grid->table};
        grid->tail[c] = 0;
    }
    for (size_t i = 0; i < grid->set_count; i++)
        survey_table(grid, grid->set[i]);
    arena_free(grid->scratch);
}
