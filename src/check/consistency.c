/* Figures against what is given with them: counts, denominators, units and words. */
#include "check/check_int.h"
#include "check/rules_int.h"
#include "compute/values.h"

/* One finding a measure: a column in the wrong unit is one mistake, not one a row. */
struct tally {
    const struct figure *first;
    size_t count;
};

static struct text measure_name(const struct dataset *dataset, const struct figure *figure)
{
    return text_quote(dataset->arena, dataset->measures[figure->measure].name);
}

static struct text number(struct diags *diags, struct value value)
{
    return decimal_text(diags->arena, value.number);
}

/* ", and 3 more figures of it" */
static struct text and_more(struct diags *diags, const struct tally *tally)
{
    if (tally->count < 2)
        return TEXT_EMPTY;
    return text_format(diags->arena, "; %zu more figure%s of it like this", tally->count - 1,
                       tally->count > 2 ? "s" : "");
}

static bool has_parts(const struct figure *figure)
{
    return figure->value.present && figure->count.present && figure->denominator.present &&
           decimal_sign(figure->denominator.number) > 0;
}

static enum dq judge_quotient(const struct dataset *dataset, const struct figure *figure)
{
    if (dataset->hiding.rounding)
        return DQ_OK; /* what is shown was rounded here, each number for itself */
    const struct measure *measure = &dataset->measures[figure->measure];
    struct decimal times;
    if (!has_parts(figure) || measure_is_standardised(measure) ||
        !measure_per(dataset->arena, measure, &times))
        return DQ_OK;
    if (measure->kind == KIND_PERCENT)
        return dq_percent(figure->count.number, figure->denominator.number, figure->value.number);
    return dq_rate(figure->count.number, figure->denominator.number, times, figure->value.number);
}

static void tell_quotient(struct diags *diags, const struct dataset *dataset,
                          const struct tally *tally)
{
    const struct figure *figure = tally->first;
    const struct measure *measure = &dataset->measures[figure->measure];
    struct decimal times, product, exact = {0};
    unsigned places = figure->value.number.scale > 6 ? 6 : figure->value.number.scale;
    if (!measure_per(diags->arena, measure, &times) ||
        !decimal_multiply(figure->count.number, times, &product) ||
        !decimal_divide(product, figure->denominator.number, places, &exact))
        return;
    diag(diags, measure->kind == KIND_PERCENT ? DIAG_PERCENT_MISMATCH : DIAG_RATE_MISMATCH,
         figure->place,
         "'%.*s' for '%.*s' is not %.*s over %.*s, which gives %.*s: check which of "
         "the three is right%.*s",
         TEXT_ARG(number(diags, figure->value)), TEXT_ARG(measure_name(dataset, figure)),
         TEXT_ARG(number(diags, figure->count)), TEXT_ARG(number(diags, figure->denominator)),
         TEXT_ARG(decimal_text(diags->arena, exact)), TEXT_ARG(and_more(diags, tally)));
}

static enum dq judge_count(const struct dataset *dataset, const struct figure *figure)
{
    if (!figure->value.present || !figure->count.present || figure->denominator.present)
        return DQ_OK;
    return dq_count(dataset->measures[figure->measure].kind, figure->value.number,
                    figure->count.number);
}

static void tell_count(struct diags *diags, const struct dataset *dataset,
                       const struct tally *tally)
{
    const struct figure *figure = tally->first;
    struct decimal people = {0};
    decimal_divide(figure->count.number, figure->value.number, 0, &people);
    diag(diags, DIAG_COUNT_MEANING, figure->place,
         "the count %.*s of '%.*s' cannot be people: with an average of %.*s it is what %.*s of "
         "them add up to; do not show it as a count%.*s",
         TEXT_ARG(number(diags, figure->count)), TEXT_ARG(measure_name(dataset, figure)),
         TEXT_ARG(number(diags, figure->value)), TEXT_ARG(decimal_text(diags->arena, people)),
         TEXT_ARG(and_more(diags, tally)));
}

