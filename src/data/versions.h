/*
 * versions - an action plan against an earlier version of it.
 *
 * Actions are matched by ID and equal words, then by equal words alone (they were renumbered), then
 * by ID alone (their words changed). What two actions of a version share, an ID or words, matches
 * nothing by itself. Every action of both versions is matched, added or vanished.
 */
#ifndef DATA_VERSIONS_H
#define DATA_VERSIONS_H

#include "data/dataset.h"

enum version_kind {
    /* each is a row of its own for a reader */
    VERSION_ADDED,
    VERSION_VANISHED, /* the only one that counts actions of the earlier version */
    VERSION_RENUMBERED,
    VERSION_TEXT,    /* words of a field changed */
    VERSION_WORDING, /* in the spelling of a word alone */
    VERSION_MOVED,   /* due at another time, or at none */
    VERSION_OWNER,   /* names added or removed, whatever their order */
    VERSION_CUT,     /* the cell of one version ends where that of the other goes on */
    VERSION_STATUS,
    VERSION_EMPTIED, /* what a field said is gone, or a placeholder stands for it */
    VERSION_FILLED,
    VERSION_STALE, /* an action that is not completed has the same update as before */
    /* for counts alone */
    VERSION_UPDATED,   /* the update is another */
    VERSION_UNCHANGED, /* nothing of the above but the update */
    VERSION_MATCHED,
    VERSION_KINDS
};
enum { VERSION_ROWS = VERSION_UPDATED };

const char *version_slug(enum version_kind kind);  /* "owner-changed": in names of facts */
const char *version_words(enum version_kind kind); /* "have other owners": of several actions */

struct version_item {
    enum version_kind kind;
    enum action_field field;
    const struct action *before; /* NULL of one that was added */
    const struct action *now;    /* NULL of one that vanished */
    struct text what;            /* "Due date moved: 12 months earlier" */
    struct text was, is;         /* the words that differ */
};

struct versions {
    const struct dataset *before, *now;
    struct version_item *items; /* in the order of the plan, what vanished last */
    size_t count;
    size_t capacity;
    /* Which actions are of a kind, of `now` (of VERSION_VANISHED: of `before`), and how many. */
    bool *is_of[VERSION_KINDS];
    size_t counts[VERSION_KINDS];
    size_t by_id;              /* of those that are matched; the others are by their words */
    struct texts not_compared; /* columns that only one of the versions has */
    /* Of each further column of `now`, the field of `before` under its name; ACTION_ID: none. */
    enum action_field *further;
};

/* Both must be of actions, and stay as they are. */
const struct versions *versions_make(struct arena *arena, const struct dataset *before,
                                     const struct dataset *now);
/* Whether both versions say what changes of that kind are about: an update, a status, a date. */
bool versions_know(const struct versions *versions, enum version_kind kind);
/* "25 actions: 24 matched by ID, 1 by its words, 0 added; 2 vanished since; 16 have other owners"
 */
struct text versions_sentence(struct arena *arena, const struct versions *versions);

#endif
