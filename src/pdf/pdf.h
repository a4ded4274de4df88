/*
 * pdf - whether a finished PDF is what it should be. Read with qpdf, which had no part in drawing
 * it.
 */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/diag.h"

struct pdf_wanted {
    struct place place;          /* for messages */
    unsigned pages;              /* 0: any number */
    struct text title, language; /* empty: any */
};
/* Sound, tagged, titled, and nothing in it that acts (reliability: T10); else [verify] messages. */
bool pdf_check(struct text bytes, const struct pdf_wanted *wanted, struct arena *arena,
               struct diags *diags);

/* The version of qpdf. */
const char *pdf_library(void);

#endif
