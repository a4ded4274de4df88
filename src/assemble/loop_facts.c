/* loop_facts - {{priority}}, {{priority.owner}} and {{priority.overdue.count}} of the turns of
 * loops. */
#include "assemble/loop_int.h"

struct text loop_nearest(struct arena *arena, const struct texts *names, struct text name)
{
    struct text nearest = texts_nearest(names, name);
    return nearest.len ? text_format(arena, "; did you mean '%.*s'?", TEXT_ARG(nearest))
                       : text_format(arena, ": expected one of %.*s",
                                     TEXT_ARG(texts_join(arena, names, TEXT(", "))));
}

void loop_add_fields(struct arena *arena, const struct dataset *dataset, struct texts *names)
{
    for (size_t f = 0; f < dataset_action_fields(dataset); f++) {
        struct text header = dataset_action_header(dataset, (enum action_field)f);
        if (header.len)
            texts_add(arena, names,
                      f < ACTION_FIELDS ? text_from(action_field_slug((enum action_field)f))
                                        : text_slug(arena, header));
    }
}

void loop_add_names(const struct assembly *assembly, struct texts *names)
{
    for (const struct scope *scope = assembly->scope; scope; scope = scope->outer) {
        struct texts own = {0};
        struct text name = scope->loop->name;
        texts_add(assembly->arena, names, name);
        texts_add(assembly->arena, &own, TEXT("count"));
        if (!scope->loop->whole->comparison) {
            loop_add_fields(assembly->arena, scope->loop->whole->dataset, &own);
            texts_add(assembly->arena, &own, TEXT("overdue.count"));
            for (int rag = 0; rag < RAGS; rag++)
                texts_add(assembly->arena, &own,
                          text_format(assembly->arena, "%s.count", rag_slug((enum rag)rag)));
        }
        for (size_t i = 0; i < own.count; i++)
            texts_add(
                assembly->arena, names,
                text_format(assembly->arena, "%.*s.%.*s", TEXT_ARG(name), TEXT_ARG(own.items[i])));
    }
}

/* "overdue.count" of the rows; false when `what` is no count. */
static bool count_rows(const struct assembly *assembly, const struct dataset *rows,
                       struct text what, size_t *count)
{
    struct actions_counted counted = {
        .dataset = rows, .which = ACTIONS_ALL, .as_at = assembly->input->as_at};
    bool is_count = text_is(what, "count") || text_is(what, "overdue.count");
    *count = rows->measure_count;
    if (rows->measure_count)
        return text_is(what, "count");
    if (text_is(what, "overdue.count"))
        counted.which = ACTIONS_OVERDUE;
    for (int rag = 0; rag < RAGS && !is_count; rag++)
        if (text_equal(what, text_format(assembly->arena, "%s.count", rag_slug((enum rag)rag)))) {
            is_count = true;
            counted.which = ACTIONS_STATUS;
            counted.rag = (enum rag)rag;
        }
    for (size_t i = 0; i < rows->action_count; i++)
        *count += action_is_counted(&counted, &rows->actions[i]);
    return is_count;
}

static struct rich cell_of(struct arena *arena, const struct action *action,
                           enum action_field field)
{
    if (field == ACTION_STATUS)
        return (struct rich){.plain = action->rag == RAG_NONE ? TEXT_EMPTY
                                                              : text_from(rag_word(action->rag))};
    if (field == ACTION_DUE)
        return (struct rich){.plain = action_due_shown(arena, action)};
    return action_text(action, field);
}

/* The cell in which all rows agree that have one, else NULL; *other is a row that does not. */
static const struct action *agreed_row(struct arena *arena, const struct dataset *rows,
                                       enum action_field field, const struct action **other)
{
    const struct action *first = NULL;
    *other = NULL;
    for (size_t i = 0; i < rows->action_count && !*other; i++) {
        struct text value = cell_of(arena, &rows->actions[i], field).plain;
        if (value.len && !first)
            first = &rows->actions[i];
        else if (value.len && !slice_is_same(value, cell_of(arena, first, field).plain))
            *other = &rows->actions[i];
    }
    return first;
}

static struct text disagreement(struct arena *arena, const struct action *a, const struct action *b,
                                enum action_field field)
{
    return text_format(arena, ": its rows do not agree, as in %.*s and %.*s; show it in a table",
                       TEXT_ARG(place_text(arena, action_place(a, field))),
                       TEXT_ARG(place_text(arena, action_place(b, field))));
}

struct scope *loop_named(const struct assembly *assembly, struct text name, struct text *what)
{
    for (struct scope *scope = assembly->scope; scope; scope = scope->outer) {
        struct text own = scope->loop->name;
        if (!text_starts(name, own) || (name.len > own.len && name.ptr[own.len] != '.'))
            continue;
        *what = text_slice(name, name.len > own.len ? own.len + 1 : own.len, name.len);
        return scope;
    }
    return NULL;
}

/* Another field of the rows; false when they have none of that name. */
static bool read_field(struct arena *arena, const struct dataset *rows, struct text what,
                       struct loop_fact *fact, struct text *advice)
{
    enum action_field field;
    const struct action *other;
    if (rows->measure_count || !dataset_action_field(rows, what, &field))
        return false;
    const struct action *row = agreed_row(arena, rows, field, &other);
    if (other)
        *advice = disagreement(arena, row, other, field);
    else if (row)
        fact->cell = cell_of(arena, row, field);
    fact->is_known = !other;
    fact->is_there = row != NULL;
    return true;
}

struct loop_fact loop_fact(struct assembly *assembly, struct text name, struct text *advice)
{
    struct text what;
    struct scope *scope = loop_named(assembly, name, &what);
    struct loop_fact fact = {.is_of_loop = scope != NULL, .cell = {.plain = TEXT_EMPTY}};
    size_t count = 0;
    if (!scope)
        return fact;
    const struct dataset *rows = loop_source_in(assembly, scope, scope->loop->whole)->dataset;
    fact.is_known = fact.has_name = true;
    if (!what.len || text_same_name(what, scope->loop->name)) {
        fact.cell.plain = scope->value;
        fact.is_there = true;
    } else if (count_rows(assembly, rows, what, &count)) {
        fact.is_count = true;
        fact.value = (struct value){.present = true, .number = decimal_from((int64_t)count)};
        fact.is_there = count > 0;
    } else if (!read_field(assembly->arena, rows, what, &fact, advice)) {
        struct texts names = {0};
        fact.is_known = fact.has_name = false;
        loop_add_names(assembly, &names);
        *advice = loop_nearest(assembly->arena, &names, name);
    }
    return fact;
}
