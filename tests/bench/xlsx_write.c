/*
 * How long a table of 200,000 rows and 12 columns takes to become a workbook, beside libxlsxwriter
 * writing the same cells without anything around it, and gzip -6 of the sheet's XML (job J4):
 * `xlsx_write FOLDER [ROWS]` leaves the workbooks there. The table is written twice: with its rows
 * held in memory, as the plain program has its values at hand, and with rows that are made when
 * they are asked for, so that what the whole process takes can be told.
 */
#include "write/write_int.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { COLUMNS = 12, ROUNDS = 3 };

static unsigned row_count = 200000;
static const char *folder;
static struct document document;

static const char *const wards[] = {"Bosworth",    "Broughton Astley",  "Fleckney",
                                    "Lutterworth", "Market Harborough", "Thurnby and Houghton"};

enum content { ID, WARD, DATE, PERCENT, NUMBER };
static const enum content contents[COLUMNS] = {ID,   WARD,   DATE,   PERCENT, NUMBER, WARD,
                                               DATE, NUMBER, NUMBER, WARD,    NUMBER, NUMBER};

static unsigned scatter(unsigned row)
{
    return row * 2654435761U >> 7;
}

static struct cell make_cell(struct arena *arena, unsigned row, unsigned column)
{
    unsigned n = scatter(row);
    struct decimal number = {.coefficient = n % 1000 + 1, .scale = contents[column] == PERCENT};
    switch (contents[column]) {
    case ID:
        return cell_text(text_format(arena, "CR-%07u", row));
    case WARD:
        return cell_text(text_from(wards[(n + column) % 6]));
    case DATE: {
        struct date date = date_from_number((long)(18500 + n % 900));
        return (struct cell){.kind = CELL_DATE, .date = date, .display = date_display(arena, date)};
    }
    case PERCENT:
        return cell_number(number,
                           text_concat(arena, decimal_display(arena, number, 1, 0), TEXT("%")),
                           FORMAT_PERCENT, 1);
    case NUMBER:
        break;
    }
    number.coefficient = n % 100000;
    return cell_number(number, decimal_display(arena, number, 0, DECIMAL_GROUPS), FORMAT_NUMBER, 0);
}

static void make_row(const void *context, struct arena *arena, size_t r, struct row *out)
{
    (void)context;
    *out = (struct row){.kind = ROW_BODY,
                        .group = TEXT_EMPTY,
                        .cells = arena_calloc(arena, COLUMNS, sizeof *out->cells)};
    for (unsigned c = 0; c < COLUMNS; c++)
        out->cells[c] = make_cell(arena, (unsigned)r + 1, c);
}

static void make_document(struct arena *arena)
{
    struct table *table = table_new(arena, TEXT("export"), COLUMNS);
    table->caption = TEXT("An export");
    for (unsigned c = 0; c < COLUMNS; c++) {
        table->columns[c].header =
            text_format(arena, "Column %u%s", c + 1, contents[c] == PERCENT ? " (%)" : "");
        table->columns[c].is_row_header = c == 0;
        table->columns[c].align_right = contents[c] == PERCENT || contents[c] == NUMBER;
    }
    table->row_count = row_count;
    table->row_source.make = make_row;
    document = (struct document){.name = TEXT("bench"),
                                 .title = TEXT("Bench"),
                                 .subtitle = TEXT_EMPTY,
                                 .organisation = TEXT("Council"),
                                 .language = TEXT("en-GB"),
                                 .period = TEXT("2021/22"),
                                 .as_at = {2022, 6, 22},
                                 .header = TEXT_EMPTY,
                                 .footer = TEXT_EMPTY};
    blocks_add(arena, &document.blocks, BLOCK_TABLE)->table = table;
}

static void hold_rows(struct arena *arena)
{
    struct block *block = &document.blocks.items[0];
    block->table = (struct table *)table_held(arena, block->table);
}

static char *path_of(char *room, size_t size, const char *name)
{
    snprintf(room, size, "%s/%s", folder, name);
    return room;
}

static bool write_panelpack(void)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct render_options options = {.scratch = text_from(folder)};
    struct text bytes;
    char path[4096];
    bool ok = xlsx_render(&document, &options, arena, &diags, &bytes);
    diags_print(&diags, stderr, LEVEL_INFO, false);
    FILE *file = ok ? fopen(path_of(path, sizeof path, "panelpack.xlsx"), "wb") : NULL;
    ok = file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len && fclose(file) == 0;
    return ok;
}

