#include "read/encoding_int.h"

#include "base/utf8.h"
#include "read/marks_int.h"

#include <string.h>
#include <strings.h>

/* What a text cannot hold, or not in that encoding: where it stands first. */
enum finding { NUL_BYTE, CONTROL_BYTE, NOT_UTF8, NOT_1252, FINDINGS };
enum { START_SIZE = 4096, MARK_SIZE = 3, SEQUENCE_MAX = 4 };

struct encoding_check {
    struct arena *arena;
    struct encoding encoding; /* by the byte order mark */
    char mark[MARK_SIZE];     /* the first bytes, until there are enough to tell */
    size_t mark_count;
    struct decoder *decoder; /* of UTF-16, whose text is checked as UTF-8 */
    bool is_broken;          /* it cannot be decoded */

    char *start; /* of what is checked */
    size_t start_size;
    size_t size;                 /* of all that is checked so far */
    char held[2 * SEQUENCE_MAX]; /* a sequence that a block's end cut */
    size_t held_count;
    size_t found[FINDINGS]; /* offsets; SIZE_MAX: nowhere */
    unsigned char byte[FINDINGS];
    size_t good; /* sequences of UTF-8, and bytes that are in none */
    size_t bad;
};

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
        {TEXT_INIT("RIFF"), "a WebP picture, or sound"},
        {TEXT_INIT("II*\0"), "a TIFF picture"},
        {TEXT_INIT("MM\0*"), "a TIFF picture"},
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

/* Offset of the first byte from `at` on that is not plain printable ASCII, or t.len. */
static size_t find_special(struct text t, size_t at)
{
    while (at + MARKS_CHUNK <= t.len && !marks_special(t.ptr + at))
        at += MARKS_CHUNK;
    while (at < t.len && (unsigned char)t.ptr[at] < 0x80 && !is_control((unsigned char)t.ptr[at]))
        at++;
    return at;
}

static void note(struct encoding_check *check, enum finding finding, size_t at, char byte)
{
    if (at >= check->found[finding])
        return;
    check->found[finding] = at;
    check->byte[finding] = (unsigned char)byte;
}

/* How many bytes a sequence has that begins so; 1 when none does. */
static size_t sequence_size(unsigned char byte)
{
    return byte >= 0xF0 && byte <= 0xF4 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1;
}

static bool is_in_1252(char byte)
{
    return !strchr("\x81\x8D\x8F\x90\x9D", byte);
}

/* Judges the special byte at *at, and moves behind it. `base` is the offset of `t`. */
static void take_special(struct encoding_check *check, struct text t, size_t base, size_t *at)
{
    size_t from = *at;
    char first = t.ptr[from];
    bool is_valid = utf8_next(t, at) != UTF8_INVALID;
    if ((unsigned char)first < 0x80) {
        note(check, first ? CONTROL_BYTE : NUL_BYTE, base + from, first);
        return;
    }
    check->good += is_valid;
    check->bad += !is_valid;
    if (!is_valid)
        note(check, NOT_UTF8, base + from, first);
    for (size_t i = from; i < *at; i++)
        if (!is_in_1252(t.ptr[i]))
            note(check, NOT_1252, base + i, t.ptr[i]);
}

/* Checks `t` up to a sequence that its end cuts; returns how far it came. */
static size_t check_bytes(struct encoding_check *check, struct text t, size_t base, size_t at,
                          bool is_last)
{
    while ((at = find_special(t, at)) < t.len) {
        if (!is_last && sequence_size((unsigned char)t.ptr[at]) > t.len - at)
            return at;
        take_special(check, t, base, &at);
    }
    return at;
}

/* Completes the sequence that the last block cut; returns how much of this block that took. */
static size_t check_held(struct encoding_check *check, struct text block)
{
    size_t held = check->held_count;
    size_t more = block.len < SEQUENCE_MAX ? block.len : SEQUENCE_MAX;
    memcpy(check->held + held, block.ptr, more);
    struct text t = {check->held, held + more};
    size_t base = check->size - held, at = 0;
    while (at < held) { /* what is left behind it is judged with the block */
        if (sequence_size((unsigned char)t.ptr[at]) > t.len - at)
            break;
        unsigned char byte = (unsigned char)t.ptr[at];
        if (byte < 0x80 && !is_control(byte))
            at++;
        else
            take_special(check, t, base, &at);
    }
    if (at >= held) {
        check->held_count = 0;
        return at - held;
    }
    memmove(check->held, check->held + at, t.len - at);
    check->held_count = t.len - at;
    return block.len;
}

static bool check_piece(void *user, struct text piece)
{
    struct encoding_check *check = user;
    size_t more = START_SIZE - check->start_size;
    more = piece.len < more ? piece.len : more;
    memcpy(check->start + check->start_size, piece.ptr, more);
    check->start_size += more;
    size_t at = check->held_count ? check_held(check, piece) : 0;
    at = check_bytes(check, piece, check->size, at, false);
    if (at < piece.len) {
        check->held_count = piece.len - at;
        memcpy(check->held, piece.ptr + at, check->held_count);
    }
    check->size += piece.len;
    return true;
}

