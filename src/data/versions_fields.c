/* versions_fields - what of an action changed between two versions of a plan, a field at a time. */
#include "data/versions_int.h"

#include "data/blank.h"
#include "data/id.h"
#include "data/names.h"
#include "data/wording.h"

struct pair {
    struct arena *arena;
    struct versions *versions;
    const struct action *before, *now;
    bool cut_before[ACTION_FIELDS]; /* the cell of that version stops short */
    bool cut_now[ACTION_FIELDS];
};

/* Fields are those of the later version: a further column may be another of the earlier one. */
static struct text was(const struct pair *pair, enum action_field field)
{
    if (field >= ACTION_FIELDS)
        field = pair->versions->further[field - ACTION_FIELDS];
    return action_text(pair->before, field).plain;
}

static struct text is(const struct pair *pair, enum action_field field)
{
    return action_text(pair->now, field).plain;
}

/* The name of a field for readers, as the later version has it. */
static struct text header(const struct pair *pair, enum action_field field)
{
    return dataset_action_header(pair->versions->now, field);
}

static void add(const struct pair *pair, enum version_kind kind, enum action_field field,
                struct text what, struct text before, struct text now)
{
    versions_add(pair->arena, pair->versions,
                 (struct version_item){.kind = kind,
                                       .field = field,
                                       .before = pair->before,
                                       .now = pair->now,
                                       .what = what,
                                       .was = blank_display(pair->arena, before),
                                       .is = blank_display(pair->arena, now)});
}

static struct text headed(const struct pair *pair, enum action_field field, const char *words)
{
    return text_format(pair->arena, "%.*s%s", TEXT_ARG(header(pair, field)), words);
}

static void add_difference(const struct pair *pair, enum version_kind kind, enum action_field field,
                           const char *words)
{
    struct text before, now;
    wording_difference(pair->arena, was(pair, field), is(pair, field), &before, &now);
    add(pair, kind, field, headed(pair, field, words), before, now);
}

/* ---- cells that were cut short ---- */

static bool is_names(enum action_field field)
{
    return field == ACTION_OWNER || field == ACTION_TEAM || field == ACTION_PORTFOLIO ||
           field == ACTION_PARTNERS;
}

/* What is expected to be other each time: not listed, and never taken for cut. */
static bool is_news(enum action_field field)
{
    return field == ACTION_PROGRESS || field == ACTION_NEXT_STEPS || field == ACTION_REASON ||
           field == ACTION_PERCENT;
}

/*
 * An export, or somebody who copies a page, cuts the cells of a row. One cell that is shorter may
 * be meant; when two or more of a row end where the other version goes on, and one of them within a
 * sentence, those that do so within a sentence or a name are cut.
 */
static void find_cut(const struct pair *pair, bool in_before, bool *is_cut)
{
    enum wording_end ends[ACTION_FIELDS];
    size_t in_sentence = 0, shorter = 0;
    for (int f = 0; f < ACTION_FIELDS; f++) {
        enum action_field field = (enum action_field)f;
        struct text old = was(pair, field), new = is(pair, field);
        ends[f] =
            field == ACTION_ID || field == ACTION_STATUS || field == ACTION_DUE || is_news(field)
                ? ENDS_OTHERWISE
                : wording_continues(pair->arena, in_before ? old : new, in_before ? new : old);
        in_sentence += ends[f] == ENDS_IN_SENTENCE;
        shorter += ends[f] == ENDS_IN_SENTENCE || ends[f] == ENDS_BEFORE_CAPITAL;
    }
    for (int f = 0; f < ACTION_FIELDS; f++)
        is_cut[f] = in_sentence && shorter > 1 &&
                    (ends[f] == ENDS_IN_SENTENCE ||
                     (ends[f] == ENDS_BEFORE_CAPITAL && is_names((enum action_field)f)));
}

/* ---- fields ---- */

static void compare_id(const struct pair *pair)
{
    if (!id_same(pair->arena, was(pair, ACTION_ID), is(pair, ACTION_ID)))
        add(pair, VERSION_RENUMBERED, ACTION_ID, TEXT("Renumbered"), was(pair, ACTION_ID),
            is(pair, ACTION_ID));
}

static void compare_status(const struct pair *pair)
{
    if (pair->before->rag != pair->now->rag)
        add(pair, VERSION_STATUS, ACTION_STATUS, TEXT("Status changed"),
            text_from(rag_word(pair->before->rag)), text_from(rag_word(pair->now->rag)));
}

/* "1 year", "3 months", "17 days": by how long the later date is later. */
static struct text how_long(struct arena *arena, struct date from, struct date to)
{
    int months = (to.year - from.year) * 12 + to.month - from.month;
    long days = date_number(to) - date_number(from);
    bool is_whole = months > 0 && (date_compare(date_add_months(from, months), to) == 0 ||
                                   (date_is_last_of_month(from) && date_is_last_of_month(to)));
    if (is_whole && months % 12 == 0)
        return text_format(arena, "%d year%s", months / 12, months == 12 ? "" : "s");
    if (is_whole)
        return text_format(arena, "%d month%s", months, months == 1 ? "" : "s");
    return text_format(arena, "%ld day%s", days, days == 1 ? "" : "s");
}

