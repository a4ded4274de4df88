/* Spellings beside those of tests/oracles/numbers.csv, and what must hold for any cell. */
#include "data/value.h"

#include "base/utf8.h"
#include "support.h"

#include <string.h>

static const char *const flags[] = {"OK", "CHECK", "ERROR"};

struct expectation {
    const char *raw, *number, *unit, *marker, *flag;
};

static void expect_all(void **state, const struct expectation *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct reading r = value_read(*state, text_from(cases[i].raw));
        struct text got = text_format(
            *state, "'%s' -> %s|%s|%s|%s", cases[i].raw,
            r.value.present ? text_cstr(*state, decimal_text(*state, r.value.number)) : "",
            text_cstr(*state, r.unit), text_cstr(*state, r.marker), flags[r.flag]);
        struct text wanted =
            text_format(*state, "'%s' -> %s|%s|%s|%s", cases[i].raw, cases[i].number, cases[i].unit,
                        cases[i].marker, cases[i].flag);
        assert_text(*state, got, wanted.ptr);
    }
}

#define EXPECT(state, cases) expect_all(state, cases, sizeof(cases) / sizeof(cases)[0])

static void numbers_keep_their_scale(void **state)
{
    static const struct expectation cases[] = {
        {"7.20", "7.20", "", "", "OK"},
        {"1 234 567", "1234567", "", "", "OK"},
        {"1\xE2\x80\xAF"
         "234",
         "1234", "", "", "OK"},
        {".5", "0.5", "", "", "OK"},
        {"-0.0", "0.0", "", "", "OK"},
        {"(5)", "-5", "", "", "CHECK"},
        {"\xE2\x80\x93"
         "5",
         "-5", "", "", "CHECK"},
        {"0,123", "", "", "error", "ERROR"},
        {"1234,567", "", "", "error", "ERROR"},
        {"1,234 567", "", "", "error", "ERROR"},
        {"1.234.567", "", "", "error", "ERROR"},
    };
    EXPECT(state, cases);
}

static void what_a_spreadsheet_stores_loses_nothing_that_counts(void **state)
{
    static const struct expectation cases[] = {
        {"7.1999999999999995E-2", "0.071999999999999995", "", "", "CHECK"},
        {"1.2345678901234567E-05", "0.000012345678901235", "", "", "CHECK"},
        {"0.0012345678901234567", "0.001234567890123457", "", "", "OK"},
        {"0.00000000000000000012", "0.000000000000000000", "", "", "CHECK"},
        {"1e400", "", "", "error", "ERROR"},
        {"1e-400", "", "", "error", "ERROR"},
        {"9007199254740992", "9007199254740992", "", "", "OK"},
        {"9007199254740993", "9007199254740993", "", "", "CHECK"},
        {"123456789012345678901234567890123456789012", "", "", "error", "ERROR"},
    };
    EXPECT(state, cases);
}

static void units_and_money(void **state)
{
    static const struct expectation cases[] = {
        {"\xC2\xA3"
         "38K",
         "38000", "GBP", "", "OK"},
        {"-\xC2\xA3"
         "500",
         "-500", "GBP", "", "OK"},
        {"\xC2\xA3"
         "-500",
         "-500", "GBP", "", "OK"},
        {"\xC2\xA3"
         "1.25m",
         "1250000", "GBP", "", "OK"},
        {"8.7 per 1,000", "8.7", "per_1000", "", "OK"},
        {"8.7 per 1,000 households", "8.7", "per_1000", "", "CHECK"},
        {"3.3 percentage points", "3.3", "percentage_points", "", "OK"},
        {"(12%)", "-12", "percent", "", "CHECK"},
        {"2\xC2\xBD", "2.5", "", "", "CHECK"},
        {"12%%", "", "", "error", "ERROR"},
        {"\xC2\xA3", "", "", "error", "ERROR"},
        {"$100", "100", "USD", "", "CHECK"},
    };
    EXPECT(state, cases);
}

static void bounds_and_ranges_hold_no_number(void **state)
{
    static const struct expectation cases[] = {
        {"1-4", "", "", "c", "CHECK"},
        {"1 to 4", "", "", "c", "CHECK"},
        {"<=4", "", "", "c", "OK"},
        {"Less than 10", "", "", "c", "OK"},
        {"5 or more", "", "", "c", "CHECK"},
        {"<0.1", "", "", "low", "CHECK"},
        {"100%+", "", "percent", "x", "CHECK"},
        {"70%-80%", "", "percent", "x", "CHECK"},
    };
    EXPECT(state, cases);
    assert_text(*state, value_read(*state, TEXT(">5")).note, "lower bound 6");
    assert_text(*state, value_read(*state, TEXT("under 10")).note, "upper bound 9");
}

