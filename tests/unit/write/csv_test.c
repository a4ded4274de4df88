/* The CSV files of a document: what is in them, and what reading them back finds. */
#include "support.h"

#include "write/tidy_int.h"
#include "write/write.h"

static struct table *new_table(struct arena *arena, const char *const *headers, size_t count)
{
    struct table *table = table_new(arena, TEXT("t"), count);
    table->caption = TEXT("A table");
    table->source = table->shorthand = TEXT_EMPTY;
    for (size_t c = 0; c < count; c++)
        table->columns[c].header = text_from(headers[c]);
    return table;
}

static struct cell number(const char *digits, const char *display, enum number_format format,
                          unsigned places)
{
    struct decimal value;
    assert_true(decimal_parse(text_from(digits), &value));
    return cell_number(value, text_from(display), format, places);
}

static struct row *add_row(struct arena *arena, struct table *table, const char *name)
{
    struct row *row = table_add_row(arena, table, ROW_BODY);
    row->cells[0] = cell_text(text_from(name));
    return row;
}

static struct companions render(struct arena *arena, struct table *table)
{
    struct document document = {.title = TEXT("Review"),
                                .organisation = TEXT("Sampleton Council"),
                                .language = TEXT("en-GB"),
                                .period = TEXT("2021/22"),
                                .as_at = {2022, 6, 22}};
    blocks_add(arena, &document.blocks, BLOCK_TABLE)->table = table;
    struct companions files;
    csv_render(&document, TEXT("Open Government Licence v3.0"), arena, &files);
    assert_int_equal(files.count, 2);
    return files;
}

static const char *csv_of(struct arena *arena, struct table *table)
{
    return text_cstr(arena, render(arena, table).items[0].bytes);
}

static void periods_go_down(void **state)
{
    static const char *const headers[] = {"Measure", "2021/22", "2020/21", "% change on 2020/21",
                                          "Can we tell?"};
    struct table *table = new_table(*state, headers, 5);
    struct row *row = add_row(*state, table, "Burglary");
    row->cells[1] = number("1234", "1,234", FORMAT_NUMBER, 0);
    row->cells[2] = number("1000.5", "1,001", FORMAT_NUMBER, 0);
    row->cells[3] = number("23.3383", "+23.3%", FORMAT_SIGNED_PERCENT, 1);
    row->cells[4] = cell_text(TEXT("[z]"));
    row = table_add_row(*state, table, ROW_TOTAL);
    row->cells[0] = cell_text(TEXT("All"));
    row->cells[1] = cell_text(TEXT("[c]"));
    row->cells[2] = cell_text(TEXT("[x]"));
    row->cells[3] = cell_text(TEXT("about −13%"));
    row->cells[4] = cell_text(TEXT("Clear, \"rise\""));
    assert_string_equal(csv_of(*state, table),
                        "Measure,Row type,Statistic,Period,Value,Unit,Marker,Words\r\n"
                        "Burglary,row,Figure,2021/22,1234,,,\r\n"
                        "Burglary,row,Figure,2020/21,1000.5,,,\r\n"
                        "Burglary,row,% change on 2020/21,,23.3383,percent,,\r\n"
                        "Burglary,row,Can we tell?,,,,[z],\r\n"
                        "All,total,Figure,2021/22,,,[c],\r\n"
                        "All,total,Figure,2020/21,,,[x],\r\n"
                        "All,total,% change on 2020/21,,,,,about −13%\r\n"
                        "All,total,Can we tell?,,,,,\"Clear, \"\"rise\"\"\"\r\n");
}

static void lines_over_time_are_a_row_a_point(void **state)
{
    static const char *const headers[] = {"Year", "North", "South"};
    struct table *table = new_table(*state, headers, 3);
    for (int i = 0; i < 2; i++) {
        struct row *row = add_row(*state, table, i ? "2021/22" : "2020/21");
        row->cells[1] = number("5", "5", FORMAT_NUMBER, 0);
        row->cells[2] = number("7", "7", FORMAT_NUMBER, 0);
    }
    assert_string_equal(csv_of(*state, table),
                        "Year,Statistic,Value\r\n2020/21,North,5\r\n"
                        "2020/21,South,7\r\n2021/22,North,5\r\n"
                        "2021/22,South,7\r\n");
}

static void markers_have_a_column_of_their_own(void **state)
{
    static const char *const headers[] = {"Team", "Count", "Cost", "Note"};
    struct table *table = new_table(*state, headers, 4);
    struct row *row = add_row(*state, table, "Parks");
    row->cells[1] = number("12", "12 [p]", FORMAT_NUMBER, 0);
    row->cells[2] = number("1234.56", "£1,235", FORMAT_MONEY, 0);
    row->cells[3] = cell_text(TEXT("two\nlines "));
    row = add_row(*state, table, "Roads");
    row->cells[1] = cell_text(TEXT("[c]"));
    row->cells[2] = cell_text(TEXT("[z]"));
    assert_string_equal(csv_of(*state, table),
                        "Team,Count,Count: marker,Cost (£),Cost: marker,Note\r\n"
                        "Parks,12,[p],1234.56,,\"two\nlines \"\r\nRoads,,[c],,[z],\r\n");
}

