/*
 * objects - the objects of a PDF, as qpdf gives them: for those who check or change them.
 *
 * qpdf reports through the qpdf_data it is given: errors are sticky, and going on after one may
 * crash, so each step ends with a look at has_error(). All of this runs in a child process.
 */
#ifndef PDF_OBJECTS_H
#define PDF_OBJECTS_H

#include "base/diag.h"
#include "base/process.h"

#include <qpdf/qpdf-c.h>

enum { OBJECT_MAX = 8388608 };

bool pdf_is_name(qpdf_data q, qpdf_oh oh, const char *name);
/* Null when `dict` is no dictionary. */
qpdf_oh pdf_key(qpdf_data q, qpdf_oh dict, const char *key);
/* 0 when `array` is none. */
size_t pdf_item_count(qpdf_data q, qpdf_oh array);
qpdf_oh pdf_item(qpdf_data q, qpdf_oh array, size_t i);
/* 0 when the item is no number. */
double pdf_number(qpdf_data q, qpdf_oh array, size_t i);
struct texts pdf_keys(qpdf_data q, struct arena *arena, qpdf_oh dict);
/* Whether `names`, which end with NULL, have `name`. */
bool pdf_is_listed(const char *const *names, struct text name);
void pdf_keep_only(qpdf_data q, struct arena *arena, qpdf_oh dict, const char *const *names);
/* A dictionary of its own with the same entries; empty when it is none. */
qpdf_oh pdf_shallow_copy(qpdf_data q, qpdf_oh dict);
qpdf_oh pdf_new_stream(qpdf_data q, struct text bytes);
/* The decoded bytes; empty when it is no stream or cannot be decoded. */
struct text pdf_stream_bytes(qpdf_data q, struct arena *arena, qpdf_oh stream);
/* As they are in the file. */
struct text pdf_raw_bytes(qpdf_data q, struct arena *arena, qpdf_oh stream);

/* A way through all objects that can be reached from some, each once. */
struct walk {
    qpdf_data q;
    struct arena *arena;
    void (*visit)(void *context, qpdf_oh dict); /* of each dictionary with fixed names, once */
    void *context;
    unsigned char *seen; /* a bit an object number */
    struct pending *stack;
    size_t count;
    size_t capacity;
    bool is_too_large;
};
struct walk walk_new(qpdf_data q, struct arena *arena, void (*visit)(void *context, qpdf_oh dict),
                     void *context);
void walk_from(struct walk *walk, qpdf_oh start);

/* NULL and *why when it cannot be read. Recovery is off: it may lose pages without a word. */
qpdf_data pdf_open(struct text bytes, struct arena *arena, struct text *why);
/* Runs `work` in a child. Of one that crashes or takes too long pdf_tell_end() says so; true: done.
 */
enum process_end pdf_try(process_work *work, void *context, struct arena *arena,
                         struct diags *diags, struct text *bytes);
bool pdf_tell_end(enum process_end end, const char *what, struct diags *diags);
/* Both. */
bool pdf_run(process_work *work, void *context, const char *what, struct arena *arena,
             struct diags *diags, struct text *bytes);

/* Keys of dictionaries that act, or lead to other files; ends with NULL. */
extern const char *const pdf_active_keys[];
/* The first thing in a whole PDF that acts, or NULL. */
const char *pdf_find_active(qpdf_data q, struct arena *arena);

#endif
