#include "data/rich.h"

#include "support.h"

static struct rich bold(struct arena *arena, const char *plain)
{
    struct rich rich = rich_plain(text_from(plain));
    rich_runs_add(arena, &rich.runs, (struct rich_run){0, rich.plain.len, RICH_BOLD});
    return rich;
}

static void runs_of_one_style_grow_together(void **state)
{
    struct rich_runs runs = {0};
    rich_runs_add(*state, &runs, (struct rich_run){0, 2, RICH_BOLD});
    rich_runs_add(*state, &runs, (struct rich_run){2, 4, RICH_BOLD});
    rich_runs_add(*state, &runs, (struct rich_run){4, 5, 0});
    rich_runs_add(*state, &runs, (struct rich_run){5, 5, RICH_ITALIC});
    rich_runs_add(*state, &runs, (struct rich_run){5, 6, RICH_ITALIC});
    assert_int_equal(runs.count, 2);
    assert_int_equal(runs.items[0].to, 4);
    assert_int_equal(runs.items[1].from, 5);
}

static void joined_texts_keep_their_emphasis(void **state)
{
    struct rich joined = rich_join(*state, rich_plain(TEXT("one")), bold(*state, "two"));
    assert_text(*state, joined.plain, "one\ntwo");
    assert_int_equal(joined.runs.count, 1);
    assert_int_equal(joined.runs.items[0].from, 4);
    assert_int_equal(joined.runs.items[0].to, 7);
    joined = rich_join(*state, rich_plain(TEXT_EMPTY), bold(*state, "two"));
    assert_text(*state, joined.plain, "two");
    assert_int_equal(joined.runs.items[0].from, 0);
    joined = rich_join(*state, bold(*state, "one"), rich_plain(TEXT_EMPTY));
    assert_text(*state, joined.plain, "one");
    assert_int_equal(joined.runs.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(runs_of_one_style_grow_together),
        arena_test(joined_texts_keep_their_emphasis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
