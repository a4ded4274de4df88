#include "compute/disclosure.h"

#include "compute/protect.h"

struct control {
    struct arena *arena;
    struct diags *diags;
    struct dataset *dataset;
    struct protect protect; /* its first cells are the figures, by number */
    size_t *cells;          /* of a line that is being made */
    size_t *areas;          /* those with counts, the largest first */
    size_t area_count;
    size_t total;   /* the one measure that parts add up to; else SIZE_MAX */
    bool ok;        /* false: a message says why it cannot be judged */
    size_t hidden;  /* for themselves */
    size_t besides; /* that would give these away */
};

/* ---- hiding ---- */

static void hide_value(struct value *value)
{
    if (value->present)
        value_mark(value, MARKER_CONFIDENTIAL);
}

/* Nothing that the source says of the figure is left but what does not depend on it. */
static void hide_figure(struct control *c, struct figure *figure, bool and_denominator)
{
    figure->value.markers &= ~(unsigned)MARKER_NOT_AVAILABLE;
    value_mark(&figure->value, MARKER_CONFIDENTIAL);
    hide_value(&figure->count);
    if (and_denominator)
        hide_value(&figure->denominator);
    figure_settle(figure);
    figure->note = TEXT_EMPTY;
    if (figure->published) {
        struct published_with *kept = arena_alloc(c->arena, sizeof *kept);
        *kept = (struct published_with){.target = figure->published->target,
                                        .target_words = figure->published->target_words,
                                        .status = TEXT_EMPTY,
                                        .trend = TEXT_EMPTY,
                                        .compared = TEXT_EMPTY,
                                        .compared_parent = TEXT_EMPTY,
                                        .compared_goal = TEXT_EMPTY};
        figure->published = kept;
    }
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
    if (!total.sum_is_lost && dataset_sum(c->dataset, &sum) &&
        decimal_compare(total.sum, sum) != 0)
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

static void refuse(struct control *c, struct place place, struct text why)
{
    c->ok = false;
    diag(c->diags, DIAG_SUPPRESS, place,
         "small figures of source '%.*s' cannot be hidden safely, so none of it is shown: %.*s",
         TEXT_ARG(c->dataset->name), TEXT_ARG(why));
}

static const struct measure *measure_of(const struct control *c, const struct figure *figure)
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
        refuse(c, last->place,
               text_format(c->arena,
                           "'%.*s' may be added to others: give it a 'relation' in [measure "
                           "%.*s], such as 'part', or 'non-additive' when it is added to nothing",
                           TEXT_ARG(last->name), TEXT_ARG(last->name)));
    if (parts && totals > 1)
        refuse(c, c->dataset->place,
               TEXT("it has several totals and parts of one of them: put each total into a source "
                    "of its own, with 'where'"));
}

static bool has_counts(const struct control *c, size_t period)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        if (figure->period == period && measure_of(c, figure)->kind == KIND_COUNT)
            return true;
    }
    return false;
}

static bool share_days(struct period a, struct period b)
{
    return date_is_known(a.start) && date_is_known(b.start) && !period_within(a, b) &&
           !period_within(b, a) && date_compare(a.start, b.end) <= 0 &&
           date_compare(b.start, a.end) <= 0;
}

/* Of rolling years each gives the change from one month to another: no line says so. */
static void check_periods(struct control *c)
{
    const struct dataset *dataset = c->dataset;
    for (size_t a = 0; a < dataset->period_count; a++)
        for (size_t b = a + 1; b < dataset->period_count; b++) {
            if (!share_days(dataset->periods[a], dataset->periods[b]) || !has_counts(c, a) ||
                !has_counts(c, b))
                continue;
            refuse(c, dataset->place,
                   text_format(c->arena,
                               "%.*s and %.*s share days and neither is within the other",
                               TEXT_ARG(period_display(c->arena, dataset->periods[a])),
                               TEXT_ARG(period_display(c->arena, dataset->periods[b]))));
            return;
        }
}

/* A rate without its count may stand for two people. */
static void check_bases(struct control *c)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        enum measure_kind kind = measure_of(c, figure)->kind;
        bool rests_on_people = kind == KIND_RATE || kind == KIND_PERCENT || kind == KIND_MEAN ||
                               kind == KIND_MEDIAN;
        if (!rests_on_people || !figure->value.present || figure->count.present)
            continue;
        refuse(c, figure->place,
               text_format(c->arena,
                           "'%.*s' has no count beside it: how many people it stands for is not "
                           "known",
                           TEXT_ARG(measure_of(c, figure)->name)));
        return;
    }
}

