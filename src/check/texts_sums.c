/*
 * texts_sums - what a sentence adds up itself: "18 + 42 = 60", "47 homes: 16 new and 31 let", "3
 * and 4, a total of 7". Numbers that may count different things are left alone.
 */
#include "check/texts_int.h"

#include <string.h>

enum { TERMS_MAX = 12, WORDS_OF_TERM = 4 };

struct terms {
    size_t token[TERMS_MAX];
    char sign[TERMS_MAX]; /* before the term: '+', '-' or 'x' */
    size_t count;
};

static bool add_term(struct terms *terms, size_t token, char sign)
{
    if (terms->count == TERMS_MAX)
        return false;
    terms->token[terms->count] = token;
    terms->sign[terms->count++] = sign;
    return true;
}

/* "18 + 42 − 3", as it is written. */
static struct text terms_text(const struct passage *passage, const struct terms *terms)
{
    struct buffer out = {.arena = passage->diags->arena};
    for (size_t i = 0; i < terms->count; i++) {
        const char *sign = terms->sign[i] == '-' ? " − " : terms->sign[i] == 'x' ? " × " : " + ";
        struct text raw = passage_raw(passage, terms->token[i]);
        buffer_format(&out, "%s%.*s", i ? sign : "", TEXT_ARG(raw));
    }
    return buffer_text(&out);
}

static bool terms_value(const struct passage *passage, const struct terms *terms,
                        struct decimal *out)
{
    bool is_percent = passage->tokens.items[terms->token[0]].kind == TOKEN_PERCENT, ok = true;
    *out = passage_value(passage, terms->token[0]);
    for (size_t i = 1; i < terms->count && ok; i++) {
        struct decimal next = passage_value(passage, terms->token[i]);
        if ((passage->tokens.items[terms->token[i]].kind == TOKEN_PERCENT) != is_percent)
            return false;
        if (terms->sign[i] == 'x')
            ok = decimal_multiply(*out, next, out);
        else if (terms->sign[i] == '-')
            ok = decimal_subtract(*out, next, out);
        else
            ok = decimal_add(*out, next, out);
    }
    return ok;
}

/* As it is stated, with its unit: "4k" for 4,300. */
static bool is_stated(const struct passage *passage, struct decimal exact, size_t token)
{
    const struct claim_token *item = &passage->tokens.items[token];
    struct decimal unit = item->kind == TOKEN_NUMBER ? item->unit : decimal_from(1), rounded;
    return !decimal_divide(exact, unit, item->number.scale, &rounded) ||
           decimal_compare(rounded, item->number) == 0;
}

/* So near, within a quarter, that it may be meant to be the total. */
static bool is_like(struct decimal sum, struct decimal total)
{
    struct decimal four, three, five;
    return decimal_multiply(sum, decimal_from(4), &four) &&
           decimal_multiply(total, decimal_from(3), &three) &&
           decimal_multiply(total, decimal_from(5), &five) && decimal_compare(four, three) >= 0 &&
           decimal_compare(four, five) <= 0;
}

static void tell(const struct passage *passage, size_t token, const struct terms *terms,
                 struct decimal exact)
{
    diag(passage->diags, DIAG_STATED_NUMBER, passage_place(passage, passage_at(passage, token)),
         "'%.*s' is stated, but %.*s = %.*s", TEXT_ARG(passage_raw(passage, token)),
         TEXT_ARG(terms_text(passage, terms)), TEXT_ARG(passage_number(passage, exact)));
}

/* ---- "18 flats + 42 houses = 60" ---- */

static bool is_gap(const struct passage *passage, size_t token, const char *gap)
{
    return text_is(passage_gap(passage, token), gap);
}

/* The sign between the number `from` and the next, which is put into *next; 0: there is none. */
static char sign_after(const struct passage *passage, size_t from, size_t *next)
{
    for (size_t at = from + 1; at <= from + WORDS_OF_TERM && at < passage->tokens.count; at++) {
        bool is_number = passage_is_number(passage, at), is_beside = at == from + 1;
        *next = at;
        if (is_number && is_gap(passage, at, "+"))
            return '+';
        if (is_number && is_gap(passage, at, "="))
            return '=';
        if (is_number && is_beside && is_gap(passage, at, "-"))
            return '-';
        if (!is_gap(passage, at, "") || is_number || passage_breaks(passage, at))
            return 0;
        *next = at + 1;
        if (!passage_is_number(passage, at + 1) || !is_gap(passage, at + 1, ""))
            continue;
        if (passage_word(passage, at, "plus"))
            return '+';
        if (passage_word(passage, at, "minus|less") && is_beside)
            return '-';
        if (passage_word(passage, at, "x|times") && is_beside)
            return 'x';
        if (passage_word(passage, at, "equals|makes"))
            return '=';
    }
    return 0;
}

