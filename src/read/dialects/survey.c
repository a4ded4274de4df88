/*
 * survey - a row an answer: how many chose it, and what share that is of those who answered. People
 * may choose several, so that shares need not come to 100% and are never added up (statistics.md
 * 7).
 */
#include "read/dialect_int.h"

enum survey_column {
    SURVEY_QUESTION,
    SURVEY_ANSWER,
    SURVEY_PERCENT,
    SURVEY_COUNT,
    SURVEY_BASE,
    SURVEY_SKIPPED,
    SURVEY_WAVE,
    SURVEY_AREA,
    SURVEY_NOTE,
    SURVEY_COLUMNS
};

static const struct dialect_column survey_columns[SURVEY_COLUMNS] = {
    [SURVEY_QUESTION] = {"Question", false, "Question text", "what was asked, where it is several"},
    [SURVEY_ANSWER] =
        {"Answer", true,
         "Answer choices|Answer choice|Answer options|Answers|Option|Options|Response|"
         "Choice|Choices",
         "what could be chosen"},
    [SURVEY_PERCENT] = {"Percent", false,
                        "Percentage|%|Percent of all|Response percent|Share|% of respondents",
                        "its share of those who answered"},
    [SURVEY_COUNT] = {"Count", false,
                      "Responses|Response count|Number|Number of responses|Respondents|Frequency|n|"
                      "Total",
                      "how many chose it"},
    [SURVEY_BASE] = {"Base (answered)", false,
                     "Base|Answered|Denominator|Number answered|Total answered|Total respondents",
                     "how many answered the question"},
    [SURVEY_SKIPPED] = {"Skipped", false, "Not answered|Skipped question",
                        "how many did not; not used"},
    [SURVEY_WAVE] = {"Wave", false, "Period|Survey period|Year|Quarter|Survey date",
                     "when; else 'period' or the job's"},
    [SURVEY_AREA] = {"Area", false, "Area name|District|Ward|Locality", "where"},
    [SURVEY_NOTE] = {"Note", false, "Notes|Comment", "a note for readers"},
};

/* Of one question in one area and period. */
struct survey_base {
    struct value answered; /* of a row of its own */
};
struct survey_state {
    size_t period; /* where the file has no column for it */
    struct buffer key;
    struct map index; /* of bases, by question, area and period */
    struct survey_base *bases;
    size_t base_count;
    size_t base_capacity;
    struct held_figure *held; /* of one file: the row with their base comes after them */
    size_t held_count;
    size_t held_capacity;
};
struct held_figure {
    struct figure figure;
    size_t base;
    bool has_sign; /* "%" stands in the cell */
};

enum survey_row { ROW_ANSWER, ROW_ANSWERED, ROW_SKIPPED, ROW_TOTAL };

