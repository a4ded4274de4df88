#include "data/value.h"

#include "base/utf8.h"
#include "data/date.h"

#include <string.h>

static const struct {
    const char *letters, *meaning;
} marker_table[MARKERS] = {
    {"b", "break in series"},
    {"c", "confidential"},
    {"e", "estimated"},
    {"f", "forecast"},
    {"low", "low: rounds to 0 but is not 0"},
    {"p", "provisional"},
    {"r", "revised"},
    {"u", "low reliability"},
    {"w", "none recorded in survey"},
    {"x", "not available"},
    {"z", "not applicable"},
};

/* A number beside one of these is not shown: what is confidential must not leak through a cell. */
enum {
    MARKERS_WITHOUT_NUMBER =
        MARKER_CONFIDENTIAL | MARKER_NONE_IN_SURVEY | MARKER_NOT_AVAILABLE | MARKER_NOT_APPLICABLE
};

const char *marker_letters(int index)
{
    return marker_table[index].letters;
}

const char *marker_meaning(int index)
{
    return marker_table[index].meaning;
}

struct text markers_display(struct arena *arena, unsigned markers)
{
    struct buffer out = {.arena = arena};
    for (int i = 0; i < MARKERS; i++)
        if (markers & 1u << i)
            buffer_format(&out, "[%s]", marker_table[i].letters);
    return buffer_text(&out);
}

/* The bit of "r" or "LOW"; 0 for anything else. */
static unsigned marker_bit(struct text letters)
{
    for (int i = 0; i < MARKERS; i++)
        if (text_same_name(letters, text_from(marker_table[i].letters)))
            return 1u << i;
    return 0;
}

static struct text letters_of(unsigned bit)
{
    int index = 0;
    while (bit != 1u << index)
        index++;
    return text_from(marker_table[index].letters);
}

/* A cell that is being read: `rest` is what has not been understood yet. */
struct cell {
    struct arena *arena;
    struct text rest;
    struct reading reading;
};

/* The first thing noticed is the note; a later one never makes a cell less doubtful. */
static void note(struct cell *cell, enum reading_flag flag, struct text words)
{
    if (flag > cell->reading.flag)
        cell->reading.flag = flag;
    if (!cell->reading.note.len)
        cell->reading.note = words;
}

static void check(struct cell *cell, const char *words)
{
    note(cell, READING_CHECK, text_from(words));
}

static bool fail(struct cell *cell, struct text words)
{
    cell->reading.value = (struct value){.markers = MARKER_NOT_AVAILABLE};
    cell->reading.unit = TEXT_EMPTY;
    cell->reading.marker = TEXT("error");
    cell->reading.flag = READING_ERROR;
    cell->reading.note = words;
    return true;
}

