#include "read_support.h"

#include <time.h>

#include "read/read_int.h"

/* An export with `LSOA code`, and a lookup as the Office for National Statistics publishes them. */
#define EXPORT                                                                                     \
    "Measure,Period,Value,LSOA code\nA,2021/22,1,E1\nB,2021/22,2,E2\nC,2021/22,3,E9\n"             \
    "D,2021/22,4,E8\nE,2021/22,5,E9\nF,2021/22,6,\n"
#define ONS                                                                                        \
    "LSOA11CD,LSOA11NM,WD22NM,LAD22NM\nE1,Sampleton 001A,Abbey,Sampleton\n"                        \
    "E2,Sampleton 001B,Castle,Sampleton\nE3,Sampleton 001C,Castle,Sampleton\n"
#define ONS_KEYS                                                                                   \
    "lookup = l.csv\nlookup key = LSOA11CD\nlookup area = WD22NM\nlookup column = LSOA code\n"

static struct run run_lookup(const char *keys, const char *lookup, const char *csv)
{
    struct run run = run_new();
    write_file(run_path(&run, "data.csv"), text_from(csv));
    write_file(run_path(&run, "l.csv"), text_from(lookup));
    const char *job =
        text_format(run.arena, "[source s]\ndialect = long\nfiles = data.csv\n%s", keys).ptr;
    run_job(&run, job, run.folder);
    return run;
}

static void unmatched_codes_are_one_message(void **state)
{
    (void)state;
    struct run run = run_lookup(ONS_KEYS, ONS, EXPORT);
    const char *message = only_error(&run, DIAG_LOOKUP, 4, 4);
    assert_says(message,
                "3 codes in 'LSOA code' are not in 'l.csv': E9 (2 rows), blank (1 row), "
                "E8 (1 row); 4 rows rejected");
    assert_int_equal(run.dataset->account.files[1].rejected, 4);
    assert_int_equal(figure_of(&run, "A", "Abbey", "2021/22"), 1);
    assert_int_equal(figure_of(&run, "B", "Castle", "2021/22"), 2);
    run_end(&run);
}

static void unmatched_rows_can_be_excluded(void **state)
{
    (void)state;
    struct run run = run_lookup(ONS_KEYS "unmatched = exclude\n", ONS, EXPORT);
    assert_ok(&run);
    const struct file_account *file = &run.dataset->account.files[1];
    assert_int_equal(file->exclusion_count, 1);
    assert_int_equal(file->exclusions[0].rows, 4);
    assert_text(run.arena, file->exclusions[0].rule, "LSOA code is not in 'l.csv'");
    assert_int_equal(count_kind(&run, DIAG_UNMATCHED), 1);
    assert_says(message_of(&run, DIAG_UNMATCHED), "4 rows left out");
    run_end(&run);
    run = run_lookup("unmatched = exclude\n", ONS, EXPORT);
    assert_says(only_error(&run, DIAG_CONFIG, 4, 1), "without 'lookup'");
    run_end(&run);
    run = run_lookup(ONS_KEYS "unmatched = ignore\n", ONS, EXPORT);
    assert_says(only_error(&run, DIAG_BAD_VALUE, 8, 13), "expected 'exclude' or 'refuse'");
    run_end(&run);
}