static size_t check_equation(const struct passage *passage, size_t first)
{
    struct terms terms = {.count = 0};
    size_t at = first, next = 0;
    char sign = '+';
    while (sign != '=' && add_term(&terms, at, sign)) {
        sign = sign_after(passage, at, &next);
        if (!sign || (terms.count > 1 && (sign == 'x') != (terms.sign[1] == 'x') && sign != '='))
            return at;
        at = next;
    }
    struct decimal exact;
    char after = sign == '=' ? sign_after(passage, at, &next) : '+';
    bool is_side = after == '+' || after == '-' || after == 'x'; /* "4 = 1 + 3" */
    if (terms.count > 1 && !is_side && !passage_is_near(passage, at) &&
        terms_value(passage, &terms, &exact) && !is_stated(passage, exact, at))
        tell(passage, at, &terms, exact);
    return at;
}

/* ---- "20% of 133,000 is 26,600" ---- */

static void check_share(const struct passage *passage, size_t percent)
{
    size_t of = percent + 1, whole = percent + 2, at = whole + 1;
    struct decimal product, exact;
    if (passage->tokens.items[percent].kind != TOKEN_PERCENT || !passage_word(passage, of, "of") ||
        !passage_is_number(passage, whole) || passage->tokens.items[whole].kind == TOKEN_PERCENT)
        return;
    bool is_equal = passage_is_number(passage, at) && is_gap(passage, at, "=");
    if (passage_word(passage, at, "is|equals|makes") && is_gap(passage, at, ""))
        is_equal = passage_is_number(passage, ++at);
    if (!is_equal || passage->tokens.items[at].kind == TOKEN_PERCENT ||
        passage_is_near(passage, at) || passage_is_near(passage, percent) ||
        !decimal_multiply(passage_value(passage, percent), passage_value(passage, whole),
                          &product) ||
        !decimal_divide(product, decimal_from(100), 6, &exact) || is_stated(passage, exact, at))
        return;
    decimal_round(exact, passage->tokens.items[at].number.scale, &exact);
    diag(passage->diags, DIAG_STATED_NUMBER, passage_place(passage, passage_at(passage, at)),
         "'%.*s' is stated, but %.*s of %.*s is %.*s", TEXT_ARG(passage_raw(passage, at)),
         TEXT_ARG(passage_raw(passage, percent)), TEXT_ARG(passage_raw(passage, whole)),
         TEXT_ARG(passage_number(passage, exact)));
}

/* ---- what is counted ---- */

/* The last plural noun among the tokens from `from` to before `to`; empty when there is none. */
static struct text plural(const struct passage *passage, size_t from, size_t to)
{
    struct text noun = TEXT_EMPTY;
    for (size_t i = from; i < to; i++) {
        const struct claim_token *item = &passage->tokens.items[i];
        bool is_plural = item->raw.len > item->word.len || text_ends(item->raw, TEXT("ies"));
        if (item->kind == TOKEN_WORD && item->raw.len > 3 &&
            (is_plural || passage_word(passage, i, "people|men|women|children|pupils|hours")))
            noun = item->word;
    }
    return noun;
}

static bool counts_people(struct text noun)
{
    static const char *const nouns[] = {"people",   "men",   "women", "children", "adult",
                                        "resident", "boy",   "girl",  "pupil",    "client",
                                        "person",   "child", "man",   "woman",    "customer"};
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
        if (text_is(noun, nouns[i]))
            return true;
    return false;
}

/* What the part counts may be what the whole counts: the same noun, people, or none of its own. */
static bool is_of_kind(struct text part, struct text whole)
{
    return !part.len || text_equal(part, whole) || (counts_people(part) && counts_people(whole));
}

/* A number that stands for how many: no per cent, and no part of a day, an age or a time. */
static bool is_count(const struct passage *passage, size_t token)
{
    const struct claim_token *item = &passage->tokens.items[token];
    return passage_is_number(passage, token) && item->kind == TOKEN_NUMBER && !item->number.scale &&
           !passage_is_near(passage, token) &&
           !passage_word(passage, token - (token > 0),
                         "aged|age|ages|phase|year|years|quarter|q|level|section|day|priority|"
                         "round|key|stage|week|action|no|number|day|point|item|page|top|wards") &&
           !(token + 1 < passage->tokens.count && is_gap(passage, token + 1, "") &&
             (month_number(passage->tokens.items[token + 1].raw) ||
              passage_word(passage, token + 1,
                           "am|pm|year|years|month|months|week|weeks|day|days|"
                           "hour|hours|per|in|out|times|to|mile|miles")));
}

