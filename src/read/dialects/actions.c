/* actions - a row an action of a plan or a key activity. */
#include "read/read_int.h"

const struct dialect_column action_columns[ACTION_FIELDS] = {
    [ACTION_ID] = {"ID", false, "Code|No.|Ref|Reference|Action no.|Action ID",
                   "the action's number; always text"},
    [ACTION_THEME] = {"Theme", false, "Council theme|Life-course themes",
                      "a theme above priorities"},
    [ACTION_PRIORITY] = {"Priority", false, "Priority area", "the priority it serves"},
    [ACTION_FOCUS] = {"Focus", false, NULL, "what the priority is about"},
    [ACTION_OBJECTIVE] = {"Objective", false, "Objectives|Aim", "what is to be reached"},
    [ACTION_TITLE] = {"Action", true, "Key activity|What we will do|Activity|Actions",
                      "what will be done"},
    [ACTION_STATUS] = {"Status", false, "RAG|RAG status|RAG rating", "Red, Amber, Green, …"},
    [ACTION_PROGRESS] = {"Progress", false, "Update|Updates|Progress update|Update on actions*",
                         "what happened since"},
    [ACTION_NEXT_STEPS] = {"Next steps", false, "Next step|Planned work", "what comes next"},
    [ACTION_MILESTONES] = {"Milestones", false, "Milestone|Key milestones", "steps on the way"},
    [ACTION_TARGET] = {"Target", false,
                       "Success measure|Target/Outcome|Outcome|Outcomes|Success measures",
                       "how success is told"},
    [ACTION_DUE] = {"Due", false, "By when|Deadline|Due date|Target date|Timescale",
                    "a date, or a period by whose end it is due"},
    [ACTION_OWNER] = {"Owner", false, "Lead|Who will deliver this|Lead officer|Lead partner",
                      "who leads or delivers"},
    [ACTION_TEAM] = {"Team", false, "Service", "the team or service"},
    [ACTION_PORTFOLIO] = {"Portfolio", false, "Portfolio holder", "the cabinet portfolio"},
    [ACTION_INDICATOR] = {"Indicator", false, "Headline indicator|Headline indicators",
                          "the figure it should move"},
    [ACTION_LINKS] = {"Links", false,
                      "Links to other plans|Related strategy/plan|Related strategy|Related plans",
                      "strategies and plans it belongs to"},
    [ACTION_FUNDING] = {"Funding", false, "Funding source|Resources", "money behind it"},
};

/* Changes that were made to cells of one file, to be told. */
struct repairs {
    size_t count;
    struct place first;
};
struct action_state {
    bool has_action; /* the row above, to which a continuation belongs */
    bool join;       /* continuation = join */
    bool fill[ACTION_FIELDS];
    struct text above[ACTION_FIELDS]; /* for filling down */
    struct text group[ACTION_FIELDS]; /* theme, priority and focus of the row above */
    struct repairs filled, joined, semicolons;
};

static void repaired(struct repairs *repairs, struct place place)
{
    if (!repairs->count++)
        repairs->first = place;
}

static void tell(struct source *source, const struct repairs *repairs, const char *what)
{
    if (repairs->count)
        diag(source->diags, DIAG_READ, repairs->first, "%s: %zu, here first", what, repairs->count);
}

static bool read_fill_down(struct source *source)
{
    struct action_state *state = source->state;
    const struct ini_entry *entry = ini_entry(source->section, "fill down");
    struct text_pieces pieces = text_split(entry ? entry->value : TEXT_EMPTY, ',');
    bool ok = true;
    for (struct text name; text_next(&pieces, &name);) {
        size_t position = name.len ? header_find(source, name) : NO_COLUMN;
        int f = 0;
        while (f < ACTION_FIELDS && (position == NO_COLUMN || source->header.column[f] != position))
            f++;
        if (f < ACTION_FIELDS) {
            state->fill[f] = true;
        } else if (name.len) {
            ok = false;
            diag(source->diags, DIAG_MISSING_COLUMN, entry->value_place,
                 "'%.*s' has no column '%.*s' to fill down; its columns: %.*s",
                 TEXT_ARG(source->path), TEXT_ARG(text_quote(source->scratch, name)),
                 TEXT_ARG(names_found(source->scratch, &source->header.names, name)));
        }
    }
    return ok;
}

