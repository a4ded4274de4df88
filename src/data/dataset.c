#include "data/dataset.h"

#include "data/id.h"

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

const char *basis_word(enum basis basis)
{
    static const char *const words[] = {"unknown",  "counted", "standardised", "survey",
                                        "modelled", "index",   "excess"};
    return words[basis];
}

bool basis_read(struct text t, enum basis *out)
{
    for (int basis = BASIS_COUNTED; basis < BASES; basis++)
        if (text_same_name(t, text_from(basis_word((enum basis)basis)))) {
            *out = (enum basis)basis;
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
    dataset->measure_index.arena = dataset->area_index.arena = dataset->period_index.arena = arena;
    dataset->name = dataset->title = name;
    dataset->source = dataset->note = dataset->hiding.people = dataset->refers_to = TEXT_EMPTY;
    dataset->settle_days = SETTLE_DAYS;
    for (int f = 0; f < ACTION_FIELDS; f++)
        dataset->action_headers[f] = TEXT_EMPTY;
    return dataset;
}

struct date dataset_as_at(const struct dataset *dataset, struct date as_at)
{
    return dataset->is_earlier && date_is_known(dataset->extracted) ? dataset->extracted : as_at;
}

bool dataset_is_lost(const struct dataset *dataset)
{
    return dataset->incomplete && !dataset->measure_count && !dataset->action_count;
}

/* ---- names to numbers ---- */

/* What period_same() compares. */
static struct text period_key(struct arena *arena, struct period period)
{
    const long days[] = {date_number(period.start), date_number(period.end)};
    if (!date_is_known(period.start))
        return text_format(arena, "%d %.*s", period.start.year, TEXT_ARG(period.label));
    return text_copy(arena, (struct text){(const char *)days, sizeof days});
}

static size_t add_measure(struct dataset *dataset, struct text name, struct place place)
{
    name = text_copy(dataset->arena, name);
    struct measure measure = {
        .name = name,
        .id = TEXT_EMPTY,
        .label = name,
        .slug = text_slug(dataset->arena, name),
        .group = TEXT_EMPTY,
        .unit = TEXT_EMPTY,
        .note = TEXT_EMPTY,
        .age = TEXT_EMPTY,
        .owner = {TEXT_EMPTY, TEXT_EMPTY, TEXT_EMPTY},
        .parent = SIZE_MAX,
        .place = place,
    };
    dataset->measures = arena_grow(dataset->arena, dataset->measures, dataset->measure_count,
                                   &dataset->measure_capacity, sizeof measure);
    dataset->measures[dataset->measure_count] = measure;
    return dataset->measure_count++;
}

size_t dataset_measure(struct dataset *dataset, struct text name, struct place place)
{
    size_t number = map_find(&dataset->measure_index, name, SIZE_MAX);
    if (number != SIZE_MAX)
        return number;
    number = add_measure(dataset, name, place);
    map_add(&dataset->measure_index, dataset->measures[number].name, number);
    return number;
}

size_t dataset_area(struct dataset *dataset, struct text name)
{
    size_t number = map_find(&dataset->area_index, name, SIZE_MAX);
    if (number != SIZE_MAX)
        return number;
    texts_add(dataset->arena, &dataset->areas, text_copy(dataset->arena, name));
    number = dataset->areas.count - 1;
    map_add(&dataset->area_index, dataset->areas.items[number], number);
    return number;
}

size_t dataset_period(struct dataset *dataset, struct period period)
{
    struct text key = period_key(dataset->arena, period);
    size_t number = map_find(&dataset->period_index, key, SIZE_MAX);
    if (number != SIZE_MAX)
        return number;
    map_add(&dataset->period_index, key, dataset->period_count);
    dataset->periods = arena_grow(dataset->arena, dataset->periods, dataset->period_count,
                                  &dataset->period_capacity, sizeof period);
    dataset->periods[dataset->period_count] = period;
    return dataset->period_count++;
}

/* ---- figures ---- */

enum { CHUNK = 1024 }; /* counts that are made at once */

static struct row_count *count_at(const struct dataset *dataset, size_t i)
{
    return &dataset->counts[i / CHUNK][i % CHUNK];
}

const struct row_count *dataset_count_at(const struct dataset *dataset, size_t i)
{
    return count_at(dataset, i);
}

static bool has_keys(const struct dataset *dataset, size_t i, size_t measure, size_t area,
                     size_t period)
{
    if (dataset->counts) {
        const struct row_count *count = count_at(dataset, i);
        return count->measure == measure && count->area == area && count->period == period;
    }
    const struct figure *figure = &dataset->figures[i];
    return figure->measure == measure && figure->area == area && figure->period == period;
}

static size_t index_slot(const struct dataset *dataset, size_t measure, size_t area, size_t period)
{
    uint64_t hash = measure * UINT64_C(0x9E3779B97F4A7C15) + area * UINT64_C(0xC2B2AE3D27D4EB4F) +
                    period * UINT64_C(0x165667B19E3779F9);
    size_t slot = (size_t)(hash >> 32) & (dataset->index_size - 1);
    for (;; slot = (slot + 1) & (dataset->index_size - 1)) {
        uint32_t entry = dataset->index[slot];
        if (entry == 0 || has_keys(dataset, entry - 1, measure, area, period))
            return slot;
    }
}

/* The number of the figure with these keys, from 1; 0: there is none. */
static size_t find(const struct dataset *dataset, size_t measure, size_t area, size_t period)
{
    if (!dataset->index_size)
        return 0;
    return dataset->index[index_slot(dataset, measure, area, period)];
}

/* The place of the first row counted. */
static struct place count_place(const struct dataset *dataset, const struct row_count *count)
{
    if (count->file >= dataset->account.count)
        return dataset->place;
    const struct file_account *file = &dataset->account.files[count->file];
    if (file->sheet.len)
        return place_in_sheet(file->path, file->sheet, count->line, count->column);
    return place_at(file->path, count->line, count->column);
}

struct figure dataset_figure_at(const struct dataset *dataset, size_t i)
{
    if (!dataset->counts)
        return dataset->figures[i];
    const struct row_count *count = count_at(dataset, i);
    if (count->shown)
        return *count->shown;
    struct figure figure = {
        .measure = count->measure,
        .area = count->area,
        .period = count->period,
        .value = {.present = true,
                  .number = decimal_from((int64_t)count->rows),
                  .markers = count->markers},
        .note = TEXT_EMPTY,
        .place = count_place(dataset, count),
    };
    figure_settle(&figure);
    return figure;
}

bool dataset_find(const struct dataset *dataset, size_t measure, size_t area, size_t period,
                  struct figure *out)
{
    size_t number = find(dataset, measure, area, period);
    if (number)
        *out = dataset_figure_at(dataset, number - 1);
    return number > 0;
}

struct figure *dataset_figure(const struct dataset *dataset, size_t measure, size_t area,
                              size_t period)
{
    size_t number = find(dataset, measure, area, period);
    if (!number)
        return NULL;
    if (!dataset->counts)
        return &dataset->figures[number - 1];
    struct row_count *count = count_at(dataset, number - 1);
    if (!count->shown) {
        struct figure *shown = arena_alloc(dataset->arena, sizeof *shown);
        *shown = dataset_figure_at(dataset, number - 1);
        count->shown = shown;
    }
    return count->shown;
}

static void index_put(struct dataset *dataset, size_t i, size_t measure, size_t area, size_t period)
{
    dataset->index[index_slot(dataset, measure, area, period)] = (uint32_t)(i + 1);
}

static void index_grow(struct dataset *dataset)
{
    dataset->index_size = dataset->index_size ? dataset->index_size * 2 : 64;
    dataset->index = arena_calloc(dataset->arena, dataset->index_size, sizeof *dataset->index);
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct row_count *c = dataset->counts ? count_at(dataset, i) : NULL;
        const struct figure *f = c ? NULL : &dataset->figures[i];
        index_put(dataset, i, c ? c->measure : f->measure, c ? c->area : f->area,
                  c ? c->period : f->period);
    }
}

