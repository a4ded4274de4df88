#include "base/raster_int.h"

#include "base/file.h"

bool raster_fits(struct arena *arena, const struct raster *raster, struct text *why)
{
    if (raster->width && raster->height && raster->width <= RASTER_CAP_SIDE &&
        raster->height <= RASTER_CAP_SIDE &&
        (size_t)raster->width * raster->height <= RASTER_CAP_PIXELS)
        return true;
    *why = text_format(arena,
                       "has %u by %u pixels: expected at most %d a side and %d million in all; "
                       "save it smaller",
                       raster->width, raster->height, RASTER_CAP_SIDE, RASTER_CAP_PIXELS / 1000000);
    return false;
}

const struct raster *raster_read(struct arena *arena, struct diags *diags, struct text path,
                                 struct place place)
{
    struct text file, why = TEXT("is neither a PNG nor a JPEG picture: save it as one of these");
    struct raster *raster = arena_alloc(arena, sizeof *raster);
    *raster = (struct raster){.path = path};
    if (!file_read(arena, diags, path, place, RASTER_CAP_BYTES, &file))
        return NULL;
    bool done = false;
    if (text_starts(file, TEXT("\x89PNG\r\n\x1A\n")))
        done = raster_read_png(arena, file, raster, &why);
    else if (text_starts(file, TEXT("\xFF\xD8\xFF")))
        done = raster_read_jpeg(arena, file, raster, &why);
    if (done)
        return raster;
    diag(diags, DIAG_FORMAT, place, "the picture '%.*s' %.*s", TEXT_ARG(text_escape(arena, path)),
         TEXT_ARG(why));
    return NULL;
}