static bool every_column_is_known(struct source *source)
{
    const struct header *header = &source->header;
    bool ok = true;
    for (size_t i = 0; i < header->names.count; i++) {
        struct text name = header->names.items[i];
        if (!name.len || header->taken[i] || header->ignored[i])
            continue;
        ok = false;
        diag(source->diags, DIAG_MISSING_COLUMN,
             place_at(source->path, header->place.line, (unsigned)i + 1),
             "column '%.*s' is none that this dialect knows: if it stands for one, name it in "
             "[%.*s], else list it in 'ignore'",
             TEXT_ARG(text_quote(source->scratch, name)), TEXT_ARG(source->section->title));
    }
    return ok;
}

static bool actions_begin(struct source *source)
{
    struct action_state *state = source->state;
    const struct ini_entry *entry = ini_entry(source->section, "continuation");
    if (entry && !text_same_name(entry->value, TEXT("join")) &&
        !text_same_name(entry->value, TEXT("refuse")))
        diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no way to treat continuation rows: expected join or refuse",
             TEXT_ARG(text_quote(source->arena, entry->value)));
    state->join = entry && text_same_name(entry->value, TEXT("join"));
    return true;
}

static bool actions_open(struct source *source)
{
    struct action_state *state = source->state;
    const struct header *header = &source->header;
    *state = (struct action_state){.join = state->join};
    for (int f = 0; f < ACTION_FIELDS; f++) {
        state->above[f] = state->group[f] = TEXT_EMPTY;
        if (header->column[f] != NO_COLUMN)
            source->dataset->action_headers[f] =
                text_copy(source->arena, header->names.items[header->column[f]]);
    }
    bool ok = read_fill_down(source);
    return every_column_is_known(source) && ok;
}

static struct text without_last_semicolon(struct source *source, const struct record *row,
                                          int field, struct text text)
{
    struct action_state *state = source->state;
    bool is_list = field == ACTION_TEAM || field == ACTION_PORTFOLIO || field == ACTION_OWNER;
    if (!is_list || !text_ends(text, TEXT(";")))
        return text;
    repaired(&state->semicolons, source_cell_place(source, row, (size_t)field));
    while (text_ends(text, TEXT(";")))
        text = text_trim(text_slice(text, 0, text.len - 1));
    return text;
}

static struct text filled_down(struct source *source, const struct record *row, int field,
                               struct text text)
{
    struct action_state *state = source->state;
    if (!state->fill[field])
        return text;
    if (text.len) {
        state->above[field] = text_copy(source->arena, text);
        return text;
    }
    if (state->above[field].len)
        repaired(&state->filled, source_cell_place(source, row, (size_t)field));
    return state->above[field];
}

/* Below another priority, the objective of the one above is not filled down. */
static void enter_group(struct source *source, int field, struct text text)
{
    struct action_state *state = source->state;
    if (field < ACTION_THEME || field > ACTION_FOCUS || text_equal(text, state->group[field]))
        return;
    state->group[field] = text;
    for (int f = field + 1; f < ACTION_FIELDS; f++)
        state->above[f] = TEXT_EMPTY;
}

static bool read_status(struct source *source, const struct record *row, struct action *action)
{
    if (rag_read(action->field[ACTION_STATUS], &action->rag))
        return true;
    struct texts words = {0};
    for (int rag = RAG_RED; rag < RAGS; rag++)
        texts_add(source->scratch, &words, text_from(rag_word((enum rag)rag)));
    diag(source->diags, DIAG_STATUS_WORD, source_cell_place(source, row, ACTION_STATUS),
         "this is no status: expected %.*s, or a blank cell",
         TEXT_ARG(texts_join(source->scratch, &words, TEXT(", "))));
    return false;
}

