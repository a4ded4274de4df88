/*
 * names - a cell that names several: owners, teams, partners.
 *
 * Names are told apart at commas, semicolons, bars, line breaks, bullets and at slashes that are
 * not between digits, whatever their order. Where a system has dropped the line breaks between
 * them, the names of another version of the cell tell them apart.
 */
#ifndef DATA_NAMES_H
#define DATA_NAMES_H

#include "base/text.h"

/* In the order of the cell, trimmed. */
struct texts names_of(struct arena *arena, struct text cell);
/* Which names (or words of a name) of `now` are not in `before`. */
struct texts names_added(struct arena *arena, struct text before, struct text now);

#endif
