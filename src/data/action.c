#include "data/action.h"

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

bool rag_read(struct text t, enum rag *out)
{
    static const struct {
        const char *word;
        enum rag rag;
    } spellings[] = {
        {"red", RAG_RED},
        {"r", RAG_RED},
        {"off track", RAG_RED},
        {"amber", RAG_AMBER},
        {"a", RAG_AMBER},
        {"yellow", RAG_AMBER},
        {"at risk", RAG_AMBER},
        {"green", RAG_GREEN},
        {"g", RAG_GREEN},
        {"on track", RAG_GREEN},
        {"completed", RAG_COMPLETED},
        {"complete", RAG_COMPLETED},
        {"closed", RAG_COMPLETED},
        {"done", RAG_COMPLETED},
        {"blue", RAG_COMPLETED},
        {"b", RAG_COMPLETED},
        {"on hold", RAG_ON_HOLD},
        {"hold", RAG_ON_HOLD},
        {"paused", RAG_ON_HOLD},
        {"no status given", RAG_NONE},
    };
    t = text_trim(t);
    if (t.len == 0) {
        *out = RAG_NONE;
        return true;
    }
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (text_same_name(t, text_from(spellings[i].word))) {
            *out = spellings[i].rag;
            return true;
        }
    return false;
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

struct place action_place(const struct action *action, enum action_field field)
{
    struct place place = action->place;
    place.column = action->column[field];
    return place;
}

bool action_is_overdue(const struct action *action, struct date as_at)
{
    return date_is_known(action->due) && date_is_known(as_at) &&
           date_compare(action->due, as_at) < 0 && action->rag != RAG_COMPLETED &&
           action->rag != RAG_ON_HOLD;
}
