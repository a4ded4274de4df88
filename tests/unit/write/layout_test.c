/* Line breaking and column widths as pure functions, with a font of our own: every character is
 * 500 wide, "W" 1000, combining marks and zero-width spaces nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "write/pdf_int.h"

#include <math.h>

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static bool is_wide(uint32_t point)
{
    return point != 0x301 && point != 0x200B && point != 0xAD && point != '\n';
}

static long width(struct metrics *metrics, unsigned font, struct text text)
{
    (void)metrics;
    long sum = text_equal(text, TEXT("\u00ad")) ? 500 : 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        sum += !is_wide(point) ? 0 : point == 'W' ? 1000 : font & SPAN_BOLD ? 550 : 500;
    }
    return sum;
}

static struct metrics metrics = {.width = width};

static struct spans one(const char *text)
{
    struct spans spans = {0};
    spans_add_text(arena, &spans, text_from(text), 0);
    return spans;
}

/* At size 10 a character is 5 points wide. */
static struct lines lines_of(const char *text, double points)
{
    struct spans spans = one(text);
    return layout_lines(arena, &metrics, &spans, 0, 10, points);
}

/* The lines joined with bars, white space at their ends cut. */
static struct text joined(struct lines lines)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < lines.count; i++) {
        struct buffer line = {.arena = arena};
        for (size_t p = 0; p < lines.items[i].count; p++)
            buffer_add(&line, lines.items[i].pieces[p].text);
        if (i)
            buffer_add_byte(&out, '|');
        buffer_add(&out, text_trim(buffer_text(&line)));
    }
    return buffer_text(&out);
}

static void assert_lines(const char *text, double points, const char *expected)
{
    assert_string_equal(joined(lines_of(text, points)).ptr, expected);
}

static void breaks_at_spaces_and_between_letters_only(void **state)
{
    (void)state;
    assert_lines("", 50, "");
    assert_lines("one two three", 500, "one two three");
    assert_lines("one two three", 40, "one two|three");
    assert_lines("one  two", 20, "one|two");
    assert_lines("and/or follow-up", 30, "and/or|follow|-up");
    assert_lines("and/or follow-up", 35, "and/or|follow-|up");
    assert_lines("in 2021/22 and -5", 40, "in|2021/22|and -5");
    assert_lines("first\nsecond", 500, "first|second");
    assert_lines("first\n\nsecond", 500, "first||second");
    assert_lines("no\u00a0break here", 40, "no\u00a0break|here");
    assert_lines("zero\u200bwidth", 25, "zero|width");
}

static void soft_hyphens_show_at_the_end_of_a_line_alone(void **state)
{
    (void)state;
    assert_lines("infor\u00admation", 500, "infor\u00admation");
    assert_lines("infor\u00admation", 30, "infor\u00ad|mation");
    /* The hyphen needs room too. */
    assert_lines("an infor\u00admation", 44, "an|infor\u00ad|mation");
    assert_lines("an infor\u00admation", 45, "an infor\u00ad|mation");
    struct lines lines = lines_of("infor\u00admation", 30);
    assert_true(fabs(lines.items[0].width - 30) < 1e-9);
    assert_true(fabs(lines_of("infor\u00admation", 500).items[0].width - 55) < 1e-9);
    /* Between two spans of one line it doesn't show. */
    struct spans spans = {0};
    spans_add_text(arena, &spans, TEXT("infor\u00ad"), 0);
    spans_add_text(arena, &spans, TEXT("mation"), SPAN_ITALIC);
    lines = layout_lines(arena, &metrics, &spans, 0, 10, 500);
    assert_string_equal(joined(lines).ptr, "information");
}

