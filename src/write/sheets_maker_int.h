/*
 * sheets_maker - a workbook being made, row by row: sheets.c puts its sheets in order,
 * sheets_table.c makes those of tables and sheets_text.c those of words.
 */
#ifndef WRITE_SHEETS_MAKER_INT_H
#define WRITE_SHEETS_MAKER_INT_H

#include "write/sheets_int.h"

/* What all rows of a table have between them. */
struct column_survey {
    bool is_blank; /* nothing in any row: a reader would take that for a fault */
    const char
        *unit; /* that every number has, where they stand on the right; NULL: none, or several */
    bool has_no_unit;
};
struct survey {
    unsigned markers; /* that stand in the table, as it is written */
    bool groups;      /* rows have one */
    bool marked;      /* numbers stand beside markers, which get a column of their own */
    bool has_blanks;
    bool has_long;         /* texts that no cell can show, with … */
    unsigned long_markers; /* … these markers; `markers` has those of their beginnings */
    struct column_survey *columns;
};

/* A book being made. `sheet` is the one that rows are added to. */
struct maker {
    struct arena *arena;
    struct diags *diags; /* NULL: what there is to say was said before */
    const struct document *document;
    struct book *book;
    struct tables tables;
    struct texts table_sheets;   /* name of the sheet of each table */
    struct texts chart_sheets;   /* … of the sheet of its chart; empty: none of its own */
    const struct chart **charts; /* of each table; NULL: none */
    unsigned *markers;           /* that stand in each table, as it is written */
    unsigned long_markers;       /* … in the long texts of all */
    struct texts notes;          /* [note 1] is the first: those of the text, then of tables */
    size_t text_notes;           /* how many of them stand in the text */
    bool is_working;             /* WORKBOOK_WORKING */
    struct survey *surveys;      /* of each table */
    const struct survey *survey; /* of the one being added */
    struct number_memo *memos; /* of its columns, where its rows are made one at a time; or NULL */
    struct column_need *needs; /* … likewise */
    struct long_texts *longs;  /* so far; NULL: none are taken out */
    bool is_again;             /* they were found before, and are looked up */
    struct book_sheet *sheet;
    unsigned sheet_number; /* of it, from 0, in the order in which they are made */
    unsigned row;          /* the next one */
};

struct book_cell maker_text_cell(unsigned column, enum book_role role, struct text text);
/* Makes a cell a date of the spreadsheet. */
void maker_set_date(struct book_cell *out, struct date date);

/* Where a cell is, for messages: in the export, or in the workbook. */
struct place maker_place(const struct maker *maker, const struct book_sheet *sheet,
                         const struct book_cell *cell);
/* Reports a character that no cell can hold. */
void maker_check_characters(const struct maker *maker, struct place place, struct text t);
/* Begins a sheet with its title in A1. */
void maker_begin_sheet(struct maker *maker, struct text name, struct text title);
/* The next row is the header of the sheet's table. */
void maker_begin_table(struct maker *maker, unsigned column_count);
/* Settles the layout; what has been added since maker_begin_table is the table. */
void maker_end_sheet(struct maker *maker, struct text table_name);
/* Adds a cell to the current row; texts that say nothing make no cell. */
void maker_add_cell(struct maker *maker, struct book_cell cell);
/* A row with one text, or several where it is too long for a page; none when it says nothing. */
void maker_add_line(struct maker *maker, enum book_role role, struct text text);
/* A row whose words lead to a sheet. */
void maker_add_link(struct maker *maker, struct text words, struct text sheet);
/* A table of two columns of text, as on the cover, and a row of it. */
void maker_begin_pairs(struct maker *maker, struct text first, struct text second);
void maker_add_pair(struct maker *maker, enum book_role role, struct text first,
                    struct text second);

/* The sheet of table `number` of the document, with its chart. */
void sheets_add_table(struct maker *maker, size_t number);
/* sheets_long.c: texts that no cell can show whole. */
struct long_texts *sheets_long_texts(struct arena *arena);
/* Whether the cell, which comes next, has such a text. */
bool sheets_is_long(const struct maker *maker, const struct book_cell *cell);
/* What is left of it in its cell. */
struct text sheets_beginning(struct text t);
/* Leaves that, with the number of the whole. */
void sheets_shorten(const struct maker *maker, struct book_cell *cell);
/* The sheet of all that were found, after all others that can have some; false: there are none. */
bool sheets_add_long_texts(struct maker *maker);
/* sheets_formula.c: the formula of a cell of the current row, whose columns begin at `first`; empty
 * when it has none, or when a spreadsheet would come to another number than we do. */
struct text sheets_formula(struct maker *maker, const struct row *row, const struct cell *cell,
                           unsigned first);
/* The markers that the formulas of a table would show if its figures were changed. */
unsigned sheets_formula_markers(struct maker *maker, const struct table *table);
/* The chart of a table, when there is one that a spreadsheet can draw; else, with a message, NULL.
 */
const struct chart *sheets_chart_to_draw(const struct maker *maker, const struct table *table);
/* Puts it on the sheet that has just been ended or, to be published, on one of its own called
 * `name`; `groups`: a column of groups comes first. */
void sheets_place_chart(struct maker *maker, const struct chart *chart, bool groups,
                        struct text name);
/* The header of a column, with the unit of its numbers, if any, when it does not name it. */
struct text sheets_header_with_unit(struct arena *arena, const struct table *table, size_t c,
                                    const char *unit);

/* sheets_survey.c: in one pass over all rows. */
struct survey sheets_survey(struct arena *arena, const struct table *table);
/* A number, or words with one such as "between 29 and 55", beside a marker. */
bool sheets_is_marked_number(const struct table *table, const struct row *row, size_t c);
/* What stands before the markers that a cell ends with; the whole when it ends with none. */
struct text sheets_unmarked(struct text t);
/* "2021/22: [r]; 2020/21: [p]", or that there is nothing to say. */
struct text sheets_row_markers(struct arena *arena, const struct table *table,
                               const struct row *row);

/* sheets_rows.c: the rows of a table below its header, kept or made when they are asked for. */
void sheets_add_rows(struct maker *maker, const struct table *table, bool has_chart);
/* Whether text begins in column `c` where the number before it ends, and would run into it. */
bool sheets_follows_numbers(const struct table *table, size_t c);

/* Whether a block stands in front of the first section. */
bool sheets_is_front(const struct block *block);
bool sheets_has_text(const struct document *document);
void sheets_add_text(struct maker *maker);
/* Link addresses stand behind their words: a cell has no links inside its text. */
struct text sheets_plain_spans(struct arena *arena, const struct spans *spans);
bool sheets_has_notes(const struct maker *maker);
void sheets_add_notes(struct maker *maker);

/* sheets_notes.c: notes of tables, told on the Notes sheet and named where they belong; surveys the
 * tables too. */
void sheets_number_notes(struct maker *maker);
/* "[note 1,3]"; empty when the table has none. */
struct text sheets_note_marks(struct maker *maker, const struct table *table);
/* Whether the words of a cell name a note. */
bool sheets_names_note(const struct book_cell *cell);
/* What is named must be told, and what is told named: warns of names that lead nowhere. */
void sheets_check_notes(const struct maker *maker);

#endif
