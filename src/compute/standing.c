#include "compute/standing.h"

#include <math.h>

const struct figure *dataset_latest(const struct dataset *dataset, size_t measure, size_t area,
                                    struct date end)
{
    const struct figure *latest = NULL;
    for (size_t p = 0; p < dataset->period_count; p++) {
        const struct figure *figure = dataset_figure(dataset, measure, area, p);
        struct period period = dataset->periods[p];
        if (!figure || (date_is_known(end) && date_compare(period.start, end) > 0))
            continue;
        if (!latest || period_compare(period, dataset->periods[latest->period]) > 0)
            latest = figure;
    }
    return latest;
}

/* ---- what a figure rests on ---- */

static struct behind behind_of(const struct figure *figure)
{
    const struct published_with *with = figure->published;
    const struct value none = {.present = false};
    return (struct behind){figure->count, figure->denominator, with ? with->lower_95 : none,
                           with ? with->upper_95 : none};
}

/* Its figure is no more than its count over its denominator. */
static bool is_quotient(struct arena *arena, const struct measured *measured,
                        const struct figure *figure)
{
    struct decimal per;
    const struct behind behind = behind_of(figure);
    return measure_per(arena, measured->measure, &per) && behind_makes(&behind, figure->value, per);
}

/* What the job says of it, else its unit and name, else what its parts show. No word of the job
   makes a count of a standardised rate. */
static enum basis basis_of(struct arena *arena, const struct measured *measured)
{
    const struct measure *measure = measured->measure;
    if (measured->is_open_survey)
        return BASIS_SURVEY;
    if (measure->basis > BASIS_COUNTED)
        return measure->basis;
    if (measure_is_standardised(measure))
        return BASIS_STANDARDISED;
    if (measure->basis == BASIS_COUNTED)
        return BASIS_COUNTED;
    struct text unit = text_lower(arena, measure->unit);
    bool is_crude = text_starts(unit, TEXT("crude "));
    return is_crude || is_quotient(arena, measured, measured->here) ? BASIS_COUNTED : BASIS_UNKNOWN;
}

static struct benchmark judge(struct arena *arena, const struct measured *measured, double against,
                              double half)
{
    struct decimal per;
    bool knows_per = measure_per(arena, measured->measure, &per);
    struct benchmark_input input = {
        .kind = measured->measure->kind,
        .basis = basis_of(arena, measured),
        .value = measured->here->value,
        .count = measured->here->count,
        .per = knows_per ? decimal_double(per) : 100,
        .against = against,
        .against_half = half,
        .polarity = measured->measure->target.polarity,
    };
    if (input.basis == BASIS_COUNTED && is_quotient(arena, measured, measured->here))
        input.denominator = measured->here->denominator;
    return benchmark_judge(&input);
}

static bool has_limits(const struct figure *figure)
{
    const struct behind behind = behind_of(figure);
    return behind.lower.present && behind.upper.present;
}

static struct interval limits_of(const struct figure *figure)
{
    return (struct interval){decimal_double(figure->published->lower_95.number),
                             decimal_double(figure->published->upper_95.number)};
}

struct interval standing_range(struct arena *arena, const struct measured *measured)
{
    if (!measured->here->value.present)
        return (struct interval){NAN, NAN};
    if (has_limits(measured->here))
        return limits_of(measured->here);
    if (measured->is_rounded)
        return (struct interval){NAN, NAN};
    struct benchmark found = judge(arena, measured, 0, 0);
    bool shown = found.found == BENCHMARK_EXACT ||
                 (found.found == BENCHMARK_ESTIMATED && measured->estimates);
    return shown ? found.ci95 : (struct interval){NAN, NAN};
}

/* ---- to another area ---- */

struct measured standing_measured(const struct comparison *comparison,
                                  const struct comparator *comparator, size_t measure,
                                  const struct figure *here, bool estimates)
{
    const struct dataset *dataset = comparison->dataset;
    return (struct measured){
        .measure = &dataset->measures[measure],
        .here = here,
        .there = dataset_figure(dataset, measure, comparator->comparison->where, here->period),
        .there_name = comparator->comparison->area,
        .is_part = !comparator->is_beside,
        .is_open_survey = dataset->is_open_survey,
        .is_rounded = dataset->hiding.rounding > 0,
        .estimates = estimates,
    };
}

