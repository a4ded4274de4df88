/* claims_words - which words say that a figure rose, fell or stayed, and which only look like it.
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define IS_ONE_OF(tokens, i, words) claim_word_is(tokens, i, words, COUNT(words))

/* ---- tokens ---- */

static struct text stem(struct arena *arena, struct text word)
{
    if (word.len > 4 && text_ends(word, TEXT("ies")))
        return text_concat(arena, text_slice(word, 0, word.len - 3), TEXT("y"));
    if (word.len > 3 && text_ends(word, TEXT("s")) && !text_ends(word, TEXT("ss")))
        return text_slice(word, 0, word.len - 1);
    return word;
}

static bool is_word_byte(char c)
{
    return is_letter(c) || is_digit(c) || (unsigned char)c >= 0xC0 ||
           ((unsigned char)c & 0xC0) == 0x80;
}

/* "2021/22", "pre-covid", "1,234.5" and "year’s" are one word. */
static size_t word_end(struct text t, size_t at)
{
    while (at < t.len) {
        bool joins =
            strchr("/-'.,", t.ptr[at]) && at + 1 < t.len && is_word_byte(t.ptr[at + 1]) &&
            (strchr("/-'", t.ptr[at]) || (is_digit(t.ptr[at + 1]) && is_digit(t.ptr[at - 1])));
        if (!is_word_byte(t.ptr[at]) && !joins)
            break;
        at++;
    }
    return at;
}

static struct claim_token *add_token(struct arena *arena, struct claim_tokens *tokens,
                                     enum claim_token_kind kind, struct text raw)
{
    tokens->items =
        arena_grow(arena, tokens->items, tokens->count, &tokens->capacity, sizeof *tokens->items);
    struct claim_token *token = &tokens->items[tokens->count++];
    *token = (struct claim_token){.kind = kind, .raw = raw, .word = TEXT_EMPTY};
    return token;
}

/* The end of "%", " per cent" or " percent" behind a number; `at` when there is none. */
static size_t percent_end(struct text t, size_t at)
{
    static const struct text words[] = {TEXT_INIT("%"), TEXT_INIT(" %"), TEXT_INIT(" per cent"),
                                        TEXT_INIT(" percent")};
    struct text rest = text_slice(t, at, t.len);
    for (size_t i = 0; i < COUNT(words); i++)
        if (text_starts(rest, words[i]) &&
            !text_starts(text_slice(rest, words[i].len, rest.len), TEXT("age")))
            return at + words[i].len;
    return at;
}

static struct decimal plain_number(struct text raw, bool *ok)
{
    struct decimal number = {0};
    char digits[32];
    size_t count = 0;
    for (size_t i = 0; i < raw.len && count < sizeof digits; i++)
        if (raw.ptr[i] != ',')
            digits[count++] = raw.ptr[i];
    *ok = decimal_parse((struct text){digits, count}, &number);
    return number;
}

/* How much of `t` from `at` on is a number with its unit ("36k", "1.2 million"); 0: it is none. */
static size_t number_end(struct text t, size_t at, struct claim_token *out)
{
    static const struct {
        struct text word;
        int64_t times;
    } units[] = {{TEXT_INIT("k"), 1000},
                 {TEXT_INIT("K"), 1000},
                 {TEXT_INIT("m"), 1000000},
                 {TEXT_INIT("bn"), 1000000000},
                 {TEXT_INIT(" thousand"), 1000},
                 {TEXT_INIT(" million"), 1000000},
                 {TEXT_INIT(" billion"), 1000000000}};
    bool is_number = false;
    size_t end = at;
    while (end < t.len &&
           (is_digit(t.ptr[end]) || (strchr(".,", t.ptr[end]) && is_digit(char_at(t, end + 1)))))
        end++;
    out->number = plain_number(text_slice(t, at, end), &is_number);
    out->unit = decimal_from(1);
    for (size_t i = 0; i < COUNT(units) && end > at; i++) {
        size_t after = end + units[i].word.len;
        if (!text_starts(text_slice(t, end, t.len), units[i].word) ||
            (after < t.len && is_word_byte(t.ptr[after])))
            continue;
        out->unit = decimal_from(units[i].times);
        end = after;
        break;
    }
    return is_number ? end : 0;
}

