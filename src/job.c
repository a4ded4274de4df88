#include "job_int.h"

#include "base/file.h"
#include "check/check.h"
#include "compute/disclosure.h"
#include "read/limits.h"
#include "read/read.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const section_kinds[] = {"job",    "source",       "measure", "report",
                                            "facts",  "email",        "smtp",    "burst",
                                            "limits", "abbreviations"};
static const struct ini_key job_keys[] = {
    {"title", true},    {"organisation", true}, {"area", false},   {"period", true},
    {"compare", false}, {"as at", true},        {"reports", true}, {"language", false},
    {"csv", false},     {"licence", false},
};

/* Those of release.c come on top. */
static void check_job_keys(struct job *job, const struct ini_section *section)
{
    size_t count = COUNT(job_keys) + release_key_count;
    struct ini_key *keys = arena_calloc(job->arena, count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = i < COUNT(job_keys) ? job_keys[i]
                                      : (struct ini_key){release_keys[i - COUNT(job_keys)], false};
    ini_check_keys(job->diags, section, keys, count);
}

void job_progress(const struct job *job, const char *doing, struct text what)
{
    if (job->options->progress)
        job->options->progress(job->options->progress_context, doing, what);
}

/* ---- the job file ---- */

struct texts job_template_folders(struct arena *arena, struct text folder)
{
    struct texts folders = {0};
    if (folder.len)
        texts_add(arena, &folders, path_join(arena, folder, TEXT("templates")));
    texts_add(arena, &folders, TEXT("templates"));
    texts_add(arena, &folders, TEXT(PANELPACK_DATA "/templates"));
    return folders;
}

/* A period that figures can be for; reports labels that cannot be read or could mean several. */
static struct period read_period(struct job *job, struct text label, struct place place)
{
    struct period period = period_read(job->arena, label);
    struct text quoted = text_quote(job->arena, label);
    if (period.flag == PERIOD_ERROR || period.flag == PERIOD_AMBIGUOUS)
        diag(job->diags, DIAG_BAD_VALUE, place,
             "'%.*s' is not a period that can be read%s%.*s%s: expected one such as 2021/22",
             TEXT_ARG(quoted), period.note.len ? " (" : "", TEXT_ARG(period.note),
             period.note.len ? ")" : "");
    if (period.flag == PERIOD_ASSUMED)
        diag(job->diags, DIAG_PERIOD_ASSUMED, place, "'%.*s' is read as %.*s: %.*s",
             TEXT_ARG(quoted), TEXT_ARG(period_display(job->arena, period)), TEXT_ARG(period.note));
    return period;
}

/* "2020/21 abnormal", "previous", "previous but one" */
static struct baseline read_baseline(struct job *job, struct text word, struct place place)
{
    struct baseline baseline = {.place = place};
    if (text_ends(word, TEXT(" abnormal"))) {
        baseline.abnormal = true;
        word = text_trim(text_slice(word, 0, word.len - (sizeof " abnormal" - 1)));
    }
    struct period before = period_previous(job->arena, job->period);
    if (text_same_name(word, TEXT("previous")))
        baseline.period = before;
    else if (text_same_name(word, TEXT("previous but one")))
        baseline.period = period_previous(job->arena, before);
    else
        baseline.period = read_period(job, word, place);
    return baseline;
}

static void read_baselines(struct job *job, const struct ini_section *section)
{
    const struct ini_entry *entry = ini_entry(section, "compare");
    if (!entry || !entry->value.len || !date_is_known(job->period.start))
        return;
    struct text_pieces pieces = text_split(entry->value, ',');
    for (struct text piece; text_next(&pieces, &piece);) {
        if (job->baselines.count == BASELINES_MAX) {
            diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
                 "more than %d periods to compare with: a table has room for %d", BASELINES_MAX,
                 BASELINES_MAX);
            return;
        }
        struct baseline baseline = read_baseline(job, piece, entry->value_place);
        if (!date_is_known(baseline.period.start))
            continue;
        if (period_compare(baseline.period, job->period) >= 0)
            diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
                 "'%.*s' is not before the job's period %.*s",
                 TEXT_ARG(text_quote(job->arena, piece)),
                 TEXT_ARG(period_display(job->arena, job->period)));
        job->baselines.items[job->baselines.count++] = baseline;
    }
}

