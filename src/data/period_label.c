#include "data/period_int.h"
#include "data/spelling_int.h"

#include <string.h>

enum { FINANCIAL_12 = 112 }; /* twelve months that are known to be a financial year */

static struct text rest_of(const struct label *label)
{
    return text_slice(label->text, label->at, label->text.len);
}

static size_t skip_spaces(struct text t, size_t at)
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

static struct item *add_item(struct label *label, char shape)
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
static void set_year(struct label *label, struct item *item, int year)
{
    enum { EARLIEST = 1800, LATEST = 2200 };
    item->year = year;
    label->is_unreadable = label->is_unreadable || year < EARLIEST || year > LATEST;
}

static void set_date(struct label *label, struct item *item, bool exists)
{
    if (exists)
        set_year(label, item, item->date.year);
    else
        item->shape = 'X';
}

static char last_shape(const struct label *label)
{
    return label->count ? label->items[label->count - 1].shape : '\0';
}

/* A run of digits at *at, at most nine; *digits is its length, 0 when there is none. */
static int read_number(struct text t, size_t *at, size_t *digits)
{
    size_t from = *at;
    int value = 0;
    while (is_digit(char_at(t, *at)) && *at - from < 9)
        value = value * 10 + (t.ptr[(*at)++] - '0');
    *digits = is_digit(char_at(t, *at)) ? 0 : *at - from;
    return value;
}

/* The longest that stands at the start of what is left counts. */
static const struct {
    char shape; /* ' ' adds no item; # is a marker; c the half of a day */
    char more;  /* of # the marker; of r the months; of - 'a' for "and" */
    const char *spellings;
} phrases[] = {
    {'r', 12,
     "year ending|year ended|year to|year end|year-end|year-ending|y/e|ye|yr ending|yr ended|"
     "yr to|yr end"},
    {'r', FINANCIAL_12, "financial year ending|financial year ended|fye|fy ending|fy ended|fy end"},
    {'r', 3, "quarter ending|quarter ended|quarter to|qtr ending|qtr ended|qtr to"},
    {'T', 0, "year to date|ytd|to date|quarter to date|cumulative|cumulatively"},
    {'f', 0,
     "financial year|financial yr|financial|fiscal year|fiscal|fin year|fin. year|fin yr|"
     "f/y|fy"},
    {'A', 0, "academic year|school year|academic|acad year|acad. year|ay"},
    {'C', 0, "calendar year|calendar|cy"},
    {'Q', 0, "quarter|quarters|qtr|qtrs|qu|q"},
    {'H', 0, "half year|half-year|half|h"},
    {'p', 0, "as at|as of|at"},
    {'m', 0,
     "mid-year population estimate|mid-year estimate|mid year estimate|mid-year|mid year|mid-|mid|"
     "mye"},
    {'k', 0, "week commencing|week beginning|week starting|wk commencing|wk beginning|w/c|wc"},
    {'K', 0, "week ending|week ended|week to|wk ending|w/e"},
    {'e', 0, "by end of|by the end of|end of|end|by"},
    {'v', 0, "early|late|start of"},
    {'S', 0, "spring|summer|autumn|winter|easter|christmas"},
    {'W', 0, "term"},
    {'o', 0,
     "termly|6 monthly|6monthly|daily|weekly|monthly|quarterly|annually|ongoing|as required"},
    {'R', 0, "previous|prior|last|current|this|next"},
    {'g', 0, "from|between"},
    {'O', 0,
     "since|before|after|until|till|up to|prior to|onwards|onward|pre|post|pre-|post-|upto"},
    {'z', 0,
     "target|targets|plan|planned|budget|budgeted|baseline|average|avg|mean|median|benchmark|"
     "comparator|change|variance|difference|trend|rank|ranking|ranked|census"},
    {'-', 0, "to"},
    {'-', 'a', "and"},
    {'c', 0, "am|pm"},
    {'#', 'p', "provisional|[p]"},
    {'#', 'r', "revised|[r]"},
    {'#', 'e', "estimated|estimate|est|[e]"},
    {'#', 'f', "forecast|projected|[f]"},
    {'#', 'b', "[b]"},
    {' ', 0,
     "rolling|year|years|yr|yrs|period|the|of|in|for|full|annual|actual|actuals|outturn|result|"
     "results|figure|figures|value|data|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
     "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"},
};

