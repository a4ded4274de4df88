#include "document/assemble_int.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- cells ---- */

static enum number_format format_of(enum measure_kind kind)
{
    return kind == KIND_PERCENT ? FORMAT_PERCENT
           : kind == KIND_MONEY ? FORMAT_MONEY
                                : FORMAT_NUMBER;
}

/* The number stays a number: its markers go into the notes column (table_add_notes_column). */
static struct cell value_cell(struct arena *arena, struct value value, unsigned places,
                              enum measure_kind kind)
{
    if (!value.present)
        return cell_text(value_display(arena, value, places, kind));
    value.markers = 0;
    return cell_number(value.number, value_display(arena, value, places, kind), format_of(kind),
                       places);
}

static struct cell absolute_cell(const struct change *change, unsigned places)
{
    bool is_plain = change->has_absolute && change->status != CHANGE_OK_PP &&
                    decimal_sign(change->absolute) != 0;
    if (!is_plain)
        return cell_text(change->absolute_display);
    return cell_number(change->absolute, change->absolute_display, FORMAT_SIGNED, places);
}

static struct cell percent_cell(const struct change *change)
{
    struct decimal shown;
    bool is_plain = change->has_percent &&
                    decimal_round(change->percent, change_default_rules.places, &shown) &&
                    decimal_sign(shown) != 0;
    if (!is_plain)
        return cell_text(change->percent_display);
    return cell_number(change->percent, change->percent_display, FORMAT_SIGNED_PERCENT,
                       change_default_rules.places);
}

/* ---- what every table ends with ---- */

static unsigned markers_in(struct text display)
{
    unsigned found = 0;
    struct arena *scratch = arena_new();
    for (int m = 0; m < MARKERS; m++) {
        struct text marker = text_format(scratch, "[%s]", marker_letters(m));
        if (text_contains(display, marker))
            found |= 1u << m;
    }
    arena_free(scratch);
    return found;
}

static void add_marker_notes(struct assembly *assembly, struct table *table)
{
    unsigned used = 0;
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count; c++)
            if (text_contains(table->rows[r].cells[c].display, TEXT("[")))
                used |= markers_in(table->rows[r].cells[c].display);
    for (int m = 0; m < MARKERS; m++)
        if (used & 1u << m)
            texts_add(assembly->arena, &table->notes,
                      text_format(assembly->arena, "[%s] means %s.", marker_letters(m),
                                  marker_meaning(m)));
}

void table_finish(struct assembly *assembly, struct table *table, const struct ini_section *section,
                  const struct dataset *dataset)
{
    struct text_pieces lines = text_split(assembly_value(assembly, section, "note"), '\n');
    for (struct text line; text_next(&lines, &line);)
        if (line.len)
            texts_add(assembly->arena, &table->notes, line);
    add_marker_notes(assembly, table);
    if (dataset->note.len)
        table->source = text_format(assembly->arena, "Source: %.*s", TEXT_ARG(dataset->note));
}

static struct text caption_of(struct assembly *assembly, const struct ini_section *section,
                              struct text caption)
{
    if (caption.len)
        return caption;
    caption = assembly_value(assembly, section, "caption");
    if (!caption.len)
        diag(assembly->diags, DIAG_MISSING_KEY, section->place,
             "[%.*s] has no 'caption', and its placement gives none", TEXT_ARG(section->title));
    return caption;
}

/* ---- kind = change ---- */

static enum row_kind row_kind_of(const struct compared *row)
{
    if (row->is_remainder)
        return ROW_REMAINDER;
    switch (row->relation) {
    case RELATION_TOTAL:
        return ROW_TOTAL;
    case RELATION_OF_WHICH:
        return ROW_OF_WHICH;
    case RELATION_FLAG:
    case RELATION_OUTSIDE:
        return ROW_OUTSIDE;
    default:
        return ROW_BODY;
    }
}

static struct text row_label(struct assembly *assembly, const struct compared *row)
{
    struct text label = row->label;
    if (row->measure && row->measure->unit.len)
        label = text_format(assembly->arena, "%.*s (%.*s)", TEXT_ARG(label),
                            TEXT_ARG(row->measure->unit));
    if (row->relation == RELATION_OF_WHICH)
        label = text_concat(assembly->arena, TEXT("of which: "), label);
    return label;
}

