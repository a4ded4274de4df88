#include "pack/merge_int.h"

#include <string.h>

static bool broken(struct pack *pack, qpdf_data q, const struct merge_insert *insert)
{
    if (!qpdf_has_error(q))
        return false;
    const char *what = qpdf_get_error_message_detail(q, qpdf_get_error(q));
    struct text why = text_quote(pack->diags->arena, text_from(what));
    if (insert) /* something in this paper: another one may do */
        merge_refuse(
            pack->diags, insert->pdf,
            text_format(pack->diags->arena,
                        "it is damaged (%.*s): save it again from the program that made it",
                        TEXT_ARG(why)));
    else
        diag(pack->diags, DIAG_INTERNAL, PLACE_NONE, "joining the PDFs failed: %.*s",
             TEXT_ARG(why));
    return true;
}

static bool copy_pages(struct pack *pack, struct source *source)
{
    const struct merge_insert *insert = source->insert;
    qpdf_oh before = qpdf_get_page_n(pack->q, insert->after - 1);
    for (unsigned i = 0; i < insert->pages && !qpdf_has_error(pack->q); i++) {
        qpdf_add_page_at(pack->q, source->q, qpdf_get_page_n(source->q, i), QPDF_FALSE, before);
        before = qpdf_get_page_n(pack->q, insert->after + i);
    }
    return !broken(pack, pack->q, insert) && !broken(pack, source->q, insert);
}

/* Why a tagged PDF keeps the pack from saying that it is PDF/UA; NULL when it does not. */
static const char *broken_claim(const struct source *source)
{
    bool is_whole = !source->has_actions && !source->has_files && !source->form_fields &&
                    !source->links && !source->comments && source->has_names &&
                    !qpdf_oh_has_key(source->q, source->tree, "/ClassMap");
    if (!source->claims)
        return "does not say that it is PDF/UA";
    if (source->lacks_fonts)
        return "says that it is PDF/UA without the fonts that it needs";
    return is_whole ? NULL : "could not be put in as a whole";
}

/* What keeps the pack from saying that it is PDF/UA. */
static void settle_claim(struct pack *pack, const struct source *source)
{
    const struct agenda_pdf *pdf = source->insert->pdf;
    struct text name = text_quote(pack->arena, pdf->name);
    const char *why = source->tree ? broken_claim(source) : "";
    if (!why)
        return;
    pack->keeps_claim = false;
    if (!source->tree)
        diag(pack->diags, DIAG_UNTAGGED, pdf->place,
             "'%.*s' is not tagged: screen readers will read it badly, and the pack cannot be "
             "called PDF/UA; ask its author for a tagged PDF",
             TEXT_ARG(name));
    else
        diag(pack->diags, DIAG_UNTAGGED, pdf->place,
             "'%.*s' %s, so the pack does not say that it is PDF/UA", TEXT_ARG(name), why);
}

static bool put_in(struct pack *pack, struct source *source)
{
    qpdf_push_inherited_attributes_to_page(source->q);
    clean_catalogue(source);
    structure_find(source);
    links_find(source);
    source->key_shift = pack->next_key;
    source->name_number = ++pack->sources;
    source->has_names = source->tree && names_find(source);
    if (!clean_pages(source, pack->diags))
        return false;
    structure_clean(source);
    settle_claim(pack, source);
    if (!copy_pages(pack, source))
        return false;
    structure_add(pack, source);
    links_add(pack, source);
    for (unsigned i = 0; i < source->insert->pages; i++)
        stamp_page(pack, source, i);
    bookmarks_add(pack, source);
    clean_report(source, pack->diags);
    return !broken(pack, pack->q, source->insert) && !broken(pack, source->q, source->insert);
}

/* Takes "pdfuaid:part" out of the metadata, as an element or as an attribute. */
static void drop_claim(struct pack *pack)
{
    static const char element[] = "<pdfuaid:part>", end[] = "</pdfuaid:part>";
    static const char attribute[] = "pdfuaid:part=\"";
    qpdf_data q = pack->q;
    qpdf_oh stream = qpdf_oh_get_key(q, pack->root, "/Metadata");
    struct text old = pdf_stream_bytes(q, pack->arena, stream);
    struct buffer out = {.arena = pack->arena};
    for (size_t at = 0; at < old.len;) {
        struct text rest = text_slice(old, at, old.len);
        const char *stop = NULL;
        size_t tail = 0;
        if (text_starts(rest, text_from(element))) {
            stop = memmem(rest.ptr, rest.len, end, sizeof end - 1);
            tail = sizeof end - 1;
        } else if (text_starts(rest, text_from(attribute))) {
            size_t from = sizeof attribute - 1;
            stop = memchr(rest.ptr + from, '"', rest.len - from);
            tail = 1;
        }
        if (stop)
            at += (size_t)(stop - rest.ptr) + tail;
        else
            buffer_add_byte(&out, old.ptr[at++]);
    }
    struct text kept = buffer_text(&out);
    if (kept.len < old.len)
        qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)kept.ptr, kept.len,
                                    qpdf_oh_new_null(q), qpdf_oh_new_null(q));
}

