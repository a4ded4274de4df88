#include "base/utf8.h"
#include "write/pdf_int.h"

#include <math.h>

/* A title is broken where it pauses if the longer line is no more than so many times the other. */
enum { LEAST_OF_LINE = 3 };

/* A run of a span that is never broken, and the white space behind it. */
struct token {
    size_t span;
    size_t from, to, space_to; /* bytes of the span's text */
    long width, space;         /* 1/1000 em */
    long hyphen;               /* what a line that ends here ends with; else 0 */
    bool break_after;
    enum hold hold; /* a break that is not taken while a line has room for both sides */
    bool line_feed;
};
enum { FEW = 12 }; /* words, as most cells have */
struct tokens {
    struct token few[FEW];
    struct arena *arena;
    struct metrics *metrics;
    const struct spans *spans;
    unsigned style;
    struct token *items;
    size_t count;
    size_t capacity;
    bool has_address; /* some word may be one */
    bool has_held;    /* some break is */
};

static unsigned span_font(const struct tokens *tokens, size_t span)
{
    return (tokens->spans->items[span].style | tokens->style) % FONTS;
}

static const struct text soft_hyphen = {"\xC2\xAD", 2};

/* Without soft hyphens at the end, which only the end of a line shows. */
static struct text without_hyphen(struct text text)
{
    while (char_at(text, text.len - 1) == soft_hyphen.ptr[soft_hyphen.len - 1] &&
           text_ends(text, soft_hyphen))
        text = text_slice(text, 0, text.len - soft_hyphen.len);
    return text;
}

static long measure(const struct tokens *tokens, size_t span, size_t from, size_t to)
{
    struct text text = without_hyphen(text_slice(tokens->spans->items[span].text, from, to));
    if (!text.len)
        return 0;
    return tokens->metrics->width(tokens->metrics, span_font(tokens, span), text);
}

/* The width of the hyphen that shows when a line ends behind `to`. */
static long measure_hyphen(const struct tokens *tokens, size_t span, size_t from, size_t to)
{
    if (!text_ends(text_slice(tokens->spans->items[span].text, from, to), soft_hyphen))
        return 0;
    return tokens->metrics->width(tokens->metrics, span_font(tokens, span), soft_hyphen);
}

static void add_token(struct tokens *tokens, struct token token)
{
    token.width = measure(tokens, token.span, token.from, token.to);
    token.space = measure(tokens, token.span, token.to, token.space_to);
    tokens->has_held = tokens->has_held || token.hold;
    tokens->items = arena_grow(tokens->arena, tokens->items, tokens->count, &tokens->capacity,
                               sizeof *tokens->items);
    tokens->items[tokens->count++] = token;
}

static bool is_space(uint32_t point)
{
    return point == ' ' || point == '\t' || point == 0x200B ||
           (point >= 0x2002 && point <= 0x2006) || (point >= 0x2008 && point <= 0x200A);
}

static bool is_combining(uint32_t point)
{
    return (point >= 0x300 && point < 0x370) || (point >= 0x1DC0 && point < 0x1E00) ||
           (point >= 0xFE00 && point < 0xFE10) || point == 0x200D;
}

/* The end of the white space at `at`; *line_feed when it holds one, which ends it. */
static size_t skip_space(struct text text, size_t at, bool *line_feed)
{
    while (at < text.len && !*line_feed) {
        size_t next = at;
        uint32_t point = utf8_next(text, &next);
        if (point == '\n')
            *line_feed = true;
        else if (!is_space(point))
            break;
        at = next;
    }
    return at;
}

/* Whether the word that begins there is an address of the web or of mail. */
static bool begins_address(const struct tokens *tokens, struct text text, size_t from)
{
    size_t to = from;
    if (!tokens->has_address)
        return false;
    while (to < text.len && text.ptr[to] != ' ' && text.ptr[to] != '\n')
        to++;
    return words_is_address(text_slice(text, from, to));
}

