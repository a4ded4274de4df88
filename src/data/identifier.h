/*
 * identifier - codes of actions, measures and areas. They are texts: 11.10 is not 11.1.
 *
 * `KA.01.03`, `KA 01.03`, `ka-01-03` and `KA.01.03.` are one code: capitals make no difference, nor
 * does which spaces or punctuation stand between its parts; that something stands there does.
 */
#ifndef DATA_IDENTIFIER_H
#define DATA_IDENTIFIER_H

#include "base/text.h"

/* The one spelling of a code, for comparing and finding; "" when nothing is left of it. */
struct text identifier_key(struct arena *arena, struct text code);

#endif
