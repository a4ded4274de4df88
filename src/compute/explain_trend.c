/* explain_trend - the recent trend of a measure: its five years, the test, and why there is none.
 */
#include "compute/explain_int.h"

static const char *basis_words(enum trend_basis basis)
{
    static const char *const words[] = {
        [TREND_BY_PROPORTIONS] =
            "Each year is a count out of a denominator; the slope is that of "
            "the log odds.",
        [TREND_BY_LIMITS] = "Each year is weighed by its published 95% limits.",
        [TREND_BY_COUNTS] =
            "Each year is weighed by the 95% limits of its count (Byar; exact "
            "below 10)."};
    return words[basis];
}

/* "12.3%, with 95% limits 11.2 to 13.4"; "12.3%, 123 out of 1,000". */
static struct text point_shown(struct arena *arena, const struct fact *fact,
                               const struct recent_trend *recent, size_t i)
{
    const struct series_point *point = &recent->points[i];
    unsigned places = point->value.number.scale;
    struct text shown = value_display(arena, point->value, places, fact->row->kind);
    if (recent->basis == TREND_BY_PROPORTIONS)
        return text_format(arena, "%.*s, %.*s out of %.*s", TEXT_ARG(shown),
                           TEXT_ARG(decimal_in_full(arena, point->count.number)),
                           TEXT_ARG(decimal_in_full(arena, point->denominator.number)));
    return text_format(arena, "%.*s, with 95%% limits %.*f to %.*f", TEXT_ARG(shown),
                       (int)places + 1, recent->lower[i], (int)places + 1, recent->upper[i]);
}

static void add_years(struct explanation *explanation, const struct recent_trend *recent)
{
    struct arena *arena = explanation->arena;
    const struct fact *fact = explanation->fact;
    for (size_t i = 0; i < TREND_POINTS; i++) {
        const struct series_point *point = &recent->points[i];
        struct explained_input input = {
            .what = text_format(arena, "%.*s, %.*s", TEXT_ARG(fact->row->label),
                                TEXT_ARG(period_display(arena, point->period))),
            .value = point->value,
            .shown = point_shown(arena, fact, recent, i),
            .place = point->place};
        explain_add_input(explanation, input);
    }
}

static void add_test(struct explanation *explanation, const struct trend *trend)
{
    struct arena *arena = explanation->arena;
    texts_add(arena, &explanation->formula,
              text_format(arena,
                          "chi-square of the slope: %.3f; a trend needs more than %.3f "
                          "(99.8%%, 1 degree of freedom)",
                          trend->chi_square, TREND_CRITICAL));
    texts_add(
        arena, &explanation->formula,
        text_format(arena, "slope a year: %.5g; without any one of the years it %s", trend->slope,
                    trend->one_point ? "changes its sign: there is no trend" : "keeps its sign"));
}

void explain_trend(struct explanation *explanation)
{
    struct arena *arena = explanation->arena;
    const struct recent_trend recent = fact_trend(arena, explanation->fact);
    explanation->value = (struct value){.present = false};
    explain_add_rule(explanation, "recent trend",
                     TEXT("The last five years in a row that share no data and have no break; a "
                          "trend is told only when it is very unlikely to be chance (99.8%) and "
                          "rests on no single year."));
    if (recent.why.len) {
        texts_add(arena, &explanation->formula,
                  text_format(arena, "not worked out, because %.*s", TEXT_ARG(recent.why)));
        return;
    }
    add_test(explanation, &recent.trend);
    add_years(explanation, &recent);
    explain_add_rule(explanation, "weights", text_from(basis_words(recent.basis)));
}
