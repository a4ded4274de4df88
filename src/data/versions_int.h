/* versions_int - what versions.c (which action is which) and versions_fields.c (what of it changed)
 * share. */
#ifndef DATA_VERSIONS_INT_H
#define DATA_VERSIONS_INT_H

#include "data/versions.h"

/* Adds the item, and counts its action once for its kind. */
void versions_add(struct arena *arena, struct versions *versions, struct version_item item);
/* Marks an action of `now` as of a kind that has no rows. */
void versions_mark(struct versions *versions, enum version_kind kind, const struct action *now);
/* All that changed between two actions that are one. */
void versions_compare(struct arena *arena, struct versions *versions, const struct action *before,
                      const struct action *now);

#endif