static void split_span(struct tokens *tokens, size_t span)
{
    struct text text = tokens->spans->items[span].text;
    size_t from = 0, at = 0;
    uint32_t before = 0, last = 0;
    bool is_address = begins_address(tokens, text, 0);
    while (at < text.len) {
        size_t here = at;
        uint32_t point = utf8_next(text, &at);
        if (point == '\n' || is_space(point)) {
            bool line_feed = false;
            if (here == from && tokens->count)
                tokens->items[tokens->count - 1].break_after = true;
            at = skip_space(text, here, &line_feed);
            size_t space_to = line_feed ? at - 1 : at;
            add_token(tokens, (struct token){.span = span,
                                             .from = from,
                                             .to = here,
                                             .space_to = space_to,
                                             .break_after = true,
                                             .line_feed = line_feed});
            from = at;
            before = last = 0;
            is_address = begins_address(tokens, text, from);
            continue;
        }
        enum hold hold = HOLD_WHOLE;
        if (last && is_address)
            hold = words_address_hold(text, here);
        else if ((last == '-' || last == '/' || last >= 0xAD) &&
                 words_may_break(before, last, point)) /* most are letters */
            hold = HOLD_NONE;
        if (hold != HOLD_WHOLE) {
            add_token(tokens, (struct token){.span = span,
                                             .from = from,
                                             .to = here,
                                             .space_to = here,
                                             .hyphen = measure_hyphen(tokens, span, from, here),
                                             .break_after = true,
                                             .hold = hold});
            from = here;
        }
        before = last;
        last = point;
    }
    if (from < text.len)
        add_token(tokens,
                  (struct token){.span = span, .from = from, .to = text.len, .space_to = text.len});
}

static struct text word_of(const struct tokens *tokens, const struct token *token)
{
    return text_slice(tokens->spans->items[token->span].text, token->from, token->to);
}

/* "Quarter" and "1" stay on one line. */
static void hold_numbers(struct tokens *tokens)
{
    for (size_t i = 0; i + 1 < tokens->count; i++) {
        struct token *token = &tokens->items[i], *next = token + 1;
        if (token->break_after && token->space && !token->line_feed && token->to > token->from &&
            next->to > next->from)
            token->hold = words_hold(word_of(tokens, token), word_of(tokens, next));
        tokens->has_held = tokens->has_held || token->hold;
    }
}

/* About as many as there are words: a list that doubles leaves as much again behind. */
static size_t count_words(const struct spans *spans, bool *has_address)
{
    size_t words = 2 * spans->count, signs = 0;
    for (size_t i = 0; i < spans->count; i++) {
        struct text text = spans->items[i].text;
        for (size_t k = 0; k < text.len; k++) {
            words += text.ptr[k] == ' ';
            signs += text.ptr[k] == '@' || text.ptr[k] == '/' ||
                     (text.ptr[k] == 'w' && char_at(text, k + 1) == 'w');
        }
    }
    *has_address = signs > 0;
    return words;
}

static void tokens_fill(struct tokens *tokens, struct arena *arena, struct metrics *metrics,
                        const struct spans *spans, unsigned style)
{
    size_t words = count_words(spans, &tokens->has_address);
    tokens->arena = arena;
    tokens->metrics = metrics;
    tokens->spans = spans;
    tokens->style = style;
    tokens->count = 0;
    tokens->has_held = false;
    tokens->capacity = words <= FEW ? FEW : words;
    tokens->items =
        words <= FEW ? tokens->few : arena_calloc(arena, tokens->capacity, sizeof *tokens->items);
    for (size_t i = 0; i < spans->count; i++)
        split_span(tokens, i);
    hold_numbers(tokens);
    if (tokens->count)
        tokens->items[tokens->count - 1].break_after = true;
}

/* One behind the last token of the word that begins at `from`, with the word's width; breaks of
 * more than `hold` are not taken. */
static size_t word_end(const struct tokens *tokens, size_t from, enum hold hold, long *width)
{
    *width = 0;
    for (size_t i = from; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        *width += token->width;
        if (token->break_after && token->hold <= hold)
            return i + 1;
        *width += token->space;
    }
    return tokens->count;
}

static long widest(const struct tokens *tokens, enum hold hold)
{
    long most = 0, width;
    for (size_t i = 0; i < tokens->count;) {
        i = word_end(tokens, i, hold, &width);
        width += tokens->items[i - 1].hyphen;
        most = width > most ? width : most;
    }
    return most;
}

