/*
 * loop - {{if …}} and {{each FIELD of SOURCE}} of the narrative. A turn of a loop is a scope: its
 * source stands for the rows of one value, as a slice of it, and {{FIELD}} for the value.
 */
#include "assemble/assemble_int.h"

#include "compute/months.h"
#include "data/slice.h"

enum { TURNS_CAP = 500, PART_CAP = 40 };

/* A loop that is open: its values are known, and the slice of each is made when it is asked for. */
struct loop {
    struct loop *outer;
    struct text name; /* "priority" */
    const struct report_source *whole;
    enum action_field field;
    enum slice_field figures_field;
    struct texts values;
    struct scope *before; /* the scope around it */
};

struct scope {
    struct scope *outer;
    const struct loop *loop;
    struct text value; /* on one line */
    struct text exact; /* as the source has it */
    size_t number;
    struct report_source source; /* once its dataset is known */
};

/* ---- the rows of a turn ---- */

static void slice_figures(struct assembly *assembly, struct scope *scope,
                          const struct report_source *around)
{
    const struct report_input *input = assembly->input;
    const struct texts beside = {0};
    const struct comparison *whole = around->comparison;
    struct dataset *slice = slice_make(assembly->arena, around->dataset, scope->loop->figures_field,
                                       scope->exact, &beside);
    for (size_t m = 0; m < slice->measure_count && scope->loop->figures_field == SLICE_THEME; m++)
        slice->measures[m].group = TEXT_EMPTY; /* all the same: no bands in its tables */
    struct comparison *comparison = comparison_make(assembly->arena, slice, whole->where,
                                                    whole->period, &whole->baselines, TEXT_EMPTY);
    comparison->doubts = months_doubts(assembly->arena, slice, whole->where, input->as_at);
    for (size_t i = 0; i < whole->comparator_count; i++)
        comparison_add_comparator(comparison,
                                  comparison_make(assembly->arena, slice,
                                                  whole->comparators[i].comparison->where,
                                                  whole->period, &whole->baselines, TEXT_EMPTY),
                                  whole->comparators[i].is_beside);
    scope->source.comparison = comparison;
    scope->source.performances =
        performance_make(assembly->arena, slice, whole->where, whole->period, input->as_at, false);
    scope->source.dataset = slice;
}

static const struct report_source *source_in(struct assembly *assembly, struct scope *scope,
                                             const struct report_source *whole)
{
    while (scope && scope->loop->whole != whole)
        scope = scope->outer;
    if (!scope)
        return whole;
    if (scope->source.dataset)
        return &scope->source;
    const struct report_source *around = source_in(assembly, scope->outer, whole);
    if (around->comparison)
        slice_figures(assembly, scope, around);
    else
        scope->source.dataset =
            slice_make_actions(assembly->arena, around->dataset, scope->loop->field, scope->exact);
    return &scope->source;
}

const struct report_source *loop_source(struct assembly *assembly,
                                        const struct report_source *whole)
{
    return source_in(assembly, assembly->scope, whole);
}

/* ---- what a turn is called ---- */

/* White space as one blank: a value stands in headings and captions. */
struct text text_on_one_line(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    bool was_space = false;
    t = text_trim(t);
    for (size_t i = 0; i < t.len; i++) {
        bool is_space = t.ptr[i] == ' ' || (t.ptr[i] >= '\t' && t.ptr[i] <= '\r');
        if (!is_space || !was_space)
            buffer_add_byte(&out, is_space ? ' ' : t.ptr[i]);
        was_space = is_space;
    }
    return buffer_text(&out);
}

struct text loop_caption(struct assembly *assembly, struct text caption)
{
    const struct scope *scope = assembly->scope;
    if (!scope)
        return caption;
    assembly->scope = scope->outer;
    caption = loop_caption(assembly, caption);
    assembly->scope = (struct scope *)scope;
    return text_contains(caption, scope->value)
               ? caption
               : text_format(assembly->arena, "%.*s: %.*s", TEXT_ARG(caption),
                             TEXT_ARG(scope->value));
}

