/*
 * Holds the program against the oracles: CSV files of inputs and the right answers
 * (tests/oracles/README.md). Every row is one pass or one failure.
 *
 *     oracles_test [FOLDER]      FOLDER: tests/oracles unless given
 */
#include "base/file.h"
#include "compute/change.h"
#include "compute/distribution.h"
#include "quality.h"
#include "row.h"
#include "statistics_oracles.h"
#include "suppression_oracles.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Blank when the number is not defined. */
static void expect_number(struct row *row, const char *column, bool defined, struct decimal number)
{
    struct text expected = cell(row, column);
    struct text got = defined ? decimal_text(row->arena, number) : TEXT_EMPTY;
    double x = decimal_double(number), y = strtod(text_cstr(row->arena, expected), NULL);
    bool same =
        defined == (expected.len > 0) && (!defined || fabs(x - y) <= 1e-9 * fmax(fabs(x), fabs(y)));
    if (!same)
        expect(row, column, got, expected);
}

/*
 * What a note says, without what the oracle adds about where a spelling was seen ("seed: …",
 * "(seed document 004)", "; seed uses it …") and without a further clause behind a semicolon that
 * only some rows of the same reading have.
 */
static struct text without_seed(struct arena *arena, struct text note)
{
    struct buffer out = {.arena = arena};
    for (size_t at = 0; at < note.len;) {
        struct text rest = text_slice(note, at, note.len);
        if (text_starts(rest, TEXT(" (seed "))) {
            at += text_find(rest, ')', 0) + 1;
            continue;
        }
        buffer_add_byte(&out, note.ptr[at++]);
    }
    return buffer_text(&out);
}

static bool notes_agree(struct arena *arena, struct text got, struct text expected)
{
    if (text_starts(expected, TEXT("seed: "))) /* only about one source: nothing to compare */
        return true;
    expected = without_seed(arena, expected);
    struct text longer = got.len > expected.len ? got : expected;
    struct text shorter = got.len > expected.len ? expected : got;
    return text_equal(got, expected) ||
           (shorter.len && text_starts(longer, shorter) &&
            text_starts(text_slice(longer, shorter.len, longer.len), TEXT("; ")));
}

static void expect_note(struct row *row, struct text got)
{
    struct text expected = cell(row, "note");
    if (!notes_agree(row->arena, got, expected))
        expect(row, "note", got, expected);
}

static void check_number(struct row *row)
{
    static const char *const flags[] = {"OK", "CHECK", "ERROR"};
    struct reading reading = value_read(row->arena, cell(row, "raw"));
    expect_exactly(row, "value", reading.value.present, reading.value.number);
    expect(row, "unit", reading.unit, cell(row, "unit"));
    expect(row, "marker", reading.marker, cell(row, "marker"));
    expect_word(row, "flag", flags[reading.flag]);
    expect_note(row, reading.note);
    if (!reading.value.present && !reading.value.markers && reading.flag != READING_ERROR)
        expect(row, "marker", TEXT_EMPTY, TEXT("one that says why there is no value"));
}

static void check_marker(struct row *row)
{
    struct reading alone = value_read(row->arena, cell(row, "marker"));
    expect(row, "marker", markers_display(row->arena, alone.value.markers), cell(row, "marker"));
    expect_word(row, "alone", alone.value.present ? "a number" : "");
    for (int i = 0; i < MARKERS; i++)
        if (alone.value.markers == 1u << i &&
            !text_starts(text_from(marker_meaning(i)), cell(row, "meaning")))
            expect_word(row, "meaning", marker_meaning(i));
    struct text beside = text_concat(row->arena, TEXT("12 "), cell(row, "marker"));
    bool kept = value_read(row->arena, beside).value.present;
    expect_word(row, "numeric_value_kept", kept ? "yes" : "no");
}

static void expect_date(struct row *row, const char *column, struct date date)
{
    expect(row, column, date_is_known(date) ? date_iso(row->arena, date) : TEXT_EMPTY,
           cell(row, column));
}

static void expect_count(struct row *row, const char *column, long number)
{
    expect(row, column, number ? text_format(row->arena, "%ld", number) : TEXT_EMPTY,
           cell(row, column));
}

