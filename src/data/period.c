#include "data/period.h"

#include <string.h>

/*
 * A label is cut into items, each with a one-letter shape; the shapes in a row are the label's
 * pattern, and a table says what each pattern means:
 *     F financial year "2021/22"    P other pair with a slash "2022/27"   N "09/2022"
 *     Y year of four digits, or the number behind a month                 y 1 s  1-2, 6 digits
 *     M month   D day   d day without its year   X no such day            x "22-Sep"
 *     Q H quarter and half with their number                              - to, and, dash, slash
 *     f A C "financial", "academic", "calendar"   r "year ending"   T year to date
 *     p "as at"  m "mid-"  k "week commencing"  K "week ending"  e "by"  v "early"
 *     S season  W term
 *     R "previous"  o "monthly"  c clock time  # marker  i any other word
 */
struct item {
    char shape;
    int n, m;        /* years in full; quarter, half, day or month number */
    unsigned digits; /* of the first number */
    bool hyphen;     /* a financial year written 2021-22 */
    bool spaced;     /* a dash with white space on both sides, or a word for it */
    bool touching;   /* a dash with no white space at all */
    bool both_ways;  /* a day that would also be one with the month first */
    struct date date;
};

enum { ITEMS_MAX = 16 };

struct label {
    struct arena *arena;
    struct text text;
    size_t at;
    struct item items[ITEMS_MAX];
    size_t count;
    char pattern[ITEMS_MAX + 1];
    size_t ignored; /* words that mean nothing here */
    bool overfull;
    bool afternoon_or_morning; /* AM or PM */
    char marker;
    struct period out;
};

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

static size_t skip_spaces(struct text t, size_t at)
{
    while (char_at(t, at) == ' ')
        at++;
    return at;
}

/* Spaces of all kinds as one ASCII space, long dashes as '-', lower case. */
static struct text plain_label(struct arena *arena, struct text t)
{
    static const char *const spaces[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89",
                                         "\t",       "\n",           "\r"};
    static const char *const dashes[] = {"–", "—", "‐", "‑", "−"};
    struct buffer out = {.arena = arena};
    for (size_t at = 0; at < t.len;) {
        struct text rest = text_slice(t, at, t.len);
        size_t used = 0;
        char c = rest.ptr[0];
        for (size_t i = 0; i < sizeof spaces / sizeof spaces[0] && !used; i++)
            if (text_starts(rest, text_from(spaces[i])))
                used = strlen(spaces[i]), c = ' ';
        for (size_t i = 0; i < sizeof dashes / sizeof dashes[0] && !used; i++)
            if (text_starts(rest, text_from(dashes[i])))
                used = strlen(dashes[i]), c = '-';
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        buffer_add_byte(&out, c);
        at += used ? used : 1;
    }
    return text_trim(buffer_text(&out));
}

static struct item *add_item(struct label *label, char shape)
{
    if (label->count == ITEMS_MAX) {
        label->overfull = true;
        label->count--;
    }
    struct item *item = &label->items[label->count++];
    *item = (struct item){.shape = shape};
    return item;
}

static char last_shape(const struct label *label)
{
    return label->count ? label->items[label->count - 1].shape : '\0';
}

static int full_year(int year, size_t digits)
{
    return digits > 2 ? year : year < 69 ? 2000 + year : 1900 + year;
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

/* "31/03/2023", "31.3.23", "2021-04-01": three numbers with one separator. */
static bool lex_numeric_date(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits[3];
    int number[3];
    char separator = 0;
    for (int i = 0; i < 3; i++) {
        number[i] = read_number(t, &at, &digits[i]);
        if (!digits[i])
            return false;
        if (i == 2)
            break;
        char behind = char_at(t, at++);
        if (!behind || !strchr("/.-", behind) || (i && behind != separator))
            return false;
        separator = behind;
    }
    struct item *item = add_item(label, 'D');
    struct text written = text_slice(t, label->at, at);
    if (!date_read(written, &item->date))
        item->shape = 'X';
    item->both_ways = digits[0] < 3 && number[0] <= 12 && number[0] != number[1];
    label->at = at;
    return true;
}

/* The month whose name begins at *at, and *at behind it; 0 when there is none. */
static int lex_month_name(struct text t, size_t *at)
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
    for (int i = 0; i < 4; i++) {
        static const char *const endings[] = {"st", "nd", "rd", "th"};
        if (text_starts(text_slice(t, at, t.len), text_from(endings[i])) &&
            !is_letter(char_at(t, at + 2)))
            at = skip_spaces(t, at + 2);
    }
    int month = lex_month_name(t, &at);
    if (!month)
        return false;
    size_t behind = at;
    while (char_at(t, at) == ' ' || char_at(t, at) == ',' || (hyphen && char_at(t, at) == '-'))
        at++;
    int year = read_number(t, &at, &digits);
    bool has_year = (digits == 2 || digits == 4) && char_at(t, at) != '/';
    struct item *item = add_item(label, has_year ? 'D' : hyphen ? 'x' : 'd');
    item->n = day;
    item->m = month;
    if (has_year && !date_make(full_year(year, digits), month, day, &item->date))
        item->shape = 'X';
    label->at = has_year ? at : behind;
    return true;
}

