#include "base/picture_int.h"

#include "base/file.h"

bool picture_fits(struct arena *arena, const struct picture *picture, struct text *why)
{
    if (picture->width && picture->height && picture->width <= PICTURE_CAP_SIDE &&
        picture->height <= PICTURE_CAP_SIDE &&
        (size_t)picture->width * picture->height <= PICTURE_CAP_PIXELS)
        return true;
    *why = text_format(arena,
                       "has %u by %u pixels: expected at most %d a side and %d million in all; "
                       "save it smaller",
                       picture->width, picture->height, PICTURE_CAP_SIDE,
                       PICTURE_CAP_PIXELS / 1000000);
    return false;
}

const struct picture *picture_read(struct arena *arena, struct diags *diags, struct text path,
                                   struct place place)
{
    struct text file, why = TEXT("is neither a PNG nor a JPEG picture: save it as one of these");
    struct picture *picture = arena_alloc(arena, sizeof *picture);
    *picture = (struct picture){.path = path};
    if (!file_read(arena, diags, path, place, PICTURE_CAP_BYTES, &file))
        return NULL;
    bool done = false;
    if (text_starts(file, TEXT("\x89PNG\r\n\x1A\n")))
        done = picture_read_png(arena, file, picture, &why);
    else if (text_starts(file, TEXT("\xFF\xD8\xFF")))
        done = picture_read_jpeg(arena, file, picture, &why);
    if (done)
        return picture;
    diag(diags, DIAG_FORMAT, place, "the picture '%.*s' %.*s", TEXT_ARG(text_escape(arena, path)),
         TEXT_ARG(why));
    return NULL;
}