static void addresses_break_where_nobody_reads_an_end(void **state)
{
    (void)state;
    assert_lines("see www.example.org/crime/tables now", 80,
                 "see|www.example.org/|crime/tables now");
    assert_lines("www.example.org/2021/22?q=1234567", 80, "www.example.org/|2021/|22?q=1234567");
    assert_lines("https://example.org/a_b-c&d", 45, "https://|example|.org/|a_b-c&d");
    assert_lines("write to communications@example.org.", 120,
                 "write to communications@|example.org.");
    /* one that has room on a line of its own is not broken */
    assert_lines("write to me@example.org today", 80, "write to|me@example.org|today");
    assert_lines("the end. of 50/50 and/or", 40, "the end.|of 50/50|and/or");
}

static void a_number_stays_with_its_word(void **state)
{
    (void)state;
    assert_lines("in Quarter 1, 2021/22", 70, "in Quarter 1,|2021/22");
    assert_lines("in Quarter 1, 2021/22", 55, "in|Quarter 1,|2021/22");
    assert_lines("see Section 4.1", 60, "see|Section 4.1");
    assert_lines("see (section 4)", 60, "see|(section 4)");
    assert_lines("as Appendix B says", 60, "as|Appendix B|says");
    assert_lines("by 3 March 2020", 40, "by|3 March|2020");
    assert_lines("the 21st May", 40, "the|21st May");
    assert_lines("some \u00a31.2 million", 70, "some|\u00a31.2 million");
    assert_lines("Open Licence v3.0", 65, "Open|Licence v3.0");
    /* where a line has no room for both, they part */
    assert_lines("Quarter 1", 40, "Quarter|1");
    assert_lines("an Quarter 1", 40, "an|Quarter|1");
    /* amounts, years and the first words of sentences are not held */
    assert_lines("Harborough 2021", 60, "Harborough|2021");
    assert_lines("The 12 wards", 30, "The 12|wards");
    assert_lines("among 12 wards", 35, "among|12|wards");
    assert_lines("wards. A new", 40, "wards. A|new");
}

static void assert_title(const char *text, double points, const char *expected)
{
    struct spans spans = one(text);
    assert_string_equal(joined(layout_title_lines(arena, &metrics, &spans, 0, 10, points)).ptr,
                        expected);
}

static void titles_of_two_lines_are_balanced(void **state)
{
    (void)state;
    assert_title("Safer streets for all of us here", 130, "Safer streets for|all of us here");
    assert_title("Safety Partnership: annual review", 140, "Safety Partnership:|annual review");
    assert_title("Safety: the partnership in review", 140, "Safety: the|partnership in review");
    assert_title("One line", 140, "One line");
    assert_title("one two three four", 30, "one|two|three|four");
    assert_title("one two\nthree four five", 140, "one two|three four five");
    assert_title("What we did in Quarter 4 and why", 110, "What we did in|Quarter 4 and why");
}

static void columns_that_are_equally_high_both_get_room(void **state)
{
    (void)state;
    const struct column_need needs[] = {
        {50, 2000, true, false}, {50, 2000, true, false}, {50, 100, true, false}};
    struct cell_need cells[30];
    for (size_t i = 0; i < 30; i++)
        cells[i] = i % 3 == 2 ? (struct cell_need){100, 1} : (struct cell_need){2000, 1};
    double widths[] = {100, 100, 400};
    layout_balance(arena, needs, cells, 10, 3, 8, widths);
    assert_true(widths[0] > 200 && widths[1] > 200 && widths[2] < 200);
    /* a name that is short text takes its room from long texts; what is on one line stays there */
    const struct column_need named[] = {
        {30, 300, false, false}, {40, 60, false, false}, {50, 300, true, false}};
    struct cell_need rows[] = {{300, 1}, {50, 1}, {300, 1}};
    double short_widths[] = {60, 60, 400};
    layout_balance(arena, named, rows, 1, 3, 8, short_widths);
    assert_true(short_widths[0] > 150 && fabs(short_widths[1] - 60) < 0.001);
}

static void a_column_gets_room_for_a_word_and_its_number(void **state)
{
    (void)state;
    struct spans spans = one("Quarter 1, 2021/22");
    struct extent extent = layout_extent(arena, &metrics, &spans, 0, 10);
    assert_true(fabs(extent.least - 35) < 1e-9);
    assert_true(fabs(extent.held - 50) < 1e-9);
    assert_true(fabs(extent.natural - 90) < 1e-9);
}

