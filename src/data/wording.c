#include "data/wording.h"

#include "base/utf8.h"

enum { CONTEXT_WORDS = 3, SHOWN_WORDS = 24, SPELLING_LETTERS = 4, SPELLING_CHANGES = 2 };

/* ---- words ---- */

/* What stands in words without being part of them: apostrophes, soft hyphens, zero-width spaces. */
static bool is_silent(uint32_t point)
{
    return point == '\'' || point == '`' || point == 0xB4 || point == 0xAD || point == 0x2018 ||
           point == 0x2019 || point == 0x200B || point == 0xFEFF;
}

static bool is_dash(uint32_t point)
{
    return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
}

static bool is_latin_sign(uint32_t point)
{
    return point == 0xA3 || point == 0xB2 || point == 0xB3 || point == 0xB5 || point == 0xB9 ||
           (point >= 0xBC && point <= 0xBE);
}

/* Letters, digits, and signs that mean something. Bullets of fonts stand in the private use area.
 */
static bool is_of_word(uint32_t point)
{
    if (point < 0x80)
        return is_letter((char)point) || is_digit((char)point) ||
               (point && strchr("<>+%$=", (int)point));
    if (point < 0xC0)
        return is_latin_sign(point);
    return point != 0xD7 && point != 0xF7 && !(point >= 0x2000 && point < 0x2070) &&
           !(point >= 0x2500 && point < 0x2800) && !(point >= 0x3000 && point < 0x3040) &&
           !(point >= 0xE000 && point < 0xF900) && point != 0xFFFD && point != 0x2212 &&
           point < UTF8_INVALID;
}

static uint32_t fold(uint32_t point)
{
    bool is_capital = (point >= 'A' && point <= 'Z') || (point >= 0xC0 && point <= 0xDE);
    return is_capital ? point + 0x20 : point;
}

/* "1,000": a comma that groups digits. */
static bool groups_digits(struct text t, size_t behind)
{
    return is_digit(char_at(t, behind)) && is_digit(char_at(t, behind + 1)) &&
           is_digit(char_at(t, behind + 2)) && !is_digit(char_at(t, behind + 3));
}

/* What `point`, which ends at `behind`, stands for between two digits; '\0': they are apart. */
static char between_digits(struct text t, uint32_t point, size_t behind)
{
    if (!is_digit(char_at(t, behind)))
        return '\0';
    if (point == '/' || is_dash(point))
        return '/';
    return point == '.' || point == ':' ? '.' : '\0';
}

struct scan {
    struct words *words;
    struct arena *arena;
    struct buffer folded; /* of the word that is open; empty: none is */
    size_t from, to;
    bool after_digit, after_space;
};

static void close_word(struct scan *scan)
{
    struct words *words = scan->words;
    if (!scan->folded.len)
        return;
    words->items =
        arena_grow(scan->arena, words->items, words->count, &words->capacity, sizeof *words->items);
    words->items[words->count++] = (struct word){
        .folded = text_copy(scan->arena, buffer_text(&scan->folded)),
        .from = scan->from,
        .to = scan->to,
    };
    scan->folded.len = 0;
    scan->after_digit = false;
}

static void add_point(struct scan *scan, size_t from, size_t to, uint32_t point)
{
    char bytes[4];
    if (!scan->folded.len)
        scan->from = from;
    buffer_add(&scan->folded, (struct text){bytes, utf8_put(bytes, fold(point))});
    scan->to = to;
    scan->after_digit = point < 0x80 && is_digit((char)point);
}

static void scan_sign(struct scan *scan, struct text t, size_t from, size_t to, uint32_t point)
{
    char between = scan->after_digit ? between_digits(t, point, to) : '\0';
    if (between) {
        add_point(scan, from, to, (uint32_t)between);
    } else if (scan->after_digit && point == ',' && groups_digits(t, to)) {
        scan->to = to;
    } else if (point == '&') {
        close_word(scan);
        scan->from = from;
        scan->to = to;
        buffer_add(&scan->folded, TEXT("and"));
        close_word(scan);
    } else {
        close_word(scan);
        if (is_dash(point) && scan->after_space && is_digit(char_at(t, to)))
            add_point(scan, from, to, '-');
    }
}

struct words words_of(struct arena *arena, struct text t)
{
    struct words words = {.text = t};
    struct scan scan = {
        .words = &words, .arena = arena, .folded = {.arena = arena}, .after_space = true};
    for (size_t at = 0; at < t.len;) {
        size_t from = at;
        uint32_t point = utf8_next(t, &at);
        if (is_of_word(point))
            add_point(&scan, from, at, point);
        else if (!is_silent(point))
            scan_sign(&scan, t, from, at, point);
        scan.after_space = point == ' ' || point == '\n' || point == '\t' || point == 0xA0;
    }
    close_word(&scan);
    return words;
}

struct text words_written(const struct words *words, size_t from, size_t to)
{
    if (from >= to)
        return TEXT_EMPTY;
    size_t begin = words->items[from].from, end = words->items[to - 1].to;
    bool has_bracket = text_contains(text_slice(words->text, begin, end), TEXT("("));
    if (has_bracket && char_at(words->text, end) == ')')
        end++;
    return text_slice(words->text, begin, end);
}

