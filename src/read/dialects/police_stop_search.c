/* police-stop-search - the stop and search files of data.police.uk: a row a search, counted here.
 */
#include "read/counted_int.h"

#include "base/file.h"

enum stop_column {
    STOP_TYPE,
    STOP_DATE,
    STOP_IN_OPERATION,
    STOP_OPERATION,
    STOP_LATITUDE,
    STOP_LONGITUDE,
    STOP_GENDER,
    STOP_AGE,
    STOP_ETHNICITY,
    STOP_OFFICER_ETHNICITY,
    STOP_LEGISLATION,
    STOP_OBJECT,
    STOP_OUTCOME,
    STOP_LINKED,
    STOP_CLOTHING,
    STOP_COLUMNS
};

static const struct dialect_column stop_columns[STOP_COLUMNS] = {
    [STOP_TYPE] = {"Type", false, NULL, "person, vehicle or both; for 'count by'"},
    [STOP_DATE] = {"Date", true, NULL,
                   "2021-04-01T00:15:00+00:00; its month is that of the clock in the UK"},
    [STOP_IN_OPERATION] = {"Part of a policing operation", false, NULL, "for 'count by'"},
    [STOP_OPERATION] = {"Policing operation", false, NULL, "for 'count by'"},
    [STOP_LATITUDE] = {"Latitude", false, NULL, "not used"},
    [STOP_LONGITUDE] = {"Longitude", false, NULL, "not used"},
    [STOP_GENDER] = {"Gender", false, NULL, "for 'count by'"},
    [STOP_AGE] = {"Age range", false, NULL, "for 'count by'"},
    [STOP_ETHNICITY] = {"Self-defined ethnicity", false, NULL, "for 'count by'"},
    [STOP_OFFICER_ETHNICITY] = {"Officer-defined ethnicity", false, NULL, "for 'count by'"},
    [STOP_LEGISLATION] = {"Legislation", false, NULL, "for 'count by'"},
    [STOP_OBJECT] = {"Object of search", false, NULL,
                     "the measure, unless 'count by' says another"},
    [STOP_OUTCOME] = {"Outcome", false, NULL, "for 'count by'"},
    [STOP_LINKED] = {"Outcome linked to object of search", false, NULL, "for 'count by'"},
    [STOP_CLOTHING] = {"Removal of more than just outer clothing", false, NULL, "for 'count by'"},
};

struct stop_state {
    struct counted counted; /* first */
    size_t by;              /* the column that is counted, by position */
    struct text force;      /* of the file, by its name */
    struct known_month {
        int year, month;
        size_t period;
    } * months; /* those seen */
    size_t month_count;
    size_t month_capacity;
};

/* What stands behind the month in a file's name: "2021-04-leicestershire-stop-and-search.csv". */
static struct text force_of_file(struct text path)
{
    enum { MONTH = sizeof "2021-04-" - 1 };
    struct text name = path_name(path);
    if (name.len <= MONTH || name.ptr[4] != '-' || name.ptr[7] != '-')
        return TEXT_EMPTY;
    return text_slice(name, MONTH, text_find(name, '.', MONTH));
}

static bool stop_open(struct source *source)
{
    struct stop_state *state = source->state;
    const struct ini_entry *entry = ini_entry(source->section, "count by");
    state->force = force_of_file(source->path);
    state->by =
        source_find_column(source, entry ? entry->value : text_from(stop_columns[STOP_OBJECT].name),
                           entry ? entry->value_place : source->header.place);
    return state->by != NO_COLUMN;
}

/* Two digits at `at`; -1 when there are none. */
static int two_digits(struct text t, size_t at)
{
    if (at + 2 > t.len || t.ptr[at] < '0' || t.ptr[at] > '9' || t.ptr[at + 1] < '0' ||
        t.ptr[at + 1] > '9')
        return -1;
    return (t.ptr[at] - '0') * 10 + (t.ptr[at + 1] - '0');
}

static int last_sunday(int year, int month)
{
    long last = date_number(date_last_of_month(year, month));
    return days_in_month(year, month) - (int)((last + 4) % 7); /* 1970-01-01 was a Thursday */
}

/* Summer time is from the last Sunday of March to that of October, both at 01:00 UTC. */
static bool is_summer(struct date date, int hour)
{
    if (date.month != 3 && date.month != 10)
        return date.month > 3 && date.month < 10;
    int sunday = last_sunday(date.year, date.month);
    bool is_after = date.day > sunday || (date.day == sunday && hour >= 1);
    return is_after == (date.month == 3);
}

