/* performance_notes - the key of a table of performance: thresholds as used, and what is missing.
 */
#include "assemble/assemble_int.h"

/* "Burglary, Theft: ": measures of which one thing is said. */
struct said {
    struct text what;
    struct texts labels;
};
struct sayings {
    struct said *items;
    size_t count;
    size_t capacity;
};

static void say(struct arena *arena, struct sayings *all, struct text label, struct text what)
{
    size_t i = 0;
    if (!what.len)
        return;
    while (i < all->count && !text_equal(all->items[i].what, what))
        i++;
    if (i == all->count) {
        all->items = arena_grow(arena, all->items, all->count, &all->capacity, sizeof *all->items);
        all->items[all->count++] = (struct said){.what = what};
    }
    texts_add(arena, &all->items[i].labels, label);
}

/* "LEAD: a (Burglary, Theft); b (Fraud).", without the names where one thing is said of all. */
static void add_sayings(struct arena *arena, struct table *table, const char *lead,
                        const struct sayings *all, bool name_always)
{
    struct buffer out = {.arena = arena};
    if (!all->count)
        return;
    buffer_format(&out, "%s: ", lead);
    for (size_t i = 0; i < all->count; i++) {
        const struct said *said = &all->items[i];
        buffer_format(&out, "%s%.*s", i ? "; " : "", TEXT_ARG(said->what));
        if (all->count > 1 || name_always)
            buffer_format(&out, " (%.*s)", TEXT_ARG(texts_join(arena, &said->labels, TEXT(", "))));
    }
    buffer_add_byte(&out, '.');
    texts_add(arena, &table->notes, buffer_text(&out));
}

static bool is_held(const struct performance *one)
{
    return one->target.is_known && one->row->measure->target.polarity != POLARITY_NONE;
}

static void note_status(struct arena *arena, const struct performances *all, struct table *table)
{
    struct sayings tolerances = {0}, missing = {0}, bands = {0};
    bool any = false;
    for (size_t m = 0; m < all->count; m++) {
        const struct performance *one = &all->items[m];
        if (!one->row)
            continue;
        struct text label = one->row->label;
        bool has_target = one->target.origin != TARGET_OF_NOBODY || one->target.words.len;
        any = any || is_held(one);
        if (is_held(one))
            say(arena, &tolerances, label, tolerance_words(arena, one));
        if (has_target && one->rag == RAG_NONE)
            say(arena, &missing, label, one->why);
        if (one->target.is_known && one->target.target.polarity == POLARITY_BAND)
            say(arena, &bands, label, TEXT("within the band"));
    }
    if (any)
        texts_add(arena, &table->notes,
                  TEXT("Status: green where the target is met, amber where it is missed by no more "
                       "than the tolerance, red where it is missed by more. Values are compared "
                       "unrounded. A status is a judgement of performance: it does not show that a "
                       "change is real."));
    if (any && all->comparison->dataset->hiding.rounding)
        texts_add(arena, &table->notes,
                  TEXT("Of figures that are rounded to protect people, a status is given only "
                       "where that cannot decide it."));
    add_sayings(arena, table, "Tolerance", &tolerances, false);
    add_sayings(arena, table, "The target is met", &bands, true);
    add_sayings(arena, table, "No status is given", &missing, true);
}

static struct text profile_words(const struct performance *one)
{
    if (!one->target.is_cumulative)
        return TEXT_EMPTY;
    return one->target.target.profile == PROFILE_EVEN
               ? TEXT("a twelfth of the year's target for each month")
               : TEXT("the share of the year's target that last year's total had reached by then");
}

static void note_targets(struct arena *arena, const struct performances *all, struct table *table)
{
    struct sayings profiles = {0}, points = {0};
    for (size_t m = 0; m < all->count; m++) {
        const struct performance *one = &all->items[m];
        if (!one->row || !is_held(one))
            continue;
        say(arena, &profiles, one->row->label, profile_words(one));
        if (kind_adds_up(one->row->kind) && !one->target.is_cumulative &&
            one->target.target.profile == PROFILE_NONE)
            say(arena, &points, one->row->label, TEXT("the latest figure against all of it"));
    }
    add_sayings(arena, table, "Targets of a year, held against the year to date", &profiles, true);
    add_sayings(arena, table, "Targets of a point in time", &points, true);
}

static bool any_cell(const struct table *table, const char *words)
{
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count; c++)
            if (text_contains(table->rows[r].cells[c].display, text_from(words)))
                return true;
    return false;
}

