/* action - one row of an action plan or key-activity list. */
#ifndef DATA_ACTION_H
#define DATA_ACTION_H

#include "base/diag.h"
#include "data/date.h"
#include "data/rich.h"

/* The owner's status of an action. Never worked out from the words of an update. */
enum rag {
    RAG_NONE,
    RAG_RED,
    RAG_AMBER,
    RAG_GREEN,
    RAG_COMPLETED,
    RAG_ON_HOLD,
    RAG_NOT_STARTED,
    RAGS
};

const char *rag_word(enum rag rag);    /* "Red", …, "Not started"; "No status given" */
const char *rag_slug(enum rag rag);    /* "red", …, "on-hold"; "none" */
const char *rag_meaning(enum rag rag); /* for a key */
/*
 * Reads a status as people and systems write it: "Green", "G", "on track", "5-Complete",
 * "Green (on track)", a coloured disc. All parts must say the same. False for other words, and for
 * parts that contradict each other.
 */
bool rag_read(struct text t, enum rag *out);

enum action_field {
    ACTION_ID,
    ACTION_THEME,
    ACTION_PRIORITY,
    ACTION_FOCUS, /* what the priority is about */
    ACTION_OBJECTIVE,
    ACTION_TITLE, /* the action or key activity */
    ACTION_STATUS,
    ACTION_PROGRESS, /* the update */
    ACTION_NEXT_STEPS,
    ACTION_MILESTONES,
    ACTION_TARGET, /* target, outcome or success measure */
    ACTION_DUE,
    ACTION_OWNER, /* lead, who will deliver */
    ACTION_TEAM,
    ACTION_PORTFOLIO,
    ACTION_INDICATOR,
    ACTION_LINKS, /* related strategies and plans */
    ACTION_FUNDING,
    ACTION_DESCRIPTION, /* what stands behind the action's name, such as its sub-actions */
    ACTION_START,
    ACTION_PERCENT, /* how much of it is done */
    ACTION_REASON,  /* why the status is what it is */
    ACTION_OUTPUTS,
    ACTION_OUTCOME,
    ACTION_PARTNERS,
    ACTION_RISKS,
    ACTION_FIELDS
};
/*
 * A column that is none of these is a further one: fields numbered from ACTION_FIELDS on, in the
 * order of the source's further columns (data/dataset.h has their names).
 */
const char *action_field_slug(enum action_field field); /* of a known one: "id", "next-steps", … */
bool action_field_read(struct text name, enum action_field *out);

/* A cell of a further column. */
struct action_cell {
    struct text text;
    struct rich_runs runs;
    unsigned column; /* in its file, from 1; 0: not there */
};

struct action {
    struct text field[ACTION_FIELDS]; /* as in the source, trimmed; lists keep their lines */
    struct rich_runs *runs;           /* emphasis in each; NULL: in none, as mostly */
    enum rag rag;
    struct date due;        /* last day of the due period; unknown when blank or not a date */
    bool is_due_assumed;    /* `due` is the last day that its words can mean: "Spring 2024" */
    struct place place;     /* the row */
    const unsigned *column; /* of each field in its file, from 1; 0: not there. Rows share it */
    struct action_cell *further; /* of the further columns that its file has; the rest is blank */
    size_t further_count;
};

/* Columns of its fields, of which a copy is made in `arena` unless `before` (or NULL) has the same.
 */
void action_set_columns(struct arena *arena, struct action *action,
                        const unsigned columns[ACTION_FIELDS], const struct action *before);
/* Of any field, a further one too; blank where its file has no such column. */
struct rich action_text(const struct action *action, enum action_field field);
/* The cell of a field; the row when the file has no such column. */
struct place action_place(const struct action *action, enum action_field field);
/* Of a field that is there; emphasis in `arena`. */
void action_set(struct arena *arena, struct action *action, enum action_field field,
                struct rich text);

/* Due before `as_at` and neither completed nor on hold. */
bool action_is_overdue(const struct action *action, struct date as_at);

#endif
