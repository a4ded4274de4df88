/* due - by when an action is due, as plans say it. */
#include "read/dialect_int.h"

#include "data/blank.h"
#include "data/spelling_int.h"

/* "2022/24": a plan for the years to 31 March 2024 (statistics.md 9). */
static bool plan_end(const struct period *period, struct text label, struct date *out)
{
    struct decimal number;
    int64_t value[2];
    if (period->kind != PERIOD_PLAN || label.len != 7 || label.ptr[4] != '/')
        return false;
    struct text digits[] = {text_slice(label, 0, 2), text_slice(label, 5, 7)};
    for (int i = 0; i < 2; i++)
        if (!decimal_parse(digits[i], &number) || !decimal_integer(number, &value[i]))
            return false;
    return date_make((int)(value[0] * 100 + value[1]), 3, 31, out);
}

static bool has_letter(struct text t)
{
    size_t at = 0;
    while (at < t.len && !is_letter(t.ptr[at]))
        at++;
    return at < t.len;
}

/* Four digits at `at`, and no fifth. */
static int year_at(struct text t, size_t at)
{
    int year = 0;
    for (size_t i = at; i < at + 4; i++) {
        if (!is_digit(char_at(t, i)))
            return 0;
        year = year * 10 + (t.ptr[i] - '0');
    }
    return is_digit(char_at(t, at + 4)) ? 0 : year;
}

/* The year that ends the label: "Spring 2024"; 0 when none does. */
static int last_year(struct text label)
{
    return label.len < 5 || is_digit(label.ptr[label.len - 5]) ? 0 : year_at(label, label.len - 4);
}

/* Nothing stands between the words that a label begins with and the year that ends it. */
static bool is_before_year(struct text label, size_t length)
{
    return length && text_trim(text_slice(label, length, label.len)).len == 4;
}

/*
 * The last day of a season, or of a part of a year, whatever calendar is meant: "Spring 2024" is
 * over by 30 June, "winter 2023" by 31 March 2024, "early 2022" by 30 June.
 */
static bool season_end(struct text label, struct date *out)
{
    static const struct {
        const char *words;
        int months; /* behind the beginning of the year */
    } seasons[] = {{"winter", 15},
                   {"spring", 6},
                   {"summer", 9},
                   {"autumn", 12},
                   {"early|beginning of|start of", 6},
                   {"late|later in", 12},
                   {"mid", 9}};
    int year = last_year(label);
    for (size_t i = 0; year && i < sizeof seasons / sizeof seasons[0]; i++)
        if (is_before_year(label, spelling_at_start(label, seasons[i].words))) {
            int month = seasons[i].months;
            *out =
                date_last_of_month(month > 12 ? year + 1 : year, month > 12 ? month - 12 : month);
            return true;
        }
    return false;
}

/*
 * "Q3 2023", "Q3 and Q4 2023": of a calendar year, or of a financial one that begins or ends in it.
 * The last that it can be is the quarter of the year that begins then.
 */
static bool quarter_end(const struct period *period, struct text label, struct date *out)
{
    int year = last_year(label), quarter = 0;
    if (period->kind != PERIOD_QUARTER || !year)
        return false;
    for (size_t i = 0; i + 5 < label.len; i++) {
        bool is_alone = !is_digit(char_at(label, i + 1)) && (!i || !is_digit(label.ptr[i - 1]));
        if (label.ptr[i] >= '1' && label.ptr[i] <= '4' && is_alone)
            quarter = label.ptr[i] - '0';
    }
    if (!quarter)
        return false;
    int month = quarter * 3 + 3;
    *out = date_last_of_month(month > 12 ? year + 1 : year, month > 12 ? 3 : month);
    return true;
}

/* "2018-23", "2022-2027": it may be calendar years. */
static bool years_end(const struct period *period, struct text label, struct date *out)
{
    int from = year_at(label, 0), to = last_year(label);
    struct text end = text_slice(label, label.len < 2 ? 0 : label.len - 2, label.len);
    if (period->kind != PERIOD_PLAN || !from)
        return false;
    if (!to && is_digit(char_at(end, 0)) && is_digit(char_at(end, 1)))
        to = from / 100 * 100 + (end.ptr[0] - '0') * 10 + (end.ptr[1] - '0');
    return to > from && date_make(to, 12, 31, out);
}

/* The last day that words can mean which may mean several. */
static bool latest_end(const struct period *period, struct text label, struct date *out)
{
    return plan_end(period, label, out) || season_end(label, out) ||
           quarter_end(period, label, out) || years_end(period, label, out);
}

/* Says how often or after what, and no day: "Termly", "Ongoing", "7 days after the meeting". */
static bool is_recurring(const struct period *period, struct text label)
{
    static const char *const within[] = {" after ", " following ", " before ", " of each ",
                                         " of every "};
    bool found =
        text_starts(period->note, TEXT("says how often")) ||
        spelling_at_start(label,
                          "each|every|within|after|before|following|when|"
                          "yearly|annual|ongoing|as and when|as needed|as necessary|on completion|"
                          "at each|at every|prior to|daily|weekly|fortnightly|"
                          "continuous|continuing|on-going|rolling");
    for (size_t i = 0; i < sizeof within / sizeof within[0]; i++)
        found = found || text_contains(label, text_from(within[i]));
    return found;
}

