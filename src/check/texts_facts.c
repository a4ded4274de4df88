/* texts_facts - figures that a register of facts gives, and that a sentence with the same words
 * gives otherwise: "Average salary", £35,359, and "the average salary is £38k". */
#include "check/texts_int.h"

enum { FACTS_MAX = 500, WORDS_MIN = 2, WORDS_MAX = 6, WORDS_BETWEEN = 6 };

struct told_fact {
    struct text words[WORDS_MAX]; /* of its name, as claim_tokens has them */
    size_t count;
    struct claim_token value;
    struct place place;
};

static bool read_name(struct arena *arena, struct text name, struct told_fact *out)
{
    struct claim_tokens tokens = claim_tokens(arena, name);
    if (tokens.count < WORDS_MIN || tokens.count > WORDS_MAX)
        return false;
    for (size_t i = 0; i < tokens.count; i++) {
        if (tokens.items[i].kind != TOKEN_WORD || tokens.items[i].after_comma)
            return false;
        out->words[out->count++] = tokens.items[i].word;
    }
    return true;
}

/* The one amount of money or percentage of the cell. */
static bool read_value(struct arena *arena, struct text cell, struct claim_token *out)
{
    struct claim_tokens tokens = claim_tokens(arena, cell);
    if (tokens.count != 1)
        return false;
    *out = tokens.items[0];
    return out->kind == TOKEN_PERCENT || (out->kind == TOKEN_NUMBER && out->is_money);
}

void text_checks_facts(struct text_checks *checks, const struct dataset *dataset)
{
    static const char *const name_of[] = {"fact", "measure", "indicator", "figure", "name"};
    static const char *const value_of[] = {"value", "latest value", "current value"};
    enum action_field name, value;
    if (!dataset_action_field_of(dataset, name_of, sizeof name_of / sizeof name_of[0], &name) ||
        !dataset_action_field_of(dataset, value_of, sizeof value_of / sizeof value_of[0], &value))
        return;
    for (size_t i = 0; i < dataset->action_count && checks->fact_count < FACTS_MAX; i++) {
        const struct action *row = &dataset->actions[i];
        struct told_fact fact = {.place = action_place(row, value)};
        if (!read_name(checks->arena, action_text(row, name).plain, &fact) ||
            !read_value(checks->arena, action_text(row, value).plain, &fact.value))
            continue;
        checks->facts = arena_grow(checks->arena, checks->facts, checks->fact_count,
                                   &checks->fact_capacity, sizeof *checks->facts);
        checks->facts[checks->fact_count++] = fact;
    }
}

static bool is_named(const struct passage *passage, const struct told_fact *fact, size_t token)
{
    if (token + fact->count >= passage->tokens.count)
        return false;
    for (size_t i = 0; i < fact->count; i++)
        if (!text_equal(passage->tokens.items[token + i].word, fact->words[i]) ||
            (i && (passage_gap(passage, token + i).len || passage_breaks(passage, token + i))))
            return false;
    return true;
}

/* The number that is said of it: of the place and time that the register has, as far as it says. */
static size_t number_of(const struct passage *passage, const struct told_fact *fact, size_t token)
{
    size_t from = token + fact->count;
    for (size_t at = from; at < from + WORDS_BETWEEN && at < passage->tokens.count; at++) {
        struct when when;
        if (passage_breaks(passage, at) || texts_when(passage, at, &when) ||
            passage_word(passage, at,
                         "england|uk|national|nationally|county|region|regional|by|rose|fell|"
                         "target|from|men|women|of|for|was|were|london|english|british"))
            return SIZE_MAX;
        if (passage_is_number(passage, at))
            return passage->tokens.items[at].kind == fact->value.kind &&
                           passage->tokens.items[at].is_money == fact->value.is_money
                       ? at
                       : SIZE_MAX;
    }
    return SIZE_MAX;
}

static void check_fact(const struct passage *passage, const struct told_fact *fact, size_t token)
{
    size_t at = is_named(passage, fact, token) ? number_of(passage, fact, token) : SIZE_MAX;
    struct decimal figure = fact->value.number, unit = decimal_from(1);
    if (at == SIZE_MAX || passage_is_near(passage, at))
        return;
    const struct claim_token *stated = &passage->tokens.items[at];
    if (stated->kind == TOKEN_NUMBER) {
        decimal_multiply(figure, fact->value.unit, &figure);
        unit = stated->unit;
    }
    if (dq_amount(figure, stated->number, unit, NEAR_EXACT) == DQ_OK)
        return;
    struct arena *arena = passage->diags->arena;
    diag(passage->diags, DIAG_TWO_WAYS, passage_place(passage, passage_at(passage, at)),
         "'%.*s' is stated, where the same words have '%s%.*s' in %.*s: say which is used, and of "
         "when it is",
         TEXT_ARG(passage_raw(passage, at)), fact->value.is_money ? "£" : "",
         TEXT_ARG(fact->value.raw), TEXT_ARG(place_text(arena, fact->place)));
}

void texts_facts(const struct passage *passage)
{
    for (size_t f = 0; f < passage->checks->fact_count; f++)
        for (size_t i = 0; i < passage->tokens.count; i++)
            check_fact(passage, &passage->checks->facts[f], i);
}
