#include "read/counted_int.h"

#include "base/file.h"

#include <string.h>

/*
 * An area with fewer of a force's rows than one in so many is not its own: a force's files hold a
 * few rows from beyond its border (of Leicestershire's 300,000 at most 108 in one such area; the
 * smallest district of any force has more than one in 1,000).
 */
enum { OWN_SHARE = 2000, AREAS_TOLD = 5 };

/* A month with fewer of a file's rows than one in so many is stray in it: around midnight of its
 * last day, or recorded late. A file of a whole year has one in twelve. */
enum { STRAY_SHARE = 50 };

void counted_begin(struct source *source)
{
    struct counted *counted = source->state;
    const struct ini_entry *entry = ini_entry(source->section, "same month");
    ids_begin(source->arena, &counted->ids);
    if (!entry)
        return;
    counted->same_month_allowed = text_same_name(entry->value, TEXT("allow"));
    if (!counted->same_month_allowed && !text_same_name(entry->value, TEXT("refuse")))
        diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no way to treat a month that is in two files: expected 'allow' or 'refuse'",
             TEXT_ARG(text_quote(source->arena, entry->value)));
}

/* The number of a force; the last one is asked for most often. */
static size_t force_number(struct source *source, struct text name)
{
    struct counted *counted = source->state;
    if (counted->force_count && text_equal(counted->forces[counted->last_force].name, name))
        return counted->last_force;
    size_t i = 0;
    while (i < counted->force_count && !text_equal(counted->forces[i].name, name))
        i++;
    if (i == counted->force_count) {
        counted->forces = arena_grow(source->arena, counted->forces, counted->force_count,
                                     &counted->force_capacity, sizeof *counted->forces);
        counted->forces[counted->force_count++] =
            (struct force){.name = text_copy(source->arena, name)};
    }
    counted->last_force = i;
    return i;
}

static void add_to_area(struct source *source, struct force *force, size_t area, size_t rows)
{
    while (force->area_count <= area) {
        force->in_area = arena_grow(source->arena, force->in_area, force->area_count,
                                    &force->area_capacity, sizeof *force->in_area);
        force->in_area[force->area_count++] = 0;
    }
    force->in_area[area] += rows;
}

static struct month_read *find_month(struct counted *counted, size_t force, size_t period)
{
    for (size_t i = 0; i < counted->month_count; i++)
        if (counted->months[i].force == force && counted->months[i].period == period)
            return &counted->months[i];
    return NULL;
}

static void add_month(struct source *source, struct month_read month)
{
    struct counted *counted = source->state;
    counted->months = arena_grow(source->arena, counted->months, counted->month_count,
                                 &counted->month_capacity, sizeof month);
    counted->months[counted->month_count++] = month;
}

static void note_month(struct source *source, size_t force, size_t period, unsigned line)
{
    struct counted *counted = source->state;
    struct month_read *month = counted->month_count ? &counted->months[counted->last_month] : NULL;
    if (!month || month->force != force || month->period != period)
        month = find_month(counted, force, period);
    if (!month) {
        add_month(source,
                  (struct month_read){
                      .force = force, .period = period, .path = source->path, .line = line});
        month = &counted->months[counted->month_count - 1];
    }
    month->rows++;
    counted->last_month = (size_t)(month - counted->months);
}

bool counted_month(struct source *source, const struct record *row, size_t column,
                   struct event *event)
{
    struct counted *counted = source->state;
    struct text label = source_cell(source, row, column);
    if (!label.len || !text_equal(label, (struct text){counted->label, counted->label_size})) {
        if (!figure_period(source, source_cell_place(source, row, column), label,
                           &counted->label_period, &counted->label_markers))
            return false;
        counted->label_size = label.len <= sizeof counted->label ? label.len : 0;
        memcpy(counted->label, label.ptr, counted->label_size);
    }
    event->period = counted->label_period;
    event->markers = counted->label_markers;
    return true;
}

/* There are few measures and many rows: most names are found without a hash. */
static size_t measure_number(struct source *source, const struct record *row,
                             const struct event *event)
{
    struct counted *counted = source->state;
    const struct text name = event->measure;
    const unsigned char *bytes = (const unsigned char *)name.ptr;
    size_t looks = name.len ? name.len + 3u * bytes[0] + 5u * bytes[name.len / 2] : 0;
    uint32_t *near = &counted->measure_near[looks % MEASURES_NEAR];
    if (!*near || !text_equal(source->dataset->measures[*near - 1].name, name))
        *near = (uint32_t)dataset_measure(source->dataset, name,
                                          source_place(source, row, event->column)) +
                1;
    return *near - 1;
}

