#include "check/rules_int.h"

/* A minus sign of a number, not the dash of a range: nothing but white space or "(" before it. */
static size_t minus_at(struct text t, size_t at)
{
    static const struct text signs[] = {TEXT_INIT("-"), TEXT_INIT("\xE2\x88\x92"),
                                        TEXT_INIT("\xE2\x80\x93")};
    struct text rest = text_slice(t, at, t.len);
    if (at && t.ptr[at - 1] != ' ' && t.ptr[at - 1] != '(' && t.ptr[at - 1] != '\n')
        return 0;
    for (size_t i = 0; i < 3; i++)
        if (text_starts(rest, signs[i])) {
            struct text behind = text_slice(rest, signs[i].len, rest.len);
            size_t pound = text_starts(behind, TEXT("£")) ? 2 : 0;
            return pound < behind.len && is_digit(behind.ptr[pound]) ? signs[i].len + pound : 0;
        }
    return 0;
}

static bool says_direction(struct text word)
{
    static const char *const words[] = {
        "decrease",  "decreased", "decreases", "reduction", "reduced", "drop",
        "dropped",   "fall",      "fell",      "fallen",    "lower",   "fewer",
        "less",      "down",      "decline",   "declined",  "higher",  "increase",
        "increased", "rise",      "rose",      "better",    "worse"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_same_name(word, text_from(words[i])))
            return true;
    return false;
}

/* One of the next four words, and no comma or full stop before it. */
static bool direction_follows(struct text t, size_t at)
{
    enum { WORDS = 4 };
    for (int seen = 0; at < t.len && seen < WORDS;) {
        bool point = t.ptr[at] == '.' && at + 1 < t.len && is_digit(t.ptr[at + 1]);
        if ((t.ptr[at] == '.' && !point) || t.ptr[at] == ';' || t.ptr[at] == '\n' ||
            (t.ptr[at] == ',' && (at + 1 == t.len || !is_digit(t.ptr[at + 1]))))
            return false;
        if (!is_letter(t.ptr[at])) {
            at++;
            continue;
        }
        size_t from = at;
        while (at < t.len && is_letter(t.ptr[at]))
            at++;
        if (says_direction(text_slice(t, from, at)))
            return true;
        seen++;
    }
    return false;
}

/* "a decrease of -26%": the word stands before the number. */
static bool direction_precedes(struct text t, size_t at)
{
    struct text before = text_trim(text_slice(t, 0, at));
    static const char *const links[] = {" of", " by"};
    for (size_t i = 0; i < 2; i++) {
        struct text link = text_from(links[i]);
        if (!text_ends(before, link))
            continue;
        before = text_trim(text_slice(before, 0, before.len - link.len));
        size_t from = before.len;
        while (from && is_letter(before.ptr[from - 1]))
            from--;
        return says_direction(text_slice(before, from, before.len));
    }
    return false;
}

enum dq dq_wording(struct text words)
{
    for (size_t at = 0; at < words.len; at++) {
        size_t sign = minus_at(words, at);
        if (sign && (direction_follows(words, at + sign) || direction_precedes(words, at)))
            return DQ_DOUBLE_NEGATIVE;
    }
    return DQ_OK;
}
