/*
 * claims_beside - what is said of a figure beside another area's, or beside its target: "lower than
 * the England average", "on target". Where it can be told whether two areas differ, it must be more
 * than chance (statistics.md 2.5, 4 and 8); a target is met or missed by the figure alone (5).
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define IS_ONE_OF(tokens, i, words) claim_word_is(tokens, i, words, COUNT(words))

/* ---- another area ---- */

enum side { SIDE_HIGHER, SIDE_LOWER, SIDE_BETTER, SIDE_WORSE, SIDE_SIMILAR, SIDES };

static enum side side_at(const struct claim_tokens *tokens, size_t i)
{
    static const struct {
        const char *word;
        enum side side;
    } words[] = {{"higher", SIDE_HIGHER},   {"above", SIDE_HIGHER},      {"greater", SIDE_HIGHER},
                 {"lower", SIDE_LOWER},     {"below", SIDE_LOWER},       {"less", SIDE_LOWER},
                 {"fewer", SIDE_LOWER},     {"better", SIDE_BETTER},     {"worse", SIDE_WORSE},
                 {"similar", SIDE_SIMILAR}, {"comparable", SIDE_SIMILAR}};
    for (size_t w = 0; w < COUNT(words); w++)
        if (claim_word_is(tokens, i, &words[w].word, 1))
            return words[w].side;
    return SIDES;
}

/* The words of the comparator's name stand at the token: "East Midlands" of "East Midlands
 * region". */
static bool is_named(struct arena *arena, const struct claim_tokens *tokens, size_t at,
                     struct text name)
{
    static const char *const kinds[] = {"region", "county", "average"};
    struct claim_tokens words = claim_tokens(arena, name);
    while (words.count > 1 && IS_ONE_OF(&words, words.count - 1, kinds))
        words.count--;
    for (size_t w = 0; w < words.count; w++)
        if (at + w >= tokens->count || !text_equal(tokens->items[at + w].word, words.items[w].word))
            return false;
    return words.count > 0;
}

static bool is_england(const struct comparator *comparator)
{
    return text_contains(comparator->comparison->area, TEXT("England")) &&
           !text_contains(comparator->comparison->area, TEXT("region"));
}

/* "the national average" is England's, "the regional average" that of the one comparator which is
 * not England. */
static const struct comparator *comparator_at(const struct reading_claims *reading, size_t at,
                                              const struct comparison *comparison)
{
    static const char *const national[] = {"national", "england’s", "england's"};
    static const char *const regional[] = {"regional", "region"};
    const struct claim_tokens *tokens = &reading->tokens;
    const struct comparator *region = NULL, *england = NULL;
    for (size_t c = 0; c < comparison->comparator_count; c++) {
        const struct comparator *comparator = &comparison->comparators[c];
        if (is_named(reading->diags->arena, tokens, at, comparator->comparison->area))
            return comparator;
        if (is_england(comparator))
            england = comparator;
        else
            region = region ? NULL : comparator;
    }
    return IS_ONE_OF(tokens, at, national)   ? england
           : IS_ONE_OF(tokens, at, regional) ? region
                                             : NULL;
}

/* "than", "to", or right behind "above"; then within a few words of the clause the other area. */
static const struct comparator *area_behind(const struct reading_claims *reading, size_t at,
                                            const struct comparison *comparison)
{
    enum { REACH = 5 };
    static const char *const links[] = {"than", "to", "with"}, *const by[] = {"above", "below"};
    static const char *const fill[] = {"the",   "both", "that",    "of",     "for",
                                       "those", "and",  "average", "overall"};
    const struct claim_tokens *tokens = &reading->tokens;
    size_t i = at + 1;
    if (!IS_ONE_OF(tokens, at, by) && !IS_ONE_OF(tokens, i++, links))
        return NULL;
    for (size_t to = i + REACH; i < to && i < tokens->count; i++) {
        const struct comparator *comparator = comparator_at(reading, i, comparison);
        if (comparator || !IS_ONE_OF(tokens, i, fill))
            return comparator;
    }
    return NULL;
}

struct beside_figures {
    const struct figure *here, *there;
    struct stood stood;
    bool is_known; /* whether the two differ by more than chance */
};

