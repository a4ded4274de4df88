/*
 * blank - what an action does not say.
 *
 * A placeholder stands for something that is not known yet: "TBA", "To be determined", "?", "-",
 * "[insert]". "None", "n/a" and "Not applicable" are answers, and so are words with a placeholder
 * among them ("TBC by March").
 */
#ifndef DATA_BLANK_H
#define DATA_BLANK_H

#include "data/dataset.h"

enum blank { BLANK_NOT, BLANK_EMPTY, BLANK_PLACEHOLDER };

/* What a reader sees in place of a blank cell. */
#define BLANK_SHOWN TEXT("Not given")

enum blank blank_of_text(struct text cell);
/*
 * The cell as readers of tables see it: blank "Not given", a placeholder without letters
 * "Not given (“-”)", as a sign alone is read aloud as nothing, and "n/a" in words.
 */
struct text blank_display(struct arena *arena, struct text cell);
enum blank blank_of(const struct action *action, enum action_field field);
/* The source has the field, and at least one of its actions says something there. */
bool blank_is_judged(const struct dataset *dataset, enum action_field field);
/* Fields that every action of a plan that has them should fill in; the others may be blank by
 * right. */
bool blank_is_expected(enum action_field field);

#endif
