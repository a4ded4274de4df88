/* value_behind - what stands behind a number: a second one, a marker, a direction, words. */
#include "data/value_int.h"

#include <string.h>

bool cell_take_arrow(struct cell *cell)
{
    static const struct {
        const char *spellings, *direction;
    } arrows[] = {{"↑|▲|⬆|↗|⇧|△", "up"}, {"↓|▼|⬇|↘|⇩|▽", "down"}, {"→|►|↔|⬌|◄►", "level"}};
    for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++)
        if (cell_take(cell, arrows[i].spellings)) {
            cell_take(cell, "\xEF\xB8\x8E|\xEF\xB8\x8F"); /* how the arrow is to be drawn */
            cell_mark(cell, text_from(arrows[i].direction));
            cell_check(cell, "arrow is direction, not sign");
            return true;
        }
    return false;
}

/* "c<", "c%": a sign slipped in beside a marker must not bring a hidden number to light. */
static struct text without_signs(struct text t)
{
    while (t.len && strchr("<>+%", t.ptr[t.len - 1]))
        t.len--;
    return text_trim(t);
}

/* "14.9% (139)", "14.9 (12.1 to 17.3)", "14.9 [12.1, 17.3]": the second is not used. */
static bool take_second_number(struct cell *cell, struct decimal number)
{
    struct text t = cell->rest, inside = text_trim(text_slice(t, 1, t.len - 1));
    size_t words = spelling_at_start(inside, "95% ci:|95% ci|99.8% ci|ci:|ci");
    inside = text_trim(text_slice(inside, words, inside.len));
    struct text digits = text_trim(text_slice(inside, 0, text_find(inside, '%', 0)));
    struct decimal second;
    struct cell scratch = {.arena = cell->arena, .reading = reading_empty};
    if (!words && t.ptr[0] == '(' && cell_plain_amount(&scratch, inside, &second) &&
        (!scratch.reading.unit.len || text_is(scratch.reading.unit, "percent"))) {
        cell_note(cell, READING_CHECK,
                  text_format(cell->arena, "two numbers: %.*s and %s %.*s",
                              TEXT_ARG(decimal_text(cell->arena, number)),
                              digits.len < inside.len ? "percentage" : "count", TEXT_ARG(digits)));
        return true;
    }
    size_t comma = text_find(inside, ',', 0);
    bool limits =
        cell_range(&scratch, inside, &second) ||
        (cell_plain_amount(&scratch, text_slice(inside, 0, comma), &second) && comma < inside.len &&
         cell_plain_amount(&scratch, text_slice(inside, comma + 1, inside.len), &second));
    if (limits)
        cell_check(cell, "a number with its limits: the limits are not used");
    return limits;
}

/* "5% lower": which way it went is in a word, and not in a sign. */
static bool take_direction(struct cell *cell)
{
    static const struct {
        const char *spellings, *direction;
    } words[] = {{"up|higher|increase|increased|more|rise", "up"},
                 {"down|lower|decrease|decreased|fewer|less|fall|reduction", "down"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (is_spelling(cell->rest, words[i].spellings)) {
            cell_mark(cell, text_from(words[i].direction));
            cell_check(cell, "the word is direction, not sign");
            return true;
        }
    return false;
}

/* A marker behind a number, as its letter or in a word: "r", "revised", "3 suppressed". */
static bool take_marker_behind(struct cell *cell, struct text t)
{
    unsigned bit = marker_bit(t) ? marker_bit(t) : marker_of_word(t);
    if (!bit)
        return false;
    cell_mark(cell, marker_name(bit));
    cell_check(cell, "without brackets");
    return true;
}

bool cell_take_trailing(struct cell *cell, struct decimal number, bool touching)
{
    struct text t = cell->rest;
    if (!t.len || (cell_take_arrow(cell) && !cell->rest.len))
        return true;
    t = cell->rest;
    if ((t.ptr[0] == '(' && text_ends(t, TEXT(")"))) ||
        (t.ptr[0] == '[' && text_ends(t, TEXT("]"))))
        return take_second_number(cell, number) || cell_fail(cell, TEXT_EMPTY);
    if (take_marker_behind(cell, without_signs(t)))
        return true;
    if (is_spelling(t, PER_YEAR)) {
        cell_check(cell, "trailing words: per year");
        return true;
    }
    if (is_spelling(t, "cr|dr|credit|debit"))
        return cell_fail(cell, TEXT("credit or debit: its sign is not clear"));
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]) || strchr(".,-/:()[]", t.ptr[i]))
            return cell_fail(cell, TEXT_EMPTY);
    if (!is_letter(t.ptr[0]) || touching) /* "123A" is a code */
        return cell_fail(cell, TEXT_EMPTY);
    if (take_direction(cell))
        return true;
    /* only a rate's own words are quoted: others may name somebody */
    cell_note(cell, READING_CHECK,
              spelling_at_start(t, "per") ? text_format(cell->arena, "trailing words: %.*s",
                                                        TEXT_ARG(text_quote(cell->arena, t)))
                                          : TEXT("trailing words"));
    return true;
}
