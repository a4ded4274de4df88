#include "read/csv_int.h"

#include <csv.h>
#include <string.h>

/*
 * libcsv looks at each byte in turn. Most lines of an export hold no quote, and these are split
 * here with memchr, to the same result; lines with quotes go to libcsv, which is given whole lines,
 * so that our own count of lines is always right.
 */
struct reader {
    struct csv_parser parser; /* strict: a stray quote is an error */
    struct arena *arena;
    struct diags *diags;
    struct text file;
    char delimiter;
    struct text *fields;
    size_t count;
    size_t capacity;
    struct buffer held; /* the fields of a row that libcsv reads, one after the other */
    unsigned line;      /* the current one */
    unsigned row_line;  /* on which the row began */
    unsigned open_line; /* on which the field that is still open began */
    bool in_row;        /* libcsv is inside a row */
    bool refused;
};

static void refuse_cap(struct reader *reader, unsigned line, const char *message)
{
    reader->refused = true;
    diag(reader->diags, DIAG_CAP, place_at(reader->file, line, (unsigned)reader->count + 1), "%s",
         message);
}

static void add_field(struct reader *reader, struct text field)
{
    if (reader->refused)
        return;
    if (reader->count == CSV_FIELDS_CAP) {
        refuse_cap(reader, reader->row_line, "row of more than 16,384 fields");
        return;
    }
    if (field.len > CSV_FIELD_CAP) {
        refuse_cap(reader, reader->row_line, "field longer than 65,536 bytes");
        return;
    }
    reader->fields = arena_grow(reader->arena, reader->fields, reader->count, &reader->capacity,
                                sizeof *reader->fields);
    reader->fields[reader->count++] = field;
}

/* libcsv's callback; the text is put in place when the row is complete. */
static void take_field(void *bytes, size_t len, void *user)
{
    struct reader *reader = user;
    struct buffer *held = &reader->held;
    size_t before = held->len;
    reader->open_line = reader->line;
    const char *field = bytes;
    for (size_t at = 0; at < len;) {
        const char *cr = memchr(field + at, '\r', len - at);
        size_t end = cr ? (size_t)(cr - field) : len;
        buffer_add(held, (struct text){field + at, end - at});
        if (cr)
            buffer_add_byte(held, '\n');
        at = end + (cr != NULL) + (cr && end + 1 < len && field[end + 1] == '\n');
    }
    add_field(reader, (struct text){"", held->len - before});
}

static void end_row(int terminator, void *user)
{
    struct reader *reader = user;
    (void)terminator;
    reader->in_row = false;
}

static void refuse_quote(struct reader *reader)
{
    reader->refused = true;
    struct place place = place_at(reader->file, reader->open_line, (unsigned)reader->count + 1);
    if (reader->open_line == reader->line)
        diag(reader->diags, DIAG_QUOTE, place,
             "stray quote in this field: expected quotes around the whole field, and each quote "
             "inside it doubled");
    else
        diag(reader->diags, DIAG_QUOTE, place,
             "the quote that opens here is closed in the middle of line %u: it is not closed where "
             "it should be",
             reader->line);
}

static void feed(struct reader *reader, struct text piece)
{
    while (piece.len && !reader->refused) {
        struct text part = text_slice(piece, 0, CSV_FIELD_CAP);
        size_t taken = csv_parse(&reader->parser, part.ptr, part.len, take_field, end_row, reader);
        if (taken != part.len) {
            if (csv_error(&reader->parser) != CSV_EPARSE)
                arena_out_of_memory(CSV_FIELD_CAP);
            refuse_quote(reader);
            return;
        }
        if (reader->in_row && reader->parser.entry_pos > CSV_FIELD_CAP + 1 && !reader->refused)
            refuse_cap(reader, reader->open_line,
                       "field longer than 65,536 bytes: is the quote that opens here closed?");
        piece = text_slice(piece, part.len, piece.len);
    }
}

/* One line, with its end, to libcsv; the row may go on in the next. */
static void read_quoted(struct reader *reader, struct text line)
{
    if (!reader->in_row) {
        reader->in_row = true;
        reader->held.len = 0;
        reader->open_line = reader->line;
    }
    feed(reader, line);
    if (reader->in_row)
        return;
    const char *at = buffer_text(&reader->held).ptr;
    for (size_t i = 0; i < reader->count; i++) {
        reader->fields[i].ptr = at;
        at += reader->fields[i].len;
    }
}