enum row_fate counted_add(struct source *source, const struct record *row,
                          const struct event *event)
{
    struct counted *counted = source->state;
    struct dataset *dataset = source->dataset;
    size_t force = force_number(source, event->force);
    add_to_area(source, &counted->forces[force], event->area, 1);
    note_month(source, force, event->period, row->line);
    if (event->id.len)
        ids_add(source->arena, &counted->ids, event->id, row->line);
    if (!event->is_located) {
        counted->unlocated++;
        counted->unlocated_area = dataset->areas.items[event->area];
    }
    counted->events++;
    size_t measure = measure_number(source, row, event);
    if (!dataset_count_one(dataset, measure, event->area, event->period, event->markers))
        dataset_count(dataset, (struct row_count){.measure = (uint32_t)measure,
                                                  .area = (uint32_t)event->area,
                                                  .period = (uint32_t)event->period,
                                                  .line = row->line,
                                                  .column = (uint16_t)(event->column + 1),
                                                  .markers = (uint16_t)event->markers,
                                                  .rows = 1});
    return ROW_USED;
}

/* The month with which a file's name begins, as data.police.uk names them: "2021-04-". */
static bool name_month(struct text name, int *year, int *month)
{
    static const char shape[] = "dddd-dd-";
    if (name.len < sizeof shape - 1)
        return false;
    int digits[6], count = 0;
    for (size_t i = 0; i < sizeof shape - 1; i++) {
        bool is_digit = name.ptr[i] >= '0' && name.ptr[i] <= '9';
        if (is_digit != (shape[i] == 'd') || (!is_digit && name.ptr[i] != shape[i]))
            return false;
        if (is_digit)
            digits[count++] = name.ptr[i] - '0';
    }
    *year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    *month = digits[4] * 10 + digits[5];
    return true;
}

void counted_close(struct source *source)
{
    struct counted *counted = source->state;
    int year, month;
    account_add_value(
        source->account,
        (struct value){.present = true, .number = decimal_from((int64_t)counted->events)});
    for (size_t i = 0; i < counted->force_count; i++)
        counted->forces[i].rows += source->account->read;
    if (!name_month(path_name(source->path), &year, &month))
        return;
    for (size_t i = 0; i < counted->month_count; i++) {
        const struct month_read *read = &counted->months[i];
        struct period period = source->dataset->periods[read->period];
        if (period.start.year != year || period.start.month != month)
            diag(source->diags, DIAG_OTHER_MONTH, place_at(read->path, read->line, 0),
                 "%zu row%s of %.*s, though the file's name says %04d-%02d: is it the right file?",
                 read->rows, read->rows == 1 ? " is" : "s are",
                 TEXT_ARG(period_display(source->arena, period)), year, month);
    }
}

/* The file that has that month of a force already, but for a few rows; NULL when none has. */
static const struct month_read *find_whole(const struct counted *counted, size_t force,
                                           size_t period)
{
    for (size_t i = 0; i < counted->month_count; i++) {
        const struct month_read *month = &counted->months[i];
        if (month->force == force && month->period == period && !month->is_stray)
            return month;
    }
    return NULL;
}

/* Two files with a month of one force would count all that happened in it twice. */
static void check_month(struct source *source, const struct month_read *read, size_t force)
{
    struct counted *counted = source->state;
    const struct month_read *first = find_whole(counted, force, read->period);
    if (!first || read->is_stray || counted->same_month_allowed)
        return;
    struct text name = counted->forces[force].name;
    diag(source->diags, DIAG_SAME_INPUT, place_at(source->path, read->line, 0),
         "%s%.*s%s%.*s is in '%.*s' already: it would count twice; keep one of the files, or write "
         "'same month = allow' in [%.*s]",
         name.len ? "'" : "", TEXT_ARG(name), name.len ? "', " : "",
         TEXT_ARG(period_display(source->arena, source->dataset->periods[read->period])),
         TEXT_ARG(first->path), TEXT_ARG(source->section->title));
}

static void join_force(struct source *source, const struct force *from,
                       const struct numbers *numbers)
{
    struct counted *counted = source->state;
    size_t number = force_number(source, from->name);
    struct force *force = &counted->forces[number];
    force->rows += from->rows;
    for (size_t area = 0; area < from->area_count; area++)
        if (from->in_area[area])
            add_to_area(source, force, numbers->areas[area], from->in_area[area]);
}

