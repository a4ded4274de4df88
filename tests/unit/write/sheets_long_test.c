/* Texts that no cell can show: their beginning in the table, the whole in a sheet of its own. */
#include "write/sheets_int.h"

#include "support.h"
#include "unit/write/example_document.h"

static struct table *actions(const struct document *document)
{
    return document->blocks.items[7].table;
}

static struct book book_of(struct arena *arena, const struct document *document, unsigned workbook)
{
    struct diags diags = diags_new(arena);
    struct book book;
    assert_true(sheets_make(arena, &diags, document, workbook, &book));
    assert_int_equal(diags.count, 0);
    return book;
}

static const struct book_sheet *find_sheet(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->count; i++)
        if (text_is(book->sheets[i].name, name))
            return &book->sheets[i];
    return NULL;
}

/* `count` words that are all different, in sentences and paragraphs. */
static struct text words_of(struct arena *arena, int count)
{
    struct buffer out = {.arena = arena};
    for (int i = 1; i <= count; i++)
        buffer_format(&out, "ŵyl%d%s", i,
                      i == count    ? "."
                      : i % 70 == 0 ? ".\n"
                      : i % 11 == 0 ? ". "
                                    : " ");
    return buffer_text(&out);
}

/* One space wherever there is white space. */
static struct text plain(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < t.len; i++)
        buffer_add_byte(&out, t.ptr[i] == '\n' ? ' ' : t.ptr[i]);
    return buffer_text(&out);
}

/* The parts of the text of a cell, joined by spaces: what is in the rows with those words. */
static struct text parts_of(struct arena *arena, const struct book_sheet *sheet, const char *row,
                            const char *column)
{
    struct texts parts = {0};
    struct text cells[6] = {0};
    for (size_t i = 0; i < sheet->count; i++) {
        const struct book_cell *cell = &sheet->cells[i];
        if (cell->row <= sheet->header_row)
            continue;
        cells[cell->column] = cell->text;
        if (cell->column == 5 && text_is(cells[2], row) && text_is(cells[3], column)) {
            texts_add(arena, &parts, plain(arena, cell->text));
            assert_true(text_starts(cells[4], text_format(arena, "%zu of ", parts.count)));
        }
    }
    return texts_join(arena, &parts, TEXT(" "));
}

/* No part has more lines than a row of 409 points, 6 of them around the text, at 15.5 a line. */
static void assert_all_can_be_seen(const struct book_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const struct book_cell *cell = &sheet->cells[i];
        if (cell->row > sheet->header_row)
            assert_int_equal(sheets_fit(cell->text, sheet->widths[cell->column], 26),
                             cell->text.len);
    }
}

static const struct book_cell *update_cell(const struct book_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].row == sheet->header_row + 1 && sheet->cells[i].column == 5)
            return &sheet->cells[i];
    fail_msg("there is no update");
    return NULL;
}

static void test_a_long_text_is_whole_in_its_own_sheet(void **state)
{
    static const unsigned workbooks[] = {WORKBOOK_PUBLISH, WORKBOOK_WORKING};
    struct arena *arena = *state;
    struct document document = example_document(arena);
    struct text words = words_of(arena, 20000);
    struct text id = actions(&document)->rows[0].cells[0].display;
    actions(&document)->rows[0].cells[4] = cell_long_text(arena, words);
    for (size_t w = 0; w < 2; w++) {
        struct book book = book_of(arena, &document, workbooks[w]);
        const struct book_sheet *sheet = find_sheet(&book, "Long texts");
        assert_non_null(sheet);
        assert_ptr_equal(sheet, &book.sheets[book.count - 1]);
        assert_true(text_is(book.sheets[1].name, "Contents"));
        struct text parts = parts_of(arena, sheet, text_cstr(arena, id), "Update");
        assert_true(text_equal(parts, plain(arena, words)));
        assert_all_can_be_seen(sheet);
        const struct book_sheet *table = find_sheet(&book, "Actions");
        const struct book_cell *cell = update_cell(table);
        assert_true(text_starts(cell->text, TEXT("ŵyl1 ŵyl2 ")));
        assert_true(text_ends(cell->text, TEXT(".\n… (the whole is text 1 in the worksheet “Long "
                                               "texts”)")));
        assert_true(table->heights[cell->row] < ROW_HEIGHT_CAP);
        assert_int_equal(cell->link.len, 0);
    }
}

