/* explain_change - why a change is called what it is called (judgement.c, evidence.c). */
#include "compute/explain_int.h"
#include "compute/judgement.h"

#include <math.h>

static struct text p_words(struct arena *arena, double p)
{
    return p < 0.001 ? TEXT("less than 0.001") : text_format(arena, "%.3f", p);
}

static struct text number_words(struct arena *arena, double number)
{
    bool is_negative = number < 0; /* its minus is that of all numbers for readers */
    return isfinite(number) ? text_format(arena, "%s%.3f", is_negative ? "−" : "", fabs(number))
                            : TEXT("without a limit");
}

/* How many rows were tested against the baseline together. */
static size_t family_size(const struct comparison *comparison, size_t b)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->count; i++)
        count += isnan(comparison->rows[i].judged[b].p) ? 0 : 1;
    return count;
}

/* "550 of 1,100", "309.0 to 351.0": what the test takes of a figure besides the figure. */
static struct text behind_words(struct arena *arena, const struct fact *fact, struct period period,
                                enum test_method method)
{
    size_t m = (size_t)(fact->row->measure - fact->comparison->dataset->measures);
    struct behind behind =
        dataset_behind(fact->comparison->dataset, m, fact->comparison->where, period);
    bool has_limits = method == TEST_LIMITS;
    struct value first = has_limits ? behind.lower : behind.count;
    struct value second = has_limits ? behind.upper : behind.denominator;
    return text_format(arena, "%.*s %s %.*s", TEXT_ARG(decimal_in_full(arena, first.number)),
                       has_limits ? "to" : "of", TEXT_ARG(decimal_in_full(arena, second.number)));
}

static void add_behind(struct buffer *out, const struct explanation *explanation, size_t b)
{
    const struct fact *fact = explanation->fact;
    enum test_method method = fact->row->judged[b].method;
    buffer_format(
        out, " They are %.*s, and earlier %.*s.",
        TEXT_ARG(behind_words(out->arena, fact, explain_period(fact, BASELINE_NOW), method)),
        TEXT_ARG(behind_words(out->arena, fact, explain_period(fact, b), method)));
}

static void add_test(struct buffer *out, const struct explanation *explanation, size_t b)
{
    static const char *const says[] = {
        [TEST_NONE] = "",
        [TEST_COUNTS] = "",
        [TEST_MONTHS] =
            "The counts of both periods are tested month by month, which shows how "
            "variable they are (quasi-Poisson).",
        [TEST_SHARES] = "The two percentages are tested through their counts and denominators",
        [TEST_RATES] =
            "The two rates are tested through their counts, over the populations that "
            "they are of (central exact binomial test).",
        [TEST_LIMITS] =
            "The difference of the two figures is held against their published 95% "
            "limits (a z test on the standard errors that the limits stand for).",
    };
    const struct fact *fact = explanation->fact;
    const struct judged *judged = &fact->row->judged[b];
    buffer_add(out, text_from(says[judged->method]));
    if (judged->method == TEST_SHARES)
        buffer_add(out,
                   judged->is_exact ? TEXT(" (Fisher's exact test).") : TEXT(" (pooled z test)."));
    if (judged->method >= TEST_SHARES)
        add_behind(out, explanation, b);
    bool is_stock = fact->row->measure && !measure_adds_up(fact->row->measure);
    if (judged->method == TEST_COUNTS && is_stock)
        buffer_add(out, TEXT("The two counts, each at its time, are tested as counts of chance "
                             "events (central exact binomial test)."));
    else if (judged->method == TEST_COUNTS)
        buffer_format(out,
                      "The two counts, over %ld and %ld days, are tested as counts of chance "
                      "events (central exact binomial test).",
                      period_days(fact->comparison->period), period_days(explain_period(fact, b)));
}

static bool is_difference(const struct judged *judged)
{
    return judged->method == TEST_SHARES || judged->method == TEST_LIMITS;
}

static void add_ratio(struct buffer *out, const struct judged *judged)
{
    struct arena *arena = out->arena;
    if (is_difference(judged))
        buffer_format(out, " The difference is %.*s%s",
                      TEXT_ARG(number_words(arena, judged->effect)),
                      judged->method == TEST_SHARES ? " points" : "");
    else if (!isfinite(judged->effect))
        buffer_add(out, TEXT(" Their ratio is not defined, because the earlier count is 0"));
    else
        buffer_format(out, " The ratio of %s is %.3f",
                      judged->method == TEST_MONTHS  ? "the two periods"
                      : judged->method == TEST_RATES ? "the rates"
                                                     : "the rates a day",
                      judged->effect);
    buffer_format(out, " (95%% interval %.*s to %.*s; %d is no change%s).",
                  TEXT_ARG(number_words(arena, judged->ci95.lower)),
                  TEXT_ARG(number_words(arena, judged->ci95.upper)), is_difference(judged) ? 0 : 1,
                  judged->method == TEST_SHARES ? "; Newcombe" : "");
}

