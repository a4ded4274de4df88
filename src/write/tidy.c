#include "write/tidy_int.h"

#include "data/period.h"
#include "data/value.h"
#include "write/sheets_int.h"

/* What a cell of the document says, taken apart. */
struct parts {
    enum tidy_type type;
    struct text value; /* a number or date; of a text the text */
    struct text unit;
    struct text marker; /* "[c]", "[p][r]" */
    struct text words;  /* what stands in place of a number, or behind it */
};

/* "[p][r]" and nothing else. */
static bool is_marker(struct arena *arena, struct text t)
{
    return t.len && text_equal(markers_display(arena, markers_shown(t)), t);
}

static void take_words(struct arena *arena, struct text words, struct parts *out)
{
    words = text_trim(words);
    if (is_marker(arena, words))
        out->marker = words;
    else
        out->words = words;
}

/* What the number format puts behind the number: "#,##0\" days\"". */
static struct text suffix_of(struct text format)
{
    if (!text_ends(format, TEXT("\"")))
        return TEXT_EMPTY;
    size_t from = format.len - 1;
    while (from && format.ptr[from - 1] != '"')
        from--;
    return text_slice(format, from, format.len - 1);
}

/* A number that no reader may see is none: sheets_number() has the last word for all writers. */
static struct parts parts_of(struct arena *arena, const struct cell *cell, bool in_number_column)
{
    struct book_cell shown = {0};
    struct parts out = {
        .value = TEXT_EMPTY, .unit = TEXT_EMPTY, .marker = TEXT_EMPTY, .words = TEXT_EMPTY};
    if (cell->kind == CELL_NUMBER && sheets_number(arena, cell, &shown)) {
        bool is_percent = cell->format == FORMAT_PERCENT || cell->format == FORMAT_SIGNED_PERCENT;
        out.type = TIDY_NUMBER;
        out.value = decimal_text(arena, cell->number);
        out.unit = is_percent                      ? TEXT("percent")
                   : sheets_is_money(cell->format) ? TEXT("GBP")
                                                   : TEXT_EMPTY;
        take_words(arena, suffix_of(shown.format), &out);
    } else if (cell->kind == CELL_DATE && date_is_known(cell->date)) {
        out.type = TIDY_DATE;
        out.value = date_iso(arena, cell->date);
    } else if (in_number_column) {
        out.type = TIDY_NUMBER;
        take_words(arena, cell->display, &out);
    } else {
        out.value = cell->display;
    }
    return out;
}

/* ---- what the columns of the table hold ---- */

struct found {
    bool is_number, is_date;
    bool has_marker, has_words; /* in some cell; of a text that is no marker, itself */
    bool has_unit, has_units;   /* one of all its numbers; several */
    struct text unit;
};

static void look_at(struct arena *arena, const struct table *table, size_t c, struct found *found)
{
    bool dates = false, others = false;
    *found = (struct found){.unit = TEXT_EMPTY, .is_number = table->columns[c].is_number};
    for (size_t r = 0; r < table->row_count; r++)
        found->is_number = found->is_number || table->rows[r].cells[c].kind == CELL_NUMBER;
    bool first = true;
    for (size_t r = 0; r < table->row_count; r++) {
        struct parts parts = parts_of(arena, &table->rows[r].cells[c], found->is_number);
        if (parts.type == TIDY_TEXT)
            take_words(arena, parts.value, &parts);
        found->has_marker = found->has_marker || parts.marker.len;
        found->has_words = found->has_words || parts.words.len;
        dates = dates || parts.type == TIDY_DATE;
        others = others || (parts.type == TIDY_TEXT && parts.value.len);
        if (parts.type != TIDY_NUMBER || !parts.value.len)
            continue;
        found->has_units = found->has_units || (!first && !text_equal(parts.unit, found->unit));
        found->unit = parts.unit;
        first = false;
    }
    found->is_date = dates && !others && !found->is_number;
    found->has_unit = found->unit.len && !found->has_units;
}

static bool is_period(struct arena *arena, struct text t)
{
    struct period period = period_read(arena, t);
    return (period.flag == PERIOD_OK || period.flag == PERIOD_ASSUMED) &&
           date_is_known(period.start);
}

struct shape {
    struct found *found; /* one a column */
    bool *is_period;     /* likewise: its header is a period */
    bool is_long;
    bool has_groups, has_kinds;
};

static struct shape shape_of(struct arena *arena, const struct table *table)
{
    struct shape shape = {.found =
                              arena_calloc(arena, table->column_count + 1, sizeof *shape.found),
                          .is_period = arena_calloc(arena, table->column_count + 1, sizeof(bool))};
    size_t numbers = 0, periods = 0;
    bool down = table->row_count > 1;
    for (size_t c = 0; c < table->column_count; c++) {
        look_at(arena, table, c, &shape.found[c]);
        shape.is_period[c] =
            c && shape.found[c].is_number && is_period(arena, table->columns[c].header);
        numbers += c && shape.found[c].is_number;
        periods += shape.is_period[c];
    }
    for (size_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        shape.has_groups = shape.has_groups || row->group.len;
        shape.has_kinds = shape.has_kinds || row->kind != ROW_BODY;
        down = down && is_period(arena, row->cells[0].display);
    }
    shape.is_long = periods > 1 || (down && numbers > 1);
    return shape;
}

