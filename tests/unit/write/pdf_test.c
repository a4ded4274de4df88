/*
 * The PDF renderer, and the document that tests/pdf/run.sh reads back: with a folder as its
 * argument this program writes sample.pdf, pack.pdf, sample.txt (what must be read there) and
 * short.pdf.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "unit/write/expected_text.h"
#include "write/pdf_int.h"
#include "write/write_int.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena *arena;
static struct diags diags;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    diags = diags_new(arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* ---- the sample ---- */

static void add_heading(struct blocks *blocks, unsigned level, const char *number,
                        const char *words)
{
    struct block *block = blocks_add(arena, blocks, BLOCK_HEADING);
    block->heading.level = level;
    block->heading.number = text_from(number);
    spans_add_text(arena, &block->heading.spans, text_from(words), 0);
}

static struct spans *add_paragraph(struct blocks *blocks, enum block_kind kind, const char *number,
                                   const char *words)
{
    struct block *block = blocks_add(arena, blocks, kind);
    block->paragraph.number = text_from(number);
    spans_add_text(arena, &block->paragraph.spans, text_from(words), 0);
    return &block->paragraph.spans;
}

static struct blocks *add_item(struct list *list)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count] = (struct blocks){0};
    return &list->items[list->count++];
}

static void add_definition(struct definitions *list, const char *term, const char *meaning)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    struct definition *item = &list->items[list->count++];
    *item = (struct definition){.term = text_from(term)};
    blocks_add_paragraph(arena, &item->meaning, text_from(meaning));
}

static void add_front(struct document *document)
{
    add_heading(&document->blocks, 1, "", "Community safety performance, 2021/22");
    struct block *block = blocks_add(arena, &document->blocks, BLOCK_DEFINITIONS);
    struct definitions *front = &block->definitions;
    add_definition(front, "Report to", "Communities Scrutiny Panel");
    add_definition(front, "Date of meeting", "Thursday, 30 June 2022");
    add_definition(front, "Report of", "Community Safety Manager");
    add_definition(front, "Portfolio",
                   "Safer and stronger communities, with responsibility for "
                   "the partnership, its plan and the money it is given");
    add_definition(front, "Objective",
                   "To show what changed in the year, which of the changes are more than chance, "
                   "and what the partnership did about them.");
    add_definition(front, "Wards affected", "");
}

static void add_prose(struct blocks *blocks)
{
    add_heading(blocks, 2, "1", "Outcome sought");
    struct spans *spans = add_paragraph(
        blocks, BLOCK_PARAGRAPH, "1.1",
        "The panel is asked to note that recorded crime rose by 15.6%, and to ask questions about "
        "the reasons. A full account of the method stands in ");
    spans_add(arena, spans, (struct span){.text = TEXT("section 3"), .link = TEXT("#method")});
    spans_add_text(arena, spans, TEXT(", and the "), 0);
    spans_add(arena, spans,
              (struct span){.text = TEXT("published figures for every month and district since "
                                         "April 2019"),
                            .style = SPAN_BOLD,
                            .link = TEXT("https://example.org/crime/figures")});
    spans_add_text(arena, spans, TEXT(" are open to all. "), 0);
    spans_add_text(arena, spans, TEXT("No figure"), SPAN_ITALIC);
    spans_add_text(arena, spans, TEXT(" is "), 0);
    spans_add_text(arena, spans, TEXT("rounded twice"), SPAN_BOLD | SPAN_ITALIC);
    spans_add_text(arena, spans, TEXT("."), 0);
    add_paragraph(blocks, BLOCK_PARAGRAPH, "1.2",
                  "Places such as Llanfairpwllgwyngyll, Tŷ Ddewi, Łódź and Święciany keep their "
                  "letters. The partnership looked at three things:");
    struct list *list = &blocks_add(arena, blocks, BLOCK_LIST)->list;
    blocks_add_paragraph(arena, add_item(list), TEXT("what was reported to the police"));
    struct blocks *second = add_item(list);
    blocks_add_paragraph(arena, second,
                         TEXT("what residents said when they were asked, which is not the same "
                              "thing and moves at a different speed:"));
    struct list *inner = &blocks_add(arena, second, BLOCK_LIST)->list;
    inner->ordered = true;
    inner->first = 9;
    blocks_add_paragraph(arena, add_item(inner), TEXT("in the survey of 447 households"));
    blocks_add_paragraph(arena, add_item(inner), TEXT("at four meetings in market towns"));
    blocks_add_paragraph(arena, add_item(list), TEXT("what partners spent"));
    add_paragraph(blocks, BLOCK_NOTE, "",
                  "Figures are those recorded by 6 April 2022 and will be revised. A change is "
                  "called clear only where the interval around it leaves out no change.");
}