static void breaks_long_words_between_characters(void **state)
{
    (void)state;
    assert_lines("abcdefghij", 25, "abcde|fghij");
    assert_lines("x abcdefghij y", 25, "x|abcde|fghij|y");
    assert_lines("WWW", 4, "W|W|W");
    /* A letter keeps its combining accent. */
    assert_lines("ae\u0301i", 5, "a|e\u0301|i");
}

static void breaks_between_spans_only_where_there_is_space(void **state)
{
    (void)state;
    struct spans spans = {0};
    spans_add_text(arena, &spans, TEXT("some"), 0);
    spans_add_text(arena, &spans, TEXT("thing"), SPAN_BOLD);
    spans_add_text(arena, &spans, TEXT(" else"), 0);
    struct lines lines = layout_lines(arena, &metrics, &spans, 0, 10, 60);
    assert_string_equal(joined(lines).ptr, "something|else");
    assert_int_equal(lines.items[0].count, 3); /* with the space that ends the line */
    assert_true(fabs(lines.items[0].pieces[1].x - 20) < 1e-9);
    assert_true(fabs(lines.items[0].width - 47.5) < 1e-9);
}

static uint32_t seed;
static uint32_t random_below(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static struct spans random_spans(void)
{
    static const char *const bits[] = {"a",    "W",      "word",    " ",
                                       " ",    "  ",     "-",       "/",
                                       "é",    "\n",     "e\u0301", "—",
                                       "7",    "\u200b", "\u00ad",  "\u00a0",
                                       "Łódź", ".",      "(x)",     "incomprehensibilities"};
    struct spans spans = {0};
    for (uint32_t s = random_below(4); s < 4; s++) {
        struct buffer text = {.arena = arena};
        for (uint32_t i = random_below(30); i > 0; i--)
            buffer_add(&text, text_from(bits[random_below(sizeof bits / sizeof bits[0])]));
        spans_add_text(arena, &spans, buffer_text(&text), random_below(FONTS));
    }
    return spans;
}

/* The text without the white space and the soft hyphens at which lines break. */
static struct text squeezed(struct text text)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < text.len; i++)
        if (text_starts(text_slice(text, i, text.len), TEXT("\u00ad")))
            i++;
        else if (text.ptr[i] != ' ' && text.ptr[i] != '\n')
            buffer_add_byte(&out, text.ptr[i]);
    return buffer_text(&out);
}

static void check_line(const struct line *line, double points)
{
    struct buffer text = {.arena = arena};
    size_t characters = 0;
    for (size_t p = 0; p < line->count; p++) {
        const struct piece *piece = &line->pieces[p];
        buffer_add(&text, piece->text);
        assert_true(piece->x >= 0);
    }
    struct text all = buffer_text(&text);
    for (size_t at = 0; at < all.len;) {
        uint32_t point = utf8_next(all, &at);
        characters += point != ' ' && is_wide(point);
    }
    assert_true(line->width <= points + 0.01 || characters == 1);
}

static void no_text_is_lost_and_no_line_too_wide(void **state)
{
    (void)state;
    for (seed = 0; seed < 3000;) {
        uint32_t start = seed;
        struct spans spans = random_spans();
        double points = 4 + random_below(200);
        struct lines lines = layout_lines(arena, &metrics, &spans, 0, 10, points);
        struct buffer all = {.arena = arena};
        for (size_t i = 0; i < lines.count; i++) {
            check_line(&lines.items[i], points);
            for (size_t p = 0; p < lines.items[i].count; p++)
                buffer_add(&all, lines.items[i].pieces[p].text);
        }
        assert_string_equal(squeezed(buffer_text(&all)).ptr,
                            squeezed(spans_plain(arena, &spans)).ptr);
        seed = start + 1;
    }
}

