#include "write/write_int.h"

#include "base/file.h"
#include "base/process.h"
#include "read/read.h"
#include "support.h"
#include "unit/write/example_document.h"
#include "write/sheets_int.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct text folder;
    struct document document;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);
    f->arena = arena;
    f->diags = diags_new(arena);
    f->folder = text_copy(arena, TEXT("/tmp/panelpack-xlsx-XXXXXX"));
    f->document = example_document(arena);
    *state = f;
    return mkdtemp((char *)f->folder.ptr) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    struct texts names = folder_names(f->arena, f->folder);
    for (size_t i = 0; i < names.count; i++)
        unlink(path_join(f->arena, f->folder, names.items[i]).ptr);
    int left = rmdir(f->folder.ptr);
    arena_free(f->arena);
    return left;
}

static bool render(struct fixture *f, struct text *bytes)
{
    struct render_options options = {.scratch = f->folder};
    return xlsx_render(&f->document, &options, f->arena, &f->diags, bytes);
}

static struct text save(struct fixture *f, struct text bytes)
{
    struct text path = path_join(f->arena, f->folder, TEXT("saved.xlsx"));
    unlink(path.ptr);
    int fd = open(f->folder.ptr, O_RDONLY | O_DIRECTORY);
    assert_true(file_create(fd, &f->diags, TEXT("saved.xlsx"), bytes));
    close(fd);
    return path;
}

static const struct sheet_cell *cell_at(const struct sheet *sheet, unsigned row, unsigned column)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].row == row && sheet->cells[i].column == column)
            return &sheet->cells[i];
    return NULL;
}

static unsigned row_of(const struct sheet *sheet, const char *text)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (text_is(sheet->cells[i].value, text))
            return sheet->cells[i].row;
    fail_msg("no cell holds '%s'", text);
    return 0;
}

static void assert_cell(const struct sheet *sheet, unsigned row, unsigned column,
                        enum sheet_cell_kind kind, const char *value)
{
    const struct sheet_cell *cell = cell_at(sheet, row, column);
    assert_non_null(cell);
    assert_int_equal(cell->kind, kind);
    assert_true(text_is(cell->value, value));
    assert_false(cell->formula);
}

static void test_values_round_trip(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    struct workbook book;
    assert_true(render(f, &bytes));
    assert_true(read_workbook(f->arena, &f->diags, save(f, bytes), &book));
    static const char *const names[] = {"Cover",       "Contents",          "Notes",
                                        "Report text", "Crime three years", "Actions",
                                        "Beats",       "Beats chart"};
    assert_int_equal(book.count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_true(text_is(book.sheets[i].name, names[i]));
    const struct sheet *crime = &book.sheets[4];
    unsigned total = row_of(crime, "Total crime");
    assert_cell(crime, total, 1, SHEET_NUMBER, "5005");
    assert_cell(crime, total, 3, SHEET_NUMBER, "0.155889145496536");
    assert_cell(crime, row_of(crime, "Exploitation"), 3, SHEET_STRING, "[z]");
    const struct sheet *actions = &book.sheets[5];
    unsigned first = row_of(actions, "1.a");
    assert_cell(actions, first, 2, SHEET_STRING, "=HYPERLINK(\"https://example.org\")");
    assert_cell(actions, first + 1, 3, SHEET_NUMBER, "44742"); /* 30 June 2022 */
    assert_true(diags_ok(&f->diags));
}

static void test_finished_file_verifies(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render(f, &bytes));
    assert_true(xlsx_verify(&f->document, save(f, bytes), f->arena, &f->diags));
    assert_int_equal(f->diags.count, 0);
}

static bool render_working(struct fixture *f, struct text *bytes)
{
    struct render_options options = {.scratch = f->folder};
    return xlsx_render_working(&f->document, &options, f->arena, &f->diags, bytes);
}

