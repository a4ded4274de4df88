/* facts_survey - how many people answered a survey, and what most of them chose. */
#include "compute/facts.h"
#include "compute/standing.h"

enum { MOST_CHOSEN = 3 };

struct answers {
    const struct figure *most[MOST_CHOSEN]; /* the most chosen first; NULL: no more */
    struct value base;                      /* absent: not given, or not the same for all */
    size_t count;
};

/* In its place among the most chosen; of two with one count the export's first goes first. */
static void rank(struct answers *answers, const struct figure *figure)
{
    for (size_t i = 0; i < MOST_CHOSEN && figure; i++) {
        const struct figure *other = answers->most[i];
        if (other && decimal_compare(figure->count.number, other->count.number) <= 0)
            continue;
        answers->most[i] = figure;
        figure = other;
    }
}

static void add_answer(struct answers *answers, const struct figure *figure)
{
    struct value base = figure->denominator;
    if (!answers->count++)
        answers->base = base;
    else if (!base.present || !answers->base.present ||
             decimal_compare(base.number, answers->base.number) != 0)
        answers->base = (struct value){.present = false};
    if (figure->value.present && figure->count.present)
        rank(answers, figure);
}

static void add_most_chosen(struct facts *facts, struct text prefix, const struct dataset *dataset,
                            const struct figure *figure, size_t place)
{
    struct text name = text_format(facts->arena, "%.*s.answer-%zu", TEXT_ARG(prefix), place);
    struct value share = figure->value;
    (void)decimal_round(share.number, 0, &share.number); /* too long to be rounded: as it is */
    facts_add_text(facts, name, dataset->measures[figure->measure].label, figure->place);
    facts_add_number(facts, text_concat(facts->arena, name, TEXT("-count")), figure->count,
                     KIND_COUNT, figure->place);
    facts_add_number(facts, text_concat(facts->arena, name, TEXT("-share")), share, KIND_PERCENT,
                     figure->place);
}

void facts_add_survey(struct facts *facts, struct text prefix, const struct dataset *dataset,
                      size_t area, struct date end)
{
    struct answers answers = {.count = 0};
    if (!dataset->is_open_survey)
        return;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct figure *figure = dataset_latest(dataset, m, area, end);
        if (figure)
            add_answer(&answers, figure);
    }
    if (!answers.base.present) /* several questions: their answers are not held together */
        return;
    facts_add_number(facts, text_concat(facts->arena, prefix, TEXT(".answered")), answers.base,
                     KIND_COUNT, dataset->place);
    for (size_t i = 0; i < MOST_CHOSEN && answers.most[i]; i++)
        add_most_chosen(facts, prefix, dataset, answers.most[i], i + 1);
}
