/* The words of labels, and what is read by the words in it: stretches, weeks, marks. */
#include "data/period_int.h"
#include "data/spelling_int.h"

#include <string.h>

enum { FINANCIAL_12 = 112 }; /* twelve months that are known to be a financial year */

/* The longest that stands at the start of what is left counts. */
static const struct {
    char shape; /* ' ' adds no item; # is a marker; c the half of a day */
    char more;  /* of # the marker; of r the months; of - 'a' for "and" */
    const char *spellings;
} phrases[] = {
    {'r', 12,
     "year ending|year ended|year to|year end|year-end|year-ending|y/e|ye|yr ending|yr ended|"
     "yr to|yr end|year to end|year to end of|year to the end of|mat|ltm|moving annual total"},
    {'r', FINANCIAL_12, "financial year ending|financial year ended|fye|fy ending|fy ended|fy end"},
    {'r', 3, "quarter ending|quarter ended|quarter to|qtr ending|qtr ended|qtr to"},
    {'T', 0, "year to date|ytd|fytd|quarter to date|cumulative|cumulatively"},
    {'T', 'a', "to date"},
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
    {'K', 0, "week ending|week ended|week to|wk ending|w/e|we"},
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
    size_t at = label_skip_spaces(label->text, label->at), digits;
    struct text rest = text_slice(label->text, at, label->text.len);
    int number = label_number(label->text, &at, &digits);
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

bool lex_phrase(struct label *label)
{
    size_t longest = 0, which = 0;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        size_t len = spelling_at_start(label_rest(label), phrases[i].spellings);
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
        struct item *item = label_add(label, shape);
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

bool lex_other_word(struct label *label)
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
    int number = label_number(t, at, &digits);
    return digits == 1 || digits == 2 ? number : 0;
}

static bool skip_spelling(struct text t, size_t *at, const char *spellings)
{
    size_t len = spelling_at_start(text_slice(t, *at, t.len), spellings);
    *at = label_skip_spaces(t, *at + len);
    return len > 0;
}

/* "12 months to", "rolling 12m", "R12", "3 years ending"; without its end what is said beside. */
bool lex_stretch(struct label *label)
{
    enum { MONTHS_MAX = 60 };
    struct text t = label->text;
    size_t at = label->at;
    bool rolling = skip_spelling(t, &at, "rolling|moving");
    bool is_short = char_at(t, at) == 'r' && is_digit(char_at(t, at + 1));
    at += is_short;
    int number = read_count(t, &at);
    at = label_skip_spaces(t, at + (char_at(t, at) == '-'));
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
        label_add(label, 'r')->number = total;
    else
        label->months_said = total;
    label->at = at;
    return true;
}

/* "1st quarter", "second half" */
bool lex_ordinal_part(struct label *label)
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
        label_add(label, quarter ? 'Q' : 'H')->number = i + 1;
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
bool lex_week(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits, week_digits;
    int year = label_number(t, &at, &digits);
    at += digits == 4 && char_at(t, at) == '-';
    bool iso = digits == 4 && char_at(t, at) == 'w';
    if (!iso && !skip_spelling(t, &at, "week|wk|w") && char_at(t, at) != 'w')
        return false;
    at += char_at(t, at) == 'w';
    at = label_skip_spaces(t, at);
    int week = label_number(t, &at, &week_digits);
    if (!week_digits || week_digits > 2 || (digits && !iso))
        return false;
    if (!iso)
        label_add(label, 'w');
    else {
        label_add(label, 'k');
        struct item *item = label_add(label, 'D');
        label_set_date(label, item, year >= 1970 && iso_monday(year, week, &item->date));
    }
    label->at = at;
    return true;
}

/* "Period 1", "P01", "Month 4": counted from April by some and from January by others. */
bool lex_numbered(struct label *label)
{
    struct text t = label->text;
    size_t at = label->at, digits;
    bool word = skip_spelling(t, &at, "period|month|mth");
    at += !word && (char_at(t, at) == 'p' || char_at(t, at) == 'm');
    label_number(t, &at, &digits);
    if (at == label->at || !digits || digits > 2 || is_digit(char_at(t, label->at)) ||
        strchr("/-", char_at(t, at) ? char_at(t, at) : ' '))
        return false;
    label_add(label, 'n');
    label->at = at;
    return true;
}

/* A mark that leads to a note, behind the period: "2021/22*", "2021/22 [note 2]", "2021/22 (1)". */
bool lex_note_mark(struct label *label)
{
    struct text t = label->text, rest = label_rest(label);
    size_t len = spelling_at_start(rest, "**|*|†|‡|§|#|^|¹|²|³");
    char open = char_at(rest, 0), last = label_last_shape(label);
    if (!len && (open == '[' || open == '(')) {
        size_t at = label->at + 1, digits;
        bool note = skip_spelling(t, &at, "note|notes");
        label_number(t, &at, &digits);
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
bool lex_marker_letter(struct label *label)
{
    char c = char_at(label->text, label->at), next = char_at(label->text, label->at + 1);
    if (!strchr("prefb", c) || is_letter(next) || is_digit(next) || !label_last_shape(label) ||
        !strchr("FNYyD", label_last_shape(label)))
        return false;
    label->marker = c;
    label->at++;
    return true;
}
