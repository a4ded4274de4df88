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

struct text markers_explained(struct arena *arena, unsigned markers)
{
    struct buffer out = {.arena = arena};
    for (int i = 0; i < MARKERS; i++)
        if (markers & 1u << i)
            buffer_format(&out, "%s[%s] %s",
                          out.len ? "; " : "Shorthand: ", marker_table[i].letters,
                          marker_table[i].meaning);
    if (out.len)
        buffer_add_byte(&out, '.');
    return buffer_text(&out);
}

bool value_mark(struct value *value, unsigned markers)
{
    const unsigned in_place =
        MARKER_CONFIDENTIAL | MARKER_NONE_IN_SURVEY | MARKER_NOT_AVAILABLE | MARKER_NOT_APPLICABLE;
    bool had_number = value->present;
    value->markers |= markers;
    bool not_low = had_number && value->markers & MARKER_LOW && decimal_sign(value->number) != 0;
    if (value->markers & in_place || not_low) {
        value->present = false;
        value->number = decimal_from(0);
    }
    return had_number && !value->present;
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

void cell_note(struct cell *cell, enum reading_flag flag, struct text words)
{
    if (flag > cell->reading.flag)
        cell->reading.flag = flag;
    if (!cell->reading.note.len)
        cell->reading.note = words;
}

void cell_check(struct cell *cell, const char *words)
{
    cell_note(cell, READING_CHECK, text_from(words));
}

bool cell_fail(struct cell *cell, struct text why)
{
    cell->reading = (struct reading){
        .value = {.markers = MARKER_NOT_AVAILABLE},
        .flag = READING_ERROR,
        .unit = TEXT_EMPTY,
        .marker = TEXT("error"),
        .note = why,
    };
    return false;
}

void cell_mark(struct cell *cell, struct text name)
{
    struct text *marker = &cell->reading.marker;
    unsigned bit = marker_bit(name);
    if (bit && cell->reading.value.markers & bit)
        return; /* "<5 [c]" says it twice */
    *marker = marker->len ? text_format(cell->arena, "%.*s %.*s", TEXT_ARG(*marker), TEXT_ARG(name))
                          : name;
    bool is_missing = text_is(name, "na") || text_is(name, "blank");
    cell->reading.value.markers |= is_missing ? MARKER_NOT_AVAILABLE : marker_bit(name);
}

void cell_skip(struct cell *cell, size_t bytes)
{
    cell->rest = text_trim(text_slice(cell->rest, bytes, cell->rest.len));
}

bool cell_take(struct cell *cell, const char *spellings)
{
    size_t len = spelling_at_start(cell->rest, spellings);
    if (len)
        cell_skip(cell, len);
    return len > 0;
}