static void the_key_is_the_column_that_both_have(void **state)
{
    (void)state;
    static const char csv[] = "Measure,Period,Value,LSOA code\nA,2021/22,1,E1\n";
    static const struct {
        const char *keys, *lookup;
    } cases[] = {
        {"lookup = l.csv\n", "LSOA_Code,Ward\nE1,Abbey\n"},
        {"lookup = l.csv\n", "Ward,LSOA code\nAbbey,E1\n"},
        {"lookup = l.csv\nlookup area = Ward\n", "Name,LSOA code,Ward\nx,E1,Abbey\n"},
        {"lookup = l.csv\nlookup column = LSOA code\n", "LSOA21CD,Ward\nE1,Abbey\n"},
        {"lookup = l.csv\nlookup key = B\nlookup area = C\nlookup column = LSOA code\n",
         "A,B,C\n,E1,Abbey\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_lookup(cases[i].keys, cases[i].lookup, csv);
        assert_ok(&run);
        assert_int_equal(figure_of(&run, "A", "Abbey", "2021/22"), 1);
        run_end(&run);
    }
}

static void what_cannot_be_looked_up_is_told(void **state)
{
    (void)state;
    static const char csv[] = "Measure,Period,Value,LSOA code,Name\nA,2021/22,1,E1,N\n";
    static const struct {
        const char *keys, *lookup, *says;
        enum diag_kind kind;
        unsigned line, column;
    } cases[] = {
        {"lookup = l.csv\nlookup area = Ward\n", "LSOA21CD,X,Ward\nE1,y,Abbey\n",
         "none of this lookup's columns", DIAG_MISSING_COLUMN, 1, 1},
        {"lookup = l.csv\nlookup area = Ward\n", "LSOA code,Name,Ward\nE1,N,Abbey\n",
         "more than one of this lookup's columns", DIAG_MISSING_COLUMN, 1, 1},
        {"lookup = l.csv\nlookup key = LSOA\n", "LSOA code,Ward\nE1,Abbey\n",
         "'l.csv' has no column 'LSOA'", DIAG_MISSING_COLUMN, 5, 14},
        {"lookup = l.csv\nlookup column = LSOA\n", "LSOA code,Ward\nE1,Abbey\n",
         "has no column 'LSOA'", DIAG_MISSING_COLUMN, 5, 17},
        {"lookup = l.csv\n", "LSOA code,Ward\nE1,Abbey\nE1,Abbey\nE1,Castle\n",
         "has two areas, 'Abbey' and 'Castle'", DIAG_CONFLICT, 0, 0},
        {"lookup = l.csv\nlookup area = Ward\n", "LSOA code,X,Ward\nE1,,Abbey\n,,Abbey\n",
         "no key in this row", DIAG_MISSING_VALUE, 3, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_lookup(cases[i].keys, cases[i].lookup, csv);
        assert_says(only_error(&run, cases[i].kind, cases[i].line, cases[i].column), cases[i].says);
        run_end(&run);
    }
}

static void tallies_of_files_are_merged(void **state)
{
    (void)state;
    struct arena *arena = arena_new(), *other = arena_new();
    struct lookup_miss first[] = {{TEXT("E1"), 2, PLACE_NONE}, {TEXT("E2"), 1, PLACE_NONE}};
    struct lookup_miss second[] = {{TEXT("E2"), 5, PLACE_NONE}, {TEXT("E3"), 1, PLACE_NONE}};
    struct lookup_misses a = {.items = first, .count = 2, .rows = 3};
    struct lookup_misses b = {.items = second, .count = 2, .rows = 6};
    struct lookup_misses all = {0};
    lookup_merge(arena, &all, &a);
    lookup_merge(arena, &all, &b);
    arena_free(other);
    assert_int_equal(all.count, 3);
    assert_int_equal(all.rows, 9);
    assert_int_equal(all.items[1].rows, 6);
    arena_free(arena);
}

/* 20,000 codes, each on ten rows, half of them unmatched: far below a second, and not a minute. */
static void many_codes_take_no_longer_each(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buffer export = {.arena = arena}, lookup = {.arena = arena};
    buffer_add(&export, TEXT("Measure,Period,Value,LSOA code\n"));
    buffer_add(&lookup, TEXT("LSOA code,Ward\n"));
    for (int i = 0; i < 20000; i++) {
        if (i % 2)
            buffer_format(&lookup, "E%08d,Ward\n", i);
        for (int row = 0; row < 10; row++)
            buffer_format(&export, "M,2021/22,1,E%08d\n", i);
    }
    clock_t before = clock();
    struct run run = run_lookup("lookup = l.csv\nunmatched = exclude\n", buffer_text(&lookup).ptr,
                                buffer_text(&export).ptr);
    double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    assert_says(message_of(&run, DIAG_UNMATCHED), "10000 codes");
    assert_says(message_of(&run, DIAG_UNMATCHED), "and 9980 more; 100000 rows");
    assert_true(seconds < 10);
    run_end(&run);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unmatched_codes_are_one_message),
        cmocka_unit_test(unmatched_rows_can_be_excluded),
        cmocka_unit_test(the_key_is_the_column_that_both_have),
        cmocka_unit_test(what_cannot_be_looked_up_is_told),
        cmocka_unit_test(tallies_of_files_are_merged),
        cmocka_unit_test(many_codes_take_no_longer_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
