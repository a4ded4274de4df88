/* actions - a row an action of a plan or a key activity; and registers, whose rows are any things.
 */
#include "read/dialect_int.h"

#include "data/id.h"

/* What a row without an ID is. */
enum continuation {
    CONTINUE_PLAIN,    /* one without an action of its own goes on with the row above */
    CONTINUE_JOIN,     /* so does every other */
    CONTINUE_SEPARATE, /* one with an action of its own is an action */
    CONTINUE_REFUSE
};
static const char *const continuation_words[] = {NULL, "join", "separate", "refuse"};

/* Which blank cells repeat the cell above. */
enum fill {
    FILL_GROUPS, /* in columns of groups, as their other cells show */
    FILL_NAMED,
    FILL_NONE
};

struct action_state {
    enum continuation continuation;
    enum fill fill;
    bool is_register; /* a row is a row: it needs no action, and its status may be words */
    struct text keep; /* which columns besides the fields are read: `all`, or their names */
    struct status_words words;
    struct due_reader due;
    struct map ids; /* of all files: from keys to their places */
    struct texts id_places;

    /* the file that is being read */
    struct group_rows rows;
    bool has_action;                 /* the row above, to which a continuation belongs */
    bool is_left_out;                /* the row above, by the filter */
    size_t fields;                   /* those that are known, then further columns */
    struct action_column *columns;   /* of each field */
    struct text group[GROUP_FIELDS]; /* theme, priority and focus of the row above */
};

static struct text header_of(const struct source *source, int field)
{
    return source->dataset->action_headers[field];
}

static bool read_fill_down(struct source *source)
{
    struct action_state *state = source->state;
    const struct ini_entry *entry = ini_entry(source->section, "fill down");
    struct text_pieces pieces = text_split(entry ? entry->value : TEXT_EMPTY, ',');
    bool ok = true;
    if (state->fill != FILL_NAMED)
        return true;
    for (struct text name; text_next(&pieces, &name);) {
        size_t position = name.len ? header_find(source, name) : NO_COLUMN;
        size_t f = 0;
        while (f < state->fields &&
               (position == NO_COLUMN || state->columns[f].position != position))
            f++;
        if (f < state->fields) {
            state->columns[f].is_named = true;
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

static void read_continuation(struct source *source)
{
    struct action_state *state = source->state;
    const struct ini_entry *entry = ini_entry(source->section, "continuation");
    for (int i = CONTINUE_JOIN; entry && i <= CONTINUE_REFUSE; i++)
        if (text_same_name(entry->value, text_from(continuation_words[i])))
            state->continuation = (enum continuation)i;
    if (entry && state->continuation == CONTINUE_PLAIN)
        diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no way to treat rows without an ID: expected join, separate or refuse",
             TEXT_ARG(text_quote(source->arena, entry->value)));
}

static void read_dates(struct source *source)
{
    struct action_state *state = source->state;
    const struct ini_entry *entry = ini_entry(source->section, "dates");
    state->due.month_first = entry && text_same_name(entry->value, TEXT("month first"));
    if (entry && !state->due.month_first && !text_same_name(entry->value, TEXT("day first")))
        diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is no order of dates: expected 'day first' or 'month first'",
             TEXT_ARG(text_quote(source->arena, entry->value)));
}

/* check/references.c reads it, when all sources are known. */
static void read_references(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "refers to");
    if (!entry)
        return;
    source->dataset->refers_to = entry->value;
    source->dataset->refers_to_place = entry->value_place;
}

static bool actions_begin(struct source *source)
{
    struct action_state *state = source->state;
    const struct ini_entry *fill = ini_entry(source->section, "fill down");
    *state = (struct action_state){
        .fill = !fill                                       ? FILL_GROUPS
                : text_same_name(fill->value, TEXT("none")) ? FILL_NONE
                                                            : FILL_NAMED,
    };
    state->is_register = source->dialect->reader->takes_any;
    state->due.takes_words = state->is_register;
    state->keep = state->is_register ? TEXT("all") : ini_value(source->section, "keep");
    read_continuation(source);
    read_dates(source);
    read_references(source);
    status_words_read(source, &state->words);
    return true;
}

static bool actions_open(struct source *source)
{
    struct action_state *state = source->state;
    const struct header *header = &source->header;
    state->rows = (struct group_rows){0};
    state->has_action = state->is_left_out = false;
    for (int f = 0; f < GROUP_FIELDS; f++)
        state->group[f] = TEXT_EMPTY;
    for (int f = 0; f < ACTION_FIELDS; f++)
        if (header->column[f] != NO_COLUMN)
            source->dataset->action_headers[f] =
                text_copy(source->arena, header->names.items[header->column[f]]);
    bool ok = action_columns_open(source, state->keep, &state->columns);
    state->fields = dataset_action_fields(source->dataset);
    ok = read_fill_down(source) && ok;
    if (ok)
        header_tell_unused(source);
    return ok;
}