static void add_marker(struct cell *cell, struct text name, unsigned bits)
{
    struct text *marker = &cell->reading.marker;
    *marker = marker->len ? text_format(cell->arena, "%.*s %.*s", TEXT_ARG(*marker), TEXT_ARG(name))
                          : name;
    cell->reading.value.markers |= bits;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static char char_at(struct text t, size_t at)
{
    return at < t.len ? t.ptr[at] : '\0';
}

static void skip(struct cell *cell, size_t bytes)
{
    cell->rest = text_trim(text_slice(cell->rest, bytes, cell->rest.len));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Whether t begins with `word` in either case; a word of letters must end there. */
static bool starts_with_word(struct text t, const char *word)
{
    size_t n = strlen(word);
    if (t.len < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (lower(t.ptr[i]) != word[i])
            return false;
    return !is_letter(word[n - 1]) || !is_letter(char_at(t, n));
}

static bool take_word(struct cell *cell, const char *word)
{
    if (!starts_with_word(cell->rest, word))
        return false;
    skip(cell, strlen(word));
    return true;
}

static bool is_word(struct text t, const char *word)
{
    return t.len == strlen(word) && starts_with_word(t, word);
}

static const char *special_space(uint32_t point)
{
    if (point == 0xA0)
        return "no-break space";
    if (point == 0x202F)
        return "narrow no-break space";
    if (point == 0x2009)
        return "thin space";
    return (point >= 0x2000 && point <= 0x200A) || point == 0x3000 || point == 0x205F
               ? "unusual space"
               : NULL;
}

static bool is_invisible(uint32_t point)
{
    return (point >= 0x200B && point <= 0x200F) || point == 0x2060 || point == 0xFEFF ||
           point == 0xAD;
}

/*
 * The cell in plain spelling: spaces of any kind as ASCII, U+2212 as '-', full-width digits as
 * digits, nothing invisible. What was changed is noted.
 */
static void clean(struct cell *cell, struct text raw)
{
    struct buffer out = {.arena = cell->arena};
    const char *space = NULL;
    bool invisible = false, wide = false;
    for (size_t at = 0; at < raw.len;) {
        size_t from = at;
        uint32_t point = utf8_next(raw, &at);
        if (special_space(point)) {
            bool inside = out.len && is_digit(out.ptr[out.len - 1]) && is_digit(char_at(raw, at));
            space = inside ? special_space(point) : space;
            buffer_add_byte(&out, ' ');
        } else if (is_invisible(point))
            invisible = invisible || from > 0;
        else if (point == 0x2212 || point == 0x2010 || point == 0x2011)
            buffer_add_byte(&out, '-');
        else if (point >= 0xFF10 && point <= 0xFF19) {
            buffer_add_byte(&out, (char)('0' + (point - 0xFF10)));
            wide = true;
        } else
            buffer_add(&out, text_slice(raw, from, at));
    }
    cell->rest = text_trim(buffer_text(&out));
    if (space)
        note(cell, READING_OK, text_from(space));
    if (wide)
        check(cell, "full-width digits");
    if (invisible)
        note(cell, READING_OK, TEXT("zero-width space"));
    if (cell->rest.len > 1 && cell->rest.ptr[0] == '\'') {
        skip(cell, 1);
        note(cell, READING_OK, TEXT("Excel text apostrophe"));
    }
}

struct cell_word {
    const char *word; /* lower case */
    const char *marker;
    unsigned bits;
    enum reading_flag flag;
    const char *note;
};

static const struct cell_word words[] = {
    {"*", "c", MARKER_CONFIDENTIAL, READING_CHECK,
     "legacy suppression; read the table's own key first"},
    {"suppressed", "c", MARKER_CONFIDENTIAL, READING_OK, ""},
    {"confidential", "c", MARKER_CONFIDENTIAL, READING_OK, ""},
    {"disclosive", "c", MARKER_CONFIDENTIAL, READING_OK, ""},
    {"redacted", "c", MARKER_CONFIDENTIAL, READING_OK, ""},
    {"..", "x", MARKER_NOT_AVAILABLE, READING_OK, "old GSS: not available"},
    {"...", "x", MARKER_NOT_AVAILABLE, READING_OK, "old GSS: not available"},
    {"…", "x", MARKER_NOT_AVAILABLE, READING_OK, "old GSS: not available"},
    {":", "x", MARKER_NOT_AVAILABLE, READING_OK, "old ONS: not available"},
    {".", "z", MARKER_NOT_APPLICABLE, READING_OK, "old GSS: not applicable"},
    {"tba", "x", MARKER_NOT_AVAILABLE, READING_OK, "to be announced"},
    {"tbc", "x", MARKER_NOT_AVAILABLE, READING_OK, "to be confirmed"},
    {"tbd", "x", MARKER_NOT_AVAILABLE, READING_OK, "to be determined"},
    {"to be announced", "x", MARKER_NOT_AVAILABLE, READING_OK, ""},
    {"to be confirmed", "x", MARKER_NOT_AVAILABLE, READING_OK, ""},
    {"to be determined", "x", MARKER_NOT_AVAILABLE, READING_OK, ""},
    {"null", "x", MARKER_NOT_AVAILABLE, READING_OK, ""},
    {"nan", "x", MARKER_NOT_AVAILABLE, READING_OK, ""},
    {"not available", "x", MARKER_NOT_AVAILABLE, READING_OK, ""},
    {"no data", "x", MARKER_NOT_AVAILABLE, READING_OK, ""},
    {"missing", "x", MARKER_NOT_AVAILABLE, READING_OK, ""},
    {"not applicable", "z", MARKER_NOT_APPLICABLE, READING_OK, ""},
    {"awaited", "x", MARKER_NOT_AVAILABLE, READING_CHECK, "text"},
    {"pending", "x", MARKER_NOT_AVAILABLE, READING_CHECK, "text"},
    {"unknown", "x", MARKER_NOT_AVAILABLE, READING_CHECK, "text"},
    {"not known", "x", MARKER_NOT_AVAILABLE, READING_CHECK, "text"},
    {"n/k", "x", MARKER_NOT_AVAILABLE, READING_CHECK, "not known"},
    {"?", "x", MARKER_NOT_AVAILABLE, READING_CHECK, "question mark"},
    {"n/a", "na", MARKER_NOT_AVAILABLE, READING_CHECK, "not applicable or not available"},
    {"n.a.", "na", MARKER_NOT_AVAILABLE, READING_CHECK, "not applicable or not available"},
    {"na", "na", MARKER_NOT_AVAILABLE, READING_CHECK, ""},
    {"none", "na", MARKER_NOT_AVAILABLE, READING_CHECK, "zero or missing"},
    {"-", "na", MARKER_NOT_AVAILABLE, READING_CHECK,
     "nil (old GSS) or not available: never read as 0"},
    {"–", "na", MARKER_NOT_AVAILABLE, READING_CHECK, "en dash alone"},
    {"—", "na", MARKER_NOT_AVAILABLE, READING_CHECK, "em dash alone"},
    {"~", "na", MARKER_NOT_AVAILABLE, READING_CHECK, "tilde alone: read the table's own key first"},
};

static bool read_word(struct cell *cell)
{
    struct text t = cell->rest;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (is_word(t, words[i].word)) {
            add_marker(cell, text_from(words[i].marker), words[i].bits);
            note(cell, words[i].flag, text_from(words[i].note));
            return true;
        }
    if (is_word(t, "nil") || is_word(t, "zero")) {
        cell->reading.value.present = true;
        check(cell, "word");
        return true;
    }
    if (is_word(t, "0~")) {
        cell->reading.value.present = true;
        add_marker(cell, TEXT("low"), MARKER_LOW);
        note(cell, READING_OK, TEXT("old ONS rounded zero"));
        return true;
    }
    unsigned bit = marker_bit(t);
    if (bit && is_letter(t.ptr[0]) && is_letter(t.ptr[t.len - 1])) {
        add_marker(cell, letters_of(bit), bit);
        check(cell, "without brackets");
        return true;
    }
    return false;
}

static bool read_excel_error(struct cell *cell)
{
    struct text t = cell->rest;
    if (t.len < 2 || t.ptr[0] != '#')
        return false;
    if (t.ptr[1] == '#')
        return fail(cell, TEXT("column too narrow when copied"));
    return is_letter(t.ptr[1]) && fail(cell, TEXT("Excel error"));
}

/* "04-Jan", "Jan-04": what Excel makes of 1-4 or 4/1. */
static bool read_excel_date(struct cell *cell)
{
    struct text t = cell->rest;
    size_t hyphen = text_find(t, '-', 0);
    if (hyphen == 0 || hyphen + 1 >= t.len)
        return false;
    struct text before = text_slice(t, 0, hyphen), after = text_slice(t, hyphen + 1, t.len);
    struct text number = is_digit(before.ptr[0]) ? before : after;
    struct text name = is_digit(before.ptr[0]) ? after : before;
    int month = is_letter(name.ptr[0]) ? month_number(name) : 0;
    struct decimal day;
    if (!month || number.len > 2 || !is_digit(number.ptr[0]) || !decimal_parse(number, &day))
        return false;
    return fail(cell, text_format(cell->arena, "Excel changed %d-%d or %d/%d to a date", month,
                                  (int)day.coefficient, (int)day.coefficient, month));
}

static bool read_date_or_ratio(struct cell *cell)
{
    struct text t = cell->rest;
    struct date date;
    if (!is_digit(char_at(t, 0)) || !is_digit(char_at(t, t.len - 1)))
        return false;
    if (date_read(t, &date))
        return fail(cell, TEXT("date in a number column"));
    size_t digits = 0, other = 0;
    char separator = 0;
    for (size_t i = 0; i < t.len; i++) {
        digits += is_digit(t.ptr[i]);
        if (!is_digit(t.ptr[i]) && t.ptr[i] != ' ') {
            separator = t.ptr[i];
            other++;
        }
    }
    if (other == 1 && separator == ':') {
        fail(cell, TEXT("ratio"));
        cell->reading.marker = TEXT_EMPTY;
        cell->reading.unit = TEXT("ratio");
        return true;
    }
    if (other == 2 && digits >= 4 && (separator == '/' || separator == ':'))
        return fail(cell, separator == '/' ? TEXT("date in a number column") : TEXT("time"));
    return other == 1 && separator == '/' && fail(cell, TEXT("fraction or date"));
}

/* "5O05", "l5": letters where digits were meant. */
static bool read_letter_for_digit(struct cell *cell)
{
    static const char alike[] = "OolI";
    char letter = 0;
    bool digit = false;
    for (size_t i = 0; i < cell->rest.len; i++) {
        char c = cell->rest.ptr[i];
        if (strchr(alike, c))
            letter = letter ? letter : c;
        else if (!is_digit(c) && c != '.' && c != ',')
            return false;
        digit = digit || is_digit(c);
    }
    return letter && digit && fail(cell, text_format(cell->arena, "letter %c", letter));
}

/* The whole of t as a plain number; commas allowed. */
static bool plain_number(struct text t, struct decimal *out)
{
    char digits[40];
    size_t n = 0;
    t = text_trim(t);
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] != ',' || i == 0) {
            if (n == sizeof digits)
                return false;
            digits[n++] = t.ptr[i];
        }
    return n && is_digit(digits[0]) && decimal_parse((struct text){digits, n}, out);
}

/* A plain number, or one with a per cent sign, which is then the cell's unit. */
static bool plain_amount(struct cell *cell, struct text t, struct decimal *out)
{
    t = text_trim(t);
    bool percent = text_ends(t, TEXT("%"));
    if (!plain_number(percent ? text_slice(t, 0, t.len - 1) : t, out))
        return false;
    if (percent)
        cell->reading.unit = TEXT("percent");
    return true;
}

static bool bounded(struct cell *cell, const char *side, struct decimal bound, int step,
                    enum reading_flag flag)
{
    int64_t whole;
    bool percent = cell->reading.unit.len > 0;
    if (!percent && bound.scale == 0 && decimal_integer(bound, &whole)) {
        add_marker(cell, TEXT("c"), MARKER_CONFIDENTIAL);
        note(cell, flag, text_format(cell->arena, "%s bound %lld", side, (long long)whole + step));
        return true;
    }
    /* "<0.1" is a small rate, not a hidden count */
    struct text number = decimal_text(cell->arena, bound);
    if (step < 0 && decimal_compare(bound, decimal_from(1)) < 0)
        add_marker(cell, TEXT("low"), MARKER_LOW);
    else
        add_marker(cell, TEXT("x"), MARKER_NOT_AVAILABLE);
    note(cell, READING_CHECK,
         text_format(cell->arena, "%s bound %.*s%s", side, TEXT_ARG(number),
                     step ? ", not reached" : ""));
    return true;
}

static const struct {
    const char *word;
    int step; /* from the number that is named to the bound */
    bool upper;
} bounds[] = {
    {"<=", 0, true},     {"≤", 0, true},           {"up to", 0, true},      {"at most", 0, true},
    {"<", -1, true},     {"fewer than", -1, true}, {"less than", -1, true}, {"under", -1, true},
    {"below", -1, true}, {">=", 0, false},         {"≥", 0, false},         {"at least", 0, false},
    {">", 1, false},     {"more than", 1, false},  {"over", 1, false},      {"above", 1, false},
};

static bool read_bound(struct cell *cell)
{
    struct text t = cell->rest;
    struct decimal bound;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
        if (starts_with_word(t, bounds[i].word)) {
            struct text number = text_slice(t, strlen(bounds[i].word), t.len);
            if (!plain_amount(cell, number, &bound))
                return false;
            return bounds[i].upper ? bounded(cell, "upper", bound, bounds[i].step, READING_OK)
                                   : bounded(cell, "lower", bound, bounds[i].step, READING_CHECK);
        }
    static const char *const lower_ends[] = {"+", " or more", " or over", " and over"};
    for (size_t i = 0; i < sizeof lower_ends / sizeof lower_ends[0]; i++)
        if (text_ends(t, text_from(lower_ends[i])) &&
            plain_amount(cell, text_slice(t, 0, t.len - strlen(lower_ends[i])), &bound))
            return bounded(cell, "lower", bound, 0, READING_CHECK);
    return false;
}

/* "1-4", "1 to 4", "70%-80%" */
static bool read_range(struct cell *cell)
{
    static const char *const separators[] = {"-", "–", " to "};
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        const char *hit =
            memmem(cell->rest.ptr, cell->rest.len, separators[i], strlen(separators[i]));
        if (!hit || hit == cell->rest.ptr)
            continue;
        size_t at = (size_t)(hit - cell->rest.ptr);
        struct text from = text_slice(cell->rest, 0, at);
        struct text to = text_slice(cell->rest, at + strlen(separators[i]), cell->rest.len);
        struct decimal low, high;
        if (!plain_amount(cell, from, &low) || !plain_amount(cell, to, &high)) {
            cell->reading.unit = TEXT_EMPTY;
            continue;
        }
        bool counts = !cell->reading.unit.len && low.scale == 0 && high.scale == 0;
        add_marker(cell, counts ? TEXT("c") : TEXT("x"),
                   counts ? MARKER_CONFIDENTIAL : MARKER_NOT_AVAILABLE);
        check(cell, "range");
        return true;
    }
    return false;
}