static struct column *number_column(struct table *table, size_t c, struct text header)
{
    table->columns[c].header = header;
    table->columns[c].align_right = true;
    return &table->columns[c];
}

static void comparison_columns(struct assembly *assembly, const struct comparison *comparison,
                               struct table *table, struct text row_header)
{
    struct arena *arena = assembly->arena;
    size_t c = 0, baselines = comparison->baselines.count;
    table->columns[c].header = row_header;
    table->columns[c++].is_row_header = true;
    number_column(table, c++, period_display(arena, comparison->period));
    for (size_t b = 0; b < baselines; b++)
        number_column(table, c++, period_display(arena, comparison->baselines.items[b].period));
    for (size_t b = 0; b < baselines; b++) {
        struct text label = period_display(arena, comparison->baselines.items[b].period);
        number_column(table, c++, text_format(arena, "Change on %.*s", TEXT_ARG(label)));
        number_column(table, c++, text_format(arena, "%% change on %.*s", TEXT_ARG(label)));
    }
}

static void comparison_row_cells(struct assembly *assembly, const struct comparison *comparison,
                                 const struct compared *from, struct row *row)
{
    struct arena *arena = assembly->arena;
    size_t c = 0, baselines = comparison->baselines.count;
    row->cells[c++] = cell_text(row_label(assembly, from));
    row->cells[c++] = value_cell(arena, from->now, from->places, from->kind);
    for (size_t b = 0; b < baselines; b++)
        row->cells[c++] = value_cell(arena, from->before[b], from->places, from->kind);
    for (size_t b = 0; b < baselines; b++) {
        row->cells[c++] = absolute_cell(&from->changes[b], from->places);
        row->cells[c++] = percent_cell(&from->changes[b]);
    }
}

/* How the rows stand to each other, where a reader could add them wrongly. */
static void add_relation_notes(struct assembly *assembly, const struct comparison *comparison,
                               struct table *table)
{
    struct arena *arena = assembly->arena;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        struct text note = TEXT_EMPTY;
        if (row->is_remainder)
            note = text_format(arena, "%.*s: the total less the kinds listed above.",
                               TEXT_ARG(row->label));
        else if (row->relation == RELATION_FLAG)
            note = text_format(arena, "%.*s: counted within the rows above, so not added to them.",
                               TEXT_ARG(row->label));
        else if (row->relation == RELATION_OUTSIDE)
            note = text_format(arena, "%.*s: not part of the total.", TEXT_ARG(row->label));
        if (note.len)
            texts_add(arena, &table->notes, note);
        if (row->measure && row->measure->note.len)
            texts_add(arena, &table->notes,
                      text_format(arena, "%.*s: %.*s", TEXT_ARG(row->label),
                                  TEXT_ARG(row->measure->note)));
    }
}

/* A last column with the markers of numbers that keep their number; only where there are any. */
static void add_notes_column(struct assembly *assembly, const struct comparison *comparison,
                             struct table *table)
{
    bool any = false;
    struct text *notes = arena_calloc(assembly->arena, comparison->count, sizeof *notes);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        struct buffer note = {.arena = assembly->arena};
        for (size_t b = 0; b <= comparison->baselines.count; b++) {
            struct value value = b ? row->before[b - 1] : row->now;
            if (!value.present || !value.markers)
                continue;
            struct period period =
                b ? comparison->baselines.items[b - 1].period : comparison->period;
            buffer_format(&note, "%s%.*s: %.*s", note.len ? "; " : "",
                          TEXT_ARG(period_display(assembly->arena, period)),
                          TEXT_ARG(markers_display(assembly->arena, value.markers)));
        }
        notes[i] = buffer_text(&note);
        any = any || notes[i].len;
    }
    size_t last = table->column_count - 1;
    if (!any) {
        table->column_count--;
        return;
    }
    table->columns[last].header = TEXT("Notes");
    for (size_t i = 0; i < comparison->count; i++)
        table->rows[i].cells[last] = cell_text(notes[i]);
}

