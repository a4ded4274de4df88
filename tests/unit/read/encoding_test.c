#include "support.h"

#include "read/encoding_int.h"

#include <string.h>

struct sample {
    struct text bytes;
    const char *name; /* of the encoding; NULL: refused */
    const char *text; /* or the message */
    unsigned line;
};

static void check(const struct sample *sample)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct text out = TEXT_EMPTY;
    const char *name = "";
    bool ok = encoding_decode(arena, &diags, TEXT("a.csv"), sample->bytes, &out, &name);
    if (sample->name) {
        assert_true(ok);
        assert_int_equal(diags.count, 0);
        assert_string_equal(name, sample->name);
        assert_text(arena, out, sample->text);
    } else {
        assert_false(ok);
        assert_int_equal(diags.count, 1);
        assert_int_equal(diags.items[0].place.line, sample->line);
        assert_non_null(strstr(text_cstr(arena, diags.items[0].message), sample->text));
    }
    arena_free(arena);
}

struct cut {
    struct text bytes;
    size_t size; /* of a block */
    size_t at;
};

static void cut_rewind(void *user)
{
    struct cut *cut = user;
    cut->at = 0;
}

static bool cut_next(void *user, struct text *block)
{
    struct cut *cut = user;
    *block = text_slice(cut->bytes, cut->at, cut->at + cut->size);
    cut->at += block->len;
    return block->len > 0;
}

static bool keep(void *user, struct text piece)
{
    buffer_add(user, piece);
    return true;
}

/* The same answer in blocks of `size` bytes. */
static void check_cut(const struct sample *sample, size_t size)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct encoding_check *encoding_check = encoding_check_new(arena);
    struct cut cut = {.bytes = sample->bytes, .size = size};
    const struct encoding_again again = {cut_rewind, cut_next, &cut};
    struct encoding encoding;
    for (struct text block; cut_next(&cut, &block);)
        encoding_check_add(encoding_check, block);
    bool ok = encoding_settle(encoding_check, &diags, TEXT("a.csv"), &again, &encoding);
    assert_int_equal(ok, sample->name != NULL);
    if (!ok) {
        assert_int_equal(diags.items[0].place.line, sample->line);
        assert_non_null(strstr(text_cstr(arena, diags.items[0].message), sample->text));
    } else {
        struct buffer out = {.arena = arena};
        struct decoder *decoder = decoder_new(arena, &encoding);
        assert_string_equal(encoding.name, sample->name);
        cut_rewind(&cut);
        for (struct text block; cut_next(&cut, &block);)
            assert_true(decoder_add(decoder, block, keep, &out));
        assert_true(decoder_finish(decoder));
        assert_text(arena, buffer_text(&out), sample->text);
    }
    arena_free(arena);
}

#define CHECK_ALL(samples)                                                                         \
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {                              \
        check(&samples[i]);                                                                        \
        for (size_t size = 1; size < 12; size++)                                                   \
            check_cut(&samples[i], size);                                                          \
    }

static void reads_encodings(void **state)
{
    (void)state;
    const struct sample samples[] = {
        {TEXT("a,b\n1,2\n"), "UTF-8", "a,b\n1,2\n", 0},
        {TEXT("caf\xC3\xA9,\xC2\xA3"), "UTF-8", "café,£", 0},
        {TEXT("\xEF\xBB\xBF"
              "a,\xE2\x82\xAC"),
         "UTF-8 with a byte order mark", "a,€", 0},
        {TEXT("caf\xE9,\xA3 \x80 \x93x\x94\n"), "Windows-1252", "café,£ € “x”\n", 0},
        {TEXT("\xFF\xFE"
              "a\0,\0\xA3\0\n\0"),
         "UTF-16LE", "a,£\n", 0},
        {TEXT("\xFE\xFF\0a\0,\0\xA3\xD8\x3D\xDE\x00"), "UTF-16BE", "a,£😀", 0},
        {TEXT("[x],{y}\n"), "UTF-8", "[x],{y}\n", 0},
    };
    CHECK_ALL(samples)
}

