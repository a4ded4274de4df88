/* ods - a cell of an OpenDocument spreadsheet (sheet_int.h has the rest). */
#ifndef READ_ODS_INT_H
#define READ_ODS_INT_H

#include "read/number_format_int.h"
#include "read/sheet_int.h"
#include "read/xml_int.h"

enum ods_type {
    ODS_NONE, /* blank, or a text without a type */
    ODS_FLOAT,
    ODS_PERCENTAGE,
    ODS_CURRENCY,
    ODS_DATE,
    ODS_TIME,
    ODS_BOOLEAN,
    ODS_STRING,
    ODS_OTHER
};
enum { ODS_CURRENCY_CAP = 8 };

/* One cell after the other is read into it; it allocates only when a longer text comes. */
struct ods_cell {
    enum ods_type type;
    struct buffer value;             /* as the type has it */
    char currency[ODS_CURRENCY_CAP]; /* "GBP" */
    bool formula;
    size_t repeat;
    struct buffer text; /* the paragraphs, as they are shown */
    size_t paragraphs;
    unsigned depth;   /* of the element inside the cell; its own children have 1 */
    unsigned skipped; /* depth of the annotation or guide whose text does not count; 0: none */
    bool in_paragraph;
    bool after_space; /* white space behind white space does not count */
    bool overlong;
    char room[NUMBER_ROOM]; /* of its field */
};

/* The buffers have their arena. */
void ods_cell_begin(struct ods_cell *cell, struct xml_attributes attributes);
void ods_cell_start(struct ods_cell *cell, struct text name, struct xml_attributes attributes);
void ods_cell_end(struct ods_cell *cell);
void ods_cell_characters(struct ods_cell *cell, struct text piece);
/* True for a formula without a stored value. */
bool ods_cell_lacks_value(const struct ods_cell *cell);
/*
 * The text of the cell as a field, valid until the next cell; empty for a blank one. False when its
 * value makes no sense.
 */
bool ods_cell_field(struct ods_cell *cell, struct text *out);

/* A count such as number-columns-repeated: 1 when it is not there, at most `cap`; 0 for nonsense.
 */
size_t ods_count(struct xml_attributes attributes, const char *name, size_t cap);

#endif