struct encoding_check *encoding_check_new(struct arena *arena)
{
    struct encoding_check *check = arena_alloc(arena, sizeof *check);
    check->arena = arena;
    check->start = arena_alloc(arena, START_SIZE);
    for (int f = 0; f < FINDINGS; f++)
        check->found[f] = SIZE_MAX;
    return check;
}

static void add_bytes(struct encoding_check *check, struct text block)
{
    if (!check->decoder)
        check_piece(check, block);
    else if (!check->is_broken)
        check->is_broken = !decoder_add(check->decoder, block, check_piece, check);
}

/* The first bytes are there, or there are no more: which encoding they say. */
static void begin(struct encoding_check *check)
{
    static const struct {
        struct text mark;
        const char *name;
        const char *converter;
    } marks[] = {
        {TEXT_INIT("\xFF\xFE"), "UTF-16LE", "UTF-16LE"},
        {TEXT_INIT("\xFE\xFF"), "UTF-16BE", "UTF-16BE"},
        {TEXT_INIT("\xEF\xBB\xBF"), "UTF-8 with a byte order mark", NULL},
    };
    struct text start = {check->mark, check->mark_count};
    check->encoding = (struct encoding){.name = "UTF-8"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (text_starts(start, marks[i].mark))
            check->encoding = (struct encoding){
                .name = marks[i].name, .converter = marks[i].converter, .mark = marks[i].mark.len};
    if (check->encoding.converter)
        check->decoder = decoder_new(check->arena, &check->encoding);
    add_bytes(check, start);
}

void encoding_check_add(struct encoding_check *check, struct text block)
{
    if (check->mark_count < MARK_SIZE) {
        size_t more = MARK_SIZE - check->mark_count;
        more = block.len < more ? block.len : more;
        memcpy(check->mark + check->mark_count, block.ptr, more);
        check->mark_count += more;
        if (check->mark_count < MARK_SIZE)
            return;
        begin(check);
        block = text_slice(block, more, block.len);
    }
    add_bytes(check, block);
}

bool encoding_is_utf8(const struct encoding_check *check, struct encoding *out)
{
    const struct text start = {check->start, check->start_size};
    bool is_text = check->mark_count == MARK_SIZE && !check->decoder;
    for (int f = 0; f < FINDINGS; f++)
        is_text = is_text && (f == NOT_1252 || check->found[f] == SIZE_MAX);
    *out = check->encoding;
    return is_text && !binary_name(start) && !markup_name(start);
}

/* Counts lines up to an offset; LF, CR LF and CR end a line. */
struct line_count {
    size_t left; /* bytes still to look at */
    unsigned line;
    bool after_cr;
};

static bool count_lines(void *user, struct text piece)
{
    struct line_count *count = user;
    for (size_t i = 0; i < piece.len && count->left; i++, count->left--) {
        char byte = piece.ptr[i];
        count->line += byte == '\r' || (byte == '\n' && !count->after_cr);
        count->after_cr = byte == '\r';
    }
    return count->left > 0;
}

/* The line of an offset in what was checked: the decoded text of UTF-16, else the bytes. */
static unsigned line_of(const struct encoding_check *check, const struct encoding_again *again,
                        size_t at)
{
    struct line_count count = {.left = at, .line = 1};
    const struct encoding as_it_is = {.name = ""};
    struct decoder *decoder =
        decoder_new(check->arena, check->decoder ? &check->encoding : &as_it_is);
    again->rewind(again->user);
    for (struct text block; count.left && again->next(again->user, &block);)
        if (!decoder_add(decoder, block, count_lines, &count))
            break;
    decoder_finish(decoder);
    return count.line;
}

struct settling {
    struct encoding_check *check;
    struct diags *diags;
    struct text file;
    const struct encoding_again *again;
};

static bool refuse_at(const struct settling *s, size_t at, const char *message)
{
    return refuse(s->diags, DIAG_ENCODING, s->file, line_of(s->check, s->again, at), message);
}

/* NUL bytes: UTF-16 without its mark has one for nearly every letter. */
static bool refuse_nul(const struct settling *s)
{
    size_t nuls = 0;
    for (size_t i = 0; i < s->check->start_size; i++)
        nuls += s->check->start[i] == '\0';
    if (nuls * 4 > s->check->start_size)
        return refuse(s->diags, DIAG_ENCODING, s->file, 0,
                      "this looks like UTF-16 without a byte order mark: save the file as UTF-8");
    return refuse_at(s, s->check->found[NUL_BYTE],
                     "NUL byte found: this is no text, or it was damaged; export it again");
}

/*
 * A text that is not UTF-8. When as many bytes form UTF-8 as do not, it is a damaged one: taken for
 * Windows-1252, each of its pound signs would become two characters.
 */
static bool settle_1252(const struct settling *s, struct encoding *encoding)
{
    const struct encoding_check *check = s->check;
    if (encoding->mark)
        return refuse_at(s, check->found[NOT_UTF8],
                         "this line is not UTF-8, though the file begins as such: export it again");
    if (check->good && check->good >= check->bad)
        return refuse_at(s, check->found[NOT_UTF8],
                         "this line is not UTF-8, though most of the file is: export it again");
    if (check->found[NOT_1252] < SIZE_MAX)
        return refuse_at(s, check->found[NOT_1252],
                         "this line is neither UTF-8 nor Windows-1252: save the file as UTF-8");
    *encoding = (struct encoding){
        .name = "Windows-1252",
        .converter = "WINDOWS-1252",
        .decided_line = line_of(check, s->again, check->found[NOT_UTF8]),
        .decided_by = check->byte[NOT_UTF8],
    };
    return true;
}

static bool settle_encoding(const struct settling *s, struct encoding *encoding)
{
    const struct encoding_check *check = s->check;
    *encoding = check->encoding;
    if (check->decoder && check->is_broken)
        return refuse_at(
            s, check->size,
            "this is not UTF-16, though the file begins as such: it may be cut short; export "
            "it again");
    if (check->decoder)
        return true;
    if (check->found[NUL_BYTE] < SIZE_MAX)
        return refuse_nul(s);
    return check->found[NOT_UTF8] == SIZE_MAX || settle_1252(s, encoding);
}

static bool refuse_format(const struct settling *s, const char *format)
{
    diag(s->diags, DIAG_FORMAT, place_file(s->file),
         "this is %s: expected a text export (CSV); in Excel, save the sheet as 'CSV UTF-8'",
         format);
    return false;
}

static bool refuse_control(const struct settling *s)
{
    const struct encoding_check *check = s->check;
    enum finding finding =
        check->found[NUL_BYTE] < check->found[CONTROL_BYTE] ? NUL_BYTE : CONTROL_BYTE;
    diag(s->diags, DIAG_ENCODING,
         place_at(s->file, line_of(check, s->again, check->found[finding]), 0),
         "control byte \\x%02X found: expected text; export the file again, or take it out",
         check->byte[finding]);
    return false;
}

void encoding_check_end(struct encoding_check *check)
{
    if (check->decoder)
        check->is_broken = !decoder_finish(check->decoder) || check->is_broken;
}

static void end(struct encoding_check *check)
{
    if (check->mark_count < MARK_SIZE)
        begin(check);
    encoding_check_end(check);
    const struct text held = {check->held, check->held_count};
    check_bytes(check, held, check->size - check->held_count, 0, true);
}

bool encoding_settle(struct encoding_check *check, struct diags *diags, struct text file,
                     const struct encoding_again *again, struct encoding *out)
{
    const struct settling s = {check, diags, file, again};
    if (!check->mark_count)
        return refuse(diags, DIAG_FORMAT, file, 0, "the file is empty: export it again");
    end(check);
    struct text start = {check->start, check->start_size};
    const char *format = binary_name(start);
    if (format)
        return refuse_format(&s, format);
    if (!settle_encoding(&s, out))
        return false;
    format = markup_name(start);
    if (format)
        return refuse_format(&s, format);
    if (check->found[NUL_BYTE] < SIZE_MAX || check->found[CONTROL_BYTE] < SIZE_MAX)
        return refuse_control(&s);
    return true;
}

/* ---- a text in memory ---- */

struct memory_text {
    struct text bytes;
    bool is_given;
};

static void memory_rewind(void *user)
{
    struct memory_text *memory = user;
    memory->is_given = false;
}

static bool memory_next(void *user, struct text *block)
{
    struct memory_text *memory = user;
    *block = memory->bytes;
    memory->is_given = !memory->is_given;
    return memory->is_given;
}

static bool keep_piece(void *user, struct text piece)
{
    buffer_add(user, piece);
    return true;
}

bool encoding_decode(struct arena *arena, struct diags *diags, struct text file, struct text bytes,
                     struct text *out, const char **name)
{
    struct memory_text memory = {.bytes = bytes};
    const struct encoding_again again = {memory_rewind, memory_next, &memory};
    struct encoding_check *check = encoding_check_new(arena);
    struct encoding encoding;
    encoding_check_add(check, bytes);
    if (!encoding_settle(check, diags, file, &again, &encoding))
        return false;
    *name = encoding.name;
    *out = text_slice(bytes, encoding.mark, bytes.len);
    if (!encoding.converter)
        return true;
    struct buffer converted = {.arena = arena};
    struct decoder *decoder = decoder_new(arena, &encoding);
    decoder_add(decoder, bytes, keep_piece, &converted); /* it was checked */
    decoder_finish(decoder);
    *out = buffer_text(&converted);
    return true;
}