static void add_chunk(struct dataset *dataset)
{
    dataset->counts = arena_grow(dataset->arena, dataset->counts, dataset->chunk_count,
                                 &dataset->chunk_capacity, sizeof(struct row_count *));
    dataset->counts[dataset->chunk_count++] =
        arena_calloc(dataset->arena, CHUNK, sizeof(struct row_count));
}

void dataset_count(struct dataset *dataset, struct row_count count)
{
    size_t number = find(dataset, count.measure, count.area, count.period);
    if (number) {
        struct row_count *there = count_at(dataset, number - 1);
        there->rows += count.rows;
        there->markers |= count.markers;
        return;
    }
    if ((dataset->figure_count + 1) * 2 > dataset->index_size)
        index_grow(dataset);
    if (dataset->figure_count == dataset->chunk_count * CHUNK)
        add_chunk(dataset);
    *count_at(dataset, dataset->figure_count) = count;
    index_put(dataset, dataset->figure_count, count.measure, count.area, count.period);
    dataset->figure_count++;
}

bool dataset_count_one(struct dataset *dataset, size_t measure, size_t area, size_t period,
                       unsigned markers)
{
    size_t number = find(dataset, measure, area, period);
    if (!number)
        return false;
    struct row_count *there = count_at(dataset, number - 1);
    there->rows++;
    there->markers |= (uint16_t)markers;
    return true;
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
    *out = dataset->stopped_sum;
    if (dataset->stopped_sum_is_lost)
        return false;
    for (size_t i = 0; i < dataset->figure_count; i++) {
        struct value value = dataset_figure_at(dataset, i).value;
        if (value.present && !decimal_add(*out, value.number, out))
            return false;
    }
    return true;
}

