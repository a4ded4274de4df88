/* performance - a row a measure: its value against its target, where it moves, and its year. */
#include "assemble/assemble_int.h"

#include "compute/facts.h"

enum column_kind {
    COLUMN_VALUE,
    COLUMN_TO_DATE,
    COLUMN_TO_DATE_BEFORE,
    COLUMN_TO_DATE_CHANGE,
    COLUMN_TARGET,
    COLUMN_STATUS,
    COLUMN_GAP,
    COLUMN_CHANGE,
    COLUMN_YEAR_CHANGE,
    COLUMN_YEAR_BEFORE,
    COLUMN_FORECAST,
    COLUMN_OWNER,
    COLUMN_NOTE,
    COLUMN_KINDS
};
static const char *const column_words[COLUMN_KINDS] = {
    "value",  "to-date",     "to-date-before", "to-date-change", "target", "status", "gap",
    "change", "year-change", "year-before",    "forecast",       "owner",  "note"};

struct columns {
    enum column_kind items[COLUMN_KINDS];
    size_t count;
};

struct builder {
    struct assembly *assembly;
    const struct dataset *dataset;
    const struct performances *all;
    struct columns columns;
    bool markers_alone; /* the job did not choose notes: they hold what must not go */
};

/* ---- which columns ---- */

/* A month or quarter that is all of its year so far says nothing twice. */
static bool has_longer_year(const struct performances *all, const struct performance *one)
{
    return one->so_far.applies && one->so_far.period.kind != PERIOD_UNKNOWN &&
           !period_same(one->so_far.period, all->comparison->period);
}

static bool has_something(const struct builder *b, const struct performance *one,
                          enum column_kind kind)
{
    switch (kind) {
    case COLUMN_VALUE:
        return true;
    case COLUMN_TO_DATE:
        return has_longer_year(b->all, one);
    case COLUMN_TO_DATE_BEFORE:
        return has_longer_year(b->all, one) && one->so_far.before.present;
    case COLUMN_TARGET:
    case COLUMN_STATUS:
        return one->target.origin != TARGET_OF_NOBODY || one->target.words.len;
    case COLUMN_CHANGE: /* of a year, the last period and the same of last year are one */
        return one->directions[TRAVEL_LAST_PERIOD].is_known &&
               one->directions[TRAVEL_LAST_PERIOD].baseline !=
                   one->directions[TRAVEL_LAST_YEAR].baseline;
    case COLUMN_YEAR_CHANGE:
        return one->directions[TRAVEL_LAST_YEAR].is_known;
    case COLUMN_YEAR_BEFORE: /* its change says it */
        return false;
    case COLUMN_FORECAST:
        return one->year_end.is_known;
    case COLUMN_OWNER:
        return one->row->measure->owner.name.len > 0;
    default:
        return false;
    }
}

/* The usual ones: those in which something stands, but for those that the others say. */
static void choose_columns(struct builder *b)
{
    for (int kind = 0; kind < COLUMN_NOTE; kind++)
        for (size_t m = 0; kind != COLUMN_GAP && kind != COLUMN_TO_DATE_CHANGE && m < b->all->count;
             m++)
            if (b->all->items[m].row &&
                has_something(b, &b->all->items[m], (enum column_kind)kind)) {
                b->columns.items[b->columns.count++] = (enum column_kind)kind;
                break;
            }
    b->columns.items[b->columns.count++] = COLUMN_NOTE;
}

