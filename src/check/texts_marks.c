/* texts_marks - brackets that stay open, and asterisks without the note that they point to. */
#include "check/texts_int.h"

#include <string.h>

/* ---- brackets ---- */

/* "a)", "12)", "iv)" at the beginning of a word: it counts, and closes nothing. */
static bool is_enumerator(struct text t, size_t at)
{
    enum { LETTERS_MAX = 4 };
    size_t from = at;
    while (from &&
           (is_letter(t.ptr[from - 1]) || is_digit(t.ptr[from - 1]) || t.ptr[from - 1] == '.'))
        from--;
    bool is_smile = at && strchr(":;", t.ptr[at - 1]);
    bool begins = !from || strchr(" \n\t(;:,*-", t.ptr[from - 1]);
    return is_smile || (at > from && at - from <= LETTERS_MAX && begins);
}

static void tell_bracket(const struct passage *passage, size_t at, bool is_open)
{
    const char bracket = passage->plain.ptr[at];
    diag(passage->diags, DIAG_UNFINISHED, passage_place(passage, at), "a bracket '%c' is not %s",
         bracket, is_open ? "closed" : "opened");
}

static char closing(char c)
{
    return c == '(' ? ')' : c == '[' ? ']' : '\0';
}

static void check_paragraph_brackets(const struct passage *passage, size_t from, size_t to)
{
    enum { DEEP = 16 };
    size_t open[DEEP], deep = 0;
    const char *plain = passage->plain.ptr;
    for (size_t at = from; at < to; at++) {
        char c = plain[at];
        if (closing(c) && !(c == '(' && at > from && strchr(":;", plain[at - 1]))) {
            if (deep == DEEP)
                return;
            open[deep++] = at;
        } else if (c == ')' || c == ']') {
            if (deep && closing(plain[open[deep - 1]]) == c) {
                deep--;
            } else if (c != ')' || !is_enumerator(passage->plain, at)) {
                tell_bracket(passage, deep ? open[deep - 1] : at, deep > 0);
                return;
            }
        }
    }
    if (deep)
        tell_bracket(passage, open[0], true);
}

/* A blank line and an item of a list end what a bracket can hold; the lines of a cell do not. */
static void check_brackets(const struct passage *passage)
{
    size_t from = 0;
    for (size_t at = 0; at < passage->plain.len; at++)
        if (passage->form == TEXT_NARRATIVE && passage_line_ends(passage, at)) {
            check_paragraph_brackets(passage, from, at);
            from = at;
        }
    check_paragraph_brackets(passage, from, passage->plain.len);
}

/* ---- asterisks ---- */

static bool is_line_start(struct text t, size_t at)
{
    while (at && (t.ptr[at - 1] == ' ' || t.ptr[at - 1] == '\\'))
        at--;
    return !at || t.ptr[at - 1] == '\n';
}

/* Of the paragraph that `at` stands in, in Markdown: asterisks that make emphasis come in pairs.
 * Its end is put into *end. */
static bool is_emphasis(struct text t, size_t at, size_t *end)
{
    size_t from = at, to = at, count = 0;
    while (from && !(t.ptr[from - 1] == '\n' && (from < 2 || t.ptr[from - 2] == '\n')))
        from--;
    while (to < t.len && !(t.ptr[to] == '\n' && char_at(t, to + 1) == '\n'))
        to++;
    for (size_t i = from; i < to; i++)
        count += t.ptr[i] == '*' && (!i || t.ptr[i - 1] != '\\') &&
                 !(is_line_start(t, i) && char_at(t, i + 1) == ' ');
    *end = to;
    return count % 2 == 0;
}

/* An asterisk behind a word. */
static bool is_behind_word(struct text t, size_t at)
{
    if (char_at(t, at + 1) == '*' || is_letter(char_at(t, at + 1)) || is_digit(char_at(t, at + 1)))
        return false;
    at -= at && t.ptr[at - 1] == '\\';
    bool is_grade = at && (at < 2 || !is_letter(t.ptr[at - 2])); /* "A* to C" */
    return at && ((is_letter(t.ptr[at - 1]) && !is_grade) || t.ptr[at - 1] == ')');
}

