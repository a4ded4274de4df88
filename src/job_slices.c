/*
 * job_slices - a report's workbook cut by a field, one for each of its values: who answers for
 * something gets their own rows. Each slice is assembled from datasets that hold nothing else.
 */
#include "job_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { SLICES_CAP = 500, SLUG_CAP = 40 };

/* ---- what is asked for ---- */

static struct texts report_names(struct job *job, const struct ini_section *section)
{
    struct texts names = {0};
    const struct ini_entry *entry = ini_entry(section, "workbook");
    struct text_pieces pieces = text_split(ini_value(section, "workbook"), ',');
    for (struct text name; text_next(&pieces, &name);) {
        if (!name.len || texts_find(&names, name) < names.count)
            continue;
        if (texts_find(&job->report_names, name) == job->report_names.count)
            diag(job->diags, DIAG_BAD_VALUE, entry->value_place,
                 "'%.*s' is not a report of the job: expected one of %.*s",
                 TEXT_ARG(text_quote(job->arena, name)),
                 TEXT_ARG(texts_join(job->arena, &job->report_names, TEXT(", "))));
        else
            texts_add(job->arena, &names, name);
    }
    return names;
}

/* Its folder has its name. */
static void check_name(struct job *job, const struct ini_section *section)
{
    struct text slug = text_slug(job->arena, section->name);
    if (!text_equal(section->name, slug))
        diag(job->diags, DIAG_BAD_VALUE, section->place,
             "'%.*s' cannot be the name of a folder of slices: expected lower-case letters, digits "
             "and hyphens, such as [%.*s %.*s]",
             TEXT_ARG(text_quote(job->arena, section->name)), TEXT_ARG(section->kind),
             TEXT_ARG(slug));
    for (size_t i = 0; i < job->slicing_count; i++)
        if (text_equal(job->slicings[i].name, section->name))
            diag(job->diags, DIAG_BAD_VALUE, section->place,
                 "another section makes slices with the name '%.*s': give one another name",
                 TEXT_ARG(text_quote(job->arena, section->name)));
}

void job_read_slicings(struct job *job)
{
    static const struct ini_key keys[] = {{"slice by", true}, {"workbook", true}};
    job->slicings = arena_calloc(job->arena, job->ini.count + 1, sizeof *job->slicings);
    for (size_t i = 0; i < job->ini.count; i++) {
        const struct ini_section *section = &job->ini.sections[i];
        bool is_burst = text_is(section->kind, "burst");
        if (is_burst)
            ini_check_keys(job->diags, section, keys, COUNT(keys));
        struct text by = ini_value(section, "slice by");
        struct job_slicing slicing = {.name = section->name,
                                      .place = ini_value_place(section, "slice by")};
        if (!by.len || !(is_burst || text_is(section->kind, "email")))
            continue;
        check_name(job, section);
        slicing.reports = report_names(job, section);
        if (slice_field_read(by, &slicing.by))
            job->slicings[job->slicing_count++] = slicing;
        else if (is_burst) /* mail_plan_read() has told of those of an [email] */
            diag(job->diags, DIAG_BAD_VALUE, slicing.place, "'%.*s' is no field to slice by: %s",
                 TEXT_ARG(text_quote(job->arena, by)), SLICE_FIELDS_EXPECTED);
    }
}

/* ---- the sources of a slice ---- */

/* A source that a report shows and that has the field. */
struct sliced_source {
    const struct report_source *whole;
    struct texts beside; /* its comparators */
    size_t rows;         /* of all slices */
};
/* What all slices have of a table. */
struct sliced_table {
    size_t rows;
    bool in_loop; /* the section made several tables */
};
struct slicer {
    struct job *job;
    const struct job_slicing *slicing;
    const struct job_report *report;
    struct sliced_source *sources;
    size_t source_count;
    size_t first;                /* slice of the job */
    struct sliced_table *tables; /* by section of the template */
};

static bool report_shows(const struct job_report *report, struct text source)
{
    for (size_t i = 0; i < report->template->ini.count; i++) {
        const struct ini_section *section = &report->template->ini.sections[i];
        if ((text_is(section->kind, "table") || text_is(section->kind, "chart")) &&
            text_same_name(ini_value(section, "source"), source))
            return true;
    }
    return false;
}

