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
    const struct texts *options = &sending->manifest.options;
    if (texts_find(options, TEXT(MANIFEST_RESTRICTED)) < options->count) {
        diag(sending->diags, DIAG_MAIL, place_file(sending->folder),
             "this is a restricted pack: it is not sent by email");
        return false;
    }
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

static bool read_output_at(struct sending *sending, const struct mail_letter *letter,
                           struct text path, struct mail_file *out)
{
    for (size_t i = 0; i < sending->manifest.outputs.count; i++)
        if (text_equal(sending->manifest.outputs.items[i].path, path)) {
            out->name = path_name(path);
            return read_output(sending, &sending->manifest.outputs.items[i], &out->bytes);
        }
    diag(sending->diags, DIAG_BAD_VALUE, letter->workbooks_place,
         "workbook '%.*s' is not among the outputs of this run", TEXT_ARG(path));
    return false;
}

static bool is_output(const struct sending *sending, struct text path)
{
    for (size_t i = 0; i < sending->manifest.outputs.count; i++)
        if (text_equal(sending->manifest.outputs.items[i].path, path))
            return true;
    return false;
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
    struct text working = text_concat(sending->arena, report, TEXT("-working.xlsx"));
    struct text published = text_concat(sending->arena, report, TEXT(".xlsx"));
    return read_output_at(sending, letter, is_output(sending, working) ? working : published, out);
}

/* ---- slices: each recipient gets those of their own values ---- */

struct slice_file {
    const struct manifest_slice *slice;
    struct mail_file file;
    bool is_wanted; /* somebody gets it */
};
struct slice_files {
    struct slice_file *items;
    size_t count;
};

static bool read_slices(struct sending *sending, const struct mail_letter *letter,
                        struct slice_files *out)
{
    const struct manifest_slices *slices = &sending->manifest.slices;
    bool ok = true;
    *out = (struct slice_files){arena_calloc(sending->arena, slices->count + 1, sizeof *out->items),
                                0};
    for (size_t i = 0; i < slices->count; i++) {
        const struct manifest_slice *slice = &slices->items[i];
        if (!text_equal(slice->name, letter->name) ||
            !text_is(slice->by, slice_field_word(letter->slice_by)) ||
            texts_find(&letter->workbooks, slice->report) == letter->workbooks.count)
            continue;
        struct slice_file *file = &out->items[out->count++];
        file->slice = slice;
        ok = read_output_at(sending, letter, slice->path, &file->file) && ok;
    }
    if (!out->count) {
        diag(sending->diags, DIAG_BAD_VALUE, letter->workbooks_place,
             "this run made no slices by %s for [email %.*s]: run the job again",
             slice_field_word(letter->slice_by), TEXT_ARG(letter->name));
        return false;
    }
    return ok;
}

/* "Housing | Community safety": false when one of the values has no slice. */
static bool has_value(struct text values, struct text value)
{
    struct text_pieces pieces = text_split(values, '|');
    for (struct text piece; text_next(&pieces, &piece);)
        if (piece.len && slice_is_same(piece, text_trim(value)))
            return true;
    return false;
}

static void check_values(struct sending *sending, const struct slice_files *files,
                         const struct mail_letter *letter, struct text values, struct place place)
{
    struct text_pieces pieces = text_split(values, '|');
    for (struct text piece; text_next(&pieces, &piece);) {
        size_t i = 0;
        while (i < files->count && !slice_is_same(piece, text_trim(files->items[i].slice->value)))
            i++;
        if (piece.len && i == files->count)
            diag(sending->diags, DIAG_SLICE, place,
                 "nothing in this run has the %s of this row: no workbook of it is sent",
                 slice_field_word(letter->slice_by));
    }
}

