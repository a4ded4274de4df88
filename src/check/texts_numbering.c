/* texts_numbering - numbers of paragraphs that somebody typed: 8.1, then 8.3; 9.5 twice. */
#include "check/texts_int.h"

#include <string.h>

enum { LEVELS = 4 };
struct number {
    int at[LEVELS];
    size_t count;
};

/* "8.1 Text", "8.1. Text" at the beginning of a paragraph, a heading or an item; a figure is
 * followed by a small letter or a sign. */
static bool read_number(struct text line, struct number *out)
{
    size_t at = 0, digits = 0;
    while (char_at(line, at) && strchr("#>-*+ ", char_at(line, at)))
        at++;
    *out = (struct number){.count = 0};
    while (is_digit(char_at(line, at)) && out->count < LEVELS) {
        for (digits = 0; is_digit(char_at(line, at)) && digits < 3; digits++)
            out->at[out->count] = out->at[out->count] * 10 + (line.ptr[at++] - '0');
        out->count++;
        if (char_at(line, at) != '.')
            break;
        at++;
    }
    if (out->count < 2 || char_at(line, at) != ' ')
        return false;
    while (char_at(line, at) == ' ' || char_at(line, at) == '*')
        at++;
    char c = char_at(line, at);
    return (c >= 'A' && c <= 'Z') || (c && strchr("([\"'", c)) || (unsigned char)c >= 0x80;
}

static bool is_sibling(const struct number *a, const struct number *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i + 1 < a->count; i++)
        if (a->at[i] != b->at[i])
            return false;
    return true;
}

static struct text number_text(struct arena *arena, const struct number *number, int last)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i + 1 < number->count; i++)
        buffer_format(&out, "%d.", number->at[i]);
    buffer_format(&out, "%d", last);
    return buffer_text(&out);
}

static void check_next(const struct passage *passage, const struct number *before,
                       const struct number *now, size_t at)
{
    int last = before->at[before->count - 1], next = now->at[now->count - 1];
    struct arena *arena = passage->diags->arena;
    struct text name = number_text(arena, now, next);
    struct place place = passage_place(passage, at);
    if (next == last)
        diag(passage->diags, DIAG_NUMBERING, place, "paragraph '%.*s' stands twice",
             TEXT_ARG(name));
    else if (next < last && next > 1) /* 1: another document begins */
        diag(passage->diags, DIAG_NUMBERING, place, "paragraph '%.*s' stands behind '%.*s'",
             TEXT_ARG(name), TEXT_ARG(number_text(arena, now, last)));
    else if (next > last + 1)
        diag(passage->diags, DIAG_NUMBERING, place,
             "paragraph '%.*s' stands behind '%.*s': '%.*s' is missing", TEXT_ARG(name),
             TEXT_ARG(number_text(arena, now, last)), TEXT_ARG(number_text(arena, now, last + 1)));
}

void texts_numbering(const struct passage *passage)
{
    struct number last[LEVELS + 1] = {{.count = 0}}, number;
    struct text t = passage->words;
    bool begins = true;
    if (passage->form != TEXT_NARRATIVE)
        return; /* the codes of a plan are a register's: references.c */
    for (size_t at = 0; at < t.len;) {
        size_t end = text_find(t, '\n', at);
        struct text line = text_trim(text_slice(t, at, end));
        begins = begins || (line.len && strchr("#>-*+", line.ptr[0]));
        if (begins && read_number(line, &number)) {
            if (is_sibling(&last[number.count], &number))
                check_next(passage, &last[number.count], &number, at);
            last[number.count] = number;
        }
        begins = !line.len;
        at = end + 1;
    }
}
