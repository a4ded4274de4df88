/* Which cells the charts of a workbook draw, and what they say. */
#include "support.h"
#include "unit/write/example_charts.h"
#include "unit/write/example_document.h"
#include "write/sheets_int.h"

struct fixture {
    struct arena *arena;
    struct diags diags;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);
    *f = (struct fixture){.arena = arena, .diags = diags_new(arena)};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(((struct fixture *)*state)->arena);
    return 0;
}

/* The chart on the sheet behind that of its data, in a document that has nothing else; NULL when it
 * has none.
 */
static const struct book_chart *drawn(struct fixture *f, struct chart *chart)
{
    struct document document = example_document(f->arena);
    struct book book = {0};
    document.blocks = (struct blocks){0};
    blocks_add(f->arena, &document.blocks, BLOCK_CHART)->chart = chart;
    assert_true(sheets_make(f->arena, &f->diags, &document, WORKBOOK_PUBLISH, &book));
    const struct book_sheet *last = &book.sheets[book.count - 1];
    const struct book_sheet *data = last->chart_count ? last - 1 : last;
    assert_true(text_equal(last->cells[0].text, chart->caption));
    assert_true(text_starts(data->cells[0].text, chart->caption));
    if (last->chart_count)
        assert_int_equal(last->charts->first_row, data->header_row + 1);
    return last->charts;
}

static void test_grouped_bars_are_series(void **state)
{
    struct fixture *f = *state;
    const struct book_chart *chart = drawn(f, example_grouped(f->arena, 2));
    assert_int_equal(chart->kind, BOOK_COLUMNS);
    assert_int_equal(chart->series_count, 2);
    assert_true(text_is(chart->series[1].name, "2020/21"));
    assert_true(text_is(chart->categories, "='Wards'!$A$6:$A$9"));
    assert_true(text_is(chart->series[1].values, "='Wards'!$C$6:$C$9"));
    assert_true(text_is(chart->series[0].points[3].label, "[c]"));
    assert_true(chart->least == 0);
    assert_string_equal(chart->number_format, "#,##0");
}

static void test_rows_and_lines_have_their_kinds(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(drawn(f, example_survey(f->arena, 7))->kind, BOOK_ROWS);
    assert_int_equal(drawn(f, example_lines(f->arena, 3))->kind, BOOK_LINES);
    assert_int_equal(f->diags.count, 0);
}

/* A cell that says "[c]" would be drawn as 0. */
static void test_a_gap_is_a_blank_cell(void **state)
{
    struct fixture *f = *state;
    const struct book_chart *chart = drawn(f, example_lines(f->arena, 2));
    assert_true(text_is(chart->series[0].values,
                        "=('Trend'!$B$6:$B$25,'Trend'!$XFD$1,'Trend'!$XFD$1,'Trend'!$XFD$1,"
                        "'Trend'!$B$29:$B$41)"));
    assert_true(text_is(chart->series[1].values, "='Trend'!$C$6:$C$41"));
}

static void test_gaps_at_the_ends(void **state)
{
    struct fixture *f = *state;
    struct chart *chart = example_lines(f->arena, 2);
    chart->categories.count = 4;
    example_set_point(f->arena, chart, 1, 0, TEXT("[x]"));
    example_set_point(f->arena, chart, 1, 3, TEXT("[x]"));
    const struct book_series *series = &drawn(f, chart)->series[1];
    assert_true(text_is(series->values, "=('Trend'!$XFD$1,'Trend'!$C$7:$C$8,'Trend'!$XFD$1)"));
    assert_true(text_is(series->points[2].label, chart->series[1].points[2].display.ptr));
    assert_int_equal(series->points[1].label.len + series->points[3].label.len, 0);
}

static void test_limits_are_drawn_from_their_columns(void **state)
{
    struct fixture *f = *state;
    struct chart *control = example_control(f->arena);
    assert_int_equal(drawn(f, control)->series_count, 1);
    example_add_line_columns(f->arena, control);
    const struct book_chart *chart = drawn(f, control);
    assert_int_equal(chart->series_count, 5);
    assert_true(chart->series[2].is_across && chart->series[2].dashed && !chart->series[2].firm);
    assert_true(text_is(chart->series[2].values, "='Control'!$D$5:$D$28"));
    assert_true(chart->series[4].firm);
    assert_true(text_is(chart->series[0].points[9].label, "Signal: 79.5"));
    assert_true(chart->series[0].points[9].is_signal);
}

