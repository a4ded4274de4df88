/*
 * What may go wrong with a workbook between its making and its publication, made to go wrong:
 * parts removed, cut short or changed, each in an archive whose checksums are right.
 */
#include "write/write_int.h"

#include "read/zip_int.h"
#include "unit/read/archive_support.h"
#include "unit/write/example_document.h"
#include "write/sheets_int.h"

enum { PARTS_CAP = 80, FLIPS_EACH = 200 };

struct good {
    struct document document;
    struct part parts[PARTS_CAP];
    size_t count;
    struct text folder;
};

static bool take_piece(void *context, struct text piece)
{
    buffer_add(context, piece);
    return true;
}

static void unpack(struct arena *arena, struct good *good, struct text bytes)
{
    struct diags diags = diags_new(arena);
    struct archive *archive = archive_open(arena, &diags, bytes, PLACE_NONE, &limits_default);
    assert_non_null(archive);
    struct texts names = archive_names(archive);
    assert_true(names.count <= PARTS_CAP);
    for (size_t i = 0; i < names.count; i++) {
        struct buffer content = {.arena = arena};
        assert_true(archive_stream(archive, names.items[i], take_piece, &content));
        good->parts[i] = (struct part){text_cstr(arena, names.items[i]), buffer_text(&content).ptr};
    }
    good->count = names.count;
    archive_close(archive);
}

static struct good make_good_of(struct arena *arena, struct document document)
{
    struct diags diags = diags_new(arena);
    struct good good = {.document = document, .folder = test_folder(arena, "xlsx-mutation")};
    struct render_options options = {.scratch = good.folder};
    struct text bytes;
    assert_true(xlsx_render(&good.document, &options, arena, &diags, &bytes));
    unpack(arena, &good, bytes);
    return good;
}

static struct good make_good(struct arena *arena)
{
    return make_good_of(arena, example_document(arena));
}

/* Whether the workbook of these parts passes; when it does not, a message says so. */
static bool passes(const struct good *good, const struct part *parts, size_t count)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct text path =
        test_file(arena, good->folder, "mutant.xlsx", archive_of(arena, parts, count, true));
    bool ok = xlsx_verify(&good->document, path, arena, &diags);
    assert_int_equal(ok, !diags_said(&diags, DIAG_VERIFY));
    arena_free(arena);
    return ok;
}

static bool passes_with(const struct good *good, size_t number, const char *content)
{
    struct part parts[PARTS_CAP];
    memcpy(parts, good->parts, sizeof parts);
    parts[number].content = content;
    return passes(good, parts, good->count);
}

static size_t part_named(const struct good *good, const char *name)
{
    for (size_t i = 0; i < good->count; i++)
        if (strcmp(good->parts[i].name, name) == 0)
            return i;
    fail_msg("there is no part '%s'", name);
    return 0;
}

static void test_what_was_packed_again_passes(void **state)
{
    struct good good = make_good(*state);
    assert_true(good.count > 20);
    assert_true(passes(&good, good.parts, good.count));
}

static void test_every_missing_part_is_found(void **state)
{
    struct good good = make_good(*state);
    for (size_t gone = 0; gone < good.count; gone++) {
        struct part parts[PARTS_CAP];
        size_t count = 0;
        for (size_t i = 0; i < good.count; i++)
            if (i != gone)
                parts[count++] = good.parts[i];
        if (passes(&good, parts, count))
            fail_msg("nobody missed %s", good.parts[gone].name);
    }
}

static void test_every_part_that_is_cut_short_is_found(void **state)
{
    enum { CUTS = 7 }; /* the last one before the end, where a line end may stand */
    struct good good = make_good(*state);
    for (size_t i = 0; i < good.count; i++) {
        size_t length = strlen(good.parts[i].content);
        for (size_t cut = 0; cut < CUTS; cut++) {
            size_t kept = cut + 1 < CUTS ? length * cut / (CUTS - 1) : length - 2;
            struct text start = text_slice(text_from(good.parts[i].content), 0, kept);
            if (passes_with(&good, i, text_cstr(*state, start)))
                fail_msg("%s passes with %zu of %zu bytes", good.parts[i].name, kept, length);
        }
    }
}

/* Also one that an office program would take without a word. */
static void test_every_part_too_many_is_found(void **state)
{
    static const char *const names[] = {"xl/comments1.xml", "docProps/custom.xml",
                                        "xl/worksheets/sheet99.xml", "xl/vbaProject.bin",
                                        "xl/pivotCache/pivotCacheDefinition1.xml"};
    struct good good = make_good(*state);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct part parts[PARTS_CAP];
        memcpy(parts, good.parts, sizeof parts);
        parts[good.count] = (struct part){names[i], HEAD "<x/>"};
        assert_false(passes(&good, parts, good.count + 1));
    }
}