static void test_working_file_verifies(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    struct workbook book;
    assert_true(render_working(f, &bytes));
    struct text path = save(f, bytes);
    assert_true(xlsx_verify_working(&f->document, path, f->arena, &f->diags));
    assert_int_equal(f->diags.count, 0);
    assert_true(read_workbook(f->arena, &f->diags, path, &book));
    const struct sheet *crime = &book.sheets[4];
    const struct sheet_cell *change = cell_at(crime, row_of(crime, "Total crime"), 3);
    assert_true(change->formula);
    assert_true(text_is(change->value, "0.155889145496536"));
}

/* Each is held against the document as that kind of workbook. */
static void test_one_kind_is_not_the_other(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render_working(f, &bytes));
    assert_false(xlsx_verify(&f->document, save(f, bytes), f->arena, &f->diags));
    assert_true(render(f, &bytes));
    assert_false(xlsx_verify_working(&f->document, save(f, bytes), f->arena, &f->diags));
}

static void test_a_formula_with_another_result_is_found(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    struct cell *change = &f->document.blocks.items[6].table->rows[0].cells[3];
    assert_true(render_working(f, &bytes));
    struct text path = save(f, bytes);
    change->formula = FORMULA_NONE;
    assert_false(xlsx_verify_working(&f->document, path, f->arena, &f->diags));
    assert_true(diags_said(&f->diags, DIAG_VERIFY));
    change->formula = FORMULA_PERCENT_CHANGE;
    f->document.blocks.items[6].table->rows[0].cells[1] = example_count(f->arena, "5006");
    assert_false(xlsx_verify_working(&f->document, path, f->arena, &f->diags));
}

static void test_same_document_same_bytes(void **state)
{
    struct fixture *f = *state;
    struct text first, second;
    assert_true(render(f, &first));
    setenv("TZ", "Pacific/Auckland", 1);
    assert_true(render(f, &second));
    unsetenv("TZ");
    assert_true(text_equal(first, second));
}

static void test_scratch_is_left_empty(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render(f, &bytes));
    assert_int_equal(folder_names(f->arena, f->folder).count, 0);
}

static void test_scratch_that_is_not_there(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    struct render_options options = {.scratch = TEXT("/nonexistent")};
    assert_false(xlsx_render(&f->document, &options, f->arena, &f->diags, &bytes));
    assert_true(diags_said(&f->diags, DIAG_WRITE));
}

static void add_rows(struct fixture *f, int count)
{
    for (int i = 0; i < count; i++)
        example_crime_row(f->arena, f->document.blocks.items[6].table, ROW_BODY,
                          text_format(f->arena, "Row %d with words of its own", i).ptr, "12", "11",
                          "9.0909");
}

/* Of a table whose rows are made, written and read one at a time. */
static void test_changes_of_a_long_table_are_found_where_they_are(void **state)
{
    struct fixture *f = *state;
    struct text bytes, again;
    add_rows(f, ROWS_HELD);
    assert_true(render(f, &bytes));
    assert_true(render(f, &again));
    assert_true(text_equal(bytes, again));
    struct text path = save(f, bytes);
    assert_true(xlsx_verify(&f->document, path, f->arena, &f->diags));
    assert_int_equal(f->diags.count, 0);
    struct table *table = f->document.blocks.items[6].table;
    struct cell kept = table->rows[700].cells[1];
    table->rows[700].cells[1] = example_count(f->arena, "13");
    assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
    assert_int_equal(f->diags.count, 1);
    assert_text(f->arena, f->diags.items[0].place.part, "Crime three years!B708");
    table->rows[700].cells[1] = kept;
    table->rows[700].cells[1].places = 1; /* the same number, shown otherwise */
    table->rows[700].cells[1].display = TEXT("12.0");
    assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
    assert_text(f->arena, f->diags.items[1].place.part, "Crime three years!B708");
    table->rows[700].cells[1] = kept;
    table->row_count--;
    assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
    assert_text(f->arena, f->diags.items[2].place.part, "Crime three years!A1012");
    example_crime_row(f->arena, table, ROW_BODY, "Another", "12", "11", "9.0909");
    example_crime_row(f->arena, table, ROW_BODY, "And another", "12", "11", "9.0909");
    assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
}