static struct text without_last_semicolon(struct source *source, struct place place, size_t field,
                                          struct text text)
{
    bool is_list = field == ACTION_TEAM || field == ACTION_PORTFOLIO || field == ACTION_OWNER;
    if (!is_list || !text_ends(text, TEXT(";")))
        return text;
    source_repair(source, place, "semicolon at the end of a cell taken away");
    while (text_ends(text, TEXT(";")))
        text = text_trim(text_slice(text, 0, text.len - 1));
    return text;
}

static struct text cell_of(const struct source *source, const struct record *row, size_t field)
{
    const struct action_state *state = source->state;
    size_t position = state->columns[field].position;
    return position == NO_COLUMN ? TEXT_EMPTY : text_trim(row->fields[position]);
}

/* The cells of a row by themselves. */
static struct action read_cells(struct source *source, const struct record *row)
{
    const struct action_state *state = source->state;
    struct action action = {.place = source_place(source, row, NO_COLUMN)};
    const struct dataset *dataset = source->dataset;
    unsigned columns[ACTION_FIELDS];
    action.further_count = state->fields - ACTION_FIELDS;
    action.further = arena_calloc(source->arena, action.further_count + 1, sizeof *action.further);
    for (size_t f = 0; f < state->fields; f++) {
        struct place place = source_place(source, row, state->columns[f].position);
        struct rich rich = source_rich(source, place, cell_of(source, row, f));
        rich.plain = text_copy(source->arena, without_last_semicolon(source, place, f, rich.plain));
        action_set(source->arena, &action, (enum action_field)f, rich);
        if (f < ACTION_FIELDS)
            columns[f] = place.column;
        else
            action.further[f - ACTION_FIELDS].column = place.column;
    }
    action_set_columns(source->arena, &action, columns,
                       dataset->action_count ? &dataset->actions[dataset->action_count - 1] : NULL);
    return action;
}

static void fill_named(struct source *source, struct action *action, enum action_field field)
{
    struct action_state *state = source->state;
    struct action_column *column = &state->columns[field];
    struct text cell = action_text(action, field).plain;
    if (!column->is_named)
        return;
    if (cell.len) {
        column->above = cell;
    } else if (column->above.len) {
        action_set(source->arena, action, field, rich_plain(column->above));
        source_repair(source, action_place(action, field), "blank cell filled with the cell above");
    }
}

/* Below another priority, the objective of the one above is not filled down. */
static void enter_group(struct action_state *state, size_t field, struct text text)
{
    if (field < ACTION_THEME || field > ACTION_FOCUS || text_equal(text, state->group[field]))
        return;
    state->group[field] = text;
    for (size_t f = field + 1; f < state->fields; f++)
        state->columns[f].above = TEXT_EMPTY;
}

/* In a register a status may be said in a sentence, which is shown as it stands. */
static bool read_status_words(struct source *source, struct action *action)
{
    const struct action_state *state = source->state;
    struct text words = action->field[ACTION_STATUS];
    if (status_knows(&state->words, words, &action->rag))
        return true;
    action->rag = RAG_NONE;
    diag(source->diags, DIAG_VALUE_CHECK, action_place(action, ACTION_STATUS),
         "these words are no status: they are shown as they stand, and counted as none; expected "
         "one such as Green, or 'status words' in [%.*s] that say which it is",
         TEXT_ARG(source->section->title));
    return true;
}

static bool read_status(struct source *source, struct action *action)
{
    const struct action_state *state = source->state;
    if (state->is_register)
        return read_status_words(source, action);
    return status_read(source, &state->words, action_place(action, ACTION_STATUS),
                       action->field[ACTION_STATUS], &action->rag);
}

static bool read_due(struct source *source, struct action *action)
{
    struct action_state *state = source->state;
    bool ok = due_read(source, &state->due, action_place(action, ACTION_DUE),
                       action->field[ACTION_DUE], &action->due);
    action->is_due_assumed = state->due.is_assumed;
    return ok;
}

/* A numbered row may be an objective that has no action yet; one that says nothing is a mistake. */
static bool check_title(struct source *source, const struct action *action)
{
    bool numbered = action->field[ACTION_ID].len > 0;
    if (!action->field[ACTION_TITLE].len)
        diag(source->diags, numbered ? DIAG_VALUE_CHECK : DIAG_MISSING_VALUE,
             action_place(action, ACTION_TITLE),
             "no action in this row: this cell says what will be done");
    return numbered || action->field[ACTION_TITLE].len;
}

