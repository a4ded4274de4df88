#include "write/xlsx_int.h"

#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Spreadsheets read "_x0041_" as the letter A: an underscore that begins such a run is itself
 * written as one. The library leaves that to its callers.
 */
const char *xlsx_cell_string(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    if (text_find(t, '_', 0) == t.len)
        return text_cstr(arena, t);
    for (size_t i = 0; i < t.len; i++) {
        bool escape = t.len - i >= 7 && t.ptr[i] == '_' && t.ptr[i + 1] == 'x' &&
                      t.ptr[i + 6] == '_' && strspn(t.ptr + i + 2, "0123456789abcdefABCDEF") >= 4;
        if (escape)
            buffer_add(&out, TEXT("_x005F"));
        buffer_add_byte(&out, t.ptr[i]);
    }
    return buffer_text(&out).ptr;
}

/* The library takes a text that begins with "=" for a reference to cells. */
const char *xlsx_chart_text(struct arena *arena, struct text t)
{
    return text_format(arena, "%s%.*s", text_starts(t, TEXT("=")) ? " " : "", TEXT_ARG(t)).ptr;
}

/* What people search for: the job's words, else whom, where and when it is about. */
const char *xlsx_keywords(struct arena *arena, const struct document *document)
{
    const struct release *release = &document->release;
    struct text parts[] = {document->organisation, release->area, document->period};
    struct texts words = {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].len)
            texts_add(arena, &words, parts[i]);
    return text_cstr(arena, release->keywords.len ? release->keywords
                                                  : texts_join(arena, &words, TEXT(", ")));
}

static void remove_folder(struct arena *arena, struct text folder)
{
    struct texts names = folder_names(arena, folder);
    for (size_t i = 0; i < names.count; i++)
        unlink(path_join(arena, folder, names.items[i]).ptr);
    rmdir(text_cstr(arena, folder));
}

static bool write_and_read(const struct document *document, const struct book *book,
                           bool is_working, const struct render_options *options,
                           struct arena *arena, struct diags *diags, struct text *bytes)
{
    struct text folder = path_join(arena, options->scratch, TEXT("workbook-XXXXXX"));
    if (!mkdtemp((char *)folder.ptr)) {
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot create a folder in '%.*s': %s",
             TEXT_ARG(options->scratch), strerror(errno));
        return false;
    }
    struct text path = path_join(arena, folder, TEXT("workbook.xlsx"));
    bool ok = xlsx_write(document, book, is_working, path, arena, diags) &&
              file_read(arena, diags, path, PLACE_NONE, FILE_CAP_INPUT, bytes);
    remove_folder(arena, folder);
    return ok;
}

bool xlsx_render(const struct document *document, const struct render_options *options,
                 struct arena *arena, struct diags *diags, struct text *bytes)
{
    struct book book;
    return sheets_make(arena, diags, document, WORKBOOK_PUBLISH, &book) &&
           write_and_read(document, &book, false, options, arena, diags, bytes);
}

bool xlsx_render_working(const struct document *document, const struct render_options *options,
                         struct arena *arena, struct diags *diags, struct text *bytes)
{
    struct book book;
    struct diags known = diags_new(arena); /* the workbook to be published has told it all */
    bool is_told = document->release.workbooks & WORKBOOK_PUBLISH;
    return sheets_make(arena, is_told ? &known : diags, document, WORKBOOK_WORKING, &book) &&
           write_and_read(document, &book, true, options, arena, diags, bytes);
}
