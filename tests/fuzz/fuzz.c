#include "fuzz.h"

#include "base/utf8.h"
#include "read/sheet_int.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct fuzz_file fuzz_file(struct text bytes)
{
    struct fuzz_file file = {.fd = memfd_create("fuzz", 0)};
    FUZZ_HOLDS(file.fd >= 0);
    FUZZ_HOLDS(write(file.fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
    snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.fd);
    return file;
}

void fuzz_file_end(struct fuzz_file *file)
{
    close(file->fd);
}

static uint32_t crc32(struct text bytes)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= (unsigned char)bytes.ptr[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320U : 0);
    }
    return ~crc;
}

static void put(struct buffer *out, size_t size, size_t number)
{
    for (size_t i = 0; i < size; i++)
        buffer_add_byte(out, (char)(number >> 8 * i & 0xFF));
}

/* The fields that a local header and its twin in the directory share. */
static void put_entry(struct buffer *out, const struct fuzz_part *part)
{
    put(out, 2, 20); /* version needed */
    put(out, 2, 0);  /* flags */
    put(out, 2, 0);  /* stored */
    put(out, 2, 0);  /* time */
    put(out, 2, 33); /* 1 January 1980 */
    put(out, 4, crc32(part->bytes));
    put(out, 4, part->bytes.len);
    put(out, 4, part->bytes.len);
    put(out, 2, strlen(part->name));
    put(out, 2, 0); /* extra */
}

struct text fuzz_archive(struct arena *arena, const struct fuzz_part *parts, size_t count)
{
    struct buffer out = {.arena = arena}, directory = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        size_t at = out.len;
        put(&out, 4, 0x04034B50);
        put_entry(&out, &parts[i]);
        buffer_add(&out, text_from(parts[i].name));
        buffer_add(&out, parts[i].bytes);
        put(&directory, 4, 0x02014B50);
        put(&directory, 2, 20);
        put_entry(&directory, &parts[i]);
        put(&directory, 2, 0); /* comment */
        put(&directory, 2, 0); /* disk */
        put(&directory, 2, 0);
        put(&directory, 4, 0);
        put(&directory, 4, at);
        buffer_add(&directory, text_from(parts[i].name));
    }
    size_t start = out.len;
    buffer_add(&out, buffer_text(&directory));
    put(&out, 4, 0x06054B50);
    put(&out, 4, 0);
    put(&out, 2, count);
    put(&out, 2, count);
    put(&out, 4, directory.len);
    put(&out, 4, start);
    put(&out, 2, 0);
    return buffer_text(&out);
}

void fuzz_messages(const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *d = &diags->items[i];
        struct text text = text_escape(diags->arena, d->message);
        FUZZ_HOLDS(d->message.len && d->message.len < 64 * 1024);
        FUZZ_HOLDS(utf8_check(text) == text.len);
        place_text(diags->arena, d->place);
    }
}

static void check_row(const struct grid_row *row)
{
    FUZZ_HOLDS(row->count > 0);
    for (size_t i = 0; i < row->count; i++) {
        struct text cell = {row->cells[i].ptr, row->cells[i].len};
        FUZZ_HOLDS(cell.len && utf8_check(cell) == cell.len);
        FUZZ_HOLDS(row->cells[i].column < SHEET_COLUMNS);
        FUZZ_HOLDS(!i || row->cells[i].column > row->cells[i - 1].column);
    }
}

static void note_filled(void *user, unsigned line, unsigned column)
{
    size_t *filled = user;
    FUZZ_HOLDS(line >= 1 && line <= SHEET_ROWS && column >= 1 && column <= SHEET_COLUMNS);
    ++*filled;
}

static void check_sheet(struct arena *arena, struct diags *diags, const struct sheet_format *format,
                        struct open_book *book, const struct sheet_list *sheets, size_t number)
{
    size_t filled = 0, errors = diags_count(diags, LEVEL_ERROR);
    struct grid grid = {.arena = arena,
                        .diags = diags,
                        .file = TEXT("a.ods"),
                        .sheet = sheets->items[number].name,
                        .read_hidden = number % 2,
                        .bytes.arena = arena};
    bool ok = format->read(book, number, &grid) && !grid.formulas &&
              grid_fill_merges(&grid, note_filled, &filled);
    FUZZ_HOLDS(ok == (diags_count(diags, LEVEL_ERROR) == errors));
    for (size_t i = 0; ok && i < grid.count; i++) {
        check_row(&grid.rows[i]);
        FUZZ_HOLDS(grid.rows[i].line >= 1 && grid.rows[i].line <= SHEET_ROWS);
        FUZZ_HOLDS(!i || grid.rows[i].line > grid.rows[i - 1].line);
    }
}

void fuzz_workbook(struct arena *arena, struct text bytes)
{
    enum { SHEETS = 4 }; /* enough, and no more time than that */
    struct diags diags = diags_new(arena);
    struct place place = place_file(TEXT("a.ods"));
    struct archive *archive = archive_open(arena, &diags, bytes, place, &limits_default);
    struct sheet_list sheets = {0};
    const struct sheet_format *format =
        archive ? archive_format(arena, &diags, archive, place) : NULL;
    struct open_book *book = format ? format->open(arena, &diags, archive, place, &sheets) : NULL;
    FUZZ_HOLDS((book != NULL) == diags_ok(&diags));
    for (size_t i = 0; book && diags_ok(&diags) && i < sheets.count && i < SHEETS; i++)
        check_sheet(arena, &diags, format, book, &sheets, i);
    fuzz_messages(&diags);
    archive_close(archive);
}