/* The number of a quarter or half: "Q3", "Qtr 4", "quarter two", "half year 2". */
static void read_number_of_part(struct label *label, struct item *part)
{
    static const char *const words[] = {"one", "two", "three", "four"};
    size_t at = skip_spaces(label->text, label->at), digits;
    struct text rest = text_slice(label->text, at, label->text.len);
    int number = read_number(label->text, &at, &digits);
    for (int i = 0; i < 4 && digits == 0; i++)
        if (spelling_at_start(rest, words[i])) {
            number = i + 1;
            at += strlen(words[i]);
            digits = 1;
        }
    if (digits == 1) {
        part->number = number;
        label->at = at;
    }
}

static bool lex_phrase(struct label *label)
{
    size_t longest = 0, which = 0;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        size_t len = spelling_at_start(rest_of(label), phrases[i].spellings);
        if (len > longest) {
            longest = len;
            which = i;
        }
    }
    if (!longest)
        return false;
    label->at += longest;
    char shape = phrases[which].shape;
    if (shape == '#')
        label->marker = phrases[which].more;
    else if (shape == 'c')
        label->has_am_or_pm = true;
    else if (shape != ' ') {
        struct item *item = add_item(label, shape);
        item->spaced = true;
        item->is_and = phrases[which].more == 'a';
        item->second = shape == 'r' && phrases[which].more == FINANCIAL_12;
        if (shape == 'r')
            item->number = item->second ? 12 : phrases[which].more;
        if (shape == 'Q' || shape == 'H')
            read_number_of_part(label, item);
    }
    return true;
}

