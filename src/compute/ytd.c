#include "compute/ytd.h"

/* The last day of the month before month number `month` of the year. */
static struct date end_before(struct date first, unsigned month)
{
    return date_from_number(date_number(date_add_months(first, (int)month)) - 1);
}

/* How many parts of the year, of `step` months each, had ended before the extract. */
static unsigned complete_parts(const struct ytd_question *q)
{
    unsigned parts = 0;
    while ((parts + 1) * q->step <= q->until &&
           date_compare(end_before(q->first, (parts + 1) * q->step), q->extract) < 0)
        parts++;
    return parts;
}

static unsigned present_run(const struct value *values, unsigned parts)
{
    unsigned run = 0;
    while (run < parts && values[run].present)
        run++;
    return run;
}

static bool any_present(const struct value *values, unsigned from, unsigned to)
{
    for (unsigned m = from; m < to; m++)
        if (values[m].present)
            return true;
    return false;
}

static bool has_settled(struct date end, const struct ytd_question *q)
{
    return date_number(q->extract) - date_number(end) >= q->settle_days;
}

/* False when the digits run out. */
static bool sum(const struct value *values, unsigned parts, struct decimal *total)
{
    *total = decimal_from(0);
    for (unsigned m = 0; m < parts; m++)
        if (!decimal_add(*total, values[m].number, total))
            return false;
    return true;
}

/* What is wrong with the months, before anything is added. */
static enum ytd_status judge(const struct value *now, const struct value *before,
                             const struct ytd_question *q, unsigned complete, unsigned run)
{
    if (!any_present(now, 0, q->until / q->step))
        return YTD_NO_DATA;
    if (any_present(now, run, complete))
        return YTD_GAP_CURRENT;
    if (!complete)
        return YTD_NO_COMPLETE_MONTH;
    return present_run(before, run) < run ? YTD_GAP_BASELINE : YTD_OK;
}

struct ytd ytd_answer(const struct value *now, const struct value *before,
                      const struct ytd_question *q)
{
    unsigned complete = complete_parts(q);
    unsigned run = present_run(now, complete);
    struct ytd ytd = {.status = judge(now, before, q, complete, run), .months = run * q->step};
    if (ytd_is_refused(ytd.status))
        return ytd;
    if (!sum(now, run, &ytd.now) || !sum(before, run, &ytd.before))
        ytd.status = YTD_NO_DATA;
    else if (run < complete && has_settled(end_before(q->first, (run + 1) * q->step), q))
        ytd.status = YTD_DATA_LATE;
    else if (run && !has_settled(end_before(q->first, run * q->step), q))
        ytd.status = YTD_PROVISIONAL;
    return ytd;
}

struct ytd ytd_compute(const struct value *now, const struct value *before, struct date first,
                       struct date extract, int settle_days)
{
    const struct ytd_question question = {.first = first,
                                          .extract = extract,
                                          .settle_days = settle_days,
                                          .step = 1,
                                          .until = YTD_MONTHS};
    return ytd_answer(now, before, &question);
}

bool ytd_is_refused(enum ytd_status status)
{
    return status >= YTD_NO_DATA;
}

const char *ytd_code(enum ytd_status status)
{
    static const char *const codes[] = {"OK",
                                        "OK_PROVISIONAL",
                                        "OK_DATA_LATE",
                                        "NO_DATA",
                                        "NO_COMPLETE_MONTH",
                                        "REFUSE_GAP_CURRENT",
                                        "REFUSE_GAP_BASELINE"};
    return codes[status];
}