static bool follows_on(int first, size_t first_digits, int second, size_t second_digits)
{
    int next = full_year(first, first_digits) + 1;
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
    if (!digits || digits > 4 || digits == 3 || (separator != '/' && separator != '-'))
        return false;
    at = skip_spaces(t, at + 1);
    int second = read_number(t, &at, &second_digits);
    char behind = char_at(t, skip_spaces(t, at));
    if (!second_digits || second_digits > 4 || second_digits == 3 || behind == '/')
        return false;
    bool follows = digits > 1 && (digits == 4 || second_digits == 2) &&
                   follows_on(first, digits, second, second_digits);
    char shape = follows ? 'F' : 'P';
    if (digits < 4 && second_digits == 4)
        shape = 'N';
    else if (digits == 1)
        return false;
    if (separator == '-' && (!follows || second_digits == 1))
        return false;
    struct item *item = add_item(label, shape);
    item->n = shape == 'N' ? first : full_year(first, digits);
    item->m = second;
    item->digits = (unsigned)(digits * 10 + second_digits);
    item->hyphen = separator == '-';
    label->at = at;
    return true;
}

static bool lex_number(struct label *label)
{
    static const char shapes[] = "?1y?Y?s???";
    size_t at = label->at, digits;
    if (!is_digit(char_at(label->text, at)))
        return false;
    int number = read_number(label->text, &at, &digits);
    if (char_at(label->text, at) == ':') { /* a clock time */
        while (is_digit(char_at(label->text, at)) || char_at(label->text, at) == ':')
            at++;
        label->at = at;
        return true;
    }
    bool of_month = last_shape(label) == 'M' && digits == 2;
    struct item *item = add_item(label, of_month ? 'Y' : shapes[digits]);
    item->n = item->shape == 'Y' ? full_year(number, digits) : number;
    item->digits = (unsigned)digits;
    label->at = digits ? at : label->text.len;
    return true;
}

/* "Sep-22": the hyphen belongs to the month. */
static void lex_year_of_month(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at + 1, digits;
    if (char_at(t, label->at) != '-')
        return;
    int year = read_number(t, &at, &digits);
    if ((digits != 2 && digits != 4) || char_at(t, at) == '/')
        return;
    add_item(label, 'Y')->n = full_year(year, digits);
    label->at = at;
}

static const struct phrase {
    const char *words;
    char shape; /* ' ' adds nothing */
    char marker;
} phrases[] = {
    /* a longer phrase stands before its beginning */
    {"year to date", 'T', 0},
    {"financial year ending", 'r', 0},
    {"financial year ended", 'r', 0},
    {"fye", 'r', 0},
    {"year ending", 'r', 0},
    {"year ended", 'r', 0},
    {"year to", 'r', 0},
    {"y/e", 'r', 0},
    {"ye", 'r', 0},
    {"12 months ending", 'r', 0},
    {"12 months ended", 'r', 0},
    {"12 months to", 'r', 0},
    {"twelve months ending", 'r', 0},
    {"twelve months to", 'r', 0},
    {"r12m", 'r', 0},
    {"rolling", ' ', 0},
    {"ytd", 'T', 0},
    {"to date", 'T', 0},
    {"financial year", 'f', 0},
    {"fiscal year", 'f', 0},
    {"f/y", 'f', 0},
    {"fy", 'f', 0},
    {"academic year", 'A', 0},
    {"school year", 'A', 0},
    {"academic", 'A', 0},
    {"ay", 'A', 0},
    {"calendar year", 'C', 0},
    {"calendar", 'C', 0},
    {"cy", 'C', 0},
    {"as at", 'p', 0},
    {"as of", 'p', 0},
    {"at", 'p', 0},
    {"mid-year", 'm', 0},
    {"mid year", 'm', 0},
    {"mid-", 'm', 0},
    {"mid", 'm', 0},
    {"week commencing", 'k', 0},
    {"week beginning", 'k', 0},
    {"w/c", 'k', 0},
    {"week ending", 'K', 0},
    {"w/e", 'K', 0},
    {"by end of", 'e', 0},
    {"by the end of", 'e', 0},
    {"end of", 'e', 0},
    {"end", 'e', 0},
    {"by", 'e', 0},
    {"early", 'v', 0},
    {"late", 'v', 0},
    {"start of", 'v', 0},
    {"spring", 'S', 0},
    {"summer", 'S', 0},
    {"autumn", 'S', 0},
    {"winter", 'S', 0},
    {"term", 'W', 0},
    {"termly", 'o', 0},
    {"6 monthly", 'o', 0},
    {"6monthly", 'o', 0},
    {"daily", 'o', 0},
    {"weekly", 'o', 0},
    {"monthly", 'o', 0},
    {"quarterly", 'o', 0},
    {"annually", 'o', 0},
    {"ongoing", 'o', 0},
    {"as required", 'o', 0},
    {"previous", 'R', 0},
    {"prior", 'R', 0},
    {"last", 'R', 0},
    {"current", 'R', 0},
    {"this", 'R', 0},
    {"next", 'R', 0},
    {"to", '-', 0},
    {"until", '-', 0},
    {"and", '-', 0},
    {"am", 'c', 0},
    {"pm", 'c', 0},
    {"provisional", '#', 'p'},
    {"revised", '#', 'r'},
    {"estimated", '#', 'e'},
    {"forecast", '#', 'f'},
    {"[p]", '#', 'p'},
    {"[r]", '#', 'r'},
    {"[e]", '#', 'e'},
    {"[f]", '#', 'f'},
    {"[b]", '#', 'b'},
    {"year", ' ', 0},
    {"years", ' ', 0},
    {"period", ' ', 0},
    {"the", ' ', 0},
    {"of", ' ', 0},
    {"in", ' ', 0},
    {"for", ' ', 0},
    {"from", ' ', 0},
};

static bool begins_here(struct text rest, const char *words)
{
    size_t n = strlen(words);
    return text_starts(rest, text_from(words)) &&
           !(is_letter(words[n - 1]) && is_letter(char_at(rest, n)));
}

