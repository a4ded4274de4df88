/*
 * What charts are drawn as, with letters of made-up widths. With a folder as its argument this
 * program writes charts.pdf, a document with a chart of every kind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "unit/write/example_charts.h"
#include "unit/write/example_document.h"
#include "write/chart_int.h"
#include "write/write_int.h"

#include <fcntl.h>
#include <unistd.h>

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

static void add_chart(struct document *document, struct chart *chart)
{
    blocks_add(arena, &document->blocks, BLOCK_CHART)->chart = chart;
}

/* Seven areas, each held against the eighth series. */
static struct chart *small_charts(void)
{
    struct chart *from = example_lines(arena, 7), *chart = arena_alloc(arena, sizeof *chart);
    *chart = *from;
    chart->kind = CHART_MULTIPLES;
    chart->series_count = 14;
    chart->series = arena_calloc(arena, 14, sizeof *chart->series);
    for (size_t s = 0; s < 7; s++) {
        chart->series[2 * s] = from->series[s];
        chart->series[2 * s + 1] = from->series[6];
        chart->series[2 * s + 1].label = TEXT("County");
        chart->series[2 * s + 1].is_benchmark = true;
    }
    return chart;
}

static struct document charts_document(void)
{
    struct document document = example_document(arena);
    document.blocks = (struct blocks){0};
    example_heading(arena, &document, 1, TEXT_EMPTY, document.title);
    add_chart(&document, example_chart(arena));
    add_chart(&document, example_grouped(arena, 2));
    add_chart(&document, example_grouped(arena, 4));
    add_chart(&document, example_survey(arena, 7));
    add_chart(&document, example_lines(arena, 1));
    add_chart(&document, example_lines(arena, 4));
    add_chart(&document, example_lines(arena, 7));
    struct chart *control = example_control(arena);
    example_add_line_columns(arena, control);
    add_chart(&document, control);
    add_chart(&document, small_charts());
    add_chart(&document, example_dots(arena));
    add_chart(&document, example_survey(arena, 60));
    for (size_t i = 0, n = 0; i < document.blocks.count; i++)
        if (document.blocks.items[i].kind == BLOCK_CHART)
            document.blocks.items[i].chart->data->name = text_format(arena, "data %zu", ++n);
    return document;
}

static int write_samples(const char *path)
{
    struct diags diags = diags_new(arena);
    struct document document = charts_document();
    struct render_options options = {.scratch = text_from(path)};
    struct text pdf, xlsx;
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    bool done = folder >= 0 && pdf_render(&document, &options, arena, &diags, &pdf) &&
                xlsx_render_working(&document, &options, arena, &diags, &xlsx) &&
                file_create(folder, &diags, TEXT("charts.pdf"), pdf) &&
                file_create(folder, &diags, TEXT("charts.xlsx"), xlsx);
    diags_print(&diags, stderr, LEVEL_INFO, false);
    if (folder >= 0)
        close(folder);
    return done ? 0 : 1;
}

/* ---- pictures ---- */

/* Letters half as wide as high, capitals and digits a little wider; bold wider still. */
static long made_up_width(struct metrics *metrics, unsigned font, struct text text)
{
    long width = 0;
    (void)metrics;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c & 0xC0) != 0x80)
            width += c == ' ' ? 280 : c < 'a' ? 620 : 500;
    }
    return width + (font & SPAN_BOLD ? width / 12 : 0);
}

static struct metrics metrics = {.width = made_up_width};

static struct pictures pictures_of(const struct chart *chart, double width, double room)
{
    return chart_pictures(arena, &metrics, chart, width, room, style_default.table_size);
}

struct box {
    double left, top, right, foot;
};

static struct box box_of(const struct mark *mark)
{
    switch (mark->kind) {
    case MARK_TEXT:
        return (struct box){mark->x, mark->y - 0.75 * mark->size, mark->x + mark->width,
                            mark->y + 0.22 * mark->size};
    case MARK_SHAPE:
        return (struct box){mark->x - mark->size / 2, mark->y - mark->size / 2,
                            mark->x + mark->size / 2, mark->y + mark->size / 2};
    default:
        return (struct box){
            fmin(mark->x, mark->x + mark->width), fmin(mark->y, mark->y + mark->height),
            fmax(mark->x, mark->x + mark->width), fmax(mark->y, mark->y + mark->height)};
    }
}

