#include "compute/facts.h"

#include "compute/judgement.h"
#include "data/blank.h"
#include "data/slice.h"
#include "data/versions.h"

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

void facts_add_number(struct facts *facts, struct text name, struct value value,
                      enum measure_kind unit, struct place place)
{
    struct fact *fact = add(facts, name, FACT_VALUE, place);
    fact->value = value;
    fact->places = value.number.scale;
    fact->unit = unit;
}

/* Of a row in the period of baseline number `b`, or BASELINE_NOW. */
static void add_value(struct facts *facts, struct text name, const struct comparison *comparison,
                      const struct compared *row, size_t b)
{
    struct fact *fact = add(facts, name, FACT_VALUE, row->place);
    fact->comparison = comparison;
    fact->row = row;
    fact->baseline = b;
    fact->value = b == BASELINE_NOW ? row->now : row->before[b];
    fact->places = row->places;
    fact->unit = row->kind;
}

static void add_change(struct facts *facts, struct text name, const struct comparison *comparison,
                       const struct compared *row, size_t b)
{
    struct fact *change = add(facts, name, FACT_CHANGE, row->place);
    change->comparison = comparison;
    change->row = row;
    change->baseline = b;
}

/* NAME.comparator-now, .comparator-change, …; of a second one .comparator-2-now, … */
static void add_comparators(struct facts *facts, struct text name,
                            const struct comparison *comparison, const struct compared *row)
{
    for (size_t i = 0; i < comparison->comparator_count; i++) {
        const struct comparator *comparator = &comparison->comparators[i];
        const struct compared *other = comparator_row(comparator, row);
        struct text prefix = text_format(facts->arena, "%.*s.comparator%s-", TEXT_ARG(name),
                                         i ? text_format(facts->arena, "-%zu", i + 1).ptr : "");
        if (!other)
            continue;
        add_value(facts, text_concat(facts->arena, prefix, TEXT("now")), comparator->comparison,
                  other, BASELINE_NOW);
        for (size_t b = 0; b < comparison->baselines.count; b++)
            add_change(facts, text_concat(facts->arena, prefix, text_from(change_names[b])),
                       comparator->comparison, other, b);
    }
}

static void add_row(struct facts *facts, struct text name, const struct comparison *comparison,
                    const struct compared *row)
{
    struct arena *arena = facts->arena;
    struct fact *whole = add(facts, name, FACT_ROW, row->place);
    whole->comparison = comparison;
    whole->row = row;
    add_value(facts, text_concat(arena, name, TEXT(".now")), comparison, row, BASELINE_NOW);
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        add_value(facts, text_format(arena, "%.*s.%s", TEXT_ARG(name), before_names[b]), comparison,
                  row, b);
        add_change(facts, text_format(arena, "%.*s.%s", TEXT_ARG(name), change_names[b]),
                   comparison, row, b);
    }
    if (row->measure) {
        struct fact *trend =
            add(facts, text_concat(arena, name, TEXT(".trend")), FACT_TREND, row->place);
        trend->comparison = comparison;
        trend->row = row;
        trend->as_at = facts->as_at;
    }
    add_comparators(facts, name, comparison, row);
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

static void add_part(struct facts *facts, struct text prefix,
                     const struct performances *performances, const struct performance *performance,
                     enum performance_part part)
{
    const struct compared *row = performance->row;
    struct text name = text_format(facts->arena, "%.*s.%.*s.%s", TEXT_ARG(prefix),
                                   TEXT_ARG(row->slug), performance_part_name(part));
    struct fact *fact = add(facts, name, FACT_PERFORMANCE, row->place);
    fact->comparison = performances->comparison;
    fact->row = row;
    fact->performances = performances;
    fact->performance = performance;
    fact->part = part;
}

void facts_add_performance(struct facts *facts, struct text prefix,
                           const struct performances *performances)
{
    for (size_t i = 0; i < performances->count; i++) {
        const struct performance *performance = &performances->items[i];
        for (int part = 0; part < PERFORMANCE_PARTS; part++)
            if (part < PART_TO_DATE ? performance_has_target(performance)
                                    : performance_has_year(performance))
                add_part(facts, prefix, performances, performance, (enum performance_part)part);
    }
}

