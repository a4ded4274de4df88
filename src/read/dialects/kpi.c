/*
 * kpi - a row a performance indicator. Its figures stand in columns named after their place in time
 * ("This period", "Last period", "Same period last year") or after the period itself ("Q2 2021/22",
 * "2020/21 outturn", "2021/22 target"). Targets, statuses and directions are the owner's words:
 * a direction of travel is never read as a sign, and a status never worked out.
 */
#include "read/dialects/kpi_int.h"

#include "data/id.h"

static const struct dialect_column kpi_columns[KPI_COLUMNS] = {
    [KPI_CODE] =
        {"Code", false,
         "KPI code|KPI ref|KPI reference|KPI ID|Indicator code|Indicator ref|PI code|PI ref|"
         "Measure ref|Measure code|Ref|Reference|ID|No.",
         "the indicator's code; always text"},
    [KPI_NAME] = {"KPI", true,
                  "KPI name|Indicator|Performance indicator|Indicator name|Measure|"
                  "Performance measure|Measure name|PI name|Short name|Name|Title|Description",
                  "what is measured"},
    [KPI_PERIOD] = {"Reporting period", false, "Period|Quarter|Month|Year|Date",
                    "which period 'This period' is; else 'period' or the job's"},
    [KPI_THIS] = {"This period", false,
                  "Actual|Current value|Current period|Current|This quarter|This month|This year|"
                  "Latest value|Latest|Value|Result|Performance|Outturn|Actual value",
                  "the figure"},
    [KPI_LAST] =
        {"Last period", false,
         "Previous value|Previous period|Previous|Last quarter|Previous quarter|Last month|"
         "Previous month|Last year|Previous year|Previous result|Last value",
         "the figure of the period directly before"},
    [KPI_YEAR_AGO] = {"Same period last year", false,
                      "Same quarter last year|Same month last year|Year ago|A year ago",
                      "the figure of a year earlier"},
    [KPI_TARGET] = {"Target", false, "Current target|Target value|Annual target|Period target",
                    "what was aimed for; words are kept as they are"},
    [KPI_STATUS] = {"Status", false,
                    "RAG|RAG status|RAG rating|Performance status|Traffic light|Traffic light icon|"
                    "Rating",
                    "the owner's status: Red, Amber, Green"},
    [KPI_TREND] = {"Direction of travel", false,
                   "DoT|Direction|Trend|Travel|Short term trend|Short term trend arrow|"
                   "Long term trend|Long term trend arrow",
                   "the owner's words or arrow, as it is"},
    [KPI_UNIT] = {"Unit", false, "Units|Unit of measure|Data type|Format", "%, £, days, number"},
    [KPI_NOTE] = {"Note", false,
                  "Notes|Comment|Comments|Commentary|Latest note|Narrative|Explanation|Update",
                  "a note for readers"},
    [KPI_GROUP] = {"Group", false,
                   "Theme|Priority|Corporate priority|Objective|Domain|Portfolio|Service|"
                   "Directorate",
                   "a heading to group indicators below"},
    [KPI_AREA] = {"Area", false, "Area name|District|Ward", "where"},
    [KPI_COUNT] = {"Numerator", false, "Count", "the count behind a rate or percentage"},
    [KPI_DENOMINATOR] = {"Denominator", false, "Base", "what the count is divided by"},
    [KPI_FREQUENCY] = {"Frequency", false, "Reporting frequency|Reported|Collection frequency",
                       "how often it is reported"},
    [KPI_OWNER] = {"Owner", false, "Lead|Lead officer|Responsible officer|KPI owner|Managed by",
                   "who answers for it"},
    [KPI_POLARITY] = {"Polarity", false,
                      "Good to be|Good is|Good performance|Aim to|Aim|Desired direction|"
                      "Bigger or smaller is better",
                      "whether more is better, as the owner says it"},
};

/* "This quarter" of a period that is a year would put a quarter's figure beside years. */
static bool header_fits(struct source *source, size_t column, struct period period)
{
    static const struct {
        const char *word;
        int months;
    } words[] = {{"quarter", 3}, {"month", 1}, {"year", 12}};
    size_t position = source->header.column[column];
    int months = period_whole_months(period);
    if (position == NO_COLUMN || !months)
        return true;
    struct text name = source->header.names.items[position];
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!text_contains(text_lower(source->scratch, name), text_from(words[i].word)) ||
            (words[i].months == 12 && column == KPI_YEAR_AGO))
            continue;
        if (months == words[i].months)
            return true;
        struct place place = source->header.place;
        place.column = (unsigned)position + 1;
        diag(source->diags, DIAG_PERIOD, place,
             "column '%.*s' is for a %s, but the period is %.*s: give 'period' in [%.*s], or name "
             "the column after its period",
             TEXT_ARG(text_quote(source->scratch, name)), words[i].word,
             TEXT_ARG(period_display(source->scratch, period)), TEXT_ARG(source->section->title));
        return false;
    }
    return true;
}

