#include "compute/disclosure_int.h"

/* ---- hiding ---- */

static void hide_value(struct value *value)
{
    if (value->present)
        value_mark(value, MARKER_CONFIDENTIAL);
}

/* Nothing that the source says of the figure is left but what does not depend on it. */
void disclosure_forget_words(struct control *c, struct figure *figure)
{
    figure->note = TEXT_EMPTY;
    if (!figure->published)
        return;
    struct published_with *kept = arena_alloc(c->arena, sizeof *kept);
    *kept = (struct published_with){.target = figure->published->target,
                                    .target_is_annual = figure->published->target_is_annual,
                                    .target_words = figure->published->target_words,
                                    .status = TEXT_EMPTY,
                                    .trend = TEXT_EMPTY,
                                    .against.england = TEXT_EMPTY,
                                    .against.parent = TEXT_EMPTY,
                                    .against.goal = TEXT_EMPTY};
    figure->published = kept;
}

static void hide_figure(struct control *c, struct figure *figure, bool and_denominator)
{
    figure->value.markers &= ~(unsigned)MARKER_NOT_AVAILABLE;
    value_mark(&figure->value, MARKER_CONFIDENTIAL);
    hide_value(&figure->count);
    if (and_denominator)
        hide_value(&figure->denominator);
    figure_settle(figure);
    disclosure_forget_words(c, figure);
}

static struct figure *figure_at(struct control *c, size_t i)
{
    struct figure copy = dataset_figure_at(c->dataset, i);
    return dataset_figure(c->dataset, copy.measure, copy.area, copy.period);
}

/* What cannot be judged is not shown. */
static void hide_all(struct control *c)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++)
        hide_figure(c, figure_at(c, i), true);
}

/* Sums of what was read would give back a hidden figure: they are held against the figures here,
 * and forgotten. */
static void forget_sums(struct control *c)
{
    struct account *account = &c->dataset->account;
    struct file_account total = account_total(c->arena, account);
    struct decimal sum;
    if (!total.sum_is_lost && dataset_sum(c->dataset, &sum) && decimal_compare(total.sum, sum) != 0)
        diag(c->diags, DIAG_RECONCILE, c->dataset->place,
             "the figures of source '%.*s' do not add up to what the rows used do: this is a fault "
             "of the program, nothing is published",
             TEXT_ARG(c->dataset->name));
    for (size_t i = 0; i < account->count; i++) {
        account->files[i].sum = decimal_from(0);
        account->files[i].sum_is_lost = true;
    }
}

/* ---- what can be judged ---- */

void disclosure_refuse(struct control *c, struct place place, struct text why)
{
    c->ok = false;
    diag(c->diags, DIAG_SUPPRESS, place,
         "small figures of source '%.*s' cannot be hidden safely, so none of it is shown: %.*s",
         TEXT_ARG(c->dataset->name), TEXT_ARG(why));
}

const struct measure *disclosure_measure(const struct control *c, const struct figure *figure)
{
    return &c->dataset->measures[figure->measure];
}

/* Counts of a measure that is in no relation could be parts of another: who declares small figures
 * has to say which are. */
static void check_relations(struct control *c)
{
    size_t totals = 0, parts = 0, undeclared = 0;
    const struct measure *last = NULL;
    for (size_t m = 0; m < c->dataset->measure_count; m++) {
        const struct measure *measure = &c->dataset->measures[m];
        if (measure->kind != KIND_COUNT)
            continue;
        parts += measure->relation == RELATION_PART;
        if (measure->relation == RELATION_TOTAL) {
            c->total = totals++ ? SIZE_MAX : m;
            continue;
        }
        if (measure->relation != RELATION_UNDECLARED)
            continue;
        last = undeclared++ ? last : measure;
    }
    if (last && undeclared + totals + parts > 1)
        disclosure_refuse(
            c, last->place,
            text_format(c->arena,
                        "'%.*s' may be added to others: give it a 'relation' in [measure "
                        "%.*s], such as 'part', 'outside' when it is added to no other, or "
                        "'non-additive' when it is not added over months either",
                        TEXT_ARG(last->name), TEXT_ARG(last->name)));
    if (parts && totals > 1)
        disclosure_refuse(
            c, c->dataset->place,
            TEXT("it has several totals and parts of one of them: put each total into a source "
                 "of its own, with 'where'"));
}

/* A rate without its count may stand for two people. */
static void check_bases(struct control *c)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        enum measure_kind kind = disclosure_measure(c, figure)->kind;
        bool rests_on_people =
            kind == KIND_RATE || kind == KIND_PERCENT || kind == KIND_MEAN || kind == KIND_MEDIAN;
        if (!rests_on_people || !figure->value.present || figure->count.present)
            continue;
        disclosure_refuse(
            c, figure->place,
            text_format(c->arena,
                        "'%.*s' has no count beside it: how many people it stands for is not "
                        "known",
                        TEXT_ARG(disclosure_measure(c, figure)->name)));
        return;
    }
}

/* ---- the counts ---- */

bool disclosure_count(struct value value, int64_t *count)
{
    return value.present && decimal_integer(value.number, count) && *count >= 0 &&
           *count <= PROTECT_MOST;
}