/* ---- the counts ---- */

static bool count_of(struct value value, int64_t *count)
{
    return value.present && decimal_integer(value.number, count) && *count >= 0;
}

static bool is_small(const struct control *c, struct value value)
{
    int64_t count;
    return count_of(value, &count) && suppress_is_small(c->protect.rule, count);
}

/* Of a small number, or all but a few: three of a hundred who did not, as much as three who did. */
static bool has_small_base(const struct control *c, struct value count, struct value base)
{
    struct value rest = {.present = true};
    return is_small(c, base) ||
           (count.present && base.present &&
            decimal_subtract(base.number, count.number, &rest.number) &&
            decimal_sign(rest.number) > 0 && is_small(c, rest));
}

static void add_cells(struct control *c)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        bool is_count = measure_of(c, figure)->kind == KIND_COUNT;
        int64_t count;
        if (is_count && count_of(figure->value, &count)) {
            size_t cell = protect_add(&c->protect, count);
            if (count && has_small_base(c, figure->value, figure->denominator))
                c->protect.cells[cell].hidden = HIDDEN_PRIMARY;
        } else
            protect_add_unknown(&c->protect,
                                is_count && figure->value.markers & MARKER_CONFIDENTIAL);
        if (!is_count || !figure->value.present || count_of(figure->value, &count))
            continue;
        refuse(c, figure->place,
               text_format(c->arena,
                           "a count of '%.*s' is negative or not a whole number (its kind can be "
                           "declared in [measure %.*s])",
                           TEXT_ARG(measure_of(c, figure)->name),
                           TEXT_ARG(measure_of(c, figure)->name)));
    }
}

/* The cell of a figure of a count; SIZE_MAX: there is none. */
static size_t cell_of(const struct control *c, size_t measure, size_t area, size_t period)
{
    const struct figure *figure = dataset_figure(c->dataset, measure, area, period);
    if (!figure || c->dataset->measures[measure].kind != KIND_COUNT)
        return SIZE_MAX;
    return (size_t)(figure - c->dataset->figures);
}

static void add_to_line(struct control *c, size_t *count, size_t cell)
{
    if (cell != SIZE_MAX)
        c->cells[(*count)++] = cell;
}

/* ---- lines of measures ---- */

/* Parts that exceed their total are told of by name: what is hidden of them cannot be judged. */
static void add_parts(struct control *c, size_t count, size_t total)
{
    if (total == SIZE_MAX || !count || protect_line(&c->protect, c->cells, count, total))
        return;
    const struct figure *figure = &c->dataset->figures[total];
    refuse(c, figure->place,
           text_format(c->arena, "parts of '%.*s' are more than it in %.*s",
                       TEXT_ARG(measure_of(c, figure)->name),
                       TEXT_ARG(period_display(c->arena, c->dataset->periods[figure->period]))));
}

static void add_measures(struct control *c, size_t area, size_t period)
{
    size_t parts = 0;
    for (size_t m = 0; c->total != SIZE_MAX && m < c->dataset->measure_count; m++)
        if (c->dataset->measures[m].relation == RELATION_PART)
            add_to_line(c, &parts, cell_of(c, m, area, period));
    add_parts(c, parts, c->total == SIZE_MAX ? SIZE_MAX : cell_of(c, c->total, area, period));
    for (size_t m = 0; m < c->dataset->measure_count; m++) {
        const struct measure *measure = &c->dataset->measures[m];
        bool is_flag = measure->relation == RELATION_FLAG;
        size_t whole = is_flag ? c->total : measure->parent, one = 0;
        if (whole == SIZE_MAX)
            continue;
        add_to_line(c, &one, cell_of(c, m, area, period));
        add_parts(c, one, cell_of(c, whole, area, period));
    }
}

/* Men and women are all of their parent: those of which, together; no line when they overlap. */
static void add_subsets(struct control *c, size_t parent, size_t area, size_t period)
{
    size_t count = 0, total = cell_of(c, parent, area, period);
    for (size_t m = 0; m < c->dataset->measure_count; m++)
        if (c->dataset->measures[m].parent == parent)
            add_to_line(c, &count, cell_of(c, m, area, period));
    if (count > 1 && total != SIZE_MAX)
        protect_line(&c->protect, c->cells, count, total);
}

/* ---- lines of areas ---- */

