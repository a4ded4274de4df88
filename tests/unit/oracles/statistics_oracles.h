/* statistics_oracles - tests, intervals, adjustment for many rows, and classes. */
#ifndef TESTS_ORACLES_STATISTICS_H
#define TESTS_ORACLES_STATISTICS_H

#include "compute/benchmark.h"
#include "compute/judgement.h"
#include "compute/spc.h"
#include "compute/trend.h"
#include "compute/ytd.h"
#include "row.h"

#include <math.h>
#include <stdlib.h>

/* A blank is NAN, "inf" is infinite. */
static double real(const struct row *row, const char *column)
{
    struct text t = cell(row, column);
    return t.len && !text_is(t, "NA") ? strtod(text_cstr(row->arena, t), NULL) : NAN;
}

static void expect_real(struct row *row, const char *column, double got)
{
    double wanted = real(row, column);
    bool same = isnan(wanted)   ? isnan(got)
                : isinf(wanted) ? isinf(got)
                                : fabs(got - wanted) <= 1e-9 * fmax(fabs(wanted), 1e-300) ||
                                      (wanted == 0 && fabs(got) < 1e-15);
    if (!same)
        expect(row, column, text_format(row->arena, "%.17g", got), cell(row, column));
}

static void expect_interval(struct row *row, const char *lower, const char *upper,
                            struct interval got)
{
    expect_real(row, lower, got.lower);
    expect_real(row, upper, got.upper);
}

static void check_count_test(struct row *row)
{
    struct count_test test =
        count_compare(real(row, "x1"), real(row, "t1"), real(row, "x0"), real(row, "t0"));
    expect_real(row, "rate_ratio", test.ratio);
    expect_interval(row, "ci95_lo", "ci95_hi", test.ci95);
    expect_interval(row, "ci998_lo", "ci998_hi", test.ci998);
    expect_real(row, "p_lower_tail", test.p_lower);
    expect_real(row, "p_upper_tail", test.p_upper);
    expect_real(row, "p_central", test.p);
    expect_real(row, "phi_max", test.phi_max);
}

static void check_rate_ratio(struct row *row)
{
    struct count_test test =
        count_compare(real(row, "x1"), real(row, "n1"), real(row, "x0"), real(row, "n0"));
    expect_real(row, "ratio", test.ratio);
    expect_interval(row, "lo95", "hi95", test.ci95);
    expect_real(row, "p_central", test.p);
    expect_real(row, "rate1", real(row, "x1") / real(row, "n1") * real(row, "mult"));
    expect_real(row, "rate0", real(row, "x0") / real(row, "n0") * real(row, "mult"));
}

static void check_wilson(struct row *row)
{
    double x = real(row, "x"), n = real(row, "n");
    expect_real(row, "pct", 100 * x / n);
    expect_interval(row, "lo95", "hi95", wilson(x, n, NORMAL_95));
    expect_interval(row, "lo998", "hi998", wilson(x, n, NORMAL_998));
}

static void check_newcombe(struct row *row)
{
    struct proportion_test test =
        proportion_compare(real(row, "x1"), real(row, "n1"), real(row, "x0"), real(row, "n0"));
    expect_real(row, "diff", test.difference);
    expect_interval(row, "lo95", "hi95", test.ci95);
    expect_real(row, "z_pooled", test.z);
    expect_real(row, "p_z", test.p_z);
    expect_real(row, "p_fisher", test.p_fisher);
    expect_real(row, "min_expected", test.min_expected);
    expect_word(row, "use", test.use_fisher ? "fisher" : "z");
}

static struct interval scaled(struct interval interval, double factor)
{
    return (struct interval){interval.lower * factor, interval.upper * factor};
}

static void check_byar(struct row *row)
{
    double x = real(row, "x"), factor = real(row, "mult") / real(row, "n");
    expect_real(row, "rate", x * factor);
    expect_interval(row, "lo95", "hi95", scaled(count_interval(x, 0.95), factor));
    expect_interval(row, "lo998", "hi998", scaled(count_interval(x, 0.998), factor));
    expect_interval(row, "byar_lo95", "byar_hi95", byar(x, NORMAL_95));
    expect_interval(row, "exact_lo95", "exact_hi95", poisson_exact(x, 0.95));
}

static enum polarity polarity_of(struct row *row)
{
    struct text t = cell(row, "polarity");
    return text_is(t, "high")   ? POLARITY_HIGH
           : text_is(t, "low")  ? POLARITY_LOW
           : text_is(t, "band") ? POLARITY_BAND
                                : POLARITY_NONE;
}

