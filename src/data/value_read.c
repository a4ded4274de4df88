#include "base/utf8.h"
#include "data/date.h"
#include "data/value_int.h"

#include <string.h>

static void cut_end(struct cell *cell, size_t len)
{
    cell->rest = text_trim(text_slice(cell->rest, 0, len));
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

/* The apostrophe by which Excel knows text, and quotes around the whole. */
static void unwrap(struct cell *cell)
{
    struct text t = cell->rest;
    size_t apostrophe = spelling_at_start(t, "'|`|‘|’");
    size_t end = spelling_at_end(t, apostrophe ? "'|’" : "\"");
    bool quoted = t.len > 2 && end && (apostrophe || t.ptr[0] == '"');
    if (quoted)
        cell->rest = text_trim(text_slice(t, apostrophe ? apostrophe : 1, t.len - end));
    else if (apostrophe && t.len > apostrophe)
        cell_skip(cell, apostrophe);
    else
        return;
    cell_note(cell, READING_OK, quoted ? TEXT("in quotes") : TEXT("Excel text apostrophe"));
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
        else if (point >= 0xFF01 && point <= 0xFF5E) {
            buffer_add_byte(&out, (char)('!' + (point - 0xFF01)));
            wide = true;
        } else if (point == 0xFFE1)
            buffer_add(&out, TEXT("£"));
        else
            buffer_add(&out, text_slice(raw, from, at));
    }
    cell->rest = text_trim(buffer_text(&out));
    if (space)
        cell_note(cell, READING_OK, text_from(space));
    if (wide)
        cell_check(cell, "full-width digits");
    if (invisible)
        cell_note(cell, READING_OK, TEXT("zero-width space"));
    unwrap(cell);
}

static bool read_excel_error(struct cell *cell)
{
    if (char_at(cell->rest, 0) != '#')
        return false;
    char second = char_at(cell->rest, 1);
    if (second == '#')
        return !cell_fail(cell, TEXT("column too narrow when copied"));
    return is_letter(second) && !cell_fail(cell, TEXT("Excel error"));
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
    return !cell_fail(cell, text_format(cell->arena, "Excel changed %d-%d or %d/%d to a date",
                                        month, (int)day.coefficient, (int)day.coefficient, month));
}

static bool read_date_or_ratio(struct cell *cell)
{
    struct text t = cell->rest;
    struct date date;
    if (!is_digit(char_at(t, 0)) || !is_digit(char_at(t, t.len - 1)))
        return false;
    if (date_read(t, &date))
        return !cell_fail(cell, TEXT("date in a number column"));
    size_t digits = 0, others = 0;
    char separator = 0;
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]))
            digits++;
        else if (t.ptr[i] != ' ') {
            separator = t.ptr[i];
            others++;
        }
    if (others == 1 && separator == ':') {
        cell_fail(cell, TEXT("ratio"));
        cell->reading.marker = TEXT_EMPTY;
        cell->reading.unit = TEXT("ratio");
        return true;
    }
    if (others == 2 && digits >= 4 && (separator == '/' || separator == ':'))
        return !cell_fail(cell, separator == '/' ? TEXT("date in a number column") : TEXT("time"));
    return others == 1 && separator == '/' && !cell_fail(cell, TEXT("fraction or date"));
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
    return letter && digit && !cell_fail(cell, text_format(cell->arena, "letter %c", letter));
}

static const struct bound {
    const char *spellings;
    int step; /* from the number that is named to the bound */
    bool is_upper;
} bounds[] =
    {
        {"<=|≤|=<|up to|at most|no more than|not more than", 0, true},
        {"<|fewer than|less than|under|below", -1, true},
        {">=|≥|=>|at least|no fewer than|not less than", 0, false},
        {">|more than|greater than|over|above", 1, false},
},
  bounds_at_end[] = {
      {"+| or more| or over| and over| and above| or above| plus", 0, false},
      {" or fewer| or less| or under| or below| and under| and below", 0, true},
};

/* A count that is only bounded is hidden; "<0.1" is a small rate, not a hidden count. */
static bool settle_bound(struct cell *cell, const struct bound *bound, struct decimal number)
{
    const char *side = bound->is_upper ? "upper" : "lower";
    int64_t whole;
    if (!cell->reading.unit.len && number.scale == 0 && decimal_integer(number, &whole)) {
        cell_mark(cell, TEXT("c"));
        cell_note(cell, bound->is_upper ? READING_OK : READING_CHECK,
                  text_format(cell->arena, "%s bound %lld", side, (long long)whole + bound->step));
        return true;
    }
    bool is_low = bound->step < 0 && decimal_compare(number, decimal_from(1)) < 0;
    cell_mark(cell, is_low ? TEXT("low") : TEXT("x"));
    cell_note(cell, READING_CHECK,
              text_format(cell->arena, "%s bound %.*s%s", side,
                          TEXT_ARG(decimal_text(cell->arena, number)),
                          bound->step ? ", not reached" : ""));
    return true;
}

