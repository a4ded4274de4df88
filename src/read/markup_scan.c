/*
 * What in a cell is markup? People write "<5", "R&D" and "<name@example.org>" too. A tag is one
 * whose name HTML knows and whose attributes have values, and which either nobody writes for
 * anything else (<p>, <br>, <div>) or comes with an attribute or with its other half: "<address>"
 * alone, in a text for a letter, stays text. All that is no markup is escaped for the library.
 */
#include "read/markup_int.h"

#include "base/utf8.h"
#include "data/spelling_int.h"

#include <string.h>

enum piece_kind {
    PIECE_TEXT,    /* one byte, or more, as they are */
    PIECE_CODE,    /* a reference */
    PIECE_START,   /* a tag */
    PIECE_END,     /* an end tag */
    PIECE_DROPPED, /* a comment, a declaration, a style sheet */
};
struct piece {
    enum piece_kind kind;
    size_t end;             /* where the next one begins */
    uint32_t code;          /* PIECE_CODE */
    struct text name;       /* of a tag, as it is written */
    struct text attributes; /* what stands between the name and ">" */
};

/* What is known of the whole cell. */
struct seen {
    struct texts started, ended;  /* names of elements with a start tag, with an end tag */
    unsigned endless_forms;       /* see read_dropped: no end follows, a bit a form */
    struct texts endless_content; /* nor an end tag of these elements */
};

static const char sure_names[] =
    "p|br|div|span|ul|ol|li|table|tr|td|th|tbody|thead|tfoot|h1|h2|h3|"
    "h4|h5|h6|strong|em|hr|font|blockquote|img";
/* Their content is for programs. */
static const char dropped_content[] = "style|script|xml";
/* They say nothing of the text, and the library moves text about for their sake. */
static const char skipped_names[] =
    "html|head|body|meta|link|base|frameset|frame|noframes|form|isindex|param|applet|object";
/* Prefixes of the elements of Word and its kin: <o:p>. */
static const char office_prefixes[] = "o|w|v|m|x|st1";
/* Attributes that need no value. */
static const char bare_attributes[] =
    "nowrap|noshade|compact|hidden|disabled|checked|selected|"
    "reversed";
static const char kept_attributes[] = "href|style|start|value|alt";

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_name_byte(char c)
{
    return is_letter(c) || is_digit(c) || c == ':' || c == '-' || c == '_';
}

static size_t skip_spaces(struct text t, size_t at)
{
    while (at < t.len && is_space(t.ptr[at]))
        at++;
    return at;
}

static size_t skip_name(struct text t, size_t at)
{
    while (at < t.len && is_name_byte(t.ptr[at]))
        at++;
    return at;
}

/* Where `part` stands in `t` from `at` on, in either case if it is lower case; t.len: nowhere. */
static size_t find_part(struct text t, size_t at, struct text part)
{
    for (; at + part.len <= t.len; at++) {
        size_t i = 0;
        while (i < part.len && (t.ptr[at + i] == part.ptr[i] ||
                                (is_letter(part.ptr[i]) && (t.ptr[at + i] | 32) == part.ptr[i])))
            i++;
        if (i == part.len)
            return at;
    }
    return t.len;
}

struct attribute {
    struct text name, value;
    size_t end;
};

/* The attribute at `at`; false when what stands there is none. */
static bool read_attribute(struct text t, size_t at, struct attribute *out)
{
    size_t name_end = skip_name(t, at);
    out->name = text_slice(t, at, name_end);
    out->value = TEXT_EMPTY;
    if (name_end == at)
        return false;
    at = skip_spaces(t, name_end);
    if (char_at(t, at) != '=') {
        out->end = name_end;
        return is_spelling(out->name, bare_attributes);
    }
    at = skip_spaces(t, at + 1);
    char quote = char_at(t, at);
    size_t from = quote == '"' || quote == '\'' ? at + 1 : at, to = from;
    if (from > at)
        to = text_find(t, quote, from);
    if (from > at && to == t.len && text_find(t, '>', from) < t.len)
        return false; /* a quote that nobody closed: text may follow */
    if (from == at)
        while (to < t.len && !is_space(t.ptr[to]) && t.ptr[to] != '>' && t.ptr[to] != '<')
            to++;
    out->value = text_slice(t, from, to);
    out->end = from > at && to < t.len ? to + 1 : to;
    return true;
}

