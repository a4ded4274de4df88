/*
 * fingertips - public-health indicators as OHID's Fingertips exports them: a row an indicator,
 * area, sex, age, category and period. The site's own CSV has "Indicator Name" and "Lower CI 95.0
 * limit", its packages for R and Python "IndicatorName" and "LowerCI95.0limit", its newer interface
 * "AreaName", "LowerCi95_0Limit": names that differ in spaces, case and punctuation alone.
 */
#include "read/dialect_int.h"

enum fingertips_column {
    FINGERTIPS_ID,
    FINGERTIPS_NAME,
    FINGERTIPS_PARENT_CODE,
    FINGERTIPS_PARENT_NAME,
    FINGERTIPS_AREA_CODE,
    FINGERTIPS_AREA_NAME,
    FINGERTIPS_AREA_TYPE,
    FINGERTIPS_SEX,
    FINGERTIPS_AGE,
    FINGERTIPS_CATEGORY_TYPE,
    FINGERTIPS_CATEGORY,
    FINGERTIPS_PERIOD,
    FINGERTIPS_VALUE,
    FINGERTIPS_LOWER_95,
    FINGERTIPS_UPPER_95,
    FINGERTIPS_LOWER_998,
    FINGERTIPS_UPPER_998,
    FINGERTIPS_COUNT,
    FINGERTIPS_DENOMINATOR,
    FINGERTIPS_NOTE,
    FINGERTIPS_TREND,
    FINGERTIPS_COMPARED,
    FINGERTIPS_COMPARED_PARENT,
    FINGERTIPS_COMPARED_GOAL,
    FINGERTIPS_SORTABLE,
    FINGERTIPS_NEW_DATA,
    FINGERTIPS_PERIOD_RANGE,
    FINGERTIPS_COLUMNS
};

static const struct dialect_column fingertips_columns[FINGERTIPS_COLUMNS] = {
    [FINGERTIPS_ID] = {"Indicator ID", false, NULL, "the indicator's code; always text"},
    [FINGERTIPS_NAME] =
        {"Indicator Name", true, "Indicator",
         "the measure, with the sex, age and category where they are not everybody"},
    [FINGERTIPS_PARENT_CODE] = {"Parent Code", false, NULL, "not used"},
    [FINGERTIPS_PARENT_NAME] = {"Parent Name", false, NULL, "not used"},
    [FINGERTIPS_AREA_CODE] = {"Area Code", false, NULL,
                              "tells areas of one name apart; for a lookup of areas"},
    [FINGERTIPS_AREA_NAME] = {"Area Name", true, NULL, "where"},
    [FINGERTIPS_AREA_TYPE] = {"Area Type", false, NULL, "for 'where'"},
    [FINGERTIPS_SEX] = {"Sex", false, NULL, "Persons, Male or Female"},
    [FINGERTIPS_AGE] = {"Age", false, NULL, "All ages, 65+ yrs"},
    [FINGERTIPS_CATEGORY_TYPE] = {"Category Type", false, NULL,
                                  "what categories divide by: deprivation, ethnic group"},
    [FINGERTIPS_CATEGORY] = {"Category", false, NULL, "the category; usually blank"},
    [FINGERTIPS_PERIOD] = {"Time period", true, "Period", "2018/19, 2016 - 18, 2021/22 Q2"},
    [FINGERTIPS_VALUE] = {"Value", true, NULL, "the figure"},
    [FINGERTIPS_LOWER_95] = {"Lower CI 95.0 limit", false,
                             "Lower CI 95 limit|Lower CI limit|Lower CI",
                             "lower end of its 95% confidence interval"},
    [FINGERTIPS_UPPER_95] = {"Upper CI 95.0 limit", false,
                             "Upper CI 95 limit|Upper CI limit|Upper CI", "upper end of it"},
    [FINGERTIPS_LOWER_998] = {"Lower CI 99.8 limit", false, NULL,
                              "lower end of its 99.8% confidence interval"},
    [FINGERTIPS_UPPER_998] = {"Upper CI 99.8 limit", false, NULL, "upper end of it"},
    [FINGERTIPS_COUNT] = {"Count", false, NULL, "the count behind the value"},
    [FINGERTIPS_DENOMINATOR] = {"Denominator", false, NULL, "what the count is divided by"},
    [FINGERTIPS_NOTE] = {"Value note", false, NULL,
                         "why a value is not there, or what to mind; kept as its note"},
    [FINGERTIPS_TREND] = {"Recent Trend", false, "Trend", "OHID's own words, as they are"},
    [FINGERTIPS_COMPARED] = {"Compared to England value or percentiles", false,
                             "Compared to England", "better, similar or worse than England"},
    [FINGERTIPS_COMPARED_PARENT] = {"Compared to parent value or percentiles", false,
                                    "Compared to subnational parent value or percentiles|"
                                    "Compared to percentiles",
                                    "the same for the area above; 'Compared to Region…' too"},
    [FINGERTIPS_COMPARED_GOAL] = {"Compared to goal", false, NULL, "the same for a goal"},
    [FINGERTIPS_SORTABLE] = {"Time period Sortable", false, NULL, "not used"},
    [FINGERTIPS_NEW_DATA] = {"New data", false, NULL, "not used"},
    [FINGERTIPS_PERIOD_RANGE] = {"Time period range", false, NULL, "not used"},
};

