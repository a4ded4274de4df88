#include "compute/rag.h"

#include "compute/distribution.h"

#include <math.h>

static struct decimal zero(void)
{
    return decimal_from(0);
}

/* a - b for a >= b; more than can be kept is as much as can be: never nothing. */
static struct decimal less(struct decimal a, struct decimal b)
{
    struct decimal out = {.coefficient = (__int128)(~(unsigned __int128)0 >> 1), .scale = 0};
    decimal_subtract(a, b, &out);
    return out;
}

static struct decimal size_of(struct decimal a)
{
    return decimal_sign(a) < 0 ? decimal_negate(a) : a;
}

struct decimal target_missed(struct decimal value, const struct target *target,
                             struct decimal *edge)
{
    bool band = target->polarity == POLARITY_BAND;
    struct decimal low = band ? target->band_low : target->value;
    struct decimal high = band ? target->band_high : target->value;
    if (target->polarity != POLARITY_LOW && decimal_compare(value, low) < 0) {
        *edge = low;
        return less(low, value);
    }
    if (target->polarity != POLARITY_HIGH && decimal_compare(value, high) > 0) {
        *edge = high;
        return less(value, high);
    }
    *edge = low;
    return zero();
}

enum rag rag_against_target(struct decimal value, const struct target *target)
{
    if (target->polarity == POLARITY_NONE)
        return RAG_NONE;
    struct decimal edge, allowed = target->tolerance;
    struct decimal missed = target_missed(value, target, &edge);
    if (decimal_sign(missed) == 0)
        return RAG_GREEN;
    if (target->tolerance_is_relative) { /* 100 missed <= tolerance |edge| */
        if (!decimal_multiply(missed, decimal_from(100), &missed) ||
            !decimal_multiply(allowed, size_of(edge), &allowed))
            return RAG_NONE;
    }
    return decimal_compare(missed, allowed) <= 0 ? RAG_AMBER : RAG_RED;
}

static enum judgement judge(struct decimal now, struct decimal before, const struct target *target)
{
    struct decimal edge;
    int way = decimal_compare(now, before);
    if (target->polarity == POLARITY_NONE)
        return JUDGEMENT_NONE;
    if (target->polarity == POLARITY_HIGH)
        way = -way;
    else if (target->polarity == POLARITY_BAND)
        way = decimal_compare(target_missed(now, target, &edge),
                              target_missed(before, target, &edge));
    return way == 0 ? JUDGEMENT_SAME : way < 0 ? JUDGEMENT_IMPROVING : JUDGEMENT_WORSENING;
}

struct travel direction_of_travel(struct decimal now, struct decimal before,
                                  const struct target *target, struct decimal dead_band)
{
    bool is_up = decimal_compare(now, before) > 0;
    struct decimal change = is_up ? less(now, before) : less(before, now);
    if (decimal_compare(change, dead_band) <= 0)
        return (struct travel){ARROW_SAME, JUDGEMENT_SAME};
    return (struct travel){is_up ? ARROW_UP : ARROW_DOWN, judge(now, before, target)};
}

const char *arrow_word(enum arrow arrow)
{
    static const char *const words[] = {"same", "up", "down"};
    return words[arrow];
}

const char *judgement_word(enum judgement judgement)
{
    static const char *const words[] = {"no judgement", "no material change", "improving",
                                        "worsening"};
    return words[judgement];
}

/* `growth`: the remaining days for each that has gone, in which the rate itself is uncertain too.
 */
static struct forecast with_range(double y, double remaining, double growth, double phi)
{
    double half = NORMAL_95 * sqrt(phi * remaining * (1 + growth));
    double total = y + remaining;
    return (struct forecast){.remaining = remaining,
                             .total = total,
                             .lower = fmax(y, total - half),
                             .upper = total + half};
}

struct forecast forecast_year(double y, double elapsed, double days, double phi)
{
    double growth = (days - elapsed) / elapsed;
    return with_range(y, y * growth, growth, phi);
}

struct forecast forecast_seasonal(double y, double elapsed, double days, double share, double phi)
{
    return with_range(y, y / share - y, (days - elapsed) / elapsed, phi);
}
