#include "data/dataset.h"

#include <string.h>

static const char *const kind_words[KINDS] = {"count",  "money",   "rate",  "percent", "mean",
                                              "median", "lifeexp", "score", "rank",    "index"};

const char *measure_kind_word(enum measure_kind kind)
{
    return kind_words[kind];
}

bool measure_kind_read(struct text t, enum measure_kind *out)
{
    static const struct {
        const char *word;
        enum measure_kind kind;
    } also[] = {{"percentage", KIND_PERCENT},
                {"proportion", KIND_PERCENT},
                {"life expectancy", KIND_LIFE_EXPECTANCY},
                {"days", KIND_MEAN},
                {"gbp", KIND_MONEY}};
    for (int kind = 0; kind < KINDS; kind++)
        if (text_same_name(t, text_from(kind_words[kind]))) {
            *out = (enum measure_kind)kind;
            return true;
        }
    for (size_t i = 0; i < sizeof also / sizeof also[0]; i++)
        if (text_same_name(t, text_from(also[i].word))) {
            *out = also[i].kind;
            return true;
        }
    return false;
}

const char *relation_word(enum relation relation)
{
    static const char *const words[] = {"undeclared", "total",   "part",        "of which",
                                        "flag",       "outside", "non-additive"};
    return words[relation];
}

struct dataset *dataset_new(struct arena *arena, struct text name)
{
    struct dataset *dataset = arena_alloc(arena, sizeof *dataset);
    dataset->arena = arena;
    dataset->name = dataset->title = name;
    dataset->note = TEXT_EMPTY;
    for (int f = 0; f < ACTION_FIELDS; f++)
        dataset->action_headers[f] = TEXT_EMPTY;
    return dataset;
}

bool dataset_is_lost(const struct dataset *dataset)
{
    return dataset->incomplete && !dataset->measure_count && !dataset->action_count;
}

size_t dataset_measure(struct dataset *dataset, struct text name, struct place place)
{
    for (size_t i = 0; i < dataset->measure_count; i++)
        if (text_equal(dataset->measures[i].name, name))
            return i;
    name = text_copy(dataset->arena, name);
    struct measure measure = {
        .name = name,
        .id = TEXT_EMPTY,
        .label = name,
        .slug = text_slug(dataset->arena, name),
        .group = TEXT_EMPTY,
        .unit = TEXT_EMPTY,
        .note = TEXT_EMPTY,
        .polarity = TEXT_EMPTY,
        .frequency = TEXT_EMPTY,
        .owner = TEXT_EMPTY,
        .parent = SIZE_MAX,
        .place = place,
    };
    dataset->measures = arena_grow(dataset->arena, dataset->measures, dataset->measure_count,
                                   &dataset->measure_capacity, sizeof measure);
    dataset->measures[dataset->measure_count] = measure;
    return dataset->measure_count++;
}

size_t dataset_area(struct dataset *dataset, struct text name)
{
    size_t at = texts_find(&dataset->areas, name);
    if (at == dataset->areas.count)
        texts_add(dataset->arena, &dataset->areas, text_copy(dataset->arena, name));
    return at;
}

size_t dataset_period(struct dataset *dataset, struct period period)
{
    for (size_t i = 0; i < dataset->period_count; i++)
        if (period_same(dataset->periods[i], period))
            return i;
    dataset->periods = arena_grow(dataset->arena, dataset->periods, dataset->period_count,
                                  &dataset->period_capacity, sizeof period);
    dataset->periods[dataset->period_count] = period;
    return dataset->period_count++;
}

static size_t index_slot(const struct dataset *dataset, size_t measure, size_t area, size_t period)
{
    uint64_t hash = measure * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ area) * UINT64_C(0xC2B2AE3D27D4EB4F);
    hash = (hash ^ period) * UINT64_C(0x165667B19E3779F9);
    size_t slot = (size_t)(hash >> 20) & (dataset->index_size - 1);
    for (;; slot = (slot + 1) & (dataset->index_size - 1)) {
        uint32_t entry = dataset->index[slot];
        if (entry == 0)
            return slot;
        const struct figure *figure = &dataset->figures[entry - 1];
        if (figure->measure == measure && figure->area == area && figure->period == period)
            return slot;
    }
}

struct figure *dataset_figure(const struct dataset *dataset, size_t measure, size_t area,
                              size_t period)
{
    if (!dataset->index_size)
        return NULL;
    uint32_t entry = dataset->index[index_slot(dataset, measure, area, period)];
    return entry ? &dataset->figures[entry - 1] : NULL;
}

static void index_grow(struct dataset *dataset)
{
    dataset->index_size = dataset->index_size ? dataset->index_size * 2 : 64;
    dataset->index = arena_calloc(dataset->arena, dataset->index_size, sizeof *dataset->index);
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure *f = &dataset->figures[i];
        dataset->index[index_slot(dataset, f->measure, f->area, f->period)] = (uint32_t)(i + 1);
    }
}

void figure_settle(struct figure *figure)
{
    value_mark(&figure->value, 0);
    value_mark(&figure->denominator, 0);
    bool hides_count = figure->value.markers & MARKER_CONFIDENTIAL && figure->count.present;
    value_mark(&figure->count, hides_count ? MARKER_CONFIDENTIAL : 0);
}