static size_t add_word(struct arena *arena, struct claim_tokens *tokens, struct text t, size_t at)
{
    struct claim_token number = {0};
    size_t end = word_end(t, at), number_to = is_digit(t.ptr[at]) ? number_end(t, at, &number) : 0;
    size_t after = percent_end(t, end);
    bool is_number = number_to >= end;
    end = is_number ? number_to : end;
    bool is_percent = is_number && after > end;
    enum claim_token_kind kind = is_percent ? TOKEN_PERCENT : is_number ? TOKEN_NUMBER : TOKEN_WORD;
    end = is_percent ? after : end;
    struct text raw = text_slice(t, at, end);
    struct claim_token *token = add_token(arena, tokens, kind, raw);
    token->word = stem(arena, text_lower(arena, raw));
    token->number = number.number;
    token->unit = number.unit;
    token->is_money = text_ends(text_slice(t, 0, at), TEXT("£"));
    return end;
}

/* "{{crime.burglary.now | number}}": its name. */
static size_t add_fact(struct arena *arena, struct claim_tokens *tokens, struct text t, size_t at)
{
    size_t end = at + 2;
    while (end < t.len && !text_starts(text_slice(t, end, t.len), TEXT("}}")))
        end++;
    struct text name = text_slice(t, at + 2, end);
    add_token(arena, tokens, TOKEN_FACT, text_trim(text_slice(name, 0, text_find(name, '|', 0))));
    return end + 2 < t.len ? end + 2 : t.len;
}

struct claim_tokens claim_tokens(struct arena *arena, struct text t)
{
    struct claim_tokens tokens = {0};
    bool after_comma = false;
    for (size_t at = 0; at < t.len;) {
        size_t before = tokens.count;
        if (text_starts(text_slice(t, at, t.len), TEXT("{{")))
            at = add_fact(arena, &tokens, t, at);
        else if (is_letter(t.ptr[at]) || is_digit(t.ptr[at]))
            at = add_word(arena, &tokens, t, at);
        else {
            if (t.ptr[at] == ';')
                add_token(arena, &tokens, TOKEN_BREAK, text_slice(t, at, at + 1));
            after_comma = after_comma || strchr(",:()", t.ptr[at]);
            at++;
        }
        if (tokens.count > before) {
            tokens.items[before].after_comma = after_comma;
            after_comma = false;
        }
    }
    return tokens;
}

/* ---- what words say ---- */

bool claim_word_is(const struct claim_tokens *tokens, size_t i, const char *const *words,
                   size_t count)
{
    if (i >= tokens->count || tokens->items[i].kind != TOKEN_WORD || tokens->items[i].in_label)
        return false;
    for (size_t w = 0; w < count; w++)
        if (text_same_name(tokens->items[i].raw, text_from(words[w])))
            return true;
    return false;
}

enum use {
    USE_PAST,   /* "rose", "has fallen" */
    USE_NOUN,   /* "a rise", and the verb that only "continued to" makes a claim */
    USE_GERUND, /* "is falling", "an impact on reducing" */
    USE_ADVERB, /* "up by 12", "is down" */
    USE_THAN,   /* "lower than last year" */
    USE_STATE,  /* "unchanged" */
    USE_JUDGED, /* "improved": of the measure before it, not "improved lighting" */
    USE_DENIED, /* "no change" */
};

