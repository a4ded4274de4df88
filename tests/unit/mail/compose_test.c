#include "mail/mail_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct mail_message plain_message(void)
{
    return (struct mail_message){
        .from_name = TEXT_EMPTY,
        .from = TEXT("reports@example.org"),
        .to_name = TEXT_EMPTY,
        .to = TEXT("panel@example.org"),
        .reply_to = TEXT_EMPTY,
        .subject = TEXT("Annual review"),
        .text = TEXT("Attached."),
        .id = TEXT("0123@example.org"),
        .date = 0,
    };
}

static void test_addresses(void **state)
{
    (void)state;
    static const char *const good[] = {"a@example.org", "first.last+tag@sub.example.org",
                                       "o'neill@example.org", "x@localhost"};
    static const char *const bad[] = {
        "",          "a",           "a@",        "@example.org", "a@@example.org",
        "a@b@c",     "a b@x.org",   "<a@x.org>", "a@x..org",     ".a@x.org",
        "a.@x.org",  "a..b@x.org",  "a@-x.org",  "a@x_y.org",    "a@x.org\n",
        "a@x.org\r", "a\x7F@x.org", "a,b@x.org", "\"a\"@x.org",  "môn@x.org",
        "a@x.org>",  "a@[::1]",     "a@x.org;b", "a(c)@x.org",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(mail_address_fault(text_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(mail_address_fault(text_from(bad[i])));
    char nul[] = "a\0@x.org";
    assert_non_null(mail_address_fault((struct text){nul, sizeof nul - 1}));
    char local[80] = "";
    memset(local, 'a', 65);
    strcpy(local + 65, "@x.org");
    assert_non_null(mail_address_fault(text_from(local)));
}

static void test_header_values(void **state)
{
    (void)state;
    assert_null(mail_header_fault(TEXT("Adroddiad – chwarter 2")));
    assert_non_null(mail_header_fault(TEXT("one\nBcc: x@example.org")));
    assert_non_null(mail_header_fault(TEXT("one\rtwo")));
    assert_non_null(mail_header_fault(TEXT("tab\there")));
    assert_non_null(mail_header_fault(TEXT("\xFF")));
}

static void assert_lines(struct text message)
{
    for (size_t from = 0, end; from < message.len; from = end + 1) {
        end = text_find(message, '\n', from);
        assert_true(end < message.len && message.ptr[end - 1] == '\r');
        assert_true(end - 1 - from <= 78);
    }
}

static void test_plain_message_is_readable(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct mail_message message = plain_message();
    struct text out = mail_compose(arena, &message);
    assert_lines(out);
    assert_true(text_starts(out, TEXT("Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n"
                                      "From: reports@example.org\r\n"
                                      "To: panel@example.org\r\n"
                                      "Subject: Annual review\r\n"
                                      "Message-ID: <0123@example.org>\r\n")));
    assert_false(text_contains(out, TEXT("Reply-To")));
    assert_true(text_contains(out, TEXT("\r\n\r\nAttached.\r\n")));
    assert_true(text_equal(out, mail_compose(arena, &message)));
    arena_free(arena);
}

static void test_dates(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct mail_message message = plain_message();
    message.date = 1709251199; /* the last second of 29 February 2024 */
    assert_true(text_starts(mail_compose(arena, &message),
                            TEXT("Date: Thu, 29 Feb 2024 23:59:59 +0000\r\n")));
    message.date = 4102444800;
    assert_true(text_starts(mail_compose(arena, &message),
                            TEXT("Date: Fri, 1 Jan 2100 00:00:00 +0000\r\n")));
    arena_free(arena);
}

/* Each length around the edges where words, lines and characters break. */
static void test_long_subjects_fold(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct mail_message message = plain_message();
    struct buffer subject = {.arena = arena};
    for (int i = 0; i < 90; i++) {
        buffer_add(&subject, TEXT("£"));
        message.subject = buffer_text(&subject);
        message.from_name = message.subject;
        struct text out = mail_compose(arena, &message);
        assert_lines(out);
        assert_true(text_contains(out, TEXT("Subject: =?UTF-8?B?")));
    }
    message.subject = TEXT("=?UTF-8?B?aGk=?=");
    assert_false(text_contains(mail_compose(arena, &message), TEXT("Subject: =?UTF-8?B?aGk=?=")));
    arena_free(arena);
}

static void test_text_lines_break_softly(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct mail_message message = plain_message();
    message.text = TEXT(
        "ends in a space \na=b\n\n123456789 123456789 123456789 123456789 "
        "123456789 123456789 123456789 123456\r");
    struct text out = mail_compose(arena, &message);
    assert_lines(out);
    assert_true(text_contains(out, TEXT("ends in a space=20\r\na=3Db\r\n\r\n123")));
    assert_true(text_contains(out, TEXT("=\r\n6=0D\r\n")) ||
                text_contains(out, TEXT("=\r\n=0D\r\n")));
    arena_free(arena);
}

static void test_quotes_in_names_are_escaped(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct mail_message message = plain_message();
    message.to_name = TEXT("Panel \"A\" \\ B");
    assert_true(text_contains(mail_compose(arena, &message),
                              TEXT("To: \"Panel \\\"A\\\" \\\\ B\"\r\n <panel@example.org>\r\n")));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_header_values),
        cmocka_unit_test(test_plain_message_is_readable),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_long_subjects_fold),
        cmocka_unit_test(test_text_lines_break_softly),
        cmocka_unit_test(test_quotes_in_names_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
