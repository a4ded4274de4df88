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

/* Whether the figure, or a sum that it is in, would stand in the comparison. */
static bool is_of_comparison(const struct comparison *comparison, const struct stopped *stopped)
{
    const struct dataset *dataset = comparison->dataset;
    bool within = stopped_within(dataset, stopped, comparison->where, comparison->period);
    for (size_t b = 0; b < comparison->baselines.count; b++)
        within = within || stopped_within(dataset, stopped, comparison->where,
                                          comparison->baselines.items[b].period);
    return within && stopped_is_shown(dataset, stopped);
}

static struct shown_stops stops_of_comparison(struct arena *arena,
                                              const struct comparison *comparison)
{
    const struct dataset *dataset = comparison->dataset;
    struct shown_stops stops = {
        .dataset = dataset,
        .items = arena_calloc(arena, dataset->stopped_count + 1, sizeof(const struct stopped *)),
        .names_areas = comparison->where == AREA_ALL};
    for (size_t i = 0; i < dataset->stopped_count; i++)
        if (is_of_comparison(comparison, &dataset->stopped[i]))
            stops.items[stops.count++] = &dataset->stopped[i];
    return stops;
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

/* Nobody reads a dozen notes: of more than a few, the rest is counted. */
static void add_notes(struct arena *arena, const struct shown_stops *stops, struct texts *notes)
{
    enum { NOTES = 6 };
    size_t told = 0, more = 0;
    for (size_t i = 0; i < stops->count; i++) {
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

void stopped_note_comparison(struct assembly *assembly, const struct comparison *comparison,
                             struct texts *notes)
{
    struct shown_stops stops = stops_of_comparison(assembly->arena, comparison);
    add_notes(assembly->arena, &stops, notes);
}

void stopped_note_latest(struct assembly *assembly, const struct dataset *dataset,
                         const struct figure *const *figures, size_t count, struct texts *notes)
{
    struct shown_stops stops = {.dataset = dataset,
                                .items = arena_calloc(assembly->arena, dataset->stopped_count + 1,
                                                      sizeof(const struct stopped *)),
                                .names_areas = dataset->areas.count > 1};
    for (size_t i = 0; i < dataset->stopped_count; i++) {
        const struct stopped *stopped = &dataset->stopped[i];
        bool found = false;
        for (size_t f = 0; f < count && !found; f++)
            found = figures[f]->is_stopped && figures[f]->measure == stopped->measure &&
                    figures[f]->area == stopped->area && figures[f]->period == stopped->period;
        if (found && stopped_is_shown(dataset, stopped))
            stops.items[stops.count++] = stopped;
    }
    add_notes(assembly->arena, &stops, notes);
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

static bool has_figure(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        struct value now = comparison->rows[i].now;
        if (now.present || now.markers & ~(unsigned)(MARKER_NOT_AVAILABLE | MARKER_NOT_APPLICABLE))
            return true;
    }
    return false;
}

void stopped_check(struct assembly *assembly)
{
    const struct comparison *stopped = NULL;
    for (size_t i = 0; i < assembly->used_count; i++) {
        if (has_figure(assembly->used[i]))
            return;
        if (stopped_in_period(assembly->used[i]))
            stopped = assembly->used[i];
    }
    if (stopped)
        diag(assembly->diags, DIAG_ALL_STOPPED, stopped->dataset->place,
             "report '%.*s' has no figure left for %.*s: those of its sources cannot be right, as "
             "told above; correct the exports",
             TEXT_ARG(assembly->input->template->name),
             TEXT_ARG(period_display(assembly->arena, stopped->period)));
}