static void number_pages(struct pack *pack)
{
    qpdf_oh_replace_key(pack->q, pack->root, "/PageLabels",
                        qpdf_oh_parse(pack->q, "<</Nums[0 <</S/D>>]>>"));
}

static bool write_pack(struct pack *pack, struct text *bytes)
{
    qpdf_data q = pack->q;
    if (broken(pack, q, NULL))
        return false;
    qpdf_init_write_memory(q);
    qpdf_set_deterministic_ID(q, QPDF_TRUE);
    qpdf_set_object_stream_mode(q, qpdf_o_generate);
    qpdf_set_compress_streams(q, QPDF_TRUE);
    qpdf_write(q);
    if (broken(pack, q, NULL))
        return false;
    *bytes = text_copy(pack->arena,
                       (struct text){(const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q)});
    return true;
}

static bool open_base(struct pack *pack, struct text base)
{
    struct text why = TEXT_EMPTY;
    pack->q = pdf_open(base, pack->arena, &why);
    if (!pack->q) {
        diag(pack->diags, DIAG_INTERNAL, PLACE_NONE, "our own pages cannot be read: %.*s",
             TEXT_ARG(why));
        return false;
    }
    qpdf_data q = pack->q;
    pack->root = qpdf_get_root(q);
    pack->tree = pdf_key(q, pack->root, "/StructTreeRoot");
    qpdf_oh top = pdf_key(q, pack->tree, "/K");
    pack->document = qpdf_oh_is_array(q, top) ? pdf_item(q, top, 0) : top;
    if (!qpdf_oh_is_dictionary(q, pack->document) ||
        !qpdf_oh_get_value_as_int(q, pdf_key(q, pack->tree, "/ParentTreeNextKey"),
                                  &pack->next_key)) {
        diag(pack->diags, DIAG_INTERNAL, PLACE_NONE, "our own pages are not tagged");
        return false;
    }
    return true;
}

struct merge_work {
    struct text base;
    const struct merge_insert *inserts;
    size_t count;
};

/* "Agenda item 7" of each, and "Page 12". */
static struct text stamp_characters(const struct merge_work *work, struct arena *arena)
{
    struct buffer all = {.arena = arena};
    buffer_add(&all, TEXT("AgenditmP0123456789"));
    for (size_t i = 0; i < work->count; i++)
        buffer_add(&all, work->inserts[i].item_name);
    return buffer_text(&all);
}

static bool merge_in_child(void *context, struct arena *arena, struct diags *diags,
                           struct text *bytes)
{
    struct merge_work *work = context;
    struct pack pack = {.arena = arena, .diags = diags, .keeps_claim = true};
    struct source *sources = arena_calloc(arena, work->count, sizeof *sources);
    pack.stamps = stamp_characters(work, arena);
    bool ok = open_base(&pack, work->base) && (work->count == 0 || stamp_find_font(&pack));
    for (size_t i = 0; i < work->count && ok; i++) {
        struct text why = TEXT_EMPTY;
        sources[i] = (struct source){.arena = arena, .insert = &work->inserts[i]};
        sources[i].q = pdf_open(work->inserts[i].bytes, arena, &why);
        ok = sources[i].q ? put_in(&pack, &sources[i])
                          : merge_refuse(diags, work->inserts[i].pdf, why);
    }
    if (ok && !pack.keeps_claim)
        drop_claim(&pack);
    if (ok) {
        number_pages(&pack);
        links_settle(&pack);
        ok = write_pack(&pack, bytes);
    }
    if (pack.q)
        qpdf_cleanup(&pack.q);
    for (size_t i = 0; i < work->count; i++)
        if (sources[i].q)
            qpdf_cleanup(&sources[i].q);
    return ok;
}

/* Whether one of the PDFs does so alone: that one is refused, and not the whole pack at a loss. */
static bool tell_breaker(const struct merge_work *work, struct arena *arena, struct diags *diags)
{
    bool is_told = false;
    for (size_t i = 0; i < work->count; i++) {
        struct merge_insert alone = work->inserts[i];
        struct merge_work one = {.base = work->base, .inserts = &alone, .count = 1};
        struct diags said_already = diags_new(arena);
        struct text bytes;
        alone.after = 1;
        enum process_end end = pdf_try(merge_in_child, &one, arena, &said_already, &bytes);
        if (end != PROCESS_CRASHED && end != PROCESS_OUT_OF_TIME)
            continue;
        merge_refuse(diags, alone.pdf,
                     TEXT("joining it to other pages breaks the PDF library, or takes too long or "
                          "too much memory: print it to a PDF"));
        is_told = true;
    }
    return is_told;
}

bool merge_pdfs(struct text base, const struct merge_insert *inserts, size_t count,
                struct arena *arena, struct diags *diags, struct text *bytes)
{
    struct merge_work work = {.base = base, .inserts = inserts, .count = count};
    enum process_end end = pdf_try(merge_in_child, &work, arena, diags, bytes);
    bool is_broken = end == PROCESS_CRASHED || end == PROCESS_OUT_OF_TIME;
    return !(is_broken && tell_breaker(&work, arena, diags)) &&
           pdf_tell_end(end, "joining the PDFs", diags);
}
