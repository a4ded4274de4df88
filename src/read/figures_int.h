/* figures_int - what dialects make of a row: figures, what stands beside them, and measures. */
#ifndef READ_FIGURES_INT_H
#define READ_FIGURES_INT_H

#include "read/read_int.h"

/* figures.c */
/* The period of a label and the markers that stand with it; false after a message. */
bool figure_period(struct source *source, struct place place, struct text label, size_t *period,
                   unsigned *markers);
/* The `period` of the source or else the job's, for exports without one; false after a message. */
bool period_of_source(struct source *source, size_t *period);
/* The period of the cell: figure_period() of it, or of the month of a date in a column "Month". */
bool period_of_cell(struct source *source, const struct record *row, size_t column, size_t *period,
                    unsigned *markers);
/* The label of a header such as "2021/22 outturn" without words that leave its period alone. */
struct text period_header_label(struct arena *arena, struct text name);
/*
 * The area of a row: looked up, or `own` (the cell of the dialect's `column`), or the source's
 * fixed one; false after a message.
 */
bool figure_area(struct source *source, const struct record *row, struct text own, size_t column,
                 size_t *area);
/* Reads a number cell; false after a message. *unit is for readers ("%"), empty when none. */
bool figure_value(struct source *source, struct place place, struct text raw, struct value *value,
                  struct text *unit);
size_t figure_measure(struct source *source, struct place place, struct text name, struct text unit,
                      struct text group, struct text note);
/* The export's own code for a measure, as it is written where it first stands. */
void figure_code(struct source *source, size_t measure, struct text code);
/* Sets unit and kind from a number's own unit where the export gives none. */
void figure_unit(struct source *source, size_t measure, struct place place, struct text unit);
/* Adds the figures of a row, unless one contradicts a figure that is there already. */
enum row_fate figures_add(struct source *source, const struct figure *figures, size_t count);

/*
 * published.c: what stands beside a figure. A blank cell gives a value that is not there and has
 * nothing to say; false after a message.
 */
bool figure_part(struct source *source, const struct record *row, size_t column, struct value *out);
struct published_with published_nothing(void);
/* The columns are those of the lower and upper 95% and 99.8% limits; NO_COLUMN where a dialect has
 * none. */
bool published_limits(struct source *source, const struct record *row, const size_t columns[4],
                      struct published_with *published);
/* A copy that lasts as long as the job, without the limits of a hidden value; NULL for nothing. */
const struct published_with *published_keep(struct source *source, struct value value,
                                            struct published_with published);

/* kinds.c. The kind that a unit stands for: "%" a percentage, "per 100,000" a rate. */
enum measure_kind unit_kind(struct text unit);
/* Where nothing gives a new measure's kind and unit: what its name says ("per 100,000", "rate"). */
void figure_kind_by_name(struct source *source, size_t number);
/* And what its values say: what has decimals is no count that could be added up. */
void figure_kind_by_value(struct source *source, const struct figure *figure);

/* coded_names.c: names that come with a code; what shares its name with another is shown with it.
 */
struct coded_name {
    struct text shown; /* the name, or "NAME (CODE)" */
    struct text code;
    size_t number; /* of the measure or area, for the caller to set; NO_COLUMN until then */
    bool is_shared;
};
struct coded_names {
    struct coded_name *items;
    size_t count;
    size_t capacity;
    struct map index;
    struct buffer key; /* of the name that is being looked for */
};
/* The entry to use for a name with that code; valid until the next call. */
struct coded_name *coded_find(struct arena *arena, struct coded_names *names, struct text name,
                              struct text code);
/* After the last row: the first of those that share a name is shown with its code too, so that the
 * order of rows makes no difference. */
void coded_settle_measures(struct dataset *dataset, const struct coded_names *names);
void coded_settle_areas(struct dataset *dataset, const struct coded_names *names);

/* measures.c: the measure whose name is written so, or else the first with the same name: an export
 * may have both "ASB (police)" and "ASB police". dataset->measure_count when there is none. */
size_t measure_find(const struct dataset *dataset, struct text name);
/* targets.c: what a [measure] section says of targets; and the polarity that the export gives. */
void target_apply(struct arena *arena, struct diags *diags, const struct ini_section *section,
                  struct measure *measure);
void targets_of_export(struct arena *arena, struct dataset *dataset);
/* `polarity` of the source: of all its measures of which nobody else says it. */
void targets_of_source(struct source *source);
/* `extracted` and `settle days` of a source. */
void source_extract_read(struct source *source);
/* A relation as job files and exports write it; `parent` is empty but of "of which". */
bool relation_read(struct text t, enum relation *relation, struct text *parent);

#endif
