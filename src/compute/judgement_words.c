/* judgement_words - what was found of a change, in the words of tables and sentences. */
#include "compute/facts.h"
#include "compute/judgement.h"

struct text evidence_words(enum evidence evidence)
{
    static const char *const words[] = {
        [EVIDENCE_NONE] = "[z]",
        [EVIDENCE_TOO_FEW] = "– Too few to judge",
        [EVIDENCE_CLEAR_UP] = "↑ Clear rise",
        [EVIDENCE_CLEAR_DOWN] = "↓ Clear fall",
        [EVIDENCE_POSSIBLE_UP] = "↑ May be a real rise",
        [EVIDENCE_POSSIBLE_DOWN] = "↓ May be a real fall",
        [EVIDENCE_LITTLE_CHANGED] = "≈ Little changed",
        [EVIDENCE_UNCERTAIN] = "? Not clear",
    };
    return text_from(words[evidence]);
}

static const char *last_sentence(enum evidence evidence)
{
    static const char *const sentences[] = {
        [EVIDENCE_NONE] = "",
        [EVIDENCE_TOO_FEW] = " The numbers are too small to judge.",
        [EVIDENCE_CLEAR_UP] = " A rise this large is very unlikely to be chance alone.",
        [EVIDENCE_CLEAR_DOWN] = " A fall this large is very unlikely to be chance alone.",
        [EVIDENCE_POSSIBLE_UP] = " This may be a real rise, but chance cannot be ruled out.",
        [EVIDENCE_POSSIBLE_DOWN] = " This may be a real fall, but chance cannot be ruled out.",
        [EVIDENCE_LITTLE_CHANGED] =
            " This is little changed: a difference of this size can easily be chance.",
        [EVIDENCE_UNCERTAIN] =
            " The figures do not show clearly whether there has been a real change.",
    };
    return sentences[evidence];
}

/* "up 675 (15.6%)", "up £5,875 (14.7%)", "down 2.1 percentage points": the words have the sign. */
static void add_size(struct buffer *out, const struct change *change, unsigned places)
{
    int sign = decimal_sign(change->absolute);
    struct decimal size = sign < 0 ? decimal_negate(change->absolute) : change->absolute;
    bool is_one = decimal_compare(size, decimal_from(1)) == 0;
    struct value amount = {.present = true, .number = size};
    struct text shown_size = change->kind == KIND_MONEY
                                 ? value_display(out->arena, amount, places, KIND_MONEY)
                                 : decimal_display(out->arena, size, places, DECIMAL_GROUPS);
    buffer_format(out, "%s %.*s", sign < 0 ? "down" : "up", TEXT_ARG(shown_size));
    if (change->status == CHANGE_OK_PP)
        buffer_format(out, " percentage point%s", is_one ? "" : "s");
    if (!change->has_percent) {
        if (change->kind != KIND_PERCENT && !text_starts(change->percent_display, TEXT("[")))
            buffer_format(out, " (%.*s)", TEXT_ARG(change->percent_display));
        return;
    }
    struct decimal percent = sign < 0 ? decimal_negate(change->percent) : change->percent;
    struct decimal shown = percent;
    decimal_round(percent, change_default_rules.places, &shown);
    if (decimal_sign(shown) == 0)
        buffer_add(out, TEXT(" (less than 0.1%)"));
    else
        buffer_format(out, " (%.*s%%)",
                      TEXT_ARG(decimal_display(out->arena, percent, change_default_rules.places,
                                               DECIMAL_GROUPS)));
}

static void add_change(struct buffer *out, const struct change *change, unsigned places)
{
    if (decimal_sign(change->absolute) == 0) {
        buffer_format(out, ", %.*s", TEXT_ARG(change->absolute_display));
        return;
    }
    buffer_add(out, TEXT(", "));
    add_size(out, change, places);
}

struct text evidence_sentence(struct arena *arena, struct text label, struct value now,
                              struct value before, struct text before_label,
                              const struct change *change, enum evidence evidence)
{
    struct buffer out = {.arena = arena};
    bool is_apart = change->status == CHANGE_NOT_APPLICABLE || /* periods of unlike length */
                    change->status == CHANGE_BREAK_IN_SERIES;
    if (!now.present || !before.present || (!change->has_absolute && !is_apart))
        return TEXT_EMPTY;
    unsigned places =
        now.number.scale > before.number.scale ? now.number.scale : before.number.scale;
    buffer_format(&out, "%.*s: %.*s, compared with %.*s in %.*s", TEXT_ARG(label),
                  TEXT_ARG(value_display(arena, now, places, change->kind)),
                  TEXT_ARG(value_display(arena, before, places, change->kind)),
                  TEXT_ARG(before_label));
    if (!is_apart)
        add_change(&out, change, places);
    buffer_format(&out, ".%s", last_sentence(evidence));
    return buffer_text(&out);
}

/* "up 4.0%": of a change that has a percentage that alone, since the figures are of another size.
 */
static void add_comparator_size(struct buffer *out, const struct compared *row, size_t b)
{
    const struct change *change = &row->changes[b];
    if (!change->has_percent) {
        add_size(out, change, row->places);
        return;
    }
    struct text percent = change->percent_display; /* "+4.0%", "−4.0%", "up by less than 0.1%" */
    if (text_starts(percent, TEXT("+")))
        buffer_format(out, "up %.*s", TEXT_ARG(text_slice(percent, 1, percent.len)));
    else if (text_starts(percent, TEXT("\xE2\x88\x92")))
        buffer_format(out, "down %.*s", TEXT_ARG(text_slice(percent, 3, percent.len)));
    else
        buffer_add(out, percent);
}

struct text comparator_sentence(struct arena *arena, const struct comparison *comparison,
                                const struct compared *row, size_t b)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < comparison->comparator_count; i++) {
        const struct comparator *comparator = &comparison->comparators[i];
        const struct compared *other = comparator_row(comparator, row);
        if (!other || !other->changes[b].has_absolute)
            continue;
        buffer_format(&out, "%sIn %.*s ", out.len ? " " : "",
                      TEXT_ARG(comparator->comparison->area));
        if (decimal_sign(other->changes[b].absolute) == 0)
            buffer_add(&out, TEXT("there was no change"));
        else {
            buffer_add(&out, TEXT("it was "));
            add_comparator_size(&out, other, b);
        }
        buffer_add_byte(&out, '.');
    }
    return buffer_text(&out);
}

struct text change_sentence(struct arena *arena, const struct comparison *comparison,
                            const struct compared *row, size_t b)
{
    struct period before = comparison->baselines.items[b].period;
    struct text sentence =
        evidence_sentence(arena, compared_title(arena, row), row->now, row->before[b],
                          period_display(arena, before), &row->changes[b], row->judged[b].evidence);
    struct text there = comparator_sentence(arena, comparison, row, b);
    const char *why = row->changes[b].status == CHANGE_BREAK_IN_SERIES
                          ? "there is a break in the series between them"
                          : judgement_unlike(comparison->period, before);
    if (!sentence.len)
        return sentence;
    struct buffer out = {.arena = arena};
    buffer_add(&out, sentence);
    if (why)
        buffer_format(&out, " These periods cannot be compared because %s.", why);
    if (there.len)
        buffer_format(&out, " %.*s", TEXT_ARG(there));
    return buffer_text(&out);
}
