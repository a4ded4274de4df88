#include "write/pdf_file.h"
#include "write/write.h"

#include <libdeflate.h>

#include <stdlib.h>
#include <string.h>

/* As many as a reader must unpack to see one; fewer where they are long. */
enum { PACKED = 128, PACK_BYTES = 32 * 1024 };
enum { LEVEL = 1 };

struct deflater {
    struct libdeflate_compressor *compressor;
    unsigned char *room; /* for what one text becomes */
    size_t size;
};

enum place_kind {
    PLACE_FREE,
    PLACE_IN_FILE,
    PLACE_PACKED
}; /* as a cross-reference stream has it */
struct place_of {
    enum place_kind kind;
    unsigned at;    /* offset in the file; of a packed one, which pack, from 0 */
    unsigned index; /* in its pack */
};
struct pack {
    size_t count, first; /* objects; where the first of them begins */
    struct text bytes;
};
struct pdf_file {
    struct arena *arena;
    struct deflater *deflater;
    struct place_of *places; /* of the objects, from 0 */
    size_t count;
    size_t capacity;
    struct text *pieces; /* of the file, in order */
    size_t piece_count;
    size_t piece_capacity;
    size_t length;
    struct buffer body; /* of the open pack */
    struct buffer pack; /* that is being closed */
    unsigned numbers[PACKED];
    size_t offsets[PACKED];
    size_t packed;
    struct pack *packs; /* those that are closed */
    size_t pack_count;
    size_t pack_capacity;
};

struct deflater *deflater_new(void)
{
    struct deflater *deflater = calloc(1, sizeof *deflater);
    if (!deflater || !(deflater->compressor = libdeflate_alloc_compressor(LEVEL)))
        arena_out_of_memory(sizeof *deflater);
    return deflater;
}

void deflater_free(struct deflater *deflater)
{
    if (!deflater)
        return;
    libdeflate_free_compressor(deflater->compressor);
    free(deflater->room);
    free(deflater);
}

static void make_room(struct deflater *deflater, size_t size)
{
    if (size <= deflater->size)
        return;
    free(deflater->room);
    deflater->room = malloc(size);
    deflater->size = size;
    if (!deflater->room)
        arena_out_of_memory(size);
}

/* The bound is an honest one, so one call takes all of a text. */
struct text deflate_text(struct deflater *deflater, struct arena *arena, struct text text)
{
    make_room(deflater, libdeflate_zlib_compress_bound(deflater->compressor, text.len));
    size_t len = libdeflate_zlib_compress(deflater->compressor, text.ptr, text.len, deflater->room,
                                          deflater->size);
    return text_copy(arena, (struct text){(const char *)deflater->room, len});
}

struct pdf_file *pdf_file_new(struct deflater *deflater, size_t objects)
{
    struct arena *arena = arena_new();
    struct pdf_file *file = arena_alloc(arena, sizeof *file);
    *file = (struct pdf_file){
        .arena = arena, .deflater = deflater, .body = {.arena = arena}, .pack = {.arena = arena}};
    file->capacity = objects + 1;
    file->places = arena_calloc(arena, file->capacity, sizeof *file->places);
    return file;
}

struct arena *pdf_file_arena(struct pdf_file *file)
{
    return file->arena;
}

static void add_piece(struct pdf_file *file, struct text text)
{
    file->pieces = arena_grow(file->arena, file->pieces, file->piece_count, &file->piece_capacity,
                              sizeof *file->pieces);
    file->pieces[file->piece_count++] = text;
    file->length += text.len;
}

static void set_place(struct pdf_file *file, unsigned number, struct place_of place)
{
    while (file->count <= number) {
        file->places = arena_grow(file->arena, file->places, file->count, &file->capacity,
                                  sizeof *file->places);
        file->places[file->count++] = (struct place_of){.kind = PLACE_FREE};
    }
    file->places[number] = place;
}

static void close_pack(struct pdf_file *file)
{
    struct buffer *whole = &file->pack;
    if (!file->packed)
        return;
    whole->len = 0;
    for (size_t i = 0; i < file->packed; i++) {
        buffer_add_number(whole, file->numbers[i]);
        buffer_add_byte(whole, ' ');
        buffer_add_number(whole, file->offsets[i]);
        buffer_add_byte(whole, ' ');
    }
    size_t first = whole->len;
    buffer_add(whole, buffer_text(&file->body));
    file->packs = arena_grow(file->arena, file->packs, file->pack_count, &file->pack_capacity,
                             sizeof *file->packs);
    file->packs[file->pack_count++] = (struct pack){
        file->packed, first, deflate_text(file->deflater, file->arena, buffer_text(whole))};
    file->packed = 0;
    file->body.len = 0;
}

