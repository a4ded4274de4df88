/*
 * Shared by the files of this folder: assembly.c answers what a template asks for, resolve.c what
 * its words name, table_parts.c has what all tables need; notes.c and outline.c see to the whole,
 * and each other file makes one kind of part.
 */
#ifndef ASSEMBLE_ASSEMBLE_INT_H
#define ASSEMBLE_ASSEMBLE_INT_H

#include "assemble/assemble.h"

/* Stopped figures of one measure (of any: SIZE_MAX) in an area (AREA_ALL: any) within a period. */
struct stopped_scope {
    size_t measure, area;
    struct period period;
};
struct stopped_scopes {
    struct stopped_scope *items;
    size_t count;
    size_t capacity;
};
struct stopped_told {
    const struct dataset *dataset;
    const struct stopped *stopped;
};

struct assembly {
    struct arena *arena;
    struct diags *diags;
    const struct report_input *input;
    struct resolver resolver; /* facts, and the report's own fields */
    struct document *document;
    struct narrative narrative;
    bool is_lost;                   /* something was left out because its source was refused */
    bool has_changes;               /* a table or chart shows changes: the method note is needed */
    bool has_judgements;            /* … and says which of them can be told from chance */
    bool has_other_tests;           /* … and not of counts alone */
    const struct comparison **used; /* whose figures the report shows */
    size_t used_count;
    size_t used_capacity;
    bool has_figure;           /* a table or chart shows one */
    struct stopped_told *told; /* stopped figures that a note below a table tells of */
    size_t told_count;
    size_t told_capacity;
    struct stopped_told *named; /* … that stand in the narrative, in a grid or in a panel */
    size_t named_count;
    size_t named_capacity;
    struct texts not_shown;    /* what is said of those at the end */
    struct texts placed;       /* titles of the template's sections that the narrative has placed */
    struct table *short_table; /* of the short forms, filled at the end; NULL: not placed */
    size_t parts;              /* tables, charts, keys, grids and panels placed */
    struct texts made;         /* names of the parts that turns of loops have made */
    struct loop *loop;         /* that is open while the narrative is read; NULL: none */
    struct scope *scope;       /* the turn of a loop that facts and parts are of; NULL: none */
    struct scope **scopes;     /* by their numbers, from 1 */
    size_t scope_count;
    size_t scope_capacity;
    struct turned *turned; /* which rows turns of loops have shown: rows_turns.c */
    size_t turned_count;
    size_t turned_capacity;
};

/* The value of a key with its placeholders filled; empty when it is not given. */
struct text assembly_value(struct assembly *assembly, const struct ini_section *section,
                           const char *key);
/* What stands above a table or chart: the placement's words, or the section's `caption`. */
struct text assembly_caption(struct assembly *assembly, const struct ini_section *section,
                             struct text caption);
/* What the job calls the report, or the template; with the word in front where it is a draft. */
struct text assembly_title(struct assembly *assembly, bool *is_draft);
/* The source that the section's `source` names; NULL with a message when there is none. */
const struct report_source *assembly_source(struct assembly *assembly,
                                            const struct ini_section *section);
/* The same, which must hold figures (or actions). */
const struct report_source *assembly_figures(struct assembly *assembly,
                                             const struct ini_section *section);
const struct report_source *assembly_actions(struct assembly *assembly,
                                             const struct ini_section *section);
/* False, with a message, when the source has no figure at all for the job's period. */
bool assembly_has_period(struct assembly *assembly, const struct report_source *source);
/* Reports a value that is none of the choices. */
void assembly_bad_choice(struct assembly *assembly, const struct ini_section *section,
                         const char *key, struct text value, const struct texts *choices);
/* Which of the words `value`, found at `key`, is; `count`, with a message, when it is none. */
size_t assembly_choose(struct assembly *assembly, const struct ini_section *section,
                       const char *key, struct text value, const char *const *words, size_t count);

/* What is not said of the paper is as the council's style has it. */
enum page_form assembly_paper(const struct assembly *assembly, enum page_form form);

/* Builds the table of a [table NAME] section, or the chart of a [chart NAME] section; NULL with a
 * message when it cannot. The caption is the placement's, or the section's when that is empty. A
 * chart without series is none: its `data` stands in its place, with a note that says why. */
struct table *assemble_table(struct assembly *assembly, const struct ini_section *section,
                             struct text caption);
struct chart *assemble_chart(struct assembly *assembly, const struct ini_section *section,
                             struct text caption);