/* Values come with all digits of their division. OHID shows one place, and two below ten. */
enum { DECIMALS_SHOWN = 2, DECIMALS_MOST = 6 };

struct fingertips_state {
    unsigned decimals;
    struct buffer name;          /* of the measure of one row */
    struct coded_names measures; /* by Indicator ID */
    struct coded_names areas;    /* by Area Code */
    struct map notes;            /* markers of absent << 16 | of present values */
    size_t rounded;              /* cells of the file */
    struct place first_rounded;
};

static bool fingertips_begin(struct source *source)
{
    struct fingertips_state *state = source->state;
    const struct ini_entry *entry = ini_entry(source->section, "decimals");
    struct decimal number;
    int64_t decimals = DECIMALS_SHOWN;
    state->name.arena = source->arena;
    if (entry && (!decimal_parse(entry->value, &number) || !decimal_integer(number, &decimals) ||
                  decimals < 0 || decimals > DECIMALS_MOST)) {
        diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no number of decimals: expected 0 to %d",
             TEXT_ARG(text_quote(source->arena, entry->value)), DECIMALS_MOST);
        return false;
    }
    state->decimals = (unsigned)decimals;
    return true;
}

/* "Compared to Region value or percentiles": what stands for the area above differs by area type.
 */
static bool fingertips_open(struct source *source)
{
    struct fingertips_state *state = source->state;
    struct header *header = &source->header;
    state->rounded = 0;
    for (size_t i = 0; i < header->names.count; i++)
        if (header->column[FINGERTIPS_COMPARED_PARENT] == NO_COLUMN && !header->taken[i] &&
            text_contains(text_lower(source->scratch, header->names.items[i]), TEXT("compared"))) {
            header->column[FINGERTIPS_COMPARED_PARENT] = i;
            header->taken[i] = true;
        }
    header_tell_unused(source);
    return true;
}

static void fingertips_close(struct source *source)
{
    const struct fingertips_state *state = source->state;
    if (state->rounded)
        diag(source->diags, DIAG_READ, state->first_rounded,
             "numbers of more than %u decimals are rounded to that, here first: %zu; 'decimals' in "
             "[%.*s] sets how many are kept",
             state->decimals, state->rounded, TEXT_ARG(source->section->title));
}

static void round_value(struct source *source, struct place place, struct value *value)
{
    struct fingertips_state *state = source->state;
    if (!value->present || value->number.scale <= state->decimals ||
        !decimal_round(value->number, state->decimals, &value->number))
        return;
    if (!state->rounded++)
        state->first_rounded = place;
    account_repair(source->arena, source->account, TEXT("number rounded to 'decimals'"));
}

static void add_part(struct buffer *name, struct text part, struct text everybody)
{
    if (!part.len || text_same_name(part, everybody) ||
        text_same_name(part, TEXT("Not applicable")) || text_same_name(part, TEXT("NA")))
        return;
    buffer_add(name, TEXT(", "));
    buffer_add(name, part);
}

/* "Hip fractures, Female, 65+ yrs"; valid until the next row. */
static struct text measure_name(struct source *source, const struct record *row)
{
    struct fingertips_state *state = source->state;
    struct text category = source_cell(source, row, FINGERTIPS_CATEGORY);
    state->name.len = 0;
    buffer_add(&state->name, source_cell(source, row, FINGERTIPS_NAME));
    add_part(&state->name, source_cell(source, row, FINGERTIPS_SEX), TEXT("Persons"));
    add_part(&state->name, source_cell(source, row, FINGERTIPS_AGE), TEXT("All ages"));
    add_part(&state->name, category, TEXT_EMPTY);
    return buffer_text(&state->name);
}

