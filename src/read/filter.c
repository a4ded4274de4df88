/* filter - `where`: which rows of a source count. */
#include "read/read_int.h"

/* Splits at the first of `words` that stands in `t`; false when none does. */
static bool split_at(struct text t, struct text words, struct text *before, struct text *after)
{
    for (size_t at = 0; at + words.len <= t.len; at++)
        if (text_starts(text_slice(t, at, t.len), words)) {
            *before = text_trim(text_slice(t, 0, at));
            *after = text_trim(text_slice(t, at + words.len, t.len));
            return before->len && after->len;
        }
    return false;
}

static bool understand(struct text t, struct filter *filter, struct text *texts)
{
    static const struct {
        enum filter_test test;
        struct text words;
    } tests[] = {
        {FILTER_BEGINS_WITH, TEXT_INIT(" begins with ")},
        {FILTER_IS_ONE_OF, TEXT_INIT(" is one of ")},
        {FILTER_IS_NOT, TEXT_INIT(" is not ")},
        {FILTER_IS, TEXT_INIT(" is ")},
    };
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        if (split_at(t, tests[i].words, &filter->column, texts)) {
            filter->test = tests[i].test;
            return true;
        }
    return false;
}

/* What is true of the rows that are left out. */
static struct text rule_text(struct arena *arena, const struct filter *filter)
{
    static const char *const verbs[] = {
        [FILTER_BEGINS_WITH] = "does not begin with",
        [FILTER_IS] = "is not",
        [FILTER_IS_NOT] = "is",
        [FILTER_IS_ONE_OF] = "is not one of",
    };
    return text_format(arena, "%.*s %s '%.*s'", TEXT_ARG(filter->column), verbs[filter->test],
                       TEXT_ARG(texts_join(arena, &filter->texts, TEXT("', '"))));
}

bool filter_read(struct arena *arena, struct diags *diags, const struct ini_entry *entry,
                 struct filter *out)
{
    struct text texts;
    *out = (struct filter){.test = FILTER_NONE};
    if (!entry)
        return true;
    if (!understand(entry->value, out, &texts)) {
        diag(diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no filter: expected 'COLUMN begins with TEXT', 'COLUMN is TEXT', 'COLUMN "
             "is not TEXT' or 'COLUMN is one of A | B'",
             TEXT_ARG(text_quote(arena, entry->value)));
        return false;
    }
    struct text_pieces pieces = text_split(texts, out->test == FILTER_IS_ONE_OF ? '|' : '\n');
    for (struct text piece; text_next(&pieces, &piece);)
        texts_add(arena, &out->texts, piece);
    out->rule = rule_text(arena, out);
    return true;
}

bool filter_keeps(const struct filter *filter, struct text cell)
{
    switch (filter->test) {
    case FILTER_BEGINS_WITH:
        return text_starts(cell, filter->texts.items[0]);
    case FILTER_IS_NOT:
        return !text_equal(cell, filter->texts.items[0]);
    case FILTER_IS:
    case FILTER_IS_ONE_OF:
        return texts_find(&filter->texts, cell) < filter->texts.count;
    case FILTER_NONE:
        break;
    }
    return true;
}
