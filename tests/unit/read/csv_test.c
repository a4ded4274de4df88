#include "support.h"

#include "read/csv_int.h"

#include <string.h>

/* Rows as they came, for comparing. */
struct rows {
    struct arena *arena;
    struct texts fields; /* of all rows */
    size_t *counts;
    unsigned *lines;
    size_t count, capacity, line_capacity;
};

static void rows_add(struct rows *rows, unsigned line, const struct text *fields, size_t count)
{
    rows->counts =
        arena_grow(rows->arena, rows->counts, rows->count, &rows->capacity, sizeof *rows->counts);
    rows->lines = arena_grow(rows->arena, rows->lines, rows->count, &rows->line_capacity,
                             sizeof *rows->lines);
    rows->counts[rows->count] = count;
    rows->lines[rows->count++] = line;
    for (size_t i = 0; i < count; i++)
        texts_add(rows->arena, &rows->fields, text_copy(rows->arena, fields[i]));
}

static bool collect(void *user, const struct record *row)
{
    rows_add(user, row->line, row->fields, row->count);
    return true;
}

static bool read_all(struct arena *arena, struct diags *diags, struct text text, char delimiter,
                     struct rows *rows)
{
    *rows = (struct rows){.arena = arena};
    return csv_read(arena, diags, TEXT("a.csv"), text, delimiter, collect, rows);
}

/* "a|b" a line: the fields of each row, with its line before. */
static void check_rows(const char *csv, char delimiter, const char *expected)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct rows rows;
    struct buffer out = {.arena = arena};
    assert_true(read_all(arena, &diags, text_from(csv), delimiter, &rows));
    for (size_t r = 0, f = 0; r < rows.count; r++) {
        buffer_format(&out, "%u:", rows.lines[r]);
        for (size_t i = 0; i < rows.counts[r]; i++, f++)
            buffer_format(&out, "%s%.*s", i ? "|" : "", TEXT_ARG(rows.fields.items[f]));
        buffer_add_byte(&out, '/');
    }
    assert_text(arena, buffer_text(&out), expected);
    arena_free(arena);
}

static void reads_rows_and_lines(void **state)
{
    (void)state;
    check_rows("a,b\n1,2\n", ',', "1:a|b/2:1|2/");
    check_rows("a,b\r\n1,2", ',', "1:a|b/2:1|2/");
    check_rows("a,b\r1,2\r", ',', "1:a|b/2:1|2/");
    check_rows("a,b\n\n \t \n1,\n,2\n", ',', "1:a|b/4:1|/5:|2/");
    check_rows("\"a\",\"b\"\"c\"\n\"1,2\",3", ',', "1:a|b\"c/2:1,2|3/");
    check_rows("\"x\ny\r\nz\rw\",2\n3,4\n", ',', "1:x\ny\nz\nw|2/5:3|4/");
    check_rows("a, \"b, c\" , d \n", ',', "1:a|b, c|d/");
    check_rows("a\t b \t\"c\"\t\n", '\t', "1:a|b|c|/");
    check_rows("\"a\nb\"", ',', "1:a\nb/");
    check_rows("\"\",\"\"\n\n\"\"\n", ',', "1:|/3:/");
}

static void check_refused(const char *csv, unsigned line, unsigned column, const char *says)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct rows rows;
    assert_false(read_all(arena, &diags, text_from(csv), ',', &rows));
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].place.line, line);
    assert_int_equal(diags.items[0].place.column, column);
    assert_non_null(strstr(text_cstr(arena, diags.items[0].message), says));
    arena_free(arena);
}

static void refuses_quotes_by_the_line_where_they_open(void **state)
{
    (void)state;
    check_refused("a,b\n1,\"2\n3,4\n5,6\n", 2, 2, "never closed");
    check_refused("a,b\n1,2\n3,\"4", 3, 2, "never closed");
    check_refused("a,b\n\"x\ny\",\"z\n1,2\n", 3, 2, "never closed");
    check_refused("a,b\n1,\"2\n3,4\n5,\"6\"\n", 2, 2, "in the middle of line 4");
    check_refused("a,b\n1,\"2\"x\n", 2, 2, "stray quote");
    check_refused("a,b\n1,5\" pipe\n", 2, 2, "stray quote");
}

