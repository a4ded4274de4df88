#include "publish/publish.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <jansson.h>
#include <stdlib.h>

static const size_t manifest_cap = 16 * 1024 * 1024;

static void add_file(struct arena *arena, struct manifest_files *files, struct manifest_file file)
{
    files->items =
        arena_grow(arena, files->items, files->count, &files->capacity, sizeof *files->items);
    files->items[files->count++] = file;
}

void manifest_add_export(struct arena *arena, struct manifest_files *files, struct text path,
                         const struct file_account *account)
{
    add_file(arena, files,
             (struct manifest_file){.path = text_copy(arena, path),
                                    .sha256 = account->sha256,
                                    .bytes = account->bytes,
                                    .account = account});
}

void manifest_add(struct arena *arena, struct manifest_files *files, struct text path,
                  struct text bytes)
{
    add_file(arena, files,
             (struct manifest_file){.path = text_copy(arena, path),
                                    .sha256 = hash_sha256(arena, bytes),
                                    .bytes = bytes.len});
}

static json_t *must(json_t *json)
{
    if (!json)
        arena_out_of_memory(0);
    return json;
}

/* File names can hold any bytes, JSON only UTF-8: bad bytes become U+FFFD. */
static json_t *string(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    for (size_t at = 0; at < t.len;) {
        char bytes[4];
        uint32_t point = utf8_next(t, &at);
        buffer_add(&out,
                   (struct text){bytes, utf8_put(bytes, point == UTF8_INVALID ? 0xFFFD : point)});
    }
    return must(json_stringn(buffer_text(&out).ptr, out.len));
}

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        arena_out_of_memory(0);
}

static void append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        arena_out_of_memory(0);
}

static json_t *strings(struct arena *arena, const struct texts *list)
{
    json_t *array = must(json_array());
    for (size_t i = 0; i < list->count; i++)
        append(array, string(arena, list->items[i]));
    return array;
}

static json_t *size(size_t n)
{
    return must(json_integer((json_int_t)n));
}

/* What became of the rows of an export; `sum` is a text, as JSON has no exact numbers. */
static json_t *account_json(struct arena *arena, const struct file_account *account)
{
    json_t *rows = must(json_object()), *excluded = must(json_array());
    set(rows, "read", size(account->read));
    set(rows, "used", size(account->used));
    set(rows, "repaired", size(account_repaired(account)));
    set(rows, "rejected", size(account->rejected));
    for (size_t i = 0; i < account->exclusion_count; i++) {
        json_t *rule = must(json_object());
        set(rule, "rule", string(arena, account->exclusions[i].rule));
        set(rule, "rows", size(account->exclusions[i].rows));
        append(excluded, rule);
    }
    set(rows, "excluded", excluded);
    set(rows, "sum",
        string(arena, account->sum_is_lost ? TEXT("[x]") : decimal_text(arena, account->sum)));
    set(rows, "header_line", size(account->header_line));
    set(rows, "sheet", string(arena, account->sheet));
    set(rows, "encoding", string(arena, account->encoding));
    bool is_text = account->encoding.len && !account->sheet.len;
    struct text delimiter = {&account->delimiter, is_text ? 1 : 0};
    set(rows, "delimiter", string(arena, delimiter));
    return rows;
}

static json_t *files_json(struct arena *arena, const struct manifest_files *files)
{
    json_t *array = must(json_array());
    for (size_t i = 0; i < files->count; i++) {
        json_t *file = must(json_object());
        set(file, "path", string(arena, files->items[i].path));
        set(file, "sha256", string(arena, files->items[i].sha256));
        set(file, "bytes", size(files->items[i].bytes));
        if (files->items[i].account)
            set(file, "rows", account_json(arena, files->items[i].account));
        append(array, file);
    }
    return array;
}

