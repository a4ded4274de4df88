/*
 * references - codes that words name and no register has, and codes that nothing refers to.
 *
 * Rows with ids are a register of codes. A code is looked for in words where the register's codes
 * begin with two capitals or more: other numbers are too many things.
 */
#include "check/references_int.h"

#include <string.h>

enum { LETTERS_MIN = 2, NEAR_LETTERS_MIN = 3, LOOKED_AT_MAX = 2000, UNKNOWN_MAX = 200 };

/* ---- the codes of all sources ---- */

static struct code_shape *shape_of(struct references *references, const struct code *code)
{
    size_t known = map_find(&references->by_prefix, code->prefix, SIZE_MAX);
    if (known != SIZE_MAX)
        return &references->shapes[known];
    references->shapes = arena_grow(references->arena, references->shapes, references->shape_count,
                                    &references->shape_capacity, sizeof *references->shapes);
    map_add(&references->by_prefix, code->prefix, references->shape_count);
    struct code_shape *shape = &references->shapes[references->shape_count++];
    struct text letters = text_slice(code->prefix, 0, text_find(code->prefix, '.', 0));
    size_t number = references->shape_count - 1;
    *shape = (struct code_shape){.prefix = code->prefix,
                                 .fewest = code->count,
                                 .next = map_find(&references->by_letters, letters, SIZE_MAX)};
    if (shape->next == SIZE_MAX)
        map_add(&references->by_letters, letters, number);
    else
        map_set(&references->by_letters, letters, number);
    for (size_t i = 0; i < code->prefix.len; i++)
        shape->letters += code->prefix.ptr[i] != '.';
    return shape;
}

static void add_shape(struct references *references, const struct code *code)
{
    struct code_shape *shape = shape_of(references, code);
    shape->fewest = code->count < shape->fewest ? code->count : shape->fewest;
    shape->most = code->count > shape->most ? code->count : shape->most;
    shape->widest = code->width[0] > shape->widest ? code->width[0] : shape->widest;
}

static struct text without_end(struct text id)
{
    id = text_trim(id);
    while (id.len && strchr(" .-_:", id.ptr[id.len - 1]))
        id.len--;
    return id;
}

static void add_code(struct references *references, const struct dataset *dataset,
                     const struct action *row, struct text id)
{
    struct coded coded = {.written = without_end(id), .dataset = dataset, .row = row};
    if (!code_read(references->arena, id, &coded.code))
        return;
    add_shape(references, &coded.code);
    references->codes = arena_grow(references->arena, references->codes, references->code_count,
                                   &references->code_capacity, sizeof coded);
    references->codes[references->code_count] = coded;
    struct text key = code_key(references->arena, &coded.code);
    size_t known = map_find(&references->index, key, SIZE_MAX);
    if (known == SIZE_MAX)
        map_add(&references->index, key, references->code_count);
    else if (!row) /* figures of what a register lists */
        references->codes[known].is_referred = true;
    references->code_count++;
}

struct references *references_new(struct arena *arena, const struct dataset *const *datasets,
                                  size_t count)
{
    struct references *references = arena_calloc(arena, 1, sizeof *references);
    *references = (struct references){.arena = arena, .datasets = datasets, .count = count};
    references->index.arena = references->by_prefix.arena = references->by_letters.arena = arena;
    for (size_t d = 0; d < count; d++)
        for (size_t i = 0; i < datasets[d]->action_count; i++)
            add_code(references, datasets[d], &datasets[d]->actions[i],
                     datasets[d]->actions[i].field[ACTION_ID]);
    for (size_t d = 0; d < count; d++)
        for (size_t m = 0; m < datasets[d]->measure_count; m++)
            add_code(references, datasets[d], NULL, datasets[d]->measures[m].id);
    return references;
}

/* ---- words ---- */

/* Where words stand: of which source (NULL: of none), and from which row. */
struct reading_of {
    struct diags *diags;
    struct references *references;
    const struct dataset *dataset;
    struct text words;
    struct place place; /* of their first byte; of a cell that of the cell */
};

static struct place place_of(const struct reading_of *reading, size_t at)
{
    struct place place = reading->place;
    for (size_t i = 0; i < at && !place.column && place.line; i++)
        place.line += reading->words.ptr[i] == '\n';
    return place;
}

