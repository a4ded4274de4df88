#include "cli/cli_int.h"

#include "base/file.h"
#include "base/ini.h"

#include <sys/stat.h>

static bool copy_file(struct arena *arena, struct diags *diags, struct text from, struct text to)
{
    struct text bytes;
    if (!file_read(arena, diags, from, PLACE_NONE, FILE_CAP_INPUT, &bytes))
        return false;
    return file_save(diags, to, bytes);
}

static bool copy_folder(struct arena *arena, struct diags *diags, struct text from, struct text to);

/* Folders and regular files; jobs and templates hold nothing else. */
static bool copy_any(struct arena *arena, struct diags *diags, struct text from, struct text to)
{
    return file_is_folder(from) ? copy_folder(arena, diags, from, to)
                                : copy_file(arena, diags, from, to);
}

static bool copy_folder(struct arena *arena, struct diags *diags, struct text from, struct text to)
{
    if (!folder_create(diags, to))
        return false;
    struct texts names = folder_names(arena, from);
    for (size_t i = 0; i < names.count; i++)
        if (!copy_any(arena, diags, path_join(arena, from, names.items[i]),
                      path_join(arena, to, names.items[i])))
            return false;
    return true;
}

/* The folder `name` of templates, or empty. */
static struct text find_template(struct arena *arena, struct text name)
{
    struct texts folders = job_template_folders(arena, TEXT_EMPTY);
    for (size_t i = 0; i < folders.count; i++) {
        struct text path = path_join(arena, folders.items[i], name);
        if (name.len && file_is_folder(path))
            return path;
    }
    return TEXT_EMPTY;
}

/* The sample job in `folder` makes the report `name`; all that are made and have a template are
 * added to `names`. */
static bool makes_report(struct arena *arena, struct text folder, struct text name,
                         struct texts *names)
{
    struct diags unheard = diags_new(arena);
    struct ini ini;
    struct text path = path_join(arena, folder, TEXT("job.ini"));
    bool found = false;
    if (!file_exists(path) || !ini_read(arena, &unheard, path, &ini))
        return false;
    struct text reports = ini_value(ini_section(&ini, "job", TEXT_EMPTY), "reports");
    struct text_pieces pieces = text_split(reports, ',');
    for (struct text report; text_next(&pieces, &report);) {
        if (!find_template(arena, report).len)
            continue;
        found = found || text_equal(report, name);
        if (texts_find(names, report) == names->count)
            texts_add(arena, names, report);
    }
    return found;
}

/* The first sample job that makes the report `name`: those here, then those installed. */
static struct text find_sample(struct arena *arena, struct text name, struct texts *names)
{
    const struct text places[] = {TEXT("input"), TEXT(PANELPACK_DATA "/samples")};
    struct text found = TEXT_EMPTY;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct texts folders = folder_names(arena, places[i]);
        for (size_t k = 0; k < folders.count; k++) {
            struct text folder = path_join(arena, places[i], folders.items[k]);
            if (makes_report(arena, folder, name, names) && !found.len)
                found = folder;
        }
    }
    return found;
}

/* Into a folder that need not be there yet; a file may be asked for by several sources. */
static bool copy_into(struct arena *arena, struct diags *diags, struct text file,
                      struct text folder)
{
    struct text target = path_join(arena, folder, path_name(file));
    return file_is_there(target) ||
           (folder_create(diags, folder) && copy_file(arena, diags, file, target));
}

/*
 * A new job stands alone: what its job.ini has of other samples ("../year/exports/a.csv") is copied
 * to exports/year, and the path written so. A path that names no file stays as it is.
 */
static bool bring_beside(struct arena *arena, struct diags *diags, struct text sample,
                         struct text to, struct text path, struct buffer *out)
{
    struct texts files = files_matching(arena, path_join(arena, sample, path));
    struct text rest = text_slice(path, 3, path.len);
    struct text inside =
        path_join(arena, TEXT("exports"), text_slice(rest, 0, text_find(rest, '/', 0)));
    for (size_t i = 0; i < files.count; i++)
        if (!copy_into(arena, diags, files.items[i], path_join(arena, to, inside)))
            return false;
    if (files.count)
        path = path_join(arena, inside, path_name(path));
    buffer_add(out, path);
    return true;
}

