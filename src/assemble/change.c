#include "assemble/assemble_int.h"

#include "compute/judgement.h"

/* With the decimals of its row: a cell whose words show fewer than its format is no number to a
 * workbook or a CSV file. */
static struct cell absolute_cell(struct arena *arena, const struct change *change, unsigned places)
{
    bool is_plain = change->has_absolute && change->status != CHANGE_OK_PP &&
                    decimal_sign(change->absolute) != 0;
    if (!is_plain)
        return cell_text(change->absolute_display);
    bool is_money = change->kind == KIND_MONEY, is_down = decimal_sign(change->absolute) < 0;
    struct decimal size = is_down ? decimal_negate(change->absolute) : change->absolute;
    struct text display =
        text_format(arena, "%s%s%.*s", is_down ? "\u2212" : "+", is_money ? "£" : "",
                    TEXT_ARG(decimal_display(arena, size, places, DECIMAL_GROUPS)));
    return cell_number(change->absolute, display, is_money ? FORMAT_SIGNED_MONEY : FORMAT_SIGNED,
                       places);
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

/* A change between two columns of its row; one that is no plain number stays as it is. */
static struct cell change_cell(struct cell cell, const struct change *change,
                               enum cell_formula formula, size_t before)
{
    if (change->status == CHANGE_OK && cell.kind == CELL_NUMBER) {
        cell.formula = formula;
        cell.now = 1;
        cell.before = (unsigned)before;
    }
    return cell;
}

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

/* A row of the table: of the comparison, or below it of one of its comparators. */
struct shown {
    const struct compared *row;
    struct text area; /* of a comparator; else empty */
};
struct shown_rows {
    struct shown *items;
    size_t count;
};

static struct text row_label(struct assembly *assembly, const struct shown *shown)
{
    struct arena *arena = assembly->arena;
    const struct compared *row = shown->row;
    struct text label = compared_title(arena, row);
    if (shown->area.len)
        return text_format(arena, "%.*s in %.*s", TEXT_ARG(label), TEXT_ARG(shown->area));
    if (row->relation == RELATION_OF_WHICH)
        label = text_concat(arena, TEXT("of which: "), label);
    return label;
}

/* Whether the table says of any change if it can be told from chance. */
static bool is_judged(const struct comparison *comparison, size_t b)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->rows[i].judged[b].evidence != EVIDENCE_NONE)
            return true;
    return false;
}

/* Of several baselines each stands once above its columns of a page. */
static void set_group(struct column *column, struct text group, struct text in_group)
{
    column->group = group;
    column->in_group = in_group;
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
        struct column *change =
            number_column(table, c++, text_format(arena, "Change on %.*s", TEXT_ARG(label)));
        number_column(table, c++, text_format(arena, "%% change on %.*s", TEXT_ARG(label)));
        struct column *told = is_judged(comparison, b) ? &table->columns[c++] : NULL;
        if (told)
            *told = (struct column){
                .header = text_format(arena, "Can we tell? (on %.*s)", TEXT_ARG(label)), .set = 1};
        if (baselines == 1)
            continue;
        struct text group = text_format(arena, "On %.*s", TEXT_ARG(label));
        set_group(change, group, TEXT("Change"));
        if (told)
            set_group(told, group, TEXT("Can we tell?"));
    }
}

/* What rests on a hidden figure is hidden, and not as if it did not apply. */
static struct text evidence_display(const struct compared *row, size_t b)
{
    return row->changes[b].status == CHANGE_SUPPRESSED ? TEXT("[c]")
                                                       : evidence_words(row->judged[b].evidence);
}

static void comparison_row_cells(struct assembly *assembly, const struct comparison *comparison,
                                 const struct shown *shown, struct row *row)
{
    struct arena *arena = assembly->arena;
    const struct compared *from = shown->row;
    size_t c = 0, baselines = comparison->baselines.count;
    if (from->measure)
        row->place = from->measure->place;
    row->cells[c++] = cell_text(row_label(assembly, shown));
    row->cells[c++] = value_cell(arena, from->now, from->places, from->kind);
    for (size_t b = 0; b < baselines; b++)
        row->cells[c++] = value_cell(arena, from->before[b], from->places, from->kind);
    for (size_t b = 0; b < baselines; b++) {
        const struct change *change = &from->changes[b];
        row->cells[c++] = change_cell(absolute_cell(arena, change, from->places), change,
                                      FORMULA_DIFFERENCE, 2 + b);
        row->cells[c++] = change_cell(percent_cell(change), change, FORMULA_PERCENT_CHANGE, 2 + b);
        if (is_judged(comparison, b)) /* what is shown for comparison is not tested */
            row->cells[c++] =
                cell_marked(shown->area.len ? TEXT("[z]") : evidence_display(from, b));
    }
}