/* grid.c, panel.c, image.c: the block of a [grid NAME] or [panel NAME], or of a picture that the
 * placement names, behind `blocks`; nothing, with a message, when it cannot be made. */
void assemble_grid(struct assembly *assembly, const struct ini_section *section,
                   struct text caption, struct blocks *blocks);
void assemble_panel(struct assembly *assembly, const struct ini_section *section,
                    struct text caption, struct blocks *blocks);
void assemble_image(struct assembly *assembly, const struct block *placement,
                    struct blocks *blocks);
/*
 * Entry `i` of the section, when its key is `word` with the next number ("cell 2"), filled in and
 * cut into lines: of *lines the first may not be empty. False for other keys, and with a message
 * for one out of turn.
 */
bool assembly_numbered(struct assembly *assembly, const struct ini_section *section, size_t i,
                       const char *word, size_t number, struct texts *lines);
/* `columns` of the section, from 1 to `most`. */
unsigned assembly_columns(struct assembly *assembly, const struct ini_section *section,
                          unsigned most, unsigned otherwise);

/* actions.c: when it is due, a day as "31 October 2021" however the export writes it. */
struct text action_due_shown(struct arena *arena, const struct action *action);

/* The rows of a comparison as a table: label, figures newest first, changes on each baseline. */
struct table *table_of_comparison(struct assembly *assembly, const struct comparison *comparison,
                                  struct text name, struct text row_header);
/* A part says of these changes whether they can be told from chance. */
void assembly_judges(struct assembly *assembly, const struct comparison *comparison);
/* One function a kind of table; each stands in the table of table.c. */
struct table *change_table(struct assembly *assembly, const struct ini_section *section);
struct table *figures_table(struct assembly *assembly, const struct ini_section *section);
struct table *performance_table(struct assembly *assembly, const struct ini_section *section);
struct table *actions_table(struct assembly *assembly, const struct ini_section *section);
struct table *benchmark_table(struct assembly *assembly, const struct ini_section *section);
struct table *count_table(struct assembly *assembly, const struct ini_section *section);
struct table *quality_table(struct assembly *assembly, const struct ini_section *section);
struct table *gaps_table(struct assembly *assembly, const struct ini_section *section);
struct table *action_changes_table(struct assembly *assembly, const struct ini_section *section);
struct table *abbreviations_table(struct assembly *assembly, const struct ini_section *section);

/* performance_notes.c: the thresholds, profiles and forecasts as used, and why one is missing. */
void performance_notes(struct assembly *assembly, const struct performances *all,
                       struct table *table);

/* A value as a cell. A number stays a number: its markers go into a column of notes. */
struct cell value_cell(struct arena *arena, struct value value, unsigned places,
                       enum measure_kind kind);
struct column *number_column(struct table *table, size_t c, struct text header);
/* What stands beside figures of a measure: its label, with the unit where they do not show it. */
struct text label_of_figures(struct arena *arena, const struct measure *measure);

/* Adds the section's own notes and source line, and the meaning of the markers in its cells.
 * `dataset` is NULL for a table that is of no source. */
void table_finish(struct assembly *assembly, struct table *table, const struct ini_section *section,
                  const struct dataset *dataset);

/* resolve.c: {{NAME | FORMAT}}, for the resolver of an assembly. */
bool assembly_resolve(void *context, struct text name, struct text format, struct text *out);
/* Whether a fact is there for {{if NAME}}; *advice is the rest of a message where it is not. */
enum holding { HOLDS_UNKNOWN, HOLDS_MISSING, HOLDS_NOT, HOLDS };
enum holding assembly_holds(struct assembly *assembly, struct text name, struct text *advice);

/*
 * formats.c: what a fact shows in one of the formats that all have: "lower", "capital", "date" and
 * "month" of its usual text; of a number "words" and a plural, "# action | # actions". False when
 * it has no such format; *out is then what it has.
 */
struct showing {
    struct text usual;
    bool is_number;
    struct value value; /* of a number */
};
bool format_show(struct arena *arena, const struct showing *shown, struct text format,
                 struct text *out);
/* The first letter, where it is ASCII, as a capital or small; "ASB" and "R&D" stay. */
struct text format_first(struct arena *arena, struct text t, bool is_capital);

/* ---- loop.c: conditions and loops of the narrative ---- */

struct flow loop_flow(struct assembly *assembly);
/* Goes to the turn of that number, as a placement carries it; 0: to none. */
void loop_enter(struct assembly *assembly, size_t number);
/* What stands for a source of the job in the turn: the rows of its value; the source itself outside
 * of its loops. */
const struct report_source *loop_source(struct assembly *assembly,
                                        const struct report_source *whole);
