#include "base/file.h"
#include "base/hash.h"
#include "mail/mail_int.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* One run of mail_deliver(). */
struct round {
    const struct mail_delivery *delivery;
    struct arena *arena;
    struct diags *diags;
    struct mail_counts *counts;
    struct ledger *ledger;
    struct sender *sender; /* NULL in a dry run */
    int folder;            /* of the dry run; -1 otherwise */
};

/* What one recipient gets. */
struct parcel {
    const struct mail_file *files;
    size_t file_count;
    struct text report; /* the names of the files */
    struct text key;    /* of the message, in the ledger */
};

/* What a message is about, for the hash: no part can hold a line break. */
static struct text message_key(const struct round *round, const struct mail_recipient *recipient,
                               struct text report, struct text content)
{
    struct text address = text_copy(round->arena, recipient->address);
    char *fold = (char *)address.ptr; /* our own copy; one person, however the case is written */
    for (size_t i = 0; i < address.len; i++)
        if (fold[i] >= 'A' && fold[i] <= 'Z')
            fold[i] = (char)(fold[i] + ('a' - 'A'));
    return hash_sha256(round->arena,
                       text_format(round->arena, "%.*s\n%.*s\n%.*s\n%.*s", TEXT_ARG(report),
                                   TEXT_ARG(round->delivery->period), TEXT_ARG(content),
                                   TEXT_ARG(address)));
}

static struct parcel parcel_for(const struct round *round, const struct mail_recipient *recipient)
{
    const struct mail_delivery *delivery = round->delivery;
    struct parcel parcel = {.files = recipient->files ? recipient->files : delivery->files,
                            .file_count =
                                recipient->files ? recipient->file_count : delivery->file_count};
    struct buffer hashes = {.arena = round->arena};
    struct texts names = {0};
    for (size_t i = 0; i < parcel.file_count; i++) {
        texts_add(round->arena, &names, parcel.files[i].name);
        buffer_add(&hashes, hash_sha256(round->arena, parcel.files[i].bytes));
    }
    parcel.report = texts_join(round->arena, &names, TEXT("|"));
    parcel.key = message_key(round, recipient, parcel.report,
                             hash_sha256(round->arena, buffer_text(&hashes)));
    return parcel;
}

static void check_header(struct diags *diags, struct place place, const char *what,
                         struct text value)
{
    const char *fault = mail_header_fault(value);
    if (fault)
        diag(diags, DIAG_BAD_VALUE, place, "%s has %s", what, fault);
}

static void check_address(struct diags *diags, enum diag_kind kind, struct place place,
                          const char *what, struct text value)
{
    const char *fault = mail_address_fault(value);
    if (fault)
        diag(diags, kind, place, "%s is not a mail address: %s", what, fault);
}

static void check_files(struct diags *diags, const struct mail_letter *letter,
                        const struct mail_file *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_header(diags, letter->workbooks_place, "the file name", files[i].name);
        if (text_find(files[i].name, '/', 0) < files[i].name.len)
            diag(diags, DIAG_BAD_VALUE, letter->workbooks_place, "the file name has a folder");
    }
}

/* Everything that ends up in a header or a command, once more: the caller may have made it. */
static bool delivery_is_clean(const struct mail_delivery *delivery, struct diags *diags)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    const struct mail_letter *letter = delivery->letter;
    const struct mail_server *server = delivery->server;
    check_address(diags, DIAG_BAD_VALUE, server->place, "'from'", server->from);
    check_header(diags, server->place, "'from name'", server->from_name);
    check_header(diags, letter->place, "'subject'", letter->subject);
    check_header(diags, letter->place, "the period", delivery->period);
    if (letter->reply_to.len)
        check_address(diags, DIAG_BAD_VALUE, letter->place, "'reply to'", letter->reply_to);
    check_files(diags, letter, delivery->files, delivery->file_count);
    if (delivery->file_count == 0 && !letter->is_sliced)
        diag(diags, DIAG_CONFIG, letter->workbooks_place, "there is no workbook to send");
    if (delivery->recipient_count == 0)
        diag(diags, DIAG_RECIPIENT, letter->recipients_place, "there is nobody to send to");
    for (size_t i = 0; i < delivery->recipient_count; i++) {
        const struct mail_recipient *recipient = &delivery->recipients[i];
        check_address(diags, DIAG_RECIPIENT, recipient->place, "this", recipient->address);
        const char *fault = mail_header_fault(recipient->name);
        if (fault)
            diag(diags, DIAG_RECIPIENT, recipient->place, "the name has %s", fault);
        check_files(diags, letter, recipient->files, recipient->file_count);
        if (letter->is_sliced != (recipient->files != NULL))
            diag(diags, DIAG_INTERNAL, recipient->place,
                 "a recipient of slices has none, or another has some: nothing was sent");
    }
    return diags_count(diags, LEVEL_ERROR) == errors;
}

