/*
 * parts - files that are read apart, a thread a file, and joined in the order of the files: the
 * result and the messages are those of reading them one after the other, whatever the number of
 * threads.
 */
#include "read/read_int.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>

enum {
    THREADS_MAX = 8,
    AHEAD = 2 /* parts that may wait to be joined, besides those being read */
};

/* One file while it is on its own. */
struct part {
    struct arena *arena;
    struct diags diags;
    struct source source;
    bool is_read;
};

struct parts {
    struct source start; /* as it was before the first part was joined */
    const void *state;   /* the dialect's, at that time */
    const struct texts *files;
    struct place place;
    struct part *parts; /* one a file */
    size_t messages;    /* those before the first part */
    size_t ahead;       /* how many parts may be there and not be joined */

    pthread_mutex_t lock; /* of what follows, and is_read of all parts */
    pthread_cond_t changed;
    size_t next;
    size_t joined;
};

static void read_part(struct parts *parts, size_t number, bool can_be_dropped)
{
    struct part *part = &parts->parts[number];
    const struct source *start = &parts->start;
    size_t state_size = start->dialect->reader->state_size;
    part->arena = arena_new();
    part->diags = diags_new(part->arena);
    part->source = *start;
    part->source.arena = part->arena;
    part->source.diags = &part->diags;
    part->source.dataset = dataset_new(part->arena, start->dataset->name);
    part->source.dataset->place = start->dataset->place;
    part->source.state = arena_alloc(part->arena, state_size);
    memcpy(part->source.state, parts->state, state_size);
    part->source.can_be_dropped = can_be_dropped;
    source_read_file(&part->source, parts->files->items[number], parts->place);
}

/* Nearly every file can be read in one pass; one that is no UTF-8 after all begins anew. */
static void part_read(struct parts *parts, size_t number)
{
    struct part *part = &parts->parts[number];
    read_part(parts, number, true);
    if (!part->source.drop)
        return;
    arena_free(part->arena);
    read_part(parts, number, false);
}

static struct text copied(struct source *source, struct text t)
{
    return text_copy(source->arena, t);
}

/* What a period was taken for is told once a source, not once a file. */
static bool is_told(const struct diags *diags, size_t from, const struct diag *message)
{
    for (size_t i = from; i < diags->count && message->kind == DIAG_PERIOD_ASSUMED; i++)
        if (diags->items[i].kind == message->kind &&
            text_equal(diags->items[i].message, message->message))
            return true;
    return false;
}

static void join_messages(struct source *source, const struct diags *diags, size_t from)
{
    for (size_t i = 0; i < diags->count; i++) {
        struct place place = diags->items[i].place;
        if (is_told(source->diags, from, &diags->items[i]))
            continue;
        place.file = copied(source, place.file);
        place.part = copied(source, place.part);
        diag(source->diags, diags->items[i].kind, place, "%.*s", TEXT_ARG(diags->items[i].message));
    }
}

static void join_account(struct source *source, const struct file_account *from)
{
    struct file_account *to = source->account;
    struct text path = to->path;
    *to = *from;
    to->path = path;
    to->sheet = copied(source, from->sheet);
    to->sha256 = copied(source, from->sha256);
    to->encoding = copied(source, from->encoding);
    to->exclusions = NULL;
    to->exclusion_count = to->exclusion_capacity = 0;
    for (size_t i = 0; i < from->exclusion_count; i++)
        account_exclude(source->arena, to, copied(source, from->exclusions[i].rule),
                        from->exclusions[i].rows);
    to->repairs = NULL;
    to->repair_count = to->repair_capacity = 0;
    for (size_t i = 0; i < from->repair_count; i++) {
        account_repair(source->arena, to, from->repairs[i].what);
        to->repairs[to->repair_count - 1].count = from->repairs[i].count;
    }
}

static struct place whole_place(struct source *source, struct place place)
{
    place.file = source->path;
    place.part = copied(source, place.part);
    return place;
}

static size_t *join_measures(struct source *source, const struct source *part)
{
    size_t *numbers = arena_calloc(part->arena, part->dataset->measure_count, sizeof *numbers);
    for (size_t i = 0; i < part->dataset->measure_count; i++) {
        const struct measure *measure = &part->dataset->measures[i];
        numbers[i] = dataset_measure(source->dataset, measure->name, measure->place);
        struct measure *joined = &source->dataset->measures[numbers[i]];
        if (numbers[i] + 1 == source->dataset->measure_count)
            joined->place = whole_place(source, joined->place);
    }
    return numbers;
}

static size_t *join_areas(struct source *source, const struct source *part)
{
    size_t *numbers = arena_calloc(part->arena, part->dataset->areas.count, sizeof *numbers);
    for (size_t i = 0; i < part->dataset->areas.count; i++)
        numbers[i] = dataset_area(source->dataset, part->dataset->areas.items[i]);
    return numbers;
}

static size_t *join_periods(struct source *source, const struct source *part)
{
    size_t *numbers = arena_calloc(part->arena, part->dataset->period_count, sizeof *numbers);
    for (size_t i = 0; i < part->dataset->period_count; i++) {
        struct period period = part->dataset->periods[i];
        size_t before = source->dataset->period_count;
        numbers[i] = dataset_period(source->dataset, period);
        if (numbers[i] < before)
            continue;
        struct period *joined = &source->dataset->periods[numbers[i]];
        joined->label = copied(source, period.label);
        joined->note = copied(source, period.note);
    }
    return numbers;
}

