#include "document/document.h"

static void indent(struct buffer *out, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        buffer_add(out, TEXT("  "));
}

static void dump_span(struct buffer *out, const struct span *span)
{
    const char *mark = span->style == (SPAN_BOLD | SPAN_ITALIC) ? "***"
                       : span->style == SPAN_BOLD               ? "**"
                       : span->style == SPAN_ITALIC             ? "*"
                                                                : "";
    if (span->language.len)
        buffer_format(out, "%s[%.*s](lang:%.*s)%s", mark, TEXT_ARG(span->text),
                      TEXT_ARG(span->language), mark);
    else if (span->link.len)
        buffer_format(out, "%s[%.*s](%.*s)%s", mark, TEXT_ARG(span->text), TEXT_ARG(span->link),
                      mark);
    else
        buffer_format(out, "%s%.*s%s", mark, TEXT_ARG(span->text), mark);
}

static void dump_spans(struct buffer *out, const struct spans *spans)
{
    for (size_t i = 0; i < spans->count; i++)
        dump_span(out, &spans->items[i]);
    buffer_add_byte(out, '\n');
}

/* A cell on one line: line ends as " / ". */
static void dump_cell(struct buffer *out, const struct cell *cell)
{
    struct text text = cell->blocks.count ? blocks_plain_with(out->arena, &cell->blocks, dump_span)
                                          : cell->display;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            buffer_add(out, TEXT(" / "));
        else
            buffer_add_byte(out, text.ptr[i]);
    }
    if (cell->kind == CELL_NUMBER)
        buffer_format(out, " {%.*s}", TEXT_ARG(decimal_text(out->arena, cell->number)));
}

static void dump_table(struct buffer *out, const struct table *table, unsigned depth)
{
    static const char *const kinds[] = {"row",       "total",   "of which",
                                        "remainder", "outside", "comparator"};
    indent(out, depth);
    buffer_format(out, "table %.*s: %.*s\n", TEXT_ARG(table->name), TEXT_ARG(table->caption));
    if (table->shorthand.len) {
        indent(out, depth + 1);
        buffer_format(out, "%.*s\n", TEXT_ARG(table->shorthand));
    }
    indent(out, depth + 1);
    buffer_add(out, TEXT("columns:"));
    for (size_t c = 0; c < table->column_count; c++) {
        const struct column *column = &table->columns[c];
        buffer_format(out, "%s %.*s%s%s%s%s", c ? " |" : "", TEXT_ARG(column->header),
                      column->is_row_header ? " (row header)" : "",
                      column->align_right ? " (right)" : "", column->long_text ? " (long)" : "",
                      column->spans_rows ? " (merged)" : "");
    }
    buffer_add_byte(out, '\n');
    struct arena *scratch = arena_new();
    if (table->has_form) {
        indent(out, depth + 1);
        buffer_format(out, "page: %s\n", page_form_word(table->form));
    }
    struct text group = TEXT_EMPTY;
    for (size_t r = 0; r < table->row_count; r++) {
        const struct row *row = table_row(table, scratch, r);
        if (table->group_header.len && (r == 0 || !text_equal(row->group, group))) {
            indent(out, depth + 1);
            buffer_format(out, "%.*s: %.*s\n", TEXT_ARG(table->group_header), TEXT_ARG(row->group));
            group = row->group;
        }
        indent(out, depth + 1);
        buffer_format(out, "%s:", kinds[row->kind]);
        for (size_t c = 0; c < table->column_count; c++) {
            buffer_add(out, c ? TEXT(" | ") : TEXT(" "));
            dump_cell(out, &row->cells[c]);
        }
        buffer_add_byte(out, '\n');
        arena_reset(scratch);
    }
    arena_free(scratch);
    for (size_t i = 0; i < table->notes.count; i++) {
        indent(out, depth + 1);
        buffer_format(out, "note: %.*s\n", TEXT_ARG(table->notes.items[i]));
    }
    if (table->source.len) {
        indent(out, depth + 1);
        buffer_format(out, "source: %.*s\n", TEXT_ARG(table->source));
    }
}

