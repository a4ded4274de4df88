#include "read/read_int.h"

#include "base/file.h"
#include "base/hash.h"
#include "read/csv_int.h"
#include "read/encoding_int.h"

static const struct {
    const char *word;
    char delimiter;
} delimiters[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}};
enum { DELIMITERS = sizeof delimiters / sizeof delimiters[0] };

const char *delimiter_word(char delimiter)
{
    for (size_t i = 0; i < DELIMITERS; i++)
        if (delimiters[i].delimiter == delimiter)
            return delimiters[i].word;
    return "?";
}

/* The job's delimiter, or 0 to decide from the file. */
static char delimiter_key(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "delimiter");
    if (!entry)
        return 0;
    for (size_t i = 0; i < DELIMITERS; i++)
        if (text_same_name(entry->value, text_from(delimiters[i].word)) ||
            (entry->value.len == 1 && entry->value.ptr[0] == delimiters[i].delimiter))
            return delimiters[i].delimiter;
    diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no delimiter: expected comma, semicolon, tab or pipe",
         TEXT_ARG(text_quote(source->arena, entry->value)));
    return 0;
}

bool delimited_read(struct source *source, struct place place, record_taker *take, void *user)
{
    struct file_account *account = source->account;
    struct text bytes, text;
    const char *encoding;
    if (!file_read(source->scratch, source->diags, source->path, place, FILE_CAP_INPUT, &bytes))
        return false;
    account->bytes = bytes.len;
    account->sha256 = hash_sha256(source->arena, bytes);
    if (export_is_repeated(source, place) ||
        !encoding_decode(source->scratch, source->diags, source->path, bytes, &text, &encoding))
        return false;
    account->encoding = text_from(encoding);
    char delimiter = delimiter_key(source);
    account->delimiter = delimiter ? delimiter : csv_delimiter(text);
    return csv_read(source->scratch, source->diags, source->path, text, account->delimiter, take,
                    user);
}
