#include "pack/merge_int.h"

#include <stdlib.h>

enum { PAGES_MAX = 2000 };
static const struct process_limits count_limits = {
    .memory = (size_t)1 << 30, .cpu_seconds = 60, .seconds = 120};

static bool has_hidden_layers(qpdf_data q, qpdf_oh root)
{
    qpdf_oh usual = pdf_key(q, pdf_key(q, root, "/OCProperties"), "/D");
    return pdf_item_count(q, pdf_key(q, usual, "/OFF")) > 0 ||
           pdf_is_name(q, pdf_key(q, usual, "/BaseState"), "/OFF");
}

/* Why a PDF that could be opened cannot be used, or NULL. */
static const char *refusal(qpdf_data q)
{
    qpdf_oh root = qpdf_get_root(q);
    if (qpdf_is_encrypted(q))
        return "it is encrypted: save it without protection";
    if (qpdf_oh_has_key(q, root, "/Collection"))
        return "it is a portfolio of other files: put these in one by one";
    if (!qpdf_oh_is_null(q, pdf_key(q, pdf_key(q, root, "/AcroForm"), "/XFA")))
        return "it is an XFA form, which only one program can show: print it to a PDF";
    if (has_hidden_layers(q, root))
        return "it has hidden layers, which would be public: save it with only what is to be seen";
    int pages = qpdf_get_num_pages(q);
    if (qpdf_has_error(q))
        return "its pages cannot be read: save it again from the program that made it";
    if (pages <= 0)
        return "it has no pages";
    if (pages > PAGES_MAX)
        return "it has more than 2,000 pages";
    return NULL;
}

bool merge_refuse(struct diags *diags, const struct agenda_pdf *pdf, struct text why)
{
    diag(diags, DIAG_PDF_INPUT, pdf->place, "'%.*s' cannot be put in: %.*s",
         TEXT_ARG(text_quote(diags->arena, pdf->name)), TEXT_ARG(why));
    return false;
}

static const char *first_warning(qpdf_data q)
{
    return qpdf_more_warnings(q) ? qpdf_get_error_message_detail(q, qpdf_next_warning(q)) : NULL;
}

struct count_work {
    const struct agenda_pdf *pdf;
    struct text bytes;
};

/* In the child: everything is read and decoded once, so that damage shows now. */
static bool count_pages(void *context, struct arena *arena, struct diags *diags, struct text *bytes)
{
    struct count_work *work = context;
    struct text why = TEXT_EMPTY;
    qpdf_data q = pdf_open(work->bytes, arena, &why);
    if (!q)
        return merge_refuse(diags, work->pdf, why);
    const char *fault = refusal(q);
    if (fault)
        why = text_from(fault);
    if (!fault) {
        *bytes = text_format(arena, "%d", qpdf_get_num_pages(q));
        bool is_sound = qpdf_check_pdf(q) == QPDF_SUCCESS && !qpdf_has_error(q);
        const char *warning = first_warning(q);
        if (!is_sound || warning)
            why = text_format(
                arena, "it is damaged (%.*s): save it again from the program that made it",
                TEXT_ARG(text_quote(arena, text_from(warning ? warning : "an object is broken"))));
    }
    qpdf_cleanup(&q);
    return why.len == 0 || merge_refuse(diags, work->pdf, why);
}

unsigned merge_count(const struct agenda_pdf *pdf, struct text bytes, struct arena *arena,
                     struct diags *diags)
{
    struct count_work work = {.pdf = pdf, .bytes = bytes};
    struct text number = TEXT_EMPTY;
    switch (process_run_limited(count_limits, count_pages, &work, arena, diags, &number)) {
    case PROCESS_DONE:
        return (unsigned)atoi(text_cstr(arena, number));
    case PROCESS_OUT_OF_TIME:
        merge_refuse(diags, pdf, TEXT("reading it takes too long"));
        break;
    case PROCESS_CRASHED:
        merge_refuse(diags, pdf,
                     TEXT("reading it breaks the PDF library or takes too much memory"));
        break;
    case PROCESS_REFUSED:
    case PROCESS_NOT_STARTED:
        break;
    }
    return 0;
}