static void test_changed_cell_is_found(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render(f, &bytes));
    struct text path = save(f, bytes);
    f->document.blocks.items[6].table->rows[3].cells[1] = example_count(f->arena, "278");
    assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
    assert_true(diags_said(&f->diags, DIAG_VERIFY));
    struct text place = f->diags.items[0].place.part;
    assert_true(text_starts(place, TEXT("Crime three years!B")));
}

static void test_missing_row_is_found(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render(f, &bytes));
    struct text path = save(f, bytes);
    example_crime_row(f->arena, f->document.blocks.items[6].table, ROW_BODY, "Robbery", "1", "2",
                      NULL);
    assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
    assert_true(diags_said(&f->diags, DIAG_VERIFY));
}

static void test_missing_sheet_is_found(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render(f, &bytes));
    struct text path = save(f, bytes);
    blocks_add(f->arena, &f->document.blocks, BLOCK_TABLE)->table = example_crime(f->arena);
    assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
    assert_true(diags_said(&f->diags, DIAG_VERIFY));
}

static void test_extra_sheet_is_found(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render(f, &bytes));
    struct text path = save(f, bytes);
    f->document.blocks.count--;
    assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
    assert_true(diags_said(&f->diags, DIAG_VERIFY));
}

static void test_cut_file_is_found(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render(f, &bytes));
    for (size_t len = 0; len < bytes.len; len += bytes.len / 7) {
        f->diags.count = 0;
        assert_false(
            xlsx_verify(&f->document, save(f, text_slice(bytes, 0, len)), f->arena, &f->diags));
        assert_true(diags_said(&f->diags, DIAG_VERIFY));
    }
}

/* A flipped bit is either found or in something that no cell depends on (a time, a style). */
static void test_flipped_bits_change_no_cell(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    struct workbook meant, found;
    assert_true(render(f, &bytes));
    assert_true(read_workbook(f->arena, &f->diags, save(f, bytes), &meant));
    size_t refused = 0;
    for (size_t at = 0; at < bytes.len; at += 97) {
        char *copy = (char *)text_copy(f->arena, bytes).ptr;
        copy[at] ^= 0x10;
        struct text path = save(f, (struct text){copy, bytes.len});
        if (!read_workbook(f->arena, &f->diags, path, &found)) {
            refused++;
            continue;
        }
        assert_int_equal(found.count, meant.count);
        for (size_t s = 0; s < meant.count; s++)
            assert_int_equal(found.sheets[s].count, meant.sheets[s].count);
    }
    assert_true(refused > 10);
}

/* What holds no cell can still make a spreadsheet program refuse or "repair" the file. */
static void test_damaged_part_without_cells_is_found(void **state)
{
    static const char *const parts[] = {"xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml",
                                        "[Content_Types].xml"};
    struct fixture *f = *state;
    struct text bytes;
    assert_true(render(f, &bytes));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *copy = (char *)text_copy(f->arena, bytes).ptr;
        char *name = memmem(copy, bytes.len, parts[i], strlen(parts[i]));
        assert_non_null(name);
        name[strlen(parts[i]) + 40] ^= 0x10; /* in the part's own, packed bytes */
        f->diags.count = 0;
        struct text path = save(f, (struct text){copy, bytes.len});
        assert_false(xlsx_verify(&f->document, path, f->arena, &f->diags));
        assert_true(diags_said(&f->diags, DIAG_VERIFY));
    }
}

/*
 * The library reports success although its temporary file was cut short, here by a limit that the
 * finished, compressed file keeps within: its streams tell (stream.h), and without them what it
 * wrote must not pass.
 */