static const struct lexeme {
    const char *word;
    enum claim claim;
    enum use use;
} lexicon[] = {
    {"rose", CLAIM_UP, USE_PAST},
    {"risen", CLAIM_UP, USE_PAST},
    {"rise", CLAIM_UP, USE_NOUN},
    {"rises", CLAIM_UP, USE_NOUN},
    {"rising", CLAIM_UP, USE_GERUND},
    {"increased", CLAIM_UP, USE_PAST},
    {"increase", CLAIM_UP, USE_NOUN},
    {"increases", CLAIM_UP, USE_NOUN},
    {"increasing", CLAIM_UP, USE_GERUND},
    {"grew", CLAIM_UP, USE_PAST},
    {"grown", CLAIM_UP, USE_PAST},
    {"growth", CLAIM_UP, USE_NOUN},
    {"growing", CLAIM_UP, USE_GERUND},
    {"climbed", CLAIM_UP, USE_PAST},
    {"fell", CLAIM_DOWN, USE_PAST},
    {"fallen", CLAIM_DOWN, USE_PAST},
    {"fall", CLAIM_DOWN, USE_NOUN},
    {"falling", CLAIM_DOWN, USE_GERUND},
    {"decreased", CLAIM_DOWN, USE_PAST},
    {"decrease", CLAIM_DOWN, USE_NOUN},
    {"decreases", CLAIM_DOWN, USE_NOUN},
    {"decreasing", CLAIM_DOWN, USE_GERUND},
    {"declined", CLAIM_DOWN, USE_PAST},
    {"decline", CLAIM_DOWN, USE_NOUN},
    {"declines", CLAIM_DOWN, USE_NOUN},
    {"declining", CLAIM_DOWN, USE_GERUND},
    {"dropped", CLAIM_DOWN, USE_PAST},
    {"drop", CLAIM_DOWN, USE_NOUN},
    {"dropping", CLAIM_DOWN, USE_GERUND},
    {"reduced", CLAIM_DOWN, USE_PAST},
    {"reduction", CLAIM_DOWN, USE_NOUN},
    {"reductions", CLAIM_DOWN, USE_NOUN},
    {"reducing", CLAIM_DOWN, USE_GERUND},
    {"doubled", CLAIM_DOUBLED, USE_PAST},
    {"halved", CLAIM_HALVED, USE_PAST},
    {"up", CLAIM_UP, USE_ADVERB},
    {"down", CLAIM_DOWN, USE_ADVERB},
    {"higher", CLAIM_UP, USE_THAN},
    {"more", CLAIM_UP, USE_THAN},
    {"greater", CLAIM_UP, USE_THAN},
    {"lower", CLAIM_DOWN, USE_THAN},
    {"fewer", CLAIM_DOWN, USE_THAN},
    {"less", CLAIM_DOWN, USE_THAN},
    {"unchanged", CLAIM_SAME, USE_STATE},
    {"stable", CLAIM_SAME, USE_STATE},
    {"steady", CLAIM_SAME, USE_STATE},
    {"same", CLAIM_SAME, USE_THAN},
    {"similar", CLAIM_SAME, USE_THAN},
    {"back", CLAIM_SAME, USE_THAN},
    {"returned", CLAIM_SAME, USE_THAN},
    {"soared", CLAIM_UP, USE_PAST},
    {"surged", CLAIM_UP, USE_PAST},
    {"jumped", CLAIM_UP, USE_PAST},
    {"rocketed", CLAIM_UP, USE_PAST},
    {"trebled", CLAIM_TREBLED, USE_PAST},
    {"tripled", CLAIM_TREBLED, USE_PAST},
    {"upward", CLAIM_UP, USE_STATE},
    {"upwards", CLAIM_UP, USE_STATE},
    {"plummeted", CLAIM_DOWN, USE_PAST},
    {"plunged", CLAIM_DOWN, USE_PAST},
    {"tumbled", CLAIM_DOWN, USE_PAST},
    {"slumped", CLAIM_DOWN, USE_PAST},
    {"shrank", CLAIM_DOWN, USE_PAST},
    {"shrunk", CLAIM_DOWN, USE_PAST},
    {"dipped", CLAIM_DOWN, USE_PAST},
    {"lessened", CLAIM_DOWN, USE_PAST},
    {"improved", CLAIM_IMPROVED, USE_JUDGED},
    {"improving", CLAIM_IMPROVED, USE_JUDGED},
    {"worsened", CLAIM_WORSENED, USE_JUDGED},
    {"worsening", CLAIM_WORSENED, USE_JUDGED},
    {"deteriorated", CLAIM_WORSENED, USE_JUDGED},
    {"change", CLAIM_NO_CHANGE, USE_DENIED},
    {"downward", CLAIM_DOWN, USE_STATE},
    {"downwards", CLAIM_DOWN, USE_STATE},
};

static const struct lexeme *lexeme_of(const struct claim_tokens *tokens, size_t i)
{
    for (size_t w = 0; w < COUNT(lexicon); w++)
        if (claim_word_is(tokens, i, &lexicon[w].word, 1))
            return &lexicon[w];
    return NULL;
}

/* One of the words is among the `reach` tokens before `i`. */
static bool is_before(const struct claim_tokens *tokens, size_t i, size_t reach,
                      const char *const *words, size_t count)
{
    for (size_t back = 1; back <= reach && back <= i; back++)
        if (claim_word_is(tokens, i - back, words, count))
            return true;
    return false;
}

static bool is_after(const struct claim_tokens *tokens, size_t i, size_t reach,
                     const char *const *words, size_t count)
{
    for (size_t on = 1; on <= reach; on++)
        if (claim_word_is(tokens, i + on, words, count))
            return true;
    return false;
}

