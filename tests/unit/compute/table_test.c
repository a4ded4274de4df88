/* Lines and tables of counts are held against an attacker who tries every count there could be. */
#include "protect_support.h"

#include <string.h>

enum { CELLS_MOST = 16, VALUES_MOST = 256, LARGE = 10, FIXED = -1 };

/*
 * The attacker: knows the totals, the shown cells and the threshold, and fills the hidden cells in
 * every way that is consistent with them. A line is a table of one row whose columns have no
 * totals.
 */
struct attack {
    size_t rows, columns;
    const int64_t *cells;
    const struct protect *protect;
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
        small |= a->protect->cells[i].hidden != SHOWN && suppress_is_small(a->rule, a->fill[i]);
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
    if (a->protect->cells[i].hidden == SHOWN)
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

static struct protect_range bounds_of(const struct attack *a, size_t cell)
{
    struct protect_range range = {.least = -1};
    for (int64_t v = 0; v < VALUES_MOST; v++)
        if (a->possible[cell][v])
            range = (struct protect_range){range.least < 0 ? v : range.least, v};
    return range;
}

/* Small cells and such as are just large enough are frequent. */
static void random_counts(uint64_t *seed, int64_t *cells, size_t count, int64_t threshold)
{
    for (size_t i = 0; i < count; i++)
        cells[i] = next_random(seed, 3) ? next_random(seed, threshold + 4)
                                        : threshold + next_random(seed, 3);
}

static struct suppress_rule random_rule(uint64_t *seed, int64_t most)
{
    struct suppress_rule rule = {.threshold = 1 + next_random(seed, most)};
    rule.zeros_published = next_random(seed, 4) > 0;
    return rule;
}

/* What comes out of a line as "SP-", with '+' behind it when its total is hidden too. */
static const char *line_pattern(struct arena *arena, struct suppress_rule rule,
                                const int64_t *counts, size_t count, const int64_t *total)
{
    struct protect p = protected_line(arena, rule, counts, count, total);
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        buffer_add_byte(&out, hidden_letter(p.cells[i].hidden));
    if (total && p.cells[count].hidden != SHOWN)
        buffer_add_byte(&out, '+');
    return text_cstr(arena, buffer_text(&out));
}

static void a_total_gives_no_hidden_cell_back(void **state)
{
    const int64_t cells[] = {12, 3, 40, 7}, total = 62;
    const struct suppress_rule rule = {5, true};
    assert_string_equal(line_pattern(*state, rule, cells, 4, &total), "-P-S");
    assert_string_equal(line_pattern(*state, rule, cells, 4, NULL), "-P--");
}

static void two_cells_can_be_just_enough(void **state)
{
    static const struct {
        int64_t cells[3], total;
        const char *pattern;
    } lines[] = {{{1, 5, 30}, 36, "PS-"},  /* 1 to 5: five values */
                 {{4, 2, 30}, 36, "PP-"},  /* the same */
                 {{3, 2, 30}, 35, "PPS"}}; /* 1 to 4 */
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_string_equal(line_pattern(*state, (struct suppress_rule){5, true}, lines[i].cells, 3,
                                         &lines[i].total),
                            lines[i].pattern);
}

static void of_equals_the_left_one_is_hidden(void **state)
{
    const int64_t cells[] = {30, 9, 2, 9}, total = 50;
    assert_string_equal(line_pattern(*state, (struct suppress_rule){5, true}, cells, 4, &total),
                        "-SP-");
}

static void a_zero_protects_nobody_where_zeros_are_shown(void **state)
{
    const int64_t cells[] = {0, 3, 0}, total = 3;
    assert_string_equal(line_pattern(*state, (struct suppress_rule){5, true}, cells, 3, &total),
                        "-P-+");
    const int64_t with_zero[] = {0, 30, 25}, sum = 55;
    assert_string_equal(line_pattern(*state, (struct suppress_rule){5, false}, with_zero, 3, &sum),
                        "P-S");
}

/* Every line with at least the threshold's values for each hidden cell, also to a reader who knows
 * that something small is among what is hidden. */
static void no_line_is_given_away(void **state)
{
    (void)state;
    static struct attack a;
    uint64_t seed = 11;
    for (int round = 0; round < 10000; round++) {
        struct arena *arena = arena_new();
        int64_t cells[5], total = 0;
        size_t count = 1 + (size_t)next_random(&seed, 5);
        struct suppress_rule rule = random_rule(&seed, 8);
        random_counts(&seed, cells, count, rule.threshold);
        for (size_t i = 0; i < count; i++)
            total += cells[i];
        struct protect p = protected_line(arena, rule, cells, count, &total);
        a = (struct attack){.rows = 1,
                            .columns = count,
                            .cells = cells,
                            .protect = &p,
                            .rule = rule,
                            .some_are_small = round % 2};
        attack(&a);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(p.cells[i].hidden == HIDDEN_PRIMARY,
                             suppress_is_small(rule, cells[i]));
            if (p.cells[i].hidden != SHOWN && p.cells[count].hidden == SHOWN)
                assert_true(values_of(&a, i) >= rule.threshold);
        }
        arena_free(arena);
    }
}

