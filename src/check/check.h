/*
 * check - holds facts and inputs against the rules before anything is written. A check is a
 * function and a line in the table of check.c.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "compute/performance.h"
#include "data/reported.h"
#include "data/short_forms.h"

struct check_input {
    const struct dataset *dataset;
    const struct comparison *comparison; /* NULL for a source of actions */
    struct date as_at;
    struct date period_end; /* the last day of the job's period; not known: none is looked at */
};

/*
 * Finds figures that cannot be right, tells of each, and takes it out of the dataset, before
 * anything is worked out from it (statistics.md 0.9: an error stops that figure, not the report).
 * After disclosure_apply(): what is hidden is not judged.
 */
void check_stop(struct diags *diags, struct dataset *dataset);
/*
 * Holds the figures of a source against those of earlier reports, the latest first: a figure that
 * was another is told, and marked in the dataset. After check_stop() and before anything is worked
 * out.
 */
void check_revised(struct diags *diags, struct dataset *dataset, const struct reporteds *reported);
/*
 * Holds words against figures (statistics.md 0.4 and 7): a sentence that names a measure and says
 * that it rose, fell or stayed, or by how many per cent, and that the figures do not bear out, is
 * told with its line; so is a minus sign beside a word that says the direction. Placed facts are
 * right by construction; aims, definitions, other areas and other years are no claims. `words` may
 * be Markdown; `place` is where they begin: where it has no column, its line is counted on.
 */
struct claims;
struct claims_source {
    const struct comparison *comparison;
    const struct performances *performances; /* its measures against their targets; may be NULL */
};
/* `area`: the job's, as it is named; may be empty. */
struct claims *claims_new(struct arena *arena, const struct claims_source *sources, size_t count,
                          struct text area);
void check_claims(struct diags *diags, const struct claims *claims, struct text words,
                  struct place place);

/*
 * Holds the codes that words name against those of the job's registers, the sources whose rows have
 * ids: a code that none has is told with the nearest one, one that is written otherwise is an info.
 */
struct references;
struct references *references_new(struct arena *arena, const struct dataset *const *datasets,
                                  size_t count);
/* Words of the job or a template; `place` as in check_claims(). */
void check_codes(struct diags *diags, struct references *references, struct text words,
                 struct place place);
/* All cells of the sources' rows; codes that stand twice, numbers that are missing, and codes of a
 * register that no other source refers to, as it does to most. */
void check_references(struct diags *diags, struct references *references);

/*
 * Holds the words of a job against themselves, where no figure is needed: sums that a sentence
 * states, days that there are not, brackets that stay open, words that were to be filled in.
 * check_texts_across() tells what two of the texts say otherwise, after all of them.
 */
enum text_form {
    TEXT_NARRATIVE, /* Markdown */
    TEXT_CELL,      /* of an export: it may name somebody, and is not quoted */
    TEXT_VALUE      /* of a job or a template */
};
struct text_checks;
/* `as_at`: the day of the report; may be unknown. */
struct text_checks *text_checks_new(struct arena *arena, struct date as_at);
/* Names of areas of which half would be another place; they must outlive the checks. */
void text_checks_areas(struct text_checks *checks, const struct texts *areas);
/* Facts of a register, with a column of names and one of values, that words may give otherwise. */
void text_checks_facts(struct text_checks *checks, const struct dataset *dataset);
/* All cells of the rows of a source; what a merged or filled cell says is looked at once. */
void check_text_cells(struct diags *diags, struct text_checks *checks,
                      const struct dataset *dataset);
/* `place` as in check_claims(). */
void check_text(struct diags *diags, struct text_checks *checks, struct text words,
                struct place place, enum text_form form);
void check_texts_across(struct diags *diags, const struct text_checks *checks);

/*
 * abbreviations.c: capitals of 2 to 6 letters in the words of a report that neither `forms`, which
 * is settled, nor the words explain; codes of the job's registers and units are none.
 */
struct abbreviation_checks;
struct abbreviation_checks *abbreviation_checks_new(struct arena *arena,
                                                    const struct short_forms *forms);
void abbreviation_checks_exempt(struct abbreviation_checks *checks, struct text code);
void check_abbreviation_words(struct abbreviation_checks *checks, struct text words,
                              struct place place);
/* Tells of them, each with its first place, after all words. */
void check_abbreviations(struct diags *diags, const struct abbreviation_checks *checks);
/* A list of which entry `from` and those behind it may say otherwise than others before them. */
void check_short_forms(struct diags *diags, struct arena *arena, const struct short_forms *forms,
                       size_t from);
/* Those that were counted nowhere, in one message at `place`. */
void check_short_forms_used(struct diags *diags, struct arena *arena,
                            const struct short_forms *forms, struct place place);

/*
 * Figures of one measure, area and period that two sources of the job give differently; `area` is
 * the job's, which a source without areas is of.
 */
void check_two_values(struct diags *diags, const struct dataset *const *datasets, size_t count,
                      struct text area);

/* Runs every other check on one source; findings go to diags. */
void check_source(struct diags *diags, const struct check_input *input);

#endif