/* The comparison without the baselines that no row has a figure for, each told in *dropped. */
static struct comparison known_baselines(struct assembly *assembly,
                                         const struct comparison *comparison, struct texts *dropped)
{
    struct comparison out = *comparison;
    out.baselines.count = 0;
    out.rows = arena_calloc(assembly->arena, comparison->count, sizeof *out.rows);
    for (size_t i = 0; i < comparison->count; i++)
        out.rows[i] = comparison->rows[i];
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        bool known = false;
        for (size_t i = 0; i < comparison->count; i++)
            known = known || comparison->rows[i].before[b].present ||
                    comparison->rows[i].before[b].markers != MARKER_NOT_AVAILABLE;
        if (!known) {
            struct text label =
                period_display(assembly->arena, comparison->baselines.items[b].period);
            texts_add(assembly->arena, dropped,
                      text_format(assembly->arena, "The source has no figures for %.*s.",
                                  TEXT_ARG(label)));
            continue;
        }
        size_t to = out.baselines.count++;
        out.baselines.items[to] = comparison->baselines.items[b];
        for (size_t i = 0; i < comparison->count; i++) {
            out.rows[i].before[to] = comparison->rows[i].before[b];
            out.rows[i].changes[to] = comparison->rows[i].changes[b];
        }
    }
    return out;
}

struct table *table_of_comparison(struct assembly *assembly, const struct comparison *whole,
                                  struct text name, struct text row_header)
{
    struct texts dropped = {0};
    const struct comparison known = known_baselines(assembly, whole, &dropped);
    const struct comparison *comparison = &known;
    struct table *table = table_new(assembly->arena, name, 3 + 3 * comparison->baselines.count);
    comparison_columns(assembly, comparison, table, row_header);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *from = &comparison->rows[i];
        struct row *row = table_add_row(assembly->arena, table, row_kind_of(from));
        comparison_row_cells(assembly, comparison, from, row);
    }
    add_notes_column(assembly, comparison, table);
    add_relation_notes(assembly, comparison, table);
    struct texts abnormal = comparison_notes(assembly->arena, comparison);
    for (size_t i = 0; i < abnormal.count; i++)
        texts_add(assembly->arena, &table->notes, abnormal.items[i]);
    for (size_t i = 0; i < dropped.count; i++)
        texts_add(assembly->arena, &table->notes, dropped.items[i]);
    assembly->has_changes = true;
    return table;
}

static struct table *change_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_figures(assembly, section);
    if (!source)
        return NULL;
    struct comparison comparison = *source->comparison;
    struct text remainder = assembly_value(assembly, section, "remainder");
    if (remainder.len) {
        comparison.rows = arena_calloc(assembly->arena, comparison.count, sizeof *comparison.rows);
        for (size_t i = 0; i < comparison.count; i++) {
            comparison.rows[i] = source->comparison->rows[i];
            if (comparison.rows[i].is_remainder)
                comparison.rows[i].label = remainder;
        }
    }
    struct text header = assembly_value(assembly, section, "row header");
    struct table *table = table_of_comparison(assembly, &comparison, section->name,
                                              header.len ? header : TEXT("Measure"));
    table_finish(assembly, table, section, source->dataset);
    return table;
}

/* ---- kind = figures ---- */

enum figure_column { FIGURE_VALUE, FIGURE_COUNT, FIGURE_DENOMINATOR, FIGURE_PERIOD, FIGURE_UNIT };
struct figure_spec {
    enum figure_column what;
    size_t area; /* whose value; SIZE_MAX: the row's own area */
    struct text header;
};
struct figure_specs {
    struct figure_spec *items;
    size_t count;
    size_t capacity;
};

static void add_spec(struct assembly *assembly, struct figure_specs *specs, enum figure_column what,
                     size_t area, struct text header)
{
    specs->items = arena_grow(assembly->arena, specs->items, specs->count, &specs->capacity,
                              sizeof *specs->items);
    specs->items[specs->count++] = (struct figure_spec){what, area, header};
}

