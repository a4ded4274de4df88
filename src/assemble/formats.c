/* formats - what stands behind the bar in {{NAME | FORMAT}}, of any fact. */
#include "assemble/assemble_int.h"

enum { FORMS_MAX = 3 };

struct text format_first(struct arena *arena, struct text t, bool is_capital)
{
    char first = char_at(t, 0), second = char_at(t, 1);
    bool is_word = second == ' ' || second == '\0' || (second >= 'a' && second <= 'z');
    if (is_capital && first >= 'a' && first <= 'z')
        first = (char)(first - 'a' + 'A');
    else if (!is_capital && is_word && first >= 'A' && first <= 'Z')
        first = (char)(first - 'A' + 'a');
    return t.len ? text_concat(arena, (struct text){&first, 1}, text_slice(t, 1, t.len)) : t;
}

/* "31 October 2021"; with `is_month` "October 2021". False for what is no day. */
static bool as_date(struct arena *arena, struct text usual, bool is_month, struct text *out)
{
    struct date date;
    if (!date_read_iso(usual, &date) && !date_read(usual, &date))
        return false;
    *out = date_display(arena, date);
    if (is_month)
        *out = text_slice(*out, text_find(*out, ' ', 0) + 1, out->len);
    return true;
}

/* "three": one to nine, as UK style has it; else the number. False for another format. */
static bool in_words(struct arena *arena, const struct showing *shown, struct text format,
                     struct text *out)
{
    static const char *const words[] = {"one", "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine"};
    bool is_capital = text_is(format, "Words"); /* where a sentence begins */
    if (!is_capital && !text_is(format, "words"))
        return false;
    *out = shown->usual;
    for (int n = 1; n <= 9 && shown->value.present && !shown->value.markers; n++)
        if (decimal_compare(shown->value.number, decimal_from(n)) == 0)
            *out = format_first(arena, text_from(words[n - 1]), is_capital);
    return true;
}

/* Which of the forms "none | one | more", "one | more" or "any" the number takes. */
static size_t form_of(const struct showing *shown, size_t forms)
{
    bool is_present = shown->value.present;
    bool is_none = is_present && decimal_sign(shown->value.number) == 0;
    bool is_one = is_present && decimal_compare(shown->value.number, decimal_from(1)) == 0;
    if (forms == FORMS_MAX && is_none)
        return 0;
    return forms >= 2 && is_one ? forms - 2 : forms - 1;
}

/* "# action | # actions", with "words |" in front where # is to be in words. */
static bool as_plural(struct arena *arena, const struct showing *shown, struct text format,
                      struct text *out)
{
    struct text_pieces pieces = text_split(format, '|');
    struct text forms[FORMS_MAX + 1], number = shown->usual;
    size_t count = 0;
    for (struct text piece; text_next(&pieces, &piece);)
        if ((count || !in_words(arena, shown, piece, &number)) && count <= FORMS_MAX)
            forms[count++] = piece;
    if (!count || count > FORMS_MAX || (count == 1 && !text_contains(forms[0], TEXT("#"))))
        return false;
    struct buffer words = {.arena = arena};
    struct text form = forms[form_of(shown, count)];
    for (size_t i = 0; i < form.len; i++)
        if (form.ptr[i] == '#')
            buffer_add(&words, number);
        else
            buffer_add_byte(&words, form.ptr[i]);
    *out = buffer_text(&words);
    return true;
}

bool format_show(struct arena *arena, const struct showing *shown, struct text format,
                 struct text *out)
{
    bool is_done = true;
    if (!format.len)
        *out = shown->usual;
    else if (shown->is_number)
        is_done = in_words(arena, shown, format, out) || as_plural(arena, shown, format, out);
    else if (text_is(format, "lower") || text_is(format, "capital"))
        *out = format_first(arena, shown->usual, text_is(format, "capital"));
    else if (text_is(format, "date") || text_is(format, "month"))
        is_done = as_date(arena, shown->usual, text_is(format, "month"), out);
    else
        is_done = false;
    if (!is_done)
        *out = shown->is_number ? TEXT("words, a plural such as '# action | # actions'")
                                : TEXT("lower, capital, and of a day date, month");
    return is_done;
}
