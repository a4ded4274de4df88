/* What is said of months, and where: each finding names the month and what to do. */
#include "check/check.h"
#include "support.h"

static void add(struct dataset *dataset, const char *area, struct period period, int64_t number,
                unsigned line)
{
    struct figure figure = {
        .measure = dataset_measure(dataset, TEXT("Burglary"), PLACE_NONE),
        .area = dataset_area(dataset, text_from(area)),
        .period = dataset_period(dataset, period),
        .value = {.present = true, .number = decimal_from(number)},
        .note = TEXT_EMPTY,
        .place = place_at(TEXT("a.csv"), line, 3),
    };
    dataset->measures[figure.measure].relation = RELATION_PART;
    dataset_add_figure(dataset, figure);
}

/* 14 months from April 2023 on: North has 40 in the 13th, and its rows are among those without an
 * area. */
static struct dataset *events(struct arena *arena)
{
    static const int64_t north[] = {100, 104, 96, 102, 98, 100, 106, 94, 101, 99, 100, 103, 40, 99};
    struct dataset *dataset = dataset_new(arena, TEXT("crime"));
    struct file_account *file = account_add_file(dataset, TEXT("a.csv"));
    dataset->place = place_at(TEXT("job.ini"), 9, 1);
    dataset->counts_rows = true;
    for (int i = 0; i < 14; i++) {
        int64_t none = i == 12 ? 70 : 8 + i % 3;
        struct period month = period_month(arena, 2023 + (3 + i) / 12, (3 + i) % 12 + 1);
        add(dataset, "North", month, north[i], (unsigned)i + 2);
        add(dataset, "No location given", month, none, (unsigned)i + 102);
        file->used += (size_t)(north[i] + none);
    }
    file->read = file->used;
    file->sum = decimal_from((int64_t)file->used);
    return dataset;
}

static struct text findings(struct arena *arena, struct dataset *dataset, size_t area,
                            struct period period, struct date as_at)
{
    struct diags diags = diags_new(arena);
    struct baselines baselines = {.count = 1};
    baselines.items[0].period = period_previous(arena, period);
    struct comparison *comparison =
        comparison_make(arena, dataset, area, period, &baselines, TEXT_EMPTY);
    comparison->doubts = months_doubts(arena, dataset, area, as_at);
    const struct check_input input = {.dataset = dataset, .comparison = comparison, .as_at = as_at};
    check_source(&diags, &input);
    return diags_text(&diags);
}

static void a_month_far_outside_its_history_is_told_with_what_rests_on_it(void **state)
{
    struct arena *arena = *state;
    const struct date later = {2025, 6, 30};
    struct text found = findings(arena, events(arena), 0, period_month(arena, 2024, 4), later);
    assert_contains(
        arena, found,
        "a.csv:14:3: warning: source 'crime' in North, April 2024: 40 rows, where the 12 months "
        "before it have 94 to 106 (70 more rows of it have no area): ask the publisher whether the "
        "month is right; every change rests on it, and a note below its tables says so [outlier]");
    assert_contains(arena, found,
                    "a.csv:114:3: warning: source 'crime' has far more rows without an area than "
                    "usual: April 2024 70 (else 8 to 10): the figures of areas lack these rows");
    found = findings(arena, events(arena), 0, period_month(arena, 2024, 5), later);
    assert_contains(arena, found, "ask the publisher whether the month is right [outlier]");
}

static void a_last_month_that_the_date_of_the_figures_cuts_off_is_told(void **state)
{
    struct arena *arena = *state;
    assert_contains(
        arena,
        findings(arena, events(arena), 0, period_month(arena, 2024, 5), (struct date){2024, 5, 21}),
        "job.ini:9:1: warning: source 'crime' in North, May 2024 is not whole: the "
        "job's figures are as at 21 May 2024: export it again when it is, or report on "
        "an earlier period; every change rests on it");
}

static void an_area_that_lacks_months_is_named(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = dataset_new(arena, TEXT("bins"));
    dataset->place = place_at(TEXT("job.ini"), 9, 1);
    struct file_account *file = account_add_file(dataset, TEXT("a.csv"));
    for (int month = 1; month <= 8; month++)
        for (int area = 0; area < 2; area++) {
            if (area && (month == 4 || month == 5))
                continue;
            add(dataset, area ? "South" : "North", period_month(arena, 2024, month), 9, 2);
            account_add_value(file, dataset->figures[0].value);
        }
    const struct date later = {2025, 6, 30};
    assert_text(
        arena, findings(arena, dataset, 0, period_month(arena, 2024, 8), later),
        "job.ini:9:1: warning: 'South' has no figures for April 2024 and May 2024, which other "
        "areas of source 'bins' have: look for its rows in the export [gap]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_month_far_outside_its_history_is_told_with_what_rests_on_it),
        arena_test(a_last_month_that_the_date_of_the_figures_cuts_off_is_told),
        arena_test(an_area_that_lacks_months_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