/* columns = period, count, areas, unit; a name may be given its own header: count as People */
static struct figure_specs read_figure_columns(struct assembly *assembly,
                                               const struct ini_section *section,
                                               const struct dataset *dataset)
{
    static const char *const words[] = {"value", "count", "denominator", "period", "unit"};
    static const char *const headers[] = {"Value", "Count", "Out of", "Period", "Unit"};
    struct figure_specs specs = {0};
    struct text_pieces pieces = text_split(assembly_value(assembly, section, "columns"), ',');
    for (struct text piece; text_next(&pieces, &piece);) {
        struct text header = TEXT_EMPTY, word = piece;
        const char *as = piece.len ? memmem(piece.ptr, piece.len, " as ", 4) : NULL;
        if (as) {
            word = text_trim(text_slice(piece, 0, (size_t)(as - piece.ptr)));
            header = text_trim(text_slice(piece, (size_t)(as - piece.ptr) + 4, piece.len));
        }
        if (text_same_name(word, TEXT("areas"))) {
            for (size_t a = 0; a < dataset->areas.count; a++)
                add_spec(assembly, &specs, FIGURE_VALUE, a, dataset->areas.items[a]);
            continue;
        }
        size_t w = 0;
        while (w < COUNT(words) && !text_same_name(word, text_from(words[w])))
            w++;
        if (w < COUNT(words)) {
            add_spec(assembly, &specs, (enum figure_column)w, SIZE_MAX,
                     header.len ? header : text_from(headers[w]));
            continue;
        }
        struct texts choices = {0};
        for (size_t i = 0; i < COUNT(words); i++)
            texts_add(assembly->arena, &choices, text_from(words[i]));
        texts_add(assembly->arena, &choices, TEXT("areas"));
        assembly_bad_choice(assembly, section, "columns", word, &choices);
    }
    return specs;
}

/* The area whose count and period a row shows: the job's, or the first. */
static size_t own_area(const struct assembly *assembly, const struct dataset *dataset)
{
    for (size_t a = 0; a < dataset->areas.count; a++)
        if (text_same_name(dataset->areas.items[a], assembly->input->area))
            return a;
    return 0;
}

/* The latest figure of a measure in an area, or NULL. */
static const struct figure *latest_figure(const struct dataset *dataset, size_t measure,
                                          size_t area)
{
    const struct figure *latest = NULL;
    for (size_t p = 0; p < dataset->period_count; p++) {
        const struct figure *figure = dataset_figure(dataset, measure, area, p);
        if (figure &&
            (!latest || period_compare(dataset->periods[p], dataset->periods[latest->period]) > 0))
            latest = figure;
    }
    return latest;
}

static struct cell figure_cell(struct assembly *assembly, const struct dataset *dataset,
                               const struct measure *measure, const struct figure *figure,
                               enum figure_column what)
{
    struct arena *arena = assembly->arena;
    if (what == FIGURE_UNIT)
        return cell_text(measure->unit);
    if (!figure)
        return cell_text(TEXT("[x]"));
    if (what == FIGURE_PERIOD)
        return cell_text(period_display(arena, dataset->periods[figure->period]));
    struct value value = what == FIGURE_COUNT         ? figure->count
                         : what == FIGURE_DENOMINATOR ? figure->denominator
                                                      : figure->value;
    enum measure_kind kind = what == FIGURE_VALUE ? measure->kind : KIND_COUNT;
    return value_cell(arena, value, value.number.scale, kind);
}

/* What the row's figures say beside their numbers: markers and notes, each with its area. */
static struct text figure_notes(struct assembly *assembly, const struct dataset *dataset,
                                size_t measure, const struct figure_specs *specs, size_t own)
{
    struct buffer out = {.arena = assembly->arena};
    for (size_t s = 0; s < specs->count; s++) {
        if (specs->items[s].what != FIGURE_VALUE)
            continue;
        size_t area = specs->items[s].area == SIZE_MAX ? own : specs->items[s].area;
        const struct figure *figure = latest_figure(dataset, measure, area);
        if (!figure)
            continue;
        struct text markers = figure->value.present
                                  ? markers_display(assembly->arena, figure->value.markers)
                                  : TEXT_EMPTY;
        if (!markers.len && !figure->note.len)
            continue;
        buffer_format(&out, "%s%.*s%s%.*s%s%.*s", out.len ? "; " : "",
                      TEXT_ARG(dataset->areas.items[area]),
                      dataset->areas.items[area].len ? ": " : "", TEXT_ARG(markers),
                      markers.len && figure->note.len ? " " : "", TEXT_ARG(figure->note));
    }
    return buffer_text(&out);
}

