/* texts_unfinished - what somebody meant to fill in, and what a program left behind. */
#include "check/texts_int.h"

#include "data/spelling_int.h"

#include <string.h>

static void tell(const struct passage *passage, size_t at, const char *what)
{
    diag(passage->diags, DIAG_UNFINISHED, passage_place(passage, at), "%s", what);
}

/* ---- words ---- */

static bool is_all_x(struct text raw)
{
    for (size_t i = 0; i < raw.len; i++)
        if ((raw.ptr[i] | 32) != 'x')
            return false;
    return raw.len > 2;
}

static bool begins(const struct passage *passage, size_t token, const char *words)
{
    struct text rest = text_slice(passage->plain, passage_at(passage, token), passage->plain.len);
    return spelling_at_start(rest, words) > 0;
}

/* "(insert name)", "[date]" */
static bool is_blank_form(const struct passage *passage, size_t token)
{
    size_t at = passage_at(passage, token);
    char before = at ? passage->plain.ptr[at - 1] : '\0';
    if (!before || !strchr("[(<", before))
        return false;
    size_t close = text_find(passage->plain, ']', at);
    if (before == '[' && char_at(passage->words, close + 1) == '(')
        return false; /* the words of a link */
    if (passage_word(passage, token, "insert") ||
        begins(passage, token, "add text|add name|add date"))
        return true;
    return before == '[' && close == passage_behind(passage, token) &&
           passage_word(passage, token,
                        "name|date|number|title|amount|figure|figures|tbc|area|"
                        "council|year|month|text|xx");
}

static bool is_left_over(const struct passage *passage, size_t token)
{
    return begins(passage, token,
                  "lorem ipsum|insert text here|insert here|click here to enter|click or tap here|"
                  "click to add|delete as appropriate|delete as applicable|hover over|"
                  "no items highlighted|error! reference source not found|"
                  "error! bookmark not defined|dd/mm/yyyy|dd/mm/yy|your text here");
}

/* "(report to follow)", "minutes to follow.", "– to follow" */
static bool is_to_follow(const struct passage *passage, size_t token)
{
    if (!passage_word(passage, token, "to") || !passage_word(passage, token + 1, "follow"))
        return false;
    size_t end = token + 2;
    char after = char_at(passage->plain, passage_behind(passage, token + 1));
    bool is_last =
        end >= passage->tokens.count || passage_breaks(passage, end) || strchr(".,;)]\n", after);
    struct text gap = passage_gap(passage, token);
    return is_last &&
           ((gap.len && strchr("-(:[", gap.ptr[gap.len - 1])) ||
            (token && passage_word(passage, token - 1,
                                   "report|reports|figures|figure|data|minutes|details|"
                                   "information|appendix|update|updates|paper|results")));
}

/* "a target of (currently at 1,360)": no number stands there. */
static bool lacks_number(const struct passage *passage, size_t token)
{
    if (!token || !passage_word(passage, token, "of") ||
        !passage_word(passage, token - 1, "target|total|cost|average|score|sum|budget"))
        return false;
    size_t at = passage_behind(passage, token);
    while (char_at(passage->plain, at) == ' ')
        at++;
    char c = char_at(passage->plain, at);
    return c == '(' || c == ',' || c == ';' ||
           (c == '.' && !is_digit(char_at(passage->plain, at + 1)));
}

/* "comfort75 owner", "k40,413": a number that ran into a word. */
static bool runs_together(const struct passage *passage, size_t token)
{
    enum { LETTERS_MIN = 5 };
    struct text raw = passage->tokens.items[token].raw;
    size_t letters = 0, digits = 0, at = 0;
    while (is_letter(char_at(raw, at)) && (char_at(raw, at) & 32))
        at++;
    letters = at;
    while (is_digit(char_at(raw, at)))
        at++;
    digits = at - letters;
    bool is_group =
        letters && digits && digits <= 3 && char_at(raw, at) == ',' && raw.len == at + 4;
    size_t end = passage_behind(passage, token), from = passage_at(passage, token);
    char after = char_at(passage->plain, end + 1); /* of "report2022.pdf" */
    bool is_name = (from && strchr("#@_/-", passage->plain.ptr[from - 1])) ||
                   (char_at(passage->plain, end) == '.' && is_letter(after)) || digits == 4;
    return is_group || (letters >= LETTERS_MIN && digits >= 2 && at == raw.len && !is_name &&
                        !begins(passage, token, "covid") &&
                        !spelling_at_start(text_slice(raw, 0, letters), "covid|vision|agenda"));
}

static void check_word(const struct passage *passage, size_t token)
{
    size_t at = passage_at(passage, token);
    struct text raw = passage->tokens.items[token].raw;
    if (passage->tokens.items[token].kind != TOKEN_WORD)
        return;
    if (is_all_x(raw) || is_left_over(passage, token) || is_blank_form(passage, token))
        tell(passage, at, "template text was left in: write what belongs there, or take it out");
    else if (passage->form == TEXT_NARRATIVE &&
             (text_is(raw, "TBC") || text_is(raw, "TBA") || text_is(raw, "TBD")))
        tell(passage, at,
             "'TBC' or the like stands in words for readers: say what is known, or by "
             "when it will be");
    else if (is_to_follow(passage, token))
        tell(passage, at, "something is said to follow: put it in, or say when and where");
    else if (lacks_number(passage, token))
        tell(passage, at, "a number is missing behind 'of'");
    else if (runs_together(passage, token))
        tell(passage, at, "a number runs into a word: part of the text may be missing");
}

/* "??", "…?" */
static void check_questions(const struct passage *passage)
{
    struct text t = passage->plain;
    for (size_t at = text_find(t, '?', 0); at < t.len; at = text_find(t, '?', at + 1)) {
        bool is_open = at > 2 && text_equal(text_slice(t, at - 3, at), TEXT("..."));
        if (!is_open && char_at(t, at + 1) != '?')
            continue;
        tell(passage, at, "a question to the author was left in");
        return;
    }
}

/* ---- list items without a word ---- */

/* A line of a marker alone: "-", "*", "3." */
static bool is_empty_item(struct text line)
{
    size_t digits = 0;
    if (text_is(line, "-") || text_is(line, "*") || text_is(line, "+") || text_is(line, "\u2022") ||
        text_is(line, "\u2013") || text_is(line, "\u25CB"))
        return true;
    while (is_digit(char_at(line, digits)))
        digits++;
    return digits && digits <= 2 && digits + 1 == line.len && strchr(".)", line.ptr[digits]);
}

static void check_items(const struct passage *passage)
{
    struct text t = passage->words;
    bool is_behind_item = true; /* below a line of text, a dash makes a heading of it in Markdown */
    if (text_find(t, '\n', 0) == t.len)
        return; /* a cell of a dash says that there is nothing */
    for (size_t at = 0; at < t.len;) {
        size_t end = text_find(t, '\n', at);
        struct text line = text_trim(text_slice(t, at, end));
        if (is_empty_item(line) &&
            (is_behind_item || passage->form != TEXT_NARRATIVE || is_digit(line.ptr[0])))
            tell(passage, at, "an item of a list has no words");
        is_behind_item = !line.len || strchr("-*+", line.ptr[0]) || is_digit(line.ptr[0]);
        at = end + 1;
    }
}

void texts_unfinished(const struct passage *passage)
{
    for (size_t i = 0; i < passage->tokens.count; i++)
        check_word(passage, i);
    check_questions(passage);
    check_items(passage);
}