/* Flips bits of the characters between each `before` and `after`, some of them, one at a time. */
static size_t flip_between(struct arena *arena, const struct good *good, size_t number,
                           const char *before, const char *after, size_t step)
{
    const char *content = good->parts[number].content;
    size_t tried = 0, place = 0;
    for (const char *at = strstr(content, before); at && tried < FLIPS_EACH;
         at = strstr(at + 1, before)) {
        const char *first = at + strlen(before), *end = strstr(first, after);
        for (const char *c = first; c < end; c++) {
            if (place++ % step)
                continue;
            char *copy = arena_alloc(arena, strlen(content) + 1);
            strcpy(copy, content);
            copy[c - content] ^= 1;
            tried++;
            if (passes_with(good, number, copy))
                fail_msg("%s passes with '%c' for '%c' in %.60s", good->parts[number].name,
                         copy[c - content], *c, at);
        }
    }
    return tried;
}

static void test_changed_values_are_found(void **state)
{
    struct good good = make_good(*state);
    size_t strings = part_named(&good, "xl/sharedStrings.xml"), tried = 0;
    for (size_t i = 0; i < good.count; i++)
        if (strstr(good.parts[i].name, "xl/worksheets/sheet"))
            tried += flip_between(*state, &good, i, "<v>", "</v>", 1);
    assert_true(tried > 50);
    assert_true(flip_between(*state, &good, strings, "<t>", "</t>", 17) > 20);
}

static void test_changed_places_and_types_of_cells_are_found(void **state)
{
    struct good good = make_good(*state);
    size_t sheet = part_named(&good, "xl/worksheets/sheet5.xml");
    assert_true(flip_between(*state, &good, sheet, "<c r=\"", "\"", 3) > 10);
    assert_true(flip_between(*state, &good, sheet, " t=\"", "\"", 2) > 2);
    assert_true(flip_between(*state, &good, sheet, "<row r=\"", "\"", 1) > 5);
}

static void test_changed_tables_are_found(void **state)
{
    struct good good = make_good(*state);
    size_t table = part_named(&good, "xl/tables/table5.xml");
    assert_true(flip_between(*state, &good, table, " ref=\"", "\"", 1) > 4);
    assert_true(flip_between(*state, &good, table, " displayName=\"", "\"", 3) > 4);
    assert_true(flip_between(*state, &good, table, "<tableColumn id=\"1\" name=\"", "\"", 1) > 4);
}

static void test_changed_links_and_names_are_found(void **state)
{
    struct good good = make_good(*state);
    size_t book = part_named(&good, "xl/workbook.xml");
    size_t contents = part_named(&good, "xl/worksheets/sheet2.xml");
    assert_true(flip_between(*state, &good, contents, " location=\"", "\"", 3) > 10);
    assert_true(flip_between(*state, &good, contents, "<hyperlink ref=\"", "\"", 1) > 5);
    assert_true(flip_between(*state, &good, book, "<definedName name=\"", "\"", 5) > 5);
    assert_true(flip_between(*state, &good, book, "<sheet name=\"", "\"", 3) > 5);
}

static void replace(struct arena *arena, const struct good *good, const char *part, const char *old,
                    const char *new)
{
    size_t number = part_named(good, part);
    const char *content = good->parts[number].content, *at = strstr(content, old);
    assert_non_null(at);
    struct text changed =
        text_format(arena, "%.*s%s%s", (int)(at - content), content, new, at + strlen(old));
    if (passes_with(good, number, changed.ptr))
        fail_msg("%s passes with '%s' for '%s'", part, new, old);
}

/* Nothing of these is a value of a cell, and each changes what a reader sees or can find. */
static void test_what_shows_or_hides_values_is_found(void **state)
{
    static const char sheet[] = "xl/worksheets/sheet5.xml";
    static const char styles[] = "xl/styles.xml";
    struct good good = make_good(*state);
    replace(*state, &good, styles, "formatCode=\"+#,##0.0%", "formatCode=\"+#,##0.00%");
    replace(*state, &good, styles, "formatCode=\"#,##0;", "formatCode=\"#,##0.0;");
    replace(*state, &good, sheet, "<row r=\"6\"", "<row r=\"6\" hidden=\"1\"");
    replace(*state, &good, sheet, "<col min=\"2\"", "<col hidden=\"1\" min=\"2\"");
    replace(*state, &good, sheet, "</sheetData>",
            "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>");
    replace(*state, &good, sheet, "<v>5005</v>", "<f>5000+5</f><v>5005</v>");
    replace(*state, &good, "xl/workbook.xml", "<sheet name=\"Cover\"",
            "<sheet state=\"hidden\" name=\"Cover\"");
    replace(*state, &good, "xl/workbook.xml", "<definedNames>",
            "<definedNames><definedName name=\"kept\">\"secret\"</definedName>");
    replace(*state, &good, "xl/sharedStrings.xml", "</sst>", "<si><t>secret</t></si></sst>");
    replace(*state, &good, "[Content_Types].xml", "/xl/styles.xml", "/xl/style.xml");
    replace(*state, &good, "xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml",
            "worksheets/sheet3.xml");
}

