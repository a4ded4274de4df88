#include "compute/ytd.h"

static struct date end_of_month(struct date first, unsigned month)
{
    struct date start = date_add_months(first, (int)month);
    return date_last_of_month(start.year, start.month);
}

/* How many months of the year had ended before the extract. */
static unsigned complete_months(struct date first, struct date extract)
{
    unsigned months = 0;
    while (months < YTD_MONTHS && date_compare(end_of_month(first, months), extract) < 0)
        months++;
    return months;
}

static unsigned present_run(const struct value *values, unsigned months)
{
    unsigned run = 0;
    while (run < months && values[run].present)
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

static bool has_settled(struct date end, struct date extract, int settle_days)
{
    return date_number(extract) - date_number(end) >= settle_days;
}

static struct decimal sum(const struct value *values, unsigned months)
{
    struct decimal total = decimal_from(0);
    for (unsigned m = 0; m < months; m++)
        decimal_add(total, values[m].number, &total);
    return total;
}

/* What is wrong with the months, before anything is added. */
static enum ytd_status judge(const struct value *now, const struct value *before, unsigned complete,
                             unsigned run)
{
    if (!any_present(now, 0, YTD_MONTHS))
        return YTD_NO_DATA;
    if (any_present(now, run, complete))
        return YTD_GAP_CURRENT;
    if (!complete)
        return YTD_NO_COMPLETE_MONTH;
    return present_run(before, run) < run ? YTD_GAP_BASELINE : YTD_OK;
}

struct ytd ytd_compute(const struct value *now, const struct value *before, struct date first,
                       struct date extract, int settle_days)
{
    unsigned complete = complete_months(first, extract);
    unsigned run = present_run(now, complete);
    struct ytd ytd = {.status = judge(now, before, complete, run), .months = run};
    if (ytd_is_refused(ytd.status))
        return ytd;
    ytd.now = sum(now, run);
    ytd.before = sum(before, run);
    if (run < complete && has_settled(end_of_month(first, run), extract, settle_days))
        ytd.status = YTD_DATA_LATE;
    else if (run && !has_settled(end_of_month(first, run - 1), extract, settle_days))
        ytd.status = YTD_PROVISIONAL;
    return ytd;
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