static bool lex_phrase(struct label *label)
{
    struct text rest = text_slice(label->text, label->at, label->text.len);
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        const struct phrase *phrase = &phrases[i];
        if (!begins_here(rest, phrase->words))
            continue;
        label->at += strlen(phrase->words);
        if (phrase->shape == '#')
            label->marker = phrase->marker;
        else if (phrase->shape == 'c')
            label->afternoon_or_morning = true;
        else if (phrase->shape != ' ')
            add_item(label, phrase->shape)->spaced = true;
        return true;
    }
    return false;
}

/* "Q3", "Qtr 4", "quarter two", "H1", "half year 2" */
static bool lex_part_of_year(struct label *label)
{
    static const char *const names[] = {"quarter", "qtr", "qu", "q", "half year", "half", "h"};
    static const char *const numbers[] = {"one", "two", "three", "four"};
    struct text t = label->text;
    struct text rest = text_slice(t, label->at, t.len);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!begins_here(rest, names[i]))
            continue;
        size_t at = skip_spaces(t, label->at + strlen(names[i])), digits;
        size_t from = at;
        int number = read_number(t, &at, &digits);
        for (int n = 0; n < 4 && digits == 0; n++)
            if (begins_here(text_slice(t, from, t.len), numbers[n])) {
                number = n + 1;
                at = from + strlen(numbers[n]);
                digits = 1;
            }
        struct item *item = add_item(label, names[i][0] == 'q' ? 'Q' : 'H');
        item->n = digits == 1 ? number : 0;
        label->at = digits == 1 ? at : label->at + strlen(names[i]);
        return true;
    }
    return false;
}

static bool lex_dash(struct label *label)
{
    struct text t = label->text;
    char c = t.ptr[label->at];
    if (c != '-' && c != '/' && c != '+' && c != '&')
        return false;
    bool before = label->at && t.ptr[label->at - 1] == ' ';
    bool behind = char_at(t, label->at + 1) == ' ';
    struct item *item = add_item(label, '-');
    item->spaced = before && behind;
    item->touching = !before && !behind;
    label->at++;
    return true;
}

static void lex_word(struct label *label)
{
    struct text t = label->text;
    int month = lex_month_name(t, &label->at);
    if (month) {
        add_item(label, 'M')->n = month;
        lex_year_of_month(label);
        return;
    }
    label->ignored++;
    label->at++;
    while (is_letter(char_at(t, label->at)) || (unsigned char)char_at(t, label->at) >= 0x80)
        label->at++;
}

static void cut_into_items(struct label *label)
{
    while (label->at < label->text.len) {
        char c = label->text.ptr[label->at];
        if (strchr(" ,.;:()'", c))
            label->at++;
        else if (!lex_phrase(label) && !lex_part_of_year(label) && !lex_numeric_date(label) &&
                 !lex_day_and_month(label) && !lex_pair(label) && !lex_number(label) &&
                 !lex_dash(label))
            lex_word(label);
    }
    for (size_t i = 0; i < label->count; i++)
        label->pattern[i] = label->items[i].shape;
}

static const struct item *item_of(const struct label *label, char shape)
{
    for (size_t i = 0; i < label->count; i++)
        if (label->items[i].shape == shape)
            return &label->items[i];
    return &label->items[0];
}

static const struct item *last_item_of(const struct label *label, char shape)
{
    const struct item *found = &label->items[0];
    for (size_t i = 0; i < label->count; i++)
        if (label->items[i].shape == shape)
            found = &label->items[i];
    return found;
}

static bool has(const struct label *label, char shape)
{
    return strchr(label->pattern, shape) != NULL;
}

static void refuse(struct label *label, enum period_kind kind, enum period_flag flag,
                   struct text note)
{
    label->out.kind = kind;
    label->out.flag = flag;
    label->out.note = note;
    label->out.start = label->out.end = (struct date){0};
}

static void ambiguous(struct label *label, enum period_kind kind, const char *note)
{
    refuse(label, kind, PERIOD_AMBIGUOUS, text_from(note));
}

static void assume(struct label *label, struct text note)
{
    label->out.flag = PERIOD_ASSUMED;
    label->out.note = note;
}

static bool is_sensible_year(int year)
{
    return year >= 1800 && year <= 2200;
}

static void settle(struct label *label, enum period_kind kind, struct date start, struct date end)
{
    if (date_compare(end, start) < 0) {
        refuse(label, kind, PERIOD_ERROR, TEXT("ends before it starts"));
        return;
    }
    label->out.kind = kind;
    label->out.start = start;
    label->out.end = end;
}

static struct date first_day(int year, int month)
{
    return (struct date){year, month, 1};
}

static struct date last_day(int year, int month)
{
    return (struct date){year, month, days_in_month(year, month)};
}

/* `count` months from the month-th month of the year that begins in April of `year`. */
static void settle_financial(struct label *label, enum period_kind kind, int year, int first,
                             int count)
{
    struct date start = date_add_months(first_day(year, 4), first);
    struct date last = date_add_months(start, count - 1);
    settle(label, kind, start, last_day(last.year, last.month));
}

/* False for "0021/22" or "9999": no export means them, and calendar sums need not bear them. */
static bool years_are_sensible(const struct label *label)
{
    for (size_t i = 0; i < label->count; i++) {
        const struct item *item = &label->items[i];
        int year = item->shape == 'D'                          ? item->date.year
                   : item->shape == 'N'                        ? item->m
                   : item->shape == 's'                        ? item->n / 100
                   : item->shape && strchr("FPY", item->shape) ? item->n
                                                               : 2000;
        if (!is_sensible_year(year))
            return false;
    }
    return true;
}

