#include "base/ini.h"

#include "base/file.h"
#include "base/nfc.h"
#include "base/utf8.h"

#include <ini.h>
#include <string.h>

enum { LINE_CAP = 8 * 1024, KEY_CAP = 100, RUN_CAP = 100 };

/* Bytes that inih trims, or takes for the start of a comment or section, at the edge of a line. */
static const char edge_bytes[] = " \t;#[";

/* What is being read: inih pulls lines through next_line() and gives values to take_value(). */
struct guard {
    struct arena *arena;
    struct diags *diags;
    struct ini *ini;
    struct text rest;     /* of the file */
    struct text line;     /* of the current line, what inih has not been given yet */
    unsigned line_number; /* physical */
    unsigned value_column;
    bool is_continuation;   /* the current line began with white space */
    bool is_piece;          /* inih is given a later piece of an over-long line */
    bool skip_continuation; /* the key above was refused: so is what continues it */
    bool skip_section;      /* the header above was refused: its keys are no other section's */
    bool bad;
};

static void refuse(struct guard *guard, enum diag_kind kind, unsigned column, const char *message)
{
    guard->bad = true;
    diag(guard->diags, kind, place_at(guard->ini->file, guard->line_number, column), "%s", message);
}

static struct ini_section *current_section(struct guard *guard)
{
    return guard->ini->count ? &guard->ini->sections[guard->ini->count - 1] : NULL;
}

static void refuse_section(struct guard *guard, const char *message)
{
    guard->skip_section = guard->ini->lost_section = true;
    refuse(guard, DIAG_INI_SYNTAX, 1, message);
}

static void open_section(struct guard *guard, struct text line)
{
    struct ini *ini = guard->ini;
    size_t end = text_find(line, ']', 0);
    guard->skip_section = false;
    if (end == line.len || text_trim(text_slice(line, end + 1, line.len)).len) {
        refuse_section(guard, end == line.len
                                  ? "a section must be a line of its own that ends with ']': [name]"
                                  : "a section must be a line of its own: [name]");
        return;
    }
    struct text title = nfc_text(guard->arena, text_trim(text_slice(line, 1, end)));
    if (title.len == 0) {
        refuse_section(guard, "a section needs a name: [name]");
        return;
    }
    size_t space = text_find(title, ' ', 0);
    struct ini_section section = {
        .title = title,
        .kind = text_slice(title, 0, space),
        .name = text_trim(text_slice(title, space, title.len)),
        .place = place_at(ini->file, guard->line_number, 1),
    };
    for (size_t i = 0; i < ini->count; i++)
        if (text_same_name(ini->sections[i].title, title)) {
            guard->bad = true;
            diag(guard->diags, DIAG_DUPLICATE_KEY, section.place,
                 "section [%.*s] stands here a second time: the first is in line %u",
                 TEXT_ARG(text_quote(guard->arena, title)), ini->sections[i].place.line);
        }
    ini->sections =
        arena_grow(guard->arena, ini->sections, ini->count, &ini->capacity, sizeof section);
    ini->sections[ini->count++] = section;
}

/* True when all that it holds can be read, and in the order in which it stands. */
static bool characters_are_clean(struct guard *guard, struct text line)
{
    for (size_t at = 0; at < line.len;) {
        unsigned column = (unsigned)at + 1;
        uint32_t point = utf8_next(line, &at);
        if (point == '\t' || utf8_is_text(point))
            continue;
        refuse(guard, DIAG_ENCODING, column,
               text_format(guard->arena, "the character U+%04X %s: take it out", point,
                           utf8_not_text(point))
                   .ptr);
        return false;
    }
    return true;
}

/* True when the bytes of the line can be understood at all. */
static bool line_is_clean(struct guard *guard, struct text line)
{
    size_t bad = utf8_check(line);
    if (bad < line.len) {
        refuse(guard, DIAG_ENCODING, (unsigned)bad + 1,
               "this is not UTF-8: save the file as UTF-8");
        return false;
    }
    for (size_t i = 0; i < line.len; i++)
        if ((unsigned char)line.ptr[i] < 0x20 && line.ptr[i] != '\t') {
            refuse(guard, DIAG_INI_SYNTAX, (unsigned)i + 1,
                   "control byte found: only text, tabs and line ends may stand here");
            return false;
        }
    if (line.len > LINE_CAP) {
        refuse(guard, DIAG_CAP, LINE_CAP, "line longer than 8,192 bytes");
        return false;
    }
    return characters_are_clean(guard, line);
}