struct extent layout_extent(struct arena *arena, struct metrics *metrics, const struct spans *spans,
                            unsigned style, double size)
{
    struct tokens tokens;
    tokens_fill(&tokens, arena, metrics, spans, style);
    long natural = 0, line = 0, space = 0;
    long least = widest(&tokens, HOLD_FEW),
         held = tokens.has_held ? widest(&tokens, HOLD_NONE) : least;
    for (size_t i = 0; i < tokens.count; i++) {
        line += space + tokens.items[i].width;
        if (line > natural)
            natural = line;
        space = tokens.items[i].space;
        if (tokens.items[i].line_feed)
            line = space = 0;
    }
    double points = size / 1000;
    return (struct extent){(double)least * points, (double)held * points, (double)natural * points};
}

/* The bytes of the longest start of a token that fits; at least one character with its marks. */
static size_t prefix_that_fits(const struct tokens *tokens, const struct token *token, long limit)
{
    struct text text = tokens->spans->items[token->span].text;
    size_t fits = token->from;
    long width = 0;
    for (size_t at = token->from; at < token->to;) {
        size_t from = at;
        utf8_next(text, &at);
        for (size_t next = at; next < token->to && is_combining(utf8_next(text, &next));)
            at = next;
        width += measure(tokens, token->span, from, at);
        if (width > limit && fits > token->from)
            break;
        fits = at;
    }
    return fits;
}

/* Cuts token `i` in two at byte `cut`. */
static void cut_token(struct tokens *tokens, size_t i, size_t cut)
{
    struct token whole = tokens->items[i];
    add_token(tokens, whole);
    for (size_t k = tokens->count - 1; k > i + 1; k--)
        tokens->items[k] = tokens->items[k - 1];
    struct token head = whole, tail = whole;
    head.to = head.space_to = tail.from = cut;
    head.space = head.hyphen = 0;
    head.break_after = true;
    head.line_feed = false;
    head.width = measure(tokens, whole.span, head.from, head.to);
    tail.width = measure(tokens, whole.span, tail.from, tail.to);
    tokens->items[i] = head;
    tokens->items[i + 1] = tail;
}

/* A word that is wider than a line: fills one line with its start; returns the end of that line. */
static size_t fill_with_long_word(struct tokens *tokens, size_t from, size_t end, long limit)
{
    long width = 0;
    size_t i = from;
    while (i < end && width + tokens->items[i].width <= limit)
        width += tokens->items[i++].width;
    if (i == end)
        return end;
    struct token *token = &tokens->items[i];
    size_t cut = prefix_that_fits(tokens, token, limit - width);
    struct text rest = text_slice(tokens->spans->items[token->span].text, cut, token->to);
    if (!without_hyphen(rest).len) { /* no room for a single character and its hyphen */
        cut = token->to;
        token->hyphen = 0;
    }
    if (i > from && measure(tokens, token->span, token->from, cut) > limit - width)
        return i;
    if (cut < token->to)
        cut_token(tokens, i, cut);
    return i + 1;
}

/* One behind the last token of the line that begins at `from`. */
static size_t line_end(struct tokens *tokens, size_t from, long limit)
{
    if (tokens->count == 1 && tokens->items[0].width + tokens->items[0].hyphen <= limit)
        return 1;
    long line = 0, space = 0;
    size_t at = from, wide_to[HOLDS] = {from, from}; /* held together up to there in vain */
    while (at < tokens->count) {
        enum hold hold = at >= wide_to[HOLD_NONE]  ? HOLD_NONE
                         : at >= wide_to[HOLD_FEW] ? HOLD_FEW
                                                   : HOLD_MANY;
        long width;
        size_t end = word_end(tokens, at, hold, &width);
        while (hold < HOLD_MANY && width + tokens->items[end - 1].hyphen > limit) {
            wide_to[hold++] = end;
            end = word_end(tokens, at, hold, &width);
        }
        long hyphen = tokens->items[end - 1].hyphen;
        if (line + space + width + hyphen > limit) {
            if (at == from)
                at = fill_with_long_word(tokens, at, end, limit - hyphen);
            break;
        }
        line += space + width;
        space = tokens->items[end - 1].space;
        at = end;
        if (tokens->items[at - 1].line_feed)
            return at;
    }
    /* White space that a span begins with is the end of this line, not the start of the next. */
    while (at < tokens->count && tokens->items[at].from == tokens->items[at].to &&
           !tokens->items[at - 1].line_feed)
        at++;
    return at;
}

