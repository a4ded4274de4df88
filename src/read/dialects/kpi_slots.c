/* kpi_slots - columns that are named after their period: "Q2 2021/22", "2021/22 target". */
#include "read/dialects/kpi_int.h"

static const char *role_word(enum slot_role role)
{
    static const char *const words[SLOT_ROLES] = {"figures", "target", "status", "notes"};
    return words[role];
}

/* "2021/22 target" without "target", and the role that the word gives. */
static struct text without_role(struct arena *arena, struct text name, enum slot_role *role)
{
    static const struct {
        const char *word;
        enum slot_role role;
    } words[] = {{"target", SLOT_TARGET}, {"targets", SLOT_TARGET},  {"status", SLOT_STATUS},
                 {"rag", SLOT_STATUS},    {"commentary", SLOT_NOTE}, {"comment", SLOT_NOTE},
                 {"comments", SLOT_NOTE}, {"note", SLOT_NOTE},       {"notes", SLOT_NOTE}};
    struct texts kept = {0};
    struct text_pieces pieces = text_split(name, ' ');
    *role = SLOT_VALUE;
    for (struct text word; text_next(&pieces, &word);) {
        size_t i = 0;
        while (i < sizeof words / sizeof words[0] &&
               !text_same_name(word, text_from(words[i].word)))
            i++;
        if (i < sizeof words / sizeof words[0])
            *role = words[i].role;
        else if (word.len)
            texts_add(arena, &kept, word);
    }
    return period_header_label(arena, texts_join(arena, &kept, TEXT(" ")));
}

static bool is_known_slot(const struct kpi_state *state, enum slot_role role, size_t period,
                          size_t *position)
{
    for (size_t i = 0; i < state->slot_count; i++)
        if (state->slots[i].role == role && state->slots[i].period == period) {
            *position = state->slots[i].position;
            return true;
        }
    return false;
}

static bool has_digit(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]))
            return true;
    return false;
}

bool kpi_add_slot(struct source *source, size_t position)
{
    struct kpi_state *state = source->state;
    struct kpi_slot slot = {.position = position};
    struct text name = source->header.names.items[position];
    struct text label =
        without_role(source->scratch, source->header.plain.items[position], &slot.role);
    struct period period = period_read(source->scratch, label);
    struct place place = source->header.place;
    size_t other;
    place.column = (unsigned)position + 1;
    if (!label.len || (period.flag == PERIOD_ERROR && !period_says_more(period)))
        return true;
    if (period.kind == PERIOD_TERM && period.flag == PERIOD_AMBIGUOUS && !has_digit(label))
        return true; /* "Long term trend": no school term */
    if (period_says_more(period)) {
        diag(source->diags, DIAG_PERIOD, place,
             "column '%.*s' is more than a period: name it after its period, with 'target', "
             "'status' or 'note' behind it, or list it in 'ignore' of [%.*s]",
             TEXT_ARG(text_quote(source->scratch, name)), TEXT_ARG(source->section->title));
        return false;
    }
    if (period.flag == PERIOD_AMBIGUOUS) {
        diag(source->diags, DIAG_PERIOD, place,
             "column '%.*s' is no clear period (%.*s): name it after its period, as in '2021/22', "
             "or "
             "list it in 'ignore' of [%.*s]",
             TEXT_ARG(text_quote(source->scratch, name)), TEXT_ARG(period.note),
             TEXT_ARG(source->section->title));
        return false;
    }
    if (!figure_period(source, place, label, &slot.period, &slot.markers))
        return false;
    source->header.taken[position] = true;
    if (is_known_slot(state, slot.role, slot.period, &other)) {
        diag(source->diags, DIAG_DUPLICATE_COLUMN, place,
             "column '%.*s' has the %s of the same period as column %zu",
             TEXT_ARG(text_quote(source->scratch, name)), role_word(slot.role), other + 1);
        return false;
    }
    slot.name = text_quote(source->arena, name);
    slot.place = place;
    state->slots = arena_grow(source->arena, state->slots, state->slot_count, &state->slot_capacity,
                              sizeof slot);
    state->slots[state->slot_count++] = slot;
    return true;
}
