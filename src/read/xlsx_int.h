/* xlsx - the sheets of an Office Open XML workbook. */
#ifndef READ_XLSX_INT_H
#define READ_XLSX_INT_H

#include "read/read.h"

enum { XLSX_ROWS = 1048576, XLSX_COLUMNS = 16384, XLSX_CELL_CAP = 10 * 1000 * 1000 };

/*
 * `bytes` is the whole file; `place` names it in messages. Sheets come in the workbook's order;
 * chart sheets are left out. False with messages, and *out empty, when any part is damaged,
 * missing, or beyond a cap: there is no such thing as half a workbook.
 */
bool xlsx_read(struct arena *arena, struct diags *diags, struct text bytes, struct place place,
               struct workbook *out);

#endif
