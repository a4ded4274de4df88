/*
 * table - the table inside a file: which row is its header, and what is none of its rows.
 *
 * The first rows are held back until the header is known. Below it only rows of one cell are
 * (footnote.c), so that memory does not depend on the number of rows.
 */
#include "read/read_int.h"

#include <string.h>

enum {
    HEADER_ROWS = 50, /* the header is looked for in so many rows that are not blank */
    LOOK_AHEAD = 10,  /* rows below a header that could be a better one */
    HELD_ROWS = HEADER_ROWS + LOOK_AHEAD + 1,
};

struct table {
    struct record rows[HELD_ROWS]; /* copies of the first ones, until the header is known */
    size_t count;
    size_t blank[HELD_ROWS + 1]; /* rows without a cell above each of them */
    size_t next;                 /* of these, the first that was not tried as the header */
    size_t passed;               /* rows above the one that the job names as the header */
    bool blank_above;
    bool found;
    struct record header[2]; /* its rows as they stand in the file */
    size_t header_rows;
    size_t first[2]; /* of each the first cell that is not blank */
    struct text *padded;
};

void table_begin(struct source *source)
{
    source->header = (struct header){0};
    source->rows = 0;
    source->table = arena_calloc(source->scratch, 1, sizeof *source->table);
}

static bool is_filled(struct text cell)
{
    if (!cell.len)
        return false;
    unsigned char byte = (unsigned char)cell.ptr[0];
    return (byte > ' ' && byte < 0x80) || text_trim(cell).len;
}

/* Cells that are not blank, counted up to `most`; *first is the position of the first. */
static size_t count_filled(const struct record *row, size_t most, size_t *first)
{
    size_t filled = 0;
    *first = row->count;
    for (size_t i = 0; i < row->count && filled < most; i++)
        if (is_filled(row->fields[i]) && !filled++)
            *first = i;
    return filled;
}

static size_t all_filled(const struct record *row)
{
    size_t first;
    return count_filled(row, SIZE_MAX, &first);
}

static struct text cell_at(const struct record *row, size_t position)
{
    return position < row->count ? text_trim(row->fields[position]) : TEXT_EMPTY;
}

static bool exclude(struct source *source, const struct record *row, size_t count, const char *rule)
{
    for (size_t i = 0; i < count; i++)
        if (!source_count(source, row, source_exclude(source, text_from(rule))))
            return false;
    return true;
}

/* Below the header. */

/* Whatever their capitals and spaces; its first letter tells a cell of nearly all other rows. */
static bool same_header(struct text cell, struct text name)
{
    if (!cell.len || !name.len || (cell.ptr[0] ^ name.ptr[0]) & ~0x20)
        return cell.len == name.len && !cell.len;
    return text_equal(cell, name) || text_same_name(cell, name);
}

static bool repeats_header(const struct table *table, const struct record *row, size_t first)
{
    for (size_t h = 0; h < table->header_rows; h++) {
        const struct record *header = &table->header[h];
        size_t most = row->count > header->count ? row->count : header->count, i = first;
        while (table->first[h] == first && i < most &&
               same_header(cell_at(row, i), cell_at(header, i)))
            i++;
        if (i == most)
            return true;
    }
    return false;
}

/* A row of a sheet ends with its last cell; the cells up to the header's last one are blank. */
static struct record padded(const struct source *source, const struct record *row)
{
    struct table *table = source->table;
    size_t width = source->header.names.count;
    struct record full = *row;
    while (full.count > width && !is_filled(full.fields[full.count - 1]))
        full.count--;
    if (full.count >= width)
        return full;
    memcpy(table->padded, row->fields, row->count * sizeof *row->fields);
    for (size_t i = row->count; i < width; i++)
        table->padded[i] = TEXT_EMPTY;
    full.fields = table->padded;
    full.count = width;
    return full;
}

static bool take_row(struct source *source, const struct record *row, size_t first, bool only)
{
    if (repeats_header(source->table, row, first))
        return footnotes_release(source) && exclude(source, row, 1, "repeats the header");
    if (!source->sheet.len)
        return footnotes_take(source, row, first, only);
    struct record full = padded(source, row);
    return footnotes_take(source, &full, first, only);
}