static bool find_beside(struct arena *arena, const struct mention *mention,
                        const struct comparator *comparator, struct beside_figures *out)
{
    const struct comparison *comparison = mention->comparison;
    const struct dataset *dataset = comparison->dataset;
    size_t m = (size_t)(mention->row->measure - dataset->measures);
    size_t there = comparator->comparison->where;
    if (comparison->where == AREA_ALL || there == AREA_ALL)
        return false;
    out->here = dataset_latest(dataset, m, comparison->where, comparison->period.end);
    out->there = out->here ? dataset_figure(dataset, m, there, out->here->period) : NULL;
    if (!out->there || !out->here->value.present || !out->there->value.present)
        return false;
    const struct measured measured = {.measure = mention->row->measure,
                                      .here = out->here,
                                      .there = out->there,
                                      .there_name = comparator->comparison->area,
                                      .is_part = !comparator->is_beside,
                                      .is_open_survey = dataset->is_open_survey,
                                      .is_rounded = dataset->hiding.rounding > 0,
                                      .estimates = true};
    out->stood = standing_to_area(arena, &measured);
    out->is_known = out->stood.by == STOOD_PUBLISHED || out->stood.by == STOOD_LIMITS ||
                    out->stood.by == STOOD_COUNTS || out->stood.by == STOOD_COUNT ||
                    out->stood.by == STOOD_ESTIMATED;
    return true;
}

/* The figures are on that side, or it cannot be told. */
static bool side_holds(enum side side, const struct beside_figures *beside, enum polarity polarity)
{
    int sign = decimal_compare(beside->here->value.number, beside->there->value.number);
    bool is_similar = beside->is_known && beside->stood.standing == STANDING_SIMILAR;
    int wanted = side == SIDE_HIGHER ? 1 : -1;
    if (side == SIDE_SIMILAR)
        return !beside->is_known || is_similar || sign == 0;
    if (side == SIDE_BETTER || side == SIDE_WORSE) {
        if (polarity != POLARITY_HIGH && polarity != POLARITY_LOW)
            return true; /* nobody said which way is good */
        wanted = (side == SIDE_BETTER) == (polarity == POLARITY_HIGH) ? 1 : -1;
    }
    return sign == wanted && !is_similar;
}

static void judge_area(const struct reading_claims *reading, size_t at)
{
    struct arena *arena = reading->diags->arena;
    const struct claim_tokens *tokens = &reading->tokens;
    const struct mention *mention = claims_only(reading, claim_clause_start(tokens, at), at);
    enum side side = side_at(tokens, at);
    if (!mention || side == SIDES || !mention->row->measure || claim_is_no_statement(tokens, at) ||
        !claims_speaks_of(reading, mention, at) ||
        kind_adds_up(mention->row->kind)) /* a district has fewer of everything */
        return;
    const struct comparator *comparator = area_behind(reading, at, mention->comparison);
    struct beside_figures beside;
    if (!comparator || !find_beside(arena, mention, comparator, &beside) ||
        side_holds(side, &beside, mention->row->measure->target.polarity))
        return;
    struct text there = comparator->comparison->area;
    diag(reading->diags, DIAG_CLAIM, reading->place,
         "'%.*s' is said of '%.*s' beside %.*s, but %.*s here and %.*s in %.*s %s: say what the "
         "figures are, or what they show",
         TEXT_ARG(tokens->items[at].raw), TEXT_ARG(text_quote(arena, mention->row->label)),
         TEXT_ARG(there), TEXT_ARG(claims_value(arena, mention->row, beside.here->value)),
         TEXT_ARG(claims_value(arena, mention->row, beside.there->value)), TEXT_ARG(there),
         beside.is_known && beside.stood.standing == STANDING_SIMILAR ? "may differ by chance alone"
         : decimal_compare(beside.here->value.number, beside.there->value.number) > 0
             ? "is the higher figure here"
         : decimal_compare(beside.here->value.number, beside.there->value.number) < 0
             ? "is the lower figure here"
             : "are the same");
}

/* ---- the target ---- */

enum reach { REACH_NONE, REACH_MET, REACH_MISSED, REACH_ABOVE, REACH_BELOW };

