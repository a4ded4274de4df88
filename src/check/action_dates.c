/*
 * action_dates - what the words of a plan say against its own dates: updates that speak of a time
 * after the report, or of one that is over as if it were still to come, plans whose dates have all
 * gone by, and actions that are completed and go on all the same (statistics.md 9).
 */
#include "check/check_int.h"

#include "data/blank.h"
#include "data/spelling_int.h"
#include "data/versions.h"
#include "data/wording.h"

enum { MENTION_WORDS = 5, ALL_OVERDUE = 3 };

/* A day or period that words name. */
struct mention {
    size_t from, to; /* words */
    struct date start, end;
    bool has_no_year; /* "Quarter 2": of the financial year of the report */
};

/* ---- what words name ---- */

static bool may_begin(struct text word)
{
    return is_digit(word.ptr[0]) || month_number(word) ||
           is_spelling(word, "q1|q2|q3|q4|q|qu|qtr|quarter");
}

/* Kinds that stand for a time in a sentence; a bare number of four digits may be an amount. */
static bool is_time(const struct period *period)
{
    return period->flag == PERIOD_OK &&
           (period->kind == PERIOD_MONTH || period->kind == PERIOD_FIN_QUARTER ||
            period->kind == PERIOD_FINANCIAL_YEAR || period->kind == PERIOD_POINT);
}

/* "Quarter 2", "Q2", without a year. */
static bool read_quarter(const struct words *words, size_t from, size_t to, struct date as_at,
                         struct mention *out)
{
    struct text word = words->items[from].folded, number = words->items[to - 1].folded;
    bool is_one = to == from + 1 && word.len == 2 && word.ptr[0] == 'q';
    bool is_two = to == from + 2 && number.len == 1 && is_spelling(word, "q|qu|qtr|quarter");
    int quarter = char_at(number, number.len - 1) - '0';
    if ((!is_one && !is_two) || quarter < 1 || quarter > 4)
        return false;
    int year = as_at.month > 3 ? as_at.year : as_at.year - 1, month = quarter * 3 + 1;
    *out = (struct mention){
        .from = from,
        .to = to,
        .start = date_first_of_month(month > 12 ? year + 1 : year, month > 12 ? 1 : month),
        .has_no_year = true};
    out->end = date_last_of_month(out->start.year, out->start.month + 2);
    return true;
}

static bool read_mention(struct arena *arena, const struct words *words, size_t from, size_t to,
                         struct date as_at, struct mention *out)
{
    struct text written = words_written(words, from, to);
    struct date day;
    if (text_contains(written, TEXT("\n")) || text_contains(written, TEXT(". ")))
        return false;
    if (date_read(written, &day)) {
        *out = (struct mention){from, to, day, day, false};
        return true;
    }
    if (read_quarter(words, from, to, as_at, out))
        return true;
    struct period period = period_read(arena, written);
    if (!is_time(&period))
        return false;
    *out = (struct mention){from, to, period.start, period.end, false};
    return true;
}

/* The longest that begins with the word; false when none does. */
static bool mention_at(struct arena *arena, const struct words *words, size_t from,
                       struct date as_at, struct mention *out)
{
    if (!may_begin(words->items[from].folded))
        return false;
    size_t most = words->count - from < MENTION_WORDS ? words->count - from : MENTION_WORDS;
    for (size_t length = most; length; length--)
        if (read_mention(arena, words, from, from + length, as_at, out))
            return true;
    return false;
}

/* ---- findings ---- */

static struct text name_of(struct arena *arena, const struct action *action)
{
    struct text id = action->field[ACTION_ID];
    return id.len ? text_format(arena, "action '%.*s'", TEXT_ARG(text_quote(arena, id)))
                  : TEXT("the action of this row");
}

/* Whether the sentence up to the word says that something is still to come. */
static bool is_to_come(const struct words *words, size_t at)
{
    for (size_t i = at; i-- > 0;) {
        struct text gap = text_slice(words->text, words->items[i].to, words->items[i + 1].from);
        if (text_contains(gap, TEXT(".")) || text_contains(gap, TEXT("\n")) ||
            text_contains(gap, TEXT(";")))
            return false;
        struct text word = words->items[i].folded;
        bool is_to = text_is(words->items[i + 1].folded, "to");
        if (is_spelling(word, "will|shall") ||
            (is_to && is_spelling(word, "due|expected|scheduled|planned|hoped")))
            return true;
    }
    return false;
}

/* Against what updates are held. */
struct days {
    struct date as_at;  /* when the export was taken, else the day of the report */
    const char *what;   /* "the day of the export" */
    struct date period; /* the last day of the report's period */
};
struct found {
    bool has_later, has_over, has_after_period;
    struct mention last; /* the latest that begins after the report */
    struct mention over; /* the first that is over and still spoken of as to come */
};

static void judge_mention(struct found *found, const struct words *words, const struct days *days,
                          struct mention mention)
{
    bool is_later = !mention.has_no_year && date_compare(mention.start, days->as_at) > 0;
    bool is_over = date_compare(mention.end, days->as_at) < 0;
    found->has_after_period =
        found->has_after_period ||
        (!mention.has_no_year && !is_later && date_is_known(days->period) &&
         date_compare(mention.start, days->period) > 0 && !is_to_come(words, mention.from));
    if (is_later && (!found->has_later || date_compare(mention.end, found->last.end) > 0)) {
        found->has_later = true;
        found->last = mention;
    }
    if (is_over && !found->has_over && is_to_come(words, mention.from)) {
        found->has_over = true;
        found->over = mention;
    }
}

