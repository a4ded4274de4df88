/* performance_words - what a reader is told of a measure's target, travel and year. */
#include "compute/facts.h"
#include "compute/performance.h"

const char *performance_part_name(enum performance_part part)
{
    static const char *const names[PERFORMANCE_PARTS] = {
        [PART_TARGET] = "target",
        [PART_STATUS] = "status",
        [PART_GAP] = "gap",
        [PART_TRAVEL] = "travel",
        [PART_YEAR_TRAVEL] = "year-travel",
        [PART_TO_DATE] = "to-date",
        [PART_TO_DATE_BEFORE] = "to-date-before",
        [PART_TO_DATE_CHANGE] = "to-date-change",
        [PART_FORECAST] = "forecast",
    };
    return names[part];
}

static struct text number_words(struct arena *arena, const struct performance *performance,
                                struct decimal number, unsigned places)
{
    const struct value value = {.present = true, .number = number};
    return value_display(arena, value, places, performance->row->kind);
}

struct text measure_amount(struct arena *arena, const struct performance *performance,
                           struct decimal number, unsigned places)
{
    if (performance->row->kind != KIND_PERCENT)
        return number_words(arena, performance, number, places);
    struct text shown = decimal_display(arena, number, places, DECIMAL_GROUPS);
    return text_format(arena, "%.*s percentage point%s", TEXT_ARG(shown),
                       text_is(shown, "1") ? "" : "s");
}

struct text tolerance_words(struct arena *arena, const struct performance *performance)
{
    const struct target *target = &performance->row->measure->target;
    if (target->tolerance_is_relative)
        return text_format(arena, "%.*s%% of the target",
                           TEXT_ARG(decimal_in_full(arena, target->tolerance)));
    return measure_amount(arena, performance, target->tolerance, target->tolerance.scale);
}

static struct text target_words(struct arena *arena, const struct performance *performance)
{
    const struct target_in_use *in_use = &performance->target;
    const struct target *target = &in_use->target;
    if (in_use->is_known && target->polarity == POLARITY_BAND)
        return text_format(
            arena, "%.*s to %.*s",
            TEXT_ARG(number_words(arena, performance, target->band_low, target->band_low.scale)),
            TEXT_ARG(number_words(arena, performance, target->band_high, target->band_high.scale)));
    if (in_use->is_known)
        return number_words(arena, performance, target->value, performance->places);
    if (in_use->is_cumulative)
        return text_format(
            arena, "%.*s for the year",
            TEXT_ARG(number_words(arena, performance, in_use->annual, in_use->annual.scale)));
    if (in_use->words.len)
        return in_use->words;
    return markers_display(arena, in_use->marker);
}

static struct text status_words(struct arena *arena, const struct performance *performance)
{
    if (performance->rag != RAG_NONE)
        return text_from(rag_word(performance->rag));
    return markers_display(arena, performance->markers);
}

static struct text gap_words(struct arena *arena, const struct performance *performance)
{
    const struct target *target = &performance->target.target;
    struct decimal edge = target->value, gap;
    if (!performance->target.is_known || !performance->value.present)
        return markers_display(arena, performance->markers);
    bool band = target->polarity == POLARITY_BAND;
    if (band && decimal_sign(target_missed(performance->value.number, target, &edge)) == 0)
        return TEXT("within the band");
    if (!decimal_subtract(performance->value.number, edge, &gap))
        return TEXT("[x]");
    if (decimal_sign(gap) == 0)
        return TEXT("on the target");
    bool below = decimal_sign(gap) < 0;
    struct text size =
        measure_amount(arena, performance, below ? decimal_negate(gap) : gap, performance->places);
    return text_format(arena, "%.*s %s the %s", TEXT_ARG(size), below ? "below" : "above",
                       band ? "band" : "target");
}

/* ---- direction of travel ---- */

/*
 * Of an arrow up or down: "improving", as far as it may be said. A change that cannot be told from
 * chance is none that improves or worsens (statistics.md 0, rule 4). Empty where nothing is to be
 * said.
 */