/* "quality-homes-for-all", with no half word at its end unless it is the only one. */
static struct text short_slug(struct arena *arena, struct text value)
{
    struct text slug = text_slug(arena, value);
    size_t end = PART_CAP;
    if (slug.len <= PART_CAP)
        return slug;
    while (end && slug.ptr[end] != '-')
        end--;
    return text_slice(slug, 0, end ? end : PART_CAP);
}

static bool is_name_taken(const struct assembly *assembly, struct text name)
{
    const struct ini *ini = &assembly->input->template->ini;
    for (size_t i = 0; i < ini->count; i++)
        if (text_same_name(ini->sections[i].name, name))
            return true;
    return texts_find(&assembly->made, name) < assembly->made.count;
}

struct text loop_name(struct assembly *assembly, struct text section)
{
    if (!assembly->scope)
        return section;
    struct texts parts = {0};
    for (const struct scope *scope = assembly->scope; scope; scope = scope->outer)
        texts_add(assembly->arena, &parts, short_slug(assembly->arena, scope->value));
    struct buffer out = {.arena = assembly->arena};
    buffer_add(&out, section);
    for (size_t i = parts.count; i-- > 0;)
        buffer_format(&out, "-%.*s", TEXT_ARG(parts.items[i]));
    struct text first = text_copy(assembly->arena, buffer_text(&out)), name = first;
    for (unsigned n = 2; is_name_taken(assembly, name); n++)
        name = text_format(assembly->arena, "%.*s-%u", TEXT_ARG(first), n);
    texts_add(assembly->arena, &assembly->made, name);
    return name;
}

struct text loop_placed(struct assembly *assembly, struct text title)
{
    return assembly->scope ? text_format(assembly->arena, "%.*s in %zu", TEXT_ARG(title),
                                         assembly->scope->number)
                           : title;
}

void loop_enter(struct assembly *assembly, size_t number)
{
    assembly->scope = number ? assembly->scopes[number - 1] : NULL;
}

/* ---- facts of a turn ---- */

/* The rest of a message: the nearest of the names, or all of them. */
static struct text nearest_of(struct arena *arena, const struct texts *names, struct text name)
{
    struct text nearest = texts_nearest(names, name);
    return nearest.len ? text_format(arena, "; did you mean '%.*s'?", TEXT_ARG(nearest))
                       : text_format(arena, ": expected one of %.*s",
                                     TEXT_ARG(texts_join(arena, names, TEXT(", "))));
}

static void add_fields(struct arena *arena, const struct dataset *dataset, struct texts *names)
{
    for (int f = 0; f < ACTION_FIELDS; f++)
        if (dataset->action_headers[f].len)
            texts_add(arena, names, text_from(action_field_slug((enum action_field)f)));
}

