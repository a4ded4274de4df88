/* counting - actions counted by one or two of their fields, with their statuses across. */
#include "assemble/actions_int.h"

#include "base/map.h"
#include "data/blank.h"
#include "data/slice.h"
#include "data/spelling_int.h"

#include <string.h>

/* At what a cell that names several is cut. */
enum cut { CUT_SEMICOLON, CUT_LINE, CUT_COMMA, CUT_SLASH, CUTS };
static const char *const cut_words[] = {"semicolon", "line", "comma", "slash", "none"};

/* Actions, by their numbers; of one value, or of all. */
struct counted {
    struct text value;
    size_t *items;
    size_t count;
    size_t capacity;
};
struct counted_list {
    struct counted *items;
    size_t count;
    size_t capacity;
};

struct counting {
    struct assembly *assembly;
    const struct dataset *dataset;
    struct table *table;
    struct row_fields by;
    bool cuts[CUTS];
    bool cuts_all; /* fields that name no people too: the template says where they are cut */
    bool with_overdue;
    bool is_sorted;    /* those with most actions first */
    bool occurs[RAGS]; /* statuses that have a column */
};

struct cell actions_count_cell(struct assembly *assembly, size_t count)
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

/* ---- what a cell names ---- */

static bool names_people(enum action_field field)
{
    return field == ACTION_OWNER || field == ACTION_TEAM || field == ACTION_PORTFOLIO ||
           field == ACTION_PARTNERS;
}

static bool is_cut_at(const struct counting *counting, char c)
{
    return (c == ';' && counting->cuts[CUT_SEMICOLON]) || (c == '\n' && counting->cuts[CUT_LINE]) ||
           (c == ',' && counting->cuts[CUT_COMMA]) || (c == '/' && counting->cuts[CUT_SLASH]);
}

static size_t find_name(const struct texts *names, struct text name)
{
    size_t i = 0;
    while (i < names->count && !slice_is_same(names->items[i], name))
        i++;
    return i;
}

/* One of several: "and county partners." is "County partners". */
static struct text without_joint(struct arena *arena, struct text name)
{
    name = text_trim(name);
    if (spelling_at_start(name, "and "))
        name = text_trim(text_slice(name, 4, name.len));
    if (text_ends(name, TEXT(".")) && !text_contains(text_slice(name, 0, name.len - 1), TEXT(".")))
        name = text_slice(name, 0, name.len - 1);
    return format_first(arena, name, true);
}

static void add_new(struct arena *arena, struct texts *names, struct text name)
{
    if (name.len && find_name(names, name) == names->count)
        texts_add(arena, names, name);
}

/* Each once, however often the cell names it; "Not given" of a blank one. */
static struct texts values_of(const struct counting *counting, const struct action *action,
                              enum action_field field)
{
    struct arena *arena = counting->assembly->arena;
    struct text cell = action_text(action, field).plain;
    struct texts values = {0};
    size_t from = 0;
    for (size_t i = 0; i < cell.len && (names_people(field) || counting->cuts_all); i++)
        if (is_cut_at(counting, cell.ptr[i])) {
            add_new(arena, &values, without_joint(arena, text_slice(cell, from, i)));
            from = i + 1;
        }
    struct text last = text_trim(text_slice(cell, from, cell.len));
    add_new(arena, &values, from ? without_joint(arena, last) : last);
    if (!values.count)
        texts_add(arena, &values, BLANK_SHOWN);
    return values;
}

static void add_counted(struct arena *arena, struct counted *counted, size_t action)
{
    counted->items = arena_grow(arena, counted->items, counted->count, &counted->capacity,
                                sizeof *counted->items);
    counted->items[counted->count++] = action;
}

/* The values of the field that the actions have, in their order, each with its actions. */
static struct counted_list divide(const struct counting *counting, const struct counted *actions,
                                  enum action_field field)
{
    struct arena *arena = counting->assembly->arena;
    struct counted_list list = {0};
    struct map numbers = {.arena = arena};
    for (size_t i = 0; i < actions->count; i++) {
        struct texts values =
            values_of(counting, &counting->dataset->actions[actions->items[i]], field);
        for (size_t v = 0; v < values.count; v++) {
            struct text key = slice_key(arena, values.items[v]);
            size_t at = map_find(&numbers, key, list.count);
            if (at == list.count) {
                map_add(&numbers, key, at);
                list.items =
                    arena_grow(arena, list.items, list.count, &list.capacity, sizeof *list.items);
                list.items[list.count++] = (struct counted){.value = values.items[v]};
            }
            add_counted(arena, &list.items[at], actions->items[i]);
        }
    }
    return list;
}

