#include "support.h"

#include "read/csv_int.h"

#include <csv.h>
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
    return csv_read(arena, diags, TEXT("a.csv"), text, delimiter, &limits_default, collect, rows);
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
    char *field = arena_alloc(arena, limits_default.field + 8);
    memset(field, 'x', limits_default.field + 1);
    check_refused(text_format(arena, "a\n%s\n", field).ptr, 2, 1,
                  "longer than 256 KiB ('field' in [limits])");
    check_refused(text_format(arena, "a\n\"%s\"\n", field).ptr, 2, 1,
                  "longer than 256 KiB ('field' in [limits])");
    char *commas = arena_alloc(arena, (unsigned)limits_default.columns + 8);
    memset(commas, ',', (unsigned)limits_default.columns);
    check_refused(commas, 1, (unsigned)limits_default.columns + 1, "16,384 fields");
    /* a quote that is never closed does not pull a large file into memory */
    struct buffer large = {.arena = arena};
    buffer_add(&large, TEXT("a,b\n1,\"2\n"));
    for (int i = 0; i < 160000; i++)
        buffer_add(&large, TEXT("1,2\n"));
    check_refused(buffer_text(&large).ptr, 2, 2, "is the quote that opens here closed?");
    field[limits_default.field] = '\0';
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

/* The fast lane and libcsv agree: a cell with a quote inside sends the same line to libcsv. */
static void both_lanes_agree(void **state)
{
    (void)state;
    static const char *const lines[] = {"a,b",  " a , b ", ",",   "a,,b", "a,\t", "\t,a",
                                        "a b,", " , ",     "a;b", "=1,2", "é,£"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct arena *arena = arena_new();
        struct diags diags = diags_new(arena);
        struct rows fast, quoted, slow;
        assert_true(read_all(arena, &diags, text_format(arena, "q,%s\n", lines[i]), ',', &fast));
        assert_true(
            read_all(arena, &diags, text_format(arena, "\"q\",%s\n", lines[i]), ',', &quoted));
        assert_true(
            read_all(arena, &diags, text_format(arena, "\"\"\"\",%s\n", lines[i]), ',', &slow));
        assert_int_equal(fast.fields.count, slow.fields.count);
        assert_int_equal(fast.fields.count, quoted.fields.count);
        for (size_t f = 0; f < fast.fields.count; f++) {
            assert_text(arena, quoted.fields.items[f], fast.fields.items[f].ptr);
            if (f > 0)
                assert_text(arena, slow.fields.items[f], fast.fields.items[f].ptr);
        }
        arena_free(arena);
    }
}

/* ---- our rows against libcsv's own, byte by byte ---- */

struct libcsv_rows {
    struct arena *arena;
    struct buffer rows; /* as text_of_rows() */
    bool begun;
};

/* Line ends inside a field are single line feeds. */
static void libcsv_field(void *bytes, size_t len, void *user)
{
    struct libcsv_rows *out = user;
    const char *field = bytes;
    buffer_add(&out->rows, out->begun ? TEXT("\x1F") : TEXT_EMPTY);
    out->begun = true;
    for (size_t i = 0; i < len; i++)
        if (field[i] != '\r')
            buffer_add_byte(&out->rows, field[i]);
        else if (i + 1 == len || field[i + 1] != '\n')
            buffer_add_byte(&out->rows, '\n');
}

static void libcsv_row(int end, void *user)
{
    struct libcsv_rows *out = user;
    (void)end;
    buffer_add_byte(&out->rows, '\x1E');
    out->begun = false;
}

/* The rows before the first one that libcsv refuses. */
static struct text libcsv_alone(struct arena *arena, struct text text, char delimiter, bool *ok)
{
    struct libcsv_rows out = {.arena = arena, .rows = {.arena = arena}};
    struct csv_parser parser;
    assert_int_equal(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), 0);
    csv_set_delim(&parser, (unsigned char)delimiter);
    *ok = csv_parse(&parser, text.ptr, text.len, libcsv_field, libcsv_row, &out) == text.len;
    *ok = *ok && csv_fini(&parser, libcsv_field, libcsv_row, &out) == 0;
    csv_free(&parser);
    struct text rows = buffer_text(&out.rows);
    while (!*ok && rows.len && rows.ptr[rows.len - 1] != '\x1E')
        rows.len--; /* the row that is refused */
    return rows;
}

