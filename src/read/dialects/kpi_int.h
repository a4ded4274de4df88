/* kpi_int - an indicator's columns that are named after their period, and the state of the dialect.
 */
#ifndef READ_DIALECTS_KPI_INT_H
#define READ_DIALECTS_KPI_INT_H

#include "read/dialect_int.h"

enum kpi_column {
    KPI_CODE,
    KPI_NAME,
    KPI_PERIOD,
    KPI_THIS,
    KPI_LAST,
    KPI_YEAR_AGO,
    KPI_TARGET,
    KPI_STATUS,
    KPI_TREND,
    KPI_UNIT,
    KPI_NOTE,
    KPI_GROUP,
    KPI_AREA,
    KPI_COUNT,
    KPI_DENOMINATOR,
    KPI_FREQUENCY,
    KPI_OWNER,
    KPI_POLARITY,
    KPI_COLUMNS
};

enum slot_role { SLOT_VALUE, SLOT_TARGET, SLOT_STATUS, SLOT_NOTE, SLOT_ROLES };
/* A column that is named after its period. */
struct kpi_slot {
    size_t position;
    size_t period;
    unsigned markers;
    enum slot_role role;
    bool is_used;     /* a figure has that period */
    struct text name; /* the header */
    struct place place;
};
struct kpi_code {
    struct text name;
    size_t measure;
    struct place place;
};
struct kpi_state {
    struct kpi_slot *slots; /* of one file */
    size_t slot_count;
    size_t slot_capacity;
    bool has_relative;              /* This period, Last period or Same period last year */
    size_t period;                  /* This period, when no column says it row by row */
    size_t last_of, last, year_ago; /* the periods before `last_of`, kept between rows */
    struct figure *figures;         /* of one row */
    size_t figure_count;
    struct coded_names names;
    struct map by_code; /* from the code's key to `codes` */
    struct kpi_code *codes;
    size_t code_count;
    size_t code_capacity;
};

/* A header that is no period is none of ours; one that is more than a period is told. */
bool kpi_add_slot(struct source *source, size_t position);

#endif