/* How a row stands to the others, where a reader could add it wrongly; may be empty. */
static struct text relation_note(const struct compared *row)
{
    if (row->is_remainder)
        return TEXT("the total less the kinds listed above");
    if (row->is_sum)
        return TEXT("the sum of its parts below");
    if (row->relation == RELATION_FLAG)
        return TEXT("counted within the rows above, so not added to them");
    if (row->relation == RELATION_OUTSIDE)
        return TEXT("not part of the total");
    return TEXT_EMPTY;
}

/* One note a row: its relation, and what the job says of it. */
static void add_row_notes(struct assembly *assembly, const struct comparison *comparison,
                          struct table *table)
{
    struct arena *arena = assembly->arena;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        struct text relation = relation_note(row);
        struct text own = row->measure ? row->measure->note : TEXT_EMPTY;
        if (text_ends(own, TEXT(".")))
            own.len--;
        if (relation.len || own.len)
            texts_add(arena, &table->notes,
                      text_format(arena, "%.*s: %.*s%s%.*s.", TEXT_ARG(row->label),
                                  TEXT_ARG(relation), relation.len && own.len ? "; " : "",
                                  TEXT_ARG(own)));
    }
}

/* "2021/22: [p]", of the numbers of a row that keep their number. */
static struct text marker_notes(struct arena *arena, const struct comparison *comparison,
                                const struct compared *row)
{
    struct buffer note = {.arena = arena};
    for (size_t b = 0; b <= comparison->baselines.count; b++) {
        struct value value = b ? row->before[b - 1] : row->now;
        if (!value.present || !value.markers)
            continue;
        struct period period = b ? comparison->baselines.items[b - 1].period : comparison->period;
        buffer_format(&note, "%s%.*s: %.*s", note.len ? "; " : "",
                      TEXT_ARG(period_display(arena, period)),
                      TEXT_ARG(markers_display(arena, value.markers)));
    }
    return buffer_text(&note);
}

/* A last column with the markers of numbers that keep their number; only where there are any. */
static void add_notes_column(struct assembly *assembly, const struct comparison *comparison,
                             const struct shown_rows *rows, struct table *table)
{
    size_t last = table->column_count - 1;
    bool any = false;
    for (size_t i = 0; i < rows->count; i++) {
        struct text note = marker_notes(assembly->arena, comparison, rows->items[i].row);
        table->rows[i].cells[last] = cell_text(note);
        any = any || note.len;
    }
    if (any)
        table->columns[last].header = TEXT("Notes");
    else
        table->column_count--;
}

/* "+675 (+15.6%)"; the change alone where both say the same, or there is no percentage. */
static struct cell joined_cell(struct arena *arena, const struct cell *absolute,
                               const struct cell *percent)
{
    bool is_one =
        text_starts(percent->display, TEXT("[")) || text_equal(percent->display, absolute->display);
    return cell_text(is_one ? absolute->display
                            : text_format(arena, "%.*s\u00a0(%.*s)", TEXT_ARG(absolute->display),
                                          TEXT_ARG(percent->display)));
}

/* Whether column `c` has the percentage of the change in the column before it. */
static bool is_percentage(const struct table *table, size_t c)
{
    return text_starts(table->columns[c].header, TEXT("% change on "));
}

/*
 * Two comparisons in columns of their own are ten columns, too many for a page: there a change and
 * its percentage share one. A workbook keeps both, as numbers.
 */
static void join_on_page(struct arena *arena, struct table *table)
{
    table->page_columns = arena_calloc(arena, table->column_count, sizeof *table->page_columns);
    for (size_t c = 0; c < table->column_count; c++)
        if (!is_percentage(table, c))
            table->page_columns[table->page_column_count++] = table->columns[c];
    for (size_t r = 0; r < table->row_count; r++) {
        struct row *row = &table->rows[r];
        size_t to = 0;
        row->page_cells = arena_calloc(arena, table->page_column_count, sizeof *row->page_cells);
        for (size_t c = 0; c < table->column_count; c++)
            if (is_percentage(table, c))
                row->page_cells[to - 1] = joined_cell(arena, &row->cells[c - 1], &row->cells[c]);
            else
                row->page_cells[to++] = row->cells[c];
    }
}

/* What is said below a table of baselines that it leaves out; empty: there are none. */
static struct text tell_unknown(struct assembly *assembly, const struct comparison *comparison)
{
    struct texts unknown = {0};
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        if (comparison_knows(comparison, b))
            continue;
        struct text label = period_display(assembly->arena, comparison->baselines.items[b].period);
        diag(assembly->diags, DIAG_NOTE, comparison->dataset->place,
             "source '%.*s' has no figures for %.*s: its tables leave that period out",
             TEXT_ARG(comparison->dataset->name), TEXT_ARG(label));
        texts_add(assembly->arena, &unknown, label);
    }
    struct text labels = texts_join(assembly->arena, &unknown, TEXT(" or "));
    return labels.len ? text_format(assembly->arena, "The source has no figures for %.*s.",
                                    TEXT_ARG(labels))
                      : TEXT_EMPTY;
}

