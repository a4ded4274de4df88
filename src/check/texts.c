/* texts - a text of the job as the rules of texts_*.c look at it, and the order of the rules. */
#include "check/texts_int.h"

#include "data/spelling_int.h"

#include <string.h>

/* ---- the same bytes, plain ---- */

/* Typographic signs and what stands for them, byte for byte as long. */
static const struct {
    struct text sign, plain;
} signs[] = {
    {TEXT_INIT("\u2012"), TEXT_INIT(" - ")},  {TEXT_INIT("\u2013"), TEXT_INIT(" - ")},
    {TEXT_INIT("\u2014"), TEXT_INIT(" - ")},  {TEXT_INIT("\u2212"), TEXT_INIT(" - ")},
    {TEXT_INIT("\u201C"), TEXT_INIT(" \" ")}, {TEXT_INIT("\u201D"), TEXT_INIT(" \" ")},
    {TEXT_INIT("\u2026"), TEXT_INIT("...")},  {TEXT_INIT("\u2022"), TEXT_INIT(";  ")},
    {TEXT_INIT("\u25CB"), TEXT_INIT(";  ")},  {TEXT_INIT("\u00A0"), TEXT_INIT("  ")},
    {TEXT_INIT("\u00D7"), TEXT_INIT("x ")},   {TEXT_INIT("\u2018"), TEXT_INIT(" ' ")},
};

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

static size_t word_end(struct text t, size_t at)
{
    while (!is_white(char_at(t, at)))
        at++;
    return at;
}

static bool is_address(struct text word)
{
    return text_contains(word, TEXT("://")) || text_contains(word, TEXT("www.")) ||
           (text_find(word, '@', 0) < word.len && text_find(word, '.', 0) < word.len);
}

static void blank(char *bytes, size_t from, size_t to)
{
    for (; from < to; from++)
        bytes[from] = bytes[from] == '\n' ? '\n' : ' ';
}

/* Addresses say nothing; of a link in Markdown its words do. */
static void blank_addresses(char *bytes, struct text words, enum text_form form)
{
    for (size_t at = 0; at < words.len;) {
        size_t end = word_end(words, at);
        if (is_address(text_slice(words, at, end)) && form != TEXT_NARRATIVE)
            blank(bytes, at, end);
        at = end > at ? end : at + 1;
    }
    for (size_t at = 0; form == TEXT_NARRATIVE && at + 1 < words.len; at++) {
        if (words.ptr[at] != ']' || words.ptr[at + 1] != '(')
            continue;
        size_t close = text_find(words, ')', at);
        blank(bytes, at + 1, close < words.len ? close + 1 : words.len);
    }
}

static struct text plain_of(struct arena *arena, struct text words, enum text_form form)
{
    char *bytes = arena_alloc(arena, words.len + 1);
    memcpy(bytes, words.ptr, words.len);
    for (size_t at = 0; at < words.len; at++) {
        struct text rest = text_slice(words, at, words.len);
        bool is_plain = (unsigned char)words.ptr[at] < 0x80;
        for (size_t i = 0; i < sizeof signs / sizeof signs[0] && !is_plain; i++)
            if (text_starts(rest, signs[i].sign))
                memcpy(bytes + at, signs[i].plain.ptr, signs[i].plain.len);
        bool is_emphasis = words.ptr[at] == '*' && (!is_white(char_at(words, at + 1)) ||
                                                    (at && !is_white(words.ptr[at - 1])));
        if (form == TEXT_NARRATIVE && is_emphasis)
            bytes[at] = ' ';
    }
    blank_addresses(bytes, words, form);
    return (struct text){bytes, words.len};
}

/* ---- tokens and what lies between ---- */

size_t passage_at(const struct passage *passage, size_t token)
{
    return token < passage->tokens.count
               ? (size_t)(passage->tokens.items[token].raw.ptr - passage->plain.ptr)
               : passage->plain.len;
}

size_t passage_behind(const struct passage *passage, size_t token)
{
    return passage_at(passage, token) + passage->tokens.items[token].raw.len;
}

static struct text whole_gap(const struct passage *passage, size_t token)
{
    size_t from = token ? passage_behind(passage, token - 1) : 0;
    return text_slice(passage->plain, from, passage_at(passage, token));
}

