/* sheet_support - the records of one sheet of a workbook, as text. */
#ifndef TESTS_UNIT_READ_SHEET_SUPPORT_H
#define TESTS_UNIT_READ_SHEET_SUPPORT_H

#include "archive_support.h"

#include "read/read_int.h"

struct rows {
    struct arena *arena;
    struct diags diags;
    struct ini job;
    struct source source;
    struct buffer text; /* a line a record: "3: a|b|c"; "+" behind the number: blank rows above */
};

static inline int rows_setup(void **state)
{
    struct arena *arena = arena_new();
    struct rows *rows = arena_alloc(arena, sizeof *rows);
    rows->arena = arena;
    *state = rows;
    return 0;
}

static inline int rows_teardown(void **state)
{
    arena_free(((struct rows *)*state)->arena);
    return 0;
}

#define rows_test(function) cmocka_unit_test_setup_teardown(function, rows_setup, rows_teardown)

static inline bool rows_take(void *user, const struct record *row)
{
    struct rows *rows = user;
    buffer_format(&rows->text, "%u%s%s:", row->line, row->after_blank ? "+" : "",
                  rows->source.row_is_hidden ? " hidden" : "");
    for (size_t i = 0; i < row->count; i++)
        buffer_format(&rows->text, "%s%.*s", i ? "|" : " ", TEXT_ARG(row->fields[i]));
    buffer_add_byte(&rows->text, '\n');
    return true;
}

/* Reads a file of these bytes as a source with further keys; what came before is forgotten. */
static inline bool rows_read(struct rows *rows, struct text bytes, const char *keys)
{
    struct arena *arena = rows->arena;
    struct text folder = test_folder(arena, "rows");
    struct text path = test_file(arena, folder, "book.xlsx", bytes);
    struct text job =
        test_file(arena, folder, "job.ini", text_format(arena, "[source s]\n%s\n", keys));
    rows->diags = diags_new(arena);
    rows->text = (struct buffer){.arena = arena};
    assert_true(ini_read(arena, &rows->diags, job, &rows->job));
    rows->source = (struct source){.arena = arena,
                                   .limits = &limits_default,
                                   .diags = &rows->diags,
                                   .section = &rows->job.sections[0],
                                   .dataset = dataset_new(arena, TEXT("s")),
                                   .path = TEXT_EMPTY,
                                   .sheet = TEXT_EMPTY,
                                   .lookup = {.path = TEXT_EMPTY}};
    bool ok = export_read(&rows->source, path, PLACE_NONE, rows_take, rows);
    unlink(path.ptr);
    unlink(job.ptr);
    rmdir(folder.ptr);
    return ok;
}

static inline void assert_rows(struct rows *rows, struct text bytes, const char *keys,
                               const char *expected)
{
    if (!rows_read(rows, bytes, keys))
        fail_msg("refused: %s", diags_text(&rows->diags).ptr);
    assert_string_equal(buffer_text(&rows->text).ptr, expected);
}

/* Refused by one error, and no record was given. */
static inline void assert_not_read(struct rows *rows, struct text bytes, const char *keys,
                                   enum diag_kind kind, const char *words)
{
    assert_false(rows_read(rows, bytes, keys));
    assert_int_equal(rows->text.len, 0);
    size_t errors = 0;
    for (size_t i = 0; i < rows->diags.count; i++)
        if (diag_level(rows->diags.items[i].kind) == LEVEL_ERROR) {
            assert_string_equal(diag_word(rows->diags.items[i].kind), diag_word(kind));
            errors++;
        }
    assert_int_equal(errors, 1);
    assert_contains(rows->arena, diags_text(&rows->diags), words);
}

static inline size_t rows_count_kind(const struct rows *rows, enum diag_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < rows->diags.count; i++)
        count += rows->diags.items[i].kind == kind;
    return count;
}

#endif
