/* leak_runs - what words are compared by. */
#include "pack/leak_int.h"

/* A number without the zeros at its end, and a code: its digits and all. */
enum { NUMBER_DIGITS = 5, CODE_DIGITS = 4, CODE_LENGTH = 6 };

static size_t runs_slot(const struct runs *runs, uint64_t hash)
{
    size_t at = (size_t)hash & (runs->size - 1);
    while (runs->hashes[at] && runs->hashes[at] != hash)
        at = (at + 1) & (runs->size - 1);
    return at;
}

bool runs_find(const struct runs *runs, uint64_t hash, unsigned *paper)
{
    if (!runs->size)
        return false;
    size_t at = runs_slot(runs, hash);
    if (!runs->hashes[at])
        return false;
    *paper = runs->papers[at];
    return true;
}

/* At most three quarters are in use. */
static bool has_room(const struct runs *runs, size_t more)
{
    return runs->size && (runs->count + more) * 4 <= runs->size * 3;
}

void runs_reserve(struct runs *runs, size_t more)
{
    struct runs old = *runs;
    if (has_room(&old, more))
        return;
    runs->count = 0;
    runs->size = old.size ? old.size : 4096;
    while (!has_room(runs, old.count + more))
        runs->size *= 2;
    runs->hashes = arena_calloc(runs->arena, runs->size, sizeof *runs->hashes);
    runs->papers = arena_calloc(runs->arena, runs->size, sizeof *runs->papers);
    for (size_t i = 0; i < old.size; i++)
        if (old.hashes[i])
            runs_add(runs, old.hashes[i], old.papers[i]);
}

void runs_add(struct runs *runs, uint64_t hash, unsigned paper)
{
    size_t at = runs_slot(runs, hash);
    if (runs->hashes[at])
        return;
    runs->hashes[at] = hash;
    runs->papers[at] = paper;
    runs->count++;
}

struct text leak_letters(struct arena *arena, struct text words)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < words.len; i++) {
        char c = words.ptr[i];
        if (c >= 'a' && c <= 'z')
            buffer_add_byte(&out, c);
        else if (c >= 'A' && c <= 'Z')
            buffer_add_byte(&out, (char)(c | 32));
        else if (c == '\n' && out.len && out.ptr[out.len - 1] != '\n')
            buffer_add_byte(&out, c);
    }
    return buffer_text(&out);
}

bool leak_next_run(struct text t, size_t *at, size_t *line_end, uint64_t *hash)
{
    for (; *at + LEAK_RUN <= t.len; (*at)++) {
        if (*line_end <= *at) /* of the line that begins here */
            *line_end = text_find(t, '\n', *at);
        if (*at + LEAK_RUN > *line_end) {
            *at = *line_end;
            continue;
        }
        *hash = text_hash(text_slice(t, *at, *at + LEAK_RUN)) | 1;
        return true;
    }
    return false;
}

/* ---- numbers and codes ---- */

static bool is_word(char c)
{
    return is_digit(c) || is_letter(c);
}

static unsigned digits_of(struct text token)
{
    unsigned digits = 0;
    for (size_t i = 0; i < token.len; i++)
        digits += is_digit(token.ptr[i]) ? 1 : 0;
    return digits;
}

/* "4,444,001", "KA.07.02", "22/00123/FUL" without what joins their parts; else empty. */
static struct text code_of(struct arena *arena, struct text token)
{
    struct buffer out = {.arena = arena};
    unsigned digits = digits_of(token), significant = 0;
    bool is_number = true;
    for (size_t i = 0; i < token.len; i++) {
        char c = token.ptr[i];
        is_number = is_number && (is_digit(c) || c == ',' || c == '.');
        if (!is_word(c))
            continue;
        buffer_add_byte(&out, is_letter(c) ? (char)(c | 32) : c);
        if (c != '0')
            significant = (unsigned)out.len;
    }
    struct text code = buffer_text(&out);
    if (is_number)
        return significant >= NUMBER_DIGITS ? text_slice(code, 0, significant) : TEXT_EMPTY;
    bool is_code = digits >= CODE_DIGITS && digits < code.len && code.len >= CODE_LENGTH;
    return is_code ? code : TEXT_EMPTY;
}

bool leak_next_code(struct arena *arena, struct text words, size_t *at, struct text *code)
{
    while (*at < words.len) {
        if (!is_word(words.ptr[*at])) {
            (*at)++;
            continue;
        }
        size_t from = *at;
        while (is_word(char_at(words, *at)) ||
               (char_at(words, *at) && strchr(",./-", words.ptr[*at]) &&
                is_word(char_at(words, *at + 1))))
            (*at)++;
        struct text token = text_slice(words, from, *at);
        *code = digits_of(token) < CODE_DIGITS ? TEXT_EMPTY : code_of(arena, token);
        if (code->len)
            return true;
    }
    return false;
}
