#include "assemble/assemble_int.h"

static enum number_format format_of(enum measure_kind kind)
{
    return kind == KIND_PERCENT ? FORMAT_PERCENT
           : kind == KIND_MONEY ? FORMAT_MONEY
                                : FORMAT_NUMBER;
}

struct cell value_cell(struct arena *arena, struct value value, unsigned places,
                       enum measure_kind kind)
{
    if (!value.present)
        return cell_text(value_display(arena, value, places, kind));
    value.markers = 0;
    return cell_number(value.number, value_display(arena, value, places, kind), format_of(kind),
                       places);
}

struct column *number_column(struct table *table, size_t c, struct text header)
{
    table->columns[c].header = header;
    table->columns[c].align_right = table->columns[c].is_number = true;
    return &table->columns[c];
}

struct text label_of_figures(struct arena *arena, const struct measure *measure)
{
    struct text end = text_format(arena, "(%.*s)", TEXT_ARG(measure->unit));
    bool is_said = !measure->unit.len || text_is(measure->unit, "%") ||
                   text_is(measure->unit, "£") || text_ends(measure->label, end);
    return is_said ? measure->label
                   : text_format(arena, "%.*s %.*s", TEXT_ARG(measure->label), TEXT_ARG(end));
}

/* Why figures are hidden, where the source's rule hides them. */
static void add_hiding_note(struct assembly *assembly, struct table *table,
                            const struct hiding *hiding)
{
    if (hiding->below)
        texts_add(assembly->arena, &table->notes,
                  text_format(assembly->arena,
                              "Numbers of people %s %lld are not shown, to protect them, nor are "
                              "figures from which these could be worked out.",
                              hiding->zeros ? "below" : "from 1 to",
                              (long long)(hiding->zeros ? hiding->below : hiding->below - 1)));
}

/* The markers that a reader meets in it. */
static unsigned markers_in(const struct table *table)
{
    unsigned used = 0;
    struct arena *scratch = arena_new();
    for (size_t c = 0; c < table->column_count; c++)
        used |= markers_shown(table->columns[c].header);
    for (size_t r = 0; r < table->row_count; r++) {
        const struct row *row = table_row(table, scratch, r);
        for (size_t c = 0; c < table->column_count; c++)
            used |= markers_shown(row->cells[c].display);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return used;
}

/* One a line. */
static void add_notes(struct assembly *assembly, struct table *table, struct text written)
{
    struct text_pieces lines = text_split(written, '\n');
    for (struct text line; text_next(&lines, &line);)
        if (line.len)
            texts_add(assembly->arena, &table->notes, line);
}

void table_finish(struct assembly *assembly, struct table *table, const struct ini_section *section,
                  const struct dataset *dataset)
{
    add_notes(assembly, table, assembly_value(assembly, section, "note"));
    unsigned used = markers_in(table);
    table->shorthand = markers_explained(assembly->arena, used);
    table->page_shorthand = table->shorthand;
    if (table->page_columns)
        table->page_shorthand =
            markers_explained(assembly->arena, markers_in(table_on_page(assembly->arena, table)));
    if (!dataset)
        return;
    if (used & MARKER_CONFIDENTIAL)
        add_hiding_note(assembly, table, &dataset->hiding);
    if (dataset->hiding.rounding)
        texts_add(assembly->arena, &table->notes,
                  text_format(assembly->arena,
                              "Numbers of people are rounded to the nearest %u, each by itself.",
                              dataset->hiding.rounding));
    add_notes(assembly, table, dataset->note);
    if (dataset->source.len)
        table->source = text_format(assembly->arena, "Source: %.*s", TEXT_ARG(dataset->source));
}