static void assert_within(const struct picture *picture, const struct mark *mark)
{
    const double slack = mark->kind == MARK_SHAPE ? 2.5 : 0.6;
    struct box box = box_of(mark);
    if (!(box.left >= -slack && box.top >= -slack && box.right <= picture->width + slack &&
          box.foot <= picture->height + slack))
        fail_msg("mark %d '%.*s' at %.1f, %.1f to %.1f, %.1f leaves the picture of %.1f by %.1f",
                 (int)mark->kind, TEXT_ARG(mark->text), box.left, box.top, box.right, box.foot,
                 picture->width, picture->height);
}

static void assert_apart(const struct mark *a, const struct mark *b)
{
    const double slack = 0.4;
    struct box p = box_of(a), q = box_of(b);
    if (p.left < q.right - slack && q.left < p.right - slack && p.top < q.foot - slack &&
        q.top < p.foot - slack)
        fail_msg("'%.*s' at %.1f, %.1f stands on '%.*s' at %.1f, %.1f", TEXT_ARG(a->text), a->x,
                 a->y, TEXT_ARG(b->text), b->x, b->y);
}

static void assert_readable(const struct pictures *pictures, double width, double room)
{
    assert_true(pictures->count > 0);
    for (size_t p = 0; p < pictures->count; p++) {
        const struct picture *picture = &pictures->items[p];
        assert_true(picture->width <= width + 0.1 && picture->height > 0);
        assert_true(picture->height <= room + 0.1);
        for (size_t i = 0; i < picture->count; i++) {
            const struct mark *mark = &picture->marks[i];
            assert_within(picture, mark);
            if (mark->kind != MARK_TEXT)
                continue;
            assert_true(mark->size >= 9);
            for (size_t j = 0; j < i; j++)
                if (picture->marks[j].kind == MARK_TEXT)
                    assert_apart(&picture->marks[j], mark);
        }
    }
}

static const struct mark *find_text(const struct pictures *pictures, const char *words)
{
    for (size_t p = 0; p < pictures->count; p++)
        for (size_t i = 0; i < pictures->items[p].count; i++) {
            const struct mark *mark = &pictures->items[p].marks[i];
            if (mark->kind == MARK_TEXT && text_equal(text_trim(mark->text), text_from(words)))
                return mark;
        }
    return NULL;
}

static bool says(const struct pictures *pictures, const char *words)
{
    for (size_t p = 0; p < pictures->count; p++)
        for (size_t i = 0; i < pictures->items[p].count; i++)
            if (pictures->items[p].marks[i].kind == MARK_TEXT &&
                text_contains(pictures->items[p].marks[i].text, text_from(words)))
                return true;
    return false;
}

static size_t count_kind(const struct pictures *pictures, enum mark_kind kind)
{
    size_t found = 0;
    for (size_t p = 0; p < pictures->count; p++)
        for (size_t i = 0; i < pictures->items[p].count; i++)
            found += pictures->items[p].marks[i].kind == kind;
    return found;
}

/* ---- what is drawn ---- */

static void one_series_has_its_values_above_and_changes_at_the_foot(void **state)
{
    (void)state;
    struct pictures pictures = pictures_of(example_chart(arena), 481, 650);
    const struct mark *value = find_text(&pictures, "1,204"),
                      *change = find_text(&pictures, "+12.4%");
    assert_int_equal(pictures.count, 1);
    assert_non_null(value);
    assert_non_null(change);
    assert_true(value->y < change->y);
    const struct mark *title = find_text(&pictures, "Change on");
    assert_non_null(title);
    assert_true(title->x + title->width < value->x && fabs(title->y - change->y) < 12);
    assert_null(find_text(&pictures, "Change on 2020/21"));
    assert_non_null(find_text(&pictures, "1,500"));
}

static void bars_without_room_for_their_figures_lie(void **state)
{
    (void)state;
    struct chart *chart = example_survey(arena, 30);
    chart->kind = CHART_BARS;
    struct pictures lying = pictures_of(chart, 481, 650);
    assert_true(find_text(&lying, "Rural crime")->x < 0.1);
    chart->categories.count = 3;
    struct pictures upright = pictures_of(chart, 481, 650);
    assert_true(find_text(&upright, "Anti-social behaviour")->x > 100);
}

