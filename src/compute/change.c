#include "compute/change.h"

const struct change_rules change_default_rules = {.small_base = 20, .places = 1};

const char *change_status_word(enum change_status status)
{
    static const char *const words[CHANGE_STATUSES] = {
        "OK",
        "OK_PP",
        "OK_ABS_ONLY",
        "ZERO_BASELINE",
        "BOTH_ZERO",
        "NEGATIVE_VALUE",
        "SMALL_BASE",
        "SUPPRESSED",
        "MISSING_CURRENT",
        "MISSING_BASELINE",
        "NOT_APPLICABLE",
        "BREAK_IN_SERIES",
        "ROUNDED_ZERO",
    };
    return words[status];
}

static bool is_missing(struct value v)
{
    return v.markers & MARKER_NOT_AVAILABLE ||
           (!v.present && !(v.markers & (MARKER_NOT_APPLICABLE | MARKER_BREAK | MARKER_LOW)));
}

/* What the markers alone decide (statistics.md 1.2); CHANGE_OK when they allow a change. */
static enum change_status status_of_markers(struct value current, struct value baseline)
{
    unsigned either = current.markers | baseline.markers;
    if (either & MARKER_CONFIDENTIAL)
        return CHANGE_SUPPRESSED;
    if (is_missing(current))
        return CHANGE_MISSING_CURRENT;
    if (is_missing(baseline))
        return CHANGE_MISSING_BASELINE;
    if (either & MARKER_NOT_APPLICABLE)
        return CHANGE_NOT_APPLICABLE;
    if (either & MARKER_BREAK)
        return CHANGE_BREAK_IN_SERIES;
    return either & MARKER_LOW ? CHANGE_ROUNDED_ZERO : CHANGE_OK;
}

static const char *display_of_status(enum change_status status)
{
    switch (status) {
    case CHANGE_SUPPRESSED:
        return "[c]";
    case CHANGE_MISSING_CURRENT:
    case CHANGE_MISSING_BASELINE:
        return "[x]";
    case CHANGE_BREAK_IN_SERIES:
        return "[b]";
    case CHANGE_ROUNDED_ZERO:
        return "[low]";
    default:
        return "[z]";
    }
}

/* The kind, then the size of the values, in that order of precedence. */
static enum change_status status_of_values(enum measure_kind kind, struct decimal current,
                                           struct decimal baseline,
                                           const struct change_rules *rules)
{
    switch (kind) {
    case KIND_PERCENT:
        return CHANGE_OK_PP;
    case KIND_LIFE_EXPECTANCY:
    case KIND_SCORE:
    case KIND_RANK:
    case KIND_INDEX:
        return CHANGE_OK_ABS_ONLY;
    default:
        break;
    }
    if (decimal_sign(current) < 0 || decimal_sign(baseline) < 0)
        return CHANGE_NEGATIVE_VALUE;
    if (decimal_sign(baseline) == 0)
        return decimal_sign(current) == 0 ? CHANGE_BOTH_ZERO : CHANGE_ZERO_BASELINE;
    if (kind == KIND_COUNT && decimal_compare(baseline, decimal_from(rules->small_base)) < 0)
        return CHANGE_SMALL_BASE;
    return CHANGE_OK;
}

/* 100 part / whole to `places` decimals, rounded once; more places than fit are left off. */
static bool percentage(struct decimal part, struct decimal whole, unsigned places,
                       struct decimal *out)
{
    struct decimal hundredfold;
    if (!decimal_multiply(part, decimal_from(100), &hundredfold))
        return false;
    return decimal_divide(hundredfold, whole, places, out);
}

/* As many decimals as give 18 significant digits. */
static bool precise_percentage(struct decimal part, struct decimal whole, struct decimal *out)
{
    struct decimal rough;
    if (!percentage(part, whole, 0, &rough))
        return false;
    unsigned whole_digits = 0;
    for (__int128 rest = rough.coefficient; rest; rest /= 10)
        whole_digits++;
    unsigned places = whole_digits < DECIMAL_SCALE_MAX ? DECIMAL_SCALE_MAX - whole_digits : 0;
    return percentage(part, whole, places, out);
}

/* ---- inputs that were rounded (1.3) ---- */

