#include "compute/benchmark.h"

#include "compute/distribution.h"

#include <math.h>

char benchmark_letter(enum benchmark_class found)
{
    return "ABCD"[found];
}

double printed_half(struct decimal number)
{
    return 0.5 / pow(10, number.scale);
}

/* ---- intervals that follow from a count and a value ---- */

struct counted {
    double value, count;
    double denominator; /* NAN: not given */
    double per;
};

/* The denominator cancels out: the rate is uncertain in the same measure as its count. */
static struct interval rate_interval(const struct counted *in)
{
    struct interval limits = count_interval(in->count, 0.95);
    double times = isnan(in->denominator) ? in->value / in->count : in->per / in->denominator;
    return (struct interval){times * limits.lower, times * limits.upper};
}

static struct interval share_interval(const struct counted *in)
{
    double n = in->denominator;
    if (isnan(n))
        n = floor(in->per * in->count / in->value + 0.5);
    if (!(n >= in->count))
        return (struct interval){NAN, NAN};
    struct interval share = wilson(in->count, n, NORMAL_95);
    return (struct interval){in->per * share.lower, in->per * share.upper};
}

/* Excess winter deaths, in per cent of what four months outside winter have: a ratio of the deaths
 * of the winter, and of twice as long, which count and value imply. */
static struct interval excess_interval(const struct counted *in)
{
    double usual = in->count / in->value * 100, winter = usual + in->count;
    double ratio = 1 + in->value / 100, se = sqrt(1 / winter + 1 / (2 * usual));
    return (struct interval){100 * (ratio * exp(-NORMAL_95 * se) - 1),
                             100 * (ratio * exp(NORMAL_95 * se) - 1)};
}

static struct interval interval_of(const struct benchmark_input *input, double value)
{
    const struct counted in = {
        .value = value,
        .count = decimal_double(input->count.number),
        .denominator = input->denominator.present ? decimal_double(input->denominator.number) : NAN,
        .per = input->per};
    if (input->basis == BASIS_EXCESS)
        return excess_interval(&in);
    return input->kind == KIND_PERCENT ? share_interval(&in) : rate_interval(&in);
}

/* ---- what a table alone lets be judged ---- */

struct verdict {
    enum benchmark_class found;
    const char *why;
};

static struct verdict of_counted(const struct benchmark_input *input)
{
    if (input->kind == KIND_PERCENT)
        return (struct verdict){BENCHMARK_EXACT, input->denominator.present
                                                     ? "from its count and denominator"
                                                     : "from its count and the denominator "
                                                       "that this implies"};
    return (struct verdict){BENCHMARK_EXACT, "from its count"};
}

static struct verdict of_basis(const struct benchmark_input *input)
{
    switch (input->basis) {
    case BASIS_COUNTED:
        return of_counted(input);
    case BASIS_STANDARDISED:
        return (struct verdict){BENCHMARK_ESTIMATED,
                                "it is standardised, which needs its counts by age"};
    case BASIS_MODELLED:
        return (struct verdict){BENCHMARK_ESTIMATED, "its denominator is modelled"};
    case BASIS_EXCESS:
        return (struct verdict){BENCHMARK_ESTIMATED, "its deaths in and out of winter are implied"};
    case BASIS_SURVEY:
        return (struct verdict){BENCHMARK_NOT,
                                "it is from a survey of which sample and design are not known"};
    case BASIS_INDEX:
        return (struct verdict){BENCHMARK_NO_SAMPLING, "it has no sampling error"};
    default:
        return (struct verdict){BENCHMARK_NOT,
                                "nothing says whether it was counted, standardised or surveyed"};
    }
}

/* Whether there is a count that an interval can rest on; NULL: there is, else why not. */
static const char *lacks(const struct benchmark_input *input)
{
    enum { RATE_FEWEST = 3, STANDARDISED_FEWEST = 10 }; /* statistics.md 4 */
    int64_t count;
    if (!input->count.present)
        return "its count is not known";
    if (!decimal_integer(input->count.number, &count) || count < 0)
        return "its count is not a whole number of 0 or more";
    if (!input->denominator.present && (count == 0 || decimal_sign(input->value.number) <= 0))
        return "a count of 0 implies no denominator";
    if (input->denominator.present && decimal_sign(input->denominator.number) <= 0)
        return "its denominator is not above 0";
    if (input->kind == KIND_RATE && count < RATE_FEWEST)
        return "its count is below 3";
    if (input->basis == BASIS_STANDARDISED && count < STANDARDISED_FEWEST)
        return "its count is below 10";
    return NULL;
}

