/*
 * short_forms - what "CSP" stands for, and where it stands in words.
 *
 * Readers who do not know a short form need its words where it first stands, and screen readers say
 * them wherever it does (WCAG 2.2, 3.1.4; ISO 32000-1, 14.9.5).
 */
#ifndef DATA_SHORT_FORMS_H
#define DATA_SHORT_FORMS_H

#include "base/diag.h"

struct short_form {
    struct text form;    /* "PCSO" */
    struct text meaning; /* "Police Community Support Officer", as the list writes it */
    struct text plural;  /* of "PCSOs"; the meaning, where another letter would be wrong */
    struct place place;  /* in the list */
    size_t uses;         /* in what was counted */
};
struct short_forms {
    struct short_form *listed; /* as they were added */
    size_t listed_count;
    size_t listed_capacity;
    struct short_form *items; /* once settled: each once, by first bytes, the longest first */
    size_t count;
    size_t start[257];  /* the first item that begins with a byte */
    bool write_out;     /* the first use in a narrative has the words behind it */
    struct texts known; /* short forms that need no explanation here */
    struct text source; /* of the job, that they are in; empty: none */
};

/* `form` and `meaning` must outlive the list; what is blank is left out. */
void short_forms_add(struct arena *arena, struct short_forms *forms, struct text form,
                     struct text meaning, struct place place);
/* To be called when all are added: of one form the last stays. */
void short_forms_settle(struct arena *arena, struct short_forms *forms);
/* Of that form, as it is written; NULL: it is none. */
const struct short_form *short_forms_find(const struct short_forms *forms, struct text form);

/* One that stands in words: bytes `from` to `to`, with an "s" of the plural. */
struct short_use {
    size_t from, to;
    struct short_form *form;
    bool is_plural;
};
/*
 * The next one at or behind `at`. It is a whole word, written as in the list: no part of a code
 * ("CSP-01"), of an address ("csp.example") or of a longer word.
 */
bool short_forms_next(const struct short_forms *forms, struct text words, size_t at,
                      struct short_use *out);
struct text short_use_meaning(const struct short_use *use);
/* "CSP (Community Safety Partnership)", or the other way round: who says it in full says it twice.
 */
bool short_use_is_explained(struct text words, const struct short_use *use);

/* What may stand for words and would be one: bytes `from` to `to` are a whole word as above. */
bool short_forms_is_word(struct text words, size_t from, size_t to);
/* "(CSP)" stands there, and the words before it have these initials: they explain it. Small words
 * ("of", "and") need none. */
bool short_forms_spells(struct text words, struct text form);

#endif
