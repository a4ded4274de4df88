/*
 * How many pages a second of processor time the PDF renderer makes, tagged and compressed, and what
 * a page takes of memory; and the same glyphs and rectangles drawn with libharu alone, without
 * layout or tags. pdf_pages ours PAGES     lays out and renders tables of about that many pages
 *   pdf_pages wide TABLES    the same of tables with 400 rows and 12 columns, on landscape pages
 *   pdf_pages rows ROWS      the same of one table of that many rows and 6 columns
 *   pdf_pages words UPDATES  the same of a table of actions with updates of 20,000 words each
 *   pdf_pages report PAGES   the same of pages with a heading and a table of 48 rows and 8 columns,
 *                            as other programs are given to draw
 *   pdf_pages replay PAGES   lays them out, then times libharu drawing what stands on the pages
 */
#include "write/pdf_int.h"
#include "write/write_int.h"

#include <hpdf.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { COLUMNS = 6, ROWS_A_PAGE = 42, ROWS_A_TABLE = 400, WORDS = 20000 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* other programs may run beside it */
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct table *make_table(struct arena *arena, size_t number, size_t rows, size_t columns)
{
    struct table *table = table_new(arena, text_format(arena, "table %zu", number), columns);
    table->caption = text_format(arena, "Recorded crime by ward, part %zu", number);
    for (size_t c = 0; c < columns; c++)
        table->columns[c] = (struct column){.header = text_format(arena, "Column %zu", c),
                                            .is_row_header = c == 0,
                                            .align_right = c > 0};
    for (size_t r = 0; r < rows; r++) {
        struct row *row = table_add_row(arena, table, ROW_BODY);
        row->cells[0] = cell_text(text_format(arena, "Burglary in ward %zu", r));
        for (size_t c = 1; c < columns; c++)
            row->cells[c] = cell_number(decimal_from((int64_t)(r * c)),
                                        text_format(arena, "%zu.5", r * c), FORMAT_NUMBER, 1);
    }
    return table;
}

static struct document new_document(struct arena *arena)
{
    struct document document = {.name = TEXT("bench"),
                                .title = TEXT("Bench"),
                                .subtitle = TEXT_EMPTY,
                                .organisation = TEXT("Sampleton Council"),
                                .language = TEXT("en-GB"),
                                .period = TEXT("2021/22"),
                                .footer = TEXT("Sampleton Council"),
                                .contents = CONTENTS_NO};
    struct block *title = blocks_add(arena, &document.blocks, BLOCK_HEADING);
    title->heading.level = 1;
    title->heading.number = TEXT_EMPTY;
    spans_add_text(arena, &title->heading.spans, document.title, 0);
    return document;
}

static struct document make_document(struct arena *arena, size_t pages)
{
    struct document document = new_document(arena);
    for (size_t i = 0; i * ROWS_A_TABLE < pages * ROWS_A_PAGE; i++)
        blocks_add(arena, &document.blocks, BLOCK_TABLE)->table =
            make_table(arena, i, ROWS_A_TABLE, COLUMNS);
    return document;
}

static struct document make_wide(struct arena *arena, size_t tables)
{
    struct document document = new_document(arena);
    document.form = PAGE_LANDSCAPE;
    for (size_t i = 0; i < tables; i++)
        blocks_add(arena, &document.blocks, BLOCK_TABLE)->table =
            make_table(arena, i, ROWS_A_TABLE, 12);
    return document;
}

static struct document make_rows(struct arena *arena, size_t rows)
{
    struct document document = new_document(arena);
    blocks_add(arena, &document.blocks, BLOCK_TABLE)->table = make_table(arena, 0, rows, COLUMNS);
    return document;
}

static struct document make_words(struct arena *arena, size_t updates)
{
    struct document document = new_document(arena);
    struct table *table = table_new(arena, TEXT("actions"), 2);
    table->columns[0] = (struct column){.header = TEXT("Id"), .is_row_header = true};
    table->columns[1] = (struct column){.header = TEXT("Update"), .long_text = true};
    for (size_t i = 0; i < updates; i++) {
        struct row *row = table_add_row(arena, table, ROW_BODY);
        struct buffer words = {.arena = arena};
        for (size_t w = 0; w < WORDS; w++)
            buffer_format(&words, w % 15 == 14 ? "word%zu. " : "word%zu ", w * 7 % 997);
        row->cells[0] = cell_text(text_format(arena, "KA.%02zu", i));
        row->cells[1] = cell_text(TEXT_EMPTY);
        blocks_add_paragraph(arena, &row->cells[1].blocks, text_trim(buffer_text(&words)));
    }
    blocks_add(arena, &document.blocks, BLOCK_TABLE)->table = table;
    return document;
}

static struct document make_report(struct arena *arena, size_t pages)
{
    struct document document = new_document(arena);
    for (size_t i = 0; i < pages; i++) {
        struct block *heading = blocks_add(arena, &document.blocks, BLOCK_HEADING);
        heading->heading.level = 2;
        heading->heading.number = TEXT_EMPTY;
        spans_add_text(arena, &heading->heading.spans,
                       text_format(arena, "Table %zu. Recorded crime by district", i + 1), 0);
        blocks_add(arena, &document.blocks, BLOCK_TABLE)->table = make_table(arena, i, 48, 8);
    }
    return document;
}

/* The memory of the process in KiB: now, and at most. */
static long memory_now(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file && fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return pages * 4;
}

