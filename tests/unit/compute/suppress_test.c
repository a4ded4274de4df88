/* Small counts: what is hidden, and whether a reader can find it out all the same. */
#include "compute/suppress.h"
#include "support.h"

#include <string.h>

enum { CELLS_MOST = 16, VALUES_MOST = 256 };

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

/*
 * The attacker: knows the totals, the shown cells and the threshold, and fills the hidden cells in
 * every way that is consistent with them. A line is a table of one row whose columns have no
 * totals.
 */
struct attack {
    size_t rows, columns;
    const int64_t *cells;
    const enum hidden *hidden;
    struct suppress_rule rule;
    bool column_totals;
    bool some_are_small; /* also knows that nothing is hidden without a small cell among it */
    int64_t fill[CELLS_MOST], row_left[CELLS_MOST], column_left[CELLS_MOST];
    bool possible[CELLS_MOST][VALUES_MOST]; /* out: values that each hidden cell can have */
};

static void note_filling(struct attack *a)
{
    bool small = !a->some_are_small;
    for (size_t i = 0; i < a->rows * a->columns; i++)
        small |= a->hidden[i] != SHOWN && suppress_is_small(a->rule, a->fill[i]);
    for (size_t i = 0; small && i < a->rows * a->columns; i++)
        a->possible[i][a->fill[i]] = true;
}

static void fill_from(struct attack *a, size_t i)
{
    if (i == a->rows * a->columns) {
        note_filling(a);
        return;
    }
    size_t row = i / a->columns, column = i % a->columns;
    bool last_of_row = column + 1 == a->columns;
    bool last_of_column = a->column_totals && row + 1 == a->rows;
    int64_t low = a->rule.zeros_published ? 1 : 0, high = a->row_left[row];
    if (a->column_totals && a->column_left[column] < high)
        high = a->column_left[column];
    if (a->hidden[i] == SHOWN)
        low = high = a->cells[i];
    for (int64_t v = last_of_row && a->row_left[row] > low ? a->row_left[row] : low; v <= high;
         v++) {
        if ((last_of_row && v != a->row_left[row]) ||
            (last_of_column && v != a->column_left[column]))
            continue;
        a->fill[i] = v;
        a->row_left[row] -= v;
        a->column_left[column] -= v;
        fill_from(a, i + 1);
        a->row_left[row] += v;
        a->column_left[column] += v;
    }
}

static void attack(struct attack *a)
{
    memset(a->possible, 0, sizeof a->possible);
    memset(a->row_left, 0, sizeof a->row_left);
    memset(a->column_left, 0, sizeof a->column_left);
    for (size_t i = 0; i < a->rows * a->columns; i++) {
        a->row_left[i / a->columns] += a->cells[i];
        a->column_left[i % a->columns] += a->cells[i];
    }
    fill_from(a, 0);
}

static int64_t values_of(const struct attack *a, size_t cell)
{
    int64_t count = 0;
    for (size_t v = 0; v < VALUES_MOST; v++)
        count += a->possible[cell][v];
    return count;
}

static struct suppress_range bounds_of(const struct attack *a, size_t cell)
{
    struct suppress_range range = {.least = -1};
    for (int64_t v = 0; v < VALUES_MOST; v++)
        if (a->possible[cell][v])
            range = (struct suppress_range){range.least < 0 ? v : range.least, v};
    return range;
}

/* Small cells and such as are just large enough are frequent. */
static void random_counts(uint32_t *seed, int64_t *cells, size_t count, int64_t threshold)
{
    for (size_t i = 0; i < count; i++)
        cells[i] = next_random(seed, 3) ? next_random(seed, (uint32_t)threshold + 4)
                                        : threshold + next_random(seed, 3);
}

static struct suppress_rule random_rule(uint32_t *seed, uint32_t most)
{
    struct suppress_rule rule = {.threshold = 1 + next_random(seed, most)};
    rule.zeros_published = next_random(seed, 4) > 0;
    return rule;
}