/* Takes "[r]", "[p][r]", "[note 2]" from the end; what stands in the brackets is kept as written.
 */
static void take_bracketed(struct cell *cell)
{
    struct texts found = {0};
    while (text_ends(cell->rest, TEXT("]"))) {
        size_t open = cell->rest.len;
        while (open && cell->rest.ptr[open - 1] != '[')
            open--;
        if (!open)
            break;
        struct text inside = text_trim(text_slice(cell->rest, open, cell->rest.len - 1));
        if (!marker_bit(inside) && !starts_with_word(inside, "note"))
            break;
        texts_add(cell->arena, &found, inside);
        cell->rest = text_trim(text_slice(cell->rest, 0, open - 1));
    }
    for (size_t i = found.count; i-- > 0;) {
        unsigned bit = marker_bit(found.items[i]);
        add_marker(cell, bit ? letters_of(bit) : found.items[i], bit);
        if (!bit)
            check(cell, "note mark");
    }
}

static void take_note_mark(struct cell *cell)
{
    static const struct {
        const char *mark, *name;
    } marks[] = {
        {"**", "two asterisks"}, {"*", "asterisk"}, {"^", "caret"},       {"\\$", "dollar sign"},
        {"$", "dollar sign"},    {"~", "tilde"},    {"†", "dagger"},      {"‡", "double dagger"},
        {"§", "section sign"},   {"#", "hash"},     {"¹", "superscript"}, {"²", "superscript"},
        {"³", "superscript"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct text mark = text_from(marks[i].mark);
        if (cell->rest.len <= mark.len || !text_ends(cell->rest, mark))
            continue;
        cell->rest = text_trim(text_slice(cell->rest, 0, cell->rest.len - mark.len));
        const char *shown = mark.ptr[0] == '\\' ? mark.ptr + 1 : mark.ptr;
        add_marker(cell, text_format(cell->arena, "note %s", shown), 0);
        check(cell, marks[i].name);
        return;
    }
}

/* "(p)", "(provisional)" behind a number */
static void take_round_marker(struct cell *cell)
{
    if (!text_ends(cell->rest, TEXT(")")))
        return;
    size_t open = cell->rest.len - 1;
    while (open && cell->rest.ptr[open] != '(')
        open--;
    struct text inside = text_trim(text_slice(cell->rest, open + 1, cell->rest.len - 1));
    if (open == 0 || !inside.len || !is_letter(inside.ptr[0]))
        return;
    for (int i = 0; i < MARKERS; i++)
        if (marker_bit(inside) == 1u << i ||
            text_same_name(inside, text_from(marker_table[i].meaning)) ||
            (1u << i == MARKER_ESTIMATED && is_word(inside, "est"))) {
            add_marker(cell, text_from(marker_table[i].letters), 1u << i);
            check(cell, "marker in round brackets");
            cell->rest = text_trim(text_slice(cell->rest, 0, open));
            return;
        }
}

/* What stands before the digits. */
static void take_approximation(struct cell *cell)
{
    static const struct {
        const char *word, *note;
    } about[] = {
        {"~", "approximate"},
        {"≈", "approximate"},
        {"approx.", "approximate"},
        {"approx", "approximate"},
        {"approximately", "approximate"},
        {"about", "approximate"},
        {"around", "approximate"},
        {"c.", "circa, not the marker c"},
        {"ca.", "circa, not the marker c"},
        {"c", "circa, not the marker c"},
        {"circa", ""},
        {"est.", ""},
        {"est", ""},
        {"estimated", ""},
    };
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++) {
        size_t n = strlen(about[i].word);
        struct text behind = text_trim(text_slice(cell->rest, n, cell->rest.len));
        bool number = is_digit(char_at(behind, 0)) || text_starts(behind, TEXT("£"));
        if (number && take_word(cell, about[i].word)) {
            add_marker(cell, TEXT("e"), MARKER_ESTIMATED);
            check(cell, about[i].note);
            return;
        }
    }
}