/* ---- "47 homes: 16 new and 31 let" ---- */

/* One behind the words that go with the number at `at`. */
static size_t phrase_end(const struct passage *passage, size_t at, size_t last)
{
    size_t end = at + 1;
    while (end < last && passage->tokens.items[end].kind == TOKEN_WORD &&
           is_gap(passage, end, "") && !passage_word(passage, end, "and"))
        end++;
    return end;
}

/* The parts that a list from `at` has, up to the end of the sentence or a closing bracket, each a
 * number and a few words; false when anything else stands in it. */
static bool read_parts(const struct passage *passage, size_t at, struct text whole,
                       struct terms *parts)
{
    size_t last = passage_last(passage, at);
    while (at < last && is_count(passage, at) && add_term(parts, at, '+')) {
        size_t end = phrase_end(passage, at, last);
        if (end - at > WORDS_OF_TERM || !is_of_kind(plural(passage, at + 1, end), whole))
            return false;
        struct text gap = passage_gap(passage, end);
        if (end == last || text_starts(gap, TEXT(")")))
            return parts->count > 1;
        bool is_and = passage_word(passage, end, "and");
        if (gap.len ? !text_is(gap, ",") : !is_and)
            return false;
        at = is_and ? end + 1 : end;
    }
    return false;
}

static void check_parts(const struct passage *passage, size_t total)
{
    size_t from = total + 1, last = passage_last(passage, total);
    struct terms parts = {.count = 0};
    struct decimal sum;
    if (!is_count(passage, total) || (total && passage_is_number(passage, total - 1)))
        return;
    while (from < last && from <= total + WORDS_OF_TERM && !is_gap(passage, from, ":") &&
           !is_gap(passage, from, "(") && is_gap(passage, from, ""))
        from++;
    if (from >= last || from == total + 1 ||
        (!is_gap(passage, from, ":") && !is_gap(passage, from, "(")) ||
        !read_parts(passage, from, plural(passage, total + 1, from), &parts) ||
        !terms_value(passage, &parts, &sum) || is_stated(passage, sum, total) ||
        !is_like(sum, passage_value(passage, total)))
        return;
    for (size_t i = 0; i < parts.count; i++) /* of something else */
        if (decimal_compare(passage_value(passage, parts.token[i]), passage_value(passage, total)) >
            0)
            return;
    tell(passage, total, &parts, sum);
}

/* ---- "1,633 and 1,360, a total of 2,993" ---- */

/* The number that is said to be the total; SIZE_MAX when the token does not say so. */
static size_t total_of(const struct passage *passage, size_t word)
{
    if (passage_word(passage, word, "total|totalling|altogether")) {
        size_t at = word + 1;
        if (passage_word(passage, at, "of|is|was|being"))
            at++;
        if (passage_is_number(passage, at) && !passage_breaks(passage, at))
            return at;
    }
    return SIZE_MAX;
}