/* Half a unit of the last printed digit; places -1 means "to the nearest 10". */
static struct decimal half_unit(int places)
{
    struct decimal half = {5, 1};
    for (; places > 0; places--)
        half.scale++;
    for (; places < 0; places++)
        if (half.scale)
            half.scale--;
        else
            half.coefficient *= 10;
    return half;
}

/* The range of the true percentage, of inputs that are `half` too large or too small at most. */
static bool range_within(struct decimal current, struct decimal baseline, struct decimal half,
                         struct decimal *low, struct decimal *high)
{
    struct decimal less, more, low_base, high_base, low_change, high_change;
    if (!decimal_subtract(current, half, &less) || !decimal_add(current, half, &more) ||
        !decimal_add(baseline, half, &high_base) || !decimal_subtract(baseline, half, &low_base))
        return false;
    if (decimal_sign(current) < 0 || decimal_sign(low_base) <= 0)
        return false;
    return decimal_subtract(less, high_base, &low_change) &&
           decimal_subtract(more, low_base, &high_change) &&
           precise_percentage(low_change, high_base, low) &&
           precise_percentage(high_change, low_base, high);
}

bool change_range_rounded(struct decimal current, struct decimal baseline, int places_of_inputs,
                          struct decimal *low, struct decimal *high)
{
    if (places_of_inputs >= DECIMAL_SCALE_MAX || places_of_inputs < -DECIMAL_SCALE_MAX)
        return false;
    return range_within(current, baseline, half_unit(places_of_inputs), low, high);
}

/* True, with *out set, when both ends of the range round to the same number. */
static bool ends_agree(struct decimal low, struct decimal high, unsigned places,
                       struct decimal *out)
{
    struct decimal other = high;
    decimal_round(low, places, out);
    decimal_round(high, places, &other);
    return decimal_compare(*out, other) == 0;
}

/*
 * What may be printed of a percentage that lies between the two: false, nothing. *is_about: only
 * as "about". Where both ends were found no step here has too many digits: the one is at most 18
 * digits longer than the other, and less than 10 from it when they are rounded.
 */
static bool printable(struct decimal low, struct decimal high, struct decimal current,
                      struct decimal baseline, struct decimal *shown, bool *is_about)
{
    struct decimal width = high, difference = current;
    decimal_subtract(high, low, &width);
    if (decimal_sign(low) * decimal_sign(high) <= 0 || decimal_compare(width, decimal_from(10)) > 0)
        return false;
    *shown = low;
    *is_about = !ends_agree(low, high, 1, shown) && !ends_agree(low, high, 0, shown);
    if (*is_about) {
        decimal_subtract(current, baseline, &difference);
        percentage(difference, baseline, 0, shown);
    }
    return true;
}

struct text change_display_rounded(struct arena *arena, struct decimal current,
                                   struct decimal baseline, int places_of_inputs)
{
    struct decimal low, high, shown;
    bool is_about;
    if (!change_range_rounded(current, baseline, places_of_inputs, &low, &high) ||
        !printable(low, high, current, baseline, &shown, &is_about))
        return TEXT("do not print a percentage");
    if (decimal_sign(shown) == 0)
        return text_format(arena, "less than %.*s",
                           TEXT_ARG(decimal_text(arena, (struct decimal){1, shown.scale})));
    return text_format(arena, "%s%.*s", is_about ? "about " : "",
                       TEXT_ARG(decimal_text(arena, shown)));
}

/* ---- what is shown ---- */

static struct text absolute_display(struct arena *arena, const struct change *change)
{
    if (decimal_sign(change->absolute) == 0)
        return TEXT("no change");
    struct text number = decimal_display(arena, change->absolute, change->absolute.scale,
                                         DECIMAL_GROUPS | DECIMAL_SIGN);
    if (change->status != CHANGE_OK_PP)
        return number;
    struct decimal size = change->absolute;
    if (decimal_sign(size) < 0)
        size = decimal_negate(size);
    bool one = decimal_compare(size, decimal_from(1)) == 0;
    return text_format(arena, "%.*s percentage point%s", TEXT_ARG(number), one ? "" : "s");
}

