#include "base/file.h"
#include "pack/pack.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define MEETING                                                                                    \
    "[meeting]\ncouncil = C\ncommittee = Panel\ndate = Thursday, 30 June 2022\ntime = 18:30\n"     \
    "venue = Chamber\nto = All Members\nnotice = Wednesday, 22 June 2022\nissued by = Clerk\n"     \
    "[contact]\nemail = a@example.org\n"

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct text path;
    struct agenda agenda;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);
    char path[] = "/tmp/agenda_test_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    f->arena = arena;
    f->path = text_copy(arena, text_from(path));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    unlink(f->path.ptr);
    arena_free(f->arena);
    return 0;
}

static bool read_words(struct fixture *f, const char *words)
{
    f->diags = diags_new(f->arena);
    unlink(f->path.ptr);
    assert_true(file_save(&f->diags, f->path, text_from(words)));
    return agenda_read(f->arena, &f->diags, f->path, &f->agenda);
}

/* One message, of that kind, in that line, with those words. */
static void assert_said(struct fixture *f, enum diag_kind kind, unsigned line, const char *words)
{
    assert_int_equal(f->diags.count, 1);
    assert_int_equal(f->diags.items[0].kind, kind);
    assert_int_equal(f->diags.items[0].place.line, line);
    assert_true(text_contains(f->diags.items[0].message, text_from(words)));
}

static void test_clear_working_days(void **state)
{
    (void)state;
    struct date notice = {2022, 6, 22}, meeting = {2022, 6, 30};
    assert_int_equal(clear_working_days(notice, meeting), 5);
    notice.day = 23;
    assert_int_equal(clear_working_days(notice, meeting), 4);
    assert_int_equal(clear_working_days(meeting, meeting), 0);
    struct date friday = {2022, 6, 24}, monday = {2022, 6, 27};
    assert_int_equal(clear_working_days(friday, monday), 0);
    struct date before_1970 = {1969, 12, 22}, after = {1970, 1, 5};
    assert_int_equal(clear_working_days(before_1970, after), 9);
}

static void test_good_agenda(void **state)
{
    struct fixture *f = *state;
    assert_true(read_words(f, MEETING "[circulation]\nVice-Chair = Member\n"
                                      "[item 1]\ntitle = Apologies\n"
                                      "[item 2]\ntitle = Minutes\nto follow = yes\n"));
    assert_int_equal(f->diags.count, 0);
    assert_int_equal(f->agenda.count, 2);
    assert_int_equal(f->agenda.items[1].number, 2);
    assert_true(f->agenda.items[1].to_follow);
    assert_int_equal(f->agenda.circulation_count, 1);
}

static void test_weekday_must_be_the_dates(void **state)
{
    struct fixture *f = *state;
    assert_false(read_words(f,
                            "[meeting]\ncouncil = C\ncommittee = Panel\n"
                            "date = Friday, 30 June 2022\ntime = 18:30\nvenue = Chamber\n"
                            "to = All Members\nnotice = 22 June 2022\nissued by = Clerk\n"
                            "[contact]\nemail = a@example.org\n[item 1]\ntitle = A\n"));
    assert_said(f, DIAG_BAD_VALUE, 4, "30 June 2022 is a Thursday");
}

static void test_short_notice_is_a_warning(void **state)
{
    struct fixture *f = *state;
    assert_true(read_words(f,
                           "[meeting]\ncouncil = C\ncommittee = Panel\ndate = 30 June 2022\n"
                           "time = 18:30\nvenue = Chamber\nto = All Members\n"
                           "notice = Thu, 23 June 2022\nissued by = Clerk\n"
                           "[contact]\nemail = a@example.org\n[item 1]\ntitle = A\n"));
    assert_said(f, DIAG_VALUE_CHECK, 8, "4 clear working days");
}

static void test_items_are_numbered_without_gaps(void **state)
{
    struct fixture *f = *state;
    assert_false(read_words(f, MEETING "[item 1]\ntitle = A\n[item 3]\ntitle = B\n"));
    assert_said(f, DIAG_BAD_VALUE, 14, "expected [item 2]");
    assert_false(read_words(f, MEETING "[item one]\ntitle = A\n"));
    assert_said(f, DIAG_BAD_VALUE, 12, "expected [item 1]");
}

