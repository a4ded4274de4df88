/*
 * claims - sentences against figures. A sentence is tied to a measure by its name (the longest that
 * fits), and to an earlier period by what it says of time; whatever cannot be tied is not judged.
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct reading_claims {
    struct diags *diags;
    const struct claims *claims;
    struct place place; /* of the sentence */
    struct claim_tokens tokens;
    struct mention *mentions;
    size_t mention_count, mention_capacity;
};

/* Which earlier period a sentence speaks of. */
struct against {
    bool known;    /* false: of another one, or of a shorter time than the figures are for */
    bool is_named; /* the sentence says which; else it may be any */
    size_t b;
};

/* ---- measures that are named ---- */

static struct mention *add_mention(struct reading_claims *reading, struct mention mention)
{
    reading->mentions = arena_grow(reading->diags->arena, reading->mentions, reading->mention_count,
                                   &reading->mention_capacity, sizeof mention);
    reading->mentions[reading->mention_count] = mention;
    return &reading->mentions[reading->mention_count++];
}

/* `whole`: words that stand for a total where nothing else is named. */
static void find_mentions(struct reading_claims *reading, bool whole)
{
    for (size_t at = 0; at < reading->tokens.count;) {
        struct mention mention = claims_mention(reading->claims, &reading->tokens, at, whole);
        if (!mention.row) {
            at++;
            continue;
        }
        add_mention(reading, mention);
        for (; at < mention.end; at++)
            reading->tokens.items[at].in_label = true;
    }
}

/* ---- when and where ---- */

/* A month, quarter or week: less than a year's figures are for. */
static bool is_short_time(const struct claim_tokens *tokens, size_t i)
{
    static const char *const words[] = {"month",   "months", "monthly", "quarter", "quarters",
                                        "qtr",     "week",   "weekly",  "weeks",   "day",
                                        "daily",   "q1",     "q2",      "q3",      "q4",
                                        "weekend", "summer", "winter",  "spring",  "autumn"};
    struct text raw = tokens->items[i].raw;
    bool month = raw.len > 2 && raw.ptr[0] >= 'A' && raw.ptr[0] <= 'Z' && month_number(raw) > 0 &&
                 (i > 0 || raw.len > 3) && tokens->items[i].kind == TOKEN_WORD;
    return month || claim_word_is(tokens, i, words, COUNT(words));
}

static bool is_elsewhere(const struct reading_claims *reading, struct text sentence)
{
    static const char *const wider[] = {"national", "nationally", "england",   "wales",
                                        "regional", "uk",         "elsewhere", "beat",
                                        "beats",    "ward",       "wards",     "parish",
                                        "parishes", "hotspot",    "hotspots",  "neighbourhoods"};
    for (size_t i = 0; i < reading->tokens.count; i++)
        if (claim_word_is(&reading->tokens, i, wider, COUNT(wider)))
            return true;
    for (size_t c = 0; c < reading->claims->count; c++) {
        const struct comparison *comparison = reading->claims->comparisons[c];
        const struct texts *areas = &comparison->dataset->areas;
        for (size_t a = 0; a < areas->count && areas->count > 1; a++)
            if (areas->items[a].len > 2 && a != comparison->where &&
                text_contains(sentence, areas->items[a]) &&
                !text_contains(comparison->area, areas->items[a]))
                return true;
    }
    return false;
}

/* The baseline of that period; its count when it is none, and the comparison's own with `own`. */
static size_t baseline_of(const struct comparison *comparison, struct period period, bool *own)
{
    size_t b = 0;
    *own = period_same(period, comparison->period);
    while (b < comparison->baselines.count &&
           !period_same(period, comparison->baselines.items[b].period))
        b++;
    return b;
}

static size_t last_before_covid(const struct comparison *comparison)
{
    const struct date covid = {2020, 4, 1};
    size_t b = 0;
    while (b < comparison->baselines.count &&
           date_compare(comparison->baselines.items[b].period.end, covid) >= 0)
        b++;
    return b;
}

