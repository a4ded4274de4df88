/* [limits] of a job: what an input may hold. */
#include "read/limits.h"

#include "read_support.h"

static struct read_limits limits_of(struct run *run, const char *job)
{
    const char *path = run_path(run, "job.ini");
    struct ini ini;
    run->diags = diags_new(run->arena);
    write_file(path, text_from(job));
    ini_read(run->arena, &run->diags, text_from(path), &ini);
    return limits_read(&run->diags, &ini);
}

static bool said(const struct run *run, const char *words)
{
    for (size_t i = 0; i < run->diags.count; i++)
        if (text_contains(run->diags.items[i].message, text_from(words)))
            return true;
    return false;
}

static void values_are_sizes_or_numbers(void **state)
{
    (void)state;
    struct run run = run_new();
    struct read_limits limits = limits_of(&run, "[job]\n");
    assert_int_equal(limits.field, 256 * 1024);
    assert_int_equal(limits.row, 4 * 1024 * 1024);
    limits = limits_of(&run,
                       "[limits]\nfile = 1 GiB\nfield=300 kb\nrows = 7,000,000\n"
                       "columns = 20\nparts = 12\nunpacked = 1GB\nratio = 500\ndepth = 100\n"
                       "row = 500000\n");
    assert_int_equal(run.diags.count, 0);
    assert_int_equal(limits.file, 1024 * 1024 * 1024);
    assert_int_equal(limits.field, 300 * 1024);
    assert_int_equal(limits.rows, 7000000);
    assert_int_equal(limits.columns, 20);
    assert_int_equal(limits.parts, 12);
    assert_int_equal(limits.unpacked, 1024 * 1024 * 1024);
    assert_int_equal(limits.ratio, 500);
    assert_int_equal(limits.depth, 100);
    assert_int_equal(limits.row, 500000);
    run_end(&run);
}

static void a_row_has_room_for_its_longest_field(void **state)
{
    (void)state;
    struct run run = run_new();
    struct read_limits limits = limits_of(&run, "[limits]\nfield = 4 MiB\n");
    assert_int_equal(limits.row, 64 * 1024 * 1024);
    limits = limits_of(&run, "[limits]\nfield = 1 KiB\n");
    assert_int_equal(limits.row, 4 * 1024 * 1024);
    run_end(&run);
}

static void what_is_no_limit_is_told(void **state)
{
    static const char *const bad[] = {"field = 5 MiB",   "field = 0",
                                      "field = much",    "field = -1",
                                      "field = 1.5 KiB", "field = 99999999999999999999 GiB",
                                      "rows = 10 KiB",   "depth = 1",
                                      "ratio = 2000",    "field ="};
    (void)state;
    struct run run = run_new();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct read_limits limits =
            limits_of(&run, text_format(run.arena, "[limits]\n%s\n", bad[i]).ptr);
        assert_int_equal(run.diags.count, 1);
        assert_true(diags_said(&run.diags, DIAG_BAD_VALUE));
        assert_int_equal(limits.field, limits_default.field);
        assert_int_equal(limits.depth, limits_default.depth);
    }
    limits_of(&run, "[limits]\nfield = 5 MiB\n");
    assert_true(said(&run,
                     "'5 MiB' is no limit of 'field': expected a size such as 256 KiB, from "
                     "1 KiB to 4 MiB"));
    limits_of(&run, "[limits]\ndepth = 1\n");
    assert_true(said(&run, "a whole number such as 64, from 16 to 256"));
    limits_of(&run, "[limits]\nfields = 1 MiB\n");
    assert_true(diags_said(&run.diags, DIAG_UNKNOWN_KEY));
    run_end(&run);
}

/* A source of the job is read within them, and is told which one it is over. */
static void read_with(struct run *run, const char *limits, const char *export)
{
    write_file(run_path(run, "a.csv"), text_from(export));
    run_job(run,
            text_format(run->arena, "[source a]\nfiles = a.csv\ndialect = register\n[limits]\n%s\n",
                        limits)
                .ptr,
            run->folder);
}

static void a_source_is_read_within_them(void **state)
{
    static const struct {
        const char *limits, *said; /* NULL: nothing */
    } cases[] = {
        {"field = 2 KiB", "field longer than 2 KiB ('field' in [limits])"},
        {"field = 3 KiB", NULL},
        {"row = 1 KiB", NULL}, /* what is one line in memory needs no room of its own */
        {"columns = 2", "row of more than 2 fields ('columns' in [limits])"},
        {"file = 2 KiB", "expected at most 2 KiB ('file' in [limits])"},
        {"rows = 1", "more than 1 rows ('rows' in [limits])"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_new();
        struct text field = text_format(run.arena, "%02500d", 1);
        read_with(&run, cases[i].limits,
                  text_format(run.arena, "ID,Words,More\n1,%.*s,x\n2,y,z\n", TEXT_ARG(field)).ptr);
        assert_int_equal(diags_count(&run.diags, LEVEL_ERROR), cases[i].said != NULL);
        if (cases[i].said)
            assert_true(said(&run, cases[i].said));
        run_end(&run);
    }
}

static void quoted_rows_have_a_limit(void **state)
{
    (void)state;
    struct run run = run_new();
    struct text field = text_format(run.arena, "%0900d", 1);
    struct text open = text_format(run.arena, "\"%s\n\",", field.ptr);
    read_with(&run, "row = 2 KiB",
              text_format(run.arena, "ID,A,B,C,D,E\n1,%s%s%s%s5\n", open.ptr, open.ptr, open.ptr,
                          open.ptr)
                  .ptr);
    assert_true(said(&run, "row longer than 2 KiB ('row' in [limits])"));
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_sizes_or_numbers),
        cmocka_unit_test(a_row_has_room_for_its_longest_field),
        cmocka_unit_test(what_is_no_limit_is_told),
        cmocka_unit_test(a_source_is_read_within_them),
        cmocka_unit_test(quoted_rows_have_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