static void test_papers_must_be_there(void **state)
{
    struct fixture *f = *state;
    assert_false(read_words(f, MEETING "[item 1]\ntitle = A\npdf = no-such.pdf\n"));
    assert_said(f, DIAG_NO_FILE, 14, "no-such.pdf");
    assert_false(read_words(f, MEETING "[item 1]\ntitle = A\nreport = no-such-job annual\n"));
    assert_said(f, DIAG_NO_FILE, 14, "no-such-job' is not a job");
    assert_false(read_words(f, MEETING "[item 1]\ntitle = A\nreport = annual\n"));
    assert_said(f, DIAG_BAD_VALUE, 14, "job folder and the name");
}

static void test_all_problems_are_reported(void **state)
{
    struct fixture *f = *state;
    assert_false(read_words(f, "[meeting]\ncounsil = C\n[item 1]\n[itme 2]\ntitle = x\n"));
    /* 1 unknown key, 8 missing in [meeting], 1 in the item, no [contact], an unknown section */
    assert_int_equal(diags_count(&f->diags, LEVEL_ERROR), 12);
}

static void assert_leads_to(const struct block *block, const char *link, const char *says)
{
    const struct span *span = &block->paragraph.spans.items[0];
    assert_true(text_is(span->link, link));
    assert_true(text_is(span->says, says));
}

static void test_front_sheet(void **state)
{
    struct fixture *f = *state;
    assert_true(read_words(f, MEETING "[item 1]\ntitle = Apologies\nnote = To receive any\n"
                                      "[item 2]\ntitle = Minutes\nto follow = yes\n"
                                      "[item 3]\ntitle = Review\nreport title = Annual review\n"
                                      "[item 4]\ntitle = Urgent\nreport title = Urgent\n"));
    f->agenda.telephone = TEXT("01632 960000");
    const struct page_range ranges[] = {{0, 0}, {0, 0}, {3, 44}, {45, 45}};
    struct document *document = agenda_document(f->arena, &f->agenda, ranges);
    struct tables tables = document_tables(f->arena, document);
    assert_int_equal(tables.count, 1);
    const struct row *rows = tables.items[0]->rows;
    assert_true(text_is(rows[0].cells[1].display, "Apologies\nTo receive any"));
    assert_int_equal(rows[0].cells[2].kind, CELL_EMPTY);
    assert_true(text_is(rows[1].cells[2].display, "To follow"));
    assert_true(text_is(rows[2].cells[2].display, "3 to 44"));
    assert_true(text_is(rows[3].cells[2].display, "45"));
    assert_int_equal(rows[0].cells[1].blocks.items[0].paragraph.spans.items[0].link.len, 0);
    assert_leads_to(rows[2].cells[1].blocks.items, "#page 3", "Item 3: Review, page 3");
    assert_leads_to(rows[2].cells[2].blocks.items, "#page 3", "Item 3, pages 3 to 44");
    assert_leads_to(rows[3].cells[2].blocks.items, "#page 45", "Item 4, page 45");
    assert_true(text_is(rows[3].cells[1].display, "Urgent")); /* not twice */
    const struct definitions *front = &document->blocks.items[2].definitions;
    const struct definition *contact = &front->items[front->count - 1];
    assert_true(text_is(contact->term, "Contact"));
    assert_true(text_contains(blocks_plain(f->arena, &contact->meaning),
                              TEXT("@example.org, telephone 01632 960000")));
    struct text words = blocks_plain(f->arena, &document->blocks);
    assert_true(text_contains(words, TEXT("To All Members on Wednesday, 22 June 2022")));
    assert_true(text_is(document->subtitle, "Thursday, 30 June 2022, 18:30"));
}