static void markers_and_notes_are_told_apart(void **state)
{
    static const struct expectation cases[] = {
        {"[C]", "", "", "c", "OK"},
        {"[p][r]", "", "", "p r", "OK"},
        {"x", "", "", "x", "CHECK"},
        {"12 r", "12", "", "r", "CHECK"},
        {"1,234 (provisional)", "1234", "", "p", "CHECK"},
        {"1070^", "1070", "", "note ^", "CHECK"},
        {"[note 1]", "", "", "note 1", "CHECK"},
        {"5 [note 1]", "5", "", "note 1", "CHECK"},
        {"5 [huh]", "", "", "error", "ERROR"},
        {"", "", "", "blank", "OK"},
        {"\xC2\xA0", "", "", "blank", "OK"},
    };
    EXPECT(state, cases);
}

/* What is confidential must not come back through the cell that says so. */
static void a_number_beside_a_marker_for_none_is_not_used(void **state)
{
    static const char *const cells[] = {"3 [c]",    "3 c",    "3 [x]",   "3 [z]", "3[w]",
                                        "3 [r][c]", "5 [c]*", "3 [low]", "3 c<",  "12 c%"};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        struct reading r = value_read(*state, text_from(cells[i]));
        assert_false(r.value.present);
        assert_true(decimal_sign(r.value.number) == 0);
        assert_int_equal(r.flag, READING_CHECK);
    }
    assert_true(value_read(*state, TEXT("3 [r]")).value.present);
    assert_true(value_read(*state, TEXT("0 [low]")).value.present);
}

static void what_is_no_number_is_an_error(void **state)
{
    static const char *const cells[] = {
        "Harborough", "123abc", "12A",       "5 5",       "1/2",   "30 June 2022",
        "2022-04-01", "12.3.4", "=1+1",      "+-5",       "1'234", "1_000",
        "TRUE",       "1 in 5", "12 of 447", "(5",        "5)",    "()",
        "[]",         "[r",     "%",         "per 1,000", "- -5",  "0x10",

        "£m",         "\xFF",   "5\xFF",     "12:30:00",  "Mar-21"};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        struct reading r = value_read(*state, text_from(cells[i]));
        if (r.flag != READING_ERROR || r.value.present || !r.value.markers)
            fail_msg("'%s' was read", cells[i]);
    }
}

static void what_every_reader_understands_is_read(void **state)
{
    static const struct expectation cases[] = {
        {"12 £", "12", "GBP", "", "OK"},
        {"12.5GBP", "12.5", "GBP", "", "OK"},
        {"£1.2 mil", "1200000", "GBP", "", "OK"},
        {"£12.5 millions", "12500000", "GBP", "", "OK"},
        {"£(1,250)", "-1250", "GBP", "", "OK"},
        {"(12.5)%", "-12.5", "percent", "", "CHECK"},
        {"(-5)", "-5", "", "", "CHECK"},
        {"50 pence", "0.50", "GBP", "", "OK"},
        {"£1,250.50p", "1250.50", "GBP", "", "CHECK"},
        {"+2.3%pts", "2.3", "percentage_points", "", "OK"},
        {"2.3 p.p.", "2.3", "percentage_points", "", "OK"},
        {"5 per 100k", "5", "per_100000", "", "OK"},
        {"5 per thousand", "5", "per_1000", "", "OK"},
        {"5‰", "5", "per_1000", "", "OK"},
        {"3 working days", "3", "working days", "", "OK"},
        {"5 hundred", "500", "", "", "OK"},
        {"five", "5", "", "", "CHECK"},
        {"⅛", "0.125", "", "", "CHECK"},
        {"１２．５％", "12.5", "percent", "", "CHECK"},
        {"'5'", "5", "", "", "OK"},
        {"\"5\"", "5", "", "", "OK"},
        {"5 ▲", "5", "", "up", "CHECK"},
        {"5% lower", "5", "percent", "down", "CHECK"},
        {"14.9 (12.1 to 17.3)", "14.9", "", "", "CHECK"},
        {"14.9% [12.1, 17.3]", "14.9", "percent", "", "CHECK"},
        {"5 (95% CI 4 to 6)", "5", "", "", "CHECK"},
        {"[p] 5", "5", "", "p", "OK"},
        {"50 approx", "50", "", "e", "CHECK"},
        {"50 (est.)", "50", "", "e", "CHECK"},
        {"5 revised", "5", "", "r", "CHECK"},
    };
    EXPECT(state, cases);
}

