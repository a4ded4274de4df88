/* months - what the months of a source say against each other (compute/months.h). */
#include "check/check_int.h"

enum { NAMED = 6 }; /* months in one message; of more, how many there are */

/* "April 2020, May 2020 and 3 more" */
static struct text names_of(struct arena *arena, const struct gaps *gaps)
{
    struct texts names = {0};
    for (size_t i = 0; i < gaps->count && i < NAMED; i++)
        texts_add(arena, &names, period_display(arena, gaps->items[i]));
    if (gaps->count == 2)
        return texts_join(arena, &names, TEXT(" and "));
    /* "Quarter 1, 2021/22" has a comma of its own */
    bool has_commas = names.count && text_find(names.items[0], ',', 0) < names.items[0].len;
    struct text joined = texts_join(arena, &names, has_commas ? TEXT("; ") : TEXT(", "));
    if (gaps->count <= NAMED)
        return joined;
    return text_format(arena, "%.*s and %zu more", TEXT_ARG(joined), gaps->count - NAMED);
}

static void check_missing(struct diags *diags, const struct dataset *dataset)
{
    struct gaps gaps = months_missing(diags->arena, dataset, AREA_ALL);
    if (gaps.count && !dataset->picks_periods)
        diag(diags, DIAG_GAP, dataset->place,
             "source '%.*s' has no figures for %.*s, though it goes from %.*s to %.*s: add their "
             "exports; what needs them is shown as not available",
             TEXT_ARG(dataset->name), TEXT_ARG(names_of(diags->arena, &gaps)),
             TEXT_ARG(period_display(diags->arena, gaps.first)),
             TEXT_ARG(period_display(diags->arena, gaps.last)));
}

/* Months that one area lacks and others have. Where events are counted, an area without any has 0.
 */
static void check_missing_of_areas(struct diags *diags, const struct dataset *dataset)
{
    struct gaps all = months_missing(diags->arena, dataset, AREA_ALL);
    for (size_t a = 0;
         !dataset->counts_rows && dataset->areas.count > 1 && a < dataset->areas.count; a++) {
        struct gaps gaps = months_missing(diags->arena, dataset, a);
        if (gaps.count > all.count)
            diag(diags, DIAG_GAP, dataset->place,
                 "'%.*s' has no figures for %.*s, which other areas of source '%.*s' have: look "
                 "for its rows in the export",
                 TEXT_ARG(text_quote(diags->arena, dataset->areas.items[a])),
                 TEXT_ARG(names_of(diags->arena, &gaps)), TEXT_ARG(dataset->name));
    }
}

/* "'Burglary' in Harborough, March 2020" */
static struct text subject_of(struct arena *arena, const struct dataset *dataset,
                              const struct doubt *doubt)
{
    struct text what = doubt->label.len
                           ? text_format(arena, "'%.*s'", TEXT_ARG(text_quote(arena, doubt->label)))
                           : text_format(arena, "source '%.*s'", TEXT_ARG(dataset->name));
    return text_format(arena, "%.*s%s%.*s, %.*s", TEXT_ARG(what), doubt->area.len ? " in " : "",
                       TEXT_ARG(text_quote(arena, doubt->area)),
                       TEXT_ARG(period_display(arena, doubt->period)));
}

/* "; the change on 2019/20 rests on it, and a note below its tables says so" */
static struct text resting_of(struct arena *arena, const struct comparison *comparison,
                              struct period month)
{
    struct text rests = comparison_resting(arena, comparison, month);
    if (!rests.len)
        return TEXT_EMPTY;
    return text_format(arena, "; %.*s rests on it, and a note below its tables says so",
                       TEXT_ARG(rests));
}