static bool is_padding(const struct reader *reader, char byte)
{
    return (byte == ' ' || byte == '\t') && byte != reader->delimiter;
}

static struct text without_padding(const struct reader *reader, struct text field)
{
    while (field.len && is_padding(reader, field.ptr[0]))
        field = (struct text){field.ptr + 1, field.len - 1};
    while (field.len && is_padding(reader, field.ptr[field.len - 1]))
        field.len--;
    return field;
}

/* A line without quotes: what libcsv would make of it, faster. */
static void read_plain(struct reader *reader, struct text line)
{
    if (!without_padding(reader, line).len)
        return;
    for (;;) {
        const char *hit = memchr(line.ptr, reader->delimiter, line.len);
        size_t end = hit ? (size_t)(hit - line.ptr) : line.len;
        add_field(reader, without_padding(reader, (struct text){line.ptr, end}));
        if (!hit || reader->refused)
            return;
        line = (struct text){hit + 1, line.len - end - 1};
    }
}

/* Cuts the first line from *rest: its text in *line, and with its end in *whole. */
static void next_line(struct text *rest, struct text *line, struct text *whole)
{
    size_t end = text_find(*rest, '\n', 0);
    size_t cr = text_find((struct text){rest->ptr, end}, '\r', 0);
    size_t next = end < rest->len ? end + 1 : end;
    if (cr < end && cr + 1 < end)
        next = cr + 1;
    *line = (struct text){rest->ptr, cr < end ? cr : end};
    *whole = (struct text){rest->ptr, next};
    *rest = (struct text){rest->ptr + next, rest->len - next};
}

static void read_line(struct reader *reader, struct text line, struct text whole)
{
    reader->line++;
    if (!reader->in_row) {
        reader->row_line = reader->line;
        reader->count = 0;
    }
    if (!reader->in_row && !memchr(line.ptr, '"', line.len)) {
        read_plain(reader, line);
        return;
    }
    read_quoted(reader, whole);
    if (whole.len == line.len && reader->in_row && !reader->refused)
        read_quoted(reader, TEXT("\n")); /* the last line of a file may lack its end */
}

static bool read_rows(struct reader *reader, struct text rest, record_taker *take, void *user)
{
    bool after_blank = false;
    while (rest.len && !reader->refused) {
        struct text line, whole;
        next_line(&rest, &line, &whole);
        read_line(reader, line, whole);
        if (reader->in_row || reader->refused)
            continue;
        struct record row = {reader->row_line, after_blank, reader->fields, reader->count};
        after_blank = !row.count;
        if (row.count && !take(user, &row))
            return false;
    }
    if (reader->in_row && !reader->refused) {
        reader->refused = true;
        diag(reader->diags, DIAG_QUOTE,
             place_at(reader->file, reader->open_line, (unsigned)reader->count + 1),
             "the quote that opens here is never closed: the rest of the file would be one field");
    }
    return !reader->refused;
}

bool csv_read(struct arena *arena, struct diags *diags, struct text file, struct text text,
              char delimiter, record_taker *take, void *user)
{
    struct reader reader = {.arena = arena,
                            .diags = diags,
                            .file = file,
                            .delimiter = delimiter,
                            .held = {.arena = arena}};
    csv_init(&reader.parser, CSV_STRICT);
    csv_set_delim(&reader.parser, (unsigned char)delimiter);
    bool ok = read_rows(&reader, text, take, user);
    csv_free(&reader.parser);
    return ok;
}

char csv_delimiter(struct text text)
{
    static const char delimiters[] = ",;\t|";
    size_t counts[sizeof delimiters - 1] = {0};
    bool quoted = false, blank = true;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        const char *hit = byte ? strchr(delimiters, byte) : NULL;
        quoted ^= byte == '"';
        if (!quoted && (byte == '\n' || byte == '\r') && !blank)
            break;
        if (!quoted && hit)
            counts[hit - delimiters]++;
        blank = blank && (byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t');
    }
    size_t best = 0;
    for (size_t i = 1; i < sizeof counts / sizeof counts[0]; i++)
        if (counts[i] > counts[best])
            best = i;
    return delimiters[best];
}
