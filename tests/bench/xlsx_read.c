/*
 * How long a workbook of 200,000 rows and 12 columns takes to read, beside what inflating its parts
 * and running expat over them takes: `xlsx_read FILE`, which is made when it is not there.
 */
#include "read/read_int.h"

#include "base/file.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

enum { ROWS = 200000, COLUMNS = 12, ROUNDS = 5 };

static bool make_workbook(const char *path)
{
    static const char *const wards[] = {"Bosworth",    "Broughton Astley",  "Fleckney",
                                        "Lutterworth", "Market Harborough", "Thurnby and Houghton"};
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Export");
    lxw_format *date = workbook_add_format(book);
    lxw_format *percent = workbook_add_format(book);
    format_set_num_format(date, "dd/mm/yyyy");
    format_set_num_format(percent, "0.0%");
    for (lxw_col_t column = 0; column < COLUMNS; column++) {
        char name[16];
        snprintf(name, sizeof name, "Column %d", column + 1);
        worksheet_write_string(sheet, 0, column, name, NULL);
    }
    for (lxw_row_t row = 1; row <= ROWS; row++) {
        unsigned n = row * 2654435761U >> 7;
        char id[24];
        snprintf(id, sizeof id, "CR-%07u", row);
        for (lxw_col_t column = 0; column < COLUMNS; column++)
            switch (column) {
            case 0:
                worksheet_write_string(sheet, row, column, id, NULL);
                break;
            case 1:
            case 5:
            case 9:
                worksheet_write_string(sheet, row, column, wards[(n + column) % 6], NULL);
                break;
            case 2:
            case 6:
                worksheet_write_number(sheet, row, column, 44000 + n % 900, date);
                break;
            case 3:
                worksheet_write_number(sheet, row, column, n % 1000 / 1000.0, percent);
                break;
            case 7:
                worksheet_write_number(sheet, row, column, n / 97.0, NULL);
                break;
            default:
                worksheet_write_number(sheet, row, column, n % 100000 / 4.0, NULL);
            }
    }
    return workbook_close(book) == LXW_NO_ERROR;
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    (void)data, (void)name, (void)attributes;
}

static void on_end(void *data, const XML_Char *name)
{
    (void)data, (void)name;
}

static void on_characters(void *data, const XML_Char *bytes, int count)
{
    (void)data, (void)bytes, (void)count;
}

/* Every part inflated and parsed, and nothing done with it. */
static bool parse_parts(const char *path)
{
    static char piece[64 * 1024];
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    bool ok = zip != NULL;
    for (zip_uint64_t i = 0; ok && i < (zip_uint64_t)zip_get_num_entries(zip, 0); i++) {
        zip_file_t *file = zip_fopen_index(zip, i, 0);
        XML_Parser parser = XML_ParserCreate(NULL);
        XML_SetElementHandler(parser, on_start, on_end);
        XML_SetCharacterDataHandler(parser, on_characters);
        zip_int64_t got;
        while (ok && (got = zip_fread(file, piece, sizeof piece)) >= 0) {
            ok = XML_Parse(parser, piece, (int)got, got == 0) == XML_STATUS_OK;
            if (got == 0)
                break;
        }
        XML_ParserFree(parser);
        zip_fclose(file);
    }
    zip_discard(zip);
    return ok;
}

static bool take(void *user, const struct record *row)
{
    *(size_t *)user += row->count;
    return true;
}

static bool read_rows(const char *path)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct ini_section section = {0};
    size_t cells = 0;
    struct source source = {.arena = arena,
                            .limits = &limits_default,
                            .diags = &diags,
                            .section = &section,
                            .dataset = dataset_new(arena, TEXT("bench"))};
    bool ok = export_read(&source, text_from(path), PLACE_NONE, take, &cells);
    diags_print(&diags, stderr, LEVEL_ERROR, false);
    arena_free(arena);
    return ok && cells == (size_t)(ROWS + 1) * COLUMNS;
}

/* Processor seconds of `work` in a process of its own, and its memory. */
static double measure(bool (*work)(const char *path), const char *path, long *memory)
{
    struct rusage use;
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(!work(path));
    if (child < 0 || wait4(child, &status, 0, &use) != child || status != 0) {
        fprintf(stderr, "%s: it failed\n", path);
        exit(1);
    }
    *memory = use.ru_maxrss / 1024;
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments)
{
    double parse[ROUNDS], read[ROUNDS];
    long memory;
    if (count != 2)
        return 2;
    if (access(arguments[1], R_OK) != 0)
        measure(make_workbook, arguments[1], &memory);
    for (int i = 0; i < ROUNDS; i++) {
        parse[i] = measure(parse_parts, arguments[1], &memory);
        read[i] = measure(read_rows, arguments[1], &memory);
    }
    qsort(parse, ROUNDS, sizeof *parse, by_size);
    qsort(read, ROUNDS, sizeof *read, by_size);
    printf(
        "%-28s %6.3f s processor, %.3f s for its parts inflated and parsed alone: %.2f times, "
        "%ld MiB\n",
        "workbook, 2.4 million cells", read[ROUNDS / 2], parse[ROUNDS / 2],
        read[ROUNDS / 2] / parse[ROUNDS / 2], memory);
    return 0;
}
