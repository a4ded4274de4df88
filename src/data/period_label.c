#include "data/period_int.h"
#include "data/spelling_int.h"

#include <string.h>

struct text label_rest(const struct label *label)
{
    return text_slice(label->text, label->at, label->text.len);
}

size_t label_skip_spaces(struct text t, size_t at)
{
    while (char_at(t, at) == ' ')
        at++;
    return at;
}

/* What stands for one plain character, and how many bytes of `t` it takes; 0 for others. */
static size_t plain_character(struct text t, char *out)
{
    static const struct {
        const char *spellings;
        char plain;
    } signs[] = {
        {"\xC2\xA0|\xE2\x80\xAF|\xE2\x80\x89|\xE2\x80\x8B|\xEF\xBB\xBF|\t|\n|\r", ' '},
        {"–|—|‐|‑|−", '-'},
        {"’|‘|`", '\''},
        {"⁄|∕|／", '/'},
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t len = spelling_at_start(t, signs[i].spellings);
        *out = signs[i].plain;
        if (len)
            return len;
    }
    bool full_width = text_starts(t, TEXT("\xEF\xBC")) && t.len > 2 &&
                      (unsigned char)t.ptr[2] >= 0x90 && (unsigned char)t.ptr[2] <= 0x99;
    if (full_width)
        *out = (char)('0' + ((unsigned char)t.ptr[2] - 0x90));
    return full_width ? 3 : 0;
}

/* Spaces of all kinds as one ASCII space, long dashes as '-', lower case. */
static struct text plain_label(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    for (size_t at = 0; at < t.len;) {
        char c;
        size_t len = plain_character(text_slice(t, at, t.len), &c);
        if (!len)
            c = t.ptr[at] >= 'A' && t.ptr[at] <= 'Z' ? (char)(t.ptr[at] + 32) : t.ptr[at];
        buffer_add_byte(&out, c);
        at += len ? len : 1;
    }
    return text_trim(buffer_text(&out));
}

struct item *label_add(struct label *label, char shape)
{
    if (label->count == ITEMS_MAX) {
        label->is_unreadable = true;
        label->count--;
    }
    struct item *item = &label->items[label->count++];
    *item = (struct item){.shape = shape, .at = label->at};
    return item;
}

/* No export means "0021/22" or "9999", and calendar sums need not bear them. */
void label_set_year(struct label *label, struct item *item, int year)
{
    enum { EARLIEST = 1800, LATEST = 2200 };
    item->year = year;
    label->is_unreadable = label->is_unreadable || year < EARLIEST || year > LATEST;
}

void label_set_date(struct label *label, struct item *item, bool exists)
{
    if (exists)
        label_set_year(label, item, item->date.year);
    else
        item->shape = 'X';
}

char label_last_shape(const struct label *label)
{
    return label->count ? label->items[label->count - 1].shape : '\0';
}

/* A run of digits at *at, at most nine; *digits is its length, 0 when there is none. */
int label_number(struct text t, size_t *at, size_t *digits)
{
    size_t from = *at;
    int value = 0;
    while (is_digit(char_at(t, *at)) && *at - from < 9)
        value = value * 10 + (t.ptr[(*at)++] - '0');
    *digits = is_digit(char_at(t, *at)) ? 0 : *at - from;
    return value;
}

/* "31/03/2023", "31.3.23", "2021-04-01": three numbers with one separator. */
static bool lex_numeric_date(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits[3];
    int number[3];
    char separator = char_at(t, at + strspn(t.ptr + at, "0123456789"));
    for (int i = 0; i < 3; i++) {
        number[i] = label_number(t, &at, &digits[i]);
        if (!digits[i] || (i < 2 && char_at(t, at++) != separator))
            return false;
    }
    if (separator != '/' && separator != '.' && separator != '-')
        return false;
    struct item *item = label_add(label, 'D');
    bool exists = digits[0] == 4 && digits[2] < 3 /* "2022/03/31", "2022-3-31" */
                      ? date_make(number[0], number[1], number[2], &item->date)
                      : date_read(text_slice(t, label->at, at), &item->date);
    label_set_date(label, item, exists);
    bool year_first = digits[2] < 3 && separator == '-' && number[0] <= 30; /* "22-04-04" */
    item->both_ways = digits[0] < 3 && (number[0] <= 12 || year_first) && number[0] != number[1];
    if (char_at(t, at) == 't' && is_digit(char_at(t, at + 1))) /* "2022-03-31T00:00:00.000Z" */
        at += 1 + strspn(t.ptr + at + 1, "0123456789:.z");
    label->at = at;
    return true;
}

/* The month whose name begins at *at, and *at behind it; 0 when there is none. */
static int read_month_name(struct text t, size_t *at)
{
    size_t end = *at;
    while (is_letter(char_at(t, end)))
        end++;
    int month = end > *at ? month_number(text_slice(t, *at, end)) : 0;
    if (month)
        *at = end + (char_at(t, end) == '.');
    return month;
}

