/* texts_compare - which of the things that texts say of one subject do not go together. */
#include "check/texts_across_int.h"

#include "data/spelling_int.h"

#include <stdlib.h>

/* Verbs with which aims begin: they make no name. */
static bool is_common_verb(struct text word)
{
    return is_spelling(word,
                       "reduce|improve|support|increase|promote|ensure|deliver|tackle|develop|"
                       "work|make|help|provide|protect|prevent|keep|build|create|reducing|"
                       "improving|supporting|increasing|promoting|tackling|working|making|"
                       "protecting|preventing|building|delivering");
}

/* A word that both have, of those that mean something. */
static bool share_a_word(struct text a, struct text b)
{
    struct text_pieces pieces = text_split(a, ' ');
    struct text word, other;
    while (text_next(&pieces, &word)) {
        struct text_pieces others = text_split(b, ' ');
        while (text_next(&others, &other))
            if (word.len > 2 && !is_common_verb(word) && text_equal(word, other))
                return true;
    }
    return false;
}

/* "VwI", "PCSOs": letters for words. Two capitalised parts may be somebody's name. */
static bool is_mixed(struct text t)
{
    size_t small = 0, beside = 0;
    for (size_t i = 0; i < t.len; i++) {
        bool is_capital = t.ptr[i] >= 'A' && t.ptr[i] <= 'Z';
        small += !is_capital;
        beside += i && is_capital && (i + 1 == t.len || (t.ptr[i - 1] & 32) == 0);
    }
    return small > 0 && beside > 0;
}

/* "GPs" and "GPS" are two things. */
static bool is_plural_of(struct text a, struct text b)
{
    return a.len > 1 && a.ptr[a.len - 1] == 's' && b.ptr[b.len - 1] == 'S';
}

static bool do_differ(const struct said_once *a, const struct said_once *b)
{
    switch (a->kind) {
    case SAID_NAME:
        return share_a_word(a->value, b->value);
    case SAID_YEARS: /* further apart it may be another plan */
        return abs(a->years.from - b->years.from) <= 1 && abs(a->years.to - b->years.to) <= 1;
    case SAID_SPELLING:
        return (is_mixed(a->value) || is_mixed(b->value)) && !is_plural_of(a->value, b->value) &&
               !is_plural_of(b->value, a->value);
    case SAID_APPENDIX:
        return !text_contains(a->value, b->value) && !text_contains(b->value, a->value);
    default:
        return true;
    }
}

static void tell(struct diags *diags, const struct said_once *now, const struct said_once *before)
{
    struct text where = place_text(diags->arena, before->place);
    switch (now->kind) {
    case SAID_ABBREVIATION:
        diag(diags, DIAG_TWO_WAYS, now->place,
             "'%.*s' stands for other words than in %.*s: use one name, or another abbreviation",
             TEXT_ARG(now->shown), TEXT_ARG(where));
        break;
    case SAID_NAME:
        diag(diags, DIAG_TWO_WAYS, now->place,
             "'%.*s' has another name than in %.*s: call it the same everywhere",
             TEXT_ARG(now->shown), TEXT_ARG(where));
        break;
    case SAID_YEARS:
        diag(
            diags, DIAG_TWO_WAYS, now->place,
            "the years '%.*s' are '%.*s' in %.*s, where the same words stand: check which is right",
            TEXT_ARG(now->shown), TEXT_ARG(before->shown), TEXT_ARG(where));
        break;
    case SAID_SPELLING:
        diag(diags, DIAG_TWO_SPELLINGS, now->place, "'%.*s' is written '%.*s' in %.*s",
             TEXT_ARG(now->shown), TEXT_ARG(before->shown), TEXT_ARG(where));
        break;
    case SAID_APPENDIX:
        diag(diags, DIAG_TWO_WAYS, now->place, "'%.*s' has another title than in %.*s",
             TEXT_ARG(now->shown), TEXT_ARG(where));
        break;
    }
}

void check_texts_across(struct diags *diags, const struct text_checks *checks)
{
    for (size_t i = 0; i < checks->said_count; i++) {
        const struct said_once *now = &checks->said[i];
        for (size_t b = now->before; b != SIZE_MAX; b = checks->said[b].before)
            if (do_differ(now, &checks->said[b])) {
                tell(diags, now, &checks->said[b]);
                break;
            }
    }
    if (checks->has_mark && !checks->has_note)
        diag(diags, DIAG_UNFINISHED, checks->mark,
             "an asterisk stands behind a word, and no text of the job explains one");
}
