/*
 * diag - the messages of a job, collected and not fatal one by one.
 *
 * A message reads `input/crime.csv:17:4: error: '12,O34' is not a number [number]`. Its level and
 * the exit status it leads to stand in the catalogue, not at the call. Message text: lower case, no
 * full stop, the error first, what was found in quotes, then what was expected and what to do.
 * Free text from cells is never quoted in full: it may name somebody.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/exit.h"
#include "base/text.h"

#include <stdio.h>

/* LEVEL_STOPPED: a figure cannot be right and is not shown; the report is published without it. */
enum level { LEVEL_INFO, LEVEL_WARNING, LEVEL_STOPPED, LEVEL_ERROR };

/* Name in brackets, level, exit status. A new message kind is a new line here. */
#define DIAG_CATALOGUE(X)                                                                          \
    /* job file, template, command line */                                                         \
    X(CONFIG, "config", LEVEL_ERROR, STATUS_CONFIG)                                                \
    X(USAGE, "usage", LEVEL_ERROR, STATUS_CONFIG)                                                  \
    X(INI_SYNTAX, "ini-syntax", LEVEL_ERROR, STATUS_CONFIG)                                        \
    X(UNKNOWN_KEY, "unknown-key", LEVEL_ERROR, STATUS_CONFIG)                                      \
    X(DUPLICATE_KEY, "duplicate-key", LEVEL_ERROR, STATUS_CONFIG)                                  \
    X(MISSING_KEY, "missing-key", LEVEL_ERROR, STATUS_CONFIG)                                      \
    X(BAD_VALUE, "bad-value", LEVEL_ERROR, STATUS_CONFIG)                                          \
    X(TEMPLATE, "template", LEVEL_ERROR, STATUS_CONFIG)                                            \
    X(UNKNOWN_FACT, "unknown-fact", LEVEL_ERROR, STATUS_CONFIG)                                    \
    X(MARKDOWN, "markdown", LEVEL_ERROR, STATUS_CONFIG)                                            \
    /* inputs */                                                                                   \
    X(NO_FILE, "no-file", LEVEL_ERROR, STATUS_INPUT)                                               \
    X(FILE_READ, "file-read", LEVEL_ERROR, STATUS_INPUT)                                           \
    X(FILE_CHANGED, "file-changed", LEVEL_ERROR, STATUS_INPUT)                                     \
    X(CAP, "cap", LEVEL_ERROR, STATUS_INPUT)                                                       \
    X(FORMAT, "format", LEVEL_ERROR, STATUS_INPUT)                                                 \
    X(ENCODING, "encoding", LEVEL_ERROR, STATUS_INPUT)                                             \
    X(QUOTE, "quote", LEVEL_ERROR, STATUS_INPUT)                                                   \
    X(FIELD_COUNT, "field-count", LEVEL_ERROR, STATUS_INPUT)                                       \
    X(NO_ROWS, "no-rows", LEVEL_ERROR, STATUS_INPUT)                                               \
    X(MISSING_COLUMN, "missing-column", LEVEL_ERROR, STATUS_INPUT)                                 \
    X(DUPLICATE_COLUMN, "duplicate-column", LEVEL_ERROR, STATUS_INPUT)                             \
    X(NUMBER, "number", LEVEL_ERROR, STATUS_INPUT)                                                 \
    X(DATE, "date", LEVEL_ERROR, STATUS_INPUT)                                                     \
    X(PERIOD, "period", LEVEL_ERROR, STATUS_INPUT)                                                 \
    X(MISSING_VALUE, "missing-value", LEVEL_ERROR, STATUS_INPUT)                                   \
    X(DUPLICATE_ROW, "duplicate-row", LEVEL_ERROR, STATUS_INPUT)                                   \
    X(CONFLICT, "conflict", LEVEL_ERROR, STATUS_INPUT)                                             \
    X(STATUS_WORD, "status", LEVEL_ERROR, STATUS_INPUT)                                            \
    X(PDF_INPUT, "pdf-input", LEVEL_ERROR, STATUS_INPUT)                                           \
    X(RECIPIENT, "recipient", LEVEL_ERROR, STATUS_INPUT)                                           \
    /* checks on figures */                                                                        \
    X(SUM, "sum", LEVEL_STOPPED, STATUS_OK)                                                        \
    X(SUBSET, "subset", LEVEL_STOPPED, STATUS_OK)                                                  \
    X(RANGE, "range", LEVEL_STOPPED, STATUS_OK)                                                    \
    X(DOUBLE_COUNT, "double-count", LEVEL_STOPPED, STATUS_OK)                                      \
    X(CI_ORDER, "limits", LEVEL_STOPPED, STATUS_OK)                                                \
    X(DENOMINATOR, "denominator", LEVEL_STOPPED, STATUS_OK)                                        \
    X(CONFLICTING, "conflict", LEVEL_STOPPED, STATUS_OK)                                           \
    X(ALL_STOPPED, "all-stopped", LEVEL_ERROR, STATUS_INPUT)                                       \
    X(SUM_ROUNDING, "sum-rounding", LEVEL_INFO, STATUS_OK)                                         \
    X(ROUNDED_COUNTS, "rounded-counts", LEVEL_INFO, STATUS_OK)                                     \
    X(PERCENT_MISMATCH, "percent-mismatch", LEVEL_WARNING, STATUS_OK)                              \
    X(RATE_MISMATCH, "rate-mismatch", LEVEL_WARNING, STATUS_OK)                                    \
    X(COUNT_MEANING, "count-meaning", LEVEL_WARNING, STATUS_OK)                                    \
    X(UNIT_SCALE, "unit-scale", LEVEL_WARNING, STATUS_OK)                                          \
    X(STALE_POPULATION, "stale-population", LEVEL_WARNING, STATUS_OK)                              \
    X(DOUBLE_NEGATIVE, "double-negative", LEVEL_WARNING, STATUS_OK)                                \
    X(CLAIM, "claim", LEVEL_WARNING, STATUS_OK)                                                    \
    X(AMOUNT_MISMATCH, "amount-mismatch", LEVEL_WARNING, STATUS_OK)                                \
    X(STATED_NUMBER, "stated-number", LEVEL_WARNING, STATUS_OK)                                    \
    X(STATED_DATE, "stated-date", LEVEL_WARNING, STATUS_OK)                                        \
    X(STATED_DATE_OPEN, "stated-date", LEVEL_INFO, STATUS_OK)                                      \
    X(UNFINISHED, "unfinished", LEVEL_WARNING, STATUS_OK)                                          \
    X(CUT_SHORT, "cut-short", LEVEL_WARNING, STATUS_OK)                                            \
    X(NUMBERING, "numbering", LEVEL_WARNING, STATUS_OK)                                            \
    X(TWO_WAYS, "two-ways", LEVEL_WARNING, STATUS_OK)                                              \
    X(TWO_SPELLINGS, "two-ways", LEVEL_INFO, STATUS_OK)                                            \
    X(ABBREVIATION, "abbreviation", LEVEL_INFO, STATUS_OK)                                         \
    X(PERIOD_LABEL, "period-label", LEVEL_WARNING, STATUS_OK)                                      \
    X(PERIOD_GAP, "period-gap", LEVEL_WARNING, STATUS_OK)                                          \
    X(OVERLAP, "overlap", LEVEL_WARNING, STATUS_OK)                                                \
    X(POLARITY, "polarity", LEVEL_WARNING, STATUS_OK)                                              \
    X(REMAINDER, "remainder", LEVEL_INFO, STATUS_OK)                                               \
    X(PERIOD_ASSUMED, "period-assumed", LEVEL_INFO, STATUS_OK)                                     \
    X(VALUE_CHECK, "value-check", LEVEL_WARNING, STATUS_OK)                                        \
    X(DUPLICATE_USED_ONCE, "duplicate", LEVEL_INFO, STATUS_OK)                                     \
    X(NO_STATUS, "no-status", LEVEL_WARNING, STATUS_OK)                                            \
    X(OVERDUE, "overdue", LEVEL_WARNING, STATUS_OK)                                                \
    X(REFERENCE, "reference", LEVEL_WARNING, STATUS_OK)                                            \
    X(REFERENCE_SPELLING, "reference", LEVEL_INFO, STATUS_OK)                                      \
    X(VERSIONS, "versions", LEVEL_INFO, STATUS_OK)                                                 \
    X(STALE, "stale", LEVEL_WARNING, STATUS_OK)                                                    \
    X(AFTER_AS_AT, "after-as-at", LEVEL_INFO, STATUS_OK)                                           \
    X(DUE, "due", LEVEL_INFO, STATUS_OK)                                                           \
    X(GAP, "gap", LEVEL_WARNING, STATUS_OK)                                                        \
    X(UNUSED, "unused", LEVEL_WARNING, STATUS_OK)                                                  \
    X(SLICE, "slice", LEVEL_WARNING, STATUS_OK)                                                    \
    X(GLYPH, "glyph", LEVEL_ERROR, STATUS_INPUT)                                                   \
    X(CRAMPED, "cramped", LEVEL_WARNING, STATUS_OK)                                                \
    X(ALIKE, "alike", LEVEL_WARNING, STATUS_OK)                                                    \
    X(DROPPED, "dropped", LEVEL_WARNING, STATUS_OK)                                                \
    X(EXEMPT_WORDS, "exempt-words", LEVEL_WARNING, STATUS_OK)                                      \
    X(UNSEARCHED, "unsearched", LEVEL_WARNING, STATUS_OK)                                          \
    X(UNTAGGED, "untagged", LEVEL_WARNING, STATUS_OK)                                              \
    X(READ, "read", LEVEL_INFO, STATUS_OK)                                                         \
    X(HEADER, "header", LEVEL_INFO, STATUS_OK)                                                     \
    X(REPAIR, "repair", LEVEL_INFO, STATUS_OK)                                                     \
    X(HIDDEN, "hidden", LEVEL_WARNING, STATUS_OK)                                                  \
    X(SUPPRESS, "suppress", LEVEL_ERROR, STATUS_INPUT)                                             \
    X(SUPPRESSED, "suppressed", LEVEL_INFO, STATUS_OK)                                             \
    X(SUPPRESS_SHARED, "suppress-shared", LEVEL_WARNING, STATUS_OK)                                \
    X(SUPPRESS_UNKNOWN, "suppress-unknown", LEVEL_WARNING, STATUS_OK)                              \
    X(LOOKUP, "lookup", LEVEL_ERROR, STATUS_INPUT)                                                 \
    X(UNMATCHED, "unmatched", LEVEL_WARNING, STATUS_OK)                                            \
    X(FORMULA, "formula", LEVEL_ERROR, STATUS_INPUT)                                               \
    X(SAME_INPUT, "same-input", LEVEL_ERROR, STATUS_INPUT)                                         \
    X(SAME_INPUT_ALLOWED, "same-input", LEVEL_WARNING, STATUS_OK)                                  \
    X(SAME_ID, "same-id", LEVEL_WARNING, STATUS_OK)                                                \
    X(OTHER_MONTH, "other-month", LEVEL_WARNING, STATUS_OK)                                        \
    X(OUTLIER, "outlier", LEVEL_WARNING, STATUS_OK)                                                \
    X(INCOMPLETE, "incomplete", LEVEL_WARNING, STATUS_OK)                                          \
    X(REVISED, "revised", LEVEL_WARNING, STATUS_OK)                                                \
    /* outputs */                                                                                  \
    X(WRITE, "write", LEVEL_ERROR, STATUS_OUTPUT)                                                  \
    X(PERMISSION, "permission", LEVEL_ERROR, STATUS_OUTPUT)                                        \
    X(LEAK, "leak", LEVEL_ERROR, STATUS_INTERNAL)                                                  \
    X(VERIFY, "verify", LEVEL_ERROR, STATUS_INTERNAL)                                              \
    X(RECONCILE, "reconcile", LEVEL_ERROR, STATUS_INTERNAL)                                        \
    X(INTERNAL, "internal", LEVEL_ERROR, STATUS_INTERNAL)                                          \
    X(BUSY, "busy", LEVEL_ERROR, STATUS_BUSY)                                                      \
    X(MAIL, "mail", LEVEL_ERROR, STATUS_MAIL)                                                      \
    X(MAIL_UNKNOWN, "mail-unknown", LEVEL_ERROR, STATUS_MAIL)                                      \
    X(NOTE, "note", LEVEL_INFO, STATUS_OK)

