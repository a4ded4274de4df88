/* texts_appendices - appendices that words name by a letter: those of the report are lettered in
 * order, one "Appendix: TITLE" after the other. */
#include "check/texts_across_int.h"

#define MARK "Appendix:"

/* The headings that make appendices. */
static size_t count_headings(const struct passage *passage)
{
    size_t count = 0;
    struct text t = passage->words;
    for (size_t at = 0; at < t.len;) {
        size_t end = text_find(t, '\n', at);
        struct text line = text_trim(text_slice(t, at, end));
        bool is_heading = text_starts(line, TEXT("#"));
        while (text_starts(line, TEXT("#")))
            line = text_slice(line, 1, line.len);
        count += is_heading && text_starts(text_trim(line), TEXT(MARK));
        at = end + 1;
    }
    return count;
}

/* "Appendix E", of which the letter is the token behind. */
static char letter_at(const struct passage *passage, size_t token)
{
    if (!passage_word(passage, token, "appendix") || token + 1 >= passage->tokens.count ||
        passage_gap(passage, token + 1).len)
        return '\0';
    struct text raw = passage->tokens.items[token + 1].raw;
    return raw.len == 1 && raw.ptr[0] >= 'A' && raw.ptr[0] <= 'Z' ? raw.ptr[0] : '\0';
}

/* "Appendix E - Survey results": the title that follows to the end of the line. */
static void keep_title(const struct passage *passage, size_t token, char letter)
{
    enum { WORDS_MAX = 8 };
    size_t from = token + 2, to = from;
    if (from >= passage->tokens.count || passage_breaks(passage, from))
        return;
    struct text gap = passage_gap(passage, from);
    size_t line = text_find(passage->plain, '\n', passage_at(passage, token));
    bool is_title = passage->tokens.items[from].raw.ptr[0] >= 'A' &&
                    passage->tokens.items[from].raw.ptr[0] <= 'Z' &&
                    passage_at(passage, from) < line;
    if ((!text_is(gap, "-") && !text_is(gap, ":")) || !is_title)
        return;
    struct buffer title = {.arena = passage->checks->arena};
    for (; to < passage->tokens.count && passage_at(passage, to) < line; to++)
        buffer_format(&title, " %.*s", TEXT_ARG(passage->tokens.items[to].word));
    if (to - from > WORDS_MAX)
        return;
    struct text key =
        text_format(passage->checks->arena, "%.*s %c", TEXT_ARG(passage->place.file), letter);
    struct text shown = text_format(passage->checks->arena, "Appendix %c", letter);
    texts_say(passage, SAID_APPENDIX, key, buffer_text(&title), shown, passage_at(passage, token));
}

void texts_appendices(const struct passage *passage)
{
    if (passage->form != TEXT_NARRATIVE)
        return;
    size_t count = count_headings(passage);
    for (size_t i = 0; i < passage->tokens.count; i++) {
        char letter = letter_at(passage, i);
        if (!letter)
            continue;
        bool is_other = passage_word(passage, i + 2, "of|to|in") && /* of another document */
                        !passage_gap(passage, i + 2).len;
        if (count && !is_other && letter >= 'A' + (int)count)
            diag(passage->diags, DIAG_NUMBERING, passage_place(passage, passage_at(passage, i)),
                 "'Appendix %c' is named, and the last of this report is 'Appendix %c'", letter,
                 (char)('A' + (int)count - 1));
        keep_title(passage, i, letter);
    }
}
