/* lock - one run at a time in a folder (reliability.md P7). */
#ifndef PUBLISH_LOCK_INT_H
#define PUBLISH_LOCK_INT_H

#include "base/diag.h"

/*
 * Locks the file `.lock` in the folder `dirfd` (`path` in messages) without waiting, and notes the
 * process and the time in it. It is the lock that counts, not the file: what a killed run leaves
 * behind holds nobody up. Returns a descriptor whose closing ends the lock, or -1 with a message.
 */
int lock_take(int dirfd, struct arena *arena, struct diags *diags, struct text path);

#endif