static void extent_is_the_widest_word_and_the_whole_line(void **state)
{
    (void)state;
    struct spans spans = one("one three\nfour");
    struct extent extent = layout_extent(arena, &metrics, &spans, 0, 10);
    assert_true(fabs(extent.least - 25) < 1e-9);
    assert_true(fabs(extent.natural - 45) < 1e-9);
    assert_int_equal(layout_lines(arena, &metrics, &spans, 0, 10, extent.natural).count, 2);
}

static void columns_share_the_width(void **state)
{
    (void)state;
    /* Room for all: natural widths at least. */
    const struct column_need small[] = {{40, 80, false, false}, {30, 30, false, false}};
    double widths[3];
    layout_columns(small, 2, 500, widths);
    assert_true(widths[0] >= 80 && widths[1] >= 30 && widths[0] + widths[1] < 200);
    /* Long text takes what the others leave. */
    const struct column_need mixed[] = {
        {40, 60, false, false}, {50, 9000, true, false}, {30, 30, false, false}};
    layout_columns(mixed, 3, 500, widths);
    assert_true(fabs(widths[0] + widths[1] + widths[2] - 500) < 0.1);
    assert_true(widths[1] > 380 && widths[2] >= 30);
    /* Words wider than the page: the widest give way. */
    const struct column_need tight[] = {
        {20, 20, false, false}, {400, 400, false, false}, {300, 900, true, false}};
    layout_columns(tight, 3, 300, widths);
    assert_true(fabs(widths[0] - 20) < 0.1 && fabs(widths[1] - 140) < 0.1);
    assert_true(fabs(widths[2] - 140) < 0.1);
    /* Figures keep their width while words can give way. */
    const struct column_need figures[] = {{100, 100, false, true}, {400, 400, false, false}};
    layout_columns(figures, 2, 200, widths);
    assert_true(fabs(widths[0] - 100) < 0.1 && fabs(widths[1] - 100) < 0.1);
    layout_columns(figures, 2, 110, widths);
    assert_true(fabs(widths[0] - 55) < 0.1 && fabs(widths[1] - 55) < 0.1);
}

/* The lines of a table: the highest cell of each row. */
static double height_of(const struct cell_need *cells, size_t rows, size_t count, double sides,
                        const double *widths)
{
    double height = 0;
    for (size_t r = 0; r < rows; r++) {
        double high = 0;
        for (size_t c = 0; c < count; c++)
            high = fmax(high, fmax(cells[r * count + c].lines,
                                   cells[r * count + c].length / (widths[c] - sides)));
        height += high;
    }
    return height;
}

/* One long update in a row: its column gets what the others don't need, and no more. */
static void long_texts_get_the_width_that_makes_rows_low(void **state)
{
    (void)state;
    const struct column_need needs[] = {
        {20, 30, false, false}, {50, 400, true, false}, {50, 4000, true, false}};
    const struct cell_need cells[] = {{20, 1}, {300, 1}, {4000, 1}, {20, 1}, {300, 1}, {4000, 1}};
    double widths[] = {30, 200, 200};
    double before = height_of(cells, 2, 3, 8, widths);
    layout_balance(arena, needs, cells, 2, 3, 8, widths);
    assert_true(fabs(widths[0] - 30) < 0.001 && fabs(widths[1] + widths[2] - 400) < 0.001);
    assert_true(widths[1] >= 50 && widths[2] > 300);
    assert_true(height_of(cells, 2, 3, 8, widths) < before * 0.7);
    /* many short items need lines, and no width */
    const struct cell_need items[] = {{20, 1}, {3000, 60}, {4000, 1}};
    double even[] = {30, 200, 200};
    layout_balance(arena, needs, items, 1, 3, 8, even);
    assert_true(fabs(even[1] - 200) < 0.001 && fabs(even[2] - 200) < 0.001);
}

