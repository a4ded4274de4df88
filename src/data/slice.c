#include "data/slice.h"

#include "base/map.h"

/* Which field of an action each is; ACTION_FIELDS: of none. */
static const struct {
    const char *word;
    enum action_field of_action;
} fields[SLICE_FIELDS] = {
    [SLICE_OWNER] = {"owner", ACTION_OWNER},
    [SLICE_TEAM] = {"team", ACTION_TEAM},
    [SLICE_PORTFOLIO] = {"portfolio", ACTION_PORTFOLIO},
    [SLICE_PRIORITY] = {"priority", ACTION_PRIORITY},
    [SLICE_THEME] = {"theme", ACTION_THEME},
    [SLICE_AREA] = {"area", ACTION_FIELDS},
    [SLICE_STATUS] = {"status", ACTION_STATUS},
};

const char *slice_field_word(enum slice_field field)
{
    return fields[field].word;
}

bool slice_field_read(struct text word, enum slice_field *out)
{
    for (int f = 0; f < SLICE_FIELDS; f++)
        if (text_same_name(word, text_from(fields[f].word))) {
            *out = (enum slice_field)f;
            return true;
        }
    return false;
}

static struct text or_not_given(struct text value)
{
    return value.len ? value : SLICE_NOT_GIVEN;
}

static struct text value_of_action(const struct action *action, enum action_field field)
{
    if (field == ACTION_STATUS)
        return text_from(rag_word(action->rag));
    return or_not_given(action_text(action, field).plain);
}

static struct text value_of_measure(const struct measure *measure, enum slice_field field)
{
    return or_not_given(field == SLICE_OWNER ? measure->owner.name : measure->group);
}

