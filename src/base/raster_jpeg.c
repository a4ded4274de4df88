/*
 * raster_jpeg - libjpeg. A photograph keeps its coefficients, so that nothing of it is lost, and
 * is written anew without the segments that cameras add.
 */
#include "base/raster_int.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* The library's errors end the work: back to where it began. */
struct failure {
    struct jpeg_error_mgr manager;
    jmp_buf back;
    char message[JMSG_LENGTH_MAX];
};

static void on_error(j_common_ptr common)
{
    struct failure *failure = (struct failure *)(void *)common->err;
    failure->manager.format_message(common, failure->message);
    longjmp(failure->back, 1);
}

/* A warning is about data that is wrong or missing: a picture with a grey half is not published. */
static void on_message(j_common_ptr common, int level)
{
    if (level < 0)
        on_error(common);
}

/* What the conversion holds, where longjmp cannot lose it. */
struct conversion {
    struct failure failure;
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct out;
    unsigned char *bytes;
    unsigned long size;
};

static unsigned two_bytes(const unsigned char *at, bool little)
{
    return little ? at[0] | (unsigned)at[1] << 8 : (unsigned)at[0] << 8 | at[1];
}

static size_t four_bytes(const unsigned char *at, bool little)
{
    size_t first = two_bytes(at, little), second = two_bytes(at + 2, little);
    return little ? first | second << 16 : first << 16 | second;
}

/* The orientation that Exif data names (tag 0x0112); 1 when they name none. */
static unsigned orientation_of(const unsigned char *data, size_t length)
{
    if (length < 14 || memcmp(data, "Exif\0\0", 6) != 0)
        return 1;
    const unsigned char *tiff = data + 6;
    size_t size = length - 6;
    bool little = tiff[0] == 'I';
    size_t at = four_bytes(tiff + 4, little);
    if (at > size || size - at < 2)
        return 1;
    unsigned count = two_bytes(tiff + at, little);
    for (at += 2; count > 0 && at <= size && size - at >= 12; at += 12, count--)
        if (two_bytes(tiff + at, little) == 0x0112)
            return two_bytes(tiff + at + 8, little);
    return 1;
}

static bool is_turned(const struct jpeg_decompress_struct *in)
{
    for (jpeg_saved_marker_ptr marker = in->marker_list; marker; marker = marker->next)
        if (orientation_of(marker->data, marker->data_length) > 1)
            return true;
    return false;
}

static bool is_usable(struct arena *arena, const struct conversion *work, struct raster *out,
                      struct text *why)
{
    out->width = work->in.image_width;
    out->height = work->in.image_height;
    out->channels = (unsigned)work->in.num_components;
    out->is_jpeg = true;
    if (!raster_fits(arena, out, why))
        return false;
    if (out->channels != 1 && out->channels != 3)
        *why = TEXT("has the colours of a printing press (CMYK): save it in RGB");
    else if (is_turned(&work->in))
        *why = TEXT("is stored turned, as cameras do: open it, turn it upright and save it");
    else
        return true;
    return false;
}

static bool convert(struct arena *arena, struct conversion *work, struct text file,
                    struct raster *out, struct text *why)
{
    if (setjmp(work->failure.back)) {
        *why = text_format(arena, "is damaged (%s): save it again", work->failure.message);
        return false;
    }
    jpeg_create_decompress(&work->in);
    jpeg_create_compress(&work->out);
    jpeg_mem_src(&work->in, (const unsigned char *)file.ptr, file.len);
    jpeg_save_markers(&work->in, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&work->in, TRUE);
    if (!is_usable(arena, work, out, why))
        return false;
    work->in.mem->max_memory_to_use = 512L * 1024 * 1024;
    jvirt_barray_ptr *coefficients = jpeg_read_coefficients(&work->in);
    jpeg_mem_dest(&work->out, &work->bytes, &work->size);
    jpeg_copy_critical_parameters(&work->in, &work->out);
    jpeg_write_coefficients(&work->out, coefficients);
    jpeg_finish_compress(&work->out);
    jpeg_finish_decompress(&work->in);
    out->bytes = text_copy(arena, (struct text){(const char *)work->bytes, work->size});
    return true;
}

bool raster_read_jpeg(struct arena *arena, struct text file, struct raster *out, struct text *why)
{
    struct conversion *work = arena_calloc(arena, 1, sizeof *work);
    work->in.err = work->out.err = jpeg_std_error(&work->failure.manager);
    work->failure.manager.error_exit = on_error;
    work->failure.manager.emit_message = on_message;
    bool done = convert(arena, work, file, out, why);
    jpeg_destroy_compress(&work->out);
    jpeg_destroy_decompress(&work->in);
    free(work->bytes);
    return done;
}