/* Whether the source has any figure of it, shown or hidden. */
static bool is_supplied(const struct compared *row, size_t baselines)
{
    bool any = row->now.present || row->now.markers != MARKER_NOT_AVAILABLE;
    for (size_t b = 0; b < baselines; b++)
        any = any || row->before[b].present || row->before[b].markers != MARKER_NOT_AVAILABLE;
    return any;
}

/*
 * A comparator's figures stand in a row of their own below the area's: in columns of their own they
 * would make the table too wide for a page, and in words nobody could copy them.
 */
static struct shown_rows rows_shown(struct arena *arena, const struct comparison *comparison)
{
    struct shown_rows out = {0};
    out.items = arena_calloc(arena, comparison->count * (1 + comparison->comparator_count) + 1,
                             sizeof *out.items);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        out.items[out.count++] = (struct shown){row, TEXT_EMPTY};
        for (size_t c = 0; c < comparison->comparator_count; c++) {
            const struct compared *other = comparator_row(&comparison->comparators[c], row);
            if (!other || !is_supplied(other, comparison->baselines.count))
                continue;
            struct compared *named = arena_alloc(arena, sizeof *named);
            *named = *other;
            named->label = row->label; /* a template may name the remainder */
            out.items[out.count++] =
                (struct shown){named, comparison->comparators[c].comparison->area};
        }
    }
    return out;
}

static void add_comparator_note(struct assembly *assembly, const struct comparison *comparison,
                                struct table *table)
{
    struct texts names = {0};
    for (size_t c = 0; c < comparison->comparator_count; c++)
        texts_add(assembly->arena, &names, comparison->comparators[c].comparison->area);
    if (names.count)
        texts_add(assembly->arena, &table->notes,
                  text_format(assembly->arena,
                              "Figures of %.*s are shown for comparison; their changes are not "
                              "tested.",
                              TEXT_ARG(texts_join(assembly->arena, &names, TEXT(" and ")))));
}

/* Whether any change is tested through something else than counts: the method note says how. */
static bool tests_others(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++)
        for (size_t b = 0; b < comparison->baselines.count; b++)
            if (comparison->rows[i].judged[b].method >= TEST_SHARES)
                return true;
    return false;
}

void assembly_judges(struct assembly *assembly, const struct comparison *comparison)
{
    assembly->has_changes = assembly->has_judgements = true;
    assembly->has_other_tests = assembly->has_other_tests || tests_others(comparison);
}

static struct table *table_of_rows(struct assembly *assembly, const struct comparison *whole,
                                   struct text name, struct text row_header)
{
    const struct comparison reduced = comparison_known(assembly->arena, whole);
    const struct comparison *comparison = &reduced;
    const struct shown_rows rows = rows_shown(assembly->arena, comparison);
    size_t judged = 0;
    for (size_t b = 0; b < comparison->baselines.count; b++)
        judged += is_judged(comparison, b);
    struct table *table =
        table_new(assembly->arena, name, 3 + 3 * comparison->baselines.count + judged);
    comparison_columns(assembly, comparison, table, row_header);
    for (size_t i = 0; i < rows.count; i++) {
        const struct shown *shown = &rows.items[i];
        enum row_kind kind = shown->area.len ? ROW_COMPARATOR : row_kind_of(shown->row);
        struct row *row = table_add_row(assembly->arena, table, kind);
        comparison_row_cells(assembly, comparison, shown, row);
    }
    add_notes_column(assembly, comparison, &rows, table);
    if (comparison->baselines.count > 1)
        join_on_page(assembly->arena, table);
    stopped_note_comparison(assembly, comparison, &table->notes);
    add_row_notes(assembly, comparison, table);
    add_comparator_note(assembly, comparison, table);
    struct texts abnormal = comparison_notes(assembly->arena, comparison);
    for (size_t i = 0; i < abnormal.count; i++)
        texts_add(assembly->arena, &table->notes, abnormal.items[i]);
    struct text unknown = tell_unknown(assembly, whole);
    if (unknown.len)
        texts_add(assembly->arena, &table->notes, unknown);
    assembly->has_changes = true;
    if (judged)
        assembly_judges(assembly, comparison);
    return table;
}

/* A row a measure or area and no other: what a chart draws. */
struct table *table_of_comparison(struct assembly *assembly, const struct comparison *whole,
                                  struct text name, struct text row_header)
{
    struct comparison alone = *whole;
    alone.comparator_count = 0;
    return table_of_rows(assembly, &alone, name, row_header);
}

struct table *change_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_figures(assembly, section);
    if (!source || !assembly_has_period(assembly, source))
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
    struct table *table =
        table_of_rows(assembly, &comparison, section->name, header.len ? header : TEXT("Measure"));
    table_finish(assembly, table, section, source->dataset);
    return table;
}