static struct texts comparators_of(struct job *job, const struct dataset *dataset)
{
    struct texts names = {0};
    const struct ini_section *section = ini_section(&job->ini, "source", dataset->name);
    struct text_pieces pieces = text_split(ini_value(section, "comparator"), '|');
    for (struct text piece; text_next(&pieces, &piece);)
        if (piece.len) {
            size_t area = texts_find_name(&dataset->areas, job_comparator_name(piece));
            if (area < dataset->areas.count)
                texts_add(job->arena, &names, dataset->areas.items[area]);
        }
    return names;
}

static void find_sources(struct slicer *slicer)
{
    struct job *job = slicer->job;
    slicer->sources = arena_calloc(job->arena, job->source_count + 1, sizeof *slicer->sources);
    for (size_t i = 0; i < job->source_count; i++) {
        const struct dataset *dataset = job->sources[i].dataset;
        if (!report_shows(slicer->report, dataset->name))
            continue;
        if (!slice_divides(dataset, slicer->slicing->by)) {
            diag(job->diags, DIAG_NOTE, slicer->slicing->place,
                 "source '%.*s' has no %s: it is in no slice of '%.*s'", TEXT_ARG(dataset->name),
                 slice_field_word(slicer->slicing->by), TEXT_ARG(slicer->report->name));
            continue;
        }
        struct sliced_source *source = &slicer->sources[slicer->source_count++];
        source->whole = &job->sources[i];
        if (slicer->slicing->by == SLICE_AREA)
            source->beside = comparators_of(job, dataset);
    }
}

/* The number of the slice's area; that of the job's where it is not by area. */
static size_t area_of(const struct slicer *slicer, const struct sliced_source *source,
                      const struct dataset *slice, struct text value)
{
    if (slicer->slicing->by != SLICE_AREA)
        return source->whole->comparison->where;
    for (size_t a = 0; a < slice->areas.count; a++)
        if (slice_is_same(slice->areas.items[a], value))
            return a;
    return texts_find(&slice->areas, TEXT_EMPTY);
}

/* ---- one slice ---- */

/* "review-housing": a value that would have the name of another gets a number. */
static struct text file_path(const struct slicer *slicer, struct text value)
{
    struct job *job = slicer->job;
    struct text slug = text_slug(job->arena, value);
    if (slug.len > SLUG_CAP) {
        size_t end = SLUG_CAP; /* no half word, unless it is the only one */
        while (end && slug.ptr[end] != '-')
            end--;
        slug.len = end ? end : SLUG_CAP;
    }
    for (size_t n = 1;; n++) {
        struct text number = n > 1 ? text_format(job->arena, "-%zu", n) : TEXT_EMPTY;
        struct text path =
            text_format(job->arena, "slices/%.*s/%.*s-%.*s%.*s", TEXT_ARG(slicer->slicing->name),
                        TEXT_ARG(slicer->report->name), TEXT_ARG(slug), TEXT_ARG(number));
        size_t s = slicer->first;
        while (s < job->slice_count && !text_equal(job->slices[s].path, path))
            s++;
        if (s == job->slice_count)
            return path;
    }
}

/* What a slice is made from, in an arena of its own. */
struct cut {
    struct job job; /* the same with that arena */
    struct facts facts;
    struct report_source *sources; /* those that have a row of it */
    size_t count;
    size_t rows;
    struct texts left_out; /* parts that cannot be made of it */
};

static void cut_source(struct cut *cut, const struct slicer *slicer,
                       const struct sliced_source *source, struct text value)
{
    struct dataset *slice = slice_make(cut->job.arena, source->whole->dataset, slicer->slicing->by,
                                       value, &source->beside);
    size_t rows = slice_rows(slice, &source->beside);
    cut->rows += rows;
    if (!rows)
        return;
    struct report_source *out = &cut->sources[cut->count++];
    out->dataset = slice;
    if (slice->measure_count)
        job_compute_source(&cut->job, out, area_of(slicer, source, slice, value), &cut->facts);
    else
        facts_add_actions(&cut->facts, slice->name, slice, dataset_as_at(slice, cut->job.as_at));
}

