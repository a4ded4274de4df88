/* The rows of a large table, which are made one at a time: the same as those that are kept. */
#include "write/sheets_int.h"

#include "support.h"
#include "unit/write/example_document.h"

static struct table *crime(const struct document *document)
{
    return document->blocks.items[6].table;
}

static struct book book_of(struct arena *arena, struct diags *diags,
                           const struct document *document, unsigned workbook)
{
    struct book book;
    sheets_make(arena, diags, document, workbook, &book);
    return book;
}

static const struct book_sheet *crime_sheet(const struct book *book)
{
    for (size_t i = 0; i < book->count; i++)
        if (text_is(book->sheets[i].name, "Crime three years"))
            return &book->sheets[i];
    fail_msg("there is no such sheet");
    return NULL;
}

/* A document whose crime table has `rows` rows; long words and markers in some of them. */
static struct document document_of(struct arena *arena, size_t rows, bool is_high)
{
    struct document document = example_long_document(arena, ROWS_HELD);
    struct table *table = crime(&document);
    struct buffer words = {.arena = arena};
    for (int i = 0; i < 600; i++)
        buffer_add(&words, TEXT("several words "));
    table->rows[7].cells[0] = cell_text(TEXT("A name that takes more than one line of a sheet"));
    table->rows[8].cells[1].display =
        text_concat(arena, table->rows[8].cells[1].display, TEXT(" [r]"));
    table->rows[9].kind = ROW_OF_WHICH;
    table->rows[10].group = TEXT("A group");
    if (is_high)
        table->rows[11].cells[0] = cell_text(buffer_text(&words));
    document.release.formulas = true;
    table->row_count = rows;
    return document;
}

static void assert_same_cell(const struct book_cell *a, const struct book_cell *b)
{
    assert_int_equal(a->row, b->row);
    assert_int_equal(a->column, b->column);
    assert_int_equal(a->role, b->role);
    assert_int_equal(a->is_number, b->is_number);
    assert_true(text_equal(a->text, b->text));
    assert_true(!a->is_number || (a->number >= b->number && a->number <= b->number));
    assert_true(text_equal(a->format, b->format));
    assert_true(text_equal(a->formula, b->formula));
    assert_int_equal(a->right, b->right);
    assert_int_equal(a->wrap, b->wrap);
    assert_int_equal(a->indent, b->indent);
    assert_int_equal(a->middle, b->middle);
}

static void assert_same_rows(const struct book_sheet *kept, const struct book_sheet *made)
{
    struct book_rows *rows = book_rows_begin(kept), *others = book_rows_begin(made);
    struct book_row row, other;
    assert_null(kept->body);
    assert_non_null(made->body);
    for (unsigned c = 0; c < kept->column_count; c++)
        assert_true(kept->widths[c] >= made->widths[c] && kept->widths[c] <= made->widths[c]);
    size_t count = 0;
    for (; book_next_row(rows, &row); count += row.count) {
        assert_true(book_next_row(others, &other));
        assert_int_equal(row.number, other.number);
        assert_true(row.height >= other.height && row.height <= other.height);
        assert_int_equal(row.count, other.count);
        for (size_t i = 0; i < row.count; i++)
            assert_same_cell(&row.cells[i], &other.cells[i]);
    }
    assert_int_equal(count, kept->count);
    assert_true(book_next_row(others, &other)); /* the one too many */
    assert_false(book_next_row(others, &other));
    book_rows_end(rows);
    book_rows_end(others);
}

static void test_rows_that_are_made_are_as_those_that_are_kept(void **state)
{
    struct arena *arena = *state;
    static const unsigned workbooks[] = {WORKBOOK_PUBLISH, WORKBOOK_WORKING};
    for (size_t i = 0; i < 4; i++) {
        struct diags diags = diags_new(arena);
        struct document few = document_of(arena, ROWS_HELD, i % 2);
        struct document many = document_of(arena, ROWS_HELD + 1, i % 2);
        struct book kept = book_of(arena, &diags, &few, workbooks[i / 2]);
        struct book made = book_of(arena, &diags, &many, workbooks[i / 2]);
        assert_same_rows(crime_sheet(&kept), crime_sheet(&made));
        assert_int_equal(diags.count, 0);
    }
}

static void make_from_rows(const void *context, struct arena *arena, size_t r, struct row *out)
{
    const struct table *table = context;
    *out = table->rows[r];
    out->cells = arena_calloc(arena, table->column_count, sizeof *out->cells);
    for (size_t c = 0; c < table->column_count; c++) {
        out->cells[c] = table->rows[r].cells[c];
        out->cells[c].display = text_copy(arena, out->cells[c].display);
    }
}

/* A table like it whose rows are made anew whenever they are asked for. */
static void make_its_rows(struct arena *arena, struct document *document)
{
    struct table *table = crime(document), *behind = arena_alloc(arena, sizeof *behind);
    *behind = *table;
    table->rows = NULL;
    table->row_source = (struct row_source){make_from_rows, behind};
}

static void test_rows_can_come_from_elsewhere(void **state)
{
    struct arena *arena = *state;
    struct diags diags = diags_new(arena);
    struct document few = document_of(arena, ROWS_HELD, false), many;
    struct book kept = book_of(arena, &diags, &few, WORKBOOK_WORKING);
    many = document_of(arena, ROWS_HELD + 1, false);
    make_its_rows(arena, &many);
    struct book made = book_of(arena, &diags, &many, WORKBOOK_WORKING);
    assert_same_rows(crime_sheet(&kept), crime_sheet(&made));
    make_its_rows(arena, &few); /* kept all the same, since they are few */
    struct book again = book_of(arena, &diags, &few, WORKBOOK_WORKING);
    assert_int_equal(crime_sheet(&again)->count, crime_sheet(&kept)->count);
    struct text dump = document_dump(arena, &few);
    few = document_of(arena, ROWS_HELD, false);
    assert_true(text_equal(document_dump(arena, &few), dump));
}

static void test_what_is_wrong_with_a_made_row_is_told_once(void **state)
{
    struct arena *arena = *state;
    struct diags diags = diags_new(arena);
    struct document document = document_of(arena, ROWS_HELD + 1, false);
    crime(&document)->rows[900].cells[0] = cell_text(TEXT("a\vb"));
    book_of(arena, &diags, &document, WORKBOOK_PUBLISH);
    assert_int_equal(diags.count, 1);
    assert_true(diags_said(&diags, DIAG_ENCODING));
    assert_true(text_starts(diags.items[0].place.part, TEXT("Crime three years!B9")));
}

static void test_a_note_that_a_made_row_names_is_told_once(void **state)
{
    struct arena *arena = *state;
    struct diags diags = diags_new(arena);
    struct document document = document_of(arena, ROWS_HELD + 1, false);
    crime(&document)->rows[900].cells[0] = cell_text(TEXT("Theft [note 7]"));
    crime(&document)->rows[901].cells[0] = cell_text(TEXT("Theft [note 7]"));
    book_of(arena, &diags, &document, WORKBOOK_PUBLISH);
    assert_int_equal(diags.count, 1);
    assert_true(diags_said(&diags, DIAG_VALUE_CHECK));
    assert_true(text_starts(diags.items[0].place.part, TEXT("Crime three years!B9")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(test_rows_that_are_made_are_as_those_that_are_kept),
        arena_test(test_rows_can_come_from_elsewhere),
        arena_test(test_what_is_wrong_with_a_made_row_is_told_once),
        arena_test(test_a_note_that_a_made_row_names_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
