/* actions_int - what tables of actions share: how an action is named and counted in them. */
#ifndef ASSEMBLE_ACTIONS_INT_H
#define ASSEMBLE_ACTIONS_INT_H

#include "assemble/rows_int.h"

/* The names of the columns, with ": " between. */
struct text actions_headers(struct assembly *assembly, const struct dataset *dataset,
                            const struct row_fields *fields);
/* What stands for the action where it is named: what it says will be done, or its objective. */
struct rich actions_title(const struct action *action);
/* The first columns of a table about some of the actions, ID and action; how many they are. */
size_t actions_name_columns(struct arena *arena, struct table *table,
                            const struct dataset *dataset);
void actions_name_cells(struct assembly *assembly, struct row *row, const struct dataset *dataset,
                        const struct action *action);
struct cell actions_count_cell(struct assembly *assembly, size_t count);

#endif
