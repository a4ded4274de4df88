/* xlsx_writer_int - a workbook being written: what xlsx_write.c and xlsx_chart.c share. The only
 * files that know libxlsxwriter include it. */
#ifndef WRITE_XLSX_WRITER_INT_H
#define WRITE_XLSX_WRITER_INT_H

#include "write/xlsx_int.h"

#include <xlsxwriter.h>

enum { RULE_COLOUR = 0xBFBFBF };
enum { SMALL_ACROSS = 2, SMALL_ROWS_A_PAGE = 2 }; /* small charts on a page */
enum { ROWS_BESIDE_CHART = 20 };                  /* more rows push a chart to a page of its own */
extern const char xlsx_font[];

struct look;     /* of cells, as formats of the workbook */
struct row_file; /* of a sheet whose rows are not kept */
struct xlsx_writer {
    struct arena *arena;
    struct arena *scratch; /* of the row that is being written; the library keeps copies */
    struct diags *diags;
    const struct document *document;
    lxw_workbook *workbook;
    struct look *looks;
    size_t look_count;
    size_t look_capacity;
    struct row_file *row_files;
    size_t row_file_count;
    size_t row_file_capacity;
    bool is_working;
    bool failed;
};

/* Says once, at the first error of the library, what of which sheet could not be written. */
void xlsx_check(struct xlsx_writer *writer, lxw_error error, const char *what, struct text sheet);

/* Draws the charts of a sheet below its table. */
void xlsx_draw_charts(struct xlsx_writer *writer, lxw_worksheet *worksheet,
                      const struct book_sheet *sheet);

#endif