/* Which row is the header. */

static struct record copy_row(struct arena *arena, const struct record *row)
{
    struct record copy = *row;
    struct text *fields = arena_calloc(arena, row->count, sizeof *fields);
    for (size_t i = 0; i < row->count; i++)
        fields[i] = text_copy(arena, text_trim(row->fields[i]));
    copy.fields = fields;
    return copy;
}

static void hold(struct source *source, const struct record *row)
{
    struct table *table = source->table;
    table->rows[table->count++] = copy_row(source->scratch, row);
}

static bool is_period(struct source *source, struct text cell)
{
    return period_read(source->scratch, cell).flag != PERIOD_ERROR;
}

static bool is_number(struct source *source, struct text cell)
{
    struct reading reading = value_read(source->scratch, cell);
    return reading.value.present && reading.flag != READING_ERROR && !is_period(source, cell);
}

/* "KA.01.03", "E07000131": digits, and no words. */
static bool is_id(struct source *source, struct text cell)
{
    bool digit = false;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == ' ' || cell.ptr[i] == '\n')
            return false;
        digit = digit || (cell.ptr[i] >= '0' && cell.ptr[i] <= '9');
    }
    return digit && !is_period(source, cell);
}

/* A number, an id, or a marker such as "n/a" where a number could be. */
static bool is_data(struct source *source, struct text cell)
{
    if (!cell.len || is_period(source, cell))
        return false;
    return value_read(source->scratch, cell).flag != READING_ERROR || is_id(source, cell);
}

static bool has_data(struct source *source, const struct record *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (is_data(source, row->fields[i]))
            return true;
    return false;
}

/* "2021/22" above "Number" is "2021/22 Number"; but the lower alone where only that is known. */
static struct text join_names(struct source *source, struct text upper, struct text lower)
{
    if (!upper.len || !lower.len)
        return upper.len ? upper : lower;
    struct text both = text_format(source->scratch, "%.*s %.*s", TEXT_ARG(upper), TEXT_ARG(lower));
    return header_knows(source, lower) && !header_knows(source, both) ? lower : both;
}

/* A header of two rows as one. The upper's names reach over the blanks to their right, as those of
 * merged cells do, where the lower has a name. */
static struct record join_rows(struct source *source, const struct record *upper,
                               const struct record *lower)
{
    struct record joined = *upper;
    joined.count = upper->count > lower->count ? upper->count : lower->count;
    struct text *names = arena_calloc(source->scratch, joined.count, sizeof *names);
    struct text carried = TEXT_EMPTY;
    for (size_t i = 0; i < joined.count; i++) {
        struct text own = cell_at(upper, i), below = cell_at(lower, i);
        if (own.len)
            carried = own;
        names[i] = below.len ? join_names(source, carried, below) : own;
    }
    joined.fields = names;
    return joined;
}

/* True when `row` has cells in columns where `above` has none. */
static bool names_more(const struct record *above, const struct record *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (is_filled(row->fields[i]) && !cell_at(above, i).len)
            return true;
    return false;
}

/* Rows of one cell are titles and headings, whatever they say. */
static struct header_score score_row(struct source *source, const struct record *row)
{
    if (all_filled(row) < 2)
        return (struct header_score){0};
    return header_score(source, row);
}

/* True when `row` has cells below columns of values alone, as one with their units has. */
static bool names_values(struct source *source, const struct record *above,
                         const struct record *row)
{
    const struct dialect_reader *reader = source->dialect->reader;
    if (!reader->is_value_header)
        return false;
    for (size_t i = 0; i < row->count; i++)
        if (is_filled(row->fields[i]) && !reader->is_value_header(source, cell_at(above, i)))
            return false;
    return true;
}

/*
 * Two rows make a header when neither does alone, or the one that does leaves columns without a
 * name that the other names, or the lower says something of columns of values alone; and when the
 * lower holds names and no data.
 */