/* White space as one blank: a value stands in headings and captions. */
struct text text_on_one_line(struct arena *arena, struct text t);
/* A name of a part that no other has, and a caption that says of what its rows are. */
struct text loop_name(struct assembly *assembly, struct text section);
struct text loop_caption(struct assembly *assembly, struct text caption);
/* Under which a section is placed once. */
struct text loop_placed(struct assembly *assembly, struct text title);
/* {{priority}}, {{priority.owner}} and {{priority.overdue.count}} of the turns that are open. */
struct loop_fact {
    bool is_of_loop; /* the name begins as one of theirs */
    bool has_name;   /* … and goes on as one of its fields or counts */
    bool is_known;   /* … in which all rows agree that have it */
    bool is_there;   /* not blank, no count of 0 */
    bool is_count;
    struct value value; /* of a count */
    struct rich cell;   /* else */
};
/* *advice is the rest of a message when it is of a loop and not known. */
struct loop_fact loop_fact(struct assembly *assembly, struct text name, struct text *advice);
/* The names that facts of the open turns can have. */
void loop_add_names(const struct assembly *assembly, struct texts *names);

/* rows_turns.c: tells of rows of another source that no turn of a loop shows. */
void rows_check_turns(struct assembly *assembly);

/* references.c: fills {{ref NAME}} in, once all numbers are given. `twice`: anchors that several
 * blocks would have. */
void references_fill(struct assembly *assembly, const struct texts *twice);

/* ---- stopped.c: notes on the figures that were stopped and would stand in a table ---- */

void stopped_scope_add(struct arena *arena, struct stopped_scopes *scopes, size_t measure,
                       size_t area, struct period period);
/* In the period of the comparison and in the earlier ones. */
void stopped_scope_comparison(struct arena *arena, struct stopped_scopes *scopes, size_t measure,
                              const struct comparison *comparison);
/* The same, and in the year so far and last year, where the measure adds up over these. */
void stopped_scope_performance(struct arena *arena, struct stopped_scopes *scopes,
                               const struct performances *all, const struct performance *one);
void stopped_note_scopes(struct assembly *assembly, const struct dataset *dataset,
                         const struct stopped_scopes *scopes, struct texts *notes);
/* All measures of a comparison and of its comparators. */
void stopped_note_comparison(struct assembly *assembly, const struct comparison *comparison,
                             struct texts *notes);
/* revised.c: figures within the scopes that are not as an earlier report had them; the functions
 * above ask for it. */
void revised_note_scopes(struct assembly *assembly, const struct dataset *dataset,
                         const struct stopped_scopes *scopes, bool names_areas,
                         struct texts *notes);
/* Of the latest figures that a table shows, those of the list. */
void stopped_note_latest(struct assembly *assembly, const struct dataset *dataset,
                         const struct figure *const *figures, size_t count, struct texts *notes);
/* Some figures of the comparison's period were stopped. */
bool stopped_in_period(const struct comparison *comparison);
/* Says in place of a chart that all its figures were stopped, and why; nothing when they were not.
 */
void stopped_place(struct assembly *assembly, const struct ini_section *section,
                   struct text caption, struct blocks *blocks);
/* A fact stands in words: what was stopped of it is told at the end, unless a table does. */
void stopped_name(struct assembly *assembly, const struct fact *fact);
void stopped_note_named(struct assembly *assembly, struct texts *notes);
/* The report shows figures of it; at the end, an error when all that it shows were stopped. */
void stopped_use(struct assembly *assembly, const struct comparison *comparison);
/* A figure of a table or chart, which may have been stopped. */
void stopped_left(struct assembly *assembly, struct value value);
void stopped_check(struct assembly *assembly);

/* notes.c: fills the document's notes, once all parts are placed; and says them at the end of the
 * report's own text, before its appendices. */
void notes_add(struct assembly *assembly);
void notes_close(struct assembly *assembly);

/* abbreviations.c: the report's short forms, before anything is placed; and once all is, which of
 * them occur: their table, and their words in the narrative. */
void abbreviations_begin(struct assembly *assembly);
bool abbreviations_are_there(const struct assembly *assembly);
void abbreviations_close(struct assembly *assembly);

/* outline.c: makes anchors unique; reports links that lead nowhere and levels that are skipped. */
void outline_check(struct assembly *assembly);

/* judgements.c: what changed in the source that the placement names, as lists of sentences. */
void judgements_place(struct assembly *assembly, const struct block *placement, bool in_short,
                      struct blocks *blocks);

#endif