bool action_is_counted(const struct actions_counted *counted, const struct action *action)
{
    switch (counted->which) {
    case ACTIONS_STATUS:
        return action->rag == counted->rag;
    case ACTIONS_OVERDUE:
        return action_is_overdue(action, counted->as_at);
    case ACTIONS_LISTED:
        return counted->listed[action - counted->dataset->actions];
    default:
        return true;
    }
}

static void add_count(struct facts *facts, struct text name, struct actions_counted counted)
{
    const struct dataset *dataset = counted.dataset;
    size_t count = 0;
    for (size_t i = 0; i < dataset->action_count; i++)
        count += action_is_counted(&counted, &dataset->actions[i]);
    struct fact *fact = add(facts, name, FACT_VALUE, dataset->place);
    fact->value = (struct value){.present = true, .number = decimal_from((int64_t)count)};
    fact->actions = counted;
}

static void add_list(struct facts *facts, struct text name, const struct dataset *dataset,
                     const bool *listed, struct text list)
{
    add_count(facts, name,
              (struct actions_counted){
                  .dataset = dataset, .which = ACTIONS_LISTED, .listed = listed, .list = list});
}

static void add_blanks(struct facts *facts, struct text prefix, const struct dataset *dataset,
                       enum action_field field, enum blank blank, bool *has_gap)
{
    const char *slug = blank == BLANK_EMPTY ? "blank" : "placeholder";
    bool *listed = arena_calloc(facts->arena, dataset->action_count + 1, sizeof *listed);
    for (size_t i = 0; i < dataset->action_count; i++) {
        listed[i] = blank_of(&dataset->actions[i], field) == blank;
        has_gap[i] = has_gap[i] || (listed[i] && blank_is_expected(field));
    }
    add_list(facts,
             text_format(facts->arena, "%.*s.%s.%s.count", TEXT_ARG(prefix),
                         action_field_slug(field), slug),
             dataset, listed,
             text_format(facts->arena, "the actions with a %s in '%.*s'",
                         blank == BLANK_EMPTY ? "blank" : "placeholder",
                         TEXT_ARG(dataset->action_headers[field])));
}

/* How many themes, priorities or groups a plan has: its actions that are the first with theirs. */
static void add_values(struct facts *facts, struct text prefix, const struct dataset *dataset,
                       enum action_field field)
{
    bool *listed = arena_calloc(facts->arena, dataset->action_count + 1, sizeof *listed);
    struct map values = {.arena = facts->arena};
    for (size_t i = 0; i < dataset->action_count; i++) {
        struct text value = dataset->actions[i].field[field];
        struct text key = slice_key(facts->arena, value);
        listed[i] =
            map_find(&values, key, SIZE_MAX) == SIZE_MAX && blank_of_text(value) == BLANK_NOT;
        if (listed[i])
            map_add(&values, key, i);
    }
    add_list(facts,
             text_format(facts->arena, "%.*s.%s.values.count", TEXT_ARG(prefix),
                         action_field_slug(field)),
             dataset, listed,
             text_format(facts->arena, "the first actions with each value of '%.*s'",
                         TEXT_ARG(dataset->action_headers[field])));
}

/* A column in which no action says anything is one gap, which check tells; not one an action. */
static void add_gaps(struct facts *facts, struct text prefix, const struct dataset *dataset)
{
    bool *has_gap = arena_calloc(facts->arena, dataset->action_count + 1, sizeof *has_gap);
    for (int f = 0; f < ACTION_FIELDS; f++)
        if (blank_is_judged(dataset, (enum action_field)f)) {
            add_blanks(facts, prefix, dataset, (enum action_field)f, BLANK_EMPTY, has_gap);
            add_blanks(facts, prefix, dataset, (enum action_field)f, BLANK_PLACEHOLDER, has_gap);
        }
    static const enum action_field groups[] = {ACTION_THEME, ACTION_PRIORITY, ACTION_FOCUS};
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++)
        if (blank_is_judged(dataset, groups[g]))
            add_values(facts, prefix, dataset, groups[g]);
    add_list(facts, text_concat(facts->arena, prefix, TEXT(".gaps.count")), dataset, has_gap,
             TEXT("the actions that leave out what every action should say"));
}

