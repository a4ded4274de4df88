/*
 * memory - what happens when memory runs out, in this program and in every library that it uses.
 *
 * libxlsxwriter answers a failed allocation with a workbook that lacks a part, libharu with a font
 * it takes for missing, libqpdf's C++ with an abort: none may decide what is published. memory.c
 * therefore stands in front of malloc(), calloc() and realloc() of the whole process: they never
 * return NULL, but end it with a message and STATUS_INTERNAL. Only built for glibc, and not with a
 * sanitizer, which brings its own malloc and ends the process as well.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

/* What to do before the process ends, such as removing half-made files; allocations that it asks
 * for may return NULL. */
void memory_before_end(void (*clean_up)(void));

/*
 * From now on allocations may return NULL again: for a child process with a limit, whose library
 * can say what was too large and whose parent can tell when it breaks.
 */
void memory_may_run_out(void);

#endif
