#include "assemble/assemble_int.h"

struct text assembly_value(struct assembly *assembly, const struct ini_section *section,
                           const char *key)
{
    const struct ini_entry *entry = ini_entry(section, key);
    if (!entry)
        return TEXT_EMPTY;
    return placeholder_fill(assembly->arena, assembly->diags, &assembly->resolver, entry->value,
                            entry->value_place);
}

const struct report_source *assembly_source(struct assembly *assembly,
                                            const struct ini_section *section)
{
    const struct report_input *input = assembly->input;
    const struct ini_entry *entry = ini_entry(section, "source");
    if (!entry)
        return NULL; /* ini_check_keys has told */
    struct texts names = {0};
    for (size_t i = 0; i < input->source_count; i++) {
        if (text_same_name(input->sources[i].dataset->name, entry->value))
            return &input->sources[i];
        texts_add(assembly->arena, &names, input->sources[i].dataset->name);
    }
    assembly_bad_choice(assembly, section, "source", entry->value, &names);
    return NULL;
}

const struct report_source *assembly_figures(struct assembly *assembly,
                                             const struct ini_section *section)
{
    const struct report_source *source = assembly_source(assembly, section);
    if (source && !source->comparison) {
        diag(assembly->diags, DIAG_TEMPLATE, ini_entry(section, "source")->value_place,
             "source '%.*s' holds actions: this kind of table needs figures",
             TEXT_ARG(source->dataset->name));
        return NULL;
    }
    return source;
}

const struct report_source *assembly_actions(struct assembly *assembly,
                                             const struct ini_section *section)
{
    const struct report_source *source = assembly_source(assembly, section);
    if (source && source->comparison) {
        diag(assembly->diags, DIAG_TEMPLATE, ini_entry(section, "source")->value_place,
             "source '%.*s' holds figures: this kind of table needs actions",
             TEXT_ARG(source->dataset->name));
        return NULL;
    }
    return source;
}

void assembly_bad_choice(struct assembly *assembly, const struct ini_section *section,
                         const char *key, struct text value, const struct texts *choices)
{
    const struct ini_entry *entry = ini_entry(section, key);
    diag(assembly->diags, DIAG_BAD_VALUE, entry ? entry->value_place : section->place,
         "'%.*s' is not a %s here: expected one of %.*s",
         TEXT_ARG(text_quote(assembly->arena, value)), key,
         TEXT_ARG(texts_join(assembly->arena, choices, TEXT(", "))));
}

size_t assembly_choose(struct assembly *assembly, const struct ini_section *section,
                       const char *key, struct text value, const char *const *words, size_t count)
{
    struct texts choices = {0};
    for (size_t i = 0; i < count; i++) {
        if (text_same_name(value, text_from(words[i])))
            return i;
        texts_add(assembly->arena, &choices, text_from(words[i]));
    }
    assembly_bad_choice(assembly, section, key, value, &choices);
    return count;
}