static void read_columns(struct builder *b, const struct ini_section *section)
{
    struct text given = assembly_value(b->assembly, section, "columns");
    struct text_pieces pieces = text_split(given, ',');
    bool taken[COLUMN_KINDS] = {false};
    for (struct text piece; given.len && text_next(&pieces, &piece);) {
        if (text_same_name(piece, TEXT("measure")))
            continue; /* it stands first, always */
        size_t choice =
            assembly_choose(b->assembly, section, "columns", piece, column_words, COLUMN_KINDS);
        if (choice == COLUMN_KINDS)
            continue;
        if (taken[choice])
            diag(b->assembly->diags, DIAG_BAD_VALUE, ini_value_place(section, "columns"),
                 "column '%s' is named twice", column_words[choice]);
        else
            b->columns.items[b->columns.count++] = (enum column_kind)choice;
        taken[choice] = true;
    }
    if (!given.len)
        choose_columns(b);
    b->markers_alone = !taken[COLUMN_NOTE] && given.len;
    if (b->markers_alone)
        b->columns.items[b->columns.count++] = COLUMN_NOTE;
}

/* ---- headers ---- */

/* The months of the year so far where all rows have the same; else NULL. */
static const struct so_far *common_year(const struct builder *b)
{
    const struct so_far *first = NULL;
    for (size_t m = 0; m < b->all->count; m++) {
        const struct performance *one = &b->all->items[m];
        if (!one->row || !one->so_far.applies || one->so_far.period.kind == PERIOD_UNKNOWN)
            continue;
        if (first && !period_same(first->period, one->so_far.period))
            return NULL;
        first = first ? first : &one->so_far;
    }
    return first;
}

/* The period since which changes are worked out; empty where there is none. */
static struct text earlier_period(const struct builder *b, int which)
{
    const struct comparison *comparison = b->all->comparison;
    for (size_t m = 0; m < b->all->count; m++) {
        if (!b->all->items[m].row)
            continue;
        size_t baseline = b->all->items[m].directions[which].baseline;
        if (baseline != SIZE_MAX)
            return period_display(b->assembly->arena, comparison->baselines.items[baseline].period);
    }
    return TEXT_EMPTY;
}

static struct text change_header(const struct builder *b, int which)
{
    struct text since = earlier_period(b, which);
    if (!since.len)
        since =
            which == TRAVEL_LAST_PERIOD ? TEXT("last period") : TEXT("the same period last year");
    return text_concat(b->assembly->arena, TEXT("Change since "), since);
}

static struct text header_of(const struct builder *b, enum column_kind kind)
{
    struct arena *arena = b->assembly->arena;
    const struct so_far *year = common_year(b);
    switch (kind) {
    case COLUMN_VALUE:
        return period_display(arena, b->all->comparison->period);
    case COLUMN_TO_DATE:
        return year ? text_format(arena, "Year to date: %.*s",
                                  TEXT_ARG(period_display(arena, year->period)))
                    : TEXT("Year to date");
    case COLUMN_TO_DATE_BEFORE:
        return year ? text_format(arena, "Last year to date: %.*s",
                                  TEXT_ARG(period_display(arena, year->period_before)))
                    : TEXT("Last year to date");
    case COLUMN_TO_DATE_CHANGE:
        return TEXT("Change of the year to date");
    case COLUMN_CHANGE:
        return change_header(b, TRAVEL_LAST_PERIOD);
    case COLUMN_YEAR_CHANGE:
        return change_header(b, TRAVEL_LAST_YEAR);
    case COLUMN_YEAR_BEFORE: {
        struct text before = earlier_period(b, TRAVEL_LAST_YEAR);
        return before.len ? before : TEXT("Same period last year");
    }
    case COLUMN_FORECAST:
        return date_is_known(b->all->year[0].whole.start)
                   ? text_format(arena, "Likely range for %.*s",
                                 TEXT_ARG(period_display(arena, b->all->year[0].whole)))
                   : TEXT("Likely range for the year");
    case COLUMN_TARGET:
        return TEXT("Target");
    case COLUMN_STATUS:
        return TEXT("Status");
    case COLUMN_GAP:
        return TEXT("Against the target");
    case COLUMN_OWNER:
        return TEXT("Owner");
    default:
        return TEXT("Notes");
    }
}