static void tell(struct source *source, struct place place, struct text label, struct date due)
{
    diag(source->diags, DIAG_PERIOD_ASSUMED, place, "'%.*s' is read as due by %.*s",
         TEXT_ARG(text_quote(source->scratch, label)),
         TEXT_ARG(date_display(source->scratch, due)));
}

/* The words before a date that make no difference to its last day. */
static struct text without_lead(struct text t)
{
    size_t lead = spelling_at_start(t, "by the end of|by end of|by end|by|end of|end|until|due");
    struct text rest = text_trim(text_slice(t, lead, t.len));
    return lead && rest.len ? rest : t;
}

/* Systems write a time behind a day: "2022-06-30T00:00:00Z", "30/06/2022 00:00". */
static struct text without_time(struct text t)
{
    size_t colon = text_find(t, ':', 0);
    if (colon == t.len || colon < 3)
        return t;
    size_t at = colon;
    while (at > 0 && is_digit(t.ptr[at - 1]))
        at--;
    bool is_time = at > 0 && colon - at <= 2 && colon > at && is_digit(char_at(t, colon + 1)) &&
                   (t.ptr[at - 1] == ' ' || t.ptr[at - 1] == 'T');
    for (size_t i = colon; i < t.len && is_time; i++)
        is_time = is_digit(t.ptr[i]) || t.ptr[i] == ':' || t.ptr[i] == '.' || t.ptr[i] == '+' ||
                  (t.ptr[i] == 'Z' && i + 1 == t.len);
    return is_time ? text_trim(text_slice(t, 0, at - 1)) : t;
}

/* Two figures and a year: false when it is none, or, after a message, in the other order. */
static bool read_figures(struct source *source, struct due_reader *due, struct place place,
                         struct text label, struct date *out)
{
    struct date day_first, month_first;
    bool days = date_read(label, &day_first), months = date_read_month_first(label, &month_first);
    if (due->month_first ? !months : !days) {
        diag(source->diags, DIAG_DATE, place, "this date has its %s first: expected the %s first%s",
             due->month_first ? "day" : "month", due->month_first ? "month" : "day",
             due->month_first ? ", as 'dates = month first' says"
                              : "; if all dates of the column are so, write 'dates = month first'");
        return false;
    }
    *out = due->month_first ? month_first : day_first;
    due->has_day_above_12 = due->has_day_above_12 || !months;
    if (!due->month_first && months && date_compare(day_first, month_first) != 0) {
        due->doubtful = arena_grow(source->arena, due->doubtful, due->doubtful_count,
                                   &due->doubtful_capacity, sizeof place);
        due->doubtful[due->doubtful_count++] = place;
    }
    return true;
}

static bool is_figures(struct text label)
{
    struct date date;
    return date_read_month_first(label, &date) ||
           (!has_letter(label) && date_read(label, &date) && !date_read_iso(label, &date));
}

static bool read_period(struct source *source, const struct period *period, struct place place,
                        struct text label, struct date *out)
{
    if (period->flag == PERIOD_OK || period->flag == PERIOD_ASSUMED)
        *out = period->end;
    else if (!latest_end(period, label, out))
        return false;
    if (period->flag != PERIOD_OK)
        tell(source, place, label, *out);
    return true;
}

/* Of a cell without a day; false, with an error, where no words say that this is meant. */
static bool tell_no_date(struct source *source, const struct period *period, struct place place,
                         struct text label)
{
    if (is_recurring(period, label)) {
        diag(source->diags, DIAG_DUE, place,
             "these words say how often or after what, and no day: the action cannot become "
             "overdue");
        return true;
    }
    bool words = has_letter(label);
    diag(source->diags, words ? DIAG_VALUE_CHECK : DIAG_DATE, place,
         "%s%s%.*s: expected one such as '31 March 2023', 'March 2023' or '2022/23'%s",
         words ? "these words give no date" : "this is no date", period->note.len ? ": " : "",
         TEXT_ARG(period->note), words ? "; the action cannot become overdue" : "");
    return words;
}

bool due_read(struct source *source, struct due_reader *due, struct place place, struct text cell,
              struct date *out)
{
    struct text label = without_time(without_lead(cell));
    *out = (struct date){0};
    due->is_assumed = false;
    if (is_figures(label))
        return read_figures(source, due, place, label, out);
    if (!cell.len || date_read(label, out))
        return true;
    if (blank_of_text(cell) != BLANK_NOT) {
        diag(source->diags, DIAG_DUE, place, "this is a placeholder: the action has no date yet");
        return true;
    }
    struct period period = period_read(source->scratch, label);
    if (read_period(source, &period, place, label, out)) {
        due->is_assumed = period.flag != PERIOD_OK;
        return true;
    }
    return (due->takes_words && has_letter(label)) || tell_no_date(source, &period, place, label);
}

void due_end_of_file(struct source *source, struct due_reader *due)
{
    for (size_t i = 0; i < due->doubtful_count && !due->has_day_above_12; i++)
        diag(source->diags, DIAG_VALUE_CHECK, due->doubtful[i],
             "read as day, month, year; no other date of this column shows whether its days or its "
             "months come first: if the months do, write 'dates = month first' in [%.*s]",
             TEXT_ARG(source->section->title));
    *due = (struct due_reader){.month_first = due->month_first};
}
