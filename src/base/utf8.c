#include "base/utf8.h"

#include <string.h>

uint32_t utf8_next_of_many(struct text t, size_t *at)
{
    const unsigned char *p = (const unsigned char *)t.ptr + *at;
    size_t left = t.len - *at;
    uint32_t point = p[0];
    size_t extra = 0;
    uint32_t least = 0;
    if (point >= 0xF0 && point <= 0xF4)
        extra = 3, least = 0x10000, point &= 0x07;
    else if (point >= 0xE0 && point <= 0xEF)
        extra = 2, least = 0x800, point &= 0x0F;
    else if (point >= 0xC2 && point <= 0xDF)
        extra = 1, least = 0x80, point &= 0x1F;
    else if (point >= 0x80)
        extra = left; /* no lead byte */
    ++*at;
    if (extra >= left)
        return extra ? UTF8_INVALID : point;
    for (size_t i = 1; i <= extra; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return UTF8_INVALID;
        point = point << 6 | (p[i] & 0x3F);
    }
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return UTF8_INVALID;
    *at += extra;
    return point;
}

size_t utf8_check(struct text t)
{
    size_t at = 0;
    while (at < t.len) {
        uint64_t eight;
        if (t.len - at >= sizeof eight) { /* most of a council's text is ASCII */
            memcpy(&eight, t.ptr + at, sizeof eight);
            if (!(eight & 0x8080808080808080u)) {
                at += sizeof eight;
                continue;
            }
        }
        size_t from = at;
        if (utf8_next(t, &at) == UTF8_INVALID)
            return from;
    }
    return t.len;
}

size_t utf8_count(struct text t)
{
    size_t count = 0;
    for (size_t at = 0; at < t.len; count++)
        utf8_next(t, &at);
    return count;
}

/* Spaces, and what only says how the signs around it are set. */
static bool is_blank(uint32_t point)
{
    return point <= 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0xAD || point == 0x034F ||
           point == 0x1680 || point == 0x180E || (point >= 0x2000 && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202F) || (point >= 0x205F && point <= 0x206F) ||
           point == 0x3000 || (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF;
}

static bool turns_text(uint32_t point)
{
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

static bool is_noncharacter(uint32_t point)
{
    return (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
}

bool utf8_is_text(uint32_t point)
{
    return point >= 0x20 && !(point >= 0x7F && point < 0xA0) && point != UTF8_INVALID &&
           !is_noncharacter(point) && !turns_text(point);
}

const char *utf8_not_text(uint32_t point)
{
    return turns_text(point) ? "turns the direction of the words around it"
                             : "is a control character or stands for none";
}

bool utf8_shows(struct text t)
{
    for (size_t at = 0; at < t.len;)
        if (!is_blank(utf8_next(t, &at)))
            return true;
    return false;
}

size_t utf8_put(char *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}
