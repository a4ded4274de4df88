/*
 * claims - sentences against figures. A sentence is tied to a measure by its name (the longest that
 * fits), and to an earlier period by what it says of time; whatever cannot be tied is not judged.
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

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

/* ---- what is found ---- */

struct text claims_value(struct arena *arena, const struct compared *row, struct value value)
{
    unsigned places = value.number.scale > row->places ? value.number.scale : row->places;
    return text_format(arena, "%s%.*s%s", row->kind == KIND_MONEY ? "£" : "",
                       TEXT_ARG(decimal_display(arena, value.number, places, DECIMAL_GROUPS)),
                       row->kind == KIND_PERCENT ? "%" : "");
}

/* "348 compared with 378 in 2020/21" */
static struct text figures_of(struct arena *arena, const struct mention *mention, size_t b)
{
    const struct compared *row = mention->row;
    return text_format(
        arena, "%.*s compared with %.*s in %.*s", TEXT_ARG(claims_value(arena, row, row->now)),
        TEXT_ARG(claims_value(arena, row, row->before[b])),
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

/* "improved" is up or down by the measure's polarity; nothing where nobody said which is good. */
static enum claim claim_of_measure(enum claim claim, const struct compared *row)
{
    if (claim != CLAIM_IMPROVED && claim != CLAIM_WORSENED)
        return claim;
    enum polarity polarity = row->measure ? row->measure->target.polarity : POLARITY_NONE;
    if (polarity != POLARITY_HIGH && polarity != POLARITY_LOW)
        return CLAIM_NONE;
    return (claim == CLAIM_IMPROVED) == (polarity == POLARITY_HIGH) ? CLAIM_UP : CLAIM_DOWN;
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

/* By how much a row changed, without its sign; of a percentage and not `in_points`, in per cent. */
static bool right_change(const struct compared *row, size_t b, bool in_points, unsigned places,
                         struct decimal *out)
{
    struct decimal difference, product;
    if (!row->now.present || !row->before[b].present ||
        !decimal_subtract(row->now.number, row->before[b].number, &difference))
        return false;
    difference = decimal_sign(difference) < 0 ? decimal_negate(difference) : difference;
    if (in_points)
        return decimal_round(difference, places, out);
    return decimal_sign(row->before[b].number) > 0 &&
           decimal_multiply(difference, decimal_from(100), &product) &&
           decimal_divide(product, row->before[b].number, places, out);
}

/* What a percentage should be against the period that is named, else against the first: true when
 * it is that against any of them. */
static bool percent_matches(const struct mention *mention, struct against *against,
                            struct decimal stated, bool in_points, struct decimal *right)
{
    bool known = false;
    for (size_t b = 0; b < mention->comparison->baselines.count; b++) {
        struct decimal exact;
        if ((against->is_named && b != against->b) ||
            !right_change(mention->row, b, in_points, stated.scale, &exact))
            continue;
        if (decimal_compare(exact, stated) == 0)
            return true;
        *right = known ? *right : exact;
        against->b = known ? against->b : b;
        known = true;
    }
    return !known;
}

/* "rose by 5%", of a share that rose from 70% to 75% (statistics.md 0.2) */
static void judge_points(const struct reading_claims *reading, const struct mention *mention,
                         struct against against, const struct claim_token *token)
{
    struct arena *arena = reading->diags->arena;
    struct against in_percent = against;
    struct decimal right = {0}, points = {0};
    if (percent_matches(mention, &in_percent, token->number, false, &right))
        return;
    bool is_points = percent_matches(mention, &against, token->number, true, &points);
    diag(reading->diags, DIAG_PERCENT_MISMATCH, reading->place,
         "'%.*s' is stated of '%.*s', but %.*s is a change of %.*s percentage points (%.*s%%): the "
         "difference of two percentages is in percentage points",
         TEXT_ARG(token->raw), TEXT_ARG(text_quote(arena, mention->row->label)),
         TEXT_ARG(figures_of(arena, mention, in_percent.b)),
         TEXT_ARG(decimal_text(arena, is_points ? token->number : points)),
         TEXT_ARG(decimal_text(arena, right)));
}

static void judge_percent(const struct reading_claims *reading, const struct mention *mention,
                          struct against against, size_t at)
{
    const struct compared *row = mention->row;
    const struct claim_token *token = &reading->tokens.items[at];
    struct arena *arena = reading->diags->arena;
    struct decimal right = {0};
    if (row->kind == KIND_PERCENT)
        judge_points(reading, mention, against, token);
    else if (!percent_matches(mention, &against, token->number, false, &right))
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
    static const char *const value[] = {"from", "to"}; /* "rose to 72%" */
    for (size_t on = 1; on <= AFTER && at + on < tokens->count; on++)
        if (tokens->items[at + on].kind == TOKEN_PERCENT)
            return claim_word_is(tokens, at + on - 1, value, COUNT(value)) ? tokens->count
                                                                           : at + on;
    for (size_t back = 1; back <= BEFORE && back <= at; back++)
        if (tokens->items[at - back].kind == TOKEN_PERCENT)
            return at - back;
    return tokens->count;
}

bool claim_is_clause_end(const struct claim_tokens *tokens, size_t i)
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
    struct against against = claims_against(reading, mention->comparison, said->from, said->to);
    size_t percent = percent_of(&reading->tokens, said->at);
    enum claim claim = claim_of_measure(said->claim, mention->row);
    mention->is_used = true;
    if (!claims_speaks_of(reading, mention, said->at) || !against.known || claim == CLAIM_NONE)
        return;
    judge_direction(reading, mention, against, said->at, claim);
    if (percent < reading->tokens.count && (claim == CLAIM_UP || claim == CLAIM_DOWN))
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

size_t claim_clause_start(const struct claim_tokens *tokens, size_t at)
{
    while (at > 0 && !claim_is_clause_end(tokens, at - 1))
        at--;
    return at;
}

size_t claim_clause_end(const struct claim_tokens *tokens, size_t at)
{
    while (at < tokens->count && !claim_is_clause_end(tokens, at))
        at++;
    return at;
}

const struct mention *claims_only(const struct reading_claims *reading, size_t from, size_t to)
{
    const struct mention *only = NULL;
    for (size_t i = 0; i < reading->mention_count; i++) {
        const struct mention *mention = &reading->mentions[i];
        if (mention->first < from || mention->end > to)
            continue;
        if (only && only->row != mention->row)
            return NULL;
        only = mention;
    }
    return only;
}

/* Up to the next word of direction, or the end of the clause. */
static size_t clause_rest(const struct claim_tokens *tokens, size_t at)
{
    for (at++; at < tokens->count && !claim_is_clause_end(tokens, at); at++)
        if (claim_at(tokens, at) != CLAIM_NONE)
            break;
    return at;
}

static void judge_word(struct reading_claims *reading, const struct said *said)
{
    size_t start = claim_clause_start(&reading->tokens, said->at);
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

static void judge_directions(struct reading_claims *reading)
{
    size_t last = 0;
    for (size_t i = 0; i < reading->tokens.count; i++) {
        enum claim claim = claim_at(&reading->tokens, i);
        if (claim == CLAIM_NONE)
            continue;
        struct said said = {.claim = claim, .from = last, .at = i, .to = i + 1};
        while (said.to < reading->tokens.count && claim_at(&reading->tokens, said.to) == CLAIM_NONE)
            said.to++;
        judge_word(reading, &said);
        last = i + 1;
    }
}

/* What is said of other places is not held against the area's figures, but what stands beside
 * another area is. */
static void judge_sentence(struct diags *diags, const struct claims *claims, struct text sentence,
                           struct place place)
{
    struct reading_claims reading = {
        .diags = diags, .claims = claims, .place = place, .sentence = sentence};
    if (dq_wording(sentence) != DQ_OK)
        diag(diags, DIAG_DOUBLE_NEGATIVE, place,
             "a minus sign stands beside a word that says the direction already: write 'a decrease "
             "of 27%%', without the sign");
    reading.tokens = claim_tokens(diags->arena, sentence);
    if (text_ends(sentence, TEXT("?")))
        return;
    find_mentions(&reading, false);
    if (!reading.mention_count)
        find_mentions(&reading, true);
    if (!reading.mention_count)
        return;
    claims_benchmarks(&reading);
    claims_few(&reading);
    if (claims_elsewhere(&reading))
        return;
    judge_directions(&reading);
    claims_ranks(&reading);
    claims_shares(&reading);
    claims_amounts(&reading);
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