static void read_financial_year(struct label *label)
{
    const struct item *year = item_of(label, 'F');
    settle_financial(label, PERIOD_FINANCIAL_YEAR, year->n, 0, 12);
    int suffix = (year->n + 1) % 100;
    bool named = has(label, 'f');
    if (year->hyphen && !named && year->digits == 42 && suffix <= 12 && suffix)
        refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS,
               text_format(label->arena, "financial year %d/%02d or %s %d", year->n, suffix,
                           month_name(suffix), year->n));
    else if (year->hyphen && !named)
        assume(label, TEXT("could be two pooled calendar years; suffix = start+1 so read as "
                           "financial year"));
    else if (year->digits == 22 && suffix <= 12 && suffix > 1 && !named)
        assume(label, TEXT("could be a day and a month"));
    else if (year->digits > 40 && period_days(label->out) == 366)
        label->out.note = TEXT("366 days");
}

static void read_one_number_year(struct label *label)
{
    const struct item *item = &label->items[label->count - 1];
    int year = full_year(item->n, item->digits);
    refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS,
           text_format(label->arena, "%d/%02d or %d/%02d", year - 1, year % 100, year,
                       (year + 1) % 100));
}

static void read_six_digits(struct label *label)
{
    int year = label->items[0].n / 100, suffix = label->items[0].n % 100;
    bool follows = suffix == (year + 1) % 100, month = suffix >= 1 && suffix <= 12;
    if (follows && month)
        refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS,
               text_format(label->arena, "financial year %d/%02d or %s %d", year, suffix,
                           month_name(suffix), year));
    else if (follows)
        settle_financial(label, PERIOD_FINANCIAL_YEAR, year, 0, 12);
    else if (month) {
        settle(label, PERIOD_MONTH, first_day(year, suffix), last_day(year, suffix));
        assume(label, TEXT("read as year and month"));
    } else
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, TEXT("financial year suffix must be start+1"));
}

static void read_academic_year(struct label *label)
{
    int year = item_of(label, 'F')->n;
    settle(label, PERIOD_ACADEMIC_YEAR, first_day(year, 9), last_day(year + 1, 8));
    assume(label, TEXT("DfE September-August; HESA uses August-July"));
}

static void read_pooled_financial(struct label *label)
{
    int first = item_of(label, 'F')->n, last = last_item_of(label, 'F')->n;
    settle_financial(label, PERIOD_POOLED_FINANCIAL, first, 0, (last - first + 1) * 12);
    label->out.years_pooled = (unsigned)(last - first + 1);
    if (last - first >= 10)
        ambiguous(label, PERIOD_PLAN, "plan period");
    else if (last <= first)
        refuse(label, PERIOD_POOLED_FINANCIAL, PERIOD_ERROR, TEXT("ends before it starts"));
}

static void read_calendar_year(struct label *label)
{
    const struct item *item = has(label, 'Y') ? item_of(label, 'Y') : item_of(label, 'y');
    int year = full_year(item->n, item->digits);
    settle(label, PERIOD_CALENDAR_YEAR, first_day(year, 1), last_day(year, 12));
}

static const char *number_word(int n)
{
    static const char *const words[] = {"no",  "one",   "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine",  "ten"};
    return words[n];
}

static void read_month_of(struct label *label, int year, int month)
{
    if (month < 1 || month > 12)
        refuse(label, PERIOD_MONTH, PERIOD_ERROR, TEXT("no such month"));
    else
        settle(label, PERIOD_MONTH, first_day(year, month), last_day(year, month));
}

/* Two years whose second does not follow on the first: "2016 - 18", "2018-23", "2011-2031". */
static void read_span(struct label *label)
{
    const struct item *from = &label->items[0], *dash = &label->items[1], *to = &label->items[2];
    bool short_end = to->digits == 2;
    int first = full_year(from->n, from->digits);
    int last = short_end ? first - first % 100 + to->n : to->n;
    int years = last - first + 1;
    bool month = short_end && dash->touching && to->n >= 1 && to->n <= 12 && from->digits == 4;
    if (month && years <= 1)
        read_month_of(label, first, to->n);
    else if (month)
        refuse(
            label, PERIOD_PLAN, PERIOD_AMBIGUOUS,
            text_format(label->arena, "%d to %d or %s %d", first, last, month_name(to->n), first));
    else if (years <= 1)
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, TEXT("ends before it starts"));
    else if (years > 10)
        ambiguous(label, PERIOD_PLAN, "local plan period, not a data period");
    else if (years > 5)
        refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS,
               text_format(label->arena, "%s calendar years, %s financial years or a plan",
                           number_word(years), number_word(years - 1)));
    else {
        settle(label, PERIOD_POOLED_CALENDAR, first_day(first, 1), last_day(last, 12));
        label->out.years_pooled = (unsigned)years;
        if (!dash->spaced)
            assume(label, text_format(label->arena, "%s calendar years or a plan %d/%02d",
                                      number_word(years), first, last % 100));
    }
}

/* A pair with a slash that is no financial year: a plan, or a typing error. */
static void read_pair(struct label *label)
{
    const struct item *pair = item_of(label, 'P');
    int last = pair->digits % 10 == 4 ? pair->m : pair->n - pair->n % 100 + pair->m;
    bool month = pair->digits == 42 && pair->m >= 1 && pair->m <= 12;
    if (last > pair->n && label->count == 1)
        ambiguous(label, PERIOD_PLAN, "plan period");
    else if (month)
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR,
               text_format(label->arena,
                           "financial year suffix must be start+1; may be a typing error for "
                           "%d/%02d or %s %d",
                           pair->n, (pair->n + 1) % 100, month_name(pair->m), pair->n));
    else
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR,
               text_format(label->arena,
                           "financial year suffix must be start+1; may be a typing error for "
                           "%d/%02d",
                           pair->n, (pair->n + 1) % 100));
}

