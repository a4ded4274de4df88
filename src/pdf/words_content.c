/* words_content - the words that a stream of drawing operators shows. */
#include "pdf/words_int.h"

#include <stdlib.h>

enum { FORMS_DEEP = 16, SAVED_MAX = 64, MARKS_MAX = 64, GAP = -180 /* thousandths: a space */ };

struct content {
    struct word_fonts *fonts;
    qpdf_oh resources;
    struct buffer *out;
    unsigned depth; /* of forms in forms */
    struct text rest;
    struct text name;       /* the last one of the operands */
    struct text first_name; /* and the first */
    bool in_array;
    struct buffer shown; /* what the strings of the operands show */
    const struct word_font *font;
    const struct word_font *saved[SAVED_MAX];
    unsigned saved_count;
    bool marks[MARKS_MAX]; /* which open marks are those of artifacts */
    unsigned mark_count;
};

static void read_content(struct word_fonts *fonts, qpdf_oh resources, struct text stream,
                         unsigned depth, struct buffer *out);

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return is_space(c) || (c && strchr("()<>[]{}/%", c));
}

static void show(struct content *content, struct text codes)
{
    const struct word_font *font = content->font;
    if (!font)
        return;
    for (size_t i = 0; i + font->width <= codes.len; i += font->width) {
        unsigned code = (unsigned char)codes.ptr[i];
        if (font->width == 2)
            code = code << 8 | (unsigned char)codes.ptr[i + 1];
        const char *letters = word_of_code(font, code);
        if (letters)
            buffer_add(&content->shown, text_from(letters));
        else
            buffer_add_byte(&content->shown, WORDS_UNKNOWN);
    }
}

static char escaped(char c)
{
    static const char names[] = "nrtbf", bytes[] = "\n\r\t\b\f";
    const char *name = c ? strchr(names, c) : NULL;
    return name ? bytes[name - names] : c;
}

/* "(…)" with its escapes; `at` is behind the bracket. The end is behind the closing one. */
static size_t literal_string(struct text t, size_t at, struct buffer *out)
{
    for (unsigned open = 1; at < t.len; at++) {
        char c = t.ptr[at];
        open += c == '(' ? 1 : 0;
        if (c == ')' && --open == 0)
            return at + 1;
        if (c != '\\') {
            buffer_add_byte(out, c);
            continue;
        }
        c = char_at(t, ++at);
        if (c >= '0' && c <= '7') {
            unsigned value = 0;
            for (unsigned k = 0; k < 3 && char_at(t, at) >= '0' && char_at(t, at) <= '7'; k++)
                value = value * 8 + (unsigned)(t.ptr[at++] - '0');
            at--;
            buffer_add_byte(out, (char)value);
        } else if (c == '\r' && char_at(t, at + 1) == '\n') {
            at++;
        } else if (c != '\n' && c != '\r') {
            buffer_add_byte(out, escaped(c));
        }
    }
    return at;
}

static size_t hex_string(struct text t, size_t at, struct buffer *out)
{
    int high = -1;
    for (; at < t.len && t.ptr[at] != '>'; at++) {
        char c = t.ptr[at], lower = (char)(c | 32);
        int value = is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
        if (value < 0)
            continue;
        if (high >= 0)
            buffer_add_byte(out, (char)(high << 4 | value));
        high = high >= 0 ? -1 : value;
    }
    if (high >= 0)
        buffer_add_byte(out, (char)(high << 4));
    return at + 1;
}

static void break_words(struct content *content, char how)
{
    buffer_add_byte(content->out, how);
}

static void draw_object(struct content *content)
{
    qpdf_data q = content->fonts->q;
    struct arena *arena = content->fonts->scratch;
    qpdf_oh form =
        pdf_key(q, pdf_key(q, content->resources, "/XObject"), text_cstr(arena, content->name));
    if (!qpdf_oh_is_stream(q, form))
        return;
    qpdf_oh dict = qpdf_oh_get_dict(q, form);
    if (!pdf_is_name(q, pdf_key(q, dict, "/Subtype"), "/Form"))
        return;
    if (content->depth >= FORMS_DEEP || ++content->fonts->forms > FORMS_MAX) {
        content->fonts->is_too_large = true;
        return;
    }
    qpdf_oh own = pdf_key(q, dict, "/Resources");
    read_content(content->fonts, qpdf_oh_is_dictionary(q, own) ? own : content->resources,
                 pdf_stream_bytes(q, arena, form), content->depth + 1, content->out);
}

static void set_font(struct content *content)
{
    qpdf_data q = content->fonts->q;
    qpdf_oh font = pdf_key(q, pdf_key(q, content->resources, "/Font"),
                           text_cstr(content->fonts->scratch, content->name));
    content->font = qpdf_oh_is_dictionary(q, font) ? word_font_of(content->fonts, font) : NULL;
}

/* What is drawn at the edge of each page interrupts the words, and does not go on with them. */
static void open_mark(struct content *content)
{
    bool is_artifact = text_is(content->first_name, "/Artifact");
    if (content->mark_count < MARKS_MAX)
        content->marks[content->mark_count] = is_artifact;
    content->mark_count++;
    if (is_artifact)
        break_words(content, '\n');
}

static void close_mark(struct content *content)
{
    if (!content->mark_count)
        return;
    content->mark_count--;
    if (content->mark_count < MARKS_MAX && content->marks[content->mark_count])
        break_words(content, '\n');
}