/* Names of substances that stand in many plans; with a space between they are codes. */
static bool is_substance(struct text token)
{
    static const char *const names[] = {"CO2", "NO2", "SO2", "NO3", "PM10", "PM2.5", "PM2", "CH4"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_is(token, names[i]))
            return true;
    return false;
}

/* The code of that prefix that is most like it. */
static struct text nearest_code(const struct references *references, struct text prefix,
                                struct text token)
{
    struct text best = TEXT_EMPTY;
    size_t least = SIZE_MAX, looked_at = 0;
    for (size_t i = 0; i < references->code_count && looked_at < LOOKED_AT_MAX; i++) {
        const struct coded *coded = &references->codes[i];
        if (!text_equal(coded->code.prefix, prefix))
            continue;
        looked_at++;
        size_t distance = text_distance(coded->written, token);
        if (distance < least) {
            least = distance;
            best = coded->written;
        }
    }
    return best;
}

static void use(const struct reading_of *reading, struct coded *coded, struct text token, size_t at)
{
    coded->is_referred =
        coded->is_referred || (reading->dataset && reading->dataset != coded->dataset);
    if (!text_equal(token, coded->written))
        diag(reading->diags, DIAG_REFERENCE_SPELLING, place_of(reading, at),
             "'%.*s' is written '%.*s' in source '%.*s'", TEXT_ARG(token), TEXT_ARG(coded->written),
             TEXT_ARG(coded->dataset->name));
}

/* Of very many the nearest is not looked for: the register is not theirs. */
static void tell_unknown(const struct reading_of *reading, struct text prefix, struct text token,
                         size_t at)
{
    struct text nearest = reading->references->unknown++ < UNKNOWN_MAX
                              ? nearest_code(reading->references, prefix, token)
                              : TEXT_EMPTY;
    diag(reading->diags, DIAG_REFERENCE, place_of(reading, at),
         "no register of this job has '%.*s'%s%.*s%s", TEXT_ARG(token),
         nearest.len ? "; the nearest is '" : "", TEXT_ARG(nearest), nearest.len ? "'" : "");
}

/* The capitals that begin at `at`. */
static struct text letters_at(struct text words, size_t at)
{
    size_t end = at;
    while (char_at(words, end) >= 'A' && char_at(words, end) <= 'Z')
        end++;
    return text_slice(words, at, end);
}

/* The code at `at` of a known prefix, the longest first; 0, or the byte behind it. */
static size_t read_known(const struct reading_of *reading, size_t at)
{
    struct references *references = reading->references;
    const struct code_shape *found = NULL;
    struct code code, best = {.count = 0};
    size_t end, best_end = 0;
    struct text letters = letters_at(reading->words, at);
    for (size_t i = map_find(&references->by_letters, letters, SIZE_MAX), next; i != SIZE_MAX;
         i = next) {
        const struct code_shape *shape = &references->shapes[i];
        next = shape->next;
        if (shape->letters < LETTERS_MIN || (found && found->letters >= shape->letters) ||
            !code_at(reading->words, at, shape->prefix, shape->most, &code, &end) ||
            code.count < shape->fewest || code.width[0] > shape->widest + 1)
            continue;
        found = shape;
        best = code;
        best_end = end;
    }
    if (!found)
        return 0;
    struct text token = text_slice(reading->words, at, best_end);
    if (is_substance(token))
        return best_end;
    size_t known = map_find(&references->index, code_key(references->arena, &best), SIZE_MAX);
    if (known == SIZE_MAX)
        tell_unknown(reading, found->prefix, token, at);
    else
        use(reading, &references->codes[known], token, at);
    return best_end;
}

/* "CSS 10" where "CCS 10" is meant: a number of as many digits behind nearly the same letters. */
static size_t read_near(const struct reading_of *reading, size_t at)
{
    struct references *references = reading->references;
    struct text letters = letters_at(reading->words, at);
    size_t end;
    if (letters.len < NEAR_LETTERS_MIN || references->shape_count > LOOKED_AT_MAX)
        return 0;
    for (size_t i = 0; i < references->shape_count; i++) {
        const struct code_shape *shape = &references->shapes[i];
        struct code code;
        if (shape->letters != letters.len || shape->most > 1 ||
            shape->prefix.ptr[0] != letters.ptr[0] || text_distance(shape->prefix, letters) != 1 ||
            !code_at(reading->words, at, letters, 1, &code, &end) || code.width[0] != shape->widest)
            continue;
        tell_unknown(reading, shape->prefix, text_slice(reading->words, at, end), at);
        return end;
    }
    return 0;
}

