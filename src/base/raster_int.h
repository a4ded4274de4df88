/* raster_int - one function a format, each with its library to itself. */
#ifndef BASE_RASTER_INT_H
#define BASE_RASTER_INT_H

#include "base/raster.h"

/*
 * Fills `out` from the file's bytes. False with a reason ("damaged: …", for messages) in *why.
 * raster_fits() is asked before any room for pixels is taken.
 */
bool raster_read_png(struct arena *arena, struct text file, struct raster *out, struct text *why);
bool raster_read_jpeg(struct arena *arena, struct text file, struct raster *out, struct text *why);
bool raster_fits(struct arena *arena, const struct raster *raster, struct text *why);

#endif