static bool is_joined(struct source *source, size_t i, struct header_score upper)
{
    const struct table *table = source->table;
    size_t first;
    if (i + 1 >= table->count || table->rows[i + 1].after_blank ||
        source->dialect->reader->takes_any)
        return false;
    const struct record *row = &table->rows[i], *below = row + 1;
    if (count_filled(row, 2, &first) == 1 && first == 0)
        return false;
    if (all_filled(below) < 2 || has_data(source, below) ||
        (!names_more(row, below) && !names_values(source, row, below)))
        return false;
    struct header_score lower = score_row(source, below);
    if (lower.complete && !names_more(below, row))
        return false;
    struct record joined = join_rows(source, row, below);
    size_t known = 0;
    while (known < below->count &&
           (!is_filled(below->fields[known]) || !header_knows(source, joined.fields[known])))
        known++;
    if (known == below->count)
        return false;
    struct header_score score = header_score(source, &joined);
    return score.complete && score.found >= upper.found && score.found >= lower.found;
}

/* A row of figures that fills a table of that width, or nearly: no title. */
static bool is_figures(struct source *source, const struct record *row, size_t width)
{
    size_t filled = all_filled(row);
    if (filled < 2 || 3 * filled < 2 * width)
        return false;
    for (size_t i = 0; i < row->count; i++)
        if (is_number(source, row->fields[i]))
            return true;
    return false;
}

/* "Period:" beside "2021/22" is complete for a `wide` table, until the header itself comes. */
static bool has_better_below(struct source *source, size_t i, struct header_score score)
{
    const struct table *table = source->table;
    size_t width = all_filled(&table->rows[i]);
    for (size_t n = i + 1; n < table->count && n <= i + LOOK_AHEAD; n++) {
        const struct record *row = &table->rows[n];
        struct header_score other = score_row(source, row);
        if (other.complete && other.found > score.found)
            return true;
        if (is_figures(source, row, width))
            return false; /* the table has begun */
    }
    return false;
}

/*
 * Rows of three cells and more that nearly fill the table are no titles. Below one of them only
 * what names more than a period is a header: a row of the table may hold a period, and its words
 * must not be taken for names of columns, which messages quote.
 */
static bool is_plausible(const struct table *table, size_t i, struct header_score score)
{
    size_t width = all_filled(&table->rows[i]), above = 0;
    for (size_t n = 0; n < i; n++) {
        size_t filled = all_filled(&table->rows[n]);
        above += filled > 2 && 3 * filled >= 2 * width;
    }
    return !above || score.named > 1 || (score.found > 2 && (score.named || above == 1));
}

/* How many rows, from that one, are the header: 0, 1 or 2. */
static size_t header_at(struct source *source, size_t i)
{
    struct header_score score = score_row(source, &source->table->rows[i]);
    if (!is_plausible(source->table, i, score))
        return 0;
    if (is_joined(source, i, score))
        return 2;
    return score.complete && !has_better_below(source, i, score);
}

/* What is cut off above the header has to be titles. */
static bool check_above(struct source *source, size_t i)
{
    const struct table *table = source->table;
    size_t width = all_filled(&table->rows[i]);
    for (size_t above = 0; above < i; above++)
        if (is_figures(source, &table->rows[above], width)) {
            diag(source->diags, DIAG_FORMAT, source_place(source, &table->rows[i], NO_COLUMN),
                 "this row looks like the header, but row %u above it holds figures: if it is the "
                 "header, write 'header row = %u' in [%.*s]",
                 table->rows[above].line, table->rows[i].line, TEXT_ARG(source->section->title));
            return false;
        }
    return true;
}

static struct text counted_rows(struct arena *arena, size_t rows)
{
    if (rows == 1)
        return TEXT("; the row above is left out");
    return text_format(arena, "; the %zu rows above are left out", rows);
}

static void tell_header(struct source *source, size_t rows, size_t above)
{
    const struct texts *names = &source->header.names;
    struct text left_out = above ? counted_rows(source->scratch, above) : TEXT_EMPTY;
    if (rows == 2)
        diag(source->diags, DIAG_HEADER, source->header.place,
             "this row and the next are the header: each column has the names of both, such as "
             "'%.*s'%.*s",
             TEXT_ARG(text_quote(source->scratch, names->items[names->count - 1])),
             TEXT_ARG(left_out));
    else if (above)
        diag(source->diags, DIAG_HEADER, source->header.place, "this row is the header%.*s",
             TEXT_ARG(left_out));
}

