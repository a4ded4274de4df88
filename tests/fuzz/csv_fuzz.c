/*
 * csv - rows of a text: those that libcsv alone makes of it, whole and cut into pieces. The first
 * byte chooses the delimiter and how the text is cut.
 */
#include "fuzz.h"

#include "read/csv_int.h"

#include <csv.h>

#define FIELD TEXT("\x1F")
#define ROW '\x1E'

/* Fields and rows, with a mark behind each. */
struct rows {
    struct buffer text;
    struct buffer lines; /* on which they begin, and what was refused */
    size_t end;          /* of the last row that is whole */
};

static void libcsv_field(void *bytes, size_t len, void *user)
{
    struct rows *rows = user;
    const char *field = bytes;
    for (size_t i = 0; i < len; i++) /* line ends in a field are single line feeds */
        if (field[i] != '\r')
            buffer_add_byte(&rows->text, field[i]);
        else if (i + 1 == len || field[i + 1] != '\n')
            buffer_add_byte(&rows->text, '\n');
    buffer_add(&rows->text, FIELD);
}

static void libcsv_row(int end, void *user)
{
    struct rows *rows = user;
    (void)end;
    buffer_add_byte(&rows->text, ROW);
    rows->end = rows->text.len;
}

static bool libcsv_alone(struct text t, char delimiter, struct rows *rows)
{
    struct csv_parser parser;
    FUZZ_HOLDS(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0);
    csv_set_delim(&parser, (unsigned char)delimiter);
    bool ok = csv_parse(&parser, t.ptr, t.len, libcsv_field, libcsv_row, rows) == t.len &&
              csv_fini(&parser, libcsv_field, libcsv_row, rows) == 0;
    csv_free(&parser);
    return ok;
}

static bool take(void *user, const struct record *row)
{
    struct rows *rows = user;
    buffer_format(&rows->lines, "%u%c", row->line, row->after_blank ? 'b' : ' ');
    for (size_t i = 0; i < row->count; i++) {
        buffer_add(&rows->text, row->fields[i]);
        buffer_add(&rows->text, FIELD);
    }
    libcsv_row(0, rows);
    return true;
}

/* In pieces of up to `most` bytes, whose sizes follow from the text. */
static bool in_pieces(struct arena *arena, struct text t, char delimiter, size_t most,
                      struct rows *rows)
{
    struct diags diags = diags_new(arena);
    struct csv_reader *reader =
        csv_open(arena, &diags, TEXT("a.csv"), delimiter, &limits_default, take, rows);
    bool more = true;
    for (size_t at = 0, size; more && at < t.len; at += size) {
        size = 1 + (at * 7 + (unsigned char)t.ptr[at]) % most;
        more = csv_add(reader, text_slice(t, at, at + size));
    }
    bool ok = csv_close(reader);
    FUZZ_HOLDS(ok == (diags.count == 0));
    for (size_t i = 0; i < diags.count; i++) {
        FUZZ_HOLDS(diags.items[i].place.line > 0);
        buffer_format(&rows->lines, "%u:%u %.*s", diags.items[i].place.line,
                      diags.items[i].place.column, TEXT_ARG(diags.items[i].message));
    }
    fuzz_messages(&diags);
    return ok;
}

static struct text whole_rows(struct rows *rows)
{
    return text_slice(buffer_text(&rows->text), 0, rows->end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t most[] = {1, 2, 3, 7, 64, 200};
    if (!size)
        return 0;
    struct arena *arena = arena_new();
    struct text t = text_copy(arena, (struct text){(const char *)data + 1, size - 1});
    char delimiter = ",;\t|"[data[0] % 4];
    struct rows rows[3];
    for (size_t i = 0; i < 3; i++)
        rows[i] = (struct rows){.text = {.arena = arena}, .lines = {.arena = arena}};
    bool expected = libcsv_alone(t, delimiter, &rows[0]);
    bool whole = in_pieces(arena, t, delimiter, SIZE_MAX, &rows[1]);
    bool cut = in_pieces(arena, t, delimiter, most[data[0] / 4 % 6], &rows[2]);
    if (t.len <= limits_default.field / 2) { /* below all caps but that of fields */
        FUZZ_HOLDS(!whole || text_equal(whole_rows(&rows[0]), whole_rows(&rows[1])));
        FUZZ_HOLDS(text_starts(whole_rows(&rows[0]), whole_rows(&rows[1])));
        FUZZ_HOLDS(t.len > limits_default.columns || whole == expected);
    }
    FUZZ_HOLDS(cut == whole);
    FUZZ_HOLDS(text_equal(whole_rows(&rows[1]), whole_rows(&rows[2])));
    FUZZ_HOLDS(text_equal(buffer_text(&rows[1].lines), buffer_text(&rows[2].lines)));
    arena_free(arena);
    return 0;
}
