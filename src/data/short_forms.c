#include "data/short_forms.h"

#include "base/utf8.h"
#include "data/spelling_int.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* "Office for …", "Member of …": the noun is not the last word. */
static bool has_noun_within(struct text meaning)
{
    struct text_pieces words = text_split(meaning, ' ');
    for (struct text word; text_next(&words, &word);)
        if (is_spelling(word, "of|for|in|on|to|from|with|by|at|against|or|and|the|not|&"))
            return true;
    return text_find(meaning, ',', 0) < meaning.len || text_find(meaning, ':', 0) < meaning.len;
}

/* The meaning of "PCSOs": English nouns, where the last word is the one that is counted. */
static struct text plural_of(struct arena *arena, struct text form, struct text meaning)
{
    struct text last = meaning;
    for (size_t at = text_find(last, ' ', 0); at < last.len; at = text_find(last, ' ', 0))
        last = text_slice(last, at + 1, last.len);
    char end = last.len > 1 ? last.ptr[last.len - 1] : '\0';
    char before = last.len > 1 ? last.ptr[last.len - 2] : '\0';
    bool is_initial = last.len && form.len && (last.ptr[0] | 32) == (form.ptr[form.len - 1] | 32);
    if (!is_initial || has_noun_within(meaning) || end < 'a' || end > 'z' || end == 's' ||
        end == 'x' || end == 'z' || text_ends(last, TEXT("ch")) || text_ends(last, TEXT("sh")))
        return meaning;
    if (end == 'y' && !is_vowel(before))
        return text_concat(arena, text_slice(meaning, 0, meaning.len - 1), TEXT("ies"));
    return text_concat(arena, meaning, TEXT("s"));
}

void short_forms_add(struct arena *arena, struct short_forms *forms, struct text form,
                     struct text meaning, struct place place)
{
    form = text_trim(form);
    meaning = text_trim(meaning);
    if (!form.len || !meaning.len)
        return;
    forms->listed = arena_grow(arena, forms->listed, forms->listed_count, &forms->listed_capacity,
                               sizeof *forms->listed);
    forms->listed[forms->listed_count++] = (struct short_form){
        .form = form,
        .meaning = meaning,
        .plural = plural_of(arena, form, meaning),
        .place = place,
    };
}

static unsigned first_byte(const struct short_form *form)
{
    return (unsigned char)form->form.ptr[0];
}

/* By the first byte, the longest first; of one form the last of the list, whose number is in
 * `uses`.
 */
static int by_start(const void *a, const void *b)
{
    const struct short_form *left = a, *right = b;
    if (first_byte(left) != first_byte(right))
        return first_byte(left) < first_byte(right) ? -1 : 1;
    if (left->form.len != right->form.len)
        return left->form.len > right->form.len ? -1 : 1;
    int order = text_compare(left->form, right->form);
    return order ? order : (left->uses < right->uses) - (left->uses > right->uses);
}

void short_forms_settle(struct arena *arena, struct short_forms *forms)
{
    size_t count = forms->listed_count;
    forms->items = arena_calloc(arena, count + 1, sizeof *forms->items);
    forms->count = 0;
    for (size_t i = 0; i < count; i++) {
        forms->items[i] = forms->listed[i];
        forms->items[i].uses = i;
    }
    if (count)
        qsort(forms->items, count, sizeof *forms->items, by_start);
    for (size_t i = 0; i < count; i++)
        if (!i || !text_equal(forms->items[forms->count - 1].form, forms->items[i].form))
            forms->items[forms->count++] = forms->items[i];
    for (size_t i = 0; i < forms->count; i++)
        forms->items[i].uses = 0;
    for (size_t byte = 0, i = 0; byte < COUNT(forms->start); byte++) {
        while (i < forms->count && first_byte(&forms->items[i]) < byte)
            i++;
        forms->start[byte] = i;
    }
}

const struct short_form *short_forms_find(const struct short_forms *forms, struct text form)
{
    for (size_t i = 0; i < forms->count; i++)
        if (text_equal(forms->items[i].form, form))
            return &forms->items[i];
    return NULL;
}

/* ---- where one stands ---- */

static bool is_word_byte(char c)
{
    return is_letter(c) || is_digit(c) || c == '_';
}

/* A letter, also an accented one; signs such as “ and – are none. */
static bool is_word_point(uint32_t point)
{
    return point < 0x80 ? is_word_byte((char)point)
                        : (point >= 0xC0 && point < 0x2000 && point != 0xD7 && point != 0xF7);
}