/* "+01:00", "+0100" or "Z" in minutes; false when it is none of these. */
static bool read_offset(struct text zone, int *minutes)
{
    *minutes = 0;
    if (text_is(zone, "Z") || text_is(zone, "z"))
        return true;
    if (zone.len < 5 || (zone.ptr[0] != '+' && zone.ptr[0] != '-'))
        return false;
    bool has_colon = zone.ptr[3] == ':';
    int hour = two_digits(zone, 1), minute = two_digits(zone, has_colon ? 4 : 3);
    if (zone.len != 5u + has_colon || hour < 0 || hour > 14 || minute < 0 || minute > 59)
        return false;
    *minutes = (hour * 60 + minute) * (zone.ptr[0] == '-' ? -1 : 1);
    return true;
}

/* The day in the UK of a time that says how far its clock is from UTC. */
static bool uk_day(struct date day, struct text time, struct date *out)
{
    int hour = two_digits(time, 0), minute = two_digits(time, 3), offset;
    if (time.len < 5 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || time.ptr[2] != ':')
        return false;
    size_t at = 5; /* seconds and their parts do not matter */
    while (at < time.len && (time.ptr[at] == ':' || time.ptr[at] == '.' || is_digit(time.ptr[at])))
        at++;
    struct text zone = text_trim(text_slice(time, at, time.len));
    *out = day;
    if (!zone.len) /* the clock on the wall */
        return true;
    if (!read_offset(zone, &offset))
        return false;
    enum { DAY = 24 * 60 };
    long utc = date_number(day) * DAY + hour * 60 + minute - offset;
    struct date utc_day = date_from_number(utc / DAY);
    long local = utc + (is_summer(utc_day, (int)(utc % DAY / 60)) ? 60 : 0);
    *out = date_from_number(local / DAY);
    return true;
}

static bool read_day(struct text cell, struct date *out)
{
    size_t at = text_find(cell, 'T', 0);
    at = at == 10 ? at : text_find(cell, ' ', 0);
    struct date day;
    if (at < cell.len && date_read(text_slice(cell, 0, at), &day))
        return uk_day(day, text_trim(text_slice(cell, at + 1, cell.len)), out);
    return date_read(cell, out);
}

static size_t month_of(struct source *source, struct date day)
{
    struct stop_state *state = source->state;
    for (size_t i = state->month_count; i-- > 0;)
        if (state->months[i].year == day.year && state->months[i].month == day.month)
            return state->months[i].period;
    struct period period = period_month(source->arena, day.year, day.month);
    struct known_month month = {day.year, day.month, dataset_period(source->dataset, period)};
    state->months = arena_grow(source->arena, state->months, state->month_count,
                               &state->month_capacity, sizeof month);
    state->months[state->month_count++] = month;
    return month.period;
}

static bool find_month(struct source *source, const struct record *row, size_t *period)
{
    struct date day;
    if (!read_day(source_cell(source, row, STOP_DATE), &day)) {
        diag(source->diags, DIAG_DATE, source_cell_place(source, row, STOP_DATE),
             "this is no date and time: expected one such as 2021-04-01T00:15:00+00:00");
        return false;
    }
    *period = month_of(source, day);
    if (date_compare(day, source->dataset->last_event) > 0)
        source->dataset->last_event = day;
    return true;
}

/* Searches are published by force: one area, unless a lookup has others. False after a message. */
static bool find_area(struct source *source, const struct record *row, struct event *event)
{
    bool is_looked_up = source->lookup.count > 0;
    event->is_located = !is_looked_up || text_trim(row->fields[source->lookup_column]).len;
    if (is_looked_up && event->is_located)
        return figure_area(source, row, TEXT_EMPTY, STOP_DATE, &event->area);
    event->area = dataset_area(source->dataset, is_looked_up ? AREA_NOT_GIVEN : source->fixed_area);
    return true;
}

static enum row_fate stop_row(struct source *source, const struct record *row)
{
    const struct stop_state *state = source->state;
    struct text counted = text_trim(row->fields[state->by]);
    struct event event = {
        .measure = counted.len ? counted : TEXT("Not given"),
        .column = state->by,
        .force = state->force,
        .id = TEXT_EMPTY,
    };
    if (!find_month(source, row, &event.period) || !find_area(source, row, &event))
        return ROW_REJECTED;
    return counted_add(source, row, &event);
}

static bool stop_begin(struct source *source)
{
    counted_begin(source);
    return true;
}

/* Each search is counted once: all of them are parts. */
static void stop_finish(struct source *source)
{
    for (size_t m = 0; m < source->dataset->measure_count; m++)
        source->dataset->measures[m].relation = RELATION_PART;
    counted_finish(source);
}

static const char *const keys[] = {"area", "lookup", "count by", "same month", NULL};

static const struct dialect_reader stop_reader = {
    .state_size = sizeof(struct stop_state),
    .keys = keys,
    .takes_no_location = true,
    .begin = stop_begin,
    .open = stop_open,
    .row = stop_row,
    .close = counted_close,
    .finish = stop_finish,
    .join = counted_join,
};

const struct dialect stop_dialect = {"police-stop-search",
                                     "stop and search from data.police.uk: a row a search",
                                     stop_columns, STOP_COLUMNS, &stop_reader};
