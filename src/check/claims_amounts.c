/*
 * claims_amounts - numbers that stand in the place of a figure: "574 incidents of ASB", "Burglary
 * was 280", "from 783 to 574", "a fall of 209". What is counted otherwise in the same sentence is
 * told apart by what stands around a number: only words that leave it the whole figure may.
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define IS_ONE_OF(tokens, i, words) claim_word_is(tokens, i, words, COUNT(words))

/* What a number says of a measure. */
enum role { ROLE_NONE, ROLE_VALUE, ROLE_FROM, ROLE_TO, ROLE_BEFORE, ROLE_DIFFERENCE };

struct stated {
    size_t at; /* the token */
    enum role role;
    enum nearness nearness;
    const struct mention *mention;
    size_t start, end; /* of the clause */
};

/* ---- around a number ---- */

static bool is_number(const struct claim_tokens *tokens, size_t i)
{
    return i < tokens->count &&
           (tokens->items[i].kind == TOKEN_NUMBER || tokens->items[i].kind == TOKEN_PERCENT);
}

/* "2021", and the 3 of "Quarter 3": numbers that count nothing. */
static bool is_name_of_something(const struct claim_tokens *tokens, size_t i)
{
    static const char *const named[] = {
        "quarter", "qtr",    "priority", "section", "item", "page",    "table", "chart",
        "year",    "no",     "phase",    "step",    "aged", "age",     "ages",  "key",
        "stage",   "report", "day",      "week",    "part", "appendix"};
    const struct claim_token *token = &tokens->items[i];
    bool is_year = token->kind == TOKEN_NUMBER && token->raw.len == 4 && !token->is_money &&
                   (text_starts(token->raw, TEXT("19")) || text_starts(token->raw, TEXT("20")));
    bool is_metres = !token->is_money && text_ends(token->raw, TEXT("m"));
    return is_year || is_metres || (i > 0 && IS_ONE_OF(tokens, i - 1, named));
}

/* The first of "more than", "about", "only a" before the number; *nearness is what they say. */
static size_t qualifiers_start(const struct claim_tokens *tokens, size_t at,
                               enum nearness *nearness)
{
    static const char *const about[] = {"about",     "around", "approximately", "roughly", "some",
                                        "approx",    "circa",  "under",         "over",    "above",
                                        "exceeding", "nearly", "almost",        "exactly", "only",
                                        "just",      "a",      "the",           "below"};
    static const enum nearness meaning[] = {
        NEAR_ABOUT, NEAR_ABOUT, NEAR_ABOUT, NEAR_ABOUT, NEAR_ABOUT,  NEAR_ABOUT,  NEAR_ABOUT,
        NEAR_UNDER, NEAR_OVER,  NEAR_OVER,  NEAR_OVER,  NEAR_ALMOST, NEAR_ALMOST, NEAR_EXACT,
        NEAR_EXACT, NEAR_EXACT, NEAR_EXACT, NEAR_EXACT, NEAR_UNDER};
    static const char *const than[] = {"than"}, *const more[] = {"more"};
    static const char *const fewer[] = {"fewer", "less"};
    *nearness = NEAR_EXACT;
    if (at >= 2 && IS_ONE_OF(tokens, at - 1, than) &&
        (IS_ONE_OF(tokens, at - 2, more) || IS_ONE_OF(tokens, at - 2, fewer))) {
        *nearness = IS_ONE_OF(tokens, at - 2, more) ? NEAR_OVER : NEAR_UNDER;
        at -= 2;
    }
    for (bool found = true; at > 0 && found;) {
        found = false;
        for (size_t w = 0; w < COUNT(about) && !found; w++)
            if (claim_word_is(tokens, at - 1, &about[w], 1)) {
                *nearness = meaning[w] == NEAR_EXACT ? *nearness : meaning[w];
                found = true;
            }
        at -= found;
    }
    return at;
}

