/*
 * stream - whether a file that is written through stdio took all that it was given, in this program
 * and in every library that it uses.
 *
 * libxlsxwriter looks at none of its writes: when the disk is full for a moment, a workbook lacks
 * some of its styles and still has every value. A stream keeps in mind that a write failed, until
 * it is rewound or closed: stream.c therefore stands in front of rewind() and fclose() of the whole
 * process. Only where memory.c stands in front of malloc().
 */
#ifndef BASE_STREAM_H
#define BASE_STREAM_H

/* How many streams had failed when they were rewound or closed, since the program began. */
unsigned long stream_failures(void);

#endif