static const size_t relative[] = {KPI_THIS, KPI_LAST, KPI_YEAR_AGO};

static bool headers_fit(struct source *source, struct period period)
{
    for (size_t i = 0; i < 3; i++)
        if (!header_fits(source, relative[i], period))
            return false;
    return true;
}

/* Columns of figures that are named after their period. */
static size_t value_count(const struct kpi_state *state)
{
    size_t count = 0;
    for (size_t i = 0; i < state->slot_count; i++)
        count += state->slots[i].role == SLOT_VALUE;
    return count;
}

/* The period that columns named after their place in time are counted from. */
static bool find_this_period(struct source *source)
{
    struct kpi_state *state = source->state;
    const size_t *column = source->header.column;
    state->has_relative = false;
    for (size_t i = 0; i < 3; i++)
        state->has_relative = state->has_relative || column[relative[i]] != NO_COLUMN;
    if (column[KPI_PERIOD] != NO_COLUMN || (!state->has_relative && value_count(state) > 0))
        return true;
    return period_of_source(source, &state->period) &&
           headers_fit(source, source->dataset->periods[state->period]);
}

static bool kpi_open(struct source *source)
{
    struct kpi_state *state = source->state;
    struct header *header = &source->header;
    bool ok = true;
    state->slot_count = 0;
    state->last_of = NO_COLUMN;
    for (size_t i = 0; i < header->names.count; i++) {
        if (!header->taken[i] && header->names.items[i].len && !header->ignored[i])
            ok = kpi_add_slot(source, i) && ok;
    }
    header_tell_unused(source);
    source->dataset->picks_periods = source->dataset->picks_periods ||
                                     header->column[KPI_YEAR_AGO] != NO_COLUMN ||
                                     value_count(state) > 1;
    state->figures = arena_calloc(source->arena, state->slot_count + 3, sizeof *state->figures);
    return ok && find_this_period(source);
}

/* The measure of a row: by its code where it has one. False after a message. */
static bool find_measure(struct source *source, const struct record *row, size_t *measure)
{
    struct kpi_state *state = source->state;
    struct text name = source_cell(source, row, KPI_NAME);
    struct text code = source_cell(source, row, KPI_CODE);
    struct text key = id_key(source->scratch, code);
    struct place place = source_cell_place(source, row, KPI_NAME);
    size_t at = key.len ? map_find(&state->by_code, key, NO_COLUMN) : NO_COLUMN;
    if (at != NO_COLUMN) {
        const struct kpi_code *known = &state->codes[at];
        *measure = known->measure;
        if (text_same_name(known->name, name))
            return true;
        diag(source->diags, DIAG_CONFLICT, source_cell_place(source, row, KPI_CODE),
             "code '%.*s' stands for another indicator in %.*s: a code has one",
             TEXT_ARG(text_quote(source->arena, code)),
             TEXT_ARG(place_text(source->arena, known->place)));
        return false;
    }
    struct coded_name *named = coded_find(source->arena, &state->names, name, code);
    if (named->number == NO_COLUMN) {
        named->number =
            figure_measure(source, place, named->shown, source_cell(source, row, KPI_UNIT),
                           source_cell(source, row, KPI_GROUP), TEXT_EMPTY);
        if (!source_cell(source, row, KPI_UNIT).len)
            figure_kind_by_name(source, named->number);
    }
    *measure = named->number;
    if (key.len) {
        state->by_code.arena = source->arena;
        map_add(&state->by_code, text_copy(source->arena, key), state->code_count);
        state->codes = arena_grow(source->arena, state->codes, state->code_count,
                                  &state->code_capacity, sizeof *state->codes);
        state->codes[state->code_count++] =
            (struct kpi_code){text_copy(source->arena, name), *measure, place};
    }
    return true;
}

static void describe_measure(struct source *source, const struct record *row, size_t number)
{
    struct measure *measure = &source->dataset->measures[number];
    const struct {
        struct text *field;
        size_t column;
    } fields[] = {{&measure->owner.polarity, KPI_POLARITY},
                  {&measure->owner.frequency, KPI_FREQUENCY},
                  {&measure->owner.name, KPI_OWNER}};
    figure_code(source, number, source_cell(source, row, KPI_CODE));
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (!fields[i].field->len)
            *fields[i].field = text_copy(source->arena, source_cell(source, row, fields[i].column));
}

static struct text cell_at(const struct record *row, size_t position)
{
    return position == NO_COLUMN ? TEXT_EMPTY : text_trim(row->fields[position]);
}