static void take_arrow(struct cell *cell)
{
    static const struct {
        const char *arrow, *direction;
    } arrows[] = {{"↑", "up"},   {"▲", "up"},   {"⬆", "up"},   {"↗", "up"},    {"↓", "down"},
                  {"▼", "down"}, {"⬇", "down"}, {"↘", "down"}, {"→", "level"}, {"►", "level"}};
    for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++)
        if (cell->rest.len > strlen(arrows[i].arrow) && take_word(cell, arrows[i].arrow)) {
            add_marker(cell, text_from(arrows[i].direction), 0);
            check(cell, "arrow is direction, not sign");
            return;
        }
}

static bool take_sign(struct cell *cell)
{
    if (take_word(cell, "-"))
        return true;
    if (take_word(cell, "–")) {
        check(cell, "en dash as minus");
        return true;
    }
    take_word(cell, "+");
    return false;
}

static void take_currency(struct cell *cell)
{
    static const struct {
        const char *sign, *unit;
    } currencies[] = {{"£", "GBP"}, {"gbp", "GBP"}, {"€", "EUR"}, {"eur", "EUR"}, {"$", "USD"}};
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++)
        if (take_word(cell, currencies[i].sign)) {
            cell->reading.unit = text_from(currencies[i].unit);
            if (i > 1)
                check(cell, "not pounds");
            return;
        }
}