static void expect_wide(const struct attack *a, bool totals_hidden)
{
    bool all_wide = true;
    for (size_t i = 0; i < a->rows * a->columns; i++) {
        enum hidden hidden = a->protect->cells[i].hidden;
        assert_int_equal(hidden == HIDDEN_PRIMARY, suppress_is_small(a->rule, a->cells[i]));
        if (hidden == HIDDEN_PRIMARY && values_of(a, i) < a->rule.threshold)
            all_wide = false;
        /* totals are hidden only when nothing else is left to hide */
        if (totals_hidden)
            assert_true(hidden != SHOWN || a->cells[i] == 0);
    }
    assert_int_equal(totals_hidden, !all_wide);
}

static void expect_same_bounds(const struct attack *a, struct protect *p)
{
    for (size_t i = 0; i < a->rows * a->columns; i++) {
        struct protect_range found = bounds_of(a, i), range = protect_range(p, i);
        assert_int_equal(range.least, found.least);
        assert_int_equal(range.most, found.most);
    }
}

/* Every way to fill the hidden cells of many small tables: none of the small ones is known to fewer
 * values than the threshold, and the ranges that the search gives are those found. */
static void no_table_is_given_away(void **state)
{
    (void)state;
    static struct attack a;
    uint64_t seed = 5;
    size_t safe = 0, not_safe = 0;
    for (int round = 0; round < 10000; round++) {
        struct arena *arena = arena_new();
        int64_t cells[12];
        struct suppress_rule rule = random_rule(&seed, 8);
        size_t rows = 1 + (size_t)next_random(&seed, 3),
               columns = 1 + (size_t)next_random(&seed, 4);
        bool totals_hidden;
        random_counts(&seed, cells, rows * columns, rule.threshold);
        struct protect p = protected_table(arena, rule, cells, rows, columns, &totals_hidden);
        a = (struct attack){.rows = rows,
                            .columns = columns,
                            .cells = cells,
                            .protect = &p,
                            .rule = rule,
                            .column_totals = true};
        attack(&a);
        expect_wide(&a, totals_hidden);
        expect_same_bounds(&a, &p);
        totals_hidden ? not_safe++ : safe++;
        arena_free(arena);
    }
    assert_true(safe > 500 && not_safe > 500); /* both were tried */
}

/* Each line is safe by itself and the table is not: bounds that only look at lines miss it. */
static void lines_that_are_safe_make_no_safe_table(void **state)
{
    const int64_t cells[] = {12, 0, 58, 60, 57, 38, 23, 7,  43, 54, 22, 11,
                             2,  6, 30, 7,  42, 47, 66, 53, 11, 9,  36, 52};
    bool totals_hidden;
    struct protect p =
        protected_table(*state, (struct suppress_rule){8, true}, cells, 6, 4, &totals_hidden);
    assert_false(totals_hidden);
    for (size_t i = 0; i < 24; i++) {
        struct protect_range range = protect_range(&p, i);
        if (p.cells[i].hidden == HIDDEN_PRIMARY)
            assert_true(range.most - range.least + 1 >= 8);
    }
    assert_int_equal(p.cells[0].hidden, HIDDEN_SECONDARY); /* 12, 23: of the whole table */
    assert_int_equal(p.cells[6].hidden, HIDDEN_SECONDARY);
}

