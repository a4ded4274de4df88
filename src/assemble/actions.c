#include "assemble/actions_int.h"

#include "base/map.h"
#include "data/blank.h"

#include <string.h>

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
static struct text due_words(struct arena *arena, const struct action *action, struct date as_at)
{
    struct text due = action_due_shown(arena, action);
    if (action->is_due_assumed)
        due = text_format(arena, "%.*s (taken as %.*s)", TEXT_ARG(due),
                          TEXT_ARG(date_display(arena, action->due)));
    return action_is_overdue(action, as_at) ? text_concat(arena, due, TEXT(", overdue")) : due;
}

/* What the rows of a table are made from: there may be a whole export of them. */
struct action_row {
    const struct action *action;
    struct text group;
};
struct action_rows {
    struct action_row *items; /* in the order of the table */
    size_t count;
    struct row_columns columns;
    struct row_columns marks;         /* columns that stand as a word behind the action */
    bool *is_long;                    /* by column */
    struct row_comparator comparator; /* of the column `comparison` */
    struct date as_at;
};

static struct cell action_cell(struct arena *arena, const struct action_rows *rows,
                               const struct action *action, size_t c)
{
    enum action_field field = rows->columns.items[c].field;
    struct rich value = action_text(action, field);
    enum rag rag;
    if (field == ACTION_TITLE && value.plain.len)
        value = row_marked(arena, &rows->marks, action, value);
    if (field == ACTION_STATUS &&
        (!value.plain.len || action->rag != RAG_NONE || rag_read(value.plain, &rag)))
        return cell_rag(action->rag);
    struct text shown = blank_display(arena, value.plain);
    if (!text_equal(shown, value.plain))
        return cell_text(shown); /* a gap that nobody sees is none */
    bool has_lines = text_contains(value.plain, TEXT("\n"));
    if (field == ACTION_DUE && !value.runs.count && !has_lines)
        return cell_text(due_words(arena, action, rows->as_at));
    if (rows->is_long[c] || value.runs.count || has_lines)
        return cell_rich_text(arena, value);
    return cell_text(value.plain);
}

static struct cell comparison_cell(struct arena *arena, const struct action_rows *rows,
                                   const struct action *action)
{
    struct text words = row_comparator_words(arena, &rows->comparator, action);
    return cell_text(words.len ? words : TEXT("None"));
}

static void make_action_row(const void *context, struct arena *arena, size_t r, struct row *out)
{
    const struct action_rows *rows = context;
    const struct action *action = rows->items[r].action;
    *out = (struct row){.kind = ROW_BODY,
                        .group = rows->items[r].group,
                        .cells = arena_calloc(arena, rows->columns.count, sizeof *out->cells),
                        .place = action->place};
    for (size_t c = 0; c < rows->columns.count; c++) {
        const struct row_column *column = &rows->columns.items[c];
        if (column->is_comparison) {
            out->cells[c] = comparison_cell(arena, rows, action);
            continue;
        }
        out->cells[c] = action_cell(arena, rows, action, c);
        out->cells[c].place = action_place(action, column->field);
    }
}

/* Rows of one group stand together, groups in the order in which the source first names them. */
static void order_actions(struct assembly *assembly, const struct dataset *dataset,
                          const struct row_fields *group, const bool *is_chosen,
                          struct action_rows *out)
{
    struct text *group_of;
    struct texts groups = rows_groups(assembly, dataset, group, is_chosen, &group_of);
    struct map numbers = {.arena = assembly->arena};
    for (size_t g = 0; g < groups.count; g++)
        map_add(&numbers, groups.items[g], g);
    size_t *next = arena_calloc(assembly->arena, groups.count + 1, sizeof *next);
    for (size_t i = 0; i < dataset->action_count; i++)
        if (is_chosen[i])
            next[map_find(&numbers, group_of[i], 0) + 1]++;
    for (size_t g = 1; g <= groups.count; g++)
        next[g] += next[g - 1]; /* where the first row of group g stands */
    out->count = next[groups.count];
    out->items = arena_calloc(assembly->arena, out->count + 1, sizeof *out->items);
    for (size_t i = 0; i < dataset->action_count; i++) {
        if (!is_chosen[i])
            continue;
        size_t g = map_find(&numbers, group_of[i], 0);
        out->items[next[g]++] = (struct action_row){&dataset->actions[i], groups.items[g]};
    }
}

struct text actions_headers(struct assembly *assembly, const struct dataset *dataset,
                            const struct row_fields *fields)
{
    struct texts headers = {0};
    for (size_t i = 0; i < fields->count; i++)
        texts_add(assembly->arena, &headers, rows_header(dataset, fields->items[i]));
    return texts_join(assembly->arena, &headers, TEXT(": "));
}

/* A number in at most one unit, "£38k", "14 days"; neither a code, "KA.01", "007", nor a text. */
static bool is_figure(struct arena *arena, struct text cell)
{
    struct decimal number;
    struct text unit;
    bool is_code =
        is_letter(char_at(cell, 0)) || (char_at(cell, 0) == '0' && is_digit(char_at(cell, 1)));
    if (is_code || !row_number(arena, cell, &number, &unit))
        return false;
    for (size_t i = 0; i < unit.len; i++)
        if ((unsigned char)unit.ptr[i] < 0x80 && !is_letter(unit.ptr[i]) &&
            !strchr("%$+<>~", unit.ptr[i]))
            return false;
    return true;
}

