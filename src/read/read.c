/* read - the table of dialects, the keys of a source, and a source from first to last. */
#include "read/dialect_int.h"

#include <string.h>

const struct dialect *const dialects[] = {&wide_dialect, &long_dialect,   &fingertips_dialect,
                                          &kpi_dialect,  &survey_dialect, &street_dialect,
                                          &stop_dialect, &action_dialect, &register_dialect};
const size_t dialect_count = sizeof dialects / sizeof dialects[0];

static const struct ini_key common_keys[] = {
    {"files", true},          {"dialect", true},     {"title", false},     {"note", false},
    {"source", false},        {"where", false},      {"delimiter", false}, {"allow empty", false},
    {"same input ok", false}, {"header row", false}, {"sheet", false},     {"hidden", false},
    {"suppress", false},      {"zeros", false},      {"extracted", false}, {"settle days", false},
    {"comparator", false},    {"people", false},     {"rounding", false},
};
enum { COMMON_KEYS = sizeof common_keys / sizeof common_keys[0] };

/* What goes with a key that a dialect has. */
static const struct {
    const char *key, *with;
} companions[] = {
    {"lookup", "lookup key"},
    {"lookup", "lookup area"},
    {"lookup", "lookup column"},
    {"lookup", "unmatched"},
};

bool dialect_takes_any(const struct dialect *dialect)
{
    return dialect->reader->takes_any;
}

struct texts dialect_keys(struct arena *arena, const struct dialect *dialect)
{
    struct texts keys = {0};
    for (const char *const *key = dialect->reader->keys; *key; key++) {
        texts_add(arena, &keys, text_from(*key));
        for (size_t i = 0; i < sizeof companions / sizeof companions[0]; i++)
            if (strcmp(*key, companions[i].key) == 0)
                texts_add(arena, &keys, text_from(companions[i].with));
    }
    return keys;
}

struct texts dialect_common_keys(struct arena *arena)
{
    struct texts keys = {0};
    for (size_t i = 0; i < COMMON_KEYS; i++)
        texts_add(arena, &keys, text_from(common_keys[i].name));
    return keys;
}

static void check_keys(struct source *source)
{
    const struct dialect *dialect = source->dialect;
    struct arena *arena = source->arena;
    const struct texts own = dialect_keys(arena, dialect);
    size_t count = 0;
    struct ini_key *keys =
        arena_calloc(arena, COMMON_KEYS + own.count + 2 * dialect->column_count, sizeof *keys);
    for (size_t i = 0; i < COMMON_KEYS; i++)
        keys[count++] = common_keys[i];
    for (size_t i = 0; i < own.count; i++)
        keys[count++].name = own.items[i].ptr;
    for (size_t i = 0; i < dialect->column_count; i++) {
        const char *name = dialect->columns[i].name;
        keys[count++].name = name;
        keys[count++].name = text_format(arena, "%s column", name).ptr;
    }
    ini_check_keys(source->diags, source->section, keys, count);
}

static const struct dialect *find_dialect(struct diags *diags, const struct ini_section *section)
{
    const struct ini_entry *entry = ini_entry(section, "dialect");
    struct texts names = {0};
    for (size_t i = 0; i < dialect_count; i++) {
        if (entry && text_same_name(entry->value, text_from(dialects[i]->name)))
            return dialects[i];
        texts_add(diags->arena, &names, text_from(dialects[i]->name));
    }
    struct text all = texts_join(diags->arena, &names, TEXT(", "));
    struct texts keys = {0};
    for (size_t i = 0; i < section->count; i++)
        texts_add(diags->arena, &keys, section->entries[i].key);
    size_t misspelt = texts_find(&keys, texts_nearest(&keys, TEXT("dialect")));
    if (entry)
        diag(diags, DIAG_BAD_VALUE, entry->value_place, "unknown dialect '%.*s': expected %.*s",
             TEXT_ARG(text_quote(diags->arena, entry->value)), TEXT_ARG(all));
    else if (misspelt < keys.count)
        diag(diags, DIAG_UNKNOWN_KEY, section->entries[misspelt].place,
             "unknown key '%.*s' in [%.*s]; did you mean 'dialect'?",
             TEXT_ARG(text_quote(diags->arena, keys.items[misspelt])), TEXT_ARG(section->title));
    else
        diag(diags, DIAG_MISSING_KEY, section->place, "[%.*s] has no 'dialect': expected %.*s",
             TEXT_ARG(section->title), TEXT_ARG(all));
    return NULL;
}

static void read_kind(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "kind");
    if (!entry)
        return;
    source->kind_given = measure_kind_read(entry->value, &source->kind);
    if (!source->kind_given)
        diag(source->diags, DIAG_BAD_VALUE, entry->value_place, "'%.*s' is no kind of measure",
             TEXT_ARG(text_quote(source->arena, entry->value)));
}

static void read_duplicates(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "duplicates");
    const struct dialect_reader *reader = source->dialect->reader;
    source->refuse_duplicates = reader->refuse_duplicates;
    if (!entry || !reader->duplicates)
        return;
    source->refuse_duplicates = text_same_name(entry->value, TEXT("refuse"));
    if (!source->refuse_duplicates && !text_same_name(entry->value, text_from(reader->duplicates)))
        diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no way to treat rows that repeat another: expected '%s' or 'refuse'",
             TEXT_ARG(text_quote(source->arena, entry->value)), reader->duplicates);
}

