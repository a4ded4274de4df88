/* decoder - a text in another encoding becomes UTF-8, block by block. */
#include "read/encoding_int.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

enum { CHARACTER_MAX = 4, PIECE_SIZE = 32 * 1024 };

struct decoder {
    iconv_t converter; /* when `converts` */
    bool converts;
    size_t mark_left;             /* bytes of the mark that are still to come */
    char held[2 * CHARACTER_MAX]; /* the beginning of a character that a block's end cut */
    size_t held_count;
    char *piece;
};

struct decoder *decoder_new(struct arena *arena, const struct encoding *encoding)
{
    struct decoder *decoder = arena_alloc(arena, sizeof *decoder);
    decoder->mark_left = encoding->mark;
    if (!encoding->converter)
        return decoder;
    decoder->converts = true;
    decoder->piece = arena_alloc(arena, PIECE_SIZE);
    decoder->converter = iconv_open("UTF-8", encoding->converter);
    return decoder;
}

static bool has_converter(const struct decoder *decoder)
{
    return decoder->converter != (iconv_t)-1;
}

/* Converts what it can of `bytes` and gives it to take(); *used says how much that is: all but a
 * character that is cut short. */
static bool convert(struct decoder *decoder, struct text bytes, size_t *used, piece_taker *take,
                    void *user)
{
    char *in = (char *)(uintptr_t)bytes.ptr; /* iconv's own missing const */
    size_t left = bytes.len;
    int error = E2BIG;
    while (left && error == E2BIG) {
        char *out = decoder->piece;
        size_t room = PIECE_SIZE;
        error = iconv(decoder->converter, &in, &left, &out, &room) == (size_t)-1 ? errno : 0;
        const struct text piece = {decoder->piece, PIECE_SIZE - room};
        if (piece.len && !take(user, piece))
            return false;
    }
    *used = bytes.len - left;
    return error == 0 || error == E2BIG || error == EINVAL;
}

/* Completes the character that the last block cut, with the first bytes of this one. */
static bool convert_held(struct decoder *decoder, struct text *block, piece_taker *take, void *user)
{
    size_t more = block->len < CHARACTER_MAX ? block->len : CHARACTER_MAX;
    size_t used;
    memcpy(decoder->held + decoder->held_count, block->ptr, more);
    if (!convert(decoder, (struct text){decoder->held, decoder->held_count + more}, &used, take,
                 user))
        return false;
    if (used < decoder->held_count) { /* a very short block */
        decoder->held_count += more;
        *block = TEXT_EMPTY;
        return decoder->held_count <= CHARACTER_MAX;
    }
    *block = text_slice(*block, used - decoder->held_count, block->len);
    decoder->held_count = 0;
    return true;
}

bool decoder_add(struct decoder *decoder, struct text block, piece_taker *take, void *user)
{
    size_t mark = decoder->mark_left < block.len ? decoder->mark_left : block.len;
    decoder->mark_left -= mark;
    block = text_slice(block, mark, block.len);
    if (!block.len)
        return true;
    if (!decoder->converts)
        return take(user, block);
    if (!has_converter(decoder) ||
        (decoder->held_count && !convert_held(decoder, &block, take, user)))
        return false;
    size_t used;
    if (!convert(decoder, block, &used, take, user))
        return false;
    decoder->held_count = decoder->held_count ? decoder->held_count : block.len - used;
    if (block.len)
        memcpy(decoder->held, block.ptr + used, block.len - used);
    return true;
}

bool decoder_finish(struct decoder *decoder)
{
    if (decoder->converts && has_converter(decoder))
        iconv_close(decoder->converter);
    return !decoder->held_count && !(decoder->converts && !has_converter(decoder));
}