static struct document *assemble_cut(struct cut *cut, const struct slicer *slicer,
                                     struct text value)
{
    struct job *job = &cut->job;
    bool is_area = slicer->slicing->by == SLICE_AREA;
    struct report_slice *about = arena_alloc(job->arena, sizeof *about);
    *about = (struct report_slice){.field = text_from(slice_field_word(slicer->slicing->by)),
                                   .value = value,
                                   .is_person = slicer->slicing->by == SLICE_OWNER,
                                   .is_area = is_area,
                                   .whole = &slicer->job->facts};
    for (size_t i = 0; i < slicer->source_count; i++)
        about->has_beside = about->has_beside || slicer->sources[i].beside.count;
    struct report_input input =
        job_report_input(job, slicer->report->name, slicer->report->template);
    input.slice = about;
    if (is_area)
        input.area = value;
    input.facts = &cut->facts;
    input.sources = cut->sources;
    input.source_count = cut->count;
    return cut->rows ? assemble_slice(job->arena, &input, &cut->left_out) : NULL;
}

static struct document *make_cut(struct cut *cut, const struct slicer *slicer, struct text value,
                                 struct arena *arena)
{
    *cut = (struct cut){.job = *slicer->job, .facts = {.arena = arena}};
    cut->job.arena = arena;
    cut->sources = arena_calloc(arena, slicer->source_count + 1, sizeof *cut->sources);
    bool is_area = slicer->slicing->by == SLICE_AREA;
    job_add_facts(&cut->job, is_area ? value : cut->job.area, &cut->facts);
    for (size_t i = 0; i < slicer->source_count; i++)
        cut_source(cut, slicer, &slicer->sources[i], value);
    return assemble_cut(cut, slicer, value);
}

struct document *job_slice_document(const struct job_slice *slice, struct arena *arena)
{
    struct cut cut;
    return make_cut(&cut, slice->slicer, slice->value, arena);
}

static void add_slice(struct slicer *slicer, struct text value, size_t rows)
{
    struct job *job = slicer->job;
    struct text path = file_path(slicer, value);
    job->slices = arena_grow(job->arena, job->slices, job->slice_count, &job->slice_capacity,
                             sizeof *job->slices);
    job->slices[job->slice_count++] = (struct job_slice){.slicer = slicer,
                                                         .slicing = slicer->slicing,
                                                         .report = slicer->report,
                                                         .value = value,
                                                         .path = path,
                                                         .rows = rows};
}

/* ---- nothing lost, nothing twice ---- */

static void count_table(struct arena *arena, const struct document *document, struct text name,
                        struct sliced_table *out)
{
    struct tables tables = document_tables(arena, document);
    struct arena *scratch = arena_new();
    for (size_t t = 0; t < tables.count; t++) {
        const struct table *table = tables.items[t];
        if (!text_equal(table->section, name))
            continue;
        out->in_loop = out->in_loop || !text_equal(table->name, name);
        for (size_t r = 0; r < table->row_count; r++) {
            out->rows += table_row(table, scratch, r)->kind == ROW_BODY;
            arena_reset(scratch);
        }
    }
    arena_free(scratch);
}

/* Whether it is a table of actions that slices divide among them. */
static bool is_divided(const struct slicer *slicer, const struct ini_section *section)
{
    size_t s = 0;
    while (s < slicer->source_count &&
           !text_same_name(slicer->sources[s].whole->dataset->name, ini_value(section, "source")))
        s++;
    return s < slicer->source_count && text_is(section->kind, "table") &&
           (text_same_name(ini_value(section, "kind"), TEXT("actions")) ||
            text_same_name(ini_value(section, "kind"), TEXT("register")));
}

static void count_rows(struct slicer *slicer, struct arena *arena, const struct document *document)
{
    const struct ini *ini = &slicer->report->template->ini;
    for (size_t i = 0; i < ini->count; i++)
        if (is_divided(slicer, &ini->sections[i]))
            count_table(arena, document, ini->sections[i].name, &slicer->tables[i]);
}

/* A row of the report is in one slice, no more and no less. */
static void check_tables(const struct slicer *slicer)
{
    struct job *job = slicer->job;
    const struct ini *ini = &slicer->report->template->ini;
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_section *section = &ini->sections[i];
        if (!is_divided(slicer, section))
            continue;
        struct sliced_table whole = {0};
        const struct sliced_table *sliced = &slicer->tables[i];
        count_table(job->arena, slicer->report->document, section->name, &whole);
        /* a condition in a loop is held against the rows of the slice: it may leave rows out */
        bool in_loop = whole.in_loop || sliced->in_loop;
        if (in_loop ? sliced->rows > whole.rows : sliced->rows != whole.rows)
            diag(job->diags, DIAG_RECONCILE, slicer->slicing->place,
                 "[%.*s] has %zu rows, and its slices have %zu: this is a fault of the program",
                 TEXT_ARG(section->title), whole.rows, sliced->rows);
    }
}