static void refuses_long_fields_and_rows(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *field = arena_alloc(arena, CSV_FIELD_CAP + 8);
    memset(field, 'x', CSV_FIELD_CAP + 1);
    check_refused(text_format(arena, "a\n%s\n", field).ptr, 2, 1, "longer than 65,536 bytes");
    check_refused(text_format(arena, "a\n\"%s\"\n", field).ptr, 2, 1, "longer than 65,536 bytes");
    char *commas = arena_alloc(arena, CSV_FIELDS_CAP + 8);
    memset(commas, ',', CSV_FIELDS_CAP);
    check_refused(commas, 1, CSV_FIELDS_CAP + 1, "16,384 fields");
    /* a quote that is never closed does not pull a large file into memory */
    struct buffer large = {.arena = arena};
    buffer_add(&large, TEXT("a,b\n1,\"2\n"));
    for (int i = 0; i < 40000; i++)
        buffer_add(&large, TEXT("1,2\n"));
    check_refused(buffer_text(&large).ptr, 2, 2, "is the quote that opens here closed?");
    field[CSV_FIELD_CAP] = '\0';
    struct rows rows;
    struct diags diags = diags_new(arena);
    assert_true(read_all(arena, &diags, text_format(arena, "\"%s\",%s", field, field), ',', &rows));
    assert_int_equal(rows.counts[0], 2);
    arena_free(arena);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static struct text random_field(struct arena *arena, unsigned *seed)
{
    static const char *const pieces[] = {"a", "Z", "7",  ",",  ";", "\t",   "|", "\"",
                                         " ", "é", "\n", "£1", "–", "\"\"", "=", "'"};
    struct buffer out = {.arena = arena};
    for (unsigned n = next_random(seed) % 6; n > 0; n--)
        buffer_add(&out, text_from(pieces[next_random(seed) % 16]));
    return buffer_text(&out);
}

static bool needs_quotes(struct text field, char delimiter)
{
    return text_find(field, delimiter, 0) < field.len || text_find(field, '"', 0) < field.len ||
           text_find(field, '\n', 0) < field.len || text_trim(field).len < field.len;
}

static void write_field(struct buffer *out, struct text field, char delimiter, const char *end,
                        bool quote)
{
    if (!quote && !needs_quotes(field, delimiter)) {
        buffer_add(out, field);
        return;
    }
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] == '\n')
            buffer_add(out, text_from(end));
        else
            buffer_add_byte(out, field.ptr[i]);
        if (field.ptr[i] == '"')
            buffer_add_byte(out, '"');
    }
    buffer_add_byte(out, '"');
}

static unsigned lines_in(const struct text *fields, size_t count)
{
    unsigned lines = 1;
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < fields[i].len; at++)
            lines += fields[i].ptr[at] == '\n';
    return lines;
}

static void check_round_trip(unsigned seed, char delimiter, const char *end)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct rows written = {.arena = arena}, got;
    struct buffer out = {.arena = arena};
    unsigned line = 1;
    for (unsigned r = next_random(&seed) % 9; r > 0; r--) {
        struct text fields[5];
        size_t count = 1 + next_random(&seed) % 5;
        for (size_t i = 0; i < count; i++) {
            fields[i] = random_field(arena, &seed);
            if (i)
                buffer_add_byte(&out, delimiter);
            /* a row that is one blank field is no row unless it has quotes */
            bool quote = next_random(&seed) % 4 == 0 || (count == 1 && !fields[i].len);
            write_field(&out, fields[i], delimiter, end, quote);
        }
        rows_add(&written, line, fields, count);
        line += lines_in(fields, count);
        if (r > 1 || next_random(&seed) % 2)
            buffer_add(&out, text_from(end));
        if (next_random(&seed) % 8 == 0 && r > 1) {
            buffer_add(&out, text_from(end));
            line++;
        }
    }
    assert_true(read_all(arena, &diags, buffer_text(&out), delimiter, &got));
    assert_int_equal(got.count, written.count);
    assert_int_equal(got.fields.count, written.fields.count);
    for (size_t r = 0; r < got.count; r++) {
        assert_int_equal(got.counts[r], written.counts[r]);
        assert_int_equal(got.lines[r], written.lines[r]);
    }
    for (size_t i = 0; i < got.fields.count; i++)
        assert_text(arena, got.fields.items[i], written.fields.items[i].ptr);
    arena_free(arena);
}

static void random_rows_come_back(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (unsigned seed = 1; seed <= 300; seed++)
        for (size_t d = 0; d < 4; d++)
            check_round_trip(seed * 7919u + (unsigned)d, ",;\t|"[d], ends[(seed + d) % 3]);
}

/* The fast lane and libcsv agree: a quoted cell in front sends the same line to libcsv. */
static void both_lanes_agree(void **state)
{
    (void)state;
    static const char *const lines[] = {"a,b",  " a , b ", ",",   "a,,b", "a,\t", "\t,a",
                                        "a b,", " , ",     "a;b", "=1,2", "é,£"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct arena *arena = arena_new();
        struct diags diags = diags_new(arena);
        struct rows fast, slow;
        assert_true(read_all(arena, &diags, text_format(arena, "q,%s\n", lines[i]), ',', &fast));
        assert_true(
            read_all(arena, &diags, text_format(arena, "\"q\",%s\n", lines[i]), ',', &slow));
        assert_int_equal(fast.fields.count, slow.fields.count);
        for (size_t f = 0; f < fast.fields.count; f++)
            assert_text(arena, fast.fields.items[f], slow.fields.items[f].ptr);
        arena_free(arena);
    }
}

static void finds_the_delimiter(void **state)
{
    (void)state;
    assert_int_equal(csv_delimiter(TEXT("a,b,c\n1;2;3;4")), ',');
    assert_int_equal(csv_delimiter(TEXT("\n \na;b, c;d\n")), ';');
    assert_int_equal(csv_delimiter(TEXT("a\tb\r1,2,3")), '\t');
    assert_int_equal(csv_delimiter(TEXT("a|b|c")), '|');
    assert_int_equal(csv_delimiter(TEXT("\"a,b,\nc,d\";e\n")), ';');
    assert_int_equal(csv_delimiter(TEXT("one column\n")), ',');
    assert_int_equal(csv_delimiter(TEXT("")), ',');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rows_and_lines),
        cmocka_unit_test(refuses_quotes_by_the_line_where_they_open),
        cmocka_unit_test(refuses_long_fields_and_rows),
        cmocka_unit_test(random_rows_come_back),
        cmocka_unit_test(both_lanes_agree),
        cmocka_unit_test(finds_the_delimiter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
