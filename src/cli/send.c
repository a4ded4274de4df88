#include "cli/cli_int.h"

#include "base/file.h"
#include "base/hash.h"
#include "job.h"
#include "mail/mail.h"
#include "publish/publish.h"
#include "read/read.h"

#include <stdlib.h>
#include <time.h>

/* What one `send` works with. */
struct sending {
    struct arena *arena;
    struct diags *diags;
    struct text folder; /* the published run */
    struct text job;    /* the job folder that made it */
    struct manifest manifest;
    struct mail_plan plan;
    bool dry_run;
    bool confirm;
    struct mail_counts counts;
};

/* Seconds since 1970: SOURCE_DATE_EPOCH where it is set, so that a dry run can be repeated. */
static int64_t time_now(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    struct decimal number;
    int64_t seconds;
    if (fixed && decimal_parse(text_from(fixed), &number) && decimal_integer(number, &seconds))
        return seconds;
    return (int64_t)time(NULL);
}

/* The published run, proved whole, and the job that made it. */
static bool open_run(struct sending *sending)
{
    struct ini ini;
    if (!file_exists(path_join(sending->arena, sending->folder, TEXT("manifest.json")))) {
        diag(sending->diags, DIAG_NO_FILE, place_file(sending->folder),
             "this is not the folder of a finished run: expected one with a manifest.json, such as "
             "output/my-job/2024-25");
        return false;
    }
    if (!manifest_read(sending->arena, sending->diags, sending->folder, &sending->manifest) ||
        !manifest_check(sending->arena, sending->diags, sending->folder, &sending->manifest))
        return false;
    struct text job = path_join(sending->arena, sending->folder, sending->manifest.job);
    sending->job = path_relative(sending->arena, TEXT("."), job);
    if (!ini_read(sending->arena, sending->diags,
                  path_join(sending->arena, sending->job, TEXT("job.ini")), &ini))
        return false;
    return mail_plan_read(sending->arena, sending->diags, &ini, &sending->plan);
}

/* Of the run that the manifest is from: another run may have published since it was checked. */
static bool read_output(struct sending *sending, const struct manifest_file *file,
                        struct text *bytes)
{
    struct text path = path_join(sending->arena, sending->folder, file->path);
    if (!file_read(sending->arena, sending->diags, path, PLACE_NONE, FILE_CAP_INPUT, bytes))
        return false;
    if (text_equal(hash_sha256(sending->arena, *bytes), file->sha256))
        return true;
    diag(sending->diags, DIAG_VERIFY, place_file(path),
         "the file changed while it was being sent: send again");
    return false;
}

static const struct manifest_file *find_output(const struct sending *sending, struct text name)
{
    for (size_t i = 0; i < sending->manifest.outputs.count; i++)
        if (text_equal(sending->manifest.outputs.items[i].path, name))
            return &sending->manifest.outputs.items[i];
    return NULL;
}

/* The workbook of a report, if the run made it: of two the one to be worked with. */
static bool read_workbook_of(struct sending *sending, const struct mail_letter *letter,
                             struct text report, struct mail_file *out)
{
    if (text_is(report, JOB_CHECKS)) {
        diag(sending->diags, DIAG_BAD_VALUE, letter->workbooks_place,
             "'" JOB_CHECKS
             "' is the workbook of findings, for those who make the reports: it is "
             "not sent");
        return false;
    }
    const struct manifest_file *file =
        find_output(sending, text_concat(sending->arena, report, TEXT("-working.xlsx")));
    if (!file)
        file = find_output(sending, text_concat(sending->arena, report, TEXT(".xlsx")));
    if (file) {
        out->name = file->path;
        return read_output(sending, file, &out->bytes);
    }
    diag(sending->diags, DIAG_BAD_VALUE, letter->workbooks_place,
         "workbook '%.*s' is not among the outputs of this run", TEXT_ARG(report));
    return false;
}

static bool read_recipients(struct sending *sending, const struct mail_letter *letter,
                            struct mail_recipient **out, size_t *count)
{
    static const char *const columns[] = {"Name", "Email"};
    struct read_rows rows;
    struct text path = path_join(sending->arena, sending->job, letter->recipients_file);
    if (!read_list(sending->arena, sending->diags, path, letter->recipients_place, columns, 2,
                   &rows))
        return false;
    *out = arena_calloc(sending->arena, rows.count, sizeof **out);
    *count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        (*out)[i] = (struct mail_recipient){.name = rows.items[i].cells[0],
                                            .address = rows.items[i].cells[1],
                                            .place = rows.items[i].place};
    return true;
}

static void deliver_letter(struct sending *sending, const struct mail_letter *letter)
{
    struct mail_recipient *recipients;
    struct text base = path_folder(path_tidy(sending->arena, sending->folder));
    struct mail_file *files = arena_calloc(sending->arena, letter->workbooks.count, sizeof *files);
    struct mail_delivery delivery = {
        .letter = letter,
        .server = &sending->plan.server,
        .files = files,
        .file_count = letter->workbooks.count,
        .period = sending->manifest.period,
        .ledger = path_join(sending->arena, base, TEXT("mail-ledger.txt")),
        .dry_run_folder = TEXT_EMPTY,
        .confirm = sending->confirm,
        .now = time_now(),
    };
    bool ok = true;
    for (size_t i = 0; i < letter->workbooks.count; i++)
        ok = read_workbook_of(sending, letter, letter->workbooks.items[i], &files[i]) && ok;
    if (!read_recipients(sending, letter, &recipients, &delivery.recipient_count) || !ok)
        return;
    delivery.recipients = recipients;
    if (sending->dry_run) {
        struct text name = text_format(sending->arena, "mail-%.*s", TEXT_ARG(letter->name));
        delivery.dry_run_folder = path_join(sending->arena, base, name);
        if (!folder_create(sending->diags, delivery.dry_run_folder))
            return;
        printf("messages: %.*s\n", TEXT_ARG(delivery.dry_run_folder));
    }
    mail_deliver(&delivery, sending->arena, sending->diags, &sending->counts);
}

static void send_all(struct sending *sending)
{
    if (!open_run(sending))
        return;
    if (!sending->plan.count) {
        puts("this job has no [email] section: nothing to send");
        return;
    }
    if (!sending->plan.has_server) {
        diag(sending->diags, DIAG_MISSING_KEY,
             place_file(path_join(sending->arena, sending->job, TEXT("job.ini"))),
             "there is no [smtp] section with 'server' and 'from'");
        return;
    }
    for (size_t i = 0; i < sending->plan.count; i++)
        deliver_letter(sending, &sending->plan.letters[i]);
    const struct mail_counts *counts = &sending->counts;
    if (sending->dry_run)
        printf("%zu message%s written\n", counts->written, counts->written == 1 ? "" : "s");
    else
        printf("%zu sent, %zu sent before, %zu failed, %zu refused, %zu not known\n", counts->sent,
               counts->already_sent, counts->failed, counts->refused, counts->unknown);
}

enum status cli_send(const struct command *command, int argc, char **argv)
{
    const char *folder;
    bool dry_run = false, confirm = false;
    const struct cli_option options[] = {{"dry-run", NULL, &dry_run}, {"confirm", NULL, &confirm}};
    enum status status;
    if (!cli_options(command, argc, argv, options, 2, &folder, 1, &status))
        return status;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct sending sending = {.arena = arena,
                              .diags = &diags,
                              .folder = path_tidy(arena, text_from(folder)),
                              .dry_run = dry_run,
                              .confirm = confirm};
    send_all(&sending);
    return cli_finish(arena, &diags, stderr, diags_status(&diags));
}