/* "1 April 2021", "7 th February", "22-Sep" */
static bool lex_day_and_month(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits;
    int day = label_number(t, &at, &digits);
    if (!digits || digits > 2 || label_last_shape(label) == 'M')
        return false;
    bool hyphen = char_at(t, at) == '-';
    at = label_skip_spaces(t, at + hyphen);
    at = label_skip_spaces(t, at + spelling_at_start(text_slice(t, at, t.len), "st|nd|rd|th"));
    at = label_skip_spaces(t, at + spelling_at_start(text_slice(t, at, t.len), "of"));
    int month = read_month_name(t, &at);
    if (!month)
        return false;
    label->at = at;
    while (char_at(t, at) == ' ' || char_at(t, at) == ',' || char_at(t, at) == '\'' ||
           (hyphen && char_at(t, at) == '-'))
        at++;
    int year = label_number(t, &at, &digits);
    bool has_year = (digits == 2 || digits == 4) && char_at(t, at) != '/';
    struct item *item = label_add(label, has_year ? 'D' : hyphen ? 'x' : 'd');
    item->number = day;
    item->second = month;
    if (has_year) {
        label->at = at;
        label_set_date(label, item,
                       date_make(date_full_year(year, digits), month, day, &item->date));
    }
    return true;
}

static bool follows_on(int year, int second, size_t second_digits)
{
    int next = year + 1;
    return second == (second_digits == 4 ? next : second_digits == 2 ? next % 100 : next % 10);
}

/* Two numbers with a slash, or a hyphen where the second follows on the first. */
static bool lex_pair(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits, second_digits;
    int first = label_number(t, &at, &digits);
    at = label_skip_spaces(t, at);
    char separator = char_at(t, at);
    if (!separator || !strchr("/-_.", separator))
        return false;
    at = label_skip_spaces(t, at + 1);
    int second = label_number(t, &at, &second_digits);
    bool has_third = char_at(t, label_skip_spaces(t, at)) == '/';
    bool is_month = (digits == 1 || digits == 2) && second_digits == 4 && separator != '_' &&
                    (separator == '/' || first <= 12);
    bool is_pair = digits == 2 || digits == 4;
    if (has_third || !(is_month || is_pair) || !second_digits || second_digits > 4 ||
        second_digits == 3)
        return false;
    int year = is_month ? second : date_full_year(first, digits);
    bool follows =
        !is_month && (digits == 4 || second_digits == 2) && follows_on(year, second, second_digits);
    if (separator != '/' && !is_month && (!follows || second_digits == 1 || separator == '.'))
        return false;
    struct item *item = label_add(label, is_month ? 'N' : follows ? 'F' : 'P');
    label_set_year(label, item, year);
    item->number = first;
    item->second = second;
    item->digits = (unsigned)(digits * 10 + second_digits);
    item->hyphen = separator != '/';
    label->at = at;
    return true;
}

static bool lex_clock_time(struct label *label)
{
    size_t len = strspn(label->text.ptr + label->at, "0123456789:");
    struct text time = text_slice(label->text, label->at, label->at + len);
    if (!is_digit(char_at(time, 0)) || text_find(time, ':', 0) == time.len)
        return false;
    label->at += len;
    return true;
}

static bool lex_number(struct label *label)
{
    static const char shapes[] = "?1y?YBs?B?";
    size_t at = label->at, digits;
    if (!is_digit(char_at(label->text, at)))
        return false;
    int number = label_number(label->text, &at, &digits);
    bool of_month = label_last_shape(label) == 'M' && digits == 2;
    struct item *item = label_add(label, of_month ? 'Y' : shapes[digits]);
    item->number = number;
    item->digits = (unsigned)digits;
    if (strchr("Yy", item->shape))
        label_set_year(label, item, date_full_year(number, digits));
    if (item->shape == 's')
        label_set_year(label, item, number / 100);
    if (item->shape == 'Y' && spelling_at_start(text_slice(label->text, at, label->text.len), ".0"))
        at += 2; /* "2021.0": a year that was held as a number */
    if (digits && digits < 3)
        at += spelling_at_start(text_slice(label->text, at, label->text.len), "st|nd|rd|th");
    label->at = digits ? at : label->text.len;
    return true;
}

static bool lex_dash(struct label *label)
{
    struct text t = label->text;
    if (!strchr("-/+&", t.ptr[label->at]))
        return false;
    bool before = label->at && t.ptr[label->at - 1] == ' ';
    bool behind = char_at(t, label->at + 1) == ' ';
    struct item *item = label_add(label, '-');
    item->spaced = before && behind;
    item->touching = !before && !behind;
    item->is_and = strchr("+&", t.ptr[label->at]) != NULL;
    label->at++;
    return true;
}

/* "September", "Sep-22": the hyphen belongs to the month. */
static bool lex_month(struct label *label)
{
    struct text t = label->text;
    int month = read_month_name(t, &label->at);
    if (!month)
        return false;
    label_add(label, 'M')->number = month;
    size_t at = label->at + 1, digits;
    int year = label_number(t, &at, &digits);
    if (char_at(t, label->at) == '-' && (digits == 2 || digits == 4) && char_at(t, at) != '/') {
        struct item *item = label_add(label, 'Y');
        label_set_year(label, item, date_full_year(year, digits));
        item->number = year;
        item->digits = (unsigned)digits;
        label->at = at;
    }
    return true;
}