static bool is_small(const struct control *c, struct value value)
{
    int64_t count;
    return disclosure_count(value, &count) && suppress_is_small(c->protect.rule, count);
}

/* Of a small number, or all but a few: three of a hundred who did not, as much as three who did. */
static bool has_small_base(const struct control *c, struct value count, struct value base)
{
    struct value rest = {.present = true};
    return is_small(c, base) || (count.present && base.present &&
                                 decimal_subtract(base.number, count.number, &rest.number) &&
                                 decimal_sign(rest.number) > 0 && is_small(c, rest));
}

static void add_cells(struct control *c)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        bool is_count = disclosure_measure(c, figure)->kind == KIND_COUNT;
        int64_t count;
        if (is_count && disclosure_count(figure->value, &count)) {
            size_t cell = protect_add(&c->protect, count);
            if (count && has_small_base(c, figure->value, figure->denominator))
                c->protect.cells[cell].hidden = HIDDEN_PRIMARY;
        } else
            protect_add_unknown(&c->protect,
                                is_count && figure->value.markers & MARKER_CONFIDENTIAL);
        if (!is_count || !figure->value.present || disclosure_count(figure->value, &count))
            continue;
        disclosure_refuse(
            c, figure->place,
            text_format(c->arena,
                        "a count of '%.*s' is negative or not a whole number (its kind can be "
                        "declared in [measure %.*s])",
                        TEXT_ARG(disclosure_measure(c, figure)->name),
                        TEXT_ARG(disclosure_measure(c, figure)->name)));
    }
}

/* ---- rates, percentages and averages ---- */

/* The number is that of a hidden figure of the same area and period. */
static bool is_hidden_number(const struct control *c, const struct figure *figure,
                             struct value value)
{
    int64_t number;
    for (size_t i = 0; disclosure_count(value, &number) && i < c->dataset->figure_count; i++) {
        const struct figure *other = &c->dataset->figures[i];
        const struct protect_cell *cell = &c->protect.cells[i];
        if (cell->is_known && cell->hidden != SHOWN && other->area == figure->area &&
            other->period == figure->period && cell->count == number)
            return true;
    }
    return false;
}

static bool shows_hidden(const struct control *c, const struct figure *figure)
{
    return is_hidden_number(c, figure, figure->count) ||
           is_hidden_number(c, figure, figure->denominator);
}

/* Answers of one base give each other back: no line says which are all of them. */
static void check_same_base(struct control *c, const struct figure *hidden)
{
    for (size_t i = 0; c->ok && hidden->denominator.present && i < c->dataset->figure_count; i++) {
        const struct figure *other = &c->dataset->figures[i];
        if (other != hidden && disclosure_measure(c, other)->kind == KIND_PERCENT &&
            other->area == hidden->area && other->period == hidden->period &&
            other->denominator.present &&
            decimal_compare(other->denominator.number, hidden->denominator.number) == 0)
            disclosure_refuse(
                c, hidden->place,
                text_format(c->arena,
                            "a small share of '%.*s' and others are shares of the same number, "
                            "and could give it back",
                            TEXT_ARG(disclosure_measure(c, hidden)->name)));
    }
}

static void judge_rates(struct control *c)
{
    for (size_t i = 0; c->ok && i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        struct protect_cell *cell = &c->protect.cells[i];
        enum measure_kind kind = disclosure_measure(c, figure)->kind;
        if (kind == KIND_COUNT)
            continue;
        if (is_small(c, figure->count) || has_small_base(c, figure->count, figure->denominator))
            cell->hidden = HIDDEN_PRIMARY;
        else if (shows_hidden(c, figure))
            cell->hidden = HIDDEN_DERIVED;
        if (kind == KIND_PERCENT && cell->hidden != SHOWN)
            check_same_base(c, figure);
    }
}

/* ---- the whole ---- */

/* What figures are shares of, where it is a hidden figure: beside any of them, shown or hidden, it
 * would give that back. Before anything is hidden. */
static void find_bases(struct control *c, const struct control *judged, const size_t *cells)
{
    c->hides_base = arena_calloc(c->arena, c->dataset->figure_count + 1, sizeof *c->hides_base);
    for (size_t i = 0; i < c->dataset->figure_count; i++)
        c->hides_base[i] = is_hidden_number(judged, &judged->dataset->figures[cells ? cells[i] : i],
                                            c->dataset->figures[i].denominator);
}

static void hide_found(struct control *c)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        struct figure *figure = &c->dataset->figures[i];
        enum hidden hidden = c->protect.cells[i].hidden;
        if (c->hides_base[i])
            hide_value(&figure->denominator);
        if (hidden == SHOWN || figure->value.markers & MARKER_CONFIDENTIAL)
            continue;
        c->hidden += hidden == HIDDEN_PRIMARY;
        c->besides += hidden != HIDDEN_PRIMARY;
        hide_figure(c, figure, is_small(c, figure->denominator) || hidden == HIDDEN_DERIVED);
    }
}

static struct text rounding_words(const struct control *c)
{
    if (!c->protect.unit)
        return TEXT_EMPTY;
    return text_format(c->arena, "; the others are rounded to the nearest %u", c->protect.unit);
}