struct text passage_gap(const struct passage *passage, size_t token)
{
    struct text gap = text_trim(whole_gap(passage, token));
    if (text_ends(gap, TEXT("£")))
        gap = text_trim(text_slice(gap, 0, gap.len - sizeof "£" + 1));
    return gap;
}

bool passage_line_ends(const struct passage *passage, size_t at)
{
    struct text t = passage->plain;
    size_t digits = 0;
    if (t.ptr[at++] != '\n')
        return false;
    if (passage->form != TEXT_NARRATIVE)
        return true;
    while (char_at(t, at) == ' ' || char_at(t, at) == '\r')
        at++;
    while (is_digit(char_at(t, at + digits)))
        digits++;
    char c = char_at(t, at), next = char_at(t, at + digits + 1);
    if (digits)
        return (char_at(t, at + digits) == '.' || char_at(t, at + digits) == ')') && next == ' ';
    return c == '\n' || c == '#' || c == '>' || c == '|' || c == '\0' ||
           ((c == '-' || c == '*' || c == '+') && is_white(next));
}

/* A full stop with a blank or a quotation mark behind it; at the end of the text any. */
static bool ends_sentence(struct text gap, size_t at, bool is_last)
{
    if (!strchr(".!?", gap.ptr[at]))
        return false;
    return at + 1 == gap.len ? is_last
                             : is_white(gap.ptr[at + 1]) || strchr(")\"'", gap.ptr[at + 1]);
}

bool passage_breaks(const struct passage *passage, size_t token)
{
    struct text gap = whole_gap(passage, token);
    size_t from = (size_t)(gap.ptr - passage->plain.ptr);
    if (token && passage->tokens.items[token - 1].kind == TOKEN_BREAK)
        return true;
    for (size_t i = 0; i < gap.len; i++)
        if (gap.ptr[i] == '|' || passage_line_ends(passage, from + i) ||
            ends_sentence(gap, i, token == passage->tokens.count))
            return true;
    return false;
}

size_t passage_first(const struct passage *passage, size_t token)
{
    while (token && !passage_breaks(passage, token))
        token--;
    return token;
}

size_t passage_last(const struct passage *passage, size_t token)
{
    for (token++; token < passage->tokens.count && !passage_breaks(passage, token);)
        token++;
    return token;
}

bool passage_word(const struct passage *passage, size_t token, const char *spellings)
{
    return token < passage->tokens.count && passage->tokens.items[token].kind == TOKEN_WORD &&
           is_spelling(passage->tokens.items[token].raw, spellings);
}

/* "3,1000" is no number; 2021 may be a year, and is not counted with. */
bool passage_is_number(const struct passage *passage, size_t token)
{
    if (token >= passage->tokens.count)
        return false;
    const struct claim_token *item = &passage->tokens.items[token];
    int64_t number;
    bool is_year = item->raw.len == 4 && !item->is_money && !item->number.scale &&
                   decimal_integer(item->number, &number) && number >= 1900 && number < 2100;
    return item->kind == TOKEN_PERCENT || (item->kind == TOKEN_NUMBER && !is_year);
}

bool passage_is_near(const struct passage *passage, size_t token)
{
    for (size_t back = 1; back <= 2 && back <= token && passage_gap(passage, token).len == 0;
         back++)
        if (passage_word(passage, token - back,
                         "about|around|approximately|approx|roughly|nearly|almost|over|under|some|"
                         "circa|c|least|most|than|up"))
            return true;
    struct text rest =
        text_slice(passage->plain, passage_behind(passage, token), passage->plain.len);
    return text_starts(rest, TEXT("+"));
}

struct decimal passage_value(const struct passage *passage, size_t token)
{
    const struct claim_token *item = &passage->tokens.items[token];
    struct decimal value = item->number;
    if (item->kind == TOKEN_NUMBER)
        decimal_multiply(item->number, item->unit, &value);
    return value;
}

struct text passage_raw(const struct passage *passage, size_t token)
{
    const struct claim_token *item = &passage->tokens.items[token];
    return item->is_money ? text_format(passage->diags->arena, "£%.*s", TEXT_ARG(item->raw))
                          : item->raw;
}