static void cut_into_items(struct label *label)
{
    static bool (*const lexers[])(struct label *) = {
        lex_stretch,    lex_ordinal_part,  lex_week,         lex_numbered,      lex_note_mark,
        lex_phrase,     lex_marker_letter, lex_numeric_date, lex_day_and_month, lex_pair,
        lex_clock_time, lex_number,        lex_dash,         lex_month,         lex_other_word,
    };
    while (label->at < label->text.len) {
        char c = label->text.ptr[label->at];
        if (strchr(" ,.;:()'_", c) && !(c == '(' && lex_note_mark(label))) {
            label->at++;
            continue;
        }
        for (size_t i = 0; !lexers[i](label);)
            i++;
    }
}

static void write_pattern(struct label *label)
{
    for (size_t i = 0; i < label->count; i++)
        label->pattern[i] = label->items[i].shape;
    label->pattern[label->count] = '\0';
}

static void drop_item(struct label *label, size_t index)
{
    label->count--;
    memmove(label->items + index, label->items + index + 1,
            (label->count - index) * sizeof label->items[0]);
    write_pattern(label);
}

/* "by March 2022" is March; "FY Q1 2021/22" needs no "FY". */
static void drop_what_adds_nothing(struct label *label)
{
    if (label->pattern[0] == 'e' && strcmp(label->pattern, "eY") != 0) {
        drop_item(label, 0);
        label->ignored++;
    }
    for (size_t i = 2; i < label->count; i++) /* "Q1-3" is Q1 to Q3 */
        if (label->pattern[i] == '1' && strncmp(label->pattern + i - 2, "Q-", 2) == 0)
            label->items[i].shape = 'Q';
    for (size_t i = 1; i + 1 < label->count; i++) /* "2021/22-Q1" */
        if (label->pattern[i - 1] == 'F' && label->pattern[i] == '-' &&
            strchr("QH", label->pattern[i + 1]) && label->items[i].touching)
            drop_item(label, i);
    write_pattern(label);
    if (label->pattern[0] == 'g' && strchr(label->pattern, '-'))
        drop_item(label, 0); /* "from … to …" */
    if (!strpbrk(label->pattern, "FPQ"))
        return;
    for (const char *f = strchr(label->pattern, 'f'); f; f = strchr(label->pattern, 'f')) {
        label->is_financial = true;
        drop_item(label, (size_t)(f - label->pattern));
    }
}

/* Where an item of this shape, on this side of the dashes, stands. */
static int place_in_order(char shape, int side)
{
    static const char order[] = "QHFPMYy";
    enum { BEFORE_ALL = 0, SIDE = 100, OTHERS = 50, DASH = 99 };
    if (strchr("fACrTpmkK", shape))
        return BEFORE_ALL;
    const char *place = strchr(order, shape);
    return (side + 1) * SIDE + (shape == '-' ? DASH : place ? (int)(place - order) : OTHERS);
}

/* Numbers tell by their order which is which ("June 30 2022"); "as at" says what follows it. */
static bool order_matters(const char *pattern)
{
    if (strchr(pattern, '1') || (*pattern && strpbrk(pattern + 1, "rpmkK")))
        return true;
    for (const char *p = pattern; *p; p++) {
        size_t side = strcspn(p, "-");
        if (side && memchr(p + 1, *p, side - 1))
            return true;
    }
    return false;
}

static void put_in_order(struct label *label)
{
    int side = 0, places[ITEMS_MAX];
    if (order_matters(label->pattern))
        return;
    for (size_t i = 0; i < label->count; i++) {
        struct item item = label->items[i];
        int place = place_in_order(item.shape, side);
        size_t at = i;
        for (; at > 0 && places[at - 1] > place; at--) {
            places[at] = places[at - 1];
            label->items[at] = label->items[at - 1];
        }
        places[at] = place;
        label->items[at] = item;
        side += item.shape == '-';
    }
    write_pattern(label);
}

struct label label_cut(struct arena *arena, struct text written)
{
    enum { WORDS_IGNORED_MAX = 3, LABEL_MAX = 100 };
    struct label label = {
        .arena = arena,
        .text = plain_label(arena, text_slice(written, 0, LABEL_MAX)),
        .is_unreadable = written.len > LABEL_MAX,
        .out = {.years_pooled = 1, .label = text_copy(arena, written), .note = TEXT_EMPTY},
    };
    cut_into_items(&label);
    label.is_unreadable = label.is_unreadable || label.ignored > WORDS_IGNORED_MAX;
    write_pattern(&label);
    drop_what_adds_nothing(&label);
    put_in_order(&label);
    return label;
}

bool period_words_are_known(struct arena *arena, struct text raw)
{
    struct label label = label_cut(arena, raw);
    return label.ignored == (label.misspelt != 0) && !label.is_unreadable; /* "Aprl 2022" */
}
