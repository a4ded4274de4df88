#include "pack/merge_int.h"

/* A number of a TrueType file; 0 beyond its end. */
static size_t big_endian(struct text bytes, size_t at, size_t len)
{
    size_t number = 0;
    for (size_t i = at; i < at + len && i < bytes.len; i++)
        number = number << 8 | (unsigned char)bytes.ptr[i];
    return number;
}

static struct text font_table(struct text file, const char *tag)
{
    enum { HEAD = 12, ENTRY = 16 };
    for (size_t i = 0; i < big_endian(file, 4, 2); i++) {
        size_t entry = HEAD + i * ENTRY;
        if (text_is(text_slice(file, entry, entry + 4), tag)) {
            size_t from = big_endian(file, entry + 8, 4);
            return text_slice(file, from, from + big_endian(file, entry + 12, 4));
        }
    }
    return TEXT_EMPTY;
}

/* Some subsets leave the outlines of unused glyphs empty: drawn, they show nothing. */
static bool glyph_is_drawn(struct text file, size_t glyph)
{
    size_t width = big_endian(font_table(file, "head"), 50, 2) ? 4 : 2;
    struct text places = font_table(file, "loca");
    return big_endian(places, (glyph + 1) * width, width) >
           big_endian(places, glyph * width, width);
}

/* The fonts of our reports: a code of two bytes is the character itself, and a map leads to the
 * glyph. */
static bool font_has(struct pack *pack, qpdf_oh font, struct text characters)
{
    qpdf_data q = pack->q;
    if (!pdf_is_name(q, pdf_key(q, font, "/Subtype"), "/Type0"))
        return false;
    qpdf_oh descendant = pdf_item(q, pdf_key(q, font, "/DescendantFonts"), 0);
    struct text map = pdf_stream_bytes(q, pack->arena, pdf_key(q, descendant, "/CIDToGIDMap"));
    struct text file = pdf_stream_bytes(
        q, pack->arena, pdf_key(q, pdf_key(q, descendant, "/FontDescriptor"), "/FontFile2"));
    for (size_t i = 0; i < characters.len; i++) {
        if (characters.ptr[i] == ' ')
            continue;
        size_t glyph = big_endian(map, (size_t)(unsigned char)characters.ptr[i] * 2, 2);
        if (glyph == 0 || !glyph_is_drawn(file, glyph))
            return false;
    }
    pack->widths = pdf_key(q, descendant, "/W");
    return true;
}

bool stamp_find_font(struct pack *pack)
{
    qpdf_data q = pack->q;
    int pages = qpdf_get_num_pages(q);
    for (int i = 0; i < pages; i++) {
        qpdf_oh page = qpdf_get_page_n(q, (size_t)i);
        qpdf_oh fonts = pdf_key(q, pdf_key(q, page, "/Resources"), "/Font");
        if (!qpdf_oh_is_dictionary(q, fonts))
            continue;
        struct texts names = pdf_keys(q, pack->arena, fonts);
        for (size_t k = 0; k < names.count; k++) {
            pack->font = qpdf_oh_get_key(q, fonts, names.items[k].ptr);
            if (font_has(pack, pack->font, pack->stamps))
                return true;
        }
    }
    diag(pack->diags, DIAG_INTERNAL, PLACE_NONE,
         "no font of the pack has all the letters and digits of the page stamps");
    return false;
}

/* /W: [first [w w …] first last w …]; thousandths of the font size. */
static double character_width(const struct pack *pack, int code)
{
    qpdf_data q = pack->q;
    for (size_t i = 0; i + 1 < pdf_item_count(q, pack->widths);) {
        int first = (int)pdf_number(q, pack->widths, i);
        qpdf_oh next = pdf_item(q, pack->widths, i + 1);
        if (qpdf_oh_is_array(q, next)) {
            if (code >= first && (size_t)(code - first) < pdf_item_count(q, next))
                return pdf_number(q, next, (size_t)(code - first));
            i += 2;
        } else {
            if (code >= first && code <= (int)pdf_number(q, pack->widths, i + 1))
                return pdf_number(q, pack->widths, i + 2);
            i += 3;
        }
    }
    return 1000;
}

/* How a page is seen: its size, and the matrix from there (origin bottom left) to its own space. */
struct view {
    double width, height;
    double matrix[6];
};

