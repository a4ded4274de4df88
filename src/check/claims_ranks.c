/*
 * claims_ranks - what is said of more than two periods or of more than one measure: "at its lowest
 * level", "a gradual decline", "all types of crime fell".
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define IS_ONE_OF(tokens, i, words) claim_word_is(tokens, i, words, COUNT(words))

/* ---- highest, lowest ---- */

/* "the lowest level since", "at its highest on record"; not "the highest priority". */
static bool is_of_all_periods(const struct claim_tokens *tokens, size_t at)
{
    static const char *const what[] = {"level", "levels", "figure", "number",
                                       "rate",  "total",  "value",  "point"};
    static const char *const its[] = {"its", "their"};
    static const char *const when[] = {"since", "ever", "recorded", "yet"};
    static const char *const links[] = {"in", "for", "on", "of"};
    static const char *const spans[] = {"years", "record", "decade", "period"};
    size_t on = at + 1 + IS_ONE_OF(tokens, at + 1, what);
    bool spans_years = false;
    for (size_t i = on + 1; IS_ONE_OF(tokens, on, links) && i <= on + 4 && i < tokens->count; i++)
        spans_years = spans_years || IS_ONE_OF(tokens, i, spans);
    bool is_whole = on == tokens->count || IS_ONE_OF(tokens, on, links) || on > at + 1;
    return IS_ONE_OF(tokens, on, when) || spans_years ||
           (is_whole && at > 0 && IS_ONE_OF(tokens, at - 1, its));
}

/* "since 2018/19", "for five years": how far back is said, as far as it can be read. */
static struct date since_when(const struct reading_claims *reading, size_t at)
{
    static const char *const since[] = {"since"};
    const struct claim_tokens *tokens = &reading->tokens;
    for (size_t i = at; i + 1 < tokens->count; i++)
        if (IS_ONE_OF(tokens, i, since))
            return period_read(reading->diags->arena, tokens->items[i + 1].raw).end;
    return (struct date){0};
}

/* The figure that is higher (lower: `sign` -1) than the one of the job's period; NULL. */
static const struct known_figure *exceeding(const struct known_figures *known, struct date since,
                                            int sign)
{
    const struct known_figure *now = &known->items[0], *most = NULL;
    for (size_t i = 1; i < known->count; i++) {
        const struct known_figure *other = &known->items[i];
        if (!period_is_as_long(other->period, now->period) ||
            date_compare(other->period.end, now->period.end) >= 0 ||
            (date_is_known(since) && date_compare(other->period.end, since) <= 0))
            continue;
        if (decimal_compare(other->value.number, (most ? most : now)->value.number) == sign)
            most = other;
    }
    return most;
}

static void judge_extreme(struct reading_claims *reading, size_t at, int sign)
{
    struct arena *arena = reading->diags->arena;
    const struct claim_tokens *tokens = &reading->tokens;
    const struct mention *mention =
        claims_only(reading, claim_clause_start(tokens, at), claim_clause_end(tokens, at));
    if (!mention || !mention->row->now.present || !claims_speaks_of(reading, mention, at))
        return;
    struct known_figures known = claims_figures(arena, mention);
    const struct known_figure *other = exceeding(&known, since_when(reading, at), sign);
    if (other)
        diag(reading->diags, DIAG_CLAIM, reading->place,
             "'%.*s' is said of '%.*s', but it was %s before: %.*s, and %.*s now; say which years "
             "are compared",
             TEXT_ARG(tokens->items[at].raw), TEXT_ARG(text_quote(arena, mention->row->label)),
             sign > 0 ? "higher" : "lower", TEXT_ARG(known_text(arena, mention, other)),
             TEXT_ARG(claims_value(arena, mention->row, mention->row->now)));
}

/* ---- a trend ---- */

/* "a gradual decline", "fell steadily", "continued to fall": the word that says so; SIZE_MAX. */
static size_t steady_word(const struct claim_tokens *tokens, size_t at)
{
    static const char *const words[] = {"gradual",    "gradually", "steady",       "steadily",
                                        "continued",  "continual", "consistently", "consistent",
                                        "continuous", "sustained", "continues",    "continuing"};
    for (size_t back = 1; back <= 2 && back <= at; back++)
        if (IS_ONE_OF(tokens, at - back, words))
            return at - back;
    return IS_ONE_OF(tokens, at + 1, words) ? at + 1 : SIZE_MAX;
}

/* The figures of the period and of those that come directly before it, the latest first; how many
 * of three there are. */
static size_t last_three(struct arena *arena, const struct mention *mention,
                         struct known_figure last[3])
{
    struct known_figures known = claims_figures(arena, mention);
    struct period period = mention->comparison->period;
    size_t count = 0, at = known_of(&known, period);
    while (count < 3 && at != SIZE_MAX) {
        last[count++] = known.items[at];
        if (!period_directly_before(arena, period, &period))
            break;
        at = known_of(&known, period);
    }
    return count;
}

