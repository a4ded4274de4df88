/*
 * stopped - figures that cannot be right and are not shown: a note below each table that would show
 * them says why (statistics.md 0.9). A report of which no figure is left is not made.
 */
#include "assemble/assemble_int.h"

/* The stopped figures that one table, or one report, would show. */
struct shown_stops {
    const struct dataset *dataset;
    const struct stopped **items;
    size_t count;
    bool names_areas; /* areas stand beside each other in it */
};

static struct shown_stops new_stops(struct arena *arena, const struct dataset *dataset,
                                    bool names_areas)
{
    return (struct shown_stops){
        .dataset = dataset,
        .items = arena_calloc(arena, dataset->stopped_count + 1, sizeof(const struct stopped *)),
        .names_areas = names_areas};
}

static bool is_in_scope(const struct dataset *dataset, const struct stopped *stopped,
                        const struct stopped_scope *scope)
{
    return (scope->measure == SIZE_MAX || scope->measure == stopped->measure) &&
           stopped_within(dataset, stopped, scope->area, scope->period);
}

static struct shown_stops stops_of_scopes(struct arena *arena, const struct dataset *dataset,
                                          const struct stopped_scopes *scopes, bool names_areas)
{
    struct shown_stops stops = new_stops(arena, dataset, names_areas);
    for (size_t i = 0; i < dataset->stopped_count; i++) {
        bool found = false;
        for (size_t s = 0; s < scopes->count && !found; s++)
            found = is_in_scope(dataset, &dataset->stopped[i], &scopes->items[s]);
        if (found && stopped_is_shown(dataset, &dataset->stopped[i]))
            stops.items[stops.count++] = &dataset->stopped[i];
    }
    return stops;
}

void stopped_scope_add(struct arena *arena, struct stopped_scopes *scopes, size_t measure,
                       size_t area, struct period period)
{
    scopes->items =
        arena_grow(arena, scopes->items, scopes->count, &scopes->capacity, sizeof *scopes->items);
    scopes->items[scopes->count++] = (struct stopped_scope){measure, area, period};
}

void stopped_scope_comparison(struct arena *arena, struct stopped_scopes *scopes, size_t measure,
                              const struct comparison *comparison)
{
    stopped_scope_add(arena, scopes, measure, comparison->where, comparison->period);
    for (size_t b = 0; b < comparison->baselines.count; b++)
        stopped_scope_add(arena, scopes, measure, comparison->where,
                          comparison->baselines.items[b].period);
}

/* Its own figures, and those of the areas that stand beside it. */
static struct stopped_scopes scopes_of(struct arena *arena, const struct comparison *comparison)
{
    struct stopped_scopes scopes = {0};
    stopped_scope_comparison(arena, &scopes, SIZE_MAX, comparison);
    for (size_t c = 0; c < comparison->comparator_count; c++)
        stopped_scope_comparison(arena, &scopes, SIZE_MAX, comparison->comparators[c].comparison);
    return scopes;
}

static bool same_note(const struct shown_stops *stops, const struct stopped *a,
                      const struct stopped *b)
{
    return a->period == b->period && a->marker == b->marker && text_equal(a->why, b->why) &&
           (!stops->names_areas || a->area == b->area);
}

/* "Total, Burglary and Violence, 2021/22: [x] because the parts add up to more than the total." */
static struct text note_of(struct arena *arena, const struct shown_stops *stops, size_t first)
{
    const struct stopped *stopped = stops->items[first];
    struct text area = stops->dataset->areas.items[stopped->area];
    enum { LABELS = 12 };
    struct texts labels = {0};
    struct buffer out = {.arena = arena};
    size_t more = 0;
    for (size_t i = first; i < stops->count; i++)
        if (same_note(stops, stopped, stops->items[i]) && labels.count == LABELS)
            more++;
        else if (same_note(stops, stopped, stops->items[i]))
            texts_add(arena, &labels, stops->dataset->measures[stops->items[i]->measure].label);
    if (more)
        texts_add(arena, &labels, text_format(arena, "%zu more", more));
    for (size_t i = 0; i < labels.count; i++)
        buffer_format(&out, "%s%.*s",
                      i == 0                  ? ""
                      : i + 1 == labels.count ? " and "
                                              : ", ",
                      TEXT_ARG(labels.items[i]));
    if (stops->names_areas && area.len)
        buffer_format(&out, ", %.*s", TEXT_ARG(area));
    buffer_format(&out, ", %.*s: %.*s because %.*s.",
                  TEXT_ARG(period_display(arena, stops->dataset->periods[stopped->period])),
                  TEXT_ARG(markers_display(arena, stopped->marker)), TEXT_ARG(stopped->why));
    return buffer_text(&out);
}