static void read_report_names(struct job *job, const struct ini_section *section)
{
    const struct ini_entry *entry = ini_entry(section, "reports");
    if (!entry)
        return;
    job->reports_place = entry->value_place;
    struct text_pieces pieces = text_split(entry->value, ',');
    for (struct text name; text_next(&pieces, &name);) {
        if (!name.len)
            continue;
        if (!text_equal(name, text_slug(job->arena, name)))
            diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
                 "report '%.*s' is not the name of a template: expected lower-case letters, "
                 "digits and hyphens",
                 TEXT_ARG(text_quote(job->arena, name)));
        else if (text_is(name, JOB_CHECKS))
            diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
                 "report '" JOB_CHECKS "' would take the place of " JOB_CHECKS
                 ".xlsx, the workbook of findings: give its template another name");
        else if (texts_find(&job->report_names, name) < job->report_names.count)
            diag(job->diags, DIAG_BAD_VALUE, entry->value_place, "report '%.*s' is named twice",
                 TEXT_ARG(name));
        else
            texts_add(job->arena, &job->report_names, name);
    }
    for (size_t i = 0; i < job->report_names.count; i++)
        if (texts_find(&job->report_names, text_concat(job->arena, job->report_names.items[i],
                                                       TEXT("-working"))) < job->report_names.count)
            diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
                 "report '%.*s-working' would take the place of the working workbook of '%.*s': "
                 "give its template another name",
                 TEXT_ARG(job->report_names.items[i]), TEXT_ARG(job->report_names.items[i]));
    struct text only = job->options->only;
    struct place place = job->options->only_place;
    if (only.len && texts_find(&job->report_names, only) == job->report_names.count)
        diag(job->diags, place.file.len ? DIAG_BAD_VALUE : DIAG_USAGE, place,
             "%s'%.*s' is not a report of the job: it has %.*s",
             place.file.len ? "" : "--only: ", TEXT_ARG(text_quote(job->arena, only)),
             TEXT_ARG(texts_join(job->arena, &job->report_names, TEXT(", "))));
}

static void read_job_section(struct job *job, const struct ini_section *section)
{
    check_job_keys(job, section);
    job->title = ini_value(section, "title");
    job->organisation = ini_value(section, "organisation");
    job->area = ini_value(section, "area");
    job->licence = ini_value(section, "licence");
    job->has_companions = ini_bool(job->diags, section, "csv", false);
    job->language = ini_value(section, "language");
    if (!job->language.len)
        job->language = TEXT("en-GB");
    const struct ini_entry *period = ini_entry(section, "period");
    if (job->options->period.len)
        job->period = read_period(job, job->options->period, PLACE_NONE);
    else if (period)
        job->period = read_period(job, period->value, period->value_place);
    read_baselines(job, section);
    const struct ini_entry *as_at = ini_entry(section, "as at");
    if (as_at && as_at->value.len && !date_read_iso(as_at->value, &job->as_at))
        diag(job->diags, DIAG_BAD_VALUE, as_at->value_place,
             "'%.*s' is not a date: expected one such as 2022-06-22",
             TEXT_ARG(text_quote(job->arena, as_at->value)));
    read_report_names(job, section);
    release_read(job->arena, job->diags, section, NULL, &job->release);
}

/* Sections of reports that the job does not make would be forgotten without a word. */
static void check_report_sections(struct job *job)
{
    for (size_t i = 0; i < job->ini.count; i++) {
        const struct ini_section *section = &job->ini.sections[i];
        if (text_is(section->kind, "report") &&
            texts_find(&job->report_names, section->name) == job->report_names.count)
            diag(job->diags, DIAG_UNKNOWN_KEY, section->place,
                 "[report %.*s] is not among the job's reports: %.*s",
                 TEXT_ARG(text_quote(job->arena, section->name)),
                 TEXT_ARG(texts_join(job->arena, &job->report_names, TEXT(", "))));
    }
}

/* Of "." and "job/..", the name that the folder has: outputs go into a folder of that name. */
static struct text folder_name(struct arena *arena, struct text folder)
{
    struct text name = path_name(folder);
    if (text_is(name, ".") || text_is(name, ".."))
        return path_name(path_absolute(arena, folder));
    return name;
}

