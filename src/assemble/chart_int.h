/* Shared by the files chart*.c, one a kind of chart; chart.c has their keys. */
#ifndef ASSEMBLE_CHART_INT_H
#define ASSEMBLE_CHART_INT_H

#include "assemble/assemble_int.h"
#include "compute/control.h"

/* One function a kind of chart; NULL with a message when there is nothing to draw. */
struct chart *bars_chart(struct assembly *assembly, const struct ini_section *section,
                         struct text caption);
struct chart *rows_chart(struct assembly *assembly, const struct ini_section *section,
                         struct text caption);
struct chart *lines_chart(struct assembly *assembly, const struct ini_section *section,
                          struct text caption);
struct chart *control_chart(struct assembly *assembly, const struct ini_section *section,
                            struct text caption);
struct chart *dots_chart(struct assembly *assembly, const struct ini_section *section,
                         struct text caption);

struct chart *multiples_chart(struct assembly *assembly, const struct ini_section *section,
                              struct text caption);

/* A chart without series or data, with its name, caption and `value title`. */
struct chart *chart_new(struct assembly *assembly, const struct ini_section *section,
                        struct text caption, enum chart_kind kind);
/* Whether none of its points is a figure: then it has no series any more, and a note in its data
 * and a message say that the table stands alone. */
bool chart_is_empty(struct assembly *assembly, const struct ini_section *section,
                    struct chart *chart);
/* The label of a measure with its unit, unless it has it already: "Recycled (%)". */
struct text chart_label(struct arena *arena, const struct measure *measure);

/* ---- chart_pick.c: what the keys of a chart name ---- */

struct picked { /* measures, or areas, by number */
    size_t *items;
    size_t count;
    size_t capacity;
};
/* `key` names measures by label, name or key, or `total`; when it is not given the total, the only
 * measure, or with `all` all of them. False after a message. */
bool pick_measures(struct assembly *assembly, const struct ini_section *section, const char *key,
                   const struct dataset *dataset, bool all, struct picked *out);
/* `key` names areas, or `all`; when it is not given the one that the report is on. */
bool pick_areas(struct assembly *assembly, const struct ini_section *section, const char *key,
                const struct report_source *source, struct picked *out);
/* The period at `key`; false, with a message, when it cannot be read. Its days are not known when
 * the key is not there. */
bool pick_period(struct assembly *assembly, const struct ini_section *section, const char *key,
                 struct period *out);
/* "", "month", "quarter" or "year" at `every`. */
bool pick_step(struct assembly *assembly, const struct ini_section *section, enum series_step *out);

/* ---- chart_lines.c: series over the same periods ---- */

struct strands {
    struct series *items;
    struct text *labels; /* empty of one alone */
    size_t count;
    long first;   /* month in which the first period begins */
    size_t steps; /* from the first period to the last */
};
/* Those that `measures`, `areas`, `from` and `every` name, measure by measure; `all`: all measures
 * where none is named. False after a message. */
bool strands_make(struct assembly *assembly, const struct ini_section *section,
                  const struct report_source *source, bool all, struct strands *out);
/* Finds the periods that they share. False, with a message, where there are none; and where units
 * differ, for the reason `units`, unless that is NULL. */
bool strands_fit(struct assembly *assembly, const struct ini_section *section,
                 struct strands *strands, const char *units);
/* The point of a series at a step of them; NULL before its first and after its last. */
const struct series_point *strands_point(const struct strands *strands, const struct series *series,
                                         size_t step);
struct text strand_unit(const struct series *series);
/* What an axis of them is of: `value title`, the only measure, or the source. */
struct text strands_title(struct assembly *assembly, const struct ini_section *section,
                          const struct strands *strands);
/* Says why a chart cannot be drawn; returns false. */
bool chart_refuse(struct assembly *assembly, const struct ini_section *section, const char *why);

/* ---- chart_words.c: what a picture of a series shows ---- */

/* "highest 412 (May 2021), lowest 290 (April 2020; June 2020)", of a series with a point at least.
 */
void words_of_extremes(struct buffer *out, const struct chart *chart,
                       const struct chart_series *series);
/* "from 312 (April 2020) to 340 (March 2022), highest 412 (May 2021), lowest 290 (…)"; or that
 * there is no figure. */
void words_of_points(struct buffer *out, const struct chart *chart,
                     const struct chart_series *series);
/* "highest 412 (Burglary), lowest 0 (5 times)". */
void words_of_extremes(struct buffer *out, const struct chart *chart,
                       const struct chart_series *series);
/* Points that are listed one by one: nobody listens to more, and the table has them all. */
enum { LISTED_MOST = 24 };
/* Why a series without points has none. */
const char *chart_no_series(const struct series *series);
/* "No figure is shown for May 2021 [c]." when points are gaps; else empty. */
struct text words_of_gaps(struct arena *arena, const struct chart *chart,
                          const struct chart_series *series);
/* "; above the upper limit in May 2021 (412)", for each run of signals of a kind. */
void words_of_signals(struct buffer *out, const struct chart *chart, const struct control *control);

/* The header of the column of periods: "Month", unless `row header` says another. */
struct text chart_step_header(struct assembly *assembly, const struct ini_section *section,
                              enum series_step step);
/* Notes that hold for a series: what was left out at its end. */
void note_left_out(struct assembly *assembly, const struct series *series, struct table *table);
/* That lines have gaps; and which periods are in doubt (months.h), of the report's area. */
void note_gaps(struct assembly *assembly, const struct chart *chart);
/* Which points of the series were stopped, and why. */
void note_stopped_points(struct assembly *assembly, const struct series *series, size_t count,
                         struct table *table);
void note_doubts(struct assembly *assembly, const struct report_source *source,
                 const struct series *series, struct table *table);
/* A last column with the markers of the values in each row (row-major, `columns` a row); none where
 * there are none: then the table's last column goes. */
void add_marker_column(struct assembly *assembly, struct table *table, const struct value *values,
                       size_t columns, const struct text *labels);

#endif
