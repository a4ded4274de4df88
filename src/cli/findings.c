/*
 * findings - what `check` prints: the messages of a job by what they are about (the job, a source,
 * a report) and by how severe they are. What one is about is told from its place: words of a
 * template belong to its report, rows of an export to its source.
 */
#include "base/file.h"
#include "base/json.h"
#include "cli/cli_int.h"

#include <fnmatch.h>
#include <stdlib.h>

enum { LEVELS = LEVEL_ERROR + 1 };

enum about { ABOUT_JOB, ABOUT_SOURCE, ABOUT_REPORT };

struct group {
    enum about about;
    struct text name;
    struct diags levels[LEVELS]; /* of each level, as they stand in files */
};
struct groups {
    struct group *items; /* the job, its sources, its reports */
    size_t count;
};

static const char *const about_words[] = {
    [ABOUT_JOB] = "job", [ABOUT_SOURCE] = "source", [ABOUT_REPORT] = "report"};

/* ---- what a message is about ---- */

static struct group *group_of(const struct groups *groups, enum about about, struct text name)
{
    for (size_t i = 0; i < groups->count; i++)
        if (groups->items[i].about == about && text_equal(groups->items[i].name, name))
            return &groups->items[i];
    return &groups->items[0];
}

/* "exports/a.csv, exports/b*.csv" */
static bool names_file(const struct job *job, const struct ini_section *section, const char *key,
                       struct text file)
{
    const struct ini_entry *entry = ini_entry(section, key);
    struct text_pieces pieces = text_split(entry ? entry->typed : TEXT_EMPTY, ',');
    for (struct text piece; entry && text_next(&pieces, &piece);) {
        struct text path = path_tidy(job->arena, path_join(job->arena, job->folder, piece));
        if (piece.len && (text_equal(path, file) || fnmatch(text_cstr(job->arena, path),
                                                            text_cstr(job->arena, file), 0) == 0))
            return true;
    }
    return false;
}

static bool is_of_template(const struct job *job, struct text report, struct text file)
{
    for (size_t i = 0; i < job->template_folders.count; i++) {
        struct text folder = path_join(job->arena, job->template_folders.items[i], report);
        struct text prefix = path_tidy(job->arena, folder);
        if (text_starts(file, text_concat(job->arena, prefix, TEXT("/"))))
            return true;
    }
    return false;
}

/* What a line of the job file is about: its section. */
static struct group *group_of_line(const struct job *job, const struct groups *groups,
                                   unsigned line)
{
    const struct ini_section *section = NULL;
    for (size_t i = 0; i < job->ini.count && job->ini.sections[i].place.line <= line; i++)
        section = &job->ini.sections[i];
    if (section && text_is(section->kind, "measure"))
        return group_of(groups, ABOUT_SOURCE, ini_value(section, "source"));
    if (section && text_is(section->kind, "source"))
        return group_of(groups, ABOUT_SOURCE, section->name);
    if (section && text_is(section->kind, "report"))
        return group_of(groups, ABOUT_REPORT, section->name);
    return &groups->items[0];
}

static struct group *group_of_place(const struct job *job, const struct groups *groups,
                                    struct place place)
{
    struct text file = place.file.len ? path_tidy(job->arena, place.file) : TEXT_EMPTY;
    if (job->ini.file.len && text_equal(place.file, job->ini.file))
        return group_of_line(job, groups, place.line);
    for (size_t i = 0; i < job->ini.count && file.len; i++) {
        const struct ini_section *section = &job->ini.sections[i];
        if (text_is(section->kind, "source") &&
            (names_file(job, section, "files", file) || names_file(job, section, "lookup", file)))
            return group_of(groups, ABOUT_SOURCE, section->name);
    }
    for (size_t i = 0; i < job->report_names.count && file.len; i++)
        if (is_of_template(job, job->report_names.items[i], file))
            return group_of(groups, ABOUT_REPORT, job->report_names.items[i]);
    return &groups->items[0];
}

static void add_group(const struct job *job, struct groups *groups, enum about about,
                      struct text name)
{
    struct group *group = &groups->items[groups->count++];
    *group = (struct group){.about = about, .name = name};
    for (int level = 0; level < LEVELS; level++)
        group->levels[level] = diags_new(job->arena);
}

