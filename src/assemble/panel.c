/* panel - figures in large type, each with what it counts and what it compares with. */
#include "assemble/rows_int.h"

enum { FACTS_WIDE = 4, LINES_OF_FACT = 3 };

static void add_fact(struct assembly *assembly, struct panel *panel, const struct texts *lines)
{
    panel->facts = arena_grow(assembly->arena, panel->facts, panel->count, &panel->capacity,
                              sizeof *panel->facts);
    panel->facts[panel->count++] = (struct panel_fact){
        .figure = lines->items[0],
        .label = lines->items[1],
        .comparator = lines->count > 2 ? lines->items[2] : TEXT_EMPTY,
    };
}

/* A fact a row of a source. */
static void add_rows(struct assembly *assembly, const struct ini_section *section,
                     struct panel *panel)
{
    static const struct ini_key keys[] = {
        {"source", true},      {"figure", false},           {"label", false},
        {"comparator", false}, {"comparator value", false}, {"polarity", false},
        {"only", false},       {"columns", false},          {"caption", false}};
    ini_check_keys(assembly->diags, section, keys, sizeof keys / sizeof keys[0]);
    const struct report_source *source = assembly_actions(assembly, section);
    enum action_field figure, label;
    if (!source)
        return;
    const struct dataset *dataset = source->dataset;
    bool has_figure = rows_field(assembly, section, "figure", "Value", dataset, &figure);
    bool has_label = rows_field(assembly, section, "label", "Fact", dataset, &label);
    if (!has_figure || !has_label) {
        const char *key = has_figure ? "label" : "figure";
        if (!ini_entry(section, key))
            diag(assembly->diags, DIAG_MISSING_KEY, section->place,
                 "[%.*s] has no '%s': expected the name of the source's column",
                 TEXT_ARG(section->title), key);
        return;
    }
    struct row_comparator comparator = row_comparator_read(assembly, section, dataset);
    const bool *is_chosen = rows_chosen(assembly, section, dataset);
    for (size_t i = 0; i < dataset->action_count; i++) {
        const struct action *row = &dataset->actions[i];
        struct texts lines = {0};
        if (!is_chosen[i])
            continue;
        texts_add(assembly->arena, &lines, rows_words(row, figure));
        texts_add(assembly->arena, &lines, rows_words(row, label));
        texts_add(assembly->arena, &lines,
                  comparator.is_there ? row_comparator_words(assembly->arena, &comparator, row)
                                      : TEXT_EMPTY);
        add_fact(assembly, panel, &lines);
    }
}

/* A fact a key: `fact 1`, and so on. */
static void add_facts(struct assembly *assembly, const struct ini_section *section,
                      struct panel *panel)
{
    for (size_t i = 0; i < section->count; i++) {
        const struct ini_entry *entry = &section->entries[i];
        struct texts lines;
        if (text_same_name(entry->key, TEXT("columns")) ||
            text_same_name(entry->key, TEXT("caption")))
            continue;
        bool ok = assembly_numbered(assembly, section, i, "fact", panel->count + 1, &lines);
        if (ok && (lines.count < 2 || lines.count > LINES_OF_FACT)) {
            diag(assembly->diags, DIAG_BAD_VALUE, entry->value_place,
                 "'%.*s' has %zu line%s: expected the figure, what it is, and what it compares "
                 "with, a line each (the third may be left out)",
                 TEXT_ARG(text_quote(assembly->arena, entry->key)), lines.count,
                 lines.count == 1 ? "" : "s");
            ok = false;
        }
        if (!ok) {
            panel->count = 0;
            return;
        }
        add_fact(assembly, panel, &lines);
    }
    if (!panel->count)
        diag(assembly->diags, DIAG_MISSING_KEY, section->place,
             "[%.*s] has no facts: expected 'fact 1 = FIGURE' with what it is on the line below, "
             "or a 'source'",
             TEXT_ARG(section->title));
}

/* As even as it gets: four abreast, but six as three and three. */
static unsigned facts_across(size_t count)
{
    if (count <= FACTS_WIDE)
        return count ? (unsigned)count : 1;
    return count % FACTS_WIDE && count % 3 == 0 ? 3 : FACTS_WIDE;
}

void assemble_panel(struct assembly *assembly, const struct ini_section *section,
                    struct text caption, struct blocks *blocks)
{
    struct panel *panel = arena_alloc(assembly->arena, sizeof *panel);
    *panel = (struct panel){.name = loop_name(assembly, section->name)};
    panel->caption = caption.len ? caption : assembly_value(assembly, section, "caption");
    if (panel->caption.len)
        panel->caption = loop_caption(assembly, panel->caption);
    size_t errors = diags_count(assembly->diags, LEVEL_ERROR);
    if (ini_entry(section, "source"))
        add_rows(assembly, section, panel);
    else
        add_facts(assembly, section, panel);
    panel->columns = assembly_columns(assembly, section, FACTS_WIDE, facts_across(panel->count));
    if (!panel->count) {
        if (diags_count(assembly->diags, LEVEL_ERROR) == errors && !assembly->is_lost)
            blocks_add_paragraph(assembly->arena, blocks,
                                 text_format(assembly->arena, "%.*s%sone.",
                                             TEXT_ARG(panel->caption),
                                             panel->caption.len ? ": n" : "N")); /* by `only` */
        return;
    }
    struct block *block = blocks_add(assembly->arena, blocks, BLOCK_PANEL);
    block->place = section->place;
    block->panel = panel;
    block->anchor = text_concat(assembly->arena, TEXT("panel-"), panel->name);
}
