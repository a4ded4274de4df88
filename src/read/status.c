/* status - the words for statuses, ours and those of the job. */
#include "read/dialect_int.h"

static struct text expected_words(struct arena *arena)
{
    struct texts words = {0};
    for (int rag = RAG_RED; rag < RAGS; rag++)
        texts_add(arena, &words, text_from(rag_word((enum rag)rag)));
    return texts_join(arena, &words, TEXT(", "));
}

/* "Amber: Some concerns | Slow" */
static void read_words(struct source *source, struct place place, struct text piece,
                       struct status_words *out)
{
    size_t colon = text_find(piece, ':', 0);
    struct text status = text_trim(text_slice(piece, 0, colon));
    enum rag rag;
    if (colon == piece.len || !status.len || !rag_read(status, &rag)) {
        diag(source->diags, DIAG_BAD_VALUE, place,
             "'%.*s' does not begin with a status and a colon: expected one such as 'Amber: Some "
             "concerns | Slow'; the statuses are %.*s",
             TEXT_ARG(text_quote(source->arena, piece)), TEXT_ARG(expected_words(source->arena)));
        return;
    }
    struct text_pieces pieces = text_split(text_slice(piece, colon + 1, piece.len), '|');
    for (struct text word; text_next(&pieces, &word);) {
        if (!word.len)
            continue;
        out->items =
            arena_grow(source->arena, out->items, out->count, &out->capacity, sizeof *out->items);
        out->items[out->count++] = (struct status_word){.word = word, .rag = rag};
    }
}

void status_words_read(struct source *source, struct status_words *out)
{
    const struct ini_entry *entry = ini_entry(source->section, "status words");
    *out = (struct status_words){0};
    if (!entry)
        return;
    struct text_pieces pieces = text_split(entry->value, ';');
    for (struct text piece; text_next(&pieces, &piece);)
        if (piece.len)
            read_words(source, entry->value_place, piece, out);
}

/* Signs alone, which names do not tell apart, are compared as they are. */
static bool is_word(struct text cell, struct text word)
{
    return text_equal(cell, word) ||
           (text_same_name(cell, word) && !text_same_name(word, TEXT_EMPTY));
}

bool status_knows(const struct status_words *words, struct text cell, enum rag *out)
{
    for (size_t i = 0; i < words->count; i++)
        if (is_word(cell, words->items[i].word)) {
            *out = words->items[i].rag;
            return true;
        }
    return rag_read(cell, out);
}

bool status_read(struct source *source, const struct status_words *words, struct place place,
                 struct text cell, enum rag *out)
{
    if (status_knows(words, cell, out))
        return true;
    diag(source->diags, DIAG_STATUS_WORD, place,
         "this is no status: expected %.*s, or a blank cell; a word of your own can be given in "
         "[%.*s], as in 'status words = Amber: Some concerns'",
         TEXT_ARG(expected_words(source->scratch)), TEXT_ARG(source->section->title));
    return false;
}