static const char *travel_judgement(const struct performance *performance,
                                    const struct direction *direction)
{
    enum judgement judgement = direction->travel.judgement;
    enum evidence evidence = performance->row->judged[direction->baseline].evidence;
    switch (evidence) {
    case EVIDENCE_UNCERTAIN:
        return "change not clear";
    case EVIDENCE_TOO_FEW:
        return "too few to judge";
    case EVIDENCE_LITTLE_CHANGED:
        return "little changed";
    case EVIDENCE_POSSIBLE_UP:
    case EVIDENCE_POSSIBLE_DOWN:
        return judgement == JUDGEMENT_IMPROVING   ? "may be improving"
               : judgement == JUDGEMENT_WORSENING ? "may be worsening"
                                                  : "may be a real change";
    default: /* of a count that was not tested nobody says more than where it went */
        if (evidence == EVIDENCE_NONE && performance->row->kind == KIND_COUNT)
            return "not tested";
        return judgement == JUDGEMENT_NONE ? "" : judgement_word(judgement);
    }
}

/* Why there is no direction, as a marker. */
static struct text direction_missing(const struct performance *performance,
                                     const struct direction *direction)
{
    if (direction->baseline == SIZE_MAX || direction->why.len)
        return TEXT("[z]");
    return performance->row->changes[direction->baseline].absolute_display;
}

static struct text travel_words(struct arena *arena, const struct performance *performance,
                                int which)
{
    const struct direction *direction = &performance->directions[which];
    if (!direction->is_known)
        return direction_missing(performance, direction);
    if (direction->travel.arrow == ARROW_SAME)
        return performance->rounded_to ? TEXT("same when rounded") : TEXT("same");
    struct decimal size = performance->row->changes[direction->baseline].absolute;
    size = decimal_sign(size) < 0 ? decimal_negate(size) : size;
    const char *judgement = travel_judgement(performance, direction);
    return text_format(arena, "%s %.*s%s%s", arrow_word(direction->travel.arrow),
                       TEXT_ARG(measure_amount(arena, performance, size, performance->row->places)),
                       *judgement ? ", " : "", judgement);
}

struct text direction_words(struct arena *arena, const struct performance *performance, int which)
{
    static const char *const arrows[] = {[ARROW_SAME] = "→", [ARROW_UP] = "↑", [ARROW_DOWN] = "↓"};
    const struct direction *direction = &performance->directions[which];
    struct text words = travel_words(arena, performance, which);
    if (!direction->is_known)
        return words;
    return text_format(arena, "%s %.*s", arrows[direction->travel.arrow], TEXT_ARG(words));
}

/* ---- the year ---- */

static struct text year_value(struct arena *arena, const struct performance *performance,
                              struct value value)
{
    if (!performance->so_far.applies)
        return TEXT("[z]");
    return value_display(arena, value, performance->row->places, performance->row->kind);
}

static struct text year_change(struct arena *arena, const struct performance *performance)
{
    const struct change *change = &performance->so_far.change;
    bool is_zero = change->has_absolute && decimal_sign(change->absolute) == 0;
    if (!performance->so_far.applies)
        return TEXT("[z]");
    struct text size = change_display(arena, change);
    if (!change->has_percent || is_zero)
        return size;
    return text_format(arena, "%.*s (%.*s)", TEXT_ARG(size), TEXT_ARG(change->percent_display));
}

static struct text forecast_words(struct arena *arena, const struct performance *performance)
{
    const struct year_end *end = &performance->year_end;
    if (!end->is_known)
        return markers_display(arena, end->markers);
    return text_format(arena, "between %.*s and %.*s [f]",
                       TEXT_ARG(decimal_display(arena, end->lower, 0, DECIMAL_GROUPS)),
                       TEXT_ARG(decimal_display(arena, end->upper, 0, DECIMAL_GROUPS)));
}

struct text performance_words(struct arena *arena, const struct performance *performance,
                              enum performance_part part)
{
    switch (part) {
    case PART_TARGET:
        return target_words(arena, performance);
    case PART_STATUS:
        return status_words(arena, performance);
    case PART_GAP:
        return gap_words(arena, performance);
    case PART_TRAVEL:
        return travel_words(arena, performance, TRAVEL_LAST_PERIOD);
    case PART_YEAR_TRAVEL:
        return travel_words(arena, performance, TRAVEL_LAST_YEAR);
    case PART_TO_DATE:
        return year_value(arena, performance, performance->so_far.now);
    case PART_TO_DATE_BEFORE:
        return year_value(arena, performance, performance->so_far.before);
    case PART_TO_DATE_CHANGE:
        return year_change(arena, performance);
    default: /* PART_FORECAST */
        return forecast_words(arena, performance);
    }
}