/* Counts as "12 3 40", and what comes out as "SP-". */
static const char *line_pattern(struct arena *arena, struct suppress_rule rule,
                                struct suppress_line *line)
{
    enum hidden *hidden = arena_calloc(arena, line->count, sizeof *hidden);
    line->hidden = hidden;
    assert_true(suppress_line(rule, line));
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < line->count; i++)
        buffer_add_byte(&out, hidden_letter(hidden[i]));
    return buffer_text(&out).ptr;
}

static void a_total_gives_no_hidden_cell_back(void **state)
{
    const int64_t cells[] = {12, 3, 40, 7}, total = 62;
    struct suppress_line line = {.cells = cells, .count = 4, .total = &total};
    assert_string_equal(line_pattern(*state, (struct suppress_rule){5, true}, &line), "-P-S");
    assert_false(line.total_hidden);
    line.total = NULL; /* nothing to subtract from */
    assert_string_equal(line_pattern(*state, (struct suppress_rule){5, true}, &line), "-P--");
}

static void two_cells_can_be_just_enough(void **state)
{
    static const struct {
        int64_t cells[3], total;
        const char *pattern;
    } lines[] = {{{1, 5, 30}, 36, "PS-"},  /* 1 to 5: five values */
                 {{4, 2, 30}, 36, "PP-"},  /* the same */
                 {{3, 2, 30}, 35, "PPS"}}; /* 1 to 4 */
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct suppress_line line = {.cells = lines[i].cells, .count = 3, .total = &lines[i].total};
        assert_string_equal(line_pattern(*state, (struct suppress_rule){5, true}, &line),
                            lines[i].pattern);
    }
}

static void of_equals_the_left_one_is_hidden(void **state)
{
    const int64_t cells[] = {30, 9, 2, 9}, total = 50;
    struct suppress_line line = {.cells = cells, .count = 4, .total = &total};
    assert_string_equal(line_pattern(*state, (struct suppress_rule){5, true}, &line), "-SP-");
}

static void a_zero_protects_nobody_where_zeros_are_shown(void **state)
{
    const int64_t cells[] = {0, 3, 0}, total = 3;
    struct suppress_line line = {.cells = cells, .count = 3, .total = &total};
    assert_string_equal(line_pattern(*state, (struct suppress_rule){5, true}, &line), "-P-");
    assert_true(line.total_hidden);
    const int64_t with_zero[] = {0, 30, 25}, sum = 55;
    line = (struct suppress_line){.cells = with_zero, .count = 3, .total = &sum};
    assert_string_equal(line_pattern(*state, (struct suppress_rule){5, false}, &line), "P-S");
}

static void what_cannot_be_judged_is_hidden(void **state)
{
    (void)state;
    static const struct {
        int64_t cells[2], total, threshold;
    } bad[] = {
        {{10, -1}, 9, 5}, {{INT64_MAX, 1}, INT64_MIN, 5}, {{10, 20}, 31, 5}, {{10, 20}, 30, 0}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        enum hidden hidden[2] = {SHOWN, SHOWN};
        struct suppress_line line = {bad[i].cells, 2, &bad[i].total, hidden, false};
        assert_false(suppress_line((struct suppress_rule){bad[i].threshold, true}, &line));
        assert_true(line.total_hidden && hidden[0] != SHOWN && hidden[1] != SHOWN);
    }
}

static void a_table_that_cannot_be_judged_is_hidden(void **state)
{
    const int64_t cells[] = {10, -1, 20, 30};
    enum hidden hidden[4] = {SHOWN};
    struct suppress_table table = {2, 2, cells, hidden, false};
    assert_false(suppress_table(*state, (struct suppress_rule){5, true}, &table));
    assert_true(table.totals_hidden);
    for (int i = 0; i < 4; i++)
        assert_int_equal(hidden[i], HIDDEN_PRIMARY);
}

