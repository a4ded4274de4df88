/*
 * Rows of actions and registers: which of their fields a template names, and which rows; for the
 * tables, grids and panels that show them (rows.c), and a number against another
 * (row_comparator.c).
 */
#ifndef ASSEMBLE_ROWS_INT_H
#define ASSEMBLE_ROWS_INT_H

#include "assemble/assemble_int.h"
#include "data/blank.h"

struct row_fields {
    enum action_field *items;
    size_t count;
};
/*
 * The fields that a key names by slug or header, with commas between; a message for each that the
 * source does not have. A plan of actions has a status, even where its export has no column of it:
 * that none is given is for readers to see.
 */
struct row_fields rows_fields(struct assembly *assembly, const struct ini_section *section,
                              const char *key, const struct dataset *dataset);
/* The one that `key` names or, where it is not given, the one called `otherwise`; false, with a
 * message when it is given, where there is none. */
bool rows_field(struct assembly *assembly, const struct ini_section *section, const char *key,
                const char *otherwise, const struct dataset *dataset, enum action_field *out);

/* What the source calls the field; "Status" where it has no such column. */
struct text rows_header(const struct dataset *dataset, enum action_field field);

/* A column of a table. */
struct row_column {
    enum action_field field;
    bool is_comparison; /* the row's number against another, in words: no field */
    struct text header;
};
struct row_columns {
    struct row_column *items;
    size_t count;
    size_t capacity;
};
/* `columns`, or another key: names with commas between or a line each, `NAME as HEADER`; or `all`
 * but `group`. */
struct row_columns rows_columns(struct assembly *assembly, const struct ini_section *section,
                                const char *key, const struct dataset *dataset,
                                const struct row_fields *group);
/* Its cells hold sentences: it takes the width that the others leave. */
bool rows_is_long(const struct dataset *dataset, enum action_field field);

/*
 * Which rows `only` leaves, by their number; all without it. Each of its lines must hold: "FIELD is
 * TEXT | TEXT", "FIELD is not TEXT", "FIELD begins with TEXT", or statuses and `overdue` with
 * commas between.
 */
bool *rows_chosen(struct assembly *assembly, const struct ini_section *section,
                  const struct dataset *dataset);
/* The values of the fields, joined: "The Place: Encourage enterprise". */
struct text rows_group(struct assembly *assembly, const struct action *action,
                       const struct row_fields *group);
/* The different groups of the chosen rows (of all: NULL), in the order in which they come; *of_row
 * has that of each row. */
struct texts rows_groups(struct assembly *assembly, const struct dataset *dataset,
                         const struct row_fields *group, const bool *is_chosen,
                         struct text **of_row);
/* The words of a field, a status as what it is called; BLANK_SHOWN for none. */
struct text rows_words(const struct action *action, enum action_field field);
/* The entry with each {{FIELD}} filled in from the row, on one line; other names are facts. Of
 * several lines those below the first are left out in which all fields are blank. */
struct text rows_fill(struct assembly *assembly, const struct dataset *dataset,
                      const struct action *action, const struct ini_entry *entry);

/*
 * row_marks.c: `mark`, columns of which a "Y" stands as a word behind the row's action.
 * "Open the gallery (stretch)"; what is no yes or no stands behind the word.
 */
struct rich row_marked(struct arena *arena, const struct row_columns *marks,
                       const struct action *action, struct rich words);
/* rows_turns.c: keeps in mind which rows of a source that a loop does not cut a turn of it shows.
 */
void rows_turn(struct assembly *assembly, const struct ini_section *section,
               const struct dataset *dataset, const bool *is_chosen);

/* row_comparator.c */
struct row_comparator {
    bool is_there; /* the source has a number and another to compare it with */
    bool has_name, has_polarity;
    enum action_field value, name, other, polarity;
};
/* The only number of a text and what stands around it, its unit: "£k" of "£38k"; false: it has
 * none, or several. */
bool row_number(struct arena *arena, struct text t, struct decimal *number, struct text *unit);
/* By the keys `figure`, `comparator`, `comparator value` and `polarity`; columns called "Value",
 * "Comparator", "Comparator value" and "Polarity" when they are not given. */
struct row_comparator row_comparator_read(struct assembly *assembly,
                                          const struct ini_section *section,
                                          const struct dataset *dataset);
/*
 * "lower than England (25.7%): better". Of numbers in different units, or that differ by no more
 * than they may have been rounded by, the other number alone: "England: £38K". Better or worse is
 * said where the row says which way is good. Empty: there is nothing to compare with.
 */
struct text row_comparator_words(struct arena *arena, const struct row_comparator *comparator,
                                 const struct action *action);

#endif
