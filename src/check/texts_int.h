/*
 * What a text says of itself: numbers that do not add up, days that there are not, words that were
 * left unfinished. texts.c has the passage that all rules look at, a file has a kind of rule.
 *
 * Rules speak of what stands in the words alone. Free text of cells is not quoted: numbers, days
 * and abbreviations are.
 */
#ifndef CHECK_TEXTS_INT_H
#define CHECK_TEXTS_INT_H

#include "check/claims_int.h"

/* One text of the job, as the rules look at it. */
struct passage {
    struct diags *diags;
    struct text_checks *checks;
    enum text_form form;
    struct text words;  /* as written */
    struct text plain;  /* as many bytes: addresses, emphasis and typographic signs are blanks or
                           ASCII, so that an offset into one is one into the other */
    struct place place; /* of its first byte; where it has a column, of all of it */
    struct claim_tokens tokens; /* of `plain` */
    size_t *lines;              /* where each line begins */
    size_t line_count;
};

/* texts.c: what lies where. */
size_t passage_at(const struct passage *passage, size_t token); /* its offset */
size_t passage_behind(const struct passage *passage, size_t token);
/* What lies between the token and the one before it, without blanks and pound signs. */
struct text passage_gap(const struct passage *passage, size_t token);
/* A sentence or a line of a list ends between the token and the one before it. */
bool passage_breaks(const struct passage *passage, size_t token);
/* The end of a line is there, and of what it says: in Markdown sentences go over several lines. */
bool passage_line_ends(const struct passage *passage, size_t at);
/* The token from which on its sentence goes; one behind its last. */
size_t passage_first(const struct passage *passage, size_t token);
size_t passage_last(const struct passage *passage, size_t token);
bool passage_word(const struct passage *passage, size_t token, const char *spellings);
bool passage_is_number(const struct passage *passage, size_t token);
/* "about", "over", or the like stands before it: it is not exact. */
bool passage_is_near(const struct passage *passage, size_t token);
/* As stated: "36k" is 36,000. */
struct decimal passage_value(const struct passage *passage, size_t token);
struct text passage_raw(const struct passage *passage, size_t token);
/* For messages: grouped, with a minus sign. */
struct text passage_number(const struct passage *passage, struct decimal number);
struct place passage_place(const struct passage *passage, size_t offset);
/* A message of that kind whose subject stands there was told already, by another rule. */
bool passage_is_told(const struct passage *passage, enum diag_kind kind, size_t token);

/* The rules; each tells what it finds. */
void texts_sums(const struct passage *passage);    /* texts_sums.c: "1 + 1 = 3", lists and totals */
void texts_flows(const struct passage *passage);   /* texts_flows.c: what came, went and is left */
void texts_changes(const struct passage *passage); /* texts_changes.c: "from 4 to 5, up by 20%" */
void texts_shares(const struct passage *passage);  /* texts_shares.c: parts above the whole */
void texts_dates(const struct passage *passage);   /* texts_dates.c */
void texts_ranges(const struct passage *passage);  /* texts_ranges.c: from one time to another */
void texts_marks(const struct passage *passage);   /* texts_marks.c: brackets and asterisks */
void texts_unfinished(
    const struct passage *passage);                  /* texts_unfinished.c: what was to be filled */
void texts_numbering(const struct passage *passage); /* texts_numbering.c: 8.1, then 8.3 */

/* A day, month or year that words name. */
struct when {
    size_t first, end;       /* tokens */
    struct date start, stop; /* its first and last day */
    bool is_year;            /* a calendar year and no more */
};
/* texts_when.c: the time that the token begins; false when it begins none. */
struct day_named {
    size_t end;            /* one behind its last token */
    bool has_year, is_day; /* is_day: of a day with a year, there is such a day */
    struct date date;      /* unknown without a year */
};
/* A day and a month, perhaps a year; false when the token begins no such thing. */
bool texts_day(const struct passage *passage, size_t token, struct day_named *out);
bool texts_when(const struct passage *passage, size_t token, struct when *out);

void texts_appendices(const struct passage *passage); /* texts_appendices.c */
void texts_areas(const struct passage *passage);      /* texts_areas.c: half of a name */
void texts_facts(const struct passage *passage); /* texts_facts.c: given otherwise by a register */
/* texts_across.c: keeps what other texts of the job may say otherwise. */
void texts_keep(const struct passage *passage);
/* The same of a priority's name whose number stands in the id of the row: "1.a". */
void texts_keep_priority(const struct passage *passage, struct text id);

struct said_once;
struct half_named;
struct told_fact;
struct text_checks {
    struct arena *arena;
    struct date as_at;
    struct said_once *said; /* texts_across.c */
    size_t said_count, said_capacity;
    struct map by_key;         /* to the last of that key */
    struct half_named *halves; /* texts_areas.c */
    size_t half_count, half_capacity;
    struct told_fact *facts; /* texts_facts.c */
    size_t fact_count, fact_capacity;
    bool has_note; /* a line of some text explains an asterisk */
    bool has_mark; /* a cell has one that it does not explain: the last stands at `mark` */
    struct place mark;
};

#endif