/* A period, or a word that leaves a figure what it is: "in 2021/22", "last year", "overall". */
static bool is_filler(const struct claim_tokens *tokens, size_t i)
{
    static const char *const words[] = {
        "in",       "for",     "the",       "during",  "over",     "this",     "last",
        "previous", "year",    "period",    "overall", "total",    "recorded", "reported",
        "district", "borough", "county",    "city",    "police",   "number",   "numbers",
        "figure",   "level",   "incidents", "cases",   "offences", "reports",  "of",
        "all",      "from",    "at",        "across",  "to",       "now",      "currently",
        "ytd",      "current", "financial", "there",   "a",        "whole",    "12",
        "crimes",   "which",   "is",        "was",     "by",       "we",       "compared",
        "with",     "against"};
    const struct claim_token *token = &tokens->items[i];
    return token->in_label || is_digit(token->raw.ptr[0]) || token->kind == TOKEN_FACT ||
           IS_ONE_OF(tokens, i, words);
}

/* What may stand behind a number that is all of a figure, or the name of what it counts. */
static bool ends_amount(const struct claim_tokens *tokens, size_t i)
{
    static const char *const words[] = {
        "in",        "for",     "during",   "compared", "against", "this",     "last",
        "incidents", "cases",   "offences", "reports",  "crimes",  "recorded", "reported",
        "from",      "up",      "down",     "a",        "an",      "which",    "on",
        "over",      "between", "since",    "to",       "and",     "than",     "or",
        "the",       "fewer",   "more",     "less",     "lower",   "higher",   "was",
        "at",        "year",    "per",      "by",       "with",    "overall",  "percentage",
        "points"};
    if (i >= tokens->count || claim_is_clause_end(tokens, i) || tokens->items[i].after_comma)
        return true;
    return tokens->items[i].in_label || is_digit(tokens->items[i].raw.ptr[0]) ||
           tokens->items[i].kind == TOKEN_FACT || IS_ONE_OF(tokens, i, words);
}

static bool is_all_filler(const struct claim_tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!is_filler(tokens, i))
            return false;
    return true;
}

/* A word of direction among the tokens from `from` to before `to`, wanted or not. */
static bool has_direction(const struct claim_tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (claim_at(tokens, i) != CLAIM_NONE)
            return true;
    return false;
}

/* ---- what it says ---- */

/* "from 783 [in 2020/21] to 574": where the other end is; SIZE_MAX. */
static size_t range_end(const struct claim_tokens *tokens, size_t at)
{
    enum { REACH = 6 };
    static const char *const to[] = {"to"};
    for (size_t i = at + 1; i + 1 < tokens->count && i <= at + REACH; i++) {
        enum nearness nearness;
        for (size_t n = i + 1; n < tokens->count && n <= i + 3; n++)
            if (IS_ONE_OF(tokens, i, to) && is_number(tokens, n) &&
                !is_name_of_something(tokens, n))
                return qualifiers_start(tokens, n, &nearness) == i + 1 ? n : SIZE_MAX;
    }
    return SIZE_MAX;
}

static size_t range_start(const struct claim_tokens *tokens, size_t at)
{
    enum { REACH = 8 };
    for (size_t back = 1; back <= REACH && back <= at; back++)
        if (is_number(tokens, at - back) && range_end(tokens, at - back) == at)
            return at - back;
    return SIZE_MAX;
}

/* "a fall of 209", "rose by 675", "209 fewer than last year". */
static bool is_difference(const struct claim_tokens *tokens, const struct stated *stated,
                          size_t start)
{
    static const char *const by[] = {"by", "of", "up", "down"}, *const than[] = {"than"};
    static const char *const more[] = {"more", "fewer", "less"};
    static const char *const changed[] = {"rise", "fall",      "increase", "decrease",
                                          "drop", "reduction", "decline",  "growth"};
    if (start > 0 && IS_ONE_OF(tokens, start - 1, by)) {
        static const char *const of[] = {"of"};
        if (IS_ONE_OF(tokens, start - 1, of))
            return start > 1 && IS_ONE_OF(tokens, start - 2, changed);
        size_t from = start > 3 ? start - 3 : 0;
        return has_direction(tokens, from < stated->start ? stated->start : from, start);
    }
    static const char *const kinds[] = {"incidents", "offences", "crimes", "cases", "reports"};
    size_t name = stated->mention->first, behind = stated->mention->end;
    behind += IS_ONE_OF(tokens, behind, kinds);
    return IS_ONE_OF(tokens, stated->at + 1, more) &&
           IS_ONE_OF(tokens, name == stated->at + 2 ? behind : stated->at + 2, than);
}