static struct text compose_for(const struct round *round, const struct mail_recipient *recipient,
                               const struct parcel *parcel, struct arena *arena)
{
    const struct mail_delivery *delivery = round->delivery;
    const struct mail_server *server = delivery->server;
    struct mail_message message = {
        .from_name = server->from_name,
        .from = server->from,
        .to_name = recipient->name,
        .to = recipient->address,
        .reply_to = delivery->letter->reply_to,
        .subject = delivery->letter->subject,
        .text = delivery->letter->text,
        .id = text_format(arena, "%.*s@%.*s", TEXT_ARG(text_slice(parcel->key, 0, 40)),
                          TEXT_ARG(mail_address_domain(server->from))),
        .date = delivery->now,
        .files = parcel->files,
        .file_count = parcel->file_count,
    };
    return mail_compose(arena, &message);
}

static bool write_message(struct round *round, size_t index, struct text message)
{
    const struct mail_recipient *recipient = &round->delivery->recipients[index];
    struct text name = text_format(round->arena, "%03zu-%.*s.eml", index + 1,
                                   TEXT_ARG(text_slug(round->arena, recipient->address)));
    /* an earlier dry run's */
    if (unlinkat(round->folder, name.ptr, 0) != 0 && errno != ENOENT) {
        diag(round->diags, DIAG_WRITE, PLACE_NONE, "cannot replace '%.*s': %s", TEXT_ARG(name),
             strerror(errno));
        return false;
    }
    if (!file_create(round->folder, round->diags, name, message))
        return false;
    round->counts->written++;
    return true;
}

static void say_unknown(struct round *round, const struct mail_recipient *recipient,
                        struct text report, struct text why)
{
    round->counts->unknown++;
    diag(round->diags, DIAG_MAIL_UNKNOWN, recipient->place,
         "it is not known whether %.*s got '%.*s' (%.*s): it is not sent again by itself; ask, and "
         "confirm to send it again",
         TEXT_ARG(text_quote(round->arena, recipient->address)),
         TEXT_ARG(text_quote(round->arena, report)), TEXT_ARG(why));
}

static void say_not_sent(struct round *round, const struct mail_recipient *recipient,
                         struct text reply, bool is_final)
{
    (*(is_final ? &round->counts->refused : &round->counts->failed))++;
    diag(round->diags, DIAG_MAIL, recipient->place, "not sent to %.*s: %.*s; %s",
         TEXT_ARG(text_quote(round->arena, recipient->address)), TEXT_ARG(reply),
         is_final ? "correct the address, or confirm to try again" : "the next run tries again");
}

/* Sends one message between two lines of the ledger. False: stop, nobody else has a chance. */
static bool send_message(struct round *round, const struct mail_recipient *recipient,
                         const struct parcel *parcel, struct text message)
{
    static const enum ledger_state states[] = {
        [SEND_SENT] = LEDGER_SENT,        [SEND_FAILED] = LEDGER_FAILED,
        [SEND_REFUSED] = LEDGER_REFUSED,  [SEND_UNKNOWN] = LEDGER_UNKNOWN,
        [SEND_NO_SERVER] = LEDGER_FAILED,
    };
    struct text about = text_format(round->arena, "%.*s %.*s %.*s", TEXT_ARG(recipient->address),
                                    TEXT_ARG(round->delivery->period), TEXT_ARG(parcel->report));
    int64_t now = round->delivery->now;
    if (!ledger_add(round->ledger, round->diags, LEDGER_INTENT, parcel->key, about, TEXT_EMPTY,
                    now)) {
        round->counts->failed++;
        return false;
    }
    struct text reply;
    enum send_outcome outcome =
        sender_send(round->sender, round->arena, recipient->address, message, &reply);
    if (!ledger_add(round->ledger, round->diags, states[outcome], parcel->key, about, reply, now)) {
        /* the next run will find an intent without an outcome */
        say_unknown(round, recipient, parcel->report, TEXT("the ledger could not be written"));
        return false;
    }
    if (outcome == SEND_SENT)
        round->counts->sent++;
    else if (outcome == SEND_UNKNOWN)
        say_unknown(round, recipient, parcel->report, reply);
    else
        say_not_sent(round, recipient, reply, outcome == SEND_REFUSED);
    return outcome != SEND_NO_SERVER;
}

