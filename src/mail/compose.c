#include "base/hash.h"
#include "base/utf8.h"
#include "data/date.h"
#include "mail/mail_int.h"

#include <string.h>

enum {
    LINE_MAX_QP = 76,  /* RFC 2045 6.7 */
    WORD_MAX = 75,     /* of an encoded word, RFC 2047 2 */
    HEADER_MAX = 76,   /* a line of a header holding encoded words, RFC 2047 2 */
    ADDRESS_MAX = 254, /* RFC 5321 4.5.3.1 */
    LOCAL_MAX = 64,
};

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const char *mail_header_fault(struct text value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.ptr[i];
        if (byte < 0x20 || byte == 0x7F)
            return "a line break or control byte";
    }
    if (utf8_check(value) != value.len)
        return "bytes that are not UTF-8";
    return NULL;
}

static bool is_letter_or_digit(char byte)
{
    return is_letter(byte) || is_digit(byte);
}

static const char *local_part_fault(struct text local)
{
    if (local.len == 0 || local.len > LOCAL_MAX)
        return "no name before the @, or a very long one";
    if (local.ptr[0] == '.' || local.ptr[local.len - 1] == '.' || text_contains(local, TEXT("..")))
        return "a dot that separates nothing";
    for (size_t i = 0; i < local.len; i++)
        if (!is_letter_or_digit(local.ptr[i]) && !strchr("!#$%&'*+-/=?^_`{|}~.", local.ptr[i]))
            return "a character that cannot stand in an address";
    return NULL;
}

static const char *domain_fault(struct text domain)
{
    struct text_pieces labels = text_split(domain, '.');
    for (struct text label; text_next(&labels, &label);) {
        if (label.len == 0 || label.len > 63)
            return "a domain with an empty or very long part";
        if (label.ptr[0] == '-' || label.ptr[label.len - 1] == '-')
            return "a hyphen at the edge of a part of the domain";
        for (size_t i = 0; i < label.len; i++)
            if (!is_letter_or_digit(label.ptr[i]) && label.ptr[i] != '-')
                return "a character that cannot stand in a domain";
    }
    return NULL;
}

const char *mail_address_fault(struct text address)
{
    const char *fault = mail_header_fault(address);
    if (fault)
        return fault;
    for (size_t i = 0; i < address.len; i++)
        if (strchr(" <>\"(),:;[]\\", address.ptr[i]))
            return "a space or a sign like < > , ;";
    size_t at = text_find(address, '@', 0);
    if (at == address.len)
        return "no @";
    if (text_find(address, '@', at + 1) < address.len)
        return "more than one @";
    if (address.len > ADDRESS_MAX)
        return "more than 254 characters";
    fault = local_part_fault(text_slice(address, 0, at));
    return fault ? fault : domain_fault(text_slice(address, at + 1, address.len));
}

struct text mail_address_domain(struct text address)
{
    return text_slice(address, text_find(address, '@', 0) + 1, address.len);
}

static void add_base64(struct buffer *out, struct text bytes)
{
    const unsigned char *in = (const unsigned char *)bytes.ptr;
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        unsigned long group = (unsigned long)in[i] << 16;
        group |= left > 1 ? (unsigned long)in[i + 1] << 8 : 0;
        group |= left > 2 ? in[i + 2] : 0;
        buffer_add_byte(out, base64_digits[group >> 18]);
        buffer_add_byte(out, base64_digits[group >> 12 & 63]);
        buffer_add_byte(out, left > 1 ? base64_digits[group >> 6 & 63] : '=');
        buffer_add_byte(out, left > 2 ? base64_digits[group & 63] : '=');
    }
}

static void add_base64_lines(struct buffer *out, struct text bytes)
{
    enum { BYTES_A_LINE = LINE_MAX_QP / 4 * 3 };
    for (size_t at = 0; at < bytes.len; at += BYTES_A_LINE) {
        add_base64(out, text_slice(bytes, at, at + BYTES_A_LINE));
        buffer_add(out, TEXT("\r\n"));
    }
}