static void rows_go_on_in_another_picture(void **state)
{
    (void)state;
    struct chart *chart = example_survey(arena, 60);
    struct pictures pictures = pictures_of(chart, 481, 650);
    size_t labels = 0;
    assert_int_equal(pictures.count, 3);
    for (size_t p = 0; p < 3; p++) {
        assert_true(pictures.items[p].height <= 650 && pictures.items[p].height > 350);
        for (size_t i = 0; i < pictures.items[p].count; i++)
            labels += text_equal(pictures.items[p].marks[i].text, TEXT("Rural crime"));
    }
    assert_int_equal(labels, 8);
    for (size_t i = 0; i < 60; i++)
        assert_non_null(find_text(&pictures, text_cstr(arena, chart->series->points[i].display)));
}

static void a_missing_point_breaks_the_line_and_says_why(void **state)
{
    (void)state;
    struct chart *chart = example_lines(arena, 1);
    chart->categories.count = 12;
    example_set_point(arena, chart, 0, 5, TEXT("[c]"));
    struct pictures pictures = pictures_of(chart, 481, 650);
    size_t strokes = 0;
    for (size_t i = 0; i < pictures.items->count; i++)
        strokes += pictures.items->marks[i].kind == MARK_LINE &&
                   pictures.items->marks[i].colour == COLOUR_ACCENT;
    assert_int_equal(strokes, 11 - 2);
    assert_int_equal(count_kind(&pictures, MARK_SHAPE), 11);
    assert_non_null(find_text(&pictures, "[c]"));
}

static void months_are_thinned_and_years_stand_below(void **state)
{
    (void)state;
    struct pictures pictures = pictures_of(example_lines(arena, 1), 481, 650);
    const struct mark *month = find_text(&pictures, "Jan"), *year = find_text(&pictures, "2020");
    assert_non_null(month);
    assert_non_null(year);
    assert_true(year->y > month->y);
    assert_null(find_text(&pictures, "January 2020"));
    assert_null(find_text(&pictures, "Feb"));
}

/* What stands at the right edge is read as the latest: it says when it is not. */
/* The first point is named, and then every second or third. */
static void the_first_point_is_named(void **state)
{
    (void)state;
    struct chart *chart = example_lines(arena, 1);
    chart->categories.count = 36;
    const struct text first = chart->categories.items[0];
    struct pictures pictures = pictures_of(chart, 300, 650);
    assert_true(text_starts(first, TEXT("April")));
    const struct mark *april = find_text(&pictures, "Apr");
    assert_non_null(april);
    assert_true(april->x < 60);
}

/* A unit that all figures carry stands at the last tick alone. */
static void the_last_tick_has_the_unit(void **state)
{
    (void)state;
    struct chart *chart = example_survey(arena, 4);
    for (size_t i = 0; i < 4; i++) {
        struct chart_point *point = &chart->series->points[i];
        point->value = decimal_from((int64_t)(10 * i + 12));
        point->display = text_format(arena, "%zu%%", 10 * i + 12);
    }
    struct pictures pictures = pictures_of(chart, 481, 650);
    assert_non_null(find_text(&pictures, "50%"));
    assert_non_null(find_text(&pictures, "10"));
    chart->series->points[2].display = TEXT("32");
    pictures = pictures_of(chart, 481, 650);
    assert_null(find_text(&pictures, "50%"));
}

static void a_line_that_ends_early_says_when(void **state)
{
    (void)state;
    struct chart *chart = example_lines(arena, 3);
    size_t count = chart->categories.count = 24;
    example_set_point(arena, chart, 0, count - 1, TEXT("[c]"));
    example_set_point(arena, chart, 0, count - 2, TEXT("77"));
    for (size_t i = 0; i < count; i++)
        example_set_point(arena, chart, 1, i, TEXT("[x]"));
    struct pictures pictures = pictures_of(chart, 481, 650);
    assert_true(says(&pictures, "(February 2021)"));
    assert_true(says(&pictures, "[x]")); /* and that one has no figure at all */
    example_set_point(arena, chart, 0, count - 1, TEXT("77"));
    pictures = pictures_of(chart, 481, 650);
    assert_true(says(&pictures, "77"));
    assert_false(says(&pictures, "(February"));
}

static void lines_are_named_at_their_ends(void **state)
{
    (void)state;
    struct pictures pictures = pictures_of(example_lines(arena, 4), 481, 650);
    const struct mark *first = find_text(&pictures, "Burglary");
    assert_non_null(first);
    assert_true(first->x > 340);
    bool used[SHAPES] = {false};
    for (size_t i = 0; i < pictures.items->count; i++)
        if (pictures.items->marks[i].kind == MARK_SHAPE)
            used[pictures.items->marks[i].shape] = true;
    for (int i = 0; i < 4; i++)
        assert_true(used[i]);
}

