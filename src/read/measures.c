/* measures - what [measure NAME] says of the measures of a source. */
#include "read/figures_int.h"

static const struct ini_key measure_keys[] = {
    {"source", false},    {"label", false},    {"key", false},       {"kind", false},
    {"unit", false},      {"group", false},    {"relation", false},  {"note", false},
    {"polarity", false},  {"target", false},   {"tolerance", false}, {"profile", false},
    {"dead band", false}, {"seasonal", false}, {"basis", false},
};

size_t measure_find(const struct dataset *dataset, struct text name)
{
    size_t i = 0;
    while (i < dataset->measure_count && !text_equal(dataset->measures[i].name, name))
        i++;
    if (i < dataset->measure_count)
        return i;
    for (i = 0; i < dataset->measure_count && !text_same_name(dataset->measures[i].name, name);)
        i++;
    return i;
}

static struct texts measure_names(struct arena *arena, const struct dataset *dataset)
{
    struct texts names = {0};
    for (size_t i = 0; i < dataset->measure_count; i++)
        texts_add(arena, &names, dataset->measures[i].name);
    return names;
}

static bool is_for(const struct ini_section *section, const struct dataset *dataset)
{
    struct text source = ini_value(section, "source");
    return !source.len || text_same_name(source, dataset->name);
}

static void apply_text(const struct ini_section *section, const char *key, struct text *field)
{
    const struct ini_entry *entry = ini_entry(section, key);
    if (entry)
        *field = entry->value;
}

static void apply_kind(struct arena *arena, struct diags *diags, const struct ini_section *section,
                       struct measure *measure)
{
    const struct ini_entry *entry = ini_entry(section, "kind");
    if (!entry || measure_kind_read(entry->value, &measure->kind))
        return;
    struct texts words = {0};
    for (int kind = 0; kind < KINDS; kind++)
        texts_add(arena, &words, text_from(measure_kind_word((enum measure_kind)kind)));
    diag(diags, DIAG_BAD_VALUE, entry->value_place, "'%.*s' is no kind of measure: expected %.*s",
         TEXT_ARG(text_quote(arena, entry->value)),
         TEXT_ARG(texts_join(arena, &words, TEXT(", "))));
}

static void apply_basis(struct arena *arena, struct diags *diags, const struct ini_section *section,
                        struct measure *measure)
{
    const struct ini_entry *entry = ini_entry(section, "basis");
    if (entry && !basis_read(entry->value, &measure->basis))
        diag(diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no basis of a figure: expected counted, standardised, survey, modelled, "
             "index or excess",
             TEXT_ARG(text_quote(arena, entry->value)));
}

static bool is_within_itself(const struct dataset *dataset, size_t number)
{
    size_t m = dataset->measures[number].parent;
    while (m != SIZE_MAX && m != number)
        m = dataset->measures[m].parent;
    return m == number;
}

static void apply_parent(struct arena *arena, struct diags *diags, struct dataset *dataset,
                         const struct ini_entry *entry, struct text parent, size_t number)
{
    struct measure *measure = &dataset->measures[number];
    size_t found = measure_find(dataset, parent);
    measure->relation = RELATION_OF_WHICH;
    if (found < dataset->measure_count && found != number) {
        measure->parent = found;
        if (!is_within_itself(dataset, number))
            return;
        measure->parent = SIZE_MAX;
        diag(diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' and '%.*s' are each declared a part of the other: no table could show them",
             TEXT_ARG(text_quote(arena, measure->name)),
             TEXT_ARG(text_quote(arena, dataset->measures[found].name)));
        return;
    }
    if (dataset->incomplete && found == dataset->measure_count)
        return; /* it may be in a row that was refused */
    struct texts names = measure_names(arena, dataset);
    diag(diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no other measure of '%.*s': its measures are %.*s",
         TEXT_ARG(text_quote(arena, parent)), TEXT_ARG(dataset->name),
         TEXT_ARG(names_found(arena, &names, parent)));
}

bool relation_read(struct text t, enum relation *relation, struct text *parent)
{
    static const enum relation plain[] = {RELATION_TOTAL, RELATION_PART, RELATION_FLAG,
                                          RELATION_OUTSIDE, RELATION_NON_ADDITIVE};
    *parent = TEXT_EMPTY;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (text_same_name(t, text_from(relation_word(plain[i])))) {
            *relation = plain[i];
            return true;
        }
    size_t colon = text_find(t, ':', 0);
    *relation = RELATION_OF_WHICH;
    *parent = text_trim(text_slice(t, colon < t.len ? colon + 1 : t.len, t.len));
    return text_same_name(text_slice(t, 0, colon), TEXT("of which")) && parent->len;
}

static void apply_relation(struct arena *arena, struct diags *diags,
                           const struct ini_section *section, struct dataset *dataset,
                           size_t number)
{
    const struct ini_entry *entry = ini_entry(section, "relation");
    enum relation relation;
    struct text parent;
    if (!entry)
        return;
    if (!relation_read(entry->value, &relation, &parent))
        diag(diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no relation: expected total, part, of which: NAME, flag, outside or "
             "non-additive",
             TEXT_ARG(text_quote(arena, entry->value)));
    else if (relation == RELATION_OF_WHICH)
        apply_parent(arena, diags, dataset, entry, parent, number);
    else {
        dataset->measures[number].relation = relation;
        dataset->measures[number].parent = SIZE_MAX;
    }
}