/* Every line with at least the threshold's values for each hidden cell, also to a reader who knows
 * that something small is among what is hidden. */
static void no_line_is_given_away(void **state)
{
    (void)state;
    static struct attack a;
    uint32_t seed = 11;
    for (int round = 0; round < 10000; round++) {
        int64_t cells[5], total = 0;
        enum hidden hidden[5] = {SHOWN};
        size_t count = 1 + next_random(&seed, 5);
        struct suppress_rule rule = random_rule(&seed, 8);
        random_counts(&seed, cells, count, rule.threshold);
        for (size_t i = 0; i < count; i++)
            total += cells[i];
        struct suppress_line line = {cells, count, &total, hidden, false};
        assert_true(suppress_line(rule, &line));
        a = (struct attack){.rows = 1,
                            .columns = count,
                            .cells = cells,
                            .hidden = hidden,
                            .rule = rule,
                            .some_are_small = round % 2};
        attack(&a);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(hidden[i] == HIDDEN_PRIMARY, suppress_is_small(rule, cells[i]));
            if (hidden[i] != SHOWN && !line.total_hidden)
                assert_true(values_of(&a, i) >= rule.threshold);
        }
    }
}

static void expect_wide(const struct attack *a, const struct suppress_table *table)
{
    bool all_wide = true;
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        assert_int_equal(table->hidden[i] == HIDDEN_PRIMARY,
                         suppress_is_small(a->rule, table->cells[i]));
        if (table->hidden[i] == HIDDEN_PRIMARY && values_of(a, i) < a->rule.threshold)
            all_wide = false;
        /* totals are hidden only when nothing else is left to hide */
        if (table->totals_hidden)
            assert_true(table->hidden[i] != SHOWN || table->cells[i] == 0);
    }
    assert_int_equal(table->totals_hidden, !all_wide);
}

static void expect_same_bounds(struct arena *arena, const struct attack *a,
                               const struct suppress_table *table)
{
    struct suppress_range *ranges = suppress_ranges(arena, a->rule, table);
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        struct suppress_range found = bounds_of(a, i);
        assert_int_equal(ranges[i].least, found.least);
        assert_int_equal(ranges[i].most, found.most);
    }
}

/* Every way to fill the hidden cells of many small tables: none of the small ones is known to fewer
 * values than the threshold, and the ranges that the maximum flow gives are those found. */
static void no_table_is_given_away(void **state)
{
    (void)state;
    static struct attack a;
    uint32_t seed = 5;
    size_t safe = 0, not_safe = 0;
    for (int round = 0; round < 10000; round++) {
        struct arena *arena = arena_new();
        int64_t cells[12];
        enum hidden hidden[12] = {SHOWN};
        struct suppress_rule rule = random_rule(&seed, 8);
        struct suppress_table table = {.cells = cells, .hidden = hidden};
        table.rows = 1 + next_random(&seed, 3);
        table.columns = 1 + next_random(&seed, 4);
        random_counts(&seed, cells, table.rows * table.columns, rule.threshold);
        assert_true(suppress_table(arena, rule, &table));
        a = (struct attack){.rows = table.rows,
                            .columns = table.columns,
                            .cells = cells,
                            .hidden = hidden,
                            .rule = rule,
                            .column_totals = true};
        attack(&a);
        expect_wide(&a, &table);
        expect_same_bounds(arena, &a, &table);
        table.totals_hidden ? not_safe++ : safe++;
        arena_free(arena);
    }
    assert_true(safe > 500 && not_safe > 500); /* both were tried */
}

