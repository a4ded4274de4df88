/*
 * Shared by the files of the control chart: chart_control.c has its keys, chart_control_figures.c
 * its points, lines and table, chart_control_words.c its words.
 */
#ifndef ASSEMBLE_CONTROL_INT_H
#define ASSEMBLE_CONTROL_INT_H

#include "assemble/chart_int.h"

/* A control chart while it is made. */
struct making {
    struct assembly *assembly;
    const struct ini_section *section;
    const struct report_source *source;
    struct series series;
    struct control_rules rules;
    struct text reason; /* of `rebase` */
    struct control control;
    struct chart *chart;
    const struct target *target; /* NULL: none is shown */
};

/* Points, data table and lines of a chart; the table alone of one that is refused. */
void control_figures(struct making *making);
/* The alternative text, the notes and the source line; call it last. */
void control_words(struct making *making);

/* What a point stands for: "Burglary in a month of average length". */
struct text control_header(const struct making *making, struct text label);
/* Mean and limits have a decimal more than the points. */
struct cell control_line_cell(const struct making *making, double number);
/* The lower limit as it is drawn: nothing that is counted is below 0. */
double control_lower(const struct making *making);
/* In the unit of the figures, where the charted ones have it. */
struct cell control_target_cell(const struct making *making, struct decimal target);
bool control_shows_target(const struct making *making);

#endif