static struct counted all_actions(const struct counting *counting)
{
    struct counted all = {0};
    for (size_t i = 0; i < counting->dataset->action_count; i++)
        add_counted(counting->assembly->arena, &all, i);
    return all;
}

/* ---- rows ---- */

static struct row *add_count_row(struct counting *counting, enum row_kind kind, struct text label,
                                 const struct counted *counted)
{
    struct assembly *assembly = counting->assembly;
    size_t counts[RAGS] = {0}, overdue = 0, c = 0;
    struct date as_at = dataset_as_at(counting->dataset, assembly->input->as_at);
    for (size_t i = 0; i < counted->count; i++) {
        const struct action *action = &counting->dataset->actions[counted->items[i]];
        counts[action->rag]++;
        overdue += action_is_overdue(action, as_at);
    }
    struct row *row = table_add_row(assembly->arena, counting->table, kind);
    row->cells[c++] = cell_text(label);
    for (size_t i = 0; i < RAGS; i++)
        if (counting->occurs[rag_in_order(i)])
            row->cells[c++] = actions_count_cell(assembly, counts[rag_in_order(i)]);
    row->cells[c++] = actions_count_cell(assembly, counted->count);
    if (counting->with_overdue)
        row->cells[c] = actions_count_cell(assembly, overdue);
    return row;
}

/* Actions without a value are no value like the others: they stand last, before the total. */
static void put_blank_last(struct counted_list *values)
{
    for (size_t v = 0; v + 1 < values->count; v++) {
        if (!text_equal(values->items[v].value, BLANK_SHOWN))
            continue;
        const struct counted blank = values->items[v];
        memmove(&values->items[v], &values->items[v + 1],
                (values->count - v - 1) * sizeof *values->items);
        values->items[values->count - 1] = blank;
        return;
    }
}

/* Those with most actions first, equal ones in the order of the source. */
static void sort_values(struct counted_list *values)
{
    for (size_t v = 1; v < values->count; v++) {
        const struct counted value = values->items[v];
        size_t at = v;
        for (; at > 0 && values->items[at - 1].count < value.count; at--)
            values->items[at] = values->items[at - 1];
        values->items[at] = value;
    }
}

/* A row a value of the last field. */
static void add_value_rows(struct counting *counting, const struct counted *actions,
                           struct text group)
{
    struct arena *arena = counting->assembly->arena;
    struct counted_list values =
        divide(counting, actions, counting->by.items[counting->by.count - 1]);
    if (counting->is_sorted)
        sort_values(&values);
    put_blank_last(&values);
    for (size_t v = 0; v < values.count; v++) {
        struct text label = blank_display(arena, values.items[v].value);
        add_count_row(counting, ROW_BODY, label, &values.items[v])->group = group;
    }
}

static void add_rows(struct counting *counting)
{
    struct arena *arena = counting->assembly->arena;
    struct counted all = all_actions(counting);
    struct counted_list groups = {0};
    if (counting->by.count == 1)
        add_value_rows(counting, &all, TEXT_EMPTY);
    else
        groups = divide(counting, &all, counting->by.items[0]);
    for (size_t g = 0; g < groups.count; g++)
        add_value_rows(counting, &groups.items[g], blank_display(arena, groups.items[g].value));
    struct row *total = add_count_row(counting, ROW_TOTAL, TEXT("All"), &all);
    if (counting->by.count == 2)
        total->group = TEXT("All");
}

/* One row a status. */
static void add_status_rows(struct counting *counting)
{
    struct arena *arena = counting->assembly->arena;
    const struct counted all = all_actions(counting);
    struct counted with[RAGS] = {0};
    for (size_t i = 0; i < all.count; i++)
        add_counted(arena, &with[counting->dataset->actions[i].rag], i);
    for (size_t i = 0; i < RAGS; i++) {
        enum rag rag = rag_in_order(i);
        bool is_usual =
            rag != RAG_NOT_STARTED && counting->dataset->action_headers[ACTION_STATUS].len;
        if (is_usual || with[rag].count) /* not every council has it; some plans have no statuses */
            add_count_row(counting, ROW_BODY, TEXT_EMPTY, &with[rag])->cells[0] = cell_rag(rag);
    }
    add_count_row(counting, ROW_TOTAL, TEXT("All"), &all);
}

/* ---- the table ---- */