static void check_published_interval(struct row *row)
{
    struct interval interval = {real(row, "lower"), real(row, "upper")};
    expect_word(
        row, "expected",
        standing_word(interval_standing(interval, real(row, "benchmark"), polarity_of(row))));
}

/* A column as it was printed: profiles print 2 decimals below 10 and else 1 (statistics.md 1.3),
 * and the file has lost the zeros at their end. */
static struct value printed(const struct row *row, const char *column)
{
    struct value value = {.present = false};
    struct decimal ten = decimal_from(10);
    value.present = decimal_parse(cell(row, column), &value.number);
    unsigned places = decimal_compare(value.number, ten) < 0 ? 2 : 1;
    if (value.present && value.number.scale < places)
        decimal_round(value.number, places, &value.number);
    return value;
}

static const struct value_type {
    const char *word;
    enum measure_kind kind;
    enum basis basis;
    bool is_goal; /* what it is compared with is exact */
} value_types[] = {
    {"life_exp", KIND_LIFE_EXPECTANCY, BASIS_UNKNOWN, false},
    {"dsr", KIND_RATE, BASIS_STANDARDISED, false},
    {"crude", KIND_RATE, BASIS_COUNTED, false},
    {"prop", KIND_PERCENT, BASIS_COUNTED, false},
    {"modelled", KIND_PERCENT, BASIS_MODELLED, false},
    {"goal_ratio", KIND_PERCENT, BASIS_MODELLED, true},
    {"survey", KIND_PERCENT, BASIS_SURVEY, false},
    {"index", KIND_INDEX, BASIS_INDEX, false},
    {"mean", KIND_MEAN, BASIS_UNKNOWN, false},
    {"ewd", KIND_INDEX, BASIS_EXCESS, false},
};

/* The file names no base: the power of ten that its implied denominator has. */
static double base_of_row(const struct row *row)
{
    double base = real(row, "implied_denominator") * real(row, "local") / real(row, "count");
    return isnan(base) ? 100 : pow(10, floor(log10(base) + 0.5));
}

static void check_benchmark(struct row *row)
{
    const struct value_type *type = NULL;
    for (size_t i = 0; i < sizeof value_types / sizeof value_types[0]; i++)
        if (text_is(cell(row, "type"), value_types[i].word))
            type = &value_types[i];
    if (!type) {
        expect_word(row, "type", "one that is known");
        return;
    }
    struct value count = {.present = false}, against = printed(row, "benchmark");
    count.present = decimal_parse(cell(row, "count"), &count.number);
    const struct benchmark_input input = {
        .kind = type->kind,
        .basis = type->basis,
        .value = printed(row, "local"),
        .count = count,
        .per = base_of_row(row),
        .against = real(row, "benchmark"),
        .against_half = type->is_goal ? 0 : printed_half(against.number),
        .polarity = polarity_of(row),
    };
    struct benchmark got = benchmark_judge(&input);
    bool judged = got.found == BENCHMARK_EXACT || got.found == BENCHMARK_ESTIMATED;
    expect(row, "class", text_format(row->arena, "%c", benchmark_letter(got.found)),
           text_slice(cell(row, "class"), 0, 1));
    expect_real(row, "implied_denominator", got.denominator);
    expect_interval(row, "den_lo", "den_hi", got.implied);
    expect_interval(row, "ci95_lo", "ci95_hi", got.ci95);
    expect_word(row, "result", judged ? standing_word(got.standing) : "");
    expect_word(row, "robust_to_rounding", !judged ? "" : got.is_robust ? "yes" : "no");
    if (getenv("ORACLES_SHOW"))
        printf("# %s %s: %c (%s) %s%s\n", text_cstr(row->arena, cell(row, "no")),
               text_cstr(row->arena, cell(row, "name")), benchmark_letter(got.found), got.why,
               judged ? standing_word(got.standing) : "not computed",
               judged && !got.is_robust ? ", but rounding decides" : "");
}

static void check_class(struct row *row)
{
    const struct evidence_input input = {
        .x1 = real(row, "x1"),
        .x0 = real(row, "x0"),
        .ratio = real(row, "rate_ratio"),
        .ci95 = {real(row, "ci95_lo"), real(row, "ci95_hi")},
        .p = real(row, "p_central"),
        .p_holm = real(row, "p_holm"),
        .phi_max = real(row, "phi_max"),
    };
    expect_word(row, "expected", evidence_code(evidence_class(&input)));
}

