/* targets - what [measure NAME] says of targets: which way is good, and what is to be reached. */
#include "read/figures_int.h"

#include "data/spelling_int.h"

#include <string.h>

static void refuse(struct diags *diags, const struct ini_entry *entry, const char *what,
                   const char *expected)
{
    diag(diags, DIAG_BAD_VALUE, entry->value_place, "'%.*s' is no %s: expected %s",
         TEXT_ARG(text_quote(diags->arena, entry->value)), what, expected);
}

static void apply_polarity(struct arena *arena, struct diags *diags,
                           const struct ini_section *section, struct target *target)
{
    const struct ini_entry *entry = ini_entry(section, "polarity");
    if (entry && !polarity_read(arena, entry->value, target))
        refuse(diags, entry, "polarity", "high, low, 'band 18 to 20' or none");
}

/* "95" of "95 days" where the measure is in days. */
static struct text without_unit(struct text t, struct text unit)
{
    size_t cut = t.len - unit.len;
    if (!unit.len || t.len <= unit.len || text_is(unit, "%") ||
        !text_same_name(text_slice(t, cut, t.len), unit))
        return t;
    return text_trim(text_slice(t, 0, cut));
}

/* A number in another unit than the measure's would be held against its figures all the same. */
static bool unit_fits(const struct measure *measure, struct text unit)
{
    if (text_is(unit, "percent"))
        return measure->kind == KIND_PERCENT;
    if (text_is(unit, "GBP"))
        return measure->kind == KIND_MONEY && (!measure->unit.len || text_is(measure->unit, "£"));
    return !unit.len;
}

static void apply_value(struct arena *arena, struct diags *diags, const struct ini_section *section,
                        struct measure *measure)
{
    const struct ini_entry *entry = ini_entry(section, "target");
    if (!entry)
        return;
    struct reading reading = value_read(arena, without_unit(entry->value, measure->unit));
    bool is_number = reading.flag == READING_OK && reading.value.present && !reading.value.markers;
    measure->target.has_value = is_number && unit_fits(measure, reading.unit);
    measure->target.value = reading.value.number;
    if (!is_number)
        refuse(diags, entry, "target", "a number such as 95%, £1,200 or 150");
    else if (!measure->target.has_value)
        diag(diags, DIAG_BAD_VALUE, entry->value_place,
             "target '%.*s' is not in the unit of '%.*s' (%s%s%.*s): give both in one unit, or "
             "declare 'kind' and 'unit' of the measure",
             TEXT_ARG(text_quote(arena, entry->value)), TEXT_ARG(text_quote(arena, measure->name)),
             measure_kind_word(measure->kind), measure->unit.len ? " in " : "",
             TEXT_ARG(measure->unit));
}

/* "2", "2 points", "0.5 days": a size of 0 or more in the measure's own unit. */
static bool read_size(struct arena *arena, struct text t, const struct measure *measure,
                      struct decimal *out)
{
    size_t cut = spelling_at_end(t, "percentage points|percentage point|points|point|pp");
    if (cut && measure->kind != KIND_PERCENT && measure->kind != KIND_SCORE)
        return false;
    t = cut ? text_trim(text_slice(t, 0, t.len - cut)) : without_unit(t, measure->unit);
    struct reading reading = value_read(arena, t);
    *out = reading.value.number;
    return reading.flag == READING_OK && reading.value.present && !reading.value.markers &&
           (!reading.unit.len || text_is(reading.unit, "GBP")) && decimal_sign(*out) >= 0;
}

static void apply_tolerance(struct arena *arena, struct diags *diags,
                            const struct ini_section *section, const struct measure *measure,
                            struct target *target)
{
    const struct ini_entry *entry = ini_entry(section, "tolerance");
    if (!entry)
        return;
    struct text t = entry->value;
    target->tolerance_is_relative = text_ends(t, TEXT("%"));
    if (target->tolerance_is_relative)
        target->has_tolerance =
            decimal_parse(text_trim(text_slice(t, 0, t.len - 1)), &target->tolerance) &&
            decimal_sign(target->tolerance) >= 0;
    else
        target->has_tolerance = read_size(arena, t, measure, &target->tolerance);
    if (!target->has_tolerance)
        refuse(diags, entry, "tolerance",
               "a share of the target such as 5%, or a size in the "
               "measure's own unit such as 2 points or 10");
}