static void read_words(const struct reading_of *reading)
{
    for (size_t at = 0; at < reading->words.len;) {
        size_t end = 0;
        char c = reading->words.ptr[at];
        if (c >= 'A' && c <= 'Z' && !code_is_within(reading->words, at)) {
            end = read_known(reading, at);
            if (!end)
                end = read_near(reading, at);
            if (!end && reading->dataset)
                stray_add(reading->references, reading->words, at, place_of(reading, at));
        }
        at = end > at ? end : at + 1;
    }
}

void check_codes(struct diags *diags, struct references *references, struct text words,
                 struct place place)
{
    const struct reading_of reading = {
        .diags = diags, .references = references, .words = words, .place = place};
    read_words(&reading);
}

/* ---- `refers to = outcomes in Critical outcomes contributed` ---- */

/* What most codes of the register look like; NULL: it has none. */
static const struct code_shape *usual_shape(const struct references *references,
                                            const struct dataset *dataset)
{
    size_t *times = arena_calloc(references->arena, references->shape_count + 1, sizeof *times);
    size_t most = references->shape_count;
    for (size_t i = 0; i < references->code_count; i++) {
        const struct coded *coded = &references->codes[i];
        size_t shape = map_find(&references->by_prefix, coded->code.prefix, 0);
        times[shape] += coded->dataset == dataset;
        if (times[shape] > times[most])
            most = shape;
    }
    return most < references->shape_count ? &references->shapes[most] : NULL;
}

/* A number of the register, alone or of a range. */
static void use_number(const struct reading_of *reading, struct text prefix, size_t number)
{
    struct references *references = reading->references;
    struct code code = {.prefix = prefix, .number = {number}, .count = 1};
    struct text token = text_format(references->arena, "%.*s %zu", TEXT_ARG(prefix), number);
    size_t known = map_find(&references->index, code_key(references->arena, &code), SIZE_MAX);
    if (known == SIZE_MAX)
        tell_unknown(reading, prefix, text_trim(token), 0);
    else
        references->codes[known].is_referred = true;
}

/* The number at `at`, which has no letters of its own in front: such codes are read as in all
 * words. 0: there is none. */
static size_t number_at(struct text words, size_t at, size_t *number)
{
    struct code code;
    size_t end, before = at;
    while (before && words.ptr[before - 1] == ' ')
        before--;
    if (!is_digit(words.ptr[at]) || (before && is_letter(words.ptr[before - 1])) ||
        !code_at(words, at, TEXT_EMPTY, 1, &code, &end))
        return 0;
    *number = code.number[0];
    return end;
}

/* Numbers alone, "1, 2, 17-23". */
static void read_numbers(const struct reading_of *reading, struct text prefix)
{
    enum { RANGE_MAX = 100 };
    struct text words = reading->words;
    size_t last = 0, number;
    bool is_range = false;
    for (size_t at = 0; at < words.len;) {
        size_t end = number_at(words, at, &number);
        if (!end) {
            at++;
            continue;
        }
        bool is_end = is_range && number > last && number - last < RANGE_MAX;
        for (size_t n = is_end ? last + 1 : number; n <= number; n++)
            use_number(reading, prefix, n);
        struct text rest = text_trim(text_slice(words, end, words.len));
        is_range = text_starts(rest, TEXT("-")) || text_starts(rest, TEXT("\u2013"));
        last = number;
        at = end;
    }
}