static bool has_link(const struct book_sheet *sheet, const char *to)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (text_is(sheet->cells[i].link, to))
            return true;
    return false;
}

static void test_links_lead_to_long_texts_where_there_are_some(void **state)
{
    struct arena *arena = *state;
    struct document document = example_document(arena);
    struct book book = book_of(arena, &document, WORKBOOK_PUBLISH);
    assert_null(find_sheet(&book, "Long texts"));
    assert_false(has_link(find_sheet(&book, "Contents"), "Long texts"));
    assert_false(has_link(find_sheet(&book, "Actions"), "Long texts"));
    actions(&document)->rows[0].cells[4] = cell_long_text(arena, words_of(arena, 1000));
    book = book_of(arena, &document, WORKBOOK_PUBLISH);
    assert_true(has_link(find_sheet(&book, "Contents"), "Long texts"));
    assert_true(has_link(find_sheet(&book, "Actions"), "Long texts"));
    assert_false(has_link(find_sheet(&book, "Crime three years"), "Long texts"));
}

/* Just as many words as the widest column can show, and some more. */
static void test_what_can_be_shown_stays_where_it_is(void **state)
{
    struct arena *arena = *state;
    struct document document = example_document(arena);
    int most = 100;
    while (!sheets_is_too_high(words_of(arena, most + 1), BOOK_BODY))
        most++;
    assert_true(most > 250 && most < 700);
    actions(&document)->rows[0].cells[4] = cell_long_text(arena, words_of(arena, most));
    struct book book = book_of(arena, &document, WORKBOOK_PUBLISH);
    const struct book_sheet *table = find_sheet(&book, "Actions");
    assert_null(find_sheet(&book, "Long texts"));
    assert_true(text_equal(update_cell(table)->text, words_of(arena, most)));
    assert_true(table->heights[table->header_row + 1] <= 26 * 15.5 + 6);
    actions(&document)->rows[0].cells[4] = cell_long_text(arena, words_of(arena, most + 1));
    book = book_of(arena, &document, WORKBOOK_PUBLISH);
    assert_non_null(find_sheet(&book, "Long texts"));
}

/* Many short lines are as high as many words. */
static void test_lists_and_words_without_spaces(void **state)
{
    struct arena *arena = *state;
    struct document document = example_document(arena);
    struct buffer lines = {.arena = arena}, word = {.arena = arena};
    for (int i = 1; i <= 200; i++)
        buffer_format(&lines, "• l%d%s", i, i < 200 ? "\n" : "");
    for (int i = 0; i < 40000; i++)
        buffer_add(&word, TEXT("ŵ"));
    actions(&document)->rows[0].cells[4] = cell_text(buffer_text(&lines));
    actions(&document)->rows[1].cells[4] = cell_text(buffer_text(&word));
    struct text ids[] = {actions(&document)->rows[0].cells[0].display,
                         actions(&document)->rows[1].cells[0].display};
    struct book book = book_of(arena, &document, WORKBOOK_PUBLISH);
    const struct book_sheet *sheet = find_sheet(&book, "Long texts");
    assert_true(text_equal(parts_of(arena, sheet, text_cstr(arena, ids[0]), "Update"),
                           plain(arena, buffer_text(&lines))));
    struct text parts = parts_of(arena, sheet, text_cstr(arena, ids[1]), "Update");
    size_t letters = 0;
    for (size_t i = 0; i < parts.len; i++)
        letters += parts.ptr[i] == "ŵ"[0];
    assert_int_equal(letters, 40000);
    assert_all_can_be_seen(sheet);
}

static bool says(const struct book_sheet *sheet, unsigned first, unsigned last, const char *words)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].row >= first && sheet->cells[i].row <= last &&
            text_contains(sheet->cells[i].text, text_from(words)))
            return true;
    return false;
}