/*
 * The end of a tag whose name ends at `at`: behind its ">". A tag with an attribute may also be cut
 * short by the end of the cell, as systems do that keep 4,000 characters. 0 when it is no tag.
 */
static size_t tag_end(struct text t, size_t at, bool *has_attributes)
{
    *has_attributes = false;
    for (;;) {
        size_t next = skip_spaces(t, at);
        if (char_at(t, next) == '/' && char_at(t, next + 1) == '>')
            next++;
        if (char_at(t, next) == '>')
            return next + 1;
        if (next >= t.len)
            return *has_attributes ? t.len : 0;
        struct attribute attribute;
        if ((next == at && !*has_attributes) || !read_attribute(t, next, &attribute))
            return 0;
        *has_attributes = true;
        at = attribute.end;
    }
}

static bool is_office_name(struct text name)
{
    size_t colon = text_find(name, ':', 0);
    return colon < name.len && is_spelling(text_slice(name, 0, colon), office_prefixes);
}

static bool is_known(struct text name)
{
    return markup_is_element(name) || is_office_name(name) || is_spelling(name, dropped_content);
}

/* A tag by its form and name, whether or not it is one in this cell. */
static bool read_tag(struct text t, size_t at, struct piece *out, bool *has_attributes)
{
    bool is_end = char_at(t, at + 1) == '/';
    size_t from = at + 1 + is_end, to = skip_name(t, from);
    if (!is_letter(char_at(t, from)) || !is_known(text_slice(t, from, to)))
        return false;
    size_t end = tag_end(t, to, has_attributes);
    if (!end)
        return false;
    *out = (struct piece){.kind = is_end ? PIECE_END : PIECE_START,
                          .end = end,
                          .name = text_slice(t, from, to),
                          .attributes = text_slice(t, to, end)};
    return true;
}

static bool has_name(const struct texts *names, struct text name)
{
    return texts_find_name(names, name) < names->count;
}

static struct seen see_tags(struct arena *arena, struct text cell)
{
    struct seen seen = {0};
    for (size_t at = text_find(cell, '<', 0); at < cell.len; at = text_find(cell, '<', at + 1)) {
        struct piece tag;
        bool has_attributes;
        if (read_tag(cell, at, &tag, &has_attributes) && tag.kind == PIECE_END &&
            !is_office_name(tag.name) && /* any number of names, each of them surely a tag */
            !has_name(&seen.ended, tag.name))
            texts_add(arena, &seen.ended, tag.name);
    }
    return seen;
}

/* Comments, declarations, what Word says to itself, and the content of style sheets. */
static bool read_dropped(struct text t, size_t at, struct seen *seen, struct piece *out)
{
    static const struct {
        const char *start, *end;
    } forms[] = {
        {"<!--", "-->"}, {"<!doctype", ">"}, {"<![if", ">"}, {"<![endif", ">"}, {"<?xml", ">"}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct text start = text_from(forms[i].start), end = text_from(forms[i].end);
        if (seen->endless_forms & 1u << i || t.len - at < start.len ||
            find_part(text_slice(t, at, at + start.len), 0, start) != 0)
            continue;
        size_t found = find_part(t, at + start.len, end);
        if (found == t.len) {
            seen->endless_forms |= 1u << i; /* not looked for at each of many such */
            return false;
        }
        *out = (struct piece){.kind = PIECE_DROPPED, .end = found + end.len};
        return true;
    }
    return false;
}

static void add_lower(struct buffer *out, struct text name)
{
    for (size_t i = 0; i < name.len; i++)
        buffer_add_byte(out, name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] + 32)
                                                                      : name.ptr[i]);
}

