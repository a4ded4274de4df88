/* picture_int - one function a format, each with its library to itself. */
#ifndef BASE_PICTURE_INT_H
#define BASE_PICTURE_INT_H

#include "base/picture.h"

/*
 * Fills `out` from the file's bytes. False with a reason ("damaged: …", for messages) in *why.
 * picture_fits() is asked before any room for pixels is taken.
 */
bool picture_read_png(struct arena *arena, struct text file, struct picture *out, struct text *why);
bool picture_read_jpeg(struct arena *arena, struct text file, struct picture *out,
                       struct text *why);
bool picture_fits(struct arena *arena, const struct picture *picture, struct text *why);

#endif