/* Rows that survey systems put below the answers. */
static enum survey_row kind_of_row(struct text answer)
{
    static const struct {
        const char *words;
        enum survey_row kind;
    } rows[] = {
        {"answered", ROW_ANSWERED},
        {"answered question", ROW_ANSWERED},
        {"total answered", ROW_ANSWERED},
        {"total respondents", ROW_ANSWERED},
        {"respondents", ROW_ANSWERED},
        {"number of respondents", ROW_ANSWERED},
        {"base", ROW_ANSWERED},
        {"skipped", ROW_SKIPPED},
        {"skipped question", ROW_SKIPPED},
        {"total", ROW_TOTAL},
        {"totals", ROW_TOTAL},
        {"grand total", ROW_TOTAL},
        {"total responses", ROW_TOTAL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (text_same_name(answer, text_from(rows[i].words)))
            return rows[i].kind;
    return ROW_ANSWER;
}

/*
 * SurveyMonkey puts one header, "Responses", above two columns: the share and, without a name, the
 * count. Its rows below the answers have their name in the share's place.
 */
static void split_responses(struct source *source)
{
    struct header *header = &source->header;
    size_t share = header->column[SURVEY_COUNT];
    if (header->column[SURVEY_PERCENT] != NO_COLUMN || share == NO_COLUMN ||
        !text_same_name(header->plain.items[share], TEXT("Responses")))
        return;
    for (size_t i = 0; i < header->nameless_count; i++) {
        if (header->nameless[i] != share + 1)
            continue;
        header->nameless[i] = header->nameless[--header->nameless_count];
        header->column[SURVEY_PERCENT] = share;
        header->column[SURVEY_COUNT] = share + 1;
        diag(source->diags, DIAG_READ, source_header_place(source, share),
             "column 'Responses' has the percentages, and the one behind it, without a name, the "
             "counts");
        return;
    }
}

static bool survey_open(struct source *source)
{
    struct survey_state *state = source->state;
    const size_t *column = source->header.column;
    state->held_count = 0;
    source->dataset->is_open_survey = true;
    split_responses(source);
    header_tell_unused(source);
    if (column[SURVEY_PERCENT] == NO_COLUMN && column[SURVEY_COUNT] == NO_COLUMN) {
        diag(source->diags, DIAG_MISSING_COLUMN, source->header.place,
             "no column 'Percent' and none 'Count': a survey needs one of them; the columns are "
             "%.*s",
             TEXT_ARG(names_found(source->scratch, &source->header.names, TEXT("Percent"))));
        return false;
    }
    return column[SURVEY_WAVE] != NO_COLUMN || period_of_source(source, &state->period);
}

static size_t find_base(struct source *source, const struct record *row, const struct figure *key)
{
    struct survey_state *state = source->state;
    state->key.arena = state->index.arena = source->arena;
    state->key.len = 0;
    buffer_format(&state->key, "%zu %zu ", key->area, key->period);
    buffer_add(&state->key, source_cell(source, row, SURVEY_QUESTION));
    struct text name = buffer_text(&state->key);
    size_t at = map_find(&state->index, name, NO_COLUMN);
    if (at != NO_COLUMN)
        return at;
    map_add(&state->index, text_copy(source->arena, name), state->base_count);
    state->bases = arena_grow(source->arena, state->bases, state->base_count, &state->base_capacity,
                              sizeof *state->bases);
    state->bases[state->base_count] = (struct survey_base){.answered = {.present = false}};
    return state->base_count++;
}

/* A row below the answers: how many answered is the base of those that state none. */
static enum row_fate take_summary(struct source *source, const struct record *row,
                                  enum survey_row kind, const struct figure *key)
{
    struct survey_state *state = source->state;
    struct survey_base *base = &state->bases[find_base(source, row, key)];
    if (kind == ROW_SKIPPED)
        return source_exclude(source, TEXT("row of those who skipped the question"));
    if (kind == ROW_TOTAL)
        return source_exclude(source, TEXT("row of a total of answers"));
    size_t column = source_cell(source, row, SURVEY_COUNT).len ? SURVEY_COUNT : SURVEY_PERCENT;
    struct value answered;
    if (!figure_part(source, row, column, &answered))
        return ROW_REJECTED;
    if (base->answered.present && answered.present &&
        decimal_compare(base->answered.number, answered.number) != 0) {
        diag(source->diags, DIAG_CONFLICT, source_cell_place(source, row, column),
             "another number of people who answered than an earlier row of the same question "
             "has: keep the right one, or name the questions in a column");
        return ROW_REJECTED;
    }
    base->answered = answered;
    return source_exclude(source, TEXT("row of those who answered the question"));
}

static bool multiply(struct decimal a, int64_t b, struct decimal *out)
{
    return decimal_multiply(a, decimal_from(b), out);
}

static struct decimal distance(struct decimal a, struct decimal b)
{
    struct decimal d = a;
    if (!decimal_subtract(a, b, &d))
        return a;
    return decimal_sign(d) < 0 ? decimal_negate(d) : d;
}

/* 0.3579 of 447 is 160: a spreadsheet gives what it shows as 35.79% as a fraction of one. */
static bool is_fraction(const struct figure *figure)
{
    struct decimal of_base, of_base_100, count_100, half;
    if (!figure->value.present || !figure->count.present || !figure->denominator.present ||
        decimal_sign(figure->denominator.number) <= 0 ||
        !decimal_multiply(figure->value.number, figure->denominator.number, &of_base) ||
        !multiply(of_base, 100, &of_base_100) || !multiply(figure->count.number, 100, &count_100) ||
        !decimal_multiply(figure->denominator.number, (struct decimal){5, 1}, &half))
        return false;
    struct decimal as_fraction = distance(of_base_100, count_100);
    struct decimal as_percent = distance(of_base, count_100);
    return decimal_compare(as_fraction, as_percent) < 0 && decimal_compare(as_fraction, half) <= 0;
}

static void make_percent(struct source *source, struct figure *figure)
{
    struct decimal number = figure->value.number;
    if (number.scale >= 2)
        number.scale -= 2;
    else if (!multiply(number, 100, &number))
        return;
    figure->value.number = number;
    source_repair(source, figure->place, "fraction of one read as a percentage");
}

static bool read_numbers(struct source *source, const struct record *row, struct figure *figure,
                         bool *has_sign)
{
    struct text unit = TEXT_EMPTY, raw = source_cell(source, row, SURVEY_PERCENT);
    bool has_percent = source->header.column[SURVEY_PERCENT] != NO_COLUMN;
    bool ok = figure_part(source, row, SURVEY_COUNT, &figure->count);
    ok = figure_part(source, row, SURVEY_BASE, &figure->denominator) && ok;
    if (!has_percent) {
        figure->value = figure->count;
        if (!figure->value.present && !figure->value.markers)
            figure->value.markers = MARKER_NOT_AVAILABLE;
        return ok;
    }
    ok = figure_value(source, figure->place, raw, &figure->value, &unit) && ok;
    *has_sign = unit.len > 0;
    return ok;
}

/* "Do you feel safe? Yes", as one question's answers may be another's too. */
static size_t find_measure(struct source *source, const struct record *row)
{
    struct survey_state *state = source->state;
    struct text question = source_cell(source, row, SURVEY_QUESTION);
    bool has_percent = source->header.column[SURVEY_PERCENT] != NO_COLUMN;
    state->key.arena = source->arena;
    state->key.len = 0;
    if (question.len) {
        char last = question.ptr[question.len - 1];
        buffer_add(&state->key, question);
        buffer_add(&state->key, last == '?' || last == ':' || last == '.' ? TEXT(" ") : TEXT(": "));
    }
    buffer_add(&state->key, source_cell(source, row, SURVEY_ANSWER));
    size_t before = source->dataset->measure_count;
    size_t number = figure_measure(source, source_cell_place(source, row, SURVEY_ANSWER),
                                   buffer_text(&state->key), TEXT_EMPTY, question, TEXT_EMPTY);
    struct measure *measure = &source->dataset->measures[number];
    if (number == before && !source->kind_given && !ini_value(source->section, "unit").len) {
        measure->kind = has_percent ? KIND_PERCENT : KIND_COUNT;
        measure->unit = has_percent ? TEXT("%") : TEXT_EMPTY;
    }
    measure->relation = RELATION_NON_ADDITIVE;
    return number;
}

/* The row's answer; some systems write "Answered" and "Skipped" below the shares instead. */
static struct text answer_of(struct source *source, const struct record *row)
{
    struct text answer = source_cell(source, row, SURVEY_ANSWER);
    struct text share = source_cell(source, row, SURVEY_PERCENT);
    bool is_summary = !answer.len && source_cell(source, row, SURVEY_COUNT).len &&
                      kind_of_row(share) != ROW_ANSWER;
    return is_summary ? share : answer;
}

static enum row_fate survey_row(struct source *source, const struct record *row)
{
    struct survey_state *state = source->state;
    size_t column =
        source->header.column[SURVEY_PERCENT] == NO_COLUMN ? SURVEY_COUNT : SURVEY_PERCENT;
    struct text answer = answer_of(source, row);
    struct figure figure = {.place = source_cell_place(source, row, column),
                            .note = TEXT_EMPTY,
                            .period = state->period};
    unsigned markers = 0;
    bool ok =
        figure_area(source, row, source_cell(source, row, SURVEY_AREA), SURVEY_AREA, &figure.area);
    if (source->header.column[SURVEY_WAVE] != NO_COLUMN)
        ok = figure_period(source, source_cell_place(source, row, SURVEY_WAVE),
                           source_cell(source, row, SURVEY_WAVE), &figure.period, &markers) &&
             ok;
    if (!answer.len) {
        ok = false;
        diag(source->diags, DIAG_MISSING_VALUE, source_cell_place(source, row, SURVEY_ANSWER),
             "no answer: this cell names what was chosen");
    }
    enum survey_row kind = kind_of_row(answer);
    if (ok && kind != ROW_ANSWER)
        return take_summary(source, row, kind, &figure);
    struct held_figure held = {.has_sign = column == SURVEY_COUNT};
    ok = read_numbers(source, row, &figure, &held.has_sign) && ok;
    if (!ok)
        return ROW_REJECTED;
    figure.value.markers |= markers;
    figure.note = text_copy(source->arena, source_cell(source, row, SURVEY_NOTE));
    held.base = find_base(source, row, &figure);
    figure.measure = find_measure(source, row);
    held.figure = figure;
    state->held = arena_grow(source->arena, state->held, state->held_count, &state->held_capacity,
                             sizeof held);
    state->held[state->held_count++] = held;
    return ROW_USED; /* unless survey_close() finds that it repeats or contradicts another */
}

static void add_held(struct source *source, struct held_figure *held)
{
    const struct survey_state *state = source->state;
    struct figure *figure = &held->figure;
    if (!figure->denominator.present && !figure->denominator.markers)
        figure->denominator = state->bases[held->base].answered;
    if (!held->has_sign && is_fraction(figure))
        make_percent(source, figure);
    enum row_fate fate = figures_add(source, figure, 1);
    source->account->used -= fate != ROW_USED;
    source->account->rejected += fate == ROW_REJECTED;
}

/* Shares that all lie between 0 and 1 are fractions or very small: where no count proves which, one
 * warning of the first. */
static void warn_of_fractions(struct source *source)
{
    const struct survey_state *state = source->state;
    const struct figure *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < state->held_count; i++) {
        const struct figure *figure = &state->held[i].figure;
        if (!figure->value.present || decimal_sign(figure->value.number) == 0)
            continue;
        if (state->held[i].has_sign || figure->denominator.present ||
            state->bases[state->held[i].base].answered.present ||
            decimal_compare(figure->value.number, decimal_from(1)) > 0)
            return;
        first = count++ ? first : figure;
    }
    if (count > 1)
        diag(source->diags, DIAG_UNIT_SCALE, first->place,
             "all percentages of this file, from here on, lie between 0 and 1 and are read as they "
             "stand: if 0.5 means a half, show the column as a percentage in the spreadsheet and "
             "save it again, or add a column 'Base' with the number who answered");
}

static void survey_close(struct source *source)
{
    struct survey_state *state = source->state;
    warn_of_fractions(source);
    for (size_t i = 0; i < state->held_count; i++)
        add_held(source, &state->held[i]);
    state->held_count = 0;
}

static const char *const keys[] = {"kind",       "area",   "unit",   "lookup",
                                   "duplicates", "ignore", "period", NULL};

static const struct dialect_reader survey_reader = {.state_size = sizeof(struct survey_state),
                                                    .keys = keys,
                                                    .duplicates = "use once",
                                                    .open = survey_open,
                                                    .row = survey_row,
                                                    .close = survey_close};

const struct dialect survey_dialect = {"survey", "a row an answer to a question of a survey",
                                       survey_columns, SURVEY_COLUMNS, &survey_reader};