/* "+15.6%", "up by less than 0.1%"; `sign` is that of the change. */
static struct text percent_words(struct arena *arena, struct decimal percent, int sign)
{
    if (decimal_sign(percent) == 0) {
        struct decimal unit = {1, percent.scale};
        return text_format(arena, "%s by less than %.*s%%", sign > 0 ? "up" : "down",
                           TEXT_ARG(decimal_display(arena, unit, unit.scale, 0)));
    }
    struct text number =
        decimal_display(arena, percent, percent.scale, DECIMAL_GROUPS | DECIMAL_SIGN);
    return text_concat(arena, number, TEXT("%"));
}

static struct text percent_display(struct arena *arena, struct decimal absolute,
                                   struct decimal baseline, unsigned places)
{
    struct decimal percent;
    if (decimal_sign(absolute) == 0)
        return TEXT("no change");
    if (!percentage(absolute, baseline, places, &percent))
        return TEXT("[z]");
    return percent_words(arena, percent, decimal_sign(absolute));
}

/* Of two counts that were rounded: no more than holds of the counts behind them. */
static struct text rounded_display(struct arena *arena, struct decimal current,
                                   struct decimal baseline, unsigned unit)
{
    struct decimal half = {(__int128)unit * 5, 1}, low, high, shown;
    bool is_about;
    if (!range_within(current, baseline, half, &low, &high) ||
        !printable(low, high, current, baseline, &shown, &is_about))
        return TEXT("[z]");
    return text_concat(arena, is_about ? TEXT("about ") : TEXT_EMPTY,
                       percent_words(arena, shown, decimal_sign(low)));
}

/* Two that are rounded to the same may differ. A rate of rounded counts has no percentage. */
static void show_rounded(struct arena *arena, struct change *change, struct decimal current,
                         struct decimal baseline, unsigned unit)
{
    if (decimal_sign(change->absolute) == 0)
        change->absolute_display = TEXT("the same when rounded");
    if (change->status == CHANGE_OK && change->kind == KIND_COUNT)
        change->percent_display = rounded_display(arena, current, baseline, unit);
}

struct change change_compute(struct arena *arena, enum measure_kind kind, struct value current,
                             struct value baseline, const struct change_rules *rules)
{
    struct change change = {.kind = kind, .status = status_of_markers(current, baseline)};
    if (change.status == CHANGE_OK &&
        !decimal_subtract(current.number, baseline.number, &change.absolute))
        change.status = CHANGE_NOT_APPLICABLE; /* more than 38 digits */
    if (change.status != CHANGE_OK) {
        change.absolute_display = change.percent_display =
            text_from(display_of_status(change.status));
        return change;
    }
    change.status = status_of_values(kind, current.number, baseline.number, rules);
    change.has_absolute = true;
    change.absolute_display = absolute_display(arena, &change);
    change.percent_display = TEXT("[z]");
    if (change.status == CHANGE_BOTH_ZERO)
        change.percent_display = TEXT("no change");
    if (change.status != CHANGE_OK && change.status != CHANGE_SMALL_BASE)
        return change;
    if (rules->rounded_to) {
        show_rounded(arena, &change, current.number, baseline.number, rules->rounded_to);
        return change;
    }
    bool worked_out = precise_percentage(change.absolute, baseline.number, &change.percent);
    if (change.status == CHANGE_OK) {
        change.has_percent = worked_out;
        change.percent_display =
            percent_display(arena, change.absolute, baseline.number, rules->places);
    }
    return change;
}

struct text rate_display(struct arena *arena, struct decimal rate)
{
    struct decimal two;
    struct decimal ten = decimal_from(10);
    bool small = decimal_round(rate, 2, &two) && decimal_compare(two, ten) < 0 &&
                 decimal_compare(two, decimal_negate(ten)) > 0;
    return decimal_display(arena, rate, small ? 2 : 1, DECIMAL_GROUPS);
}

struct text change_display(struct arena *arena, const struct change *change)
{
    struct text said = change->absolute_display;
    size_t sign = text_starts(said, TEXT("\u2212")) ? 3 : text_starts(said, TEXT("+"));
    if (change->kind != KIND_MONEY || !sign)
        return said;
    return text_format(arena, "%.*s£%.*s", TEXT_ARG(text_slice(said, 0, sign)),
                       TEXT_ARG(text_slice(said, sign, said.len)));
}