static int by_place(const void *a, const void *b)
{
    const struct diag *left = a, *right = b;
    int order = text_compare(left->place.file, right->place.file);
    if (!order)
        order = text_compare(left->place.part, right->place.part);
    if (!order)
        order = (left->place.line > right->place.line) - (left->place.line < right->place.line);
    if (!order)
        order =
            (left->place.column > right->place.column) - (left->place.column < right->place.column);
    if (!order)
        order = (left->kind > right->kind) - (left->kind < right->kind);
    return order ? order : text_compare(left->message, right->message);
}

/* Most messages are of the file of the one before. */
static void fill_groups(const struct job *job, struct groups *groups)
{
    struct group *group = NULL;
    struct text file = TEXT_EMPTY;
    for (size_t i = 0; i < job->diags->count; i++) {
        const struct diag *d = &job->diags->items[i];
        bool is_same = group && text_equal(file, d->place.file);
        if (!is_same || text_equal(file, job->ini.file))
            group = group_of_place(job, groups, d->place);
        file = d->place.file;
        diag(&group->levels[diag_level(d->kind)], d->kind, d->place, "%.*s", TEXT_ARG(d->message));
    }
}

static struct groups group_findings(const struct job *job)
{
    struct groups groups = {0};
    groups.items = arena_calloc(job->arena, 1 + job->ini.count + job->report_names.count,
                                sizeof *groups.items);
    add_group(job, &groups, ABOUT_JOB, TEXT_EMPTY);
    for (size_t i = 0; i < job->ini.count; i++)
        if (text_is(job->ini.sections[i].kind, "source"))
            add_group(job, &groups, ABOUT_SOURCE, job->ini.sections[i].name);
    for (size_t i = 0; i < job->report_names.count; i++)
        add_group(job, &groups, ABOUT_REPORT, job->report_names.items[i]);
    fill_groups(job, &groups);
    for (size_t i = 0; i < groups.count; i++)
        for (int level = 0; level < LEVELS; level++)
            if (groups.items[i].levels[level].count)
                qsort(groups.items[i].levels[level].items, groups.items[i].levels[level].count,
                      sizeof(struct diag), by_place);
    return groups;
}

static void count_levels(const struct group *group, size_t counts[LEVELS])
{
    for (int level = 0; level < LEVELS; level++)
        counts[level] = group->levels[level].count;
}

/* ---- for people ---- */

/* "2 errors, 1 that stops figures, 3 warnings" */
static struct text counts_words(struct arena *arena, const size_t *counts)
{
    static const char *const words[LEVELS][2] = {
        [LEVEL_INFO] = {"info", "infos"},
        [LEVEL_WARNING] = {"warning", "warnings"},
        [LEVEL_STOPPED] = {"that stops figures", "that stop figures"},
        [LEVEL_ERROR] = {"error", "errors"},
    };
    struct texts parts = {0};
    for (int level = LEVELS; level-- > 0;)
        if (counts[level])
            texts_add(
                arena, &parts,
                text_format(arena, "%zu %s", counts[level], words[level][counts[level] != 1]));
    return texts_join(arena, &parts, TEXT(", "));
}

/* A line a file says how it was read: of a source of many, the first few; the totals stand above.
 */
static void print_infos(const struct job *job, const struct diags *infos)
{
    enum { SHOWN = 3 };
    struct diags shown = diags_new(job->arena);
    size_t files = 0;
    for (size_t i = 0; i < infos->count; i++) {
        const struct diag *d = &infos->items[i];
        bool is_of_file = d->kind == DIAG_READ && !d->place.line;
        files += is_of_file;
        if (!is_of_file || files <= SHOWN)
            diag(&shown, d->kind, d->place, "%.*s", TEXT_ARG(d->message));
    }
    diags_print(&shown, stdout, LEVEL_INFO, false);
    if (files > SHOWN)
        printf("… and %zu more files; `--json` has a line for each [%s]\n", files - SHOWN,
               diag_word(DIAG_READ));
}

