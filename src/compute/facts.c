#include "compute/facts.h"

static const char *const before_names[BASELINES_MAX] = {"previous", "reference", "third"};
static const char *const change_names[BASELINES_MAX] = {"change", "reference-change",
                                                        "third-change"};

static struct fact *add(struct facts *facts, struct text name, enum fact_kind kind,
                        struct place place)
{
    facts->items = arena_grow(facts->arena, facts->items, facts->count, &facts->capacity,
                              sizeof *facts->items);
    struct fact *fact = &facts->items[facts->count++];
    *fact = (struct fact){.name = name, .kind = kind, .text = TEXT_EMPTY, .place = place};
    return fact;
}

void facts_add_text(struct facts *facts, struct text name, struct text text, struct place place)
{
    add(facts, name, FACT_TEXT, place)->text = text;
}

static void add_value(struct facts *facts, struct text name, struct value value,
                      const struct compared *row)
{
    struct fact *fact = add(facts, name, FACT_VALUE, row->place);
    fact->value = value;
    fact->places = row->places;
    fact->unit = row->kind;
}

void facts_add_count(struct facts *facts, struct text name, size_t count, struct place place)
{
    struct fact *fact = add(facts, name, FACT_VALUE, place);
    fact->value = (struct value){.present = true, .number = decimal_from((int64_t)count)};
}

static void add_row(struct facts *facts, struct text name, const struct comparison *comparison,
                    const struct compared *row)
{
    struct arena *arena = facts->arena;
    struct fact *whole = add(facts, name, FACT_ROW, row->place);
    whole->comparison = comparison;
    whole->row = row;
    add_value(facts, text_concat(arena, name, TEXT(".now")), row->now, row);
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        add_value(facts, text_format(arena, "%.*s.%s", TEXT_ARG(name), before_names[b]),
                  row->before[b], row);
        struct fact *change =
            add(facts, text_format(arena, "%.*s.%s", TEXT_ARG(name), change_names[b]), FACT_CHANGE,
                row->place);
        change->comparison = comparison;
        change->row = row;
        change->baseline = b;
    }
}

void facts_add_comparison(struct facts *facts, struct text prefix,
                          const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        struct text name =
            text_format(facts->arena, "%.*s.%.*s", TEXT_ARG(prefix), TEXT_ARG(row->slug));
        add_row(facts, name, comparison, row);
    }
}

void facts_add_actions(struct facts *facts, struct text prefix, const struct dataset *dataset,
                       struct date as_at)
{
    size_t counts[RAGS] = {0}, overdue = 0;
    for (size_t i = 0; i < dataset->action_count; i++) {
        counts[dataset->actions[i].rag]++;
        overdue += action_is_overdue(&dataset->actions[i], as_at);
    }
    facts_add_count(facts, text_concat(facts->arena, prefix, TEXT(".count")), dataset->action_count,
                    dataset->place);
    for (int rag = 0; rag < RAGS; rag++)
        facts_add_count(
            facts,
            text_format(facts->arena, "%.*s.%s.count", TEXT_ARG(prefix), rag_slug((enum rag)rag)),
            counts[rag], dataset->place);
    facts_add_count(facts, text_concat(facts->arena, prefix, TEXT(".overdue.count")), overdue,
                    dataset->place);
}

const struct fact *facts_find(const struct facts *facts, struct text name)
{
    for (size_t i = 0; i < facts->count; i++)
        if (text_equal(facts->items[i].name, name))
            return &facts->items[i];
    return NULL;
}

struct text facts_nearest(const struct facts *facts, struct text name)
{
    struct texts names = {0};
    for (size_t i = 0; i < facts->count; i++)
        texts_add(facts->arena, &names, facts->items[i].name);
    return texts_nearest(&names, name);
}

struct text value_display(struct arena *arena, struct value value, unsigned places,
                          enum measure_kind kind)
{
    struct text markers = markers_display(arena, value.markers);
    if (!value.present)
        return markers.len ? markers : TEXT("[x]");
    struct text number = decimal_display(arena, value.number, places, DECIMAL_GROUPS);
    bool negative = decimal_sign(value.number) < 0;
    if (kind == KIND_MONEY) /* the sign stands before the currency */
        number = text_format(arena, "%s£%.*s", negative ? "\xE2\x88\x92" : "",
                             TEXT_ARG(negative ? text_slice(number, 3, number.len) : number));
    if (kind == KIND_PERCENT)
        number = text_concat(arena, number, TEXT("%"));
    return markers.len ? text_format(arena, "%.*s %.*s", TEXT_ARG(number), TEXT_ARG(markers))
                       : number;
}