/* Adds the figure in the cell at `position`; false after a message. */
static bool add_figure(struct source *source, const struct record *row, const struct figure *key,
                       size_t position, size_t period, unsigned markers)
{
    struct kpi_state *state = source->state;
    struct figure figure = *key;
    struct text unit = TEXT_EMPTY;
    figure.place = source_place(source, row, position);
    figure.period = period;
    for (size_t i = 0; i < state->figure_count; i++)
        if (state->figures[i].period == period) {
            diag(source->diags, DIAG_CONFLICT, figure.place,
                 "this row has a figure for the same period in another column: keep one");
            return false;
        }
    figure.value.markers = MARKER_NOT_AVAILABLE;
    if (position != NO_COLUMN &&
        !figure_value(source, figure.place, cell_at(row, position), &figure.value, &unit))
        return false;
    figure.value.markers |= markers;
    figure_unit(source, figure.measure, figure.place, unit);
    if (!source_cell(source, row, KPI_UNIT).len)
        figure_kind_by_value(source, &figure);
    state->figures[state->figure_count++] = figure;
    return true;
}

/* The periods before `this`; false after a message, when "the last one" has no clear days. */
static bool find_periods_before(struct source *source, const struct record *row, size_t this)
{
    struct kpi_state *state = source->state;
    struct dataset *dataset = source->dataset;
    struct period before, period = dataset->periods[this];
    if (state->last_of == this)
        return true;
    if (source->header.column[KPI_PERIOD] != NO_COLUMN && !headers_fit(source, period))
        return false;
    if (source->header.column[KPI_LAST] != NO_COLUMN) {
        if (!period_directly_before(source->arena, period, &before)) {
            diag(source->diags, DIAG_PERIOD, source_cell_place(source, row, KPI_LAST),
                 "which days the period before %.*s has is not clear: name the column after its "
                 "period",
                 TEXT_ARG(period_display(source->scratch, period)));
            return false;
        }
        state->last = dataset_period(dataset, before);
    }
    if (source->header.column[KPI_YEAR_AGO] != NO_COLUMN)
        state->year_ago = dataset_period(dataset, period_previous(source->arena, period));
    state->last_of = this;
    return true;
}

/* Where each row has its period, an earlier row has the figure that a blank cell leaves out. */
static bool says_something(const struct source *source, const struct record *row, size_t column)
{
    return source->header.column[column] != NO_COLUMN &&
           (source->header.column[KPI_PERIOD] == NO_COLUMN || source_cell(source, row, column).len);
}

static bool add_relative(struct source *source, const struct record *row, const struct figure *key,
                         size_t this, unsigned markers)
{
    struct kpi_state *state = source->state;
    const size_t *column = source->header.column;
    if (!find_periods_before(source, row, this))
        return false;
    bool ok = true;
    if (column[KPI_THIS] != NO_COLUMN || !value_count(state))
        ok = add_figure(source, row, key, column[KPI_THIS], this, markers);
    if (says_something(source, row, KPI_LAST))
        ok = add_figure(source, row, key, column[KPI_LAST], state->last, 0) && ok;
    /* of years, the last one and that of a year ago are one: it may be said twice */
    bool is_said =
        column[KPI_LAST] != NO_COLUMN && state->last == state->year_ago &&
        text_equal(source_cell(source, row, KPI_LAST), source_cell(source, row, KPI_YEAR_AGO));
    if (says_something(source, row, KPI_YEAR_AGO) && !is_said)
        ok = add_figure(source, row, key, column[KPI_YEAR_AGO], state->year_ago, 0) && ok;
    return ok;
}

/* Words are kept beside a number, and in place of one that is not plain: "95% by March". */
static void read_target(struct source *source, struct text raw, struct published_with *published)
{
    struct reading reading = value_read(source->scratch, raw);
    published->target_words = raw;
    if (raw.len && reading.flag == READING_OK && reading.value.present)
        published->target = reading.value;
}

static void read_status(struct source *source, struct place place, struct text raw,
                        struct published_with *published)
{
    published->status = raw;
    if (rag_read(raw, &published->rag))
        return;
    published->rag = RAG_NONE;
    diag(source->diags, DIAG_VALUE_CHECK, place,
         "this is no status such as Red, Amber or Green: kept in its own words");
}

/* The figure that columns without a period are about: this period's, or the newest that is there.
 */
static struct figure *current_figure(struct source *source, bool has_this, size_t this)
{
    struct kpi_state *state = source->state;
    const struct period *periods = source->dataset->periods;
    struct figure *newest = NULL;
    for (size_t i = 0; i < state->figure_count; i++) {
        struct figure *figure = &state->figures[i];
        if (has_this && figure->period == this)
            return figure;
        bool later = newest && period_compare(periods[figure->period], periods[newest->period]) > 0;
        if (!newest || (figure->value.present && !newest->value.present) ||
            (later && figure->value.present == newest->value.present))
            newest = figure;
    }
    return newest;
}

