#include "data/action.h"

#include "base/utf8.h"
#include "data/spelling_int.h"

#include <string.h>

static const struct {
    const char *word, *slug, *meaning;
} rags[RAGS] = {
    [RAG_NONE] = {"No status given", "none", "The owner has not given a status."},
    [RAG_RED] = {"Red", "red",
                 "Planned work is late or has missed its target, and delivery or outcomes are "
                 "affected."},
    [RAG_AMBER] = {"Amber", "amber",
                   "Most planned work is done; known issues may affect delivery or outcomes."},
    [RAG_GREEN] = {"Green", "green", "Planned work is done and on track; no known issues."},
    [RAG_COMPLETED] = {"Completed", "completed", "The activity has finished."},
    [RAG_ON_HOLD] = {"On hold", "on-hold", "Work is paused by decision."},
    [RAG_NOT_STARTED] = {"Not started", "not-started", "Work has not begun."},
};

const char *rag_word(enum rag rag)
{
    return rags[rag].word;
}

const char *rag_slug(enum rag rag)
{
    return rags[rag].slug;
}

const char *rag_meaning(enum rag rag)
{
    return rags[rag].meaning;
}

/* Words without spaces and hyphens: "on-track" and "On Track" are one. */
static bool word_rag(struct text word, enum rag *out)
{
    static const struct {
        enum rag rag;
        const char *words;
    } spellings[] = {
        {RAG_RED,
         "red|r|off track|not on track|off target|not on target|behind|behind schedule|"
         "behind target|overdue|late|delayed|missed|deadline missed"},
        {RAG_AMBER,
         "amber|a|yellow|orange|at risk|slightly behind|slightly behind schedule|"
         "slightly off track"},
        {RAG_GREEN, "green|g|on track|on target|on schedule|ahead|ahead of schedule"},
        {RAG_COMPLETED, "completed|complete|closed|done|finished|achieved|delivered|blue|b"},
        {RAG_ON_HOLD, "on hold|hold|paused|suspended|deferred|postponed|parked"},
        {RAG_NOT_STARTED,
         "not started|not yet started|yet to start|not begun|not commenced|"
         "not yet due"},
        {RAG_NONE,
         "no status given|no status|no rag|none|not set|not given|not rated|not known|"
         "unknown|n/a|not applicable|tbc|to be confirmed"},
    };
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        struct text_pieces pieces = text_split(text_from(spellings[i].words), '|');
        for (struct text spelling; text_next(&pieces, &spelling);)
            if (text_same_name(word, spelling)) {
                *out = spellings[i].rag;
                return true;
            }
    }
    return false;
}

/* Coloured signs. A black disc or a star has no colour and is no status. */
static bool sign_rag(uint32_t point, enum rag *out)
{
    static const struct {
        uint32_t point;
        enum rag rag;
    } signs[] = {
        {0x1F534, RAG_RED},       {0x1F7E5, RAG_RED},      {0x1F7E0, RAG_AMBER},
        {0x1F7E1, RAG_AMBER},     {0x1F7E7, RAG_AMBER},    {0x1F7E8, RAG_AMBER},
        {0x1F7E2, RAG_GREEN},     {0x1F7E9, RAG_GREEN},    {0x1F535, RAG_COMPLETED},
        {0x1F7E6, RAG_COMPLETED}, {0x2705, RAG_COMPLETED}, {0x2714, RAG_COMPLETED},
        {0x2611, RAG_COMPLETED},  {0x23F8, RAG_ON_HOLD},   {0x26AA, RAG_NONE},
        {0x2B1C, RAG_NONE},
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i].point == point) {
            *out = signs[i].rag;
            return true;
        }
    return false;
}

enum { RAG_NOT_SAID = RAGS }; /* by none of the parts so far */

/* False when another part has said another thing. */
static bool say(enum rag *said, enum rag rag)
{
    if (*said != (enum rag)RAG_NOT_SAID && *said != rag)
        return false;
    *said = rag;
    return true;
}

static bool is_number(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (!is_digit(t.ptr[i]))
            return false;
    return t.len > 0;
}

/* A part is a word of ours, the number of a list of choices ("5" of "5-Complete"), or nothing. */
static bool read_part(struct text part, enum rag *said)
{
    enum rag rag;
    part = text_trim(part);
    if (!part.len || is_number(part))
        return true;
    return word_rag(part, &rag) && say(said, rag);
}

static bool is_dash(uint32_t point)
{
    return point == '-' || point == 0x2013 || point == 0x2014;
}

static bool separates(uint32_t point)
{
    return is_dash(point) || (point < 0x80 && strchr("/(),;:.|[]\n", (int)point));
}

/* Cuts at punctuation and coloured signs; all that is left must be words of ours. */
static bool read_parts(struct text t, enum rag *said)
{
    size_t from = 0;
    for (size_t at = 0; at < t.len;) {
        size_t start = at;
        uint32_t point = utf8_next(t, &at);
        enum rag rag;
        bool is_sign = sign_rag(point, &rag), is_variant = point == 0xFE0F || point == 0xFE0E;
        if (!is_sign && !is_variant && !separates(point))
            continue;
        if (!read_part(text_slice(t, from, start), said) || (is_sign && !say(said, rag)))
            return false;
        from = at;
    }
    return read_part(text_slice(t, from, t.len), said);
}

