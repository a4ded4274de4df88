/* version - of the program and of the libraries it runs with. */
#ifndef VERSION_H
#define VERSION_H

#include "base/text.h"

/* "libharu 2.3.0", … in the order of the list in the README; each asked of the library itself. */
struct texts version_libraries(struct arena *arena);

#endif
