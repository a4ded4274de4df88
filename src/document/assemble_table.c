#include "document/assemble_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static enum number_format format_of(enum measure_kind kind)
{
    return kind == KIND_PERCENT ? FORMAT_PERCENT
           : kind == KIND_MONEY ? FORMAT_MONEY
                                : FORMAT_NUMBER;
}

/* The number stays a number: its markers go into the notes column (table_add_notes_column). */
struct cell value_cell(struct arena *arena, struct value value, unsigned places,
                       enum measure_kind kind)
{
    if (!value.present)
        return cell_text(value_display(arena, value, places, kind));
    value.markers = 0;
    return cell_number(value.number, value_display(arena, value, places, kind), format_of(kind),
                       places);
}

struct column *number_column(struct table *table, size_t c, struct text header)
{
    table->columns[c].header = header;
    table->columns[c].align_right = true;
    return &table->columns[c];
}

static unsigned markers_in(struct text display)
{
    unsigned found = 0;
    struct arena *scratch = arena_new();
    for (int m = 0; m < MARKERS; m++) {
        struct text marker = text_format(scratch, "[%s]", marker_letters(m));
        if (text_contains(display, marker))
            found |= 1u << m;
    }
    arena_free(scratch);
    return found;
}

static void add_marker_notes(struct assembly *assembly, struct table *table)
{
    unsigned used = 0;
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count; c++)
            if (text_contains(table->rows[r].cells[c].display, TEXT("[")))
                used |= markers_in(table->rows[r].cells[c].display);
    for (int m = 0; m < MARKERS; m++)
        if (used & 1u << m)
            texts_add(assembly->arena, &table->notes,
                      text_format(assembly->arena, "[%s] means %s.", marker_letters(m),
                                  marker_meaning(m)));
}

void table_finish(struct assembly *assembly, struct table *table, const struct ini_section *section,
                  const struct dataset *dataset)
{
    struct text_pieces lines = text_split(assembly_value(assembly, section, "note"), '\n');
    for (struct text line; text_next(&lines, &line);)
        if (line.len)
            texts_add(assembly->arena, &table->notes, line);
    add_marker_notes(assembly, table);
    if (dataset->note.len)
        table->source = text_format(assembly->arena, "Source: %.*s", TEXT_ARG(dataset->note));
}

/* The kinds of table: a new one is a function and a line here. */
static const struct table_kind {
    const char *name;
    struct table *(*build)(struct assembly *assembly, const struct ini_section *section);
    struct ini_key keys[8];
    size_t key_count;
} table_kinds[] = {
    {"change",
     change_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"remainder", false},
      {"row header", false}},
     6},
    {"figures",
     figures_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"columns", true},
      {"row header", false},
      {"group header", false}},
     7},
    {"actions",
     actions_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"columns", true},
      {"group by", false}},
     6},
    {"count",
     count_table,
     {{"kind", true}, {"source", true}, {"caption", false}, {"note", false}, {"count by", true}},
     5},
};

struct table *assemble_table(struct assembly *assembly, const struct ini_section *section,
                             struct text caption)
{
    struct texts names = {0};
    struct text kind = ini_value(section, "kind");
    for (size_t i = 0; i < COUNT(table_kinds); i++) {
        texts_add(assembly->arena, &names, text_from(table_kinds[i].name));
        if (!text_same_name(kind, text_from(table_kinds[i].name)))
            continue;
        size_t errors = diags_count(assembly->diags, LEVEL_ERROR);
        ini_check_keys(assembly->diags, section, table_kinds[i].keys, table_kinds[i].key_count);
        caption = assembly_caption(assembly, section, caption);
        struct table *table = table_kinds[i].build(assembly, section);
        if (table)
            table->caption = caption;
        return diags_count(assembly->diags, LEVEL_ERROR) == errors ? table : NULL;
    }
    assembly_bad_choice(assembly, section, "kind", kind, &names);
    return NULL;
}
