/* tree - folders and all that is in them, by descriptor, no link followed. */
#ifndef PUBLISH_TREE_INT_H
#define PUBLISH_TREE_INT_H

#include "base/text.h"

/* Removes a file, link or folder with its contents. True when it is gone; else errno is set. */
bool tree_remove(int dirfd, const char *name);

/*
 * Puts the file, link or folder `name` of `from` into `to` too: hard links where the file system
 * has them (so what is appended later reaches both), else copies. False with errno set.
 */
bool tree_link(int from, int to, const char *name);

#endif