/* True when a line of the form "key = value" may go to inih. */
static bool entry_is_clean(struct guard *guard, struct text line)
{
    size_t equals = text_find(line, '=', 0);
    if (equals == line.len) {
        refuse(guard, DIAG_INI_SYNTAX, 1, "expected 'key = value', [section] or a comment");
        return false;
    }
    if (text_find(line, ':', 0) < equals) {
        refuse(guard, DIAG_INI_SYNTAX, (unsigned)text_find(line, ':', 0) + 1,
               "a colon cannot stand in a key: expected 'key = value'");
        return false;
    }
    if (text_trim(text_slice(line, 0, equals)).len == 0) {
        refuse(guard, DIAG_INI_SYNTAX, 1, "there is no key before '=': expected 'key = value'");
        return false;
    }
    if (equals > KEY_CAP) {
        refuse(guard, DIAG_CAP, 1, "key longer than 100 bytes");
        return false;
    }
    if (!current_section(guard)) {
        refuse(guard, DIAG_INI_SYNTAX, 1, "this key stands before the first [section]");
        return false;
    }
    size_t at = equals + 1;
    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
        at++;
    guard->value_column = (unsigned)at + 1;
    return true;
}

static bool value_is_clean(struct guard *guard, struct text line)
{
    size_t run = 0; /* a long line is cut for inih between bytes that it keeps: some must be near */
    for (size_t i = 1; i < line.len; i++) {
        if (line.ptr[i] == ';' && (line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t')) {
            refuse(guard, DIAG_INI_SYNTAX, (unsigned)i + 1,
                   "';' after a space would start a comment here: put the comment on a line of "
                   "its own, or write ';' without the space before it");
            return false;
        }
        run = strchr(edge_bytes, line.ptr[i]) ? run + 1 : 0;
        if (run > RUN_CAP) {
            refuse(guard, DIAG_CAP, (unsigned)i + 1,
                   "more than 100 spaces, tabs, ';', '#' or '[' in a row");
            return false;
        }
    }
    return true;
}

static bool looks_like_entry(struct text line)
{
    size_t equals = text_find(line, '=', 0);
    if (equals == line.len || equals == 0 || equals > 40)
        return false;
    struct text key = text_trim(text_slice(line, 0, equals));
    for (size_t i = 0; i < key.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-.",
                    key.ptr[i]))
            return false;
    return key.len > 0;
}

/* True when the line holds something for inih; guard->line is then set. */
static bool accept_line(struct guard *guard, struct text line)
{
    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    if (!line_is_clean(guard, line))
        return false;
    struct text trimmed = text_trim(line);
    if (trimmed.len == 0 || trimmed.ptr[0] == ';' || trimmed.ptr[0] == '#')
        return false;
    line = text_slice(line, 0, (size_t)(trimmed.ptr - line.ptr) + trimmed.len);
    guard->is_continuation = line.ptr[0] == ' ' || line.ptr[0] == '\t';
    if (guard->skip_section && (guard->is_continuation || trimmed.ptr[0] != '['))
        return false;
    if (guard->is_continuation) {
        if (guard->skip_continuation)
            return false;
        struct ini_section *section = current_section(guard);
        if (looks_like_entry(trimmed)) {
            refuse(guard, DIAG_INI_SYNTAX, 1,
                   "a key must start in the first column: an indented line continues the value "
                   "above");
            return false;
        }
        if (!section || section->count == 0) {
            refuse(guard, DIAG_INI_SYNTAX, 1, "an indented line, but no value above to continue");
            return false;
        }
        if (!value_is_clean(guard, line))
            return false;
        guard->line = line;
        return true;
    }
    guard->skip_continuation = false;
    if (trimmed.ptr[0] == '[') {
        open_section(guard, trimmed);
        return false;
    }
    if (!entry_is_clean(guard, line) || !value_is_clean(guard, line)) {
        guard->skip_continuation = true;
        return false;
    }
    guard->line = line;
    return true;
}

