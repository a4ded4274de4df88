/* The workbook of findings: what it says, and that it says it the same from every folder. */
#include "assemble/assemble.h"
#include "support.h"

#include <string.h>

struct fixture {
    struct dataset *dataset;
    struct diags found;
    struct report_source source;
    struct checks_input input;
};

static void add_figure(struct dataset *dataset, const char *period, int64_t number,
                       unsigned markers)
{
    struct figure figure = {
        .measure = dataset_measure(dataset, TEXT("Burglary"), PLACE_NONE),
        .area = dataset_area(dataset, TEXT("North")),
        .period = dataset_period(dataset, period_read(dataset->arena, text_from(period))),
        .value = {.present = true, .number = decimal_from(number), .markers = markers},
        .note = TEXT_EMPTY,
        .place = place_at(TEXT("/srv/jobs/crime/exports/a.csv"), 4, 2),
    };
    dataset_add_figure(dataset, figure);
}

static struct fixture fixture_of(struct arena *arena)
{
    struct fixture f = {.dataset = dataset_new(arena, TEXT("crime")), .found = diags_new(arena)};
    struct file_account *file = account_add_file(f.dataset, TEXT("/srv/jobs/crime/exports/a.csv"));
    file->encoding = TEXT("UTF-8");
    file->delimiter = ';';
    file->header_line = 2;
    file->read = 7;
    file->used = 4;
    account_exclude(arena, file, TEXT("Area is not 'North'"), 3);
    account_add_value(file, (struct value){.present = true, .number = decimal_from(1200)});
    add_figure(f.dataset, "2021/22", 1200, 0);
    add_figure(f.dataset, "2020/21", 3, MARKER_CONFIDENTIAL);
    f.source.dataset = f.dataset;
    return f;
}

static struct text dump_of(struct arena *arena, struct fixture *f)
{
    f->input = (struct checks_input){
        .sources = &f->source,
        .source_count = 1,
        .found = &f->found,
        .folder = TEXT("/srv/jobs/crime"),
        .title = TEXT("Community safety"),
        .organisation = TEXT("Sampleton Council"),
        .language = TEXT("en-GB"),
        .period = period_read(arena, TEXT("2021/22")),
        .as_at = {2022, 6, 22},
        .program = TEXT("panelpack 0.1.0"),
    };
    texts_add(arena, &f->input.libraries, TEXT("expat 2.5.0"));
    return document_dump(arena, assemble_checks(arena, &f->input));
}

static void says_what_became_of_every_row(void **state)
{
    struct arena *arena = *state;
    struct fixture f = fixture_of(arena);
    struct text dump = dump_of(arena, &f);
    assert_contains(arena, dump,
                    "exports/a.csv | 7 {7} | 4 {4} | 3 {3} | 0 {0} | 0 {0} | 1,200 {1200} | [z] | "
                    "2 {2} | UTF-8 | semicolon");
    assert_contains(arena, dump,
                    "All exports | 7 {7} | 4 {4} | 3 {3} | 0 {0} | 0 {0} | 1,200 {1200} | 1,200 "
                    "{1200} | [z] | [z] | [z]");
    assert_contains(arena, dump, "exports/a.csv | Area is not 'North' | 3 {3}");
    assert_contains(arena, dump, "expat | 2.5.0");
}

static void says_what_is_hidden_and_not_how_much(void **state)
{
    struct arena *arena = *state;
    struct fixture f = fixture_of(arena);
    assert_contains(arena, dump_of(arena, &f), "Burglary | North | 2020/21 | exports/a.csv:4:2");
}

static void findings_stand_with_the_worst_first(void **state)
{
    struct arena *arena = *state;
    struct fixture f = fixture_of(arena);
    struct place place = place_at(TEXT("/srv/jobs/crime/exports/a.csv"), 5, 2);
    diag(&f.found, DIAG_READ, place, "told in the table of rows");
    diag(&f.found, DIAG_DUPLICATE_USED_ONCE, place,
         "'A' stands in /srv/jobs/crime/exports/b.csv:2:1 already");
    diag(&f.found, DIAG_REPAIR, place, "cell filled from above");
    diag(&f.found, DIAG_GAP, PLACE_NONE, "no figures for May 2021");
    struct text dump = dump_of(arena, &f);
    const char *warning = strstr(dump.ptr, "The job as a whole | gap | no figures for May 2021");
    const char *info =
        strstr(dump.ptr, "exports/a.csv:5:2 | duplicate | 'A' stands in exports/b.csv:2:1 already");
    assert_non_null(warning);
    assert_non_null(info);
    assert_true(warning < info);
    assert_contains(arena, dump, "exports/a.csv:5:2 | cell filled from above");
    assert_false(text_contains(dump, TEXT("told in the table of rows")));
}

static void no_folder_of_this_machine_is_named(void **state)
{
    struct arena *arena = *state;
    struct fixture f = fixture_of(arena);
    diag(&f.found, DIAG_GAP, place_at(TEXT("/srv/jobs/crime/job.ini"), 1, 1),
         "'/srv/jobs/crime/exports/a.csv' and /srv/jobs/crime/exports/b.csv");
    assert_false(text_contains(dump_of(arena, &f), TEXT("/srv")));
}

static void what_there_is_none_of_is_said(void **state)
{
    struct arena *arena = *state;
    struct fixture f = {.dataset = dataset_new(arena, TEXT("crime")), .found = diags_new(arena)};
    f.source.dataset = f.dataset;
    struct text dump = dump_of(arena, &f);
    assert_contains(arena, dump, "The checks found nothing.");
    assert_contains(arena, dump, "No row was left out by a rule.");
    assert_contains(arena, dump, "Nothing in the exports had to be put right.");
    assert_contains(arena, dump, "No figure is confidential.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(says_what_became_of_every_row),
        arena_test(says_what_is_hidden_and_not_how_much),
        arena_test(findings_stand_with_the_worst_first),
        arena_test(no_folder_of_this_machine_is_named),
        arena_test(what_there_is_none_of_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