static bool is_plain_ascii(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] < 0x20 || t.ptr[i] > 0x7E)
            return false;
    return true;
}

/*
 * `t` as encoded words on folded lines. `used` is what stands on the header's line already. A
 * character is never split between two words (RFC 2047 5).
 */
static void add_encoded_words(struct buffer *out, struct text t, size_t used)
{
    static const char begin[] = "=?UTF-8?B?", end[] = "?=";
    size_t frame = sizeof begin - 1 + sizeof end - 1;
    for (size_t from = 0; from < t.len;) {
        size_t line_room = used + frame + 8 < HEADER_MAX ? HEADER_MAX - used : 0;
        size_t room = line_room < WORD_MAX ? line_room : WORD_MAX;
        size_t most = room > frame ? (room - frame) / 4 * 3 : 0;
        size_t to = from;
        for (size_t next = from; next < t.len;) {
            utf8_next(t, &next);
            if (next - from > most)
                break;
            to = next;
        }
        if (to > from) {
            buffer_add(out, text_from(begin));
            add_base64(out, text_slice(t, from, to));
            buffer_add(out, text_from(end));
        }
        if (to < t.len)
            buffer_add(out, TEXT("\r\n "));
        used = 1;
        from = to;
    }
}

/* Free text behind "Name: ". */
static void add_unstructured(struct buffer *out, const char *name, struct text value)
{
    size_t used = strlen(name) + 2;
    buffer_format(out, "%s: ", name);
    if (is_plain_ascii(value) && used + value.len <= HEADER_MAX &&
        !text_contains(value, TEXT("=?")))
        buffer_add(out, value);
    else
        add_encoded_words(out, value, used);
    buffer_add(out, TEXT("\r\n"));
}

static void add_quoted(struct buffer *out, struct text t)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] == '"' || t.ptr[i] == '\\')
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, t.ptr[i]);
    }
    buffer_add_byte(out, '"');
}

/* `Name: "Person" <address>`, the address on a line of its own when there is a person. */
static void add_mailbox(struct buffer *out, const char *name, struct text person,
                        struct text address)
{
    buffer_format(out, "%s: ", name);
    if (person.len) {
        size_t used = strlen(name) + 2;
        if (is_plain_ascii(person) && used + person.len * 2 + 2 <= HEADER_MAX)
            add_quoted(out, person);
        else
            add_encoded_words(out, person, used);
        buffer_format(out, "\r\n <%.*s>\r\n", TEXT_ARG(address));
    } else {
        buffer_format(out, "%.*s\r\n", TEXT_ARG(address));
    }
}

static void add_date(struct buffer *out, int64_t seconds)
{
    static const char *const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    long days = (long)(seconds / 86400); /* 1970-01-01 was a Thursday */
    int of_day = (int)(seconds % 86400);
    struct date date = date_from_number(days);
    buffer_format(out, "Date: %s, %d %.3s %d %02d:%02d:%02d +0000\r\n", weekdays[days % 7],
                  date.day, month_name(date.month), date.year, of_day / 3600, of_day / 60 % 60,
                  of_day % 60);
}

/* One line of text, soft-broken at 76 characters (RFC 2045 6.7). */
static void add_quoted_printable_line(struct buffer *out, struct text line)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t column = 0;
    for (size_t i = 0; i < line.len; i++) {
        unsigned char byte = (unsigned char)line.ptr[i];
        bool is_last = i + 1 == line.len;
        bool is_plain = (byte > 0x20 && byte < 0x7F && byte != '=') || (byte == ' ' && !is_last);
        size_t width = is_plain ? 1 : 3;
        if (column + width > LINE_MAX_QP - 1) { /* room for the "=" of the soft break */
            buffer_add(out, TEXT("=\r\n"));
            column = 0;
        }
        if (is_plain) {
            buffer_add_byte(out, (char)byte);
        } else {
            buffer_add_byte(out, '=');
            buffer_add_byte(out, hex[byte >> 4]);
            buffer_add_byte(out, hex[byte & 15]);
        }
        column += width;
    }
    buffer_add(out, TEXT("\r\n"));
}