/* "compared with 783", "against the 783" */
static bool is_before_figure(const struct claim_tokens *tokens, size_t start)
{
    static const char *const with[] = {"with", "to"}, *const against[] = {"against"};
    static const char *const compared[] = {"compared", "comparison"};
    if (start == 0)
        return false;
    return IS_ONE_OF(tokens, start - 1, against) ||
           (start > 1 && IS_ONE_OF(tokens, start - 1, with) &&
            IS_ONE_OF(tokens, start - 2, compared));
}

/* "Burglary in 2021/22 was 280", "rose to 280", "Burglary: 280". */
static bool is_said_of_name(const struct claim_tokens *tokens, const struct stated *stated,
                            size_t start)
{
    static const char *const verbs[] = {"was",      "were",    "is",        "are", "totalled",
                                        "reached",  "stood",   "stands",    "at",  "numbered",
                                        "remained", "remains", "remaining", "now", "recorded"};
    static const char *const to[] = {"to"}, *const of[] = {"of"};
    size_t name = stated->mention->end;
    if (start == 0 || name > start)
        return false;
    if (start == name) /* "Burglary: 280", "Burglary (280)" */
        return tokens->items[start].after_comma;
    if (start == name + 1 && IS_ONE_OF(tokens, name, of)) /* "a community grant of £36,073" */
        return tokens->items[stated->at].is_money;
    if (IS_ONE_OF(tokens, start - 1, to))
        return has_direction(tokens, name, start) && range_start(tokens, stated->at) == SIZE_MAX;
    size_t verb = start;
    while (verb > name && IS_ONE_OF(tokens, verb - 1, verbs))
        verb--;
    return verb < start && is_all_filler(tokens, name, verb);
}

/* What is behind the name leaves it whole: "across the district", "were recorded". */
static bool is_left_whole(const struct claim_tokens *tokens, const struct stated *stated)
{
    static const char *const were[] = {"were", "was"}, *const known[] = {"recorded", "reported"};
    size_t end = stated->mention->end;
    if (IS_ONE_OF(tokens, end, were))
        return IS_ONE_OF(tokens, end + 1, known) && is_all_filler(tokens, end + 2, stated->end);
    return is_all_filler(tokens, end, stated->end);
}

/* "there were 574 ASB incidents", "a total of 5,005 crimes", "the district saw 280 burglaries",
 * "2,868 memberships across the district" */
static bool is_said_before_name(const struct claim_tokens *tokens, const struct stated *stated,
                                size_t start)
{
    static const char *const there[] = {"there"}, *const total[] = {"total"};
    static const char *const is[] = {"were", "was", "are", "is", "been"};
    static const char *const of[] = {"of"}, *const saw[] = {"saw", "recorded", "had"};
    size_t name = stated->mention->first;
    if (stated->mention->row->kind != KIND_COUNT || name <= stated->at ||
        !is_all_filler(tokens, stated->at + 1, name) || !is_left_whole(tokens, stated))
        return false;
    if (start == stated->start) /* "30 Excess winter deaths" is the number of a row */
        return stated->mention->end < stated->end;
    bool seen =
        IS_ONE_OF(tokens, start - 1, saw) && is_all_filler(tokens, stated->start, start - 1);
    if (start < stated->start + 2)
        return seen;
    bool exists =
        IS_ONE_OF(tokens, start - 1, is) &&
        (IS_ONE_OF(tokens, start - 2, there) || (start > 2 && IS_ONE_OF(tokens, start - 3, there)));
    return seen || exists ||
           (IS_ONE_OF(tokens, start - 1, of) && IS_ONE_OF(tokens, start - 2, total));
}