/* "2022/24": a plan for the years to 31 March 2024 (statistics.md 9). */
static bool plan_end(const struct period *period, struct text label, struct date *out)
{
    struct decimal number;
    int64_t year;
    if (period->kind != PERIOD_PLAN || label.len != 7 || label.ptr[4] != '/')
        return false;
    struct text digits[] = {text_slice(label, 0, 2), text_slice(label, 5, 7)};
    int64_t value[2];
    for (int i = 0; i < 2; i++)
        if (!decimal_parse(digits[i], &number) || !decimal_integer(number, &value[i]))
            return false;
    year = value[0] * 100 + value[1];
    return date_make((int)year, 3, 31, out);
}

static bool has_letter(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((t.ptr[i] | 0x20) >= 'a' && (t.ptr[i] | 0x20) <= 'z')
            return true;
    return false;
}

static void tell_due(struct source *source, struct place place, struct text label, struct date due)
{
    diag(source->diags, DIAG_PERIOD_ASSUMED, place, "'%.*s' is read as due by %.*s",
         TEXT_ARG(text_quote(source->scratch, label)),
         TEXT_ARG(date_display(source->scratch, due)));
}

/* A date, or the last day of a period. Words ("Ongoing") are kept, without a date. */
static bool read_due(struct source *source, const struct record *row, struct action *action)
{
    struct text label = action->field[ACTION_DUE];
    struct place place = source_cell_place(source, row, ACTION_DUE);
    if (!label.len || date_read(label, &action->due))
        return true;
    struct period period = period_read(source->scratch, label);
    if (period.flag == PERIOD_OK || period.flag == PERIOD_ASSUMED) {
        action->due = period.end;
        if (period.flag == PERIOD_ASSUMED)
            tell_due(source, place, label, action->due);
        return true;
    }
    if (plan_end(&period, label, &action->due)) {
        tell_due(source, place, label, action->due);
        return true;
    }
    bool words = has_letter(label);
    diag(source->diags, words ? DIAG_VALUE_CHECK : DIAG_DATE, place,
         "%s%s%.*s: expected one such as '31 March 2023', 'March 2023' or '2022/23'%s",
         words ? "these words give no date" : "this is no date", period.note.len ? ": " : "",
         TEXT_ARG(period.note), words ? "; the action cannot become overdue" : "");
    return words;
}

/* A numbered row may be an objective that has no action yet; one that says nothing is a mistake. */
static bool check_title(struct source *source, const struct record *row,
                        const struct action *action)
{
    bool numbered = action->field[ACTION_ID].len > 0;
    if (!action->field[ACTION_TITLE].len)
        diag(source->diags, numbered ? DIAG_VALUE_CHECK : DIAG_MISSING_VALUE,
             source_cell_place(source, row, ACTION_TITLE),
             "no action in this row: this cell says what will be done");
    return numbered || action->field[ACTION_TITLE].len;
}

static bool read_fields(struct source *source, const struct record *row, struct action *action)
{
    *action = (struct action){.place = source_place(source, row, NO_COLUMN)};
    for (int f = 0; f < ACTION_FIELDS; f++) {
        struct text text = source_cell(source, row, (size_t)f);
        action->column[f] = source_cell_place(source, row, (size_t)f).column;
        text = without_last_semicolon(source, row, f, text);
        action->field[f] = text_copy(source->arena, filled_down(source, row, f, text));
        enter_group(source, f, action->field[f]);
    }
    bool ok = read_status(source, row, action);
    ok = read_due(source, row, action) && ok;
    ok = check_title(source, row, action) && ok;
    return ok;
}

/* Status and due date are one each: a continuation may give them, but not others. */
static bool join_single(struct source *source, const struct record *row, struct action *action,
                        enum action_field field, struct text text)
{
    if (action->field[field].len && !text_equal(action->field[field], text)) {
        diag(source->diags, DIAG_CONFLICT, source_cell_place(source, row, field),
             "a continuation row gives another %s than the row above: keep the right one",
             action_field_slug(field));
        return false;
    }
    action->field[field] = text_copy(source->arena, text);
    return field == ACTION_STATUS ? read_status(source, row, action)
                                  : read_due(source, row, action);
}

