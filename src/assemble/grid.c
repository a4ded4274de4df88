/* grid - boxes side by side: each a heading with its points, as a plan's themes are shown. */
#include "assemble/rows_int.h"

bool assembly_numbered(struct assembly *assembly, const struct ini_section *section, size_t i,
                       const char *word, size_t number, struct texts *lines)
{
    const struct ini_entry *entry = &section->entries[i];
    struct text key = text_format(assembly->arena, "%s %zu", word, number);
    struct text filled = placeholder_fill(assembly->arena, assembly->diags, &assembly->resolver,
                                          entry->value, entry->value_place);
    *lines = (struct texts){0};
    if (!text_same_name(entry->key, key)) {
        diag(assembly->diags, DIAG_UNKNOWN_KEY, entry->place,
             "'%.*s' is not a key here: expected '%.*s', for they are numbered from 1 in order",
             TEXT_ARG(text_quote(assembly->arena, entry->key)), TEXT_ARG(key));
        return false;
    }
    struct text_pieces pieces = text_split(filled, '\n');
    for (struct text line; text_next(&pieces, &line);)
        if (line.len)
            texts_add(assembly->arena, lines, line);
    if (!lines->count)
        diag(assembly->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is empty: expected its first line", TEXT_ARG(key));
    return lines->count > 0;
}

unsigned assembly_columns(struct assembly *assembly, const struct ini_section *section,
                          unsigned most, unsigned otherwise)
{
    const struct ini_entry *entry = ini_entry(section, "columns");
    struct text value = assembly_value(assembly, section, "columns");
    if (!value.len)
        return otherwise;
    if (value.len == 1 && value.ptr[0] >= '1' && (unsigned)(value.ptr[0] - '0') <= most)
        return (unsigned)(value.ptr[0] - '0');
    diag(assembly->diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is not a number of columns: expected 1 to %u",
         TEXT_ARG(text_quote(assembly->arena, value)), most);
    return otherwise;
}

/* One below that of the section that the grid stands in. */
static unsigned heading_level(const struct blocks *blocks)
{
    for (size_t i = blocks->count; i-- > 0;)
        if (blocks->items[i].kind == BLOCK_HEADING)
            return blocks->items[i].heading.level + 1;
    return 2;
}

static void add_point(struct arena *arena, struct blocks *cell, struct text point)
{
    struct block *last = &cell->items[cell->count - 1];
    if (last->kind != BLOCK_LIST)
        last = blocks_add(arena, cell, BLOCK_LIST);
    struct blocks item = {0};
    blocks_add_paragraph(arena, &item, point);
    struct list *list = &last->list;
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof item);
    list->items[list->count++] = item;
}

/* A cell that has its heading so far. */
static struct blocks *add_cell(struct assembly *assembly, struct theme_grid *grid, unsigned level,
                               struct text title)
{
    struct arena *arena = assembly->arena;
    struct blocks cell = {0};
    struct block *heading = blocks_add(arena, &cell, BLOCK_HEADING);
    heading->heading.level = level;
    spans_add_text(arena, &heading->heading.spans, title, 0);
    grid->cells = arena_grow(arena, grid->cells, grid->count, &grid->capacity, sizeof cell);
    grid->cells[grid->count++] = cell;
    return &grid->cells[grid->count - 1];
}

/* A line that is one field of a loop becomes the paragraphs and lists of its text. */
static bool add_text_of_loop(struct assembly *assembly, struct blocks *cell, struct text line)
{
    struct text advice;
    if (!text_starts(line, TEXT("{{")) || text_find(line, '}', 0) + 2 != line.len)
        return false;
    const struct loop_fact fact =
        loop_fact(assembly, text_trim(text_slice(line, 2, line.len - 2)), &advice);
    if (!fact.is_known || fact.is_count)
        return false;
    struct blocks made = fact.is_there ? blocks_from_rich(assembly->arena, fact.cell)
                                       : blocks_from_plain(assembly->arena, BLANK_SHOWN);
    for (size_t i = 0; i < made.count; i++)
        *blocks_add(assembly->arena, cell, made.items[i].kind) = made.items[i];
    return true;
}

/* A box a group of a source's rows: its heading the group, a point a row. */
static void add_groups(struct assembly *assembly, const struct ini_section *section, unsigned level,
                       struct theme_grid *grid)
{
    static const struct ini_key keys[] = {{"source", true}, {"group by", true}, {"point", true},
                                          {"only", false},  {"columns", false}, {"caption", false}};
    size_t errors = diags_count(assembly->diags, LEVEL_ERROR);
    ini_check_keys(assembly->diags, section, keys, sizeof keys / sizeof keys[0]);
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source || diags_count(assembly->diags, LEVEL_ERROR) > errors)
        return;
    const struct dataset *dataset = source->dataset;
    struct row_fields group = rows_fields(assembly, section, "group by", dataset);
    const bool *is_chosen = rows_chosen(assembly, section, dataset);
    struct text *group_of;
    struct texts groups = rows_groups(assembly, dataset, &group, is_chosen, &group_of);
    for (size_t g = 0; g < groups.count; g++) {
        struct blocks *cell = add_cell(assembly, grid, level, groups.items[g]);
        for (size_t i = 0; i < dataset->action_count; i++) {
            if (!is_chosen[i] || !text_equal(group_of[i], groups.items[g]))
                continue;
            add_point(
                assembly->arena, cell,
                rows_fill(assembly, dataset, &dataset->actions[i], ini_entry(section, "point")));
            if (diags_count(assembly->diags, LEVEL_ERROR) > errors)
                return; /* the pattern is wrong, and would be for each row */
        }
    }
}

