/*
 * claims_when - of which time and place a sentence speaks: what is said of another place, of
 * another year or of a month of it, is not held against the figures.
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* A month, quarter or week: less than a year's figures are for. */
bool claim_is_short_time(const struct claim_tokens *tokens, size_t i)
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

bool claims_own_area(const struct claims *claims, struct text word)
{
    static const char *const kinds[] = {"district", "borough", "county", "city", "council",
                                        "area",     "year",    "force",  "q1",   "total"};
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (text_same_name(word, text_from(kinds[i])))
            return true;
    for (size_t c = 0; c <= claims->count; c++) {
        struct text area = c < claims->count ? claims->sources[c].comparison->area : claims->area;
        if (text_contains(area, word))
            return true;
    }
    return false;
}

static bool is_name(const struct claim_token *token)
{
    char c = token->raw.ptr[0];
    return token->kind == TOKEN_WORD && !token->in_label && c >= 'A' && c <= 'Z' &&
           month_number(token->raw) == 0;
}

/* A place that no figure of the job's area is for. */
static bool names_place(const struct reading_claims *reading, size_t i)
{
    static const char *const in[] = {"in", "at", "near", "around", "within", "across", "for"};
    const struct claim_tokens *tokens = &reading->tokens;
    if (!claim_word_is(tokens, i, in, COUNT(in)))
        return false;
    for (size_t on = i + 1; on < tokens->count && is_name(&tokens->items[on]); on++)
        if (!claims_own_area(reading->claims, tokens->items[on].raw))
            return true;
    return false;
}

static bool is_other_area(const struct comparison *comparison, struct text sentence)
{
    const struct texts *areas = &comparison->dataset->areas;
    for (size_t a = 0; a < areas->count && areas->count > 1; a++)
        if (areas->items[a].len > 2 && a != comparison->where &&
            text_contains(sentence, areas->items[a]) &&
            !text_contains(comparison->area, areas->items[a]))
            return true;
    return false;
}

bool claims_elsewhere(const struct reading_claims *reading)
{
    static const char *const wider[] = {"national", "nationally", "england",   "wales",
                                        "regional", "uk",         "elsewhere", "beat",
                                        "beats",    "ward",       "wards",     "parish",
                                        "parishes", "hotspot",    "hotspots",  "neighbourhoods"};
    for (size_t i = 0; i < reading->tokens.count; i++)
        if (claim_word_is(&reading->tokens, i, wider, COUNT(wider)) || names_place(reading, i))
            return true;
    for (size_t c = 0; c < reading->claims->count; c++)
        if (is_other_area(reading->claims->sources[c].comparison, reading->sentence))
            return true;
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
struct against claims_against(const struct reading_claims *reading,
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
        against.known = !(of_a_year && claim_is_short_time(tokens, i)) &&
                        (!names_year || own || b < comparison->baselines.count);
        if (names_year && !own && against.known && !against.is_named)
            against = (struct against){.known = true, .is_named = true, .b = b};
    }
    return against;
}