/* The first one that points to a note; SIZE_MAX: there is none. */
static size_t find_mark(const struct passage *passage)
{
    struct text t = passage->words;
    size_t paired_to = 0;
    for (size_t at = text_find(t, '*', 0); at < t.len; at = text_find(t, '*', at + 1)) {
        bool is_plain =
            passage->form != TEXT_NARRATIVE || (at && t.ptr[at - 1] == '\\'); /* no emphasis */
        if (!is_behind_word(t, at) || (!is_plain && at < paired_to))
            continue;
        if (is_plain || !is_emphasis(t, at, &paired_to))
            return at;
    }
    return SIZE_MAX;
}

/* A line that begins with an asterisk and words. A list has several. */
static size_t count_notes(struct text t, size_t *first)
{
    size_t count = 0;
    for (size_t at = text_find(t, '*', 0); at < t.len; at = text_find(t, '*', at + 1)) {
        if (!is_line_start(t, at) || char_at(t, at + 1) == '*')
            continue;
        *first = count ? *first : at;
        count++;
    }
    return count;
}

/* A line, and not the first, that begins with an asterisk and no blank. */
static bool is_note(const struct passage *passage, size_t at)
{
    struct text t = passage->words;
    size_t end;
    if (!at || (t.ptr[at - 1] != '\\' && !is_letter(char_at(t, at + 1))))
        return false;
    return passage->form != TEXT_NARRATIVE || t.ptr[at - 1] == '\\' || !is_emphasis(t, at, &end);
}

static void check_asterisks(const struct passage *passage)
{
    size_t note = SIZE_MAX, notes = count_notes(passage->words, &note);
    size_t mark = find_mark(passage);
    if (notes)
        passage->checks->has_note = true;
    if (mark != SIZE_MAX && !notes && passage->form == TEXT_CELL) { /* a note below the table? */
        passage->checks->has_mark = true;
        passage->checks->mark = passage_place(passage, mark);
    } else if (mark != SIZE_MAX && !notes) {
        diag(passage->diags, DIAG_UNFINISHED, passage_place(passage, mark),
             "an asterisk stands behind a word, and no line of the text explains it");
    } else if (mark == SIZE_MAX && notes == 1 && is_note(passage, note)) {
        diag(passage->diags, DIAG_UNFINISHED, passage_place(passage, note),
             "a line explains an asterisk, and no word of the text has one");
    }
}

/* ---- signs ---- */

/* Lines that begin with a dash: two make a list, whose dashes are no signs. */
static bool is_list(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++)
        count += t.ptr[i] == '-' && is_line_start(t, i);
    return count > 1;
}

static bool has_double_sign(struct text t)
{
    bool dashes = is_list(t);
    for (size_t at = 0; at < t.len;) {
        size_t end = text_find(t, '\n', at);
        struct text line = text_trim(text_slice(t, at, end));
        if (dashes && text_starts(line, TEXT("-")))
            line = text_slice(line, 1, line.len);
        if (dq_wording(line) != DQ_OK)
            return true;
        at = end + 1;
    }
    return false;
}

/* Updates of actions and words of a report are looked at with their figures: claims.c. */
static void check_signs(const struct passage *passage)
{
    if (passage->form != TEXT_CELL || !has_double_sign(passage->words))
        return;
    const struct diags *diags = passage->diags;
    struct text place = place_text(diags->arena, passage->place);
    for (size_t i = diags->count; i-- > 0;)
        if (diags->items[i].kind == DIAG_DOUBLE_NEGATIVE &&
            text_equal(place_text(diags->arena, diags->items[i].place), place))
            return;
    diag(passage->diags, DIAG_DOUBLE_NEGATIVE, passage->place,
         "a minus sign stands beside a word that says the direction already: write 'a decrease of "
         "27%%', without the sign");
}

void texts_marks(const struct passage *passage)
{
    check_brackets(passage);
    check_asterisks(passage);
    check_signs(passage);
}