void loop_add_names(const struct assembly *assembly, struct texts *names)
{
    for (const struct scope *scope = assembly->scope; scope; scope = scope->outer) {
        struct texts own = {0};
        struct text name = scope->loop->name;
        texts_add(assembly->arena, names, name);
        texts_add(assembly->arena, &own, TEXT("count"));
        if (!scope->loop->whole->comparison) {
            add_fields(assembly->arena, scope->loop->whole->dataset, &own);
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
        return (struct rich){.plain = text_from(rag_word(action->rag))};
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

/* The turn that a name belongs to, and what is asked of it: "" or "overdue.count"; NULL: none. */
static struct scope *scope_named(const struct assembly *assembly, struct text name,
                                 struct text *what)
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

struct loop_fact loop_fact(struct assembly *assembly, struct text name, struct text *advice)
{
    struct text what;
    struct scope *scope = scope_named(assembly, name, &what);
    struct loop_fact fact = {.is_of_loop = scope != NULL, .cell = {.plain = TEXT_EMPTY}};
    enum action_field field;
    const struct action *row, *other;
    size_t count;
    if (!scope)
        return fact;
    const struct dataset *rows = source_in(assembly, scope, scope->loop->whole)->dataset;
    fact.is_known = true;
    if (!what.len || text_same_name(what, scope->loop->name)) {
        fact.cell.plain = scope->value;
    } else if (count_rows(assembly, rows, what, &count)) {
        fact.is_count = true;
        fact.value = (struct value){.present = true, .number = decimal_from((int64_t)count)};
    } else if (!rows->measure_count && dataset_action_field(rows, what, &field)) {
        row = agreed_row(assembly->arena, rows, field, &other);
        fact.is_known = !other;
        if (other)
            *advice = disagreement(assembly->arena, row, other, field);
        else if (row)
            fact.cell = cell_of(assembly->arena, row, field);
        fact.is_there = row != NULL;
    } else {
        struct texts names = {0};
        fact.is_known = false;
        loop_add_names(assembly, &names);
        *advice = nearest_of(assembly->arena, &names, name);
        return fact;
    }
    fact.is_there = fact.is_there || (fact.is_count ? count > 0 : fact.cell.plain.len > 0);
    fact.has_name = true;
    return fact;
}

/* ---- what the narrative asks ---- */

static const struct report_source *find_source(const struct assembly *assembly, struct text name,
                                               struct texts *names)
{
    for (size_t i = 0; i < assembly->input->source_count; i++) {
        const struct report_source *source = &assembly->input->sources[i];
        if (text_same_name(source->dataset->name, name))
            return source;
        texts_add(assembly->arena, names, source->dataset->name);
    }
    return NULL;
}

/* A source that was refused is there: that the report is not made is told with the cause. */
static bool holds_source(struct assembly *assembly, struct text name)
{
    struct texts names = {0};
    const struct report_source *source = find_source(assembly, name, &names);
    const struct report_slice *slice = assembly->input->slice;
    if (slice) { /* has the parts that the whole report has */
        struct text prefix = text_concat(assembly->arena, name, TEXT("."));
        for (size_t i = 0; i < slice->whole->count; i++)
            if (text_starts(slice->whole->items[i].name, prefix))
                return true;
        return false;
    }
    if (!source)
        return false;
    assembly->is_lost = assembly->is_lost || dataset_is_lost(source->dataset);
    return dataset_is_lost(source->dataset) || source->dataset->action_count ||
           source->dataset->figure_count;
}

static bool loop_holds(void *context, struct diags *diags, struct text name, struct place place)
{
    struct assembly *assembly = context;
    struct text advice = TEXT_EMPTY;
    if (text_starts(name, TEXT("source ")))
        return holds_source(assembly, text_trim(text_slice(name, sizeof "source " - 1, name.len)));
    const struct loop_fact own = loop_fact(assembly, name, &advice);
    if (own.is_of_loop && own.has_name)
        return own.is_there;
    enum holding holding = own.is_of_loop ? HOLDS_UNKNOWN : assembly_holds(assembly, name, &advice);
    if (holding == HOLDS_UNKNOWN)
        diag(diags, DIAG_UNKNOWN_FACT, place, "there is no fact '%.*s'%.*s",
             TEXT_ARG(text_quote(assembly->arena, name)), TEXT_ARG(advice));
    else if (holding == HOLDS_MISSING)
        diag(diags, DIAG_NOTE, place,
             "there is no fact '%.*s' here, so the condition is not met%.*s",
             TEXT_ARG(text_quote(assembly->arena, name)), TEXT_ARG(advice));
    return holding == HOLDS;
}

/* Its values; false, with a message, when the source has no such field. */
static bool read_values(struct assembly *assembly, struct diags *diags, struct loop *loop,
                        struct place place)
{
    const struct dataset *dataset = loop_source(assembly, loop->whole)->dataset;
    const struct texts beside = {0};
    struct texts fields = {0}, values = {0};
    bool is_group = text_is(loop->name, "group");
    if (!loop->whole->comparison && dataset_action_field(dataset, loop->name, &loop->field)) {
        slice_add_action_values(assembly->arena, dataset, loop->field, &loop->values);
        return true;
    }
    loop->figures_field = is_group ? SLICE_THEME : SLICE_OWNER;
    if (loop->whole->comparison && (is_group || text_is(loop->name, "owner")) &&
        slice_divides(dataset, loop->figures_field)) {
        slice_add_values(assembly->arena, dataset, loop->figures_field, &beside, &values);
        for (int last = 0; last < 2; last++) /* what has none comes last */
            for (size_t i = 0; i < values.count; i++)
                if (slice_is_same(values.items[i], SLICE_NOT_GIVEN) == last)
                    texts_add(assembly->arena, &loop->values, values.items[i]);
        return true;
    }
    if (loop->whole->comparison) {
        texts_add(assembly->arena, &fields, TEXT("group"));
        texts_add(assembly->arena, &fields, TEXT("owner"));
    } else {
        add_fields(assembly->arena, dataset, &fields);
    }
    bool is_field = texts_find(&fields, loop->name) < fields.count;
    diag(diags, DIAG_TEMPLATE, place, "source '%.*s' has no %.*s%.*s", TEXT_ARG(dataset->name),
         TEXT_ARG(text_quote(assembly->arena, loop->name)),
         TEXT_ARG(is_field ? TEXT(" of its measures: give them one in [measure NAME]")
                           : nearest_of(assembly->arena, &fields, loop->name)));
    return false;
}

/* NULL, with a message where it is a mistake, when nothing can be looped over. */
static const struct report_source *loop_over(struct assembly *assembly, struct diags *diags,
                                             struct text name, struct place place)
{
    struct texts names = {0};
    const struct report_source *source = find_source(assembly, name, &names);
    if (!source && !assembly->input->slice)
        diag(diags, DIAG_TEMPLATE, place, "the job has no source '%.*s'%.*s",
             TEXT_ARG(text_quote(assembly->arena, name)),
             TEXT_ARG(names.count ? nearest_of(assembly->arena, &names, name) : TEXT_EMPTY));
    if (source && dataset_is_lost(source->dataset)) {
        assembly->is_lost = true;
        return NULL;
    }
    return source;
}

static bool loop_open(void *context, struct diags *diags, struct text field, struct text source,
                      struct place place, size_t *turns)
{
    struct assembly *assembly = context;
    struct loop *loop = arena_alloc(assembly->arena, sizeof *loop);
    struct text what;
    *loop = (struct loop){.outer = assembly->loop,
                          .name = text_copy(assembly->arena, field),
                          .before = assembly->scope};
    *turns = 0;
    if (scope_named(assembly, field, &what)) {
        diag(diags, DIAG_TEMPLATE, place, "'%.*s' stands for a value of the loop around it already",
             TEXT_ARG(text_quote(assembly->arena, field)));
        return false;
    }
    loop->whole = loop_over(assembly, diags, source, place);
    if (!loop->whole || !read_values(assembly, diags, loop, place))
        return false;
    *turns = loop->values.count;
    if (loop->values.count > TURNS_CAP) {
        diag(diags, DIAG_CAP, place, "%.*s of '%.*s' has %zu values: expected at most %d",
             TEXT_ARG(field), TEXT_ARG(source), loop->values.count, TURNS_CAP);
        *turns = 0;
        return false;
    }
    assembly->loop = loop;
    return true;
}

static size_t loop_turn(void *context, size_t i)
{
    struct assembly *assembly = context;
    struct scope *scope = arena_alloc(assembly->arena, sizeof *scope);
    assembly->scopes = arena_grow(assembly->arena, assembly->scopes, assembly->scope_count,
                                  &assembly->scope_capacity, sizeof(struct scope *));
    *scope =
        (struct scope){.outer = assembly->loop->before,
                       .loop = assembly->loop,
                       .exact = assembly->loop->values.items[i],
                       .value = text_on_one_line(assembly->arena, assembly->loop->values.items[i]),
                       .number = assembly->scope_count + 1};
    assembly->scopes[assembly->scope_count++] = scope;
    assembly->scope = scope;
    return scope->number;
}

static void loop_close(void *context)
{
    struct assembly *assembly = context;
    assembly->scope = assembly->loop->before;
    assembly->loop = assembly->loop->outer;
}

static bool loop_cell(void *context, struct text name, struct rich *out)
{
    struct text advice;
    const struct loop_fact fact = loop_fact(context, name, &advice);
    if (!fact.is_known || fact.is_count || !fact.cell.plain.len)
        return false;
    *out = fact.cell;
    return true;
}

struct flow loop_flow(struct assembly *assembly)
{
    return (struct flow){loop_holds, loop_open, loop_turn, loop_close, loop_cell, assembly};
}