/* Gives the recipient their workbooks; false when there is none. */
static bool give_slices(struct sending *sending, const struct mail_letter *letter,
                        struct slice_files *files, struct text values,
                        struct mail_recipient *recipient)
{
    struct mail_file *own = arena_calloc(sending->arena, files->count, sizeof *own);
    recipient->files = own;
    check_values(sending, files, letter, values, recipient->place);
    for (size_t i = 0; i < files->count; i++)
        if (has_value(values, files->items[i].slice->value)) {
            files->items[i].is_wanted = true;
            own[recipient->file_count++] = files->items[i].file;
        }
    return recipient->file_count > 0;
}

/* ---- */

/* The rows of the list, with the value of the letter's field where it has one. */
static bool read_recipients(struct sending *sending, const struct mail_letter *letter,
                            struct read_rows *out)
{
    const char *const columns[] = {"Name", "Email",
                                   letter->is_sliced ? slice_field_word(letter->slice_by) : ""};
    struct text path = path_join(sending->arena, sending->job, letter->recipients_file);
    return read_list(sending->arena, sending->diags, path, letter->recipients_place, columns,
                     letter->is_sliced ? 3 : 2, out);
}

static void tell_unwanted(struct sending *sending, const struct mail_letter *letter,
                          const struct slice_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        if (!files->items[i].is_wanted)
            diag(sending->diags, DIAG_SLICE, letter->recipients_place,
                 "nobody in the list gets '%.*s', which has %zu row%s: give its %s to somebody",
                 TEXT_ARG(files->items[i].slice->path), files->items[i].slice->rows,
                 files->items[i].slice->rows == 1 ? "" : "s", slice_field_word(letter->slice_by));
}

/* Who gets a message: of slices, those who have something in them. */
static struct mail_recipient *choose_recipients(struct sending *sending,
                                                const struct mail_letter *letter,
                                                const struct read_rows *rows,
                                                struct slice_files *files, size_t *count)
{
    struct mail_recipient *out = arena_calloc(sending->arena, rows->count + 1, sizeof *out);
    *count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        struct mail_recipient *recipient = &out[*count];
        *recipient = (struct mail_recipient){.name = rows->items[i].cells[0],
                                             .address = rows->items[i].cells[1],
                                             .place = rows->items[i].place};
        if (!letter->is_sliced ||
            give_slices(sending, letter, files, rows->items[i].cells[2], recipient))
            (*count)++;
    }
    if (letter->is_sliced)
        tell_unwanted(sending, letter, files);
    return out;
}

/* The workbooks that all get, or the slices of which each gets theirs. */
static bool read_files(struct sending *sending, const struct mail_letter *letter,
                       struct mail_file *files, struct slice_files *slices)
{
    if (letter->is_sliced)
        return read_slices(sending, letter, slices);
    bool ok = true;
    for (size_t i = 0; i < letter->workbooks.count; i++)
        ok = read_workbook_of(sending, letter, letter->workbooks.items[i], &files[i]) && ok;
    return ok;
}

static void deliver_letter(struct sending *sending, const struct mail_letter *letter)
{
    struct read_rows rows;
    struct slice_files slices = {NULL, 0};
    struct text base = path_folder(path_tidy(sending->arena, sending->folder));
    struct mail_file *files = arena_calloc(sending->arena, letter->workbooks.count, sizeof *files);
    struct mail_delivery delivery = {
        .letter = letter,
        .server = &sending->plan.server,
        .files = files,
        .file_count = letter->is_sliced ? 0 : letter->workbooks.count,
        .period = sending->manifest.period,
        .ledger = path_join(sending->arena, base, TEXT("mail-ledger.txt")),
        .dry_run_folder = TEXT_EMPTY,
        .confirm = sending->confirm,
        .now = time_now(),
    };
    bool ok = read_files(sending, letter, files, &slices);
    if (!read_recipients(sending, letter, &rows) || !ok)
        return;
    delivery.recipients =
        choose_recipients(sending, letter, &rows, &slices, &delivery.recipient_count);
    if (letter->is_sliced && !delivery.recipient_count)
        return; /* there was a warning for each of them */
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
