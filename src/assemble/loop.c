/*
 * loop - {{if …}} and {{each FIELD of SOURCE}} of the narrative. A turn of a loop is a scope: its
 * source stands for the rows of one value, as a slice of it, and {{FIELD}} for the value.
 */
#include "assemble/loop_int.h"

#include "compute/months.h"

enum { TURNS_CAP = 500, PART_CAP = 40 };

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

const struct report_source *loop_source_in(struct assembly *assembly, struct scope *scope,
                                           const struct report_source *whole)
{
    while (scope && scope->loop->whole != whole)
        scope = scope->outer;
    if (!scope)
        return whole;
    if (scope->source.dataset)
        return &scope->source;
    const struct report_source *around = loop_source_in(assembly, scope->outer, whole);
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
    return loop_source_in(assembly, assembly->scope, whole);
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

/* A slice has the parts that the whole report has, also where nothing of the source is in it. */
static bool is_source_of_whole(const struct assembly *assembly, struct text name)
{
    const struct facts *facts = assembly->input->slice->whole;
    struct text prefix = text_concat(assembly->arena, name, TEXT("."));
    for (size_t i = 0; i < facts->count; i++)
        if (text_starts(facts->items[i].name, prefix))
            return true;
    return false;
}

/* A source that was refused is there: that the report is not made is told with the cause. */
static bool holds_source(struct assembly *assembly, struct diags *diags, struct text name,
                         struct place place)
{
    struct texts names = {0};
    const struct report_source *source = find_source(assembly, name, &names);
    if (assembly->input->slice)
        return is_source_of_whole(assembly, name);
    if (!source) {
        struct text nearest = texts_nearest(&names, name);
        diag(diags, DIAG_NOTE, place,
             "there is no source '%.*s' here, so the condition is not met%s%.*s%s",
             TEXT_ARG(text_quote(assembly->arena, name)), nearest.len ? "; there is '" : "",
             TEXT_ARG(nearest), nearest.len ? "'" : "");
        return false;
    }
    assembly->is_lost = assembly->is_lost || dataset_is_lost(source->dataset);
    return dataset_is_lost(source->dataset) || source->dataset->action_count ||
           source->dataset->figure_count;
}

static bool loop_holds(void *context, struct diags *diags, struct text name, struct place place)
{
    struct assembly *assembly = context;
    struct text advice = TEXT_EMPTY;
    if (text_starts(name, TEXT("source ")))
        return holds_source(assembly, diags,
                            text_trim(text_slice(name, sizeof "source " - 1, name.len)), place);
    if (text_is(name, "abbreviations"))
        return abbreviations_are_there(assembly);
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
        loop_add_fields(assembly->arena, dataset, &fields);
    }
    bool is_field = texts_find(&fields, loop->name) < fields.count;
    diag(diags, DIAG_TEMPLATE, place, "source '%.*s' has no %.*s%.*s", TEXT_ARG(dataset->name),
         TEXT_ARG(text_quote(assembly->arena, loop->name)),
         TEXT_ARG(is_field ? TEXT(" of its measures: give them one in [measure NAME]")
                           : loop_nearest(assembly->arena, &fields, loop->name)));
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
             TEXT_ARG(names.count ? loop_nearest(assembly->arena, &names, name) : TEXT_EMPTY));
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
    if (loop_named(assembly, field, &what)) {
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