/* The rows of the table that share this row's value of `column`, in order; the row's own is *own.
 */
enum { FAMILY_MAX = 512 };
static size_t family_of(const struct row *row, const char *column, struct row *family, size_t *own)
{
    size_t count = 0;
    for (size_t i = 0; i < row->table->count && count < FAMILY_MAX; i++) {
        struct row other = *row;
        other.index = i;
        if (!text_equal(cell(&other, column), cell(row, column)))
            continue;
        if (i == row->index)
            *own = count;
        family[count++] = other;
    }
    return count;
}

static void check_adjusted(struct row *row)
{
    struct row family[FAMILY_MAX];
    double p[FAMILY_MAX], holm[FAMILY_MAX], bh[FAMILY_MAX];
    size_t own = 0, count = family_of(row, "set", family, &own);
    for (size_t i = 0; i < count; i++)
        p[i] = real(&family[i], "p");
    holm_adjust(p, holm, count);
    benjamini_hochberg_adjust(p, bh, count);
    expect_real(row, "holm", holm[own]);
    expect_real(row, "bh", bh[own]);
}

static struct count_test seed_test(const struct row *row)
{
    return count_compare(real(row, "current"), real(row, "days_current"), real(row, "baseline"),
                         real(row, "days_baseline"));
}

/* The crime table as a family: what a reader of the sample's report is told. */
static void check_crime(struct row *row)
{
    struct row family[FAMILY_MAX];
    double p[FAMILY_MAX], holm[FAMILY_MAX], bh[FAMILY_MAX];
    size_t own = 0, count = family_of(row, "baseline_year", family, &own);
    for (size_t i = 0; i < count; i++)
        p[i] = seed_test(&family[i]).p;
    holm_adjust(p, holm, count);
    benjamini_hochberg_adjust(p, bh, count);
    struct count_test test = seed_test(row);
    expect_real(row, "rate_ratio", test.ratio);
    expect_interval(row, "ci95_lo", "ci95_hi", test.ci95);
    expect_real(row, "p_central", test.p);
    expect_real(row, "p_holm", holm[own]);
    expect_real(row, "p_bh", bh[own]);
    expect_real(row, "phi_max", test.phi_max);
    const struct evidence_input input = {.x1 = real(row, "current"),
                                         .x0 = real(row, "baseline"),
                                         .ratio = test.ratio,
                                         .ci95 = test.ci95,
                                         .p = test.p,
                                         .p_holm = holm[own],
                                         .phi_max = test.phi_max};
    enum evidence class = evidence_class(&input);
    /* the oracle has one word for the two classes that are no change to speak of */
    bool none = class == EVIDENCE_UNCERTAIN || class == EVIDENCE_LITTLE_CHANGED;
    expect_word(row, "class", none ? "NO_CLEAR_CHANGE" : evidence_code(class));
}

/* Rows of another file of the folder whose `column` is `name`. */
static size_t series_of(const struct row *row, const char *file, struct text name,
                        struct csv_table *table, struct row *series)
{
    size_t count = 0;
    if (!table_read(row->arena, path_join(row->arena, row->folder, text_from(file)), table))
        return 0;
    for (size_t i = 0; i < table->count && count < FAMILY_MAX; i++) {
        struct row one = *row;
        one.table = table;
        one.index = i;
        if (text_equal(cell(&one, "series"), name))
            series[count++] = one;
    }
    return count;
}

static void check_monthly(struct row *row)
{
    struct csv_table table;
    struct row months[FAMILY_MAX];
    double now[FAMILY_MAX], before[FAMILY_MAX];
    size_t count = series_of(row, "overdispersion_input.csv", cell(row, "series"), &table, months);
    for (size_t m = 0; m < count; m++) {
        now[m] = real(&months[m], "curr");
        before[m] = real(&months[m], "prev");
    }
    struct monthly_test test = monthly_compare(now, before, count);
    expect_real(row, "chi2", test.chi2);
    expect_real(row, "df", test.df);
    expect_real(row, "phi_hat", test.phi_hat);
    expect_real(row, "phi_used", test.phi);
    expect_real(row, "log_ratio", test.log_ratio);
    expect_real(row, "se", test.se);
    expect_real(row, "t_crit", test.t_critical);
    expect_real(row, "ratio", test.ratio);
    expect_interval(row, "lo95", "hi95", test.ci95);
    expect_real(row, "p", test.p);
}