/* Where a path ends that begins at `at`, in a list with commas or a line of its own. */
static size_t path_end(struct text job, size_t at)
{
    while (at < job.len && !strchr(", \t\r\n", job.ptr[at]))
        at++;
    return at;
}

static bool copy_job_file(struct arena *arena, struct diags *diags, struct text sample,
                          struct text to)
{
    struct text job;
    struct buffer out = {.arena = arena};
    struct text path = path_join(arena, sample, TEXT("job.ini"));
    if (!file_read(arena, diags, path, PLACE_NONE, FILE_CAP_TEXT, &job))
        return false;
    for (size_t at = 0; at < job.len;) {
        if (!text_starts(text_slice(job, at, job.len), TEXT("../"))) {
            buffer_add_byte(&out, job.ptr[at++]);
            continue;
        }
        size_t end = path_end(job, at);
        if (!bring_beside(arena, diags, sample, to, text_slice(job, at, end), &out))
            return false;
        at = end;
    }
    return file_save(diags, path_join(arena, to, TEXT("job.ini")), buffer_text(&out));
}

static bool copy_job(struct arena *arena, struct diags *diags, struct text from, struct text to)
{
    if (!folder_create(diags, to) || !copy_job_file(arena, diags, from, to))
        return false;
    struct texts names = folder_names(arena, from);
    for (size_t i = 0; i < names.count; i++)
        if (!text_is(names.items[i], "job.ini") &&
            !copy_any(arena, diags, path_join(arena, from, names.items[i]),
                      path_join(arena, to, names.items[i])))
            return false;
    return true;
}

/* What to copy: a job, and a template that is to be in it. */
struct model {
    struct text job;
    bool has_template; /* … that is to be copied too; the starter has its own */
    struct text template_name;
};

static bool find_model(struct diags *diags, struct model *model)
{
    struct arena *arena = diags->arena;
    struct texts names = {0};
    struct text name = model->template_name;
    model->job = model->has_template ? find_sample(arena, name, &names)
                                     : find_template(arena, TEXT("starter"));
    if (model->job.len)
        return true;
    if (!names.count) {
        diag(diags, DIAG_CONFIG, PLACE_NONE,
             "there are no templates here or in " PANELPACK_DATA
             ": run from the folder of panelpack, or `make install`");
        return false;
    }
    struct text nearest = texts_nearest(&names, name);
    diag(diags, DIAG_USAGE, PLACE_NONE,
         "there is no template '%.*s' with a sample job: expected one of %.*s%s%.*s%s",
         TEXT_ARG(text_quote(arena, name)), TEXT_ARG(texts_join(arena, &names, TEXT(", "))),
         nearest.len ? "; did you mean '" : "", TEXT_ARG(nearest), nearest.len ? "'?" : "");
    return false;
}

static bool copy_model(struct arena *arena, struct diags *diags, const struct model *model,
                       struct text folder)
{
    if (!copy_job(arena, diags, model->job, folder))
        return false;
    struct text name = model->template_name;
    struct text templates = path_join(arena, folder, TEXT("templates"));
    return !name.len ||
           (folder_create(diags, templates) && copy_folder(arena, diags, find_template(arena, name),
                                                           path_join(arena, templates, name)));
}

static void make_job(struct arena *arena, struct diags *diags, struct text folder,
                     const char *template)
{
    struct model model = {.has_template = template, .template_name = text_from(template)};
    struct stat st;
    if (!find_model(diags, &model))
        return;
    if (lstat(text_cstr(arena, folder), &st) == 0)
        diag(diags, DIAG_CONFIG, PLACE_NONE, "'%.*s' exists already: name a folder that does not",
             TEXT_ARG(text_quote(arena, folder)));
    else if (copy_model(arena, diags, &model, folder))
        printf(
            "made %.*s: edit its job.ini, then\n"
            "  panelpack check %.*s\n"
            "  panelpack run %.*s\n",
            TEXT_ARG(folder), TEXT_ARG(folder), TEXT_ARG(folder));
}

enum status cli_new(const struct command *command, int argc, char **argv)
{
    const char *folder, *template = NULL;
    enum status status;
    const struct cli_option options[] = {{"template", &template, NULL}};
    if (!cli_options(command, argc, argv, options, 1, &folder, 1, &status))
        return status;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    make_job(arena, &diags, path_tidy(arena, text_from(folder)), template);
    return cli_finish(arena, &diags, stderr, diags_status(&diags));
}
