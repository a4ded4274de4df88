#include "read/csv_int.h"

#include "read/marks_int.h"

#include <csv.h>
#include <string.h>

enum { PIECE = 64 * 1024 /* bytes that libcsv is given at a time */ };

/*
 * libcsv looks at each byte in turn. Most lines of an export hold no quote, or only some around
 * whole fields: these are split here by their marks, to the same result. All other lines go to
 * libcsv, which is given whole lines, so that our own count of lines is always right.
 */
struct csv_reader {
    struct csv_parser parser; /* strict: a stray quote is an error */
    struct arena *arena;
    struct diags *diags;
    struct text file;
    char delimiter;
    const struct read_limits *limits;
    size_t field_most; /* of them: asked for every field */
    record_taker *take;
    void *user;
    struct text *fields;
    size_t count;
    size_t capacity;
    size_t room;         /* as many of them as a row can have without asking */
    struct buffer carry; /* the beginning of a line whose end is in a later piece */
    struct buffer held;  /* the fields of a row that libcsv reads, one after the other */
    unsigned line;       /* the current one */
    unsigned row_line;   /* on which the row began */
    unsigned open_line;  /* on which the field that is still open began */
    bool in_row;         /* libcsv is inside a row */
    bool after_blank;
    bool refused; /* after a message */
    bool stopped; /* by take() */
};

/* `what` is longer than its limit; `question`: what may be wrong. */
static void refuse_cap(struct csv_reader *reader, unsigned line, const char *what, size_t limit,
                       const char *question)
{
    reader->refused = true;
    diag(reader->diags, DIAG_CAP, place_at(reader->file, line, (unsigned)reader->count + 1),
         "%s longer than %.*s ('%s' in [limits])%s", what,
         TEXT_ARG(limits_size(reader->diags->arena, limit)), what, question);
}

static void refuse_row(struct csv_reader *reader)
{
    refuse_cap(reader, reader->row_line, "row", reader->limits->row, "");
}

static bool has_room(struct csv_reader *reader)
{
    if (reader->count == reader->limits->columns) {
        reader->refused = true;
        diag(reader->diags, DIAG_CAP,
             place_at(reader->file, reader->row_line, (unsigned)reader->count + 1),
             "row of more than %.*s fields ('columns' in [limits])",
             TEXT_ARG(limits_number(reader->diags->arena, reader->limits->columns)));
        return false;
    }
    reader->fields = arena_grow(reader->arena, reader->fields, reader->count, &reader->capacity,
                                sizeof *reader->fields);
    bool is_capped = reader->capacity > reader->limits->columns;
    reader->room = is_capped ? reader->limits->columns : reader->capacity;
    return true;
}

static void add_field(struct csv_reader *reader, struct text field)
{
    if (reader->refused)
        return;
    if (field.len > reader->field_most)
        refuse_cap(reader, reader->row_line, "field", reader->field_most, "");
    else if (reader->count < reader->room || has_room(reader))
        reader->fields[reader->count++] = field;
}

/* libcsv's callback; the text is put in place when the row is complete. */
static void take_field(void *bytes, size_t len, void *user)
{
    struct csv_reader *reader = user;
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
    struct csv_reader *reader = user;
    (void)terminator;
    reader->in_row = false;
}

static void refuse_quote(struct csv_reader *reader)
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

static void feed(struct csv_reader *reader, struct text piece)
{
    while (piece.len && !reader->refused) {
        struct text part = text_slice(piece, 0, PIECE);
        size_t taken = csv_parse(&reader->parser, part.ptr, part.len, take_field, end_row, reader);
        if (taken != part.len) {
            if (csv_error(&reader->parser) != CSV_EPARSE)
                arena_out_of_memory(PIECE);
            refuse_quote(reader);
            return;
        }
        if (reader->in_row && reader->parser.entry_pos > reader->field_most + 1 && !reader->refused)
            refuse_cap(reader, reader->open_line, "field", reader->field_most,
                       ": is the quote that opens here closed?");
        piece = text_slice(piece, part.len, piece.len);
    }
}

/* One line, with its end, to libcsv; the row may go on in the next. */
static void read_quoted(struct csv_reader *reader, struct text line)
{
    if (!reader->in_row) {
        reader->in_row = true;
        reader->count = 0;
        reader->held.len = 0;
        reader->open_line = reader->line;
    }
    feed(reader, line);
    if (reader->in_row && reader->held.len > reader->limits->row && !reader->refused)
        refuse_row(reader);
    if (reader->in_row)
        return;
    const char *at = buffer_text(&reader->held).ptr;
    for (size_t i = 0; i < reader->count; i++) {
        reader->fields[i].ptr = at;
        at += reader->fields[i].len;
    }
}

