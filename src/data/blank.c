#include "data/blank.h"

#include "data/spelling_int.h"

#define PLACEHOLDERS                                                                               \
    "tba|tbc|tbd|tbi|t.b.a|t.b.c|t.b.d|to be agreed|to be announced|to be advised|"                \
    "to be arranged|to be completed|to be confirmed|to be decided|to be defined|"                  \
    "to be determined|to be developed|to be identified|to be set|to be added|to follow|"           \
    "not known|not yet known|unknown|not set|not yet set|not yet agreed|not yet defined|"          \
    "not given|awaited|awaiting|pending|insert|insert text|insert here|date|xx|xxx|xxxx|"          \
    "click here to enter text|lorem ipsum"

/* Signs that stand around a placeholder, or alone for one: "??", "…", "[TBC]", "–". */
static size_t sign_at(struct text t, size_t at)
{
    static const char *const signs[] = {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA6", "\xC2\xA0",
                                        "\xE2\x80\xA2"};
    char c = char_at(t, at);
    if (c && strchr(" .?!-*_[](){}<>:;,/|\n\t", c))
        return 1;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (text_starts(text_slice(t, at, t.len), text_from(signs[i])))
            return strlen(signs[i]);
    return 0;
}

/* How far one of the spellings that ends at a sign, or at the end, reaches. */
static size_t placeholder_at(struct text rest)
{
    size_t length = spelling_at_start(rest, PLACEHOLDERS);
    return length && (length == rest.len || sign_at(rest, length)) ? length : 0;
}

enum blank blank_of_text(struct text cell)
{
    if (!text_trim(cell).len)
        return BLANK_EMPTY;
    for (size_t at = 0; at < cell.len;) {
        size_t sign = sign_at(cell, at);
        size_t length = sign ? sign : placeholder_at(text_slice(cell, at, cell.len));
        if (!length)
            return BLANK_NOT;
        at += length;
    }
    return BLANK_PLACEHOLDER;
}

static bool has_letter(struct text t)
{
    size_t at = 0;
    while (at < t.len && !is_letter(t.ptr[at]))
        at++;
    return at < t.len;
}

struct text blank_display(struct arena *arena, struct text cell)
{
    enum blank blank = blank_of_text(cell);
    if (blank == BLANK_EMPTY)
        return BLANK_SHOWN;
    if (blank == BLANK_PLACEHOLDER && !has_letter(cell))
        return text_format(arena, "Not given (\xE2\x80\x9C%.*s\xE2\x80\x9D)",
                           TEXT_ARG(text_trim(cell)));
    return is_spelling(text_trim(cell), "n/a|n/a.|na|n.a.") ? TEXT("Not applicable") : cell;
}

enum blank blank_of(const struct action *action, enum action_field field)
{
    struct text cell = action_text(action, field).plain;
    if (field == ACTION_STATUS && cell.len && action->rag != RAG_NONE)
        return BLANK_NOT;
    return blank_of_text(cell);
}

bool blank_is_judged(const struct dataset *dataset, enum action_field field)
{
    bool says = false;
    for (size_t i = 0; i < dataset->action_count && !says; i++)
        says = action_text(&dataset->actions[i], field).plain.len > 0;
    return says && dataset_action_header(dataset, field).len > 0;
}

bool blank_is_expected(enum action_field field)
{
    switch (field) {
    case ACTION_TITLE:
    case ACTION_STATUS:
    case ACTION_PROGRESS:
    case ACTION_MILESTONES:
    case ACTION_TARGET:
    case ACTION_DUE:
    case ACTION_OWNER:
    case ACTION_TEAM:
    case ACTION_INDICATOR:
        return true;
    default:
        return false;
    }
}