/* Rows as libcsv_alone() writes them, and their lines. */
struct own_rows {
    struct buffer rows;
    struct buffer lines;
};

static bool write_row(void *user, const struct record *row)
{
    struct own_rows *own = user;
    struct buffer *out = &own->rows;
    buffer_format(&own->lines, "%u%s ", row->line, row->after_blank ? "b" : "");
    for (size_t i = 0; i < row->count; i++) {
        buffer_add(out, i ? TEXT("\x1F") : TEXT_EMPTY);
        buffer_add(out, row->fields[i]);
    }
    buffer_add_byte(out, '\x1E');
    return true;
}

/* Pieces of `size` bytes, the first of `first`. */
static struct own_rows in_pieces(struct arena *arena, struct text text, char delimiter,
                                 size_t first, size_t size, bool *ok)
{
    struct own_rows out = {.rows = {.arena = arena}, .lines = {.arena = arena}};
    struct diags diags = diags_new(arena);
    struct csv_reader *reader =
        csv_open(arena, &diags, TEXT("a.csv"), delimiter, &limits_default, write_row, &out);
    for (size_t at = 0, to = first; at < text.len; at = to, to += size)
        if (!csv_add(reader, text_slice(text, at, to)))
            break;
    *ok = csv_close(reader);
    assert_int_equal(diags.count, *ok ? 0 : 1);
    if (!*ok)
        buffer_format(&out.lines, "%u:%u %.*s", diags.items[0].place.line,
                      diags.items[0].place.column, TEXT_ARG(diags.items[0].message));
    return out;
}

/* Libcsv's rows, and the lines and messages of the text in one piece. */
static void check_against_libcsv(struct text text, char delimiter, size_t first, size_t size)
{
    struct arena *arena = arena_new();
    bool ok, whole_ok, expected_ok;
    struct text expected = libcsv_alone(arena, text, delimiter, &expected_ok);
    struct own_rows whole = in_pieces(arena, text, delimiter, text.len, 1, &whole_ok);
    struct own_rows got = in_pieces(arena, text, delimiter, first, size, &ok);
    if (ok != expected_ok || !text_equal(buffer_text(&got.rows), expected))
        fprintf(stderr, "'%.*s' in pieces of %zu and %zu\n", TEXT_ARG(text_escape(arena, text)),
                first, size);
    assert_int_equal(ok, expected_ok);
    assert_text(arena, buffer_text(&got.rows), text_cstr(arena, expected));
    assert_text(arena, buffer_text(&got.lines), buffer_text(&whole.lines).ptr);
    arena_free(arena);
}

/* A text of the bytes on which readers differ, and now and then of whole cells. */
static struct text nasty_text(struct arena *arena, unsigned *seed)
{
    static const char *const atoms[] = {",",     ";",       "\t",  "|",     "\"",   "\"\"",
                                        "\n",    "\r",      " ",   "\r\n",  "a",    "\xC3\xA9",
                                        "\"b\"", " \"c\" ", "1.5", "",      "\n\n", "\"d\n\"",
                                        "word",  ",,",      "\n",  "x,y\n", " \t",  "e,"};
    struct buffer out = {.arena = arena};
    unsigned quotes = next_random(seed) % 3; /* texts without any are a third */
    for (unsigned n = next_random(seed) % 40; n > 0; n--) {
        const char *atom = atoms[next_random(seed) % 24];
        if (quotes || !strchr(atom, '"'))
            buffer_add(&out, text_from(atom));
        if (next_random(seed) % 64 == 0) /* longer than what is looked at at once */
            for (unsigned i = next_random(seed) % 90; i > 0; i--)
                buffer_add_byte(&out, 'z');
    }
    return buffer_text(&out);
}

