/* Lists of recipients and the like. */
#include "support.h"

#include "read/read.h"

static const char *const columns[] = {"Name", "Email"};

static bool read_bytes(struct diags *diags, const char *bytes, struct read_rows *rows)
{
    struct arena *arena = diags->arena;
    struct text path =
        test_file(arena, test_folder(arena, "list"), "recipients.csv", text_from(bytes));
    return read_list(arena, diags, path, PLACE_NONE, columns, 2, rows);
}

static void columns_are_found_by_name(void **state)
{
    struct diags diags = diags_new(*state);
    struct read_rows rows;
    assert_true(read_bytes(&diags, "E-mail,Ward,name\na@example.org,Bosworth,A\n", &rows));
    assert_int_equal(rows.count, 1);
    assert_text(*state, rows.items[0].cells[0], "A");
    assert_text(*state, rows.items[0].cells[1], "a@example.org");
}

static void a_separator_line_is_no_header(void **state)
{
    struct diags diags = diags_new(*state);
    struct read_rows rows;
    assert_true(read_bytes(&diags, "sep=;\r\nName;Email\r\nA, B and C;a@example.org\r\n", &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].place.line, 3);
    assert_text(*state, rows.items[0].cells[0], "A, B and C");
    assert_false(read_bytes(&diags, "sep=^\nName^Email\nA^a@example.org\n", &rows));
    assert_contains(*state, diags_text(&diags), "'sep=' names no delimiter");
}

static void every_cell_is_needed(void **state)
{
    struct diags diags = diags_new(*state);
    struct read_rows rows;
    assert_false(read_bytes(&diags, "Name,Email\nA,\n", &rows));
    assert_contains(*state, diags_text(&diags), "no Email in this row");
    assert_false(read_bytes(&diags, "Name,Address\nA,a@example.org\n", &rows));
    assert_contains(*state, diags_text(&diags), "there is no column 'Email'");
    assert_false(read_bytes(&diags, "Name,Email\n", &rows));
    assert_contains(*state, diags_text(&diags), "no rows below the header");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(columns_are_found_by_name),
        arena_test(a_separator_line_is_no_header),
        arena_test(every_cell_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
