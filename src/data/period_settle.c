/* period_settle - the period that a label is found to name, or why it names none. */
#include "data/period_int.h"

#include <string.h>

bool label_has(const struct label *label, char shape)
{
    return strchr(label->pattern, shape) != NULL;
}

const struct item *label_item(const struct label *label, const char *shapes)
{
    size_t i = strcspn(label->pattern, shapes);
    return &label->items[i < label->count ? i : 0];
}

const struct item *label_last_item(const struct label *label, char shape)
{
    const char *last = strrchr(label->pattern, shape);
    return &label->items[last ? last - label->pattern : 0];
}

void label_refuse(struct label *label, enum period_kind kind, enum period_flag flag,
                  const char *why, ...)
{
    va_list args;
    va_start(args, why);
    label->out.note = text_vformat(label->arena, why, args);
    va_end(args);
    label->out.kind = kind;
    label->out.flag = flag;
    label->out.start = label->out.end = (struct date){0};
}

void label_assume(struct label *label, const char *note)
{
    label->out.flag = PERIOD_ASSUMED;
    label->out.note = text_from(note);
}

bool label_settle(struct label *label, enum period_kind kind, struct date start, struct date end)
{
    if (date_compare(end, start) < 0) {
        label_refuse(label, kind, PERIOD_ERROR, "ends before it starts");
        return false;
    }
    label->out.kind = kind;
    label->out.start = start;
    label->out.end = end;
    return true;
}

bool label_settle_months(struct label *label, enum period_kind kind, int first_year,
                         int first_month, int last_year, int last_month)
{
    return label_settle(label, kind, date_first_of_month(first_year, first_month),
                        date_last_of_month(last_year, last_month));
}

void label_settle_financial(struct label *label, enum period_kind kind, int year, int first,
                            int last)
{
    struct date april = date_first_of_month(year, 4);
    struct date end = date_add_months(april, last);
    label_settle(label, kind, date_add_months(april, first),
                 date_last_of_month(end.year, end.month));
}

void label_settle_day(struct label *label, struct date day)
{
    label_settle(label, PERIOD_POINT, day, day);
}

void label_note_day_first(struct label *label)
{
    bool sure = false, unsure = false;
    for (size_t i = 0; i < label->count; i++) {
        sure = sure || (label->items[i].shape == 'D' && !label->items[i].both_ways);
        unsure = unsure || label->items[i].both_ways;
    }
    if (!unsure || sure)
        return;
    if (label->has_am_or_pm)
        label_refuse(label, label->out.kind, PERIOD_AMBIGUOUS,
                     "day or month first: AM and PM suggest the month");
    else
        label_assume(label, "day first");
}
