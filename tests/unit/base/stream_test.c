#include "base/stream.h"

#include "base/process.h"
#include "support.h"

static FILE *open_full(void)
{
    FILE *file = fopen("/dev/full", "w");
    assert_non_null(file);
    return file;
}

static void test_streams_that_are_well_do_not_count(void **state)
{
    unsigned long before = stream_failures();
    FILE *file = tmpfile();
    (void)state;
    assert_int_equal(fputs("words", file), 1);
    rewind(file);
    assert_int_equal(fgetc(file), 'w');
    rewind(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(stream_failures(), before);
}

static void test_a_write_that_fails_on_closing_counts(void **state)
{
    unsigned long before = stream_failures();
    FILE *file = open_full();
    (void)state;
    fputs("held back until the end", file);
    assert_int_not_equal(fclose(file), 0);
    assert_true(stream_failures() > before);
}

/* What libxlsxwriter does with its parts: rewinding forgets that a write failed. */
static void test_a_write_that_failed_counts_when_rewound(void **state)
{
    unsigned long before = stream_failures();
    FILE *file = open_full();
    (void)state;
    setvbuf(file, NULL, _IONBF, 0);
    fputs("lost at once", file);
    assert_true(ferror(file));
    rewind(file);
    assert_false(ferror(file));
    assert_true(stream_failures() > before);
    fclose(file);
}

/* A sanitizer stands in front of the same functions: see stream.h. */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams_that_are_well_do_not_count),
        cmocka_unit_test(test_a_write_that_fails_on_closing_counts),
        cmocka_unit_test(test_a_write_that_failed_counts_when_rewound),
    };
    return PROCESS_UNDER_SANITIZER ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