static bool is_first_of_note(const struct shown_stops *stops, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_note(stops, stops->items[i], stops->items[at]))
            return false;
    return true;
}

static bool is_told(const struct assembly *assembly, const struct stopped *stopped)
{
    for (size_t i = 0; i < assembly->told_count; i++)
        if (assembly->told[i].stopped == stopped)
            return true;
    return false;
}

static void take_down(struct assembly *assembly, const struct dataset *dataset,
                      const struct stopped *stopped)
{
    if (is_told(assembly, stopped))
        return;
    assembly->told = arena_grow(assembly->arena, assembly->told, assembly->told_count,
                                &assembly->told_capacity, sizeof *assembly->told);
    assembly->told[assembly->told_count++] = (struct stopped_told){dataset, stopped};
}

/* Nobody reads a dozen notes: of more than a few, the rest is counted. */
static void add_notes(struct assembly *assembly, const struct shown_stops *stops,
                      struct texts *notes)
{
    enum { NOTES = 6 };
    struct arena *arena = assembly->arena;
    size_t told = 0, more = 0;
    for (size_t i = 0; i < stops->count; i++) {
        take_down(assembly, stops->dataset, stops->items[i]);
        if (told == NOTES)
            more++;
        if (told == NOTES || !is_first_of_note(stops, i))
            continue;
        texts_add(arena, notes, note_of(arena, stops, i));
        told++;
    }
    if (more)
        texts_add(arena, notes,
                  TEXT("More figures are not shown, because the source's figures for them cannot "
                       "be right."));
}

static void note_scopes(struct assembly *assembly, const struct dataset *dataset,
                        const struct stopped_scopes *scopes, bool names_areas, struct texts *notes)
{
    struct shown_stops stops = stops_of_scopes(assembly->arena, dataset, scopes, names_areas);
    add_notes(assembly, &stops, notes);
    revised_note_scopes(assembly, dataset, scopes, names_areas, notes);
}

void stopped_note_comparison(struct assembly *assembly, const struct comparison *comparison,
                             struct texts *notes)
{
    struct stopped_scopes scopes = scopes_of(assembly->arena, comparison);
    note_scopes(assembly, comparison->dataset, &scopes,
                comparison->where == AREA_ALL || comparison->comparator_count > 0, notes);
}

void stopped_note_scopes(struct assembly *assembly, const struct dataset *dataset,
                         const struct stopped_scopes *scopes, struct texts *notes)
{
    bool names_areas = false;
    for (size_t s = 0; s < scopes->count; s++)
        names_areas = names_areas || scopes->items[s].area != scopes->items[0].area ||
                      scopes->items[s].area == AREA_ALL;
    note_scopes(assembly, dataset, scopes, names_areas && dataset->areas.count > 1, notes);
}

void stopped_note_latest(struct assembly *assembly, const struct dataset *dataset,
                         const struct figure *const *figures, size_t count, struct texts *notes)
{
    struct shown_stops stops = new_stops(assembly->arena, dataset, dataset->areas.count > 1);
    for (size_t i = 0; i < dataset->stopped_count; i++) {
        const struct stopped *stopped = &dataset->stopped[i];
        bool found = false;
        for (size_t f = 0; f < count && !found; f++)
            found = figures[f]->is_stopped && figures[f]->measure == stopped->measure &&
                    figures[f]->area == stopped->area && figures[f]->period == stopped->period;
        if (found && stopped_is_shown(dataset, stopped))
            stops.items[stops.count++] = stopped;
    }
    add_notes(assembly, &stops, notes);
    struct stopped_scopes scopes = {0};
    for (size_t f = 0; f < count; f++)
        stopped_scope_add(assembly->arena, &scopes, figures[f]->measure, figures[f]->area,
                          dataset->periods[figures[f]->period]);
    revised_note_scopes(assembly, dataset, &scopes, dataset->areas.count > 1, notes);
}

/* ---- figures that stand in words alone ---- */

/* What is worked out from others rests on all of the source's. */
static size_t measure_of(const struct fact *fact)
{
    return fact->row->measure ? (size_t)(fact->row->measure - fact->comparison->dataset->measures)
                              : SIZE_MAX;
}