static enum role role_of(const struct reading_claims *reading, struct stated *stated)
{
    static const char *const from[] = {"from"};
    const struct claim_tokens *tokens = &reading->tokens;
    size_t start = qualifiers_start(tokens, stated->at, &stated->nearness);
    bool ends = ends_amount(tokens, stated->at + 1);
    if (start > 0 && IS_ONE_OF(tokens, start - 1, from) &&
        range_end(tokens, stated->at) != SIZE_MAX)
        return has_direction(tokens, stated->start, stated->end) ? ROLE_FROM : ROLE_NONE;
    size_t first = range_start(tokens, stated->at);
    if (first != SIZE_MAX && ends) {
        enum nearness nearness;
        size_t before = qualifiers_start(tokens, first, &nearness);
        bool is_range = before > 0 && IS_ONE_OF(tokens, before - 1, from);
        return is_range && has_direction(tokens, stated->start, stated->end) ? ROLE_TO : ROLE_NONE;
    }
    if (ends && is_difference(tokens, stated, start))
        return ROLE_DIFFERENCE;
    if (ends && is_before_figure(tokens, start))
        return ROLE_BEFORE;
    if ((ends && is_said_of_name(tokens, stated, start)) ||
        is_said_before_name(tokens, stated, start))
        return ROLE_VALUE;
    return ROLE_NONE;
}

/* ---- against the figures ---- */

/* "574 in 2021/22", "783 (2020/21)": the period that is said of this number; SIZE_MAX. */
static size_t period_behind(const struct reading_claims *reading, const struct stated *stated,
                            const struct known_figures *known, bool *unknown)
{
    enum { REACH = 4 };
    const struct claim_tokens *tokens = &reading->tokens;
    for (size_t i = stated->at + 1; i < stated->end && i <= stated->at + REACH; i++) {
        const struct claim_token *token = &tokens->items[i];
        if (is_number(tokens, i) && !is_name_of_something(tokens, i))
            break;
        if (token->kind == TOKEN_FACT || !is_digit(token->raw.ptr[0]))
            continue;
        struct period period = period_read(reading->diags->arena, token->raw);
        *unknown = !date_is_known(period.start) || known_of(known, period) == SIZE_MAX;
        return *unknown ? SIZE_MAX : known_of(known, period);
    }
    return SIZE_MAX;
}

/* A number far from the figure counts something else. */
static bool is_about(struct decimal figure, const struct claim_token *token)
{
    struct decimal exact, twice, figure_twice;
    return decimal_multiply(token->number, token->unit, &exact) &&
           decimal_multiply(exact, decimal_from(2), &twice) &&
           decimal_multiply(figure, decimal_from(2), &figure_twice) &&
           decimal_compare(figure, twice) <= 0 && decimal_compare(exact, figure_twice) <= 0;
}

static bool is_figure(const struct reading_claims *reading, const struct stated *stated,
                      struct decimal figure)
{
    const struct claim_token *token = &reading->tokens.items[stated->at];
    return dq_amount(figure, token->number, token->unit, stated->nearness) == DQ_OK;
}

static void tell_amount(const struct reading_claims *reading, const struct stated *stated,
                        struct text right)
{
    struct arena *arena = reading->diags->arena;
    const struct claim_token *token = &reading->tokens.items[stated->at];
    diag(reading->diags, DIAG_AMOUNT_MISMATCH, reading->place,
         "'%s%.*s' is stated of '%.*s', but %.*s: write that figure, or say what else the number "
         "counts",
         token->is_money ? "£" : "", TEXT_ARG(token->raw),
         TEXT_ARG(text_quote(arena, stated->mention->row->label)), TEXT_ARG(right));
}

/* The figure that a number without a period would be: that of the job's period, where it is hidden
 * or missing none; but of a measure that has no such periods its latest. */
static bool knows_now(const struct mention *mention, const struct known_figures *known)
{
    bool has_such = (mention->row->now.markers & MARKER_CONFIDENTIAL) != 0;
    for (size_t i = 0; i < known->count; i++)
        has_such =
            has_such || period_is_as_long(known->items[i].period, mention->comparison->period);
    return mention->row->now.present || !has_such;
}

