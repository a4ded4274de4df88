/* delimiter - what stands between the fields of a text export. */
#include "read/csv_int.h"
#include "read/read_int.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *word;
    char delimiter;
} delimiters[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}};
enum { DELIMITERS = sizeof delimiters / sizeof delimiters[0], ROWS_MAX = 50 };

const char *delimiter_word(char delimiter)
{
    for (size_t i = 0; i < DELIMITERS; i++)
        if (delimiters[i].delimiter == delimiter)
            return delimiters[i].word;
    return "?";
}

static size_t delimiter_number(char byte)
{
    size_t i = 0;
    while (i < DELIMITERS && delimiters[i].delimiter != byte)
        i++;
    return i;
}

char delimiter_key(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "delimiter");
    if (!entry)
        return 0;
    for (size_t i = 0; i < DELIMITERS; i++)
        if (text_same_name(entry->value, text_from(delimiters[i].word)) ||
            (entry->value.len == 1 && entry->value.ptr[0] == delimiters[i].delimiter))
            return delimiters[i].delimiter;
    diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no delimiter: expected comma, semicolon, tab or pipe",
         TEXT_ARG(text_quote(source->arena, entry->value)));
    return 0;
}

/* How often each delimiter stands in each of the first rows. */
struct delimiter_counts {
    size_t in_row[ROWS_MAX][DELIMITERS];
    size_t rows;
};

static bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* Counts the row that begins at `at`, and returns where the next one does. */
static size_t count_row(struct delimiter_counts *counts, struct text text, size_t at)
{
    bool quoted = false, blank = true;
    size_t *in_row = counts->in_row[counts->rows];
    memset(in_row, 0, sizeof counts->in_row[0]);
    for (; at < text.len && (quoted || !is_line_end(text.ptr[at])); at++) {
        char byte = text.ptr[at];
        size_t number = delimiter_number(byte);
        quoted ^= byte == '"';
        blank = blank && (byte == ' ' || byte == '\t');
        if (!quoted && number < DELIMITERS)
            in_row[number]++;
    }
    counts->rows += !blank;
    return at + 1;
}

/* For one delimiter: in how many rows it stands as often, above 0, as in most; how many of these
 * stand together, as those of a table do; and how often it stands in the first row. */
struct likeness {
    size_t rows;
    size_t together;
    size_t first;
};

static struct likeness likeness(const struct delimiter_counts *counts, size_t delimiter)
{
    struct likeness best = {.first = counts->in_row[0][delimiter]};
    for (size_t a = 0; a < counts->rows; a++) {
        size_t wanted = counts->in_row[a][delimiter], rows = 0, run = 0, together = 0;
        for (size_t b = 0; b < counts->rows && wanted; b++) {
            bool same = counts->in_row[b][delimiter] == wanted;
            rows += same;
            run = same ? run + 1 : 0;
            together = run > together ? run : together;
        }
        if (rows > best.rows || (rows == best.rows && together > best.together)) {
            best.rows = rows;
            best.together = together;
        }
    }
    return best;
}

static bool is_likelier(struct likeness a, struct likeness b)
{
    if (a.rows != b.rows)
        return a.rows > b.rows;
    return a.together != b.together ? a.together > b.together : a.first > b.first;
}

char csv_delimiter(struct text text)
{
    struct delimiter_counts counts;
    counts.rows = 0;
    for (size_t at = 0; at < text.len && counts.rows < ROWS_MAX;)
        at = count_row(&counts, text, at);
    if (!counts.rows)
        return delimiters[0].delimiter;
    size_t best = 0;
    for (size_t d = 1; d < DELIMITERS; d++)
        if (is_likelier(likeness(&counts, d), likeness(&counts, best)))
            best = d;
    return delimiters[best].delimiter;
}

size_t csv_separator_line(struct text text, char *named)
{
    static const struct text word = TEXT_INIT("sep=");
    if (text.len <= word.len || strncasecmp(text.ptr, word.ptr, word.len) != 0)
        return 0;
    char byte = text.ptr[word.len];
    size_t end = word.len + 1;
    if (is_line_end(byte) || (end < text.len && !is_line_end(text.ptr[end])))
        return 0;
    *named = delimiter_number(byte) < DELIMITERS ? byte : 0;
    if (end < text.len && text.ptr[end++] == '\r' && end < text.len && text.ptr[end] == '\n')
        end++;
    return end;
}

bool csv_choose_delimiter(struct diags *diags, struct text file, struct text text, char *delimiter,
                          size_t *separator)
{
    char named = 0;
    *separator = csv_separator_line(text, &named);
    if (!*delimiter && *separator && !named) {
        diag(diags, DIAG_FORMAT, place_at(file, 1, 0),
             "'sep=' names no delimiter that is understood: expected comma, semicolon, tab or "
             "pipe");
        return false;
    }
    if (!*delimiter)
        *delimiter = named ? named : csv_delimiter(text_slice(text, *separator, text.len));
    return true;
}
