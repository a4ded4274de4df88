#include "data/versions_int.h"

#include "data/id.h"
#include "data/wording.h"

static const struct {
    const char *slug, *words;
} kinds[VERSION_KINDS] = {
    [VERSION_ADDED] = {"added", "added"},
    [VERSION_VANISHED] = {"vanished", "no longer there"},
    [VERSION_RENUMBERED] = {"renumbered", "renumbered"},
    [VERSION_TEXT] = {"text-changed", "with changed words"},
    [VERSION_WORDING] = {"spelling-changed", "with changed spelling"},
    [VERSION_MOVED] = {"moved", "with another due date"},
    [VERSION_OWNER] = {"owner-changed", "with owners added or removed"},
    [VERSION_CUT] = {"cut-short", "cut short in one version"},
    [VERSION_STATUS] = {"status-changed", "with another status"},
    [VERSION_EMPTIED] = {"emptied", "with a field emptied"},
    [VERSION_FILLED] = {"filled", "with a field filled in"},
    [VERSION_STALE] = {"update-unchanged", "with the same update as before"},
    [VERSION_UPDATED] = {"updated", "with a new update"},
    [VERSION_UNCHANGED] = {"unchanged", "unchanged"},
    [VERSION_MATCHED] = {"matched", "in both versions"},
};

const char *version_slug(enum version_kind kind)
{
    return kinds[kind].slug;
}

const char *version_words(enum version_kind kind)
{
    return kinds[kind].words;
}

/* ---- which action is which ---- */

/* What an action is known by: its ID, and what it says will be done. */
struct keys {
    struct text id;
    struct text words;
};

/* One version while it is matched. */
struct side {
    const struct dataset *dataset;
    struct keys *keys;
    size_t *partner; /* in the other version; NO_PARTNER */
};
#define NO_PARTNER SIZE_MAX

static struct text words_key(struct arena *arena, const struct action *action)
{
    bool has_title = action->field[ACTION_TITLE].len > 0;
    struct words words =
        words_of(arena, action->field[has_title ? ACTION_TITLE : ACTION_OBJECTIVE]);
    return words_joined(arena, &words);
}

static struct side side_of(struct arena *arena, const struct dataset *dataset)
{
    struct side side = {
        .dataset = dataset,
        .keys = arena_calloc(arena, dataset->action_count + 1, sizeof *side.keys),
        .partner = arena_calloc(arena, dataset->action_count + 1, sizeof *side.partner),
    };
    for (size_t i = 0; i < dataset->action_count; i++) {
        side.partner[i] = NO_PARTNER;
        side.keys[i].id = id_key(arena, dataset->actions[i].field[ACTION_ID]);
        side.keys[i].words = words_key(arena, &dataset->actions[i]);
    }
    return side;
}

enum match { MATCH_BOTH, MATCH_WORDS, MATCH_ID };

static struct text key_for(struct arena *arena, const struct keys *keys, enum match match)
{
    if (match == MATCH_WORDS)
        return keys->words;
    if (match == MATCH_ID || !keys->id.len || !keys->words.len)
        return match == MATCH_ID ? keys->id : TEXT_EMPTY;
    return text_format(arena, "%.*s\n%.*s", TEXT_ARG(keys->id), TEXT_ARG(keys->words));
}

/* Which action of the side, not matched yet, has the key alone; two that share one have none. */
static struct map index_of(struct arena *arena, const struct side *side, enum match match)
{
    struct map map = {.arena = arena};
    for (size_t i = 0; i < side->dataset->action_count; i++) {
        struct text key = key_for(arena, &side->keys[i], match);
        if (!key.len || side->partner[i] != NO_PARTNER)
            continue;
        if (map_find(&map, key, NO_PARTNER - 1) == NO_PARTNER - 1)
            map_add(&map, key, i);
        else
            map_set(&map, key, NO_PARTNER);
    }
    return map;
}

static void match(struct arena *arena, struct side *before, struct side *now, enum match match)
{
    struct map old = index_of(arena, before, match), new = index_of(arena, now, match);
    for (size_t i = 0; i < now->dataset->action_count; i++) {
        struct text key = key_for(arena, &now->keys[i], match);
        if (!key.len || map_find(&new, key, NO_PARTNER) != i)
            continue;
        size_t partner = map_find(&old, key, NO_PARTNER);
        if (partner == NO_PARTNER)
            continue;
        now->partner[i] = partner;
        before->partner[partner] = i;
    }
}

/* ---- what changed ---- */

void versions_mark(struct versions *versions, enum version_kind kind, const struct action *now)
{
    const struct dataset *of = kind == VERSION_VANISHED ? versions->before : versions->now;
    bool *is_of = &versions->is_of[kind][now - of->actions];
    versions->counts[kind] += !*is_of;
    *is_of = true;
}

void versions_add(struct arena *arena, struct versions *versions, struct version_item item)
{
    versions->items = arena_grow(arena, versions->items, versions->count, &versions->capacity,
                                 sizeof *versions->items);
    versions->items[versions->count++] = item;
    versions_mark(versions, item.kind, item.now ? item.now : item.before);
}