static bool any_group(const struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (dataset->measures[m].group.len)
            return true;
    return false;
}

static void add_figure_rows(struct assembly *assembly, const struct dataset *dataset,
                            const struct figure_specs *specs, struct table *table)
{
    size_t own = own_area(assembly, dataset), last = specs->count + 1;
    bool any_note = false;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
        row->group = dataset->measures[m].group;
        row->cells[0] = cell_text(dataset->measures[m].label);
        for (size_t s = 0; s < specs->count; s++) {
            size_t area = specs->items[s].area == SIZE_MAX ? own : specs->items[s].area;
            row->cells[s + 1] = figure_cell(assembly, dataset, &dataset->measures[m],
                                            latest_figure(dataset, m, area), specs->items[s].what);
        }
        struct text note = figure_notes(assembly, dataset, m, specs, own);
        row->cells[last] = cell_text(note);
        any_note = any_note || note.len;
    }
    if (!any_note)
        table->column_count--;
}

static struct table *figures_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_figures(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    struct figure_specs specs = read_figure_columns(assembly, section, dataset);
    struct table *table = table_new(assembly->arena, section->name, specs.count + 2);
    struct text header = assembly_value(assembly, section, "row header");
    table->columns[0] =
        (struct column){.header = header.len ? header : TEXT("Measure"), .is_row_header = true};
    for (size_t s = 0; s < specs.count; s++)
        table->columns[s + 1] =
            (struct column){.header = specs.items[s].header,
                            .align_right = specs.items[s].what <= FIGURE_DENOMINATOR,
                            .long_text = specs.items[s].what == FIGURE_UNIT};
    table->columns[specs.count + 1] = (struct column){.header = TEXT("Notes"), .long_text = true};
    if (any_group(dataset)) {
        struct text group = assembly_value(assembly, section, "group header");
        table->group_header = group.len ? group : TEXT("Group");
    }
    add_figure_rows(assembly, dataset, &specs, table);
    table_finish(assembly, table, section, dataset);
    return table;
}

/* ---- kind = actions ---- */

/* The fields that a key names, such as `columns = id, action, status`. */
struct fields {
    enum action_field items[ACTION_FIELDS];
    size_t count;
};

static struct fields read_fields(struct assembly *assembly, const struct ini_section *section,
                                 const char *key, const struct dataset *dataset)
{
    struct fields fields = {.count = 0};
    struct texts choices = {0};
    for (int f = 0; f < ACTION_FIELDS; f++)
        if (dataset->action_headers[f].len)
            texts_add(assembly->arena, &choices,
                      text_from(action_field_slug((enum action_field)f)));
    struct text_pieces pieces = text_split(assembly_value(assembly, section, key), ',');
    for (struct text piece; text_next(&pieces, &piece);) {
        enum action_field field;
        if (!piece.len)
            continue;
        if (!action_field_read(piece, &field) || !dataset->action_headers[field].len)
            assembly_bad_choice(assembly, section, key, piece, &choices);
        else if (fields.count < ACTION_FIELDS)
            fields.items[fields.count++] = field;
    }
    return fields;
}

static bool is_long_field(enum action_field field)
{
    return field == ACTION_PROGRESS || field == ACTION_NEXT_STEPS || field == ACTION_TITLE ||
           field == ACTION_TARGET || field == ACTION_MILESTONES || field == ACTION_OBJECTIVE ||
           field == ACTION_FOCUS;
}

/* The values of the fields that group an action, joined: "The Place: Encourage enterprise". */
static struct text group_of(struct assembly *assembly, const struct action *action,
                            const struct fields *group)
{
    struct buffer out = {.arena = assembly->arena};
    for (size_t i = 0; i < group->count; i++) {
        struct text value = action->field[group->items[i]];
        if (!value.len)
            value = TEXT("Not given");
        buffer_format(&out, "%s%.*s", i ? ": " : "", TEXT_ARG(value));
    }
    return buffer_text(&out);
}