static void tell(struct control *c)
{
    const struct dataset *dataset = c->dataset;
    diag(c->diags, DIAG_SUPPRESSED, dataset->place,
         "source '%.*s': figures hidden as they rest on fewer than %lld: %zu; as they would give "
         "others away: %zu%.*s",
         TEXT_ARG(dataset->name), (long long)dataset->hiding.below, c->hidden, c->besides,
         TEXT_ARG(rounding_words(c)));
    if (c->protect.has_unknown)
        diag(c->diags, DIAG_SUPPRESS_UNKNOWN, dataset->place,
             "source '%.*s' comes with hidden figures: as their size is not known, more was hidden "
             "around them than may be needed, and what others can work out of them is not known",
             TEXT_ARG(dataset->name));
}

static void judge(struct control *c)
{
    const struct dataset *dataset = c->dataset;
    c->cells = arena_calloc(c->arena,
                            dataset->measure_count + dataset->areas.count + dataset->period_count,
                            sizeof *c->cells);
    check_relations(c);
    disclosure_check_periods(c);
    check_bases(c);
    add_cells(c);
    if (c->ok)
        disclosure_lines(c);
    if (c->ok && !protect_solve(&c->protect))
        disclosure_refuse(c, dataset->place, TEXT("whatever is hidden, one could be worked out"));
    judge_rates(c);
}

static struct control control_of(struct diags *diags, struct dataset *dataset)
{
    const struct hiding *hiding = &dataset->hiding;
    return (struct control){
        .arena = dataset->arena,
        .diags = diags,
        .dataset = dataset,
        .total = SIZE_MAX,
        .ok = hiding->below > 0, /* or it was told when it was read */
        .protect = {.arena = dataset->arena,
                    .rule = {.threshold = hiding->below, .zeros_published = !hiding->zeros},
                    .unit = hiding->rounding}};
}

/* What holds no counts that stand for themselves cannot be judged. */
static void check_figures(struct control *c)
{
    if (c->ok && c->dataset->counts_rows)
        disclosure_refuse(c, c->dataset->place,
                          TEXT("its rows are counted here, and the numbers of rows read, which are "
                               "told, would give figures back"));
    else if (c->ok && c->dataset->action_count)
        disclosure_refuse(c, c->dataset->place, TEXT("it holds actions and no counts"));
}

/* `cells`: which of the figures that were judged those of the source are; NULL: the same. */
static void finish(struct control *c, const struct control *judged, const size_t *cells)
{
    if (!judged->ok) {
        hide_all(c);
        return;
    }
    c->protect = judged->protect;
    if (cells) {
        c->protect.cells =
            arena_calloc(c->arena, c->dataset->figure_count, sizeof *c->protect.cells);
        for (size_t i = 0; i < c->dataset->figure_count; i++)
            c->protect.cells[i] = judged->protect.cells[cells[i]];
    }
    find_bases(c, judged, cells);
    hide_found(c);
    if (c->protect.unit)
        disclosure_round(c);
    tell(c);
}

/* Sources that count the same people. */
static void apply_together(struct diags *diags, struct dataset *const *datasets, size_t count)
{
    struct control whole = control_of(diags, datasets[0]);
    size_t **cells = NULL;
    for (size_t i = 0; i < count; i++) {
        struct control one = control_of(diags, datasets[i]);
        if (!datasets[i]->hiding.is_declared)
            disclosure_refuse(&one, datasets[i]->place,
                              TEXT("it counts the same people as another source that has "
                                   "'suppress', and needs the same"));
        forget_sums(&one);
        check_figures(&one);
        whole.ok = whole.ok && one.ok;
    }
    if (whole.ok && count > 1)
        cells = disclosure_join(&whole, datasets, count);
    if (whole.ok)
        judge(&whole);
    for (size_t i = 0; i < count; i++) {
        struct control one = control_of(diags, datasets[i]);
        finish(&one, &whole, cells ? cells[i] : NULL);
    }
}

void disclosure_apply(struct diags *diags, struct dataset *dataset)
{
    if (dataset->hiding.is_declared)
        apply_together(diags, &dataset, 1);
}

/* Of the sources from number `first` on, those of its people; none when it is not their first. */
static size_t group_of(struct dataset *const *datasets, size_t count, size_t first,
                       struct dataset **group)
{
    struct text people = datasets[first]->hiding.people;
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_same = people.len && text_same_name(datasets[i]->hiding.people, people);
        if (i < first && is_same)
            return 0;
        if (i == first || is_same)
            group[size++] = datasets[i];
    }
    return size;
}

void disclosure_apply_all(struct diags *diags, struct dataset *const *datasets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct dataset **group = arena_calloc(diags->arena, count, sizeof(struct dataset *));
        size_t size = group_of(datasets, count, i, group);
        bool is_declared = false;
        for (size_t k = 0; k < size; k++)
            is_declared = is_declared || group[k]->hiding.is_declared;
        if (is_declared)
            apply_together(diags, group, size);
    }
    disclosure_warn_of_shared(diags, datasets, count);
}