static struct verdict verdict_of(const struct benchmark_input *input)
{
    struct verdict verdict = of_basis(input);
    if (!input->value.present)
        return (struct verdict){BENCHMARK_NOT, "its figure is not known"};
    if (input->basis == BASIS_INDEX || input->basis == BASIS_SURVEY)
        return verdict;
    if (input->kind == KIND_LIFE_EXPECTANCY)
        return (struct verdict){BENCHMARK_NOT, "it needs deaths by age"};
    if (input->kind == KIND_MEAN || input->kind == KIND_MEDIAN)
        return (struct verdict){BENCHMARK_NOT, "it needs how its values spread"};
    bool is_quotient = input->kind == KIND_PERCENT || input->kind == KIND_RATE;
    if (!is_quotient && input->basis != BASIS_EXCESS)
        return (struct verdict){BENCHMARK_NOT, "no interval follows from a figure of this kind"};
    if (verdict.found != BENCHMARK_NOT && lacks(input))
        return (struct verdict){BENCHMARK_NOT, lacks(input)};
    return verdict;
}

/* ---- the comparison, and whether rounding decides it ---- */

static enum standing stand(const struct benchmark_input *input, double value, double against)
{
    return interval_standing(interval_of(input, value), against, input->polarity);
}

static bool survives_rounding(const struct benchmark_input *input, enum standing standing)
{
    double half = printed_half(input->value.number), value = decimal_double(input->value.number);
    for (int v = -1; v <= 1; v++)
        for (int a = -1; a <= 1; a++)
            if (stand(input, value + v * half, input->against + a * input->against_half) !=
                standing)
                return false;
    return true;
}

struct benchmark benchmark_judge(const struct benchmark_input *input)
{
    const struct verdict verdict = verdict_of(input);
    struct benchmark out = {.found = verdict.found,
                            .why = verdict.why,
                            .denominator = NAN,
                            .implied = {NAN, NAN},
                            .ci95 = {NAN, NAN}};
    if (verdict.found == BENCHMARK_NOT || verdict.found == BENCHMARK_NO_SAMPLING)
        return out;
    double value = decimal_double(input->value.number), half = printed_half(input->value.number);
    double count = decimal_double(input->count.number);
    out.ci95 = interval_of(input, value);
    if (isnan(out.ci95.lower)) {
        out.found = BENCHMARK_NOT;
        out.why = "its count is larger than the denominator that it implies";
        return out;
    }
    if (input->basis != BASIS_EXCESS && value > 0) {
        out.denominator = count / value * input->per;
        out.implied = (struct interval){count / (value + half) * input->per,
                                        count / (value - half) * input->per};
    }
    out.standing = stand(input, value, input->against);
    out.is_robust = survives_rounding(input, out.standing);
    return out;
}

/* ---- two areas by their counts ---- */

bool benchmark_beside(const struct behind *here, const struct behind *there, bool is_part,
                      enum measure_kind kind, struct beside *out)
{
    double x1 = decimal_double(here->count.number), n1 = decimal_double(here->denominator.number);
    double x0 = decimal_double(there->count.number), n0 = decimal_double(there->denominator.number);
    if (is_part) {
        x0 -= x1;
        n0 -= n1;
    }
    if (x0 < 0 || n0 <= 0 || n1 <= 0 || (kind == KIND_PERCENT && (x0 > n0 || x1 > n1)))
        return false;
    if (kind == KIND_PERCENT) {
        struct proportion_test test = proportion_compare(x1, n1, x0, n0);
        *out = (struct beside){
            100 * test.difference, {100 * test.ci95.lower, 100 * test.ci95.upper}, test.p};
        return true;
    }
    struct count_test test = count_compare(x1, n1, x0, n0);
    *out = (struct beside){test.ratio, test.ci95, test.p};
    return !isnan(test.ratio);
}

bool standing_read(struct text words, enum standing *out)
{
    for (int s = STANDING_SIMILAR; s <= STANDING_WORSE; s++) {
        struct text word = text_from(standing_word((enum standing)s));
        *out = (enum standing)s;
        if (words.len >= word.len && text_same_name(text_slice(words, 0, word.len), word))
            return true;
    }
    return false;
}
