#include "base/utf8.h"
#include "write/pdf_int.h"

#include <math.h>

static const double narrowest_column = 24;

/* A run of a span that is never broken, and the white space behind it. */
struct token {
    size_t span;
    size_t from, to, space_to; /* bytes of the span's text */
    long width, space;         /* 1/1000 em */
    long hyphen;               /* what a line that ends here ends with; else 0 */
    bool break_after;
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
};

static unsigned span_font(const struct tokens *tokens, size_t span)
{
    return (tokens->spans->items[span].style | tokens->style) % FONTS;
}

static const struct text soft_hyphen = {"\xC2\xAD", 2};

/* Without soft hyphens at the end, which only the end of a line shows. */
static struct text without_hyphen(struct text text)
{
    while (text_ends(text, soft_hyphen))
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
    tokens->items = arena_grow(tokens->arena, tokens->items, tokens->count, &tokens->capacity,
                               sizeof *tokens->items);
    tokens->items[tokens->count++] = token;
}

static bool is_space(uint32_t point)
{
    return point == ' ' || point == '\t' || point == 0x200B ||
           (point >= 0x2002 && point <= 0x2006) || (point >= 0x2008 && point <= 0x200A);
}

static bool is_digit_point(uint32_t point)
{
    return point >= '0' && point <= '9';
}

static bool is_letter_point(uint32_t point)
{
    return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z') ||
           (point >= 0xC0 && point < 0x250 && point != 0xD7 && point != 0xF7);
}

static bool is_combining(uint32_t point)
{
    return (point >= 0x300 && point < 0x370) || (point >= 0x1DC0 && point < 0x1E00) ||
           (point >= 0xFE00 && point < 0xFE10) || point == 0x200D;
}

/* Whether a line may end between two characters of one word: "and/|or", "follow-|up", not "2021/22"
 * or "-5". */
static bool may_break(uint32_t before, uint32_t last, uint32_t next)
{
    if (last == 0x2013 || last == 0x2014 || last == 0xAD)
        return !is_digit_point(next) && before != 0;
    return (last == '-' || last == '/' || last == 0x2010) &&
           (is_letter_point(before) || before == ')') && is_letter_point(next);
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

static void split_span(struct tokens *tokens, size_t span)
{
    struct text text = tokens->spans->items[span].text;
    size_t from = 0, at = 0;
    uint32_t before = 0, last = 0;
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
            continue;
        }
        if (last && may_break(before, last, point)) {
            add_token(tokens, (struct token){.span = span,
                                             .from = from,
                                             .to = here,
                                             .space_to = here,
                                             .hyphen = measure_hyphen(tokens, span, from, here),
                                             .break_after = true});
            from = here;
        }
        before = last;
        last = point;
    }
    if (from < text.len)
        add_token(tokens,
                  (struct token){.span = span, .from = from, .to = text.len, .space_to = text.len});
}

/* About as many as there are words: a list that doubles leaves as much again behind. */
static size_t count_words(const struct spans *spans)
{
    size_t words = 2 * spans->count;
    for (size_t i = 0; i < spans->count; i++)
        for (size_t k = 0; k < spans->items[i].text.len; k++)
            words += spans->items[i].text.ptr[k] == ' ';
    return words;
}

static void tokens_fill(struct tokens *tokens, struct arena *arena, struct metrics *metrics,
                        const struct spans *spans, unsigned style)
{
    size_t words = count_words(spans);
    tokens->arena = arena;
    tokens->metrics = metrics;
    tokens->spans = spans;
    tokens->style = style;
    tokens->count = 0;
    tokens->capacity = words <= FEW ? FEW : words;
    tokens->items =
        words <= FEW ? tokens->few : arena_calloc(arena, tokens->capacity, sizeof *tokens->items);
    for (size_t i = 0; i < spans->count; i++)
        split_span(tokens, i);
    if (tokens->count)
        tokens->items[tokens->count - 1].break_after = true;
}

/* One behind the last token of the word that begins at `from`, with the word's width. */
static size_t word_end(const struct tokens *tokens, size_t from, long *width)
{
    *width = 0;
    for (size_t i = from; i < tokens->count; i++) {
        *width += tokens->items[i].width;
        if (tokens->items[i].break_after)
            return i + 1;
    }
    return tokens->count;
}