static void judge_value(const struct reading_claims *reading, const struct stated *stated)
{
    struct arena *arena = reading->diags->arena;
    struct known_figures known = claims_figures(arena, stated->mention);
    bool unknown = false;
    size_t of = period_behind(reading, stated, &known, &unknown);
    if (unknown || !known.count)
        return;
    for (size_t i = 0; i < known.count; i++)
        if ((of == SIZE_MAX || of == i) && is_figure(reading, stated, known.items[i].value.number))
            return;
    bool is_earlier = stated->role == ROLE_FROM || stated->role == ROLE_BEFORE;
    if (of == SIZE_MAX && is_earlier) {
        struct against against =
            claims_against(reading, stated->mention->comparison, stated->start, stated->end);
        size_t b = against.is_named ? against.b : 0;
        if (b < stated->mention->comparison->baselines.count)
            of = known_of(&known, stated->mention->comparison->baselines.items[b].period);
    }
    if (of == SIZE_MAX && (is_earlier || !knows_now(stated->mention, &known)))
        return;
    const struct known_figure *right = &known.items[of == SIZE_MAX ? 0 : of];
    if (is_about(right->value.number, &reading->tokens.items[stated->at]))
        tell_amount(reading, stated,
                    text_format(arena, "the figure is %.*s",
                                TEXT_ARG(known_text(arena, stated->mention, right))));
}

/* Against any of the earlier periods; of a percentage in points, which judge_percent() has not. */
static void judge_difference(const struct reading_claims *reading, const struct stated *stated)
{
    struct arena *arena = reading->diags->arena;
    const struct mention *mention = stated->mention;
    const struct compared *row = mention->row;
    struct against against =
        claims_against(reading, mention->comparison, stated->start, stated->end);
    struct decimal right = {0};
    size_t of = SIZE_MAX;
    for (size_t b = 0; b < mention->comparison->baselines.count && row->now.present; b++) {
        struct decimal difference;
        if ((against.is_named && b != against.b) || !row->before[b].present ||
            !decimal_subtract(row->now.number, row->before[b].number, &difference))
            continue;
        difference = decimal_sign(difference) < 0 ? decimal_negate(difference) : difference;
        if (is_figure(reading, stated, difference))
            return;
        of = of == SIZE_MAX ? b : of;
        right = of == b ? difference : right;
    }
    if (of == SIZE_MAX || !is_about(right, &reading->tokens.items[stated->at]))
        return;
    tell_amount(reading, stated,
                text_format(arena, "%.*s compared with %.*s in %.*s is a difference of %.*s",
                            TEXT_ARG(claims_value(arena, row, row->now)),
                            TEXT_ARG(claims_value(arena, row, row->before[of])),
                            TEXT_ARG(period_display(
                                arena, mention->comparison->baselines.items[of].period)),
                            TEXT_ARG(decimal_display(arena, right, row->places, DECIMAL_GROUPS))));
}

/* A percentage of a share, pounds of money, and a plain number of anything else. */
static bool is_of_kind(const struct claim_tokens *tokens, size_t at, const struct compared *row,
                       enum role role)
{
    static const char *const percentage[] = {"percentage"};
    const struct claim_token *token = &tokens->items[at];
    if (row->kind == KIND_PERCENT)
        return role == ROLE_DIFFERENCE
                   ? token->kind == TOKEN_NUMBER && IS_ONE_OF(tokens, at + 1, percentage)
                   : token->kind == TOKEN_PERCENT;
    return token->kind == TOKEN_NUMBER && token->is_money == (row->kind == KIND_MONEY) &&
           !IS_ONE_OF(tokens, at + 1, percentage);
}

void claims_amounts(struct reading_claims *reading)
{
    const struct claim_tokens *tokens = &reading->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        if (!is_number(tokens, i) || tokens->items[i].in_label || is_name_of_something(tokens, i) ||
            claim_is_no_statement(tokens, i))
            continue;
        struct stated stated = {
            .at = i, .start = claim_clause_start(tokens, i), .end = claim_clause_end(tokens, i)};
        stated.mention = claims_only(reading, stated.start, stated.end);
        if (!stated.mention ||
            !claims_against(reading, stated.mention->comparison, stated.start, stated.end).known)
            continue;
        stated.role = role_of(reading, &stated);
        if (stated.role == ROLE_NONE || !claims_speaks_of(reading, stated.mention, i) ||
            !is_of_kind(tokens, i, stated.mention->row, stated.role))
            continue;
        if (stated.role == ROLE_DIFFERENCE)
            judge_difference(reading, &stated);
        else
            judge_value(reading, &stated);
    }
}