/* "<5", "n<5", "[<5]" */
static struct text bare_bound(struct text t)
{
    bool wrapped = (char_at(t, 0) == '[' && text_ends(t, TEXT("]"))) ||
                   (char_at(t, 0) == '(' && text_ends(t, TEXT(")")));
    t = wrapped ? text_trim(text_slice(t, 1, t.len - 1)) : t;
    struct text behind = text_trim(text_slice(t, 1, t.len));
    return (char_at(t, 0) | 32) == 'n' && spelling_at_start(behind, "<|≤") ? behind : t;
}

static bool read_bound(struct cell *cell)
{
    struct text t = bare_bound(cell->rest);
    struct decimal number;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        size_t len = spelling_at_start(t, bounds[i].spellings);
        if (len && cell_plain_amount(cell, text_slice(t, len, t.len), &number))
            return settle_bound(cell, &bounds[i], number);
    }
    for (size_t i = 0; i < sizeof bounds_at_end / sizeof bounds_at_end[0]; i++) {
        size_t len = spelling_at_end(t, bounds_at_end[i].spellings);
        if (len && cell_plain_amount(cell, text_slice(t, 0, t.len - len), &number))
            return settle_bound(cell, &bounds_at_end[i], number);
    }
    return false;
}

/* "suppressed (<5)", "<5 (suppressed)": said twice. */
static bool read_bound_and_word(struct cell *cell)
{
    struct text t = cell->rest;
    size_t open = text_find(t, '(', 0);
    if (!open || open == t.len || !text_ends(t, TEXT(")")))
        return false;
    struct cell front = *cell, back = *cell;
    front.rest = text_trim(text_slice(t, 0, open));
    back.rest = text_trim(text_slice(t, open + 1, t.len - 1));
    if (!back.rest.len || !((read_bound(&front) && cell_read_word(&back)) ||
                            (cell_read_word(&front) && read_bound(&back))))
        return false;
    cell->reading = front.reading;
    cell_mark(cell, TEXT("c"));
    return true;
}

/* Numbers that are no range of values: years, a month and a year, or the wrong way round. */
static bool is_real_range(struct text first, struct decimal low, struct decimal high)
{
    const struct decimal year_0 = decimal_from(1900), year_1 = decimal_from(2100);
    bool years = low.scale == 0 && decimal_compare(low, year_0) > 0 &&
                 decimal_compare(high, year_1) < 0 && decimal_compare(high, year_0) > 0;
    return decimal_compare(low, high) < 0 && !years &&
           !(first.ptr[0] == '0' && is_digit(char_at(first, 1)));
}

bool cell_range(struct cell *cell, struct text t, struct decimal *low)
{
    static const char *const separators[] = {"-", "–", "—", " to ", " and "};
    size_t between = spelling_at_start(t, "between");
    t = text_trim(text_slice(t, between, t.len));
    for (size_t i = between ? 4 : 0; i < 4 + !!between; i++) {
        struct text separator = text_from(separators[i]);
        const char *hit = memmem(t.ptr, t.len, separator.ptr, separator.len);
        size_t at = hit ? (size_t)(hit - t.ptr) : 0;
        struct text first = text_slice(t, 0, at);
        struct decimal high;
        if (at && cell_plain_amount(cell, first, low) &&
            cell_plain_amount(cell, text_slice(t, at + separator.len, t.len), &high)) {
            if (is_real_range(first, *low, high))
                return true;
            cell_fail(cell, TEXT("no range from a smaller to a larger number: a period or a date"));
            return false;
        }
        cell->reading.unit = TEXT_EMPTY;
    }
    return false;
}

static bool read_range(struct cell *cell)
{
    struct decimal low;
    if (!cell_range(cell, cell->rest, &low))
        return cell->reading.flag == READING_ERROR;
    cell_mark(cell, !cell->reading.unit.len && low.scale == 0 ? TEXT("c") : TEXT("x"));
    cell_check(cell, "range");
    return true;
}

/* "1 in 5", "12 out of 30": a share and not a number of the column's unit. */
static bool read_share(struct cell *cell)
{
    static const char *const words[] = {" in ", " of ", " out of "};
    struct text t = cell->rest;
    struct decimal number;
    struct cell scratch = {.arena = cell->arena, .reading = reading_empty};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct text word = text_from(words[i]);
        const char *hit = memmem(t.ptr, t.len, word.ptr, word.len);
        size_t at = hit ? (size_t)(hit - t.ptr) : 0;
        if (at && cell_plain_amount(&scratch, text_slice(t, 0, at), &number) &&
            cell_plain_amount(&scratch, text_slice(t, at + word.len, t.len), &number))
            return !cell_fail(cell, TEXT("two numbers: a part and a whole"));
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
        if (!marker_bit(inside) && !spelling_at_start(inside, "note"))
            break;
        texts_add(cell->arena, &found, inside);
        cut_end(cell, open - 1);
    }
    while (char_at(cell->rest, 0) == '[') { /* "[p] 5" */
        size_t close = text_find(cell->rest, ']', 0);
        struct text inside = text_trim(text_slice(cell->rest, 1, close));
        if (close == cell->rest.len || !marker_bit(inside))
            break;
        texts_add(cell->arena, &found, inside);
        cell_skip(cell, close + 1);
    }
    for (size_t i = found.count; i-- > 0;) {
        unsigned bit = marker_bit(found.items[i]);
        cell_mark(cell, bit ? marker_name(bit) : found.items[i]);
        if (!bit)
            cell_check(cell, "note mark");
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
    unsigned bit = marker_bit(inside) ? marker_bit(inside) : marker_of_word(inside);
    if (!bit)
        return;
    cell_mark(cell, marker_name(bit));
    cell_check(cell, "marker in round brackets");
    cut_end(cell, open);
}

