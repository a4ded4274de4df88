/* kinds - what a measure is, as its unit, its name and its values say. */
#include "read/figures_int.h"

#include <string.h>

enum measure_kind unit_kind(struct text unit)
{
    static const struct {
        const char *word;
        enum measure_kind kind;
    } units[] = {
        {"%", KIND_PERCENT},    {"per cent", KIND_PERCENT}, {"percentage points", KIND_PERCENT},
        {"£", KIND_MONEY},      {"pounds", KIND_MONEY},     {"£000", KIND_MONEY},
        {"years", KIND_MEAN},   {"days", KIND_MEAN},        {"weeks", KIND_MEAN},
        {"months", KIND_MEAN},  {"hours", KIND_MEAN},       {"minutes", KIND_MEAN},
        {"points", KIND_SCORE}, {"number", KIND_COUNT},
    };
    enum measure_kind kind;
    if (measure_kind_read(unit, &kind))
        return kind;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text_same_name(unit, text_from(units[i].word)))
            return units[i].kind;
    if (text_starts(unit, TEXT("% of ")))
        return KIND_PERCENT;
    if (text_starts(unit, TEXT("per ")) || text_contains(unit, TEXT(" per ")) ||
        text_ends(unit, TEXT(" rate")))
        return KIND_RATE;
    return KIND_COUNT;
}

/* "k" for thousand behind a number, and no longer word. */
static bool is_thousands(struct text t, size_t at)
{
    char after = char_at(t, at + 1);
    return char_at(t, at) == 'k' && !is_letter(after) && !is_digit(after);
}

/* "100,000" for "100k". */
static struct text written_out(struct arena *arena, struct text base)
{
    if (base.ptr[base.len - 1] != 'k')
        return base;
    return text_format(arena, "%.*s,000", TEXT_ARG(text_slice(base, 0, base.len - 1)));
}

/* The end of a base such as 100, 1,000, 100000 or 10k that begins at `from`; `from` when none does.
 */
static size_t base_end(struct text t, size_t from)
{
    size_t end = from, digits = 0;
    for (; end < t.len; end++) {
        if (t.ptr[end] == (digits ? '0' : '1'))
            digits++;
        else if (t.ptr[end] != ',' || !digits)
            break;
    }
    bool goes_on = end < t.len && (is_digit(t.ptr[end]) || is_letter(t.ptr[end]));
    while (end > from && t.ptr[end - 1] == ',')
        end--;
    if (digits && is_thousands(t, end))
        return end + 1;
    return digits >= 3 && !goes_on ? end : from;
}

/* "per 100,000" of "…, per 100,000 population" or "… / 1,000"; empty when there is no such base. */
static struct text base_of_rate(struct arena *arena, struct text name)
{
    static const char *const before[] = {"per ", "/ ", "/"};
    for (size_t w = 0; w < sizeof before / sizeof before[0]; w++)
        for (size_t at = 0; at < name.len; at++) {
            size_t from = at + strlen(before[w]);
            if (!text_starts(text_slice(name, at, name.len), text_from(before[w])))
                continue;
            size_t end = base_end(name, from);
            if (end > from)
                return text_format(arena, "per %.*s",
                                   TEXT_ARG(written_out(arena, text_slice(name, from, end))));
        }
    return TEXT_EMPTY;
}

static bool has_word(struct text lower, const char *word)
{
    struct text w = text_from(word);
    for (size_t at = 0; at + w.len <= lower.len; at++) {
        char before = at ? lower.ptr[at - 1] : ' ';
        char after = at + w.len < lower.len ? lower.ptr[at + w.len] : ' ';
        bool alone = !(before >= 'a' && before <= 'z') && !(after >= 'a' && after <= 'z');
        if (alone && text_starts(text_slice(lower, at, lower.len), w))
            return true;
    }
    return false;
}

void figure_kind_by_name(struct source *source, size_t number)
{
    static const struct {
        const char *word;
        enum measure_kind kind;
        const char *unit;
    } words[] = {
        {"slope index", KIND_SCORE, ""},   {"inequality", KIND_SCORE, ""},
        {"gap", KIND_SCORE, ""},           {"life expectancy", KIND_LIFE_EXPECTANCY, "years"},
        {"percentage", KIND_PERCENT, "%"}, {"per cent", KIND_PERCENT, "%"},
        {"proportion", KIND_PERCENT, "%"}, {"prevalence", KIND_PERCENT, "%"},
        {"rate", KIND_RATE, ""},           {"median", KIND_MEDIAN, ""},
        {"average", KIND_MEAN, ""},        {"mean", KIND_MEAN, ""},
        {"score", KIND_SCORE, ""},         {"ratio", KIND_SCORE, ""},
        {"index", KIND_SCORE, ""},         {"rank", KIND_RANK, ""},
    };
    struct measure *measure = &source->dataset->measures[number];
    if (source->kind_given || ini_value(source->section, "unit").len)
        return;
    if (measure->unit.len) { /* "Life expectancy - years" says more than that it is a unit */
        struct text unit = text_lower(source->scratch, measure->unit);
        for (size_t i = 0; measure->kind == KIND_COUNT && i < sizeof words / sizeof words[0]; i++)
            if (has_word(unit, words[i].word))
                measure->kind = words[i].kind;
        struct text name = text_lower(source->scratch, measure->name);
        if (measure->kind == KIND_MEAN && has_word(name, "life expectancy"))
            measure->kind = KIND_LIFE_EXPECTANCY; /* "years" alone could be an average */
        return;
    }
    struct text lower = text_lower(source->scratch, measure->name);
    struct text base = base_of_rate(source->arena, lower);
    if (base.len) {
        measure->kind = KIND_RATE;
        measure->unit = base;
        return;
    }
    if (text_starts(lower, TEXT("number of ")))
        return;
    if (text_contains(lower, TEXT("%"))) {
        measure->kind = KIND_PERCENT;
        measure->unit = TEXT("%");
        return;
    }
    if (text_contains(lower, TEXT("(£)"))) {
        measure->kind = KIND_MONEY;
        measure->unit = TEXT("£");
        return;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (has_word(lower, words[i].word)) {
            measure->kind = words[i].kind;
            measure->unit = text_from(words[i].unit);
            return;
        }
}

void figure_kind_by_value(struct source *source, const struct figure *figure)
{
    struct measure *measure = &source->dataset->measures[figure->measure];
    int64_t whole;
    if (source->kind_given || measure->unit.len || measure->kind != KIND_COUNT ||
        ini_value(source->section, "unit").len || !figure->value.present)
        return;
    bool is_quotient = figure->denominator.present && figure->count.present &&
                       decimal_compare(figure->count.number, figure->value.number) != 0;
    if (!decimal_integer(figure->value.number, &whole) || is_quotient)
        measure->kind = figure->denominator.present ? KIND_RATE : KIND_SCORE;
}