static bool is_padding(const struct csv_reader *reader, char byte)
{
    return (byte == ' ' || byte == '\t') && byte != reader->delimiter;
}

static struct text without_padding(const struct csv_reader *reader, struct text field)
{
    while (field.len && is_padding(reader, field.ptr[0]))
        field = text_slice(field, 1, field.len);
    while (field.len && is_padding(reader, field.ptr[field.len - 1]))
        field.len--;
    return field;
}

/* A field without quotes, or the inside of one with quotes around it, behind `count` others of its
 * line. Returns how many there are then. */
static inline size_t add_inside(struct csv_reader *reader, size_t count, struct text field)
{
    if (field.len <= reader->field_most && count < reader->room) {
        reader->fields[count] = field;
        return count + 1;
    }
    reader->count = count;
    add_field(reader, field);
    return reader->count;
}

/* A field without quotes: what libcsv would make of it. */
static inline size_t add_plain(struct csv_reader *reader, size_t count, const char *from,
                               const char *to)
{
    struct text field = {from, (size_t)(to - from)};
    if (field.len && (*from <= ' ' || to[-1] <= ' '))
        field = without_padding(reader, field);
    return add_inside(reader, count, field);
}

/* Gives the row, unless it is a blank line. */
static void give_row(struct csv_reader *reader, size_t count)
{
    bool is_blank = count == 0;
    const struct record row = {reader->row_line, reader->after_blank, reader->fields, count};
    reader->after_blank = is_blank;
    reader->stopped = !is_blank && !reader->take(reader->user, &row);
}

/* The last field of a line without quotes; an empty one alone is a blank line. */
static size_t add_last(struct csv_reader *reader, size_t count, const char *from, const char *to)
{
    bool only = count == 0;
    count = add_plain(reader, count, from, to);
    return only && count == 1 && !reader->fields[0].len ? 0 : count;
}

static void end_quoted(struct csv_reader *reader, struct text line, bool has_end)
{
    read_quoted(reader, line);
    if (!has_end && reader->in_row && !reader->refused)
        read_quoted(reader, TEXT("\n")); /* the last line of a file may lack its end */
    if (!reader->in_row && !reader->refused)
        give_row(reader, reader->count);
}

static bool ends_field(const struct csv_reader *reader, char byte)
{
    return byte == reader->delimiter || byte == '\n' || byte == '\r';
}

/*
 * The quote at `open` begins a field: when that ends in the same line, at the next quote, the
 * offset of that quote. Else 0, and libcsv takes the line.
 */
static size_t closing_quote(const struct csv_reader *reader, struct marks marks, size_t open)
{
    const struct text t = marks.text;
    size_t close;
    do
        close = marks_next(&marks);
    while (close < t.len && t.ptr[close] == reader->delimiter);
    if (close + 1 >= t.len || t.ptr[close] != '"' || !ends_field(reader, t.ptr[close + 1]) ||
        close - open > reader->field_most)
        return 0;
    return close;
}

/*
 * The line of `t` that begins at `from`. Returns where the next one begins; `from` when the end of
 * the line is not there yet.
 */
static inline size_t take_line(struct csv_reader *reader, struct marks *marks, size_t from,
                               bool is_last)
{
    const struct text t = marks->text;
    const char delimiter = reader->delimiter;
    bool quoted = reader->in_row;
    size_t field = from, count = 0, close, at;
    if (!quoted)
        reader->row_line = reader->line + 1;
    while ((at = marks_next(marks)) < t.len) {
        char byte = t.ptr[at];
        if (byte == delimiter && !quoted) {
            count = add_plain(reader, count, t.ptr + field, t.ptr + at);
            field = at + 1;
        } else if (byte == '\n' || byte == '\r') {
            break;
        } else if (byte == '"' && !quoted) {
            close = at == field ? closing_quote(reader, *marks, at) : 0;
            quoted = !close;
            if (quoted)
                continue;
            count = add_inside(reader, count, (struct text){t.ptr + at + 1, close - at - 1});
            while (at <= close)
                at = marks_next(marks);
            field = at + 1;
            if (t.ptr[at] != delimiter)
                break;
        }
    }
    bool after_cr = at < t.len && t.ptr[at] == '\r';
    if (!is_last && at + after_cr >= t.len) { /* a line feed may follow */
        if (!reader->in_row)
            reader->count = count;
        return from;
    }
    size_t next = at < t.len ? at + 1 : at;
    if (after_cr && next < t.len && t.ptr[next] == '\n')
        next = marks_next(marks) + 1;
    reader->line++;
    if (quoted)
        end_quoted(reader, text_slice(t, from, next), at < t.len);
    else if (field <= at) /* else it was one in quotes, which ends the line */
        count = add_last(reader, count, t.ptr + field, t.ptr + at);
    if (!quoted && !reader->refused)
        give_row(reader, count);
    return next;
}