static int64_t sum_of_area(const struct control *c, size_t area)
{
    int64_t sum = 0;
    for (size_t i = 0; i < c->dataset->figure_count; i++)
        if (c->dataset->figures[i].area == area && c->protect.cells[i].is_known &&
            __builtin_add_overflow(sum, c->protect.cells[i].count, &sum))
            return INT64_MAX;
    return sum;
}

/* The areas, the largest first; of equals the first one named. */
static void sort_areas(struct control *c)
{
    size_t count = c->dataset->areas.count;
    int64_t *sums = arena_calloc(c->arena, count, sizeof *sums);
    c->areas = arena_calloc(c->arena, count, sizeof *c->areas);
    for (size_t area = 0; area < count; area++) {
        int64_t sum = sum_of_area(c, area);
        size_t at = c->area_count++;
        for (; at > 0 && sums[at - 1] < sum; at--) {
            sums[at] = sums[at - 1];
            c->areas[at] = c->areas[at - 1];
        }
        sums[at] = sum;
        c->areas[at] = area;
    }
}

/* The figures of all areas behind that one, as cells of a line. */
static size_t smaller_areas(struct control *c, size_t at, size_t measure, size_t period)
{
    size_t count = 0;
    for (size_t i = at + 1; i < c->area_count; i++)
        add_to_line(c, &count, cell_of(c, measure, c->areas[i], period));
    return count;
}

static bool may_hold(struct control *c, size_t at, size_t measure, size_t period)
{
    size_t total = cell_of(c, measure, c->areas[at], period);
    if (total == SIZE_MAX || !c->protect.cells[total].is_known)
        return true;
    int64_t left = c->protect.cells[total].count;
    size_t count = smaller_areas(c, at, measure, period);
    for (size_t i = 0; i < count && left >= 0; i++)
        left -= c->protect.cells[c->cells[i]].is_known ? c->protect.cells[c->cells[i]].count : 0;
    return left >= 0;
}

static void add_areas(struct control *c, size_t at)
{
    const struct dataset *dataset = c->dataset;
    for (size_t m = 0; m < dataset->measure_count; m++)
        for (size_t p = 0; p < dataset->period_count; p++)
            if (!may_hold(c, at, m, p))
                return;
    for (size_t m = 0; m < dataset->measure_count; m++)
        for (size_t p = 0; p < dataset->period_count; p++) {
            size_t total = cell_of(c, m, c->areas[at], p);
            size_t count = smaller_areas(c, at, m, p);
            if (total != SIZE_MAX && count)
                protect_line(&c->protect, c->cells, count, total);
        }
}

/* ---- lines of periods ---- */

static bool lies_in(const struct dataset *dataset, size_t part, size_t whole)
{
    struct period a = dataset->periods[part], b = dataset->periods[whole];
    return part != whole && date_is_known(a.start) && date_is_known(b.start) &&
           period_within(a, b);
}

/* Directly: in nothing shorter that lies in it too. Such parts share no days: check_periods(). */
static bool lies_directly_in(const struct dataset *dataset, size_t part, size_t whole)
{
    if (!lies_in(dataset, part, whole))
        return false;
    for (size_t p = 0; p < dataset->period_count; p++)
        if (lies_in(dataset, part, p) && lies_in(dataset, p, whole))
            return false;
    return true;
}

/* What is counted on a day has no sum over days: its parts exceed the whole, and make no line. */
static void add_periods(struct control *c, size_t whole)
{
    const struct dataset *dataset = c->dataset;
    size_t *parts = arena_calloc(c->arena, dataset->period_count, sizeof *parts), part_count = 0;
    for (size_t p = 0; p < dataset->period_count; p++)
        if (lies_directly_in(dataset, p, whole))
            parts[part_count++] = p;
    for (size_t m = 0; part_count && m < dataset->measure_count; m++)
        for (size_t a = 0; a < dataset->areas.count; a++) {
            size_t total = cell_of(c, m, a, whole), count = 0;
            for (size_t i = 0; i < part_count; i++)
                add_to_line(c, &count, cell_of(c, m, a, parts[i]));
            if (total != SIZE_MAX && count)
                protect_line(&c->protect, c->cells, count, total);
        }
}

static void add_lines(struct control *c)
{
    const struct dataset *dataset = c->dataset;
    for (size_t a = 0; a < dataset->areas.count; a++)
        for (size_t p = 0; p < dataset->period_count; p++) {
            add_measures(c, a, p);
            for (size_t m = 0; m < dataset->measure_count; m++)
                add_subsets(c, m, a, p);
        }
    sort_areas(c);
    for (size_t at = 0; at + 1 < c->area_count; at++)
        add_areas(c, at);
    for (size_t p = 0; p < dataset->period_count; p++)
        add_periods(c, p);
}