static void dump_point(struct buffer *out, const struct chart *chart,
                       const struct chart_series *series, size_t category, unsigned depth)
{
    static const char *const words[] = {"bar", "bar", "point", "point", "dot", "point"};
    const struct chart_point *point = &series->points[category];
    indent(out, depth);
    buffer_format(out, "%s: %.*s%s%.*s | %.*s | %.*s%s", words[chart->kind],
                  TEXT_ARG(series->label), series->label.len ? ", " : "",
                  TEXT_ARG(chart->categories.items[category]), TEXT_ARG(point->display),
                  TEXT_ARG(point->change), point->is_signal ? " | signal" : "");
    if (point->has_range)
        buffer_format(out, " | {%.*s to %.*s}", TEXT_ARG(decimal_text(out->arena, point->low)),
                      TEXT_ARG(decimal_text(out->arena, point->high)));
    buffer_add_byte(out, '\n');
}

static void dump_chart(struct buffer *out, const struct chart *chart, unsigned depth)
{
    indent(out, depth);
    buffer_format(out, "chart %.*s: %.*s\n", TEXT_ARG(chart->name), TEXT_ARG(chart->caption));
    indent(out, depth + 1);
    buffer_format(out, "alt: %.*s\n", TEXT_ARG(chart->alt));
    indent(out, depth + 1);
    buffer_format(out, "axis: %.*s | %.*s\n", TEXT_ARG(chart->value_title),
                  TEXT_ARG(chart->change_title));
    if (chart->kind == CHART_MULTIPLES) {
        indent(out, depth + 1);
        buffer_format(out, "%zu small charts of %s, %s\n", chart_panels(chart),
                      chart->has_bars ? "bars" : "lines",
                      chart->own_scales ? "each on its own scale" : "on one scale");
    }
    for (size_t s = 0; s < chart->series_count; s++) {
        for (size_t i = 0; i < chart->categories.count; i++)
            dump_point(out, chart, &chart->series[s], i, depth + 1);
        for (size_t i = 0; i < chart->series[s].line_count; i++) {
            indent(out, depth + 1);
            buffer_format(out, "line: %.*s\n", TEXT_ARG(chart->series[s].lines[i].label));
        }
    }
    for (size_t i = 0; i < chart->line_count; i++) {
        indent(out, depth + 1);
        buffer_format(out, "line: %.*s\n", TEXT_ARG(chart->lines[i].label));
    }
    dump_table(out, chart->data, depth + 1);
}

static void dump_blocks(struct buffer *out, const struct blocks *blocks, unsigned depth);

static void dump_list(struct buffer *out, const struct list *list, unsigned depth)
{
    for (size_t i = 0; i < list->count; i++) {
        indent(out, depth);
        if (list->ordered)
            buffer_format(out, "item %zu:\n", list->first + i);
        else
            buffer_add(out, TEXT("item:\n"));
        dump_blocks(out, &list->items[i], depth + 1);
    }
}

static void dump_grid(struct buffer *out, const struct theme_grid *grid, unsigned depth)
{
    indent(out, depth);
    buffer_format(out, "grid %.*s, %u across: %.*s\n", TEXT_ARG(grid->name), grid->columns,
                  TEXT_ARG(grid->caption));
    for (size_t i = 0; i < grid->count; i++) {
        indent(out, depth + 1);
        buffer_add(out, TEXT("cell:\n"));
        dump_blocks(out, &grid->cells[i], depth + 2);
    }
}

static void dump_panel(struct buffer *out, const struct panel *panel, unsigned depth)
{
    indent(out, depth);
    buffer_format(out, "panel %.*s, %u across: %.*s\n", TEXT_ARG(panel->name), panel->columns,
                  TEXT_ARG(panel->caption));
    for (size_t i = 0; i < panel->count; i++) {
        const struct panel_fact *fact = &panel->facts[i];
        indent(out, depth + 1);
        buffer_format(out, "fact: %.*s | %.*s | %.*s\n", TEXT_ARG(fact->figure),
                      TEXT_ARG(fact->label), TEXT_ARG(fact->comparator));
    }
}

