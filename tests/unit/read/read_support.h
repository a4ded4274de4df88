/* read_support - a job of one source, from bytes or from a fixture. */
#ifndef TESTS_UNIT_READ_SUPPORT_H
#define TESTS_UNIT_READ_SUPPORT_H

#include "support.h"

#include "read/read.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIXTURES "tests/fixtures/read"

struct run {
    struct arena *arena;
    struct diags diags;
    struct ini job;
    struct dataset *dataset;
    struct text folder; /* a new one; empty when the fixtures' is used */
};

static inline void write_file(const char *path, struct text bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static inline struct run run_new(void)
{
    struct run run = {.arena = arena_new()};
    char name[] = "/tmp/panelpack-read-XXXXXX";
    assert_non_null(mkdtemp(name));
    run.diags = diags_new(run.arena);
    run.folder = text_copy(run.arena, text_from(name));
    return run;
}

static inline const char *run_path(struct run *run, const char *name)
{
    return path_join(run->arena, run->folder, text_from(name)).ptr;
}

/* Writes job.ini and reads its first source, with files relative to `folder`. */
static inline void run_job(struct run *run, const char *job, struct text folder)
{
    const char *path = run_path(run, "job.ini");
    write_file(path, text_from(job));
    assert_true(ini_read(run->arena, &run->diags, text_from(path), &run->job));
    for (size_t i = 0; i < run->job.count && !run->dataset; i++)
        if (text_is(run->job.sections[i].kind, "source"))
            run->dataset = read_source(run->arena, &run->diags, &run->job, &run->job.sections[i],
                                       folder, period_read(run->arena, TEXT("2021/22")));
    assert_non_null(run->dataset);
    for (size_t i = 0; i < run->dataset->account.count; i++)
        assert_true(account_balances(&run->dataset->account.files[i]));
}

/* A job whose files are fixtures. */
static inline struct run run_fixture(const char *job)
{
    struct run run = run_new();
    run_job(&run, job, TEXT(FIXTURES));
    return run;
}

/* A source of one file, data.csv, with the given bytes and further keys (or sections). */
static inline struct run run_bytes(const char *dialect, const char *keys, struct text bytes)
{
    struct run run = run_new();
    write_file(run_path(&run, "data.csv"), bytes);
    const char *job =
        text_format(run.arena, "[source s]\nfiles = data.csv\ndialect = %s\n%s", dialect, keys).ptr;
    run_job(&run, job, run.folder);
    return run;
}

static inline struct run run_csv(const char *dialect, const char *keys, const char *csv)
{
    return run_bytes(dialect, keys, text_from(csv));
}

static inline void run_end(struct run *run)
{
    struct texts names = folder_names(run->arena, run->folder);
    for (size_t i = 0; i < names.count; i++)
        unlink(run_path(run, names.items[i].ptr));
    rmdir(run->folder.ptr);
    arena_free(run->arena);
}

static inline size_t count_kind(const struct run *run, enum diag_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < run->diags.count; i++)
        count += run->diags.items[i].kind == kind;
    return count;
}

/* The message of the only error, or figure that is stopped, after checking that it is one of that
 * kind at that place. */
static inline const char *only_error(struct run *run, enum diag_kind kind, unsigned line,
                                     unsigned column)
{
    const struct diag *found = NULL;
    for (size_t i = 0; i < run->diags.count; i++)
        if (diag_level(run->diags.items[i].kind) >= LEVEL_STOPPED) {
            if (found)
                diags_print(&run->diags, stderr, LEVEL_STOPPED, false);
            assert_null(found);
            found = &run->diags.items[i];
        }
    assert_non_null(found);
    assert_int_equal(found->kind, kind);
    assert_int_equal(found->place.line, line);
    assert_int_equal(found->place.column, column);
    return text_cstr(run->arena, found->message);
}

static inline void assert_ok(struct run *run)
{
    if (!diags_ok(&run->diags))
        diags_print(&run->diags, stderr, LEVEL_ERROR, false);
    assert_true(diags_ok(&run->diags));
}

#define assert_says(message, part) assert_non_null(strstr((message), (part)))

/* The first message of that kind, or "". */
static inline const char *message_of(struct run *run, enum diag_kind kind)
{
    for (size_t i = 0; i < run->diags.count; i++)
        if (run->diags.items[i].kind == kind)
            return text_cstr(run->arena, run->diags.items[i].message);
    return "";
}

/* The whole number of a figure, by names; INT64_MIN when there is none. */
static inline int64_t figure_of(const struct run *run, const char *measure, const char *area,
                                const char *period)
{
    const struct dataset *d = run->dataset;
    struct period wanted = period_read(run->arena, text_from(period));
    for (size_t i = 0; i < d->figure_count; i++) {
        const struct figure figure = dataset_figure_at(d, i), *f = &figure;
        int64_t number;
        if (text_is(d->measures[f->measure].name, measure) &&
            text_is(d->areas.items[f->area], area) && period_same(d->periods[f->period], wanted) &&
            f->value.present && decimal_integer(f->value.number, &number))
            return number;
    }
    return INT64_MIN;
}

#endif