/* ---- columns and rows ---- */

struct tidying {
    struct arena *arena;
    const struct table *table;
    struct shape shape;
    struct tidy *out;
    size_t capacity;
};

static bool has_title(const struct tidy *tidy, struct text title)
{
    for (size_t c = 0; c < tidy->column_count; c++)
        if (text_same_name(tidy->columns[c].title, title))
            return true;
    return false;
}

static struct tidy_column *add_column(struct tidying *tidying, struct text title,
                                      enum tidy_type type)
{
    struct arena *arena = tidying->arena;
    struct tidy *out = tidying->out;
    struct buffer line = {.arena = arena};
    for (size_t i = 0; i < title.len; i++)
        buffer_add_byte(&line, title.ptr[i] == '\n' ? ' ' : title.ptr[i]);
    struct text plain = buffer_text(&line), unique = plain;
    for (unsigned n = 2; has_title(out, unique); n++)
        unique = text_format(arena, "%.*s %u", TEXT_ARG(plain), n);
    struct text slug = text_slug(arena, unique);
    char *name = (char *)text_copy(arena, slug).ptr;
    for (size_t i = 0; i < slug.len; i++)
        name[i] = name[i] == '-' ? '_' : name[i];
    out->columns = arena_grow(arena, out->columns, out->column_count, &tidying->capacity,
                              sizeof *out->columns);
    struct tidy_column *column = &out->columns[out->column_count++];
    *column = (struct tidy_column){
        .title = unique, .name = {name, slug.len}, .type = type, .unit = TEXT_EMPTY};
    texts_add(arena, &column->nulls, TEXT_EMPTY);
    return column;
}

/* "%% change" and "Change" have one slug. */
static void make_names_unique(struct tidying *tidying)
{
    struct tidy *out = tidying->out;
    for (size_t c = 0; c < out->column_count; c++) {
        struct text base = out->columns[c].name;
        for (size_t n = 2, other = 0; other < c; other++)
            if (text_equal(out->columns[other].name, out->columns[c].name)) {
                out->columns[c].name = text_format(tidying->arena, "%.*s_%zu", TEXT_ARG(base), n++);
                other = SIZE_MAX; /* from the first again */
            }
    }
}

static struct text *add_row(struct tidying *tidying)
{
    struct tidy *out = tidying->out;
    struct text *cells = arena_calloc(tidying->arena, out->column_count + 1, sizeof *cells);
    for (size_t c = 0; c < out->column_count; c++)
        cells[c] = TEXT_EMPTY;
    out->rows = arena_grow(tidying->arena, out->rows, out->row_count, &out->row_capacity,
                           sizeof(struct text *));
    out->rows[out->row_count++] = cells;
    return cells;
}

static struct text kind_word(enum row_kind kind)
{
    static const char *const words[] = {
        [ROW_BODY] = "row",
        [ROW_TOTAL] = "total",
        [ROW_OF_WHICH] = "within another row",
        [ROW_REMAINDER] = "remainder",
        [ROW_OUTSIDE] = "outside the total",
        [ROW_COMPARATOR] = "comparator",
    };
    return text_from(words[kind]);
}

/* Group, kind and name of a row: what both shapes begin with. */
static void add_key_columns(struct tidying *tidying)
{
    const struct table *table = tidying->table;
    if (tidying->shape.has_groups)
        add_column(tidying, table->group_header.len ? table->group_header : TEXT("Group"),
                   TIDY_TEXT);
    add_column(tidying, table->columns[0].header,
               tidying->shape.found[0].is_date ? TIDY_DATE : TIDY_TEXT);
    if (tidying->shape.has_kinds)
        add_column(tidying, TEXT("Row type"), TIDY_TEXT);
}

static size_t set_keys(struct tidying *tidying, const struct row *row, struct text *cells)
{
    size_t c = 0;
    if (tidying->shape.has_groups)
        cells[c++] = row->group;
    cells[c++] = parts_of(tidying->arena, &row->cells[0], false).value;
    if (tidying->shape.has_kinds)
        cells[c++] = kind_word(row->kind);
    return c;
}

/* "Cost (£)", where all of its numbers have that unit. */
static struct text title_with_unit(struct arena *arena, struct text header,
                                   const struct found *found)
{
    const char *sign = text_is(found->unit, "GBP") ? "£" : "%";
    if (!found->has_unit || text_contains(header, text_from(sign)))
        return header;
    return text_format(arena, "%.*s (%s)", TEXT_ARG(header), sign);
}

