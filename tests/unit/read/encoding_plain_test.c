/* The tests of encoding.c once more, with the plain twin of its SSE2. */
#define MARKS_PLAIN
#include "read/encoding.c"

#define check check_sample /* both files have one of that name */
#include "encoding_test.c"
