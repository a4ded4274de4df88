/*
 * Sends (or writes) two small files through mail_deliver(), for run.sh.
 *   mail_driver JOB.INI LEDGER PERIOD dry-run=FOLDER|send|confirm ADDRESS...
 * The job has one [email] and [smtp]. Messages go to stderr, counts to stdout.
 */
#include "mail/mail.h"

#include <stdio.h>
#include <string.h>

enum { RECIPIENTS_MAX = 16 };

static int report(struct arena *arena, const struct diags *diags, const struct mail_counts *counts)
{
    diags_print(diags, stderr, LEVEL_INFO, false);
    printf("sent %zu written %zu already %zu failed %zu refused %zu unknown %zu\n", counts->sent,
           counts->written, counts->already_sent, counts->failed, counts->refused, counts->unknown);
    enum status status = diags_status(diags);
    arena_free(arena);
    return (int)status;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct mail_counts counts = {0};
    struct ini ini;
    struct mail_plan plan;
    if (argc < 6 || argc - 5 > RECIPIENTS_MAX ||
        !ini_read(arena, &diags, text_from(argv[1]), &ini) ||
        !mail_plan_read(arena, &diags, &ini, &plan))
        return report(arena, &diags, &counts);
    struct mail_recipient recipients[RECIPIENTS_MAX];
    for (int i = 5; i < argc; i++)
        recipients[i - 5] =
            (struct mail_recipient){.name = text_from(i == 5 ? "Cadeirydd y Pwyllgor, Môn" : ""),
                                    .address = text_from(argv[i]),
                                    .place = place_at(TEXT("recipients.csv"), (unsigned)i - 3, 2)};
    char bytes[1000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    const struct mail_file files[] = {
        {TEXT("csp-annual-review.xlsx"), {bytes, sizeof bytes}},
        {TEXT("iechyd a lles – chwarter dau, adroddiad llawn i’r pwyllgor.xlsx"), {bytes, 1}},
    };
    struct mail_delivery delivery = {
        .letter = plan.letters,
        .server = &plan.server,
        .recipients = recipients,
        .recipient_count = (size_t)argc - 5,
        .files = files,
        .file_count = 2,
        .period = text_from(argv[3]),
        .ledger = text_from(argv[2]),
        .dry_run_folder =
            strncmp(argv[4], "dry-run=", 8) == 0 ? text_from(argv[4] + 8) : TEXT_EMPTY,
        .confirm = strcmp(argv[4], "confirm") == 0,
        .now = 1656604800, /* 30 June 2022, 16:00 UTC */
    };
    mail_deliver(&delivery, arena, &diags, &counts);
    return report(arena, &diags, &counts);
}