/* As far as the tokens from `from` to before `to` say it. */
static struct against against_of(const struct reading_claims *reading,
                                 const struct comparison *comparison, size_t from, size_t to)
{
    static const char *const covid[] = {"pre-covid", "pre-covid-19", "pre-pandemic"};
    static const char *const last[] = {"last", "previous"};
    static const char *const year[] = {"year", "years"};
    struct arena *arena = reading->diags->arena;
    const struct claim_tokens *tokens = &reading->tokens;
    struct against against = {.known = comparison->baselines.count > 0};
    bool of_a_year = period_days(comparison->period) > 300;
    for (size_t i = from; i < to && against.known; i++) {
        const struct claim_token *token = &tokens->items[i];
        bool own = false, names_year = false;
        size_t b = 0;
        if (token->kind != TOKEN_BREAK && token->raw.len >= 4 && is_digit(token->raw.ptr[0]) &&
            is_digit(token->raw.ptr[3]) && (token->kind == TOKEN_WORD || token->raw.len == 4)) {
            struct period period = period_read(arena, token->raw);
            names_year = date_is_known(period.start);
            b = baseline_of(comparison, period, &own);
        } else if (claim_word_is(tokens, i, covid, COUNT(covid))) {
            names_year = true;
            b = last_before_covid(comparison);
        } else if (claim_word_is(tokens, i, last, COUNT(last)) &&
                   claim_word_is(tokens, i + 1, year, COUNT(year))) {
            names_year = true;
            b = baseline_of(comparison, period_previous(arena, comparison->period), &own);
        }
        against.known = !(of_a_year && is_short_time(tokens, i)) &&
                        (!names_year || own || b < comparison->baselines.count);
        if (names_year && !own && against.known && !against.is_named)
            against = (struct against){.known = true, .is_named = true, .b = b};
    }
    return against;
}

/* ---- what is found ---- */

static struct text shown(struct arena *arena, const struct compared *row, struct value value)
{
    return decimal_display(arena, value.number, row->places, DECIMAL_GROUPS);
}

/* "348 compared with 378 in 2020/21" */
static struct text figures_of(struct arena *arena, const struct mention *mention, size_t b)
{
    const struct compared *row = mention->row;
    return text_format(
        arena, "%.*s compared with %.*s in %.*s", TEXT_ARG(shown(arena, row, row->now)),
        TEXT_ARG(shown(arena, row, row->before[b])),
        TEXT_ARG(period_display(arena, mention->comparison->baselines.items[b].period)));
}

static const char *what_it_is(const struct compared *row, size_t b)
{
    int sign = decimal_compare(row->now.number, row->before[b].number);
    if (row->changes[b].status == CHANGE_BREAK_IN_SERIES)
        return "cannot be compared: there is a break in the series";
    if (row->changes[b].status == CHANGE_NOT_APPLICABLE)
        return "cannot be compared: the periods are not of one length";
    switch (row->judged[b].evidence) {
    case EVIDENCE_TOO_FEW:
        return "is too few to judge";
    case EVIDENCE_LITTLE_CHANGED:
        return "is little changed: it can easily be chance";
    case EVIDENCE_UNCERTAIN:
        return "does not show clearly whether there was a change";
    default:
        return sign > 0 ? "is a rise" : sign < 0 ? "is a fall" : "is the same";
    }
}

static void judge_direction(const struct reading_claims *reading, const struct mention *mention,
                            struct against against, size_t at, enum claim claim)
{
    const struct compared *row = mention->row;
    size_t b = against.b;
    bool is_unlike = row->changes[b].status == CHANGE_BREAK_IN_SERIES ||
                     row->changes[b].status == CHANGE_NOT_APPLICABLE;
    if (!row->now.present || !row->before[b].present ||
        (!is_unlike &&
         dq_claim(claim, row->judged[b].evidence, row->now.number, row->before[b].number) == DQ_OK))
        return;
    struct arena *arena = reading->diags->arena;
    diag(reading->diags, DIAG_CLAIM, reading->place,
         "'%.*s' is said of '%.*s', but %.*s %s: say what the figures are, or what they show",
         TEXT_ARG(reading->tokens.items[at].raw), TEXT_ARG(text_quote(arena, row->label)),
         TEXT_ARG(figures_of(arena, mention, b)), what_it_is(row, b));
}

