/* mail - names, addresses and file names that come from outside, in the headers of a message. */
#include "fuzz.h"

#include "base/utf8.h"
#include "mail/mail_int.h"

#include <string.h>

/* Every line of the headers is one that belongs there, or goes on with the one above. */
static void check_headers(struct text message)
{
    static const char *const names[] = {
        "From: ",       "To: ",           "Reply-To: ",       "Subject: ", "Date: ", "Message-ID: ",
        "MIME-Version", "Content-Type: ", "Auto-Submitted: ", "Content-",  "X-"};
    for (size_t at = 0; at < message.len;) {
        size_t end = text_find(message, '\n', at);
        FUZZ_HOLDS(end > at && end < message.len && message.ptr[end - 1] == '\r');
        struct text line = text_slice(message, at, end - 1);
        if (!line.len)
            return;
        bool known = line.ptr[0] == ' ' || line.ptr[0] == '\t';
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            known = known || text_starts(line, text_from(names[i]));
        FUZZ_HOLDS(known);
        FUZZ_HOLDS(!memchr(line.ptr, '\r', line.len) && !memchr(line.ptr, '\0', line.len));
        at = end + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct text fields[5], rest = text_copy(arena, (struct text){(const char *)data, size});
    for (size_t i = 0; i < 5; i++) { /* the fields are separated by 0xFF, which no text holds */
        size_t end = text_find(rest, '\xFF', 0);
        fields[i] = text_slice(rest, 0, end);
        rest = text_slice(rest, end < rest.len ? end + 1 : end, rest.len);
    }
    struct mail_message message = {.from_name = fields[0],
                                   .from = TEXT("council@example.org"),
                                   .to_name = fields[1],
                                   .to = fields[2],
                                   .reply_to = TEXT_EMPTY,
                                   .subject = fields[3],
                                   .text = fields[4],
                                   .id = TEXT("1@example.org"),
                                   .date = 0};
    bool fit = true;
    for (size_t i = 0; i < 5; i++)
        fit = fit && utf8_check(fields[i]) == fields[i].len;
    if (fit && !mail_header_fault(fields[0]) && !mail_header_fault(fields[1]) &&
        !mail_address_fault(fields[2]) && !mail_header_fault(fields[3]))
        check_headers(mail_compose(arena, &message));
    arena_free(arena);
    return 0;
}
