/*
 * style - how a council's documents look: colours, font, sizes, paper, logo. Settled in templates/
 * (style.ini) and asked by every renderer, so that a chart has one colour on paper and in a
 * workbook.
 */
#ifndef DOCUMENT_STYLE_H
#define DOCUMENT_STYLE_H

#include "base/raster.h"
#include "base/text.h"

enum colour {
    COLOUR_TEXT,
    COLOUR_MUTED,
    COLOUR_ACCENT,
    COLOUR_TINT, /* behind the names of groups, boxes and the changes of a chart */
    COLOUR_RULE,
    COLOUR_WHITE,
    COLOUR_GREEN,
    COLOUR_AMBER,
    COLOUR_RED,
    COLOUR_SECOND, /* of the series of a chart; the first has COLOUR_ACCENT */
    COLOUR_THIRD,
    COLOUR_FOURTH,
    COLOURS
};
struct rgb {
    unsigned char red, green, blue;
};

/* Families whose every accented letter libharu embeds whole: it loses marks of the DejaVu fonts. */
enum font_family { FONT_SANS, FONT_SERIF, FONT_FAMILIES };

/* The paper of a page and which way round it is. */
enum page_form { PAGE_PORTRAIT, PAGE_LANDSCAPE, PAGE_A3_PORTRAIT, PAGE_A3_LANDSCAPE, PAGE_FORMS };
/* "portrait", "a3-landscape" */
const char *page_form_word(enum page_form form);

struct style {
    struct rgb colours[COLOURS];
    enum font_family font;
    bool a3;                    /* paper of pages for which the template does not say */
    double body_size;           /* points, of paragraphs; headings keep their ratio to it */
    double table_size;          /* points, of tables that have the room; others get down to 9 */
    struct text header, footer; /* {{facts}} not filled in yet; empty: the report's own */
    const struct raster *logo;  /* NULL: none */
    struct text logo_alt;
    struct place header_place, footer_place;
    struct text file; /* where it was read; empty: the defaults */
};
extern const struct style style_default;

/* "#1F4E79"; false when it isn't a colour written so. */
bool rgb_read(struct text t, struct rgb *out);
struct text rgb_text(struct arena *arena, struct rgb colour);
/* 0xRRGGBB, as workbooks want it. */
static inline unsigned rgb_number(struct rgb colour)
{
    return (unsigned)colour.red << 16 | (unsigned)colour.green << 8 | colour.blue;
}
/* The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
double rgb_contrast(struct rgb a, struct rgb b);
/* How different they look: the distance in CIE 1976 L*a*b* (D65), 0 to about 250; 2 can just be
 * seen side by side. */
double rgb_difference(struct rgb a, struct rgb b);
/* The series of a chart must differ by as much. */
extern const double series_difference;

/*
 * What a style's colours must have (WCAG 2.2 AA, 1.4.3 and 1.4.11): which colour is seen on which,
 * and the least ratio. Rules only separate rows, which a reader tells apart without them.
 */
struct contrast_rule {
    enum colour colour, ground;
    double least;
};
extern const struct contrast_rule contrast_rules[];
extern const size_t contrast_rule_count;

#endif