/* The number before the token `end`, with a few words between that count nothing themselves. */
static size_t count_before(const struct passage *passage, size_t first, size_t end)
{
    for (size_t at = end; at > first && end - at <= WORDS_OF_TERM; at--) {
        if (is_count(passage, at - 1))
            return plural(passage, at, end).len ? SIZE_MAX : at - 1;
        if (at < end && !is_gap(passage, at, ""))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* What joins the number to one before it, with a few words between: "and the gym 1,360". */
static size_t joint_before(const struct passage *passage, size_t first, size_t number)
{
    for (size_t at = number; at > first && number - at < WORDS_OF_TERM; at--) {
        if (is_gap(passage, at, ",") || is_gap(passage, at, "+"))
            return at;
        if (passage_word(passage, at - 1, "and|plus"))
            return at - 1;
        if (!is_gap(passage, at, "") || passage->tokens.items[at - 1].kind != TOKEN_WORD)
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* The numbers before the token that commas and "and" join, the last first. */
static void read_joined(const struct passage *passage, size_t end, struct terms *terms)
{
    size_t first = passage_first(passage, end);
    bool is_and = false;
    for (;;) {
        size_t at = count_before(passage, first, end);
        if (at == SIZE_MAX || !add_term(terms, at, '+')) {
            terms->count = is_and ? 0 : terms->count; /* "visits and 5": of something else */
            return;
        }
        size_t joint = joint_before(passage, first, at);
        if (joint == SIZE_MAX)
            return;
        is_and = passage_word(passage, joint, "and|plus");
        end = joint;
    }
}

/* The last of the terms, from two on, come to it; or one is more than it, and is of another whole.
 */
static bool may_come_to(const struct passage *passage, const struct terms *found, size_t total)
{
    struct decimal sum = decimal_from(0), whole = passage_value(passage, total);
    for (size_t i = 0; i < found->count; i++) {
        struct decimal term = passage_value(passage, found->token[i]);
        if (decimal_compare(term, whole) > 0 || !decimal_add(sum, term, &sum) ||
            (i > 0 && is_stated(passage, sum, total)))
            return true;
    }
    return false;
}

/* "a total of", "making a total of": where what is added up ends. */
static size_t terms_end(const struct passage *passage, size_t word)
{
    for (int i = 0; i < 2; i++)
        if (word && passage_word(passage, word - 1, "a|the|in|making|giving"))
            word--;
    struct text gap = word ? passage_gap(passage, word) : TEXT_EMPTY;
    return gap.len && strchr(",;-(:", gap.ptr[0]) ? word : 0;
}

static void check_total(const struct passage *passage, size_t word)
{
    size_t total = total_of(passage, word), end = terms_end(passage, word);
    struct terms found = {.count = 0}, terms = {.count = 0};
    struct decimal sum;
    if (total == SIZE_MAX || !is_count(passage, total) || !end)
        return;
    read_joined(passage, end, &found);
    for (size_t i = found.count; i > 0; i--)
        add_term(&terms, found.token[i - 1], '+');
    if (terms.count > 1 && !may_come_to(passage, &found, total) &&
        terms_value(passage, &terms, &sum) && is_like(sum, passage_value(passage, total)))
        tell(passage, total, &terms, sum);
}

/* ---- "72,3000" ---- */

static void check_groups(const struct passage *passage, size_t token)
{
    struct text raw = passage->tokens.items[token].raw;
    size_t comma = text_find(raw, ',', 0), digits = 0;
    bool is_list = raw.len == comma || !is_digit(char_at(raw, 0));
    for (size_t i = 0; i < raw.len && !is_list; i++)
        is_list = !is_digit(raw.ptr[i]) && raw.ptr[i] != ',';
    for (size_t i = comma + 1; i <= raw.len && !is_list; i++) {
        if (i < raw.len && raw.ptr[i] != ',') {
            digits++;
            continue;
        }
        if (digits == 4 && raw.len - comma == 5 && comma <= 3) {
            diag(passage->diags, DIAG_STATED_NUMBER,
                 passage_place(passage, passage_at(passage, token)),
                 "'%.*s' is no number: expected three digits behind a comma", TEXT_ARG(raw));
            return;
        }
        digits = 0;
    }
}

/* ---- "1303" beside "1,579" ---- */

/* Four digits that are no year, no part of a code and no telephone number. */
static bool is_without_comma(const struct passage *passage, size_t token)
{
    const struct claim_token *item = &passage->tokens.items[token];
    bool is_apart = !token || passage->tokens.items[token - 1].kind != TOKEN_WORD ||
                    (passage->tokens.items[token - 1].raw.ptr[0] & 32);
    return passage_is_number(passage, token) && item->kind == TOKEN_NUMBER && item->raw.len == 4 &&
           item->raw.ptr[0] != '0' && text_find(item->raw, '.', 0) == item->raw.len && is_apart &&
           text_find(item->raw, ',', 0) == item->raw.len &&
           !(token && passage->tokens.items[token - 1].kind == TOKEN_NUMBER);
}

static bool has_comma(const struct passage *passage, size_t token)
{
    struct text raw = passage->tokens.items[token].raw;
    return passage->tokens.items[token].kind == TOKEN_NUMBER && raw.len == 5 && raw.ptr[1] == ',';
}

static void check_commas(const struct passage *passage)
{
    size_t plain = SIZE_MAX, grouped = SIZE_MAX;
    for (size_t i = 0; i < passage->tokens.count; i++) {
        if (plain == SIZE_MAX && is_without_comma(passage, i))
            plain = i;
        if (grouped == SIZE_MAX && has_comma(passage, i))
            grouped = i;
    }
    if (plain == SIZE_MAX || grouped == SIZE_MAX)
        return;
    diag(passage->diags, DIAG_TWO_SPELLINGS, passage_place(passage, passage_at(passage, plain)),
         "'%.*s' is written without a comma, and '%.*s' with one",
         TEXT_ARG(passage_raw(passage, plain)), TEXT_ARG(passage_raw(passage, grouped)));
}

void texts_sums(const struct passage *passage)
{
    size_t done = 0;
    check_commas(passage);
    for (size_t i = 0; i < passage->tokens.count; i++) {
        check_groups(passage, i);
        check_total(passage, i);
        if (!passage_is_number(passage, i))
            continue;
        check_share(passage, i);
        check_parts(passage, i);
        if (i >= done)
            done = check_equation(passage, i);
    }
}
