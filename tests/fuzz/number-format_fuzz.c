/*
 * number-format - a number and the format that shows it. The first line is the format's code, the
 * second the number; the first byte chooses the calendar, and a format by its number instead.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "read/number_format_int.h"

#include <math.h>
#include <string.h>

/* What is shown is the same number: a format takes no digit away. */
static void check_same(const struct number_format *format, struct text raw, struct text shown)
{
    char cstr[NUMBER_ROOM + 8];
    struct text unsigned_part = text_slice(shown, text_starts(shown, TEXT("-")), shown.len);
    bool negative = unsigned_part.len < shown.len;
    FUZZ_HOLDS(text_starts(unsigned_part, text_from(format->currency)));
    unsigned_part = text_slice(unsigned_part, strlen(format->currency), unsigned_part.len);
    bool percent = text_ends(unsigned_part, TEXT("%"));
    unsigned_part.len -= percent;
    FUZZ_HOLDS(percent == (format->look == LOOK_PERCENT));
    snprintf(cstr, sizeof cstr, "%s%.*s%s", negative ? "-" : "", TEXT_ARG(unsigned_part),
             percent ? "e-2" : "");
    FUZZ_HOLDS(strspn(cstr, "-0123456789.e") == strlen(cstr));
    double again = strtod(cstr, NULL);
    snprintf(cstr, sizeof cstr, "%.*s", TEXT_ARG(raw));
    FUZZ_HOLDS(again == strtod(cstr, NULL));
}

static bool is_date(struct text t)
{
    return t.len >= 10 && strspn(t.ptr, "0123456789") >= 4 && t.ptr[4] == '-' && t.ptr[7] == '-';
}

static void check_shown(struct number_format format, bool from_1904, struct text raw)
{
    char room[NUMBER_ROOM];
    struct text shown = number_show(&format, from_1904, raw, room);
    FUZZ_HOLDS(shown.len <= NUMBER_ROOM);
    FUZZ_HOLDS(utf8_check(shown) == shown.len);
    if (shown.len && format.look <= LOOK_PERCENT)
        check_same(&format, raw, shown);
    else if (shown.len && !is_date(shown))
        FUZZ_HOLDS(strspn(shown.ptr, "-0123456789.:") >= shown.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena *arena = arena_new();
    struct text t = text_copy(arena, (struct text){(const char *)data + 1, size - 1});
    size_t line = text_find(t, '\n', 0);
    struct text code = text_slice(t, 0, line);
    struct text raw = text_copy(arena, text_slice(t, line + 1, t.len));
    struct number_format format =
        data[0] & 2 ? number_format_builtin((unsigned)(data[0] >> 2)) : number_format_read(code);
    char room[NUMBER_ROOM];
    if (utf8_check(t) == t.len) {
        check_shown(format, data[0] & 1, raw);
        FUZZ_HOLDS(utf8_check(iso_show(raw, room)) <= NUMBER_ROOM || raw.len >= NUMBER_ROOM);
        FUZZ_HOLDS(duration_show(raw, room).len <= NUMBER_ROOM);
    }
    arena_free(arena);
    return 0;
}