/* Whether a column of words holds nothing but figures, and blanks: they stand below each other. */
static bool holds_figures(const struct dataset *dataset, enum action_field field)
{
    bool any = false, all = true;
    if (field == ACTION_ID || field == ACTION_TITLE || field == ACTION_STATUS ||
        field == ACTION_DUE || field == ACTION_START || rows_is_long(dataset, field))
        return false;
    struct arena *scratch = arena_new();
    for (size_t i = 0; all && i < dataset->action_count; i++) {
        struct text cell = action_text(&dataset->actions[i], field).plain;
        if (!text_equal(blank_display(scratch, cell), cell))
            continue;
        all = is_figure(scratch, cell);
        any = true;
        arena_reset(scratch);
    }
    arena_free(scratch);
    return any && all;
}

/* `merge`: columns whose equal cells stand once beside several rows of a page. */
static void merge_columns(struct assembly *assembly, const struct ini_section *section,
                          const struct dataset *dataset, const struct row_columns *columns,
                          const struct texts *left_out, struct table *table)
{
    struct row_fields merged = rows_fields(assembly, section, "merge", dataset);
    for (size_t i = 0; i < merged.count; i++) {
        size_t c = 0;
        while (c < columns->count &&
               (columns->items[c].is_comparison || columns->items[c].field != merged.items[i]))
            c++;
        if (c < columns->count)
            table->columns[c].spans_rows = true;
        else if (!blank_is_judged(dataset, merged.items[i]) && left_out->count)
            continue; /* it is not there to be merged */
        else
            diag(assembly->diags, DIAG_BAD_VALUE, ini_entry(section, "merge")->value_place,
                 "'%.*s' is not among the 'columns' of the table: add it there, or leave it out "
                 "here",
                 TEXT_ARG(rows_header(dataset, merged.items[i])));
    }
}

/* The column that names a row: the first, or the id where the first stands beside several rows. */
static size_t naming_column(const struct row_columns *columns, const struct table *table)
{
    for (size_t c = 0; columns->count && table->columns[0].spans_rows && c < columns->count; c++)
        if (!columns->items[c].is_comparison && columns->items[c].field == ACTION_ID)
            return c;
    return 0;
}

/* Columns in which no row of the source says anything, unless `empty columns = show`; their headers
 * in `left_out`. All stay where nothing else would. */
static void leave_out_empty(struct assembly *assembly, const struct ini_section *section,
                            const struct dataset *dataset, struct row_columns *columns,
                            struct texts *left_out)
{
    static const char *const words[] = {"show", "leave out"};
    struct text value = assembly_value(assembly, section, "empty columns");
    size_t kept = 0, count = columns->count;
    if (value.len && assembly_choose(assembly, section, "empty columns", value, words, 2) != 1)
        return;
    bool *is_kept = arena_calloc(assembly->arena, count + 1, sizeof *is_kept);
    for (size_t c = 0; c < count; c++) {
        const struct row_column *column = &columns->items[c];
        is_kept[c] = column->is_comparison || blank_is_judged(dataset, column->field);
        kept += is_kept[c];
    }
    columns->count = kept ? 0 : count;
    for (size_t c = 0; kept && c < count; c++)
        if (is_kept[c])
            columns->items[columns->count++] = columns->items[c];
        else
            texts_add(assembly->arena, left_out, columns->items[c].header);
}

static void note_left_out(struct assembly *assembly, const struct texts *left_out,
                          struct table *table)
{
    for (size_t i = 0; i < left_out->count; i++)
        texts_add(assembly->arena, &table->notes,
                  text_format(assembly->arena,
                              "The column “%.*s” is left out: nothing stands in it.",
                              TEXT_ARG(left_out->items[i])));
}

struct table *actions_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    struct row_fields group = rows_fields(assembly, section, "group by", dataset);
    const struct row_fields none = {NULL, 0};
    struct texts left_out = {0};
    struct action_rows *rows = arena_alloc(assembly->arena, sizeof *rows);
    *rows =
        (struct action_rows){.columns = rows_columns(assembly, section, "columns", dataset, &group),
                             .marks = rows_columns(assembly, section, "mark", dataset, &none),
                             .comparator = row_comparator_read(assembly, section, dataset),
                             .as_at = dataset_as_at(dataset, assembly->input->as_at)};
    leave_out_empty(assembly, section, dataset, &rows->columns, &left_out);
    rows->is_long = arena_calloc(assembly->arena, rows->columns.count + 1, sizeof *rows->is_long);
    struct table *table = table_new(assembly->arena, section->name, rows->columns.count);
    for (size_t c = 0; c < rows->columns.count; c++) {
        const struct row_column *column = &rows->columns.items[c];
        rows->is_long[c] = !column->is_comparison && rows_is_long(dataset, column->field);
        table->columns[c] = (struct column){.header = column->header,
                                            .long_text = rows->is_long[c],
                                            .align_right = !column->is_comparison &&
                                                           holds_figures(dataset, column->field)};
    }
    merge_columns(assembly, section, dataset, &rows->columns, &left_out, table);
    if (rows->columns.count)
        table->columns[naming_column(&rows->columns, table)].is_row_header = true;
    table->group_header = actions_headers(assembly, dataset, &group);
    order_actions(assembly, dataset, &group, rows_chosen(assembly, section, dataset), rows);
    table->row_count = rows->count;
    table->row_source = (struct row_source){make_action_row, rows};
    table_finish(assembly, table, section, dataset);
    note_left_out(assembly, &left_out, table);
    return table;
}
