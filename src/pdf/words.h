/*
 * words - what can be read in a PDF, wherever it stands: for looking whether something is in it.
 *
 * Letters and digits of ASCII alone, as pages draw them, in the order in which they do: enough to
 * find words again, not to read a page. Ligatures are taken apart, all else is a space, but for
 * what a font does not say the letter of. A line feed stands where no words go on: about what is
 * drawn at the edge of each page, and about other texts.
 */
#ifndef PDF_WORDS_H
#define PDF_WORDS_H

#include "base/diag.h"

/* A character that a font does not say the letter of. */
enum { WORDS_UNKNOWN = 0x1A };

struct pdf_words {
    struct texts pages;  /* one a page; empty where nothing can be read: a picture of a page */
    struct text strings; /* titles, bookmarks, what stands for pictures, comments, addresses, … */
    struct text streams; /* metadata, files, and all else but contents of pages */
};
/* Reads it in a child; false with a message, which has `name` and `place`, when it cannot be read.
 */
bool pdf_words(struct text bytes, struct text name, struct place place, struct arena *arena,
               struct diags *diags, struct pdf_words *out);

#endif
