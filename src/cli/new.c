#include "cli/cli_int.h"

#include "base/file.h"

#include <sys/stat.h>

static bool copy_file(struct arena *arena, struct diags *diags, struct text from, struct text to)
{
    struct text bytes;
    if (!file_read(arena, diags, from, PLACE_NONE, FILE_CAP_INPUT, &bytes))
        return false;
    return file_save(diags, to, bytes);
}

/* Folders and regular files; a template holds nothing else. */
static bool copy_folder(struct arena *arena, struct diags *diags, struct text from, struct text to)
{
    if (!folder_create(diags, to))
        return false;
    struct texts names = folder_names(arena, from);
    for (size_t i = 0; i < names.count; i++) {
        struct text source = path_join(arena, from, names.items[i]);
        struct text target = path_join(arena, to, names.items[i]);
        bool ok = file_is_folder(source) ? copy_folder(arena, diags, source, target)
                                         : copy_file(arena, diags, source, target);
        if (!ok)
            return false;
    }
    return true;
}

static struct text find_starter(struct arena *arena)
{
    struct texts folders = job_template_folders(arena, TEXT_EMPTY);
    for (size_t i = 0; i < folders.count; i++) {
        struct text path = path_join(arena, folders.items[i], TEXT("starter"));
        if (file_is_folder(path))
            return path;
    }
    return TEXT_EMPTY;
}

static void make_job(struct arena *arena, struct diags *diags, struct text folder)
{
    struct text starter = find_starter(arena);
    struct stat st;
    if (!starter.len)
        diag(diags, DIAG_CONFIG, PLACE_NONE,
             "there is no templates/starter here or in " PANELPACK_DATA
             ": run from the folder of panelpack, or `make install`");
    else if (lstat(text_cstr(arena, folder), &st) == 0)
        diag(diags, DIAG_CONFIG, PLACE_NONE, "'%.*s' exists already: name a folder that does not",
             TEXT_ARG(text_quote(arena, folder)));
    else if (copy_folder(arena, diags, starter, folder))
        printf(
            "made %.*s: edit its job.ini, then\n"
            "  panelpack check %.*s\n"
            "  panelpack run %.*s\n",
            TEXT_ARG(folder), TEXT_ARG(folder), TEXT_ARG(folder));
}

enum status cli_new(const struct command *command, int argc, char **argv)
{
    const char *folder;
    enum status status;
    if (!cli_options(command, argc, argv, NULL, 0, &folder, 1, &status))
        return status;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    make_job(arena, &diags, path_tidy(arena, text_from(folder)));
    return cli_finish(arena, &diags, stderr, diags_status(&diags));
}