/* The year of "mid-2016 population" in a note; an unknown period when none is named. */
static struct period population_named(struct arena *arena, struct text note)
{
    struct period period = {.label = TEXT_EMPTY};
    if (!text_contains(note, TEXT("opulation")))
        return period;
    for (size_t at = text_find(note, 'm', 0); at + 8 <= note.len;
         at = text_find(note, 'm', at + 1)) {
        struct text piece = text_slice(note, at, at + 8);
        if (text_starts(piece, TEXT("mid-")) || text_starts(piece, TEXT("mid ")))
            period = period_read(arena, piece);
        if (period.kind == PERIOD_POINT)
            return period;
    }
    return (struct period){.label = TEXT_EMPTY};
}

static struct period population_of(const struct dataset *dataset, const struct figure *figure)
{
    const struct text said[] = {figure->note, dataset->measures[figure->measure].note,
                                dataset->note, dataset->source};
    struct period population = {.label = TEXT_EMPTY};
    for (size_t i = 0; i < sizeof said / sizeof *said && !date_is_known(population.end); i++)
        population = population_named(dataset->arena, said[i]);
    return population;
}

static enum dq judge_population(const struct dataset *dataset, const struct figure *figure)
{
    enum measure_kind kind = dataset->measures[figure->measure].kind;
    if (!figure->value.present || (kind != KIND_RATE && kind != KIND_PERCENT))
        return DQ_OK;
    return dq_population(population_of(dataset, figure), dataset->periods[figure->period]);
}

static void tell_population(struct diags *diags, const struct dataset *dataset,
                            const struct tally *tally)
{
    const struct figure *figure = tally->first;
    diag(diags, DIAG_STALE_POPULATION, figure->place,
         "'%.*s' for %.*s rests on the population of %.*s, more than two years before its end%.*s",
         TEXT_ARG(measure_name(dataset, figure)),
         TEXT_ARG(period_display(diags->arena, dataset->periods[figure->period])),
         TEXT_ARG(date_display(diags->arena, population_of(dataset, figure).end)),
         TEXT_ARG(and_more(diags, tally)));
}

static enum dq judge_words(const struct dataset *dataset, const struct figure *figure)
{
    enum dq code = dq_wording(figure->note);
    return code != DQ_OK ? code : dq_wording(dataset->measures[figure->measure].note);
}

static void tell_words(struct diags *diags, const struct dataset *dataset,
                       const struct tally *tally)
{
    diag(diags, DIAG_DOUBLE_NEGATIVE, tally->first->place,
         "the note of '%.*s' has a minus sign beside a word that says the direction already: write "
         "'a decrease of 27%%', without the sign%.*s",
         TEXT_ARG(measure_name(dataset, tally->first)), TEXT_ARG(and_more(diags, tally)));
}

static const struct rule {
    enum dq (*judge)(const struct dataset *dataset, const struct figure *figure);
    void (*tell)(struct diags *diags, const struct dataset *dataset, const struct tally *tally);
} rules[] = {
    {judge_quotient, tell_quotient},
    {judge_count, tell_count},
    {judge_population, tell_population},
    {judge_words, tell_words},
};

static void check_rule(struct diags *diags, const struct dataset *dataset, const struct rule *rule)
{
    struct tally *tallies = arena_calloc(diags->arena, dataset->measure_count, sizeof *tallies);
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure *figure = &dataset->figures[i];
        struct tally *tally = &tallies[figure->measure];
        if (rule->judge(dataset, figure) == DQ_OK)
            continue;
        tally->first = tally->first ? tally->first : figure;
        tally->count++;
    }
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (tallies[m].count)
            rule->tell(diags, dataset, &tallies[m]);
}

void check_consistency(struct diags *diags, const struct check_input *input)
{
    if (input->dataset->counts_rows)
        return; /* what the program counted itself has nothing beside it */
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        check_rule(diags, input->dataset, &rules[i]);
}
