/*
 * texts_flows - what came in, what was done and what is left, year by year in one text: what was
 * left, and what came since, less what was done, is what is left now.
 */
#include "check/texts_int.h"

enum { WORDS_OF_TERM = 4, WORDS_BETWEEN = 14 };

#define CAME "received|opened|new|referred|referrals|started|added|joined|made"
#define WENT "completed|closed|left|ended|discharged|resolved|finished"
#define LEFT "open|outstanding|remaining|waiting|live|ongoing|pending"

struct flow {
    size_t came, went, left; /* tokens of numbers */
};

/* "cases received", "in work flow": what the number at `token` is. */
static bool is_called(const struct passage *passage, size_t token, const char *words)
{
    for (size_t at = token + 1; at <= token + WORDS_OF_TERM && at < passage->tokens.count; at++) {
        if (passage_is_number(passage, at))
            return false;
        if (passage_word(passage, at, words))
            return true;
    }
    return false;
}

static bool is_left(const struct passage *passage, size_t token)
{
    bool is_at_work =
        passage_word(passage, token + 1, "in") || passage_word(passage, token + 2, "in");
    return is_called(passage, token, LEFT) ||
           (is_at_work && is_called(passage, token, "progress|flow|workflow|hand|train"));
}

/* The next count within a few words; SIZE_MAX when something else is counted or measured there. */
static size_t next_count(const struct passage *passage, size_t token, size_t most)
{
    for (size_t at = token + 1; at <= token + most && at < passage->tokens.count; at++)
        if (passage_is_number(passage, at) && passage->tokens.items[at].raw.len > 1)
            return passage->tokens.items[at].kind == TOKEN_NUMBER ? at : SIZE_MAX;
    return SIZE_MAX;
}

static bool read_flow(const struct passage *passage, size_t token, struct flow *out)
{
    *out = (struct flow){.came = token};
    if (!passage_is_number(passage, token) || !is_called(passage, token, CAME))
        return false;
    out->went = next_count(passage, token, WORDS_OF_TERM + 2);
    if (out->went == SIZE_MAX || !is_called(passage, out->went, WENT))
        return false;
    out->left = next_count(passage, out->went, WORDS_OF_TERM + 2);
    return out->left != SIZE_MAX && is_left(passage, out->left);
}

static void check_flow(const struct passage *passage, const struct flow *before,
                       const struct flow *now)
{
    struct decimal had = passage_value(passage, before->left), sum, stated;
    stated = passage_value(passage, now->left);
    if (passage_is_near(passage, before->left) || passage_is_near(passage, now->left) ||
        !decimal_add(had, passage_value(passage, now->came), &sum) ||
        !decimal_subtract(sum, passage_value(passage, now->went), &sum) ||
        decimal_compare(sum, stated) == 0)
        return;
    diag(
        passage->diags, DIAG_STATED_NUMBER, passage_place(passage, passage_at(passage, now->left)),
        "'%.*s' is stated to be left, but %.*s + %.*s − %.*s = %.*s: say what became of the others",
        TEXT_ARG(passage_raw(passage, now->left)), TEXT_ARG(passage_raw(passage, before->left)),
        TEXT_ARG(passage_raw(passage, now->came)), TEXT_ARG(passage_raw(passage, now->went)),
        TEXT_ARG(passage_number(passage, sum)));
}

void texts_flows(const struct passage *passage)
{
    struct flow before = {.left = 0}, now;
    bool has_before = false;
    for (size_t i = 0; i < passage->tokens.count; i++) {
        if (!read_flow(passage, i, &now))
            continue;
        if (has_before && i - before.left <= WORDS_BETWEEN)
            check_flow(passage, &before, &now);
        before = now;
        has_before = true;
        i = now.left;
    }
}
