/* support - what several test programs need. Include it after nothing; every function is static. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Texts are compared as strings so that a failure shows both. */
#define assert_text(arena, got, expected) assert_string_equal(text_cstr((arena), (got)), (expected))

/* A CSV file with a header row; quoted fields may hold commas, line breaks and doubled quotes. */
struct table {
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

static inline bool table_read(struct arena *arena, struct text path, struct table *out)
{
    struct diags diags = diags_new(arena);
    struct text bytes, field;
    *out = (struct table){0};
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
static inline struct text table_cell(const struct table *table, size_t row, const char *column)
{
    size_t at = texts_find(&table->header, text_from(column));
    return at < table->rows[row].count ? table->rows[row].items[at] : TEXT_EMPTY;
}

#endif