static void balancing_keeps_the_sum_and_the_words(void **state)
{
    (void)state;
    for (seed = 0; seed < 500;) {
        struct column_need needs[8];
        struct cell_need cells[40];
        double widths[8], before = 0, after = 0, height;
        size_t count = 1 + random_below(8), rows = 1 + random_below(5);
        for (size_t c = 0; c < count; c++) {
            needs[c] = (struct column_need){
                .least = 20 + random_below(40), .natural = 4000, .long_text = random_below(3) > 0};
            widths[c] = needs[c].least + random_below(200);
            before += widths[c];
        }
        for (size_t i = 0; i < rows * count; i++)
            cells[i] = (struct cell_need){random_below(3000), 1 + random_below(6)};
        double given[8];
        memcpy(given, widths, sizeof given);
        height = height_of(cells, rows, count, 8, widths);
        layout_balance(arena, needs, cells, rows, count, 8, widths);
        for (size_t c = 0; c < count; c++) {
            after += widths[c];
            assert_true(widths[c] >= needs[c].least - 0.001);
            assert_true(needs[c].long_text || fabs(widths[c] - given[c]) < 0.001);
        }
        assert_true(fabs(before - after) < 0.01);
        assert_true(height_of(cells, rows, count, 8, widths) <= height + 0.01);
    }
}

static void columns_fit_whatever_they_need(void **state)
{
    (void)state;
    for (seed = 0; seed < 2000;) {
        uint32_t start = seed;
        struct column_need needs[12];
        double widths[12], least = 0, total = 0, available = 20 + random_below(900);
        size_t count = 1 + random_below(12);
        for (size_t i = 0; i < count; i++) {
            needs[i].least = random_below(120);
            needs[i].natural = needs[i].least + random_below(random_below(2) ? 50 : 5000);
            needs[i].long_text = random_below(4) == 0;
            needs[i].firm = random_below(3) == 0;
            least += needs[i].least;
        }
        layout_columns(needs, count, available, widths);
        for (size_t i = 0; i < count; i++) {
            assert_true(widths[i] >= 0);
            assert_true(least > available || widths[i] >= needs[i].least - 0.01);
            total += widths[i];
        }
        assert_true(total <= available + 0.1);
        seed = start + 1;
    }
}

static struct strip *add_strip(struct strips *strips, double height, bool keep_next)
{
    struct strip *strip = strips_add(arena, strips);
    strip->height = height;
    strip->keep_next = keep_next;
    strip_add(arena, strip, ITEM_FILL, NULL);
    return strip;
}

static size_t items_on(const struct pages *pages, size_t page)
{
    return pages->items[page].count;
}

static void what_keeps_with_the_next_moves_with_it(void **state)
{
    (void)state;
    struct strips strips = {0};
    double room = page_height(false) - 2 * page_margin;
    add_strip(&strips, room - 30, false);
    add_strip(&strips, 20, true); /* a heading that would stand alone */
    add_strip(&strips, 20, false);
    struct pages pages = layout_pages(arena, &strips, false);
    assert_int_equal(pages.count, 2);
    assert_int_equal(items_on(&pages, 0), 1);
    assert_int_equal(items_on(&pages, 1), 2);
}

static void more_than_a_page_that_keeps_together_is_cut_all_the_same(void **state)
{
    (void)state;
    struct strips strips = {0};
    for (int i = 0; i < 100; i++)
        add_strip(&strips, 20, true);
    struct pages pages = layout_pages(arena, &strips, false);
    size_t items = 0;
    for (size_t i = 0; i < pages.count; i++)
        items += items_on(&pages, i);
    assert_int_equal(items, 100);
    assert_int_equal(pages.count, 3);
}

static void a_page_break_turns_the_page(void **state)
{
    (void)state;
    struct strips strips = {0};
    add_strip(&strips, 20, false);
    struct strip *turn = add_strip(&strips, 0, true);
    turn->new_page = true;
    turn->form = PAGE_LANDSCAPE;
    add_strip(&strips, 20, false);
    struct pages pages = layout_pages(arena, &strips, false);
    assert_int_equal(pages.count, 2);
    assert_int_equal(pages.items[0].form, PAGE_PORTRAIT);
    assert_int_equal(pages.items[1].form, PAGE_LANDSCAPE);
    /* Two breaks in a row, and one at the end, leave no blank page. */
    add_strip(&strips, 0, true)->new_page = true;
    add_strip(&strips, 0, true)->new_page = true;
    add_strip(&strips, 20, false);
    add_strip(&strips, 0, true)->new_page = true;
    pages = layout_pages(arena, &strips, false);
    assert_int_equal(pages.count, 3);
    assert_int_equal(pages.items[2].form, PAGE_PORTRAIT);
}

