#include "read/zip_int.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { PIECE = 64 * 1024 };

struct archive {
    zip_t *zip;
    struct arena *arena;
    struct diags *diags;
    const struct read_limits *limits;
    struct place place;
    struct text *names; /* of entry 0, 1, … */
    size_t
        *inflated_of; /* bytes of each entry that were inflated: once, however often it is read */
    size_t count;
    size_t file_bytes;
    size_t inflated; /* of all entries */
};

static struct place part_place(const struct archive *archive, struct text part)
{
    struct place place = archive->place;
    place.part = part;
    return place;
}

static zip_t *open_bytes(struct text bytes, zip_error_t *error)
{
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, error);
    if (!source)
        return NULL;
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, error);
    if (!zip)
        zip_source_free(source);
    return zip;
}

/* Programs differ in whether "XL\\WORKBOOK.XML" is "xl/workbook.xml". */
static char fold(char c)
{
    if (c == '\\')
        return '/';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int by_folded_name(const void *a, const void *b)
{
    const struct text *x = a, *y = b;
    for (size_t i = 0; i < x->len && i < y->len; i++)
        if (fold(x->ptr[i]) != fold(y->ptr[i]))
            return fold(x->ptr[i]) < fold(y->ptr[i]) ? -1 : 1;
    return (x->len > y->len) - (x->len < y->len);
}

/* Two readers of one file must not be able to see different data. */
static bool refuse_duplicates(const struct archive *archive)
{
    struct text *sorted = arena_calloc(archive->arena, archive->count, sizeof *sorted);
    memcpy(sorted, archive->names, archive->count * sizeof *sorted);
    qsort(sorted, archive->count, sizeof *sorted, by_folded_name);
    for (size_t i = 1; i < archive->count; i++) {
        if (by_folded_name(&sorted[i - 1], &sorted[i]) != 0)
            continue;
        diag(archive->diags, DIAG_FORMAT, archive->place,
             "two parts are named '%.*s': save the workbook again with its own program",
             TEXT_ARG(text_quote(archive->arena, sorted[i])));
        return false;
    }
    return true;
}

static bool read_names(struct archive *archive)
{
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    if (count < 1) {
        diag(archive->diags, DIAG_FORMAT, archive->place, "not a sound workbook: it has no parts");
        return false;
    }
    if ((size_t)count > archive->limits->parts) {
        diag(archive->diags, DIAG_CAP, archive->place,
             "the file has %lld parts: expected at most %.*s ('parts' in [limits])",
             (long long)count,
             TEXT_ARG(limits_number(archive->diags->arena, archive->limits->parts)));
        return false;
    }
    archive->count = (size_t)count;
    archive->names = arena_calloc(archive->arena, archive->count, sizeof *archive->names);
    archive->inflated_of = arena_calloc(archive->arena, archive->count, sizeof(size_t));
    for (size_t i = 0; i < archive->count; i++)
        archive->names[i] =
            text_copy(archive->arena, text_from(zip_get_name(archive->zip, i, ZIP_FL_ENC_RAW)));
    return refuse_duplicates(archive);
}

struct archive *archive_open(struct arena *arena, struct diags *diags, struct text bytes,
                             struct place place, const struct read_limits *limits)
{
    struct archive *archive = arena_alloc(arena, sizeof *archive);
    *archive = (struct archive){
        .arena = arena, .diags = diags, .limits = limits, .place = place, .file_bytes = bytes.len};
    zip_error_t error;
    zip_error_init(&error);
    archive->zip = open_bytes(bytes, &error);
    if (!archive->zip && zip_error_code_zip(&error) == ZIP_ER_EXISTS)
        diag(diags, DIAG_FORMAT, place,
             "two parts have the same name: save the workbook again with its own program");
    else if (!archive->zip)
        diag(diags, DIAG_FORMAT, place,
             "not a sound workbook: %s; it may be cut short: copy or save it again",
             zip_error_strerror(&error));
    zip_error_fini(&error);
    if (!archive->zip)
        return NULL;
    if (read_names(archive))
        return archive;
    archive_close(archive);
    return NULL;
}

const struct read_limits *archive_limits(const struct archive *archive)
{
    return archive->limits;
}

void archive_close(struct archive *archive)
{
    if (archive)
        zip_discard(archive->zip);
}

static size_t entry_number(const struct archive *archive, struct text name)
{
    size_t i = 0;
    while (i < archive->count && by_folded_name(&archive->names[i], &name) != 0)
        i++;
    return i;
}

struct texts archive_names(const struct archive *archive)
{
    return (struct texts){.items = archive->names, .count = archive->count};
}

bool archive_has(const struct archive *archive, struct text name)
{
    return entry_number(archive, name) < archive->count;
}

/* After `so_far` bytes of an entry. */
static bool within_caps(struct archive *archive, struct place place, size_t entry, size_t so_far)
{
    if (so_far > archive->inflated_of[entry]) {
        archive->inflated += so_far - archive->inflated_of[entry];
        archive->inflated_of[entry] = so_far;
    }
    const struct read_limits *limits = archive->limits;
    size_t of_one = limits->unpacked / 8 * 7;
    bool is_too_long = so_far > of_one;
    if (is_too_long || archive->inflated > limits->unpacked) {
        diag(archive->diags, DIAG_CAP, place,
             "the part%s to more than %.*s ('unpacked' in [limits])",
             is_too_long ? " unpacks" : "s unpack",
             TEXT_ARG(limits_size(archive->diags->arena, is_too_long ? of_one : limits->unpacked)));
        return false;
    }
    if (archive->inflated > ZIP_RATIO_FREE &&
        archive->inflated / limits->ratio > archive->file_bytes) {
        diag(archive->diags, DIAG_CAP, place,
             "the parts unpack to more than %zu times the size of the file ('ratio' in [limits])",
             limits->ratio);
        return false;
    }
    return true;
}

/* The checksum was right; whoever goes by the size would still see another part. */
static bool has_declared_size(const struct archive *archive, size_t entry, size_t size)
{
    zip_stat_t stat;
    bool known = zip_stat_index(archive->zip, entry, 0, &stat) == 0 && stat.valid & ZIP_STAT_SIZE;
    if (known && stat.size == size)
        return true;
    diag(archive->diags, DIAG_FORMAT, part_place(archive, archive->names[entry]),
         "the part unpacks to %zu bytes, and the file says another number: save the workbook again "
         "with its own program",
         size);
    return false;
}

static bool stream_entry(struct archive *archive, zip_file_t *file, size_t entry,
                         bool (*take)(void *context, struct text piece), void *context)
{
    struct place place = part_place(archive, archive->names[entry]);
    char piece[PIECE];
    for (size_t so_far = 0;;) {
        zip_int64_t got = zip_fread(file, piece, sizeof piece);
        if (got < 0) {
            diag(archive->diags, DIAG_FORMAT, place, "the part is damaged: %s",
                 zip_error_strerror(zip_file_get_error(file)));
            return false;
        }
        if (got == 0)
            return has_declared_size(archive, entry, so_far);
        so_far += (size_t)got;
        if (!within_caps(archive, place, entry, so_far) ||
            !take(context, (struct text){piece, (size_t)got}))
            return false;
    }
}

bool archive_stream(struct archive *archive, struct text name,
                    bool (*take)(void *context, struct text piece), void *context)
{
    struct place place = part_place(archive, name);
    size_t number = entry_number(archive, name);
    zip_file_t *file = number < archive->count ? zip_fopen_index(archive->zip, number, 0) : NULL;
    if (!file) {
        diag(archive->diags, DIAG_FORMAT, place, "cannot open the part: %s",
             number < archive->count ? zip_strerror(archive->zip) : "there is none of that name");
        return false;
    }
    bool ok = stream_entry(archive, file, number, take, context);
    zip_fclose(file);
    return ok;
}

const char *read_zip_library(void)
{
    return zip_libzip_version();
}