static void what_could_be_a_million_times_more_is_not_silent(void **state)
{
    static const struct expectation cases[] = {
        {"5b", "5000000000", "", "", "CHECK"},   {"5 m", "5000000", "", "", "CHECK"},
        {"£5 m", "5000000", "GBP", "", "OK"},    {"£5b", "5000000000", "GBP", "", "OK"},
        {"£1,250 CR", "", "", "error", "ERROR"}, {"1e+", "", "", "error", "ERROR"},
        {"05-2022", "", "", "error", "ERROR"},   {"2019-2021", "", "", "error", "ERROR"},
        {"10-5", "", "", "error", "ERROR"},      {"<1,23", "", "", "error", "ERROR"},
    };
    EXPECT(state, cases);
}

static void hidden_counts_are_known_in_all_spellings(void **state)
{
    static const char *const cells[] = {"<5",
                                        "n<5",
                                        "N < 5",
                                        "[<5]",
                                        "(<5)",
                                        "\"<5\"",
                                        "<5*",
                                        "<5 [c]",
                                        "[c] <5",
                                        "suppressed (<5)",
                                        "* (<5)",
                                        "5 or fewer",
                                        "5 and under",
                                        "supp",
                                        "Supp.",
                                        "s",
                                        "(s)",
                                        "**",
                                        "[*]",
                                        "withheld",
                                        "Data suppressed",
                                        "too few to report",
                                        "3 suppressed",
                                        "3 (withheld)",
                                        "3 s",
                                        "*%",
                                        "fewer than five",
                                        "no more than 4"};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        struct reading r = value_read(*state, text_from(cells[i]));
        if (r.value.present || !(r.value.markers & MARKER_CONFIDENTIAL))
            fail_msg("'%s' is not read as hidden", cells[i]);
    }
}

static void words_and_dashes_say_why_there_is_no_number(void **state)
{
    static const struct expectation cases[] = {
        {"--", "", "", "na", "CHECK"},
        {"£ -   ", "", "GBP", "na", "CHECK"},
        {"n.a", "", "", "na", "CHECK"},
        {"N\\A", "", "", "na", "CHECK"},
        {"T.B.C.", "", "", "x", "OK"},
        {"£TBC", "", "GBP", "x", "OK"},
        {"(null)", "", "", "x", "OK"},
        {"not recorded", "", "", "x", "OK"},
        {"NR", "", "", "x", "CHECK"},
        {"Awaiting data", "", "", "x", "CHECK"},
        {"[:]", "", "", "x", "OK"},
        {"-%", "", "percent", "na", "CHECK"},
        {"#NA", "", "", "error", "ERROR"},
        {"5 [:]", "", "", "error", "ERROR"},
        {"£2.4m-£2.6m", "", "GBP", "x", "CHECK"},
        {"1—4", "", "", "c", "CHECK"},
        {"between 10 and 15", "", "", "c", "CHECK"},
    };
    EXPECT(state, cases);
}

static void words_behind_a_number_are_not_repeated(void **state)
{
    struct reading r = value_read(*state, TEXT("3 Jane Example"));
    assert_int_equal(r.flag, READING_CHECK);
    assert_text(*state, r.note, "trailing words");
}

/* Cells made of the pieces that matter, in every order: none may crash, none may be silent. */
static void no_cell_is_silent(void **state)
{
    static const char *const pieces[] = {"",  "5", "1,234", ".",   "-",  "\xC2\xA3", "%", "[r]",
                                         "*", "(", ")",     "k",   "e3", " ",        "<", "+",
                                         "/", "–", "½",     "per", "c",  "[",        "]", "\xE2"};
    enum { PIECES = sizeof pieces / sizeof pieces[0] };
    for (size_t i = 0; i < PIECES * PIECES * PIECES; i++) {
        struct arena *arena = arena_new();
        struct text raw = text_format(arena, "%s%s%s", pieces[i % PIECES],
                                      pieces[i / PIECES % PIECES], pieces[i / PIECES / PIECES]);
        struct reading r = value_read(arena, raw);
        if (!r.value.present && !r.value.markers && !r.marker.len)
            fail_msg("'%s' has neither number nor marker", raw.ptr);
        if (r.flag == READING_ERROR && r.value.present)
            fail_msg("'%s' is an error with a number", raw.ptr);
        assert_int_equal(utf8_check(r.note), r.note.len);
        arena_free(arena);
    }
    (void)state;
}