static struct text moved(const struct pair *pair)
{
    struct date from = pair->before->due, to = pair->now->due;
    if (!date_is_known(from))
        return TEXT("Due date given");
    if (!date_is_known(to))
        return TEXT("Due date dropped");
    bool is_later = date_compare(to, from) > 0;
    return text_format(pair->arena, "Due %.*s %s",
                       TEXT_ARG(how_long(pair->arena, is_later ? from : to, is_later ? to : from)),
                       is_later ? "later" : "earlier");
}

/* Dates are compared as dates: 31/03/2023 is 2022/23. What is none, as words. */
static void compare_due(const struct pair *pair)
{
    struct date from = pair->before->due, to = pair->now->due;
    bool is_same = date_is_known(from) || date_is_known(to)
                       ? date_compare(from, to) == 0
                       : wording_same(pair->arena, was(pair, ACTION_DUE), is(pair, ACTION_DUE));
    if (is_same)
        return;
    bool are_words = !date_is_known(from) && !date_is_known(to);
    add(pair, VERSION_MOVED, ACTION_DUE, are_words ? TEXT("Due date in other words") : moved(pair),
        was(pair, ACTION_DUE), is(pair, ACTION_DUE));
}

/* Only an update that is the same as before is a row. */
static void compare_news(const struct pair *pair, enum action_field field)
{
    bool is_open = pair->now->rag != RAG_COMPLETED;
    struct text none, words;
    if (!wording_same(pair->arena, was(pair, field), is(pair, field))) {
        versions_mark(pair->versions, VERSION_UPDATED, pair->now);
    } else if (is_open && field == ACTION_PROGRESS && is(pair, field).len) {
        wording_difference(pair->arena, TEXT_EMPTY, is(pair, field), &none, &words);
        add(pair, VERSION_STALE, field, headed(pair, field, ": not updated"), words,
            TEXT("The same words"));
    }
}

static void compare_names(const struct pair *pair, enum action_field field)
{
    struct arena *arena = pair->arena;
    struct texts added = names_added(arena, was(pair, field), is(pair, field));
    struct texts removed = names_added(arena, is(pair, field), was(pair, field));
    struct buffer what = {.arena = arena};
    if (!added.count && !removed.count)
        return;
    buffer_add(&what, header(pair, field));
    if (added.count)
        buffer_format(&what, ": added %.*s", TEXT_ARG(texts_join(arena, &added, TEXT("; "))));
    if (removed.count)
        buffer_format(&what, "%s removed %.*s", added.count ? "." : ":",
                      TEXT_ARG(texts_join(arena, &removed, TEXT("; "))));
    add(pair, field == ACTION_OWNER ? VERSION_OWNER : VERSION_TEXT, field, buffer_text(&what),
        was(pair, field), is(pair, field));
}

static void compare_words(const struct pair *pair, enum action_field field)
{
    switch (wording_compare(pair->arena, was(pair, field), is(pair, field))) {
    case WORDING_SAME:
        return;
    case WORDING_SPELLING:
        add_difference(pair, VERSION_WORDING, field, ": spelling changed");
        return;
    default:
        add_difference(pair, VERSION_TEXT, field, ": words changed");
    }
}

/* True when one of them says nothing: what it said, or says now, is told. */
static bool compare_blank(const struct pair *pair, enum action_field field)
{
    bool was_blank = blank_of_text(was(pair, field)) != BLANK_NOT;
    bool is_blank = blank_of_text(is(pair, field)) != BLANK_NOT;
    if (was_blank != is_blank)
        add_difference(pair, is_blank ? VERSION_EMPTIED : VERSION_FILLED, field,
                       is_blank ? ": emptied" : ": filled in");
    return was_blank != is_blank;
}

static void compare_field(const struct pair *pair, enum action_field field)
{
    if (field == ACTION_ID)
        compare_id(pair);
    else if (field == ACTION_STATUS)
        compare_status(pair);
    else if (field == ACTION_DUE)
        compare_due(pair);
    else if (compare_blank(pair, field))
        return;
    else if (pair->cut_before[field] || pair->cut_now[field])
        add_difference(pair, VERSION_CUT, field,
                       pair->cut_now[field] ? ": cut short now" : ": cut short before");
    else if (is_news(field))
        compare_news(pair, field);
    else if (is_names(field))
        compare_names(pair, field);
    else
        compare_words(pair, field);
}

void versions_compare(struct arena *arena, struct versions *versions, const struct action *before,
                      const struct action *now)
{
    struct pair pair = {.arena = arena, .versions = versions, .before = before, .now = now};
    find_cut(&pair, true, pair.cut_before);
    find_cut(&pair, false, pair.cut_now);
    for (int f = 0; f < ACTION_FIELDS; f++)
        if (versions->before->action_headers[f].len && versions->now->action_headers[f].len)
            compare_field(&pair, (enum action_field)f);
    for (size_t n = 0; n < versions->now->further_headers.count; n++) {
        enum action_field field = (enum action_field)(ACTION_FIELDS + n);
        if (versions->further[n] >= ACTION_FIELDS && !compare_blank(&pair, field))
            compare_words(&pair, field);
    }
}