static void test_a_broken_scale_is_told(void **state)
{
    struct fixture *f = *state;
    struct chart *control = example_control(f->arena);
    const struct book_chart *chart = drawn(f, control);
    assert_true(text_contains(chart->value_title, TEXT("does not begin at 0")));
    assert_true(chart->least > 0);
    control->kind = CHART_BARS;
    chart = drawn(f, control);
    assert_false(text_contains(chart->value_title, TEXT("does not begin at 0")));
    assert_true(chart->least == 0);
}

static void test_percentages_are_fractions(void **state)
{
    struct fixture *f = *state;
    struct chart *chart = example_survey(f->arena, 3);
    for (size_t i = 0; i < 3; i++) {
        struct cell *cell = &chart->data->rows[i].cells[1];
        chart->series->points[i].value = decimal_from(40 - 10 * (int64_t)i);
        *cell = cell_number(chart->series->points[i].value,
                            text_format(f->arena, "%zu%%", 40 - 10 * i), FORMAT_PERCENT, 0);
    }
    const struct book_chart *drawn_chart = drawn(f, chart);
    assert_true(drawn_chart->most > 0.39 && drawn_chart->most < 0.41);
    assert_string_equal(drawn_chart->number_format, "0%");
}

static void test_dots_are_left_to_the_table(void **state)
{
    struct fixture *f = *state;
    assert_null(drawn(f, example_dots(f->arena)));
    assert_int_equal(f->diags.count, 0);
}

static void test_a_chart_never_shows_another_cell(void **state)
{
    struct fixture *f = *state;
    struct chart *chart = example_lines(f->arena, 2);
    chart->series[1].points[7].present = false;
    assert_null(drawn(f, chart));
    assert_true(diags_said(&f->diags, DIAG_DROPPED));
}

/* Each small chart is one of its own, on the scale of all; where series are rows, of their cells.
 */
static void test_small_multiples_are_charts_each(void **state)
{
    struct fixture *f = *state;
    struct chart *chart = example_lines(f->arena, 3);
    chart->kind = CHART_MULTIPLES;
    chart->series[2].is_benchmark = true;
    const struct book_chart *charts = drawn(f, chart);
    assert_int_equal(charts[0].series_count, 1);
    assert_int_equal(charts[1].series_count, 2);
    assert_true(charts[0].most == charts[1].most && charts[0].is_small);
    assert_true(text_is(charts[1].title, "Burglary"));
    assert_true(charts[1].series[1].is_across && !charts[1].series[1].points);
    assert_true(text_contains(charts[1].alt, TEXT("Offences by month: Burglary. From ")));
}

static void test_series_may_be_rows(void **state)
{
    struct fixture *f = *state;
    struct chart *chart = example_lines(f->arena, 2);
    struct table *data = table_new(f->arena, TEXT("lying"), 4);
    chart->kind = CHART_MULTIPLES;
    chart->lies = true;
    chart->categories.count = 3;
    for (size_t c = 0; c < 4; c++)
        data->columns[c].header = c ? chart->categories.items[c - 1] : TEXT("Area");
    for (size_t s = 0; s < 2; s++) {
        struct row *row = table_add_row(f->arena, data, ROW_BODY);
        row->cells[0] = cell_text(chart->series[s].label);
        for (size_t i = 0; i < 3; i++)
            row->cells[1 + i] = chart->data->rows[i].cells[s + 1];
        chart->series[s].column = 1;
        chart->series[s].row = s;
    }
    data->caption = chart->caption;
    chart->data = data;
    const struct book_chart *charts = drawn(f, chart);
    unsigned row = charts[0].first_row + 1;
    assert_true(text_equal(charts[0].categories,
                           text_format(f->arena, "='Lying'!$B$%u:$D$%u", row - 1, row - 1)));
    assert_true(text_equal(charts[1].series->values,
                           text_format(f->arena, "='Lying'!$B$%u:$D$%u", row + 1, row + 1)));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_grouped_bars_are_series),
        TEST(test_rows_and_lines_have_their_kinds),
        TEST(test_a_gap_is_a_blank_cell),
        TEST(test_gaps_at_the_ends),
        TEST(test_limits_are_drawn_from_their_columns),
        TEST(test_a_broken_scale_is_told),
        TEST(test_percentages_are_fractions),
        TEST(test_small_multiples_are_charts_each),
        TEST(test_series_may_be_rows),
        TEST(test_dots_are_left_to_the_table),
        TEST(test_a_chart_never_shows_another_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