static void every_row_is_libcsvs_own(void **state)
{
    (void)state;
    unsigned seed = 20210401;
    for (int i = 0; i < 160000; i++) {
        struct arena *arena = arena_new();
        struct text text = nasty_text(arena, &seed);
        char delimiter = ",;\t|"[next_random(&seed) % 4];
        check_against_libcsv(text, delimiter, text.len, 1);
        check_against_libcsv(text, delimiter, 1 + next_random(&seed) % 9,
                             1 + next_random(&seed) % 70);
        arena_free(arena);
    }
}

static void pieces_may_end_anywhere(void **state)
{
    (void)state;
    static const char text[] =
        "a, b ,c\r\n\r\n1,\"2\r\n\"\"3\" ,4\r5,,\n \t\n\"x\",y,z\r\n"
        "a long line without any quote in it, with two delimiters, and more than 64 bytes\r\n"
        "the last,one,has no end";
    const struct text whole = text_from(text);
    for (size_t first = 1; first <= whole.len; first++)
        for (size_t size = 1; size <= 70; size++)
            check_against_libcsv(whole, ',', first, size);
}

static void a_line_that_never_ends_is_given_up(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct rows rows = {.arena = arena};
    struct csv_reader *reader =
        csv_open(arena, &diags, TEXT("a.csv"), ',', &limits_default, collect, &rows);
    struct buffer piece = {.arena = arena};
    for (int i = 0; i < 1000; i++)
        buffer_add(&piece, TEXT("0123456789,"));
    bool ok = csv_add(reader, TEXT("a,b\n"));
    for (int i = 0; i < 1000 && ok; i++)
        ok = csv_add(reader, buffer_text(&piece));
    assert_false(csv_close(reader));
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].kind, DIAG_CAP);
    assert_int_equal(diags.items[0].place.line, 2);
    arena_free(arena);
}

static void check_separator(const char *text, size_t size, char named)
{
    char found = '?';
    assert_int_equal(csv_separator_line(text_from(text), &found), size);
    if (size)
        assert_int_equal(found, named);
}

static void reads_excels_separator_line(void **state)
{
    (void)state;
    check_separator("sep=;\r\na;b\r\n", 7, ';');
    check_separator("SEP=\t\na\tb\n", 6, '\t');
    check_separator("sep=,\ra,b", 6, ',');
    check_separator("sep=|", 5, '|');
    check_separator("sep=^\na^b\n", 6, 0);
    check_separator("sep=\na,b\n", 0, 0);
    check_separator("sep=;;\n", 0, 0);
    check_separator("separate\n", 0, 0);
}

static void titles_and_notes_do_not_decide_the_delimiter(void **state)
{
    (void)state;
    assert_int_equal(csv_delimiter(TEXT("Harborough \xE2\x80\x93 Current year, 2021\n"
                                        "Measure;2020;2021\nBurglary;1;2\nTheft;3;4\n")),
                     ';');
    assert_int_equal(csv_delimiter(TEXT("Crimes; by type, month\nA\tB\n1,5\t2\n3\t4,5\n"
                                        "Source: police, 2021, provisional\n")),
                     '\t');
    assert_int_equal(csv_delimiter(TEXT("A;B\n1,5;2,5\n3,5;4\n")), ';');
    assert_int_equal(csv_delimiter(TEXT("A,B\n\"x;y;z\",1\n\"p;q;r\",2\n")), ',');
    assert_int_equal(csv_delimiter(TEXT("Title, 2021\nA;B\n")), ',');
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
        cmocka_unit_test(every_row_is_libcsvs_own),
        cmocka_unit_test(pieces_may_end_anywhere),
        cmocka_unit_test(a_line_that_never_ends_is_given_up),
        cmocka_unit_test(finds_the_delimiter),
        cmocka_unit_test(titles_and_notes_do_not_decide_the_delimiter),
        cmocka_unit_test(reads_excels_separator_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