/* "below 5" or "none"; what cannot be read hides everything. */
static void read_hiding(struct source *source)
{
    const struct ini_entry *suppress = ini_entry(source->section, "suppress");
    const struct ini_entry *zeros = ini_entry(source->section, "zeros");
    struct hiding *hiding = &source->dataset->hiding;
    if (!suppress && zeros)
        diag(source->diags, DIAG_CONFIG, zeros->place, "'zeros' in [%.*s] without 'suppress'",
             TEXT_ARG(source->section->title));
    hiding->is_declared = zeros || (suppress && !text_same_name(suppress->value, TEXT("none")));
    if (!suppress || !hiding->is_declared)
        return;
    struct decimal below;
    bool is_below =
        text_starts(suppress->value, TEXT("below ")) &&
        decimal_parse(
            text_trim(text_slice(suppress->value, sizeof "below " - 1, suppress->value.len)),
            &below) &&
        decimal_integer(below, &hiding->below) && hiding->below >= 2 && hiding->below <= 1000;
    if (!is_below) {
        hiding->below = 0;
        diag(source->diags, DIAG_BAD_VALUE, suppress->value_place,
             "'%.*s' does not say which figures are hidden: expected 'below 5' or another number "
             "from 2 to 1000, or 'none'",
             TEXT_ARG(text_quote(source->arena, suppress->value)));
    }
    hiding->zeros = zeros && text_same_name(zeros->value, TEXT("hide"));
    if (zeros && !hiding->zeros && !text_same_name(zeros->value, TEXT("show"))) {
        hiding->below = 0;
        diag(source->diags, DIAG_BAD_VALUE, zeros->value_place,
             "'%.*s' is nothing to do with zeros: expected 'show' or 'hide'",
             TEXT_ARG(text_quote(source->arena, zeros->value)));
    }
}

/* "5"; so large that a shown count would be rounded to 0 is none. */
static void read_rounding(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "rounding");
    struct hiding *hiding = &source->dataset->hiding;
    struct decimal number;
    int64_t unit = 0;
    if (!entry)
        return;
    if (!hiding->is_declared)
        diag(source->diags, DIAG_CONFIG, entry->place, "'rounding' in [%.*s] without 'suppress'",
             TEXT_ARG(source->section->title));
    bool is_unit = decimal_parse(entry->value, &number) && decimal_integer(number, &unit) &&
                   unit >= 2 && unit <= 2 * (hiding->below ? hiding->below : 1);
    hiding->is_declared = true;
    if (is_unit) {
        hiding->rounding = (unsigned)unit;
        return;
    }
    hiding->below = 0;
    diag(
        source->diags, DIAG_BAD_VALUE, entry->value_place,
        "'%.*s' is nothing to round figures to: expected 5, or another number from 2 to twice that "
        "in 'suppress'",
        TEXT_ARG(text_quote(source->arena, entry->value)));
}

/* The keys that shape how rows are read; false when the files had better not be read. */
static bool read_keys(struct source *source)
{
    const struct ini_entry *lookup = ini_entry(source->section, "lookup");
    source->fixed_area = ini_value(source->section, "area");
    read_kind(source);
    read_duplicates(source);
    if (!header_rows_read(source->diags, ini_entry(source->section, "header row"),
                          source->header_rows))
        return false;
    bool ok = filter_read(source->arena, source->diags, ini_entry(source->section, "where"),
                          &source->filter);
    for (size_t i = 0; !lookup && i < sizeof companions / sizeof companions[0]; i++) {
        const struct ini_entry *alone = ini_entry(source->section, companions[i].with);
        if (!alone)
            continue;
        diag(source->diags, DIAG_CONFIG, alone->place, "'%s' in [%.*s] without '%s'",
             companions[i].with, TEXT_ARG(source->section->title), companions[i].key);
        ok = false;
    }
    if (lookup && source->fixed_area.len) {
        diag(source->diags, DIAG_CONFIG, lookup->place,
             "[%.*s] has both 'area' and 'lookup': keep one", TEXT_ARG(source->section->title));
        return false;
    }
    return (!lookup || lookup_read(source, lookup)) && ok;
}

struct dataset *read_source(struct arena *arena, struct diags *diags, const struct ini *job,
                            const struct ini_section *section, struct text folder,
                            struct period period)
{
    return read_source_with(arena, diags, job, section, folder, period, 0);
}

struct dataset *read_source_with(struct arena *arena, struct diags *diags, const struct ini *job,
                                 const struct ini_section *section, struct text folder,
                                 struct period period, size_t threads)
{
    struct dataset *dataset = dataset_new(arena, section->name);
    size_t errors = diags_count(diags, LEVEL_ERROR);
    struct diags told = diags_new(arena); /* of [limits], with the job */
    struct read_limits limits = limits_read(&told, job);
    struct source source = {
        .arena = arena,
        .diags = diags,
        .section = section,
        .folder = folder,
        .dialect = find_dialect(diags, section),
        .dataset = dataset,
        .period = period,
        .limits = &limits,
        .threads = threads,
        .path = TEXT_EMPTY,
        .sheet = TEXT_EMPTY,
        .lookup = {.path = TEXT_EMPTY, .column = TEXT_EMPTY, .rule = TEXT_EMPTY},
    };
    dataset->place = section->place;
    bool apart = ini_entry(section, "source") != NULL;
    dataset->source = ini_value(section, apart ? "source" : "note");
    if (apart)
        dataset->note = ini_value(section, "note");
    if (ini_value(section, "title").len)
        dataset->title = ini_value(section, "title");
    read_hiding(&source);
    source_extract_read(&source);
    read_rounding(&source);
    dataset->hiding.people = ini_value(section, "people");
    if (source.dialect) {
        check_keys(&source);
        bool ok = read_keys(&source);
        dataset->is_filtered = source.filter.test != FILTER_NONE;
        if (ok)
            source_read(&source);
    }
    dataset->incomplete = diags_count(diags, LEVEL_ERROR) > errors;
    targets_of_source(&source);
    measures_apply(arena, diags, job, dataset);
    return dataset;
}
