/* names - of columns: how they are written, compared and listed. */
#include "read/read_int.h"

#include "base/utf8.h"

#include <string.h>

bool list_names(struct text list, struct text name)
{
    struct text_pieces lines = text_split(list, '\n');
    for (struct text line; text_next(&lines, &line);) {
        struct text_pieces pieces = text_split(line, ',');
        for (struct text piece; text_next(&pieces, &piece);)
            if (piece.len && text_same_name(piece, name))
                return true;
        if (line.len && text_same_name(line, name))
            return true;
    }
    return false;
}

/* How far `name` is from the nearest of `wanted`, which are names with "|" between. */
static size_t distance_to_any(struct text name, struct text wanted)
{
    size_t best = SIZE_MAX;
    struct text_pieces pieces = text_split(wanted, '|');
    for (struct text piece; text_next(&pieces, &piece);) {
        size_t distance = piece.len ? text_distance(name, piece) : SIZE_MAX;
        if (distance < piece.len / 3 + 2 && distance < best) /* a farther one is no help */
            best = distance;
    }
    return best;
}

/* "'A'", or "'A' and 'B'" when several are about as near; empty when none is. */
static struct text names_near(struct arena *arena, const struct texts *names, struct text wanted)
{
    enum { SHOWN = 3 };
    struct texts near = {0};
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < names->count; i++) {
        size_t distance = distance_to_any(names->items[i], wanted);
        best = distance < best ? distance : best;
    }
    for (size_t farther = 0; best != SIZE_MAX && farther < 2; farther++)
        for (size_t i = 0; i < names->count && near.count < SHOWN; i++)
            if (names->items[i].len && distance_to_any(names->items[i], wanted) == best + farther)
                texts_add(
                    arena, &near,
                    text_format(arena, "'%.*s'", TEXT_ARG(text_quote(arena, names->items[i]))));
    return texts_join(arena, &near, TEXT(" and "));
}

struct text names_found(struct arena *arena, const struct texts *names, struct text wanted)
{
    struct texts quoted = {0};
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i].len)
            texts_add(arena, &quoted,
                      text_format(arena, "'%.*s'", TEXT_ARG(text_quote(arena, names->items[i]))));
    struct text all = texts_join(arena, &quoted, TEXT(", "));
    struct text near = names_near(arena, names, wanted);
    if (!near.len)
        return all;
    bool several = text_contains(near, TEXT("' and '"));
    return text_format(arena, "%.*s; the nearest %s %.*s", TEXT_ARG(all), several ? "are" : "is",
                       TEXT_ARG(near));
}

struct text name_tidy(struct arena *arena, struct text cell)
{
    struct buffer out = {.arena = arena};
    bool gap = false;
    for (size_t at = 0; at < cell.len;) {
        size_t from = at;
        uint32_t point = utf8_next(cell, &at);
        if (point == 0xAD || (point >= 0x200B && point <= 0x200D) || point == 0xFEFF)
            continue;
        if (point <= ' ' || point == 0xA0 || point == 0x2007 || point == 0x202F) {
            gap = true;
            continue;
        }
        if (gap && out.len)
            buffer_add_byte(&out, ' ');
        gap = false;
        buffer_add(&out, text_slice(cell, from, at));
    }
    return buffer_text(&out);
}

/* "1", "note 1", "notes 1, 2": what stands between the brackets of a footnote mark. */
static bool is_note_number(struct text inside)
{
    static const char *const words[] = {"notes", "note", "footnote"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (inside.len > strlen(words[i]) &&
            text_same_name(text_slice(inside, 0, strlen(words[i])), text_from(words[i]))) {
            inside = text_trim(text_slice(inside, strlen(words[i]), inside.len));
            break;
        }
    bool digit = false;
    for (size_t i = 0; i < inside.len; i++) {
        if (!is_digit(inside.ptr[i]) && !strchr(", &", inside.ptr[i]))
            return false;
        digit = digit || is_digit(inside.ptr[i]);
    }
    return digit && inside.len <= 8;
}

/* Bytes of the footnote mark at the end of `name`; 0 when there is none. */
static size_t mark_at_end(struct text name)
{
    static const char *const marks[] = {"*", "†", "‡", "§", "¶", "¹", "²", "³",
                                        "⁰", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", NULL};
    for (int i = 0; marks[i]; i++)
        if (text_ends(name, text_from(marks[i])))
            return strlen(marks[i]);
    if (!text_ends(name, TEXT(")")) && !text_ends(name, TEXT("]")))
        return 0;
    char opening = name.ptr[name.len - 1] == ')' ? '(' : '[';
    size_t at = name.len - 1;
    while (at && name.ptr[at] != opening)
        at--;
    struct text inside = text_slice(name, at + 1, name.len - 1);
    bool year = inside.len == 4;
    return name.ptr[at] == opening && !year && is_note_number(inside) ? name.len - at : 0;
}

struct text name_without_marks(struct text name)
{
    struct text rest = name;
    for (size_t mark; (mark = mark_at_end(rest));) {
        rest = text_trim(text_slice(rest, 0, rest.len - mark));
        if (text_ends(rest, TEXT(",")))
            rest = text_trim(text_slice(rest, 0, rest.len - 1));
    }
    return rest.len ? rest : name;
}

bool name_position(struct text t, size_t *position)
{
    static const struct text word = TEXT_INIT("column ");
    struct text rest = text_trim(text_slice(t, word.len, t.len));
    size_t number = 0;
    bool digits = rest.len && is_digit(rest.ptr[0]);
    if (!rest.len || rest.len > (digits ? 5 : 3) ||
        !text_same_name(text_slice(t, 0, word.len), word) || t.ptr[word.len - 1] != ' ')
        return false;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.ptr[i], upper = (char)(c & ~0x20);
        if (digits ? c < '0' || c > '9' : upper < 'A' || upper > 'Z')
            return false;
        number = digits ? number * 10 + (size_t)(c - '0') : number * 26 + (size_t)(upper - 'A') + 1;
    }
    *position = number - 1;
    return number > 0;
}