/* Whether it tells what was done after the period. */
static bool check_words(struct diags *diags, const struct action *action, enum action_field field,
                        const struct days *days)
{
    struct arena *arena = diags->arena;
    struct words words = words_of(arena, action->field[field]);
    struct found found = {.has_later = false};
    for (size_t i = 0; i < words.count; i++) {
        struct mention mention;
        if (!mention_at(arena, &words, i, days->as_at, &mention))
            continue;
        judge_mention(&found, &words, days, mention);
        i = mention.to - 1;
    }
    if (found.has_later && field == ACTION_PROGRESS) /* next steps are to come */
        diag(diags, DIAG_AFTER_AS_AT, action_place(action, field),
             "%.*s speaks of '%.*s', which is after %.*s, %s", TEXT_ARG(name_of(arena, action)),
             TEXT_ARG(text_quote(arena, words_written(&words, found.last.from, found.last.to))),
             TEXT_ARG(date_display(arena, days->as_at)), days->what);
    if (found.has_over)
        diag(diags, DIAG_STALE, action_place(action, field),
             "%.*s says what will be in '%.*s', which had ended by %.*s%s: an old update, or the "
             "wrong time",
             TEXT_ARG(name_of(arena, action)),
             TEXT_ARG(text_quote(arena, words_written(&words, found.over.from, found.over.to))),
             TEXT_ARG(date_display(arena, days->as_at)),
             found.over.has_no_year ? " unless another year is meant" : "");
    return found.has_after_period && field == ACTION_PROGRESS;
}

/* Next steps that say that there are none. */
static bool has_next_step(const struct action *action)
{
    struct text steps = text_trim(action->field[ACTION_NEXT_STEPS]);
    return blank_of_text(steps) == BLANK_NOT &&
           !is_spelling(steps,
                        "none|none.|nil|n/a|na|not applicable|complete|completed|complete.|"
                        "completed.|closed|done|no further action|no further action.|"
                        "no further action required|no further actions|none required");
}

static void check_completed(struct diags *diags, const struct action *action)
{
    if (action->rag == RAG_COMPLETED && has_next_step(action))
        diag(diags, DIAG_STALE, action_place(action, ACTION_NEXT_STEPS),
             "%.*s is completed and has next steps: clear them, or change its status",
             TEXT_ARG(name_of(diags->arena, action)));
}

static void check_updates(struct diags *diags, const struct check_input *input)
{
    static const enum action_field said[] = {ACTION_PROGRESS, ACTION_NEXT_STEPS};
    const struct dataset *dataset = input->dataset;
    bool has_day = date_is_known(dataset->extracted);
    const struct days days = {has_day ? dataset->extracted : input->as_at,
                              has_day ? "the day of the export" : "the day of the report",
                              input->period_end};
    const struct action *first = NULL;
    size_t after = 0;
    for (size_t i = 0; i < dataset->action_count; i++) {
        const struct action *action = &dataset->actions[i];
        for (size_t f = 0; f < sizeof said / sizeof said[0] && date_is_known(days.as_at); f++)
            if (check_words(diags, action, said[f], &days)) {
                first = first ? first : action;
                after++;
            }
        check_completed(diags, action);
    }
    if (first)
        diag(diags, DIAG_AFTER_AS_AT, action_place(first, ACTION_PROGRESS),
             "%zu update%s of what was done after %.*s, the last day of the period; the first is "
             "that of %.*s: readers may take it for the period's",
             after, after == 1 ? " tells" : "s tell",
             TEXT_ARG(date_display(diags->arena, days.period)),
             TEXT_ARG(name_of(diags->arena, first)));
}

/* A plan of which every date has gone by was not kept up: one finding besides each action's own. */
static void check_all_overdue(struct diags *diags, const struct dataset *dataset, struct date as_at)
{
    size_t dated = 0, overdue = 0;
    struct date last = {0};
    for (size_t i = 0; i < dataset->action_count; i++) {
        const struct action *action = &dataset->actions[i];
        if (action->rag == RAG_COMPLETED || !date_is_known(action->due))
            continue;
        dated++;
        overdue += action_is_overdue(action, as_at);
        last = !date_is_known(last) || date_compare(action->due, last) > 0 ? action->due : last;
    }
    if (dated >= ALL_OVERDUE && overdue == dated)
        diag(diags, DIAG_STALE, action_place(&dataset->actions[0], ACTION_DUE),
             "all %zu dated actions that are not completed were due by %.*s: the plan has no date "
             "that is still to come",
             dated, TEXT_ARG(date_display(diags->arena, last)));
}

/* Updates that are as they were in the earlier version, and what became of every action of both. */
static void check_versions(struct diags *diags, const struct dataset *dataset)
{
    const struct versions *versions = versions_make(diags->arena, dataset->before, dataset);
    size_t stale = versions->counts[VERSION_STALE];
    diag(diags, DIAG_VERSIONS, dataset->place, "'%.*s' against '%.*s': %.*s",
         TEXT_ARG(dataset->name), TEXT_ARG(dataset->before->name),
         TEXT_ARG(versions_sentence(diags->arena, versions)));
    size_t i = 0;
    while (i < versions->count && versions->items[i].kind != VERSION_STALE)
        i++;
    if (stale)
        diag(diags, DIAG_STALE, action_place(versions->items[i].now, ACTION_PROGRESS),
             "%zu of %zu actions %s the same update as in '%.*s'; the first is %.*s", stale,
             dataset->action_count, stale == 1 ? "has" : "have", TEXT_ARG(dataset->before->name),
             TEXT_ARG(name_of(diags->arena, versions->items[i].now)));
}

void check_action_dates(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    if (dataset->is_earlier)
        return;
    check_updates(diags, input);
    check_all_overdue(diags, dataset, input->as_at);
    if (dataset->before)
        check_versions(diags, dataset);
}