static struct text joined(struct arena *arena, const struct words *words, size_t from, size_t to)
{
    struct buffer out = {.arena = arena};
    for (size_t i = from; i < to; i++) {
        struct text word = words->items[i].folded;
        if (out.len && is_digit(out.ptr[out.len - 1]) && is_digit(word.ptr[0]))
            buffer_add_byte(&out, ' ');
        buffer_add(&out, word);
    }
    return buffer_text(&out);
}

struct text words_joined(struct arena *arena, const struct words *words)
{
    return joined(arena, words, 0, words->count);
}

/* ---- differences ---- */

static bool same_word(const struct words *a, size_t i, const struct words *b, size_t j)
{
    return text_equal(a->items[i].folded, b->items[j].folded);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many words are the same at the beginning, and behind these at the end. */
struct frame {
    size_t first, last;
};

static struct frame frame_of(const struct words *a, const struct words *b)
{
    struct frame frame = {0, 0};
    size_t most = least(a->count, b->count);
    while (frame.first < most && same_word(a, frame.first, b, frame.first))
        frame.first++;
    while (frame.last < most - frame.first &&
           same_word(a, a->count - 1 - frame.last, b, b->count - 1 - frame.last))
        frame.last++;
    return frame;
}

static bool has_digit(struct text t)
{
    bool found = false;
    for (size_t i = 0; i < t.len; i++)
        found = found || is_digit(t.ptr[i]);
    return found;
}

/* One word that is a little other: "increase" and "decrease", "2022" and "2023" are two. */
static bool is_spelling_of(struct text a, struct text b)
{
    size_t longest = a.len > b.len ? a.len : b.len;
    return a.len && b.len && longest >= SPELLING_LETTERS && longest <= 64 && a.ptr[0] == b.ptr[0] &&
           !has_digit(a) && !has_digit(b) && text_distance(a, b) <= SPELLING_CHANGES;
}

enum wording wording_compare(struct arena *arena, struct text before, struct text now)
{
    struct words a = words_of(arena, before), b = words_of(arena, now);
    if (text_equal(words_joined(arena, &a), words_joined(arena, &b)))
        return WORDING_SAME;
    struct frame frame = frame_of(&a, &b);
    bool is_one =
        a.count - frame.first - frame.last == 1 && b.count - frame.first - frame.last == 1;
    return is_one && is_spelling_of(a.items[frame.first].folded, b.items[frame.first].folded)
               ? WORDING_SPELLING
               : WORDING_OTHER;
}

static bool is_lower_at(struct text t, size_t at)
{
    return is_letter(char_at(t, at)) && (char_at(t, at) & 32);
}

/* Between two words of a text stands nothing but a space. */
static bool is_space_alone(struct text gap)
{
    bool is_plain = true;
    for (size_t i = 0; i < gap.len; i++)
        is_plain = is_plain && gap.ptr[i] == ' ';
    return is_plain;
}

enum wording_end wording_continues(struct arena *arena, struct text shorter, struct text longer)
{
    struct words a = words_of(arena, shorter), b = words_of(arena, longer);
    size_t same = 0;
    while (same < a.count && same < b.count && same_word(&a, same, &b, same))
        same++;
    if (a.count && same == a.count - 1 && same < b.count &&
        text_starts(b.items[same].folded, a.items[same].folded))
        return a.items[same].to == shorter.len ? ENDS_IN_SENTENCE : ENDS_OTHERWISE;
    if (!same || same < a.count || same == b.count)
        return ENDS_OTHERWISE;
    if (a.items[same - 1].to < text_trim(shorter).len ||
        !is_space_alone(text_slice(longer, b.items[same - 1].to, b.items[same].from)))
        return ENDS_AT_PAUSE;
    return is_lower_at(longer, b.items[same].from) ? ENDS_IN_SENTENCE : ENDS_BEFORE_CAPITAL;
}

/* Line breaks and lists of an excerpt as one line. */
static void add_line(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.len; i++) {
        bool is_space = t.ptr[i] == ' ' || t.ptr[i] == '\n' || t.ptr[i] == '\t';
        if (!is_space)
            buffer_add_byte(out, t.ptr[i]);
        else if (out->len && out->ptr[out->len - 1] != ' ')
            buffer_add_byte(out, ' ');
    }
}

#define ELLIPSIS "\xE2\x80\xA6"

/* The words that differ, which begin behind `first` and end before the `last` ones. */
static struct text excerpt(struct arena *arena, const struct words *words, struct frame frame)
{
    struct buffer out = {.arena = arena};
    size_t from = frame.first - least(frame.first, CONTEXT_WORDS);
    size_t to = words->count - frame.last + least(frame.last, CONTEXT_WORDS);
    size_t end = words->count;
    bool is_long = to - from > SHOWN_WORDS;
    if (from)
        buffer_add(&out, TEXT(ELLIPSIS " "));
    if (is_long) {
        add_line(&out, words_written(words, from, from + SHOWN_WORDS / 2));
        buffer_add(&out, TEXT(" " ELLIPSIS " "));
        from = to - SHOWN_WORDS / 2;
    }
    add_line(&out, words_written(words, from, to));
    if (to < end)
        buffer_add(&out, TEXT(" " ELLIPSIS));
    return buffer_text(&out);
}

void wording_difference(struct arena *arena, struct text before, struct text now,
                        struct text *before_words, struct text *now_words)
{
    struct words a = words_of(arena, before), b = words_of(arena, now);
    struct frame frame = frame_of(&a, &b);
    *before_words = excerpt(arena, &a, frame);
    *now_words = excerpt(arena, &b, frame);
}