static void join_counts(struct source *source, const struct source *part,
                        const struct numbers *numbers)
{
    for (size_t i = 0; i < part->dataset->figure_count; i++) {
        struct row_count count = *dataset_count_at(part->dataset, i);
        count.measure = (uint32_t)numbers->measures[count.measure];
        count.area = (uint32_t)numbers->areas[count.area];
        count.period = (uint32_t)numbers->periods[count.period];
        count.file = (uint32_t)numbers->file;
        dataset_count(source->dataset, count);
    }
}

/* Takes in what a part has; `messages` are those before the first part. */
static void join_part(struct source *source, struct part *part, struct text path,
                      struct place place, size_t messages)
{
    const struct file_account *account = &part->source.dataset->account.files[0];
    source->path = path;
    source->account = account_add_file(source->dataset, path);
    source->account->bytes = account->bytes;
    source->account->sha256 = copied(source, account->sha256);
    if (account->sha256.len && export_is_repeated(source, place))
        return;
    join_messages(source, &part->diags, messages);
    join_account(source, account);
    lookup_merge(source->arena, &source->misses, &part->source.misses);
    const struct numbers numbers = {
        .measures = join_measures(source, &part->source),
        .areas = join_areas(source, &part->source),
        .periods = join_periods(source, &part->source),
        .file = source->dataset->account.count - 1,
    };
    join_counts(source, &part->source, &numbers);
    if (date_compare(part->source.dataset->last_event, source->dataset->last_event) > 0)
        source->dataset->last_event = part->source.dataset->last_event;
    source->dialect->reader->join(source, &part->source, &numbers);
}

/* Reads the next file that nobody has taken; false when there is none. */
static bool read_next(struct parts *parts)
{
    pthread_mutex_lock(&parts->lock);
    while (parts->next < parts->files->count && parts->next >= parts->joined + parts->ahead)
        pthread_cond_wait(&parts->changed, &parts->lock);
    size_t number = parts->next;
    bool is_one = number < parts->files->count;
    parts->next += is_one;
    pthread_mutex_unlock(&parts->lock);
    if (!is_one)
        return false;
    part_read(parts, number);
    pthread_mutex_lock(&parts->lock);
    parts->parts[number].is_read = true;
    pthread_cond_broadcast(&parts->changed);
    pthread_mutex_unlock(&parts->lock);
    return true;
}

static void *work(void *user)
{
    while (read_next(user))
        ;
    return NULL;
}

static void join_next(struct source *source, struct parts *parts)
{
    size_t i = parts->joined;
    struct part *part = &parts->parts[i];
    pthread_mutex_lock(&parts->lock);
    while (!part->is_read)
        pthread_cond_wait(&parts->changed, &parts->lock);
    pthread_mutex_unlock(&parts->lock);
    join_part(source, part, parts->files->items[i], parts->place, parts->messages);
    arena_free(part->arena);
    pthread_mutex_lock(&parts->lock);
    parts->joined = i + 1;
    pthread_cond_broadcast(&parts->changed);
    pthread_mutex_unlock(&parts->lock);
}

/* A lookup is made ready by the first file that needs it: for all others, before they are read. */
static void read_first(struct source *source, struct parts *parts)
{
    read_next(parts);
    const struct lookup *ready = &parts->parts[0].source.lookup;
    source->lookup = *ready;
    source->lookup.column = copied(source, ready->column);
    source->lookup.rule = copied(source, ready->rule);
    join_next(source, parts);
    parts->start.lookup = source->lookup;
}

static size_t threads_for(const struct source *source, size_t files)
{
    cpu_set_t processors;
    size_t threads = source->threads;
    if (!threads && sched_getaffinity(0, sizeof processors, &processors) == 0)
        threads = (size_t)CPU_COUNT(&processors);
    threads = threads < files ? threads : files;
    return threads < THREADS_MAX ? threads : THREADS_MAX;
}

void parts_read(struct source *source, const struct texts *files, struct place place)
{
    size_t wanted = threads_for(source, files->count), threads = 0;
    pthread_t ids[THREADS_MAX];
    void *state = arena_alloc(source->arena, source->dialect->reader->state_size);
    struct parts parts = {
        .start = *source,
        .state = memcpy(state, source->state, source->dialect->reader->state_size),
        .files = files,
        .place = place,
        .parts = arena_calloc(source->arena, files->count, sizeof *parts.parts),
        .messages = source->diags->count,
        .ahead = wanted + AHEAD,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .changed = PTHREAD_COND_INITIALIZER,
    };
    if (source->lookup.count && files->count)
        read_first(source, &parts);
    while (wanted > 1 && threads < wanted && pthread_create(&ids[threads], NULL, work, &parts) == 0)
        threads++;
    while (parts.joined < files->count) {
        if (threads == 0)
            read_next(&parts);
        join_next(source, &parts);
    }
    source->account = NULL;
    while (threads > 0)
        pthread_join(ids[--threads], NULL);
    pthread_mutex_destroy(&parts.lock);
    pthread_cond_destroy(&parts.changed);
}