static void add_p(struct buffer *out, const struct judged *judged, size_t family)
{
    buffer_format(out,
                  " p is %.*s; adjusted for the %zu row%s tested together it is %.*s (Holm; the "
                  "limit is %.2f).",
                  TEXT_ARG(p_words(out->arena, judged->p)), family, family == 1 ? "" : "s",
                  TEXT_ARG(p_words(out->arena, judged->p_holm)), EVIDENCE_P);
}

static void add_phi(struct buffer *out, const struct judged *judged)
{
    const char *what = is_difference(judged) ? "figures" : "counts";
    if (judged->method == TEST_MONTHS && judged->phi <= 1)
        buffer_add(out, TEXT(" The months vary no more than chance alone would (phi is 1)."));
    else if (judged->method == TEST_MONTHS)
        buffer_format(out, " The months vary %.2f times as much as chance alone would (phi).",
                      judged->phi);
    else if (isfinite(judged->phi))
        buffer_format(out,
                      " The finding would stand if the %s varied up to %.2f times as much as "
                      "chance alone (phi_max; a clear change needs %.0f).",
                      what, judged->phi, EVIDENCE_PHI);
    else
        buffer_format(out,
                      " How much variation the finding would stand (phi_max) cannot be said with "
                      "a count of 0; a clear change needs %.0f.",
                      EVIDENCE_PHI);
}

/* "10% of no change", of a difference in its own unit. */
static struct text little_words(struct arena *arena, const struct judged *judged)
{
    if (!is_difference(judged))
        return text_format(arena, "%.0f%% from no change", 100 * EVIDENCE_LITTLE);
    return text_format(arena, "%.3f from no change (%.0f%% of %s)", EVIDENCE_LITTLE * judged->base,
                       100 * EVIDENCE_LITTLE,
                       judged->method == TEST_SHARES
                           ? "those with or without it, whichever are fewer"
                           : "the earlier figure");
}

/* Which of the conditions decided. phi_max says something of a finding alone. */
static void add_decision(struct buffer *out, const struct judged *judged)
{
    switch (judged->evidence) {
    case EVIDENCE_TOO_FEW:
        buffer_format(out, " %s together are below %.0f: too few to judge.",
                      judged->method == TEST_SHARES
                          ? "Those with it, or those without it, of both periods"
                          : "Both counts",
                      EVIDENCE_FEWEST);
        break;
    case EVIDENCE_CLEAR_UP:
    case EVIDENCE_CLEAR_DOWN:
        buffer_add(out, TEXT(" All conditions of a clear change are met."));
        break;
    case EVIDENCE_POSSIBLE_UP:
    case EVIDENCE_POSSIBLE_DOWN:
        buffer_format(out, " p is below the limit, but %s.",
                      judged->p_holm < EVIDENCE_P ? "more variation than chance could explain it"
                                                  : "adjusted for the number of rows it is not");
        break;
    case EVIDENCE_LITTLE_CHANGED:
        if (is_difference(judged))
            buffer_format(out, " The whole interval is less than %.*s.",
                          TEXT_ARG(little_words(out->arena, judged)));
        else
            buffer_format(out, " The whole interval is within %.0f%% of no change.",
                          100 * EVIDENCE_LITTLE);
        break;
    default:
        if (judged->p < EVIDENCE_P) {
            buffer_add(out, TEXT(" The number and its average per day go different ways, since the "
                                 "periods are of unequal length: neither is clear."));
            break;
        }
        buffer_format(out, " p is not below the limit, and the interval reaches further than %.*s.",
                      TEXT_ARG(little_words(out->arena, judged)));
    }
}

static struct text why_tested(const struct explanation *explanation, size_t b, size_t family)
{
    const struct judged *judged = &explanation->fact->row->judged[b];
    struct buffer out = {.arena = explanation->arena};
    add_test(&out, explanation, b);
    add_ratio(&out, judged);
    add_p(&out, judged, family);
    if (judged->method == TEST_MONTHS || judged->p < EVIDENCE_P)
        add_phi(&out, judged);
    add_decision(&out, judged);
    return buffer_text(&out);
}

/* The words of a table's cell without their sign: "clear rise". */
static struct text class_words(struct arena *arena, enum evidence evidence)
{
    struct text words = evidence_words(evidence);
    if (evidence == EVIDENCE_NONE)
        return TEXT("not tested");
    return text_lower(arena, text_slice(words, text_find(words, ' ', 0) + 1, words.len));
}

void explain_change(struct explanation *explanation, size_t b)
{
    const struct fact *fact = explanation->fact;
    struct arena *arena = explanation->arena;
    const struct compared *row = fact->row;
    struct text refused = judgement_refused(fact->comparison, row, b);
    struct text label = period_display(arena, explain_period(fact, b));
    struct explained_change *change = &explanation->changes[explanation->change_count++];
    *change = (struct explained_change){.baseline = label,
                                        .words = class_words(arena, row->judged[b].evidence)};
    change->judged = &row->judged[b];
    change->family = refused.len ? 0 : family_size(fact->comparison, b);
    change->why = refused.len ? text_format(arena, "It is not tested: %.*s.", TEXT_ARG(refused))
                              : why_tested(explanation, b, change->family);
    change->sentence = change_sentence(arena, fact->comparison, row, b);
}
