/* layout_widths - what the columns of a table need, and the size of type in which they get it. */
#include "write/layout_table_int.h"

#include <math.h>
#include <string.h>

/* A column of text is not kept as wide as a web address of one word. */
static const double widest_word = 0.24;
static const double least_size = 9, wide_side = 4, narrow_side = 3;
/* From that share of the page on, columns stand closer. */
static const double crowded = 0.9;

static struct column_need column_need(struct grid *grid, size_t c, double available, bool held)
{
    struct extent text = grid->survey[c].text;
    double figures = grid->survey[c].lead + grid->tail[c];
    text.least = fmin(held ? text.held : text.least, fmax(60, available * widest_word));
    extent_widen(&text, (struct extent){figures, figures, figures}, 0);
    double sides = 2 * grid->side + 0.1;
    return (struct column_need){text.least + sides, text.natural + sides,
                                grid->table->columns[c].long_text, grid->survey[c].firm};
}

/* A figure on two lines would be read as two. False after a message. */
static bool check_figures(struct grid *grid)
{
    struct flow *flow = grid->flow;
    bool fit = true;
    for (size_t c = 0; c < grid->table->column_count; c++) {
        double figures = grid->survey[c].lead + grid->tail[c];
        if (figures <= 0 || grid->width[c] >= figures + 2 * grid->side - 0.01)
            continue;
        struct text table = text_quote(flow->arena, grid->survey[c].widest->name),
                    column = text_quote(flow->arena, grid->table->columns[c].header);
        diag(
            flow->diags, DIAG_TEMPLATE, flow->place,
            "table '%.*s' is too wide for its page: the figures of column '%.*s' do not fit; use a "
            "wider page or fewer columns",
            TEXT_ARG(table), TEXT_ARG(column));
        fit = false;
    }
    return fit;
}

/* What columns of one set need, each of them needs. */
static void level_sets(const struct grid *grid, struct column_need *needs)
{
    const struct column *columns = grid->table->columns;
    for (size_t c = 0; c < grid->table->column_count; c++)
        for (size_t other = 0; columns[c].set && other < grid->table->column_count; other++)
            if (columns[other].set == columns[c].set) {
                needs[c].least = fmax(needs[c].least, needs[other].least);
                needs[c].natural = fmax(needs[c].natural, needs[other].natural);
            }
}

static double add_needs(struct grid *grid, double available, bool held, struct column_need *needs)
{
    double least = 0;
    for (size_t c = 0; c < grid->table->column_count; c++)
        needs[c] = column_need(grid, c, available, held);
    level_sets(grid, needs);
    for (size_t c = 0; c < grid->table->column_count; c++)
        least += needs[c].least;
    return least;
}

/* What all columns need in the size of type that was surveyed, on a page of that width: words with
 * their numbers, where these have room. */
static double measure(struct grid *grid, double available, struct column_need *needs)
{
    double least = add_needs(grid, available, true, needs);
    return least <= available ? least : add_needs(grid, available, false, needs);
}

/* The narrowest page, from `home` on, that holds the table in the smallest type; PAGE_FORMS: none.
 */
static enum page_form least_form(const struct flow *flow, const struct table *whole,
                                 enum page_form home)
{
    const struct table *table = table_on_page(flow->arena, whole);
    const enum page_form forms[] = {home, PAGE_LANDSCAPE, PAGE_A3_LANDSCAPE};
    struct flow asking = *flow;
    struct arena *arena = flow->arena;
    struct grid grid = {.flow = &asking,
                        .whole = whole,
                        .table = table,
                        .size = least_size,
                        .side = narrow_side,
                        .survey = arena_calloc(arena, table->column_count, sizeof *grid.survey),
                        .tail = arena_calloc(arena, table->column_count, sizeof *grid.tail),
                        .row_header = table_row_header(table)};
    struct column_need *needs = arena_calloc(arena, table->column_count, sizeof *needs);
    table_find_set(&grid);
    table_survey(&grid);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        double width = page_width(forms[i]) - 2 * page_margin;
        bool is_wider = i == 0 || page_width(forms[i]) > page_width(home) + 1;
        if (is_wider && measure(&grid, width, needs) <= width)
            return forms[i];
    }
    return PAGE_FORMS;
}

/* The page of another table of the set; PAGE_FORMS: it is the first. */
static enum page_form known_form(const struct flow *flow, const struct table *table)
{
    struct width_list *list = flow->widths;
    if (!list || !table->section.len)
        return PAGE_FORMS;
    for (size_t i = list->form_count; i > 0; i--)
        if (text_equal(list->forms[i - 1].table->section, table->section) &&
            table_is_same_set(table_on_page(flow->arena, list->forms[i - 1].table),
                              table_on_page(flow->arena, table)))
            return list->forms[i - 1].form;
    return PAGE_FORMS;
}