static void check_standardised(struct row *row)
{
    struct csv_table table;
    struct row bands[FAMILY_MAX];
    double x[FAMILY_MAX], n[FAMILY_MAX], w[FAMILY_MAX], people = 0;
    size_t count = series_of(row, "dsr_input.csv", cell(row, "series"), &table, bands);
    for (size_t i = 0; i < count; i++) {
        x[i] = real(&bands[i], "x");
        people += n[i] = real(&bands[i], "pop");
        w[i] = real(&bands[i], "stdpop");
    }
    struct standardised rate = standardise(x, n, w, count);
    const double per = 100000;
    expect_real(row, "total_count", rate.events);
    expect_real(row, "total_pop", people);
    expect_real(row, "dsr", rate.rate * per);
    expect_interval(row, "lo95", "hi95", scaled(rate.ci95, per));
    expect_interval(row, "lo998", "hi998", scaled(rate.ci998, per));
}

static void check_trend(struct row *row)
{
    struct csv_table table;
    struct row points[FAMILY_MAX];
    double a[TREND_POINTS], b[TREND_POINTS], c[TREND_POINTS];
    size_t count = series_of(row, "trend_input.csv", cell(row, "series"), &table, points);
    bool shares = text_is(cell(row, "kind"), "proportion");
    if (count != TREND_POINTS) {
        expect(row, "points", text_format(row->arena, "%zu", count), TEXT("5"));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        a[i] = real(&points[i], shares ? "num" : "value");
        b[i] = real(&points[i], shares ? "den" : "lower");
        c[i] = real(&points[i], "upper");
    }
    struct trend trend = shares ? trend_of_proportions(a, b) : trend_of_values(a, b, c);
    expect_real(row, "slope", trend.slope);
    expect_real(row, "chi2", trend.chi_square);
    expect_real(row, "critical", TREND_CRITICAL);
    expect_word(row, "outlier", trend.one_point ? "TRUE" : "FALSE");
    expect_word(row, "trend", trend_word(trend.direction));
}

/* The points of a series, once for each way of screening. */
static size_t points_of(const struct row *row, struct row *points, double *x)
{
    struct csv_table *table = arena_alloc(row->arena, sizeof *table);
    size_t all = series_of(row, "xmr_points.csv", cell(row, "series"), table, points), count = 0;
    for (size_t i = 0; i < all; i++)
        if (text_equal(cell(&points[i], "screen"), cell(row, "screen"))) {
            points[count] = points[i];
            x[count++] = real(&points[i], "value");
        }
    return count;
}

static void check_limits(struct row *row)
{
    struct row points[FAMILY_MAX];
    double x[FAMILY_MAX];
    size_t count = points_of(row, points, x);
    struct xmr xmr = xmr_limits(x, count, text_is(cell(row, "screen"), "1"));
    expect_real(row, "n", (double)count);
    expect_real(row, "mean", xmr.mean);
    expect_real(row, "mean_mr", xmr.mean_range);
    expect_interval(row, "lpl", "upl", (struct interval){xmr.lower, xmr.upper});
    expect_interval(row, "near_lpl", "near_upl", (struct interval){xmr.near_lower, xmr.near_upper});
    expect_real(row, "url_mr", xmr.range_limit);
}

static void check_signal(struct row *row)
{
    static const char *const names[] = {"Common Cause",
                                        "Above UCL",
                                        "Below LCL",
                                        "7 Point Trend (Increasing)",
                                        "7 Point Trend (Decreasing)",
                                        "2 in 3 Above CL",
                                        "2 in 3 Below CL",
                                        "7 Points Above CL",
                                        "7 Points Below CL"};
    struct row points[FAMILY_MAX];
    double x[FAMILY_MAX];
    enum signal signals[FAMILY_MAX];
    size_t count = points_of(row, points, x), at = (size_t)real(row, "i") - 1;
    struct xmr xmr = xmr_limits(x, count, text_is(cell(row, "screen"), "1"));
    bool defined = !isnan(xmr.upper);
    xmr_signals(&xmr, x, count, signals);
    expect_real(row, "outside", defined ? xmr_is_outside(&xmr, x[at]) : NAN);
    expect_real(row, "close", defined ? xmr_is_near(&xmr, x[at]) : NAN);
    expect_word(row, "special", names[signals[at]]);
}

static struct decimal exact(const struct row *row, const char *column)
{
    struct decimal out = decimal_from(0);
    decimal_parse(cell(row, column), &out);
    return out;
}