static bool is_number(enum column_kind kind)
{
    return kind == COLUMN_VALUE || kind == COLUMN_TO_DATE || kind == COLUMN_TO_DATE_BEFORE ||
           kind == COLUMN_TARGET || kind == COLUMN_YEAR_BEFORE;
}

static void add_headers(const struct builder *b, struct table *table, struct text row_header)
{
    table->columns[0] = (struct column){.header = row_header.len ? row_header : TEXT("Measure"),
                                        .is_row_header = true};
    for (size_t c = 0; c < b->columns.count; c++) {
        enum column_kind kind = b->columns.items[c];
        table->columns[c + 1] = (struct column){.header = header_of(b, kind),
                                                .align_right = is_number(kind),
                                                .is_number = is_number(kind),
                                                .long_text = kind == COLUMN_NOTE};
    }
}

/* ---- cells ---- */

static struct cell target_cell(const struct builder *b, const struct performance *one)
{
    struct arena *arena = b->assembly->arena;
    const struct target_in_use *in_use = &one->target;
    if (!in_use->is_known || in_use->target.polarity == POLARITY_BAND)
        return cell_text(performance_words(arena, one, PART_TARGET));
    const struct value value = {.present = true, .number = in_use->target.value};
    return value_cell(arena, value, one->places, one->row->kind);
}

static struct cell year_cell(const struct builder *b, const struct performance *one,
                             struct value value)
{
    if (!one->so_far.applies)
        return cell_text(TEXT("[z]"));
    unsigned places = one->target.is_cumulative ? one->places : one->row->places;
    return value_cell(b->assembly->arena, value, places, one->row->kind);
}

static bool is_shown(const struct builder *b, enum column_kind kind)
{
    for (size_t c = 0; c < b->columns.count; c++)
        if (b->columns.items[c] == kind)
            return true;
    return false;
}

/* A number in a column stays a number: its markers stand here. */
static void add_markers(const struct builder *b, struct texts *notes, enum column_kind kind,
                        const char *lead, struct value value)
{
    struct arena *arena = b->assembly->arena;
    if (is_shown(b, kind) && value.present && value.markers)
        texts_add(
            arena, notes,
            text_format(arena, "%s%.*s", lead, TEXT_ARG(markers_display(arena, value.markers))));
}

/* Of the same period of last year. */
static struct value value_before(const struct performance *one)
{
    size_t baseline = one->directions[TRAVEL_LAST_YEAR].baseline;
    return baseline < BASELINES_MAX
               ? one->row->before[baseline]
               : (struct value){.present = false, .markers = MARKER_NOT_AVAILABLE};
}

/* What the row says beside its numbers: their markers, and the words of its owner. */
static struct text row_note(const struct builder *b, const struct performance *one)
{
    struct arena *arena = b->assembly->arena;
    const struct figure *figure = one->figure;
    struct texts notes = {0};
    bool has_year = one->so_far.applies && one->so_far.now.present;
    add_markers(b, &notes, COLUMN_VALUE, "", one->row->now);
    add_markers(b, &notes, COLUMN_YEAR_BEFORE, "a year earlier: ", value_before(one));
    if (has_year && is_shown(b, COLUMN_TO_DATE) && !common_year(b))
        texts_add(arena, &notes,
                  text_format(arena, "year to date: %.*s",
                              TEXT_ARG(period_display(arena, one->so_far.period))));
    if (has_longer_year(b->all, one)) {
        add_markers(b, &notes, COLUMN_TO_DATE, "year to date: ", one->so_far.now);
        add_markers(b, &notes, COLUMN_TO_DATE_BEFORE, "last year to date: ", one->so_far.before);
    }
    if (one->target.is_cumulative && one->target.is_known && !is_shown(b, COLUMN_TO_DATE) &&
        (is_shown(b, COLUMN_TARGET) || is_shown(b, COLUMN_STATUS)))
        texts_add(arena, &notes, TEXT("target and status are of the year to date"));
    if (b->markers_alone)
        return notes.count ? texts_join(arena, &notes, TEXT("; ")) : TEXT_EMPTY;
    if (figure && figure->published && figure->published->rag != RAG_NONE &&
        !(figure->value.markers & MARKER_CONFIDENTIAL) && /* it would say how large it is */
        figure->published->rag != one->rag)
        texts_add(
            arena, &notes,
            text_format(arena, "status given by the owner: %s", rag_word(figure->published->rag)));
    if (one->row->measure->note.len)
        texts_add(arena, &notes, one->row->measure->note);
    if (figure && figure->note.len)
        texts_add(arena, &notes, figure->note);
    return notes.count ? texts_join(arena, &notes, TEXT("; ")) : TEXT_EMPTY;
}

