#include "base/file.h"
#include "pack/pack.h"
#include "write/write_int.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct text folder, path;
    struct document document;
    struct text pdf;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);
    char folder[] = "/tmp/verify_test_XXXXXX";
    assert_non_null(mkdtemp(folder));
    f->arena = arena;
    f->diags = diags_new(arena);
    f->folder = text_copy(arena, text_from(folder));
    f->path = path_join(arena, f->folder, TEXT("report.pdf"));
    f->document = (struct document){.name = TEXT("report"),
                                    .title = TEXT("Adolygiad blynyddol – £36,073"),
                                    .subtitle = TEXT_EMPTY,
                                    .organisation = TEXT("Council"),
                                    .language = TEXT("en-GB"),
                                    .period = TEXT_EMPTY,
                                    .footer = TEXT("Council")};
    blocks_add_paragraph(arena, &f->document.blocks, TEXT("Words."));
    struct pdf_part part = {
        .document = &f->document, .bookmark = TEXT_EMPTY, .running_head = TEXT_EMPTY};
    assert_true(pdf_render_parts(&part, 1, f->document.title, f->document.language,
                                 (struct date){0}, arena, &f->diags, &f->pdf));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    unlink(f->path.ptr);
    rmdir(f->folder.ptr);
    arena_free(f->arena);
    return 0;
}

static bool verify(struct fixture *f, struct text bytes)
{
    unlink(f->path.ptr);
    assert_true(file_save(&f->diags, f->path, bytes));
    return pdf_verify(&f->document, f->path, f->arena, &f->diags);
}

static void test_report_is_read_back(void **state)
{
    struct fixture *f = *state;
    assert_true(verify(f, f->pdf));
    assert_int_equal(f->diags.count, 0);
}

static void test_wrong_title_and_language_are_found(void **state)
{
    struct fixture *f = *state;
    f->document.title = TEXT("Another report");
    f->document.language = TEXT("cy");
    assert_false(verify(f, f->pdf));
    assert_int_equal(f->diags.count, 2);
    assert_int_equal(f->diags.items[0].kind, DIAG_VERIFY);
    assert_true(text_equal(f->diags.items[0].place.file, f->path));
}

static void test_cut_file_is_found(void **state)
{
    struct fixture *f = *state;
    assert_false(verify(f, text_slice(f->pdf, 0, f->pdf.len - 100)));
    assert_false(verify(f, TEXT_EMPTY));
    assert_int_equal(f->diags.count, 2);
}

static void test_number_of_pages_is_checked(void **state)
{
    struct fixture *f = *state;
    assert_true(pack_verify(f->pdf, 1, f->arena, &f->diags));
    assert_false(pack_verify(f->pdf, 2, f->arena, &f->diags));
}

/* Without a part that leaves room, the fonts lack what stamps need: that must not print blanks. */
static void test_stamp_without_glyphs_is_refused(void **state)
{
    struct fixture *f = *state;
    struct agenda_pdf pdf = {.path = f->path, .name = TEXT("report.pdf"), .place = PLACE_NONE};
    struct merge_insert insert = {.pdf = &pdf,
                                  .bytes = f->pdf,
                                  .pages = 1,
                                  .after = 1,
                                  .after_marks = 1,
                                  .bookmark = TEXT("Item 1"),
                                  .item_name = TEXT("Agenda item 1")};
    struct text out;
    assert_int_equal(merge_count(&pdf, f->pdf, f->arena, &f->diags), 1);
    assert_false(merge_pdfs(f->pdf, &insert, 1, f->arena, &f->diags, &out));
    assert_int_equal(f->diags.count, 1);
    assert_int_equal(f->diags.items[0].kind, DIAG_INTERNAL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_report_is_read_back),
        TEST(test_wrong_title_and_language_are_found),
        TEST(test_cut_file_is_found),
        TEST(test_number_of_pages_is_checked),
        TEST(test_stamp_without_glyphs_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
