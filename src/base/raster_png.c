/* raster_png - libpng's own simplified reader: it keeps errors to itself and needs no callbacks.
 */
#include "base/raster_int.h"

#include <png.h>
#include <string.h>

enum { SIGNATURE = 8, CHUNK_FRAME = 12 }; /* of a chunk: length, kind and checksum */

/* Whether each chunk up to the last ends within the file: the library takes the room that a chunk
 * claims to need before it looks whether that much is there. What some programs put behind the last
 * is no part of the picture. */
static bool chunks_fit(struct text file)
{
    size_t at = SIGNATURE;
    while (file.len - at >= CHUNK_FRAME) {
        const unsigned char *length = (const unsigned char *)file.ptr + at;
        size_t size =
            (size_t)length[0] << 24 | (size_t)length[1] << 16 | (size_t)length[2] << 8 | length[3];
        if (size > file.len - at - CHUNK_FRAME)
            return false;
        if (memcmp(length + 4, "IEND", 4) == 0)
            return true;
        at += CHUNK_FRAME + size;
    }
    return false;
}

bool raster_read_png(struct arena *arena, struct text file, struct raster *out, struct text *why)
{
    static const png_color white = {255, 255, 255};
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!chunks_fit(file)) {
        *why = TEXT("is damaged (it ends within a part of it): save it again");
        return false;
    }
    if (!png_image_begin_read_from_memory(&image, file.ptr, file.len)) {
        *why = text_format(arena, "is damaged (%s): save it again", image.message);
        return false;
    }
    bool colour = image.format & PNG_FORMAT_FLAG_COLOR;
    out->width = image.width;
    out->height = image.height;
    out->channels = colour ? 3 : 1;
    if (!raster_fits(arena, out, why)) {
        png_image_free(&image);
        return false;
    }
    image.format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    size_t size = PNG_IMAGE_SIZE(image);
    char *pixels = arena_alloc(arena, size);
    if (!png_image_finish_read(&image, &white, pixels, 0, NULL)) {
        *why = text_format(arena, "is damaged (%s): save it again", image.message);
        return false;
    }
    out->bytes = (struct text){pixels, size};
    return true;
}