/* A row of two cells with `left` and `right` lines of 12 points. */
static struct strip *add_row(struct strips *strips, size_t left, size_t right)
{
    struct strip_row *row = arena_alloc(arena, sizeof *row);
    *row = (struct strip_row){.cells = arena_calloc(arena, 2, sizeof *row->cells), .count = 2};
    for (size_t i = 0; i < left; i++)
        add_strip(&row->cells[0], 12, false);
    for (size_t i = 0; i < right; i++)
        add_strip(&row->cells[1], 12, false);
    struct strip *strip = strips_add(arena, strips);
    strip->row = row;
    strip->height = row_height(row);
    return strip;
}

static void short_rows_are_whole_and_long_rows_cut_without_loss(void **state)
{
    (void)state;
    struct strips strips = {0};
    double room = page_height(false) - 2 * page_margin;
    add_strip(&strips, room - 100, false);
    add_row(&strips, 10, 1); /* 120 points: to the next page */
    struct pages pages = layout_pages(arena, &strips, false);
    assert_int_equal(items_on(&pages, 0), 1);
    assert_int_equal(items_on(&pages, 1), 11);

    struct strips long_row = {0}, head = {0};
    add_strip(&head, 10, true);
    add_strip(&long_row, room - 100, false);
    add_row(&long_row, 150, 20)->repeat = &head;
    pages = layout_pages(arena, &long_row, false);
    assert_int_equal(items_on(&pages, 0), 1 + 8 + 8);
    size_t items = 0;
    for (size_t i = 0; i < pages.count; i++)
        items += items_on(&pages, i);
    assert_int_equal(items, 1 + 150 + 20 + (pages.count - 1));
    for (size_t i = 0; i < pages.count; i++)
        for (size_t k = 0; k < items_on(&pages, i); k++)
            assert_true(pages.items[i].items[k].y < page_height(false) - page_margin);
}

static void a_long_row_does_not_leave_a_single_line(void **state)
{
    (void)state;
    double room = page_height(false) - 2 * page_margin;
    for (size_t fits = 22; fits <= 25; fits++) { /* of 25 lines */
        struct strips strips = {0};
        add_strip(&strips, room - 12 * (double)fits, false);
        add_row(&strips, 25, 1);
        struct pages pages = layout_pages(arena, &strips, false);
        assert_int_equal(items_on(&pages, 0), 1 + 1 + (fits == 25 ? 25 : 22));
        assert_int_equal(pages.count, fits == 25 ? 1 : 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(breaks_at_spaces_and_between_letters_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(soft_hyphens_show_at_the_end_of_a_line_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(addresses_break_where_nobody_reads_an_end, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_number_stays_with_its_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(titles_of_two_lines_are_balanced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_that_are_equally_high_both_get_room, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_column_gets_room_for_a_word_and_its_number, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(breaks_long_words_between_characters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(breaks_between_spans_only_where_there_is_space, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(no_text_is_lost_and_no_line_too_wide, set_up, tear_down),
        cmocka_unit_test_setup_teardown(extent_is_the_widest_word_and_the_whole_line, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(columns_share_the_width, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_fit_whatever_they_need, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_texts_get_the_width_that_makes_rows_low, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(balancing_keeps_the_sum_and_the_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_keeps_with_the_next_moves_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(more_than_a_page_that_keeps_together_is_cut_all_the_same,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_break_turns_the_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_row_does_not_leave_a_single_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(short_rows_are_whole_and_long_rows_cut_without_loss, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