/* ---- rates, percentages and averages ---- */

/* Its count or denominator is a figure of the same area and period that is hidden. */
static bool shows_hidden(const struct control *c, const struct figure *figure)
{
    int64_t count = -1, base = -1;
    count_of(figure->count, &count);
    count_of(figure->denominator, &base);
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        const struct figure *other = &c->dataset->figures[i];
        const struct protect_cell *cell = &c->protect.cells[i];
        if (cell->is_known && cell->hidden != SHOWN && other->area == figure->area &&
            other->period == figure->period && (cell->count == count || cell->count == base))
            return true;
    }
    return false;
}

/* Answers of one base give each other back: no line says which are all of them. */
static void check_same_base(struct control *c, const struct figure *hidden)
{
    for (size_t i = 0; c->ok && hidden->denominator.present && i < c->dataset->figure_count; i++) {
        const struct figure *other = &c->dataset->figures[i];
        if (other != hidden && measure_of(c, other)->kind == KIND_PERCENT &&
            other->area == hidden->area && other->period == hidden->period &&
            other->denominator.present &&
            decimal_compare(other->denominator.number, hidden->denominator.number) == 0)
            refuse(c, hidden->place,
                   text_format(c->arena,
                               "a small share of '%.*s' and others are shares of the same number, "
                               "and could give it back",
                               TEXT_ARG(measure_of(c, hidden)->name)));
    }
}

static void judge_rates(struct control *c)
{
    for (size_t i = 0; c->ok && i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        struct protect_cell *cell = &c->protect.cells[i];
        enum measure_kind kind = measure_of(c, figure)->kind;
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

static void hide_found(struct control *c)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        struct figure *figure = &c->dataset->figures[i];
        enum hidden hidden = c->protect.cells[i].hidden;
        if (hidden == SHOWN || figure->value.markers & MARKER_CONFIDENTIAL)
            continue;
        c->hidden += hidden == HIDDEN_PRIMARY;
        c->besides += hidden != HIDDEN_PRIMARY;
        hide_figure(c, figure, is_small(c, figure->denominator) || hidden == HIDDEN_DERIVED);
    }
}

static void tell(struct control *c)
{
    const struct dataset *dataset = c->dataset;
    diag(c->diags, DIAG_SUPPRESSED, dataset->place,
         "source '%.*s': %zu figures below %lld are hidden, and %zu that would give them away",
         TEXT_ARG(dataset->name), c->hidden, (long long)dataset->hiding.below, c->besides);
    if (c->protect.has_unknown)
        diag(c->diags, DIAG_SUPPRESS_UNKNOWN, dataset->place,
             "source '%.*s' comes with hidden figures: as their size is not known, more was hidden "
             "around them than may be needed, and what others can work out of them is not known",
             TEXT_ARG(dataset->name));
}

static void judge(struct control *c)
{
    const struct dataset *dataset = c->dataset;
    c->cells = arena_calloc(c->arena, dataset->measure_count + dataset->areas.count +
                                          dataset->period_count,
                            sizeof *c->cells);
    check_relations(c);
    check_periods(c);
    check_bases(c);
    add_cells(c);
    if (c->ok)
        add_lines(c);
    if (c->ok && !protect_solve(&c->protect))
        refuse(c, dataset->place, TEXT("whatever is hidden, one could be worked out"));
    judge_rates(c);
}

void disclosure_apply(struct diags *diags, struct dataset *dataset)
{
    const struct hiding *hiding = &dataset->hiding;
    struct control c = {.arena = dataset->arena,
                        .diags = diags,
                        .dataset = dataset,
                        .total = SIZE_MAX,
                        .ok = true};
    if (!hiding->is_declared)
        return;
    c.protect = (struct protect){
        .arena = dataset->arena,
        .rule = {.threshold = hiding->below, .zeros_published = !hiding->zeros}};
    forget_sums(&c);
    if (!hiding->below)
        c.ok = false; /* told when it was read */
    else if (dataset->counts_rows)
        refuse(&c, dataset->place,
               TEXT("its rows are counted here, and the numbers of rows read, which are told, "
                    "would give figures back"));
    else if (dataset->action_count)
        refuse(&c, dataset->place, TEXT("it holds actions and no counts"));
    else
        judge(&c);
    if (!c.ok) {
        hide_all(&c);
        return;
    }
    hide_found(&c);
    tell(&c);
}
