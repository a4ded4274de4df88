#include "base/diag.h"

#include <string.h>

enum { REPEATS_SHOWN = 20 };

static const struct {
    const char *word;
    enum level level;
    enum status status;
} catalogue[] = {
#define DIAG_ENTRY(name, word, level, status) {word, level, status},
    DIAG_CATALOGUE(DIAG_ENTRY)
#undef DIAG_ENTRY
};

enum { KINDS = sizeof catalogue / sizeof catalogue[0] };

struct place place_file(struct text file)
{
    return (struct place){.file = file, .part = TEXT_EMPTY};
}

struct place place_at(struct text file, unsigned line, unsigned column)
{
    return (struct place){.file = file, .part = TEXT_EMPTY, .line = line, .column = column};
}

struct place place_in_sheet(struct text file, struct text sheet, unsigned row, unsigned column)
{
    return (struct place){
        .file = file, .part = sheet, .line = row, .column = column, .is_cell = true};
}

/* 1 is A, 27 is AA. */
static void add_column_letters(struct buffer *out, unsigned column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (; column && at; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    buffer_add(out, (struct text){letters + at, sizeof letters - at});
}

static void add_cell(struct buffer *out, struct place place)
{
    if (!place.line && !place.column)
        return;
    buffer_add_byte(out, '!');
    add_column_letters(out, place.column);
    if (place.line)
        buffer_format(out, "%u", place.line);
}

struct text place_text(struct arena *arena, struct place place)
{
    struct buffer out = {.arena = arena};
    buffer_add(&out, text_escape(arena, place.file));
    if (place.part.len)
        buffer_format(&out, ":%.*s", TEXT_ARG(text_quote(arena, place.part)));
    if (place.is_cell) {
        add_cell(&out, place);
        return buffer_text(&out);
    }
    if (place.line)
        buffer_format(&out, ":%u", place.line);
    if (place.line && place.column)
        buffer_format(&out, ":%u", place.column);
    return buffer_text(&out);
}

struct diags diags_new(struct arena *arena)
{
    return (struct diags){.arena = arena};
}

void diag(struct diags *diags, enum diag_kind kind, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct text message = text_vformat(diags->arena, format, args);
    va_end(args);
    if (place.part.len) /* of a workbook that is closed long before messages are shown */
        place.part = text_copy(diags->arena, place.part);
    diags->items = arena_grow(diags->arena, diags->items, diags->count, &diags->capacity,
                              sizeof *diags->items);
    diags->items[diags->count++] = (struct diag){kind, place, message};
}

static bool is_same_diag(const struct diag *a, const struct diag *b)
{
    return a->kind == b->kind && a->place.line == b->place.line &&
           a->place.column == b->place.column && text_equal(a->place.file, b->place.file) &&
           text_equal(a->place.part, b->place.part) && text_equal(a->message, b->message);
}

void diags_drop_repeats(struct diags *diags, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < diags->count; i++) {
        size_t before = first;
        while (before < kept && !is_same_diag(&diags->items[before], &diags->items[i]))
            before++;
        if (before == kept)
            diags->items[kept++] = diags->items[i];
    }
    diags->count = kept;
}

const char *diag_word(enum diag_kind kind)
{
    return catalogue[kind].word;
}

enum level diag_level(enum diag_kind kind)
{
    return catalogue[kind].level;
}

enum status diag_status(enum diag_kind kind)
{
    return catalogue[kind].status;
}

const char *level_word(enum level level)
{
    static const char *const words[] = {"info", "warning", "stopped", "error"};
    return words[level];
}

size_t diags_count(const struct diags *diags, enum level at_least)
{
    size_t count = 0;
    for (size_t i = 0; i < diags->count; i++)
        count += diag_level(diags->items[i].kind) >= at_least;
    return count;
}

enum status diags_status(const struct diags *diags)
{
    enum status worst = STATUS_OK;
    for (size_t i = 0; i < diags->count; i++) {
        enum status status = diag_status(diags->items[i].kind);
        if (status > worst)
            worst = status;
    }
    return worst;
}

/* How many messages before `at` are of the same kind and file. */
static size_t same_before(const struct diags *diags, size_t at)
{
    const struct diag *d = &diags->items[at];
    size_t count = 0;
    for (size_t i = 0; i < at && count <= REPEATS_SHOWN; i++)
        count += diags->items[i].kind == d->kind &&
                 text_equal(diags->items[i].place.file, d->place.file);
    return count;
}

static size_t same_after(const struct diags *diags, size_t at)
{
    const struct diag *d = &diags->items[at];
    size_t count = 0;
    for (size_t i = at; i < diags->count; i++)
        count += diags->items[i].kind == d->kind &&
                 text_equal(diags->items[i].place.file, d->place.file);
    return count;
}

static void print_one(const struct diags *diags, const struct diag *d, FILE *out, bool colour)
{
    static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m", "\033[31m"};
    struct text place = place_text(diags->arena, d->place);
    enum level level = diag_level(d->kind);
    struct text message = text_escape(diags->arena, d->message); /* names come from outside */
    fprintf(out, "%.*s%s%s%s:%s %.*s [%s]\n", TEXT_ARG(place), place.len ? ": " : "",
            colour ? colours[level] : "", level_word(level), colour ? "\033[0m" : "",
            TEXT_ARG(message), diag_word(d->kind));
}

void diags_print(const struct diags *diags, FILE *out, enum level least, bool colour)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *d = &diags->items[i];
        if (diag_level(d->kind) < least)
            continue;
        size_t before = same_before(diags, i);
        if (before < REPEATS_SHOWN)
            print_one(diags, d, out, colour);
        else if (before == REPEATS_SHOWN)
            fprintf(out, "%.*s: … and %zu more [%s]\n",
                    TEXT_ARG(text_escape(diags->arena, d->place.file)), same_after(diags, i),
                    diag_word(d->kind));
    }
}