static uint32_t point_before(struct text words, size_t at)
{
    if (!at)
        return ' ';
    size_t from = at - 1;
    while (from > 0 && ((unsigned char)words.ptr[from] & 0xC0) == 0x80)
        from--;
    return utf8_next(words, &from);
}

static uint32_t point_at(struct text words, size_t at)
{
    return at < words.len ? utf8_next(words, &at) : ' ';
}

/* What joins the word to another, so that both are a code or an address. */
static bool is_joined(char sign, char beyond)
{
    if (sign == '@' || sign == '&' || sign == '#')
        return sign != '&' || is_word_byte(beyond);
    return (sign == '-' && is_digit(beyond)) || (sign == '.' && is_word_byte(beyond)) ||
           (sign == '/' && is_digit(beyond));
}

bool short_forms_is_word(struct text words, size_t from, size_t to)
{
    if (is_word_point(point_before(words, from)) || is_word_point(point_at(words, to)))
        return false;
    char before = from > 1 ? words.ptr[from - 2] : '\0';
    return !(from && is_joined(words.ptr[from - 1], before)) &&
           !is_joined(char_at(words, to), char_at(words, to + 1));
}

static bool stands_at(struct text words, size_t at, struct short_form *form, struct short_use *out)
{
    size_t to = at + form->form.len;
    if (to > words.len || !text_equal(text_slice(words, at, to), form->form))
        return false;
    bool ends_big =
        form->form.ptr[form->form.len - 1] >= 'A' && form->form.ptr[form->form.len - 1] <= 'Z';
    *out = (struct short_use){.from = at, .to = to, .form = form};
    if (short_forms_is_word(words, at, to))
        return true;
    out->is_plural = ends_big && char_at(words, to) == 's';
    out->to = to + 1;
    return out->is_plural && short_forms_is_word(words, at, to + 1);
}

bool short_forms_next(const struct short_forms *forms, struct text words, size_t at,
                      struct short_use *out)
{
    for (; forms->count && at < words.len; at++) {
        unsigned byte = (unsigned char)words.ptr[at];
        size_t end = forms->start[byte + 1];
        if (forms->start[byte] == end || (at && is_word_byte(words.ptr[at - 1])))
            continue;
        for (size_t i = forms->start[byte]; i < end; i++)
            if (stands_at(words, at, &forms->items[i], out))
                return true;
    }
    return false;
}

struct text short_use_meaning(const struct short_use *use)
{
    return use->is_plural ? use->form->plural : use->form->meaning;
}

/* ---- words that explain one ---- */

bool short_use_is_explained(struct text words, const struct short_use *use)
{
    struct text meaning = short_use_meaning(use), singular = use->form->meaning;
    struct text behind = text_slice(words, use->to, words.len);
    struct text before = text_slice(words, 0, use->from);
    if (text_starts(behind, TEXT(" (")) || text_starts(behind, TEXT(", ")))
        behind = text_slice(behind, 2, behind.len);
    else
        behind = TEXT_EMPTY;
    if (!text_ends(before, TEXT(" (")))
        before = TEXT_EMPTY;
    before = text_slice(before, 0, before.len ? before.len - 2 : 0);
    return text_starts(behind, meaning) || text_ends(before, meaning) ||
           text_starts(behind, singular) || text_ends(before, singular);
}

static bool is_small_word(struct text word)
{
    return is_spelling(word, "of|and|for|the|to|in|on|with|a|an|by|or|&");
}

/* How many letters at the end of `letters` are initials of the word: "Anti-Social" has two. */
static size_t initials_at_end(struct text word, struct text letters)
{
    size_t count = 0;
    for (size_t i = word.len; i-- > 0 && count < letters.len;) {
        bool begins = is_letter(word.ptr[i]) && (!i || !is_letter(word.ptr[i - 1]));
        if (begins && (word.ptr[i] | 32) != (letters.ptr[letters.len - 1 - count] | 32))
            return i == 0 || count == 0 ? 0 : count;
        count += begins;
    }
    return count;
}

bool short_forms_spells(struct text words, struct text form)
{
    struct text rest = text_trim(words), left = form;
    while (left.len && rest.len) {
        size_t from = rest.len;
        while (from > 0 && rest.ptr[from - 1] != ' ' && rest.ptr[from - 1] != '\n')
            from--;
        struct text word = text_slice(rest, from, rest.len);
        size_t found = initials_at_end(word, left);
        if (!found && !is_small_word(word))
            return false;
        left.len -= found;
        rest = text_trim(text_slice(rest, 0, from));
    }
    return !left.len;
}
