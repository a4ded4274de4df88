/*
 * slice - what a dataset holds of one owner, team, portfolio, priority, theme, area or status.
 *
 * A slice is a dataset of its own that has nothing of the others: no row, no name, no place. It is
 * taken after small counts were hidden and impossible figures stopped, so it shows no figure that
 * the whole does not have. What a source says of the others is only reached through `whole`, by
 * comparison_make(), so that a change is judged the same in a slice as in the whole report.
 */
#ifndef DATA_SLICE_H
#define DATA_SLICE_H

#include "data/dataset.h"

enum slice_field {
    SLICE_OWNER, /* of actions, and of measures that have one */
    SLICE_TEAM,
    SLICE_PORTFOLIO,
    SLICE_PRIORITY,
    SLICE_THEME, /* of actions; of measures their group */
    SLICE_AREA,  /* of figures */
    SLICE_STATUS,
    SLICE_FIELDS
};
/* For messages. */
#define SLICE_FIELDS_EXPECTED "expected owner, team, portfolio, priority, theme, area or status"
/* Stands for what has no value in the field. */
#define SLICE_NOT_GIVEN TEXT("Not given")

const char *slice_field_word(enum slice_field field); /* "portfolio" */
bool slice_field_read(struct text word, enum slice_field *out);

/* One value: the same but for capitals and white space. "A/B" and "A:B" are two, as "1.1" and "11".
 */
bool slice_is_same(struct text a, struct text b);
/* The same bytes for all spellings of one value: a key for maps. */
struct text slice_key(struct arena *arena, struct text value);
/* Whether a source says anything of the field: one that does not is in no slice. */
bool slice_divides(const struct dataset *dataset, enum slice_field field);
/*
 * Adds the values of the field that are not in the list yet, in the order of the source. Spellings
 * of one name are one value. Areas in `beside` stand beside all others and are no value.
 */
void slice_add_values(struct arena *arena, const struct dataset *dataset, enum slice_field field,
                      const struct texts *beside, struct texts *values);
/* How many actions, or figures, it holds; of areas in `beside` none are counted. */
size_t slice_rows(const struct dataset *dataset, const struct texts *beside);
/*
 * What the dataset, which slice_divides(), has of the value. By area the areas in `beside` stay
 * too, and all that was said of measures. By anything else measures stand for themselves: they are
 * no part of a total that is not theirs, and nothing is added up.
 */
struct dataset *slice_make(struct arena *arena, const struct dataset *dataset,
                           enum slice_field field, struct text value, const struct texts *beside);

/*
 * The same of actions by any of their fields. Values come in the order of the source, but what has
 * none (SLICE_NOT_GIVEN, or no status) comes last.
 */
void slice_add_action_values(struct arena *arena, const struct dataset *dataset,
                             enum action_field field, struct texts *values);
struct dataset *slice_make_actions(struct arena *arena, const struct dataset *dataset,
                                   enum action_field field, struct text value);

#endif