/* Takes the lines of `t` that are whole, and at the end of the text the last; returns how far. */
static size_t take_lines(struct csv_reader *reader, struct text t, bool is_last)
{
    struct marks marks = {.text = t, .delimiter = reader->delimiter};
    size_t at = 0, from;
    marks_seek(&marks, 0);
    do {
        from = at;
        if (from < t.len)
            at = take_line(reader, &marks, from, is_last);
    } while (at > from && !reader->refused && !reader->stopped);
    return at;
}

/* How much of `piece` ends the line that an earlier piece began; 0 when its end is not there. */
static size_t rest_of_line(struct csv_reader *reader, struct text piece, bool *has_end)
{
    struct text carry = buffer_text(&reader->carry);
    *has_end = true;
    if (carry.ptr[carry.len - 1] == '\r')
        return piece.ptr[0] == '\n';
    size_t at = 0;
    while (at < piece.len && piece.ptr[at] != '\n' && piece.ptr[at] != '\r')
        at++;
    bool after_cr = at < piece.len && piece.ptr[at] == '\r';
    *has_end = at + after_cr < piece.len;
    if (!*has_end)
        return piece.len;
    return at + 1 + (after_cr && piece.ptr[at + 1] == '\n');
}

static void carry_on(struct csv_reader *reader, struct text rest)
{
    if (reader->carry.len + rest.len <= reader->limits->row) {
        if (rest.len)
            buffer_add(&reader->carry, rest);
        return;
    }
    reader->row_line = reader->in_row ? reader->row_line : reader->line + 1;
    refuse_row(reader);
}

bool csv_add(struct csv_reader *reader, struct text piece)
{
    if (reader->carry.len && piece.len && !reader->refused && !reader->stopped) {
        bool has_end;
        size_t taken = rest_of_line(reader, piece, &has_end);
        carry_on(reader, text_slice(piece, 0, taken));
        piece = text_slice(piece, taken, piece.len);
        if (has_end && !reader->refused) {
            take_lines(reader, buffer_text(&reader->carry), true);
            reader->carry.len = 0;
        }
    }
    if (!reader->refused && !reader->stopped) {
        size_t taken = take_lines(reader, piece, false);
        if (!reader->refused && !reader->stopped)
            carry_on(reader, text_slice(piece, taken, piece.len));
    }
    return !reader->refused && !reader->stopped;
}

static void refuse_open_quote(struct csv_reader *reader)
{
    reader->refused = true;
    diag(reader->diags, DIAG_QUOTE,
         place_at(reader->file, reader->open_line, (unsigned)reader->count + 1),
         "the quote that opens here is never closed: the rest of the file would be one field");
}

void csv_drop(struct csv_reader *reader)
{
    reader->stopped = true;
    csv_close(reader);
}

bool csv_close(struct csv_reader *reader)
{
    if (!reader->refused && !reader->stopped)
        take_lines(reader, buffer_text(&reader->carry), true);
    if (reader->in_row && !reader->refused && !reader->stopped)
        refuse_open_quote(reader);
    csv_free(&reader->parser);
    return !reader->refused && !reader->stopped;
}

struct csv_reader *csv_open(struct arena *arena, struct diags *diags, struct text file,
                            char delimiter, const struct read_limits *limits, record_taker *take,
                            void *user)
{
    struct csv_reader *reader = arena_alloc(arena, sizeof *reader);
    *reader = (struct csv_reader){.arena = arena,
                                  .diags = diags,
                                  .file = file,
                                  .delimiter = delimiter,
                                  .limits = limits,
                                  .field_most = limits->field,
                                  .take = take,
                                  .user = user,
                                  .carry = {.arena = arena},
                                  .held = {.arena = arena}};
    csv_init(&reader->parser, CSV_STRICT);
    csv_set_delim(&reader->parser, (unsigned char)delimiter);
    return reader;
}

void csv_skip_lines(struct csv_reader *reader, unsigned lines)
{
    reader->line += lines;
}

bool csv_read(struct arena *arena, struct diags *diags, struct text file, struct text text,
              char delimiter, const struct read_limits *limits, record_taker *take, void *user)
{
    size_t separator;
    if (!csv_choose_delimiter(diags, file, text, &delimiter, &separator))
        return false;
    struct csv_reader *reader = csv_open(arena, diags, file, delimiter, limits, take, user);
    csv_skip_lines(reader, separator > 0);
    csv_add(reader, text_slice(text, separator, text.len));
    return csv_close(reader);
}
