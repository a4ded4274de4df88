/*
 * The tables of a job's reports as JSON, for values.py to hold the workbooks against:
 * `values_driver JOB` prints what the documents say, which no code of src/write has touched.
 */
#include "job.h"

#include "base/json.h"

#include <stdio.h>

static void add_cell(struct json *json, const struct cell *cell)
{
    json_open(json, NULL, '{');
    json_string(json, "shown", cell->display);
    if (cell->kind == CELL_NUMBER)
        json_string(json, "number", decimal_text(json->out.arena, cell->number));
    if (cell->kind == CELL_NUMBER &&
        (cell->format == FORMAT_PERCENT || cell->format == FORMAT_SIGNED_PERCENT))
        json_whole(json, "percent", 1);
    if (cell->kind == CELL_DATE && date_is_known(cell->date))
        json_string(json, "date", date_iso(json->out.arena, cell->date));
    json_close(json, '}');
}

static void add_table(struct json *json, const struct table *table)
{
    json_open(json, NULL, '{');
    json_string(json, "caption", table->caption);
    json_open(json, "headers", '[');
    for (size_t c = 0; c < table->column_count; c++)
        json_string(json, NULL, table->columns[c].header);
    json_close(json, ']');
    json_open(json, "rows", '[');
    for (size_t r = 0; r < table->row_count; r++) {
        json_open(json, NULL, '{');
        json_string(json, "group", table->rows[r].group);
        json_open(json, "cells", '[');
        for (size_t c = 0; c < table->column_count; c++)
            add_cell(json, &table->rows[r].cells[c]);
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void add_report(struct json *json, const struct job_report *report)
{
    struct tables tables = document_tables(json->out.arena, report->document);
    json_open(json, text_cstr(json->out.arena, report->name), '[');
    for (size_t i = 0; i < tables.count; i++)
        add_table(json, table_held(json->out.arena, tables.items[i]));
    json_close(json, ']');
}

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    const struct job_options options = {.period = TEXT_EMPTY,
                                        .only = TEXT_EMPTY,
                                        .only_place = PLACE_NONE,
                                        .output = TEXT("output")};
    struct json json = {.out.arena = arena};
    struct job job;
    bool ok = job_load(&job, arena, &diags, &options, text_from(arguments[1]));
    if (ok) {
        job_read(&job);
        job_compute(&job);
        job_check(&job);
        job_assemble(&job);
        ok = !job_is_stopped(&job);
    }
    json_open(&json, NULL, '{');
    for (size_t i = 0; ok && i < job.report_count; i++)
        add_report(&json, &job.reports[i]);
    json_close(&json, '}');
    struct text out = buffer_text(&json.out);
    fwrite(out.ptr, 1, out.len, stdout);
    diags_print(&diags, stderr, LEVEL_ERROR, false);
    arena_free(arena);
    return ok ? 0 : 1;
}