static void add_piece(struct line *line, const struct tokens *tokens, size_t from, size_t to,
                      long x, double size, bool ends_line)
{
    const struct token *first = &tokens->items[from], *last = &tokens->items[to - 1];
    struct text text = tokens->spans->items[first->span].text;
    long width = 0;
    for (size_t i = from; i < to; i++)
        width += tokens->items[i].width + (i + 1 < to ? tokens->items[i].space : 0);
    text = text_slice(text, first->from, last->space_to);
    if (ends_line && last->hyphen)
        width += last->hyphen;
    else
        text = without_hyphen(text);
    line->pieces[line->count++] = (struct piece){
        .span = first->span,
        .text = text,
        .x = (double)x * size / 1000,
        .width = (double)width * size / 1000,
    };
    if (last->to > last->from || to - from > 1)
        line->width = (double)(x + width) * size / 1000;
}

static struct line make_line(const struct tokens *tokens, size_t from, size_t to, double size)
{
    struct line line = {0};
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += i == from || tokens->items[i].span != tokens->items[i - 1].span;
    line.pieces = arena_calloc(tokens->arena, count, sizeof *line.pieces);
    long x = 0;
    for (size_t i = from, start = from; i < to; i++) {
        if (i + 1 < to && tokens->items[i + 1].span == tokens->items[start].span)
            continue;
        add_piece(&line, tokens, start, i + 1, x, size, i + 1 == to);
        for (; start <= i; start++)
            x += tokens->items[start].width + tokens->items[start].space;
    }
    return line;
}

struct lines layout_lines(struct arena *arena, struct metrics *metrics, const struct spans *spans,
                          unsigned style, double size, double width)
{
    struct tokens tokens;
    tokens_fill(&tokens, arena, metrics, spans, style);
    /* A thousandth of a point of grace: a column as wide as its text holds it. */
    long limit = (long)floor((width + 0.001) * 1000 / size);
    struct lines lines = {.items = arena_alloc(arena, sizeof *lines.items), .capacity = 1};
    for (size_t at = 0, end; at < tokens.count; at = end) {
        end = line_end(&tokens, at, limit);
        lines.items =
            arena_grow(arena, lines.items, lines.count, &lines.capacity, sizeof *lines.items);
        lines.items[lines.count++] = make_line(&tokens, at, end, size);
    }
    return lines;
}

/* The wider of two lines when the second begins with token `at`; more than `limit`: too wide. */
static long wider_line(const struct tokens *tokens, size_t at, long limit)
{
    long widths[2] = {0}, space = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        if (i == at)
            space = 0;
        widths[i >= at] += space + token->width;
        space = token->space;
    }
    widths[0] += tokens->items[at - 1].hyphen;
    long least = widths[0] < widths[1] ? widths[0] : widths[1];
    long most = widths[0] < widths[1] ? widths[1] : widths[0];
    struct text last = word_of(tokens, &tokens->items[at - 1]);
    bool pauses = text_ends(last, TEXT(":")) || text_ends(last, TEXT(";"));
    return most <= limit && pauses && least * LEAST_OF_LINE >= most ? 0 : most;
}

struct lines layout_title_lines(struct arena *arena, struct metrics *metrics,
                                const struct spans *spans, unsigned style, double size,
                                double width)
{
    struct lines lines = layout_lines(arena, metrics, spans, style, size, width);
    struct tokens tokens;
    long limit = (long)floor((width + 0.001) * 1000 / size), best = limit + 1;
    size_t second = 0;
    if (lines.count != 2)
        return lines;
    tokens_fill(&tokens, arena, metrics, spans, style);
    for (size_t i = 1; i < tokens.count; i++) {
        const struct token *token = &tokens.items[i - 1];
        if (token->line_feed)
            return lines;
        long most = token->break_after && !token->hold ? wider_line(&tokens, i, limit) : best;
        if (most < best) {
            best = most;
            second = i;
        }
    }
    if (second) {
        lines.items[0] = make_line(&tokens, 0, second, size);
        lines.items[1] = make_line(&tokens, second, tokens.count, size);
    }
    return lines;
}