static bool join_fields(struct source *source, const struct record *row, struct action *action)
{
    bool ok = true;
    for (int f = 0; f < ACTION_FIELDS; f++) {
        struct text text =
            without_last_semicolon(source, row, f, source_cell(source, row, (size_t)f));
        if (!text.len)
            continue;
        if (f == ACTION_STATUS || f == ACTION_DUE)
            ok = join_single(source, row, action, (enum action_field)f, text) && ok;
        else if (!action->field[f].len)
            action->field[f] = text_copy(source->arena, text);
        else if (!text_equal(action->field[f], text)) /* a group cell that is repeated */
            action->field[f] = text_format(source->arena, "%.*s\n%.*s", TEXT_ARG(action->field[f]),
                                           TEXT_ARG(text));
    }
    return ok;
}

static enum row_fate continuation(struct source *source, const struct record *row)
{
    struct action_state *state = source->state;
    struct place place = source_cell_place(source, row, ACTION_ID);
    if (!state->join) {
        diag(source->diags, DIAG_MISSING_VALUE, place,
             "no %.*s in this row: if it continues the row above, write 'continuation = join' in "
             "[%.*s]",
             TEXT_ARG(source->dataset->action_headers[ACTION_ID]),
             TEXT_ARG(source->section->title));
        return ROW_REJECTED;
    }
    if (!state->has_action) {
        diag(source->diags, DIAG_MISSING_VALUE, place,
             "no %.*s in this row, and no action above that it could continue",
             TEXT_ARG(source->dataset->action_headers[ACTION_ID]));
        return ROW_REJECTED;
    }
    struct dataset *dataset = source->dataset;
    if (!join_fields(source, row, &dataset->actions[dataset->action_count - 1]))
        return ROW_REJECTED;
    repaired(&state->joined, source_place(source, row, NO_COLUMN));
    return ROW_USED;
}

static bool id_is_new(struct source *source, const struct record *row, struct text id)
{
    const struct dataset *dataset = source->dataset;
    if (!id.len || !source->refuse_duplicates)
        return true;
    for (size_t i = 0; i < dataset->action_count; i++)
        if (text_equal(dataset->actions[i].field[ACTION_ID], id)) {
            diag(source->diags, DIAG_DUPLICATE_ROW, source_cell_place(source, row, ACTION_ID),
                 "another action has this %.*s already, in %.*s: if both are right, write "
                 "'duplicates = keep'",
                 TEXT_ARG(dataset->action_headers[ACTION_ID]),
                 TEXT_ARG(place_text(source->arena, dataset->actions[i].place)));
            return false;
        }
    return true;
}

static enum row_fate actions_row(struct source *source, const struct record *row)
{
    struct action_state *state = source->state;
    struct text id = source_cell(source, row, ACTION_ID);
    if (source->header.column[ACTION_ID] != NO_COLUMN && !id.len)
        return continuation(source, row);
    struct action action;
    bool ok = read_fields(source, row, &action);
    ok = id_is_new(source, row, id) && ok;
    state->has_action = ok;
    if (!ok)
        return ROW_REJECTED;
    dataset_add_action(source->dataset, action);
    return ROW_USED;
}

static void actions_close(struct source *source)
{
    struct action_state *state = source->state;
    tell(source, &state->filled, "blank cells filled with the cell above");
    tell(source, &state->joined, "continuation rows joined to the row above");
    tell(source, &state->semicolons, "cells with a semicolon at the end, which was taken away");
}

static const char *const keys[] = {"ignore", "fill down", "continuation", "duplicates", NULL};

const struct dialect_reader action_reader = {.state_size = sizeof(struct action_state),
                                             .keys = keys,
                                             .duplicates = "keep",
                                             .refuse_duplicates = true,
                                             .begin = actions_begin,
                                             .open = actions_open,
                                             .row = actions_row,
                                             .close = actions_close};
