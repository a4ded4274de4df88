/*
 * sheets_maker - a workbook being made, row by row: sheets.c puts its sheets in order,
 * sheets_table.c makes those of tables and sheets_text.c those of words.
 */
#ifndef WRITE_SHEETS_MAKER_INT_H
#define WRITE_SHEETS_MAKER_INT_H

#include "write/sheets_int.h"

/* A book being made. `sheet` is the one that rows are added to. */
struct maker {
    struct arena *arena;
    struct diags *diags;
    const struct document *document;
    struct book *book;
    struct tables tables;
    struct texts table_sheets;   /* name of the sheet of each table */
    struct texts chart_sheets;   /* … of the sheet of its chart; empty: none of its own */
    const struct chart **charts; /* of each table; NULL: none */
    unsigned *markers;           /* that stand in each table, as it is written */
    struct texts notes;          /* [note 1] is the first: those of the text, then of tables */
    size_t text_notes;           /* how many of them stand in the text */
    bool is_working;             /* WORKBOOK_WORKING */
    const bool *blank;           /* columns of the table being added that have nothing in any row */
    struct book_sheet *sheet;
    unsigned row; /* the next one */
};

struct book_cell maker_text_cell(unsigned column, enum book_role role, struct text text);
/* Makes a cell a date of the spreadsheet. */
void maker_set_date(struct book_cell *out, struct date date);

/* Where a cell is, for messages. */
struct place maker_place(const struct maker *maker, const struct book_cell *cell);
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
/* sheets_units.c: the header of a column, with the unit of its numbers when it does not name it. */
struct text sheets_header_with_unit(struct arena *arena, const struct table *table, size_t c);
/* The markers that stand in a table. */
unsigned sheets_table_markers(struct arena *arena, const struct table *table);

/* Whether a block stands in front of the first section. */
bool sheets_is_front(const struct block *block);
bool sheets_has_text(const struct document *document);
void sheets_add_text(struct maker *maker);
/* Link addresses stand behind their words: a cell has no links inside its text. */
struct text sheets_plain_spans(struct arena *arena, const struct spans *spans);
bool sheets_has_notes(const struct maker *maker);
void sheets_add_notes(struct maker *maker);

/* sheets_notes.c: notes of tables, told on the Notes sheet and named where they belong; finds the
 * markers of all tables too. */
void sheets_number_notes(struct maker *maker);
/* "[note 1,3]"; empty when the table has none. */
struct text sheets_note_marks(struct maker *maker, const struct table *table);
/* What is named must be told, and what is told named: warns of names that lead nowhere. */
void sheets_check_notes(const struct maker *maker);

#endif
