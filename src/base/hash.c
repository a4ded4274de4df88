#include "base/hash.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct hasher {
    EVP_MD_CTX *context;
};

struct hasher *hasher_new(void)
{
    struct hasher *hasher = malloc(sizeof *hasher);
    if (hasher) {
        hasher->context = EVP_MD_CTX_new();
        if (hasher->context && EVP_DigestInit_ex(hasher->context, EVP_sha256(), NULL))
            return hasher;
    }
    arena_out_of_memory(sizeof *hasher);
}

void hasher_add(struct hasher *hasher, struct text bytes)
{
    if (!EVP_DigestUpdate(hasher->context, bytes.ptr, bytes.len))
        arena_out_of_memory(0);
}

struct text hasher_finish(struct hasher *hasher, struct arena *arena)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!EVP_DigestFinal_ex(hasher->context, digest, &size))
        arena_out_of_memory(0);
    EVP_MD_CTX_free(hasher->context);
    free(hasher);
    struct buffer out = {.arena = arena};
    for (unsigned int i = 0; i < size; i++)
        buffer_format(&out, "%02x", digest[i]);
    return buffer_text(&out);
}

struct text hash_sha256(struct arena *arena, struct text bytes)
{
    struct hasher *hasher = hasher_new();
    hasher_add(hasher, bytes);
    return hasher_finish(hasher, arena);
}
