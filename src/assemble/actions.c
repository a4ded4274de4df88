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
static struct text due_words(struct assembly *assembly, const struct action *action)
{
    struct text due = due_shown(assembly->arena, action);
    return action_is_overdue(action, assembly->input->as_at)
               ? text_concat(assembly->arena, due, TEXT(", overdue"))
               : due;
}

static struct cell action_cell(struct assembly *assembly, const struct action *action,
                               enum action_field field)
{
    if (field == ACTION_STATUS)
        return cell_rag(action->rag);
    struct rich value = action_text(action, field);
    if (field == ACTION_DUE && !value.runs.count && !text_contains(value.plain, TEXT("\n")))
        return cell_text(due_words(assembly, action));
    if (is_long_field(field) || value.runs.count || text_contains(value.plain, TEXT("\n")))
        return cell_rich_text(assembly->arena, value);
    return cell_text(value.plain);
}

static void add_action_row(struct assembly *assembly, struct table *table,
                           const struct action *action, const struct fields *columns,
                           struct text group)
{
    struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
    row->group = group;
    row->place = action->place;
    for (size_t c = 0; c < columns->count; c++) {
        row->cells[c] = action_cell(assembly, action, columns->items[c]);
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
            (takes[RAGS] && action_is_overdue(&dataset->actions[i], assembly->input->as_at));
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
                add_action_row(assembly, table, &dataset->actions[i], columns, groups.items[g]);
}

static struct text headers_joined(struct assembly *assembly, const struct dataset *dataset,
                                  const struct fields *fields)
{
    struct texts headers = {0};
    for (size_t i = 0; i < fields->count; i++)
        texts_add(assembly->arena, &headers, dataset->action_headers[fields->items[i]]);
    return texts_join(assembly->arena, &headers, TEXT(": "));
}

/* `merge`: columns whose equal cells stand once beside several rows of a page. */
static void merge_columns(struct assembly *assembly, const struct ini_section *section,
                          const struct dataset *dataset, const struct fields *columns,
                          struct table *table)
{
    struct fields merged = read_fields(assembly, section, "merge", dataset);
    for (size_t i = 0; i < merged.count; i++) {
        size_t c = 0;
        while (c < columns->count && columns->items[c] != merged.items[i])
            c++;
        if (c < columns->count)
            table->columns[c].spans_rows = true;
        else
            diag(assembly->diags, DIAG_BAD_VALUE, ini_entry(section, "merge")->value_place,
                 "'%s' is not among the 'columns' of the table: add it there, or leave it out here",
                 action_field_slug(merged.items[i]));
    }
}

/* The column that names a row: the first, or the id where the first stands beside several rows. */
static size_t naming_column(const struct fields *columns, const struct table *table)
{
    for (size_t c = 0; columns->count && table->columns[0].spans_rows && c < columns->count; c++)
        if (columns->items[c] == ACTION_ID)
            return c;
    return 0;
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
            .long_text = is_long_field(columns.items[c]),
        };
    merge_columns(assembly, section, dataset, &columns, table);
    if (columns.count)
        table->columns[naming_column(&columns, table)].is_row_header = true;
    table->group_header = headers_joined(assembly, dataset, &group);
    add_action_rows(assembly, table, dataset, &columns, &group,
                    chosen_actions(assembly, section, dataset));
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
