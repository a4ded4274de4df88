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
    add_chart(&document, example_control(arena));
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
                xlsx_render(&document, &options, arena, &diags, &xlsx) &&
                file_create(folder, &diags, TEXT("charts.pdf"), pdf) &&
                file_create(folder, &diags, TEXT("charts.xlsx"), xlsx);
    diags_print(&diags, stderr, LEVEL_INFO, false);
    if (folder >= 0)
        close(folder);
    return done ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 2) {
        set_up(NULL);
        int status = write_samples(argv[1]);
        tear_down(NULL);
        return status;
    }
    return 0;
}
