#include "base/nfc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/*
 * Nothing below U+0300, which byte 0xCC begins, changes; nor does a dash, quotation mark, arrow or
 * sign (U+2000 to U+2FFF), but for letter-like symbols, two brackets and a mathematical sign. (Two
 * rare spaces do, which are spaces in either form.)
 */
static bool starts_change(unsigned char byte, unsigned char next)
{
    return byte != 0xE2 ? byte >= 0xCC : next == 0x84 || next == 0x8C || next == 0xAB;
}

/* Most of a council's text is ASCII. */
static bool is_ascii(const unsigned char *bytes, size_t length)
{
    uint64_t words[4];
    if (length < sizeof words)
        return false;
    memcpy(words, bytes, sizeof words);
    return !((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u);
}

bool nfc_may_change(struct text t)
{
    const unsigned char *bytes = (const unsigned char *)t.ptr;
    for (size_t i = 0; i < t.len;) {
        if (is_ascii(bytes + i, t.len - i)) {
            i += 32;
            continue;
        }
        size_t end = t.len - i < 32 ? t.len : i + 32;
        for (; i < end; i++)
            if (bytes[i] >= 0xCC && (i + 1 == t.len || starts_change(bytes[i], bytes[i + 1])))
                return true;
    }
    return false;
}

void nfc_add(struct buffer *out, struct text t)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)t.ptr, (utf8proc_ssize_t)t.len,
                                           &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length == UTF8PROC_ERROR_NOMEM)
        arena_out_of_memory(t.len);
    buffer_add(out, length < 0 ? t : (struct text){(const char *)composed, (size_t)length});
    free(composed);
}

struct text nfc_text(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    if (!nfc_may_change(t))
        return t;
    nfc_add(&out, t);
    struct text composed = buffer_text(&out);
    return text_equal(composed, t) ? t : composed;
}
