/*
 * source - a whole file of any format as an export. The first byte chooses the dialect and some
 * keys; what follows is the file.
 */
#include "fuzz.h"

#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct fuzz_file file = fuzz_file((struct text){(const char *)data + 1, size - 1});
    const struct dialect *dialect = dialects[data[0] % dialect_count];
    struct text job_text =
        text_format(arena, "[source s]\nfiles = %s\ndialect = %s\n", file.path, dialect->name);
    struct fuzz_file job_file = fuzz_file(job_text);
    struct ini job;
    FUZZ_HOLDS(ini_read(arena, &diags, text_from(job_file.path), &job));
    struct dataset *dataset = read_source(arena, &diags, &job, &job.sections[0], TEXT("."),
                                          period_read(arena, TEXT("2021/22")));
    for (size_t i = 0; i < dataset->account.count; i++)
        FUZZ_HOLDS(account_balances(&dataset->account.files[i]));
    /* what was rejected was said */
    for (size_t i = 0; i < dataset->account.count; i++)
        FUZZ_HOLDS(!dataset->account.files[i].rejected || !diags_ok(&diags));
    for (size_t i = 0; i < dataset->figure_count; i++) {
        struct figure figure = dataset->figures[i];
        FUZZ_HOLDS(figure.measure < dataset->measure_count);
        FUZZ_HOLDS(figure.area < dataset->areas.count);
        FUZZ_HOLDS(figure.period < dataset->period_count);
        FUZZ_HOLDS(!value_mark(&figure.value, 0));
    }
    fuzz_messages(&diags);
    fuzz_file_end(&file);
    fuzz_file_end(&job_file);
    arena_free(arena);
    return 0;
}
