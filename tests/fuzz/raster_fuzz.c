/* raster - a file as a PNG or JPEG picture. */
#include "fuzz.h"

#include "base/raster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct fuzz_file file = fuzz_file((struct text){(const char *)data, size});
    const struct raster *raster = raster_read(arena, &diags, text_from(file.path), PLACE_NONE);
    fuzz_file_end(&file);
    FUZZ_HOLDS((raster == NULL) == (diags.count > 0));
    if (raster) {
        FUZZ_HOLDS(raster->width && raster->height && raster->width <= RASTER_CAP_SIDE);
        FUZZ_HOLDS(raster->channels == 1 || raster->channels == 3);
        FUZZ_HOLDS(raster->is_jpeg ||
                   raster->bytes.len == (size_t)raster->width * raster->height * raster->channels);
        FUZZ_HOLDS(!raster->is_jpeg || !text_contains(raster->bytes, TEXT("Exif")));
    }
    fuzz_messages(&diags);
    arena_free(arena);
    return 0;
}
