/*
 * pdf_save - the file of a canvas: the library prints its objects, the canvas and the tags theirs.
 * The library's own way to save knows no streams of objects, in which a structure tree takes a
 * tenth of the room.
 */
#include "write/pdf_canvas_int.h"
#include "write/pdf_file.h"

/* What the library prints goes into a buffer. */
static HPDF_STATUS HPDF_STDCALL print(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length)
{
    buffer_add(stream->attr, (struct text){(const char *)bytes, length});
    return HPDF_OK;
}

static bool print_object(struct canvas *canvas, void *object, struct buffer *out)
{
    HPDF_Stream stream = HPDF_CallbackWriter_New(canvas->pdf->mmgr, print, out);
    bool done = stream && HPDF_Obj_WriteValue(object, stream, NULL) == HPDF_OK;
    if (stream)
        HPDF_Stream_Free(stream);
    return done;
}

static bool is_stream(const void *object)
{
    const HPDF_Obj_Header *header = object;
    return (header->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT &&
           ((const HPDF_Dict_Rec *)object)->stream;
}

/* What the library would compress, which takes it several times as long as us, for few bytes less.
 * Its dictionary is printed as that of no stream. */
static bool add_compressed(struct canvas *canvas, struct pdf_file *file, unsigned number,
                           HPDF_Dict dict)
{
    HPDF_Stream stream = dict->stream;
    HPDF_Number length = HPDF_Dict_GetItem(dict, "Length", HPDF_OCLASS_NUMBER);
    struct buffer plain = {.arena = pdf_file_arena(file)}, body = {.arena = pdf_file_arena(file)};
    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); i++) {
        HPDF_UINT len = 0;
        const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &len);
        buffer_add(&plain, (struct text){(const char *)bytes, len});
    }
    struct text packed = deflate_text(canvas->deflater, plain.arena, buffer_text(&plain));
    dict->stream = NULL;
    bool done = length && print_object(canvas, dict, &body);
    dict->stream = stream;
    if (!done || !text_ends(buffer_text(&body), TEXT(">>")))
        return false;
    HPDF_Number_SetValue(length, (HPDF_INT32)packed.len); /* an object of its own, still to come */
    body.len -= 2;
    buffer_add(&body, TEXT("/Filter/FlateDecode>>\nstream\n"));
    buffer_add(&body, packed);
    buffer_add(&body, TEXT("\nendstream"));
    pdf_file_stream(file, number, TEXT_EMPTY, buffer_text(&body));
    return true;
}

static bool add_object(struct canvas *canvas, struct pdf_file *file, unsigned number, void *object)
{
    if (!is_stream(object))
        return print_object(canvas, object, pdf_file_object(file, number));
    HPDF_Dict dict = object;
    if (dict->filter == HPDF_STREAM_FILTER_FLATE_DECODE && !dict->filterParams &&
        dict->stream->type == HPDF_STREAM_MEMORY)
        return add_compressed(canvas, file, number, dict);
    struct buffer body = {.arena = pdf_file_arena(file)};
    bool done = print_object(canvas, object, &body);
    pdf_file_stream(file, number, TEXT_EMPTY, buffer_text(&body));
    return done;
}

static HPDF_Dict contents_of(const struct canvas_page *page)
{
    return ((HPDF_PageAttr)page->page->attr)->contents;
}

/* All but the tree, fonts and the contents of pages, which are compressed already. */
static bool add_objects(struct canvas *canvas, struct pdf_file *file)
{
    HPDF_List entries = canvas->pdf->xref->entries;
    size_t page = 0;
    bool done = true;
    for (HPDF_UINT i = 1; i < entries->count && done; i++) {
        void *object = ((HPDF_XrefEntry)HPDF_List_ItemAt(entries, i))->obj;
        if (object == canvas->tree || canvas_is_font(canvas, object))
            continue;
        if (page < canvas->page_count && object == contents_of(&canvas->pages[page])) {
            pdf_file_stream(file, i, TEXT("<</Filter/FlateDecode"), canvas->pages[page++].content);
            i++; /* the number that would say how long it is */
            continue;
        }
        done = add_object(canvas, file, i, object);
    }
    return done && page == canvas->page_count;
}

static bool save(struct canvas *canvas, struct text *bytes)
{
    size_t objects = canvas->pdf->xref->entries->count + tags_count(canvas->tags);
    struct pdf_file *file = pdf_file_new(canvas->deflater, objects + objects / 16);
    bool done = add_objects(canvas, file);
    unsigned next = canvas_print_fonts(canvas, file, canvas->pdf->xref->entries->count);
    tags_write(canvas->tags, file, canvas_object(canvas->tree), next);
    *bytes = pdf_file_finish(file, canvas->arena, canvas_object(canvas->pdf->catalog),
                             canvas_object(canvas->pdf->info));
    return done;
}

/* Errors of the library's internal calls are only kept in the document. */
static bool is_sound(struct canvas *canvas)
{
    if (canvas->error == HPDF_OK && canvas->pdf->error.error_no != HPDF_OK)
        canvas_note_error(canvas, canvas->pdf->error.error_no, canvas->pdf->error.detail_no);
    if (canvas->page_count == 0)
        canvas_fail(canvas, "it has no pages");
    for (size_t i = 0; i < canvas->page_count; i++)
        if (!canvas->pages[i].page)
            canvas_fail(canvas, "a page could not be made");
    return canvas->error == HPDF_OK && !canvas->failure;
}

bool canvas_finish(struct canvas *canvas, struct text *bytes)
{
    if (is_sound(canvas) && !save(canvas, bytes))
        canvas_fail(canvas, "the file could not be put together");
    if (canvas->lacks_font || is_sound(canvas))
        return !canvas->lacks_font;
    diag(canvas->diags, DIAG_INTERNAL, PLACE_NONE, "the PDF is not sound: %s (error 0x%04lX, %lu)",
         canvas->failure ? canvas->failure : "the PDF library failed", (unsigned long)canvas->error,
         (unsigned long)canvas->detail);
    return false;
}