/* How a percentage should read at the decimals that it is stated with. */
static bool right_percent(const struct compared *row, size_t b, unsigned places,
                          struct decimal *out)
{
    struct decimal difference, product;
    if (!row->now.present || !row->before[b].present || decimal_sign(row->before[b].number) <= 0 ||
        !decimal_subtract(row->now.number, row->before[b].number, &difference))
        return false;
    difference = decimal_sign(difference) < 0 ? decimal_negate(difference) : difference;
    return decimal_multiply(difference, decimal_from(100), &product) &&
           decimal_divide(product, row->before[b].number, places, out);
}

static void judge_percent(const struct reading_claims *reading, const struct mention *mention,
                          struct against against, size_t at)
{
    const struct compared *row = mention->row;
    const struct claim_token *token = &reading->tokens.items[at];
    struct decimal right = {0};
    bool known = false, matches = false;
    if (row->kind == KIND_PERCENT) /* a difference of these is in percentage points */
        return;
    for (size_t b = 0; b < mention->comparison->baselines.count; b++) {
        struct decimal exact;
        if ((against.is_named && b != against.b) ||
            !right_percent(row, b, token->percent.scale, &exact))
            continue;
        matches = matches || decimal_compare(exact, token->percent) == 0;
        right = known ? right : exact;
        against.b = known ? against.b : b;
        known = true;
    }
    if (!known || matches)
        return;
    struct arena *arena = reading->diags->arena;
    diag(reading->diags, DIAG_PERCENT_MISMATCH, reading->place,
         "'%.*s' is stated of '%.*s', but %.*s is %.*s%%: work it out from the "
         "figures, and round it once",
         TEXT_ARG(token->raw), TEXT_ARG(text_quote(arena, row->label)),
         TEXT_ARG(figures_of(arena, mention, against.b)), TEXT_ARG(decimal_text(arena, right)));
}

/* ---- what a word is about ---- */

/* The percentage that a word of direction goes with: "fell by 26%", "a 26% decrease". */
static size_t percent_of(const struct claim_tokens *tokens, size_t at)
{
    enum { AFTER = 3, BEFORE = 2 };
    for (size_t on = 1; on <= AFTER && at + on < tokens->count; on++)
        if (tokens->items[at + on].kind == TOKEN_PERCENT)
            return at + on;
    for (size_t back = 1; back <= BEFORE && back <= at; back++)
        if (tokens->items[at - back].kind == TOKEN_PERCENT)
            return at - back;
    return tokens->count;
}

static bool is_clause_end(const struct claim_tokens *tokens, size_t i)
{
    static const char *const words[] = {"but",     "while",  "whereas", "although",
                                        "however", "though", "despite", "whilst"};
    return tokens->items[i].kind == TOKEN_BREAK || claim_word_is(tokens, i, words, COUNT(words));
}

/* A word of direction, and how far what it says goes: from the one before it to the next. */
struct said {
    enum claim claim;
    size_t from, at, to;
};

static void judge_one(struct reading_claims *reading, struct mention *mention,
                      const struct said *said)
{
    struct against against = against_of(reading, mention->comparison, said->from, said->to);
    size_t percent = percent_of(&reading->tokens, said->at);
    mention->is_used = true;
    if (!against.known)
        return;
    judge_direction(reading, mention, against, said->at, said->claim);
    if (percent < reading->tokens.count && (said->claim == CLAIM_UP || said->claim == CLAIM_DOWN))
        judge_percent(reading, mention, against, percent);
}

/* A label and a fact of the same row are one. */
static bool is_named_before(const struct reading_claims *reading, size_t i, size_t from)
{
    for (size_t k = 0; k < i; k++)
        if (reading->mentions[k].row == reading->mentions[i].row &&
            reading->mentions[k].first >= from)
            return true;
    return false;
}

/* The measures named between two tokens that nothing was said of yet; how many there were. */
static size_t judge_between(struct reading_claims *reading, size_t from, size_t to,
                            const struct said *said)
{
    size_t judged = 0;
    for (size_t i = 0; i < reading->mention_count; i++) {
        struct mention *mention = &reading->mentions[i];
        if (mention->first < from || mention->end > to || mention->is_used ||
            is_named_before(reading, i, from))
            continue;
        judge_one(reading, mention, said);
        judged++;
    }
    return judged;
}