/* From a start tag of a style sheet to behind its end tag; false when that is not there. */
static bool read_dropped_content(struct arena *arena, struct text t, struct seen *seen,
                                 struct piece *tag)
{
    if (has_name(&seen->endless_content, tag->name))
        return false;
    struct buffer end = {.arena = arena};
    buffer_add(&end, TEXT("</"));
    add_lower(&end, tag->name);
    size_t at = find_part(t, tag->end, buffer_text(&end));
    size_t close = at < t.len ? text_find(t, '>', at) : t.len;
    if (close == t.len) {
        texts_add(arena, &seen->endless_content, tag->name);
        return false;
    }
    *tag = (struct piece){.kind = PIECE_DROPPED, .end = close + 1};
    return true;
}

static bool is_tag_here(const struct seen *seen, const struct piece *tag, bool has_attributes)
{
    if (is_spelling(tag->name, sure_names) || is_office_name(tag->name) || has_attributes)
        return true;
    return tag->kind == PIECE_END || has_name(&seen->ended, tag->name);
}

static bool read_markup(struct arena *arena, struct text t, size_t at, struct seen *seen,
                        struct piece *out)
{
    bool has_attributes = false;
    if (read_dropped(t, at, seen, out))
        return true;
    if (!read_tag(t, at, out, &has_attributes) || !is_tag_here(seen, out, has_attributes))
        return false;
    if (is_spelling(out->name, dropped_content))
        return out->kind == PIECE_START && read_dropped_content(arena, t, seen, out);
    if (is_office_name(out->name) || is_spelling(out->name, skipped_names))
        out->kind = PIECE_DROPPED;
    return true;
}

/* What browsers make of &#128; to &#159;: Windows-1252 (HTML Standard, 13.2.5.80). */
static uint32_t from_windows(uint32_t code)
{
    static const uint16_t points[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    return code >= 0x80 && code < 0xA0 ? points[code - 0x80] : code;
}

static bool is_shown(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0x7F) ||
           (code >= 0xA0 && code < 0xD800) || (code >= 0xE000 && code < 0xFFFE) ||
           (code >= 0x10000 && code <= 0x10FFFF);
}

static int digit_value(char c)
{
    return is_digit(c) ? c - '0' : is_letter(c) && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 16;
}

/* "#8217", "#x2019": the code point; 0 when it is none that can be shown. */
static uint32_t numeric_reference(struct text digits)
{
    uint32_t base = (char_at(digits, 1) | 32) == 'x' ? 16 : 10, code = 0;
    size_t at = base == 16 ? 2 : 1;
    if (at >= digits.len)
        return 0;
    for (; at < digits.len; at++) {
        uint32_t digit = (uint32_t)digit_value(digits.ptr[at]);
        if (digit >= base || code > 0x10FFFF)
            return 0;
        code = code * base + digit;
    }
    code = from_windows(code);
    return is_shown(code) ? code : 0;
}

/* The reference whose name begins at `at`, behind the "&"; false when there is none. */
static bool read_name(struct text t, size_t at, uint32_t *code, size_t *end)
{
    enum { LONGEST = 12 };
    size_t to = at;
    while (to < t.len && to - at < LONGEST &&
           (is_letter(t.ptr[to]) || is_digit(t.ptr[to]) || (to == at && t.ptr[to] == '#')))
        to++;
    if (to == at || char_at(t, to) != ';')
        return false;
    struct text name = text_slice(t, at, to);
    *code = name.ptr[0] == '#'      ? numeric_reference(name)
            : text_is(name, "apos") ? '\''
                                    : markup_entity(name);
    *end = to + 1;
    return *code != 0;
}