static void add_wide_columns(struct tidying *tidying)
{
    struct arena *arena = tidying->arena;
    for (size_t c = 1; c < tidying->table->column_count; c++) {
        const struct found *found = &tidying->shape.found[c];
        struct text title = tidying->table->columns[c].header;
        struct tidy_column *column = add_column(tidying, title_with_unit(arena, title, found),
                                                found->is_number ? TIDY_NUMBER
                                                : found->is_date ? TIDY_DATE
                                                                 : TIDY_TEXT);
        column->unit = found->has_unit ? found->unit : TEXT_EMPTY;
        for (size_t r = 0; !found->is_number && r < tidying->table->row_count; r++) {
            struct text said = tidying->table->rows[r].cells[c].display;
            if (is_marker(arena, said) && texts_find(&column->nulls, said) == column->nulls.count)
                texts_add(arena, &column->nulls, said);
        }
        if (found->has_units)
            add_column(tidying, text_concat(arena, title, TEXT(": unit")), TIDY_TEXT);
        if (found->is_number && found->has_marker)
            add_column(tidying, text_concat(arena, title, TEXT(": marker")), TIDY_TEXT);
        if (found->is_number && found->has_words)
            add_column(tidying, text_concat(arena, title, TEXT(": words")), TIDY_TEXT);
    }
}

static void make_wide(struct tidying *tidying)
{
    add_wide_columns(tidying);
    for (size_t r = 0; r < tidying->table->row_count; r++) {
        const struct row *row = &tidying->table->rows[r];
        struct text *cells = add_row(tidying);
        size_t at = set_keys(tidying, row, cells);
        for (size_t c = 1; c < tidying->table->column_count; c++) {
            const struct found *found = &tidying->shape.found[c];
            struct parts parts = parts_of(tidying->arena, &row->cells[c], found->is_number);
            cells[at++] = parts.value;
            if (found->has_units)
                cells[at++] = parts.unit;
            if (found->is_number && found->has_marker)
                cells[at++] = parts.marker;
            if (found->is_number && found->has_words)
                cells[at++] = parts.words;
        }
    }
}

/* Which columns a long table has besides its keys and values. */
struct long_columns {
    bool statistic, period, unit, marker, words;
};

static struct long_columns long_columns_of(const struct tidying *tidying)
{
    struct long_columns has = {0};
    for (size_t c = 1; c < tidying->table->column_count; c++) {
        const struct found *found = &tidying->shape.found[c];
        has.statistic = has.statistic || !tidying->shape.is_period[c];
        has.period = has.period || tidying->shape.is_period[c];
        has.unit = has.unit || found->unit.len;
        has.marker = has.marker || found->has_marker;
        has.words = has.words || found->has_words;
    }
    return has;
}

static void add_long_row(struct tidying *tidying, const struct row *row, size_t c,
                         struct long_columns has)
{
    const struct found *found = &tidying->shape.found[c];
    bool is_period = tidying->shape.is_period[c];
    struct parts parts = parts_of(tidying->arena, &row->cells[c], found->is_number);
    if (!found->is_number) { /* a text has no number: it is words, or a marker */
        struct text said = parts.value;
        parts.value = TEXT_EMPTY;
        take_words(tidying->arena, said, &parts);
        if (!said.len)
            return; /* says nothing of this row */
    }
    struct text *cells = add_row(tidying);
    size_t at = set_keys(tidying, row, cells);
    if (has.statistic)
        cells[at++] = is_period ? TEXT("Figure") : tidying->table->columns[c].header;
    if (has.period)
        cells[at++] = is_period ? tidying->table->columns[c].header : TEXT_EMPTY;
    cells[at++] = parts.value;
    if (has.unit)
        cells[at++] = parts.unit;
    if (has.marker)
        cells[at++] = parts.marker;
    if (has.words)
        cells[at++] = parts.words;
}

static void make_long(struct tidying *tidying)
{
    struct long_columns has = long_columns_of(tidying);
    if (has.statistic)
        add_column(tidying, TEXT("Statistic"), TIDY_TEXT);
    if (has.period)
        add_column(tidying, TEXT("Period"), TIDY_TEXT);
    add_column(tidying, TEXT("Value"), TIDY_NUMBER);
    if (has.unit)
        add_column(tidying, TEXT("Unit"), TIDY_TEXT);
    if (has.marker)
        add_column(tidying, TEXT("Marker"), TIDY_TEXT);
    if (has.words)
        add_column(tidying, TEXT("Words"), TIDY_TEXT);
    for (size_t r = 0; r < tidying->table->row_count; r++)
        for (size_t c = 1; c < tidying->table->column_count; c++)
            add_long_row(tidying, &tidying->table->rows[r], c, has);
}

void tidy_make(struct arena *arena, const struct table *table, struct tidy *out)
{
    *out = (struct tidy){0};
    table = table_held(arena, table);
    struct tidying tidying = {
        .arena = arena, .table = table, .shape = shape_of(arena, table), .out = out};
    add_key_columns(&tidying);
    if (tidying.shape.is_long)
        make_long(&tidying);
    else
        make_wide(&tidying);
    make_names_unique(&tidying);
}
