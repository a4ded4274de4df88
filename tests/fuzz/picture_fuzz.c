/* picture - a file as a PNG or JPEG picture. */
#include "fuzz.h"

#include "base/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct fuzz_file file = fuzz_file((struct text){(const char *)data, size});
    const struct picture *picture = picture_read(arena, &diags, text_from(file.path), PLACE_NONE);
    fuzz_file_end(&file);
    FUZZ_HOLDS((picture == NULL) == (diags.count > 0));
    if (picture) {
        FUZZ_HOLDS(picture->width && picture->height && picture->width <= PICTURE_CAP_SIDE);
        FUZZ_HOLDS(picture->channels == 1 || picture->channels == 3);
        FUZZ_HOLDS(picture->is_jpeg || picture->bytes.len == (size_t)picture->width *
                                                                 picture->height *
                                                                 picture->channels);
        FUZZ_HOLDS(!picture->is_jpeg || !text_contains(picture->bytes, TEXT("Exif")));
    }
    fuzz_messages(&diags);
    arena_free(arena);
    return 0;
}
