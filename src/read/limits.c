#include "read/limits.h"

#include "base/decimal.h"

#include <stddef.h>
#include <sys/stat.h>

#define KIB ((size_t)1024)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)

/*
 * A field: its limit is what an unclosed quote takes before it is found, and what such a message
 * saves the reader from. An action's update of 20,000 words has some 130 KiB, and up to 200 KiB in
 * Welsh or Polish: more than the 64 KiB of P16, which would refuse it.
 */
const struct read_limits limits_default = {.file = 200 * MIB,
                                           .field = 256 * KIB,
                                           .row = 4 * MIB,
                                           .columns = 16384,
                                           .rows = 5000000,
                                           .parts = 10000,
                                           .unpacked = 512 * MIB,
                                           .ratio = 200,
                                           .depth = 64};
/* An archive has no more parts than 16 bits count, and deflate no higher ratio than 1,032. */
const struct read_limits limits_most = {.file = 2 * GIB,
                                        .field = 4 * MIB,
                                        .row = 64 * MIB,
                                        .columns = 65536,
                                        .rows = 50000000,
                                        .parts = 65535,
                                        .unpacked = 4 * GIB,
                                        .ratio = 1032,
                                        .depth = 256};

struct limit_key {
    const char *name;
    size_t at;    /* offset of its member */
    size_t least; /* below it nothing real could be read */
    bool is_size; /* in bytes, KiB, MiB or GiB */
};
static const struct limit_key keys[] = {
    {"file", offsetof(struct read_limits, file), KIB, true},
    {"field", offsetof(struct read_limits, field), KIB, true},
    {"row", offsetof(struct read_limits, row), KIB, true},
    {"columns", offsetof(struct read_limits, columns), 1, false},
    {"rows", offsetof(struct read_limits, rows), 1, false},
    {"parts", offsetof(struct read_limits, parts), 10, false},
    {"unpacked", offsetof(struct read_limits, unpacked), MIB, true},
    {"ratio", offsetof(struct read_limits, ratio), 10, false},
    {"depth", offsetof(struct read_limits, depth), 16, false},
};
enum { KEYS = sizeof keys / sizeof keys[0] };

static size_t value_of(const struct read_limits *limits, const struct limit_key *key)
{
    return *(const size_t *)(const void *)((const char *)limits + key->at);
}

struct text limits_number(struct arena *arena, size_t number)
{
    return decimal_display(arena, decimal_from((int64_t)number), 0, DECIMAL_GROUPS);
}

struct text limits_size(struct arena *arena, size_t bytes)
{
    static const struct {
        size_t bytes;
        const char *name;
    } units[] = {{GIB, "GiB"}, {MIB, "MiB"}, {KIB, "KiB"}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (bytes && bytes % units[i].bytes == 0)
            return text_format(arena, "%zu %s", bytes / units[i].bytes, units[i].name);
    return text_concat(arena, limits_number(arena, bytes), TEXT(" bytes"));
}

static struct text shown(struct arena *arena, const struct limit_key *key, size_t value)
{
    return key->is_size ? limits_size(arena, value) : limits_number(arena, value);
}

/* "256 KiB" and "256 kb" are the same: exports are not measured in powers of ten. */
static size_t take_unit(struct text *t)
{
    static const struct {
        const char *name;
        size_t bytes;
    } units[] = {{"kib", KIB}, {"mib", MIB}, {"gib", GIB}, {"kb", KIB},
                 {"mb", MIB},  {"gb", GIB},  {"bytes", 1}, {"byte", 1}};
    size_t end = t->len;
    while (end && is_letter(t->ptr[end - 1]))
        end--;
    struct text word = text_slice(*t, end, t->len);
    for (size_t i = 0; word.len && i < sizeof units / sizeof units[0]; i++)
        if (text_same_name(word, text_from(units[i].name))) {
            *t = text_trim(text_slice(*t, 0, end));
            return units[i].bytes;
        }
    return 1;
}

/* "5,000,000" as 5000000; what has commas elsewhere stays as it is, and is no number. */
static struct text without_groups(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < t.len; i++) {
        bool is_group = t.ptr[i] == ',' && i && (t.len - i) % 4 == 0;
        if (!is_group)
            buffer_add_byte(&out, t.ptr[i]);
    }
    return buffer_text(&out);
}

static bool read_value(struct arena *arena, struct text t, const struct limit_key *key, size_t *out)
{
    struct decimal number;
    int64_t whole;
    size_t unit = key->is_size ? take_unit(&t) : 1;
    t = without_groups(arena, t);
    if (!decimal_parse(t, &number) || !decimal_integer(number, &whole) || whole < 0 ||
        (uint64_t)whole > value_of(&limits_most, key) / unit)
        return false;
    *out = (size_t)whole * unit;
    return *out >= key->least;
}

static void read_key(struct diags *diags, const struct ini_section *section,
                     const struct limit_key *key, struct read_limits *out)
{
    struct arena *arena = diags->arena;
    const struct ini_entry *entry = ini_entry(section, key->name);
    size_t value;
    if (!entry)
        return;
    if (read_value(arena, entry->value, key, &value)) {
        *(size_t *)(void *)((char *)out + key->at) = value;
        return;
    }
    diag(diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no limit of '%s': expected %s such as %.*s, from %.*s to %.*s",
         TEXT_ARG(text_quote(arena, entry->value)), key->name,
         key->is_size ? "a size" : "a whole number",
         TEXT_ARG(shown(arena, key, value_of(&limits_default, key))),
         TEXT_ARG(shown(arena, key, key->least)),
         TEXT_ARG(shown(arena, key, value_of(&limits_most, key))));
}

struct read_limits limits_read(struct diags *diags, const struct ini *job)
{
    const struct ini_section *section = ini_section(job, "limits", TEXT_EMPTY);
    struct read_limits limits = limits_default;
    struct ini_key names[KEYS];
    if (!section)
        return limits;
    for (size_t i = 0; i < KEYS; i++) {
        names[i] = (struct ini_key){keys[i].name, false};
        read_key(diags, section, &keys[i], &limits);
    }
    ini_check_keys(diags, section, names, KEYS);
    /* A row has room for its longest field, unless the job says that it has not. */
    if (!ini_entry(section, "row") && limits.row / 16 < limits.field)
        limits.row = 16 * limits.field;
    return limits;
}

bool limits_allow_file(const struct read_limits *limits, struct diags *diags, struct text path,
                       struct place place)
{
    struct stat is;
    if (stat(text_cstr(diags->arena, path), &is) != 0 || !S_ISREG(is.st_mode) ||
        (size_t)is.st_size <= limits->file)
        return true;
    diag(diags, DIAG_CAP, place.file.len ? place : place_file(path),
         "'%.*s' has %.*s: expected at most %.*s ('file' in [limits])", TEXT_ARG(path),
         TEXT_ARG(limits_size(diags->arena, (size_t)is.st_size)),
         TEXT_ARG(limits_size(diags->arena, limits->file)));
    return false;
}