/* Each line is safe by itself and the table is not: bounds that only look at lines miss it. */
static void lines_that_are_safe_make_no_safe_table(void **state)
{
    const int64_t cells[] = {12, 0, 58, 60, 57, 38, 23, 7,  43, 54, 22, 11,
                             2,  6, 30, 7,  42, 47, 66, 53, 11, 9,  36, 52};
    enum hidden hidden[24] = {SHOWN};
    struct suppress_table table = {6, 4, cells, hidden, false};
    struct suppress_rule rule = {8, true};
    assert_true(suppress_table(*state, rule, &table));
    assert_false(table.totals_hidden);
    struct suppress_range *ranges = suppress_ranges(*state, rule, &table);
    for (size_t i = 0; i < 24; i++)
        if (hidden[i] == HIDDEN_PRIMARY)
            assert_true(ranges[i].most - ranges[i].least + 1 >= 8);
    assert_int_equal(hidden[0], HIDDEN_SECONDARY); /* 12, 23: by the audit, of the whole table */
    assert_int_equal(hidden[6], HIDDEN_SECONDARY);
}

static void a_mark_from_elsewhere_is_protected_too(void **state)
{
    const int64_t cells[] = {20, 30, 40, 50}, total = 140, with_zero[] = {0, 20, 30}, sum = 50;
    enum hidden hidden[4] = {HIDDEN_SECONDARY, HIDDEN_DERIVED, SHOWN, HIDDEN_PRIMARY};
    struct suppress_rule rule = {5, true};
    struct suppress_line line = {cells, 4, &total, hidden, false};
    assert_true(suppress_line(rule, &line));
    static const enum hidden wanted[] = {HIDDEN_SECONDARY, HIDDEN_DERIVED, SHOWN, SHOWN};
    assert_memory_equal(hidden, wanted, sizeof wanted);

    enum hidden zero[3] = {HIDDEN_DERIVED, SHOWN, SHOWN};
    line = (struct suppress_line){with_zero, 3, &sum, zero, false};
    assert_true(suppress_line(rule, &line));
    assert_int_equal(zero[0], SHOWN); /* a reader knows that no zero is hidden */

    enum hidden marks[4] = {SHOWN, SHOWN, SHOWN, HIDDEN_DERIVED};
    struct suppress_table table = {2, 2, cells, marks, false};
    assert_true(suppress_table(*state, rule, &table));
    struct suppress_range range = suppress_ranges(*state, rule, &table)[3];
    assert_true(range.most - range.least + 1 >= 5);

    const int64_t alone[] = {0, 9, 20, 30}; /* its row's total gives it back */
    enum hidden mark[4] = {SHOWN, HIDDEN_DERIVED, SHOWN, SHOWN};
    table = (struct suppress_table){2, 2, alone, mark, false};
    assert_true(suppress_table(*state, rule, &table));
    assert_true(table.totals_hidden);
}

static void hospital_counts_are_rounded_to_five(void **state)
{
    (void)state;
    const struct suppress_rule hospital = {8, true}, births = {10, false};
    static const int64_t rounded[][2] = {{0, 0}, {8, 10}, {12, 10}, {13, 15}, {1002, 1000}};
    int64_t shown = -1;
    for (size_t i = 0; i < sizeof rounded / sizeof rounded[0]; i++) {
        assert_true(suppress_rounded(hospital, 5, rounded[i][0], &shown));
        assert_int_equal(shown, rounded[i][1]);
    }
    for (int64_t count = -1; count < 8; count++)
        assert_int_equal(suppress_rounded(hospital, 5, count, &shown), count == 0);
    assert_false(suppress_rounded(births, 5, 0, &shown));
    assert_false(suppress_rounded(births, 5, 9, &shown));
    assert_true(suppress_rounded(births, 5, 10, &shown));
    assert_false(suppress_rounded(births, 10, INT64_MAX, &shown)); /* would be more than 64 bits */
}