static struct cell action_cell(struct assembly *assembly, const struct action *action,
                               enum action_field field)
{
    if (field == ACTION_STATUS)
        return cell_rag(action->rag);
    struct text value = action->field[field];
    if (is_long_field(field) || text_contains(value, TEXT("\n")))
        return cell_long_text(assembly->arena, value);
    return cell_text(value);
}

static void add_action_row(struct assembly *assembly, struct table *table,
                           const struct action *action, const struct fields *columns,
                           struct text group)
{
    struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
    row->group = group;
    for (size_t c = 0; c < columns->count; c++)
        row->cells[c] = action_cell(assembly, action, columns->items[c]);
}

/* Rows of one group stand together, groups in the order in which the source first names them. */
static void add_action_rows(struct assembly *assembly, struct table *table,
                            const struct dataset *dataset, const struct fields *columns,
                            const struct fields *group)
{
    struct texts groups = {0};
    struct text *group_of_row =
        arena_calloc(assembly->arena, dataset->action_count, sizeof *group_of_row);
    for (size_t i = 0; i < dataset->action_count; i++) {
        group_of_row[i] = group_of(assembly, &dataset->actions[i], group);
        if (texts_find(&groups, group_of_row[i]) == groups.count)
            texts_add(assembly->arena, &groups, group_of_row[i]);
    }
    for (size_t g = 0; g < groups.count; g++)
        for (size_t i = 0; i < dataset->action_count; i++)
            if (text_equal(group_of_row[i], groups.items[g]))
                add_action_row(assembly, table, &dataset->actions[i], columns, groups.items[g]);
}

static struct text headers_joined(struct assembly *assembly, const struct dataset *dataset,
                                  const struct fields *fields)
{
    struct texts headers = {0};
    for (size_t i = 0; i < fields->count; i++)
        texts_add(assembly->arena, &headers, dataset->action_headers[fields->items[i]]);
    return texts_join(assembly->arena, &headers, TEXT(": "));
}

static struct table *actions_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    struct fields columns = read_fields(assembly, section, "columns", dataset);
    struct fields group = read_fields(assembly, section, "group by", dataset);
    struct table *table = table_new(assembly->arena, section->name, columns.count);
    for (size_t c = 0; c < columns.count; c++)
        table->columns[c] = (struct column){
            .header = dataset->action_headers[columns.items[c]],
            .is_row_header = c == 0,
            .long_text = is_long_field(columns.items[c]),
        };
    table->group_header = headers_joined(assembly, dataset, &group);
    add_action_rows(assembly, table, dataset, &columns, &group);
    table_finish(assembly, table, section, dataset);
    return table;
}

/* ---- kind = count ---- */

static struct cell count_cell(struct assembly *assembly, size_t count)
{
    struct decimal number = decimal_from((int64_t)count);
    return cell_number(number, decimal_display(assembly->arena, number, 0, DECIMAL_GROUPS),
                       FORMAT_NUMBER, 0);
}

/* Red first, "no status given" last. */
static enum rag rag_in_order(size_t i)
{
    return (enum rag)((i + RAG_RED) % RAGS);
}

/* One row a status, with the share of all. */
static void count_by_status(struct assembly *assembly, const struct dataset *dataset,
                            struct table *table)
{
    size_t counts[RAGS] = {0};
    for (size_t i = 0; i < dataset->action_count; i++)
        counts[dataset->actions[i].rag]++;
    for (size_t i = 0; i < RAGS; i++) {
        struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
        row->cells[0] = cell_rag(rag_in_order(i));
        row->cells[1] = count_cell(assembly, counts[rag_in_order(i)]);
    }
    struct row *total = table_add_row(assembly->arena, table, ROW_TOTAL);
    total->cells[0] = cell_text(TEXT("All"));
    total->cells[1] = count_cell(assembly, dataset->action_count);
}