/* The publisher compares with England and with the area above; which that is it does not say. */
static bool published_words(const struct measured *measured, struct stood *out)
{
    const struct published_with *with = measured->here->published;
    if (!with || !with->against.england.len ||
        !text_same_name(measured->there_name, TEXT("England")))
        return false;
    out->by = standing_read(with->against.england, &out->standing) ? STOOD_PUBLISHED : STOOD_NOT;
    out->why = out->by == STOOD_PUBLISHED ? TEXT("the publisher's comparison")
                                          : TEXT("the publisher does not compare it");
    return true;
}

/* "+1.6", "−0.4": with the minus that numbers have for readers. */
static struct text points(struct arena *arena, double number)
{
    return text_format(arena, "%s%.1f", number < 0 ? "−" : "+", fabs(number));
}

static struct text effect_words(struct arena *arena, const struct measured *measured,
                                const struct beside *beside)
{
    const char *rest = measured->is_part ? " without the area" : "";
    if (!isfinite(beside->effect)) /* there is none of it over there */
        return TEXT("from the counts of both");
    if (measured->measure->kind == KIND_PERCENT)
        return text_format(arena,
                           "from the counts of both: %.*s percentage points from %.*s%s, likely "
                           "range %.*s to %.*s",
                           TEXT_ARG(points(arena, beside->effect)), TEXT_ARG(measured->there_name),
                           rest, TEXT_ARG(points(arena, beside->ci95.lower)),
                           TEXT_ARG(points(arena, beside->ci95.upper)));
    return text_format(arena,
                       "from the counts of both: %.2f times %.*s%s, likely range %.2f to %.2f",
                       beside->effect, TEXT_ARG(measured->there_name), rest, beside->ci95.lower,
                       beside->ci95.upper);
}

/* The comparator is larger in every way: the area can be taken out of it. */
static bool holds(const struct behind *here, const struct behind *there)
{
    return decimal_compare(there->count.number, here->count.number) >= 0 &&
           decimal_compare(there->denominator.number, here->denominator.number) > 0;
}

static bool counts_of_both(struct arena *arena, const struct measured *measured, struct stood *out)
{
    const struct measure *measure = measured->measure;
    const struct behind here = behind_of(measured->here), there = behind_of(measured->there);
    struct beside beside;
    int64_t whole;
    if (measured->is_open_survey || measured->is_rounded || !measure_rests_on_count(measure) ||
        !is_quotient(arena, measured, measured->here) ||
        !is_quotient(arena, measured, measured->there) ||
        !decimal_integer(here.count.number, &whole) || !decimal_integer(there.count.number, &whole))
        return false;
    struct measured as = *measured;
    as.is_part = measured->is_part && holds(&here, &there);
    if (!benchmark_beside(&here, &there, as.is_part, measure->kind, &beside))
        return false;
    double same = measure->kind == KIND_PERCENT ? 0 : 1;
    out->by = STOOD_COUNTS;
    out->standing = interval_standing(beside.ci95, same, measure->target.polarity);
    out->why = effect_words(arena, &as, &beside);
    return true;
}

/* Too little to be relied on, [u] (statistics.md 4). */
static bool is_few(const struct figure *figure)
{
    const struct decimal few = decimal_from(20);
    return decimal_compare(figure->count.number, few) < 0;
}

static struct stood from_count(struct arena *arena, const struct measured *measured, double against,
                               double half)
{
    if (measured->is_rounded)
        return (struct stood){.by = STOOD_NOT,
                              .why = TEXT("the counts are rounded, to protect people")};
    const struct benchmark found = judge(arena, measured, against, half);
    struct stood out = {.by = STOOD_NOT, .standing = found.standing, .why = text_from(found.why)};
    if (found.found == BENCHMARK_NOT || found.found == BENCHMARK_NO_SAMPLING)
        return out;
    if (found.found == BENCHMARK_ESTIMATED && !measured->estimates)
        return out;
    if (!found.is_robust) {
        out.why = TEXT("how the figures were rounded decides");
        return out;
    }
    bool is_estimate = found.found == BENCHMARK_ESTIMATED;
    out.by = is_estimate ? STOOD_ESTIMATED : STOOD_COUNT;
    out.why = text_format(arena, "%s%s%s", is_estimate ? "estimated [e]: " : "", found.why,
                          is_few(measured->here) ? " [u]" : "");
    return out;
}

