/* What narrative.c and its parts share. */
#ifndef TEMPLATE_TEMPLATE_INT_H
#define TEMPLATE_TEMPLATE_INT_H

#include "template/template.h"

/* ---- narrative_notes.c: "[^1]" in the text, "[^1]: words" in a paragraph of its own ---- */

/* Stands for the bracket that a definition begins with: CommonMark takes some for links. */
#define NOTE_MARK "\x02"

struct footnote {
    struct text label;
    struct spans words;
    struct place place;
    unsigned number; /* from 1, in the order of the references; 0: not referred to yet */
};
struct footnotes {
    struct arena *arena;
    struct diags *diags;
    struct footnote *items;
    size_t count;
    size_t capacity;
    struct footnote **by_number;
    size_t referred;
    size_t referred_capacity;
    size_t placed; /* of those that are referred to */
};
/* The narrative with the mark in front of each definition, byte for byte in its place. */
struct text footnotes_mark(struct arena *arena, struct text markdown);
/* The definitions that a marked paragraph holds. */
void footnotes_define(struct footnotes *notes, const struct spans *spans, struct place place);
/* The next reference in a text: its start and end, and the label; false when there is none. */
bool footnotes_find(struct text raw, size_t *from, size_t *to, struct text *label);
/* What stands in the text for a reference; a message at `place` when there is no such note. */
struct span footnotes_refer(struct footnotes *notes, struct text label, unsigned style,
                            struct place place);
/* Adds the notes that the blocks from `first` on were the first to refer to. */
void footnotes_place(struct footnotes *notes, struct blocks *blocks, size_t first);
/* Names those that nothing in the whole text refers to. */
void footnotes_check(const struct footnotes *notes, struct text markdown);

/* The language of "lang:cy"; empty when `url` is no such thing. */
struct text narrative_language(struct text url);
/* Whether it has the form of BCP 47: "cy", "zh-Hans", "pt-BR". */
bool language_is_sound(struct text language);

#endif
