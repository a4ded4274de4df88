#include "assemble/actions_int.h"

#include "data/blank.h"

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

/* "31 October 2021, overdue", "2022/24 (taken as 31 March 2024)" */
static struct text due_words(struct assembly *assembly, const struct dataset *dataset,
                             const struct action *action)
{
    struct text due = action_due_shown(assembly->arena, action);
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
    struct rich value = action_text(action, field);
    enum rag rag;
    if (field == ACTION_STATUS &&
        (!value.plain.len || action->rag != RAG_NONE || rag_read(value.plain, &rag)))
        return cell_rag(action->rag);
    struct text shown = blank_display(assembly->arena, value.plain);
    if (!text_equal(shown, value.plain))
        return cell_text(shown); /* a gap that nobody sees is none */
    bool has_lines = text_contains(value.plain, TEXT("\n"));
    if (field == ACTION_DUE && !value.runs.count && !has_lines)
        return cell_text(due_words(assembly, dataset, action));
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

struct text actions_headers(struct assembly *assembly, const struct dataset *dataset,
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
    table->group_header = actions_headers(assembly, dataset, &shown.group);
    add_action_rows(assembly, table, &shown, rows_chosen(assembly, section, dataset));
    table_finish(assembly, table, section, dataset);
    return table;
}
