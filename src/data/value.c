#include "data/value_int.h"

static const struct {
    const char *letters, *meaning;
} marker_table[MARKERS] = {
    {"b", "break in series"},
    {"c", "confidential"},
    {"e", "estimated"},
    {"f", "forecast"},
    {"low", "low: rounds to 0 but is not 0"},
    {"p", "provisional"},
    {"r", "revised"},
    {"u", "low reliability"},
    {"w", "none recorded in survey"},
    {"x", "not available"},
    {"z", "not applicable"},
};

const char *marker_letters(int index)
{
    return marker_table[index].letters;
}

const char *marker_meaning(int index)
{
    return marker_table[index].meaning;
}

struct text markers_display(struct arena *arena, unsigned markers)
{
    struct buffer out = {.arena = arena};
    for (int i = 0; i < MARKERS; i++)
        if (markers & 1u << i)
            buffer_format(&out, "[%s]", marker_table[i].letters);
    return buffer_text(&out);
}

unsigned markers_shown(struct text t)
{
    unsigned shown = 0;
    for (size_t open = text_find(t, '[', 0); open < t.len; open = text_find(t, '[', open + 1)) {
        struct text inside = text_slice(t, open + 1, text_find(t, ']', open));
        for (int i = 0; i < MARKERS; i++)
            if (text_is(inside, marker_table[i].letters) && open + 1 + inside.len < t.len)
                shown |= 1u << i;
    }
    return shown;
}

unsigned marker_bit(struct text letters)
{
    for (int i = 0; i < MARKERS; i++)
        if (text_same_name(letters, text_from(marker_table[i].letters)))
            return 1u << i;
    return 0;
}

struct text marker_name(unsigned bit)
{
    int index = 0;
    while (bit != 1u << index)
        index++;
    return text_from(marker_table[index].letters);
}