/* "31/03/2023", "31.3.23", "2021-04-01": three numbers with one separator. */
static bool lex_numeric_date(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits[3];
    int number[3];
    char separator = char_at(t, at + strspn(t.ptr + at, "0123456789"));
    for (int i = 0; i < 3; i++) {
        number[i] = read_number(t, &at, &digits[i]);
        if (!digits[i] || (i < 2 && char_at(t, at++) != separator))
            return false;
    }
    if (separator != '/' && separator != '.' && separator != '-')
        return false;
    struct item *item = add_item(label, 'D');
    bool exists = digits[0] == 4 && digits[2] < 3 /* "2022/03/31", "2022-3-31" */
                      ? date_make(number[0], number[1], number[2], &item->date)
                      : date_read(text_slice(t, label->at, at), &item->date);
    set_date(label, item, exists);
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
    int day = read_number(t, &at, &digits);
    if (!digits || digits > 2 || last_shape(label) == 'M')
        return false;
    bool hyphen = char_at(t, at) == '-';
    at = skip_spaces(t, at + hyphen);
    at = skip_spaces(t, at + spelling_at_start(text_slice(t, at, t.len), "st|nd|rd|th"));
    int month = read_month_name(t, &at);
    if (!month)
        return false;
    label->at = at;
    while (char_at(t, at) == ' ' || char_at(t, at) == ',' || (hyphen && char_at(t, at) == '-'))
        at++;
    int year = read_number(t, &at, &digits);
    bool has_year = (digits == 2 || digits == 4) && char_at(t, at) != '/';
    struct item *item = add_item(label, has_year ? 'D' : hyphen ? 'x' : 'd');
    item->number = day;
    item->second = month;
    if (has_year) {
        label->at = at;
        set_date(label, item, date_make(date_full_year(year, digits), month, day, &item->date));
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
    int first = read_number(t, &at, &digits);
    at = skip_spaces(t, at);
    char separator = char_at(t, at);
    if (!separator || !strchr("/-_.", separator))
        return false;
    at = skip_spaces(t, at + 1);
    int second = read_number(t, &at, &second_digits);
    bool has_third = char_at(t, skip_spaces(t, at)) == '/';
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
    struct item *item = add_item(label, is_month ? 'N' : follows ? 'F' : 'P');
    set_year(label, item, year);
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
    int number = read_number(label->text, &at, &digits);
    bool of_month = last_shape(label) == 'M' && digits == 2;
    struct item *item = add_item(label, of_month ? 'Y' : shapes[digits]);
    item->number = number;
    item->digits = (unsigned)digits;
    if (strchr("Yy", item->shape))
        set_year(label, item, date_full_year(number, digits));
    if (item->shape == 's')
        set_year(label, item, number / 100);
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
    struct item *item = add_item(label, '-');
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
    add_item(label, 'M')->number = month;
    size_t at = label->at + 1, digits;
    int year = read_number(t, &at, &digits);
    if (char_at(t, label->at) == '-' && (digits == 2 || digits == 4) && char_at(t, at) != '/') {
        struct item *item = add_item(label, 'Y');
        set_year(label, item, date_full_year(year, digits));
        item->number = year;
        item->digits = (unsigned)digits;
        label->at = at;
    }
    return true;
}

/* "Aprl", "Setpember": a month is lost with the word. */
static int nearly_month(struct text word)
{
    for (int m = 1; m <= 12 && word.len >= 4; m++) {
        struct text name = text_from(month_name(m));
        if (name.len >= 4 && text_distance(word, name) <= (name.len >= 7 ? 2 : 1))
            return m;
    }
    return 0;
}

static bool ignore_word(struct label *label)
{
    struct text t = label->text;
    size_t from = label->at;
    label->ignored++;
    label->at++;
    while (is_letter(char_at(t, label->at)) || (unsigned char)char_at(t, label->at) >= 0x80)
        label->at++;
    int month = nearly_month(text_slice(t, from, label->at));
    label->misspelt = month ? month : label->misspelt;
    return true;
}

/* "3" or "three", at most two digits; 0 when there is none. */
static int read_count(struct text t, size_t *at)
{
    static const struct {
        const char *word;
        int number;
    } words[] = {{"two", 2}, {"three", 3}, {"five", 5}, {"six", 6}, {"nine", 9}, {"twelve", 12}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (spelling_at_start(text_slice(t, *at, t.len), words[i].word)) {
            *at += strlen(words[i].word);
            return words[i].number;
        }
    size_t digits;
    int number = read_number(t, at, &digits);
    return digits == 1 || digits == 2 ? number : 0;
}

static bool skip_spelling(struct text t, size_t *at, const char *spellings)
{
    size_t len = spelling_at_start(text_slice(t, *at, t.len), spellings);
    *at = skip_spaces(t, *at + len);
    return len > 0;
}

/* "12 months to", "rolling 12m", "R12", "3 years ending"; without its end what is said beside. */
static bool lex_stretch(struct label *label)
{
    enum { MONTHS_MAX = 60 };
    struct text t = label->text;
    size_t at = label->at;
    bool rolling = skip_spelling(t, &at, "rolling|moving");
    bool is_short = char_at(t, at) == 'r' && is_digit(char_at(t, at + 1));
    at += is_short;
    int number = read_count(t, &at);
    at = skip_spaces(t, at + (char_at(t, at) == '-'));
    bool months = skip_spelling(t, &at, "months|month|mths|mth|m");
    bool years = !months && skip_spelling(t, &at, "years|year|yrs|yr");
    rolling = skip_spelling(t, &at, "rolling|moving") || rolling;
    bool ends = skip_spelling(t, &at, "to the end of|to end of|to end|up to|to|ending|ended");
    int total = number * (years ? 12 : 1);
    bool is_stretch =
        ends ? months || years || rolling || is_short : is_short || (rolling && (months || years));
    if (total < 1 || total > MONTHS_MAX || !(is_stretch || months || years))
        return false;
    if (is_stretch)
        add_item(label, 'r')->number = total;
    else
        label->months_said = total;
    label->at = at;
    return true;
}

/* "1st quarter", "second half" */
static bool lex_ordinal_part(struct label *label)
{
    static const char *const ordinals[] = {"1st|first", "2nd|second", "3rd|third", "4th|fourth"};
    struct text t = label->text;
    for (int i = 0; i < 4; i++) {
        size_t at = label->at;
        if (!skip_spelling(t, &at, ordinals[i]))
            continue;
        bool quarter = skip_spelling(t, &at, "quarter|qtr|q");
        if (!quarter && !skip_spelling(t, &at, "half year|half-year|half"))
            return false;
        add_item(label, quarter ? 'Q' : 'H')->number = i + 1;
        label->at = at;
        return true;
    }
    return false;
}

/* The Monday of a week as ISO 8601 counts them; false when the year has no such week. */
static bool iso_monday(int year, int week, struct date *out)
{
    long fourth = date_number((struct date){year, 1, 4});
    *out = date_from_number(fourth - (fourth + 3) % 7 + 7 * (week - 1));
    return week >= 1 && date_from_number(date_number(*out) + 3).year == year;
}

/* "2022-W14", which is one week for everybody; "Week 14", which is not. */
static bool lex_week(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits, week_digits;
    int year = read_number(t, &at, &digits);
    at += digits == 4 && char_at(t, at) == '-';
    bool iso = digits == 4 && char_at(t, at) == 'w';
    if (!iso && !skip_spelling(t, &at, "week|wk|w") && char_at(t, at) != 'w')
        return false;
    at += char_at(t, at) == 'w';
    at = skip_spaces(t, at);
    int week = read_number(t, &at, &week_digits);
    if (!week_digits || week_digits > 2 || (digits && !iso))
        return false;
    if (!iso)
        add_item(label, 'w');
    else {
        add_item(label, 'k');
        struct item *item = add_item(label, 'D');
        set_date(label, item, year >= 1970 && iso_monday(year, week, &item->date));
    }
    label->at = at;
    return true;
}

/* "Period 1", "P01", "Month 4": counted from April by some and from January by others. */
static bool lex_numbered(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits;
    bool word = skip_spelling(t, &at, "period|month|mth");
    at += !word && (char_at(t, at) == 'p' || char_at(t, at) == 'm');
    read_number(t, &at, &digits);
    if (at == label->at || !digits || digits > 2 || is_digit(char_at(t, label->at)) ||
        strchr("/-", char_at(t, at) ? char_at(t, at) : ' '))
        return false;
    add_item(label, 'n');
    label->at = at;
    return true;
}

/* A mark that leads to a note, behind the period: "2021/22*", "2021/22 [note 2]", "2021/22 (1)". */
static bool lex_note_mark(struct label *label)
{
    struct text t = label->text, rest = rest_of(label);
    size_t len = spelling_at_start(rest, "**|*|†|‡|§|#|^|¹|²|³");
    char open = char_at(rest, 0), last = last_shape(label);
    if (!len && (open == '[' || open == '(')) {
        size_t at = label->at + 1, digits;
        bool note = skip_spelling(t, &at, "note|notes|n");
        read_number(t, &at, &digits);
        bool closed = char_at(t, at) == (open == '[' ? ']' : ')');
        len = closed && digits < 3 && (digits || note) ? at + 1 - label->at : 0;
    }
    if (!len || !last || (strchr("QH", last) && !label->items[label->count - 1].number))
        return false;
    label->has_note_mark = true;
    label->at += len;
    return true;
}

/* "2021/22p", "April 2022 (r)" */
static bool lex_marker_letter(struct label *label)
{
    char c = char_at(label->text, label->at), next = char_at(label->text, label->at + 1);
    if (!strchr("prefb", c) || is_letter(next) || is_digit(next) || !last_shape(label) ||
        !strchr("FNYyD", last_shape(label)))
        return false;
    label->marker = c;
    label->at++;
    return true;
}

static void cut_into_items(struct label *label)
{
    static bool (*const lexers[])(struct label *) = {
        lex_stretch,    lex_ordinal_part,  lex_week,         lex_numbered,      lex_note_mark,
        lex_phrase,     lex_marker_letter, lex_numeric_date, lex_day_and_month, lex_pair,
        lex_clock_time, lex_number,        lex_dash,         lex_month,         ignore_word,
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