struct buffer *pdf_file_object(struct pdf_file *file, unsigned number)
{
    if (file->packed == PACKED || file->body.len > PACK_BYTES)
        close_pack(file);
    if (file->packed)
        buffer_add_byte(&file->body, '\n');
    set_place(file, number,
              (struct place_of){.kind = PLACE_PACKED,
                                .index = (unsigned char)file->packed,
                                .at = (unsigned)file->pack_count});
    file->numbers[file->packed] = number;
    file->offsets[file->packed++] = file->body.len;
    return &file->body;
}

static void begin_object(struct pdf_file *file, unsigned number)
{
    if (!file->piece_count)
        add_piece(file, TEXT("%PDF-1.7\n%\xB7\xBE\xAD\xAA\n"));
    set_place(file, number, (struct place_of){.kind = PLACE_IN_FILE, .at = (unsigned)file->length});
    add_piece(file, text_format(file->arena, "%u 0 obj\n", number));
}

void pdf_file_stream(struct pdf_file *file, unsigned number, struct text dictionary,
                     struct text bytes)
{
    begin_object(file, number);
    if (dictionary.len)
        add_piece(file, text_format(file->arena, "%.*s/Length %zu>>\nstream\n",
                                    TEXT_ARG(dictionary), bytes.len));
    add_piece(file, bytes);
    add_piece(file, dictionary.len ? TEXT("\nendstream\nendobj\n") : TEXT("\nendobj\n"));
}

static void add_packs(struct pdf_file *file, unsigned first)
{
    for (size_t i = 0; i < file->pack_count; i++) {
        const struct pack *pack = &file->packs[i];
        pdf_file_stream(file, first + (unsigned)i,
                        text_format(file->arena,
                                    "<</Type/ObjStm/N %zu/First %zu/Filter/FlateDecode",
                                    pack->count, pack->first),
                        pack->bytes);
    }
}

/* One byte, four bytes, two bytes an object. */
static void add_place(struct buffer *out, const struct place_of *place, unsigned first_pack)
{
    unsigned at = place->kind == PLACE_PACKED ? first_pack + place->at : place->at;
    unsigned index = place->kind == PLACE_FREE ? 65535 : place->index;
    buffer_add_byte(out, (char)place->kind);
    for (int shift = 24; shift >= 0; shift -= 8)
        buffer_add_byte(out, (char)(at >> shift));
    buffer_add_byte(out, (char)(index >> 8));
    buffer_add_byte(out, (char)index);
}

static struct text join(const struct pdf_file *file, struct arena *arena)
{
    char *bytes = arena_alloc(arena, file->length + 1), *end = bytes;
    for (size_t i = 0; i < file->piece_count; i++) {
        memcpy(end, file->pieces[i].ptr, file->pieces[i].len);
        end += file->pieces[i].len;
    }
    return (struct text){bytes, file->length};
}

struct text pdf_file_finish(struct pdf_file *file, struct arena *arena, unsigned root,
                            unsigned info)
{
    struct buffer table = {.arena = file->arena};
    close_pack(file);
    unsigned first = (unsigned)file->count, own = first + (unsigned)file->pack_count;
    add_packs(file, first);
    size_t start = file->length;
    set_place(file, own, (struct place_of){.kind = PLACE_IN_FILE, .at = (unsigned)start});
    for (size_t i = 0; i < file->count; i++)
        add_place(&table, &file->places[i], first);
    struct text packed = deflate_text(file->deflater, file->arena, buffer_text(&table));
    pdf_file_stream(file, own,
                    text_format(file->arena,
                                "<</Type/XRef/Size %zu/W[1 4 2]/Root %u 0 R/Info %u 0 R"
                                "/Filter/FlateDecode",
                                file->count, root, info),
                    packed);
    add_piece(file, text_format(file->arena, "startxref\n%zu\n%%%%EOF\n", start));
    struct text bytes = join(file, arena);
    arena_free(file->arena);
    return bytes;
}

const char *write_deflate_library(void)
{
    return LIBDEFLATE_VERSION_STRING;
}
