#include "assemble/assemble_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The kinds of table: a new one is a function and a line here. */
static const struct table_kind {
    const char *name;
    struct table *(*build)(struct assembly *assembly, const struct ini_section *section);
    struct ini_key keys[10];
    size_t key_count;
} table_kinds[] = {
    {"change",
     change_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"page", false},
      {"remainder", false},
      {"row header", false}},
     7},
    {"figures",
     figures_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"page", false},
      {"columns", true},
      {"row header", false},
      {"group header", false}},
     8},
    {"performance",
     performance_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"page", false},
      {"columns", false},
      {"only", false},
      {"row header", false},
      {"group header", false}},
     9},
    {"actions",
     actions_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"page", false},
      {"columns", true},
      {"only", false},
      {"group by", false},
      {"merge", false}},
     9},
    {"benchmark",
     benchmark_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"page", false},
      {"compare with", false},
      {"estimates", false},
      {"row header", false},
      {"group header", false}},
     9},
    {"count",
     count_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"page", false},
      {"count by", true}},
     6},
};

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
        ini_check_keys(assembly->diags, section, table_kinds[i].keys, table_kinds[i].key_count);
        caption = assembly_caption(assembly, section, caption);
        struct table *table = table_kinds[i].build(assembly, section);
        if (table)
            table->caption = caption;
        read_page(assembly, section, table);
        return diags_count(assembly->diags, LEVEL_ERROR) == errors ? table : NULL;
    }
    assembly_bad_choice(assembly, section, "kind", kind, &names);
    return NULL;
}