static void set_column(struct table *table, size_t c, const char *header, bool right, bool is_long)
{
    table->columns[c] = (struct column){.header = text_from(header),
                                        .is_row_header = c == 0,
                                        .align_right = right,
                                        .long_text = is_long};
}

static void set_number(struct row *row, size_t c, int64_t value, const char *display)
{
    row->cells[c] = cell_number(decimal_from(value), text_from(display), FORMAT_NUMBER, 0);
}

static struct table *crime_table(void)
{
    static const struct {
        enum row_kind kind;
        const char *name, *now, *before, *change;
    } rows[] = {
        {ROW_BODY, "Burglary", "274", "278", "-1.4%"},
        {ROW_BODY, "Violence without injury", "1,096", "918", "+19.4%"},
        {ROW_OF_WHICH, "Domestic violence with injury", "225", "205", "+9.76%"},
        {ROW_BODY, "Hate crime", "127", "[c]", "[x]"},
        {ROW_REMAINDER, "Other recorded crime", "1,072", "939", "+14%"},
        {ROW_TOTAL, "All recorded crime", "5,005", "4,330", "+15.6%"},
        {ROW_OUTSIDE, "Anti-social behaviour (incidents, not crimes)", "574", "783", "−26.7%"},
    };
    struct table *table = table_new(arena, TEXT("Recorded crime"), 4);
    table->caption = TEXT("Recorded crime in the district, 2020/21 and 2021/22");
    set_column(table, 0, "Measure", false, false);
    set_column(table, 1, "2021/22", true, false);
    set_column(table, 2, "2020/21", true, false);
    set_column(table, 3, "Change (%)", true, false);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct row *row = table_add_row(arena, table, rows[i].kind);
        row->cells[0] = cell_text(text_from(rows[i].name));
        set_number(row, 1, 1, rows[i].now);
        row->cells[2] = cell_text(text_from(rows[i].before));
        if (rows[i].before[0] != '[')
            set_number(row, 2, 1, rows[i].before);
        row->cells[3] = cell_text(text_from(rows[i].change));
        if (rows[i].change[0] != '[')
            set_number(row, 3, 1, rows[i].change);
    }
    texts_add(arena, &table->notes, TEXT("[c] confidential: fewer than five. [x] not available."));
    table->source = TEXT("Source: police recorded crime, extracted 8 June 2022.");
    return table;
}