struct text passage_number(const struct passage *passage, struct decimal number)
{
    return decimal_in_full(passage->diags->arena, number);
}

/* ---- places ---- */

static void find_lines(struct passage *passage)
{
    struct text t = passage->words;
    size_t capacity = 0;
    for (size_t at = 0; at <= t.len; at = text_find(t, '\n', at) + 1) {
        passage->lines = arena_grow(passage->diags->arena, passage->lines, passage->line_count,
                                    &capacity, sizeof *passage->lines);
        passage->lines[passage->line_count++] = at;
    }
}

struct place passage_place(const struct passage *passage, size_t offset)
{
    struct place place = passage->place;
    size_t from = 0, to = passage->line_count; /* the line lies between */
    if (place.column || place.is_cell || !place.line)
        return place;
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        if (passage->lines[middle] <= offset)
            from = middle;
        else
            to = middle;
    }
    place.line += (unsigned)from;
    place.column = (unsigned)(offset - passage->lines[from]) + 1;
    return place;
}

bool passage_is_told(const struct passage *passage, enum diag_kind kind, size_t token)
{
    struct arena *arena = passage->diags->arena;
    struct place place = passage_place(passage, passage_at(passage, passage_first(passage, token)));
    struct text subject = text_format(arena, "'%.*s'", TEXT_ARG(passage->tokens.items[token].raw));
    for (size_t i = passage->diags->count; i-- > 0;) {
        const struct diag *told = &passage->diags->items[i];
        if (told->kind == kind && text_equal(told->place.file, place.file) &&
            told->place.line == place.line && text_starts(told->message, subject))
            return true;
    }
    return false;
}

/* ---- all rules ---- */

struct text_checks *text_checks_new(struct arena *arena, struct date as_at)
{
    struct text_checks *checks = arena_calloc(arena, 1, sizeof *checks);
    checks->arena = arena;
    checks->as_at = as_at;
    checks->by_key.arena = arena;
    return checks;
}

static struct passage passage_new(struct diags *diags, struct text_checks *checks,
                                  struct text words, struct place place, enum text_form form)
{
    struct passage passage = {
        .diags = diags, .checks = checks, .form = form, .words = words, .place = place};
    passage.plain = plain_of(diags->arena, words, form);
    passage.tokens = claim_tokens(diags->arena, passage.plain);
    find_lines(&passage);
    return passage;
}

void check_text(struct diags *diags, struct text_checks *checks, struct text words,
                struct place place, enum text_form form)
{
    static void (*const rules[])(const struct passage *) = {
        texts_sums,   texts_flows, texts_changes,    texts_shares,    texts_dates,
        texts_ranges, texts_marks, texts_unfinished, texts_numbering, texts_appendices,
        texts_areas,  texts_facts, texts_keep,
    };
    if (!words.len)
        return;
    const struct passage passage = passage_new(diags, checks, words, place, form);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        rules[i](&passage);
}

/* Fields that hold words; a status, a day or a code is none. */
static bool is_of_words(enum action_field field)
{
    return field != ACTION_ID && field != ACTION_STATUS && field != ACTION_DUE &&
           field != ACTION_START && field != ACTION_PERCENT;
}

void check_text_cells(struct diags *diags, struct text_checks *checks,
                      const struct dataset *dataset)
{
    size_t fields = dataset_action_fields(dataset);
    if (dataset->is_earlier)
        return; /* what was said then is nobody's to change */
    struct text *above = arena_calloc(diags->arena, fields, sizeof *above);
    for (size_t i = 0; i < dataset->action_count; i++) {
        const struct action *row = &dataset->actions[i];
        for (size_t f = 0; f < fields; f++) {
            enum action_field field = (enum action_field)f;
            struct text words = action_text(row, field).plain;
            if (!words.len || !is_of_words(field) || (i && text_equal(words, above[f])))
                continue;
            check_text(diags, checks, words, action_place(row, field), TEXT_CELL);
            above[f] = words;
            if (field != ACTION_PRIORITY)
                continue;
            const struct passage name =
                passage_new(diags, checks, words, action_place(row, field), TEXT_CELL);
            texts_keep_priority(&name, row->field[ACTION_ID]);
        }
    }
}
