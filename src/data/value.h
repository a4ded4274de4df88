/*
 * value - one number of an export, with its unit and its markers (statistics.md 6 and 7).
 *
 * A blank is not zero, and neither is a dash: a value that is not there has present == false and a
 * marker that says why.
 */
#ifndef DATA_VALUE_H
#define DATA_VALUE_H

#include "base/decimal.h"

/* The Analysis Function's shorthand; a value can carry several. */
enum marker {
    MARKER_BREAK = 1 << 0,           /* [b] */
    MARKER_CONFIDENTIAL = 1 << 1,    /* [c] */
    MARKER_ESTIMATED = 1 << 2,       /* [e] */
    MARKER_FORECAST = 1 << 3,        /* [f] */
    MARKER_LOW = 1 << 4,             /* [low] rounds to 0 but is not 0 */
    MARKER_PROVISIONAL = 1 << 5,     /* [p] */
    MARKER_REVISED = 1 << 6,         /* [r] */
    MARKER_LOW_RELIABILITY = 1 << 7, /* [u] */
    MARKER_NONE_IN_SURVEY = 1 << 8,  /* [w] */
    MARKER_NOT_AVAILABLE = 1 << 9,   /* [x] */
    MARKER_NOT_APPLICABLE = 1 << 10, /* [z] */
    MARKERS = 11
};

struct value {
    bool present;
    struct decimal number; /* with the scale of the source; set only when present */
    unsigned markers;
};

/* "b", "low": the letters of marker number `index` (0 to MARKERS-1). */
const char *marker_letters(int index);
/* "break in series": its meaning for a key or a note. */
const char *marker_meaning(int index);
/* "[p][r]" for all set markers; "" for none. */
struct text markers_display(struct arena *arena, unsigned markers);
/* "Shorthand: [c] confidential; [z] not applicable.": what stands above a table; "" for none. */
struct text markers_explained(struct arena *arena, unsigned markers);
/*
 * Adds markers. A number beside one that stands in place of a number ([c], [w], [x], [z], and [low]
 * on what is not 0) is forgotten: what is confidential must not leak. True when there was one.
 */
bool value_mark(struct value *value, unsigned markers);
/* The markers that stand in a text: "1,234 [p][r]". */
unsigned markers_shown(struct text t);

enum reading_flag { READING_OK, READING_CHECK, READING_ERROR };
struct reading {
    struct value value;
    enum reading_flag flag;
    struct text unit;   /* "", "percent", "GBP", "percentage_points", "per_100000", … */
    struct text marker; /* as the oracle names it: "c", "x", "na", "note *", "blank", "error" */
    struct text note;   /* what to check, or what is wrong */
};
/*
 * Reads a cell as systems export it: "5,005", "£33k", "−26.7%", "[c]", "n/a", "1,234 [r]". The unit
 * of a rate is "per_" and its base. What is not present has a marker, with READING_ERROR [x]. A
 * number beside a marker that stands in place of one ("3 [c]") is not used. A note repeats words of
 * the cell only when they begin with "per": others may name somebody.
 */
struct reading value_read(struct arena *arena, struct text raw);

#endif
