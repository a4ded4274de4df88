#include "base/file.h"
#include "mail/mail_int.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A line: state, key, seconds since 1970, what and to whom, reply; separated by tabs. */
enum { FIELD_COUNT = 5, KEY_LEN = 64 };

static const char *const state_words[] = {
    [LEDGER_NOTHING] = "",      [LEDGER_INTENT] = "intent",   [LEDGER_SENT] = "sent",
    [LEDGER_FAILED] = "failed", [LEDGER_REFUSED] = "refused", [LEDGER_UNKNOWN] = "unknown",
};
enum { STATE_COUNT = sizeof state_words / sizeof *state_words };

struct entry {
    struct text key;
    enum ledger_state state;
};
struct ledger {
    struct arena *arena;
    struct text path;
    int fd;                /* -1: read only */
    struct entry *entries; /* one a key, in the order of their first lines */
    size_t count;
    size_t capacity;
};

static void remember(struct ledger *ledger, struct text key, enum ledger_state state)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (text_equal(ledger->entries[i].key, key)) {
            ledger->entries[i].state = state;
            return;
        }
    ledger->entries = arena_grow(ledger->arena, ledger->entries, ledger->count, &ledger->capacity,
                                 sizeof *ledger->entries);
    ledger->entries[ledger->count++] = (struct entry){.key = key, .state = state};
}

static enum ledger_state state_named(struct text word)
{
    for (int i = LEDGER_INTENT; i < STATE_COUNT; i++)
        if (text_is(word, state_words[i]))
            return (enum ledger_state)i;
    return LEDGER_NOTHING;
}

static bool read_line(struct ledger *ledger, struct text line)
{
    struct text fields[FIELD_COUNT];
    size_t count = 0;
    struct text_pieces pieces = text_split(line, '\t');
    for (struct text field; text_next(&pieces, &field); count++)
        if (count < FIELD_COUNT)
            fields[count] = field;
    if (count != FIELD_COUNT || fields[1].len != KEY_LEN)
        return false;
    enum ledger_state state = state_named(fields[0]);
    if (state == LEDGER_NOTHING)
        return false;
    remember(ledger, fields[1], state);
    return true;
}

/* Sets *whole to the bytes up to the last line end. */
static bool read_lines(struct ledger *ledger, struct diags *diags, struct text bytes, size_t *whole)
{
    unsigned number = 0;
    bool ok = true;
    *whole = 0;
    for (size_t end; (end = text_find(bytes, '\n', *whole)) < bytes.len; *whole = end + 1) {
        number++;
        if (read_line(ledger, text_slice(bytes, *whole, end)))
            continue;
        ok = false;
        diag(diags, DIAG_MAIL, place_at(ledger->path, number, 0),
             "this line of the mail ledger is damaged, so it cannot be known what was sent: "
             "restore the file, nothing was sent");
    }
    return ok;
}

static bool sync_folder(struct arena *arena, struct text path)
{
    int fd = open(text_cstr(arena, path_folder(path)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

static bool fail(struct ledger *ledger, struct diags *diags, const char *what)
{
    diag(diags, DIAG_WRITE, place_file(ledger->path), "cannot %s the mail ledger: %s", what,
         strerror(errno));
    return false;
}

/* Opens, locks and makes private. */
static bool take_file(struct ledger *ledger, struct diags *diags)
{
    const char *name = text_cstr(ledger->arena, ledger->path);
    ledger->fd =
        open(name, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (ledger->fd < 0)
        return fail(ledger, diags, "open");
    if (flock(ledger->fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return fail(ledger, diags, "lock");
        diag(diags, DIAG_BUSY, place_file(ledger->path),
             "another run is sending with this mail ledger: wait until it has ended");
        return false;
    }
    if (fchmod(ledger->fd, 0600) != 0)
        return fail(ledger, diags, "make private");
    return sync_folder(ledger->arena, ledger->path) || fail(ledger, diags, "sync the folder of");
}

static bool read_ledger(struct ledger *ledger, struct diags *diags)
{
    struct text bytes;
    size_t whole;
    if (!file_read(ledger->arena, diags, ledger->path, PLACE_NONE, FILE_CAP_INPUT, &bytes) ||
        !read_lines(ledger, diags, bytes, &whole))
        return false;
    /* a line that was cut off was never acted upon: it counts from its sync on */
    if (whole < bytes.len && ledger->fd >= 0 &&
        (ftruncate(ledger->fd, (off_t)whole) != 0 || fsync(ledger->fd) != 0))
        return fail(ledger, diags, "repair");
    return true;
}

struct ledger *ledger_open(struct arena *arena, struct diags *diags, struct text path,
                           bool readable_only)
{
    struct ledger *ledger = arena_alloc(arena, sizeof *ledger);
    *ledger = (struct ledger){.arena = arena, .path = path, .fd = -1};
    if (readable_only && !file_exists(path))
        return ledger;
    if ((readable_only || take_file(ledger, diags)) && read_ledger(ledger, diags))
        return ledger;
    ledger_close(ledger);
    return NULL;
}

void ledger_close(struct ledger *ledger)
{
    if (ledger && ledger->fd >= 0)
        close(ledger->fd); /* releases the lock */
}

enum ledger_state ledger_state(const struct ledger *ledger, struct text key)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (text_equal(ledger->entries[i].key, key))
            return ledger->entries[i].state;
    return LEDGER_NOTHING;
}

bool ledger_add(struct ledger *ledger, struct diags *diags, enum ledger_state state,
                struct text key, struct text about, struct text reply, int64_t now)
{
    struct text line =
        text_format(ledger->arena, "%s\t%.*s\t%" PRId64 "\t%.*s\t%.*s\n", state_words[state],
                    TEXT_ARG(key), now, TEXT_ARG(text_quote(ledger->arena, about)),
                    TEXT_ARG(text_quote(ledger->arena, reply)));
    for (size_t done = 0; done < line.len;) {
        ssize_t n = write(ledger->fd, line.ptr + done, line.len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(ledger, diags, "write to");
        done += (size_t)n;
    }
    if (fsync(ledger->fd) != 0)
        return fail(ledger, diags, "sync");
    remember(ledger, text_copy(ledger->arena, key), state);
    return true;
}
