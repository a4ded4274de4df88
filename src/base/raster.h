/*
 * raster - PNG and JPEG files, decoded before anything else sees them: a library that draws them
 * unchecked may crash, and what a camera writes beside the picture (place, time, owner) must not be
 * published.
 */
#ifndef BASE_RASTER_H
#define BASE_RASTER_H

#include "base/diag.h"

#define RASTER_CAP_BYTES ((size_t)20 * 1024 * 1024)
enum { RASTER_CAP_SIDE = 10000, RASTER_CAP_PIXELS = 40 * 1000 * 1000 };

struct raster {
    struct text path;
    unsigned width, height; /* pixels */
    unsigned channels;      /* 1 grey, 3 red, green, blue */
    bool is_jpeg;           /* `bytes` are a JPEG file without metadata; else rows of pixels */
    struct text bytes;
};

/*
 * Reads the file; what is transparent comes out on white. NULL, with a message at `place`, for
 * files that are no PNG or JPEG, damaged, over the caps, in CMYK, or stored turned.
 */
const struct raster *raster_read(struct arena *arena, struct diags *diags, struct text path,
                                 struct place place);

#endif