/* A system that encodes twice writes "&amp;nbsp;": nobody wants to read "&nbsp;". */
static bool read_reference(struct text t, size_t at, struct piece *out)
{
    uint32_t code, inner;
    size_t end, inner_end;
    if (!read_name(t, at + 1, &code, &end))
        return false;
    while (code == '&' && read_name(t, end, &inner, &inner_end)) {
        code = inner;
        end = inner_end;
    }
    *out = (struct piece){.kind = PIECE_CODE, .end = end, .code = code};
    return true;
}

static struct piece next_piece(struct arena *arena, struct text t, size_t at, struct seen *seen)
{
    struct piece piece;
    if ((t.ptr[at] == '<' && read_markup(arena, t, at, seen, &piece)) ||
        (t.ptr[at] == '&' && read_reference(t, at, &piece)))
        return piece;
    piece = (struct piece){.kind = PIECE_TEXT, .end = at + 1};
    while (piece.end < t.len && t.ptr[piece.end] != '<' && t.ptr[piece.end] != '&')
        piece.end++;
    return piece;
}

static void add_escaped(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        if (c == '<' || c == '>' || c == '&' || c == '"')
            buffer_format(out, "&#%d;", c);
        else if (c == '\t' || c == '\n' || c == '\r' || (unsigned char)c >= ' ')
            buffer_add_byte(out, c);
    }
}

/* The value of an attribute with its references decoded. */
static struct text decoded(struct arena *arena, struct text value)
{
    struct buffer out = {.arena = arena};
    char bytes[4] = {0};
    for (size_t at = 0; at < value.len;) {
        struct piece piece;
        if (value.ptr[at] == '&' && read_reference(value, at, &piece)) {
            buffer_add(&out, (struct text){bytes, utf8_put(bytes, piece.code)});
            at = piece.end;
        } else {
            buffer_add_byte(&out, value.ptr[at++]);
        }
    }
    return buffer_text(&out);
}

/* The tag as the library wants it, with the attributes that we use. */
static void add_tag(struct buffer *out, const struct piece *tag)
{
    buffer_add(out, tag->kind == PIECE_END ? TEXT("</") : TEXT("<"));
    add_lower(out, tag->name);
    struct text t = tag->attributes;
    struct attribute attribute;
    struct texts names = {0};
    for (size_t at = skip_spaces(t, 0);
         tag->kind == PIECE_START && read_attribute(t, at, &attribute);
         at = skip_spaces(t, attribute.end)) {
        if (!is_spelling(attribute.name, kept_attributes) || has_name(&names, attribute.name))
            continue;
        texts_add(out->arena, &names, attribute.name);
        buffer_add_byte(out, ' ');
        add_lower(out, attribute.name);
        buffer_add(out, TEXT("=\""));
        add_escaped(out, decoded(out->arena, attribute.value));
        buffer_add_byte(out, '"');
    }
    buffer_add_byte(out, '>');
}

struct markup_scan markup_scan(struct arena *arena, struct text cell)
{
    struct markup_scan scan = {0};
    struct buffer html = {.arena = arena}, plain = {.arena = arena};
    struct seen seen = see_tags(arena, cell);
    for (size_t at = 0; at < cell.len;) {
        struct piece piece = next_piece(arena, cell, at, &seen);
        char bytes[4];
        struct text text = text_slice(cell, at, piece.end);
        if (piece.kind == PIECE_CODE)
            text = (struct text){bytes, utf8_put(bytes, piece.code == 0xA0 ? ' ' : piece.code)};
        if (piece.kind == PIECE_START || piece.kind == PIECE_END) {
            add_tag(&html, &piece);
            scan.has_lines = scan.has_lines || markup_is_block(piece.name);
        } else if (piece.kind != PIECE_DROPPED) {
            add_escaped(&html, text);
            buffer_add(&plain, text);
        }
        scan.has_reference = scan.has_reference || piece.kind == PIECE_CODE;
        scan.has_markup = scan.has_markup || (piece.kind != PIECE_CODE && piece.kind != PIECE_TEXT);
        at = piece.end;
    }
    scan.html = buffer_text(&html);
    scan.plain = buffer_text(&plain);
    return scan;
}