/* `count` bars named after market towns. */
static struct chart *beat_chart(size_t count)
{
    static const char *const names[] = {
        "Market Harborough", "Lutterworth", "Broughton Astley", "Kibworth",    "Great Glen",
        "Fleckney",          "Thurnby",     "Billesdon",        "Ullesthorpe", "Gilmorton",
        "Husbands Bosworth", "Foxton",      "Swinford",         "Hallaton"};
    struct chart *chart = arena_alloc(arena, sizeof *chart);
    *chart = (struct chart){.name = text_format(arena, "beats %zu", count),
                            .caption = text_format(arena, "Crime in %zu beats", count),
                            .alt = TEXT("Bar chart of crimes by beat; the table has the figures."),
                            .value_title = TEXT("Crimes recorded, 2021/22"),
                            .change_title = TEXT("Change on 2020/21")};
    chart->series = arena_calloc(arena, 1, sizeof *chart->series);
    chart->series_count = 1;
    chart->series->points = arena_calloc(arena, count, sizeof *chart->series->points);
    chart->series->column = 1;
    chart->data = table_new(arena, text_format(arena, "beat figures %zu", count), 2);
    chart->data->caption = TEXT("Crimes by beat");
    set_column(chart->data, 0, "Beat", false, false);
    set_column(chart->data, 1, "Crimes", true, false);
    for (size_t i = 0; i < count; i++) {
        int64_t value = (int64_t)(1840 - 127 * i);
        struct text display = decimal_display(arena, decimal_from(value), 0, DECIMAL_GROUPS);
        texts_add(arena, &chart->categories, text_from(names[i]));
        chart->series->points[i] =
            (struct chart_point){.present = true,
                                 .value = decimal_from(value),
                                 .display = display,
                                 .change = i % 3 ? TEXT("+12.5%") : TEXT("−37.2%")};
        struct row *row = table_add_row(arena, chart->data, ROW_BODY);
        row->cells[0] = cell_text(text_from(names[i]));
        row->cells[1] = cell_number(decimal_from(value), display, FORMAT_NUMBER, 0);
    }
    return chart;
}

static struct text long_update(size_t paragraphs)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < paragraphs; i++) {
        buffer_format(&out,
                      "Step %zu was finished in month %zu after talks with parishes, schools and "
                      "the county, and 1,579 people took part.\n",
                      i, i + 1);
        buffer_format(&out,
                      "- bullet %zu names money of £%zu,250 and a website "
                      "https://example.org/a/very/long/address/that/has/no/spaces/%zu\n",
                      i, i + 3, i);
        buffer_format(&out, "- second bullet %zu\n", i);
    }
    return buffer_text(&out);
}

static struct table *action_table(void)
{
    static const char *const headers[] = {"Id",   "Action", "Status",  "Progress",
                                          "Lead", "Target", "Funding", "By when",
                                          "Team", "Link",   "Outputs", "Result"};
    struct table *table = table_new(arena, TEXT("Actions"), 12);
    table->caption = TEXT("Action plan as at January 2024");
    table->group_header = TEXT("Priority");
    for (size_t c = 0; c < 12; c++)
        set_column(table, c, headers[c], c == 6, c == 3);
    for (size_t r = 0; r < 24; r++) {
        struct row *row = table_add_row(arena, table, ROW_BODY);
        row->group = r < 8    ? TEXT("Priority 1: Housing for all")
                     : r < 16 ? TEXT("Priority 2: Community infrastructure and services")
                              : TEXT("Priority 3: Healthy minds");
        row->cells[0] = cell_text(text_format(arena, "KA.%02zu", r));
        row->cells[1] = cell_text(TEXT("Bring empty homes back into use"));
        row->cells[2] = cell_rag((enum rag)(r % RAGS));
        row->cells[3] = cell_long_text(arena, long_update(r == 5 ? 40 : r == 12 ? 6 : 1));
        row->cells[4] = cell_text(TEXT("Housing Manager"));
        row->cells[5] = cell_text(TEXT("20 homes"));
        row->cells[6] = cell_number(decimal_from(36073), TEXT("£36,073"), FORMAT_MONEY, 0);
        row->cells[7] = cell_text(TEXT("2022/23"));
        row->cells[8] = r % 2 ? cell_text(TEXT("Environmental Health")) : row->cells[8];
        row->cells[10] = cell_text(TEXT("Antidisestablishmentarianism"));
        row->cells[11] = cell_text(TEXT("See update"));
    }
    return table;
}

static void add_table(struct blocks *blocks, struct table *table)
{
    blocks_add(arena, blocks, BLOCK_TABLE)->table = table;
}