static size_t find_measure(struct source *source, const struct record *row)
{
    struct fingertips_state *state = source->state;
    struct text id = source_cell(source, row, FINGERTIPS_ID);
    struct coded_name *name =
        coded_find(source->arena, &state->measures, measure_name(source, row), id);
    if (name->number != NO_COLUMN)
        return name->number;
    struct place place = source_cell_place(source, row, FINGERTIPS_NAME);
    name->number = figure_measure(source, place, name->shown, TEXT_EMPTY, TEXT_EMPTY, TEXT_EMPTY);
    figure_code(source, name->number, id);
    figure_kind_by_name(source, name->number);
    return name->number;
}

static bool find_area(struct source *source, const struct record *row, size_t *area)
{
    struct fingertips_state *state = source->state;
    struct text own = source_cell(source, row, FINGERTIPS_AREA_NAME);
    if (source->lookup.count || !own.len)
        return figure_area(source, row, own, FINGERTIPS_AREA_NAME, area);
    struct coded_name *name = coded_find(source->arena, &state->areas, own,
                                         source_cell(source, row, FINGERTIPS_AREA_CODE));
    if (name->number == NO_COLUMN &&
        !figure_area(source, row, name->shown, FINGERTIPS_AREA_NAME, &name->number))
        return false;
    *area = name->number;
    return true;
}

/* What the publisher's note says of a value that is not there, and of one that is. */
struct note_markers {
    unsigned absent, present;
};

static struct note_markers read_note(struct source *source, struct text note)
{
    static const struct {
        const char *words;
        struct note_markers markers;
    } rules[] = {
        {"incomplete", {MARKER_NOT_AVAILABLE, MARKER_LOW_RELIABILITY}},
        {"data quality", {MARKER_NOT_AVAILABLE, MARKER_LOW_RELIABILITY}},
        {"disclos", {MARKER_CONFIDENTIAL, MARKER_CONFIDENTIAL}},
        {"suppress", {MARKER_CONFIDENTIAL, MARKER_CONFIDENTIAL}},
        {"cannot be calculated", {MARKER_NOT_AVAILABLE, MARKER_NOT_AVAILABLE}},
        {"value missing", {MARKER_NOT_AVAILABLE, MARKER_NOT_AVAILABLE}},
        {"not available", {MARKER_NOT_AVAILABLE, MARKER_NOT_AVAILABLE}},
        {"not published", {MARKER_NOT_AVAILABLE, MARKER_NOT_AVAILABLE}},
        {"not applicable", {MARKER_NOT_APPLICABLE, 0}},
        {"caution", {MARKER_NOT_AVAILABLE, MARKER_LOW_RELIABILITY}},
        {"small", {MARKER_NOT_AVAILABLE, MARKER_LOW_RELIABILITY}},
        {"provisional", {MARKER_NOT_AVAILABLE, MARKER_PROVISIONAL}},
        {"estimate", {MARKER_NOT_AVAILABLE, MARKER_ESTIMATED}},
    };
    struct note_markers found = {MARKER_NOT_AVAILABLE, 0};
    for (size_t i = sizeof rules / sizeof rules[0]; i-- > 0;) /* the first rule counts */
        if (text_contains(text_lower(source->scratch, note), text_from(rules[i].words)))
            found = rules[i].markers;
    if (text_contains(text_lower(source->scratch, note), TEXT("suppress")))
        found.present = found.absent; /* for whatever reason: it is not to be shown */
    if (text_contains(text_lower(source->scratch, note), TEXT("small")))
        found.absent = MARKER_CONFIDENTIAL; /* the count behind it is small */
    return found;
}

/* There are few notes, each on many rows: each is read once. */
static unsigned note_markers(struct source *source, struct text note, bool present)
{
    struct fingertips_state *state = source->state;
    if (!note.len)
        return present ? 0 : MARKER_NOT_AVAILABLE;
    state->notes.arena = source->arena;
    size_t packed = map_find(&state->notes, note, NO_COLUMN);
    if (packed == NO_COLUMN) {
        struct note_markers markers = read_note(source, note);
        packed = (size_t)markers.absent << 16 | markers.present;
        map_add(&state->notes, text_copy(source->arena, note), packed);
    }
    return (unsigned)(present ? packed & 0xFFFF : packed >> 16);
}