void cli_print_findings(const struct job *job)
{
    struct groups groups = group_findings(job);
    bool is_first = job->source_count == 0;
    for (size_t i = 0; i < groups.count; i++) {
        const struct group *group = &groups.items[i];
        size_t counts[LEVELS];
        count_levels(group, counts);
        struct text words = counts_words(job->arena, counts);
        if (!words.len)
            continue;
        printf("%s%s%s%.*s: %.*s\n", is_first ? "" : "\n", about_words[group->about],
               group->name.len ? " " : "", TEXT_ARG(text_escape(job->arena, group->name)),
               TEXT_ARG(words));
        is_first = false;
        for (int level = LEVELS; level-- > LEVEL_INFO + 1;)
            diags_print(&group->levels[level], stdout, LEVEL_INFO, false);
        print_infos(job, &group->levels[LEVEL_INFO]);
    }
    if (job->diags->count)
        putchar('\n');
}

/* ---- for programs ---- */

static void add_counts(struct json *json, const size_t *counts)
{
    json_open(json, "counts", '{');
    json_whole(json, "errors", counts[LEVEL_ERROR]);
    json_whole(json, "stopped", counts[LEVEL_STOPPED]);
    json_whole(json, "warnings", counts[LEVEL_WARNING]);
    json_whole(json, "infos", counts[LEVEL_INFO]);
    json_close(json, '}');
}

static void add_rows(struct json *json, const struct job *job, struct text source)
{
    for (size_t i = 0; i < job->source_count; i++) {
        const struct dataset *dataset = job->sources[i].dataset;
        if (!text_equal(dataset->name, source))
            continue;
        struct file_account total = account_total(job->arena, &dataset->account);
        json_open(json, "rows", '{');
        json_whole(json, "read", total.read);
        json_whole(json, "used", total.used);
        json_whole(json, "rejected", total.rejected);
        json_whole(json, "excluded", account_excluded(&total));
        json_close(json, '}');
        return;
    }
}

static void add_group_list(struct json *json, const struct job *job, const struct groups *groups,
                           enum about about, const char *name)
{
    json_open(json, name, '[');
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];
        size_t counts[LEVELS];
        if (group->about != about)
            continue;
        count_levels(group, counts);
        json_open(json, NULL, '{');
        json_string(json, "name", group->name);
        if (about == ABOUT_SOURCE)
            add_rows(json, job, group->name);
        add_counts(json, counts);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void add_number(struct json *json, const char *name, unsigned number)
{
    if (number)
        json_whole(json, name, number);
    else
        json_null(json, name);
}

static void add_finding(struct json *json, const struct group *group, const struct diag *d)
{
    json_open(json, NULL, '{');
    json_string(json, "about", text_from(about_words[group->about]));
    json_string(json, "name", group->name);
    json_string(json, "level", text_from(level_word(diag_level(d->kind))));
    json_string(json, "kind", text_from(diag_word(d->kind)));
    json_string(json, "message", d->message);
    json_string(json, "file", d->place.file);
    json_string(json, "sheet", d->place.part);
    add_number(json, "line", d->place.line);
    add_number(json, "column", d->place.column);
    json_close(json, '}');
}

void cli_print_findings_json(const struct job *job, enum status status)
{
    struct groups groups = group_findings(job);
    struct json json = {.out = {.arena = job->arena}};
    size_t counts[LEVELS] = {0};
    for (size_t i = 0; i < job->diags->count; i++)
        counts[diag_level(job->diags->items[i].kind)]++;
    json_open(&json, NULL, '{');
    json_string(&json, "job", job->name);
    json_string(&json, "period", period_display(job->arena, job->period));
    json_whole(&json, "status", (size_t)status);
    add_counts(&json, counts);
    add_group_list(&json, job, &groups, ABOUT_SOURCE, "sources");
    add_group_list(&json, job, &groups, ABOUT_REPORT, "reports");
    json_open(&json, "findings", '[');
    for (size_t i = 0; i < groups.count; i++)
        for (int level = LEVELS; level-- > 0;)
            for (size_t d = 0; d < groups.items[i].levels[level].count; d++)
                add_finding(&json, &groups.items[i], &groups.items[i].levels[level].items[d]);
    json_close(&json, ']');
    json_close(&json, '}');
    struct text out = buffer_text(&json.out);
    fwrite(out.ptr, 1, out.len, stdout);
    putchar('\n');
}
