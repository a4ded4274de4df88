/* picture_png - libpng's own simplified reader: it keeps errors to itself and needs no callbacks.
 */
#include "base/picture_int.h"

#include <png.h>

bool picture_read_png(struct arena *arena, struct text file, struct picture *out, struct text *why)
{
    static const png_color white = {255, 255, 255};
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, file.ptr, file.len)) {
        *why = text_format(arena, "is damaged (%s): save it again", image.message);
        return false;
    }
    bool colour = image.format & PNG_FORMAT_FLAG_COLOR;
    out->width = image.width;
    out->height = image.height;
    out->channels = colour ? 3 : 1;
    if (!picture_fits(arena, out, why)) {
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
