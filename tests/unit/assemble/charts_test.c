/* Charts over time: targets, and what a control chart says of them. */
#include "assemble/chart_int.h"

#include "support.h"

/* The section of a report.ini with that text, and a chart of it. */
static struct chart *chart_of(struct arena *arena, struct diags *diags, struct dataset *dataset,
                              const char *keys)
{
    struct text folder = test_folder(arena, "charts");
    struct text path = test_file(arena, folder, "report.ini",
                                 text_format(arena, "[chart kpi]\nsource = kpi\n%s\n", keys));
    struct ini ini;
    assert_true(ini_read(arena, diags, path, &ini));
    struct period period = period_month(arena, 2022, 12);
    const struct baselines none = {.count = 0};
    struct report_source source = {
        .dataset = dataset,
        .comparison = comparison_make(arena, dataset, 0, period, &none, TEXT_EMPTY)};
    struct report_input input = {
        .sources = &source, .source_count = 1, .area = TEXT_EMPTY, .period = period};
    struct assembly assembly = {.arena = arena, .diags = diags, .input = &input};
    return assemble_chart(&assembly, &ini.sections[0], TEXT("Caption"));
}

static struct dataset *monthly(struct arena *arena, enum measure_kind kind)
{
    struct dataset *dataset = dataset_new(arena, TEXT("kpi"));
    dataset->place = place_at(TEXT("job.ini"), 9, 1);
    for (int i = 0; i < 24; i++) {
        struct figure figure = {
            .measure = dataset_measure(dataset, TEXT("Answered in time"), PLACE_NONE),
            .area = dataset_area(dataset, TEXT_EMPTY),
            .period = dataset_period(dataset, period_month(arena, 2021 + i / 12, i % 12 + 1)),
            .value = {.present = true, .number = decimal_from(90 + i * 5 % 7)},
            .note = TEXT_EMPTY,
            .place = place_at(TEXT("a.csv"), (unsigned)i + 2, 3),
        };
        dataset_add_figure(dataset, figure);
    }
    dataset->measures[0].kind = kind;
    dataset->measures[0].target =
        (struct target){.polarity = POLARITY_HIGH, .value = decimal_from(80)};
    return dataset;
}

static struct text notes_of(struct arena *arena, const struct chart *chart)
{
    return texts_join(arena, &chart->data->notes, TEXT("\n"));
}

static bool has_target_line(const struct chart *chart)
{
    for (size_t i = 0; i < chart->line_count; i++)
        if (chart->lines[i].kind == LINE_TARGET)
            return true;
    return false;
}

static void a_target_is_a_line_and_a_sentence(void **state)
{
    struct diags diags = diags_new(*state);
    struct dataset *dataset = monthly(*state, KIND_PERCENT);
    const struct chart *chart = chart_of(*state, &diags, dataset, "kind = control\nseasonal = no");
    assert_non_null(chart);
    assert_text(*state, chart->lines[3].label, "Target: 80%");
    assert_contains(*state, notes_of(*state, chart),
                    "Answered in time consistently meets its target of 80%.");
    assert_contains(*state, chart->alt, "Target: 80%");
    struct target *target = &dataset->measures[0].target;
    *target = (struct target){
        .polarity = POLARITY_BAND, .band_low = decimal_from(50), .band_high = decimal_from(93)};
    chart = chart_of(*state, &diags, dataset, "kind = control\nseasonal = no");
    assert_text(*state, chart->lines[3].label, "Target, from: 50%");
    assert_text(*state, chart->lines[4].label, "Target, to: 93%");
    assert_contains(*state, notes_of(*state, chart),
                    "may or may not meet its target of 50% to 93%");
    chart = chart_of(*state, &diags, dataset, "kind = control\nseasonal = no\ntarget = no");
    assert_false(has_target_line(chart));
}

/* A target of counts may be one for the year. */
static void a_target_of_counts_is_shown_where_somebody_says_so(void **state)
{
    struct diags diags = diags_new(*state);
    struct dataset *dataset = monthly(*state, KIND_COUNT);
    assert_false(
        has_target_line(chart_of(*state, &diags, dataset, "kind = control\nseasonal = no")));
    const char *keys = "kind = control\nseasonal = no\ntarget = yes";
    assert_true(has_target_line(chart_of(*state, &diags, dataset, keys)));
}

/* A percentage of last year is not in the target's unit. */
static void a_ratio_has_no_target(void **state)
{
    struct diags diags = diags_new(*state);
    const struct chart *chart =
        chart_of(*state, &diags, monthly(*state, KIND_PERCENT), "kind = control\nseasonal = yes");
    assert_contains(*state, chart->value_title, "as a percentage of the same month a year earlier");
    assert_false(has_target_line(chart));
}

/* What a renderer draws are the cells of the table. */
static void points_are_cells_of_the_table(void **state)
{
    static const char *const keys[] = {"kind = control\nseasonal = no", "kind = lines",
                                       "kind = lines\nevery = quarter"};
    struct diags diags = diags_new(*state);
    for (size_t k = 0; k < 3; k++) {
        const struct chart *chart = chart_of(*state, &diags, monthly(*state, KIND_COUNT), keys[k]);
        assert_non_null(chart);
        const struct chart_series *series = chart->series;
        for (size_t i = 0; i < chart->categories.count; i++) {
            const struct row *row = &chart->data->rows[chart->first_row + i];
            assert_text(*state, row->cells[0].display,
                        text_cstr(*state, chart->categories.items[i]));
            assert_int_equal(
                decimal_compare(row->cells[series->column].number, series->points[i].value), 0);
        }
    }
}

static void what_is_refused_stands_as_a_table_and_is_told(void **state)
{
    struct diags diags = diags_new(*state);
    struct dataset *dataset = monthly(*state, KIND_PERCENT);
    dataset_figure(dataset, 0, 0, 4)->value = (struct value){.markers = MARKER_CONFIDENTIAL};
    const struct chart *chart = chart_of(*state, &diags, dataset, "kind = control\nseasonal = no");
    assert_int_equal(chart->series_count, 0);
    assert_int_equal(chart->line_count, 0);
    assert_int_equal(chart->data->row_count, 24);
    assert_contains(*state, notes_of(*state, chart), "No control chart is drawn: a figure is");
    assert_contains(*state, diags_text(&diags), "[chart kpi] is not drawn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_target_is_a_line_and_a_sentence),
        arena_test(a_target_of_counts_is_shown_where_somebody_says_so),
        arena_test(a_ratio_has_no_target),
        arena_test(points_are_cells_of_the_table),
        arena_test(what_is_refused_stands_as_a_table_and_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