/* How far digits, points, commas and single spaces between digits reach. */
static size_t number_length(struct text t)
{
    size_t n = 0;
    while (n < t.len) {
        bool gap = t.ptr[n] == ' ' && n && is_digit(t.ptr[n - 1]) && is_digit(char_at(t, n + 1));
        if (!is_digit(t.ptr[n]) && t.ptr[n] != '.' && t.ptr[n] != ',' && !gap)
            break;
        n++;
    }
    return n;
}

/*
 * Groups of the whole part: one to three digits, then separators of one kind with exactly three
 * digits behind each. NULL when they are in order; else what is wrong.
 */
static const char *grouping_problem(struct text whole)
{
    char separator = 0;
    size_t separators = 0, run = 0, first = 0;
    bool bad = false;
    for (size_t i = 0; i <= whole.len; i++) {
        if (i < whole.len && is_digit(whole.ptr[i])) {
            run++;
            continue;
        }
        if (separators ? run != 3 : run == 0)
            bad = true;
        if (separators == 0)
            first = run;
        run = 0;
        if (i == whole.len)
            break;
        bad = bad || (separator && separator != whole.ptr[i]);
        separator = whole.ptr[i];
        separators++;
    }
    bad = bad || first > 3 || whole.ptr[0] == '0';
    if (separators == 0 || !bad)
        return NULL;
    return separators == 1 && separator == ' ' ? "two numbers or wrong grouping" : "grouping wrong";
}

