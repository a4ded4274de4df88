#include "assemble/actions_int.h"

#include "data/blank.h"

struct fields actions_read_fields(struct assembly *assembly, const struct ini_section *section,
                                  const char *key, const struct dataset *dataset)
{
    struct fields fields = {.count = 0};
    struct texts choices = {0};
    for (int f = 0; f < ACTION_FIELDS; f++)
        if (dataset->action_headers[f].len)
            texts_add(assembly->arena, &choices,
                      text_from(action_field_slug((enum action_field)f)));
    struct text_pieces pieces = text_split(assembly_value(assembly, section, key), ',');
    for (struct text piece; text_next(&pieces, &piece);) {
        enum action_field field;
        if (!piece.len)
            continue;
        if (!dataset_action_field(dataset, piece, &field))
            assembly_bad_choice(assembly, section, key, piece, &choices);
        else if (fields.count < ACTION_FIELDS)
            fields.items[fields.count++] = field;
    }
    return fields;
}

static bool is_long_field(enum action_field field)
{
    return field == ACTION_PROGRESS || field == ACTION_NEXT_STEPS || field == ACTION_TITLE ||
           field == ACTION_TARGET || field == ACTION_MILESTONES || field == ACTION_OBJECTIVE ||
           field == ACTION_FOCUS || field == ACTION_DESCRIPTION || field == ACTION_REASON ||
           field == ACTION_OUTPUTS || field == ACTION_OUTCOME || field == ACTION_RISKS;
}

/* The values of the fields that group an action, joined: "The Place: Encourage enterprise". */
static struct text group_of(struct assembly *assembly, const struct action *action,
                            const struct fields *group)
{
    struct buffer out = {.arena = assembly->arena};
    for (size_t i = 0; i < group->count; i++) {
        struct text value = action->field[group->items[i]];
        if (!value.len)
            value = BLANK_SHOWN;
        buffer_format(&out, "%s%.*s", i ? ": " : "", TEXT_ARG(value));
    }
    return buffer_text(&out);
}

/* A day however the export writes it, "31/10/2021" or with a time, as a day is shown. */
static struct text due_shown(struct arena *arena, const struct action *action)
{
    struct text given = action->field[ACTION_DUE];
    struct date day;
    bool is_day = (date_read(given, &day) && date_compare(day, action->due) == 0) ||
                  (date_read_month_first(given, &day) && date_compare(day, action->due) == 0) ||
                  date_read_iso(text_slice(given, 0, 10), &day);
    return is_day ? date_display(arena, day) : given;
}

/* "31 October 2021, overdue", "2022/24 (taken as 31 March 2024)" */
static struct text due_words(struct assembly *assembly, const struct dataset *dataset,
                             const struct action *action)
{
    struct text due = due_shown(assembly->arena, action);
    if (action->is_due_assumed)
        due = text_format(assembly->arena, "%.*s (taken as %.*s)", TEXT_ARG(due),
                          TEXT_ARG(date_display(assembly->arena, action->due)));
    return action_is_overdue(action, dataset_as_at(dataset, assembly->input->as_at))
               ? text_concat(assembly->arena, due, TEXT(", overdue"))
               : due;
}

static struct cell action_cell(struct assembly *assembly, const struct dataset *dataset,
                               const struct action *action, enum action_field field)
{
    if (field == ACTION_STATUS)
        return cell_rag(action->rag);
    struct rich value = action_text(action, field);
    struct text shown = blank_display(assembly->arena, value.plain);
    if (!text_equal(shown, value.plain))
        return cell_text(shown); /* a gap that nobody sees is none */
    if (field == ACTION_DUE && !value.runs.count && !text_contains(value.plain, TEXT("\n")))
        return cell_text(due_words(assembly, dataset, action));
    if (is_long_field(field) || value.runs.count || text_contains(value.plain, TEXT("\n")))
        return cell_rich_text(assembly->arena, value);
    return cell_text(value.plain);
}

static void add_action_row(struct assembly *assembly, struct table *table,
                           const struct dataset *dataset, const struct action *action,
                           const struct fields *columns, struct text group)
{
    struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
    row->group = group;
    row->place = action->place;
    for (size_t c = 0; c < columns->count; c++) {
        row->cells[c] = action_cell(assembly, dataset, action, columns->items[c]);
        row->cells[c].place = action_place(action, columns->items[c]);
    }
}

/* Which actions `only` names: those that are overdue, or have one of the statuses; all without it.
 */
static bool *chosen_actions(struct assembly *assembly, const struct ini_section *section,
                            const struct dataset *dataset)
{
    const char *words[RAGS + 1];
    bool takes[RAGS + 2] = {false};
    struct text given = assembly_value(assembly, section, "only");
    struct text_pieces pieces = text_split(given, ',');
    for (int rag = 0; rag < RAGS; rag++)
        words[rag] = rag_slug((enum rag)rag);
    words[RAGS] = "overdue";
    for (struct text piece; given.len && text_next(&pieces, &piece);)
        takes[assembly_choose(assembly, section, "only", piece, words, RAGS + 1)] = true;
    bool *is_chosen = arena_calloc(assembly->arena, dataset->action_count + 1, sizeof *is_chosen);
    for (size_t i = 0; i < dataset->action_count; i++)
        is_chosen[i] =
            !given.len || takes[dataset->actions[i].rag] ||
            (takes[RAGS] && action_is_overdue(&dataset->actions[i],
                                              dataset_as_at(dataset, assembly->input->as_at)));
    return is_chosen;
}

/* Rows of one group stand together, groups in the order in which the source first names them. */
static void add_action_rows(struct assembly *assembly, struct table *table,
                            const struct dataset *dataset, const struct fields *columns,
                            const struct fields *group, const bool *is_chosen)
{
    struct texts groups = {0};
    struct text *group_of_row =
        arena_calloc(assembly->arena, dataset->action_count, sizeof *group_of_row);
    for (size_t i = 0; i < dataset->action_count; i++) {
        group_of_row[i] = group_of(assembly, &dataset->actions[i], group);
        if (texts_find(&groups, group_of_row[i]) == groups.count)
            texts_add(assembly->arena, &groups, group_of_row[i]);
    }
    for (size_t g = 0; g < groups.count; g++)
        for (size_t i = 0; i < dataset->action_count; i++)
            if (is_chosen[i] && text_equal(group_of_row[i], groups.items[g]))
                add_action_row(assembly, table, dataset, &dataset->actions[i], columns,
                               groups.items[g]);
}

struct text actions_headers(struct assembly *assembly, const struct dataset *dataset,
                            const struct fields *fields)
{
    struct texts headers = {0};
    for (size_t i = 0; i < fields->count; i++)
        texts_add(assembly->arena, &headers, dataset->action_headers[fields->items[i]]);
    return texts_join(assembly->arena, &headers, TEXT(": "));
}

struct table *actions_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    struct fields columns = actions_read_fields(assembly, section, "columns", dataset);
    struct fields group = actions_read_fields(assembly, section, "group by", dataset);
    struct table *table = table_new(assembly->arena, section->name, columns.count);
    for (size_t c = 0; c < columns.count; c++)
        table->columns[c] = (struct column){
            .header = dataset->action_headers[columns.items[c]],
            .is_row_header = c == 0,
            .long_text = is_long_field(columns.items[c]),
        };
    table->group_header = actions_headers(assembly, dataset, &group);
    add_action_rows(assembly, table, dataset, &columns, &group,
                    chosen_actions(assembly, section, dataset));
    table_finish(assembly, table, section, dataset);
    return table;
}
