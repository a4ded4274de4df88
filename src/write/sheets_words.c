#include "write/sheets_int.h"

enum { QUARTER_DIGIT = 8 /* bytes of "Quarter " */ };

/* Of "2021/22" at `at`, 2021; 0 when it isn't one. */
static int year_at(struct text t, size_t at)
{
    static const char pattern[] = "dddd/dd";
    int year = 0;
    if (t.len - at < sizeof pattern - 1)
        return 0;
    for (size_t i = 0; i < sizeof pattern - 1; i++) {
        char byte = t.ptr[at + i];
        if (pattern[i] == 'd' ? !is_digit(byte) : byte != '/')
            return 0;
        if (i < 4)
            year = year * 10 + (byte - '0');
    }
    return year;
}

/* The bytes of "Quarter 2, 2021/22" or "Quarter 2 2021/22" at `at`, whose months are not said; 0
 * when there is none. */
static size_t quarter_at(struct text t, size_t at, int *quarter, int *year)
{
    struct text rest = text_slice(t, at, t.len);
    size_t i = QUARTER_DIGIT;
    if (!text_starts(rest, TEXT("Quarter ")) || rest.len < i + 2 || rest.ptr[i] < '1' ||
        rest.ptr[i] > '4')
        return 0;
    *quarter = rest.ptr[i++] - '0';
    i += rest.ptr[i] == ',';
    if (i >= rest.len || rest.ptr[i++] != ' ')
        return 0;
    *year = year_at(rest, i);
    i += sizeof "2021/22" - 1;
    bool is_said = *year && rest.len > i + 2 &&
                   text_starts(text_slice(rest, i, rest.len), TEXT(" (")) &&
                   rest.ptr[i + 2] >= 'A' && rest.ptr[i + 2] <= 'Z';
    return *year && !is_said ? i : 0;
}

struct text sheets_say_quarters(struct arena *arena, struct text t)
{
    static const char *const months[] = {"Apr to Jun", "Jul to Sep", "Oct to Dec", "Jan to Mar"};
    struct buffer out = {.arena = arena};
    int quarter, year;
    for (size_t at = 0; at < t.len;) {
        size_t len = quarter_at(t, at, &quarter, &year);
        if (!len) {
            buffer_add_byte(&out, t.ptr[at++]);
            continue;
        }
        at += len;
        buffer_format(&out, "Quarter %d %d/%02d (%s %d)", quarter, year, (year + 1) % 100,
                      months[quarter - 1], year + (quarter == 4));
    }
    return out.len ? buffer_text(&out) : TEXT_EMPTY;
}
