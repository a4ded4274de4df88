/*
 * delimited - a text export, in blocks: read twice, once to know it and once for its rows; or in
 * one pass, where rows that were taken too early can be dropped.
 */
#include "read/read_int.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/nfc.h"
#include "read/csv_int.h"
#include "read/encoding_int.h"

#include <string.h>

enum { BLOCK_SIZE = 256 * 1024 };

struct reading_text {
    struct source *source;
    struct file_input *input;
    char *block;
    struct encoding encoding;
    struct buffer sample;   /* the beginning, until there is enough of it to tell the delimiter */
    struct csv_reader *csv; /* once the delimiter is known */
    record_taker *take;
    void *user;
};

static bool next_block(void *user, struct text *block)
{
    struct reading_text *reading = user;
    return file_next(reading->input, reading->block, BLOCK_SIZE, block);
}

static void rewind_blocks(void *user)
{
    struct reading_text *reading = user;
    file_rewind(reading->input);
}

static void account_bytes(struct reading_text *reading, struct hasher *hasher)
{
    struct source *source = reading->source;
    source->account->bytes = file_size(reading->input);
    source->account->sha256 = hasher_finish(hasher, source->arena);
}

/* All of the file is known before a row of it counts: its bytes, and that they are text. */
static bool examine(struct reading_text *reading)
{
    struct source *source = reading->source;
    const struct encoding_again again = {rewind_blocks, next_block, reading};
    struct encoding_check *check = encoding_check_new(source->scratch);
    struct hasher *hasher = hasher_new();
    for (struct text block; next_block(reading, &block);) {
        hasher_add(hasher, block);
        encoding_check_add(check, block);
    }
    account_bytes(reading, hasher);
    if (file_is_same(reading->input))
        return encoding_settle(check, source->diags, source->path, &again, &reading->encoding);
    encoding_check_end(check);
    return false;
}

/* Windows-1252 is what remains when a file is not UTF-8: the byte that says so. */
static void account_encoding(struct reading_text *reading)
{
    struct source *source = reading->source;
    const struct encoding *encoding = &reading->encoding;
    source->account->encoding = text_from(encoding->name);
    if (encoding->decided_line)
        diag(source->diags, DIAG_READ, place_at(source->path, encoding->decided_line, 0),
             "byte \\x%02X here is not UTF-8: the file is read as %s", encoding->decided_by,
             encoding->name);
}

static bool start_rows(struct reading_text *reading, struct text start)
{
    struct source *source = reading->source;
    size_t separator;
    char delimiter = delimiter_key(source);
    if (!csv_choose_delimiter(source->diags, source->path, start, &delimiter, &separator))
        return false;
    source->account->delimiter = delimiter;
    reading->csv = csv_open(source->scratch, source->diags, source->path, delimiter, source->limits,
                            reading->take, reading->user);
    csv_skip_lines(reading->csv, separator > 0);
    return csv_add(reading->csv, text_slice(start, separator, start.len));
}

static bool take_piece(void *user, struct text piece)
{
    struct reading_text *reading = user;
    struct source *source = reading->source;
    source->composes = source->composes || nfc_may_change(piece);
    if (reading->csv)
        return csv_add(reading->csv, piece);
    if (!reading->sample.len && piece.len >= DELIMITER_SAMPLE)
        return start_rows(reading, piece);
    buffer_add(&reading->sample, piece);
    return reading->sample.len < DELIMITER_SAMPLE ||
           start_rows(reading, buffer_text(&reading->sample));
}

/* After the last block; `ok`: all of its rows were taken. */
static bool end_rows(struct reading_text *reading, bool ok)
{
    if (reading->source->drop || !file_is_same(reading->input)) {
        if (reading->csv)
            csv_drop(reading->csv);
        return false;
    }
    if (ok && !reading->csv)
        ok = start_rows(reading, buffer_text(&reading->sample));
    return (!reading->csv || csv_close(reading->csv)) && ok;
}

static bool read_rows(struct reading_text *reading)
{
    struct decoder *decoder = decoder_new(reading->source->scratch, &reading->encoding);
    bool ok = true;
    rewind_blocks(reading);
    for (struct text block; ok && next_block(reading, &block);)
        ok = decoder_add(decoder, block, take_piece, reading);
    decoder_finish(decoder); /* it was examined, to its end */
    return end_rows(reading, ok);
}

/* The same in one pass. What follows the first rows may show that the file is not what it began as:
 * the source is then to be dropped, and read again in two. */
static bool read_at_once(struct reading_text *reading)
{
    struct source *source = reading->source;
    const struct encoding_again again = {rewind_blocks, next_block, reading};
    struct encoding_check *check = encoding_check_new(source->scratch);
    struct hasher *hasher = hasher_new();
    struct decoder *decoder = NULL;
    bool ok = true;
    for (struct text block; !source->drop && next_block(reading, &block);) {
        hasher_add(hasher, block);
        encoding_check_add(check, block);
        source->drop = !encoding_is_utf8(check, &reading->encoding);
        if (!decoder && !source->drop)
            decoder = decoder_new(source->scratch, &reading->encoding);
        ok = ok && !source->drop && decoder_add(decoder, block, take_piece, reading);
    }
    account_bytes(reading, hasher);
    if (source->drop || !file_is_same(reading->input)) {
        encoding_check_end(check);
        return end_rows(reading, false);
    }
    source->drop =
        !encoding_settle(check, source->diags, source->path, &again, &reading->encoding) ||
        reading->encoding.converter;
    account_encoding(reading);
    return end_rows(reading, ok) && !source->drop;
}

bool delimited_read(struct source *source, struct place place, record_taker *take, void *user)
{
    struct reading_text reading = {
        .source = source,
        .input =
            file_open(source->scratch, source->diags, source->path, place, source->limits->file),
        .block = arena_alloc(source->scratch, BLOCK_SIZE),
        .sample = {.arena = source->scratch},
        .take = take,
        .user = user,
    };
    if (!reading.input)
        return false;
    bool ok;
    if (source->can_be_dropped) {
        ok = read_at_once(&reading);
    } else {
        ok = examine(&reading) && !export_is_repeated(source, place);
        if (ok)
            account_encoding(&reading);
        ok = ok && read_rows(&reading);
    }
    return file_close(reading.input) && ok;
}
