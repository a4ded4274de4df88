#include "assemble/chart_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define COMMON                                                                                     \
    {"kind", true}, {"source", true}, {"caption", false}, {"note", false}, {"value title", false}, \
    {                                                                                              \
        "row header", false                                                                        \
    }

/* The kinds of chart: a new one is a function and a line here. */
static const struct chart_build {
    const char *name;
    struct chart *(*build)(struct assembly *assembly, const struct ini_section *section,
                           struct text caption);
    struct ini_key keys[16]; /* up to the first without a name */
} kinds[] = {
    {"bars", bars_chart, {COMMON, {"by", false}, {"periods", false}}},
    {"rows", rows_chart, {COMMON, {"by", false}, {"sort", false}, {"decimals", false}}},
    {"lines",
     lines_chart,
     {COMMON, {"measures", false}, {"areas", false}, {"from", false}, {"every", false}}},
    {"control",
     control_chart,
     {COMMON,
      {"measure", false},
      {"area", false},
      {"from", false},
      {"every", false},
      {"seasonal", false},
      {"screened", false},
      {"rebase", false},
      {"limits to", false},
      {"target", false}}},
    {"multiples",
     multiples_chart,
     {COMMON,
      {"measures", false},
      {"areas", false},
      {"from", false},
      {"every", false},
      {"benchmark", false},
      {"target", false},
      {"form", false},
      {"columns", false},
      {"scales", false}}},
    {"dots",
     dots_chart,
     {COMMON, {"measures", false}, {"areas", false}, {"benchmark", true}, {"estimates", false}}},
};

struct chart *chart_new(struct assembly *assembly, const struct ini_section *section,
                        struct text caption, enum chart_kind kind)
{
    struct chart *chart = arena_alloc(assembly->arena, sizeof *chart);
    *chart = (struct chart){.kind = kind,
                            .name = loop_name(assembly, section->name),
                            .caption = assembly_caption(assembly, section, caption),
                            .alt = TEXT_EMPTY,
                            .value_title = TEXT_EMPTY,
                            .change_title = TEXT_EMPTY};
    return chart;
}

bool chart_is_empty(struct assembly *assembly, const struct ini_section *section,
                    struct chart *chart)
{
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->categories.count; i++)
            if (chart->series[s].points[i].present)
                return false;
    chart->series_count = 0;
    texts_add(assembly->arena, &chart->data->notes,
              TEXT("No chart is drawn: it would have no figure to show."));
    diag(assembly->diags, DIAG_NOTE, section->place,
         "[%.*s] is not drawn, and its table stands alone: it would have no figure to "
         "show",
         TEXT_ARG(section->title));
    return true;
}

struct text chart_label(struct arena *arena, const struct measure *measure)
{
    struct text unit = measure->unit, label = measure->label;
    if (!unit.len || text_ends(label, text_format(arena, "(%.*s)", TEXT_ARG(unit))))
        return label;
    return text_format(arena, "%.*s (%.*s)", TEXT_ARG(label), TEXT_ARG(unit));
}

struct chart *assemble_chart(struct assembly *assembly, const struct ini_section *section,
                             struct text caption)
{
    struct text kind = ini_value(section, "kind");
    struct texts names = {0};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        texts_add(assembly->arena, &names, text_from(kinds[i].name));
        if (!text_same_name(kind, text_from(kinds[i].name)))
            continue;
        size_t count = 0, errors = diags_count(assembly->diags, LEVEL_ERROR);
        while (kinds[i].keys[count].name)
            count++;
        ini_check_keys(assembly->diags, section, kinds[i].keys, count);
        struct chart *chart = kinds[i].build(assembly, section, caption);
        if (chart && chart->series_count) /* or both would be read aloud with the same words */
            chart->data->caption =
                text_concat(assembly->arena, chart->data->caption, TEXT(", figures"));
        return diags_count(assembly->diags, LEVEL_ERROR) == errors ? chart : NULL;
    }
    assembly_bad_choice(assembly, section, "kind", kind, &names);
    return NULL;
}