static void check_period(struct row *row)
{
    struct period period = period_read(row->arena, cell(row, "label"));
    struct period before = period_previous(row->arena, period);
    bool known = date_is_known(period.start);
    struct text kind = text_from(period_kind_word(period.kind));
    if (!cell(row, "label").len && period.kind == PERIOD_UNKNOWN)
        kind = TEXT_EMPTY;
    expect(row, "kind", kind, cell(row, "kind"));
    expect_date(row, "start", period.start);
    expect_date(row, "end", period.end);
    expect_count(row, "days", period_days(period));
    expect_count(row, "years_pooled", known ? (long)period.years_pooled : 0);
    expect_date(row, "prev_start", before.start);
    expect_date(row, "prev_end", before.end);
    expect_count(row, "prev_days", period_days(before));
    expect_word(row, "flag", period_flag_word(period.flag));
    expect_note(row, period.note);
}

static struct value value_of(struct row *row, const char *column, const char *marker_column)
{
    struct value value = {0};
    value.present = decimal_parse(cell(row, column), &value.number);
    struct text marker = marker_column ? cell(row, marker_column) : TEXT_EMPTY;
    for (int i = 0; i < MARKERS; i++)
        if (text_is(marker, marker_letters(i)))
            value.markers = 1u << i;
    if (marker.len && !value.markers)
        expect(row, marker_column, TEXT("not known"), marker);
    return value;
}

static void check_change(struct row *row)
{
    enum measure_kind kind;
    struct decimal places = {0};
    decimal_parse(cell(row, "pct_dp"), &places);
    if (!measure_kind_read(cell(row, "kind"), &kind)) {
        expect(row, "kind", TEXT("not known"), cell(row, "kind"));
        return;
    }
    struct change_rules rules = change_default_rules;
    rules.places = (unsigned)places.coefficient;
    struct change change =
        change_compute(row->arena, kind, value_of(row, "current", "current_marker"),
                       value_of(row, "baseline", "baseline_marker"), &rules);
    bool points = change.status == CHANGE_OK_PP;
    expect_exactly(row, "abs_change", change.has_absolute, change.absolute);
    /* the oracle gives these two a percentage that must not be shown */
    bool hidden = change.status == CHANGE_SMALL_BASE || change.status == CHANGE_BOTH_ZERO;
    expect_number(row, "pct_change", change.has_percent || hidden, change.percent);
    expect_exactly(row, "pp_change", points, change.absolute);
    expect_word(row, "status", change_status_word(change.status));
    expect(row, "display_abs", change.absolute_display, cell(row, "display_abs"));
    expect(row, "display_pct", change.percent_display, cell(row, "display_pct"));
}

static struct value number_value(struct decimal number)
{
    return (struct value){.present = true, .number = number};
}

/* "−45.4%" as "-45.4" */
static struct text bare_percent(struct arena *arena, struct text display)
{
    struct buffer out = {.arena = arena};
    bool minus = text_starts(display, TEXT("\xE2\x88\x92"));
    if (minus)
        buffer_add_byte(&out, '-');
    for (size_t i = minus ? 3 : 1; i + 1 < display.len; i++)
        if (display.ptr[i] != ',')
            buffer_add_byte(&out, display.ptr[i]);
    return buffer_text(&out);
}

static void expect_percent(struct row *row, struct decimal current, struct decimal baseline,
                           const char *exact, const char *displayed)
{
    struct change change = change_compute(row->arena, KIND_COUNT, number_value(current),
                                          number_value(baseline), &change_default_rules);
    if (exact)
        expect_number(row, exact, change.has_percent, change.percent);
    expect(row, displayed, bare_percent(row->arena, change.percent_display), cell(row, displayed));
}

