/* support - what several test programs need; every function is static. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Texts are compared as strings so that a failure shows both. */
#define assert_text(arena, got, expected) assert_string_equal(text_cstr((arena), (got)), (expected))

/* Each test has an arena of its own in *state. */
static inline int arena_setup(void **state)
{
    *state = arena_new();
    return 0;
}

static inline int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

#define arena_test(function) cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

/* A folder of its own for a test, below the build folder; it goes with `make clean`. */
static inline struct text test_folder(struct arena *arena, const char *name)
{
    const char *build = getenv("BUILD");
    struct diags diags = diags_new(arena);
    struct text path =
        text_format(arena, "%s/test-folders/%s-XXXXXX", build ? build : "build", name);
    if (!folder_create(&diags, path_folder(path)) || !mkdtemp((char *)(uintptr_t)path.ptr))
        fail_msg("cannot make the folder %s", path.ptr);
    return path;
}

static inline struct text test_file(struct arena *arena, struct text folder, const char *name,
                                    struct text bytes)
{
    struct text path = path_join(arena, folder, text_from(name));
    FILE *file = fopen(path.ptr, "wb");
    if (!file || fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len || fclose(file) != 0)
        fail_msg("cannot write %s", path.ptr);
    return path;
}

/* All messages, a line each: "path:line:column: level: message [word]". */
static inline struct text diags_text(struct diags *diags)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    diags_print(diags, out, LEVEL_INFO, false);
    fclose(out);
    struct text copy = text_copy(diags->arena, (struct text){bytes, size});
    free(bytes);
    return copy;
}

static inline bool diags_said(const struct diags *diags, enum diag_kind kind)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i].kind == kind)
            return true;
    return false;
}

#define assert_contains(arena, got, part)                                                          \
    do {                                                                                           \
        if (!text_contains((got), text_from(part)))                                                \
            fail_msg("'%s' is not in: %s", (part), text_cstr((arena), (got)));                     \
    } while (0)

/* A CSV file with a header row; quoted fields may hold commas, line breaks and doubled quotes. */
struct csv_table {
    struct texts header;
    struct texts *rows;
    size_t count;
    size_t capacity;
};

static inline bool table_next_field(struct arena *arena, struct text bytes, size_t *at,
                                    struct text *field)
{
    struct buffer out = {.arena = arena};
    bool quoted = *at < bytes.len && bytes.ptr[*at] == '"';
    *at += quoted;
    for (; *at < bytes.len; ++*at) {
        char c = bytes.ptr[*at];
        if (quoted && c == '"') {
            quoted = *at + 1 < bytes.len && bytes.ptr[*at + 1] == '"';
            if (quoted)
                buffer_add_byte(&out, bytes.ptr[++*at]);
        } else if (!quoted && (c == ',' || c == '\n'))
            break;
        else if (quoted || c != '\r')
            buffer_add_byte(&out, c);
    }
    *field = buffer_text(&out);
    bool more = *at < bytes.len && bytes.ptr[*at] == ',';
    *at += *at < bytes.len;
    return more;
}

static inline bool table_read(struct arena *arena, struct text path, struct csv_table *out)
{
    struct diags diags = diags_new(arena);
    struct text bytes, field;
    *out = (struct csv_table){0};
    if (!file_read(arena, &diags, path, PLACE_NONE, FILE_CAP_TEXT, &bytes))
        return false;
    for (size_t at = 0; at < bytes.len;) {
        struct texts row = {0};
        bool more = true;
        while (more) {
            more = table_next_field(arena, bytes, &at, &field);
            texts_add(arena, &row, field);
        }
        if (!out->header.count) {
            out->header = row;
            continue;
        }
        out->rows = arena_grow(arena, out->rows, out->count, &out->capacity, sizeof row);
        out->rows[out->count++] = row;
    }
    return out->header.count > 0;
}

/* The cell of a row under a column's name; empty when there is no such column. */
static inline struct text table_cell(const struct csv_table *table, size_t row, const char *column)
{
    size_t at = texts_find(&table->header, text_from(column));
    return at < table->rows[row].count ? table->rows[row].items[at] : TEXT_EMPTY;
}

#endif