bool claim_is_no_statement(const struct claim_tokens *tokens, size_t i)
{
    static const char *const denied[] = {"not",     "no",     "never",  "neither",
                                         "without", "cannot", "didn't", "hasn't",
                                         "haven't", "if",     "whether"};
    static const char *const wanted[] = {
        "aim",       "aims",     "aimed",     "target",   "targets",  "will",      "would",
        "should",    "could",    "can",       "may",      "might",    "must",      "expected",
        "expect",    "forecast", "objective", "priority", "intended", "hope",      "hoped",
        "planned",   "want",     "wants",     "seek",     "seeks",    "ambition",  "designed",
        "help",      "helps",    "means",     "defined",  "achieve",  "achieving", "towards",
        "potential", "goal",     "require",   "requires", "purpose",  "commit",    "committed"};
    static const char *const next[] = {"target", "targets", "goal", "aim"};
    static const char *const means[] = {"means", "mean", "defined"};
    return is_before(tokens, i, 3, denied, COUNT(denied)) ||
           is_before(tokens, i, 6, wanted, COUNT(wanted)) || IS_ONE_OF(tokens, i + 1, next) ||
           is_after(tokens, i, 6, means, COUNT(means));
}

/* What figures of another year are: a year, or what was published of it. */
static bool compares_periods(const struct claim_tokens *tokens, size_t i)
{
    static const char *const times[] = {"last",         "previous", "before", "earlier",
                                        "pre-covid",    "level",    "levels", "year",
                                        "pre-pandemic", "prior",    "ago",    "period"};
    static const char *const others[] = {"average", "target", "england", "national", "expected"};
    if (is_after(tokens, i, 5, others, COUNT(others)))
        return false;
    for (size_t on = 1; on <= 5 && i + on < tokens->count; on++)
        if (is_digit(tokens->items[i + on].raw.ptr[0]) && tokens->items[i + on].kind == TOKEN_WORD)
            return true; /* "2019/20" */
    return is_after(tokens, i, 5, times, COUNT(times));
}

static bool is_adverb_of_change(const struct claim_tokens *tokens, size_t i)
{
    static const char *const verbs[] = {"is",   "are",  "was",  "were", "went",
                                        "gone", "been", "came", "come"};
    static const char *const links[] = {"by", "from", "on"};
    static const char *const makes[] = {"makes", "make", "made", "making"}; /* … up a third */
    size_t next = IS_ONE_OF(tokens, i + 1, links) ? i + 2 : i + 1;
    if (is_before(tokens, i, 1, makes, COUNT(makes)))
        return false;
    bool number = next < tokens->count && (tokens->items[next].kind == TOKEN_PERCENT ||
                                           tokens->items[next].kind == TOKEN_NUMBER ||
                                           tokens->items[next].kind == TOKEN_FACT);
    return number || (IS_ONE_OF(tokens, i + 1, links) && compares_periods(tokens, i + 1)) ||
           (is_before(tokens, i, 1, verbs, COUNT(verbs)) && i + 1 == tokens->count);
}

/* "is falling", "an impact on reducing crime"; but not "falling standards". */
static bool is_gerund_of_change(const struct claim_tokens *tokens, size_t i)
{
    static const char *const is[] = {"is",    "are",       "was",       "were", "been",
                                     "keeps", "continues", "continued", "still"};
    static const char *const effect[] = {"impact", "success", "succeeded", "effective",
                                         "successful"};
    return is_before(tokens, i, 1, is, COUNT(is)) || is_before(tokens, i, 2, effect, COUNT(effect));
}

/* "crime reduction schemes": between a name and what it is of. */
static bool is_of_a_name(const struct claim_tokens *tokens, size_t i)
{
    static const char *const links[] = {"in",   "of",   "on",   "from", "by",  "since", "was",
                                        "is",   "has",  "this", "last", "and", "over",  "compared",
                                        "were", "here", "with", "to",   "at",  "during"};
    return i > 0 && tokens->items[i - 1].in_label && i + 1 < tokens->count &&
           tokens->items[i + 1].kind == TOKEN_WORD && !IS_ONE_OF(tokens, i + 1, links) &&
           !is_digit(tokens->items[i + 1].raw.ptr[0]);
}

