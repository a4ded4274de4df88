/*
 * pdf_file - the bytes of a PDF 1.5 or later: objects packed into compressed streams, and a
 * cross-reference stream behind them. Knows nothing of what the objects say.
 */
#ifndef WRITE_PDF_FILE_H
#define WRITE_PDF_FILE_H

#include "base/text.h"

/* Compresses one text after the other. */
struct deflater;
struct deflater *deflater_new(void);
void deflater_free(struct deflater *deflater); /* NULL is allowed */
struct text deflate_text(struct deflater *deflater, struct arena *arena, struct text text);

/* About that many objects; the deflater is the caller's. Objects have numbers from 1; those never
 * given are free. */
struct pdf_file;
struct pdf_file *pdf_file_new(struct deflater *deflater, size_t objects);
/* Memory that is gone when the file is finished. */
struct arena *pdf_file_arena(struct pdf_file *file);
/* Where the next object, which is no stream, is to be printed before another call. */
struct buffer *pdf_file_object(struct pdf_file *file, unsigned number);
/* A stream: the start of its dictionary and its bytes; or, without one, all of it in `bytes`. The
 * bytes must stay until the file is finished. */
void pdf_file_stream(struct pdf_file *file, unsigned number, struct text dictionary,
                     struct text bytes);
/* The whole file, in `arena`; frees the rest. */
struct text pdf_file_finish(struct pdf_file *file, struct arena *arena, unsigned root,
                            unsigned info);

#endif