static void add_key(struct blocks *blocks)
{
    struct key *key = &blocks_add(arena, blocks, BLOCK_KEY)->key;
    for (unsigned i = 0; i < RAGS; i++) {
        key->items = arena_grow(arena, key->items, key->count, &key->capacity, sizeof *key->items);
        key->items[key->count++] =
            (struct key_item){(enum rag)i, text_from(rag_meaning((enum rag)i))};
    }
}

static void add_boxes(struct blocks *blocks)
{
    static struct panel_fact facts[] = {
        {TEXT_INIT("5,005"), TEXT_INIT("crimes recorded"), TEXT_INIT("+15.6% on 2020/21")},
        {TEXT_INIT("574"), TEXT_INIT("incidents of anti-social behaviour"), TEXT_INIT("")}};
    static struct panel panel = {.name = TEXT_INIT("glance"),
                                 .caption = TEXT_INIT("At a glance"),
                                 .columns = 2,
                                 .facts = facts,
                                 .count = 2};
    static const struct raster raster = {
        .width = 2, .height = 2, .channels = 1, .bytes = TEXT_INIT("\x00\xFF\x80\x40")};
    static struct theme_grid grid = {
        .name = TEXT_INIT("themes"), .caption = TEXT_INIT("Themes of the plan"), .columns = 2};
    grid.count = 3;
    grid.cells = arena_calloc(arena, 3, sizeof *grid.cells);
    for (size_t i = 0; i < 3; i++) {
        add_heading(&grid.cells[i], 4, "", text_format(arena, "Theme %zu", i + 1).ptr);
        add_paragraph(&grid.cells[i], BLOCK_PARAGRAPH, "", "What it is about.");
    }
    blocks_add(arena, blocks, BLOCK_PANEL)->panel = &panel;
    blocks_add(arena, blocks, BLOCK_GRID)->grid = &grid;
    struct blocks callout = {0};
    add_paragraph(&callout, BLOCK_PARAGRAPH, "", "Finding: more crimes than the year before.");
    blocks_add(arena, blocks, BLOCK_CALLOUT)->callout = callout;
    blocks_add(arena, blocks, BLOCK_IMAGE)->image = (struct image){
        .raster = &raster, .alt = TEXT("Four grey squares"), .caption = TEXT("A picture")};
}

static struct document *sample(void)
{
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = (struct document){.name = TEXT("sample"),
                                  .title = TEXT("Community safety performance, 2021/22"),
                                  .subtitle = TEXT("Year to 31 March 2022"),
                                  .organisation = TEXT("Harborough District Council"),
                                  .language = TEXT("en-GB"),
                                  .period = TEXT("2021/22"),
                                  .as_at = {2022, 6, 22},
                                  .footer = TEXT("Harborough District Council: community safety")};
    struct blocks *blocks = &document->blocks;
    add_front(document);
    add_prose(blocks);
    add_heading(blocks, 2, "2", "Recorded crime");
    add_table(blocks, crime_table());
    blocks_add(arena, blocks, BLOCK_CHART)->chart = beat_chart(4);
    blocks_add(arena, blocks, BLOCK_CHART)->chart = beat_chart(14);
    add_heading(blocks, 2, "3", "Method");
    blocks->items[blocks->count - 1].anchor = TEXT("method");
    for (int i = 0; i < 6; i++)
        add_paragraph(blocks, BLOCK_PARAGRAPH, "",
                      "Counts are compared with a Poisson interval on the ratio; rates use "
                      "populations of the middle of the year. Where a series was changed the note "
                      "below the table says so, and no change is worked out across the break.");
    add_heading(blocks, 3, "3.1", "What the statuses mean");
    add_key(blocks);
    add_boxes(blocks);
    blocks_add(arena, blocks, BLOCK_PAGE_BREAK)->form = PAGE_A3_LANDSCAPE;
    add_paragraph(blocks, BLOCK_PARAGRAPH, "", "A sheet of A3 paper.");
    blocks_add(arena, blocks, BLOCK_PAGE_BREAK)->form = PAGE_LANDSCAPE;
    add_heading(blocks, 2, "Appendix A", "Action plan");
    add_table(blocks, action_table());
    blocks_add(arena, blocks, BLOCK_PAGE_BREAK)->form = PAGE_PORTRAIT;
    add_heading(blocks, 2, "Appendix B", "Last words");
    add_paragraph(blocks, BLOCK_PARAGRAPH, "", "The end.");
    return document;
}

