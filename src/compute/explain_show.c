/* explain_show - an explanation as text for people and as JSON for programs. */
#include "compute/explain.h"

#include "base/json.h"
#include "base/utf8.h"

enum { WIDTH = 80 };

/*
 * A paragraph of lines of at most WIDTH columns, broken at spaces only; `indent` spaces before the
 * first and two more before the others.
 */
static void add_wrapped(struct buffer *out, size_t indent, struct text t)
{
    size_t column = 0;
    struct text_pieces words = text_split(t, ' ');
    for (struct text word; text_next(&words, &word);) {
        size_t wide = utf8_count(word);
        if (column && column + 1 + wide > WIDTH) {
            buffer_format(out, "\n%*s", (int)indent + 2, "");
            column = indent + 2;
        } else if (column) {
            buffer_add_byte(out, ' ');
            column++;
        } else {
            buffer_format(out, "%*s", (int)indent, "");
            column = indent;
        }
        buffer_add(out, word);
        column += wide;
    }
    buffer_add_byte(out, '\n');
}

static void add_formula(struct buffer *out, const struct explanation *explanation)
{
    buffer_add(out, TEXT("\nFormula\n"));
    for (size_t i = 0; i < explanation->formula.count; i++)
        add_wrapped(out, 2, explanation->formula.items[i]);
}

static void add_change(struct buffer *out, const struct explained_change *change)
{
    buffer_format(out, "\nWhat can be told of the change on %.*s\n", TEXT_ARG(change->baseline));
    add_wrapped(out, 2, text_format(out->arena, "Class: %.*s.", TEXT_ARG(change->words)));
    add_wrapped(out, 2, change->why);
    if (change->sentence.len)
        add_wrapped(out, 2, text_format(out->arena, "In words: %.*s", TEXT_ARG(change->sentence)));
}

/* A place stands in a line of its own, whole, so that it can be copied. */
static void add_inputs(struct buffer *out, const struct explanation *explanation)
{
    size_t count = explanation->input_count;
    buffer_format(out, "\nInputs: %zu\n", count);
    for (size_t i = 0; i < count && i < EXPLAIN_INPUTS; i++) {
        const struct explained_input *input = &explanation->inputs[i];
        add_wrapped(
            out, 2,
            text_format(out->arena, "%.*s: %.*s", TEXT_ARG(input->what), TEXT_ARG(input->shown)));
        if (input->place.file.len)
            buffer_format(out, "    %.*s\n",
                          TEXT_ARG(text_escape(out->arena, place_text(out->arena, input->place))));
    }
    if (count > EXPLAIN_INPUTS)
        buffer_format(out, "  and %zu more\n", count - EXPLAIN_INPUTS);
}

static void add_rules(struct buffer *out, const struct explanation *explanation)
{
    if (explanation->rule_count)
        buffer_add(out, TEXT("\nRules that applied\n"));
    for (size_t i = 0; i < explanation->rule_count; i++)
        add_wrapped(out, 2,
                    text_format(out->arena, "%s: %.*s", explanation->rules[i].name,
                                TEXT_ARG(explanation->rules[i].says)));
}

struct text explanation_text(const struct explanation *explanation)
{
    struct buffer out = {.arena = explanation->arena};
    add_wrapped(&out, 0,
                text_format(out.arena, "%.*s: %.*s", TEXT_ARG(explanation->fact->name),
                            TEXT_ARG(explanation->display)));
    add_formula(&out, explanation);
    for (size_t i = 0; i < explanation->change_count; i++)
        add_change(&out, &explanation->changes[i]);
    add_inputs(&out, explanation);
    add_rules(&out, explanation);
    return buffer_text(&out);
}

/* ---- JSON ---- */

static void json_value(struct json *json, struct value value)
{
    if (value.present)
        json_decimal(json, "value", value.number);
    else
        json_null(json, "value");
}

/* Line and column count from 1; null is not known. */
static void json_number_of(struct json *json, const char *name, unsigned number)
{
    if (number)
        json_whole(json, name, number);
    else
        json_null(json, name);
}

static void json_input(struct json *json, const struct explained_input *input)
{
    json_open(json, NULL, '{');
    json_string(json, "what", input->what);
    json_value(json, input->value);
    json_string(json, "display", input->shown);
    json_string(json, "file", input->place.file);
    json_string(json, "sheet", input->place.part);
    json_number_of(json, "line", input->place.line);
    json_number_of(json, "column", input->place.column);
    json_close(json, '}');
}

static void json_change(struct json *json, const struct explained_change *change)
{
    const struct judged *judged = change->judged;
    static const char *const tests[] = {
        [TEST_NONE] = "none",     [TEST_COUNTS] = "counts", [TEST_MONTHS] = "monthly",
        [TEST_SHARES] = "shares", [TEST_RATES] = "rates",   [TEST_LIMITS] = "limits"};
    bool is_difference = judged->method == TEST_SHARES || judged->method == TEST_LIMITS;
    const char *test = tests[judged->method];
    json_open(json, NULL, '{');
    json_string(json, "baseline", change->baseline);
    json_string(json, "code", text_from(evidence_code(judged->evidence)));
    json_string(json, "words", change->words);
    json_string(json, "why", change->why);
    json_string(json, "sentence", change->sentence);
    json_string(json, "test", text_from(test));
    if (change->family) {
        json_double(json, is_difference ? "difference" : "ratio", judged->effect);
        json_double(json, "lower_95", judged->ci95.lower);
        json_double(json, "upper_95", judged->ci95.upper);
        json_double(json, "p", judged->p);
        json_double(json, "p_holm", judged->p_holm);
        json_whole(json, "family", change->family);
        json_double(json, judged->method == TEST_MONTHS ? "phi" : "phi_max", judged->phi);
    }
    json_close(json, '}');
}

static struct json *json_head(const struct explanation *explanation, struct json *json)
{
    static const char *const kinds[] = {
        [FACT_TEXT] = "text", [FACT_VALUE] = "value", [FACT_CHANGE] = "change",
        [FACT_ROW] = "row",   [FACT_TREND] = "trend", [FACT_PERFORMANCE] = "performance"};
    json_open(json, NULL, '{');
    json_string(json, "fact", explanation->fact->name);
    json_string(json, "kind", text_from(kinds[explanation->fact->kind]));
    json_value(json, explanation->value);
    if (explanation->has_percent)
        json_decimal(json, "percent", explanation->percent);
    else
        json_null(json, "percent");
    json_string(json, "display", explanation->display);
    json_string(json, "formula", texts_join(explanation->arena, &explanation->formula, TEXT("; ")));
    return json;
}

struct text explanation_json(const struct explanation *explanation)
{
    struct json out = {.out = {.arena = explanation->arena}}, *json = json_head(explanation, &out);
    size_t count = explanation->input_count;
    json_open(json, "inputs", '[');
    for (size_t i = 0; i < count && i < EXPLAIN_INPUTS; i++)
        json_input(json, &explanation->inputs[i]);
    json_close(json, ']');
    json_whole(json, "more_inputs", count > EXPLAIN_INPUTS ? count - EXPLAIN_INPUTS : 0);
    json_open(json, "class", '[');
    for (size_t i = 0; i < explanation->change_count; i++)
        json_change(json, &explanation->changes[i]);
    json_close(json, ']');
    json_open(json, "rules", '[');
    for (size_t i = 0; i < explanation->rule_count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "rule", text_from(explanation->rules[i].name));
        json_string(json, "says", explanation->rules[i].says);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
    buffer_add_byte(&json->out, '\n');
    return buffer_text(&json->out);
}
