/*
 * json - writing JSON (RFC 8259), two spaces a level, keys in the order in which they are given.
 *
 * Begin and end must match; a name comes before each member of an object and none inside an array
 * (NULL). Bytes that are no UTF-8 are written as U+FFFD.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/decimal.h"

struct json {
    struct buffer out; /* set its arena */
    unsigned depth;
    bool has_items; /* what is open holds something already */
};

void json_open(struct json *json, const char *name, char bracket); /* '{' or '[' */
void json_close(struct json *json, char bracket);                  /* '}' or ']' */
void json_string(struct json *json, const char *name, struct text value);
void json_decimal(struct json *json, const char *name, struct decimal value);
void json_whole(struct json *json, const char *name, size_t value);
void json_null(struct json *json, const char *name);
/* To 12 significant digits; null when it is not finite. */
void json_double(struct json *json, const char *name, double value);

#endif