/* ---- tests ---- */

static bool render(const struct document *document, struct text *bytes)
{
    struct render_options options = {.scratch = TEXT("/nonexistent")};
    return pdf_render(document, &options, arena, &diags, bytes);
}

static void renders_the_same_bytes_twice(void **state)
{
    (void)state;
    struct text first, second;
    assert_true(render(sample(), &first));
    assert_true(render(sample(), &second));
    assert_true(first.len > 1000 && text_equal(first, second));
    assert_true(text_starts(first, TEXT("%PDF-1.7")));
    assert_int_equal(diags.count, 0);
}

static const struct diag *only_error(const struct document *document, enum diag_kind kind)
{
    struct text bytes;
    assert_false(render(document, &bytes));
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].kind, kind);
    return &diags.items[0];
}

static void names_a_character_without_a_glyph_and_its_place(void **state)
{
    (void)state;
    struct document *document = sample();
    struct table *table = document_tables(arena, document).items[0];
    table->rows[2].cells[0] = cell_text(TEXT("Smile \xF0\x9F\x98\x80"));
    const struct diag *found = only_error(document, DIAG_GLYPH);
    assert_true(text_contains(found->message, TEXT("U+1F600")));
    assert_true(
        text_contains(found->message, TEXT("table 'Recorded crime', row 3, column 'Measure'")));
}

static void says_that_words_are_read_from_right_to_left(void **state)
{
    (void)state;
    static const char *const texts[] = {"shalom \u05e9\u05dc\u05d5\u05dd",
                                        "salam \u0633\u0644\u0627\u0645", "turned \u202e about"};
    static const char *const found[] = {"U+05E9", "U+0633", "U+202E"};
    for (size_t i = 0; i < 3; i++) {
        struct document *document = sample();
        struct table *table = document_tables(arena, document).items[0];
        table->rows[2].cells[0] = cell_text(text_from(texts[i]));
        diags = diags_new(arena);
        const struct diag *diag = only_error(document, DIAG_GLYPH);
        assert_true(text_contains(diag->message, text_from(found[i])));
        assert_true(
            text_contains(diag->message, TEXT("row 3, column 'Measure' is read from right")));
    }
}

/* Marks that change nothing in words that are read from left to right. */
static void leaves_marks_out_that_show_nothing(void **state)
{
    (void)state;
    struct document *document = sample();
    struct text bytes;
    add_paragraph(&document->blocks, BLOCK_PARAGRAPH, "",
                  "\u200e01/02/2022 \u2066Wrocław\u2069 \u00a9\ufe0f zero\u200dwidth");
    assert_true(render(document, &bytes));
    assert_int_equal(diags.count, 0);
}

static void refuses_bytes_that_are_not_utf8(void **state)
{
    (void)state;
    struct document *document = sample();
    struct spans *spans = add_paragraph(&document->blocks, BLOCK_PARAGRAPH, "", "bad \xC3( bytes");
    (void)spans;
    document->blocks.items[document->blocks.count - 1].place = place_at(TEXT("intro.md"), 4, 0);
    const struct diag *found = only_error(document, DIAG_GLYPH);
    assert_true(text_contains(found->message, TEXT("not UTF-8")));
    assert_true(text_equal(found->place.file, TEXT("intro.md")));
}