static struct cell cell_of(const struct builder *b, const struct performance *one,
                           enum column_kind kind)
{
    struct arena *arena = b->assembly->arena;
    switch (kind) {
    case COLUMN_VALUE:
        return value_cell(arena, one->row->now,
                          one->target.is_cumulative ? one->row->places : one->places,
                          one->row->kind);
    case COLUMN_YEAR_BEFORE:
        return value_cell(arena, value_before(one), one->row->places, one->row->kind);
    case COLUMN_TO_DATE:
        return year_cell(b, one, one->so_far.now);
    case COLUMN_TO_DATE_BEFORE:
        return year_cell(b, one, one->so_far.before);
    case COLUMN_TO_DATE_CHANGE:
        return cell_text(performance_words(arena, one, PART_TO_DATE_CHANGE));
    case COLUMN_TARGET:
        return target_cell(b, one);
    case COLUMN_STATUS:
        return one->rag != RAG_NONE ? cell_rag(one->rag)
                                    : cell_text(performance_words(arena, one, PART_STATUS));
    case COLUMN_GAP:
        return cell_text(performance_words(arena, one, PART_GAP));
    case COLUMN_CHANGE:
        return cell_marked(direction_words(arena, one, TRAVEL_LAST_PERIOD));
    case COLUMN_YEAR_CHANGE:
        return cell_marked(direction_words(arena, one, TRAVEL_LAST_YEAR));
    case COLUMN_FORECAST:
        return cell_text(performance_words(arena, one, PART_FORECAST));
    case COLUMN_OWNER:
        return cell_text(one->row->measure->owner.name);
    default:
        return cell_text(row_note(b, one));
    }
}

static void add_row(const struct builder *b, struct table *table, const struct performance *one)
{
    struct row *row = table_add_row(b->assembly->arena, table, ROW_BODY);
    row->group = one->row->measure->group;
    row->place = one->row->place;
    row->cells[0] = cell_text(label_of_figures(b->assembly->arena, one->row->measure));
    for (size_t c = 0; c < b->columns.count; c++)
        row->cells[c + 1] = cell_of(b, one, b->columns.items[c]);
}

/* Rows of one group stand together, in the order in which the source first names the group. */
static bool add_rows(const struct builder *b, struct table *table)
{
    bool any_group = false;
    bool *done = arena_calloc(b->assembly->arena, b->all->count, sizeof *done);
    for (size_t m = 0; m < b->all->count; m++)
        for (size_t i = m; !done[m] && i < b->all->count; i++) {
            const struct text group = b->dataset->measures[m].group;
            if (done[i] || !b->all->items[i].row ||
                !text_equal(b->dataset->measures[i].group, group))
                continue;
            done[i] = i > m; /* the first last: it goes on asking for the others */
            any_group = any_group || group.len;
            add_row(b, table, &b->all->items[i]);
        }
    return any_group;
}

/* The column of notes is the last thing to be looked for: it may be empty. */
static void drop_empty_notes(struct table *table)
{
    size_t last = table->column_count - 1;
    bool any = false;
    for (size_t r = 0; r < table->row_count; r++)
        any = any || table->rows[r].cells[last].display.len;
    if (!any)
        table->column_count--;
}

