/* actions_int - what tables of actions share: fields that a key names, and how they are shown. */
#ifndef ASSEMBLE_ACTIONS_INT_H
#define ASSEMBLE_ACTIONS_INT_H

#include "assemble/assemble_int.h"

/* The fields that a key names, such as `columns = id, action, status`. */
struct fields {
    enum action_field items[ACTION_FIELDS];
    size_t count;
};
/* With a message for each name that is no field of the source. */
struct fields actions_read_fields(struct assembly *assembly, const struct ini_section *section,
                                  const char *key, const struct dataset *dataset);
/* The names of the columns, with ": " between. */
struct text actions_headers(struct assembly *assembly, const struct dataset *dataset,
                            const struct fields *fields);
/* What stands for the action where it is named: what it says will be done, or its objective. */
struct rich actions_title(const struct action *action);
/* The first columns of a table about some of the actions, ID and action; how many they are. */
size_t actions_name_columns(struct table *table, const struct dataset *dataset);
void actions_name_cells(struct assembly *assembly, struct row *row, const struct dataset *dataset,
                        const struct action *action);
struct cell actions_count_cell(struct assembly *assembly, size_t count);

#endif