enum page_form table_form(const struct flow *flow, const struct table *table, enum page_form home)
{
    struct width_list *list = flow->widths;
    if (list && list->next_form < list->form_count)
        return list->forms[list->next_form++].form;
    enum page_form form = known_form(flow, table);
    if (form == PAGE_FORMS)
        form = least_form(flow, table, home);
    flow->metrics->missing = 0; /* found again, with its place, when the cell is drawn */
    if (form == PAGE_FORMS)     /* where the least of it is broken */
        form = PAGE_A3_LANDSCAPE;
    if (!list)
        return form;
    list->forms = arena_grow(list->arena, list->forms, list->form_count, &list->form_capacity,
                             sizeof *list->forms);
    list->forms[list->form_count++] = (struct form_measure){table, form};
    list->next_form++;
    return form;
}

/* Broken words can be read, but not well. */
static void check_words(struct grid *grid, const struct column_need *needs)
{
    struct flow *flow = grid->flow;
    size_t worst = grid->table->column_count;
    double lack = 0.5;
    for (size_t c = 0; c < grid->table->column_count; c++)
        if (needs[c].least - grid->width[c] > lack) {
            lack = needs[c].least - grid->width[c];
            worst = c;
        }
    if (worst == grid->table->column_count)
        return;
    struct text table = text_quote(flow->arena, grid->survey[worst].widest->name),
                column = text_quote(flow->arena, grid->table->columns[worst].header);
    enum page_form form = least_form(flow, grid->whole, flow->form);
    struct text what =
        form == PAGE_FORMS
            ? TEXT("show fewer columns")
            : text_format(flow->arena, "give it 'page = %s', or 'automatic'", page_form_word(form));
    diag(flow->diags, DIAG_CRAMPED, flow->place,
         "table '%.*s' is too wide for its page: words of column '%.*s' are broken; %.*s",
         TEXT_ARG(table), TEXT_ARG(column), TEXT_ARG(what));
}

/* Each paragraph and each item begins a line. */
static double least_lines(const struct blocks *blocks)
{
    double lines = 0;
    for (size_t i = 0; i < blocks->count; i++)
        for (size_t k = 0;
             k < (blocks->items[i].kind == BLOCK_LIST ? blocks->items[i].list.count : 1); k++)
            lines += blocks->items[i].kind == BLOCK_LIST
                         ? least_lines(&blocks->items[i].list.items[k])
                         : 1;
    return lines;
}

enum { ROWS_BALANCED = 2000 }; /* the first rows of a long table stand for all */

/* Of the cell that begins there: one that stands over several rows is shared out among them. */
static void add_cell_need(struct grid *grid, const struct row *row, size_t r, size_t c, size_t rows,
                          struct cell_need *cells)
{
    size_t count = grid->table->column_count, span = 1;
    const struct cell *cell = &row->cells[c];
    if (grid->joins && grid->joins[r * count + c])
        return;
    while (grid->joins && r + span < rows && grid->joins[(r + span) * count + c])
        span++;
    double length = table_cell_extent(grid, cell, row->kind, c == grid->row_header).natural;
    double lines = cell->blocks.count ? least_lines(&cell->blocks) : 1;
    for (size_t i = r; i < r + span; i++)
        cells[i * count + c] = (struct cell_need){length / (double)span, lines / (double)span};
}

/* Of the first `rows` rows of a table of the set. */
static void add_cell_needs(struct grid *grid, const struct table *table, size_t rows,
                           struct cell_need *cells)
{
    const bool *joins = grid->joins;
    struct arena *arena = arena_new();
    if (table != grid->table)
        grid->joins = table_joins(arena, table);
    for (size_t r = 0; r < rows; r++) {
        const struct row *row = table_row(table, grid->scratch, r);
        for (size_t c = 0; c < table->column_count; c++)
            add_cell_need(grid, row, r, c, rows, cells);
        arena_reset(grid->scratch);
    }
    arena_free(arena);
    grid->joins = joins;
}

static void balance_columns(struct grid *grid, const struct column_need *needs)
{
    size_t count = grid->table->column_count, rows = 0, begun = 0, words = 0;
    bool wraps = false;
    for (size_t c = 0; c < count; c++) {
        words += !needs[c].firm;
        wraps = wraps || (!needs[c].firm && needs[c].natural > grid->width[c] + 0.1);
    }
    if (!wraps || words < 2)
        return;
    for (size_t i = 0; i < grid->set_count; i++)
        rows += grid->set[i]->row_count;
    rows = rows < ROWS_BALANCED ? rows : ROWS_BALANCED;
    struct arena *arena = arena_new();
    struct cell_need *cells = arena_calloc(arena, (rows + 1) * count, sizeof *cells);
    grid->scratch = arena_new();
    for (size_t c = 0; c < count; c++)
        cells[rows * count + c] = (struct cell_need){
            table_extent(grid, grid->table->columns[c].header, SPAN_BOLD).natural, 1};
    for (size_t i = 0; i < grid->set_count && begun < rows; i++) {
        size_t of_table = grid->set[i]->row_count;
        of_table = of_table < rows - begun ? of_table : rows - begun;
        add_cell_needs(grid, grid->set[i], of_table, cells + begun * count);
        begun += of_table;
    }
    layout_balance(arena, needs, cells, rows + 1, count, 2 * grid->side, grid->width);
    arena_free(grid->scratch);
    arena_free(arena);
}

