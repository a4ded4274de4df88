/* ods - a cell of an OpenDocument spreadsheet (sheet_int.h has the rest). */
#ifndef READ_ODS_INT_H
#define READ_ODS_INT_H

#include "read/sheet_int.h"
#include "read/xml_int.h"

struct ods_cell {
    struct text type;  /* "float"; these three are in the arena */
    struct text value; /* as the type has it */
    struct text currency;
    bool formula;
    size_t repeat;
    struct buffer text; /* the paragraphs, as they are shown */
    size_t paragraphs;
    unsigned depth;   /* of the element inside the cell; its own children have 1 */
    unsigned skipped; /* depth of the annotation or guide whose text does not count; 0: none */
    bool in_paragraph;
    bool after_space; /* white space behind white space does not count */
    bool overlong;
};

void ods_cell_begin(struct ods_cell *cell, struct xml_attributes attributes, struct arena *arena);
void ods_cell_start(struct ods_cell *cell, struct text name, struct xml_attributes attributes);
void ods_cell_end(struct ods_cell *cell);
void ods_cell_characters(struct ods_cell *cell, struct text piece);
/* True for a formula without a stored value. */
bool ods_cell_lacks_value(const struct ods_cell *cell);
/* The text of the cell as a field; empty for a blank one. False when its value makes no sense. */
bool ods_cell_field(struct ods_cell *cell, struct arena *arena, struct text *out);

/* A count such as number-columns-repeated: 1 when it is not there, at most `cap`; 0 for nonsense.
 */
size_t ods_count(struct xml_attributes attributes, const char *name, size_t cap);

#endif