struct action *dataset_add_action(struct dataset *dataset, struct action action)
{
    dataset->actions = arena_grow(dataset->arena, dataset->actions, dataset->action_count,
                                  &dataset->action_capacity, sizeof action);
    dataset->actions[dataset->action_count] = action;
    return &dataset->actions[dataset->action_count++];
}

bool dataset_action_field(const struct dataset *dataset, struct text name, enum action_field *field)
{
    if (action_field_read(name, field) && dataset->action_headers[*field].len)
        return true;
    for (size_t f = 0; f < dataset_action_fields(dataset); f++) {
        struct text header = dataset_action_header(dataset, (enum action_field)f);
        if (header.len && text_same_name(header, name)) {
            *field = (enum action_field)f;
            return true;
        }
    }
    return false;
}

bool dataset_action_field_of(const struct dataset *dataset, const char *const *names, size_t count,
                             enum action_field *field)
{
    for (size_t i = 0; i < count; i++)
        if (dataset_action_field(dataset, text_from(names[i]), field))
            return true;
    return false;
}

size_t dataset_action_fields(const struct dataset *dataset)
{
    return ACTION_FIELDS + dataset->further_headers.count;
}

struct text dataset_action_header(const struct dataset *dataset, enum action_field field)
{
    return field < ACTION_FIELDS ? dataset->action_headers[field]
                                 : dataset->further_headers.items[field - ACTION_FIELDS];
}

struct rich dataset_action_name(const struct dataset *dataset, const struct action *action)
{
    struct rich name = action_text(action, ACTION_TITLE);
    unsigned id = action_place(action, ACTION_ID).column;
    for (size_t f = 0; f < dataset_action_fields(dataset) && !name.plain.len; f++)
        if (action_place(action, (enum action_field)f).column == id + 1)
            name = action_text(action, (enum action_field)f);
    return name;
}

const struct action *dataset_action_of(const struct dataset *dataset, struct text id)
{
    struct arena *arena = arena_new();
    const struct action *found = NULL;
    for (size_t i = 0; i < dataset->action_count && !found; i++) {
        const struct action *action = &dataset->actions[i];
        if (action->field[ACTION_ID].len && id_same(arena, action->field[ACTION_ID], id))
            found = action;
    }
    arena_free(arena);
    return found;
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
    buffer_format(&out, "%zu row%s read, %zu used, %zu rejected", file->read,
                  file->read == 1 ? "" : "s", file->used, file->rejected);
    for (size_t i = 0; i < file->exclusion_count; i++)
        buffer_format(&out, ", %zu left out (%.*s)", file->exclusions[i].rows,
                      TEXT_ARG(text_quote(arena, file->exclusions[i].rule)));
    for (size_t i = 0; i < file->repair_count; i++)
        buffer_format(&out, ", %zu repaired (%.*s)", file->repairs[i].count,
                      TEXT_ARG(file->repairs[i].what));
    return buffer_text(&out);
}