static void many_series_are_panels_on_one_scale(void **state)
{
    (void)state;
    struct chart *chart = example_lines(arena, 7);
    struct pictures pictures = pictures_of(chart, 481, 650);
    size_t tops = 0;
    assert_int_equal(pictures.count, 4);
    for (size_t s = 0; s < 7; s++)
        assert_int_equal(find_text(&pictures, text_cstr(arena, chart->series[s].label))->font,
                         SPAN_BOLD);
    for (size_t p = 0; p < 4; p++)
        for (size_t i = 0; i < pictures.items[p].count; i++)
            tops += text_equal(pictures.items[p].marks[i].text, TEXT("150"));
    assert_int_equal(tops, 7);
}

static void small_multiples_stand_in_a_grid(void **state)
{
    (void)state;
    struct chart *chart = small_charts();
    struct pictures pictures = pictures_of(chart, 481, 650);
    assert_readable(&pictures, 481, 650);
    assert_int_equal(pictures.count, 3);
    const struct mark *first = find_text(&pictures, "Violence with injury"),
                      *second = find_text(&pictures, "Burglary");
    assert_true(first->y == second->y && first->x < second->x && first->font == SPAN_BOLD);
    assert_non_null(find_text(&pictures, "County"));
    assert_true(says(&pictures, "the same scale in all charts"));
    size_t ends = 0, tops = 0;
    for (size_t p = 0; p < 3; p++)
        for (size_t i = 0; i < pictures.items[p].count; i++) {
            ends += text_equal(pictures.items[p].marks[i].text, TEXT("April 2019"));
            tops += text_equal(pictures.items[p].marks[i].text, TEXT("150"));
        }
    assert_int_equal(tops, 7);
    assert_int_equal(ends, 7);
    chart->columns = 2;
    assert_int_equal(pictures_of(chart, 481, 650).count, 4);
}

static void small_multiples_say_that_their_scales_differ(void **state)
{
    (void)state;
    struct chart *chart = small_charts();
    chart->own_scales = true;
    struct pictures pictures = pictures_of(chart, 481, 650);
    assert_true(says(&pictures, "each chart has its own scale"));
    size_t tops = 0;
    for (size_t p = 0; p < pictures.count; p++)
        for (size_t i = 0; i < pictures.items[p].count; i++)
            tops += text_equal(pictures.items[p].marks[i].text, TEXT("150"));
    assert_true(tops < 7);
}

/* Three lines of ten years cross each other too often. */
static void long_lines_are_panels(void **state)
{
    (void)state;
    struct texts months = example_months(arena, 120), labels = {0};
    for (size_t s = 0; s < 3; s++)
        texts_add(arena, &labels, text_format(arena, "Line %zu", s + 1));
    struct chart *chart =
        example_chart_of(arena, CHART_LINES, "long", "Ten years", &months, &labels);
    for (size_t s = 0; s < 3; s++)
        for (size_t i = 0; i < 120; i++)
            example_set_point(arena, chart, s, i, text_format(arena, "%zu", 40 + i * 7 % 31));
    struct pictures pictures = pictures_of(chart, 481, 650);
    assert_int_equal(pictures.count, 2);
    assert_int_equal(find_text(&pictures, "Line 3")->font, SPAN_BOLD);
    chart->categories.count = 24;
    assert_int_equal(pictures_of(chart, 481, 650).count, 1);
}

static void signals_differ_in_shape_and_are_explained(void **state)
{
    (void)state;
    struct chart *chart = example_control(arena);
    struct pictures pictures = pictures_of(chart, 481, 650);
    size_t diamonds = 0;
    for (size_t i = 0; i < pictures.items->count; i++)
        diamonds += pictures.items->marks[i].kind == MARK_SHAPE &&
                    pictures.items->marks[i].shape == SHAPE_DIAMOND;
    assert_int_equal(diamonds, 2 * 2);
    assert_non_null(find_text(&pictures, "Signal: more than the usual ups and downs"));
    assert_non_null(find_text(&pictures, "Mean: 56.4"));
    chart->series->points[9].is_signal = false;
    pictures = pictures_of(chart, 481, 650);
    assert_null(find_text(&pictures, "Signal: more than the usual ups and downs"));
}