static json_t *figures_json(struct arena *arena, const struct reporteds *figures)
{
    json_t *array = must(json_array());
    for (size_t i = 0; i < figures->count; i++) {
        const struct reported *one = &figures->items[i];
        json_t *figure = must(json_object());
        set(figure, "source", string(arena, one->source));
        set(figure, "measure", string(arena, one->measure));
        set(figure, "area", string(arena, one->area));
        set(figure, "period", string(arena, one->period));
        set(figure, "start", string(arena, date_iso(arena, one->start)));
        set(figure, "end", string(arena, date_iso(arena, one->end)));
        set(figure, "value", string(arena, decimal_text(arena, one->value)));
        set(figure, "rule", string(arena, one->rule));
        set(figure, "place", string(arena, one->place));
        append(array, figure);
    }
    return array;
}

void manifest_add_slice(struct arena *arena, struct manifest *manifest, struct manifest_slice slice)
{
    struct manifest_slices *slices = &manifest->slices;
    slices->items =
        arena_grow(arena, slices->items, slices->count, &slices->capacity, sizeof slice);
    slices->items[slices->count++] = slice;
}

static json_t *slices_json(struct arena *arena, const struct manifest_slices *slices)
{
    json_t *array = must(json_array());
    for (size_t i = 0; i < slices->count; i++) {
        const struct manifest_slice *slice = &slices->items[i];
        json_t *json = must(json_object());
        set(json, "name", string(arena, slice->name));
        set(json, "by", string(arena, slice->by));
        set(json, "value", string(arena, slice->value));
        set(json, "report", string(arena, slice->report));
        set(json, "path", string(arena, slice->path));
        set(json, "rows", size(slice->rows));
        append(array, json);
    }
    return array;
}