static void say(const char *what, size_t pages, double seconds, size_t bytes, long before)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-28s %6zu pages %7.2f s %6.0f pages/s %7.1f MiB %6.1f KiB a page, file %zu KiB\n",
           what, pages, seconds, (double)pages / seconds, (double)usage.ru_maxrss / 1024,
           (double)(usage.ru_maxrss - before) / (double)pages, bytes / 1024);
}

static int ours(struct arena *arena, struct diags *diags, const struct document *document,
                const char *what)
{
    struct pdf_part part = {
        .document = document, .bookmark = TEXT_EMPTY, .running_head = TEXT_EMPTY};
    struct text bytes;
    long before = memory_now();
    double start = now();
    bool done = pdf_render_parts(&part, 1, document->title, document->language, document->as_at,
                                 arena, diags, &bytes);
    double seconds = now() - start;
    diags_print(diags, stderr, LEVEL_INFO, false);
    if (done)
        say(text_format(arena, "PDF, tagged: %s", what).ptr, part.page_count, seconds, bytes.len,
            before);
    return done ? 0 : 1;
}

struct player {
    HPDF_Doc pdf;
    HPDF_Font fonts[FONTS];
    HPDF_Page page;
    double height;
};

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    (void)data;
    fprintf(stderr, "libharu: 0x%04lX %lu\n", (unsigned long)error, (unsigned long)detail);
    exit(1);
}

static void play_text(struct player *player, struct arena *arena, double x, double y, unsigned font,
                      double size, struct text text)
{
    HPDF_Page_BeginText(player->page);
    HPDF_Page_SetFontAndSize(player->page, player->fonts[font], (HPDF_REAL)size);
    HPDF_Page_SetRGBFill(player->page, 0.1F, 0.1F, 0.1F);
    HPDF_Page_TextOut(player->page, (HPDF_REAL)x, (HPDF_REAL)(player->height - y),
                      text_cstr(arena, text));
    HPDF_Page_EndText(player->page);
}

static void play_item(struct player *player, struct arena *arena, const struct item *item)
{
    if (item->kind == ITEM_TEXT) {
        play_text(player, arena, item->x, item->y, item->font, item->size, item->text);
    } else if (item->kind == ITEM_FILL) {
        HPDF_Page_SetRGBFill(player->page, 0.75F, 0.8F, 0.83F);
        HPDF_Page_Rectangle(player->page, (HPDF_REAL)item->x,
                            (HPDF_REAL)(player->height - item->y - item->height),
                            (HPDF_REAL)item->width, (HPDF_REAL)item->height);
        HPDF_Page_Fill(player->page);
    }
}

static struct player player_new(void)
{
    static const char *const files[FONTS] = {"Regular", "Bold", "Italic", "BoldItalic"};
    struct player player = {.pdf = HPDF_New(on_error, NULL)};
    HPDF_SetCompressionMode(player.pdf, HPDF_COMP_ALL);
    HPDF_SetPagesConfiguration(player.pdf, 64);
    HPDF_UseUTFEncodings(player.pdf);
    for (unsigned i = 0; i < FONTS; i++) {
        char path[128];
        snprintf(path, sizeof path, "/usr/share/fonts/truetype/liberation2/LiberationSans-%s.ttf",
                 files[i]);
        const char *name = HPDF_LoadTTFontFromFile(player.pdf, path, HPDF_TRUE);
        player.fonts[i] = HPDF_GetFont(player.pdf, name, "UTF-8");
    }
    return player;
}

static int replay(struct arena *arena, struct diags *diags, const struct document *document)
{
    struct canvas_properties properties = {.title = document->title, .language = TEXT("en-GB")};
    struct canvas *canvas = canvas_new(arena, diags, &properties);
    struct strips strips = {0};
    struct outline outline = {0};
    layout_document(arena, canvas_metrics(canvas), diags, document, NULL, &strips, &outline);
    struct pages pages = layout_pages(arena, &strips, document->form);
    long before = memory_now();
    double start = now();
    struct player player = player_new();
    for (size_t p = 0; p < pages.count; p++) {
        const struct page *page = &pages.items[p];
        player.page = HPDF_AddPage(player.pdf);
        player.height = page_height(page->form);
        HPDF_Page_SetWidth(player.page, (HPDF_REAL)page_width(page->form));
        HPDF_Page_SetHeight(player.page, (HPDF_REAL)player.height);
        for (size_t i = 0; i < page->count; i++)
            play_item(&player, arena, &page->items[i]);
        play_text(&player, arena, page_margin, 36, 0, 8.5, document->title);
        play_text(&player, arena, page_margin, player.height - 30, 0, 8.5, document->footer);
        play_text(&player, arena, 480, player.height - 30, 0, 8.5,
                  text_format(arena, "Page %zu of %zu", p + 1, pages.count));
    }
    HPDF_SaveToStream(player.pdf);
    size_t bytes = HPDF_GetStreamSize(player.pdf);
    say("libharu alone, same drawing", pages.count, now() - start, bytes, before);
    HPDF_Free(player.pdf);
    canvas_free(canvas);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    size_t pages = strtoul(argv[2], NULL, 10);
    struct document (*make)(struct arena *, size_t) = strcmp(argv[1], "wide") == 0    ? make_wide
                                                      : strcmp(argv[1], "rows") == 0  ? make_rows
                                                      : strcmp(argv[1], "words") == 0 ? make_words
                                                      : strcmp(argv[1], "report") == 0
                                                          ? make_report
                                                          : make_document;
    struct document document = make(arena, pages);
    int status = strcmp(argv[1], "replay") == 0 ? replay(arena, &diags, &document)
                                                : ours(arena, &diags, &document, argv[1]);
    arena_free(arena);
    return status;
}
