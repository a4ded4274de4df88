#include "base/json.h"

#include "base/utf8.h"

#include <math.h>

static void new_line(struct json *json)
{
    buffer_add_byte(&json->out, '\n');
    for (unsigned d = 0; d < json->depth; d++)
        buffer_add(&json->out, TEXT("  "));
}

static void add_string(struct buffer *out, struct text t)
{
    buffer_add_byte(out, '"');
    for (size_t at = 0; at < t.len;) {
        size_t from = at;
        uint32_t point = utf8_next(t, &at);
        if (point == UTF8_INVALID)
            buffer_add(out, TEXT("\xEF\xBF\xBD"));
        else if (point == '"' || point == '\\')
            buffer_format(out, "\\%c", (char)point);
        else if (point < 0x20)
            buffer_format(out, "\\u%04x", (unsigned)point);
        else
            buffer_add(out, text_slice(t, from, at));
    }
    buffer_add_byte(out, '"');
}

/* What comes before each value: a comma after the one before, a line, and the name. */
static void begin(struct json *json, const char *name)
{
    if (json->has_items)
        buffer_add_byte(&json->out, ',');
    if (json->depth)
        new_line(json);
    if (name) {
        add_string(&json->out, text_from(name));
        buffer_add(&json->out, TEXT(": "));
    }
    json->has_items = true;
}

void json_open(struct json *json, const char *name, char bracket)
{
    begin(json, name);
    buffer_add_byte(&json->out, bracket);
    json->depth++;
    json->has_items = false;
}

void json_close(struct json *json, char bracket)
{
    json->depth--;
    if (json->has_items)
        new_line(json);
    buffer_add_byte(&json->out, bracket);
    json->has_items = true;
}

void json_string(struct json *json, const char *name, struct text value)
{
    begin(json, name);
    add_string(&json->out, value);
}

void json_decimal(struct json *json, const char *name, struct decimal value)
{
    begin(json, name);
    buffer_add(&json->out, decimal_text(json->out.arena, value));
}

void json_whole(struct json *json, const char *name, size_t value)
{
    begin(json, name);
    buffer_format(&json->out, "%zu", value);
}

void json_null(struct json *json, const char *name)
{
    begin(json, name);
    buffer_add(&json->out, TEXT("null"));
}

void json_double(struct json *json, const char *name, double value)
{
    begin(json, name);
    if (isfinite(value))
        buffer_format(&json->out, "%.12g", value);
    else
        buffer_add(&json->out, TEXT("null"));
}