/* A share of 0 is 0: no value would ever be near the target. */
static void check_zero(struct diags *diags, const struct ini_section *section,
                       const struct target *target)
{
    const struct ini_entry *entry = ini_entry(section, "target");
    if (entry && target->has_value && decimal_sign(target->value) == 0 &&
        (!target->has_tolerance || target->tolerance_is_relative))
        diag(diags, DIAG_BAD_VALUE, entry->value_place,
             "a target of 0 needs a tolerance in the measure's own unit: write 'tolerance = 0', or "
             "another number without a percent sign");
}

static void apply_profile(struct diags *diags, const struct ini_section *section,
                          struct target *target)
{
    static const struct {
        const char *word;
        enum profile profile;
    } profiles[] = {
        {"last year", PROFILE_LAST_YEAR}, {"even", PROFILE_EVEN}, {"none", PROFILE_NONE}};
    const struct ini_entry *entry = ini_entry(section, "profile");
    if (!entry)
        return;
    for (size_t i = 0; i < sizeof profiles / sizeof profiles[0]; i++)
        if (text_same_name(entry->value, text_from(profiles[i].word))) {
            target->profile = profiles[i].profile;
            return;
        }
    refuse(diags, entry, "profile", "'last year', 'even' or 'none'");
}

static void apply_dead_band(struct arena *arena, struct diags *diags,
                            const struct ini_section *section, const struct measure *measure,
                            struct target *target)
{
    const struct ini_entry *entry = ini_entry(section, "dead band");
    if (!entry)
        return;
    target->has_dead_band = read_size(arena, entry->value, measure, &target->dead_band);
    if (!target->has_dead_band)
        refuse(diags, entry, "dead band", "a size in the measure's own unit such as 0.5 or 2");
}

void target_apply(struct arena *arena, struct diags *diags, const struct ini_section *section,
                  struct measure *measure)
{
    struct target *target = &measure->target;
    apply_polarity(arena, diags, section, target);
    apply_value(arena, diags, section, measure);
    apply_tolerance(arena, diags, section, measure, target);
    check_zero(diags, section, target);
    apply_profile(diags, section, target);
    apply_dead_band(arena, diags, section, measure, target);
    if (ini_value(section, "seasonal").len)
        target->is_seasonal = ini_bool(diags, section, "seasonal", false);
    if (target->polarity == POLARITY_BAND && target->has_value)
        diag(diags, DIAG_BAD_VALUE, ini_value_place(section, "target"),
             "'%.*s' has both a band and a target: the band is the target, leave 'target' out",
             TEXT_ARG(text_quote(arena, measure->name)));
}

/* In other dialects `polarity` is the name of a column. */
static bool has_own_polarity(const struct dialect *dialect)
{
    const char *const *keys = dialect->reader->keys;
    for (size_t i = 0; keys && keys[i]; i++)
        if (strcmp(keys[i], "polarity") == 0)
            return true;
    return false;
}

void targets_of_source(struct source *source)
{
    struct dataset *dataset = source->dataset;
    struct target said = {.polarity = POLARITY_NONE};
    if (!source->dialect || !has_own_polarity(source->dialect))
        return;
    apply_polarity(source->arena, source->diags, source->section, &said);
    for (size_t m = 0; said.has_polarity && m < dataset->measure_count; m++) {
        struct target *target = &dataset->measures[m].target;
        target->polarity = said.polarity;
        target->has_polarity = true;
        target->band_low = said.band_low;
        target->band_high = said.band_high;
    }
}

void targets_of_export(struct arena *arena, struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (dataset->measures[m].owner.polarity.len)
            polarity_read(arena, dataset->measures[m].owner.polarity, &dataset->measures[m].target);
}

/* "2021-09-05": the day on which an export was taken; and how long its months go on moving. */
void source_extract_read(struct source *source)
{
    const struct ini_entry *extracted = ini_entry(source->section, "extracted");
    const struct ini_entry *settle = ini_entry(source->section, "settle days");
    struct dataset *dataset = source->dataset;
    struct decimal number;
    int64_t days;
    if (extracted && !date_read(extracted->value, &dataset->extracted))
        refuse(source->diags, extracted, "date", "one such as 2022-06-22");
    if (!settle)
        return;
    if (decimal_parse(settle->value, &number) && decimal_integer(number, &days) && days >= 0 &&
        days <= 3660)
        dataset->settle_days = (int)days;
    else
        refuse(source->diags, settle, "number of days", "a whole number such as 42");
}