/* Where a figure is not there, its markers say why. */
static bool is_missing(const struct measured *measured, struct stood *out)
{
    const struct value values[] = {measured->here->value,
                                   measured->there ? measured->there->value : value_not_available};
    *out = (struct stood){.by = STOOD_MARKED, .why = TEXT_EMPTY};
    for (size_t i = 0; i < 2; i++)
        if (!values[i].present) {
            out->markers |= values[i].markers;
            return true;
        }
    return false;
}

/* What is so large that its figure counts as exact; another area has a likely range of its own. */
static bool is_country(struct text name)
{
    static const char *const countries[] = {"England",  "England and Wales", "Wales",
                                            "Scotland", "Northern Ireland",  "Great Britain",
                                            "UK",       "United Kingdom"};
    for (size_t i = 0; i < sizeof countries / sizeof countries[0]; i++)
        if (text_same_name(name, text_from(countries[i])))
            return true;
    return false;
}

/* Two areas by their published limits (2.4): that these overlap disproves no difference (2.5). */
static void limits_of_both(const struct measured *measured, struct stood *out)
{
    struct interval here = limits_of(measured->here), there = limits_of(measured->there);
    double difference = decimal_double(measured->here->value.number) -
                        decimal_double(measured->there->value.number);
    double half = hypot((here.upper - here.lower) / 2, (there.upper - there.lower) / 2);
    const struct interval ci95 = {difference - half, difference + half};
    out->by = STOOD_LIMITS;
    out->standing = interval_standing(ci95, 0, measured->measure->target.polarity);
    out->why = TEXT("from the published limits of both");
}

struct stood standing_to_area(struct arena *arena, const struct measured *measured)
{
    struct stood out;
    if (is_missing(measured, &out) || published_words(measured, &out))
        return out;
    bool is_exact = is_country(measured->there_name);
    double against = decimal_double(measured->there->value.number);
    if (has_limits(measured->here) && is_exact) {
        out.by = STOOD_LIMITS;
        out.standing = interval_standing(limits_of(measured->here), against,
                                         measured->measure->target.polarity);
        out.why = TEXT("from its published limits");
    } else if (has_limits(measured->here) && has_limits(measured->there))
        limits_of_both(measured, &out);
    else if (counts_of_both(arena, measured, &out))
        return out;
    else if (is_exact)
        return from_count(arena, measured, against, printed_half(measured->there->value.number));
    else if (measured->is_rounded)
        return from_count(arena, measured, against, 0);
    else
        out = (struct stood){.by = STOOD_NOT,
                             .why = text_format(arena, "the likely range of %.*s is not known",
                                                TEXT_ARG(measured->there_name))};
    return out;
}

/* ---- to a goal ---- */

struct stood standing_to_goal(struct arena *arena, const struct measured *measured)
{
    const struct published_with *with = measured->here->published;
    const enum polarity polarity = measured->measure->target.polarity;
    struct stood out = {.by = STOOD_NOT, .why = TEXT_EMPTY};
    if (!with || !measured->here->value.present)
        return out;
    if (with->against.goal.len && standing_read(with->against.goal, &out.standing)) {
        out.by = STOOD_PUBLISHED;
        out.why = TEXT("the publisher's comparison");
        return out;
    }
    if (!with->target.present || (polarity != POLARITY_HIGH && polarity != POLARITY_LOW))
        return out;
    double goal = decimal_double(with->target.number);
    if (!has_limits(measured->here))
        return from_count(arena, measured, goal, 0);
    out.by = STOOD_LIMITS;
    out.standing = interval_standing(limits_of(measured->here), goal, polarity);
    out.why = TEXT("from its published limits");
    return out;
}

struct text standing_display(struct arena *arena, enum standing standing, bool is_above)
{
    static const char *const words[] = {[STANDING_SIMILAR] = "",
                                        [STANDING_LOWER] = "",
                                        [STANDING_HIGHER] = "",
                                        [STANDING_BETTER] = ", better",
                                        [STANDING_WORSE] = ", worse"};
    if (standing == STANDING_SIMILAR)
        return TEXT("≈ Similar");
    return text_format(arena, "%s%s", is_above ? "↑ Higher" : "↓ Lower", words[standing]);
}
