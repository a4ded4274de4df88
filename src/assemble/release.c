/* release - what a job says of its workbooks: which are made, and what stands on their covers. */
#include "assemble/assemble.h"

const char *const release_keys[] = {"workbook", "formulas", "published", "next update",
                                    "figures",  "contact",  "keywords"};
const size_t release_key_count = sizeof release_keys / sizeof release_keys[0];

/* A choice of a key, and what it stands for. */
struct choice {
    const char *word;
    const char *meaning;
    unsigned number;
};

static const struct choice workbooks[] = {
    {"publish", "", WORKBOOK_PUBLISH},
    {"working", "", WORKBOOK_WORKING},
    {"both", "", WORKBOOK_PUBLISH | WORKBOOK_WORKING},
    {NULL, NULL, 0},
};
static const struct choice figures[] = {
    {"provisional", "Provisional: the figures may still change", 0},
    {"revised", "Revised: some figures have changed since they were first published", 0},
    {"final", "Final: no change is planned", 0},
    {NULL, NULL, 0},
};

/* NULL when the key is not given and, with a message, when its value is none of the choices. */
static const struct choice *choose(struct arena *arena, struct diags *diags,
                                   const struct ini_section *section, const char *key,
                                   const struct choice *choices)
{
    struct text value = ini_value(section, key);
    struct texts words = {0};
    for (; choices->word && value.len; choices++) {
        if (text_same_name(value, text_from(choices->word)))
            return choices;
        texts_add(arena, &words, text_from(choices->word));
    }
    if (value.len)
        diag(diags, DIAG_BAD_VALUE, ini_value_place(section, key),
             "'%.*s' is not a '%s' here: expected one of %.*s", TEXT_ARG(text_quote(arena, value)),
             key, TEXT_ARG(texts_join(arena, &words, TEXT(", "))));
    return NULL;
}

static void read_text(struct arena *arena, struct diags *diags, const struct ini_section *section,
                      const struct resolver *resolver, const char *key, struct text *out)
{
    struct text value = ini_value(section, key);
    if (!value.len)
        return;
    *out = resolver ? placeholder_fill(arena, diags, resolver, value, ini_value_place(section, key))
                    : value;
}

void release_read(struct arena *arena, struct diags *diags, const struct ini_section *section,
                  const struct resolver *resolver, struct release *out)
{
    const struct choice *choice = choose(arena, diags, section, "workbook", workbooks);
    if (choice)
        out->workbooks = choice->number;
    choice = choose(arena, diags, section, "figures", figures);
    if (choice)
        out->figures = text_from(choice->meaning);
    if (section)
        out->formulas = ini_bool(diags, section, "formulas", out->formulas);
    struct text published = ini_value(section, "published");
    if (published.len && !date_read_iso(published, &out->published))
        diag(diags, DIAG_BAD_VALUE, ini_value_place(section, "published"),
             "'%.*s' is not a date: expected one such as 2022-06-22",
             TEXT_ARG(text_quote(arena, published)));
    read_text(arena, diags, section, resolver, "next update", &out->next_update);
    read_text(arena, diags, section, resolver, "contact", &out->contact);
    read_text(arena, diags, section, resolver, "keywords", &out->keywords);
}