/* The next byte with ASCII letters small and white space as one blank; -1 at the end. */
static int next_folded(struct text *t)
{
    size_t space = 0;
    while (space < t->len &&
           (t->ptr[space] == ' ' || (t->ptr[space] >= '\t' && t->ptr[space] <= '\r')))
        space++;
    char c = space ? ' ' : char_at(*t, 0);
    bool is_end = space == t->len;
    *t = text_slice(*t, space ? space : 1, t->len);
    return is_end ? -1 : (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool slice_is_same(struct text a, struct text b)
{
    int x, y;
    do {
        x = next_folded(&a);
        y = next_folded(&b);
    } while (x == y && x >= 0);
    return x == y;
}

struct text slice_key(struct arena *arena, struct text value)
{
    struct buffer out = {.arena = arena};
    for (int c; (c = next_folded(&value)) >= 0;)
        buffer_add_byte(&out, (char)c);
    return buffer_text(&out);
}

static bool has_measures_of(const struct dataset *dataset, enum slice_field field)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (!text_equal(value_of_measure(&dataset->measures[m], field), SLICE_NOT_GIVEN))
            return true;
    return false;
}

bool slice_divides(const struct dataset *dataset, enum slice_field field)
{
    if (!dataset->measure_count)
        return field != SLICE_AREA && dataset->action_headers[fields[field].of_action].len;
    if (field == SLICE_AREA)
        return dataset->areas.count > 1 || (dataset->areas.count && dataset->areas.items[0].len);
    return (field == SLICE_OWNER || field == SLICE_THEME) && has_measures_of(dataset, field);
}

static bool is_in(const struct texts *list, struct text value)
{
    for (size_t i = 0; i < list->count; i++)
        if (slice_is_same(list->items[i], value))
            return true;
    return false;
}

/* A list of values, and where in it each stands. */
struct values {
    struct texts *list;
    struct map numbers;
};

static void add_value(struct values *values, struct text value)
{
    struct arena *arena = values->numbers.arena;
    struct text key = slice_key(arena, value);
    if (map_find(&values->numbers, key, SIZE_MAX) != SIZE_MAX)
        return;
    map_add(&values->numbers, key, values->list->count);
    texts_add(arena, values->list, value);
}

static struct values values_in(struct arena *arena, struct texts *list)
{
    struct values values = {list, {.arena = arena}};
    for (size_t i = 0; i < list->count; i++)
        map_add(&values.numbers, slice_key(arena, list->items[i]), i);
    return values;
}

void slice_add_values(struct arena *arena, const struct dataset *dataset, enum slice_field field,
                      const struct texts *beside, struct texts *values)
{
    struct values into = values_in(arena, values);
    for (size_t i = 0; i < dataset->action_count; i++)
        add_value(&into, value_of_action(&dataset->actions[i], fields[field].of_action));
    for (size_t m = 0; field != SLICE_AREA && m < dataset->measure_count; m++)
        add_value(&into, value_of_measure(&dataset->measures[m], field));
    for (size_t a = 0; field == SLICE_AREA && a < dataset->areas.count; a++)
        if (!is_in(beside, dataset->areas.items[a]))
            add_value(&into, or_not_given(dataset->areas.items[a]));
}

size_t slice_rows(const struct dataset *dataset, const struct texts *beside)
{
    size_t rows = dataset->action_count;
    for (size_t i = 0; i < dataset->figure_count; i++)
        rows += !is_in(beside, dataset->areas.items[dataset_figure_at(dataset, i).area]);
    return rows;
}

/* Numbers of the whole to those of the slice; SIZE_MAX: not in it. */
struct numbers {
    size_t *measures, *areas, *periods;
};

static void take_measures(struct dataset *out, const struct dataset *whole, enum slice_field field,
                          struct text value, struct numbers *numbers)
{
    for (size_t m = 0; m < whole->measure_count; m++) {
        const struct measure *measure = &whole->measures[m];
        numbers->measures[m] = SIZE_MAX;
        if (field != SLICE_AREA && !slice_is_same(value_of_measure(measure, field), value))
            continue;
        size_t number = dataset_measure(out, measure->name, measure->place);
        out->measures[number] = *measure;
        numbers->measures[m] = number;
    }
    for (size_t m = 0; m < out->measure_count; m++) {
        struct measure *measure = &out->measures[m];
        bool has_parent =
            measure->parent != SIZE_MAX && numbers->measures[measure->parent] != SIZE_MAX;
        measure->parent = has_parent ? numbers->measures[measure->parent] : SIZE_MAX;
        bool is_alone = measure->relation == RELATION_OF_WHICH
                            ? !has_parent
                            : measure->relation != RELATION_UNDECLARED;
        if (field != SLICE_AREA && is_alone)
            measure->relation = RELATION_NON_ADDITIVE;
    }
}

static void take_areas(struct dataset *out, const struct dataset *whole, enum slice_field field,
                       struct text value, const struct texts *beside, struct numbers *numbers)
{
    for (size_t a = 0; a < whole->areas.count; a++) {
        struct text area = whole->areas.items[a];
        bool is_taken =
            field != SLICE_AREA || slice_is_same(or_not_given(area), value) || is_in(beside, area);
        numbers->areas[a] = is_taken ? dataset_area(out, area) : SIZE_MAX;
    }
}

static void take_count(struct dataset *out, struct row_count count, const struct numbers *numbers,
                       size_t period)
{
    count.measure = (uint32_t)numbers->measures[count.measure];
    count.area = (uint32_t)numbers->areas[count.area];
    count.period = (uint32_t)period;
    if (count.shown) {
        struct figure *shown = arena_alloc(out->arena, sizeof *shown);
        *shown = *count.shown;
        shown->measure = count.measure;
        shown->area = count.area;
        shown->period = count.period;
        count.shown = shown;
    }
    dataset_count(out, count);
}

static void take_figures(struct dataset *out, const struct dataset *whole,
                         const struct numbers *numbers)
{
    for (size_t i = 0; i < whole->figure_count; i++) {
        struct figure figure = dataset_figure_at(whole, i);
        if (numbers->measures[figure.measure] == SIZE_MAX ||
            numbers->areas[figure.area] == SIZE_MAX)
            continue;
        size_t period = dataset_period(out, whole->periods[figure.period]);
        numbers->periods[figure.period] = period;
        if (whole->counts) {
            take_count(out, *dataset_count_at(whole, i), numbers, period);
            continue;
        }
        figure.measure = numbers->measures[figure.measure];
        figure.area = numbers->areas[figure.area];
        figure.period = period;
        dataset_add_figure(out, figure);
    }
}

static void take_stopped(struct dataset *out, const struct dataset *whole,
                         const struct numbers *numbers)
{
    for (size_t i = 0; i < whole->stopped_count; i++) {
        struct stopped stopped = whole->stopped[i];
        stopped.measure = numbers->measures[stopped.measure];
        stopped.area = numbers->areas[stopped.area];
        if (stopped.measure == SIZE_MAX || stopped.area == SIZE_MAX)
            continue;
        stopped.period = numbers->periods[stopped.period];
        out->stopped = arena_grow(out->arena, out->stopped, out->stopped_count,
                                  &out->stopped_capacity, sizeof stopped);
        out->stopped[out->stopped_count++] = stopped;
    }
}

/* The figures are marked already: what they were. That of all areas together is no slice's by area.
 */
static void take_revised(struct dataset *out, const struct dataset *whole, enum slice_field field,
                         const struct numbers *numbers)
{
    for (size_t i = 0; i < whole->revised_count; i++) {
        struct revised revised = whole->revised[i];
        bool is_of_all = revised.area == SIZE_MAX;
        revised.measure = numbers->measures[revised.measure];
        if (!is_of_all)
            revised.area = numbers->areas[revised.area];
        if (revised.measure != SIZE_MAX &&
            (is_of_all ? field != SLICE_AREA : revised.area != SIZE_MAX))
            dataset_revise(out, revised);
    }
}

/* What is said of the source as a whole, and names nothing in it. */
static struct dataset *new_slice(struct arena *arena, const struct dataset *whole)
{
    struct dataset *out = dataset_new(arena, whole->name);
    out->title = whole->title;
    out->source = whole->source;
    out->note = whole->note;
    out->place = whole->place;
    out->picks_periods = whole->picks_periods;
    out->counts_rows = whole->counts_rows;
    out->is_open_survey = whole->is_open_survey;
    out->period_given = whole->period_given;
    out->hiding = whole->hiding;
    out->last_event = whole->last_event;
    out->extracted = whole->extracted;
    out->settle_days = whole->settle_days;
    out->is_earlier = whole->is_earlier;
    out->incomplete = whole->incomplete;
    for (int f = 0; f < ACTION_FIELDS; f++)
        out->action_headers[f] = whole->action_headers[f];
    out->further_headers = whole->further_headers;
    return out;
}

void slice_add_action_values(struct arena *arena, const struct dataset *dataset,
                             enum action_field field, struct texts *values)
{
    struct values into = values_in(arena, values);
    struct text none = field == ACTION_STATUS ? text_from(rag_word(RAG_NONE)) : SLICE_NOT_GIVEN;
    bool has_none = false;
    for (size_t i = 0; i < dataset->action_count; i++) {
        struct text value = value_of_action(&dataset->actions[i], field);
        bool is_none = slice_is_same(value, none);
        has_none = has_none || is_none;
        if (!is_none)
            add_value(&into, value);
    }
    if (has_none)
        add_value(&into, none);
}

struct dataset *slice_make_actions(struct arena *arena, const struct dataset *dataset,
                                   enum action_field field, struct text value)
{
    struct dataset *out = new_slice(arena, dataset);
    for (size_t i = 0; i < dataset->action_count; i++)
        if (slice_is_same(value_of_action(&dataset->actions[i], field), value))
            dataset_add_action(out, dataset->actions[i]);
    return out;
}

struct dataset *slice_make(struct arena *arena, const struct dataset *dataset,
                           enum slice_field field, struct text value, const struct texts *beside)
{
    if (!dataset->measure_count)
        return slice_make_actions(arena, dataset, fields[field].of_action, value);
    struct dataset *out = new_slice(arena, dataset);
    struct numbers numbers = {
        .measures = arena_calloc(arena, dataset->measure_count, sizeof(size_t)),
        .areas = arena_calloc(arena, dataset->areas.count + 1, sizeof(size_t)),
        .periods = arena_calloc(arena, dataset->period_count + 1, sizeof(size_t))};
    out->whole = field == SLICE_AREA ? NULL : dataset;
    take_measures(out, dataset, field, value, &numbers);
    take_areas(out, dataset, field, value, beside, &numbers);
    take_figures(out, dataset, &numbers);
    take_stopped(out, dataset, &numbers);
    take_revised(out, dataset, field, &numbers);
    return out;
}
