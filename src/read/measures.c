#include "read/read_int.h"

static const struct ini_key measure_keys[] = {
    {"source", false}, {"label", false}, {"key", false},      {"kind", false},
    {"unit", false},   {"group", false}, {"relation", false}, {"note", false},
};

/* The measure whose name is written so, or else the first with the same name: an export may have
 * both "ASB (police)" and "ASB police". */
static size_t find_measure(const struct dataset *dataset, struct text name)
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
    size_t found = find_measure(dataset, parent);
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

static void apply_relation(struct arena *arena, struct diags *diags,
                           const struct ini_section *section, struct dataset *dataset,
                           size_t number)
{
    static const enum relation plain[] = {RELATION_TOTAL, RELATION_PART, RELATION_FLAG,
                                          RELATION_OUTSIDE, RELATION_NON_ADDITIVE};
    const struct ini_entry *entry = ini_entry(section, "relation");
    if (!entry)
        return;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (text_same_name(entry->value, text_from(relation_word(plain[i])))) {
            dataset->measures[number].relation = plain[i];
            return;
        }
    size_t colon = text_find(entry->value, ':', 0);
    struct text parent = text_trim(text_slice(entry->value, colon + 1, entry->value.len));
    if (text_same_name(text_slice(entry->value, 0, colon), TEXT("of which")) && parent.len) {
        apply_parent(arena, diags, dataset, entry, parent, number);
        return;
    }
    diag(diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no relation: expected total, part, of which: NAME, flag, outside or "
         "non-additive",
         TEXT_ARG(text_quote(arena, entry->value)));
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
    if (ini_value(section, "key").len)
        measure->slug = text_slug(arena, ini_value(section, "key"));
    apply_relation(arena, diags, section, dataset, number);
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

/* Facts are named after slugs: "burglary", "burglary-2". `settled` measures keep theirs. */
static void settle_slug(struct arena *arena, struct dataset *dataset, bool *settled, size_t number)
{
    struct measure *measure = &dataset->measures[number];
    struct text base = measure->slug;
    unsigned n = 1;
    for (size_t i = 0; i < dataset->measure_count; i++)
        if (settled[i] && text_equal(dataset->measures[i].slug, measure->slug)) {
            measure->slug = text_format(arena, "%.*s-%u", TEXT_ARG(base), ++n);
            i = SIZE_MAX; /* from the start again, with the new one */
        }
    settled[number] = true;
}

/* A slug that the job gives goes before one that is made from a name. */
static void settle_slugs(struct arena *arena, struct dataset *dataset, const bool *given)
{
    bool *settled = arena_calloc(arena, dataset->measure_count, sizeof *settled);
    for (size_t i = 0; i < dataset->measure_count; i++)
        if (given[i])
            settle_slug(arena, dataset, settled, i);
    for (size_t i = 0; i < dataset->measure_count; i++)
        if (!given[i])
            settle_slug(arena, dataset, settled, i);
}

void measures_apply(struct arena *arena, struct diags *diags, const struct ini *job,
                    struct dataset *dataset)
{
    bool *given = arena_calloc(arena, dataset->measure_count, sizeof *given);
    for (size_t i = 0; i < job->count; i++) {
        const struct ini_section *section = &job->sections[i];
        if (!text_same_name(section->kind, TEXT("measure")) || !is_for(section, dataset))
            continue;
        size_t number = find_measure(dataset, section->name);
        if (number < dataset->measure_count) {
            apply(arena, diags, section, dataset, number);
            given[number] = ini_value(section, "key").len > 0;
        } else if (ini_value(section, "source").len && dataset->measure_count) {
            report_unknown(arena, diags, section, dataset);
        }
    }
    settle_slugs(arena, dataset, given);
}

static bool is_used(const struct ini_section *section, struct dataset *const *datasets,
                    size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_for(section, datasets[i]) && datasets[i]->incomplete)
            return true; /* it may be in a row that was refused */
        else if (is_for(section, datasets[i]) &&
                 find_measure(datasets[i], section->name) < datasets[i]->measure_count)
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
