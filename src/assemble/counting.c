/* counting - actions counted by one or two of their fields, with their statuses across. */
#include "assemble/actions_int.h"

#include "data/blank.h"
#include "data/slice.h"
#include "data/spelling_int.h"

/* At what a cell that names several is cut. */
enum cut { CUT_SEMICOLON, CUT_LINE, CUT_COMMA, CUT_SLASH, CUTS };
static const char *const cut_words[] = {"semicolon", "line", "comma", "slash", "none"};

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
    bool *counted;     /* for one row: which actions */
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

static bool has_value(const struct counting *counting, const struct action *action,
                      enum action_field field, struct text value)
{
    struct texts values = values_of(counting, action, field);
    return find_name(&values, value) < values.count;
}

/* All values of the field, of the actions that have `first` in the first one (empty: of all). */
static struct texts all_values(const struct counting *counting, enum action_field field,
                               struct text first)
{
    struct texts all = {0};
    for (size_t i = 0; i < counting->dataset->action_count; i++) {
        const struct action *action = &counting->dataset->actions[i];
        struct texts values = values_of(counting, action, field);
        if (first.len && !has_value(counting, action, counting->by.items[0], first))
            continue;
        for (size_t v = 0; v < values.count; v++)
            add_new(counting->assembly->arena, &all, values.items[v]);
    }
    return all;
}

/* ---- rows ---- */

/* The actions with the value of the last field, and of the first where there are two. */
static void choose(struct counting *counting, struct text first, struct text last)
{
    const struct row_fields *by = &counting->by;
    for (size_t i = 0; i < counting->dataset->action_count; i++) {
        const struct action *action = &counting->dataset->actions[i];
        counting->counted[i] =
            (!last.len || has_value(counting, action, by->items[by->count - 1], last)) &&
            (!first.len || has_value(counting, action, by->items[0], first));
    }
}

static struct row *add_count_row(struct counting *counting, enum row_kind kind, struct text label)
{
    struct assembly *assembly = counting->assembly;
    size_t counts[RAGS] = {0}, all = 0, overdue = 0, c = 0;
    struct date as_at = dataset_as_at(counting->dataset, assembly->input->as_at);
    for (size_t i = 0; i < counting->dataset->action_count; i++) {
        const struct action *action = &counting->dataset->actions[i];
        if (!counting->counted[i])
            continue;
        counts[action->rag]++;
        all++;
        overdue += action_is_overdue(action, as_at);
    }
    struct row *row = table_add_row(assembly->arena, counting->table, kind);
    row->cells[c++] = cell_text(label);
    for (size_t i = 0; i < RAGS; i++)
        if (counting->occurs[rag_in_order(i)])
            row->cells[c++] = actions_count_cell(assembly, counts[rag_in_order(i)]);
    row->cells[c++] = actions_count_cell(assembly, all);
    if (counting->with_overdue)
        row->cells[c] = actions_count_cell(assembly, overdue);
    return row;
}

static size_t chosen_count(struct counting *counting, struct text group, struct text value)
{
    size_t count = 0;
    choose(counting, group, value);
    for (size_t i = 0; i < counting->dataset->action_count; i++)
        count += counting->counted[i];
    return count;
}

/* Those with most actions first, equal ones in the order of the source. */
static void sort_values(struct counting *counting, struct text group, struct texts *values)
{
    struct arena *arena = counting->assembly->arena;
    size_t *counts = arena_calloc(arena, values->count + 1, sizeof *counts);
    for (size_t v = 0; v < values->count; v++) {
        struct text value = values->items[v];
        size_t count = chosen_count(counting, group, value), at = v;
        for (; at > 0 && counts[at - 1] < count; at--) {
            counts[at] = counts[at - 1];
            values->items[at] = values->items[at - 1];
        }
        counts[at] = count;
        values->items[at] = value;
    }
}

static void add_value_rows(struct counting *counting, struct text group)
{
    enum action_field field = counting->by.items[counting->by.count - 1];
    struct texts values = all_values(counting, field, group);
    struct arena *arena = counting->assembly->arena;
    if (counting->is_sorted)
        sort_values(counting, group, &values);
    for (size_t v = 0; v < values.count; v++) {
        choose(counting, group, values.items[v]);
        struct row *row = add_count_row(counting, ROW_BODY, blank_display(arena, values.items[v]));
        if (group.len)
            row->group = blank_display(arena, group);
    }
}

static void add_rows(struct counting *counting)
{
    if (counting->by.count == 1) {
        add_value_rows(counting, TEXT_EMPTY);
    } else {
        struct texts groups = all_values(counting, counting->by.items[0], TEXT_EMPTY);
        for (size_t g = 0; g < groups.count; g++)
            add_value_rows(counting, groups.items[g]);
    }
    choose(counting, TEXT_EMPTY, TEXT_EMPTY);
    struct row *total = add_count_row(counting, ROW_TOTAL, TEXT("All"));
    if (counting->by.count == 2)
        total->group = TEXT("All");
}

/* One row a status. */
static void add_status_rows(struct counting *counting)
{
    const struct dataset *dataset = counting->dataset;
    for (size_t i = 0; i < RAGS; i++) {
        enum rag rag = rag_in_order(i);
        size_t count = 0;
        for (size_t a = 0; a < dataset->action_count; a++) {
            counting->counted[a] = dataset->actions[a].rag == rag;
            count += counting->counted[a];
        }
        bool is_usual = rag != RAG_NOT_STARTED && dataset->action_headers[ACTION_STATUS].len;
        if (is_usual || count) /* not every council has it; some plans have no statuses at all */
            add_count_row(counting, ROW_BODY, TEXT_EMPTY)->cells[0] = cell_rag(rag);
    }
    choose(counting, TEXT_EMPTY, TEXT_EMPTY);
    add_count_row(counting, ROW_TOTAL, TEXT("All"));
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
    struct counting counting = {
        .assembly = assembly,
        .dataset = dataset,
        .table = table_new(assembly->arena, section->name, 0),
        .with_overdue = ini_bool(assembly->diags, section, "overdue", false),
        .counted = arena_calloc(assembly->arena, dataset->action_count + 1, sizeof(bool))};
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