static void read_month(struct label *label)
{
    const struct item *numeric = item_of(label, 'N');
    if (numeric->shape == 'N')
        read_month_of(label, numeric->m, numeric->n);
    else
        read_month_of(label, item_of(label, 'Y')->n, item_of(label, 'M')->n);
}

/* The calendar year of a month of a financial year. */
static int year_of_month(int financial_year, int month)
{
    return month >= 4 ? financial_year : financial_year + 1;
}

static void read_months_of_financial_year(struct label *label)
{
    int year = item_of(label, 'F')->n;
    int first = item_of(label, 'M')->n, last = last_item_of(label, 'M')->n;
    settle(label, label->count == 2 ? PERIOD_MONTH : PERIOD_MONTH_RANGE,
           first_day(year_of_month(year, first), first), last_day(year_of_month(year, last), last));
    if (label->out.flag == PERIOD_OK)
        assume(label, TEXT("months of the financial year"));
}

static void read_month_range(struct label *label)
{
    const struct item *items = label->items;
    int first = item_of(label, 'M')->n, last = last_item_of(label, 'M')->n;
    int last_year = last_item_of(label, 'Y')->n, first_year = item_of(label, 'Y')->n;
    bool year_first = items[0].shape == 'Y' || items[1].shape == 'Y';
    bool year_last = items[label->count - 1].shape == 'Y';
    if (!year_first)
        first_year = first <= last ? last_year : last_year - 1;
    if (!year_last)
        last_year = first <= last ? first_year : first_year + 1;
    settle(label, PERIOD_MONTH_RANGE, first_day(first_year, first), last_day(last_year, last));
    if (!year_first && first > last)
        assume(label, first == last + 1
                          ? TEXT("year given for the end only; start inferred 12 months back")
                          : TEXT("year given for the end only"));
    else if (!year_last && items[1].shape == 'Y')
        assume(label, TEXT("year given for the start only"));
}

/* A day that month-first readers would take for another: read the day first, and say so. */
static void note_day_first(struct label *label)
{
    bool sure = false, unsure = false;
    for (size_t i = 0; i < label->count; i++) {
        sure = sure || (label->items[i].shape == 'D' && !label->items[i].both_ways);
        unsure = unsure || label->items[i].both_ways;
    }
    if (!unsure || sure)
        return;
    if (label->afternoon_or_morning)
        ambiguous(label, label->out.kind, "day or month first: AM and PM suggest the month");
    else
        assume(label, TEXT("day first"));
}

static void read_point(struct label *label)
{
    struct date day = item_of(label, 'D')->date;
    settle(label, PERIOD_POINT, day, day);
    note_day_first(label);
}

/* "June 30, 2022" */
static void read_month_first_point(struct label *label)
{
    const struct item *items = label->items;
    struct date day;
    if (!date_make(items[2].n, items[0].n, items[1].n % 100, &day))
        refuse(label, PERIOD_POINT, PERIOD_ERROR, TEXT("no such day"));
    else
        settle(label, PERIOD_POINT, day, day);
}

static void read_end_of_month(struct label *label)
{
    struct date day = last_day(item_of(label, 'Y')->n, item_of(label, 'M')->n);
    settle(label, PERIOD_POINT, day, day);
    assume(label, TEXT("last day of the month"));
}

static void read_mid_year(struct label *label)
{
    struct date day = last_day(item_of(label, 'Y')->n, 6);
    settle(label, PERIOD_POINT, day, day);
    assume(label, TEXT("mid-year is 30 June"));
}

static void read_week(struct label *label)
{
    struct date day = item_of(label, 'D')->date;
    bool ends = has(label, 'K');
    struct date other = date_from_number(date_number(day) + (ends ? -6 : 6));
    settle(label, PERIOD_DATE_RANGE, ends ? other : day, ends ? day : other);
    assume(label, ends ? TEXT("seven days up to this day") : TEXT("seven days from this day"));
}

static void read_date_range(struct label *label)
{
    const struct item *from = &label->items[0], *to = &label->items[2];
    struct date start = from->date;
    int day = from->n, month = from->shape == 'd' ? from->m : to->date.month;
    if (from->shape != 'D' && !date_make(to->date.year, month, day, &start)) {
        refuse(label, PERIOD_DATE_RANGE, PERIOD_ERROR, TEXT("no such day"));
        return;
    }
    settle(label, PERIOD_DATE_RANGE, start, to->date);
    if (label->out.flag == PERIOD_OK)
        note_day_first(label);
}

static bool is_last_of_month(struct date day)
{
    return day.day == days_in_month(day.year, day.month);
}

/* Months away, the last day of a month staying the last. */
static struct date shift_end(struct date day, int months)
{
    struct date moved = date_add_months(day, months);
    return is_last_of_month(day) ? last_day(moved.year, moved.month) : moved;
}

static void read_rolling_year(struct label *label)
{
    struct date end = has(label, 'D') ? item_of(label, 'D')->date
                                      : last_day(item_of(label, 'Y')->n, item_of(label, 'M')->n);
    struct date start = date_from_number(date_number(shift_end(end, -12)) + 1);
    settle(label, PERIOD_ROLLING_12, start, end);
    note_day_first(label);
}

static void read_year_to_date(struct label *label)
{
    const struct item *last = last_item_of(label, 'M');
    int month = last->n, first = item_of(label, 'M')->n;
    bool two = item_of(label, 'M') != last;
    int year = has(label, 'F') ? year_of_month(item_of(label, 'F')->n, month)
                               : last_item_of(label, 'Y')->n;
    int start_month = two ? first : 4;
    int start_year = start_month <= month ? year : year - 1;
    settle(label, PERIOD_YTD, first_day(start_year, start_month), last_day(year, month));
    if (!two && !has(label, 'F'))
        assume(label, TEXT("from April, the start of the financial year"));
}

