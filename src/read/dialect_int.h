/* dialect_int - the dialects, and what they use for words: clean text, dates, groups, statuses. */
#ifndef READ_DIALECT_INT_H
#define READ_DIALECT_INT_H

#include "read/figures_int.h"

/*
 * markup.c: the clean text of a cell in which a system left HTML: paragraphs and lists as lines
 * ("• item", "1. item", nested ones run in by four spaces), emphasis as runs, links with their
 * address in brackets. False when the cell holds no HTML: "<5", "a < b", "R&D" and
 * "<name@example.org>" are text. Nothing that is text is lost; *out is in `arena`.
 */
bool markup_read(struct arena *arena, struct text cell, struct rich *out);
/* The same for a cell at `place`, told as a repair; another cell as it is. For columns of text. */
struct rich source_rich(struct source *source, struct place place, struct text cell);

/*
 * due.c: by when an action is due. Dates in figures are read day first; a cell that could be read
 * month first is told when the file ends, unless another cell of the column shows that days come
 * first.
 */
struct due_reader {
    bool month_first;      /* the job says so */
    bool takes_words;      /* "Monthly" is no more than what it says, as in a register */
    bool has_day_above_12; /* in the place where days are expected */
    bool is_assumed;       /* of the cell read last: its day is the last one that it can mean */
    struct place *doubtful;
    size_t doubtful_count;
    size_t doubtful_capacity;
};
/*
 * A date, or the last day of a period. Words that can mean several days ("Spring 2024", "Q3 2023")
 * stand for the last of these, so that nothing is overdue before it is sure. Unknown for words that
 * say how often ("Termly"), or after what ("7 days after the meeting"), for placeholders ("TBC")
 * and for dates without a year ("by Q3"). Each is told. False after an error.
 */
bool due_read(struct source *source, struct due_reader *due, struct place place, struct text cell,
              struct date *out);
void due_end_of_file(struct source *source, struct due_reader *due);

/* actions_further.c: where each field of the actions stands in the file that is being read. */
struct action_column {
    size_t position;   /* NO_COLUMN: the file has no such column */
    bool is_named;     /* `fill down` names it */
    struct text above; /* what is filled down */
};
/*
 * The fields, then the columns that none of them stands for: `keep` names these, or says `all`.
 * Their headers go into the dataset; *out, in scratch, has dataset_action_fields(). False after
 * messages about columns that are not known, or not there.
 */
bool action_columns_open(struct source *source, struct text keep, struct action_column **out);

/*
 * fill.c: fills the blank cells of themes, priorities and focuses with the cell above, where the
 * column's other cells show that it is one of groups; says so where they do not.
 */
enum { GROUP_FIELDS = ACTION_FOCUS + 1, NO_ACTION = -1 };
struct group_row {
    struct text field[GROUP_FIELDS];
    long action; /* its number in the dataset; NO_ACTION: the filter left the row out */
};
struct group_rows { /* of one file, in its order */
    struct group_row *items;
    size_t count;
    size_t capacity;
};
void fill_group_columns(struct source *source, struct group_rows *rows);

/* status.c: the words of the job for statuses, `status words = Amber: Some concerns | Slow; …`. */
struct status_word {
    struct text word;
    enum rag rag;
};
struct status_words {
    struct status_word *items;
    size_t count;
    size_t capacity;
};
void status_words_read(struct source *source, struct status_words *out);
/* The status of a cell: the job's words first. False when its words are none. */
bool status_knows(const struct status_words *words, struct text cell, enum rag *out);
/* The same, with a message. */
bool status_read(struct source *source, const struct status_words *words, struct place place,
                 struct text cell, enum rag *out);

/* The dialects. */
extern const struct dialect wide_dialect;
extern const struct dialect long_dialect;
extern const struct dialect fingertips_dialect;
extern const struct dialect kpi_dialect;
extern const struct dialect survey_dialect;
extern const struct dialect street_dialect;
extern const struct dialect stop_dialect;
extern const struct dialect action_dialect;
extern const struct dialect register_dialect;                     /* actions.c */
extern const struct dialect_column action_columns[ACTION_FIELDS]; /* actions_columns.c */

#endif