static void apply(struct arena *arena, struct diags *diags, const struct ini_section *section,
                  struct dataset *dataset, size_t number)
{
    struct measure *measure = &dataset->measures[number];
    apply_text(section, "label", &measure->label);
    apply_text(section, "unit", &measure->unit);
    apply_text(section, "group", &measure->group);
    apply_text(section, "note", &measure->note);
    if (ini_value(section, "unit").len)
        measure->kind = unit_kind(measure->unit);
    apply_kind(arena, diags, section, measure);
    apply_basis(arena, diags, section, measure);
    if (ini_value(section, "key").len)
        measure->slug = text_slug(arena, ini_value(section, "key"));
    apply_relation(arena, diags, section, dataset, number);
    target_apply(arena, diags, section, measure);
}

static void report_unknown(struct arena *arena, struct diags *diags,
                           const struct ini_section *section, const struct dataset *dataset)
{
    if (dataset->incomplete)
        return; /* it may be in a row that was refused */
    struct texts names = measure_names(arena, dataset);
    diag(diags, DIAG_BAD_VALUE, section->place,
         "[%.*s]: '%.*s' has no such measure; its measures are %.*s", TEXT_ARG(section->title),
         TEXT_ARG(dataset->name), TEXT_ARG(names_found(arena, &names, section->name)));
}

/* Facts are named after slugs: "burglary", "burglary-2". `taken` are those that are given out. */
static void settle_slug(struct arena *arena, struct measure *measure, struct map *taken)
{
    struct text base = measure->slug;
    size_t nth = map_find(taken, base, 0);
    size_t first = nth;
    while (map_find(taken, measure->slug, 0))
        measure->slug = text_format(arena, "%.*s-%zu", TEXT_ARG(base), ++nth);
    map_add(taken, measure->slug, 1);
    if (first)
        map_set(taken, base, nth); /* the next one of that name goes on from here */
}

/* A slug that the job gives goes before one that is made from a name. */
static void settle_slugs(struct arena *arena, struct dataset *dataset, const bool *given)
{
    struct map taken = {.arena = arena};
    for (size_t i = 0; i < dataset->measure_count; i++)
        if (given[i])
            settle_slug(arena, &dataset->measures[i], &taken);
    for (size_t i = 0; i < dataset->measure_count; i++)
        if (!given[i])
            settle_slug(arena, &dataset->measures[i], &taken);
}

void measures_apply(struct arena *arena, struct diags *diags, const struct ini *job,
                    struct dataset *dataset)
{
    bool *given = arena_calloc(arena, dataset->measure_count, sizeof *given);
    targets_of_export(arena, dataset);
    for (size_t i = 0; i < job->count; i++) {
        const struct ini_section *section = &job->sections[i];
        if (!text_same_name(section->kind, TEXT("measure")) || !is_for(section, dataset))
            continue;
        size_t number = measure_find(dataset, section->name);
        if (number < dataset->measure_count) {
            apply(arena, diags, section, dataset, number);
            given[number] = ini_value(section, "key").len > 0;
        } else if (ini_value(section, "source").len && dataset->measure_count) {
            report_unknown(arena, diags, section, dataset);
        }
    }
    for (size_t m = 0; m < dataset->measure_count; m++)
        target_settle(&dataset->measures[m].target);
    settle_slugs(arena, dataset, given);
}

static bool is_used(const struct ini_section *section, struct dataset *const *datasets,
                    size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_for(section, datasets[i]) && datasets[i]->incomplete)
            return true; /* it may be in a row that was refused */
        else if (is_for(section, datasets[i]) &&
                 measure_find(datasets[i], section->name) < datasets[i]->measure_count)
            return true;
    return false;
}

static void check_section(struct diags *diags, const struct ini *job,
                          const struct ini_section *section, struct dataset *const *datasets,
                          size_t count)
{
    struct arena *arena = diags->arena;
    const struct ini_entry *source = ini_entry(section, "source");
    struct texts names = {0};
    ini_check_keys(diags, section, measure_keys, sizeof measure_keys / sizeof measure_keys[0]);
    if (source && source->value.len) {
        if (!ini_section(job, "source", source->value))
            diag(diags, DIAG_BAD_VALUE, source->value_place, "there is no [source %.*s]",
                 TEXT_ARG(text_quote(arena, source->value)));
        return; /* whether the measure is there was checked when the source was read */
    }
    if (is_used(section, datasets, count))
        return;
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < datasets[i]->measure_count; m++)
            texts_add(arena, &names, datasets[i]->measures[m].name);
    diag(diags, DIAG_BAD_VALUE, section->place,
         "[%.*s]: no source has such a measure; the measures are %.*s", TEXT_ARG(section->title),
         TEXT_ARG(names_found(arena, &names, section->name)));
}

void read_check_measures(struct diags *diags, const struct ini *job,
                         struct dataset *const *datasets, size_t count)
{
    for (size_t i = 0; i < job->count; i++)
        if (text_same_name(job->sections[i].kind, TEXT("measure")))
            check_section(diags, job, &job->sections[i], datasets, count);
}
