/* What stands in a cell instead of a number: words, signs, and words for small numbers. */
#include "data/value_int.h"

/* Compared as they are, but for capitals. */
static const struct {
    const char *spellings;
    const char *marker;
    enum reading_flag flag;
    const char *note;
} signs[] = {
    {"*", "c", READING_CHECK, "legacy suppression; read the table's own key first"},
    {"**|***", "c", READING_CHECK, "asterisks: read the table's own key first"},
    {"..|...|…", "x", READING_OK, "old GSS: not available"},
    {":", "x", READING_OK, "old ONS: not available"},
    {".", "z", READING_OK, "old GSS: not applicable"},
    {"?|??|???", "x", READING_CHECK, "question mark"},
    {"na", "na", READING_CHECK, ""},
    {"-", "na", READING_CHECK, "nil (old GSS) or not available: never read as 0"},
    {"–", "na", READING_CHECK, "en dash alone"},
    {"—|―", "na", READING_CHECK, "em dash alone"},
    {"--|---|----|- -|––|——", "na", READING_CHECK, "dashes alone: never read as 0"},
    {"~", "na", READING_CHECK, "tilde alone: read the table's own key first"},
};

/* Compared without capitals, white space and punctuation: "N\A", "T.B.C.", "(null)". */
static const struct {
    const char *spellings;
    const char *marker;
    enum reading_flag flag;
    const char *note;
} words[] = {
    {"suppressed|confidential|disclosive|redacted|withheld|data suppressed|not disclosed", "c",
     READING_OK, ""},
    {"s|sup|supp|suppr", "c", READING_CHECK, "short for suppressed, or a note"},
    {"small numbers|small number|low numbers|too small|too few|too few to report", "c",
     READING_CHECK, "numbers too small to show"},
    {"tba|to be announced", "x", READING_OK, "to be announced"},
    {"tbc|to be confirmed", "x", READING_OK, "to be confirmed"},
    {"tbd|to be determined", "x", READING_OK, "to be determined"},
    {"null|nan|not available|data not available|not yet available|unavailable|no data|"
     "no data available|missing|blank|not recorded|not collected|not reported|not provided|"
     "not supplied|not submitted|not published|not measured|no return|not returned|no response",
     "x", READING_OK, ""},
    {"not applicable", "z", READING_OK, ""},
    {"not relevant|not required", "z", READING_CHECK, "text"},
    {"awaited|awaiting|awaiting data|data awaited|pending|unknown|not known|not yet known|unk|"
     "due|not due|not yet due|undefined|unspecified|insufficient data",
     "x", READING_CHECK, "text"},
    {"nk", "x", READING_CHECK, "not known"},
    {"nd|nr|nya|nyr", "x", READING_CHECK, "short for no data, or not recorded or reported"},
    {"na", "na", READING_CHECK, "not applicable or not available"},
    {"none", "na", READING_CHECK, "zero or missing"},
};

static bool has_letter(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (is_letter(t.ptr[i]))
            return true;
    return false;
}

/* Folding drops what is not a letter or digit: "5" and "£" must not get lost with it. */
static bool is_only_words(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]) || (unsigned char)t.ptr[i] >= 0x80)
            return false;
    return has_letter(t);
}

static bool is_word(struct text t, const char *spellings)
{
    struct text_pieces pieces = text_split(text_from(spellings), '|');
    for (struct text spelling; text_next(&pieces, &spelling);)
        if (text_same_name(t, spelling))
            return true;
    return false;
}

bool number_in_words(struct text t, struct decimal *out)
{
    static const struct {
        const char *word;
        int number;
    } numbers[] = {{"zero", 0}, {"one", 1},     {"two", 2},    {"three", 3}, {"four", 4},
                   {"five", 5}, {"six", 6},     {"seven", 7},  {"eight", 8}, {"nine", 9},
                   {"ten", 10}, {"twelve", 12}, {"twenty", 20}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (is_spelling(t, numbers[i].word)) {
            *out = decimal_from(numbers[i].number);
            return true;
        }
    return false;
}

unsigned marker_of_word(struct text word)
{
    static const struct {
        const char *spellings;
        unsigned bit;
    } also[] = {
        {"est|estimate|approx|approximate|approximately|circa", MARKER_ESTIMATED},
        {"projected|projection", MARKER_FORECAST},
        {"prov|provisional figure|provisional data", MARKER_PROVISIONAL},
        {"rev|revised figure", MARKER_REVISED},
        {"unreliable|treat with caution|caution", MARKER_LOW_RELIABILITY},
        {"suppressed|supp|s|withheld|redacted|disclosive|not for publication|not disclosed|"
         "do not publish|restricted",
         MARKER_CONFIDENTIAL},
    };
    if (!is_only_words(word))
        return 0;
    for (int i = 0; i < MARKERS; i++)
        if (text_same_name(word, text_from(marker_meaning(i))))
            return 1u << i;
    for (size_t i = 0; i < sizeof also / sizeof also[0]; i++)
        if (is_word(word, also[i].spellings))
            return also[i].bit;
    return 0;
}

static bool read_plain(struct cell *cell, struct text t)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (is_spelling(t, signs[i].spellings)) {
            cell_mark(cell, text_from(signs[i].marker));
            cell_note(cell, signs[i].flag, text_from(signs[i].note));
            return true;
        }
    if (!is_only_words(t))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (is_word(t, words[i].spellings)) {
            cell_mark(cell, text_from(words[i].marker));
            cell_note(cell, words[i].flag, text_from(words[i].note));
            return true;
        }
    unsigned bit = marker_bit(t);
    if (bit) {
        cell_mark(cell, marker_name(bit));
        cell_check(cell, "without brackets");
    }
    return bit != 0;
}

/* "nil", "zero", "five", and the old ONS sign for a rounded zero. */
static bool read_number_word(struct cell *cell)
{
    struct value *value = &cell->reading.value;
    if (is_spelling(cell->rest, "0~")) {
        value->present = true;
        cell_mark(cell, TEXT("low"));
        cell_note(cell, READING_OK, TEXT("old ONS rounded zero"));
        return true;
    }
    value->present = is_spelling(cell->rest, "nil") || number_in_words(cell->rest, &value->number);
    if (value->present)
        cell_check(cell, "word");
    return value->present;
}

/* "[:]", "(n/a)", "\"c\"" */
static struct text without_wrapping(struct text t)
{
    static const char pairs[][3] = {"()", "[]", "\"\"", "{}"};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (t.len > 2 && t.ptr[0] == pairs[i][0] && t.ptr[t.len - 1] == pairs[i][1])
            return text_trim(text_slice(t, 1, t.len - 1));
    return t;
}

/* "£-", "£ -", "n/a%": the sign says what the number would have been. */
static bool read_with_unit(struct cell *cell)
{
    struct text t = cell->rest;
    size_t pound = spelling_at_start(t, "£");
    bool percent = text_ends(t, TEXT("%"));
    struct text inside = text_trim(text_slice(t, pound, t.len - percent));
    if (!pound == !percent || !inside.len || !read_plain(cell, inside))
        return false;
    cell->reading.unit = pound ? TEXT("GBP") : TEXT("percent");
    return true;
}

bool cell_read_word(struct cell *cell)
{
    struct text inside = without_wrapping(cell->rest);
    bool is_shorthand = cell->rest.ptr[0] == '[' && marker_bit(inside);
    return !is_shorthand &&
           (read_plain(cell, inside) || read_number_word(cell) || read_with_unit(cell));
}
