#include "data/target.h"

#include "data/spelling_int.h"
#include "data/value.h"

static const char up_words[] =
    "high|higher|highest|big|bigger|biggest|large|larger|largest|more|"
    "most|increase|increases|increased|increasing|up|upward|upwards|"
    "maximise|maximize|max|maximum|rise|rising|above|over|greater|grow|"
    "growing|positive|↑|▲|⬆";
static const char down_words[] =
    "low|lower|lowest|small|smaller|smallest|less|least|few|fewer|fewest|decrease|decreases|"
    "decreased|decreasing|down|downward|downwards|minimise|minimize|min|minimum|fall|falling|below|"
    "under|reduce|reduced|reducing|reduction|negative|↓|▼|⬇";
static const char bad_words[] = "bad|worse|worst|poor|poorer|adverse";
static const char no_words[] =
    "none|neutral|na|n/a|-|–|not applicable|no polarity|no direction|"
    "contextual|context|context only|monitor|monitoring|monitor only|"
    "monitoring only|for monitoring|information|information only|"
    "for information|tracking|tracking only";

/* One end of a band, with or without its sign: "95%", "£1,000". */
static bool read_end(struct arena *arena, struct text t, struct decimal *out)
{
    struct reading reading = value_read(arena, text_trim(t));
    *out = reading.value.number;
    return reading.flag == READING_OK && reading.value.present && !reading.value.markers;
}

static size_t find_words(struct text t, struct text words)
{
    for (size_t at = 0; at + words.len <= t.len; at++)
        if (text_equal(text_slice(t, at, at + words.len), words))
            return at;
    return t.len;
}

/* "band 18 to 20", "between 18 and 20", "18–20" */
static bool read_band(struct arena *arena, struct text words, struct target *target)
{
    static const struct text between[] = {TEXT_INIT(" to "), TEXT_INIT(" and "), TEXT_INIT("–"),
                                          TEXT_INIT("-")};
    size_t skip = spelling_at_start(words, "band|between|within|range|in the range|from");
    struct text ends = text_trim(text_slice(words, skip, words.len));
    for (size_t i = 0; i < sizeof between / sizeof between[0]; i++) {
        size_t at = find_words(ends, between[i]);
        struct decimal low, high;
        if (at == ends.len || !read_end(arena, text_slice(ends, 0, at), &low) ||
            !read_end(arena, text_slice(ends, at + between[i].len, ends.len), &high) ||
            decimal_compare(low, high) > 0)
            continue;
        target->polarity = POLARITY_BAND;
        target->band_low = low;
        target->band_high = high;
        return true;
    }
    return false;
}

/* The words that say a way: of two ways, or of none, nothing is said. */
static bool read_way(struct text words, enum polarity *out)
{
    bool up = false, down = false, bad = false, denied = false;
    struct text_pieces pieces = text_split(words, ' ');
    for (struct text word; text_next(&pieces, &word);) {
        while (word.len && strchr(",.;:()", word.ptr[word.len - 1]))
            word.len--;
        up = up || is_spelling(word, up_words);
        down = down || is_spelling(word, down_words);
        bad = bad || is_spelling(word, bad_words);
        denied = denied || is_spelling(word, "not|no|neither|nor");
    }
    *out = up != bad ? POLARITY_HIGH : POLARITY_LOW;
    return up != down && !denied;
}

bool polarity_read(struct arena *arena, struct text words, struct target *target)
{
    enum polarity way;
    words = text_lower(arena, text_trim(words));
    if (is_spelling(words, no_words))
        target->polarity = POLARITY_NONE;
    else if (read_way(words, &way))
        target->polarity = way;
    else if (!read_band(arena, words, target))
        return false;
    target->has_polarity = true;
    return true;
}

const char *polarity_words(enum polarity polarity)
{
    static const char *const words[] = {
        [POLARITY_NONE] = "neither high nor low is good",
        [POLARITY_HIGH] = "high is good",
        [POLARITY_LOW] = "low is good",
        [POLARITY_BAND] = "within the band is good",
    };
    return words[polarity];
}

void target_settle(struct target *target)
{
    if (target->has_tolerance)
        return;
    target->tolerance_is_relative = true;
    target->tolerance = decimal_from(TOLERANCE_PERCENT);
}
