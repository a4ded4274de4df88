#include "pdf/objects.h"

static const struct process_limits limits = {
    .memory = (size_t)2 << 30, .cpu_seconds = 300, .seconds = 600};

qpdf_data pdf_open(struct text bytes, struct arena *arena, struct text *why)
{
    qpdf_data q = qpdf_init();
    qpdf_silence_errors(q);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    qpdf_set_attempt_recovery(q, QPDF_FALSE);
    qpdf_read_memory(q, "the PDF", bytes.ptr, bytes.len, NULL);
    if (!qpdf_has_error(q))
        return q;
    qpdf_error error = qpdf_get_error(q);
    if (qpdf_get_error_code(q, error) == qpdf_e_password)
        *why = TEXT("it is encrypted: save it without a password");
    else
        *why = text_format(
            arena, "it is damaged or no PDF (%.*s): save it again from the program that made it",
            TEXT_ARG(text_quote(arena, text_from(qpdf_get_error_message_detail(q, error)))));
    qpdf_cleanup(&q);
    return NULL;
}

enum process_end pdf_try(process_work *work, void *context, struct arena *arena,
                         struct diags *diags, struct text *bytes)
{
    return process_run_limited(limits, work, context, arena, diags, bytes);
}

bool pdf_tell_end(enum process_end end, const char *what, struct diags *diags)
{
    if (end == PROCESS_OUT_OF_TIME)
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "%s takes too long", what);
    if (end == PROCESS_CRASHED)
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "%s breaks the PDF library or takes too much memory",
             what);
    return end == PROCESS_DONE;
}

bool pdf_run(process_work *work, void *context, const char *what, struct arena *arena,
             struct diags *diags, struct text *bytes)
{
    return pdf_tell_end(pdf_try(work, context, arena, diags, bytes), what, diags);
}