/* "on target", "met its target", "the target was missed", "above target". */
static enum reach reach_at(const struct claim_tokens *tokens, const struct mention *mention,
                           size_t target)
{
    static const char *const articles[] = {"the", "its", "our", "their", "this"};
    static const char *const met[] = {"met",      "achieved", "hit",     "reached",
                                      "exceeded", "meets",    "exceeds", "meeting"};
    static const char *const missed[] = {"missed", "behind", "off", "misses"};
    static const char *const is[] = {"was", "is", "has", "been"};
    static const char *const on[] = {"on"}, *const to[] = {"to", "for"};
    static const char *const above[] = {"above"}, *const below[] = {"below"};
    static const char *const than[] = {"than"}, *const of[] = {"of"};
    static const char *const higher[] = {"higher"}, *const lower[] = {"lower"};
    static const char *const short_of[] = {"short"}, *const ahead[] = {"ahead"};
    size_t before = target > 0 && IS_ONE_OF(tokens, target - 1, articles) ? target - 1 : target;
    bool is_for = IS_ONE_OF(tokens, target + 1, to);
    size_t after = is_for && mention->first == target + 2 ? mention->end : target + 1;
    size_t verb = after;
    while (IS_ONE_OF(tokens, after, is))
        after++;
    if (after > verb && (IS_ONE_OF(tokens, after, met) || IS_ONE_OF(tokens, after, missed)))
        return IS_ONE_OF(tokens, after, met) ? REACH_MET : REACH_MISSED;
    if (is_for || before == 0)
        return REACH_NONE;
    if (IS_ONE_OF(tokens, before - 1, on) || IS_ONE_OF(tokens, before - 1, met))
        return REACH_MET;
    if (IS_ONE_OF(tokens, before - 1, missed))
        return REACH_MISSED;
    if (IS_ONE_OF(tokens, before - 1, above) || IS_ONE_OF(tokens, before - 1, below))
        return IS_ONE_OF(tokens, before - 1, above) ? REACH_ABOVE : REACH_BELOW;
    if (before < 2)
        return REACH_NONE;
    if (IS_ONE_OF(tokens, before - 1, than))
        return IS_ONE_OF(tokens, before - 2, higher)  ? REACH_ABOVE
               : IS_ONE_OF(tokens, before - 2, lower) ? REACH_BELOW
                                                      : REACH_NONE;
    if (IS_ONE_OF(tokens, before - 1, of))
        return IS_ONE_OF(tokens, before - 2, short_of) ? REACH_MISSED
               : IS_ONE_OF(tokens, before - 2, ahead)  ? REACH_MET
                                                       : REACH_NONE;
    return REACH_NONE;
}

/* What is denied or to come is not judged. */
static bool is_statement_of_target(const struct claim_tokens *tokens, size_t target)
{
    static const char *const no[] = {
        "not", "no",  "never",  "will",     "would",  "should",  "could",  "may",    "might", "if",
        "to",  "aim", "expect", "expected", "remain", "whether", "almost", "nearly", "close"};
    for (size_t back = 1; back <= 4 && back <= target; back++)
        if (IS_ONE_OF(tokens, target - back, no))
            return false;
    return true;
}

static const struct performance *performance_of(const struct mention *mention)
{
    const struct performances *all = mention->source->performances;
    if (!all || !mention->row->measure)
        return NULL;
    size_t m = (size_t)(mention->row->measure - mention->comparison->dataset->measures);
    const struct performance *one = m < all->count ? &all->items[m] : NULL;
    return one && one->target.is_known && one->value.present && one->rag != RAG_NONE ? one : NULL;
}

static bool reach_holds(enum reach reach, const struct performance *performance)
{
    const struct target *target = &performance->target.target;
    bool is_met = performance->rag == RAG_GREEN;
    if (reach == REACH_MET || reach == REACH_MISSED)
        return (reach == REACH_MET) == is_met;
    if (target->polarity == POLARITY_BAND)
        return true;
    int sign = decimal_compare(performance->value.number, target->value);
    return reach == REACH_ABOVE ? sign > 0 : sign < 0;
}

static void judge_target(const struct reading_claims *reading, size_t at)
{
    struct arena *arena = reading->diags->arena;
    const struct claim_tokens *tokens = &reading->tokens;
    const struct mention *mention =
        claims_only(reading, claim_clause_start(tokens, at), claim_clause_end(tokens, at));
    enum reach reach = mention ? reach_at(tokens, mention, at) : REACH_NONE;
    const struct performance *performance = mention ? performance_of(mention) : NULL;
    if (!performance || reach == REACH_NONE || !is_statement_of_target(tokens, at) ||
        !claims_against(reading, mention->comparison, 0, tokens->count).known ||
        reach_holds(reach, performance))
        return;
    static const char *const said[] = {[REACH_MET] = "met",
                                       [REACH_MISSED] = "missed",
                                       [REACH_ABOVE] = "below the figure",
                                       [REACH_BELOW] = "above the figure"};
    diag(
        reading->diags, DIAG_CLAIM, reading->place,
        "the target of '%.*s' is said to be %s, but the figure is %.*s and the target %.*s (%.*s): "
        "say what the figures are",
        TEXT_ARG(text_quote(arena, mention->row->label)), said[reach],
        TEXT_ARG(
            measure_amount(arena, performance, performance->value.number, performance->places)),
        TEXT_ARG(performance_words(arena, performance, PART_TARGET)),
        TEXT_ARG(performance_words(arena, performance, PART_GAP)));
}

void claims_benchmarks(struct reading_claims *reading)
{
    static const char *const targets[] = {"target", "targets"};
    for (size_t i = 0; i < reading->tokens.count; i++) {
        judge_area(reading, i);
        if (IS_ONE_OF(&reading->tokens, i, targets))
            judge_target(reading, i);
    }
}
