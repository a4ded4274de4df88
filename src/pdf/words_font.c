/* words_font - which letters the codes of a font are: by its map to Unicode, or by its encoding. */
#include "pdf/words_int.h"

#include <stdlib.h>

const char *word_letters(struct arena *arena, unsigned long character)
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (character >= 0xFB00 && character <= 0xFB06)
        return ligatures[character - 0xFB00];
    if (character == 0xAD || (character >= 0x200B && character <= 0x200D) || character == 0xFEFF)
        return ""; /* soft hyphen, and signs without width */
    if (character <= ' ' || character >= 0x7F)
        return " ";
    char letter = (char)character;
    return text_copy(arena, (struct text){&letter, 1}).ptr;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    char lower = (char)(c | 32);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The next token of a map: "<0041>", "[", "]", "/Name", or a word. False at the end. */
static bool next_token(struct text *rest, struct text *token)
{
    size_t at = 0;
    while (at < rest->len && is_space(rest->ptr[at]))
        at++;
    size_t end = at + 1;
    char c = char_at(*rest, at);
    if (at >= rest->len)
        return false;
    if (c == '<') {
        while (end < rest->len && rest->ptr[end - 1] != '>')
            end++;
    } else if (c == '%') {
        while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r')
            end++;
    } else if (c != '[' && c != ']') {
        while (end < rest->len && !is_space(rest->ptr[end]) && !strchr("<[]/%", rest->ptr[end]))
            end++;
    }
    *token = text_slice(*rest, at, end);
    *rest = text_slice(*rest, end, rest->len);
    return true;
}

/* The bytes of "<0041>". */
static struct text hex_bytes(struct arena *arena, struct text token)
{
    struct buffer out = {.arena = arena};
    int high = -1;
    for (size_t i = 0; i < token.len; i++) {
        int value = hex_value(token.ptr[i]);
        if (value < 0)
            continue;
        if (high >= 0)
            buffer_add_byte(&out, (char)(high << 4 | value));
        high = high >= 0 ? -1 : value;
    }
    return buffer_text(&out);
}

static unsigned long big_endian(struct text bytes)
{
    unsigned long value = 0;
    for (size_t i = 0; i < bytes.len && i < 4; i++)
        value = value << 8 | (unsigned char)bytes.ptr[i];
    return value;
}

/* UTF-16, most significant byte first; `add` to its last character. One code is a ligature at most,
 * or a few letters: an endless one for each of 65,536 codes would be an attack. U+FFFD and
 * characters for private use are what writers of PDFs say when they do not know. */
static const char *target_letters(struct arena *arena, struct text utf16, unsigned long add)
{
    enum { LONGEST = 128 };
    struct buffer out = {.arena = arena};
    if (utf16.len > LONGEST)
        return NULL;
    for (size_t i = 0; i + 1 < utf16.len; i += 2) {
        unsigned long unit = big_endian(text_slice(utf16, i, i + 2));
        unit = i + 2 >= utf16.len ? unit + add : unit;
        if (unit == 0 || unit == 0xFFFD || (unit >= 0xE000 && unit < 0xF900))
            return NULL;
        buffer_add(&out, text_from(word_letters(arena, unit)));
    }
    return out.len ? buffer_text(&out).ptr : "";
}

/* A font has few of its codes: a table of all would fill the memory where many fonts are. */
static void map_code(struct arena *arena, struct word_font *font, unsigned long code,
                     const char *letters)
{
    if (code >= font->size)
        return;
    const char ***row = &font->rows[code / CODE_ROW];
    if (!*row)
        *row = arena_calloc(arena, CODE_ROW, sizeof **row);
    (*row)[code % CODE_ROW] = letters;
}

/* "<0001> <00FF> <0001>", or with "[<0041> <0042> …]" behind. */
static void map_range(struct arena *arena, struct word_font *font, struct text first,
                      struct text last, struct text token, struct text *rest)
{
    unsigned long from = big_endian(hex_bytes(arena, first));
    unsigned long to = big_endian(hex_bytes(arena, last));
    if (!text_is(token, "[")) {
        struct text target = hex_bytes(arena, token);
        for (unsigned long code = from; code <= to && code < font->size; code++)
            map_code(arena, font, code, target_letters(arena, target, code - from));
        return;
    }
    for (unsigned long code = from; next_token(rest, &token) && !text_is(token, "]"); code++)
        map_code(arena, font, code, target_letters(arena, hex_bytes(arena, token), 0));
}

