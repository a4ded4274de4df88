#include "pdf/objects.h"
#include "pdf/pdf.h"

struct check_work {
    struct text bytes;
    const struct pdf_wanted *wanted;
};

static void fault(struct diags *diags, const struct pdf_wanted *wanted, const char *what)
{
    diag(diags, DIAG_VERIFY, wanted->place, "the finished PDF %s: it was not published", what);
}

static bool utf8_equals(qpdf_data q, qpdf_oh string, struct text wanted)
{
    if (!qpdf_oh_is_string(q, string))
        return false;
    struct text found = text_from(qpdf_oh_get_utf8_value(q, string));
    return wanted.len ? text_equal(found, wanted) : found.len > 0;
}

static void check_catalogue(qpdf_data q, const struct pdf_wanted *wanted, struct diags *diags)
{
    qpdf_oh root = qpdf_get_root(q);
    qpdf_oh marked = pdf_key(q, pdf_key(q, root, "/MarkInfo"), "/Marked");
    qpdf_oh info = pdf_key(q, qpdf_get_trailer(q), "/Info");
    if (!qpdf_oh_is_dictionary(q, pdf_key(q, root, "/StructTreeRoot")) ||
        !qpdf_oh_is_bool(q, marked) || !qpdf_oh_get_bool_value(q, marked))
        fault(diags, wanted, "is not tagged");
    if (!utf8_equals(q, pdf_key(q, root, "/Lang"), wanted->language))
        fault(diags, wanted, "does not have its language");
    if (!utf8_equals(q, pdf_key(q, info, "/Title"), wanted->title))
        fault(diags, wanted, "does not have its title");
}

static bool check_in_child(void *context, struct arena *arena, struct diags *diags,
                           struct text *bytes)
{
    struct check_work *work = context;
    const struct pdf_wanted *wanted = work->wanted;
    struct text why = TEXT_EMPTY;
    (void)bytes;
    qpdf_data q = pdf_open(work->bytes, arena, &why);
    if (!q) {
        fault(diags, wanted, "cannot be read");
        return false;
    }
    int pages = qpdf_get_num_pages(q);
    if (pages <= 0 || (wanted->pages && (unsigned)pages != wanted->pages))
        fault(diags, wanted, "does not have its pages");
    check_catalogue(q, wanted, diags);
    const char *active = pdf_find_active(q, arena);
    if (active)
        fault(diags, wanted, text_format(arena, "has something in it that acts (%s)", active).ptr);
    if (qpdf_check_pdf(q) != QPDF_SUCCESS || qpdf_has_error(q) || qpdf_more_warnings(q))
        fault(diags, wanted, "is not sound");
    qpdf_cleanup(&q);
    return diags_ok(diags);
}

bool pdf_check(struct text bytes, const struct pdf_wanted *wanted, struct arena *arena,
               struct diags *diags)
{
    struct text nothing;
    struct check_work work = {.bytes = bytes, .wanted = wanted};
    return pdf_run(check_in_child, &work, "reading the finished PDF", arena, diags, &nothing);
}

const char *pdf_library(void)
{
    return qpdf_get_qpdf_version();
}
