/* action_changes - what changed in a plan since an earlier version of it, a row a change. */
#include "assemble/actions_int.h"

#include "data/versions.h"

/* The source that `before` names here, or in the job; NULL, with a message, when there is none. */
static const struct dataset *version_before(struct assembly *assembly,
                                            const struct ini_section *section,
                                            const struct dataset *now)
{
    const struct ini_entry *entry = ini_entry(section, "before");
    struct texts names = {0};
    assembly->is_lost = assembly->is_lost || (!entry && now->before_is_lost);
    if (!entry && !now->before && !now->before_is_lost)
        diag(assembly->diags, DIAG_MISSING_KEY, section->place,
             "there is no earlier version to compare '%.*s' with: write 'before = SOURCE' here, or "
             "in [source %.*s]",
             TEXT_ARG(now->name), TEXT_ARG(now->name));
    if (!entry)
        return now->before;
    for (size_t i = 0; i < assembly->input->source_count; i++) {
        const struct report_source *source = &assembly->input->sources[i];
        if (source->comparison || source->dataset == now)
            continue;
        if (text_same_name(source->dataset->name, entry->value)) {
            assembly->is_lost = assembly->is_lost || dataset_is_lost(source->dataset);
            return dataset_is_lost(source->dataset) ? NULL : source->dataset;
        }
        texts_add(assembly->arena, &names, source->dataset->name);
    }
    assembly_bad_choice(assembly, section, "before", entry->value, &names);
    return NULL;
}

/* Which kinds of change `only` names; all without it. */
static void read_only(struct assembly *assembly, const struct ini_section *section, bool *is_shown)
{
    const char *words[VERSION_ROWS];
    bool named[VERSION_ROWS + 1] = {false};
    struct text given = assembly_value(assembly, section, "only");
    struct text_pieces pieces = text_split(given, ',');
    for (int k = 0; k < VERSION_ROWS; k++)
        words[k] = version_slug((enum version_kind)k);
    for (struct text piece; given.len && text_next(&pieces, &piece);)
        named[assembly_choose(assembly, section, "only", piece, words, VERSION_ROWS)] = true;
    for (int k = 0; k < VERSION_ROWS; k++)
        is_shown[k] = !given.len || named[k];
}

/* "Before (as at 22 June 2022)" */
static struct text when(struct assembly *assembly, const char *word, const struct dataset *dataset)
{
    if (!date_is_known(dataset->extracted))
        return text_from(word);
    return text_format(assembly->arena, "%s (as at %.*s)", word,
                       TEXT_ARG(date_display(assembly->arena, dataset->extracted)));
}

static struct table *new_table(struct assembly *assembly, const struct ini_section *section,
                               const struct versions *versions, size_t *first)
{
    bool has_id = versions->now->action_headers[ACTION_ID].len > 0;
    struct table *table = table_new(assembly->arena, section->name, has_id ? 5 : 4);
    *first = actions_name_columns(assembly->arena, table, versions->now);
    table->columns[*first].header = TEXT("What changed");
    table->columns[*first + 1] =
        (struct column){.header = when(assembly, "Before", versions->before), .long_text = true};
    table->columns[*first + 2] =
        (struct column){.header = when(assembly, "Now", versions->now), .long_text = true};
    return table;
}

static void add_change_row(struct assembly *assembly, struct table *table,
                           const struct versions *versions, const struct version_item *item,
                           size_t first)
{
    struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
    actions_name_cells(assembly, row, versions->now, item->now ? item->now : item->before);
    row->cells[first] = cell_text(item->what);
    row->cells[first + 1] = cell_long_text(assembly->arena, item->was);
    row->cells[first + 2] = cell_long_text(assembly->arena, item->is);
}

static void add_notes(struct assembly *assembly, struct table *table,
                      const struct versions *versions)
{
    struct arena *arena = assembly->arena;
    texts_add(arena, &table->notes,
              text_concat(arena, versions_sentence(arena, versions), TEXT(".")));
    texts_add(arena, &table->notes,
              TEXT("Differences in capitals, spaces and punctuation alone are no change. Of long "
                   "texts the words that differ are shown, with “…” for the others."));
    if (versions->not_compared.count)
        texts_add(arena, &table->notes,
                  text_format(arena, "Not compared, as one version alone has them: %.*s.",
                              TEXT_ARG(texts_join(arena, &versions->not_compared, TEXT(", ")))));
}

struct table *action_changes_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    bool is_shown[VERSION_ROWS];
    size_t first;
    if (!source)
        return NULL;
    if (assembly->input->slice) {
        /* an action that went to another owner would seem to have vanished */
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] compares whole plans: it is not made of a part of one",
             TEXT_ARG(section->title));
        return NULL;
    }
    const struct dataset *before = version_before(assembly, section, source->dataset);
    read_only(assembly, section, is_shown);
    if (!before)
        return NULL;
    const struct versions *versions = versions_make(assembly->arena, before, source->dataset);
    struct table *table = new_table(assembly, section, versions, &first);
    for (size_t i = 0; i < versions->count; i++)
        if (is_shown[versions->items[i].kind])
            add_change_row(assembly, table, versions, &versions->items[i], first);
    add_notes(assembly, table, versions);
    table_finish(assembly, table, section, source->dataset);
    return table;
}