/* "continued to decline" is said; "to increase" is wanted. "Reductions of fear" names an aim. */
static bool is_noun_of_change(const struct claim_tokens *tokens, size_t i)
{
    static const char *const to[] = {"to"};
    static const char *const go_on[] = {"continue", "continues", "continued"};
    static const char *const kinds[] = {"price", "term", "risk"};
    if (is_before(tokens, i, 1, kinds, COUNT(kinds)))
        return false;
    struct text raw = tokens->items[i].raw;
    static const char *const in[] = {"in"}; /* "Decreases in burglary" is no title of an aim */
    bool is_title = i == 0 || (raw.ptr[0] >= 'A' && raw.ptr[0] <= 'Z');
    if (!is_before(tokens, i, 1, to, COUNT(to)))
        return (!is_title || (text_ends(raw, TEXT("s")) && IS_ONE_OF(tokens, i + 1, in))) &&
               !is_of_a_name(tokens, i);
    return is_before(tokens, i, 2, go_on, COUNT(go_on));
}

/* "Burglary is lower", "remained the same", at the end of what is said. */
static bool is_predicate(const struct claim_tokens *tokens, size_t i)
{
    static const char *const words[] = {"lower", "higher", "fewer", "same", "similar"};
    static const char *const verbs[] = {"is",     "are",      "was",    "were",
                                        "stayed", "remained", "remains"};
    return i + 1 == tokens->count && IS_ONE_OF(tokens, i, words) &&
           is_before(tokens, i, 2, verbs, COUNT(verbs));
}

/* "lower than last year", "the same as in 2019/20", "back to pre-covid levels" */
static bool is_comparison(const struct claim_tokens *tokens, size_t i, enum claim claim)
{
    static const char *const links[] = {"than", "as", "to"};
    size_t link = i + 1;
    while (link < tokens->count && link < i + 3 && !IS_ONE_OF(tokens, link, links))
        link++;
    bool exact = claim == CLAIM_SAME ? link == i + 1 || link == i + 2 : link < i + 3;
    return exact && IS_ONE_OF(tokens, link, links) && compares_periods(tokens, link);
}

/* "Breastfeeding has improved", "… improved from 70% to 74%"; but not "improved lighting". */
static bool is_judged(const struct claim_tokens *tokens, size_t i)
{
    static const char *const before[] = {"has",      "have",      "had",           "is",
                                         "are",      "also",      "significantly", "clearly",
                                         "slightly", "continued", "further"};
    static const char *const after[] = {"from", "by",   "on",   "since", "compared", "between",
                                        "and",  "this", "last", "over",  "in",       "to"};
    bool behind_name =
        i > 0 && (tokens->items[i - 1].in_label || is_before(tokens, i, 1, before, COUNT(before)));
    return behind_name && (i + 1 == tokens->count || tokens->items[i + 1].kind != TOKEN_WORD ||
                           IS_ONE_OF(tokens, i + 1, after));
}

/* "no change in", "no change on last year"; but not "no clear change", nor "no change of use". */
static bool is_denied_change(const struct claim_tokens *tokens, size_t i)
{
    static const char *const no[] = {"no"};
    static const char *const links[] = {"in", "on", "from", "since", "compared", "between"};
    return is_before(tokens, i, 1, no, COUNT(no)) &&
           (i + 1 == tokens->count || IS_ONE_OF(tokens, i + 1, links));
}

enum claim claim_at(const struct claim_tokens *tokens, size_t i)
{
    const struct lexeme *lexeme = lexeme_of(tokens, i);
    bool says = false;
    if (!lexeme || (lexeme->use != USE_DENIED && claim_is_no_statement(tokens, i)))
        return CLAIM_NONE;
    switch (lexeme->use) {
    case USE_PAST:
    case USE_STATE:
        says = true;
        break;
    case USE_NOUN:
        says = is_noun_of_change(tokens, i);
        break;
    case USE_GERUND:
        says = is_gerund_of_change(tokens, i);
        break;
    case USE_ADVERB:
        says = is_adverb_of_change(tokens, i);
        break;
    case USE_THAN:
        says = is_comparison(tokens, i, lexeme->claim) || is_predicate(tokens, i);
        break;
    case USE_JUDGED:
        says = is_judged(tokens, i);
        break;
    case USE_DENIED:
        says = is_denied_change(tokens, i);
        break;
    }
    return says ? lexeme->claim : CLAIM_NONE;
}

bool claim_is_about_next(const struct claim_tokens *tokens, size_t i)
{
    static const char *const links[] = {"in", "of"};
    const struct lexeme *lexeme = lexeme_of(tokens, i);
    if (!lexeme)
        return false;
    return lexeme->use == USE_GERUND ? !is_before(tokens, i, 1, (const char *[]){"is", "are"}, 2)
                                     : (lexeme->use == USE_NOUN || lexeme->use == USE_DENIED) &&
                                           IS_ONE_OF(tokens, i + 1, links);
}