static void read_map(struct arena *arena, struct word_font *font, struct text map)
{
    struct text token, held[2] = {TEXT_EMPTY, TEXT_EMPTY};
    size_t count = 0, wanted = 0; /* tokens before the target */
    while (next_token(&map, &token)) {
        bool is_code = token.ptr[0] == '<' || token.ptr[0] == '[';
        if (text_is(token, "beginbfchar"))
            wanted = 1;
        else if (text_is(token, "beginbfrange"))
            wanted = 2;
        else if (text_starts(token, TEXT("end")))
            wanted = 0;
        if (!is_code || !wanted) {
            count = 0;
        } else if (count < wanted) {
            held[count++] = token;
        } else {
            if (wanted == 1)
                map_code(arena, font, big_endian(hex_bytes(arena, held[0])),
                         target_letters(arena, hex_bytes(arena, token), 0));
            else
                map_range(arena, font, held[0], held[1], token, &map);
            count = 0;
        }
    }
}

static bool has_digit(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]))
            return true;
    return false;
}

/* A part of a glyph's name: "A", "seven", "fi", "uni0041", "u0041"; NULL for numbers of glyphs,
 * such as "g32": of names with letters alone all others are signs and letters with accents. */
static const char *named_part(struct arena *arena, struct text name)
{
    static const char *const digits[] = {"zero", "one", "two",   "three", "four",
                                         "five", "six", "seven", "eight", "nine"};
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl"};
    if (name.len == 1 && is_letter(name.ptr[0]))
        return text_copy(arena, name).ptr;
    for (unsigned i = 0; i < 10; i++)
        if (text_is(name, digits[i]))
            return word_letters(arena, '0' + i);
    for (unsigned i = 0; i < 5; i++)
        if (text_is(name, ligatures[i]))
            return ligatures[i];
    struct text number = text_slice(name, text_starts(name, TEXT("uni")) ? 3 : 1, name.len);
    bool is_number = text_starts(name, TEXT("u")) && number.len >= 4 && number.len <= 6;
    for (size_t i = 0; i < number.len; i++)
        is_number = is_number && hex_value(number.ptr[i]) >= 0;
    if (is_number)
        return word_letters(arena, strtoul(text_cstr(arena, number), NULL, 16));
    return has_digit(name) ? NULL : " ";
}

/* "/A", "/f_i", "/a.smallcap": of all parts. */
static const char *named_letters(struct arena *arena, const char *name)
{
    struct text whole = text_from(name + 1);
    struct text_pieces pieces = text_split(text_slice(whole, 0, text_find(whole, '.', 1)), '_');
    struct buffer out = {.arena = arena};
    for (struct text piece; text_next(&pieces, &piece);) {
        const char *letters = named_part(arena, piece);
        if (!letters)
            return NULL;
        buffer_add(&out, text_from(letters));
    }
    return out.len ? buffer_text(&out).ptr : " ";
}

/* Every encoding of one byte has the letters and digits of ASCII in their places, but for what it
 * says itself. */
static void read_encoding(struct word_fonts *fonts, struct word_font *font, qpdf_oh dict)
{
    qpdf_data q = fonts->q;
    qpdf_oh differences = pdf_key(q, pdf_key(q, dict, "/Encoding"), "/Differences");
    for (unsigned long code = 0; code < font->size; code++)
        map_code(fonts->arena, font, code,
                 code < ' ' && !is_space((char)code) ? NULL : word_letters(fonts->arena, code));
    unsigned long code = 0;
    for (size_t i = 0; i < pdf_item_count(q, differences); i++) {
        double number = pdf_number(q, differences, i);
        qpdf_oh item = pdf_item(q, differences, i);
        if (qpdf_oh_is_name(q, item))
            map_code(fonts->arena, font, code++,
                     named_letters(fonts->arena, qpdf_oh_get_name(q, item)));
        else
            code = number >= 0 && number < 256 ? (unsigned long)number : font->size;
    }
}

static struct word_font *read_font(struct word_fonts *fonts, qpdf_oh dict)
{
    qpdf_data q = fonts->q;
    struct word_font *font = arena_alloc(fonts->arena, sizeof *font);
    bool is_wide = pdf_is_name(q, pdf_key(q, dict, "/Subtype"), "/Type0");
    *font = (struct word_font){.width = is_wide ? 2 : 1,
                               .size = is_wide ? CODE_ROW * CODE_ROW : CODE_ROW};
    if (!is_wide)
        read_encoding(fonts, font, dict);
    read_map(fonts->arena, font,
             pdf_stream_bytes(q, fonts->scratch, pdf_key(q, dict, "/ToUnicode")));
    return font;
}

const struct word_font *word_font_of(struct word_fonts *fonts, qpdf_oh dict)
{
    int id = qpdf_oh_is_indirect(fonts->q, dict) ? qpdf_oh_get_object_id(fonts->q, dict) : 0;
    for (size_t i = 0; i < fonts->count && id; i++)
        if (fonts->items[i]->id == id)
            return fonts->items[i];
    struct word_font *font = read_font(fonts, dict);
    font->id = id;
    fonts->items = arena_grow(fonts->arena, fonts->items, fonts->count, &fonts->capacity,
                              sizeof *fonts->items);
    fonts->items[fonts->count++] = font;
    return font;
}