void counted_join(struct source *source, const struct source *part, const struct numbers *numbers)
{
    struct counted *counted = source->state;
    const struct counted *from = part->state;
    size_t rows = 0;
    for (size_t i = 0; i < from->month_count; i++)
        rows += from->months[i].rows;
    for (size_t i = 0; i < from->force_count; i++)
        join_force(source, &from->forces[i], numbers);
    for (size_t i = 0; i < from->month_count; i++) {
        struct month_read read = from->months[i];
        size_t force = force_number(source, from->forces[read.force].name);
        read.period = numbers->periods[read.period];
        read.path = source->path;
        read.is_stray = read.rows * STRAY_SHARE < rows;
        check_month(source, &read, force);
        read.force = force;
        add_month(source, read);
    }
    counted->unlocated += from->unlocated;
    if (from->unlocated)
        counted->unlocated_area = text_copy(source->arena, from->unlocated_area);
    ids_join(source->arena, &counted->ids, &from->ids, source->path);
}

/* The force that has most of an area's rows; NULL when the area is too small a part of it. */
static const struct force *home_of(const struct counted *counted, size_t area)
{
    const struct force *home = NULL;
    size_t most = 0;
    for (size_t i = 0; i < counted->force_count; i++) {
        const struct force *force = &counted->forces[i];
        size_t rows = area < force->area_count ? force->in_area[area] : 0;
        if (rows <= most)
            continue;
        most = rows;
        home = force;
    }
    return home && most * OWN_SHARE >= home->rows ? home : NULL;
}

static void count_zeros(struct dataset *dataset, size_t area, size_t period)
{
    struct figure figure;
    for (size_t measure = 0; measure < dataset->measure_count; measure++)
        if (!dataset_find(dataset, measure, area, period, &figure))
            dataset_count(dataset, (struct row_count){.measure = (uint32_t)measure,
                                                      .area = (uint32_t)area,
                                                      .period = (uint32_t)period,
                                                      .file = UINT32_MAX});
}

static bool has_rows(const struct dataset *dataset, size_t area, size_t period)
{
    struct figure figure;
    for (size_t measure = 0; measure < dataset->measure_count; measure++)
        if (dataset_find(dataset, measure, area, period, &figure))
            return true;
    return false;
}

/*
 * A force's file of a month holds all its areas: types and areas without a row in it were counted,
 * and there were none. Where the force is not known, only the area's own rows show that its month
 * was read; without any, its figures may be missing from the export and are not zero. Nor are those
 * of an area of another force.
 */
static void add_zeros(struct source *source, size_t area, const struct force *home)
{
    struct counted *counted = source->state;
    struct dataset *dataset = source->dataset;
    size_t force = (size_t)(home - counted->forces);
    for (size_t period = 0; period < dataset->period_count; period++)
        if (home->name.len ? find_month(counted, force, period) != NULL
                           : has_rows(dataset, area, period))
            count_zeros(dataset, area, period);
}

static void tell_others(struct source *source, const struct texts *others)
{
    struct texts shown = *others;
    shown.count = others->count < AREAS_TOLD ? others->count : AREAS_TOLD;
    if (others->count)
        diag(source->diags, DIAG_NOTE, source->section->place,
             "%zu area%s too few rows to be a force's own (%.*s%s): what has no row there is not "
             "taken for zero",
             others->count, others->count == 1 ? " has" : "s have",
             TEXT_ARG(text_quote(source->arena, texts_join(source->arena, &shown, TEXT(", ")))),
             others->count > shown.count ? ", …" : "");
}

void counted_finish(struct source *source)
{
    struct counted *counted = source->state;
    struct dataset *dataset = source->dataset;
    struct texts others = {0};
    dataset->counts_rows = true;
    for (size_t area = 0; area < dataset->areas.count; area++) {
        const struct force *home = home_of(counted, area);
        if (home)
            add_zeros(source, area, home);
        else
            texts_add(source->arena, &others, dataset->areas.items[area]);
    }
    tell_others(source, &others);
    if (counted->unlocated)
        diag(source->diags, DIAG_NOTE, source->section->place,
             "%zu row%s no location: counted in '%.*s'", counted->unlocated,
             counted->unlocated == 1 ? " gives" : "s give",
             TEXT_ARG(text_quote(source->arena, counted->unlocated_area)));
    ids_tell(source->diags, &counted->ids, source->section->place);
}