/* Passes the bytes of a picture over: up to "EI" between spaces. */
static void skip_picture(struct content *content)
{
    struct text t = content->rest;
    size_t at = 0;
    while (at + 3 < t.len && !(is_space(t.ptr[at]) && t.ptr[at + 1] == 'E' &&
                               t.ptr[at + 2] == 'I' && is_space(t.ptr[at + 3])))
        at++;
    content->rest = text_slice(t, at + 3 < t.len ? at + 3 : t.len, t.len);
}

static void save_font(struct content *content)
{
    if (content->saved_count < SAVED_MAX)
        content->saved[content->saved_count] = content->font;
    content->saved_count++;
}

static void restore_font(struct content *content)
{
    if (!content->saved_count)
        return;
    content->saved_count--;
    if (content->saved_count < SAVED_MAX)
        content->font = content->saved[content->saved_count];
}

static void operate(struct content *content, struct text operator)
{
    static const char *const moves[] = {"BT", "ET", "Td", "TD", "Tm", "T*", "'", "\"", NULL};
    if (pdf_is_listed(moves, operator))
        break_words(content, ' ');
    if (text_is(operator, "Tj") || text_is(operator, "TJ") || text_is(operator, "'") ||
        text_is(operator, "\""))
        buffer_add(content->out, buffer_text(&content->shown));
    else if (text_is(operator, "Tf"))
        set_font(content);
    else if (text_is(operator, "Do"))
        draw_object(content);
    else if (text_is(operator, "BDC") || text_is(operator, "BMC"))
        open_mark(content);
    else if (text_is(operator, "EMC"))
        close_mark(content);
    else if (text_is(operator, "q"))
        save_font(content);
    else if (text_is(operator, "Q"))
        restore_font(content);
    else if (text_is(operator, "ID"))
        skip_picture(content);
    content->shown.len = 0;
    content->name = content->first_name = TEXT_EMPTY;
    content->in_array = false;
}

/* A number between strings moves what follows: far enough, that is a space. */
static void take_word(struct content *content, struct text word)
{
    bool is_number = is_digit(word.ptr[0]) || (word.ptr[0] && strchr("+-.", word.ptr[0]));
    if (!is_number) {
        operate(content, word);
        return;
    }
    double number = strtod(text_cstr(content->fonts->scratch, word), NULL);
    if (content->in_array && number < GAP)
        buffer_add_byte(&content->shown, ' ');
}

static void take_string(struct content *content, size_t at, bool is_hex)
{
    struct buffer codes = {.arena = content->fonts->scratch};
    size_t end =
        is_hex ? hex_string(content->rest, at, &codes) : literal_string(content->rest, at, &codes);
    show(content, buffer_text(&codes));
    content->rest = text_slice(content->rest, end, content->rest.len);
}

static size_t word_end(struct text t, size_t at)
{
    while (at < t.len && !is_delimiter(t.ptr[at]))
        at++;
    return at;
}

static size_t comment_end(struct text t)
{
    size_t at = 0;
    while (at < t.len && t.ptr[at] != '\n' && t.ptr[at] != '\r')
        at++;
    return at;
}

static void take_name(struct content *content)
{
    size_t end = word_end(content->rest, 1);
    content->name = text_slice(content->rest, 0, end);
    if (!content->first_name.len)
        content->first_name = content->name;
    content->rest = text_slice(content->rest, end, content->rest.len);
}

static void skip(struct content *content, size_t count)
{
    content->rest = text_slice(content->rest, count, content->rest.len);
}

static void take_next(struct content *content)
{
    char c = content->rest.ptr[0];
    if (c == '(') {
        take_string(content, 1, false);
    } else if (c == '<' && char_at(content->rest, 1) != '<') {
        take_string(content, 1, true);
    } else if (c == '/') {
        take_name(content);
    } else if (c == '%') {
        skip(content, comment_end(content->rest));
    } else if (is_delimiter(c)) {
        content->in_array = c == '[' || (content->in_array && c != ']');
        skip(content, c == '<' ? 2 : 1);
    } else {
        size_t end = word_end(content->rest, 1);
        struct text word = text_slice(content->rest, 0, end);
        skip(content, end);
        take_word(content, word);
    }
}

static void read_content(struct word_fonts *fonts, qpdf_oh resources, struct text stream,
                         unsigned depth, struct buffer *out)
{
    struct content content = {.fonts = fonts,
                              .resources = resources,
                              .out = out,
                              .depth = depth,
                              .rest = stream,
                              .name = TEXT_EMPTY,
                              .first_name = TEXT_EMPTY,
                              .shown = {.arena = fonts->scratch}};
    while (content.rest.len && !fonts->is_too_large) {
        take_next(&content);
        fonts->is_too_large = fonts->is_too_large || out->len > WORDS_MAX;
    }
}

/* A page's contents may be in several streams, which go on where the last one stopped. */
void words_of_page(struct word_fonts *fonts, qpdf_oh page, struct buffer *out)
{
    qpdf_data q = fonts->q;
    qpdf_oh contents = qpdf_oh_get_key(q, page, "/Contents");
    struct buffer all = {.arena = fonts->scratch};
    for (size_t i = 0; i < pdf_item_count(q, contents); i++) {
        buffer_add(&all, pdf_stream_bytes(q, fonts->scratch, pdf_item(q, contents, i)));
        buffer_add_byte(&all, '\n');
    }
    if (qpdf_oh_is_stream(q, contents))
        buffer_add(&all, pdf_stream_bytes(q, fonts->scratch, contents));
    read_content(fonts, qpdf_oh_get_key(q, page, "/Resources"), buffer_text(&all), 0, out);
    qpdf_oh_release_all(q);
    arena_reset(fonts->scratch);
}
