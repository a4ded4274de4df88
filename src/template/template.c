#include "template/template.h"

#include "base/file.h"

static const struct ini_key report_keys[] = {
    {"title", true},      {"subtitle", false},    {"narrative", true},
    {"numbering", false}, {"orientation", false}, {"contents", false},
    {"fields", false},    {"draft", false},       {"appendices", false},
};
static const char *const section_kinds[] = {"report", "table", "chart",        "key",
                                            "grid",   "panel", "abbreviations"};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct text template_find(struct arena *arena, const struct texts *folders, struct text name,
                          const char *file)
{
    for (size_t i = 0; i < folders->count; i++) {
        struct text path =
            text_format(arena, "%.*s/%.*s/%s", TEXT_ARG(folders->items[i]), TEXT_ARG(name), file);
        if (file_exists(path))
            return path;
    }
    return TEXT_EMPTY;
}

/* One of a few words, as its position; reports others. */
static size_t read_choice(struct diags *diags, const struct ini_section *section, const char *key,
                          const char *const *choices, size_t count)
{
    const struct ini_entry *entry = ini_entry(section, key);
    if (!entry || !entry->value.len)
        return 0;
    struct texts names = {0};
    for (size_t i = 0; i < count; i++) {
        if (text_same_name(entry->value, text_from(choices[i])))
            return i;
        texts_add(diags->arena, &names, text_from(choices[i]));
    }
    diag(diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is not a kind of %s: expected one of %.*s",
         TEXT_ARG(text_quote(diags->arena, entry->value)), key,
         TEXT_ARG(texts_join(diags->arena, &names, TEXT(", "))));
    return 0;
}

static void read_report_section(struct diags *diags, struct report_template *out)
{
    static const char *const numberings[] = {"none", "sections", "paragraphs"};
    static const char *const orientations[PAGE_FORMS] = {"portrait", "landscape", "a3-portrait",
                                                         "a3-landscape"};
    ini_check_keys(diags, out->report, report_keys, COUNT(report_keys));
    out->numbering =
        (enum numbering)read_choice(diags, out->report, "numbering", numberings, COUNT(numberings));
    out->form = (enum page_form)read_choice(diags, out->report, "orientation", orientations,
                                            COUNT(orientations));
    static const char *const contents[] = {"automatic", "yes", "no"};
    out->contents =
        (enum contents)read_choice(diags, out->report, "contents", contents, COUNT(contents));
    static const char *const drafts[] = {"no", "yes"};
    out->is_draft = read_choice(diags, out->report, "draft", drafts, COUNT(drafts)) == 1;
    static const char *const appendices[] = {"new page", "run on"};
    out->appendices_run_on =
        read_choice(diags, out->report, "appendices", appendices, COUNT(appendices)) == 1;
    struct text_pieces fields = text_split(ini_value(out->report, "fields"), ',');
    for (struct text field; text_next(&fields, &field);)
        if (field.len)
            texts_add(diags->arena, &out->fields, field);
}

/* A template that came from elsewhere must not publish a file from outside its folder. */
static bool is_file_name(struct text name)
{
    return name.ptr[0] != '.' && text_find(name, '/', 0) == name.len;
}

static void read_narrative(struct arena *arena, struct diags *diags, const struct texts *folders,
                           struct report_template *out)
{
    const struct ini_entry *entry = ini_entry(out->report, "narrative");
    if (!entry || !entry->value.len)
        return;
    if (!is_file_name(entry->value)) {
        diag(diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is not the name of a file of the template: expected one such as narrative.md",
             TEXT_ARG(text_quote(arena, entry->value)));
        return;
    }
    out->narrative_path = template_find(arena, folders, out->name, text_cstr(arena, entry->value));
    if (!out->narrative_path.len) {
        diag(diags, DIAG_NO_FILE, entry->value_place,
             "there is no file '%.*s' in any template folder '%.*s': looked in %.*s",
             TEXT_ARG(text_quote(arena, entry->value)), TEXT_ARG(out->name),
             TEXT_ARG(texts_join(arena, folders, TEXT(", "))));
        return;
    }
    out->narrative_path = path_tidy(arena, out->narrative_path);
    file_read(arena, diags, out->narrative_path, PLACE_NONE, FILE_CAP_TEXT, &out->narrative);
}

bool template_load(struct arena *arena, struct diags *diags, const struct texts *folders,
                   struct text name, struct place place, struct report_template *out)
{
    *out = (struct report_template){
        .name = name, .folders = *folders, .narrative = TEXT_EMPTY, .narrative_path = TEXT_EMPTY};
    struct text path = template_find(arena, folders, name, "report.ini");
    if (!path.len) {
        diag(
            diags, DIAG_TEMPLATE, place,
            "there is no template '%.*s': expected a folder of that name with a report.ini in %.*s",
            TEXT_ARG(text_quote(arena, name)), TEXT_ARG(texts_join(arena, folders, TEXT(", "))));
        return false;
    }
    ini_read(arena, diags, path, &out->ini);
    ini_check_sections(diags, &out->ini, section_kinds, COUNT(section_kinds));
    out->report = ini_section(&out->ini, "report", TEXT_EMPTY);
    if (!out->report) {
        diag(diags, DIAG_MISSING_KEY, place_at(out->ini.file, 1, 1),
             "there is no [report] section");
        return false;
    }
    read_report_section(diags, out);
    read_narrative(arena, diags, folders, out);
    return true;
}

const struct raster *template_picture(struct arena *arena, struct diags *diags,
                                      struct report_template *template, struct text job_folder,
                                      struct text name, struct place place)
{
    struct texts looked = {0};
    for (size_t i = 0; i < template->folders.count; i++)
        texts_add(arena, &looked, path_join(arena, template->folders.items[i], template->name));
    if (job_folder.len)
        texts_add(arena, &looked, job_folder);
    for (size_t i = 0; i < looked.count; i++) {
        struct text path = path_inside(arena, looked.items[i], name);
        if (!path.len)
            continue;
        if (texts_find(&template->pictures, path) == template->pictures.count)
            texts_add(arena, &template->pictures, path);
        return raster_read(arena, diags, path, place);
    }
    diag(diags, DIAG_NO_FILE, place, "there is no picture '%.*s': looked in %.*s",
         TEXT_ARG(text_quote(arena, name)), TEXT_ARG(texts_join(arena, &looked, TEXT(", "))));
    return NULL;
}

const struct ini_section *template_part(const struct report_template *template, struct text kind,
                                        struct text name)
{
    for (size_t i = 0; i < template->ini.count; i++) {
        const struct ini_section *section = &template->ini.sections[i];
        if (text_same_name(section->kind, kind) && text_same_name(section->name, name))
            return section;
    }
    return NULL;
}
