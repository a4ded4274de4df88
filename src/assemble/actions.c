#include "assemble/rows_int.h"

/* A day however the export writes it, "31/10/2021" or with a time, as a day is shown. */
struct text action_due_shown(struct arena *arena, const struct action *action)
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
    struct text due = action_due_shown(assembly->arena, action);
    return action_is_overdue(action, assembly->input->as_at)
               ? text_concat(assembly->arena, due, TEXT(", overdue"))
               : due;
}

static struct cell action_cell(struct assembly *assembly, const struct dataset *dataset,
                               const struct action *action, enum action_field field)
{
    struct rich value = action_text(action, field);
    enum rag rag;
    if (field == ACTION_STATUS &&
        (!value.plain.len || action->rag != RAG_NONE || rag_read(value.plain, &rag)))
        return cell_rag(action->rag);
    if (!text_trim(value.plain).len)
        return cell_text(ROWS_NOT_GIVEN);
    bool has_lines = text_contains(value.plain, TEXT("\n"));
    if (field == ACTION_DUE && !value.runs.count && !has_lines)
        return cell_text(due_words(assembly, action));
    if (rows_is_long(dataset, field) || value.runs.count || has_lines)
        return cell_rich_text(assembly->arena, value);
    return cell_text(value.plain);
}

/* What the table is made of. */
struct action_table {
    const struct dataset *dataset;
    struct row_columns columns;
    struct row_fields group;
    struct row_comparator comparator; /* of the column `comparison` */
};

static struct cell comparison_cell(struct assembly *assembly, const struct action_table *shown,
                                   const struct action *action)
{
    struct text words = row_comparator_words(assembly->arena, &shown->comparator, action);
    return cell_text(words.len ? words : TEXT("No comparator"));
}

static void add_action_row(struct assembly *assembly, struct table *table,
                           const struct action_table *shown, const struct action *action,
                           struct text group)
{
    struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
    row->group = group;
    row->place = action->place;
    for (size_t c = 0; c < shown->columns.count; c++) {
        const struct row_column *column = &shown->columns.items[c];
        if (column->is_comparison) {
            row->cells[c] = comparison_cell(assembly, shown, action);
            continue;
        }
        row->cells[c] = action_cell(assembly, shown->dataset, action, column->field);
        row->cells[c].place = action_place(action, column->field);
    }
}

/* Rows of one group stand together, groups in the order in which the source first names them. */
static void add_action_rows(struct assembly *assembly, struct table *table,
                            const struct action_table *shown, const bool *is_chosen)
{
    const struct dataset *dataset = shown->dataset;
    struct text *group_of;
    struct texts groups = rows_groups(assembly, dataset, &shown->group, is_chosen, &group_of);
    for (size_t g = 0; g < groups.count; g++)
        for (size_t i = 0; i < dataset->action_count; i++)
            if (is_chosen[i] && text_equal(group_of[i], groups.items[g]))
                add_action_row(assembly, table, shown, &dataset->actions[i], groups.items[g]);
}

static struct text headers_joined(struct assembly *assembly, const struct dataset *dataset,
                                  const struct row_fields *fields)
{
    struct texts headers = {0};
    for (size_t i = 0; i < fields->count; i++)
        texts_add(assembly->arena, &headers, dataset_action_header(dataset, fields->items[i]));
    return texts_join(assembly->arena, &headers, TEXT(": "));
}

struct table *actions_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source)
        return NULL;
    struct action_table shown = {.dataset = source->dataset};
    const struct dataset *dataset = source->dataset;
    shown.group = rows_fields(assembly, section, "group by", dataset);
    shown.columns = rows_columns(assembly, section, dataset, &shown.group);
    shown.comparator = row_comparator_read(assembly, section, dataset);
    struct table *table = table_new(assembly->arena, section->name, shown.columns.count);
    for (size_t c = 0; c < shown.columns.count; c++) {
        const struct row_column *column = &shown.columns.items[c];
        table->columns[c] = (struct column){
            .header = column->header,
            .is_row_header = c == 0,
            .long_text = !column->is_comparison && rows_is_long(dataset, column->field),
        };
    }
    table->group_header = headers_joined(assembly, dataset, &shown.group);
    add_action_rows(assembly, table, &shown, rows_chosen(assembly, section, dataset));
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
    const struct row_fields by = {.items = &field, .count = 1};
    struct text *value_of;
    struct texts values = rows_groups(assembly, dataset, &by, NULL, &value_of);
    for (size_t v = 0; v <= values.count; v++) {
        bool is_total = v == values.count;
        size_t counts[RAGS] = {0}, all = 0, c = 0;
        for (size_t i = 0; i < dataset->action_count; i++) {
            if (!is_total && !text_equal(value_of[i], values.items[v]))
                continue;
            counts[dataset->actions[i].rag]++;
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
    struct row_fields by = rows_fields(assembly, section, "count by", dataset);
    if (by.count != 1) {
        if (by.count)
            diag(assembly->diags, DIAG_BAD_VALUE, ini_entry(section, "count by")->value_place,
                 "'count by' takes one field");
        return NULL;
    }
    bool is_status = by.items[0] == ACTION_STATUS, occurs[RAGS] = {false};
    size_t statuses = 0, c = 0;
    for (size_t i = 0; i < dataset->action_count; i++)
        occurs[dataset->actions[i].rag] = dataset->action_headers[ACTION_STATUS].len > 0;
    for (int rag = 0; rag < RAGS; rag++)
        statuses += !is_status && occurs[rag];
    struct table *table = table_new(assembly->arena, section->name, statuses + 2);
    table->columns[c].header = dataset_action_header(dataset, by.items[0]);
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