static void markers_are_shown_in_one_order(void **state)
{
    assert_text(*state, markers_display(*state, MARKER_REVISED | MARKER_PROVISIONAL), "[p][r]");
    assert_text(*state, markers_display(*state, 0), "");
    for (int i = 0; i < MARKERS; i++)
        assert_true(marker_letters(i)[0] && marker_meaning(i)[0]);
}

static void markers_are_found_where_they_are_shown(void **state)
{
    (void)state;
    assert_int_equal(markers_shown(TEXT("1,234 [p][r]")), MARKER_PROVISIONAL | MARKER_REVISED);
    assert_int_equal(markers_shown(TEXT("[low]")), MARKER_LOW);
    assert_int_equal(markers_shown(TEXT("[[c] of [d")), MARKER_CONFIDENTIAL);
    assert_int_equal(markers_shown(TEXT("c [cc] [c")), 0);
}

/* A space in front goes the long way, and says nothing. */
static void check_both_ways(struct arena *arena, struct text cell)
{
    struct reading r = value_read(arena, cell);
    struct reading same = value_read(arena, text_concat(arena, TEXT(" "), cell));
    const struct text texts[][2] = {
        {r.unit, same.unit}, {r.marker, same.marker}, {r.note, same.note}};
    if (r.flag != same.flag || r.value.present != same.value.present ||
        r.value.markers != same.value.markers ||
        r.value.number.coefficient != same.value.number.coefficient ||
        r.value.number.scale != same.value.number.scale)
        fail_msg("'%.*s' is read in two ways", TEXT_ARG(cell));
    for (size_t i = 0; i < 3; i++)
        assert_text(arena, texts[i][0], text_cstr(arena, texts[i][1]));
}

static void plain_numbers_are_read_as_any_others(void **state)
{
    (void)state;
    static const char bytes[] = "0125.,-";
    enum { BYTES = sizeof bytes - 1, SHORT = 6, LONG = 20 };
    char cell[LONG];
    struct arena *arena = arena_new();
    for (size_t len = 0, all = 1; len <= SHORT; len++, all *= BYTES)
        for (size_t n = 0; n < all; n++) {
            size_t rest = n;
            for (size_t i = 0; i < len; i++, rest /= BYTES)
                cell[i] = bytes[rest % BYTES];
            check_both_ways(arena, (struct text){cell, len});
            if (n % 4096 == 0) {
                arena_free(arena);
                arena = arena_new();
            }
        }
    unsigned seed = 1;
    for (int n = 0; n < 100000; n++) {
        size_t len = (seed >> 16) % (LONG + 1);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1103515245u + 12345u;
            size_t kind = (seed >> 16) % 64; /* mostly digits */
            cell[i] = kind < 60 ? (char)('0' + kind % 10) : ".,,-"[kind - 60];
        }
        seed = seed * 1103515245u + 12345u;
        check_both_ways(arena, (struct text){cell, len});
        if (n % 4096 == 0) {
            arena_free(arena);
            arena = arena_new();
        }
    }
    static const char *const grouped[] = {
        "1,234", "12,345.60", "123,456,789", "-1,234", "1,234,56", "1,2345", "1234,567",
        "0,123", "1,234.567", "20210405",    "-0",     "-0.0",     "0.00",   "1,000,000,000.5"};
    for (size_t i = 0; i < sizeof grouped / sizeof grouped[0]; i++)
        check_both_ways(arena, text_from(grouped[i]));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_numbers_are_read_as_any_others),
        cmocka_unit_test(markers_are_found_where_they_are_shown),
        arena_test(numbers_keep_their_scale),
        arena_test(what_a_spreadsheet_stores_loses_nothing_that_counts),
        arena_test(units_and_money),
        arena_test(bounds_and_ranges_hold_no_number),
        arena_test(markers_and_notes_are_told_apart),
        arena_test(a_number_beside_a_marker_for_none_is_not_used),
        arena_test(what_is_no_number_is_an_error),
        arena_test(what_every_reader_understands_is_read),
        arena_test(what_could_be_a_million_times_more_is_not_silent),
        arena_test(hidden_counts_are_known_in_all_spellings),
        arena_test(words_and_dashes_say_why_there_is_no_number),
        arena_test(words_behind_a_number_are_not_repeated),
        arena_test(no_cell_is_silent),
        arena_test(markers_are_shown_in_one_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
