#include "assemble/assemble_int.h"

/* The fields that a key names, such as `columns = id, action, status`. */
struct fields {
    enum action_field items[ACTION_FIELDS];
    size_t count;
};

static struct fields read_fields(struct assembly *assembly, const struct ini_section *section,
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
            value = TEXT("Not given");
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

/* "31 October 2021, overdue" */
static struct text due_words(struct arena *arena, const struct action *action, struct date as_at)
{
    struct text due = due_shown(arena, action);
    return action_is_overdue(action, as_at) ? text_concat(arena, due, TEXT(", overdue")) : due;
}

static struct cell action_cell(struct arena *arena, const struct action *action,
                               enum action_field field, struct date as_at)
{
    if (field == ACTION_STATUS)
        return cell_rag(action->rag);
    struct rich value = action_text(action, field);
    if (field == ACTION_DUE && !value.runs.count && !text_contains(value.plain, TEXT("\n")))
        return cell_text(due_words(arena, action, as_at));
    if (is_long_field(field) || value.runs.count || text_contains(value.plain, TEXT("\n")))
        return cell_rich_text(arena, value);
    return cell_text(value.plain);
}

/* What the rows of a table of actions are made from: there may be a whole export of them. */
struct action_row {
    const struct action *action;
    struct text group;
};
struct action_rows {
    struct action_row *items; /* in the order of the table */
    size_t count;
    struct fields columns;
    struct date as_at;
};

static void make_action_row(const void *context, struct arena *arena, size_t r, struct row *out)
{
    const struct action_rows *rows = context;
    const struct action *action = rows->items[r].action;
    *out = (struct row){.kind = ROW_BODY,
                        .group = rows->items[r].group,
                        .cells = arena_calloc(arena, rows->columns.count, sizeof *out->cells),
                        .place = action->place};
    for (size_t c = 0; c < rows->columns.count; c++) {
        out->cells[c] = action_cell(arena, action, rows->columns.items[c], rows->as_at);
        out->cells[c].place = action_place(action, rows->columns.items[c]);
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
            (takes[RAGS] && action_is_overdue(&dataset->actions[i], assembly->input->as_at));
    return is_chosen;
}

/* Rows of one group stand together, groups in the order in which the source first names them. */
static void order_actions(struct assembly *assembly, const struct dataset *dataset,
                          const struct fields *group, const bool *is_chosen,
                          struct action_rows *out)
{
    struct texts groups = {0};
    size_t *group_of_action =
        arena_calloc(assembly->arena, dataset->action_count, sizeof *group_of_action);
    for (size_t i = 0; i < dataset->action_count; i++) {
        struct text name = group_of(assembly, &dataset->actions[i], group);
        group_of_action[i] = texts_find(&groups, name);
        if (group_of_action[i] == groups.count)
            texts_add(assembly->arena, &groups, name);
    }
    out->items = arena_calloc(assembly->arena, dataset->action_count, sizeof *out->items);
    for (size_t g = 0; g < groups.count; g++)
        for (size_t i = 0; i < dataset->action_count; i++)
            if (is_chosen[i] && group_of_action[i] == g)
                out->items[out->count++] =
                    (struct action_row){&dataset->actions[i], groups.items[g]};
}

static struct text headers_joined(struct assembly *assembly, const struct dataset *dataset,
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
    struct fields columns = read_fields(assembly, section, "columns", dataset);
    struct fields group = read_fields(assembly, section, "group by", dataset);
    struct table *table = table_new(assembly->arena, section->name, columns.count);
    for (size_t c = 0; c < columns.count; c++)
        table->columns[c] = (struct column){
            .header = dataset->action_headers[columns.items[c]],
            .is_row_header = c == 0,
            .long_text = is_long_field(columns.items[c]),
        };
    table->group_header = headers_joined(assembly, dataset, &group);
    struct action_rows *rows = arena_alloc(assembly->arena, sizeof *rows);
    *rows = (struct action_rows){.columns = columns, .as_at = assembly->input->as_at};
    order_actions(assembly, dataset, &group, chosen_actions(assembly, section, dataset), rows);
    table->row_count = rows->count;
    table->row_source = (struct row_source){make_action_row, rows};
    table_finish(assembly, table, section, dataset);
    return table;
}

static struct cell count_cell(struct assembly *assembly, size_t count)
{
    struct decimal number = decimal_from((int64_t)count);
    return cell_number(number, decimal_display(assembly->arena, number, 0, DECIMAL_GROUPS),
                       FORMAT_NUMBER, 0);
}

/* Red first, "no status given" last. */
static enum rag rag_in_order(size_t i)
{
    return (enum rag)((i + RAG_RED) % RAGS);
}

/* One row a status, with the share of all. */
static void count_by_status(struct assembly *assembly, const struct dataset *dataset,
                            struct table *table)
{
    size_t counts[RAGS] = {0};
    for (size_t i = 0; i < dataset->action_count; i++)
        counts[dataset->actions[i].rag]++;
    for (size_t i = 0; i < RAGS; i++) {
        if (rag_in_order(i) == RAG_NOT_STARTED && !counts[RAG_NOT_STARTED])
            continue; /* not every council has it */
        struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
        row->cells[0] = cell_rag(rag_in_order(i));
        row->cells[1] = count_cell(assembly, counts[rag_in_order(i)]);
    }
    struct row *total = table_add_row(assembly->arena, table, ROW_TOTAL);
    total->cells[0] = cell_text(TEXT("All"));
    total->cells[1] = count_cell(assembly, dataset->action_count);
}

/* One row a value of the field, one column a status that occurs, and all. */
static void count_by_field(struct assembly *assembly, const struct dataset *dataset,
                           enum action_field field, const bool *occurs, struct table *table)
{
    const struct fields by = {.items = {field}, .count = 1};
    struct texts values = {0};
    for (size_t i = 0; i < dataset->action_count; i++) {
        struct text value = group_of(assembly, &dataset->actions[i], &by);
        if (texts_find(&values, value) == values.count)
            texts_add(assembly->arena, &values, value);
    }
    for (size_t v = 0; v <= values.count; v++) {
        bool is_total = v == values.count;
        size_t counts[RAGS] = {0}, all = 0, c = 0;
        for (size_t i = 0; i < dataset->action_count; i++) {
            const struct action *action = &dataset->actions[i];
            if (!is_total && !text_equal(group_of(assembly, action, &by), values.items[v]))
                continue;
            counts[action->rag]++;
            all++;
        }
        struct row *row = table_add_row(assembly->arena, table, is_total ? ROW_TOTAL : ROW_BODY);
        row->cells[c++] = cell_text(is_total ? TEXT("All") : values.items[v]);
        for (size_t i = 0; i < RAGS; i++)
            if (occurs[rag_in_order(i)])
                row->cells[c++] = count_cell(assembly, counts[rag_in_order(i)]);
        row->cells[c] = count_cell(assembly, all);
    }
}

struct table *count_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    struct fields by = read_fields(assembly, section, "count by", dataset);
    if (by.count != 1) {
        if (by.count)
            diag(assembly->diags, DIAG_BAD_VALUE, ini_entry(section, "count by")->value_place,
                 "'count by' takes one field");
        return NULL;
    }
    bool is_status = by.items[0] == ACTION_STATUS, occurs[RAGS] = {false};
    size_t statuses = 0, c = 0;
    for (size_t i = 0; i < dataset->action_count; i++)
        occurs[dataset->actions[i].rag] = true;
    for (int rag = 0; rag < RAGS; rag++)
        statuses += !is_status && occurs[rag];
    struct table *table = table_new(assembly->arena, section->name, statuses + 2);
    table->columns[c].header = dataset->action_headers[by.items[0]];
    table->columns[c++].is_row_header = true;
    for (size_t i = 0; i < RAGS && !is_status; i++)
        if (occurs[rag_in_order(i)])
            number_column(table, c++, text_from(rag_word(rag_in_order(i))));
    number_column(table, c, TEXT("All"));
    if (is_status)
        number_column(table, c, TEXT("Number"));
    if (is_status)
        count_by_status(assembly, dataset, table);
    else
        count_by_field(assembly, dataset, by.items[0], occurs, table);
    table_finish(assembly, table, section, dataset);
    return table;
}