static void add_whole(struct arena *arena, struct versions *versions, const struct action *before,
                      const struct action *now)
{
    versions_add(arena, versions,
                 (struct version_item){
                     .kind = now ? VERSION_ADDED : VERSION_VANISHED,
                     .field = ACTION_TITLE,
                     .before = before,
                     .now = now,
                     .what = now ? TEXT("Added") : TEXT("No longer there"),
                     .was = now ? TEXT("Not in the plan") : TEXT("In the plan"),
                     .is = now ? TEXT("In the plan") : TEXT("Not in the plan"),
                 });
}

static void compare_action(struct arena *arena, struct versions *versions,
                           const struct action *before, const struct action *now)
{
    size_t rows = versions->count;
    bool is_same = true;
    versions_mark(versions, VERSION_MATCHED, now);
    versions->by_id += id_same(arena, before->field[ACTION_ID], now->field[ACTION_ID]) &&
                       now->field[ACTION_ID].len;
    versions_compare(arena, versions, before, now);
    for (; rows < versions->count; rows++)
        is_same = is_same && versions->items[rows].kind == VERSION_STALE;
    if (is_same)
        versions_mark(versions, VERSION_UNCHANGED, now);
}

static void add_not_compared(struct arena *arena, struct versions *versions, struct text header,
                             const char *when)
{
    texts_add(arena, &versions->not_compared,
              text_format(arena, "%.*s (%s)", TEXT_ARG(header), when));
}

/* Further columns are the same when their names are. */
static void pair_further(struct arena *arena, struct versions *versions)
{
    const struct texts *old = &versions->before->further_headers;
    const struct texts *new = &versions->now->further_headers;
    bool *is_paired = arena_calloc(arena, old->count + 1, sizeof *is_paired);
    versions->further = arena_calloc(arena, new->count + 1, sizeof *versions->further);
    for (size_t n = 0; n < new->count; n++) {
        size_t o = 0;
        while (o < old->count && (is_paired[o] || !text_same_name(old->items[o], new->items[n])))
            o++;
        versions->further[n] = o < old->count ? (enum action_field)(ACTION_FIELDS + o) : ACTION_ID;
        is_paired[o] = true;
        if (o == old->count)
            add_not_compared(arena, versions, new->items[n], "now");
    }
    for (size_t o = 0; o < old->count; o++)
        if (!is_paired[o])
            add_not_compared(arena, versions, old->items[o], "before");
}

static void list_columns(struct arena *arena, struct versions *versions)
{
    for (int f = 0; f < ACTION_FIELDS; f++) {
        struct text old = versions->before->action_headers[f];
        struct text new = versions->now->action_headers[f];
        if (!old.len != !new.len)
            add_not_compared(arena, versions, new.len ? new : old, new.len ? "now" : "before");
    }
}

const struct versions *versions_make(struct arena *arena, const struct dataset *before,
                                     const struct dataset *now)
{
    struct versions *versions = arena_alloc(arena, sizeof *versions);
    struct side old = side_of(arena, before), new = side_of(arena, now);
    *versions = (struct versions){.before = before, .now = now};
    for (int k = 0; k < VERSION_KINDS; k++)
        versions->is_of[k] = arena_calloc(
            arena, (k == VERSION_VANISHED ? before : now)->action_count + 1, sizeof(bool));
    for (int m = MATCH_BOTH; m <= MATCH_ID; m++)
        match(arena, &old, &new, (enum match)m);
    list_columns(arena, versions);
    pair_further(arena, versions);
    for (size_t i = 0; i < now->action_count; i++)
        if (new.partner[i] == NO_PARTNER)
            add_whole(arena, versions, NULL, &now->actions[i]);
        else
            compare_action(arena, versions, &before->actions[new.partner[i]], &now->actions[i]);
    for (size_t i = 0; i < before->action_count; i++)
        if (old.partner[i] == NO_PARTNER)
            add_whole(arena, versions, &before->actions[i], NULL);
    return versions;
}

bool versions_know(const struct versions *versions, enum version_kind kind)
{
    static const struct {
        enum version_kind kind;
        enum action_field field;
    } rests_on[] = {{VERSION_MOVED, ACTION_DUE},
                    {VERSION_STATUS, ACTION_STATUS},
                    {VERSION_STALE, ACTION_PROGRESS},
                    {VERSION_UPDATED, ACTION_PROGRESS}};
    for (size_t i = 0; i < sizeof rests_on / sizeof rests_on[0]; i++)
        if (rests_on[i].kind == kind)
            return versions->before->action_headers[rests_on[i].field].len &&
                   versions->now->action_headers[rests_on[i].field].len;
    return true;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

struct text versions_sentence(struct arena *arena, const struct versions *versions)
{
    struct buffer out = {.arena = arena};
    size_t matched = versions->counts[VERSION_MATCHED], all = versions->now->action_count;
    buffer_format(&out, "%zu action%s now, %zu before: %zu matched by ID, %zu by words alone", all,
                  plural(all), versions->before->action_count, versions->by_id,
                  matched - versions->by_id);
    for (int k = 0; k <= VERSION_UNCHANGED; k++)
        if (versions_know(versions, (enum version_kind)k) &&
            (versions->counts[k] || k <= VERSION_VANISHED || k == VERSION_UNCHANGED))
            buffer_format(&out, ", %zu %s", versions->counts[k], kinds[k].words);
    return buffer_text(&out);
}