static void test_exempt_items(void **state)
{
    struct fixture *f = *state;
    assert_true(read_words(f, MEETING "[item 1]\ntitle = Exclusion of the public\n"
                                      "[item 2]\ntitle = Sale of the yard\nexempt = 5, 3\n"
                                      "public title = Disposal of land\nnote = To accept\n"
                                      "[item 3]\ntitle = Contract\nexempt = 7\n"));
    assert_int_equal(f->diags.count, 0);
    assert_int_equal(f->agenda.items[1].exempt, 1 << 3 | 1 << 5);
    struct agenda *public = agenda_public(f->arena, &f->agenda);
    assert_true(text_is(public->items[1].title, "Disposal of land"));
    assert_true(text_is(public->items[2].title, "Contract"));
    const struct page_range ranges[3] = {{0, 0}, {5, 9}, {10, 10}};
    struct tables tables = document_tables(f->arena, agenda_document(f->arena, public, ranges));
    const struct row *row = &tables.items[0]->rows[1];
    assert_true(text_contains(row->cells[1].display,
                              TEXT("Disposal of land\nNot for publication by virtue of paragraphs "
                                   "3 and 5 of Part 1 of Schedule 12A")));
    assert_false(text_contains(row->cells[1].display, TEXT("accept")));
    assert_true(text_is(row->cells[2].display, "Exempt")); /* not how many pages there are */
    assert_int_equal(row->cells[2].blocks.count, 0);       /* nor where they are */
    assert_int_equal(row->cells[1].blocks.items[0].paragraph.spans.items[0].link.len, 0);
    tables = document_tables(f->arena, exempt_document(f->arena, &f->agenda, ranges));
    assert_true(text_contains(tables.items[0]->rows[0].cells[1].display, TEXT("Sale of the yard")));
    assert_true(text_is(tables.items[0]->rows[0].cells[2].display, "5 to 9"));
    assert_true(text_is(exempt_mark(f->arena, 1 << 1 | 1 << 2 | 1 << 7),
                        "Not for publication (exempt: paragraphs 1, 2 and 7)"));
}

static void test_exempt_is_a_paragraph(void **state)
{
    struct fixture *f = *state;
    assert_false(read_words(f, MEETING "[item 1]\ntitle = Exclusion of the public\n"
                                       "[item 2]\ntitle = A\nexempt = 8\n"));
    assert_said(f, DIAG_BAD_VALUE, 16, "expected one of 1, 2, 3, 4, 5, 6, 7");
    assert_false(read_words(f, MEETING "[item 1]\ntitle = Exclusion of the public\n"
                                       "[item 2]\ntitle = A\nexempt =\n"));
    assert_said(f, DIAG_BAD_VALUE, 16, "expected one of 1");
    assert_false(read_words(f, MEETING "[item 1]\ntitle = Exclusion of the public\n"
                                       "[item 2]\ntitle = A\nexempt = 3,3\n"));
    assert_said(f, DIAG_BAD_VALUE, 16, "paragraph 3 stands here twice");
    assert_false(read_words(f, MEETING "[item 1]\ntitle = A\npublic title = B\n"));
    assert_said(f, DIAG_BAD_VALUE, 14, "needs 'exempt'");
}

static void test_order_of_exempt_items(void **state)
{
    struct fixture *f = *state;
    assert_true(read_words(f, MEETING "[item 1]\ntitle = A\nexempt = 3\n"
                                      "[item 2]\ntitle = B\nexempt = 4\n"));
    assert_said(f, DIAG_VALUE_CHECK, 12, "no item before this one excludes the public");
    assert_true(read_words(f, MEETING "[item 1]\ntitle = Exclusion of press and public\n"
                                      "[item 2]\ntitle = A\nexempt = 3\n[item 3]\ntitle = B\n"));
    assert_said(f, DIAG_VALUE_CHECK, 17, "item 2 before this public one is exempt");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clear_working_days),
        TEST(test_good_agenda),
        TEST(test_weekday_must_be_the_dates),
        TEST(test_short_notice_is_a_warning),
        TEST(test_items_are_numbered_without_gaps),
        TEST(test_papers_must_be_there),
        TEST(test_all_problems_are_reported),
        TEST(test_front_sheet),
        TEST(test_exempt_items),
        TEST(test_exempt_is_a_paragraph),
        TEST(test_order_of_exempt_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
