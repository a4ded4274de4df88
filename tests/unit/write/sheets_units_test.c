#include "support.h"
#include "write/sheets_maker_int.h"

static struct table *example(struct arena *arena)
{
    struct table *table = table_new(arena, TEXT("t"), 2);
    table->columns[1] =
        (struct column){.header = TEXT("2021/22"), .align_right = true, .is_number = true};
    for (int r = 0; r < 3; r++)
        table_add_row(arena, table, ROW_BODY);
    return table;
}

static void set_cells(struct table *table, size_t column, enum number_format format)
{
    for (size_t r = 0; r < table->row_count; r++)
        table->rows[r].cells[column] =
            cell_number((struct decimal){.coefficient = 12}, TEXT("12"), format, 0);
}

static void assert_header(struct arena *arena, const struct table *table, const char *expected)
{
    const char *unit = sheets_survey(arena, table).columns[1].unit;
    assert_text(arena, sheets_header_with_unit(arena, table, 1, unit), expected);
}

static void test_the_unit_of_all_numbers_is_named(void **state)
{
    struct table *table = example(*state);
    table->columns[1].header = TEXT("Share");
    assert_header(*state, table, "Share");
    set_cells(table, 1, FORMAT_PERCENT);
    table->rows[0].cells[1] = cell_text(TEXT("[c]"));
    assert_header(*state, table, "Share (%)");
    set_cells(table, 1, FORMAT_MONEY);
    assert_header(*state, table, "Share (£)");
}

static void test_a_header_that_names_it_is_left_alone(void **state)
{
    struct table *table = example(*state);
    set_cells(table, 1, FORMAT_SIGNED_PERCENT);
    table->columns[1].header = TEXT("% change");
    assert_header(*state, table, "% change");
}

static void test_several_units_or_words_have_none(void **state)
{
    struct table *table = example(*state);
    set_cells(table, 1, FORMAT_PERCENT);
    table->rows[1].cells[1].format = FORMAT_NUMBER;
    assert_header(*state, table, "2021/22");
    set_cells(table, 1, FORMAT_PERCENT);
    table->columns[1].is_number = false;
    assert_header(*state, table, "2021/22");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(test_the_unit_of_all_numbers_is_named),
        arena_test(test_a_header_that_names_it_is_left_alone),
        arena_test(test_several_units_or_words_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