/*
 * Gives inih the next piece of guard->line. inih keeps 199 bytes of a line and would read the tail
 * as a line of its own, so a long value is given as pieces that begin with a space: inih calls back
 * for each as a continuation. A piece must begin and end with a byte that inih does not trim, and
 * not begin a comment.
 */
static char *give_piece(struct guard *guard, char *out, int size)
{
    size_t room = (size_t)size - 3; /* the space before, the line feed and the NUL behind */
    size_t take = guard->line.len;
    if (take > room) {
        take = room;
        while (take > 1 && (strchr(edge_bytes, guard->line.ptr[take]) ||
                            strchr(" \t", guard->line.ptr[take - 1])))
            take--;
    }
    size_t at = 0;
    if (guard->is_piece)
        out[at++] = ' ';
    memcpy(out + at, guard->line.ptr, take);
    at += take;
    out[at++] = '\n';
    out[at] = '\0';
    guard->line = text_slice(guard->line, take, guard->line.len);
    return out;
}

static char *next_line(char *out, int size, void *user)
{
    struct guard *guard = user;
    if (guard->line.len) {
        guard->is_piece = true;
        return give_piece(guard, out, size);
    }
    guard->is_piece = false;
    while (guard->rest.len) {
        size_t end = text_find(guard->rest, '\n', 0);
        struct text line = text_slice(guard->rest, 0, end);
        guard->rest = text_slice(guard->rest, end + 1, guard->rest.len);
        guard->line_number++;
        if (accept_line(guard, line))
            return give_piece(guard, out, size);
    }
    return NULL;
}

static void append_to_value(struct guard *guard, struct ini_entry *entry, struct text piece)
{
    entry->typed = text_format(guard->arena, "%.*s%s%.*s", TEXT_ARG(entry->typed),
                               guard->is_piece || !entry->typed.len ? "" : "\n", TEXT_ARG(piece));
    entry->value = nfc_text(guard->arena, entry->typed);
}

/* inih's handler; the section is the guard's own (inih cuts section names at 49 bytes). */
static int take_value(void *user, const char *inih_section, const char *key, const char *value)
{
    struct guard *guard = user;
    struct ini_section *section = current_section(guard);
    (void)inih_section;
    if (!section)
        return 1;
    if ((guard->is_continuation || guard->is_piece) && section->count) {
        append_to_value(guard, &section->entries[section->count - 1], text_from(value));
        return 1;
    }
    struct text typed = text_copy(guard->arena, text_from(value));
    struct ini_entry entry = {
        .key = nfc_text(guard->arena, text_copy(guard->arena, text_from(key))),
        .value = nfc_text(guard->arena, typed),
        .typed = typed,
        .place = place_at(guard->ini->file, guard->line_number, 1),
        .value_place = place_at(guard->ini->file, guard->line_number, guard->value_column),
    };
    const struct ini_entry *first = ini_entry(section, entry.key.ptr);
    if (first) {
        guard->bad = true;
        diag(guard->diags, DIAG_DUPLICATE_KEY, entry.place,
             "key '%.*s' stands here a second time: the first is in line %u",
             TEXT_ARG(text_quote(guard->arena, entry.key)), first->place.line);
    }
    section->entries = arena_grow(guard->arena, section->entries, section->count,
                                  &section->capacity, sizeof entry);
    section->entries[section->count++] = entry;
    return 1;
}

bool ini_read(struct arena *arena, struct diags *diags, struct text path, struct ini *out)
{
    *out = (struct ini){.file = path_tidy(arena, path)};
    struct text bytes;
    if (!file_read(arena, diags, path, PLACE_NONE, FILE_CAP_TEXT, &bytes))
        return false;
    if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
        bytes = text_slice(bytes, 3, bytes.len);
    struct guard guard = {
        .arena = arena, .diags = diags, .ini = out, .rest = bytes, .line = TEXT_EMPTY};
    int error = ini_parse_stream(next_line, &guard, take_value, &guard);
    if (error != 0 && !guard.bad) /* the guard lets nothing through that inih refuses */
        refuse(&guard, DIAG_INI_SYNTAX, 1, "this line cannot be understood");
    return !guard.bad;
}