static void check_baseline(struct row *row)
{
    struct decimal now, last, two_ago, mean, difference, now_366, two_ago_365;
    bool ok = decimal_parse(cell(row, "y2021_22"), &now) &&
              decimal_parse(cell(row, "y2020_21"), &last) &&
              decimal_parse(cell(row, "y2019_20"), &two_ago) && decimal_add(last, two_ago, &mean) &&
              decimal_divide(mean, decimal_from(2), 1, &mean) &&
              decimal_multiply(now, decimal_from(366), &now_366) &&
              decimal_multiply(two_ago, decimal_from(365), &two_ago_365);
    if (!ok) {
        expect(row, "figures", TEXT("not all of them"), TEXT("three numbers"));
        return;
    }
    if (decimal_subtract(now, last, &difference))
        expect_exactly(row, "abs_v_prev", true, difference);
    if (decimal_subtract(now, two_ago, &difference))
        expect_exactly(row, "abs_v_two_ago", true, difference);
    expect_percent(row, now, last, "pct_v_prev", "pct_v_prev_1dp");
    expect_percent(row, now, two_ago, "pct_v_two_ago", "pct_v_two_ago_1dp");
    expect_exactly(row, "mean_of_two_prior", true, mean);
    expect_percent(row, now, mean, "pct_v_mean", "pct_v_mean_1dp");
    /* 2019/20 had 366 days */
    struct decimal annual = {0};
    expect_number(row, "annualised_365_current", true, now);
    expect_number(row, "annualised_365_2019_20",
                  decimal_divide(two_ago_365, decimal_from(366), 15, &annual), annual);
    /* both counts as rates a day */
    expect_percent(row, now_366, two_ago_365, NULL, "pct_v_two_ago_per_day_1dp");
}

static void check_rounded_input(struct row *row)
{
    struct decimal current = {0}, baseline = {0}, low = {0}, high = {0};
    int places = atoi(text_cstr(row->arena, cell(row, "dp_of_inputs")));
    decimal_parse(cell(row, "current"), &current);
    decimal_parse(cell(row, "baseline"), &baseline);
    bool range = change_range_rounded(current, baseline, places, &low, &high);
    expect_number(row, "pct_min", range, low);
    expect_number(row, "pct_max", range, high);
    struct change change = change_compute(row->arena, KIND_RATE, number_value(current),
                                          number_value(baseline), &change_default_rules);
    expect_number(row, "pct", change.has_percent, change.percent);
    expect(row, "print", change_display_rounded(row->arena, current, baseline, places),
           cell(row, "print"));
}

/* U+2212 as ASCII, no commas: as the oracle writes numbers. */
static struct text plain_display(struct arena *arena, struct text display)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < display.len; i++) {
        if ((unsigned char)display.ptr[i] == 0xE2) {
            buffer_add_byte(&out, '-');
            i += 2;
        } else if (display.ptr[i] != ',')
            buffer_add_byte(&out, display.ptr[i]);
    }
    return buffer_text(&out);
}

static void check_rounding(struct row *row)
{
    struct reading input = value_read(row->arena, cell(row, "input")); /* exponents too */
    struct decimal number = input.value.number, out = {0};
    unsigned places = (unsigned)atoi(text_cstr(row->arena, cell(row, "dp")));
    struct text mode = cell(row, "mode");
    bool ok = input.value.present;
    if (text_is(mode, "profile")) {
        struct text shown = plain_display(row->arena, rate_display(row->arena, number));
        expect(row, "expected", shown, cell(row, "expected"));
        return;
    }
    if (text_is(mode, "half_away"))
        ok = ok && decimal_round(number, places, &out);
    else if (text_is(mode, "base5") || text_is(mode, "base10"))
        ok = ok && decimal_round_to_multiple(number, text_is(mode, "base5") ? 5 : 10, &out);
    else if (text_is(mode, "sigfig"))
        ok = ok && decimal_round_significant(number, places, &out);
    else
        expect(row, "mode", TEXT("not known"), mode);
    expect(row, "expected", ok ? decimal_text(row->arena, out) : TEXT("no number"),
           cell(row, "expected"));
}

/* A share of those who answered. The last row adds up ticks and states nothing: only its exact
 * percentage is compared. */
static void check_survey(struct row *row)
{
    struct decimal count = {0}, base = {0}, stated, hundred, shown = {0};
    bool ok = decimal_parse(cell(row, "count"), &count) &&
              decimal_parse(cell(row, "respondents"), &base) &&
              decimal_multiply(count, decimal_from(100), &hundred);
    struct decimal exact = {0};
    expect_number(row, "pct_exact", ok && decimal_divide(hundred, base, 15, &exact), exact);
    if (ok && decimal_divide(hundred, base, 2, &shown))
        expect(row, "pct_2dp", decimal_text(row->arena, shown), cell(row, "pct_2dp"));
    if (!decimal_parse(cell(row, "stated"), &stated))
        return;
    expect_word(row, "check", dq_percent(count, base, stated) == DQ_OK ? "match" : "mismatch");
    if (ok && decimal_divide(hundred, base, 0, &shown))
        expect(row, "pct_0dp", decimal_text(row->arena, shown), cell(row, "pct_0dp"));
}