/* A council's own words are not cut without a word; the title stands whole on the first page. */
static void says_which_header_is_cut(void **state)
{
    (void)state;
    struct document *document = sample();
    struct style style = *document_style(document);
    struct buffer words = {.arena = arena};
    struct text bytes;
    style.header_place = place_at(TEXT("style.ini"), 2, 10);
    style.footer_place = place_at(TEXT("style.ini"), 3, 10);
    document->style = &style;
    style.header = style.footer = document->header = TEXT("a header with room in two lines");
    for (unsigned i = 0; i < 30; i++)
        buffer_add(&words, TEXT("Scrutiny "));
    document->footer = document->title = buffer_text(&words);
    document->footer.len /= 2;
    assert_true(render(document, &bytes));
    assert_int_equal(diags.count, 0);
    document->header = document->title;
    assert_true(render(document, &bytes));
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].kind, DIAG_CRAMPED);
    assert_int_equal(diags.items[0].place.line, 2);
    assert_true(text_contains(diags.items[0].message, TEXT("the header takes 3 lines")));
}

static void assert_called(const char *words, const char *link, const char *wanted)
{
    struct text says = link_words(arena, text_from(words), link_address(arena, text_from(link)));
    assert_string_equal(text_cstr(arena, says), wanted);
}

static void a_link_says_where_it_leads(void **state)
{
    (void)state;
    assert_called("the licence", "https://www.example.org/licence?v=3",
                  "the licence (www.example.org)");
    assert_called("www.Example.org/licence", "www.example.org/licence", "www.Example.org/licence");
    assert_called("the figures", "http://example.org", "the figures (example.org)");
    assert_called("panel@example.org", "panel@example.org", "email panel@example.org");
    assert_called("the clerk", "mailto:panel@example.org?subject=Item",
                  "the clerk (email panel@example.org)");
}

static void refuses_links_that_lead_nowhere_or_run_things(void **state)
{
    (void)state;
    static const char *const links[] = {"#nowhere", "javascript:alert(1)", "file:///etc/passwd"};
    for (size_t i = 0; i < 3; i++) {
        struct document *document = sample();
        struct spans *spans = add_paragraph(&document->blocks, BLOCK_PARAGRAPH, "", "see ");
        spans_add(arena, spans, (struct span){.text = TEXT("this"), .link = text_from(links[i])});
        diags = diags_new(arena);
        only_error(document, DIAG_TEMPLATE);
    }
}

static void refuses_to_break_figures_of_a_table_too_wide(void **state)
{
    (void)state;
    struct document *document = sample();
    struct table *table = table_new(arena, TEXT("wide"), 1);
    set_column(table, 0, "Long figure", true, false);
    set_number(table_add_row(arena, table, ROW_BODY), 0, 1,
               "1,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,"
               "1,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,"
               "1,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,"
               "1,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,"
               "000,000,000,000,000,000,000,000,000,000");
    add_table(&document->blocks, table);
    const struct diag *found = only_error(document, DIAG_TEMPLATE);
    assert_true(text_contains(found->message, TEXT("column 'Long figure' do not fit")));
}

static void counts_pages_of_parts_over_the_gaps(void **state)
{
    (void)state;
    struct document *first = sample(), *second = sample();
    struct pdf_part parts[] = {
        {.document = first,
         .bookmark = TEXT("6 Crime"),
         .running_head = TEXT("Agenda item 6"),
         .pages_after = 7},
        {.document = second, .bookmark = TEXT_EMPTY, .running_head = TEXT_EMPTY},
    };
    struct text bytes;
    assert_true(pdf_render_parts(parts, 2, TEXT("Pack"), TEXT("en-GB"), (struct date){2022, 6, 22},
                                 arena, &diags, &bytes));
    assert_int_equal(parts[0].first_page, 1);
    assert_true(parts[0].page_count > 3);
    assert_int_equal(parts[1].first_page, 1 + parts[0].page_count + 7);
    assert_int_equal(parts[1].page_count, parts[0].page_count);
}

