#include "cli/cli_int.h"

static void print_source(struct arena *arena, const struct dataset *dataset)
{
    const struct account *account = &dataset->account;
    struct file_account total = account_total(arena, account);
    size_t files = 0;
    struct decimal sum;
    for (size_t i = 0; i < account->count; i++)
        files += !account->files[i].is_lookup;
    printf("%.*s: %zu file%s, %.*s", TEXT_ARG(dataset->name), files, files == 1 ? "" : "s",
           TEXT_ARG(account_text(arena, &total)));
    if (!dataset->measure_count || total.sum_is_lost || !dataset_sum(dataset, &sum))
        putchar('\n');
    else if (decimal_compare(total.sum, sum) == 0)
        printf("; its values and the figures both add up to %.*s\n",
               TEXT_ARG(decimal_text(arena, sum)));
    else
        printf("; its values add up to %.*s, the figures to %.*s\n",
               TEXT_ARG(decimal_text(arena, total.sum)), TEXT_ARG(decimal_text(arena, sum)));
}

/* Of several files, those in which rows were rejected or something was put right. */
static void print_files(struct arena *arena, const struct account *account)
{
    for (size_t i = 0; account->count > 1 && i < account->count; i++) {
        const struct file_account *file = &account->files[i];
        if (file->rejected || file->repair_count)
            printf("  %.*s: %.*s\n", TEXT_ARG(text_escape(arena, file->path)),
                   TEXT_ARG(account_text(arena, file)));
    }
}

void cli_print_read(const struct job *job)
{
    for (size_t i = 0; i < job->source_count; i++) {
        const struct dataset *dataset = job->sources[i].dataset;
        if (!dataset->account.count)
            continue; /* why no file was read was told */
        print_source(job->arena, dataset);
        print_files(job->arena, &dataset->account);
    }
}
