#include "assemble/assemble_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { OWN_KEYS = 10 };

/* Keys of all kinds. */
static const struct ini_key common_keys[] = {
    {"kind", true}, {"source", true}, {"caption", false}, {"note", false}, {"page", false}};

/* Of rows of actions and registers. */
#define ROW_KEYS                                                                                   \
    {"columns", true}, {"only", false}, {"group by", false}, {"figure", false},                    \
        {"comparator", false}, {"comparator value", false}, {"polarity", false}, {"merge", false}, \
        {"mark", false},                                                                           \
    {                                                                                              \
        "empty columns", false                                                                     \
    }

/* The kinds of table: a new one is a function and a line here. */
static const struct table_kind {
    const char *name;
    struct table *(*build)(struct assembly *assembly, const struct ini_section *section);
    struct ini_key keys[OWN_KEYS]; /* besides the common ones; the rest have no name */
} table_kinds[] = {
    {"change", change_table, {{"remainder", false}, {"row header", false}}},
    {"figures", figures_table, {{"columns", true}, {"row header", false}, {"group header", false}}},
    {"performance",
     performance_table,
     {{"columns", false}, {"only", false}, {"row header", false}, {"group header", false}}},
    {"actions", actions_table, {ROW_KEYS}},
    {"register", actions_table, {ROW_KEYS}},
    {"benchmark",
     benchmark_table,
     {{"compare with", false},
      {"estimates", false},
      {"row header", false},
      {"group header", false}}},
    {"count",
     count_table,
     {{"count by", true}, {"split at", false}, {"overdue", false}, {"sort", false}}},
    {"gaps", gaps_table, {{"columns", false}}},
    {"quality", quality_table, {{NULL, false}}},
    {"action-changes", action_changes_table, {{"before", false}, {"only", false}}},
    {"abbreviations", abbreviations_table, {{NULL, false}}},
};

static void check_keys(struct assembly *assembly, const struct ini_section *section,
                       const struct table_kind *kind)
{
    struct ini_key keys[COUNT(common_keys) + OWN_KEYS];
    size_t count = 0;
    /* quality is of all sources, short forms are of the report */
    bool is_of_none = kind->build == quality_table || kind->build == abbreviations_table;
    for (size_t i = 0; i < COUNT(common_keys); i++)
        if (!is_of_none || !text_is(TEXT("source"), common_keys[i].name))
            keys[count++] = common_keys[i];
    for (size_t i = 0; i < OWN_KEYS && kind->keys[i].name; i++)
        keys[count++] = kind->keys[i];
    ini_check_keys(assembly->diags, section, keys, count);
}

/* The page that the section asks for; else the table stands on one that is wide enough. */
static void read_page(struct assembly *assembly, const struct ini_section *section,
                      struct table *table)
{
    static const char *const words[] = {"automatic", "portrait", "landscape", "a3-landscape"};
    static const enum page_form forms[] = {PAGE_FORMS, PAGE_PORTRAIT, PAGE_LANDSCAPE,
                                           PAGE_A3_LANDSCAPE};
    struct text given = assembly_value(assembly, section, "page");
    size_t choice =
        given.len ? assembly_choose(assembly, section, "page", given, words, COUNT(words)) : 0;
    if (choice == 0 || choice == COUNT(words) || !table)
        return;
    table->has_form = true;
    table->form = assembly_paper(assembly, forms[choice]);
}

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
        check_keys(assembly, section, &table_kinds[i]);
        caption = assembly_caption(assembly, section, caption);
        struct table *table = table_kinds[i].build(assembly, section);
        if (table) {
            table->caption = caption;
            table->section = section->name;
            table->name = loop_name(assembly, section->name);
        }
        read_page(assembly, section, table);
        return diags_count(assembly->diags, LEVEL_ERROR) == errors ? table : NULL;
    }
    assembly_bad_choice(assembly, section, "kind", kind, &names);
    return NULL;
}