static void lose_silently(struct fixture *f, rlim_t cap)
{
    struct text bytes;
    struct rlimit old, low;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    low = (struct rlimit){.rlim_cur = cap, .rlim_max = old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    bool rendered = render(f, &bytes);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(rendered, PROCESS_UNDER_SANITIZER);
    assert_int_equal(rendered, f->diags.count == 0);
    if (rendered)
        assert_false(xlsx_verify(&f->document, save(f, bytes), f->arena, &f->diags));
    assert_true(diags_said(&f->diags, rendered ? DIAG_VERIFY : DIAG_WRITE));
}

static void test_silent_loss_is_found(void **state)
{
    add_rows(*state, ROWS_HELD - 100);
    lose_silently(*state, 64 * 1024);
}

static void test_silent_loss_of_a_long_table_is_found(void **state)
{
    add_rows(*state, 3 * ROWS_HELD);
    lose_silently(*state, 256 * 1024);
}

static void fill_scratch(struct fixture *f, const char *size)
{
    struct text small = path_join(f->arena, f->folder, TEXT("small"));
    folder_create(&f->diags, small);
    if (mount("tmpfs", small.ptr, "tmpfs", 0, size) != 0) {
        rmdir(small.ptr);
        skip();
    }
    struct text bytes;
    struct render_options options = {.scratch = small};
    bool rendered = xlsx_render(&f->document, &options, f->arena, &f->diags, &bytes);
    umount(small.ptr);
    rmdir(small.ptr);
    if (rendered)
        assert_false(xlsx_verify(&f->document, save(f, bytes), f->arena, &f->diags));
    assert_true(diags_said(&f->diags, DIAG_WRITE) || diags_said(&f->diags, DIAG_VERIFY));
}

static void test_full_scratch_is_found(void **state)
{
    add_rows(*state, ROWS_HELD - 100);
    fill_scratch(*state, "size=64k");
}

/* Nothing of it is open any more: the folder can be unmounted. */
static void test_full_scratch_of_a_long_table_is_found(void **state)
{
    add_rows(*state, 3 * ROWS_HELD);
    fill_scratch(*state, "size=192k");
}

static void test_text_that_looks_like_an_escape(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    f->document.blocks.items[6].table->rows[1].cells[0] =
        cell_text(TEXT("_x0041_ & <b> \xF0\x9F\x98\x80 'quoted' _x005F_"));
    assert_true(render(f, &bytes));
    assert_true(xlsx_verify(&f->document, save(f, bytes), f->arena, &f->diags));
}

static void test_control_characters_are_refused(void **state)
{
    struct fixture *f = *state;
    struct text bytes;
    static const char *const bad[] = {"bell \a", "turned \u202E4321", "set apart \u2066x\u2069",
                                      "next line \xC2\x85", "\uFFFE"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        f->diags.count = 0;
        f->document.blocks.items[6].table->rows[1].cells[0] = cell_text(text_from(bad[i]));
        assert_false(render(f, &bytes));
        assert_true(diags_said(&f->diags, DIAG_ENCODING));
    }
}

static int render_example(const char *path, bool working, bool is_long)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct document document = example_long_document(arena, is_long ? 2 * ROWS_HELD : 0);
    struct render_options options = {.scratch = path_folder(text_from(path))};
    struct text bytes;
    bool ok =
        (working ? xlsx_render_working : xlsx_render)(&document, &options, arena, &diags, &bytes);
    int fd = ok ? open(text_cstr(arena, options.scratch), O_RDONLY | O_DIRECTORY) : -1;
    ok = fd >= 0 && file_create(fd, &diags, path_name(text_from(path)), bytes);
    diags_print(&diags, stderr, LEVEL_INFO, false);
    if (fd >= 0)
        close(fd);
    arena_free(arena);
    return ok ? 0 : 1;
}

/* With a path as its argument it only writes the example there; with "working" behind it, the
 * working one; with "long", one with a table whose rows are not kept. */
int main(int argc, char **argv)
{
    if (argc > 1)
        return render_example(argv[1], argc > 2 && strcmp(argv[2], "working") == 0,
                              strcmp(argv[argc - 1], "long") == 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_values_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_finished_file_verifies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_working_file_verifies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_one_kind_is_not_the_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_formula_with_another_result_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_same_document_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scratch_is_left_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scratch_that_is_not_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changed_cell_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_row_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_sheet_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_extra_sheet_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cut_file_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flipped_bits_change_no_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damaged_part_without_cells_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_changes_of_a_long_table_are_found_where_they_are,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_silent_loss_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_silent_loss_of_a_long_table_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_full_scratch_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_scratch_of_a_long_table_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_text_that_looks_like_an_escape, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_control_characters_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