/* What a line of `refers to` says; false after a message. */
static bool read_relation(struct diags *diags, const struct references *references,
                          const struct dataset *dataset, struct text line,
                          const struct dataset **to, enum action_field *field)
{
    const char *in = memmem(line.ptr, line.len, " in ", 4);
    size_t at = in ? (size_t)(in - line.ptr) : line.len;
    struct text name = text_trim(text_slice(line, 0, at));
    *to = NULL;
    for (size_t d = 0; d < references->count; d++)
        if (text_same_name(references->datasets[d]->name, name))
            *to = references->datasets[d];
    if (!in || !*to) {
        diag(diags, DIAG_BAD_VALUE, dataset->refers_to_place,
             "'%.*s' does not say to which source a column refers: expected 'SOURCE in COLUMN', as "
             "in 'outcomes in Outcomes served'",
             TEXT_ARG(text_quote(diags->arena, line)));
        return false;
    }
    struct text column = text_trim(text_slice(line, at + 4, line.len));
    if (dataset_action_field(dataset, column, field))
        return true;
    diag(diags, DIAG_BAD_VALUE, dataset->refers_to_place, "source '%.*s' has no column '%.*s'",
         TEXT_ARG(dataset->name), TEXT_ARG(text_quote(diags->arena, column)));
    return false;
}

static void check_relations(struct diags *diags, struct references *references,
                            const struct dataset *dataset)
{
    struct text_pieces lines = text_split(dataset->refers_to, '\n');
    for (struct text line; text_next(&lines, &line);) {
        const struct dataset *to;
        enum action_field field = ACTION_ID;
        if (!line.len || dataset->incomplete ||
            !read_relation(diags, references, dataset, line, &to, &field))
            continue;
        const struct code_shape *shape = usual_shape(references, to);
        if (!shape && !to->incomplete)
            check_tags(diags, dataset, field, to);
        if (!shape || shape->most > 1)
            continue; /* its codes are no numbers alone */
        for (size_t i = 0; i < dataset->action_count; i++) {
            const struct reading_of reading = {.diags = diags,
                                               .references = references,
                                               .dataset = dataset,
                                               .words =
                                                   action_text(&dataset->actions[i], field).plain,
                                               .place = action_place(&dataset->actions[i], field)};
            read_numbers(&reading, shape->prefix);
        }
    }
}

/* ---- what is not referred to ---- */

static bool is_to_be_referred(const struct references *references, const struct dataset *dataset)
{
    size_t codes = 0, referred = 0;
    for (size_t i = 0; i < references->code_count; i++) {
        codes += references->codes[i].dataset == dataset && references->codes[i].row;
        referred += references->codes[i].dataset == dataset && references->codes[i].is_referred;
    }
    return referred && 2 * referred >= codes;
}

/* Where most codes of a register are referred to, those that are not may have lost it. */
static void check_referred(struct diags *diags, const struct references *references,
                           const struct dataset *dataset)
{
    struct texts missing = {0};
    const struct action *first = NULL;
    if (!is_to_be_referred(references, dataset))
        return;
    for (size_t i = 0; i < references->code_count; i++) {
        const struct coded *coded = &references->codes[i];
        if (coded->dataset != dataset || coded->is_referred || !coded->row)
            continue;
        first = first ? first : coded->row;
        texts_add(references->arena, &missing, coded->written);
    }
    if (first)
        diag(diags, DIAG_REFERENCE, action_place(first, ACTION_ID),
             "no row of another source refers to %.*s of '%.*s', as rows do to the others: if one "
             "should, its cell may have been cut off",
             TEXT_ARG(texts_join(references->arena, &missing, TEXT(", "))),
             TEXT_ARG(dataset->name));
}

void check_references(struct diags *diags, struct references *references)
{
    for (size_t d = 0; d < references->count; d++) {
        const struct dataset *dataset = references->datasets[d];
        check_sequence(diags, references, dataset);
        check_groups(diags, references, dataset);
        for (size_t i = 0; i < dataset->action_count; i++)
            for (size_t f = 0; f < dataset_action_fields(dataset); f++) {
                enum action_field field = (enum action_field)f;
                const struct reading_of reading = {
                    .diags = diags,
                    .references = references,
                    .dataset = dataset,
                    .words = action_text(&dataset->actions[i], field).plain,
                    .place = action_place(&dataset->actions[i], field)};
                if (field != ACTION_ID)
                    read_words(&reading);
            }
        check_relations(diags, references, dataset);
    }
    for (size_t d = 0; d < references->count; d++)
        check_referred(diags, references, references->datasets[d]);
    check_strays(diags, references);
}
