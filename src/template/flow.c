/*
 * flow - conditions and loops of the narrative: {{if NAME}}, {{if not NAME}}, {{else}}, {{each
 * FIELD of SOURCE}} and {{end}}, each alone in a paragraph. What stands in a part that is not taken
 * is not looked at, but for how its conditions and loops are closed.
 */
#include "template/narrative_int.h"

enum { LOOPS_CAP = 2 };

enum control_kind { CONTROL_NONE, CONTROL_IF, CONTROL_ELSE, CONTROL_EACH, CONTROL_END };
struct control {
    enum control_kind kind;
    struct text rest; /* behind its first word */
};

static struct control control_read(struct text inside)
{
    static const char *const words[] = {[CONTROL_IF] = "if",
                                        [CONTROL_ELSE] = "else",
                                        [CONTROL_EACH] = "each",
                                        [CONTROL_END] = "end"};
    size_t space = text_find(inside, ' ', 0);
    struct text first = text_slice(inside, 0, space);
    for (int kind = CONTROL_IF; kind <= CONTROL_END; kind++)
        if (text_is(first, words[kind]))
            return (struct control){.kind = (enum control_kind)kind,
                                    .rest = text_trim(text_slice(inside, space, inside.len))};
    return (struct control){.kind = CONTROL_NONE, .rest = TEXT_EMPTY};
}

bool flow_is_control(struct text inside)
{
    return control_read(text_trim(inside)).kind != CONTROL_NONE;
}

/* Of a paragraph that holds nothing else. */
static struct control control_of(const struct reader *reader, struct cmark_node *node)
{
    struct text words = reader->flow ? text_trim(narrative_words(node)) : TEXT_EMPTY;
    if (!text_starts(words, TEXT("{{")) || text_find(words, '}', 0) + 2 != words.len)
        return (struct control){.kind = CONTROL_NONE, .rest = TEXT_EMPTY};
    return control_read(text_trim(text_slice(words, 2, words.len - 2)));
}

static void complain(struct reader *reader, struct cmark_node *node, const char *message)
{
    diag(reader->diags, DIAG_TEMPLATE, narrative_place(reader, node), "%s", message);
}

static struct cmark_node *read_part(struct reader *reader, struct cmark_node *node,
                                    struct blocks *blocks, bool is_taken);

/* The part up to {{end}}, which is returned; NULL when there is none. */
static struct cmark_node *read_to_end(struct reader *reader, struct cmark_node *node,
                                      struct blocks *blocks, bool is_taken, const char *other)
{
    struct cmark_node *stop = read_part(reader, narrative_next(node), blocks, is_taken);
    while (stop && control_of(reader, stop).kind == CONTROL_ELSE) {
        complain(reader, stop, other);
        stop = read_part(reader, narrative_next(stop), blocks, is_taken);
    }
    return stop;
}

/* What is named, without "not" in front. */
static bool condition_holds(struct reader *reader, struct cmark_node *node, struct text name)
{
    bool is_not = text_starts(name, TEXT("not "));
    if (is_not)
        name = text_trim(text_slice(name, sizeof "not " - 1, name.len));
    struct place place = narrative_place(reader, node);
    if (!name.len) {
        diag(reader->diags, DIAG_TEMPLATE, place,
             "'{{if}}' names nothing: expected {{if NAME}}, {{if not NAME}} or {{if source NAME}}");
        return false;
    }
    return reader->flow->holds(reader->flow->context, reader->diags, name, place) != is_not;
}

static struct cmark_node *read_if(struct reader *reader, struct cmark_node *node, struct text name,
                                  struct blocks *blocks, bool is_taken)
{
    bool holds = is_taken && condition_holds(reader, node, name);
    struct cmark_node *stop = read_part(reader, narrative_next(node), blocks, is_taken && holds);
    if (stop && control_of(reader, stop).kind == CONTROL_ELSE)
        stop = read_to_end(reader, stop, blocks, is_taken && !holds,
                           "a second '{{else}}': expected '{{end}}'");
    if (!stop)
        complain(reader, node,
                 "'{{if …}}' is not closed: expected '{{end}}' in a paragraph of its "
                 "own");
    return stop;
}

