/* actions - a row an action of a plan or a key activity. */
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
    bool is_named[ACTION_FIELDS]; /* FILL_NAMED: to be filled */
    struct status_words words;
    struct due_reader due;
    struct map ids; /* of all files: from keys to their places */
    struct texts id_places;

    /* the file that is being read */
    struct group_rows rows;
    bool has_action;                  /* the row above, to which a continuation belongs */
    bool is_left_out;                 /* the row above, by the filter */
    struct text above[ACTION_FIELDS]; /* for filling down */
    struct text group[ACTION_FIELDS]; /* theme, priority and focus of the row above */
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
        int f = 0;
        while (f < ACTION_FIELDS && (position == NO_COLUMN || source->header.column[f] != position))
            f++;
        if (f < ACTION_FIELDS) {
            state->is_named[f] = true;
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

/* What SharePoint adds to each list that it exports: nothing of an action. */
static bool is_of_system(struct text name)
{
    static const char *const names[] = {"Item type",    "Path",        "Modified",
                                        "Modified by",  "Created",     "Created by",
                                        "Content type", "Attachments", "Version"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_same_name(name, text_from(names[i])))
            return true;
    return false;
}

/* Both "Managed by" and "Assigned to": an action has one owner. */
static void tell_second(struct source *source, size_t position, size_t column)
{
    const struct header *header = &source->header;
    size_t first = header->column[column];
    diag(source->diags, DIAG_DUPLICATE_COLUMN, source_header_place(source, position),
         "column '%.*s' stands for '%s', and so does column %zu, '%.*s': list the one that is not "
         "needed in 'ignore' of [%.*s]",
         TEXT_ARG(text_quote(source->scratch, header->names.items[position])),
         source->dialect->columns[column].name, first + 1,
         TEXT_ARG(text_quote(source->scratch, header->names.items[first])),
         TEXT_ARG(source->section->title));
}

static bool every_column_is_known(struct source *source)
{
    const struct header *header = &source->header;
    bool ok = true;
    for (size_t i = 0; i < header->names.count; i++) {
        struct text name = header->names.items[i];
        if (!name.len || header->taken[i] || header->ignored[i] || is_of_system(name))
            continue;
        ok = false;
        size_t column = header_second(source, i);
        if (column != NO_COLUMN) {
            tell_second(source, i, column);
            continue;
        }
        diag(source->diags, DIAG_MISSING_COLUMN, source_header_place(source, i),
             "column '%.*s' is none that this dialect knows: if it stands for one, name it in "
             "[%.*s], else list it in 'ignore'",
             TEXT_ARG(text_quote(source->scratch, name)), TEXT_ARG(source->section->title));
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

static bool actions_begin(struct source *source)
{
    struct action_state *state = source->state;
    const struct ini_entry *fill = ini_entry(source->section, "fill down");
    *state = (struct action_state){
        .fill = !fill                                       ? FILL_GROUPS
                : text_same_name(fill->value, TEXT("none")) ? FILL_NONE
                                                            : FILL_NAMED,
    };
    read_continuation(source);
    read_dates(source);
    status_words_read(source, &state->words);
    return true;
}

static bool actions_open(struct source *source)
{
    struct action_state *state = source->state;
    const struct header *header = &source->header;
    state->rows = (struct group_rows){0};
    state->has_action = state->is_left_out = false;
    for (int f = 0; f < ACTION_FIELDS; f++) {
        state->is_named[f] = false;
        state->above[f] = state->group[f] = TEXT_EMPTY;
        if (header->column[f] != NO_COLUMN)
            source->dataset->action_headers[f] =
                text_copy(source->arena, header->names.items[header->column[f]]);
    }
    bool ok = read_fill_down(source);
    ok = every_column_is_known(source) && ok;
    if (ok)
        header_tell_unused(source);
    return ok;
}

static struct text without_last_semicolon(struct source *source, struct place place, int field,
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

/* The cells of a row by themselves. */
static struct action read_cells(struct source *source, const struct record *row)
{
    struct action action = {.place = source_place(source, row, NO_COLUMN)};
    const struct dataset *dataset = source->dataset;
    unsigned columns[ACTION_FIELDS];
    for (int f = 0; f < ACTION_FIELDS; f++) {
        struct place place = source_cell_place(source, row, (size_t)f);
        struct rich rich = source_rich(source, place, source_cell(source, row, (size_t)f));
        columns[f] = place.column;
        action.field[f] =
            text_copy(source->arena, without_last_semicolon(source, place, f, rich.plain));
        action_set_runs(source->arena, &action, (enum action_field)f, rich.runs);
    }
    action_set_columns(source->arena, &action, columns,
                       dataset->action_count ? &dataset->actions[dataset->action_count - 1] : NULL);
    return action;
}

static void fill_named(struct source *source, struct action *action, int field)
{
    struct action_state *state = source->state;
    struct text *cell = &action->field[field];
    if (!state->is_named[field])
        return;
    if (cell->len) {
        state->above[field] = *cell;
    } else if (state->above[field].len) {
        *cell = state->above[field];
        source_repair(source, action_place(action, (enum action_field)field),
                      "blank cell filled with the cell above");
    }
}

/* Below another priority, the objective of the one above is not filled down. */
static void enter_group(struct action_state *state, int field, struct text text)
{
    if (field < ACTION_THEME || field > ACTION_FOCUS || text_equal(text, state->group[field]))
        return;
    state->group[field] = text;
    for (int f = field + 1; f < ACTION_FIELDS; f++)
        state->above[f] = TEXT_EMPTY;
}

static bool read_status(struct source *source, struct action *action)
{
    const struct action_state *state = source->state;
    return status_read(source, &state->words, action_place(action, ACTION_STATUS),
                       action->field[ACTION_STATUS], &action->rag);
}

static bool read_due(struct source *source, struct action *action)
{
    struct action_state *state = source->state;
    return due_read(source, &state->due, action_place(action, ACTION_DUE),
                    action->field[ACTION_DUE], &action->due);
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
             "another action has this %.*s already, in %.*s: if both are right, write "
             "'duplicates = keep'",
             TEXT_ARG(header_of(source, ACTION_ID)), TEXT_ARG(state->id_places.items[at]));
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
    for (int f = 0; f < ACTION_FIELDS; f++) {
        fill_named(source, action, f);
        enter_group(state, f, action->field[f]);
    }
    bool ok = read_status(source, action);
    ok = read_due(source, action) && ok;
    ok = check_title(source, action) && ok;
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
    if (field == ACTION_STATUS)
        action->rag = read.rag;
    else
        action->due = read.due;
    return true;
}

static bool join_fields(struct source *source, const struct action *more, struct action *action)
{
    bool ok = true;
    for (int i = 0; i < ACTION_FIELDS; i++) {
        enum action_field f = (enum action_field)i;
        if (!more->field[f].len)
            continue;
        if (f == ACTION_STATUS || f == ACTION_DUE) {
            ok = join_single(source, more, action, f) && ok;
        } else if (!text_equal(action->field[f], more->field[f])) { /* no repeated group cell */
            struct rich joined =
                rich_join(source->arena, action_text(action, f), action_text(more, f));
            action->field[f] = joined.plain;
            action_set_runs(source->arena, action, f, joined.runs);
        }
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

static bool actions_continues(struct source *source, const struct record *row)
{
    const struct action_state *state = source->state;
    return source->header.column[ACTION_ID] != NO_COLUMN &&
           !source_cell(source, row, ACTION_ID).len && state->continuation != CONTINUE_REFUSE &&
           (state->continuation == CONTINUE_JOIN || !source_cell(source, row, ACTION_TITLE).len);
}

/* The row names a group all the same, which blank cells below may repeat. */
static void actions_left_out(struct source *source, const struct record *row)
{
    struct action_state *state = source->state;
    struct action action = {0};
    for (int f = 0; f < ACTION_FIELDS; f++) {
        struct rich rich = rich_plain(source_cell(source, row, (size_t)f));
        if (f >= GROUP_FIELDS && !state->is_named[f])
            continue;
        markup_read(source->scratch, rich.plain, &rich);
        action.field[f] = text_copy(source->arena, rich.plain);
        if (state->is_named[f] && action.field[f].len)
            state->above[f] = action.field[f];
        enter_group(state, f, action.field[f].len ? action.field[f] : state->above[f]);
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
    bool is_separate =
        state->continuation == CONTINUE_SEPARATE && action.field[ACTION_TITLE].len > 0;
    if (source->header.column[ACTION_ID] != NO_COLUMN && !action.field[ACTION_ID].len &&
        !is_separate)
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

static const char *const keys[] = {
    "ignore", "fill down", "continuation", "duplicates", "dates", "status words", NULL};

static const struct dialect_reader action_reader = {.state_size = sizeof(struct action_state),
                                                    .keys = keys,
                                                    .duplicates = "keep",
                                                    .refuse_duplicates = true,
                                                    .begin = actions_begin,
                                                    .open = actions_open,
                                                    .row = actions_row,
                                                    .continues = actions_continues,
                                                    .left_out = actions_left_out,
                                                    .close = actions_close};

const struct dialect action_dialect = {"actions", "a row an action of a plan or a key activity",
                                       action_columns, ACTION_FIELDS, &action_reader};
