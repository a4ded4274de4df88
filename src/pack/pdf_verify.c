#include "base/file.h"
#include "pack/merge_int.h"

static const size_t memory_limit = (size_t)1 << 30;

struct verify_work {
    struct text bytes;
    struct place place;
    unsigned pages;              /* 0: any number */
    struct text title, language; /* empty: any */
};

static void fault(struct diags *diags, const struct verify_work *work, const char *what)
{
    diag(diags, DIAG_VERIFY, work->place, "the finished PDF %s: it was not published", what);
}

static bool utf8_equals(qpdf_data q, qpdf_oh string, struct text wanted)
{
    if (!qpdf_oh_is_string(q, string))
        return false;
    struct text found = text_from(qpdf_oh_get_utf8_value(q, string));
    return wanted.len ? text_equal(found, wanted) : found.len > 0;
}

static void verify_catalogue(qpdf_data q, const struct verify_work *work, struct diags *diags)
{
    qpdf_oh root = qpdf_get_root(q);
    qpdf_oh marked = key_of(q, key_of(q, root, "/MarkInfo"), "/Marked");
    qpdf_oh info = key_of(q, qpdf_get_trailer(q), "/Info");
    if (!qpdf_oh_is_dictionary(q, key_of(q, root, "/StructTreeRoot")) ||
        !qpdf_oh_is_bool(q, marked) || !qpdf_oh_get_bool_value(q, marked))
        fault(diags, work, "is not tagged");
    if (!utf8_equals(q, key_of(q, root, "/Lang"), work->language))
        fault(diags, work, "does not have its language");
    if (!utf8_equals(q, key_of(q, info, "/Title"), work->title))
        fault(diags, work, "does not have its title");
}

static bool verify_in_child(void *context, struct arena *arena, struct diags *diags,
                            struct text *bytes)
{
    struct verify_work *work = context;
    struct text why = TEXT_EMPTY;
    (void)bytes;
    qpdf_data q = pdf_open(work->bytes, arena, &why);
    if (!q) {
        fault(diags, work, "cannot be read");
        return false;
    }
    int pages = qpdf_get_num_pages(q);
    if (pages <= 0 || (work->pages && (unsigned)pages != work->pages))
        fault(diags, work, "does not have its pages");
    verify_catalogue(q, work, diags);
    const char *active = clean_find_active(q, arena);
    if (active)
        fault(diags, work, text_format(arena, "has something in it that acts (%s)", active).ptr);
    if (qpdf_check_pdf(q) != QPDF_SUCCESS || qpdf_has_error(q) || qpdf_more_warnings(q))
        fault(diags, work, "is not sound");
    qpdf_cleanup(&q);
    return diags_ok(diags);
}

bool pack_verify(struct text bytes, unsigned pages, struct arena *arena, struct diags *diags)
{
    struct text nothing;
    struct verify_work work = {
        .bytes = bytes, .pages = pages, .title = TEXT_EMPTY, .language = TEXT_EMPTY};
    return pdf_run(verify_in_child, &work, "reading the finished PDF", arena, diags, &nothing);
}

bool pdf_verify(const struct document *document, struct text path, struct arena *arena,
                struct diags *diags)
{
    struct text nothing;
    struct verify_work work = {
        .place = place_file(path), .title = document->title, .language = document->language};
    return file_read(arena, diags, path, PLACE_NONE, memory_limit, &work.bytes) &&
           pdf_run(verify_in_child, &work, "reading the finished PDF", arena, diags, &nothing);
}
