/* What a figure can be, on its own and beside what is given with it (statistics.md 7). */
#include "check/check_int.h"
#include "check/rules_int.h"

/* A figure that a rule stops: what is told, and what readers are told. */
struct refused {
    enum diag_kind kind;
    enum dq code;
    unsigned marker;
    struct text message;
    const char *why;
};

static struct text quoted(struct diags *diags, struct value value)
{
    return decimal_text(diags->arena, value.number);
}

static bool refuse_value(struct diags *diags, const struct measure *measure,
                         const struct figure *figure, struct refused *out)
{
    enum dq code = figure->value.present ? dq_value(measure->kind, figure->value.number) : DQ_OK;
    if (code == DQ_OK) /* nearly always: nothing is made for a message then */
        return false;
    struct text shown = quoted(diags, figure->value);
    *out = (struct refused){.kind = DIAG_RANGE, .code = code, .marker = MARKER_NOT_AVAILABLE};
    if (code == DQ_INTEGER) {
        out->message =
            text_format(diags->arena,
                        "'%.*s' is not a whole number: '%.*s' is a count (its kind can be declared "
                        "in [measure %.*s])",
                        TEXT_ARG(shown), TEXT_ARG(measure->name), TEXT_ARG(measure->name));
        out->why = "the source gives a count that is not a whole number";
    } else if (measure->kind == KIND_COUNT) {
        out->message = text_format(diags->arena, "'%.*s' is a negative count of '%.*s'",
                                   TEXT_ARG(shown), TEXT_ARG(measure->name));
        out->why = "the source gives a count below zero";
    } else {
        out->message = text_format(diags->arena, "'%.*s%%' for '%.*s' is not between 0%% and 100%%",
                                   TEXT_ARG(shown), TEXT_ARG(measure->name));
        out->why = "the source gives a percentage that is not between 0% and 100%";
    }
    return true;
}

static bool refuse_parts(struct diags *diags, const struct measure *measure,
                         const struct figure *figure, struct refused *out)
{
    const struct value *below = dq_below_zero(figure->count) != DQ_OK         ? &figure->count
                                : dq_below_zero(figure->denominator) != DQ_OK ? &figure->denominator
                                                                              : NULL;
    if (!below)
        return false;
    *out = (struct refused){
        .kind = DIAG_RANGE,
        .code = DQ_RANGE,
        .marker = MARKER_NOT_AVAILABLE,
        .message = text_format(diags->arena, "'%.*s' is below zero: '%.*s' rests on it as a count",
                               TEXT_ARG(quoted(diags, *below)), TEXT_ARG(measure->name)),
        .why = "it rests on a count below zero"};
    return true;
}

/* A share of nobody is no share, whatever is stated (statistics.md 4: N = 0 is [z]). */
static bool refuse_base(struct diags *diags, const struct measure *measure,
                        const struct figure *figure, struct refused *out)
{
    bool is_share = measure->kind != KIND_COUNT && measure->kind != KIND_MONEY;
    if (!is_share || !figure->denominator.present || decimal_sign(figure->denominator.number) != 0)
        return false;
    *out = (struct refused){
        .kind = DIAG_DENOMINATOR,
        .code = DQ_RANGE,
        .marker = MARKER_NOT_APPLICABLE,
        .message = text_format(diags->arena,
                               "'%.*s' has a denominator of zero: nothing can be a share of it",
                               TEXT_ARG(measure->name)),
        .why = "the number that it is a share of is zero"};
    return true;
}

static bool limits_fail(struct value lower, struct value value, struct value upper)
{
    return lower.present && upper.present &&
           dq_limits(lower.number, value.number, upper.number) != DQ_OK;
}

static bool refuse_limits(struct diags *diags, const struct measure *measure,
                          const struct figure *figure, struct refused *out)
{
    const struct published_with *with = figure->published;
    if (!with || !figure->value.present ||
        (!limits_fail(with->lower_95, figure->value, with->upper_95) &&
         !limits_fail(with->lower_998, figure->value, with->upper_998)))
        return false;
    *out = (struct refused){
        .kind = DIAG_CI_ORDER,
        .code = DQ_CI_ORDER,
        .marker = MARKER_NOT_AVAILABLE,
        .message = text_format(diags->arena,
                               "'%.*s' for '%.*s' is not between its confidence limits: expected "
                               "lower limit, value and upper limit in this order",
                               TEXT_ARG(quoted(diags, figure->value)), TEXT_ARG(measure->name)),
        .why = "the source's value is not between its confidence limits"};
    return true;
}

void stop_figures(struct diags *diags, struct dataset *dataset)
{
    static bool (*const rules[])(struct diags *, const struct measure *, const struct figure *,
                                 struct refused *) = {refuse_value, refuse_parts, refuse_base,
                                                      refuse_limits};
    if (dataset->counts_rows)
        return; /* a number of rows is a whole one, and has nothing beside it */
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure *figure = &dataset->figures[i];
        const struct measure *measure = &dataset->measures[figure->measure];
        struct refused refused;
        for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++) {
            if (figure->is_stopped || !rules[r](diags, measure, figure, &refused))
                continue;
            diag(diags, refused.kind, figure->place, "%.*s", TEXT_ARG(refused.message));
            dataset_stop(dataset, (struct stopped){.measure = figure->measure,
                                                   .area = figure->area,
                                                   .period = figure->period,
                                                   .marker = refused.marker,
                                                   .code = dq_word(refused.code),
                                                   .why = text_from(refused.why)});
        }
    }
}
