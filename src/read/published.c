/* published - what a publisher says beside a figure: its parts, limits, target, status. */
#include "read/figures_int.h"

bool figure_part(struct source *source, const struct record *row, size_t column, struct value *out)
{
    struct text unit, raw = source_cell(source, row, column);
    *out = (struct value){.present = false};
    return !raw.len ||
           figure_value(source, source_cell_place(source, row, column), raw, out, &unit);
}

struct published_with published_nothing(void)
{
    return (struct published_with){.target_words = TEXT_EMPTY,
                                   .status = TEXT_EMPTY,
                                   .trend = TEXT_EMPTY,
                                   .against = {TEXT_EMPTY, TEXT_EMPTY, TEXT_EMPTY}};
}

bool published_limits(struct source *source, const struct record *row, const size_t columns[4],
                      struct published_with *published)
{
    struct value *limits[] = {&published->lower_95, &published->upper_95, &published->lower_998,
                              &published->upper_998};
    bool ok = true;
    for (size_t i = 0; i < 4; i++)
        if (columns[i] != NO_COLUMN)
            ok = figure_part(source, row, columns[i], limits[i]) && ok;
    return ok;
}

static bool is_something(const struct published_with *p)
{
    const struct value *values[] = {&p->lower_95, &p->upper_95, &p->lower_998, &p->upper_998,
                                    &p->target};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (values[i]->present || values[i]->markers)
            return true;
    return p->rag != RAG_NONE || p->status.len || p->target_words.len || p->trend.len ||
           p->against.england.len || p->against.parent.len || p->against.goal.len;
}

/* Limits give back the figure between them. */
static void hide_limits(struct published_with *published)
{
    const struct value hidden = {.markers = MARKER_CONFIDENTIAL};
    if (published->lower_95.present || published->upper_95.present)
        published->lower_95 = published->upper_95 = hidden;
    if (published->lower_998.present || published->upper_998.present)
        published->lower_998 = published->upper_998 = hidden;
}

const struct published_with *published_keep(struct source *source, struct value value,
                                            struct published_with published)
{
    if (value.markers & MARKER_CONFIDENTIAL)
        hide_limits(&published);
    if (!is_something(&published))
        return NULL;
    struct text *texts[] = {&published.target_words,   &published.status,
                            &published.trend,          &published.against.england,
                            &published.against.parent, &published.against.goal};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i]->len)
            *texts[i] = text_copy(source->arena, *texts[i]);
    struct published_with *kept = arena_alloc(source->arena, sizeof *kept);
    *kept = published;
    return kept;
}