static void read_cuts(struct counting *counting, const struct ini_section *section)
{
    struct text given = assembly_value(counting->assembly, section, "split at");
    struct text_pieces pieces = text_split(given, ',');
    counting->cuts[CUT_SEMICOLON] = counting->cuts[CUT_LINE] = !given.len;
    for (struct text piece; given.len && text_next(&pieces, &piece);) {
        size_t cut =
            assembly_choose(counting->assembly, section, "split at", piece, cut_words, CUTS + 1);
        if (cut < CUTS)
            counting->cuts[cut] = true;
    }
}

/* `split at` is about owners, teams and partners where one is counted by, else about any field. */
static bool is_about_all(const struct counting *counting, const struct ini_section *section)
{
    bool of_people = false;
    for (size_t i = 0; i < counting->by.count; i++)
        of_people = of_people || names_people(counting->by.items[i]);
    return !of_people && assembly_value(counting->assembly, section, "split at").len > 0;
}

static void read_sort(struct counting *counting, const struct ini_section *section)
{
    static const char *const orders[] = {"source", "value"};
    if (ini_entry(section, "sort"))
        counting->is_sorted = assembly_choose(counting->assembly, section, "sort",
                                              ini_value(section, "sort"), orders, 2) == 1;
}

static bool read_by(struct counting *counting, const struct ini_section *section)
{
    struct assembly *assembly = counting->assembly;
    counting->by = rows_fields(assembly, section, "count by", counting->dataset);
    const struct row_fields *by = &counting->by;
    bool has_status =
        by->count == 2 && (by->items[0] == ACTION_STATUS || by->items[1] == ACTION_STATUS ||
                           by->items[0] == by->items[1]);
    if (by->count > 2 || has_status)
        diag(assembly->diags, DIAG_BAD_VALUE, ini_entry(section, "count by")->value_place,
             "'count by' takes one field, or two that are not status: statuses stand across");
    return by->count && by->count <= 2 && !has_status;
}

static void make_columns(struct counting *counting, bool by_status)
{
    const struct dataset *dataset = counting->dataset;
    size_t statuses = 0, c = 0;
    for (size_t i = 0; i < dataset->action_count && !by_status; i++)
        counting->occurs[dataset->actions[i].rag] = dataset->action_headers[ACTION_STATUS].len > 0;
    for (int rag = 0; rag < RAGS; rag++)
        statuses += counting->occurs[rag];
    struct table *table = table_new(counting->assembly->arena, counting->table->name,
                                    statuses + 2 + counting->with_overdue);
    table->columns[c].header = rows_header(dataset, counting->by.items[counting->by.count - 1]);
    table->columns[c++].is_row_header = true;
    for (size_t i = 0; i < RAGS; i++)
        if (counting->occurs[rag_in_order(i)])
            number_column(table, c++, text_from(rag_word(rag_in_order(i))));
    number_column(table, c++, by_status || !statuses ? TEXT("Number") : TEXT("All"));
    if (counting->with_overdue)
        number_column(table, c, TEXT("Overdue"));
    if (counting->by.count == 2)
        table->group_header = rows_header(dataset, counting->by.items[0]);
    *counting->table = *table;
}

/* Rows that count an action more than once add up to more than the total: readers are told. */
static void note_several(struct counting *counting)
{
    struct assembly *assembly = counting->assembly;
    for (size_t f = 0; f < counting->by.count; f++) {
        enum action_field field = counting->by.items[f];
        size_t several = 0;
        for (size_t i = 0; i < counting->dataset->action_count; i++)
            several += values_of(counting, &counting->dataset->actions[i], field).count > 1;
        if (several)
            texts_add(assembly->arena, &counting->table->notes,
                      text_format(assembly->arena,
                                  "%zu of %zu actions %s several in “%.*s”: each is counted once "
                                  "for each of them, and once in “All”, so the rows add up to more "
                                  "than that.",
                                  several, counting->dataset->action_count,
                                  several == 1 ? "names" : "name",
                                  TEXT_ARG(rows_header(counting->dataset, field))));
    }
}

struct table *count_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    struct counting counting = {.assembly = assembly,
                                .dataset = dataset,
                                .table = table_new(assembly->arena, section->name, 0),
                                .with_overdue =
                                    ini_bool(assembly->diags, section, "overdue", false)};
    read_cuts(&counting, section);
    read_sort(&counting, section);
    if (!read_by(&counting, section))
        return NULL;
    counting.cuts_all = is_about_all(&counting, section);
    bool by_status = counting.by.items[0] == ACTION_STATUS;
    make_columns(&counting, by_status);
    if (by_status)
        add_status_rows(&counting);
    else
        add_rows(&counting);
    table_finish(assembly, counting.table, section, dataset);
    note_several(&counting);
    return counting.table;
}
