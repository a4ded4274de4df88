/*
 * pdf_truetype - a TrueType font: what its characters draw, and a smaller font of those that are
 * used. Knows nothing of PDF. A font comes from a package, but no number in it is trusted.
 */
#ifndef WRITE_PDF_TRUETYPE_H
#define WRITE_PDF_TRUETYPE_H

#include "base/text.h"

/* In 1/1000 em, but for the angle, which is in degrees. */
struct truetype_facts {
    struct text name; /* PostScript's */
    long ascent, descent, cap_height, x_height;
    long left, bottom, right, top; /* of all glyphs together */
    long italic_angle;
    bool has_serifs;
};
struct truetype;
/* The font in a file, whose bytes must stay; NULL when it is none, or none that may be embedded. */
struct truetype *truetype_read(struct arena *arena, struct text bytes);
struct truetype_facts truetype_facts(const struct truetype *font, struct arena *arena);
/* The glyph of a character up to U+FFFF; 0: none. */
unsigned truetype_glyph(const struct truetype *font, uint32_t point);
int truetype_advance(const struct truetype *font, unsigned glyph);

/* The glyphs of a smaller font, in the order in which they are asked for; .notdef is the first. */
struct truetype_subset;
struct truetype_subset *truetype_subset_new(const struct truetype *font, struct arena *arena);
/* The number that a glyph has there. */
unsigned truetype_subset_add(struct truetype_subset *subset, unsigned glyph);
/* A font file as PDF wants it (ISO 32000-1, 9.9), in the arena. */
struct text truetype_subset_bytes(struct truetype_subset *subset);

#endif