bool job_load(struct job *job, struct arena *arena, struct diags *diags,
              const struct job_options *options, struct text folder)
{
    *job = (struct job){.arena = arena,
                        .diags = diags,
                        .options = options,
                        .folder = path_tidy(arena, folder),
                        .facts = {.arena = arena},
                        .published = TEXT_EMPTY};
    job->name = folder_name(arena, job->folder);
    job->template_folders = job_template_folders(arena, job->folder);
    struct text path = path_join(arena, job->folder, TEXT("job.ini"));
    if (!file_exists(path)) {
        if (file_exists(job->folder))
            diag(diags, DIAG_CONFIG, place_file(job->folder),
                 "this is a file: name the folder that holds the job.ini");
        else
            diag(diags, DIAG_CONFIG, place_file(path),
                 "there is no such file: a job is a folder with a job.ini (`panelpack new DIR` "
                 "makes "
                 "one)");
        return false;
    }
    ini_read(arena, diags, path, &job->ini);
    size_t errors = diags_count(diags, LEVEL_ERROR);
    ini_check_sections(diags, &job->ini, section_kinds, COUNT(section_kinds));
    /* what a lost section would have said is missing everywhere else: only job.ini is judged */
    bool whole = !job->ini.lost_section && diags_count(diags, LEVEL_ERROR) == errors;
    const struct ini_section *section = ini_section(&job->ini, "job", TEXT_EMPTY);
    if (!section) {
        diag(diags, DIAG_MISSING_KEY, place_at(job->ini.file, 1, 1), "there is no [job] section");
        return false;
    }
    read_job_section(job, section);
    check_report_sections(job);
    struct mail_plan plan; /* read again by `send`: here only to tell of mistakes early */
    mail_plan_read(arena, diags, &job->ini, &plan);
    job_read_slicings(job);
    limits_read(diags, &job->ini); /* read again for each source: here to tell of mistakes once */
    return whole;
}

/* ---- the steps ---- */

static bool has_versions(const struct ini_section *section)
{
    struct text dialect = ini_value(section, "dialect");
    return text_same_name(dialect, TEXT("actions")) || text_same_name(dialect, TEXT("register"));
}

/* `before` of a source of actions: the source that has an earlier version of them. */
static void link_version(struct job *job, struct dataset *dataset, const struct ini_entry *entry)
{
    struct texts names = {0};
    struct dataset *before = NULL;
    for (size_t i = 0; i < job->source_count; i++) {
        struct dataset *other = job->sources[i].dataset;
        const struct ini_section *section = ini_section(&job->ini, "source", other->name);
        if (other == dataset || !has_versions(section))
            continue;
        texts_add(job->arena, &names, other->name);
        if (text_same_name(other->name, entry->value))
            before = other;
    }
    dataset->before_is_lost = !before || dataset_is_lost(before);
    if (!before) {
        diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no earlier version: expected another source of actions or a register%s%.*s",
             TEXT_ARG(text_quote(job->arena, entry->value)), names.count ? ", one of " : "",
             TEXT_ARG(texts_join(job->arena, &names, TEXT(", "))));
        return;
    }
    for (const struct dataset *older = before; older; older = older->before)
        if (older == dataset) {
            dataset->before_is_lost = true;
            diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
                 "'%.*s' is itself later than '%.*s': a plan cannot be earlier than itself",
                 TEXT_ARG(before->name), TEXT_ARG(dataset->name));
            return;
        }
    before->is_earlier = true;
    if (!dataset->before_is_lost)
        dataset->before = before;
}

static void link_versions(struct job *job)
{
    for (size_t i = 0; i < job->source_count; i++) {
        struct dataset *dataset = job->sources[i].dataset;
        const struct ini_section *section = ini_section(&job->ini, "source", dataset->name);
        const struct ini_entry *entry = ini_entry(section, "before");
        if (entry && has_versions(section))
            link_version(job, dataset, entry);
    }
}

void job_read(struct job *job)
{
    struct texts names = {0};
    job->sources = arena_calloc(job->arena, job->ini.count, sizeof *job->sources);
    for (size_t i = 0; i < job->ini.count; i++) {
        const struct ini_section *section = &job->ini.sections[i];
        if (!text_is(section->kind, "source"))
            continue;
        job_progress(job, "reading", section->name);
        if (!text_equal(section->name, text_slug(job->arena, section->name)))
            diag(job->diags, DIAG_BAD_VALUE, section->place,
                 "source name '%.*s' cannot be used in facts: expected lower-case letters, digits "
                 "and hyphens, such as [source %.*s]",
                 TEXT_ARG(text_quote(job->arena, section->name)),
                 TEXT_ARG(text_slug(job->arena, section->name)));
        texts_add(job->arena, &names, section->name);
        struct dataset *dataset =
            read_source(job->arena, job->diags, &job->ini, section, job->folder, job->period);
        job->sources[job->source_count++].dataset = dataset;
    }
    link_versions(job);
    struct dataset **datasets = arena_calloc(job->arena, job->source_count, sizeof *datasets);
    for (size_t i = 0; i < job->source_count; i++)
        datasets[i] = job->sources[i].dataset;
    disclosure_apply_all(job->diags, datasets,
                         job->source_count); /* before anything sees a figure */
    read_check_measures(job->diags, &job->ini, datasets, job->source_count);
    for (size_t i = 0; i < job->source_count; i++)
        check_stop(job->diags, datasets[i]);
}

