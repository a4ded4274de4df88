/*
 * source - a whole file of any format as an export. The first byte chooses the dialect, the next
 * two keys that stand beside it ("0" for none); what follows is the file.
 */
#include "fuzz.h"

#include "read/read.h"

/* Each by a bit; LOOKUP stands for the path of a small lookup. */
static const char *const keys[] = {
    "header row = 2\n",
    "header row = 2-3\n",
    "sheet = 2\nhidden = read\n",
    "delimiter = pipe\n",
    "lookup = LOOKUP\nlookup column = Area\n",
    "lookup = LOOKUP\nlookup column = LSOA code\nunmatched = exclude\n",
    "where = column 2 is not b\n",
    "area = Abbey\n",
    "duplicates = refuse\n",
    "ignore = column 3\n",
    "continuation = join\nfill down = Priority\n",
    "continuation = separate\ndates = month first\n",
    "unit = %\nkind = percentage\n",
    "decimals = 1\n",
    "measure = column 1\n",
    "allow empty = yes\nsame month = allow\n",
};

static struct text job_of(struct arena *arena, const uint8_t *choice, const char *path,
                          const char *lookup)
{
    struct buffer out = {.arena = arena};
    unsigned bits = (unsigned)(choice[1] ^ '0') | (unsigned)(choice[2] ^ '0') << 8;
    buffer_format(&out, "[source s]\nfiles = %s\ndialect = %s\n", path,
                  dialects[choice[0] % dialect_count]->name);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct text key = text_from(bits & 1u << i ? keys[i] : ""), name = TEXT("LOOKUP");
        size_t at = 0;
        while (at < key.len && !text_starts(text_slice(key, at, key.len), name))
            at++;
        buffer_add(&out, text_slice(key, 0, at));
        if (at < key.len)
            buffer_add(&out, text_from(lookup));
        buffer_add(&out, text_slice(key, at + name.len, key.len));
    }
    return buffer_text(&out);
}

static void check_source(struct arena *arena, struct diags *diags, const struct ini *job)
{
    struct dataset *dataset = read_source(arena, diags, job, &job->sections[0], TEXT("."),
                                          period_read(arena, TEXT("2021/22")));
    for (size_t i = 0; i < dataset->account.count; i++) {
        FUZZ_HOLDS(account_balances(&dataset->account.files[i]));
        /* what was rejected was said */
        FUZZ_HOLDS(!dataset->account.files[i].rejected || !diags_ok(diags));
    }
    for (size_t i = 0; i < dataset->figure_count; i++) {
        struct figure figure = dataset_figure_at(dataset, i);
        FUZZ_HOLDS(figure.measure < dataset->measure_count);
        FUZZ_HOLDS(figure.area < dataset->areas.count);
        FUZZ_HOLDS(figure.period < dataset->period_count);
        FUZZ_HOLDS(!value_mark(&figure.value, 0));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { CHOICE = 3 };
    if (size < CHOICE)
        return 0;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct fuzz_file file = fuzz_file((struct text){(const char *)data + CHOICE, size - CHOICE});
    struct fuzz_file lookup = fuzz_file(TEXT("Area,LSOA code,Name\nA,E01000001,Abbey\nB,b,Bede\n"));
    struct fuzz_file job_file = fuzz_file(job_of(arena, data, file.path, lookup.path));
    struct ini job;
    if (ini_read(arena, &diags, text_from(job_file.path), &job)) /* no key stands there twice */
        check_source(arena, &diags, &job);
    fuzz_messages(&diags);
    fuzz_file_end(&file);
    fuzz_file_end(&lookup);
    fuzz_file_end(&job_file);
    arena_free(arena);
    return 0;
}
