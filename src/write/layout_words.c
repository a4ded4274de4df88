/* layout_words - where a line may end: within words and addresses, and between a word and the
 * number that belongs to it. Words are English; those of other languages are held by their shape
 * alone. */
#include "write/pdf_int.h"

static bool is_digit_point(uint32_t point)
{
    return point >= '0' && point <= '9';
}

static bool is_letter_point(uint32_t point)
{
    return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z') ||
           (point >= 0xC0 && point < 0x250 && point != 0xD7 && point != 0xF7);
}

bool words_may_break(uint32_t before, uint32_t last, uint32_t next)
{
    if (last == 0x2013 || last == 0x2014 || last == 0xAD)
        return !is_digit_point(next) && before != 0;
    return (last == '-' || last == '/' || last == 0x2010) &&
           (is_letter_point(before) || before == ')') && is_letter_point(next);
}

bool words_is_address(struct text word)
{
    return text_find(word, '@', 0) < word.len || text_contains(word, TEXT("://")) ||
           text_starts(word, TEXT("www.")) || text_starts(word, TEXT("(www."));
}

enum hold words_address_hold(struct text text, size_t at)
{
    unsigned char next = (unsigned char)char_at(text, at + 1);
    bool goes_on = is_letter_point(next) || is_digit_point(next) || next >= 0x80;
    char last = char_at(text, at - 1), point = char_at(text, at);
    if (point == '.' || point == '?' || point == '&' || point == '=')
        return goes_on ? HOLD_MANY : HOLD_WHOLE;
    if (last == '/' && (point == '/' || char_at(text, at - 2) == '/'))
        return point == '/' ? HOLD_WHOLE : HOLD_MANY; /* "https://" says little alone */
    if (last == '@' || last == '/')
        return HOLD_FEW;
    return last == '_' || last == '-' ? HOLD_MANY : HOLD_WHOLE;
}

static size_t count_digits(struct text word, size_t from)
{
    size_t digits = 0;
    while (from + digits < word.len && is_digit(word.ptr[from + digits]))
        digits++;
    return digits;
}

/* Without what ends a clause or closes a bracket. */
static struct text bare(struct text word)
{
    while (word.len && strchr(".,;:!?)]", word.ptr[word.len - 1]))
        word = text_slice(word, 0, word.len - 1);
    return word;
}

static bool is_one_of(struct text word, const char *const *names, size_t count)
{
    char first = char_at(word, 0); /* most names begin otherwise */
    for (size_t i = 0; i < count; i++)
        if (names[i][0] == first && text_is(word, names[i]))
            return true;
    return false;
}

/* "1", "12", "4.1", "123": numbers of things, not amounts or years. */
static bool is_ordinal(struct text word, size_t most)
{
    size_t digits = count_digits(word, 0), at = digits;
    while (digits && digits <= most && at < word.len && word.ptr[at] == '.') {
        size_t more = count_digits(word, at + 1);
        if (!more)
            break;
        at += 1 + more;
    }
    return digits && digits <= most && at == word.len;
}

/* "Quarter", "Action": a capital, then small letters, and more than "The" and "In". */
static bool is_name(struct text word)
{
    if (word.len < 4 || word.ptr[0] < 'A' || word.ptr[0] > 'Z')
        return false;
    for (size_t i = 1; i < word.len; i++)
        if (word.ptr[i] < 'a' || word.ptr[i] > 'z')
            return false;
    return true;
}

/* What is counted by numbers, before them. */
static bool is_counted(struct text word)
{
    static const char *const names[] = {
        "no.",  "No.",     "nos.",    "Nos.",  "p.",        "pp.",      "para",  "para.",
        "page", "pages",   "section", "table", "figure",    "chart",    "part",  "quarter",
        "year", "chapter", "note",    "item",  "paragraph", "appendix", "annex", "priority",
        "Box",  "box",     "Key",     "phase", "Q",         "week",     "ward"};
    if (text_starts(word, TEXT("(")))
        word = text_slice(word, 1, word.len);
    return is_one_of(word, names, sizeof names / sizeof names[0]);
}

static bool is_month(struct text word)
{
    static const char *const names[] = {
        "January",   "February", "March",    "April",    "May",  "June", "July", "August",
        "September", "October",  "November", "December", "Jan",  "Feb",  "Mar",  "Apr",
        "Jun",       "Jul",      "Aug",      "Sep",      "Sept", "Oct",  "Nov",  "Dec"};
    return is_one_of(bare(word), names, sizeof names / sizeof names[0]);
}

/* "3", "21st". */
static bool is_day(struct text word)
{
    static const char *const ends[] = {"", "st", "nd", "rd", "th"};
    if (text_starts(word, TEXT("(")))
        word = text_slice(word, 1, word.len);
    size_t digits = count_digits(word, 0);
    return digits >= 1 && digits <= 2 &&
           is_one_of(text_slice(word, digits, word.len), ends, sizeof ends / sizeof ends[0]);
}

/* "million" behind "£1.2". */
static bool is_scale(struct text word)
{
    static const char *const names[] = {"thousand", "million", "billion", "%",  "am",   "pm",
                                        "km",       "kg",      "m",       "bn", "miles"};
    return is_one_of(bare(word), names, sizeof names / sizeof names[0]);
}

static bool holds_number(struct text word, struct text number)
{
    struct text name = text_starts(word, TEXT("(")) ? text_slice(word, 1, word.len) : word;
    return is_ordinal(number, 3) && ((is_name(name) && is_ordinal(number, 2)) || is_counted(word));
}

static bool belong_together(struct text word, struct text next)
{
    char last = char_at(word, word.len - 1), first = char_at(next, 0);
    if (is_digit(first))
        return !is_digit(last) && holds_number(word, bare(next));
    if (first == 'v' && is_digit(char_at(next, 1)))
        return true;
    if (is_digit(last))
        return is_scale(next) || (is_day(word) && is_month(next));
    if (first >= 'A' && first <= 'Z' && bare(next).len == 1)
        return is_name(word);
    return is_digit(char_at(word, 0)) && is_day(word) && is_month(next);
}

enum hold words_hold(struct text word, struct text next)
{
    return belong_together(word, next) ? HOLD_FEW : HOLD_NONE;
}