static void judge_steady(struct reading_claims *reading, size_t at, size_t word, int sign)
{
    struct arena *arena = reading->diags->arena;
    const struct claim_tokens *tokens = &reading->tokens;
    const struct mention *mention =
        claims_only(reading, claim_clause_start(tokens, at), claim_clause_end(tokens, at));
    struct known_figure last[3];
    if (!mention || !claims_speaks_of(reading, mention, at) ||
        !claims_against(reading, mention->comparison, 0, tokens->count).known)
        return;
    size_t count = last_three(arena, mention, last);
    struct text label = text_quote(arena, mention->row->label);
    if (count < 3) {
        if (count)
            diag(reading->diags, DIAG_CLAIM, reading->place,
                 "'%.*s' is said of '%.*s', but a trend needs three periods in order and the "
                 "source has figures for %zu: say what the figures are",
                 TEXT_ARG(tokens->items[word].raw), TEXT_ARG(label), count);
        return;
    }
    if (decimal_compare(last[0].value.number, last[1].value.number) == sign &&
        decimal_compare(last[1].value.number, last[2].value.number) == sign)
        return;
    diag(reading->diags, DIAG_CLAIM, reading->place,
         "'%.*s' is said of '%.*s', but the figures do not go one way: %.*s, %.*s and %.*s; say "
         "what "
         "they are",
         TEXT_ARG(tokens->items[word].raw), TEXT_ARG(label),
         TEXT_ARG(known_text(arena, mention, &last[2])),
         TEXT_ARG(known_text(arena, mention, &last[1])),
         TEXT_ARG(known_text(arena, mention, &last[0])));
}

/* ---- all of them ---- */

/* "all types of crime", "every crime category": the total that they are types of; else no row. */
static struct mention all_types(const struct reading_claims *reading, size_t from, size_t to)
{
    static const char *const every[] = {"all", "every", "each"};
    static const char *const kinds[] = {"type",  "types", "category", "categories",
                                        "kinds", "areas", "kind"};
    const struct claim_tokens *tokens = &reading->tokens;
    struct mention none = {0};
    for (size_t i = from; i < to; i++) {
        bool typed = false;
        if (!claim_word_is(tokens, i, every, COUNT(every)) &&
            !(tokens->items[i].in_label && text_is(tokens->items[i].word, "all")))
            continue;
        for (size_t on = i + 1; on < to && on <= i + 4; on++)
            typed = typed || IS_ONE_OF(tokens, on, kinds);
        for (size_t on = i; typed && on < to && on <= i + 4; on++) {
            struct mention mention = claims_mention(reading->claims, tokens, on, true);
            if (mention.row && mention.row->relation == RELATION_TOTAL)
                return mention;
        }
    }
    return none;
}

static void judge_all(struct reading_claims *reading, size_t at, int sign)
{
    struct arena *arena = reading->diags->arena;
    const struct claim_tokens *tokens = &reading->tokens;
    size_t start = claim_clause_start(tokens, at), others = 0, parts = 0;
    struct mention mention = all_types(reading, start, at);
    const struct compared *first = NULL;
    if (!mention.row || !mention.comparison->baselines.count ||
        !claims_speaks_of(reading, &mention, at))
        return;
    struct against against =
        claims_against(reading, mention.comparison, start, claim_clause_end(tokens, at));
    for (size_t r = 0; r < mention.comparison->count && against.known; r++) {
        const struct compared *row = &mention.comparison->rows[r];
        bool known = row->relation == RELATION_PART && !row->is_remainder && row->now.present &&
                     row->before[against.b].present;
        bool differs =
            known && decimal_compare(row->now.number, row->before[against.b].number) != sign;
        first = !first && differs ? row : first;
        others += differs;
        parts += known;
    }
    if (!first)
        return;
    diag(reading->diags, DIAG_CLAIM, reading->place,
         "'%.*s' is said of all that make up '%.*s', but %zu of %zu did not: the first is '%.*s', "
         "%.*s "
         "compared with %.*s; name those that did",
         TEXT_ARG(tokens->items[at].raw), TEXT_ARG(text_quote(arena, mention.row->label)), others,
         parts, TEXT_ARG(text_quote(arena, first->label)),
         TEXT_ARG(claims_value(arena, first, first->now)),
         TEXT_ARG(claims_value(arena, first, first->before[against.b])));
}

void claims_ranks(struct reading_claims *reading)
{
    static const char *const highest[] = {"highest"}, *const lowest[] = {"lowest"};
    const struct claim_tokens *tokens = &reading->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        enum claim claim = claim_at(tokens, i);
        bool is_high = IS_ONE_OF(tokens, i, highest);
        if ((is_high || IS_ONE_OF(tokens, i, lowest)) && is_of_all_periods(tokens, i) &&
            !claim_is_no_statement(tokens, i))
            judge_extreme(reading, i, is_high ? 1 : -1);
        if (claim != CLAIM_UP && claim != CLAIM_DOWN)
            continue;
        int sign = claim == CLAIM_UP ? 1 : -1;
        size_t word = steady_word(tokens, i);
        if (word != SIZE_MAX)
            judge_steady(reading, i, word, sign);
        judge_all(reading, i, sign);
    }
}
