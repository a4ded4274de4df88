/* due - by when an action is due, as plans say it. */
#include "read/dialect_int.h"

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
    else if (!plan_end(period, label, out))
        return false;
    if (period->flag != PERIOD_OK)
        tell(source, place, label, *out);
    return true;
}

bool due_read(struct source *source, struct due_reader *due, struct place place, struct text cell,
              struct date *out)
{
    struct text label = without_time(without_lead(cell));
    *out = (struct date){0};
    if (is_figures(label))
        return read_figures(source, due, place, label, out);
    if (!cell.len || date_read(label, out))
        return true;
    struct period period = period_read(source->scratch, label);
    if (read_period(source, &period, place, label, out))
        return true;
    bool words = has_letter(label);
    if (words && due->takes_words)
        return true;
    diag(source->diags, words ? DIAG_VALUE_CHECK : DIAG_DATE, place,
         "%s%s%.*s: expected one such as '31 March 2023', 'March 2023' or '2022/23'%s",
         words ? "these words give no date" : "this is no date", period.note.len ? ": " : "",
         TEXT_ARG(period.note), words ? "; the action cannot become overdue" : "");
    return words;
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