static void a_scale_that_is_broken_says_so(void **state)
{
    (void)state;
    struct chart *chart = example_survey(arena, 3);
    chart->value_title = TEXT("Homes");
    for (size_t i = 0; i < 3; i++)
        example_set_point(arena, chart, 0, i, i ? TEXT("120") : TEXT("101"));
    chart->kind = CHART_LINES;
    struct pictures pictures = pictures_of(chart, 481, 650);
    assert_non_null(find_text(&pictures, "Homes (the scale does not begin at 0)"));
    assert_null(find_text(&pictures, "0"));
    chart->kind = CHART_BARS;
    pictures = pictures_of(chart, 481, 650);
    assert_non_null(find_text(&pictures, "Homes"));
    assert_non_null(find_text(&pictures, "0"));
}

static void dots_stand_against_a_line(void **state)
{
    (void)state;
    struct pictures pictures = pictures_of(example_dots(arena), 481, 650);
    const struct mark *name = find_text(&pictures, "England");
    const struct mark *label = find_text(&pictures, "East Midlands");
    assert_non_null(name);
    assert_non_null(label);
    assert_int_equal(count_kind(&pictures, MARK_SHAPE), 2 + 11);
}

/* Two places that are alike: each has its dot and its range where nothing covers it. */
static void no_dot_hides_another(void **state)
{
    (void)state;
    struct chart *chart = example_dots(arena);
    for (size_t i = 0; i < chart->categories.count; i++)
        chart->series[1].points[i] = chart->series->points[i];
    struct pictures pictures = pictures_of(chart, 481, 650);
    assert_int_equal(pictures.count, 1);
    const struct picture *picture = pictures_item(&pictures, 0);
    for (size_t i = 0; i < picture->count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct mark *a = &picture->marks[i], *b = &picture->marks[k];
            if (a->kind == MARK_SHAPE && b->kind == MARK_SHAPE)
                assert_true(fabs(a->x - b->x) >= a->size || fabs(a->y - b->y) >= a->size);
        }
}

/* Who asks for larger tables cannot read small charts either. */
static void charts_grow_with_the_tables(void **state)
{
    (void)state;
    struct chart *charts[] = {example_chart(arena), example_survey(arena, 60),
                              example_lines(arena, 7), example_dots(arena)};
    for (size_t c = 0; c < sizeof charts / sizeof *charts; c++) {
        struct pictures pictures =
            chart_pictures(arena, &metrics, charts[c], 481, 650, 2 * style_default.table_size);
        for (size_t p = 0; p < pictures.count; p++) {
            const struct picture *picture = pictures_item(&pictures, p);
            assert_true(picture_height(picture) <= 650);
            for (size_t i = 0; i < picture->count; i++) {
                const struct mark *mark = &picture->marks[i];
                assert_true(mark->kind != MARK_TEXT || mark->size == 2 * chart_text_size);
                assert_true(mark->kind != MARK_TEXT || mark->x + mark->width < 481.01);
            }
        }
    }
}

static void ticks_are_of_one_two_or_five(void **state)
{
    (void)state;
    for (unsigned i = 1; i < 4000; i++) {
        double high = exp((double)i / 40 - 40);
        bool fraction = high < 1e15;
        struct axis axis = axis_make(
            (struct value_range){.any = true, .fraction = fraction, .high = high}, true, 5);
        double digit = axis.unit / pow(10, floor(log10(axis.unit) + 1e-9));
        assert_true(fabs(digit - 1) < 1e-6 || fabs(digit - 2) < 1e-6 || fabs(digit - 5) < 1e-6);
        assert_true(axis.low == 0 && axis.high >= 1 && axis.high <= 10);
        assert_true(i < 40 || axis.unit * (double)axis.high >= high * (1 - 1e-6));
    }
    struct axis counts = axis_make((struct value_range){.any = true, .high = 2}, true, 5);
    assert_int_equal(counts.high, 2);
}

/* ---- random charts ---- */

static uint32_t random_state;

static uint32_t draw(uint32_t below)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 9) % below;
}

static struct text random_words(size_t most)
{
    static const char *const words[] = {
        "crime", "Harborough",   "of",      "anti-social",          "and", "Market",
        "ASB",   "damage/arson", "2021/22", "Llanfairpwllgwyngyll", "to",  "\u0141\u00f3d\u017a"};
    struct buffer out = {.arena = arena};
    for (size_t i = draw((uint32_t)most + 1); i-- > 0;)
        buffer_format(&out, "%s%s", out.len ? " " : "", words[draw(12)]);
    return buffer_text(&out);
}