/* The sheet of a table whose rows are made, written and read one at a time. */
static const char long_sheet[] = "xl/worksheets/sheet5.xml";

static struct good make_long(struct arena *arena)
{
    struct good good = make_good_of(arena, example_long_document(arena, ROWS_HELD + 10));
    const char *content = good.parts[part_named(&good, long_sheet)].content;
    assert_non_null(strstr(content, "t=\"inlineStr\""));
    assert_null(strstr(content, " t=\"s\""));
    return good;
}

static void test_a_long_table_that_was_packed_again_passes(void **state)
{
    struct good good = make_long(*state);
    assert_true(passes(&good, good.parts, good.count));
}

static void test_changed_cells_of_a_long_table_are_found(void **state)
{
    struct good good = make_long(*state);
    size_t sheet = part_named(&good, long_sheet);
    assert_true(flip_between(*state, &good, sheet, "<v>", "</v>", 211) > 40);
    assert_true(flip_between(*state, &good, sheet, "<t>", "</t>", 499) > 40);
    assert_true(flip_between(*state, &good, sheet, "<c r=\"", "\"", 499) > 30);
    assert_true(flip_between(*state, &good, sheet, " t=\"", "\"", 499) > 10);
    assert_true(flip_between(*state, &good, sheet, "<row r=\"", "\"", 101) > 20);
}

/* Takes out, or doubles, what begins with `first` and ends behind the next `last`. */
static void assert_piece_is_needed(struct arena *arena, const struct good *good, const char *first,
                                   const char *last)
{
    size_t number = part_named(good, long_sheet);
    const char *content = good->parts[number].content, *at = strstr(content, first);
    assert_non_null(at);
    const char *end = strstr(at, last) + strlen(last);
    int before = (int)(at - content), length = (int)(end - at);
    struct text without = text_format(arena, "%.*s%s", before, content, end);
    struct text twice = text_format(arena, "%.*s%.*s%s", before, content, length, at, at);
    if (passes_with(good, number, without.ptr))
        fail_msg("nobody missed %.*s", length, at);
    if (passes_with(good, number, twice.ptr))
        fail_msg("%.*s may be there twice", length, at);
}

static void test_lost_cells_and_rows_of_a_long_table_are_found(void **state)
{
    struct good good = make_long(*state);
    assert_piece_is_needed(*state, &good, "<row r=\"500\"", "</row>");
    assert_piece_is_needed(*state, &good, "<row r=\"1022\"", "</row>"); /* the last */
    assert_piece_is_needed(*state, &good, "<c r=\"D700\"", "</c>");
    assert_piece_is_needed(*state, &good, "<c r=\"A1\"", "</c>");
    replace(*state, &good, long_sheet, "<row r=\"500\"", "<row hidden=\"1\" r=\"500\"");
    replace(*state, &good, long_sheet, "<c r=\"B700\" s=\"", "<c r=\"B700\" s=\"1");
    replace(*state, &good, long_sheet, "<c r=\"B700\" s=\"", "<c r=\"B700\" t=\"str\" s=\"");
}

/* All of a sheet but what stands around its cells. */
static void test_a_long_table_that_is_gone_is_found(void **state)
{
    struct good good = make_long(*state);
    size_t number = part_named(&good, long_sheet);
    const char *content = good.parts[number].content;
    const char *first = strstr(content, "<row "), *end = strstr(content, "</sheetData>");
    struct text empty = text_format(*state, "%.*s%s", (int)(first - content), content, end);
    assert_false(passes_with(&good, number, empty.ptr));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(test_what_was_packed_again_passes),
        arena_test(test_every_missing_part_is_found),
        arena_test(test_every_part_that_is_cut_short_is_found),
        arena_test(test_every_part_too_many_is_found),
        arena_test(test_changed_values_are_found),
        arena_test(test_changed_places_and_types_of_cells_are_found),
        arena_test(test_changed_tables_are_found),
        arena_test(test_changed_links_and_names_are_found),
        arena_test(test_what_shows_or_hides_values_is_found),
        arena_test(test_a_long_table_that_was_packed_again_passes),
        arena_test(test_changed_cells_of_a_long_table_are_found),
        arena_test(test_lost_cells_and_rows_of_a_long_table_are_found),
        arena_test(test_a_long_table_that_is_gone_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