static const struct oracle {
    const char *file;
    const char *name; /* the column that names a row in messages */
    void (*check)(struct row *row);
} oracles[] = {
    {"baselines.csv", "measure", check_baseline},
    {"byar.csv", "x", check_byar},
    {"class.csv", "x1", check_class},
    {"compare_ci.csv", "value", check_published_interval},
    {"health32.csv", "no", check_benchmark},
    {"crime_seed.csv", "measure", check_crime},
    {"dot.csv", "current", check_travel},
    {"dsr_expected.csv", "series", check_standardised},
    {"forecast.csv", "ytd", check_forecast},
    {"dq.csv", "case", check_quality},
    {"markers.csv", "marker", check_marker},
    {"multiple.csv", "i", check_adjusted},
    {"newcombe.csv", "x1", check_newcombe},
    {"numbers.csv", "raw", check_number},
    {"overdispersion_expected.csv", "series", check_monthly},
    {"periods.csv", "label", check_period},
    {"poisson_ratio.csv", "id", check_count_test},
    {"rag.csv", "value", check_rag},
    {"rate_ratio.csv", "id", check_rate_ratio},
    {"rounded_inputs.csv", "current", check_rounded_input},
    {"rounding.csv", "input", check_rounding},
    {"suppression.csv", "cells", check_suppressed_line},
    {"suppression2d.csv", "table", check_suppressed_table},
    {"trend_expected.csv", "series", check_trend},
    {"wilson.csv", "x", check_wilson},
    {"wording.csv", "measure", check_wording},
    {"xmr.csv", "series", check_limits},
    {"xmr_points.csv", "series", check_signal},
    {"survey.csv", "option", check_survey},
    {"yoy.csv", "id", check_change},
    {"ytd.csv", "case", check_ytd},
};

struct tally {
    size_t passed, failed;
};

static const struct oracle *oracle_of(struct text file)
{
    for (size_t i = 0; i < sizeof oracles / sizeof oracles[0]; i++)
        if (text_is(file, oracles[i].file))
            return &oracles[i];
    return NULL;
}

static void check_file(struct arena *arena, struct text folder, const struct oracle *oracle,
                       struct tally *tally)
{
    struct csv_table table;
    struct text path = path_join(arena, folder, text_from(oracle->file));
    size_t failed_before = tally->failed, passed_before = tally->passed;
    if (!table_read(arena, path, &table) || table.count == 0) {
        printf("not ok - %s: cannot be read, or has no rows\n", oracle->file);
        tally->failed++;
        return;
    }
    for (size_t i = 0; i < table.count; i++) {
        struct row row = {.arena = arena,
                          .table = &table,
                          .index = i,
                          .file = oracle->file,
                          .wrong = {.arena = arena},
                          .folder = folder};
        oracle->check(&row);
        if (row.not_implemented) {
            printf("not implemented: %s row %zu '%.*s': %s\n", oracle->file, i + 2,
                   TEXT_ARG(cell(&row, oracle->name)), row.not_implemented);
            continue;
        }
        if (!row.wrong.len) {
            tally->passed++;
            continue;
        }
        tally->failed++;
        printf("%.*s", TEXT_ARG(buffer_text(&row.wrong)));
    }
    size_t passed = tally->passed - passed_before, failed = tally->failed - failed_before;
    if (failed)
        printf("not ok - %s: %zu of %zu rows\n", oracle->file, failed, passed + failed);
    else
        printf("ok - %s: %zu rows\n", oracle->file, passed);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct text folder = text_from(argc > 1 ? argv[1] : "tests/oracles");
    struct texts names = folder_names(arena, folder);
    struct tally tally = {0};
    size_t files = 0;
    for (size_t i = 0; i < names.count; i++) {
        const struct oracle *oracle = oracle_of(names.items[i]);
        if (oracle) {
            files++;
            check_file(arena, folder, oracle, &tally);
        } else if (text_ends(names.items[i], TEXT(".csv")) &&
                   !text_ends(names.items[i], TEXT("_input.csv")))
            printf("not implemented: %.*s\n", TEXT_ARG(names.items[i]));
    }
    if (!files) {
        printf("not ok - no oracle in '%.*s'\n", TEXT_ARG(folder));
        tally.failed++;
    }
    printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
    arena_free(arena);
    return tally.failed ? 1 : 0;
}