static struct decimal random_value(unsigned spread)
{
    static const char *const odd[] = {"0",           "-12.5", "0.000000000000000001",
                                      "99999999999", "7",     "-3000000000000000000000000000000"};
    struct decimal value = decimal_from((int64_t)draw(spread) + (spread > 100 ? 60 : 0));
    if (spread == 3)
        decimal_parse(text_from(odd[draw(6)]), &value);
    return value;
}

static struct chart *random_chart(void)
{
    static const unsigned spreads[] = {3, 20, 100, 50000};
    static const size_t counts[] = {0, 1, 2, 4, 9, 14, 36, 70};
    struct texts categories = {0}, labels = {0};
    size_t count = counts[draw(8)], series = 1 + draw(draw(3) ? 3 : 8);
    unsigned spread = spreads[draw(4)];
    bool months = draw(2);
    if (months)
        categories = example_months(arena, count);
    for (size_t i = 0; i < count && !months; i++)
        texts_add(arena, &categories, random_words(1 + draw(9)));
    for (size_t s = 0; s < series; s++)
        texts_add(arena, &labels, series > 1 ? random_words(5) : TEXT_EMPTY);
    struct chart *chart =
        example_chart_of(arena, (enum chart_kind)draw(6), "random", "Random", &categories, &labels);
    chart->value_title = random_words(30);
    chart->change_title = random_words(8);
    chart->has_bars = draw(2);
    chart->own_scales = draw(2);
    chart->columns = draw(2) ? 0 : 1 + draw(4);
    for (size_t s = 1; s < series && draw(2); s += 2)
        chart->series[s].is_benchmark = true;
    bool changes = draw(2), ranges = draw(3) == 0;
    for (size_t s = 0; s < series; s++)
        for (size_t i = 0; i < count; i++) {
            struct chart_point *point = &chart->series[s].points[i];
            struct decimal value = random_value(spread);
            if (draw(6) == 0)
                continue;
            example_set_point(arena, chart, s, i, decimal_text(arena, value));
            point->is_signal = draw(9) == 0;
            point->change = changes ? TEXT("+12.5%") : TEXT_EMPTY;
            point->has_range = ranges && decimal_subtract(value, decimal_from(4), &point->low) &&
                               decimal_add(value, decimal_from(9), &point->high);
        }
    for (size_t i = draw(5); i-- > 0;)
        example_add_line(arena, chart, (enum chart_line_kind)draw(4),
                         decimal_text(arena, random_value(spread)).ptr, random_words(6).ptr);
    return chart;
}

static void labels_never_touch_or_leave_the_chart(void **state)
{
    static const double widths[] = {481, 728, 1000};
    (void)state;
    for (uint32_t seed = 0; seed < 6000; seed++) {
        struct arena *outer = arena;
        arena = arena_new();
        random_state = seed * 7919 + 1;
        struct chart *chart = random_chart();
        double width = widths[draw(3)];
        struct pictures pictures = pictures_of(chart, width, 460);
        assert_readable(&pictures, width, 460);
        arena_free(arena);
        arena = outer;
    }
}

int main(int argc, char **argv)
{
    if (argc == 2) {
        set_up(NULL);
        int status = write_samples(argv[1]);
        tear_down(NULL);
        return status;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_series_has_its_values_above_and_changes_at_the_foot,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(bars_without_room_for_their_figures_lie, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_go_on_in_another_picture, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_point_breaks_the_line_and_says_why, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(months_are_thinned_and_years_stand_below, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_first_point_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_last_tick_has_the_unit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_line_that_ends_early_says_when, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_are_named_at_their_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_series_are_panels_on_one_scale, set_up, tear_down),
        cmocka_unit_test_setup_teardown(small_multiples_stand_in_a_grid, set_up, tear_down),
        cmocka_unit_test_setup_teardown(small_multiples_say_that_their_scales_differ, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(long_lines_are_panels, set_up, tear_down),
        cmocka_unit_test_setup_teardown(signals_differ_in_shape_and_are_explained, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_scale_that_is_broken_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dots_stand_against_a_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_dot_hides_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(charts_grow_with_the_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ticks_are_of_one_two_or_five, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_never_touch_or_leave_the_chart, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