static struct view page_view(qpdf_data q, qpdf_oh page)
{
    qpdf_oh box = qpdf_oh_get_key(q, page, "/CropBox");
    if (pdf_item_count(q, box) != 4)
        box = qpdf_oh_get_key(q, page, "/MediaBox");
    double a = pdf_number(q, box, 0), b = pdf_number(q, box, 1);
    double c = pdf_number(q, box, 2), d = pdf_number(q, box, 3);
    double x0 = a < c ? a : c, x1 = a < c ? c : a, y0 = b < d ? b : d, y1 = b < d ? d : b;
    int turn = 0;
    qpdf_oh_get_value_as_int(q, qpdf_oh_get_key(q, page, "/Rotate"), &turn);
    switch (((turn % 360) + 360) % 360) {
    case 90:
        return (struct view){y1 - y0, x1 - x0, {0, 1, -1, 0, x1, y0}};
    case 180:
        return (struct view){x1 - x0, y1 - y0, {-1, 0, 0, -1, x1, y1}};
    case 270:
        return (struct view){y1 - y0, x1 - x0, {0, -1, 1, 0, x0, y1}};
    default:
        return (struct view){x1 - x0, y1 - y0, {1, 0, 0, 1, x0, y0}};
    }
}

/* A line of text at the right, on a white ground, so that it can be read on pictures too. */
static void add_stamp(const struct pack *pack, struct buffer *out, const struct view *view,
                      struct text text, bool is_footer)
{
    static const double size = 9, margin = 40, pad = 3;
    double width = 0;
    for (size_t i = 0; i < text.len; i++)
        width += character_width(pack, (unsigned char)text.ptr[i]) * size / 1000;
    double x = view->width - margin - width;
    double y = is_footer ? 20 : view->height - 24;
    buffer_format(out,
                  "/Artifact <</Type/Pagination/Subtype/%s>> BDC q %.3f %.3f %.3f %.3f %.3f %.3f "
                  "cm 1 g %.3f %.3f %.3f %.3f re f 0 g BT /PackStamp %.0f Tf %.3f %.3f Td <",
                  is_footer ? "Footer" : "Header", view->matrix[0], view->matrix[1],
                  view->matrix[2], view->matrix[3], view->matrix[4], view->matrix[5], x - pad,
                  y - pad, width + 2 * pad, size + pad, size, x, y);
    for (size_t i = 0; i < text.len; i++)
        buffer_format(out, "%04X", (unsigned)(unsigned char)text.ptr[i]);
    buffer_add(out, TEXT("> Tj ET Q EMC\n"));
}

static void add_font(struct pack *pack, qpdf_oh page)
{
    qpdf_data q = pack->q;
    /* copies: pages often share theirs */
    qpdf_oh resources = pdf_shallow_copy(q, qpdf_oh_get_key(q, page, "/Resources"));
    qpdf_oh fonts = pdf_shallow_copy(q, pdf_key(q, resources, "/Font"));
    qpdf_oh_replace_key(q, fonts, "/PackStamp", pack->font);
    qpdf_oh_replace_key(q, resources, "/Font", fonts);
    qpdf_oh_replace_key(q, page, "/Resources", resources);
}

void stamp_page(struct pack *pack, const struct source *source, unsigned index)
{
    qpdf_data q = pack->q;
    unsigned number = source->insert->after + index + 1;
    qpdf_oh page = qpdf_get_page_n(q, number - 1);
    struct view view = page_view(q, page);
    struct buffer after = {.arena = pack->arena};
    buffer_add(&after, source->tree ? TEXT("\nQ\n") : TEXT("\nEMC Q\n"));
    add_stamp(pack, &after, &view, source->insert->item_name, false);
    add_stamp(pack, &after, &view, text_format(pack->arena, "Page %u", number), true);
    add_font(pack, page);
    qpdf_oh contents = qpdf_oh_get_key(q, page, "/Contents"), all = qpdf_oh_new_array(q);
    qpdf_oh_append_item(
        q, all, pdf_new_stream(q, source->tree ? TEXT("q\n") : TEXT("q /P <</MCID 0>> BDC\n")));
    for (size_t i = 0; i < pdf_item_count(q, contents); i++)
        qpdf_oh_append_item(q, all, pdf_item(q, contents, i));
    if (qpdf_oh_is_stream(q, contents))
        qpdf_oh_append_item(q, all, contents);
    qpdf_oh_append_item(q, all, pdf_new_stream(q, buffer_text(&after)));
    qpdf_oh_replace_key(q, page, "/Contents", all);
}