static void read_quarter(struct label *label)
{
    const struct item *first = item_of(label, 'Q'), *last = last_item_of(label, 'Q');
    int year = item_of(label, 'F')->n;
    bool one = first == last;
    if (first->n < 1 || first->n > 4 || last->n > 4 || last->n < first->n)
        refuse(label, PERIOD_FIN_QUARTER, PERIOD_ERROR, TEXT("no such quarter"));
    else
        settle_financial(label, one ? PERIOD_FIN_QUARTER : PERIOD_MONTH_RANGE, year,
                         (first->n - 1) * 3, (last->n - first->n + 1) * 3);
}

static void read_half(struct label *label)
{
    int half = item_of(label, 'H')->n;
    if (half < 1 || half > 2)
        refuse(label, PERIOD_HALF_YEAR, PERIOD_ERROR, TEXT("no such half year"));
    else
        settle_financial(label, PERIOD_HALF_YEAR, item_of(label, 'F')->n, (half - 1) * 6, 6);
}

/* "Q4 2023": a calendar quarter, or one of two financial years. */
static void read_quarter_of_one_year(struct label *label)
{
    int quarter = last_item_of(label, 'Q')->n;
    const struct item *item = has(label, 'Y') ? item_of(label, 'Y') : item_of(label, 'y');
    int year = full_year(item->n, item->digits);
    if (quarter < 1 || quarter > 4) {
        refuse(label, PERIOD_QUARTER, PERIOD_ERROR, TEXT("no such quarter"));
        return;
    }
    int calendar = quarter * 3 - 2, financial = quarter == 4 ? 1 : calendar + 3;
    int first_year = quarter == 4 ? year : year - 1;
    refuse(label, PERIOD_QUARTER, PERIOD_AMBIGUOUS,
           text_format(label->arena,
                       "calendar Q%d (%.3s-%.3s %d) or financial Q%d (%.3s-%.3s %d or "
                       "%.3s-%.3s %d)",
                       quarter, month_name(calendar), month_name(calendar + 2), year, quarter,
                       month_name(financial), month_name(financial + 2), first_year,
                       month_name(financial), month_name(financial + 2), first_year + 1));
}

static void read_calendar_quarter(struct label *label)
{
    int quarter = item_of(label, 'Q')->n, year = item_of(label, 'Y')->n;
    if (quarter < 1 || quarter > 4)
        refuse(label, PERIOD_QUARTER, PERIOD_ERROR, TEXT("no such quarter"));
    else
        settle(label, PERIOD_QUARTER, first_day(year, quarter * 3 - 2),
               last_day(year, quarter * 3));
}

static bool read_pattern(struct label *label, const char *pattern);

/* "Quarter 2 2021/22 (Jul to Sep 2021)": said twice, and the same both times. */
static void read_twice(struct label *label)
{
    size_t first = strcspn(label->pattern, "M");
    char named[ITEMS_MAX + 1] = "";
    memcpy(named, label->pattern, first);
    struct label months = *label;
    months.count -= first;
    memmove(months.items, months.items + first, months.count * sizeof months.items[0]);
    memmove(months.pattern, months.pattern + first, months.count + 1);
    label->count = first;
    memcpy(label->pattern, named, sizeof named);
    bool both = read_pattern(label, label->pattern) && read_pattern(&months, months.pattern);
    if (both && label->out.flag < PERIOD_AMBIGUOUS && !period_same(label->out, months.out))
        refuse(label, label->out.kind, PERIOD_ERROR,
               TEXT("the months in the label are not those of the period it names"));
}

static void read_excel_month(struct label *label)
{
    const struct item *item = item_of(label, 'x');
    refuse(label, PERIOD_MONTH, PERIOD_AMBIGUOUS,
           text_format(label->arena, "Excel shows %.3s-%02d or %d %s", month_name(item->m), item->n,
                       item->n, month_name(item->m)));
}

static void read_no_such_day(struct label *label)
{
    refuse(label, PERIOD_POINT, PERIOD_ERROR, TEXT("no such day"));
}