/* The area that the job reports on; AREA_ALL where areas add up and none is the job's. */
static size_t choose_area(struct job *job, const struct dataset *dataset)
{
    size_t area = texts_find_name(&dataset->areas, job->area);
    if (area < dataset->areas.count)
        return area;
    if (dataset->counts_rows)
        return AREA_ALL;
    if (dataset->areas.count > 1)
        diag(job->diags, DIAG_CONFIG, dataset->place,
             "source '%.*s' has several areas and none is the job's ('%.*s'): set 'area' in [job] "
             "to one of %.*s",
             TEXT_ARG(dataset->name), TEXT_ARG(text_quote(job->arena, job->area)),
             TEXT_ARG(texts_join(job->arena, &dataset->areas, TEXT(", "))));
    return 0;
}

/* Where the value of a key of [job] stands; the section when there is no such key. */
static struct place place_of_key(const struct ini_section *section, const char *key)
{
    const struct ini_entry *entry = ini_entry(section, key);
    return entry ? entry->value_place : section->place;
}

void job_add_facts(const struct job *job, struct text area, struct facts *facts)
{
    const struct ini_section *section = ini_section(&job->ini, "job", TEXT_EMPTY);
    facts->as_at = job->as_at;
    facts_add_text(facts, TEXT("job.title"), job->title, place_of_key(section, "title"));
    facts_add_text(facts, TEXT("job.organisation"), job->organisation,
                   place_of_key(section, "organisation"));
    facts_add_text(facts, TEXT("job.area"), area, place_of_key(section, "area"));
    facts_add_text(facts, TEXT("job.period"), period_display(job->arena, job->period),
                   job->options->period.len ? PLACE_NONE : place_of_key(section, "period"));
    if (date_is_known(job->as_at))
        facts_add_text(facts, TEXT("job.as-at"), date_display(job->arena, job->as_at),
                       place_of_key(section, "as at"));
    static const char *const names[BASELINES_MAX] = {"job.compare", "job.compare-2",
                                                     "job.compare-3"};
    for (size_t b = 0; b < job->baselines.count; b++)
        facts_add_text(facts, text_from(names[b]),
                       period_display(job->arena, job->baselines.items[b].period),
                       job->baselines.items[b].place);
    const struct ini_section *own = ini_section(&job->ini, "facts", TEXT_EMPTY);
    for (size_t i = 0; own && i < own->count; i++)
        facts_add_text(
            facts,
            text_concat(job->arena, TEXT("facts."), text_slug(job->arena, own->entries[i].key)),
            own->entries[i].value, own->entries[i].value_place);
}

struct text job_comparator_name(struct text piece)
{
    if (text_ends(piece, TEXT(" beside")))
        piece = text_slice(piece, 0, piece.len - (sizeof " beside" - 1));
    return text_trim(piece);
}

/* "England | Blaby beside": the area is part of England, and beside Blaby. */
static void add_comparator(struct job *job, const struct dataset *dataset,
                           const struct ini_entry *entry, struct text name,
                           struct comparison *comparison)
{
    bool is_beside = text_ends(name, TEXT(" beside"));
    name = job_comparator_name(name);
    size_t area = texts_find_name(&dataset->areas, name);
    struct text quoted = text_quote(job->arena, name);
    if (comparison->comparator_count == COMPARATORS_MAX)
        diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
             "more than %d areas to compare with: a table has room for %d", COMPARATORS_MAX,
             COMPARATORS_MAX);
    else if (area == dataset->areas.count)
        diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
             "source '%.*s' has no area '%.*s': expected some of its areas, with | between: %.*s",
             TEXT_ARG(dataset->name), TEXT_ARG(quoted),
             TEXT_ARG(texts_join(job->arena, &dataset->areas, TEXT(", "))));
    else if (area == comparison->where)
        diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is the area that the job reports on: it cannot be compared with itself",
             TEXT_ARG(quoted));
    else
        comparison_add_comparator(
            comparison,
            comparison_make(job->arena, dataset, area, job->period, &job->baselines, TEXT_EMPTY),
            is_beside);
}