/* Of each row, and of what is behind the last, whether another group begins; NULL: there are none.
 */
static bool *find_groups(struct arena *arena, const struct table *table)
{
    bool *begins = arena_calloc(arena, table->row_count + 1, sizeof *begins), any = false;
    struct text group = TEXT_EMPTY; /* a group's name outlives its rows */
    struct arena *scratch = arena_new();
    for (size_t r = 0; r < table->row_count; r++) {
        struct text next = table_row(table, scratch, r)->group;
        any = any || next.len;
        begins[r] = !text_equal(group, next);
        group = next;
        arena_reset(scratch);
    }
    arena_free(scratch);
    begins[table->row_count] = true;
    return any ? begins : NULL;
}

static void measure_table(struct grid *grid)
{
    size_t count = grid->table->column_count;
    struct arena *arena = grid->flow->arena;
    double available = grid->flow->width, size = grid->flow->style->table_size, least;
    struct column_need *needs = arena_calloc(arena, count, sizeof *needs);
    grid->x = arena_calloc(arena, count, sizeof *grid->x);
    grid->width = arena_calloc(arena, count, sizeof *grid->width);
    grid->tail = arena_calloc(arena, count, sizeof *grid->tail);
    grid->survey = arena_calloc(arena, count, sizeof *grid->survey);
    grid->side = wide_side;
    table_find_set(grid);
    do {
        grid->size = fmax(least_size, size);
        grid->leading = grid->size * 1.3;
        table_survey(grid);
        least = measure(grid, available, needs);
        size -= 0.5;
    } while (least > available && grid->size > least_size);
    if (least > available * crowded) {
        grid->side = narrow_side;
        measure(grid, available, needs);
    }
    layout_columns(needs, count, available, grid->width);
    balance_columns(grid, needs);
    if (check_figures(grid))
        check_words(grid, needs);
    for (size_t c = 1; c < count; c++)
        grid->x[c] = grid->x[c - 1] + grid->width[c - 1];
    grid->flow->metrics->missing = 0; /* found again, with its place, when the cell is drawn */
}

/* What the list has at its place, when that is this table on a page as wide. */
static const struct table_measure *known_measure(const struct grid *grid)
{
    struct width_list *list = grid->flow->widths;
    if (!list || list->next >= list->count)
        return NULL;
    const struct table_measure *known = &list->items[list->next];
    bool is_same = known->table == grid->whole && known->available == grid->flow->width;
    return is_same ? known : NULL;
}

/* What another table of the set has; NULL: it is the first. */
static const struct table_measure *set_measure(const struct grid *grid)
{
    struct width_list *list = grid->flow->widths;
    if (!list || !grid->table->section.len)
        return NULL;
    for (size_t i = list->count; i > 0; i--) {
        const struct table_measure *known = &list->items[i - 1];
        if (known->available == grid->flow->width &&
            text_equal(known->table->section, grid->table->section) &&
            table_is_same_set(table_on_page(grid->flow->arena, known->table), grid->table))
            return known;
    }
    return NULL;
}

static double *keep_lengths(struct arena *arena, const double *lengths, size_t count)
{
    double *kept = arena_calloc(arena, count, sizeof *kept);
    memcpy(kept, lengths, count * sizeof *kept);
    return kept;
}

static void remember(const struct grid *grid)
{
    struct width_list *list = grid->flow->widths;
    size_t count = grid->table->column_count;
    if (!list || list->next < list->count)
        return;
    list->items =
        arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] =
        (struct table_measure){.table = grid->whole,
                               .available = grid->flow->width,
                               .size = grid->size,
                               .leading = grid->leading,
                               .side = grid->side,
                               .x = keep_lengths(list->arena, grid->x, count),
                               .width = keep_lengths(list->arena, grid->width, count),
                               .tail = keep_lengths(list->arena, grid->tail, count),
                               .joins = grid->joins,
                               .begins = grid->begins};
    list->next++;
}

static void take_measure(struct grid *grid, const struct table_measure *known)
{
    grid->size = known->size;
    grid->leading = known->leading;
    grid->side = known->side;
    grid->x = known->x;
    grid->width = known->width;
    grid->tail = known->tail;
}

void table_measure(struct grid *grid)
{
    struct width_list *list = grid->flow->widths;
    const struct table_measure *known = known_measure(grid);
    if (!known) {
        struct arena *arena = list ? list->arena : grid->flow->arena;
        grid->joins = table_joins(arena, grid->table);
        grid->begins = find_groups(arena, grid->table);
        known = set_measure(grid);
        if (known)
            take_measure(grid, known);
        else
            measure_table(grid);
        remember(grid);
        return;
    }
    list->next++;
    take_measure(grid, known);
    grid->joins = known->joins;
    grid->begins = known->begins;
}