/* Takes the held row `i` as the header, alone or with the next, and goes on below it. */
static bool open_at(struct source *source, size_t i, size_t rows)
{
    struct table *table = source->table;
    const struct record *row = &table->rows[i];
    struct record header = rows == 2 ? join_rows(source, row, row + 1) : *row;
    if (!source_open(source, &header)) {
        header_tell_fitting(source, &header);
        return false;
    }
    size_t above = table->passed + i;
    table->found = true;
    table->header_rows = rows;
    for (size_t h = 0; h < rows; h++) {
        table->header[h] = row[h];
        count_filled(&row[h], 1, &table->first[h]);
    }
    table->padded = arena_calloc(source->scratch, header.count, sizeof *table->padded);
    footnotes_begin(source, header_score(source, &header).found);
    source->account->header_line = row->line;
    tell_header(source, rows, above);
    bool ok = exclude(source, row, above, "stands above the header");
    for (size_t n = i + rows; ok && n <= table->count; n++) {
        size_t first, filled;
        ok = exclude(source, row, table->blank[n], "every cell is blank");
        if (!ok || n == table->count)
            break;
        filled = count_filled(&table->rows[n], 2, &first);
        ok = take_row(source, &table->rows[n], first, filled == 1);
    }
    return ok;
}

/* No row has all: the one with the most columns that are known is the header, and its messages say
 * what is missing. */
static bool open_best(struct source *source)
{
    const struct table *table = source->table;
    size_t best = table->count, most = 0;
    for (size_t i = 0; i < table->count && i < HEADER_ROWS; i++) {
        if (all_filled(&table->rows[i]) < 2)
            continue;
        struct header_score score = header_score(source, &table->rows[i]);
        if ((best == table->count || score.known > most) && is_plausible(table, i, score)) {
            best = i;
            most = score.known;
        }
    }
    return open_at(source, best < table->count ? best : 0, 1);
}

/* Tries the held rows that have enough rows below them to judge by. */
static bool look_for_header(struct source *source, bool is_end)
{
    struct table *table = source->table;
    while (table->next < HEADER_ROWS && table->next + (is_end ? 0 : LOOK_AHEAD) < table->count) {
        size_t i = table->next++;
        size_t rows = header_at(source, i);
        if (rows)
            return check_above(source, i) && open_at(source, i, rows);
    }
    return (!is_end && table->next < HEADER_ROWS) || open_best(source);
}

static bool tell_no_row(struct source *source, unsigned line)
{
    const struct ini_entry *entry = ini_entry(source->section, "header row");
    diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' has no header in row %u: no row begins there, or all its cells are blank",
         TEXT_ARG(source->path), line);
    return false;
}

/* The job says which row is the header. */
static bool wait_for_header(struct source *source, const struct record *row)
{
    struct table *table = source->table;
    const unsigned *lines = source->header_rows;
    unsigned expected = lines[table->count];
    if (row->line < lines[0]) {
        table->passed++;
        return true;
    }
    if (row->line != expected)
        return tell_no_row(source, expected);
    hold(source, row);
    return (table->count == 1 && lines[1]) || open_at(source, 0, table->count);
}

bool table_take(void *user, const struct record *row)
{
    struct source *source = user;
    if (source->row_is_hidden)
        return source_count(source, row, source_exclude(source, TEXT(HIDDEN_ROW)));
    struct table *table = source->table;
    size_t first, filled = count_filled(row, 2, &first);
    if (!filled) {
        table->blank_above = true;
        table->blank[table->count] += !table->found;
        return !table->found || exclude(source, row, 1, "every cell is blank");
    }
    struct record taken = *row;
    taken.after_blank = row->after_blank || table->blank_above;
    table->blank_above = false;
    if (table->found)
        return take_row(source, &taken, first, filled == 1);
    if (source->header_rows[0])
        return wait_for_header(source, &taken);
    hold(source, &taken);
    return look_for_header(source, false);
}

bool table_end(struct source *source)
{
    struct table *table = source->table;
    if (!table->found && source->header_rows[0])
        return tell_no_row(source, source->header_rows[table->count]);
    if (!table->found && table->count && !look_for_header(source, true))
        return false;
    return !table->found || footnotes_end(source);
}