/* "-" and "–" stand for nothing. */
static bool is_blank(struct text t)
{
    size_t at = 0;
    return !t.len || (is_dash(utf8_next(t, &at)) && at == t.len);
}

bool rag_read(struct text t, enum rag *out)
{
    enum rag said = (enum rag)RAG_NOT_SAID;
    t = text_trim(t);
    if (is_blank(t)) {
        *out = RAG_NONE;
        return true;
    }
    if (word_rag(t, out))
        return true;
    if (!read_parts(t, &said) || said == (enum rag)RAG_NOT_SAID)
        return false;
    *out = said;
    return true;
}

static const char *const field_slugs[ACTION_FIELDS] = {
    [ACTION_ID] = "id",
    [ACTION_THEME] = "theme",
    [ACTION_PRIORITY] = "priority",
    [ACTION_FOCUS] = "focus",
    [ACTION_OBJECTIVE] = "objective",
    [ACTION_TITLE] = "action",
    [ACTION_STATUS] = "status",
    [ACTION_PROGRESS] = "progress",
    [ACTION_NEXT_STEPS] = "next-steps",
    [ACTION_MILESTONES] = "milestones",
    [ACTION_TARGET] = "target",
    [ACTION_DUE] = "due",
    [ACTION_OWNER] = "owner",
    [ACTION_TEAM] = "team",
    [ACTION_PORTFOLIO] = "portfolio",
    [ACTION_INDICATOR] = "indicator",
    [ACTION_LINKS] = "links",
    [ACTION_FUNDING] = "funding",
    [ACTION_DESCRIPTION] = "description",
    [ACTION_START] = "start",
    [ACTION_PERCENT] = "percent",
    [ACTION_REASON] = "reason",
    [ACTION_OUTPUTS] = "outputs",
    [ACTION_OUTCOME] = "outcome",
    [ACTION_PARTNERS] = "partners",
    [ACTION_RISKS] = "risks",
};

const char *action_field_slug(enum action_field field)
{
    return field_slugs[field];
}

bool action_field_read(struct text name, enum action_field *out)
{
    for (int f = 0; f < ACTION_FIELDS; f++)
        if (text_same_name(name, text_from(field_slugs[f]))) {
            *out = (enum action_field)f;
            return true;
        }
    return false;
}

/* The cell of a further column, or NULL. */
static struct action_cell *further_of(const struct action *action, enum action_field field)
{
    size_t number = (size_t)field - ACTION_FIELDS;
    return number < action->further_count ? &action->further[number] : NULL;
}

static void set_runs(struct arena *arena, struct action *action, enum action_field field,
                     struct rich_runs runs)
{
    if (!runs.count && !action->runs)
        return;
    if (!action->runs)
        action->runs = arena_calloc(arena, ACTION_FIELDS, sizeof *action->runs);
    action->runs[field] = runs;
}

void action_set_columns(struct arena *arena, struct action *action,
                        const unsigned columns[ACTION_FIELDS], const struct action *before)
{
    const size_t size = ACTION_FIELDS * sizeof *columns;
    if (before && before->column && memcmp(before->column, columns, size) == 0) {
        action->column = before->column;
        return;
    }
    unsigned *copy = arena_alloc(arena, size);
    memcpy(copy, columns, size);
    action->column = copy;
}

struct rich action_text(const struct action *action, enum action_field field)
{
    if (field >= ACTION_FIELDS) {
        const struct action_cell *cell = further_of(action, field);
        return cell ? (struct rich){.plain = cell->text, .runs = cell->runs}
                    : rich_plain(TEXT_EMPTY);
    }
    return (struct rich){.plain = action->field[field],
                         .runs = action->runs ? action->runs[field] : (struct rich_runs){0}};
}

struct place action_place(const struct action *action, enum action_field field)
{
    struct place place = action->place;
    const struct action_cell *cell = field < ACTION_FIELDS ? NULL : further_of(action, field);
    if (field < ACTION_FIELDS)
        place.column = action->column ? action->column[field] : 0;
    else
        place.column = cell ? cell->column : 0;
    return place;
}

void action_set(struct arena *arena, struct action *action, enum action_field field,
                struct rich text)
{
    struct action_cell *cell = field < ACTION_FIELDS ? NULL : further_of(action, field);
    if (cell) {
        cell->text = text.plain;
        cell->runs = text.runs;
    } else if (field < ACTION_FIELDS) {
        action->field[field] = text.plain;
        set_runs(arena, action, field, text.runs);
    }
}

bool action_is_overdue(const struct action *action, struct date as_at)
{
    return date_is_known(action->due) && date_is_known(as_at) &&
           date_compare(action->due, as_at) < 0 && action->rag != RAG_COMPLETED &&
           action->rag != RAG_ON_HOLD;
}