static void refuses_bad_bytes(void **state)
{
    (void)state;
    const struct sample samples[] = {
        {TEXT(""), NULL, "the file is empty", 0},
        {TEXT("a\nb\n\xE9\x81\n"), NULL, "neither UTF-8 nor Windows-1252", 3},
        {TEXT("\xEF\xBB\xBF"
              "a\r\nb\r\n\xE9\r\n"),
         NULL, "not UTF-8, though the file begins as such", 3},
        {TEXT("\xC2\xA3 \xC2\xA3\r\xC3\xA9\r\xE9\r"), NULL, "though most of the file is", 3},
        {TEXT("caf\xC3\xA9,1\ncaf\xE9,1\n"), NULL, "this line is not UTF-8", 2},
        {TEXT("a,b\n1,\0\n"), NULL, "NUL byte", 2},
        {TEXT("a\0,\0b\0\n\0"), NULL, "UTF-16 without a byte order mark", 0},
        {TEXT("\xFF\xFE"
              "a\0\n\0\x00\xD8"),
         NULL, "not UTF-16", 2},
        {TEXT("a,b\nx,\x1B[31m\n"), NULL, "control byte \\x1B", 2},
    };
    CHECK_ALL(samples)
}

static void refuses_other_formats(void **state)
{
    (void)state;
    const struct sample samples[] = {
        {TEXT("<!DOCTYPE html>\n<title>Sign in</title>"), NULL, "web page", 0},
        {TEXT("\xEF\xBB\xBF \n<HTML>"), NULL, "web page", 0},
        {TEXT("\xFF\xFE<\0h\0t\0m\0l\0>\0"), NULL, "web page", 0},
        {TEXT("{\"error\": \"not signed in\"}"), NULL, "JSON", 0},
        {TEXT("[\n {\"a\": 1}]"), NULL, "JSON", 0},
        {TEXT("<?xml version=\"1.0\"?><a/>"), NULL, "XML", 0},
        {TEXT("\x89PNG\r\n\x1A\n\0\0"), NULL, "PNG", 0},
        {TEXT("\xFF\xD8\xFF\xE0\0"), NULL, "JPEG", 0},
        {TEXT("RIFF\x10\0\0\0WEBPVP8 "), NULL, "WebP", 0},
        {TEXT("II*\0\x08\0\0\0"), NULL, "TIFF", 0},
        {TEXT("%PDF-1.7\n"), NULL, "PDF", 0},
        {TEXT("PK\x03\x04\x14\0"), NULL, "Excel workbook", 0},
        {TEXT("\xD0\xCF\x11\xE0\xA1"), NULL, "old Excel", 0},
    };
    CHECK_ALL(samples)
}

/* A control byte is found wherever it stands in the strides of the fast search. */
static void finds_control_bytes_anywhere(void **state)
{
    (void)state;
    char bytes[600];
    for (size_t at = 1; at < sizeof bytes; at += 7) {
        memset(bytes, 'a', sizeof bytes);
        bytes[at] = '\x7F';
        const struct sample sample = {{bytes, sizeof bytes}, NULL, "control byte \\x7F", 1};
        check(&sample);
    }
}

static void says_which_byte_is_not_utf8(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct cut cut = {.bytes = TEXT("a,b\r\n1,2\r\n3,x \x96 y\r\n\xA3,\r\n"), .size = 5};
    const struct encoding_again again = {cut_rewind, cut_next, &cut};
    struct encoding_check *check_ = encoding_check_new(arena);
    struct encoding encoding;
    for (struct text block; cut_next(&cut, &block);)
        encoding_check_add(check_, block);
    assert_true(encoding_settle(check_, &diags, TEXT("a.csv"), &again, &encoding));
    assert_string_equal(encoding.name, "Windows-1252");
    assert_int_equal(encoding.decided_line, 3);
    assert_int_equal(encoding.decided_by, 0x96);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_encodings),
        cmocka_unit_test(refuses_bad_bytes),
        cmocka_unit_test(refuses_other_formats),
        cmocka_unit_test(finds_control_bytes_anywhere),
        cmocka_unit_test(says_which_byte_is_not_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