/* What the words beside the arrows mean: those that the table has. */
static void add_words_note(struct arena *arena, struct table *table, bool tests_others,
                           bool is_rounded)
{
    static const struct {
        const char *words, *meaning;
    } all[] = {
        {"→ same when rounded", "“Same when rounded”: the counts behind them may differ."},
        {"→ same", "“Same”: a difference of no more than half of the last digit shown."},
        {"may be", "“May be”: chance cannot be ruled out."},
        {"little changed", "“Little changed”: the change is small and can easily be chance."},
        {"change not clear",
         "“Change not clear”: the figures do not show whether there has been a "
         "real change."},
        {"too few to judge", "“Too few to judge”: the counts are too small."},
        {"not tested", "“Not tested”: whether it can be told from chance is not known."},
    };
    struct buffer out = {.arena = arena};
    buffer_add(
        &out,
        is_rounded
            ? TEXT("Arrows show which way a number went. Rounded counts are not tested "
                   "against chance, so no word says whether that is better.")
            : TEXT("Arrows show which way a number went, the words whether that is better. "));
    if (!is_rounded)
        buffer_add(&out, tests_others
                             ? TEXT("Counts, and percentages and rates of known numbers, are "
                                    "tested against chance.")
                             : TEXT("Counts are tested against chance."));
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (i != (is_rounded ? 1 : 0) && any_cell(table, all[i].words))
            buffer_format(&out, " %s", all[i].meaning);
    texts_add(arena, &table->notes, buffer_text(&out));
}

/* Tested against chance through something else than a count. */
static bool is_tested_otherwise(const struct performance *one)
{
    for (int which = 0; which < TRAVELS; which++) {
        const struct direction *direction = &one->directions[which];
        if (direction->is_known && one->row->judged[direction->baseline].method >= TEST_SHARES)
            return true;
    }
    return false;
}

static void note_travel(struct arena *arena, const struct performances *all, struct table *table)
{
    struct sayings bands = {0}, why = {0};
    bool any = false, points = false, tests_others = false;
    for (size_t m = 0; m < all->count; m++) {
        const struct performance *one = &all->items[m];
        if (!one->row)
            continue;
        any = any || one->directions[TRAVEL_LAST_YEAR].is_known ||
              one->directions[TRAVEL_LAST_PERIOD].is_known;
        points = points || one->row->kind == KIND_PERCENT;
        tests_others = tests_others || is_tested_otherwise(one);
        if (one->row->measure->target.has_dead_band)
            say(arena, &bands, one->row->label,
                measure_amount(arena, one, one->dead_band, one->dead_band.scale));
        say(arena, &why, one->row->label, one->directions[TRAVEL_LAST_PERIOD].why);
    }
    if (!any)
        return;
    add_words_note(arena, table, tests_others, all->comparison->dataset->hiding.rounding > 0);
    add_sayings(arena, table, "“Same” up to another difference", &bands, true);
    add_sayings(arena, table, "No change since the last period is given", &why, true);
    if (points)
        texts_add(arena, &table->notes,
                  TEXT("Differences between percentages are in percentage points."));
}

static struct text forecast_basis(struct arena *arena, const struct performance *one)
{
    const struct year_end *end = &one->year_end;
    if (!end->is_known)
        return TEXT_EMPTY;
    const char *way = end->is_seasonal ? "as last year did" : "at the pace of the year so far";
    if (!end->phi_is_known)
        return text_format(arena, "%s, varying as by chance alone (factor 1)", way);
    return text_format(arena, "%s, varying as the months of the last two years did (factor %.2f)",
                       way, end->phi);
}

static void note_year(struct arena *arena, const struct performances *all, bool has_range,
                      struct table *table)
{
    struct sayings basis = {0}, missing = {0};
    for (size_t m = 0; m < all->count; m++) {
        const struct performance *one = &all->items[m];
        if (!one->row)
            continue;
        if (has_range)
            say(arena, &basis, one->row->label, forecast_basis(arena, one));
        if (one->so_far.applies && !(one->so_far.now.markers & MARKER_CONFIDENTIAL))
            say(arena, &missing, one->row->label, one->so_far.why);
    }
    add_sayings(arena, table, "Year to date", &missing, true);
    add_sayings(arena, table,
                "Likely range for the year [f], in which it ends 95 times in 100 if it goes on",
                &basis, true);
}

static bool has_column(const struct table *table, const char *start)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (text_starts(table->columns[c].header, text_from(start)))
            return true;
    return false;
}

void performance_notes(struct assembly *assembly, const struct performances *all,
                       struct table *table)
{
    struct arena *arena = assembly->arena;
    if (has_column(table, "Status") || has_column(table, "Against")) {
        note_status(arena, all, table);
        note_targets(arena, all, table);
    }
    if (has_column(table, "Change since"))
        note_travel(arena, all, table);
    bool has_range = has_column(table, "Likely range");
    if (has_column(table, "Year to date") || has_range)
        note_year(arena, all, has_range, table);
}
