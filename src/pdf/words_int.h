/* What words.c, words_content.c and words_font.c share. */
#ifndef PDF_WORDS_INT_H
#define PDF_WORDS_INT_H

#include "pdf/objects.h"
#include "pdf/words.h"

enum { CODE_ROW = 256, WORDS_MAX = 256 * 1024 * 1024, FORMS_MAX = 100000 };

/* What the codes of a font stand for. */
struct word_font {
    int id;                      /* of the font's object; 0: none */
    unsigned width;              /* bytes of a code */
    unsigned long size;          /* codes */
    const char **rows[CODE_ROW]; /* of as many codes: letters, " ", "", or NULL where the font does
                                    not say; NULL: of none */
};
struct word_fonts {
    qpdf_data q;
    struct arena *arena;
    struct arena *scratch; /* of the page or object that is read */
    unsigned forms;        /* drawn so far: one may be drawn many times */
    bool is_too_large;     /* not all was read */
    struct word_font **items;
    size_t count;
    size_t capacity;
};
/* Of the font dictionary; never NULL. */
const struct word_font *word_font_of(struct word_fonts *fonts, qpdf_oh font);
/* What a code of its width shows; NULL: the font does not say. */
static inline const char *word_of_code(const struct word_font *font, unsigned code)
{
    const char *const *row = font->rows[code / CODE_ROW];
    return row ? row[code % CODE_ROW] : NULL;
}
/* What a character of Unicode stands for: "A", "ffi", " ", or "". */
const char *word_letters(struct arena *arena, unsigned long character);

/* Adds what a page draws. Nothing of `scratch` stays. */
void words_of_page(struct word_fonts *fonts, qpdf_oh page, struct buffer *out);

#endif