/*
 * Digits with groups and a point as a decimal; more than 18 decimals are rounded to 18, which is
 * worth a word only where fewer digits remain than a spreadsheet holds.
 */
static bool read_digits(struct cell *cell, struct text number, struct decimal *out)
{
    const int64_t power_of_15 = INT64_C(1000000000000000);
    size_t point = text_find(number, '.', 0);
    struct text whole = text_slice(number, 0, point);
    struct text fraction = text_slice(number, point + 1, number.len);
    for (size_t i = 0; i < fraction.len; i++)
        if (!is_digit(fraction.ptr[i]))
            return !fail(cell,
                         fraction.ptr[i] == ',' ? TEXT("European decimal comma") : TEXT_EMPTY);
    if (whole.len && grouping_problem(whole))
        return !fail(cell, text_from(grouping_problem(whole)));
    bool longer = fraction.len > DECIMAL_SCALE_MAX;
    bool round_up = longer && fraction.ptr[DECIMAL_SCALE_MAX] >= '5';
    fraction = text_slice(fraction, 0, DECIMAL_SCALE_MAX);
    struct buffer plain = {.arena = cell->arena};
    for (size_t i = 0; i < whole.len; i++)
        if (is_digit(whole.ptr[i]))
            buffer_add_byte(&plain, whole.ptr[i]);
    if (plain.len > 1 && plain.ptr[0] == '0')
        check(cell, "leading zeros: may be a code");
    buffer_add_byte(&plain, '.');
    buffer_add(&plain, fraction);
    if (!decimal_parse(buffer_text(&plain), out))
        return !fail(cell, plain.len > 1 ? TEXT("too many digits") : TEXT_EMPTY);
    out->coefficient += round_up;
    if (longer && out->coefficient < power_of_15)
        check(cell, "rounded to 18 decimals");
    return true;
}

/* Times 10^power; beyond 18 decimals rounded. */
static bool scale_by_ten(struct decimal *number, int power)
{
    enum { DIGITS_MAX = 38 };
    for (; power > 0; power--)
        if (number->scale)
            number->scale--;
        else if (!decimal_multiply(*number, decimal_from(10), number))
            return false;
    unsigned scale = number->scale + (unsigned)-power;
    if (scale > DECIMAL_SCALE_MAX + DIGITS_MAX)
        return false;
    if (scale > DECIMAL_SCALE_MAX) {
        number->scale = scale - DECIMAL_SCALE_MAX;
        if (!decimal_round(*number, 0, number))
            return false;
        scale = DECIMAL_SCALE_MAX;
    }
    number->scale = scale;
    return true;
}

