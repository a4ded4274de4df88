#include "base/file.h"
#include "publish/publish.h"

struct manifests publish_runs(struct arena *arena, struct text base)
{
    struct diags unheard = diags_new(arena); /* what cannot be read is no reason to stop */
    struct texts names = folder_names(arena, base);
    struct manifests runs = {arena_calloc(arena, names.count + 1, sizeof *runs.items), 0};
    for (size_t n = 0; n < names.count; n++) {
        struct text folder = path_join(arena, base, names.items[n]);
        if (!text_starts(names.items[n], TEXT(".")) &&
            file_exists(path_join(arena, folder, TEXT("manifest.json"))) &&
            manifest_read(arena, &unheard, folder, &runs.items[runs.count]))
            runs.count++;
    }
    return runs;
}

static bool has_input(const struct manifest *manifest, struct text sha256)
{
    for (size_t i = 0; i < manifest->inputs.count; i++)
        if (text_equal(manifest->inputs.items[i].sha256, sha256))
            return true;
    return false;
}

/* Every export of the source made that run too; a lookup is no export. */
static bool made_from(const struct dataset *dataset, const struct manifest *manifest)
{
    size_t exports = 0;
    for (size_t f = 0; f < dataset->account.count; f++) {
        const struct file_account *file = &dataset->account.files[f];
        if (file->is_lookup)
            continue;
        if (!file->sha256.len || !has_input(manifest, file->sha256))
            return false;
        exports++;
    }
    return exports > 0;
}

/* Another period's run, where no run of this period was made from the same; else NULL. */
static const struct manifest *run_of_another(const struct dataset *dataset,
                                             const struct manifests *runs, struct text period)
{
    const struct manifest *found = NULL;
    for (size_t i = 0; i < runs->count; i++) {
        if (!made_from(dataset, &runs->items[i]))
            continue;
        if (text_equal(runs->items[i].period, period))
            return NULL;
        found = found ? found : &runs->items[i];
    }
    return found;
}

/* An export of several years holds this one; actions do not say of what period they are, and of
 * figures that the job gives a period last quarter's would be this quarter's. */
static bool speaks_of(const struct dataset *dataset, struct period period)
{
    if (dataset->period_given)
        return false;
    for (size_t i = 0; i < dataset->figure_count; i++)
        if (period_within(dataset->periods[dataset_figure_at(dataset, i).period], period))
            return true;
    return false;
}

void publish_check_stale(struct diags *diags, const struct dataset *dataset, struct period period,
                         const struct manifests *runs, bool allowed)
{
    struct text label = period_display(diags->arena, period);
    const struct manifest *run = run_of_another(dataset, runs, label);
    if (!run || speaks_of(dataset, period))
        return;
    diag(diags, allowed ? DIAG_SAME_INPUT_ALLOWED : DIAG_SAME_INPUT, dataset->place,
         "source '%.*s' has the same files as in %.*s, and %s of %.*s: %s", TEXT_ARG(dataset->name),
         TEXT_ARG(text_quote(diags->arena, run->period)),
         dataset->period_given ? "they do not say that they are" : "no figure", TEXT_ARG(label),
         allowed ? "used as --same-input-ok says"
                 : "put this period's export in place; where it is right that nothing has changed, "
                   "run once with --same-input-ok, or write 'same input ok = yes' in its section");
}