/* A count of what the versions do not say is not 0, but not applicable. */
static void add_versions(struct facts *facts, struct text prefix, const struct versions *versions)
{
    for (int k = 0; k < VERSION_KINDS; k++) {
        enum version_kind kind = (enum version_kind)k;
        add_list(facts,
                 text_format(facts->arena, "%.*s.%s.count", TEXT_ARG(prefix), version_slug(kind)),
                 kind == VERSION_VANISHED ? versions->before : versions->now, versions->is_of[kind],
                 text_format(facts->arena, "the actions %s, against '%.*s'", version_words(kind),
                             TEXT_ARG(versions->before->name)));
        if (!versions_know(versions, kind))
            facts->items[facts->count - 1].value =
                (struct value){.present = false, .markers = MARKER_NOT_APPLICABLE};
    }
    facts_add_text(facts, text_concat(facts->arena, prefix, TEXT(".changes")),
                   versions_sentence(facts->arena, versions), versions->now->place);
}

void facts_add_actions(struct facts *facts, struct text prefix, const struct dataset *dataset,
                       struct date as_at)
{
    struct actions_counted counted = {
        .dataset = dataset, .which = ACTIONS_ALL, .as_at = as_at, .list = TEXT_EMPTY};
    add_count(facts, text_concat(facts->arena, prefix, TEXT(".count")), counted);
    counted.which = ACTIONS_STATUS;
    for (int rag = 0; rag < RAGS; rag++) {
        counted.rag = (enum rag)rag;
        add_count(
            facts,
            text_format(facts->arena, "%.*s.%s.count", TEXT_ARG(prefix), rag_slug(counted.rag)),
            counted);
    }
    counted.which = ACTIONS_OVERDUE;
    add_count(facts, text_concat(facts->arena, prefix, TEXT(".overdue.count")), counted);
    add_gaps(facts, prefix, dataset);
    if (dataset->before)
        add_versions(facts, prefix, versions_make(facts->arena, dataset->before, dataset));
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
    struct text size = change_display(arena, change);
    if (!change->has_percent || is_zero) /* never "no change (no change)" */
        return size;
    return text_format(arena, "%.*s (%.*s)", TEXT_ARG(size), TEXT_ARG(change->percent_display));
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

/* "not available in 2021/22"; of a figure that was stopped "not shown in 2021/22 because …". */
static struct text absent_in(struct arena *arena, const struct fact *fact, struct value value,
                             struct period period)
{
    const struct comparison *comparison = fact->comparison;
    const struct measure *measure = fact->row->measure;
    const struct stopped *stopped = NULL;
    struct text label = period_display(arena, period);
    if (measure && value.markers & (MARKER_NOT_AVAILABLE | MARKER_NOT_APPLICABLE) &&
        !(value.markers & MARKER_CONFIDENTIAL))
        stopped = dataset_stopped_in(comparison->dataset,
                                     (size_t)(measure - comparison->dataset->measures),
                                     comparison->where, period);
    if (stopped)
        return text_format(arena, "not shown in %.*s because %.*s", TEXT_ARG(label),
                           TEXT_ARG(stopped->why));
    return text_format(arena, "%s in %.*s", absence_words(value), TEXT_ARG(label));
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
    struct text size = change_display(arena, change);
    if (change->has_percent && decimal_sign(change->absolute) != 0)
        buffer_format(out, " (%.*s, %.*s)", TEXT_ARG(size), TEXT_ARG(change->percent_display));
    else
        buffer_format(out, " (%.*s)", TEXT_ARG(size));
}

static struct text row_sentence(struct arena *arena, const struct fact *fact)
{
    const struct compared *row = fact->row;
    struct buffer out = {.arena = arena};
    struct text now = value_display(arena, row->now, row->places, row->kind);
    if (row->now.present)
        buffer_format(&out, "%.*s in %.*s", TEXT_ARG(now),
                      TEXT_ARG(period_display(arena, fact->comparison->period)));
    else
        buffer_add(&out, absent_in(arena, fact, row->now, fact->comparison->period));
    bool is_first = true;
    for (size_t b = 0; b < fact->comparison->baselines.count; b++)
        if (row->before[b].present) {
            add_baseline_words(&out, fact, b, is_first);
            is_first = false;
        }
    for (size_t b = 0; b < fact->comparison->baselines.count; b++)
        if (!row->before[b].present)
            buffer_format(&out, "; %.*s",
                          TEXT_ARG(absent_in(arena, fact, row->before[b],
                                             fact->comparison->baselines.items[b].period)));
    return buffer_text(&out);
}

/* What can be told of one change; why nothing can, where a figure is not there. */
static struct text judged_sentence(struct arena *arena, const struct fact *fact, size_t b)
{
    const struct compared *row = fact->row;
    struct text sentence = change_sentence(arena, fact->comparison, row, b);
    if (sentence.len)
        return sentence;
    struct buffer out = {.arena = arena};
    const struct value values[] = {row->now, row->before[b]};
    const struct period periods[] = {fact->comparison->period,
                                     fact->comparison->baselines.items[b].period};
    buffer_format(&out, "%.*s: ", TEXT_ARG(row->label));
    for (size_t i = 0; i < 2; i++) {
        struct text shown = value_display(arena, values[i], row->places, row->kind);
        if (values[i].present)
            shown = text_format(arena, "%.*s in %.*s", TEXT_ARG(shown),
                                TEXT_ARG(period_display(arena, periods[i])));
        else
            shown = absent_in(arena, fact, values[i], periods[i]);
        buffer_format(&out, "%s%.*s", i ? ", " : "", TEXT_ARG(shown));
    }
    buffer_add(&out, TEXT(". The change cannot be worked out."));
    return buffer_text(&out);
}

/* On every earlier period, a sentence or two each. */
static struct text judged_sentences(struct arena *arena, const struct fact *fact)
{
    struct texts sentences = {0};
    for (size_t b = 0; b < fact->comparison->baselines.count; b++)
        texts_add(arena, &sentences, judged_sentence(arena, fact, b));
    return texts_join(arena, &sentences, TEXT(" "));
}

static bool change_format(struct arena *arena, const struct fact *fact, struct text format,
                          struct text *out)
{
    const struct change *change = &fact->row->changes[fact->baseline];
    if (format.len == 0)
        *out = change_both(arena, change);
    else if (text_is(format, "number"))
        *out = change_display(arena, change);
    else if (text_is(format, "percent"))
        *out = change->percent_display;
    else if (text_is(format, "judged"))
        *out = judged_sentence(arena, fact, fact->baseline);
    else {
        *out = TEXT("number, percent, judged");
        return false;
    }
    return true;
}

static bool row_format(struct arena *arena, const struct fact *fact, struct text format,
                       struct text *out)
{
    const struct compared *row = fact->row;
    if (format.len == 0)
        *out = value_display(arena, row->now, row->places, row->kind);
    else if (text_is(format, "sentence"))
        *out = row_sentence(arena, fact);
    else if (text_is(format, "judged") && fact->comparison->baselines.count)
        *out = judged_sentences(arena, fact);
    else {
        *out = fact->comparison->baselines.count ? TEXT("sentence, judged") : TEXT("sentence");
        return false;
    }
    return true;
}

struct recent_trend fact_trend(struct arena *arena, const struct fact *fact)
{
    const struct dataset *dataset = fact->comparison->dataset;
    return recent_trend(arena, dataset, (size_t)(fact->row->measure - dataset->measures),
                        fact->comparison->where, fact->as_at);
}

static struct text trend_display(struct arena *arena, const struct fact *fact)
{
    const struct recent_trend recent = fact_trend(arena, fact);
    return trend_sentence(arena, &recent, fact->row->measure->target.polarity);
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
        return change_format(arena, fact, format, out);
    default:
        return row_format(arena, fact, format, out);
    case FACT_TREND:
        *out = format.len ? TEXT_EMPTY : trend_display(arena, fact);
        return format.len == 0;
    case FACT_PERFORMANCE:
        *out = format.len ? TEXT_EMPTY : performance_words(arena, fact->performance, fact->part);
        return format.len == 0;
    }
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