struct extent layout_extent(struct arena *arena, struct metrics *metrics, const struct spans *spans,
                            unsigned style, double size)
{
    struct tokens tokens;
    tokens_fill(&tokens, arena, metrics, spans, style);
    long least = 0, natural = 0, line = 0, space = 0;
    for (size_t i = 0, next; i < tokens.count; i = next) {
        long width;
        next = word_end(&tokens, i, &width);
        long word = width + tokens.items[next - 1].hyphen;
        if (word > least)
            least = word;
        line += space + width;
        if (line > natural)
            natural = line;
        space = tokens.items[next - 1].space;
        if (tokens.items[next - 1].line_feed)
            line = space = 0;
    }
    return (struct extent){(double)least * size / 1000, (double)natural * size / 1000};
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
    long line = 0, space = 0;
    size_t at = from;
    while (at < tokens->count) {
        long width;
        size_t end = word_end(tokens, at, &width);
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

static double sum(const double *widths, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += widths[i];
    return total;
}

/* The width that the chosen columns share when those that need less keep to that. */
static double common_limit(const struct column_need *needs, size_t count, bool also_firm,
                           double available)
{
    double limit = 0;
    for (size_t round = 0; round <= count; round++) {
        double small = 0;
        size_t large = 0;
        for (size_t i = 0; i < count; i++) {
            bool gives = also_firm || !needs[i].firm;
            if (!gives || needs[i].least <= limit)
                small += needs[i].least;
            else
                large++;
        }
        double next = large ? (available - small) / (double)large : limit;
        if (next <= limit)
            break;
        limit = next;
    }
    return limit;
}

/* Columns whose words alone are too wide: those below a common limit keep theirs, the others get
 * the limit, unless that would leave no room for a syllable. */
static void squeeze(const struct column_need *needs, size_t count, double available, double *widths)
{
    double limit = common_limit(needs, count, false, available);
    bool also_firm = limit < narrowest_column;
    if (also_firm)
        limit = common_limit(needs, count, true, available);
    for (size_t i = 0; i < count; i++)
        widths[i] = also_firm || !needs[i].firm ? fmin(needs[i].least, limit) : needs[i].least;
}

/* What the columns of one kind lack of their natural widths, damped: a column with ten times the
 * text gets about three times the room. */
static double weight(const struct column_need *needs, size_t count, bool long_text,
                     const double *widths)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        if (needs[i].long_text == long_text)
            total += sqrt(fmax(0, needs[i].natural - widths[i]));
    return total;
}

/*
 * Grows the chosen columns towards their natural widths with `budget`; returns what is left
 * over.
 */
static double grow(const struct column_need *needs, size_t count, bool long_text, double budget,
                   double *widths)
{
    for (size_t round = 0; round < count && budget > 0.01; round++) {
        double weights = weight(needs, count, long_text, widths), spent = 0;
        if (weights <= 0)
            break;
        for (size_t i = 0; i < count; i++) {
            double lacking = fmax(0, needs[i].natural - widths[i]);
            if (needs[i].long_text != long_text || lacking <= 0)
                continue;
            double more = fmin(lacking, budget * sqrt(lacking) / weights);
            widths[i] += more;
            spent += more;
        }
        budget -= spent;
    }
    return fmax(0, budget);
}

/* What nobody needs: a table of short cells is not stretched to more than a half again of its
 * natural width, so that figures stay near their names. */
static void stretch(const struct column_need *needs, size_t count, double spare, double *widths)
{
    double total = sum(widths, count);
    bool long_text = false;
    for (size_t i = 0; i < count; i++)
        long_text = long_text || needs[i].long_text;
    double more = long_text ? spare : fmin(spare, total * 0.6);
    if (total <= 0)
        return;
    for (size_t i = 0; i < count; i++)
        widths[i] += more * widths[i] / total;
}

void layout_columns(const struct column_need *needs, size_t count, double available, double *widths)
{
    double least = 0;
    for (size_t i = 0; i < count; i++) {
        widths[i] = needs[i].least;
        least += needs[i].least;
    }
    if (least > available) {
        squeeze(needs, count, available, widths);
        return;
    }
    double spare = available - least, short_weight = weight(needs, count, false, widths),
           long_weight = weight(needs, count, true, widths);
    double reserved = long_weight > 0 ? spare * long_weight / (long_weight + short_weight) : 0;
    spare = grow(needs, count, false, spare - reserved, widths) + reserved;
    spare = grow(needs, count, true, spare, widths);
    spare = grow(needs, count, false, spare, widths);
    stretch(needs, count, spare, widths);
}
