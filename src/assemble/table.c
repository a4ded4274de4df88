#include "assemble/assemble_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The kinds of table: a new one is a function and a line here. */
static const struct table_kind {
    const char *name;
    struct table *(*build)(struct assembly *assembly, const struct ini_section *section);
    struct ini_key keys[11];
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
    {"performance",
     performance_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"columns", false},
      {"only", false},
      {"row header", false},
      {"group header", false}},
     8},
    {"actions",
     actions_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"columns", true},
      {"only", false},
      {"group by", false},
      {"figure", false},
      {"comparator", false},
      {"comparator value", false},
      {"polarity", false}},
     11},
    {"register",
     actions_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"columns", true},
      {"only", false},
      {"group by", false},
      {"figure", false},
      {"comparator", false},
      {"comparator value", false},
      {"polarity", false}},
     11},
    {"benchmark",
     benchmark_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"compare with", false},
      {"estimates", false},
      {"row header", false},
      {"group header", false}},
     8},
    {"count",
     count_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"count by", true},
      {"split at", false},
      {"overdue", false}},
     7},
    {"gaps",
     gaps_table,
     {{"kind", true}, {"source", true}, {"caption", false}, {"note", false}, {"columns", false}},
     5},
    {"action-changes",
     action_changes_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"before", false},
      {"only", false}},
     6},
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
        if (table) {
            table->caption = caption;
            table->section = section->name;
            table->name = loop_name(assembly, section->name);
        }
        return diags_count(assembly->diags, LEVEL_ERROR) == errors ? table : NULL;
    }
    assembly_bad_choice(assembly, section, "kind", kind, &names);
    return NULL;
}