/* The heading of a key's cell and, from its second line on, what stands below. */
static void add_lines(struct assembly *assembly, const struct ini_entry *entry,
                      struct theme_grid *grid, unsigned level)
{
    struct text_pieces lines = text_split(entry->value, '\n');
    struct blocks *cell = NULL;
    for (struct text line; text_next(&lines, &line);) {
        if (cell && add_text_of_loop(assembly, cell, text_trim(line)))
            continue;
        struct text filled = placeholder_fill(assembly->arena, assembly->diags, &assembly->resolver,
                                              line, entry->value_place);
        struct text_pieces points = text_split(filled, '\n');
        for (struct text point; text_next(&points, &point);) {
            if (point.len && cell)
                add_point(assembly->arena, cell, point);
            else if (point.len)
                cell = add_cell(assembly, grid, level, point);
        }
    }
}

/* A box a key: `cell 1`, and so on. */
static void add_cells(struct assembly *assembly, const struct ini_section *section, unsigned level,
                      struct theme_grid *grid)
{
    for (size_t i = 0; i < section->count; i++) {
        const struct ini_entry *entry = &section->entries[i];
        size_t errors = diags_count(assembly->diags, LEVEL_ERROR);
        struct texts lines;
        if (text_same_name(entry->key, TEXT("columns")) ||
            text_same_name(entry->key, TEXT("caption")))
            continue;
        if (!assembly_numbered(assembly, section, i, "cell", grid->count + 1, &lines)) {
            grid->count = 0;
            return;
        }
        if (diags_count(assembly->diags, LEVEL_ERROR) > errors) /* a fact that is not there */
            add_cell(assembly, grid, level, lines.items[0]);
        else
            add_lines(assembly, entry, grid, level);
    }
    if (!grid->count)
        diag(assembly->diags, DIAG_MISSING_KEY, section->place,
             "[%.*s] has no cells: expected 'cell 1 = HEADING' with a point on each line below, or "
             "a 'source'",
             TEXT_ARG(section->title));
}

/* The only point of a cell that is its heading and a list of one; NULL of another. */
static const struct block *only_point(const struct blocks *cell)
{
    const struct block *list = &cell->items[cell->count - 1];
    bool is_one = cell->count == 2 && list->kind == BLOCK_LIST && list->list.count == 1 &&
                  list->list.items[0].count == 1;
    return is_one ? &list->list.items[0].items[0] : NULL;
}

/* Where every box has one point, no bullets: a list of one thing is none, and would be read as
 * "list of one" each time. */
static void unlist_points(struct theme_grid *grid)
{
    for (size_t i = 0; i < grid->count; i++)
        if (!only_point(&grid->cells[i]))
            return;
    for (size_t i = 0; i < grid->count; i++)
        grid->cells[i].items[1] = *only_point(&grid->cells[i]);
}

void assemble_grid(struct assembly *assembly, const struct ini_section *section,
                   struct text caption, struct blocks *blocks)
{
    struct theme_grid *grid = arena_alloc(assembly->arena, sizeof *grid);
    *grid = (struct theme_grid){.name = loop_name(assembly, section->name),
                                .columns = assembly_columns(assembly, section, 4, 2)};
    grid->caption = caption.len ? caption : assembly_value(assembly, section, "caption");
    if (grid->caption.len)
        grid->caption = loop_caption(assembly, grid->caption);
    unsigned level = heading_level(blocks);
    if (level > 6)
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] has headings of a sixth level: place it in a section further up",
             TEXT_ARG(section->title));
    size_t errors = diags_count(assembly->diags, LEVEL_ERROR);
    if (ini_entry(section, "source"))
        add_groups(assembly, section, level, grid);
    else
        add_cells(assembly, section, level, grid);
    if (!grid->count) {
        if (diags_count(assembly->diags, LEVEL_ERROR) == errors && !assembly->is_lost)
            blocks_add_paragraph(assembly->arena, blocks,
                                 text_format(assembly->arena, "%.*s%sone.", TEXT_ARG(grid->caption),
                                             grid->caption.len ? ": n" : "N")); /* by `only` */
        return;
    }
    unlist_points(grid);
    struct block *block = blocks_add(assembly->arena, blocks, BLOCK_GRID);
    block->place = section->place;
    block->grid = grid;
    block->anchor = text_concat(assembly->arena, TEXT("grid-"), grid->name);
}