static void add_text_part(struct buffer *out, struct text text)
{
    buffer_add(out, TEXT("Content-Type: text/plain; charset=UTF-8\r\n"
                         "Content-Transfer-Encoding: quoted-printable\r\n\r\n"));
    while (text.len) {
        size_t end = text_find(text, '\n', 0);
        add_quoted_printable_line(out, text_slice(text, 0, end));
        text = text_slice(text, end + 1, text.len);
    }
}

static const char *media_type(struct text name)
{
    if (text_ends(name, TEXT(".xlsx")))
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    if (text_ends(name, TEXT(".pdf")))
        return "application/pdf";
    return "application/octet-stream";
}

static bool is_attribute_byte(char byte)
{
    return is_letter_or_digit(byte) || byte == '.' || byte == '-' || byte == '_';
}

/* filename="…", or the pieces of RFC 2231 when it isn't plain or short. */
static void add_file_name(struct buffer *out, struct text name)
{
    enum { PIECE_MAX = 50 };
    bool is_plain = name.len <= PIECE_MAX;
    for (size_t i = 0; i < name.len; i++)
        is_plain = is_plain && (is_attribute_byte(name.ptr[i]) || name.ptr[i] == ' ');
    if (is_plain) {
        buffer_format(out, ";\r\n filename=\"%.*s\"", TEXT_ARG(name));
        return;
    }
    size_t used = PIECE_MAX;
    int piece = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (used + 3 > PIECE_MAX) {
            buffer_format(out, ";\r\n filename*%d*=%s", piece, piece == 0 ? "UTF-8''" : "");
            piece++;
            used = 0;
        }
        if (is_attribute_byte(name.ptr[i]))
            buffer_add_byte(out, name.ptr[i]);
        else
            buffer_format(out, "%%%02X", (unsigned)(unsigned char)name.ptr[i]);
        used += is_attribute_byte(name.ptr[i]) ? 1 : 3;
    }
}

static void add_file_part(struct buffer *out, const struct mail_file *file)
{
    buffer_format(out,
                  "Content-Type:\r\n %s\r\n"
                  "Content-Transfer-Encoding: base64\r\n"
                  "Content-Disposition: attachment",
                  media_type(file->name));
    add_file_name(out, file->name);
    buffer_add(out, TEXT("\r\n\r\n"));
    add_base64_lines(out, file->bytes);
}

struct text mail_compose(struct arena *arena, const struct mail_message *message)
{
    struct buffer out = {.arena = arena};
    /* "=_" occurs in neither quoted-printable nor base64 */
    struct text boundary =
        text_concat(arena, TEXT("=_"), text_slice(hash_sha256(arena, message->id), 0, 32));
    add_date(&out, message->date);
    add_mailbox(&out, "From", message->from_name, message->from);
    add_mailbox(&out, "To", message->to_name, message->to);
    if (message->reply_to.len)
        add_mailbox(&out, "Reply-To", TEXT_EMPTY, message->reply_to);
    add_unstructured(&out, "Subject", message->subject);
    buffer_format(&out, "Message-ID: <%.*s>\r\n", TEXT_ARG(message->id));
    buffer_format(&out,
                  "Auto-Submitted: auto-generated\r\n"
                  "MIME-Version: 1.0\r\n"
                  "Content-Type: multipart/mixed;\r\n boundary=\"%.*s\"\r\n\r\n",
                  TEXT_ARG(boundary));
    buffer_format(&out, "--%.*s\r\n", TEXT_ARG(boundary));
    add_text_part(&out, message->text);
    for (size_t i = 0; i < message->file_count; i++) {
        buffer_format(&out, "\r\n--%.*s\r\n", TEXT_ARG(boundary));
        add_file_part(&out, &message->files[i]);
    }
    buffer_format(&out, "\r\n--%.*s--\r\n", TEXT_ARG(boundary));
    return buffer_text(&out);
}
