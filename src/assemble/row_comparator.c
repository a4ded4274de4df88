/* row_comparator - a number of a register against another, in words. */
#include "assemble/rows_int.h"

struct row_comparator row_comparator_read(struct assembly *assembly,
                                          const struct ini_section *section,
                                          const struct dataset *dataset)
{
    struct row_comparator out = {.is_there = false};
    bool has_value = rows_field(assembly, section, "figure", "Value", dataset, &out.value);
    bool has_other =
        rows_field(assembly, section, "comparator value", "Comparator value", dataset, &out.other);
    out.has_name = rows_field(assembly, section, "comparator", "Comparator", dataset, &out.name);
    out.has_polarity =
        rows_field(assembly, section, "polarity", "Polarity", dataset, &out.polarity);
    out.is_there = has_value && has_other;
    return out;
}

/* Digits in groups of three, or in none: the bytes that they take; 0 for others. */
static size_t whole_length(struct text t, struct buffer *digits)
{
    size_t at = 0, group = 0;
    bool grouped = false;
    for (; at < t.len && (is_digit(t.ptr[at]) || t.ptr[at] == ','); at++) {
        if (t.ptr[at] == ',') {
            if (!group || group > 3 || (grouped && group != 3) || !is_digit(char_at(t, at + 1)))
                return 0;
            grouped = true;
            group = 0;
            continue;
        }
        buffer_add_byte(digits, t.ptr[at]);
        group++;
    }
    return grouped && group != 3 ? 0 : at;
}

bool row_number(struct arena *arena, struct text t, struct decimal *number, struct text *unit)
{
    struct buffer digits = {.arena = arena}, rest = {.arena = arena};
    size_t from = 0;
    t = text_trim(t);
    while (from < t.len && !is_digit(t.ptr[from]))
        from++;
    bool is_negative = from && t.ptr[from - 1] == '-';
    if (is_negative)
        buffer_add_byte(&digits, '-');
    size_t at = from + whole_length(text_slice(t, from, t.len), &digits);
    if (at == from)
        return false;
    if (char_at(t, at) == '.' && is_digit(char_at(t, at + 1)))
        do
            buffer_add_byte(&digits, t.ptr[at++]);
        while (is_digit(char_at(t, at)));
    buffer_add(&rest, text_trim(text_slice(t, 0, from - is_negative)));
    buffer_add(&rest, text_trim(text_slice(t, at, t.len)));
    *unit = buffer_text(&rest);
    for (size_t i = 0; i < unit->len; i++)
        if (is_digit(unit->ptr[i]))
            return false;
    return decimal_parse(buffer_text(&digits), number);
}

/* -1, 0 or 1; false where their digits or units do not tell. */
static bool compare(struct arena *arena, struct text value, struct text other, int *order)
{
    struct decimal a, b, coarse_a, coarse_b;
    struct text unit_a, unit_b;
    if (!row_number(arena, value, &a, &unit_a) || !row_number(arena, other, &b, &unit_b) ||
        !text_equal(unit_a, unit_b))
        return false;
    unsigned places = a.scale < b.scale ? a.scale : b.scale;
    *order = decimal_compare(a, b);
    return *order == 0 ||
           (decimal_round(a, places, &coarse_a) && decimal_round(b, places, &coarse_b) &&
            decimal_compare(coarse_a, coarse_b) != 0);
}

static const char *judged(struct arena *arena, struct text polarity, int order)
{
    struct target target = {.polarity = POLARITY_NONE};
    if (!order || !polarity_read(arena, polarity, &target) ||
        (target.polarity != POLARITY_HIGH && target.polarity != POLARITY_LOW))
        return "";
    return (order > 0) == (target.polarity == POLARITY_HIGH) ? ": better" : ": worse";
}

struct text row_comparator_words(struct arena *arena, const struct row_comparator *comparator,
                                 const struct action *action)
{
    struct text other = action_text(action, comparator->other).plain;
    struct text name =
        comparator->has_name ? action_text(action, comparator->name).plain : TEXT_EMPTY;
    int order;
    if (!other.len && name.len) /* its words may say what no number bears out */
        return text_format(arena, "%.*s: no figure given", TEXT_ARG(name));
    if (!other.len)
        return TEXT_EMPTY;
    if (!name.len)
        name = TEXT("the comparator");
    if (!compare(arena, action_text(action, comparator->value).plain, other, &order))
        return text_format(arena, "%.*s: %.*s", TEXT_ARG(name), TEXT_ARG(other));
    struct text polarity =
        comparator->has_polarity ? action_text(action, comparator->polarity).plain : TEXT_EMPTY;
    return text_format(arena, "%s %.*s (%.*s)%s",
                       order > 0   ? "higher than"
                       : order < 0 ? "lower than"
                                   : "the same as",
                       TEXT_ARG(name), TEXT_ARG(other), judged(arena, polarity, order));
}