/* "75.6 *": a mark that leads to a note, not a marker. */
static void take_note_mark(struct cell *cell)
{
    static const struct {
        const char *mark, *shown, *name;
    } marks[] = {
        {"**", "**", "two asterisks"}, {"*", "*", "asterisk"},
        {"^", "^", "caret"},           {"\\$", "$", "dollar sign"},
        {"$", "$", "dollar sign"},     {"~", "~", "tilde"},
        {"†", "†", "dagger"},          {"‡", "‡", "double dagger"},
        {"§", "§", "section sign"},    {"#", "#", "hash"},
        {"¹", "¹", "superscript"},     {"²", "²", "superscript"},
        {"³", "³", "superscript"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t len = spelling_at_end(cell->rest, marks[i].mark);
        if (!len || len == cell->rest.len)
            continue;
        cut_end(cell, cell->rest.len - len);
        cell_mark(cell, text_format(cell->arena, "note %s", marks[i].shown));
        cell_check(cell, marks[i].name);
        return;
    }
}

/* What is no number, or not one number. */
static bool read_other(struct cell *cell)
{
    static bool (*const readers[])(struct cell *) = {
        read_excel_error,   read_excel_date,       cell_read_word, read_bound, read_bound_and_word,
        read_date_or_ratio, read_letter_for_digit, read_range,     read_share,
    };
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (readers[i](cell))
            return true;
    return false;
}

/* Digits from *at on, added to *number; how many there were. */
static size_t plain_digits(struct text t, size_t *at, int64_t *number)
{
    size_t from = *at;
    for (; *at < t.len && is_digit(t.ptr[*at]); ++*at)
        *number = *number * 10 + (t.ptr[*at] - '0');
    return *at - from;
}

/*
 * "123", "-12.5", "1,234": what nearly all cells are, and means one thing only. False for anything
 * else, and for what is doubtful, such as leading zeros: the rest of this file reads that.
 */
static bool read_plain(struct text t, struct reading *out)
{
    enum { BYTES_MAX = 15 }; /* below 2^53 whatever the digits are */
    size_t at = char_at(t, 0) == '-', decimals = 0;
    bool minus = at > 0, zero = char_at(t, at) == '0';
    int64_t number = 0;
    if (t.len > BYTES_MAX || (zero && is_digit(char_at(t, at + 1))))
        return false;
    size_t digits = plain_digits(t, &at, &number);
    if (!digits)
        return false;
    for (; digits <= 3 && !zero && char_at(t, at) == ','; at += 4) {
        size_t group = at + 1;
        if (plain_digits(t, &group, &number) != 3)
            return false;
    }
    if (char_at(t, at) == '.') {
        at++;
        decimals = plain_digits(t, &at, &number);
    }
    if (at < t.len || t.ptr[at - 1] == '.')
        return false;
    *out = reading_empty;
    out->value.present = true;
    out->value.number = decimal_from(minus ? -number : number);
    out->value.number.scale = (unsigned)decimals;
    return true;
}

struct reading value_read(struct arena *arena, struct text raw)
{
    struct reading plain;
    if (read_plain(raw, &plain))
        return plain;
    struct cell cell = {.arena = arena, .reading = reading_empty};
    if (utf8_check(raw) < raw.len) {
        cell_fail(&cell, TEXT("not UTF-8"));
        return cell.reading;
    }
    clean(&cell, raw);
    if (!cell.rest.len) {
        cell_mark(&cell, TEXT("blank"));
        cell.reading.note = TEXT_EMPTY;
        return cell.reading;
    }
    if (read_other(&cell))
        return cell.reading;
    size_t whole = cell.rest.len;
    take_bracketed(&cell);
    if (!cell.rest.len)
        return cell.reading;
    take_round_marker(&cell);
    take_note_mark(&cell);
    take_bracketed(&cell);                          /* "5 [c]*" */
    if (cell.rest.len < whole && read_other(&cell)) /* "<5 [c]", "1-4*" */
        return cell.reading;
    cell_read_number(&cell);
    return cell.reading;
}
