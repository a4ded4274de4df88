/* panel - figures in large type, each with what it counts and what it compares with. */
#include "assemble/assemble_int.h"

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
    for (size_t i = 0; i < section->count; i++) {
        const struct ini_entry *entry = &section->entries[i];
        struct texts lines;
        if (text_same_name(entry->key, TEXT("columns")) ||
            text_same_name(entry->key, TEXT("caption")))
            continue;
        if (!assembly_numbered(assembly, section, i, "fact", panel->count + 1, &lines))
            return;
        if (lines.count < 2 || lines.count > LINES_OF_FACT) {
            diag(assembly->diags, DIAG_BAD_VALUE, entry->value_place,
                 "'%.*s' has %zu line%s: expected the figure, what it is, and what it compares "
                 "with, a line each (the third may be left out)",
                 TEXT_ARG(text_quote(assembly->arena, entry->key)), lines.count,
                 lines.count == 1 ? "" : "s");
            return;
        }
        add_fact(assembly, panel, &lines);
    }
    panel->columns = assembly_columns(assembly, section, FACTS_WIDE, facts_across(panel->count));
    if (!panel->count) {
        diag(assembly->diags, DIAG_MISSING_KEY, section->place,
             "[%.*s] has no facts: expected 'fact 1 = FIGURE' with what it is on the line below",
             TEXT_ARG(section->title));
        return;
    }
    struct block *block = blocks_add(assembly->arena, blocks, BLOCK_PANEL);
    block->place = section->place;
    block->panel = panel;
    block->anchor = text_concat(assembly->arena, TEXT("panel-"), panel->name);
}