/* ---- which rows ---- */

enum only { ONLY_RED, ONLY_AMBER, ONLY_GREEN, ONLY_WORSENING, ONLY_YEAR, ONLY_NO_YEAR, ONLY_WORDS };

static bool is_worsening(struct arena *arena, const struct performance *one)
{
    for (int which = 0; which < TRAVELS; which++)
        if (text_ends(direction_words(arena, one, which), TEXT(", worsening")))
            return true;
    return false;
}

static bool is_taken(struct arena *arena, const struct performance *one, const bool *takes)
{
    if (!one->row)
        return false;
    return (takes[ONLY_RED] && one->rag == RAG_RED) ||
           (takes[ONLY_AMBER] && one->rag == RAG_AMBER) ||
           (takes[ONLY_GREEN] && one->rag == RAG_GREEN) ||
           (takes[ONLY_WORSENING] && is_worsening(arena, one)) ||
           takes[one->so_far.applies ? ONLY_YEAR : ONLY_NO_YEAR];
}

/* The measures that `only` names; the others have no row. */
static const struct performances *
chosen(struct assembly *assembly, const struct ini_section *section, const struct performances *all)
{
    static const char *const words[ONLY_WORDS] = {"red",       "amber", "green",
                                                  "worsening", "year",  "no year"};
    bool takes[ONLY_WORDS + 1] = {false};
    struct text given = assembly_value(assembly, section, "only");
    struct text_pieces pieces = text_split(given, ',');
    for (struct text piece; given.len && text_next(&pieces, &piece);)
        takes[assembly_choose(assembly, section, "only", piece, words, ONLY_WORDS)] = true;
    if (!given.len)
        return all;
    struct performances *out = arena_alloc(assembly->arena, sizeof *out);
    *out = *all;
    out->items = arena_calloc(assembly->arena, all->count + 1, sizeof *out->items);
    for (size_t m = 0; m < all->count; m++) {
        if (is_taken(assembly->arena, &all->items[m], takes))
            out->items[m] = all->items[m];
    }
    return out;
}

static void note_stopped(const struct builder *b, struct table *table)
{
    struct stopped_scopes scopes = {0};
    for (size_t m = 0; m < b->all->count; m++) {
        const struct performance *one = &b->all->items[m];
        if (!one->row)
            continue;
        if (b->dataset->stopped_count || b->dataset->revised_count)
            stopped_scope_performance(b->assembly->arena, &scopes, b->all, one);
        stopped_left(b->assembly, one->so_far.now);
    }
    stopped_note_scopes(b->assembly, b->dataset, &scopes, &table->notes);
}

struct table *performance_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_figures(assembly, section);
    if (!source || !assembly_has_period(assembly, source))
        return NULL;
    struct builder b = {.assembly = assembly,
                        .dataset = source->dataset,
                        .all = source->performances,
                        .columns = {.count = 0}};
    if (!b.all->has_directions)
        b.all = performance_make(assembly->arena, source->dataset, source->comparison->where,
                                 assembly->input->period, assembly->input->as_at, true);
    b.all = chosen(assembly, section, b.all);
    read_columns(&b, section);
    struct table *table = table_new(assembly->arena, section->name, b.columns.count + 1);
    add_headers(&b, table, assembly_value(assembly, section, "row header"));
    if (add_rows(&b, table)) {
        struct text group = assembly_value(assembly, section, "group header");
        table->group_header = group.len ? group : TEXT("Group");
    }
    if (b.markers_alone || !assembly_value(assembly, section, "columns").len)
        drop_empty_notes(table);
    performance_notes(assembly, b.all, table);
    note_stopped(&b, table);
    table_finish(assembly, table, section, source->dataset);
    assembly->has_changes = true;
    return table;
}
