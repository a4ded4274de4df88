/* Small counts are held against an attacker who tries every count there could be. */
#include "protect_support.h"

static const struct suppress_rule below_5 = {.threshold = 5, .zeros_published = true};

static struct protect new_protect(struct arena *arena, struct suppress_rule rule)
{
    return (struct protect){.arena = arena, .rule = rule};
}

/* ---- the attacker: knows the lines, the shown cells, and that a hidden one is not zero ---- */

enum { CELLS_MAX = 64 };

struct attack {
    const struct protect *protect;
    int64_t value[CELLS_MAX];
    bool is_set[CELLS_MAX];
    int64_t least[CELLS_MAX], most[CELLS_MAX]; /* what each can be by itself */
};

/* What is left of a line's total for its cells that are not set; false: the line is broken. */
static bool line_holds(const struct attack *a, const struct protect_line *line)
{
    int64_t sum = 0, open = 0;
    for (size_t i = 0; i < line->count; i++) {
        open += !a->is_set[line->cells[i]];
        sum += a->is_set[line->cells[i]] ? a->value[line->cells[i]] : a->least[line->cells[i]];
    }
    if (!a->is_set[line->total])
        return true;
    return open ? sum <= a->value[line->total] : sum == a->value[line->total];
}

static bool lines_hold(const struct attack *a, size_t cell)
{
    for (size_t l = 0; l < a->protect->cells[cell].line_count; l++)
        if (!line_holds(a, &a->protect->lines[a->protect->cells[cell].lines[l]]))
            return false;
    return true;
}

static bool solve(struct attack *a)
{
    size_t cell = 0;
    while (cell < a->protect->cell_count && a->is_set[cell])
        cell++;
    if (cell == a->protect->cell_count)
        return true;
    a->is_set[cell] = true;
    bool found = false;
    for (int64_t v = a->least[cell]; v <= a->most[cell] && !found; v++) {
        a->value[cell] = v;
        found = lines_hold(a, cell) && solve(a);
    }
    a->is_set[cell] = false;
    return found;
}

/* A shown count: itself, or what is rounded to the same and not small. */
static void know_shown(struct attack *a, size_t cell)
{
    int64_t count = a->protect->cells[cell].count, shown, other;
    unsigned unit = a->protect->unit;
    a->least[cell] = a->most[cell] = a->value[cell] = count;
    a->is_set[cell] = !unit || count == 0;
    if (a->is_set[cell])
        return;
    assert_true(suppress_rounded(a->protect->rule, unit, count, &shown));
    while (suppress_rounded(a->protect->rule, unit, a->least[cell] - 1, &other) && other == shown)
        a->least[cell]--;
    while (suppress_rounded(a->protect->rule, unit, a->most[cell] + 1, &other) && other == shown)
        a->most[cell]++;
}

/* How many values the cell can have, up to as many as are asked for. */
static int64_t values_of(const struct protect *protect, size_t cell, int64_t enough)
{
    struct attack a = {.protect = protect};
    int64_t count = 0, most = 0;
    for (size_t i = 0; i < protect->cell_count; i++)
        most = protect->cells[i].count > most ? protect->cells[i].count : most;
    for (size_t i = 0; i < protect->cell_count; i++) {
        a.least[i] = protect->rule.zeros_published;
        a.most[i] = most + 4 * enough; /* it moves others, which move more */
        if (protect->cells[i].hidden == SHOWN)
            know_shown(&a, i);
    }
    for (int64_t v = a.least[cell]; v <= a.most[cell] && count < enough; v++) {
        a.is_set[cell] = true;
        a.value[cell] = v;
        count += lines_hold(&a, cell) && solve(&a);
        a.is_set[cell] = false;
    }
    return count;
}

static void withstands(const struct protect *protect)
{
    for (size_t i = 0; i < protect->cell_count; i++)
        if (protect->cells[i].hidden == HIDDEN_PRIMARY)
            assert_true(values_of(protect, i, protect->rule.threshold) == protect->rule.threshold);
}