static lxw_format *make_format(lxw_workbook *book, const char *code, bool right)
{
    lxw_format *format = workbook_add_format(book);
    format_set_font_name(format, "Arial");
    format_set_font_size(format, 12);
    format_set_align(format, right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    format_set_text_wrap(format);
    if (*code)
        format_set_num_format(format, code);
    return format;
}

/* The same cells with formats like ours, in memory or row by row. */
static bool write_plain_as(const char *name, bool constant_memory)
{
    char path[4096];
    lxw_workbook_options options = {.constant_memory = constant_memory, .tmpdir = (char *)folder};
    lxw_workbook *book = workbook_new_opt(path_of(path, sizeof path, name), &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Export");
    lxw_format *text = make_format(book, "", false);
    lxw_format *date = make_format(book, "d mmmm yyyy", false);
    lxw_format *percent = make_format(book, "#,##0.0%", true);
    lxw_format *number = make_format(book, "#,##0", true);
    for (lxw_row_t row = 1; row <= row_count; row++) {
        unsigned n = scatter(row);
        char id[24];
        snprintf(id, sizeof id, "CR-%07u", row);
        for (lxw_col_t column = 0; column < COLUMNS; column++) {
            if (contents[column] == ID)
                worksheet_write_string(sheet, row, column, id, text);
            else if (contents[column] == WARD)
                worksheet_write_string(sheet, row, column, wards[(n + column) % 6], text);
            else if (contents[column] == DATE)
                worksheet_write_number(sheet, row, column, 44069 + n % 900, date);
            else if (contents[column] == PERCENT)
                worksheet_write_number(sheet, row, column, (n % 1000 + 1) / 1000.0, percent);
            else
                worksheet_write_number(sheet, row, column, n % 100000, number);
        }
    }
    return workbook_close(book) == LXW_NO_ERROR;
}

static bool write_plain(void)
{
    return write_plain_as("plain.xlsx", false);
}

static bool write_constant(void)
{
    return write_plain_as("constant.xlsx", true);
}

static bool nothing(void)
{
    return true;
}

static bool verify(void)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    char path[4096];
    bool ok = xlsx_verify(&document, text_from(path_of(path, sizeof path, "panelpack.xlsx")), arena,
                          &diags);
    diags_print(&diags, stderr, LEVEL_INFO, false);
    return ok;
}

static bool gzip(void)
{
    char command[9000];
    snprintf(command, sizeof command,
             "unzip -p '%s/constant.xlsx' xl/worksheets/sheet1.xml | gzip -6 >/dev/null", folder);
    return system(command) == 0; /* NOLINT: our own folder */
}

/* Processor seconds of `work` in a process of its own, and its largest size in MiB. */
static double measure(bool (*work)(void), long *memory)
{
    struct rusage use;
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(!work());
    if (child < 0 || wait4(child, &status, 0, &use) != child || status != 0) {
        fprintf(stderr, "xlsx_write: it failed\n");
        exit(1);
    }
    *memory = use.ru_maxrss / 1024;
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

static double best_of(bool (*work)(void), long *memory)
{
    double best = measure(work, memory);
    for (int i = 1; i < ROUNDS; i++) {
        double seconds = measure(work, memory);
        best = seconds < best ? seconds : best;
    }
    return best;
}

struct cost {
    double seconds;
    long memory; /* MiB */
};

static struct cost cost_of(bool (*work)(void))
{
    struct cost cost;
    cost.seconds = best_of(work, &cost.memory);
    return cost;
}

static void print_ours(const char *name, struct cost own, struct cost plain, struct cost constant)
{
    printf(
        "%-28s %6.3f s processor, %ld MiB; %.2f times libxlsxwriter (goal 1.30), %.2f times it "
        "in constant memory\n",
        name, own.seconds, own.memory, own.seconds / plain.seconds, own.seconds / constant.seconds);
}

int main(int count, char **arguments)
{
    struct arena *arena = arena_new();
    struct cost base;
    if (count < 2)
        return 2;
    folder = arguments[1];
    if (count > 2)
        row_count = (unsigned)strtoul(arguments[2], NULL, 10);
    struct cost plain = cost_of(write_plain);
    struct cost constant = cost_of(write_constant);
    struct cost packed = cost_of(gzip);
    make_document(arena);
    struct cost made = cost_of(write_panelpack); /* the whole process: the goal is 64 MiB */
    struct cost proof = cost_of(verify);
    hold_rows(arena);
    base.seconds = measure(nothing, &base.memory);
    struct cost held = cost_of(write_panelpack);
    held.memory -= base.memory;
    printf("%-28s %6.3f s processor, %ld MiB\n", "libxlsxwriter, same cells", plain.seconds,
           plain.memory);
    printf("%-28s %6.3f s processor, %ld MiB; %.2f times gzip -6 of its XML (goal 2.20)\n",
           "  in constant memory", constant.seconds, constant.memory,
           constant.seconds / packed.seconds);
    print_ours("workbook of a table", held, plain, constant);
    printf("%-28s          beside the table's own %ld MiB\n", "", base.memory);
    print_ours("  its rows made, too", made, plain, constant);
    printf("%-28s %6.3f s processor, %ld MiB (goal 64)\n", "  read back and compared",
           proof.seconds, proof.memory);
    arena_free(arena);
    return 0;
}