enum diag_kind {
#define DIAG_ENUM(name, word, level, status) DIAG_##name,
    DIAG_CATALOGUE(DIAG_ENUM)
#undef DIAG_ENUM
};

/*
 * Where something stands. Empty file: no place. `line` and `column` count from 1; 0 is unknown. For
 * a CSV the line is the physical line on which the row begins and the column is the field's number;
 * for an INI or Markdown file it is the character. `part` is a sheet or a page, usually empty. Of a
 * cell, `part` is the sheet, `line` the row: "exports/plan.xlsx:Sheet1!C7".
 */
struct place {
    struct text file;
    struct text part;
    unsigned line;
    unsigned column;
    bool is_cell;
};
#define PLACE_NONE ((struct place){.file = TEXT_EMPTY, .part = TEXT_EMPTY})
struct place place_file(struct text file);
struct place place_at(struct text file, unsigned line, unsigned column);
struct place place_in_sheet(struct text file, struct text sheet, unsigned row, unsigned column);
/* "file:line:column" with the parts that are known; of a cell "file:Sheet!C7", of a row of a sheet
 * "file:Sheet!7". */
struct text place_text(struct arena *arena, struct place place);

struct diag {
    enum diag_kind kind;
    struct place place;
    struct text message;
};

struct diags {
    struct arena *arena;
    struct diag *items;
    size_t count;
    size_t capacity;
};

struct diags diags_new(struct arena *arena);
void diag(struct diags *diags, enum diag_kind kind, struct place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Takes out what was told before, word for word and of the same place, among those from `first`. */
void diags_drop_repeats(struct diags *diags, size_t first);

const char *diag_word(enum diag_kind kind);
enum level diag_level(enum diag_kind kind);
enum status diag_status(enum diag_kind kind);
const char *level_word(enum level level);

size_t diags_count(const struct diags *diags, enum level at_least);
static inline bool diags_ok(const struct diags *diags)
{
    return diags_count(diags, LEVEL_ERROR) == 0;
}
/* The worst status of all messages; STATUS_OK when there is no error. */
enum status diags_status(const struct diags *diags);

/*
 * Writes messages of at least `least`, in the order in which they came. The 21st and later of one
 * kind in one file are folded into "… and N more". Errors carry colour when `colour` is set.
 */
void diags_print(const struct diags *diags, FILE *out, enum level least, bool colour);

#endif