/* ---- one line ---- */

static const char *letters(struct protect *protect)
{
    struct buffer out = {.arena = protect->arena};
    for (size_t i = 0; i < protect->cell_count; i++)
        if (!protect->cells[i].is_rest)
            buffer_add_byte(&out, hidden_letter(protect->cells[i].hidden));
    return text_cstr(protect->arena, buffer_text(&out));
}

/* The total is the last cell. */
static struct protect solved_line(struct arena *arena, struct suppress_rule rule,
                                  const int64_t *counts, size_t count)
{
    struct protect protect = new_protect(arena, rule);
    size_t cells[CELLS_MAX];
    for (size_t i = 0; i < count; i++)
        cells[i] = protect_add(&protect, counts[i]);
    assert_true(protect_line(&protect, cells, count - 1, cells[count - 1]));
    assert_true(protect_solve(&protect));
    return protect;
}

#define line_of(arena, rule, ...)                                                                  \
    solved_line(arena, rule, (const int64_t[]){__VA_ARGS__},                                       \
                sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static void a_small_count_takes_another_with_it(void **state)
{
    struct protect p = line_of(*state, below_5, 3, 40, 50, 93);
    assert_string_equal(letters(&p), "PS--");
    withstands(&p);
}

static void two_that_come_to_little_take_a_third(void **state)
{
    struct protect p = line_of(*state, below_5, 1, 4, 50, 40, 95);
    assert_string_equal(letters(&p), "PP-S-");
    withstands(&p);
}

static void what_the_parts_leave_protects_as_a_part_does(void **state)
{
    struct protect p = line_of(*state, below_5, 3, 40, 63); /* 20 are of no part */
    assert_string_equal(letters(&p), "P--");
    withstands(&p);
}

static void a_small_rest_is_hidden_too(void **state)
{
    struct protect p = line_of(*state, below_5, 97, 100); /* 3 are not of it */
    assert_string_equal(letters(&p), "S-");
    withstands(&p);
}

static void without_another_part_the_total_goes(void **state)
{
    struct protect p = line_of(*state, below_5, 1, 2, 3);
    assert_string_equal(letters(&p), "PPP");
    p = line_of(*state, below_5, 2, 3, 0, 5);
    assert_string_equal(letters(&p), "PP-S");
    withstands(&p);
}

static void zeros_are_hidden_where_that_is_declared(void **state)
{
    const struct suppress_rule zeros = {.threshold = 5, .zeros_published = false};
    struct protect p = line_of(*state, zeros, 0, 30, 40, 70);
    assert_string_equal(letters(&p), "PS--");
    withstands(&p);
    p = line_of(*state, below_5, 0, 30, 40, 70);
    assert_string_equal(letters(&p), "----");
}

static void parts_above_their_total_are_no_line(void **state)
{
    struct protect p = new_protect(*state, below_5);
    const size_t part = protect_add(&p, 7), total = protect_add(&p, 6);
    assert_false(protect_line(&p, &part, 1, total));
    assert_true(protect_solve(&p));
    assert_string_equal(letters(&p), "--");
}

static void a_figure_hidden_by_its_source_protects_nothing_and_is_protected(void **state)
{
    struct protect p = new_protect(*state, below_5);
    const size_t cells[] = {protect_add_unknown(&p, true), protect_add(&p, 30),
                            protect_add(&p, 40)};
    assert_true(protect_line(&p, cells, 3, protect_add(&p, 73)));
    assert_true(protect_solve(&p));
    assert_true(p.has_unknown);
    assert_string_equal(letters(&p), "DS--");

    p = new_protect(*state, below_5);
    const size_t small[] = {protect_add_unknown(&p, true), protect_add(&p, 3), protect_add(&p, 30),
                            protect_add(&p, 40)};
    assert_true(protect_line(&p, small, 4, protect_add(&p, 93)));
    assert_true(protect_solve(&p));
    assert_string_equal(letters(&p), "DPS--"); /* 3 could not be moved against the unknown one */
}

static void a_missing_figure_protects_nothing(void **state)
{
    struct protect p = new_protect(*state, below_5);
    const size_t cells[] = {protect_add_unknown(&p, false), protect_add(&p, 3),
                            protect_add(&p, 40)};
    assert_true(protect_line(&p, cells, 3, protect_add(&p, 43)));
    assert_true(protect_solve(&p));
    assert_string_equal(letters(&p), "-PS-");
    assert_false(p.has_unknown);
}

static void without_a_total_nothing_is_taken_along(void **state)
{
    struct protect p = new_protect(*state, below_5);
    const size_t cells[] = {protect_add(&p, 3), protect_add(&p, 40)};
    assert_true(protect_line(&p, cells, 2, protect_add_unknown(&p, true)));
    assert_true(protect_solve(&p));
    assert_string_equal(letters(&p), "P-D");
}

static void a_threshold_below_1_protects_nothing_and_says_so(void **state)
{
    struct protect p = new_protect(*state, (struct suppress_rule){.threshold = 0});
    assert_false(protect_solve(&p));
}

/* ---- lines that cross ---- */

/* Rows by columns (by layers), with all sums; row 0, column 0 and layer 0 hold the sums. */
static struct protect solved_box(struct arena *arena, struct suppress_rule rule, size_t rows,
                                 size_t columns, size_t layers, uint64_t *seed, unsigned unit)
{
    struct protect p = new_protect(arena, rule);
    p.unit = unit;
    size_t size[] = {rows, columns, layers}, step[] = {columns * layers, layers, 1};
    int64_t counts[CELLS_MAX] = {0};
    size_t all = rows * columns * layers;
    for (size_t i = 0; i < all; i++) {
        size_t at[] = {i / step[0], i / step[1] % columns, i % layers};
        int64_t count = next_random(seed, 3) ? next_random(seed, 9) : next_random(seed, 30);
        if (at[0] && at[1] && (at[2] || layers == 1))
            for (size_t bits = 0; bits < 8; bits++) { /* itself and every sum that it is in */
                if (layers == 1 && bits & 4)
                    continue;
                size_t to = (bits & 1 ? 0 : at[0]) * step[0] + (bits & 2 ? 0 : at[1]) * step[1] +
                            (bits & 4 ? 0 : at[2]);
                counts[to] += count;
            }
    }
    for (size_t i = 0; i < all; i++)
        protect_add(&p, counts[i]);
    for (size_t d = 0; d < 3; d++)
        for (size_t i = 0; i < all && size[d] > 1; i++) {
            size_t cells[CELLS_MAX], count = 0;
            if (i / step[d] % size[d] != 0)
                continue;
            for (size_t k = 1; k < size[d]; k++)
                cells[count++] = i + k * step[d];
            assert_true(protect_line(&p, cells, count, i));
        }
    assert_true(protect_solve(&p));
    return p;
}

static void no_cell_of_a_table_can_be_worked_out(void **state)
{
    uint64_t seed = 1;
    for (int i = 0; i < 400; i++) {
        struct protect p = solved_box(*state, below_5, 3, 3, 1, &seed, 0);
        withstands(&p);
    }
}

static void nor_of_tables_that_are_added_up(void **state)
{
    const struct suppress_rule below_3 = {.threshold = 3, .zeros_published = true};
    uint64_t seed = 2;
    for (int i = 0; i < 60; i++) {
        struct protect p = solved_box(*state, below_3, 3, 3, 3, &seed, 0);
        withstands(&p);
    }
}

/* ---- shown counts that are rounded ---- */

static struct protect rounded_line(struct arena *arena, const int64_t *counts, size_t count)
{
    struct protect p = new_protect(arena, (struct suppress_rule){8, true});
    size_t cells[CELLS_MAX];
    p.unit = 5;
    for (size_t i = 0; i < count; i++)
        cells[i] = protect_add(&p, counts[i]);
    assert_true(protect_line(&p, cells, count - 1, cells[count - 1]));
    assert_true(protect_solve(&p));
    return p;
}

static void rounding_protects_where_it_leaves_room(void **state)
{
    /* 55 is 53 to 57, 40 is 38 to 42 and 10 is 8 to 12: the hidden one is 1 to 11 */
    struct protect p = rounded_line(*state, (const int64_t[]){3, 42, 10, 55}, 4);
    assert_string_equal(letters(&p), "P---");
    withstands(&p);
    /* 45 less 40 is 1 to 9; 45 less 45 is 1 to 4, so the other goes too */
    p = rounded_line(*state, (const int64_t[]){3, 41, 44}, 3);
    assert_string_equal(letters(&p), "P--");
    withstands(&p);
    p = rounded_line(*state, (const int64_t[]){3, 43, 46}, 3);
    assert_string_equal(letters(&p), "PS-");
    withstands(&p);
}

static void zeros_are_not_rounded(void **state)
{
    struct protect p = rounded_line(*state, (const int64_t[]){3, 0, 0, 0, 30, 33}, 6);
    assert_string_equal(letters(&p), "P-----");
    withstands(&p);
}

/* 2 are left, and no table says so: 122 at most less 114 at least is 1 to 8. */
static void a_rest_is_in_no_table_and_protected_by_rounding(void **state)
{
    struct protect p = rounded_line(*state, (const int64_t[]){50, 48, 20, 120}, 4);
    assert_string_equal(letters(&p), "----");
    withstands(&p);
    p = rounded_line(*state, (const int64_t[]){50, 48, 100}, 3); /* 1 to 6 */
    assert_string_equal(letters(&p), "-S-");
    withstands(&p);
}

static void no_rounded_table_gives_a_small_count_back(void **state)
{
    const struct suppress_rule below_8 = {8, true};
    uint64_t seed = 4;
    size_t hidden = 0, shown = 0;
    for (int i = 0; i < 300; i++) {
        struct protect p = solved_box(*state, below_8, 3, 3, 1, &seed, i % 2 ? 5 : 10);
        withstands(&p);
        for (size_t c = 0; c < p.cell_count; c++)
            *(p.cells[c].hidden == HIDDEN_SECONDARY ? &hidden : &shown) += 1;
    }
    assert_true(hidden > 100 && shown > 100); /* both were tried */
}

/* An area in a district in a county: the county's line has the district and all its areas, so that
 * two of its cells move together. */
static struct protect nested_areas(struct arena *arena, uint64_t *seed)
{
    struct protect p = new_protect(arena, (struct suppress_rule){3, true});
    size_t cells[5];
    int64_t district = 0, all = 0;
    for (size_t i = 0; i < 3; i++) {
        int64_t count = next_random(seed, 6);
        cells[i] = protect_add(&p, count);
        district += count;
    }
    cells[3] = protect_add(&p, district);
    for (size_t i = 0; i < 4; i++)
        all += p.cells[cells[i]].count;
    cells[4] = protect_add(&p, all + 1 + next_random(seed, 4)); /* it has others too */
    assert_true(protect_line(&p, cells, 3, cells[3]));
    assert_true(protect_line(&p, cells, 4, cells[4]));
    assert_true(protect_solve(&p));
    return p;
}

static void no_area_within_areas_can_be_worked_out(void **state)
{
    uint64_t seed = 6;
    for (int i = 0; i < 2000; i++) {
        struct arena *arena = arena_new();
        struct protect p = nested_areas(arena, &seed);
        withstands(&p);
        arena_free(arena);
    }
    (void)state;
}

/* The first cell and the district go up by 1, so the county's line by 2: two others fall by 1 each,
 * as neither can by 2. */
static void two_cells_can_balance_what_one_cannot(void **state)
{
    struct protect p = new_protect(*state, (struct suppress_rule){3, true});
    const size_t cells[] = {protect_add(&p, 2), protect_add(&p, 0), protect_add(&p, 2),
                            protect_add(&p, 2), protect_add(&p, 2), protect_add(&p, 8)};
    assert_true(protect_line(&p, cells, 2, cells[2]));
    assert_true(protect_line(&p, (size_t[]){cells[0], cells[2], cells[3], cells[4]}, 4, cells[5]));
    assert_true(protect_solve(&p));
    assert_string_equal(letters(&p), "P-PPP-");
    withstands(&p);
}

static void a_line_without_cells_is_none(void **state)
{
    struct protect p = new_protect(*state, below_5);
    size_t total = protect_add(&p, 30);
    assert_true(protect_line(&p, NULL, 0, total));
    assert_int_equal(p.line_count, 0);
}

/* The reader takes the part that is not there as none. */
static void a_hidden_zero_of_nothing_cannot_be_protected(void **state)
{
    struct protect p = new_protect(*state, (struct suppress_rule){5, false});
    size_t part = protect_add_unknown(&p, false), total = protect_add(&p, 0);
    assert_true(protect_line(&p, &part, 1, total));
    assert_false(protect_solve(&p));
}

static void hidden_figures_are_not_left_to_rounding(void **state)
{
    struct protect p = new_protect(*state, (struct suppress_rule){8, true});
    p.unit = 5;
    const size_t cells[] = {protect_add_unknown(&p, true), protect_add(&p, 30),
                            protect_add(&p, 40)};
    assert_true(protect_line(&p, cells, 3, protect_add(&p, 73)));
    assert_true(protect_solve(&p));
    assert_string_equal(letters(&p), "DS--");
}

static void the_attacker_finds_what_is_left_open(void **state)
{
    struct protect p = line_of(*state, below_5, 3, 40, 50, 93);
    p.cells[1].hidden = SHOWN;
    assert_true(values_of(&p, 0, 5) == 1);
}

/* A cell in the middle of a table is protected by a rectangle, not by its row alone. */
static void a_table_hides_a_rectangle(void **state)
{
    struct protect p = new_protect(*state, below_5);
    const int64_t counts[] = {3, 20, 30, 53, 40, 50, 60, 150, 43, 70, 90, 203};
    for (size_t i = 0; i < 12; i++)
        protect_add(&p, counts[i]);
    for (size_t r = 0; r < 3; r++)
        assert_true(protect_line(&p, (size_t[]){r * 4, r * 4 + 1, r * 4 + 2}, 3, r * 4 + 3));
    for (size_t c = 0; c < 4; c++)
        assert_true(protect_line(&p, (size_t[]){c, c + 4}, 2, c + 8));
    assert_true(protect_solve(&p));
    assert_string_equal(letters(&p), "PS--SS------");
    withstands(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_small_count_takes_another_with_it),
        arena_test(two_that_come_to_little_take_a_third),
        arena_test(what_the_parts_leave_protects_as_a_part_does),
        arena_test(a_small_rest_is_hidden_too),
        arena_test(without_another_part_the_total_goes),
        arena_test(zeros_are_hidden_where_that_is_declared),
        arena_test(parts_above_their_total_are_no_line),
        arena_test(a_figure_hidden_by_its_source_protects_nothing_and_is_protected),
        arena_test(a_missing_figure_protects_nothing),
        arena_test(without_a_total_nothing_is_taken_along),
        arena_test(a_threshold_below_1_protects_nothing_and_says_so),
        arena_test(a_table_hides_a_rectangle),
        arena_test(the_attacker_finds_what_is_left_open),
        arena_test(rounding_protects_where_it_leaves_room),
        arena_test(zeros_are_not_rounded),
        arena_test(a_rest_is_in_no_table_and_protected_by_rounding),
        arena_test(no_rounded_table_gives_a_small_count_back),
        arena_test(no_area_within_areas_can_be_worked_out),
        arena_test(two_cells_can_balance_what_one_cannot),
        arena_test(a_line_without_cells_is_none),
        arena_test(a_hidden_zero_of_nothing_cannot_be_protected),
        arena_test(hidden_figures_are_not_left_to_rounding),
        arena_test(no_cell_of_a_table_can_be_worked_out),
        arena_test(nor_of_tables_that_are_added_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
