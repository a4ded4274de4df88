/* panel - figures in large type, each with what it counts and what it compares with. */
#include "assemble/chart_int.h"
#include "assemble/rows_int.h"
#include "compute/judgement.h"

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
                     const struct report_source *source, struct panel *panel)
{
    static const struct ini_key keys[] = {
        {"source", true},      {"figure", false},           {"label", false},
        {"comparator", false}, {"comparator value", false}, {"polarity", false},
        {"only", false},       {"columns", false},          {"caption", false}};
    ini_check_keys(assembly->diags, section, keys, sizeof keys / sizeof keys[0]);
    enum action_field figure, label;
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

/* ---- figures of a source ---- */

/* Figures beside each other change since the same period: the caption says it, once. */
struct since {
    const struct comparison *comparison; /* its first earlier period is the usual one */
    bool has_caption, is_said;
};

static struct text since_words(struct arena *arena, struct since *since, struct period period,
                               struct text words)
{
    const struct baselines *baselines = &since->comparison->baselines;
    if (since->has_caption && baselines->count && period_same(baselines->items[0].period, period)) {
        since->is_said = true;
        return words;
    }
    return text_format(arena, "since %.*s %.*s", TEXT_ARG(period_display(arena, period)),
                       TEXT_ARG(words));
}

/* In words: shorthand is explained above tables alone. */
static struct text figure_words(struct arena *arena, struct value value, unsigned places,
                                enum measure_kind kind, struct texts *more)
{
    struct texts meanings = {0};
    for (int m = 0; m < MARKERS; m++)
        if (value.markers & 1u << m)
            texts_add(arena, &meanings, text_from(marker_meaning(m)));
    struct text all = texts_join(arena, &meanings, TEXT(", "));
    value.markers = 0;
    if (value.present && all.len)
        texts_add(arena, more, all);
    if (value.present)
        return value_display(arena, value, places, kind);
    const struct showing shown = {.usual = all.len ? all : TEXT("not available")};
    struct text capital = shown.usual;
    format_show(arena, &shown, TEXT("capital"), &capital);
    return capital;
}

/* "down 138, may be improving": since the period before or, where a measure is compared with that
 * alone, since a year earlier; empty where nothing is known. */
static struct text travelled(struct arena *arena, struct since *since,
                             const struct performances *all, const struct performance *one)
{
    static const enum performance_part parts[TRAVELS] = {PART_TRAVEL, PART_YEAR_TRAVEL};
    for (int which = 0; which < TRAVELS; which++) {
        const struct direction *direction = &one->directions[which];
        if (direction->is_known)
            return since_words(arena, since,
                               all->comparison->baselines.items[direction->baseline].period,
                               performance_words(arena, one, parts[which]));
    }
    return TEXT_EMPTY;
}

/* "Amber: target 57.0%; up 0.6 percentage points, improving"; of a target of the year "Amber: 53 in
 * the year to date, target 54; …" */
static void add_standing(struct arena *arena, struct since *since, const struct performances *all,
                         const struct performance *one, struct texts *parts)
{
    struct text moves = travelled(arena, since, all, one);
    struct text held = TEXT_EMPTY; /* what the target is held against, where not the figure */
    if (one->target.is_cumulative)
        held = text_format(arena, "%.*s in the year to date, ",
                           TEXT_ARG(performance_words(arena, one, PART_TO_DATE)));
    if (one->rag != RAG_NONE)
        texts_add(arena, parts,
                  text_format(arena, "%s: %.*starget %.*s", rag_word(one->rag), TEXT_ARG(held),
                              TEXT_ARG(performance_words(arena, one, PART_TARGET))));
    if (moves.len)
        texts_add(arena, parts, moves);
}

/* "down 138, may be a real fall", of a total of parts, which is no measure. */
static struct text total_words(struct arena *arena, struct since *since, const struct compared *row)
{
    const struct change *change = &row->changes[0];
    if (!since->comparison->baselines.count || !change->has_absolute)
        return TEXT_EMPTY;
    int sign = decimal_sign(change->absolute);
    struct decimal size = sign < 0 ? decimal_negate(change->absolute) : change->absolute;
    struct text class = evidence_words(row->judged[0].evidence); /* "↓ Clear fall", or "[z]" */
    class = text_lower(arena, text_slice(class, text_find(class, ' ', 0), class.len));
    struct text words =
        text_format(arena, "%s %.*s%s%.*s", sign < 0 ? "down" : "up",
                    TEXT_ARG(decimal_display(arena, size, row->places, DECIMAL_GROUPS)),
                    class.len ? "," : "", TEXT_ARG(class));
    return since_words(arena, since, since->comparison->baselines.items[0].period,
                       sign ? words : TEXT("same"));
}

/* What was stopped of it is told at the end of the report, as of a fact in the narrative. */
static void name_figure(struct assembly *assembly, const struct report_source *source,
                        struct text slug)
{
    const struct fact *fact = facts_find(
        assembly->input->facts, text_format(assembly->arena, "%.*s.%.*s.now",
                                            TEXT_ARG(source->dataset->name), TEXT_ARG(slug)));
    if (fact)
        stopped_name(assembly, fact);
}

static void add_figure(struct assembly *assembly, const struct report_source *source,
                       struct panel *panel, struct text slug, const struct texts *lines)
{
    name_figure(assembly, source, slug);
    add_fact(assembly, panel, lines);
}

static void add_total(struct assembly *assembly, const struct report_source *source,
                      struct since *since, struct panel *panel)
{
    struct arena *arena = assembly->arena;
    const struct comparison *comparison = source->comparison;
    struct texts lines = {0}, words = {0};
    size_t i = 0;
    while (i < comparison->count && !text_is(comparison->rows[i].slug, "total"))
        i++;
    if (i == comparison->count)
        return;
    const struct compared *row = &comparison->rows[i];
    struct text moves = total_words(arena, since, row);
    if (moves.len)
        texts_add(arena, &words, moves);
    texts_add(arena, &lines, figure_words(arena, row->now, row->places, row->kind, &words));
    texts_add(arena, &lines, row->label);
    texts_add(arena, &lines, texts_join(arena, &words, TEXT("; ")));
    assembly_judges(assembly, comparison);
    add_figure(assembly, source, panel, row->slug, &lines);
}

/* Its figure, what it is, its status and where it moves. */
static void add_measure(struct assembly *assembly, const struct report_source *source,
                        struct since *since, const struct performances *all, size_t number,
                        struct panel *panel)
{
    struct arena *arena = assembly->arena;
    const struct performance *one = &all->items[number];
    const struct measure *measure = &source->dataset->measures[number];
    const struct value none = {.present = false, .markers = MARKER_NOT_AVAILABLE};
    struct texts lines = {0}, words = {0};
    if (one->row)
        add_standing(arena, since, all, one, &words);
    texts_add(
        arena, &lines,
        figure_words(arena, one->row ? one->row->now : none, one->places, measure->kind, &words));
    texts_add(arena, &lines, label_of_figures(arena, measure));
    texts_add(arena, &lines, texts_join(arena, &words, TEXT("; ")));
    add_figure(assembly, source, panel, measure->slug, &lines);
}

static struct text caption_since(struct arena *arena, struct text caption,
                                 const struct since *since)
{
    if (!since->is_said)
        return caption;
    return text_format(
        arena, "%.*s; changes since %.*s", TEXT_ARG(caption),
        TEXT_ARG(period_display(arena, since->comparison->baselines.items[0].period)));
}

/* A fact a measure. */
static void add_figures(struct assembly *assembly, const struct ini_section *section,
                        struct panel *panel)
{
    static const struct ini_key keys[] = {
        {"source", true}, {"measures", false}, {"columns", false}, {"caption", false}};
    struct picked picked;
    ini_check_keys(assembly->diags, section, keys, sizeof keys / sizeof keys[0]);
    const struct report_source *source = assembly_figures(assembly, section);
    if (!source || !assembly_has_period(assembly, source) ||
        !pick_measures(assembly, section, "measures", source->dataset, true, &picked))
        return;
    const struct performances *all =
        performance_make(assembly->arena, source->dataset, source->comparison->where,
                         assembly->input->period, assembly->input->as_at, true);
    struct since since = {.comparison = source->comparison, .has_caption = panel->caption.len > 0};
    assembly->has_changes = true;
    for (size_t i = 0; i < picked.count; i++)
        if (picked.items[i] == SERIES_TOTAL)
            add_total(assembly, source, &since, panel);
        else
            add_measure(assembly, source, &since, all, picked.items[i], panel);
    panel->caption = caption_since(assembly->arena, panel->caption, &since);
}

/* A fact a row, or a measure, of the source that is named. */
static void add_of_source(struct assembly *assembly, const struct ini_section *section,
                          struct panel *panel)
{
    const struct report_source *source = assembly_source(assembly, section);
    if (source && source->comparison)
        add_figures(assembly, section, panel);
    else if (source)
        add_rows(assembly, section, source, panel);
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
        add_of_source(assembly, section, panel);
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