const struct ini_section *ini_section(const struct ini *ini, const char *kind, struct text name)
{
    for (size_t i = 0; i < ini->count; i++)
        if (text_same_name(ini->sections[i].kind, text_from(kind)) &&
            text_same_name(ini->sections[i].name, name))
            return &ini->sections[i];
    return NULL;
}

const struct ini_entry *ini_entry(const struct ini_section *section, const char *key)
{
    for (size_t i = 0; section && i < section->count; i++)
        if (text_same_name(section->entries[i].key, text_from(key)))
            return &section->entries[i];
    return NULL;
}

struct text ini_value(const struct ini_section *section, const char *key)
{
    const struct ini_entry *entry = ini_entry(section, key);
    return entry ? entry->value : TEXT_EMPTY;
}

struct place ini_value_place(const struct ini_section *section, const char *key)
{
    const struct ini_entry *entry = ini_entry(section, key);
    return entry ? entry->value_place : section->place;
}

/* "; did you mean 'files'?", or what there is to choose from. */
static struct text suggestion(struct arena *arena, const struct texts *names, struct text found)
{
    struct text nearest = texts_nearest(names, found);
    if (nearest.len)
        return text_format(arena, "did you mean '%.*s'?", TEXT_ARG(nearest));
    return text_format(arena, "expected one of: %.*s",
                       TEXT_ARG(texts_join(arena, names, TEXT(", "))));
}

void ini_check_keys(struct diags *diags, const struct ini_section *section,
                    const struct ini_key *keys, size_t count)
{
    struct texts names = {0};
    for (size_t i = 0; i < count; i++)
        texts_add(diags->arena, &names, text_from(keys[i].name));
    for (size_t i = 0; i < section->count; i++) {
        struct text key = section->entries[i].key;
        bool known = false;
        for (size_t k = 0; k < count && !known; k++)
            known = text_same_name(names.items[k], key);
        if (!known)
            diag(diags, DIAG_UNKNOWN_KEY, section->entries[i].place,
                 "unknown key '%.*s' in [%.*s]; %.*s", TEXT_ARG(text_quote(diags->arena, key)),
                 TEXT_ARG(section->title), TEXT_ARG(suggestion(diags->arena, &names, key)));
    }
    for (size_t k = 0; k < count; k++)
        if (keys[k].required && !ini_value(section, keys[k].name).len)
            diag(diags, DIAG_MISSING_KEY, section->place, "[%.*s] has no '%s'",
                 TEXT_ARG(section->title), keys[k].name);
}

void ini_check_sections(struct diags *diags, const struct ini *ini, const char *const *kinds,
                        size_t count)
{
    struct texts names = {0};
    for (size_t i = 0; i < count; i++)
        texts_add(diags->arena, &names, text_from(kinds[i]));
    for (size_t i = 0; i < ini->count; i++) {
        bool known = false;
        for (size_t k = 0; k < count && !known; k++)
            known = text_same_name(names.items[k], ini->sections[i].kind);
        if (!known)
            diag(diags, DIAG_UNKNOWN_KEY, ini->sections[i].place, "unknown section [%.*s]; %.*s",
                 TEXT_ARG(text_quote(diags->arena, ini->sections[i].title)),
                 TEXT_ARG(suggestion(diags->arena, &names, ini->sections[i].kind)));
    }
}

bool ini_bool(struct diags *diags, const struct ini_section *section, const char *key,
              bool otherwise)
{
    const struct ini_entry *entry = ini_entry(section, key);
    if (!entry || !entry->value.len)
        return otherwise;
    static const char *const yes[] = {"yes", "true", "1"}, *const no[] = {"no", "false", "0"};
    for (size_t i = 0; i < 3; i++) {
        if (text_same_name(entry->value, text_from(yes[i])))
            return true;
        if (text_same_name(entry->value, text_from(no[i])))
            return false;
    }
    diag(diags, DIAG_BAD_VALUE, entry->value_place, "'%.*s' is neither yes nor no",
         TEXT_ARG(text_quote(diags->arena, entry->value)));
    return otherwise;
}