/* Shorthand is declared where it stands: with the whole text, not with its beginning. */
static void test_shorthand_in_a_long_text(void **state)
{
    struct arena *arena = *state;
    struct document document = example_document(arena);
    struct text words = text_concat(arena, words_of(arena, 1000), TEXT(" So it is [low]."));
    actions(&document)->rows[0].cells[4] = cell_text(words);
    struct book book = book_of(arena, &document, WORKBOOK_PUBLISH);
    const struct book_sheet *sheet = find_sheet(&book, "Long texts");
    const struct book_sheet *notes = find_sheet(&book, "Notes");
    assert_true(says(sheet, 1, sheet->header_row - 1, "[low]"));
    assert_true(says(notes, notes->header_row, notes->last_row, "[low]"));
    assert_true(says(notes, notes->header_row, notes->last_row, "Long texts"));
    const struct book_sheet *table = find_sheet(&book, "Actions");
    assert_false(says(table, 0, table->last_row, "[low]"));
    actions(&document)->rows[0].cells[4] =
        cell_text(text_concat(arena, TEXT("[low] "), words_of(arena, 1000)));
    book = book_of(arena, &document, WORKBOOK_PUBLISH);
    table = find_sheet(&book, "Actions");
    assert_true(says(table, 0, table->header_row - 1, "[low]"));
}

/* A paragraph of the report, too. */
static void test_words_of_the_report(void **state)
{
    struct arena *arena = *state;
    struct document document = example_document(arena);
    struct block *block = blocks_add(arena, &document.blocks, BLOCK_PARAGRAPH);
    spans_add_text(arena, &block->paragraph.spans, plain(arena, words_of(arena, 2000)), 0);
    struct book book = book_of(arena, &document, WORKBOOK_PUBLISH);
    const struct book_sheet *sheet = find_sheet(&book, "Long texts");
    assert_non_null(sheet);
    for (size_t i = 0; i < sheet->count; i++)
        assert_true(sheet->cells[i].row <= sheet->header_row || sheet->cells[i].column != 1 ||
                    text_is(sheet->cells[i].text, "Report text"));
}

static void test_a_table_of_that_name_gets_another(void **state)
{
    struct arena *arena = *state;
    struct document document = example_document(arena);
    actions(&document)->name = TEXT("long-texts");
    actions(&document)->rows[0].cells[4] = cell_long_text(arena, words_of(arena, 1000));
    struct book book = book_of(arena, &document, WORKBOOK_PUBLISH);
    assert_non_null(find_sheet(&book, "Long texts"));
    assert_non_null(find_sheet(&book, "Long texts 2"));
}

/* Rows that are made one at a time say the same row of the sheet whenever they are made. */
static void test_rows_that_are_not_kept(void **state)
{
    struct arena *arena = *state;
    struct document document = example_long_document(arena, ROWS_HELD + 1);
    struct table *table = document.blocks.items[6].table;
    struct text label = table->rows[3].cells[0].display;
    table->rows[3].cells[3] = cell_text(plain(arena, words_of(arena, 3000)));
    table->rows[700].cells[3] = cell_text(plain(arena, words_of(arena, 5000)));
    struct book book = book_of(arena, &document, WORKBOOK_PUBLISH);
    const struct book_sheet *sheet = find_sheet(&book, "Crime three years");
    assert_non_null(sheet->body);
    size_t found = 0;
    for (int pass = 0; pass < 2; pass++) {
        struct book_rows *rows = book_rows_begin(sheet);
        for (struct book_row row; book_next_row(rows, &row);)
            for (size_t i = 0; row.number > sheet->header_row && i < row.count; i++)
                if (text_contains(row.cells[i].text, TEXT("Long texts"))) {
                    assert_true(row.height < ROW_HEIGHT_CAP);
                    found++;
                    assert_true(text_contains(row.cells[i].text, TEXT("is text 1 in")) ==
                                (found % 2 == 1));
                }
        book_rows_end(rows);
    }
    assert_int_equal(found, 4);
    struct text header = TEXT_EMPTY;
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].row == sheet->header_row && sheet->cells[i].column == 3)
            header = plain(arena, sheet->cells[i].text);
    struct text parts = parts_of(arena, find_sheet(&book, "Long texts"), text_cstr(arena, label),
                                 text_cstr(arena, header));
    assert_true(text_equal(parts, plain(arena, words_of(arena, 3000))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(test_a_long_text_is_whole_in_its_own_sheet),
        arena_test(test_links_lead_to_long_texts_where_there_are_some),
        arena_test(test_what_can_be_shown_stays_where_it_is),
        arena_test(test_lists_and_words_without_spaces),
        arena_test(test_shorthand_in_a_long_text),
        arena_test(test_words_of_the_report),
        arena_test(test_a_table_of_that_name_gets_another),
        arena_test(test_rows_that_are_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