/* "e3", "E+03" directly behind the digits */
static bool take_exponent(struct cell *cell, struct text digits, struct decimal *number)
{
    struct text t = cell->rest;
    if (lower(char_at(t, 0)) != 'e')
        return true;
    size_t at = 1;
    bool negative = char_at(t, at) == '-', sign = negative || char_at(t, at) == '+';
    at += sign;
    size_t from = at;
    int power = 0;
    while (is_digit(char_at(t, at)) && at - from < 3)
        power = power * 10 + (t.ptr[at++] - '0');
    if (at == from)
        return true;
    bool plain = !sign && text_find(digits, '.', 0) == digits.len;
    check(cell, plain ? "scientific notation, or a code" : "scientific notation");
    skip(cell, at);
    return scale_by_ten(number, negative ? -power : power) || !fail(cell, TEXT("too many digits"));
}

static bool take_multiplier(struct cell *cell, struct decimal *number)
{
    static const struct {
        const char *word;
        int power;
    } multipliers[] = {{"k", 3},  {"thousand", 3}, {"m", 6}, {"mn", 6},       {"million", 6},
                       {"bn", 9}, {"billion", 9},  {"b", 9}, {"trillion", 12}};
    for (size_t i = 0; i < sizeof multipliers / sizeof multipliers[0]; i++)
        if (take_word(cell, multipliers[i].word))
            return scale_by_ten(number, multipliers[i].power) ||
                   !fail(cell, TEXT("too many digits"));
    return true;
}

static bool take_fraction(struct cell *cell, struct decimal *number)
{
    static const struct {
        const char *character;
        int hundredths;
    } fractions[] = {{"½", 50}, {"¼", 25}, {"¾", 75}};
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++)
        if (take_word(cell, fractions[i].character)) {
            struct decimal part = {fractions[i].hundredths, 2};
            if (part.coefficient == 50)
                part = (struct decimal){5, 1};
            check(cell, "fraction character");
            return decimal_add(*number, part, number);
        }
    return false;
}

/* "per 100,000", "per 1 000" */
static bool take_per(struct cell *cell)
{
    if (!starts_with_word(cell->rest, "per") && char_at(cell->rest, 0) != '/')
        return false;
    struct cell inner = {.arena = cell->arena, .rest = cell->rest};
    skip(&inner, char_at(cell->rest, 0) == '/' ? 1 : 3);
    struct text digits = text_slice(inner.rest, 0, number_length(inner.rest));
    struct decimal base;
    int64_t whole;
    if (!digits.len || !read_digits(&inner, digits, &base) || !decimal_integer(base, &whole))
        return false;
    skip(&inner, digits.len);
    cell->rest = inner.rest;
    cell->reading.unit = text_format(cell->arena, "per_%lld", (long long)whole);
    return true;
}

static void take_unit(struct cell *cell, struct decimal *number)
{
    static const struct {
        const char *word, *unit;
    } units[] = {
        {"percentage points", "percentage_points"},
        {"percentage point", "percentage_points"},
        {"% points", "percentage_points"},
        {"pp", "percentage_points"},
        {"ppt", "percentage_points"},
        {"ppts", "percentage_points"},
        {"%", "percent"},
        {"per cent", "percent"},
        {"percent", "percent"},
        {"pct", "percent"},
        {"minutes", "minutes"},
        {"mins", "minutes"},
        {"hours", "hours"},
        {"hour", "hours"},
        {"hrs", "hours"},
        {"days", "days"},
        {"day", "days"},
        {"weeks", "weeks"},
        {"week", "weeks"},
        {"months", "months"},
        {"month", "months"},
        {"years", "years"},
        {"year", "years"},
        {"yrs", "years"},
    };
    if (take_per(cell))
        return;
    if (!cell->reading.unit.len && take_word(cell, "p")) {
        cell->reading.unit = TEXT("GBP");
        check(cell, "pence, or a note");
        scale_by_ten(number, -2);
        return;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (take_word(cell, units[i].word)) {
            cell->reading.unit = text_from(units[i].unit);
            return;
        }
}

/* What is left behind a number that was understood. */
static bool take_trailing(struct cell *cell, struct decimal number, bool touching)
{
    struct text t = cell->rest;
    if (!t.len)
        return true;
    struct decimal second;
    if (t.ptr[0] == '(' && text_ends(t, TEXT(")"))) {
        struct text inside = text_trim(text_slice(t, 1, t.len - 1));
        struct text digits = text_slice(inside, 0, text_find(inside, '%', 0));
        if (!plain_number(digits, &second))
            return !fail(cell, TEXT_EMPTY);
        note(cell, READING_CHECK,
             text_format(cell->arena, "two numbers: %.*s and %s %.*s",
                         TEXT_ARG(decimal_text(cell->arena, number)),
                         digits.len < inside.len ? "percentage" : "count", TEXT_ARG(digits)));
        return true;
    }
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]) || strchr(".,-/:()[]", t.ptr[i]))
            return !fail(cell, TEXT_EMPTY);
    if (marker_bit(t)) {
        add_marker(cell, letters_of(marker_bit(t)), marker_bit(t));
        check(cell, "without brackets");
        return true;
    }
    if (!is_letter(t.ptr[0]) || touching) /* "123A" is a code */
        return !fail(cell, TEXT_EMPTY);
    /* only a rate's own words are quoted: others may name somebody */
    note(cell, READING_CHECK,
         starts_with_word(t, "per") ? text_format(cell->arena, "trailing words: %.*s",
                                                  TEXT_ARG(text_quote(cell->arena, t)))
                                    : TEXT("trailing words"));
    return true;
}

