/* The tests of csv.c once more, with the plain twin of its SSE2: for processors that have none. */
#define MARKS_PLAIN
#include "read/csv.c"

#include "csv_test.c"