/* "Annual target": a year's, whatever the period of the figure beside it. */
static bool is_annual(struct source *source, size_t position)
{
    struct text name = text_lower(source->scratch, source->header.names.items[position]);
    return text_contains(name, TEXT("annual")) || text_contains(name, TEXT("year end")) ||
           text_contains(name, TEXT("yearly")) || text_contains(name, TEXT("full year"));
}

/* What the row says of one figure: in columns without a period, and in those of its own period. */
static bool read_beside(struct source *source, const struct record *row, struct figure *figure,
                        bool is_current)
{
    struct kpi_state *state = source->state;
    const size_t *column = source->header.column;
    struct published_with published = published_nothing();
    size_t at[SLOT_ROLES] = {NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN};
    bool ok = true;
    if (is_current) {
        at[SLOT_TARGET] = column[KPI_TARGET];
        at[SLOT_STATUS] = column[KPI_STATUS];
        at[SLOT_NOTE] = column[KPI_NOTE];
        published.trend = source_cell(source, row, KPI_TREND);
        ok = figure_part(source, row, KPI_COUNT, &figure->count);
        ok = figure_part(source, row, KPI_DENOMINATOR, &figure->denominator) && ok;
    }
    for (size_t i = 0; i < state->slot_count; i++)
        if (state->slots[i].period == figure->period) {
            at[state->slots[i].role] = state->slots[i].position;
            state->slots[i].is_used = true;
        }
    read_target(source, cell_at(row, at[SLOT_TARGET]), &published);
    published.target_is_annual = at[SLOT_TARGET] != NO_COLUMN && is_annual(source, at[SLOT_TARGET]);
    read_status(source, source_place(source, row, at[SLOT_STATUS]), cell_at(row, at[SLOT_STATUS]),
                &published);
    figure->note = text_copy(source->arena, cell_at(row, at[SLOT_NOTE]));
    figure->published = published_keep(source, figure->value, published);
    return ok;
}

static enum row_fate kpi_row(struct source *source, const struct record *row)
{
    struct kpi_state *state = source->state;
    struct figure key = {.note = TEXT_EMPTY};
    size_t this = state->period;
    unsigned markers = 0;
    bool by_row = source->header.column[KPI_PERIOD] != NO_COLUMN;
    bool has_this = by_row || state->has_relative || !value_count(state);
    state->figure_count = 0;
    if (!source_cell(source, row, KPI_NAME).len) {
        diag(source->diags, DIAG_MISSING_VALUE, source_cell_place(source, row, KPI_NAME),
             "no indicator: this cell names what is measured");
        return ROW_REJECTED;
    }
    bool ok = !by_row || period_of_cell(source, row, KPI_PERIOD, &this, &markers);
    ok = figure_area(source, row, source_cell(source, row, KPI_AREA), KPI_AREA, &key.area) && ok;
    if (!ok || !find_measure(source, row, &key.measure))
        return ROW_REJECTED;
    describe_measure(source, row, key.measure);
    ok = !has_this || add_relative(source, row, &key, this, markers);
    for (size_t i = 0; i < state->slot_count; i++)
        if (state->slots[i].role == SLOT_VALUE)
            ok = add_figure(source, row, &key, state->slots[i].position, state->slots[i].period,
                            state->slots[i].markers) &&
                 ok;
    const struct figure *current = current_figure(source, has_this, this);
    for (size_t i = 0; i < state->figure_count; i++)
        ok = read_beside(source, row, &state->figures[i], &state->figures[i] == current) && ok;
    return ok ? figures_add(source, state->figures, state->figure_count) : ROW_REJECTED;
}

/* A target of a period that has no figures, such as next year's, has nothing to stand beside. */
static void kpi_close(struct source *source)
{
    const struct kpi_state *state = source->state;
    for (size_t i = 0; i < state->slot_count; i++) {
        const struct kpi_slot *slot = &state->slots[i];
        if (!slot->is_used && slot->role != SLOT_VALUE)
            diag(source->diags, DIAG_READ, slot->place,
                 "column '%.*s' is for a period without figures: not used", TEXT_ARG(slot->name));
    }
}

static void kpi_finish(struct source *source)
{
    const struct kpi_state *state = source->state;
    coded_settle_measures(source->dataset, &state->names);
}

static const char *const keys[] = {"kind",       "area",   "unit",   "lookup",
                                   "duplicates", "ignore", "period", NULL};

static const struct dialect_reader kpi_reader = {.state_size = sizeof(struct kpi_state),
                                                 .keys = keys,
                                                 .duplicates = "use once",
                                                 .open = kpi_open,
                                                 .row = kpi_row,
                                                 .close = kpi_close,
                                                 .finish = kpi_finish};

const struct dialect kpi_dialect = {
    "kpi", "a row a performance indicator: this and last period, target, status", kpi_columns,
    KPI_COLUMNS, &kpi_reader};
