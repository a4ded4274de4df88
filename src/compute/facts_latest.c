/* facts_latest - of a source with comparators: the latest figure of each measure, and how it
 * stands to the first of them. */
#include "compute/facts.h"
#include "compute/standing.h"

/* How many measures stand so: by what is known, and by what can only be estimated. */
enum { STANDINGS = STANDING_WORSE + 1, NOT_COMPARED = STANDINGS, TALLIES };
static const char *const tally_names[TALLIES] = {
    [STANDING_SIMILAR] = "similar", [STANDING_LOWER] = "lower", [STANDING_HIGHER] = "higher",
    [STANDING_BETTER] = "better",   [STANDING_WORSE] = "worse", [NOT_COMPARED] = "not-compared"};

struct latest {
    struct facts *facts;
    struct text prefix;
    const struct comparison *comparison;
    struct date end;
    int64_t tallies[2][TALLIES]; /* the second: estimated */
    int64_t measures;
};

/* "better than England (20.2%)", "not compared with England (66.3%)", "[c]". */
static struct text standing_words(struct arena *arena, const struct measured *measured,
                                  const struct stood *stood)
{
    static const char *const words[STANDINGS] = {[STANDING_SIMILAR] = "similar to",
                                                 [STANDING_LOWER] = "lower than",
                                                 [STANDING_HIGHER] = "higher than",
                                                 [STANDING_BETTER] = "better than",
                                                 [STANDING_WORSE] = "worse than"};
    if (stood->by == STOOD_MARKED)
        return markers_display(arena, stood->markers);
    struct value there = measured->there->value;
    return text_format(
        arena, "%s%s %.*s (%.*s)", stood->by == STOOD_ESTIMATED ? "estimated to be " : "",
        stood->by == STOOD_NOT ? "not compared with" : words[stood->standing],
        TEXT_ARG(measured->there_name),
        TEXT_ARG(value_display(arena, there, there.number.scale, measured->measure->kind)));
}

static void add_measure(struct latest *latest, const struct compared *row, size_t m,
                        const struct figure *here)
{
    struct facts *facts = latest->facts;
    struct arena *arena = facts->arena;
    const struct dataset *dataset = latest->comparison->dataset;
    const struct measured measured =
        standing_measured(latest->comparison, &latest->comparison->comparators[0], m, here, true);
    const struct stood stood = standing_to_area(arena, &measured);
    bool is_compared = stood.by != STOOD_NOT && stood.by != STOOD_MARKED;
    latest
        ->tallies[stood.by == STOOD_ESTIMATED][is_compared ? (int)stood.standing : NOT_COMPARED]++;
    latest->measures++;
    struct text name =
        text_format(arena, "%.*s.%.*s.", TEXT_ARG(latest->prefix), TEXT_ARG(row->slug));
    facts_add_number(facts, text_concat(arena, name, TEXT("latest")), here->value, row->kind,
                     here->place);
    facts_add_number(facts, text_concat(arena, name, TEXT("latest-count")), here->count, KIND_COUNT,
                     here->place);
    facts_add_number(facts, text_concat(arena, name, TEXT("latest-comparator")),
                     measured.there ? measured.there->value : value_not_available, row->kind,
                     here->place);
    facts_add_text(facts, text_concat(arena, name, TEXT("latest-period")),
                   period_display(arena, dataset->periods[here->period]), here->place);
    facts_add_text(facts, text_concat(arena, name, TEXT("standing")),
                   standing_words(arena, &measured, &stood), here->place);
}

static void add_tally(const struct latest *latest, const char *name, int64_t tally)
{
    facts_add_number(
        latest->facts,
        text_format(latest->facts->arena, "%.*s.%s.count", TEXT_ARG(latest->prefix), name),
        (struct value){.present = true, .number = decimal_from(tally)}, KIND_COUNT,
        latest->comparison->dataset->place);
}

static void add_tallies(const struct latest *latest)
{
    const struct comparison *there = latest->comparison->comparators[0].comparison;
    facts_add_text(latest->facts,
                   text_concat(latest->facts->arena, latest->prefix, TEXT(".comparator")),
                   there->area, latest->comparison->dataset->place);
    add_tally(latest, "measures", latest->measures);
    for (int t = 0; t < TALLIES; t++)
        add_tally(latest, tally_names[t], latest->tallies[0][t]);
    for (int t = 0; t < STANDINGS; t++)
        add_tally(latest, text_format(latest->facts->arena, "estimated-%s", tally_names[t]).ptr,
                  latest->tallies[1][t]);
}

void facts_add_latest(struct facts *facts, struct text prefix, const struct comparison *comparison,
                      struct date end)
{
    struct latest latest = {.facts = facts, .prefix = prefix, .comparison = comparison, .end = end};
    const struct dataset *dataset = comparison->dataset;
    if (!comparison->comparator_count || comparison->where == AREA_ALL)
        return;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        size_t m = row->measure ? (size_t)(row->measure - dataset->measures) : 0;
        const struct figure *here =
            row->measure ? dataset_latest(dataset, m, comparison->where, end) : NULL;
        if (here)
            add_measure(&latest, row, m, here);
    }
    add_tallies(&latest);
}