static void a_percentage_of_few_comes_from_rounded_counts(void **state)
{
    const struct suppress_rule rule = {8, true};
    struct decimal percent;
    assert_true(suppress_rounded_percent(rule, 5, 33, 101, 100, &percent));
    assert_text(*state, decimal_text(*state, percent), "32.7");
    assert_true(suppress_rounded_percent(rule, 5, 33, 99, 100, &percent)); /* 35 of 100 */
    assert_text(*state, decimal_text(*state, percent), "35");
    assert_false(suppress_rounded_percent(rule, 5, 3, 99, 100, &percent));
    assert_false(suppress_rounded_percent(rule, 5, 0, 7, 100, &percent));
    assert_false(suppress_rounded_percent(rule, 5, 0, 0, 100, &percent));
}

/* A count, its population, the rate and the change of the rate. */
static void what_is_worked_out_from_a_hidden_count_falls_too(void **state)
{
    (void)state;
    static const size_t of_rate[] = {0, 1}, of_change[] = {3, 4}, of_order[] = {1, 4};
    struct suppress_figure figures[] = {
        {HIDDEN_PRIMARY, false, NULL, 0}, {SHOWN, true, NULL, 0},  {SHOWN, false, of_change, 2},
        {SHOWN, false, of_rate, 2},       {SHOWN, false, NULL, 0}, {SHOWN, false, of_order, 2},
    };
    assert_true(suppress_derived(figures, 6));
    static const enum hidden wanted[] = {HIDDEN_PRIMARY, SHOWN, HIDDEN_DERIVED,
                                         HIDDEN_DERIVED, SHOWN, SHOWN};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(figures[i].hidden, wanted[i]);
}

/* The rate is out: with its population it would give the count back. */
static void a_published_rate_takes_its_denominator(void **state)
{
    (void)state;
    static const size_t of_rate[] = {0, 1, 2};
    struct suppress_figure figures[] = {{HIDDEN_PRIMARY, false, NULL, 0},
                                        {SHOWN, false, NULL, 0},
                                        {SHOWN, true, NULL, 0}, /* out as well */
                                        {SHOWN, true, of_rate, 3}};
    assert_true(suppress_derived(figures, 4));
    assert_int_equal(figures[1].hidden, HIDDEN_DERIVED);
    assert_int_equal(figures[2].hidden, SHOWN);
    assert_int_equal(figures[3].hidden, SHOWN);

    figures[1] = figures[2];
    assert_false(suppress_derived(figures, 4));
    assert_int_equal(figures[1].hidden, SHOWN);
}

static void the_same_count_elsewhere_is_hidden_or_needs_a_person(void **state)
{
    (void)state;
    static const size_t other[][1] = {{1}, {0}};
    struct suppress_figure figures[] = {{SHOWN, false, other[0], 1},
                                        {HIDDEN_SECONDARY, false, other[1], 1}};
    assert_true(suppress_derived(figures, 2));
    assert_int_equal(figures[0].hidden, HIDDEN_DERIVED);

    figures[0] = (struct suppress_figure){SHOWN, true, other[0], 1};
    assert_false(suppress_derived(figures, 2));
    figures[0] = (struct suppress_figure){HIDDEN_PRIMARY, true, NULL, 0};
    assert_false(suppress_derived(figures, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_total_gives_no_hidden_cell_back),
        arena_test(two_cells_can_be_just_enough),
        arena_test(of_equals_the_left_one_is_hidden),
        arena_test(a_zero_protects_nobody_where_zeros_are_shown),
        cmocka_unit_test(what_cannot_be_judged_is_hidden),
        arena_test(a_table_that_cannot_be_judged_is_hidden),
        cmocka_unit_test(no_line_is_given_away),
        cmocka_unit_test(no_table_is_given_away),
        arena_test(lines_that_are_safe_make_no_safe_table),
        arena_test(a_mark_from_elsewhere_is_protected_too),
        cmocka_unit_test(hospital_counts_are_rounded_to_five),
        arena_test(a_percentage_of_few_comes_from_rounded_counts),
        cmocka_unit_test(what_is_worked_out_from_a_hidden_count_falls_too),
        cmocka_unit_test(a_published_rate_takes_its_denominator),
        cmocka_unit_test(the_same_count_elsewhere_is_hidden_or_needs_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