static const struct {
    const char *pattern;
    void (*read)(struct label *label);
} patterns[] = {
    {"F", read_financial_year},
    {"fF", read_financial_year},
    {"Ff", read_financial_year},
    {"fY", read_one_number_year},
    {"fy", read_one_number_year},
    {"rY", read_one_number_year},
    {"s", read_six_digits},
    {"AF", read_academic_year},
    {"FA", read_academic_year},
    {"F-F", read_pooled_financial},
    {"Y", read_calendar_year},
    {"CY", read_calendar_year},
    {"Cy", read_calendar_year},
    {"YC", read_calendar_year},
    {"Y-y", read_span},
    {"Y-Y", read_span},
    {"y-y", read_span},
    {"P", read_pair},
    {"fP", read_pair},
    {"QP", read_pair},
    {"PQ", read_pair},
    {"N", read_month},
    {"MY", read_month},
    {"YM", read_month},
    {"Y-M", read_month},
    {"x", read_excel_month},
    {"MF", read_months_of_financial_year},
    {"M-MF", read_months_of_financial_year},
    {"M-MY", read_month_range},
    {"MY-M", read_month_range},
    {"MY-MY", read_month_range},
    {"YM-M", read_month_range},
    {"D", read_point},
    {"pD", read_point},
    {"MYY", read_month_first_point},
    {"M1Y", read_month_first_point},
    {"pMY", read_end_of_month},
    {"mY", read_mid_year},
    {"kD", read_week},
    {"KD", read_week},
    {"D-D", read_date_range},
    {"d-D", read_date_range},
    {"1-D", read_date_range},
    {"y-D", read_date_range},
    {"X", read_no_such_day},
    {"pX", read_no_such_day},
    {"rMY", read_rolling_year},
    {"rD", read_rolling_year},
    {"MYT-MY", read_year_to_date},
    {"MT-MY", read_year_to_date},
    {"T-MY", read_year_to_date},
    {"TMY", read_year_to_date},
    {"MYT", read_year_to_date},
    {"M-MYT", read_year_to_date},
    {"MY-MYT", read_year_to_date},
    {"FT-M", read_year_to_date},
    {"FTM", read_year_to_date},
    {"FT-MY", read_year_to_date},
    {"QF", read_quarter},
    {"FQ", read_quarter},
    {"QfF", read_quarter},
    {"fFQ", read_quarter},
    {"Q-QF", read_quarter},
    {"FQ-Q", read_quarter},
    {"QY", read_quarter_of_one_year},
    {"YQ", read_quarter_of_one_year},
    {"Qy", read_quarter_of_one_year},
    {"QfY", read_quarter_of_one_year},
    {"Q-QY", read_quarter_of_one_year},
    {"CQY", read_calendar_quarter},
    {"QCY", read_calendar_quarter},
    {"QFM-MY", read_twice},
    {"QFMY-MY", read_twice},
    {"FQM-MY", read_twice},
    {"FQMY-MY", read_twice},
    {"FM-MY", read_twice},
    {"FMY-MY", read_twice},
    {"HF", read_half},
    {"FH", read_half},
    {"HfF", read_half},
};

static bool read_pattern(struct label *label, const char *pattern)
{
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        if (strcmp(patterns[i].pattern, pattern) == 0) {
            patterns[i].read(label);
            return true;
        }
    return false;
}

/* Labels that name no stretch of time: by the first word of them that says why. */
static void read_nothing(struct label *label)
{
    static const struct {
        char shape;
        enum period_kind kind;
        const char *note;
    } reasons[] = {
        {'W', PERIOD_TERM, "term dates vary by council"},
        {'T', PERIOD_YTD, "no end month"},
        {'R', PERIOD_UNKNOWN, "relative label"},
        {'o', PERIOD_UNKNOWN, "says how often, not when"},
        {'S', PERIOD_UNKNOWN, "season: its months vary"},
        {'v', PERIOD_UNKNOWN, "not a definite period"},
        {'e', PERIOD_UNKNOWN, "not a definite period"},
        {'H', PERIOD_HALF_YEAR, "no year"},
        {'d', PERIOD_POINT, "no year"},
        {'M', PERIOD_MONTH, "no year"},
    };
    const char *pattern = label->pattern;
    if (has(label, 'Q')) {
        bool bare = pattern[strspn(pattern, "QTReo-")] == '\0';
        ambiguous(label, PERIOD_QUARTER, bare ? "no year" : "not clear which quarter");
        return;
    }
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (has(label, reasons[i].shape)) {
            ambiguous(label, reasons[i].kind, reasons[i].note);
            return;
        }
    refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, TEXT("not a period"));
}

/* What was said beside the period itself. */
static void read_rest(struct label *label)
{
    struct period *out = &label->out;
    if (out->flag > PERIOD_ASSUMED)
        return;
    if (label->ignored) {
        bool quiet = out->flag == PERIOD_OK;
        out->flag = PERIOD_ASSUMED;
        if (quiet)
            out->note = TEXT("words ignored");
    }
    if (label->marker && out->flag == PERIOD_OK)
        out->note = text_format(label->arena, "marker [%c]", label->marker);
    else if (label->marker)
        out->note =
            text_format(label->arena, "%.*s; marker [%c]", TEXT_ARG(out->note), label->marker);
}

struct period period_read(struct arena *arena, struct text written)
{
    enum { WORDS_IGNORED_MAX = 3, LABEL_MAX = 100 };
    struct label label = {
        .arena = arena,
        .text = plain_label(arena, text_slice(written, 0, LABEL_MAX)),
        .out = {.years_pooled = 1, .label = text_copy(arena, written), .note = TEXT_EMPTY},
    };
    if (!label.text.len) {
        refuse(&label, PERIOD_UNKNOWN, PERIOD_ERROR, TEXT("blank"));
        return label.out;
    }
    cut_into_items(&label);
    bool too_long = written.len > LABEL_MAX || label.overfull || label.ignored > WORDS_IGNORED_MAX;
    const char *pattern = label.pattern;
    if (pattern[0] == 'e' && strcmp(pattern, "eY") != 0) { /* "by March 2022" */
        memmove(label.items, label.items + 1, --label.count * sizeof label.items[0]);
        memmove(label.pattern, label.pattern + 1, label.count + 1);
        label.ignored++;
    }
    if (too_long || !years_are_sensible(&label))
        refuse(&label, PERIOD_UNKNOWN, PERIOD_ERROR, TEXT("not a period"));
    else if (!read_pattern(&label, pattern))
        read_nothing(&label);
    read_rest(&label);
    return label.out;
}