static bool read_value(struct source *source, const struct record *row, struct figure *figure)
{
    struct text unit, raw = source_cell(source, row, FINGERTIPS_VALUE);
    struct text note = source_cell(source, row, FINGERTIPS_NOTE);
    figure->value = (struct value){.present = false};
    if (raw.len && !figure_value(source, figure->place, raw, &figure->value, &unit))
        return false;
    bool present = figure->value.present;
    unsigned markers = note_markers(source, note, present);
    if (figure->value.markers && !present)
        markers = markers == MARKER_NOT_AVAILABLE ? 0 : markers; /* the cell itself says why */
    if (markers == MARKER_CONFIDENTIAL)
        figure->value.markers &= ~(unsigned)MARKER_NOT_AVAILABLE;
    if (value_mark(&figure->value, markers))
        diag(source->diags, DIAG_VALUE_CHECK, figure->place,
             "number beside a note that says there is none: not used");
    round_value(source, figure->place, &figure->value);
    figure->note = text_copy(source->arena, note);
    return true;
}

static bool read_beside(struct source *source, const struct record *row, struct figure *figure)
{
    static const size_t columns[] = {FINGERTIPS_LOWER_95, FINGERTIPS_UPPER_95, FINGERTIPS_LOWER_998,
                                     FINGERTIPS_UPPER_998};
    struct published_with p = published_nothing();
    bool ok = published_limits(source, row, columns, &p);
    struct value *limits[] = {&p.lower_95, &p.upper_95, &p.lower_998, &p.upper_998};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        round_value(source, source_cell_place(source, row, columns[i]), limits[i]);
    p.trend = source_cell(source, row, FINGERTIPS_TREND);
    p.against.england = source_cell(source, row, FINGERTIPS_COMPARED);
    p.against.parent = source_cell(source, row, FINGERTIPS_COMPARED_PARENT);
    p.against.goal = source_cell(source, row, FINGERTIPS_COMPARED_GOAL);
    figure->published = published_keep(source, figure->value, p);
    ok = figure_part(source, row, FINGERTIPS_COUNT, &figure->count) && ok;
    return figure_part(source, row, FINGERTIPS_DENOMINATOR, &figure->denominator) && ok;
}

static enum row_fate fingertips_row(struct source *source, const struct record *row)
{
    struct figure figure = {.place = source_cell_place(source, row, FINGERTIPS_VALUE),
                            .note = TEXT_EMPTY};
    unsigned markers = 0;
    bool ok = figure_period(source, source_cell_place(source, row, FINGERTIPS_PERIOD),
                            source_cell(source, row, FINGERTIPS_PERIOD), &figure.period, &markers);
    ok = read_value(source, row, &figure) && read_beside(source, row, &figure) && ok;
    if (!source_cell(source, row, FINGERTIPS_NAME).len) {
        ok = false;
        diag(source->diags, DIAG_MISSING_VALUE, source_cell_place(source, row, FINGERTIPS_NAME),
             "no indicator: this cell names what is measured");
    }
    if (!ok || !find_area(source, row, &figure.area))
        return ROW_REJECTED;
    figure.value.markers |= markers;
    figure.measure = find_measure(source, row);
    figure_kind_by_value(source, &figure);
    return figures_add(source, &figure, 1);
}

/* Rates and percentages are never added up. */
static void fingertips_finish(struct source *source)
{
    const struct fingertips_state *state = source->state;
    struct dataset *dataset = source->dataset;
    coded_settle_measures(dataset, &state->measures);
    coded_settle_areas(dataset, &state->areas);
    for (size_t i = 0; i < dataset->measure_count; i++)
        if (dataset->measures[i].kind != KIND_COUNT && dataset->measures[i].kind != KIND_MONEY)
            dataset->measures[i].relation = RELATION_NON_ADDITIVE;
}

static const char *const keys[] = {"kind",       "area",   "unit",     "lookup",
                                   "duplicates", "ignore", "decimals", NULL};

static const struct dialect_reader fingertips_reader = {.state_size =
                                                            sizeof(struct fingertips_state),
                                                        .keys = keys,
                                                        .duplicates = "use once",
                                                        .begin = fingertips_begin,
                                                        .open = fingertips_open,
                                                        .row = fingertips_row,
                                                        .close = fingertips_close,
                                                        .finish = fingertips_finish};

const struct dialect fingertips_dialect = {
    "fingertips", "public-health indicators as OHID's Fingertips exports them", fingertips_columns,
    FINGERTIPS_COLUMNS, &fingertips_reader};