/* Digits up to the end of the cell; the sign is the caller's. */
static bool read_magnitude(struct cell *cell, struct decimal *out)
{
    *out = decimal_from(0);
    take_currency(cell);
    if (take_fraction(cell, out))
        return take_trailing(cell, *out, false);
    struct text digits = text_slice(cell->rest, 0, number_length(cell->rest));
    if (!digits.len)
        return !fail(cell, TEXT_EMPTY);
    bool touching = is_letter(char_at(cell->rest, digits.len));
    if (!read_digits(cell, digits, out))
        return false;
    skip(cell, digits.len);
    if (touching && !take_exponent(cell, digits, out))
        return false;
    size_t behind_digits = cell->rest.len;
    if (!take_fraction(cell, out) && !take_multiplier(cell, out))
        return false;
    touching = touching && cell->rest.len == behind_digits;
    struct decimal before_unit = *out;
    size_t left = cell->rest.len;
    take_unit(cell, out);
    return take_trailing(cell, before_unit, touching && cell->rest.len == left);
}

/* "(1,250)" and "3-" are how accounts and old systems write minus. */
static bool take_accounting_minus(struct cell *cell)
{
    struct text t = cell->rest;
    if (t.len > 2 && t.ptr[0] == '(' && text_find(t, ')', 0) == t.len - 1) {
        cell->rest = text_trim(text_slice(t, 1, t.len - 1));
        if (!text_starts(cell->rest, TEXT("£")))
            check(cell, "accounting negative");
        return true;
    }
    if (t.len > 1 && text_ends(t, TEXT("-")) && is_digit(t.ptr[t.len - 2])) {
        cell->rest = text_slice(t, 0, t.len - 1);
        check(cell, "trailing minus (legacy systems)");
        return true;
    }
    return false;
}

static void settle(struct cell *cell, struct decimal number)
{
    struct value *value = &cell->reading.value;
    const struct decimal exact_in_double = decimal_from(INT64_C(1) << 53);
    struct decimal size = decimal_sign(number) < 0 ? decimal_negate(number) : number;
    if (decimal_compare(size, exact_in_double) > 0)
        check(cell, "beyond 2^53");
    bool not_low = value->markers & MARKER_LOW && decimal_sign(number) != 0;
    if (value->markers & MARKERS_WITHOUT_NUMBER || not_low) {
        check(cell, "number beside a marker that stands in place of one: not used");
        return;
    }
    value->present = true;
    value->number = number;
}

static void read_number(struct cell *cell)
{
    take_approximation(cell);
    take_arrow(cell);
    bool minus = take_accounting_minus(cell);
    if (!minus) {
        minus = take_sign(cell);
        if (text_starts(cell->rest, TEXT("£")) && !minus) { /* "£-500" */
            cell->reading.unit = TEXT("GBP");
            skip(cell, 2);
            minus = take_sign(cell);
        }
    }
    struct decimal number;
    if (read_magnitude(cell, &number))
        settle(cell, minus ? decimal_negate(number) : number);
}

struct reading value_read(struct arena *arena, struct text raw)
{
    struct cell cell = {
        .arena = arena,
        .reading = {.unit = TEXT_EMPTY, .marker = TEXT_EMPTY, .note = TEXT_EMPTY},
    };
    if (utf8_check(raw) < raw.len) {
        fail(&cell, TEXT("not UTF-8"));
        return cell.reading;
    }
    clean(&cell, raw);
    if (!cell.rest.len) {
        add_marker(&cell, TEXT("blank"), MARKER_NOT_AVAILABLE);
        cell.reading.note = TEXT_EMPTY;
        return cell.reading;
    }
    static bool (*const readers[])(struct cell *) = {
        read_word,          read_excel_error,      read_excel_date, read_bound,
        read_date_or_ratio, read_letter_for_digit, read_range,
    };
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (readers[i](&cell))
            return cell.reading;
    take_bracketed(&cell);
    if (!cell.rest.len)
        return cell.reading;
    take_round_marker(&cell);
    take_note_mark(&cell);
    read_number(&cell);
    return cell.reading;
}
