/*
 * nfc - text in Unicode's Normalisation Form C, in which a letter with its accent is one character.
 *
 * "é" can be written as one character or as "e" with an accent behind it. Names that look the same
 * must be the same, and fonts place the accent right in the first form alone: so texts of exports,
 * jobs and templates are composed when they enter. Bytes of files, their hashes and the names of
 * files stay as they are.
 */
#ifndef BASE_NFC_H
#define BASE_NFC_H

#include "base/text.h"

/* Whether a text may hold what the form writes otherwise: false of nearly all, and fast. */
bool nfc_may_change(struct text t);

/* Adds the text so written; as it is when it is not UTF-8. */
void nfc_add(struct buffer *out, struct text t);

/* `t` itself where nothing changes. */
struct text nfc_text(struct arena *arena, struct text t);

#endif