struct text manifest_text(struct arena *arena, const struct manifest *manifest)
{
    json_t *json = must(json_object());
    set(json, "job", string(arena, manifest->job));
    set(json, "title", string(arena, manifest->title));
    set(json, "period", string(arena, manifest->period));
    set(json, "as_at", string(arena, manifest->as_at));
    set(json, "program", string(arena, manifest->program));
    set(json, "libraries", strings(arena, &manifest->libraries));
    set(json, "options", strings(arena, &manifest->options));
    set(json, "inputs", files_json(arena, &manifest->inputs));
    set(json, "outputs", files_json(arena, &manifest->outputs));
    if (date_is_known(manifest->start)) {
        set(json, "start", string(arena, date_iso(arena, manifest->start)));
        set(json, "end", string(arena, date_iso(arena, manifest->end)));
        set(json, "figures", figures_json(arena, &manifest->figures));
    }
    if (manifest->slices.count)
        set(json, "slices", slices_json(arena, &manifest->slices));
    char *dumped = json_dumps(json, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(json);
    if (!dumped)
        arena_out_of_memory(0);
    struct text text = text_format(arena, "%s\n", dumped);
    free(dumped);
    return text;
}

static bool read_string(struct arena *arena, const json_t *object, const char *key,
                        struct text *out)
{
    const json_t *json = json_object_get(object, key);
    if (!json_is_string(json))
        return false;
    *out = text_copy(arena, (struct text){json_string_value(json), json_string_length(json)});
    return true;
}

static bool read_strings(struct arena *arena, const json_t *object, const char *key,
                         struct texts *out)
{
    const json_t *array = json_object_get(object, key), *item;
    size_t i;
    if (!json_is_array(array))
        return false;
    json_array_foreach(array, i, item)
    {
        if (!json_is_string(item))
            return false;
        texts_add(arena, out, text_copy(arena, text_from(json_string_value(item))));
    }
    return true;
}

static bool is_sha256(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (!(is_digit(t.ptr[i]) || (t.ptr[i] >= 'a' && t.ptr[i] <= 'f')))
            return false;
    return t.len == 64;
}

static bool read_size(const json_t *object, const char *key, size_t *out)
{
    const json_t *json = json_object_get(object, key);
    if (!json_is_integer(json) || json_integer_value(json) < 0)
        return false;
    *out = (size_t)json_integer_value(json);
    return true;
}

static bool read_exclusions(struct arena *arena, const json_t *rows, struct file_account *out)
{
    const json_t *array = json_object_get(rows, "excluded"), *item;
    size_t i;
    if (!json_is_array(array))
        return false;
    json_array_foreach(array, i, item)
    {
        struct text rule;
        size_t count;
        if (!read_string(arena, item, "rule", &rule) || !read_size(item, "rows", &count))
            return false;
        account_exclude(arena, out, rule, count);
    }
    return true;
}

/* Of repairs the manifest has the number alone. */
static bool read_account(struct arena *arena, const json_t *rows, struct file_account *out)
{
    struct text sum, delimiter;
    size_t repaired, header_line;
    if (!read_size(rows, "read", &out->read) || !read_size(rows, "used", &out->used) ||
        !read_size(rows, "repaired", &repaired) || !read_size(rows, "rejected", &out->rejected) ||
        !read_size(rows, "header_line", &header_line) || !read_exclusions(arena, rows, out) ||
        !read_string(arena, rows, "sum", &sum) ||
        !(text_is(sum, "[x]") || decimal_parse(sum, &out->sum)) ||
        !read_string(arena, rows, "sheet", &out->sheet) ||
        !read_string(arena, rows, "encoding", &out->encoding) ||
        !read_string(arena, rows, "delimiter", &delimiter))
        return false;
    if (repaired) {
        account_repair(arena, out, TEXT("repaired"));
        out->repairs[0].count = repaired;
    }
    out->header_line = (unsigned)header_line;
    out->delimiter = delimiter.len ? delimiter.ptr[0] : ',';
    return true;
}

/* Manifests of earlier versions say what became of the rows in words: nothing rests on them. */
static bool read_rows(struct arena *arena, const json_t *json, struct manifest_file *out)
{
    const json_t *rows = json_object_get(json, "rows");
    out->account = NULL;
    if (!rows || json_is_string(rows))
        return true;
    struct file_account *account = arena_alloc(arena, sizeof *account);
    *account = (struct file_account){.path = out->path, .sha256 = out->sha256, .bytes = out->bytes};
    out->account = account;
    return json_is_object(rows) && read_account(arena, rows, account);
}

static bool read_file_entry(struct arena *arena, const json_t *json, struct manifest_file *out)
{
    return read_size(json, "bytes", &out->bytes) && read_string(arena, json, "path", &out->path) &&
           out->path.len && read_string(arena, json, "sha256", &out->sha256) &&
           is_sha256(out->sha256) && read_rows(arena, json, out);
}

static bool read_files(struct arena *arena, const json_t *object, const char *key,
                       struct manifest_files *out)
{
    const json_t *array = json_object_get(object, key), *item;
    size_t i;
    if (!json_is_array(array))
        return false;
    json_array_foreach(array, i, item)
    {
        out->items = arena_grow(arena, out->items, out->count, &out->capacity, sizeof *out->items);
        if (!read_file_entry(arena, item, &out->items[out->count]))
            return false;
        out->count++;
    }
    return true;
}

/* A manifest must not lead a reader out of its folder. */
static bool outputs_are_names(const struct manifest_files *outputs)
{
    for (size_t i = 0; i < outputs->count; i++) {
        struct text path = outputs->items[i].path;
        struct text_pieces pieces = text_split(path, '/');
        for (struct text piece; text_next(&pieces, &piece);)
            if (!piece.len || piece.ptr[0] == '.' || text_find(piece, '\0', 0) < piece.len)
                return false;
    }
    return true;
}

/* There are none in manifests of earlier versions, and of runs that made none. */
static bool read_slices(struct arena *arena, const json_t *object, struct manifest *out)
{
    const json_t *array = json_object_get(object, "slices"), *item;
    size_t i;
    if (array && !json_is_array(array))
        return false;
    json_array_foreach(array, i, item)
    {
        struct manifest_slice slice;
        if (!read_string(arena, item, "name", &slice.name) ||
            !read_string(arena, item, "by", &slice.by) ||
            !read_string(arena, item, "value", &slice.value) ||
            !read_string(arena, item, "report", &slice.report) ||
            !read_string(arena, item, "path", &slice.path) || !read_size(item, "rows", &slice.rows))
            return false;
        manifest_add_slice(arena, out, slice);
    }
    return true;
}

static bool read_date(struct arena *arena, const json_t *json, const char *key, struct date *out)
{
    struct text text;
    return read_string(arena, json, key, &text) && date_read_iso(text, out);
}

static bool read_figure(struct arena *arena, const json_t *json, struct reported *out)
{
    struct text value;
    return read_string(arena, json, "source", &out->source) &&
           read_string(arena, json, "measure", &out->measure) &&
           read_string(arena, json, "area", &out->area) &&
           read_string(arena, json, "period", &out->period) &&
           read_date(arena, json, "start", &out->start) &&
           read_date(arena, json, "end", &out->end) && read_string(arena, json, "value", &value) &&
           decimal_parse(value, &out->value) && read_string(arena, json, "rule", &out->rule) &&
           read_string(arena, json, "place", &out->place);
}

/* Manifests of earlier versions have none. */
static bool read_figures(struct arena *arena, const json_t *json, struct manifest *out)
{
    const json_t *array = json_object_get(json, "figures"), *item;
    size_t i;
    if (!array)
        return true;
    if (!json_is_array(array) || !read_date(arena, json, "start", &out->start) ||
        !read_date(arena, json, "end", &out->end))
        return false;
    json_array_foreach(array, i, item)
    {
        struct reported one = {.report = out->period};
        if (!read_figure(arena, item, &one))
            return false;
        reported_add(arena, &out->figures, one);
    }
    return true;
}

static bool read_fields(struct arena *arena, const json_t *json, struct manifest *out)
{
    return read_string(arena, json, "job", &out->job) &&
           read_string(arena, json, "title", &out->title) &&
           read_string(arena, json, "period", &out->period) &&
           read_string(arena, json, "as_at", &out->as_at) &&
           read_string(arena, json, "program", &out->program) &&
           read_strings(arena, json, "libraries", &out->libraries) &&
           read_strings(arena, json, "options", &out->options) &&
           read_files(arena, json, "inputs", &out->inputs) &&
           read_files(arena, json, "outputs", &out->outputs) && outputs_are_names(&out->outputs) &&
           read_figures(arena, json, out) && read_slices(arena, json, out);
}

bool manifest_read(struct arena *arena, struct diags *diags, struct text folder,
                   struct manifest *out)
{
    struct text path = path_join(arena, folder, TEXT("manifest.json")), bytes;
    *out = (struct manifest){0};
    if (!file_read(arena, diags, path, place_file(path), manifest_cap, &bytes))
        return false;
    json_error_t error;
    json_t *json = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
    bool ok = json && read_fields(arena, json, out);
    if (!json)
        diag(diags, DIAG_FORMAT, place_at(path, (unsigned)error.line, (unsigned)error.column),
             "the manifest is damaged: run the job again");
    else if (!ok)
        diag(diags, DIAG_FORMAT, place_file(path),
             "the manifest lacks a part or has one of the wrong kind: run the job again");
    json_decref(json);
    return ok;
}

bool manifest_check(struct arena *arena, struct diags *diags, struct text folder,
                    const struct manifest *manifest)
{
    bool ok = true;
    for (size_t i = 0; i < manifest->outputs.count; i++) {
        const struct manifest_file *file = &manifest->outputs.items[i];
        struct text path = path_join(arena, folder, file->path), bytes;
        if (!file_read(arena, diags, path, place_file(path), FILE_CAP_INPUT, &bytes)) {
            ok = false;
        } else if (bytes.len != file->bytes ||
                   !text_equal(hash_sha256(arena, bytes), file->sha256)) {
            diag(diags, DIAG_VERIFY, place_file(path),
                 "the file is not the one that the run made: run the job again");
            ok = false;
        }
    }
    return ok;
}

const char *publish_json_library(void)
{
    return jansson_version_str();
}