/* Names of areas have commas in them ("Bristol, City of"): a bar stands between them. */
static void add_comparators(struct job *job, const struct dataset *dataset,
                            struct comparison *comparison)
{
    const struct ini_section *section = ini_section(&job->ini, "source", dataset->name);
    const struct ini_entry *entry = section ? ini_entry(section, "comparator") : NULL;
    if (!entry || dataset_is_lost(dataset))
        return;
    struct text_pieces pieces = text_split(entry->value, '|');
    for (struct text piece; text_next(&pieces, &piece);)
        if (text_trim(piece).len)
            add_comparator(job, dataset, entry, text_trim(piece), comparison);
}

void job_compute_source(struct job *job, struct report_source *source, size_t area,
                        struct facts *facts)
{
    const struct dataset *dataset = source->dataset;
    comparison_keep(source->dataset); /* for its slices, and for the turns of loops */
    struct comparison *comparison =
        comparison_make(job->arena, dataset, area, job->period, &job->baselines, TEXT_EMPTY);
    comparison->doubts = months_doubts(job->arena, dataset, area, job->as_at);
    add_comparators(job, dataset, comparison);
    source->comparison = comparison;
    source->performances =
        performance_make(job->arena, dataset, area, job->period, job->as_at, false);
    facts_add_comparison(facts, dataset->name, source->comparison);
    facts_add_latest(facts, dataset->name, source->comparison, job->period.end);
    facts_add_survey(facts, dataset->name, dataset, source->comparison->where, job->period.end);
    facts_add_performance(facts, dataset->name, source->performances);
}

void job_compute(struct job *job)
{
    job_progress(job, "computing", TEXT_EMPTY);
    job_add_facts(job, job->area, &job->facts);
    job_check_revised(job);
    for (size_t i = 0; i < job->source_count; i++) {
        struct report_source *source = &job->sources[i];
        const struct dataset *dataset = source->dataset;
        if (dataset->measure_count)
            job_compute_source(job, source, choose_area(job, dataset), &job->facts);
        else
            facts_add_actions(&job->facts, dataset->name, dataset,
                              dataset_as_at(dataset, job->as_at));
    }
}

/* ---- the reports ---- */

struct report_input job_report_input(const struct job *job, struct text name,
                                     struct report_template *template)
{
    return (struct report_input){
        .template = template,
        .style = job->style,
        .folder = job->folder,
        .settings = ini_section(&job->ini, "report", name),
        .named = job->reports_place,
        .facts = &job->facts,
        .sources = job->sources,
        .source_count = job->source_count,
        .organisation = job->organisation,
        .language = job->language,
        .area = job->area,
        .period = job->period,
        .baselines = job->baselines,
        .as_at = job->as_at,
        .release = job->release,
        .short_forms = &job->short_forms,
    };
}

static struct document *assemble_report(struct job *job, struct text name,
                                        struct report_template *template)
{
    if (!template_load(job->arena, job->diags, &job->template_folders, name, job->reports_place,
                       template))
        return NULL;
    const struct report_input input = job_report_input(job, name, template);
    struct document *document = assemble(job->arena, job->diags, &input);
    job_check_template(job, template);
    job_check_short_forms(job, document);
    return document;
}

void job_assemble(struct job *job)
{
    job->reports = arena_calloc(job->arena, job->report_names.count, sizeof *job->reports);
    job_read_short_forms(job);
    job->style = template_style(job->arena, job->diags, &job->template_folders);
    for (size_t i = 0; i < job->report_names.count; i++) {
        struct text name = job->report_names.items[i];
        if (job->options->only.len && !text_equal(name, job->options->only))
            continue;
        job_progress(job, "assembling", name);
        struct report_template *template = arena_alloc(job->arena, sizeof *template);
        struct document *document = assemble_report(job, name, template);
        if (!document)
            continue;
        job->reports[job->report_count++] = (struct job_report){
            .name = name,
            .template = template,
            .document = document,
            .has_companions = ini_bool(job->diags, ini_section(&job->ini, "report", name), "csv",
                                       job->has_companions)};
    }
    job_check_short_forms_used(job);
    job_check_across(job);
}

bool job_is_stopped(const struct job *job)
{
    enum level least = job->options->strict ? LEVEL_WARNING : LEVEL_ERROR;
    return diags_count(job->diags, least) > 0;
}

void job_make(struct job *job)
{
    job_read(job);
    job_compute(job);
    job_check(job);
    job_check_stale(job);
    job_assemble(job);
    job_make_slices(job);
}

enum status job_run(struct job *job)
{
    job_make(job);
    if (!job_is_stopped(job))
        job_publish(job);
    if (diags_status(job->diags) != STATUS_OK)
        return diags_status(job->diags);
    return job_is_stopped(job) ? STATUS_FINDINGS : STATUS_OK;
}