struct figure *dataset_add_figure(struct dataset *dataset, struct figure figure)
{
    figure_settle(&figure); /* whoever reads it: nothing hidden gets into the model */
    if ((dataset->figure_count + 1) * 2 > dataset->index_size)
        index_grow(dataset);
    dataset->figures = arena_grow(dataset->arena, dataset->figures, dataset->figure_count,
                                  &dataset->figure_capacity, sizeof figure);
    dataset->figures[dataset->figure_count] = figure;
    size_t slot = index_slot(dataset, figure.measure, figure.area, figure.period);
    dataset->index[slot] = (uint32_t)(dataset->figure_count + 1);
    return &dataset->figures[dataset->figure_count++];
}

bool dataset_sum(const struct dataset *dataset, struct decimal *out)
{
    *out = decimal_from(0);
    for (size_t i = 0; i < dataset->figure_count; i++)
        if (dataset->figures[i].value.present &&
            !decimal_add(*out, dataset->figures[i].value.number, out))
            return false;
    return true;
}

struct action *dataset_add_action(struct dataset *dataset, struct action action)
{
    dataset->actions = arena_grow(dataset->arena, dataset->actions, dataset->action_count,
                                  &dataset->action_capacity, sizeof action);
    dataset->actions[dataset->action_count] = action;
    return &dataset->actions[dataset->action_count++];
}

struct file_account *account_add_file(struct dataset *dataset, struct text path)
{
    struct account *account = &dataset->account;
    struct file_account file = {.path = path,
                                .sheet = TEXT_EMPTY,
                                .sha256 = TEXT_EMPTY,
                                .encoding = TEXT_EMPTY,
                                .delimiter = ','};
    account->files =
        arena_grow(dataset->arena, account->files, account->count, &account->capacity, sizeof file);
    account->files[account->count] = file;
    return &account->files[account->count++];
}

void account_exclude(struct arena *arena, struct file_account *file, struct text rule, size_t rows)
{
    for (size_t i = 0; i < file->exclusion_count; i++)
        if (text_equal(file->exclusions[i].rule, rule)) {
            file->exclusions[i].rows += rows;
            return;
        }
    file->exclusions = arena_grow(arena, file->exclusions, file->exclusion_count,
                                  &file->exclusion_capacity, sizeof *file->exclusions);
    file->exclusions[file->exclusion_count++] = (struct exclusion){rule, rows};
}

static void account_repair_times(struct arena *arena, struct file_account *file, struct text what,
                                 size_t times)
{
    for (size_t i = 0; i < file->repair_count; i++)
        if (text_equal(file->repairs[i].what, what)) {
            file->repairs[i].count += times;
            return;
        }
    file->repairs = arena_grow(arena, file->repairs, file->repair_count, &file->repair_capacity,
                               sizeof *file->repairs);
    file->repairs[file->repair_count++] = (struct repair){text_copy(arena, what), times};
}

void account_repair(struct arena *arena, struct file_account *file, struct text what)
{
    account_repair_times(arena, file, what, 1);
}

void account_add_value(struct file_account *file, struct value value)
{
    if (value.present && !decimal_add(file->sum, value.number, &file->sum))
        file->sum_is_lost = true;
}

size_t account_excluded(const struct file_account *file)
{
    size_t excluded = 0;
    for (size_t i = 0; i < file->exclusion_count; i++)
        excluded += file->exclusions[i].rows;
    return excluded;
}

size_t account_repaired(const struct file_account *file)
{
    size_t repaired = 0;
    for (size_t i = 0; i < file->repair_count; i++)
        repaired += file->repairs[i].count;
    return repaired;
}

bool account_balances(const struct file_account *file)
{
    return file->read == file->used + account_excluded(file) + file->rejected;
}

struct file_account account_total(struct arena *arena, const struct account *account)
{
    struct file_account total = {
        .path = TEXT_EMPTY, .sheet = TEXT_EMPTY, .sha256 = TEXT_EMPTY, .encoding = TEXT_EMPTY};
    for (size_t i = 0; i < account->count; i++) {
        const struct file_account *file = &account->files[i];
        if (file->is_lookup)
            continue;
        total.bytes += file->bytes;
        total.read += file->read;
        total.used += file->used;
        total.rejected += file->rejected;
        total.sum_is_lost = total.sum_is_lost || file->sum_is_lost;
        account_add_value(&total, (struct value){.present = true, .number = file->sum});
        for (size_t e = 0; e < file->exclusion_count; e++)
            account_exclude(arena, &total, file->exclusions[e].rule, file->exclusions[e].rows);
        for (size_t r = 0; r < file->repair_count; r++)
            account_repair_times(arena, &total, file->repairs[r].what, file->repairs[r].count);
    }
    return total;
}

struct text account_text(struct arena *arena, const struct file_account *file)
{
    struct buffer out = {.arena = arena};
    buffer_format(&out, "%zu rows read, %zu used, %zu rejected", file->read, file->used,
                  file->rejected);
    for (size_t i = 0; i < file->exclusion_count; i++)
        buffer_format(&out, ", %zu left out (%.*s)", file->exclusions[i].rows,
                      TEXT_ARG(text_quote(arena, file->exclusions[i].rule)));
    for (size_t i = 0; i < file->repair_count; i++)
        buffer_format(&out, ", %zu repaired (%.*s)", file->repairs[i].count,
                      TEXT_ARG(file->repairs[i].what));
    return buffer_text(&out);
}
