/* sequence - the codes of one register among themselves. */
#include "check/references_int.h"

#include <stdlib.h>

struct numbered {
    const struct coded *coded;
    size_t row;
};

static size_t last_of(const struct numbered *item)
{
    return item->coded->code.number[item->coded->code.count - 1];
}

static int order_of(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* 0: they differ in their last number alone. */
static int compare_groups(const struct code *a, const struct code *b)
{
    int order = text_compare(a->prefix, b->prefix);
    for (size_t i = 0; !order && i + 1 < a->count && i + 1 < b->count; i++) {
        order = order_of(a->number[i], b->number[i]);
        order = order ? order : (int)a->is_letter[i] - (int)b->is_letter[i];
    }
    order = order ? order : order_of(a->count, b->count);
    return order ? order : (int)a->is_letter[a->count - 1] - (int)b->is_letter[b->count - 1];
}

static int in_order(const void *a, const void *b)
{
    const struct numbered *left = a, *right = b;
    int order = compare_groups(&left->coded->code, &right->coded->code);
    order = order ? order : order_of(last_of(left), last_of(right));
    return order ? order : order_of(left->row, right->row);
}

static struct place place_of(const struct numbered *item)
{
    return action_place(item->coded->row, ACTION_ID);
}

static void check_twice(struct diags *diags, const struct numbered *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (last_of(&items[i]) == last_of(&items[i - 1]))
            diag(diags, DIAG_REFERENCE, place_of(&items[i]), "'%.*s' stands twice: in %.*s, too",
                 TEXT_ARG(items[i].coded->written),
                 TEXT_ARG(place_text(diags->arena, items[i - 1].coded->row->place)));
}

/* "2 to 5", or "4"; letters as letters. */
static struct text range_of(struct arena *arena, const struct code *code, size_t from, size_t to)
{
    bool is_letter = code->is_letter[code->count - 1];
    if (is_letter)
        return from == to
                   ? text_format(arena, "%c", (char)('a' + from - 1))
                   : text_format(arena, "%c to %c", (char)('a' + from - 1), (char)('a' + to - 1));
    return from == to ? text_format(arena, "%zu", from)
                      : text_format(arena, "%zu to %zu", from, to);
}

/*
 * Numbers of a sequence follow each other: where more are missing than there are, they are codes of
 * a longer list. Plain numbers begin with 1; codes with letters need not.
 */
static void check_gaps_of(struct diags *diags, const struct numbered *items, size_t count)
{
    bool is_plain = !items[0].coded->code.prefix.len && items[0].coded->code.count > 1;
    size_t before = is_plain ? 0 : last_of(&items[0]), distinct = 1;
    for (size_t i = 1; i < count; i++)
        distinct += last_of(&items[i]) != last_of(&items[i - 1]);
    size_t missing = last_of(&items[count - 1]) - before + !is_plain - distinct;
    if (count < 2 || missing >= distinct)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t number = last_of(&items[i]);
        if (number > before + 1 && i)
            diag(diags, DIAG_REFERENCE, place_of(&items[i]),
                 "between '%.*s' and '%.*s' there is no %.*s: if it was not taken out, the export "
                 "has lost it",
                 TEXT_ARG(items[i - 1].coded->written), TEXT_ARG(items[i].coded->written),
                 TEXT_ARG(range_of(diags->arena, &items[i].coded->code, before + 1, number - 1)));
        else if (number > before + 1)
            diag(diags, DIAG_REFERENCE, place_of(&items[i]),
                 "'%.*s' is the first of its group, and there is no %.*s: if it was not taken out, "
                 "the export has lost it",
                 TEXT_ARG(items[i].coded->written),
                 TEXT_ARG(range_of(diags->arena, &items[i].coded->code, before + 1, number - 1)));
        before = number;
    }
}

/* "KA.9.9": how a code is written, whatever its numbers. */
static struct text style_of(struct arena *arena, struct text id)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < id.len; i++)
        if (!is_digit(id.ptr[i]))
            buffer_add_byte(&out, id.ptr[i]);
        else if (!i || !is_digit(id.ptr[i - 1]))
            buffer_add_byte(&out, '9');
    return buffer_text(&out);
}

/* Of one prefix and as many numbers, those that are not written as most are. */
static void check_style(struct diags *diags, const struct references *references,
                        const struct numbered *items, size_t count)
{
    struct arena *arena = references->arena;
    struct texts styles = {0};
    size_t *of = arena_calloc(arena, count, sizeof *of);
    size_t *times = arena_calloc(arena, count, sizeof *times), most = 0;
    if (!items[0].coded->code.prefix.len)
        return; /* "1.1." beside "1.2" is no other code to anyone */
    for (size_t i = 0; i < count; i++) {
        struct text style = style_of(arena, items[i].coded->written);
        of[i] = texts_find(&styles, style);
        if (of[i] == styles.count)
            texts_add(arena, &styles, style);
        times[of[i]]++;
    }
    for (size_t s = 1; s < styles.count; s++)
        most = times[s] > times[most] ? s : most;
    for (size_t i = 0; i < count; i++)
        if (of[i] != most && 2 * times[most] > count)
            diag(diags, DIAG_REFERENCE_SPELLING, place_of(&items[i]),
                 "'%.*s' is not written as most codes of '%.*s' are",
                 TEXT_ARG(items[i].coded->written), TEXT_ARG(items[i].coded->dataset->name));
}

void check_sequence(struct diags *diags, const struct references *references,
                    const struct dataset *dataset)
{
    struct numbered *items =
        arena_calloc(references->arena, references->code_count + 1, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < references->code_count; i++)
        if (references->codes[i].dataset == dataset && references->codes[i].row)
            items[count++] = (struct numbered){&references->codes[i], i};
    if (!count)
        return;
    qsort(items, count, sizeof *items, in_order);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && text_equal(items[to].coded->code.prefix,
                                                     items[from].coded->code.prefix);)
            to++;
        check_style(diags, references, items + from, to - from);
    }
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1;
             to < count && compare_groups(&items[to].coded->code, &items[from].coded->code) == 0;)
            to++;
        check_twice(diags, items + from, to - from);
        if (!dataset->is_filtered && !dataset->incomplete)
            check_gaps_of(diags, items + from, to - from);
    }
}