void stopped_name(struct assembly *assembly, const struct fact *fact)
{
    struct arena *arena = assembly->arena;
    struct stopped_scopes scopes = {0};
    const struct comparison *comparison = fact->comparison;
    if (fact->kind == FACT_VALUE)
        stopped_scope_add(arena, &scopes, measure_of(fact), comparison->where,
                          fact->baseline == BASELINE_NOW
                              ? comparison->period
                              : comparison->baselines.items[fact->baseline].period);
    else if (fact->kind == FACT_CHANGE || fact->kind == FACT_ROW)
        stopped_scope_comparison(arena, &scopes, measure_of(fact), comparison);
    else if (fact->kind == FACT_PERFORMANCE)
        stopped_scope_performance(arena, &scopes, fact->performances, fact->performance);
    struct shown_stops stops = stops_of_scopes(arena, comparison->dataset, &scopes, true);
    for (size_t i = 0; i < stops.count; i++) {
        assembly->named = arena_grow(arena, assembly->named, assembly->named_count,
                                     &assembly->named_capacity, sizeof *assembly->named);
        assembly->named[assembly->named_count++] =
            (struct stopped_told){comparison->dataset, stops.items[i]};
    }
}

void stopped_scope_performance(struct arena *arena, struct stopped_scopes *scopes,
                               const struct performances *all, const struct performance *one)
{
    stopped_scope_comparison(arena, scopes, one->measure, all->comparison);
    if (!one->so_far.is_counted)
        return;
    struct period so_far = all->year[0].whole;
    if (date_compare(all->comparison->period.end, so_far.end) < 0)
        so_far.end = all->comparison->period.end;
    stopped_scope_add(arena, scopes, one->measure, all->comparison->where, so_far);
    stopped_scope_add(arena, scopes, one->measure, all->comparison->where, all->year[1].whole);
}

/* Of each source in turn, so that its notes can be joined. */
void stopped_note_named(struct assembly *assembly, struct texts *notes)
{
    for (size_t i = 0; i < assembly->named_count; i++) {
        const struct dataset *dataset = assembly->named[i].dataset;
        struct shown_stops stops = new_stops(assembly->arena, dataset, dataset->areas.count > 1);
        for (size_t s = 0; s < dataset->stopped_count; s++) {
            bool is_named = false;
            for (size_t n = i; n < assembly->named_count && !is_named; n++)
                is_named = assembly->named[n].stopped == &dataset->stopped[s];
            if (is_named && !is_told(assembly, &dataset->stopped[s]))
                stops.items[stops.count++] = &dataset->stopped[s];
        }
        add_notes(assembly, &stops, notes);
    }
}

void stopped_use(struct assembly *assembly, const struct comparison *comparison)
{
    for (size_t i = 0; i < assembly->used_count; i++)
        if (assembly->used[i] == comparison)
            return;
    assembly->used = arena_grow(assembly->arena, assembly->used, assembly->used_count,
                                &assembly->used_capacity, sizeof(const struct comparison *));
    assembly->used[assembly->used_count++] = comparison;
}

bool stopped_in_period(const struct comparison *comparison)
{
    const struct dataset *dataset = comparison->dataset;
    for (size_t i = 0; i < dataset->stopped_count; i++)
        if (stopped_within(dataset, &dataset->stopped[i], comparison->where, comparison->period))
            return true;
    return false;
}

void stopped_left(struct assembly *assembly, struct value value)
{
    const unsigned absent = MARKER_NOT_AVAILABLE | MARKER_NOT_APPLICABLE;
    if (value.present || value.markers & ~absent)
        assembly->has_figure = true;
}

void stopped_place(struct assembly *assembly, const struct ini_section *section,
                   struct text caption, struct blocks *blocks)
{
    const struct report_source *source = assembly_figures(assembly, section);
    struct texts notes = {0};
    if (!source || !stopped_in_period(source->comparison))
        return;
    caption = assembly_caption(assembly, section, caption);
    texts_add(assembly->arena, &notes,
              text_format(assembly->arena, "“%.*s” is not drawn: its figures cannot be right.",
                          TEXT_ARG(caption)));
    stopped_note_comparison(assembly, source->comparison, &notes);
    for (size_t i = 0; i < notes.count; i++)
        spans_add_text(assembly->arena,
                       &blocks_add(assembly->arena, blocks, BLOCK_NOTE)->paragraph.spans,
                       notes.items[i], 0);
}

static void count_comparison(struct assembly *assembly, const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++)
        stopped_left(assembly, comparison->rows[i].now);
}

void stopped_check(struct assembly *assembly)
{
    const struct dataset *stopped = assembly->told_count ? assembly->told[0].dataset : NULL;
    for (size_t i = 0; i < assembly->used_count; i++) {
        count_comparison(assembly, assembly->used[i]);
        if (stopped_in_period(assembly->used[i]))
            stopped = assembly->used[i]->dataset;
    }
    if (stopped && !assembly->has_figure)
        diag(assembly->diags, DIAG_ALL_STOPPED, stopped->place,
             "report '%.*s' has no figure left for %.*s: those of its sources cannot be right, as "
             "told above; correct the exports",
             TEXT_ARG(assembly->input->template->name),
             TEXT_ARG(period_display(assembly->arena, assembly->input->period)));
}
