#include "read/encoding_int.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

/* The line in which byte `at` stands; CR LF, LF and CR end a line. */
static unsigned line_of(struct text t, size_t at)
{
    unsigned line = 1;
    for (size_t i = 0; i < at && i < t.len; i++)
        if (t.ptr[i] == '\n' || (t.ptr[i] == '\r' && (i + 1 == t.len || t.ptr[i + 1] != '\n')))
            line++;
    return line;
}

static bool refuse(struct diags *diags, enum diag_kind kind, struct text file, unsigned line,
                   const char *message)
{
    diag(diags, kind, place_at(file, line, 0), "%s", message);
    return false;
}

/* What the first bytes say that this is, when it cannot be a text export. */
static const char *binary_name(struct text bytes)
{
    static const struct {
        struct text magic;
        const char *name;
    } kinds[] = {
        {TEXT_INIT("\x89PNG"), "a PNG picture"},
        {TEXT_INIT("\xFF\xD8\xFF"), "a JPEG picture"},
        {TEXT_INIT("GIF8"), "a GIF picture"},
        {TEXT_INIT("%PDF-"), "a PDF document"},
        {TEXT_INIT("PK\x03\x04"), "a ZIP archive or an Excel workbook"},
        {TEXT_INIT("PK\x05\x06"), "an empty ZIP archive"},
        {TEXT_INIT("\xD0\xCF\x11\xE0"), "an old Excel or Word file"},
        {TEXT_INIT("\x1F\x8B"), "a gzip archive"},
        {TEXT_INIT("{\\rtf"), "a rich text document"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_starts(bytes, kinds[i].magic))
            return kinds[i].name;
    return NULL;
}

static bool starts_folded(struct text t, const char *prefix)
{
    size_t len = strlen(prefix);
    return t.len >= len && strncasecmp(t.ptr, prefix, len) == 0;
}

static bool is_json(struct text t)
{
    if (!t.len || (t.ptr[0] != '{' && t.ptr[0] != '['))
        return false;
    struct text inside = text_trim(text_slice(t, 1, t.len < 256 ? t.len : 256));
    return inside.len && strchr(t.ptr[0] == '{' ? "\"}" : "{[\"]", inside.ptr[0]);
}

/* The same for text in another format. */
static const char *markup_name(struct text text)
{
    struct text start = text_trim(text_slice(text, 0, 4096));
    if (starts_folded(start, "<!doctype html") || starts_folded(start, "<html") ||
        starts_folded(start, "<head"))
        return "a web page, perhaps the login page of the system";
    if (starts_folded(start, "<?xml"))
        return "an XML document";
    return is_json(start) ? "JSON, perhaps an error message of the system" : NULL;
}

static bool is_control(unsigned char byte)
{
    return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

/* Offset of the first control byte; t.len when there is none. */
static size_t find_control(struct text t)
{
    enum { STRIDE = 256 };
    size_t at = 0;
    for (; at + STRIDE <= t.len;
         at += STRIDE) { /* without a branch a byte, so that it vectorises */
        const unsigned char *p = (const unsigned char *)t.ptr + at;
        unsigned char found = 0;
        for (size_t i = 0; i < STRIDE; i++)
            found |=
                (unsigned char)(((p[i] < 0x20) & (p[i] != '\t') & (p[i] != '\n') & (p[i] != '\r')) |
                                (p[i] == 0x7F));
        if (found)
            break;
    }
    while (at < t.len && !is_control((unsigned char)t.ptr[at]))
        at++;
    return at;
}

static bool text_is_clean(struct diags *diags, struct text file, struct text text)
{
    size_t at = find_control(text);
    if (at == text.len)
        return true;
    diag(diags, DIAG_ENCODING, place_at(file, line_of(text, at), 0),
         "control byte \\x%02X found: expected text; export the file again, or take it out",
         (unsigned char)text.ptr[at]);
    return false;
}

/* False when the bytes cannot be converted; *out is then what could be. */
static bool convert(struct arena *arena, const char *from, struct text bytes, struct text *out)
{
    size_t room = bytes.len * 3 + 1; /* both encodings make at most 3 bytes of a unit */
    char *to = arena_alloc(arena, room + 1);
    *out = (struct text){to, 0};
    iconv_t converter = iconv_open("UTF-8", from);
    if (converter == (iconv_t)-1)
        return false;
    char *in = (char *)(uintptr_t)bytes.ptr; /* iconv's own missing const */
    size_t left = bytes.len;
    bool ok = iconv(converter, &in, &left, &to, &room) != (size_t)-1 && left == 0;
    iconv_close(converter);
    out->len = (size_t)(to - out->ptr);
    return ok;
}

static bool decode_utf16(struct arena *arena, struct diags *diags, struct text file,
                         struct text bytes, bool little, struct text *out)
{
    bytes = text_slice(bytes, 2, bytes.len);
    if (convert(arena, little ? "UTF-16LE" : "UTF-16BE", bytes, out))
        return true;
    return refuse(diags, DIAG_ENCODING, file, line_of(*out, out->len),
                  "this is not UTF-16, though the file begins as such: it may be cut short; export "
                  "it again");
}

/*
 * True when more bytes form UTF-8 than do not: a damaged UTF-8 file must not be taken for
 * Windows-1252, which would turn each of its pound signs into two characters.
 */
static bool is_damaged_utf8(struct text bytes)
{
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < bytes.len;) {
        size_t from = at;
        if (utf8_next(bytes, &at) == UTF8_INVALID)
            bad++;
        else if (at - from > 1)
            good++;
    }
    return good > bad;
}

static bool decode_windows_1252(struct arena *arena, struct diags *diags, struct text file,
                                struct text bytes, struct text *out)
{
    if (is_damaged_utf8(bytes))
        return refuse(diags, DIAG_ENCODING, file, line_of(bytes, utf8_check(bytes)),
                      "this line is not UTF-8, though most of the file is: export it again");
    if (convert(arena, "WINDOWS-1252", bytes, out))
        return true;
    return refuse(diags, DIAG_ENCODING, file, line_of(*out, out->len),
                  "this line is neither UTF-8 nor Windows-1252: save the file as UTF-8");
}

/* NUL bytes: UTF-16 without its mark has one for nearly every letter. */
static bool refuse_nul(struct diags *diags, struct text file, struct text bytes, size_t at)
{
    size_t nuls = 0;
    struct text sample = text_slice(bytes, 0, 4096);
    for (size_t i = 0; i < sample.len; i++)
        nuls += sample.ptr[i] == '\0';
    if (nuls * 4 > sample.len)
        return refuse(diags, DIAG_ENCODING, file, 0,
                      "this looks like UTF-16 without a byte order mark: save the file as UTF-8");
    return refuse(diags, DIAG_ENCODING, file, line_of(bytes, at),
                  "NUL byte found: this is no text, or it was damaged; export it again");
}

static bool decode(struct arena *arena, struct diags *diags, struct text file, struct text bytes,
                   struct text *out, const char **name)
{
    bool little = text_starts(bytes, TEXT("\xFF\xFE"));
    if (little || text_starts(bytes, TEXT("\xFE\xFF"))) {
        *name = little ? "UTF-16LE" : "UTF-16BE";
        return decode_utf16(arena, diags, file, bytes, little, out);
    }
    size_t nul = text_find(bytes, '\0', 0);
    if (nul < bytes.len)
        return refuse_nul(diags, file, bytes, nul);
    bool marked = text_starts(bytes, TEXT("\xEF\xBB\xBF"));
    *out = marked ? text_slice(bytes, 3, bytes.len) : bytes;
    *name = marked ? "UTF-8 with a byte order mark" : "UTF-8";
    size_t bad = utf8_check(*out);
    if (bad == out->len)
        return true;
    if (marked)
        return refuse(diags, DIAG_ENCODING, file, line_of(*out, bad),
                      "this line is not UTF-8, though the file begins as such: export it again");
    *name = "Windows-1252";
    return decode_windows_1252(arena, diags, file, bytes, out);
}

bool encoding_decode(struct arena *arena, struct diags *diags, struct text file, struct text bytes,
                     struct text *out, const char **name)
{
    if (!bytes.len)
        return refuse(diags, DIAG_FORMAT, file, 0, "the file is empty: export it again");
    const char *format = binary_name(bytes);
    if (!format) {
        if (!decode(arena, diags, file, bytes, out, name))
            return false;
        format = markup_name(*out);
    }
    if (format) {
        diag(diags, DIAG_FORMAT, place_file(file),
             "this is %s: expected a text export (CSV); in Excel, save the sheet as 'CSV UTF-8'",
             format);
        return false;
    }
    return text_is_clean(diags, file, *out);
}