/* What its reader does not see is not in the file, whatever the cell still holds. */
static void a_hidden_number_is_not_written(void **state)
{
    static const char *const headers[] = {"Team", "Count"};
    struct table *table = new_table(*state, headers, 2);
    add_row(*state, table, "Parks")->cells[1] = number("4444001", "[c]", FORMAT_NUMBER, 0);
    assert_string_equal(csv_of(*state, table), "Team,Count,Count: marker\r\nParks,,[c]\r\n");
}

static void texts_are_no_formulas(void **state)
{
    static const char *const headers[] = {"=Name", "Text"};
    static const char *const texts[] = {"=1+1", "+44 20", "-2", "-", "@SUM", "＝1", "a=b", "\tx"};
    static const char *const written[] = {"'=1+1", "'+44 20", "-2",  "'-",
                                          "'@SUM", "'＝1",    "a=b", "'\tx"};
    struct table *table = new_table(*state, headers, 2);
    struct buffer expected = {.arena = *state};
    buffer_add(&expected, TEXT("'=Name,Text\r\n"));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        add_row(*state, table, "row")->cells[1] = cell_text(text_from(texts[i]));
        buffer_format(&expected, "row,%s\r\n", written[i]);
    }
    assert_string_equal(csv_of(*state, table), buffer_text(&expected).ptr);
}

static void groups_dates_and_blanks_are_kept(void **state)
{
    static const char *const headers[] = {"Action", "Due"};
    struct table *table = new_table(*state, headers, 2);
    table->group_header = TEXT("Priority");
    struct row *row = add_row(*state, table, "Plan");
    row->group = TEXT("Homes");
    row->cells[1] =
        (struct cell){.kind = CELL_DATE, .display = TEXT("30 June 2022"), .date = {2022, 6, 30}};
    row = add_row(*state, table, "");
    row->group = TEXT_EMPTY;
    row->cells[1] = cell_text(TEXT_EMPTY);
    assert_string_equal(csv_of(*state, table),
                        "Priority,Action,Due\r\nHomes,Plan,2022-06-30\r\n\"\",,\r\n");
}

static void columns_have_names_of_their_own(void **state)
{
    static const char *const headers[] = {"Change", "% change", "Change!", "Marker"};
    struct table *table = new_table(*state, headers, 4);
    struct tidy tidy;
    tidy_make(*state, table, &tidy);
    assert_int_equal(tidy.column_count, 4);
    for (size_t c = 0; c < tidy.column_count; c++)
        for (size_t other = 0; other < c; other++)
            assert_false(text_equal(tidy.columns[c].name, tidy.columns[other].name));
}

static void metadata_says_what_columns_hold(void **state)
{
    static const char *const headers[] = {"Team", "Share", "Note"};
    struct table *table = new_table(*state, headers, 3);
    struct row *row = add_row(*state, table, "Parks");
    row->cells[1] = number("12.34", "12.3%", FORMAT_PERCENT, 1);
    row->cells[2] = cell_text(TEXT("[x]"));
    table->source = TEXT("Source: the council");
    const struct companions files = render(*state, table);
    const char *json = text_cstr(*state, files.items[1].bytes);
    assert_text(*state, files.items[1].name, "csv-metadata.json");
    assert_non_null(strstr(json, "\"url\": \"t.csv\""));
    assert_non_null(strstr(json, "\"dc:source\": \"the council\""));
    assert_non_null(strstr(json, "\"dc:license\": \"Open Government Licence v3.0\""));
    assert_non_null(strstr(json, "\"datatype\": \"decimal\""));
    assert_non_null(strstr(json, "\"schema:unitText\": \"percent\""));
    assert_non_null(strstr(json, "\"\",\n              \"[x]\""));
}

static bool verifies(struct arena *arena, const struct companion *file, struct text bytes,
                     struct diags *diags)
{
    struct text path = path_join(arena, test_folder(arena, "csv"), TEXT("t.csv"));
    assert_true(file_save(diags, path, bytes));
    return csv_verify(file, path, arena, diags);
}

static void what_was_written_is_read_back(void **state)
{
    static const char *const headers[] = {"Team", "Note"};
    struct table *table = new_table(*state, headers, 2);
    add_row(*state, table, "Parks, \"all\"")->cells[1] = cell_text(TEXT(" =1\n\nof 2 "));
    add_row(*state, table, "")->cells[1] = cell_text(TEXT_EMPTY);
    add_row(*state, table, "Roads")->cells[1] = cell_text(TEXT("open"));
    struct diags diags = diags_new(*state);
    const struct companions files = render(*state, table);
    struct text bytes = files.items[0].bytes;
    assert_true(verifies(*state, &files.items[0], bytes, &diags));
    assert_int_equal(diags.count, 0);
    assert_false(verifies(*state, &files.items[0], text_slice(bytes, 0, bytes.len - 12), &diags));
    char *copy = (char *)text_copy(*state, bytes).ptr;
    copy[bytes.len - 3] = 'x';
    assert_false(verifies(*state, &files.items[0], (struct text){copy, bytes.len}, &diags));
    assert_int_equal(diags.items[diags.count - 1].kind, DIAG_VERIFY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(periods_go_down),
        arena_test(lines_over_time_are_a_row_a_point),
        arena_test(markers_have_a_column_of_their_own),
        arena_test(a_hidden_number_is_not_written),
        arena_test(texts_are_no_formulas),
        arena_test(groups_dates_and_blanks_are_kept),
        arena_test(columns_have_names_of_their_own),
        arena_test(metadata_says_what_columns_hold),
        arena_test(what_was_written_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
