/* hash - SHA-256 of bytes and of streams (libcrypto). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/text.h"

/* 64 lower-case hexadecimal digits. */
struct text hash_sha256(struct arena *arena, struct text bytes);

struct hasher;
struct hasher *hasher_new(void);
void hasher_add(struct hasher *hasher, struct text bytes);
/* Frees the hasher. */
struct text hasher_finish(struct hasher *hasher, struct arena *arena);

#endif
