#include "pdf/words.h"
#include "pdf/words_int.h"

enum { ARRAYS_DEEP = 64 };
static const char page_end = '\f', part_end = '\v';

/* A text of Unicode as letters, with a line feed behind. */
static void add_string(struct text utf8, struct buffer *out)
{
    for (size_t i = 0; i < utf8.len; i++) {
        char c = utf8.ptr[i];
        if (c > ' ' && c < 0x7F)
            buffer_add_byte(out, c);
        else
            buffer_add_byte(out, ' ');
    }
    buffer_add_byte(out, '\n');
}

/* The strings of an object itself, not of those that it refers to. */
static void add_strings(struct word_fonts *fonts, qpdf_oh oh, struct buffer *out, unsigned depth)
{
    qpdf_data q = fonts->q;
    if (qpdf_oh_is_string(q, oh)) {
        add_string(text_from(qpdf_oh_get_utf8_value(q, oh)), out);
    } else if (depth < ARRAYS_DEEP && qpdf_oh_is_array(q, oh)) {
        for (size_t i = 0; i < pdf_item_count(q, oh); i++) {
            qpdf_oh item = pdf_item(q, oh, i);
            if (!qpdf_oh_is_indirect(q, item))
                add_strings(fonts, item, out, depth + 1);
        }
    } else if (depth < ARRAYS_DEEP && qpdf_oh_is_dictionary(q, oh)) {
        struct texts keys = pdf_keys(q, fonts->scratch, oh);
        for (size_t i = 0; i < keys.count; i++) {
            qpdf_oh item = qpdf_oh_get_key(q, oh, keys.items[i].ptr);
            if (!qpdf_oh_is_indirect(q, item))
                add_strings(fonts, item, out, depth + 1);
        }
    }
}

/* What stands in a stream as it is: letters between other bytes, which UTF-16 has, too. Brackets
 * are where a string of a page, or a text of metadata, begins and ends. */
static void add_bytes(struct text bytes, struct buffer *out)
{
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.ptr[i];
        if (c > ' ' && c < 0x7F)
            buffer_add_byte(out, strchr("()<>", c) ? '\n' : c);
    }
    buffer_add_byte(out, '\n');
}

/* Outlines of letters: what they are called is in other streams. */
static bool is_font_file(qpdf_data q, qpdf_oh dict)
{
    return qpdf_oh_has_key(q, dict, "/Length1") || qpdf_oh_has_key(q, dict, "/Length2");
}

/* Of a picture as it stands in the file: a camera or a scanner writes words into it. */
static struct text plain_bytes(const struct word_fonts *fonts, qpdf_oh stream, qpdf_oh dict)
{
    qpdf_data q = fonts->q;
    return pdf_is_name(q, pdf_key(q, dict, "/Subtype"), "/Image")
               ? pdf_raw_bytes(q, fonts->scratch, stream)
               : pdf_stream_bytes(q, fonts->scratch, stream);
}

static void read_objects(struct word_fonts *fonts, struct buffer *strings, struct buffer *streams)
{
    qpdf_data q = fonts->q;
    int size = 0;
    qpdf_oh_get_value_as_int(q, qpdf_oh_get_key(q, qpdf_get_trailer(q), "/Size"), &size);
    for (int id = 1; id < size && id < OBJECT_MAX; id++) {
        qpdf_oh oh = qpdf_get_object_by_id(q, id, 0);
        if (qpdf_oh_is_stream(q, oh)) {
            qpdf_oh dict = qpdf_oh_get_dict(q, oh);
            add_strings(fonts, dict, strings, 0);
            fonts->is_too_large = fonts->is_too_large || streams->len > WORDS_MAX;
            if (!is_font_file(q, dict) && !fonts->is_too_large)
                add_bytes(plain_bytes(fonts, oh, dict), streams);
        } else {
            add_strings(fonts, oh, strings, 0);
        }
        qpdf_oh_release_all(q);
        arena_reset(fonts->scratch);
    }
    add_strings(fonts, qpdf_get_trailer(q), strings, 0);
}

struct words_work {
    struct text pdf;
    struct text name;
    struct place place;
};

static bool unreadable(struct diags *diags, const struct words_work *work, struct text why)
{
    diag(diags, DIAG_PDF_INPUT, work->place, "the words of '%.*s' cannot be searched: %.*s",
         TEXT_ARG(text_quote(diags->arena, work->name)), TEXT_ARG(why));
    return false;
}

static bool read_in_child(void *context, struct arena *arena, struct diags *diags,
                          struct text *bytes)
{
    struct words_work *work = context;
    struct text why = TEXT_EMPTY;
    struct buffer pages = {.arena = arena}, strings = {.arena = arena}, streams = {.arena = arena};
    qpdf_data q = pdf_open(work->pdf, arena, &why);
    if (!q)
        return unreadable(diags, work, why);
    struct word_fonts fonts = {.q = q, .arena = arena, .scratch = arena_new()};
    qpdf_push_inherited_attributes_to_page(q);
    int count = qpdf_get_num_pages(q);
    for (int i = 0; i < count; i++) {
        words_of_page(&fonts, qpdf_get_page_n(q, (size_t)i), &pages);
        buffer_add_byte(&pages, page_end);
    }
    read_objects(&fonts, &strings, &streams);
    if (qpdf_has_error(q))
        why = TEXT("it is damaged");
    else if (fonts.is_too_large)
        why = TEXT("there are too many, or forms in forms");
    qpdf_cleanup(&q);
    arena_free(fonts.scratch);
    buffer_add_byte(&pages, part_end);
    buffer_add(&pages, buffer_text(&strings));
    buffer_add_byte(&pages, part_end);
    buffer_add(&pages, buffer_text(&streams));
    *bytes = buffer_text(&pages);
    return !why.len || unreadable(diags, work, why);
}

/* Up to `end`, which is passed over. */
static struct text take_until(struct text *rest, char end)
{
    size_t at = text_find(*rest, end, 0);
    struct text part = text_slice(*rest, 0, at);
    *rest = text_slice(*rest, at < rest->len ? at + 1 : at, rest->len);
    return part;
}

bool pdf_words(struct text bytes, struct text name, struct place place, struct arena *arena,
               struct diags *diags, struct pdf_words *out)
{
    struct words_work work = {.pdf = bytes, .name = name, .place = place};
    struct text all = TEXT_EMPTY, what = text_format(arena, "reading the words of '%.*s'",
                                                     TEXT_ARG(text_quote(arena, name)));
    *out = (struct pdf_words){.strings = TEXT_EMPTY, .streams = TEXT_EMPTY};
    if (!pdf_run(read_in_child, &work, text_cstr(arena, what), arena, diags, &all))
        return false;
    struct text pages = take_until(&all, part_end);
    while (pages.len)
        texts_add(arena, &out->pages, take_until(&pages, page_end));
    out->strings = take_until(&all, part_end);
    out->streams = all;
    return true;
}