/* True when the message is to be sent (or written) in this run. */
static bool is_due(struct round *round, const struct mail_recipient *recipient,
                   const struct parcel *parcel)
{
    switch (ledger_state(round->ledger, parcel->key)) {
    case LEDGER_SENT:
        round->counts->already_sent++;
        return false;
    case LEDGER_INTENT:
    case LEDGER_UNKNOWN:
        if (round->delivery->confirm)
            return true;
        say_unknown(round, recipient, parcel->report,
                    TEXT("an earlier run ended without an answer"));
        return false;
    case LEDGER_REFUSED:
        if (round->delivery->confirm)
            return true;
        say_not_sent(round, recipient, TEXT("an earlier run was refused"), true);
        return false;
    case LEDGER_NOTHING:
    case LEDGER_FAILED:
        break;
    }
    return true;
}

/* True when the same message was already in this list. */
static bool is_repeated(struct round *round, struct texts *keys, struct text key, size_t index)
{
    size_t first = texts_find(keys, key);
    texts_add(round->arena, keys, key);
    if (first == index)
        return false;
    diag(round->diags, DIAG_DUPLICATE_USED_ONCE, round->delivery->recipients[index].place,
         "this address stands in the list twice: one message is enough");
    return true;
}

/* False: stop, nobody else has a chance. */
static bool deliver_one(struct round *round, size_t index, const struct parcel *parcel)
{
    const struct mail_recipient *recipient = &round->delivery->recipients[index];
    struct arena *scratch = arena_new(); /* a message can be large, and there may be hundreds */
    struct text message = compose_for(round, recipient, parcel, scratch);
    bool go_on = round->sender ? send_message(round, recipient, parcel, message)
                               : write_message(round, index, message);
    arena_free(scratch);
    return go_on;
}

static void deliver_all(struct round *round)
{
    struct texts keys = {0};
    const struct mail_delivery *delivery = round->delivery;
    size_t not_tried = 0;
    bool go_on = true;
    for (size_t i = 0; i < delivery->recipient_count; i++) {
        struct parcel parcel = parcel_for(round, &delivery->recipients[i]);
        if (is_repeated(round, &keys, parcel.key, i) ||
            !is_due(round, &delivery->recipients[i], &parcel))
            continue;
        if (go_on)
            go_on = deliver_one(round, i, &parcel);
        else
            not_tried++;
    }
    round->counts->failed += not_tried;
    if (not_tried)
        diag(round->diags, DIAG_MAIL, delivery->letter->place,
             "%zu more were not tried: the next run does", not_tried);
}

static bool open_dry_run(struct round *round)
{
    struct text path = round->delivery->dry_run_folder;
    if (!folder_create(round->diags, path))
        return false;
    round->folder =
        open(text_cstr(round->arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (round->folder < 0)
        diag(round->diags, DIAG_WRITE, place_file(path), "cannot open the folder: %s",
             strerror(errno));
    return round->folder >= 0;
}

static bool open_sender(struct round *round)
{
    const struct mail_server *server = round->delivery->server;
    if (!mail_server_check(round->diags, server))
        return false;
    round->sender = sender_new(round->arena, round->diags, server);
    return round->sender != NULL;
}

bool mail_deliver(const struct mail_delivery *delivery, struct arena *arena, struct diags *diags,
                  struct mail_counts *counts)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    bool is_dry = delivery->dry_run_folder.len > 0;
    if (!delivery_is_clean(delivery, diags))
        return false;
    struct round round = {
        .delivery = delivery, .arena = arena, .diags = diags, .counts = counts, .folder = -1};
    round.ledger = ledger_open(arena, diags, delivery->ledger, is_dry);
    if (round.ledger && (is_dry ? open_dry_run(&round) : open_sender(&round)))
        deliver_all(&round);
    sender_free(round.sender);
    if (round.folder >= 0)
        close(round.folder);
    ledger_close(round.ledger);
    return diags_count(diags, LEVEL_ERROR) == errors;
}