/* ---- larger tables: the largest flow of a transportation network is exact ---- */

struct network {
    size_t rows, columns;
    int64_t slack[LARGE * LARGE]; /* how far a cell can fall; FIXED: it is shown */
    bool seen[2 * LARGE];         /* the rows, then the columns */
};

/* Moves up to `limit` from one node to another: a cell rises from its row to its column, and falls
 * the other way. How much it moved, 0: there is no way. */
static int64_t move_along(struct network *n, size_t from, size_t to, int64_t limit)
{
    if (from == to)
        return limit;
    n->seen[from] = true;
    bool rises = from < n->rows;
    for (size_t k = 0; k < (rises ? n->columns : n->rows); k++) {
        size_t next = rises ? n->rows + k : k;
        int64_t *slack = &n->slack[rises ? from * n->columns + k : k * n->columns + from - n->rows];
        int64_t most = !rises && *slack < limit ? *slack : limit;
        if (n->seen[next] || *slack == FIXED || most == 0)
            continue;
        int64_t moved = move_along(n, next, to, most);
        *slack += rises ? moved : -moved;
        if (moved)
            return moved;
    }
    return 0;
}

static int64_t largest_flow(const struct network *network, size_t cell, bool rises)
{
    struct network n = *network;
    size_t row = cell / n.columns, column = n.rows + cell % n.columns;
    int64_t limit = rises ? PROTECT_MOST : n.slack[cell], flow = 0;
    n.slack[cell] = FIXED;
    for (int64_t moved = 1; moved && flow < limit; flow += moved) {
        memset(n.seen, 0, sizeof n.seen);
        moved = rises ? move_along(&n, column, row, limit - flow)
                      : move_along(&n, row, column, limit - flow);
    }
    return flow;
}

static void expect_exact(struct protect *p, size_t rows, size_t columns)
{
    struct network n = {.rows = rows, .columns = columns};
    for (size_t i = 0; i < rows * columns; i++)
        n.slack[i] = p->cells[i].hidden == SHOWN ? FIXED : p->cells[i].count - 1;
    for (size_t i = 0; i < rows * columns; i++) {
        struct protect_range range = protect_range(p, i);
        if (p->cells[i].hidden == SHOWN)
            continue;
        assert_int_equal(p->cells[i].count - range.least, largest_flow(&n, i, false));
        assert_int_equal(range.most - p->cells[i].count, largest_flow(&n, i, true));
    }
}

static void ranges_are_exact_in_large_tables_too(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 200; round++) {
        struct arena *arena = arena_new();
        int64_t cells[LARGE * LARGE];
        bool totals_hidden;
        size_t rows = 2 + (size_t)next_random(&seed, LARGE - 1);
        size_t columns = 2 + (size_t)next_random(&seed, LARGE - 1);
        for (size_t i = 0; i < rows * columns; i++)
            cells[i] = next_random(&seed, 5) ? next_random(&seed, 60) : next_random(&seed, 9);
        struct protect p = protected_table(arena, (struct suppress_rule){5, true}, cells, rows,
                                           columns, &totals_hidden);
        expect_exact(&p, rows, columns);
        arena_free(arena);
    }
}

static void nothing_bounds_a_cell_without_a_total(void **state)
{
    const int64_t count = 3;
    struct protect p = protected_line(*state, (struct suppress_rule){5, true}, &count, 1, NULL);
    assert_int_equal(protect_range(&p, 0).least, 1);
    assert_int_equal(protect_range(&p, 0).most, PROTECT_MOST + 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_total_gives_no_hidden_cell_back),
        arena_test(two_cells_can_be_just_enough),
        arena_test(of_equals_the_left_one_is_hidden),
        arena_test(a_zero_protects_nobody_where_zeros_are_shown),
        cmocka_unit_test(no_line_is_given_away),
        cmocka_unit_test(no_table_is_given_away),
        arena_test(lines_that_are_safe_make_no_safe_table),
        cmocka_unit_test(ranges_are_exact_in_large_tables_too),
        arena_test(nothing_bounds_a_cell_without_a_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
