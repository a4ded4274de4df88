#include "base/file.h"
#include "base/hash.h"
#include "mail/mail_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct text folder;
    struct text path;
    struct text a, b; /* keys */
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);
    char folder[] = "/tmp/ledger_test_XXXXXX";
    assert_non_null(mkdtemp(folder));
    f->arena = arena;
    f->diags = diags_new(arena);
    f->folder = text_copy(arena, text_from(folder));
    f->path = path_join(arena, f->folder, TEXT("ledger"));
    f->a = hash_sha256(arena, TEXT("a"));
    f->b = hash_sha256(arena, TEXT("b"));
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

static struct ledger *open_ledger(struct fixture *f)
{
    return ledger_open(f->arena, &f->diags, f->path, false);
}

static void append(struct fixture *f, const char *words)
{
    FILE *file = fopen(f->path.ptr, "a");
    assert_non_null(file);
    assert_true(fputs(words, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void test_last_state_counts(void **state)
{
    struct fixture *f = *state;
    struct ledger *ledger = open_ledger(f);
    assert_non_null(ledger);
    assert_int_equal(ledger_state(ledger, f->a), LEDGER_NOTHING);
    assert_true(ledger_add(ledger, &f->diags, LEDGER_INTENT, f->a, TEXT("x"), TEXT_EMPTY, 1));
    assert_true(ledger_add(ledger, &f->diags, LEDGER_SENT, f->a, TEXT("x"), TEXT("250 ok"), 2));
    assert_true(ledger_add(ledger, &f->diags, LEDGER_INTENT, f->b, TEXT("x"), TEXT_EMPTY, 3));
    ledger_close(ledger);

    ledger = open_ledger(f);
    assert_int_equal(ledger_state(ledger, f->a), LEDGER_SENT);
    assert_int_equal(ledger_state(ledger, f->b), LEDGER_INTENT);
    ledger_close(ledger);
    struct stat st;
    assert_int_equal(stat(f->path.ptr, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_second_user_is_kept_out(void **state)
{
    struct fixture *f = *state;
    struct ledger *ledger = open_ledger(f);
    assert_null(open_ledger(f));
    assert_int_equal(f->diags.items[0].kind, DIAG_BUSY);
    ledger_close(ledger);
    ledger = open_ledger(f);
    assert_non_null(ledger);
    ledger_close(ledger);
}

static void test_cut_last_line_is_removed(void **state)
{
    struct fixture *f = *state;
    struct ledger *ledger = open_ledger(f);
    assert_true(ledger_add(ledger, &f->diags, LEDGER_INTENT, f->a, TEXT("x"), TEXT_EMPTY, 1));
    ledger_close(ledger);
    append(f, "sent\t");
    ledger = open_ledger(f);
    assert_non_null(ledger);
    assert_int_equal(ledger_state(ledger, f->a), LEDGER_INTENT);
    assert_true(ledger_add(ledger, &f->diags, LEDGER_UNKNOWN, f->a, TEXT("x"), TEXT_EMPTY, 2));
    ledger_close(ledger);
    ledger = open_ledger(f);
    assert_int_equal(ledger_state(ledger, f->a), LEDGER_UNKNOWN);
    ledger_close(ledger);
}

static void test_damaged_line_is_an_error(void **state)
{
    static const char *const damaged[] = {"\n", "sent\tshort\t1\tx\t\n", "sent\n"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        unlink(f->path.ptr);
        append(f, damaged[i]);
        assert_null(open_ledger(f));
        assert_int_equal(f->diags.count, i + 1);
        assert_int_equal(f->diags.items[i].place.line, 1);
    }
}

static void test_reply_cannot_forge_a_line(void **state)
{
    struct fixture *f = *state;
    struct ledger *ledger = open_ledger(f);
    assert_true(ledger_add(ledger, &f->diags, LEDGER_FAILED, f->a, TEXT("a\tb"),
                           TEXT("450 no\r\nsent\tx"), 1));
    ledger_close(ledger);
    ledger = open_ledger(f);
    assert_non_null(ledger);
    assert_int_equal(ledger_state(ledger, f->a), LEDGER_FAILED);
    ledger_close(ledger);
}

static void test_reading_only_makes_no_file(void **state)
{
    struct fixture *f = *state;
    struct ledger *ledger = ledger_open(f->arena, &f->diags, f->path, true);
    assert_non_null(ledger);
    assert_int_equal(ledger_state(ledger, f->a), LEDGER_NOTHING);
    ledger_close(ledger);
    assert_false(file_exists(f->path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_last_state_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_second_user_is_kept_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cut_last_line_is_removed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damaged_line_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reply_cannot_forge_a_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reading_only_makes_no_file, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