/* One row a value of the field, one column a status that occurs, and all. */
static void count_by_field(struct assembly *assembly, const struct dataset *dataset,
                           enum action_field field, const bool *occurs, struct table *table)
{
    const struct fields by = {.items = {field}, .count = 1};
    struct texts values = {0};
    for (size_t i = 0; i < dataset->action_count; i++) {
        struct text value = group_of(assembly, &dataset->actions[i], &by);
        if (texts_find(&values, value) == values.count)
            texts_add(assembly->arena, &values, value);
    }
    for (size_t v = 0; v <= values.count; v++) {
        bool is_total = v == values.count;
        size_t counts[RAGS] = {0}, all = 0, c = 0;
        for (size_t i = 0; i < dataset->action_count; i++) {
            const struct action *action = &dataset->actions[i];
            if (!is_total && !text_equal(group_of(assembly, action, &by), values.items[v]))
                continue;
            counts[action->rag]++;
            all++;
        }
        struct row *row = table_add_row(assembly->arena, table, is_total ? ROW_TOTAL : ROW_BODY);
        row->cells[c++] = cell_text(is_total ? TEXT("All") : values.items[v]);
        for (size_t i = 0; i < RAGS; i++)
            if (occurs[rag_in_order(i)])
                row->cells[c++] = count_cell(assembly, counts[rag_in_order(i)]);
        row->cells[c] = count_cell(assembly, all);
    }
}

static struct table *count_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    struct fields by = read_fields(assembly, section, "count by", dataset);
    if (by.count != 1) {
        if (by.count)
            diag(assembly->diags, DIAG_BAD_VALUE, ini_entry(section, "count by")->value_place,
                 "'count by' takes one field");
        return NULL;
    }
    bool is_status = by.items[0] == ACTION_STATUS, occurs[RAGS] = {false};
    size_t statuses = 0, c = 0;
    for (size_t i = 0; i < dataset->action_count; i++)
        occurs[dataset->actions[i].rag] = true;
    for (int rag = 0; rag < RAGS; rag++)
        statuses += !is_status && occurs[rag];
    struct table *table = table_new(assembly->arena, section->name, statuses + 2);
    table->columns[c].header = dataset->action_headers[by.items[0]];
    table->columns[c++].is_row_header = true;
    for (size_t i = 0; i < RAGS && !is_status; i++)
        if (occurs[rag_in_order(i)])
            number_column(table, c++, text_from(rag_word(rag_in_order(i))));
    number_column(table, c, TEXT("All"));
    if (is_status)
        number_column(table, c, TEXT("Number"));
    if (is_status)
        count_by_status(assembly, dataset, table);
    else
        count_by_field(assembly, dataset, by.items[0], occurs, table);
    table_finish(assembly, table, section, dataset);
    return table;
}

/* ---- the kinds of table: a new one is a function and a line here ---- */

static const struct table_kind {
    const char *name;
    struct table *(*build)(struct assembly *assembly, const struct ini_section *section);
    struct ini_key keys[8];
    size_t key_count;
} table_kinds[] = {
    {"change",
     change_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"remainder", false},
      {"row header", false}},
     6},
    {"figures",
     figures_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"columns", true},
      {"row header", false},
      {"group header", false}},
     7},
    {"actions",
     actions_table,
     {{"kind", true},
      {"source", true},
      {"caption", false},
      {"note", false},
      {"columns", true},
      {"group by", false}},
     6},
    {"count",
     count_table,
     {{"kind", true}, {"source", true}, {"caption", false}, {"note", false}, {"count by", true}},
     5},
};

struct table *assemble_table(struct assembly *assembly, const struct ini_section *section,
                             struct text caption)
{
    struct texts names = {0};
    struct text kind = ini_value(section, "kind");
    for (size_t i = 0; i < COUNT(table_kinds); i++) {
        texts_add(assembly->arena, &names, text_from(table_kinds[i].name));
        if (!text_same_name(kind, text_from(table_kinds[i].name)))
            continue;
        size_t errors = diags_count(assembly->diags, LEVEL_ERROR);
        ini_check_keys(assembly->diags, section, table_kinds[i].keys, table_kinds[i].key_count);
        caption = caption_of(assembly, section, caption);
        struct table *table = table_kinds[i].build(assembly, section);
        if (table)
            table->caption = caption;
        return diags_count(assembly->diags, LEVEL_ERROR) == errors ? table : NULL;
    }
    assembly_bad_choice(assembly, section, "kind", kind, &names);
    return NULL;
}