/* Every spelling of an ID is that ID. */
static bool id_is_new(struct source *source, const struct action *action)
{
    struct action_state *state = source->state;
    struct text key = id_key(source->arena, action->field[ACTION_ID]);
    if (!key.len || !source->refuse_duplicates)
        return true;
    size_t at = map_find(&state->ids, key, NO_COLUMN);
    if (at != NO_COLUMN) {
        diag(source->diags, DIAG_DUPLICATE_ROW, action_place(action, ACTION_ID),
             "another %s has this %.*s already, in %.*s: if both are right, write "
             "'duplicates = keep'",
             state->is_register ? "row" : "action", TEXT_ARG(header_of(source, ACTION_ID)),
             TEXT_ARG(state->id_places.items[at]));
        return false;
    }
    state->ids.arena = source->arena;
    map_add(&state->ids, key, state->id_places.count);
    texts_add(source->arena, &state->id_places, place_text(source->arena, action->place));
    return true;
}

static void add_group_row(struct source *source, const struct action *action, long number)
{
    struct group_rows *rows = &((struct action_state *)source->state)->rows;
    rows->items =
        arena_grow(source->arena, rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    struct group_row *row = &rows->items[rows->count++];
    *row = (struct group_row){.action = number};
    for (int f = 0; f < GROUP_FIELDS; f++)
        row->field[f] = action->field[f];
}

static enum row_fate add_action(struct source *source, struct action *action)
{
    struct action_state *state = source->state;
    for (size_t f = 0; f < state->fields; f++) {
        fill_named(source, action, (enum action_field)f);
        enter_group(state, f, action_text(action, (enum action_field)f).plain);
    }
    bool ok = read_status(source, action);
    ok = read_due(source, action) && ok;
    ok = (state->is_register || check_title(source, action)) && ok;
    ok = ok && id_is_new(source, action);
    state->has_action = ok;
    state->is_left_out = false;
    add_group_row(source, action, ok ? (long)source->dataset->action_count : NO_ACTION);
    if (!ok)
        return ROW_REJECTED;
    dataset_add_action(source->dataset, *action);
    return ROW_USED;
}

/* Status and due date are one each: a continuation may give them, but not others. */
static bool join_single(struct source *source, const struct action *more, struct action *action,
                        enum action_field field)
{
    if (action->field[field].len && !text_equal(action->field[field], more->field[field])) {
        diag(source->diags, DIAG_CONFLICT, action_place(more, field),
             "a continuation row gives another %s than the row above: keep the right one",
             action_field_slug(field));
        return false;
    }
    struct action read = *more;
    if (field == ACTION_STATUS ? !read_status(source, &read) : !read_due(source, &read))
        return false;
    action->field[field] = read.field[field];
    if (field == ACTION_STATUS) {
        action->rag = read.rag;
    } else {
        action->due = read.due;
        action->is_due_assumed = read.is_due_assumed;
    }
    return true;
}

static bool join_fields(struct source *source, const struct action *more, struct action *action)
{
    const struct action_state *state = source->state;
    bool ok = true;
    for (size_t i = 0; i < state->fields; i++) {
        enum action_field f = (enum action_field)i;
        struct rich above = action_text(action, f), below = action_text(more, f);
        if (!below.plain.len)
            continue;
        if (f == ACTION_STATUS || f == ACTION_DUE)
            ok = join_single(source, more, action, f) && ok;
        else if (!text_equal(above.plain, below.plain)) /* no repeated group cell */
            action_set(source->arena, action, f, rich_join(source->arena, above, below));
    }
    return ok;
}

/* Why a row without an ID can't be taken for the rest of the row above; NULL when it can. */
static const char *why_not_joined(const struct source *source, const struct action *more)
{
    const struct action_state *state = source->state;
    const struct dataset *dataset = source->dataset;
    if (state->continuation == CONTINUE_REFUSE)
        return "if it continues the row above, write 'continuation = join'";
    if (state->continuation != CONTINUE_JOIN && more->field[ACTION_TITLE].len)
        return "but an action of its own: if it continues the row above, write 'continuation = "
               "join', if it is an action that has none, 'continuation = separate'";
    if (!state->has_action)
        return "and there is no action above that it could continue";
    const struct action *above = &dataset->actions[dataset->action_count - 1];
    for (int f = ACTION_THEME; f <= ACTION_FOCUS && state->continuation != CONTINUE_JOIN; f++)
        if (more->field[f].len && above->field[f].len &&
            !text_equal(more->field[f], above->field[f]))
            return "and it belongs to another group than the row above: if it continues that all "
                   "the same, write 'continuation = join'";
    return NULL;
}

static enum row_fate continue_action(struct source *source, const struct action *more)
{
    struct dataset *dataset = source->dataset;
    const char *why = why_not_joined(source, more);
    if (why) {
        diag(source->diags, DIAG_MISSING_VALUE, action_place(more, ACTION_ID),
             "no %.*s in this row, %s", TEXT_ARG(header_of(source, ACTION_ID)), why);
        return ROW_REJECTED;
    }
    if (!join_fields(source, more, &dataset->actions[dataset->action_count - 1]))
        return ROW_REJECTED;
    source_repair(source, more->place, "continuation row joined to the row above");
    return ROW_USED;
}

/* A row without an ID is one all the same. */
static bool stands_alone(const struct action_state *state, bool has_title)
{
    return state->is_register
               ? state->continuation == CONTINUE_PLAIN || state->continuation == CONTINUE_SEPARATE
               : state->continuation == CONTINUE_SEPARATE && has_title;
}

static bool actions_continues(struct source *source, const struct record *row)
{
    const struct action_state *state = source->state;
    bool has_title = cell_of(source, row, ACTION_TITLE).len > 0;
    return source->header.column[ACTION_ID] != NO_COLUMN && !cell_of(source, row, ACTION_ID).len &&
           state->continuation != CONTINUE_REFUSE && !stands_alone(state, has_title) &&
           (state->continuation == CONTINUE_JOIN || !has_title);
}

/* The row names a group all the same, which blank cells below may repeat. */
static void actions_left_out(struct source *source, const struct record *row)
{
    struct action_state *state = source->state;
    struct action action = {0};
    for (size_t f = 0; f < state->fields; f++) {
        struct action_column *column = &state->columns[f];
        if (f >= GROUP_FIELDS && !column->is_named)
            continue;
        struct rich rich = rich_plain(cell_of(source, row, f));
        markup_read(source->scratch, rich.plain, &rich);
        rich.plain = text_copy(source->arena, rich.plain);
        action_set(source->arena, &action, (enum action_field)f, rich);
        if (column->is_named && rich.plain.len)
            column->above = rich.plain;
        enter_group(state, f, rich.plain.len ? rich.plain : column->above);
    }
    add_group_row(source, &action, NO_ACTION);
    state->has_action = false;
    state->is_left_out = true;
}

static enum row_fate actions_row(struct source *source, const struct record *row)
{
    const struct action_state *state = source->state;
    if (state->is_left_out && actions_continues(source, row))
        return source_exclude(source, source->filter.rule);
    struct action action = read_cells(source, row);
    if (source->header.column[ACTION_ID] != NO_COLUMN && !action.field[ACTION_ID].len &&
        !stands_alone(state, action.field[ACTION_TITLE].len > 0))
        return continue_action(source, &action);
    return add_action(source, &action);
}

static void actions_close(struct source *source)
{
    struct action_state *state = source->state;
    if (state->fill == FILL_GROUPS)
        fill_group_columns(source, &state->rows);
    due_end_of_file(source, &state->due);
}

static const char *const action_keys[] = {"ignore",     "keep",  "fill down",    "continuation",
                                          "duplicates", "dates", "status words", "refers to",
                                          "before",     NULL};
static const char *const register_keys[] = {"ignore",     "fill down", "continuation",
                                            "duplicates", "dates",     "status words",
                                            "refers to",  "before",    NULL};

#define ACTION_READER(any, its_keys)                                                               \
    {                                                                                              \
        .state_size = sizeof(struct action_state), .takes_any = (any), .keys = (its_keys),         \
        .duplicates = "keep", .refuse_duplicates = true, .begin = actions_begin,                   \
        .open = actions_open, .row = actions_row, .continues = actions_continues,                  \
        .left_out = actions_left_out, .close = actions_close                                       \
    }
static const struct dialect_reader action_reader = ACTION_READER(false, action_keys);
static const struct dialect_reader register_reader = ACTION_READER(true, register_keys);

const struct dialect action_dialect = {"actions", "a row an action of a plan or a key activity",
                                       action_columns, ACTION_FIELDS, &action_reader};

const struct dialect register_dialect = {"register",
                                         "a row a thing with words: indicators and their codes, "
                                         "outcomes, facts, a form; any columns, of "
                                         "which those that actions have are known as there",
                                         action_columns, ACTION_FIELDS, &register_reader};