/* "priority of plan" */
static bool open_loop(struct reader *reader, struct cmark_node *node, struct text rest,
                      size_t *turns)
{
    struct place place = narrative_place(reader, node);
    size_t space = text_find(rest, ' ', 0);
    struct text field = text_slice(rest, 0, space);
    struct text source = text_trim(text_slice(rest, space, rest.len));
    *turns = 0;
    if (!text_starts(source, TEXT("of ")) || text_find(source, ' ', 3) != source.len) {
        diag(reader->diags, DIAG_TEMPLATE, place,
             "'{{each %.*s}}' is no loop: expected {{each FIELD of SOURCE}}, such as {{each "
             "priority of plan}}",
             TEXT_ARG(text_quote(reader->arena, rest)));
        return false;
    }
    if (reader->loops == LOOPS_CAP) {
        diag(reader->diags, DIAG_TEMPLATE, place, "a loop in a loop in a loop: expected at most %d",
             LOOPS_CAP);
        return false;
    }
    return reader->flow->open(reader->flow->context, reader->diags, field,
                              text_slice(source, 3, source.len), place, turns);
}

static struct cmark_node *read_each(struct reader *reader, struct cmark_node *node,
                                    struct text rest, struct blocks *blocks, bool is_taken)
{
    static const char other[] = "'{{else}}' without '{{if …}}'";
    size_t turns = 0, first = reader->diags->count, scope = reader->scope;
    bool is_open = is_taken && open_loop(reader, node, rest, &turns);
    struct cmark_node *stop = NULL;
    if (!turns)
        stop = read_to_end(reader, node, blocks, false, other);
    reader->loops++;
    for (size_t i = 0; i < turns; i++) {
        reader->scope = reader->flow->turn(reader->flow->context, i);
        stop = read_to_end(reader, node, blocks, true, other);
    }
    reader->loops--;
    reader->scope = scope;
    if (is_open)
        reader->flow->close(reader->flow->context);
    diags_drop_repeats(reader->diags, first); /* one mistake, not one a turn */
    if (!stop)
        complain(reader, node,
                 "'{{each …}}' is not closed: expected '{{end}}' in a paragraph of "
                 "its own");
    return stop;
}

/* A part of the template that is left out is no mistake of who wrote it. */
static void leave_out(struct reader *reader, struct cmark_node *node)
{
    struct text placed = narrative_placed(node);
    if (placed.len)
        texts_add(reader->arena, &reader->out->left_out, text_copy(reader->arena, placed));
}

/* From `node` up to an {{else}} or {{end}} that closes what was open before; NULL: there is none.
 */
static struct cmark_node *read_part(struct reader *reader, struct cmark_node *node,
                                    struct blocks *blocks, bool is_taken)
{
    while (node) {
        struct control control = control_of(reader, node);
        if (control.kind == CONTROL_ELSE || control.kind == CONTROL_END)
            return node;
        if (control.kind == CONTROL_IF)
            node = read_if(reader, node, control.rest, blocks, is_taken);
        else if (control.kind == CONTROL_EACH)
            node = read_each(reader, node, control.rest, blocks, is_taken);
        else {
            narrative_mark(reader, node, is_taken ? LINE_SAID : LINE_LEFT_OUT);
            if (is_taken)
                reader->visit(reader, node, blocks);
            else
                leave_out(reader, node);
        }
        node = node ? narrative_next(node) : NULL;
    }
    return NULL;
}

void flow_read(struct reader *reader, struct cmark_node *node, struct blocks *blocks)
{
    while ((node = read_part(reader, node, blocks, true))) {
        complain(reader, node,
                 control_of(reader, node).kind == CONTROL_ELSE
                     ? "'{{else}}' without '{{if …}}'"
                     : "'{{end}}' closes nothing: expected '{{if …}}' or '{{each …}}' before it");
        node = narrative_next(node);
    }
}