static struct target target_of(struct row *row)
{
    return (struct target){.polarity = polarity_of(row),
                           .band_low = exact(row, "band_low"),
                           .band_high = exact(row, "band_high")};
}

static void check_rag(struct row *row)
{
    static const char *const words[RAGS] = {
        [RAG_NONE] = "[z]", [RAG_RED] = "RED", [RAG_AMBER] = "AMBER", [RAG_GREEN] = "GREEN"};
    struct target target = target_of(row);
    target.value = exact(row, "target");
    target.tolerance = exact(row, "tolerance");
    target.tolerance_is_relative = text_is(cell(row, "tolerance_kind"), "rel");
    expect_word(row, "expected", words[rag_against_target(exact(row, "value"), &target)]);
}

static void check_travel(struct row *row)
{
    struct target target = target_of(row);
    struct travel travel = direction_of_travel(exact(row, "current"), exact(row, "previous"),
                                               &target, exact(row, "dead_band"));
    expect_word(row, "arrow", arrow_word(travel.arrow));
    expect_word(row, "judgement", judgement_word(travel.judgement));
}

static void check_forecast(struct row *row)
{
    struct forecast f = forecast_year(real(row, "ytd"), real(row, "days_elapsed"),
                                      real(row, "days_year"), real(row, "phi"));
    expect_real(row, "remaining", f.remaining);
    expect_real(row, "forecast", f.total);
    expect_interval(row, "lo95", "hi95", (struct interval){f.lower, f.upper});
}

/* "04=410 05=398 07=": months of the financial year; how many have a number. */
static unsigned read_months(struct row *row, const char *column, struct value *out)
{
    unsigned present = 0;
    struct text_pieces pieces = text_split(cell(row, column), ' ');
    for (struct text piece; text_next(&pieces, &piece);) {
        struct decimal month;
        int64_t number;
        if (piece.len < 3 || !decimal_parse(text_slice(piece, 0, 2), &month) ||
            !decimal_integer(month, &number))
            continue;
        struct value *value = &out[(number + 8) % YTD_MONTHS];
        value->present = decimal_parse(text_slice(piece, 3, piece.len), &value->number);
        present += value->present;
    }
    return present;
}

/* The file does not say which year: a whole one has ended, any other is the extract's. */
static struct date first_of_year(struct date extract, bool whole)
{
    int year = extract.month >= 4 ? extract.year : extract.year - 1;
    return date_first_of_month(whole ? year - 1 : year, 4);
}

static void check_ytd(struct row *row)
{
    struct value now[YTD_MONTHS] = {{.present = false}}, before[YTD_MONTHS] = {{.present = false}};
    struct date extract = {0};
    bool whole = read_months(row, "current", now) == YTD_MONTHS;
    read_months(row, "previous", before);
    date_read_iso(cell(row, "extract_date"), &extract);
    struct ytd ytd = ytd_compute(now, before, first_of_year(extract, whole), extract,
                                 (int)real(row, "settle_days"));
    bool refused = ytd_is_refused(ytd.status);
    struct decimal percent = decimal_from(0);
    expect_word(row, "status", ytd_code(ytd.status));
    expect_real(row, "months_used", ytd.months);
    expect_exactly(row, "current_total", !refused, ytd.now);
    expect_exactly(row, "previous_total", !refused, ytd.before);
    if (!refused && decimal_subtract(ytd.now, ytd.before, &percent) &&
        decimal_multiply(percent, decimal_from(100), &percent))
        decimal_divide(percent, ytd.before, 1, &percent);
    expect_exactly(row, "pct_1dp", !refused, percent);
}

static enum evidence evidence_of(struct text code)
{
    for (int e = EVIDENCE_NONE; e <= EVIDENCE_UNCERTAIN; e++)
        if (text_is(code, evidence_code((enum evidence)e)))
            return (enum evidence)e;
    return EVIDENCE_NONE;
}

static void check_wording(struct row *row)
{
    struct value now = {.present = true, .number = exact(row, "current")};
    struct value before = {.present = true, .number = exact(row, "baseline")};
    struct change change =
        change_compute(row->arena, KIND_COUNT, now, before, &change_default_rules);
    expect(row, "sentence",
           evidence_sentence(row->arena, cell(row, "measure"), now, before,
                             cell(row, "baseline_year"), &change,
                             evidence_of(cell(row, "subclass"))),
           cell(row, "sentence"));
}

#endif