static void renders_odd_documents(void **state)
{
    (void)state;
    struct document *document = sample();
    struct table *table = table_new(arena, TEXT("empty"), 1);
    set_column(table, 0, "Nothing yet", false, false);
    document->blocks = (struct blocks){0};
    struct text bytes;
    assert_true(render(document, &bytes));
    add_heading(&document->blocks, 3, "", "");
    add_paragraph(&document->blocks, BLOCK_PARAGRAPH, "9", "");
    add_table(&document->blocks, table);
    blocks_add(arena, &document->blocks, BLOCK_LIST);
    blocks_add(arena, &document->blocks, BLOCK_DEFINITIONS);
    blocks_add(arena, &document->blocks, BLOCK_PAGE_BREAK);
    blocks_add(arena, &document->blocks, BLOCK_CHART)->chart = beat_chart(0);
    assert_true(render(document, &bytes));
}

static void write_file(int folder, const char *name, struct text bytes)
{
    unlinkat(folder, name, 0);
    if (!file_create(folder, &diags, text_from(name), bytes))
        exit(1);
}

/* One of everything on a few pages. */
static struct document *short_sample(void)
{
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = *sample();
    document->blocks = (struct blocks){0};
    document->contents = CONTENTS_YES;
    struct blocks *blocks = &document->blocks;
    add_front(document);
    add_prose(blocks);
    add_heading(blocks, 2, "2", "Recorded crime");
    add_table(blocks, crime_table());
    blocks_add(arena, blocks, BLOCK_CHART)->chart = beat_chart(4);
    add_heading(blocks, 2, "3", "Method");
    blocks->items[blocks->count - 1].anchor = TEXT("method");
    add_paragraph(
        blocks, BLOCK_PARAGRAPH, "",
        "Kancelaria Prezesa in Środa Śląska and Tŷ Ŵyl in Llanystumdŵy wrote to the "
        "panel; un\u00adpro\u00adnounce\u00adable hyphens show at ends of lines only, "
        "and 15\u00a0per\u00a0cent stays in one piece. See "
        "https://www.example.org/communities/crime-and-disorder/2021-22/quarter-4/tables");
    add_heading(blocks, 3, "3.1", "What the statuses mean");
    add_key(blocks);
    blocks_add(arena, blocks, BLOCK_PAGE_BREAK)->form = PAGE_LANDSCAPE;
    add_heading(blocks, 2, "Appendix A", "Action plan");
    struct table *actions = action_table();
    actions->rows += 6;
    actions->row_count = 4;
    add_table(blocks, actions);
    return document;
}

static int write_samples(const char *path)
{
    struct document *document = sample(), *second = sample();
    second->language = TEXT("cy");
    struct pdf_part parts[] = {
        {.document = document,
         .bookmark = TEXT("6 Community safety"),
         .running_head = TEXT("Agenda item 6"),
         .pages_after = 2},
        {.document = second, .bookmark = TEXT("7 Again"), .running_head = TEXT("Agenda item 7")},
    };
    struct text pdf = TEXT_EMPTY, pack = TEXT_EMPTY, few_pages = TEXT_EMPTY;
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    bool done = render(document, &pdf) && render(short_sample(), &few_pages) &&
                pdf_render_parts(parts, 2, TEXT("Pack for the panel"), TEXT("en-GB"),
                                 (struct date){2022, 6, 22}, arena, &diags, &pack);
    diags_print(&diags, stderr, LEVEL_INFO, false);
    if (folder < 0 || !done)
        return 1;
    write_file(folder, "sample.pdf", pdf);
    write_file(folder, "pack.pdf", pack);
    write_file(folder, "short.pdf", few_pages);
    write_file(folder, "sample.txt", expected_text(arena, document));
    close(folder);
    return 0;
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
        cmocka_unit_test_setup_teardown(renders_the_same_bytes_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_a_character_without_a_glyph_and_its_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(says_that_words_are_read_from_right_to_left, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(leaves_marks_out_that_show_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_bytes_that_are_not_utf8, set_up, tear_down),
        cmocka_unit_test_setup_teardown(says_which_header_is_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_link_says_where_it_leads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_links_that_lead_nowhere_or_run_things, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(refuses_to_break_figures_of_a_table_too_wide, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(counts_pages_of_parts_over_the_gaps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(renders_odd_documents, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