const char *period_kind_word(enum period_kind kind)
{
    static const char *const words[] = {
        [PERIOD_UNKNOWN] = "?",
        [PERIOD_FINANCIAL_YEAR] = "financial_year",
        [PERIOD_CALENDAR_YEAR] = "calendar_year",
        [PERIOD_ACADEMIC_YEAR] = "academic_year",
        [PERIOD_POOLED_CALENDAR] = "pooled_calendar",
        [PERIOD_POOLED_FINANCIAL] = "pooled_financial",
        [PERIOD_HALF_YEAR] = "half_year",
        [PERIOD_FIN_QUARTER] = "fin_quarter",
        [PERIOD_QUARTER] = "quarter",
        [PERIOD_MONTH] = "month",
        [PERIOD_MONTH_RANGE] = "month_range",
        [PERIOD_DATE_RANGE] = "date_range",
        [PERIOD_ROLLING_12] = "rolling_12",
        [PERIOD_YTD] = "ytd",
        [PERIOD_POINT] = "point",
        [PERIOD_TERM] = "term",
        [PERIOD_PLAN] = "plan_period",
    };
    return words[kind];
}

const char *period_flag_word(enum period_flag flag)
{
    static const char *const words[] = {"OK", "ASSUMED", "AMBIGUOUS", "ERROR"};
    return words[flag];
}

long period_days(struct period period)
{
    if (!date_is_known(period.start))
        return 0;
    return date_number(period.end) - date_number(period.start) + 1;
}

struct period period_previous(struct arena *arena, struct period period)
{
    struct period previous = period;
    previous.note = previous.label = TEXT_EMPTY;
    if (!date_is_known(period.start))
        return previous;
    int months = -12 * (int)period.years_pooled;
    /* a stretch of more than a year goes back as many years as it takes not to overlap */
    while (date_compare(shift_end(period.end, months), period.start) >= 0)
        months -= 12;
    previous.start = date_add_months(period.start, months);
    previous.end = period.kind == PERIOD_POINT ? previous.start : shift_end(period.end, months);
    previous.label = period_display(arena, previous);
    return previous;
}

bool period_same(struct period a, struct period b)
{
    if (!date_is_known(a.start) || !date_is_known(b.start)) /* refused labels: as written */
        return a.start.year == b.start.year && text_equal(a.label, b.label);
    return date_compare(a.start, b.start) == 0 && date_compare(a.end, b.end) == 0;
}

bool period_within(struct period part, struct period whole)
{
    return date_is_known(part.start) && date_is_known(whole.start) &&
           date_compare(whole.start, part.start) <= 0 && date_compare(part.end, whole.end) <= 0;
}

int period_compare(struct period a, struct period b)
{
    int order = date_compare(a.end, b.end);
    return order ? order : date_compare(a.start, b.start);
}

static struct text year_pair(struct arena *arena, int year)
{
    return text_format(arena, "%d/%02d", year, (year + 1) % 100);
}

static struct text months_display(struct arena *arena, struct period p)
{
    const char *first = month_name(p.start.month), *last = month_name(p.end.month);
    if (p.start.year == p.end.year && p.start.month == p.end.month)
        return text_format(arena, "%s %d", first, p.end.year);
    if (p.start.year == p.end.year)
        return text_format(arena, "%s to %s %d", first, last, p.end.year);
    return text_format(arena, "%s %d to %s %d", first, p.start.year, last, p.end.year);
}

static struct text rolling_display(struct arena *arena, struct period p)
{
    if (is_last_of_month(p.end))
        return text_format(arena, "Year ending %s %d", month_name(p.end.month), p.end.year);
    return text_format(arena, "Year ending %.*s", TEXT_ARG(date_display(arena, p.end)));
}

struct text period_display(struct arena *arena, struct period p)
{
    if (!date_is_known(p.start))
        return text_copy(arena, p.label);
    int year = p.start.month >= 4 ? p.start.year : p.start.year - 1; /* the financial year */
    int months_in = (p.start.month + 8) % 12;
    switch (p.kind) {
    case PERIOD_FINANCIAL_YEAR:
        return year_pair(arena, year);
    case PERIOD_CALENDAR_YEAR:
        return text_format(arena, "%d", p.start.year);
    case PERIOD_ACADEMIC_YEAR:
        return text_format(arena, "Academic year %.*s", TEXT_ARG(year_pair(arena, p.start.year)));
    case PERIOD_POOLED_CALENDAR:
        return text_format(arena, "%d to %d", p.start.year, p.end.year);
    case PERIOD_POOLED_FINANCIAL:
        return text_format(arena, "%.*s to %.*s", TEXT_ARG(year_pair(arena, year)),
                           TEXT_ARG(year_pair(arena, p.end.year - 1)));
    case PERIOD_HALF_YEAR:
        return text_format(arena, "Half year %d, %.*s", months_in / 6 + 1,
                           TEXT_ARG(year_pair(arena, year)));
    case PERIOD_FIN_QUARTER:
        return text_format(arena, "Quarter %d, %.*s", months_in / 3 + 1,
                           TEXT_ARG(year_pair(arena, year)));
    case PERIOD_QUARTER:
    case PERIOD_MONTH:
    case PERIOD_MONTH_RANGE:
        return months_display(arena, p);
    case PERIOD_YTD:
        return text_format(arena, "%.*s (year to date)", TEXT_ARG(months_display(arena, p)));
    case PERIOD_ROLLING_12:
        return rolling_display(arena, p);
    case PERIOD_POINT:
        return date_display(arena, p.end);
    case PERIOD_DATE_RANGE:
        return text_format(arena, "%.*s to %.*s", TEXT_ARG(date_display(arena, p.start)),
                           TEXT_ARG(date_display(arena, p.end)));
    case PERIOD_UNKNOWN:
    case PERIOD_TERM:
    case PERIOD_PLAN:
        break;
    }
    return text_copy(arena, p.label);
}

struct period period_month(struct arena *arena, int year, int month)
{
    struct period period = {
        .kind = PERIOD_MONTH,
        .start = first_day(year, month),
        .end = last_day(year, month),
        .years_pooled = 1,
        .note = TEXT_EMPTY,
    };
    period.label = months_display(arena, period);
    return period;
}