static void tell_cut_off(struct diags *diags, const struct comparison *comparison,
                         const struct doubt *doubt)
{
    diag(diags, DIAG_INCOMPLETE, doubt->place,
         "%.*s is not whole: %s %.*s: export it again when it is, or report on an earlier "
         "period%.*s",
         TEXT_ARG(subject_of(diags->arena, comparison->dataset, doubt)),
         doubt->ends_with_as_at ? "the job's figures are as at" : "its last event is of",
         TEXT_ARG(date_display(diags->arena, doubt->last_day)),
         TEXT_ARG(resting_of(diags->arena, comparison, doubt->period)));
}

static void tell_outlier(struct diags *diags, const struct comparison *comparison,
                         const struct doubt *doubt)
{
    struct arena *arena = diags->arena;
    struct text without = TEXT_EMPTY;
    bool is_last = doubt->kind == DOUBT_LOW_END;
    if (doubt->without_area.present && decimal_sign(doubt->without_area.number) > 0)
        without = text_format(arena, " (%.*s more rows of it have no area)",
                              TEXT_ARG(decimal_in_full(arena, doubt->without_area.number)));
    diag(diags, is_last ? DIAG_INCOMPLETE : DIAG_OUTLIER, doubt->place,
         "%.*s: %.*s%s, where %.*s have %.*s to %.*s%.*s: %s%.*s",
         TEXT_ARG(subject_of(arena, comparison->dataset, doubt)),
         TEXT_ARG(decimal_in_full(arena, doubt->value.number)),
         comparison->dataset->counts_rows ? " rows" : "", TEXT_ARG(doubt->history),
         TEXT_ARG(decimal_in_full(arena, doubt->low.number)),
         TEXT_ARG(decimal_in_full(arena, doubt->high.number)), TEXT_ARG(without),
         is_last ? "look whether the export was made before the month was whole"
                 : "ask the publisher whether the month is right",
         TEXT_ARG(resting_of(arena, comparison, doubt->period)));
}

/* Events that no area has: one finding, as they come in runs when a publisher changes a system. */
static void check_without_area(struct diags *diags, const struct comparison *comparison,
                               struct date as_at)
{
    struct arena *arena = diags->arena;
    const struct dataset *dataset = comparison->dataset;
    size_t none = texts_find(&dataset->areas, AREA_NOT_GIVEN);
    if (!dataset->counts_rows || none == dataset->areas.count)
        return;
    struct doubts doubts = months_doubts(arena, dataset, none, as_at);
    struct texts months = {0};
    struct place first = PLACE_NONE;
    for (size_t i = 0; i < doubts.count; i++) {
        const struct doubt *doubt = &doubts.items[i];
        if (doubt->kind != DOUBT_OUTLIER ||
            decimal_compare(doubt->value.number, doubt->high.number) <= 0)
            continue;
        if (!months.count)
            first = doubt->place;
        texts_add(arena, &months,
                  text_format(arena, "%.*s %.*s (else %.*s to %.*s)",
                              TEXT_ARG(period_display(arena, doubt->period)),
                              TEXT_ARG(decimal_in_full(arena, doubt->value.number)),
                              TEXT_ARG(decimal_in_full(arena, doubt->low.number)),
                              TEXT_ARG(decimal_in_full(arena, doubt->high.number))));
    }
    if (months.count)
        diag(diags, DIAG_OUTLIER, first,
             "source '%.*s' has far more rows without an area than usual: %.*s: the "
             "figures of areas lack these rows",
             TEXT_ARG(dataset->name), TEXT_ARG(texts_join(arena, &months, TEXT(", "))));
}

void check_months(struct diags *diags, const struct check_input *input)
{
    const struct comparison *comparison = input->comparison;
    if (!comparison)
        return;
    check_missing(diags, input->dataset);
    check_missing_of_areas(diags, input->dataset);
    for (size_t i = 0; i < comparison->doubts.count; i++) {
        const struct doubt *doubt = &comparison->doubts.items[i];
        if (doubt->kind == DOUBT_CUT_OFF)
            tell_cut_off(diags, comparison, doubt);
        else
            tell_outlier(diags, comparison, doubt);
    }
    check_without_area(diags, comparison, input->as_at);
}