static void check_rows(const struct slicer *slicer)
{
    for (size_t i = 0; i < slicer->source_count; i++) {
        const struct sliced_source *source = &slicer->sources[i];
        size_t whole = slice_rows(source->whole->dataset, &source->beside);
        if (source->rows != whole)
            diag(slicer->job->diags, DIAG_RECONCILE, slicer->slicing->place,
                 "source '%.*s' has %zu rows, and its slices have %zu: this is a fault of the "
                 "program",
                 TEXT_ARG(source->whole->dataset->name), whole, source->rows);
    }
    check_tables(slicer);
}

/* ---- */

/* Each slice is made here to be counted, and again when it is written: hundreds do not fit. */
static void try_slice(struct slicer *slicer, struct text value)
{
    struct arena *scratch = arena_new();
    struct cut cut;
    const struct document *document = make_cut(&cut, slicer, value, scratch);
    for (size_t i = 0, s = 0; i < slicer->source_count && s < cut.count; i++)
        if (text_equal(slicer->sources[i].whole->dataset->name, cut.sources[s].dataset->name))
            slicer->sources[i].rows +=
                slice_rows(cut.sources[s++].dataset, &slicer->sources[i].beside);
    if (cut.left_out.count)
        diag(slicer->job->diags, DIAG_NOTE, slicer->slicing->place,
             "a slice of %zu rows of '%.*s' cannot have [%.*s]: it needs what the slice has not",
             cut.rows, TEXT_ARG(slicer->report->name),
             TEXT_ARG(texts_join(scratch, &cut.left_out, TEXT("], ["))));
    if (document) {
        add_slice(slicer, value, cut.rows);
        count_rows(slicer, scratch, document);
    } else if (cut.rows)
        diag(slicer->job->diags, DIAG_SLICE, slicer->slicing->place,
             "nothing in report '%.*s' can be made of %zu rows that are of one %s: they have no "
             "workbook",
             TEXT_ARG(slicer->report->name), cut.rows, slice_field_word(slicer->slicing->by));
    arena_free(scratch);
}

static void slice_report(struct job *job, const struct job_slicing *slicing,
                         const struct job_report *report)
{
    struct slicer *slicer = arena_alloc(job->arena, sizeof *slicer);
    *slicer = (struct slicer){
        .job = job, .slicing = slicing, .report = report, .first = job->slice_count};
    slicer->tables =
        arena_calloc(job->arena, report->template->ini.count + 1, sizeof *slicer->tables);
    struct texts values = {0};
    find_sources(slicer);
    for (size_t i = 0; i < slicer->source_count; i++)
        slice_add_values(job->arena, slicer->sources[i].whole->dataset, slicing->by,
                         &slicer->sources[i].beside, &values);
    if (!values.count)
        diag(job->diags, DIAG_BAD_VALUE, slicing->place,
             "report '%.*s' shows no source with a%s %s: it cannot be sliced by it",
             TEXT_ARG(report->name),
             slicing->by == SLICE_OWNER || slicing->by == SLICE_AREA ? "n" : "",
             slice_field_word(slicing->by));
    if (values.count > SLICES_CAP) {
        diag(job->diags, DIAG_CAP, slicing->place,
             "report '%.*s' would have %zu slices: expected at most %d", TEXT_ARG(report->name),
             values.count, SLICES_CAP);
        return;
    }
    for (size_t v = 0; v < values.count; v++)
        try_slice(slicer, values.items[v]);
    check_rows(slicer);
}

void job_make_slices(struct job *job)
{
    if (!diags_ok(job->diags))
        return;
    for (size_t i = 0; i < job->slicing_count; i++)
        for (size_t r = 0; r < job->report_count; r++)
            if (texts_find(&job->slicings[i].reports, job->reports[r].name) <
                job->slicings[i].reports.count) {
                job_progress(job, "slicing", job->reports[r].name);
                slice_report(job, &job->slicings[i], &job->reports[r]);
            }
}