/* "a decrease in burglary, back to pre-covid levels": of the measure named last. */
static void judge_last(struct reading_claims *reading, const struct said *said)
{
    struct mention *last = NULL;
    for (size_t i = 0; i < reading->mention_count; i++)
        if (reading->mentions[i].end <= said->at)
            last = &reading->mentions[i];
    if (last)
        judge_one(reading, last, said);
}

static size_t clause_start(const struct claim_tokens *tokens, size_t at)
{
    while (at > 0 && !is_clause_end(tokens, at - 1))
        at--;
    return at;
}

/* Up to the next word of direction, or the end of the clause. */
static size_t clause_rest(const struct claim_tokens *tokens, size_t at)
{
    for (at++; at < tokens->count && !is_clause_end(tokens, at); at++)
        if (claim_at(tokens, at) != CLAIM_NONE)
            break;
    return at;
}

static void judge_word(struct reading_claims *reading, const struct said *said)
{
    size_t start = clause_start(&reading->tokens, said->at);
    size_t end = clause_rest(&reading->tokens, said->at);
    start = said->from > start ? said->from : start;
    bool next = claim_is_about_next(&reading->tokens, said->at);
    size_t judged = next ? judge_between(reading, said->at, end, said)
                         : judge_between(reading, start, said->at, said);
    if (!judged)
        judged = next ? judge_between(reading, start, said->at, said)
                      : judge_between(reading, said->at, end, said);
    if (!judged && said->claim == CLAIM_SAME)
        judge_last(reading, said);
}

static void judge_sentence(struct diags *diags, const struct claims *claims, struct text sentence,
                           struct place place)
{
    struct reading_claims reading = {.diags = diags, .claims = claims, .place = place};
    if (dq_wording(sentence) != DQ_OK)
        diag(diags, DIAG_DOUBLE_NEGATIVE, place,
             "a minus sign stands beside a word that says the direction already: write 'a decrease "
             "of 27%%', without the sign");
    reading.tokens = claim_tokens(diags->arena, sentence);
    bool says = false;
    for (size_t i = 0; i < reading.tokens.count; i++)
        says = says || claim_at(&reading.tokens, i) != CLAIM_NONE;
    if (!says || text_ends(sentence, TEXT("?")) || is_elsewhere(&reading, sentence))
        return;
    find_mentions(&reading, false);
    if (!reading.mention_count)
        find_mentions(&reading, true);
    size_t last = 0;
    for (size_t i = 0; i < reading.tokens.count && reading.mention_count; i++) {
        enum claim claim = claim_at(&reading.tokens, i);
        if (claim == CLAIM_NONE)
            continue;
        struct said said = {.claim = claim, .from = last, .at = i, .to = i + 1};
        while (said.to < reading.tokens.count && claim_at(&reading.tokens, said.to) == CLAIM_NONE)
            said.to++;
        judge_word(&reading, &said);
        last = i + 1;
    }
}

/* ---- sentences ---- */

/* A full stop with a space or the end behind it; a blank line; a line that begins an item. */
static bool ends_sentence(struct text t, size_t at)
{
    char c = t.ptr[at], next = at + 1 < t.len ? t.ptr[at + 1] : '\n';
    if (c == '.' || c == '!' || c == '?')
        return next == ' ' || next == '\n' || next == '\r';
    return c == '\n' && (next == '\n' || next == '\r' || strchr("-*+>#|!0123456789", next));
}

/* Headings name, and what is placed is no sentence. */
static bool is_statement(struct text sentence)
{
    return sentence.len && !text_starts(sentence, TEXT("#")) && !text_starts(sentence, TEXT("!["));
}

void check_claims(struct diags *diags, const struct claims *claims, struct text words,
                  struct place place)
{
    bool has_lines = place.line && !place.column;
    size_t from = 0, counted = 0;
    for (size_t i = 0; i < words.len; i++) {
        if (i + 1 < words.len && !ends_sentence(words, i))
            continue;
        struct text sentence = text_trim(text_slice(words, from, i + 1));
        size_t start = sentence.len ? (size_t)(sentence.ptr - words.ptr) : i;
        for (; has_lines && counted < start; counted++)
            place.line += words.ptr[counted] == '\n';
        if (is_statement(sentence))
            judge_sentence(diags, claims, sentence, place);
        from = i + 1;
    }
}