/* "+675 (+15.6%)", or what there is of it. */
static struct text change_both(struct arena *arena, const struct change *change)
{
    bool is_zero = change->has_absolute && decimal_sign(change->absolute) == 0;
    if (!change->has_percent || is_zero) /* never "no change (no change)" */
        return change->absolute_display;
    return text_format(arena, "%.*s (%.*s)", TEXT_ARG(change->absolute_display),
                       TEXT_ARG(change->percent_display));
}

/* What is said in a sentence of a figure that is not there: a bare "[x]" cannot be read aloud. */
static const char *absence_words(struct value value)
{
    const unsigned reasons = MARKER_CONFIDENTIAL | MARKER_NONE_IN_SURVEY | MARKER_NOT_APPLICABLE;
    for (int m = 0; m < MARKERS; m++)
        if (value.markers & reasons & 1u << m)
            return marker_meaning(m);
    return "not available";
}

/* ", compared with 4,330 in 2020/21 (+675, +15.6%)" */
static void add_baseline_words(struct buffer *out, const struct fact *fact, size_t b, bool is_first)
{
    struct arena *arena = out->arena;
    const struct compared *row = fact->row;
    const struct change *change = &row->changes[b];
    struct text before = value_display(arena, row->before[b], row->places, row->kind);
    struct text label = period_display(arena, fact->comparison->baselines.items[b].period);
    buffer_format(out, "%s%.*s in %.*s", is_first ? ", compared with " : " and ", TEXT_ARG(before),
                  TEXT_ARG(label));
    if (!change->has_absolute)
        return;
    if (change->has_percent && decimal_sign(change->absolute) != 0)
        buffer_format(out, " (%.*s, %.*s)", TEXT_ARG(change->absolute_display),
                      TEXT_ARG(change->percent_display));
    else
        buffer_format(out, " (%.*s)", TEXT_ARG(change->absolute_display));
}

static struct text row_sentence(struct arena *arena, const struct fact *fact)
{
    const struct compared *row = fact->row;
    struct buffer out = {.arena = arena};
    struct text now = value_display(arena, row->now, row->places, row->kind);
    if (!row->now.present)
        now = text_from(absence_words(row->now));
    buffer_format(&out, "%.*s in %.*s", TEXT_ARG(now),
                  TEXT_ARG(period_display(arena, fact->comparison->period)));
    bool is_first = true;
    for (size_t b = 0; b < fact->comparison->baselines.count; b++)
        if (row->before[b].present) {
            add_baseline_words(&out, fact, b, is_first);
            is_first = false;
        }
    for (size_t b = 0; b < fact->comparison->baselines.count; b++)
        if (!row->before[b].present)
            buffer_format(
                &out, "; %s in %.*s", absence_words(row->before[b]),
                TEXT_ARG(period_display(arena, fact->comparison->baselines.items[b].period)));
    return buffer_text(&out);
}

static bool change_format(struct arena *arena, const struct change *change, struct text format,
                          struct text *out)
{
    if (format.len == 0)
        *out = change_both(arena, change);
    else if (text_is(format, "number"))
        *out = change->absolute_display;
    else if (text_is(format, "percent"))
        *out = change->percent_display;
    else {
        *out = TEXT("number, percent");
        return false;
    }
    return true;
}

bool fact_display(struct arena *arena, const struct fact *fact, struct text format,
                  struct text *out)
{
    switch (fact->kind) {
    case FACT_TEXT:
        *out = format.len ? TEXT_EMPTY : fact->text;
        return format.len == 0;
    case FACT_VALUE:
        *out = value_display(arena, fact->value, fact->places, fact->unit);
        if (format.len == 0 || text_is(format, "number"))
            return true;
        *out = TEXT("number");
        return false;
    case FACT_CHANGE:
        return change_format(arena, &fact->row->changes[fact->baseline], format, out);
    case FACT_ROW:
        *out = text_is(format, "sentence")
                   ? row_sentence(arena, fact)
                   : value_display(arena, fact->row->now, fact->row->places, fact->row->kind);
        if (format.len == 0 || text_is(format, "sentence"))
            return true;
        *out = TEXT("sentence");
        return false;
    }
    return false;
}

struct text facts_dump(struct arena *arena, const struct facts *facts)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->items[i];
        struct text shown = TEXT_EMPTY;
        fact_display(arena, fact, fact->kind == FACT_ROW ? TEXT("sentence") : TEXT_EMPTY, &shown);
        buffer_format(&out, "%.*s = %.*s\n", TEXT_ARG(fact->name), TEXT_ARG(shown));
    }
    return buffer_text(&out);
}
