/*
 * id - codes of actions, indicators and outcomes, which people write in several ways.
 *
 * An id is text: 11.10 is not 11.1, and 01 is not 1. But `KA.01.03`, `KA 01.03`, `KA-01-03` and
 * `KA.01.03.` are one id, so are `CO 1` and `CO1`, `1.a` and `1(A)`. The spelling of the export is
 * what is shown; the key is only for comparing.
 */
#ifndef DATA_ID_H
#define DATA_ID_H

#include "base/text.h"

/*
 * The same for all spellings of one id: ASCII letters in lower case; separators (spaces, full
 * stops, hyphens, underscores, colons, brackets) between two digits or two letters as one full
 * stop, elsewhere gone. Other signs stay: "1/2" is not "1.2". Empty when separators are all there
 * is.
 */
struct text id_key(struct arena *arena, struct text id);
bool id_same(struct arena *arena, struct text a, struct text b);

#endif