static void dump_image(struct buffer *out, const struct image *image, unsigned depth)
{
    const struct raster *raster = image->raster;
    indent(out, depth);
    buffer_format(out, "image: %u by %u, %s, %s: %.*s\n", raster->width, raster->height,
                  raster->channels == 1 ? "grey" : "colour", raster->is_jpeg ? "JPEG" : "PNG",
                  TEXT_ARG(image->caption));
    indent(out, depth + 1);
    buffer_format(out, "alt: %.*s\n", TEXT_ARG(image->alt));
}

static void dump_block(struct buffer *out, const struct block *block, unsigned depth)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        indent(out, depth);
        buffer_format(out, "heading %u #%.*s: %.*s%s", block->heading.level,
                      TEXT_ARG(block->anchor), TEXT_ARG(block->heading.number),
                      block->heading.number.len ? " " : "");
        dump_spans(out, &block->heading.spans);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE:
        indent(out, depth);
        buffer_format(out, "%s%s%.*s: ", block->kind == BLOCK_NOTE ? "note" : "paragraph",
                      block->paragraph.number.len ? " " : "", TEXT_ARG(block->paragraph.number));
        dump_spans(out, &block->paragraph.spans);
        break;
    case BLOCK_LIST:
        dump_list(out, &block->list, depth);
        break;
    case BLOCK_TABLE:
        dump_table(out, block->table, depth);
        break;
    case BLOCK_CHART:
        dump_chart(out, block->chart, depth);
        break;
    case BLOCK_DEFINITIONS:
        for (size_t i = 0; i < block->definitions.count; i++) {
            indent(out, depth);
            buffer_format(out, "definition: %.*s\n", TEXT_ARG(block->definitions.items[i].term));
            dump_blocks(out, &block->definitions.items[i].meaning, depth + 1);
        }
        break;
    case BLOCK_KEY:
        for (size_t i = 0; i < block->key.count; i++) {
            indent(out, depth);
            buffer_format(out, "key: %s: %.*s\n", rag_word(block->key.items[i].rag),
                          TEXT_ARG(block->key.items[i].meaning));
        }
        break;
    case BLOCK_CALLOUT:
        indent(out, depth);
        buffer_add(out, TEXT("callout:\n"));
        dump_blocks(out, &block->callout, depth + 1);
        break;
    case BLOCK_GRID:
        dump_grid(out, block->grid, depth);
        break;
    case BLOCK_PANEL:
        dump_panel(out, block->panel, depth);
        break;
    case BLOCK_IMAGE:
        dump_image(out, &block->image, depth);
        break;
    case BLOCK_PAGE_BREAK:
        indent(out, depth);
        buffer_format(out, "page: %s%s\n", page_form_word(block->form),
                      block->runs_on ? ", unless half of one is left" : "");
        break;
    case BLOCK_PLACEMENT:
        indent(out, depth);
        buffer_format(out, "placement: %.*s:%.*s\n", TEXT_ARG(block->placement.kind),
                      TEXT_ARG(block->placement.name));
        break;
    }
}

static void dump_blocks(struct buffer *out, const struct blocks *blocks, unsigned depth)
{
    for (size_t i = 0; i < blocks->count; i++)
        dump_block(out, &blocks->items[i], depth);
}

struct text document_dump(struct arena *arena, const struct document *document)
{
    struct buffer out = {.arena = arena};
    buffer_format(&out, "document %.*s\n", TEXT_ARG(document->name));
    buffer_format(&out, "title: %.*s\n", TEXT_ARG(document->title));
    buffer_format(&out, "organisation: %.*s\n", TEXT_ARG(document->organisation));
    buffer_format(&out, "period: %.*s\n", TEXT_ARG(document->period));
    buffer_format(&out, "as at: %.*s\n", TEXT_ARG(date_iso(arena, document->as_at)));
    buffer_format(&out, "language: %.*s\n", TEXT_ARG(document->language));
    buffer_format(&out, "page: %s\n", page_form_word(document->form));
    if (document->contents != CONTENTS_AUTOMATIC)
        buffer_format(&out, "contents: %s\n", document->contents == CONTENTS_YES ? "yes" : "no");
    dump_blocks(&out, &document->blocks, 0);
    buffer_add(&out, TEXT("notes:\n"));
    dump_blocks(&out, &document->notes, 1);
    return buffer_text(&out);
}
