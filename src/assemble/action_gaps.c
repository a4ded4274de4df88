/* action_gaps - the actions that leave out something that others of the plan say. */
#include "assemble/actions_int.h"

#include "data/blank.h"

struct plan_gaps {
    struct assembly *assembly;
    const struct dataset *dataset;
    struct table *table;
    struct row_columns fields; /* that are looked at, in which at least one action says something */
    struct texts unused;       /* headers of the others */
    size_t *blanks, *placeholders; /* by number in `fields` */
    bool has_placeholders;         /* a column of them, which a plan without any does not need */
};

/* Those that the key names, each by the header that it has there, or all that every action should
 * fill in. */
static struct row_columns wanted(struct plan_gaps *gaps, const struct ini_section *section)
{
    const struct dataset *dataset = gaps->dataset;
    const struct row_fields none = {0};
    if (ini_entry(section, "columns"))
        return rows_columns(gaps->assembly, section, "columns", dataset, &none);
    struct row_columns fields = {
        .items = arena_calloc(gaps->assembly->arena, ACTION_FIELDS, sizeof *fields.items)};
    for (int f = 0; f < ACTION_FIELDS; f++)
        if (dataset->action_headers[f].len && blank_is_expected((enum action_field)f))
            fields.items[fields.count++] = (struct row_column){
                .field = (enum action_field)f, .header = dataset->action_headers[f]};
    return fields;
}

static void choose_fields(struct plan_gaps *gaps, const struct ini_section *section)
{
    struct row_columns all = wanted(gaps, section);
    struct arena *arena = gaps->assembly->arena;
    gaps->fields.items = arena_calloc(arena, all.count + 1, sizeof *all.items);
    gaps->blanks = arena_calloc(arena, all.count + 1, sizeof *gaps->blanks);
    gaps->placeholders = arena_calloc(arena, all.count + 1, sizeof *gaps->placeholders);
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].is_comparison)
            diag(gaps->assembly->diags, DIAG_BAD_VALUE, ini_entry(section, "columns")->value_place,
                 "'comparison' is worked out, and cannot be blank: expected columns of the source");
        else if (blank_is_judged(gaps->dataset, all.items[i].field))
            gaps->fields.items[gaps->fields.count++] = all.items[i];
        else
            texts_add(gaps->assembly->arena, &gaps->unused, all.items[i].header);
}

static void count_blanks(struct plan_gaps *gaps)
{
    for (size_t a = 0; a < gaps->dataset->action_count; a++)
        for (size_t i = 0; i < gaps->fields.count; i++) {
            enum blank found = blank_of(&gaps->dataset->actions[a], gaps->fields.items[i].field);
            gaps->blanks[i] += found == BLANK_EMPTY;
            gaps->placeholders[i] += found == BLANK_PLACEHOLDER;
            gaps->has_placeholders = gaps->has_placeholders || found == BLANK_PLACEHOLDER;
        }
}

/* The headers of the fields that are blank; of placeholders with the placeholder as it stands. */
static struct text missing(const struct plan_gaps *gaps, const struct action *action,
                           enum blank blank)
{
    struct arena *arena = gaps->assembly->arena;
    struct texts found = {0};
    for (size_t i = 0; i < gaps->fields.count; i++) {
        enum action_field field = gaps->fields.items[i].field;
        struct text header = gaps->fields.items[i].header;
        if (blank_of(action, field) != blank)
            continue;
        texts_add(arena, &found,
                  blank == BLANK_EMPTY ? header
                                       : text_format(arena, "%.*s: “%.*s”", TEXT_ARG(header),
                                                     TEXT_ARG(action_text(action, field).plain)));
    }
    return texts_join(arena, &found, TEXT("; "));
}

static void add_gap_row(struct plan_gaps *gaps, const struct action *action, size_t first)
{
    struct text blank = missing(gaps, action, BLANK_EMPTY);
    struct text placeholder = missing(gaps, action, BLANK_PLACEHOLDER);
    if (!blank.len && !placeholder.len)
        return;
    struct row *row = table_add_row(gaps->assembly->arena, gaps->table, ROW_BODY);
    actions_name_cells(gaps->assembly, row, gaps->dataset, action);
    row->cells[first] = cell_text(blank.len ? blank : TEXT("None"));
    if (gaps->has_placeholders)
        row->cells[first + 1] = cell_text(placeholder.len ? placeholder : TEXT("None"));
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* " Measure: 15 blank, 12 with a placeholder." */
static void add_field_counts(struct buffer *out, const struct plan_gaps *gaps, size_t i)
{
    if (!gaps->blanks[i] && !gaps->placeholders[i])
        return;
    buffer_format(out, " %.*s: ", TEXT_ARG(gaps->fields.items[i].header));
    if (gaps->blanks[i])
        buffer_format(out, "%zu blank%s", gaps->blanks[i], gaps->placeholders[i] ? ", " : ".");
    if (gaps->placeholders[i])
        buffer_format(out, "%zu with a placeholder.", gaps->placeholders[i]);
}

/* "15 of 74 actions …", and the same of each field. */
static void add_counts(struct plan_gaps *gaps)
{
    struct arena *arena = gaps->assembly->arena;
    struct buffer out = {.arena = arena};
    size_t all = gaps->dataset->action_count;
    buffer_format(&out, "%zu of %zu action%s leave%s something out.", gaps->table->row_count, all,
                  plural(all), gaps->table->row_count == 1 ? "s" : "");
    for (size_t i = 0; i < gaps->fields.count; i++)
        add_field_counts(&out, gaps, i);
    texts_add(arena, &gaps->table->notes, buffer_text(&out));
    if (gaps->unused.count)
        texts_add(arena, &gaps->table->notes,
                  text_format(arena, "No action says anything in %.*s.",
                              TEXT_ARG(texts_join(arena, &gaps->unused, TEXT(", ")))));
}

struct table *gaps_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = assembly_actions(assembly, section);
    if (!source)
        return NULL;
    const struct dataset *dataset = source->dataset;
    bool has_id = dataset->action_headers[ACTION_ID].len > 0;
    struct plan_gaps gaps = {.assembly = assembly, .dataset = dataset};
    choose_fields(&gaps, section);
    count_blanks(&gaps);
    gaps.table =
        table_new(assembly->arena, section->name, (size_t)2 + has_id + gaps.has_placeholders);
    size_t first = actions_name_columns(assembly->arena, gaps.table, dataset);
    gaps.table->columns[first].header = TEXT("Blank");
    if (gaps.has_placeholders)
        gaps.table->columns[first + 1].header = TEXT("Placeholder only");
    for (size_t i = 0; i < dataset->action_count; i++)
        add_gap_row(&gaps, &dataset->actions[i], first);
    add_counts(&gaps);
    table_finish(assembly, gaps.table, section, dataset);
    return gaps.table;
}
