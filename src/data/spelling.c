#include "data/spelling_int.h"

#include <string.h>

static bool begins_with(struct text t, struct text spelling)
{
    if (t.len < spelling.len)
        return false;
    for (size_t i = 0; i < spelling.len; i++) {
        char c = t.ptr[i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != spelling.ptr[i])
            return false;
    }
    return !is_letter(spelling.ptr[spelling.len - 1]) || !is_letter(char_at(t, spelling.len));
}

static struct text next_spelling(const char **spellings)
{
    struct text spelling = {*spellings, strcspn(*spellings, "|")};
    *spellings += spelling.len;
    if (**spellings)
        ++*spellings;
    return spelling;
}

size_t spelling_at_start(struct text t, const char *spellings)
{
    size_t longest = 0;
    while (*spellings) {
        struct text spelling = next_spelling(&spellings);
        if (spelling.len > longest && begins_with(t, spelling))
            longest = spelling.len;
    }
    return longest;
}

size_t spelling_at_end(struct text t, const char *spellings)
{
    size_t longest = 0;
    while (*spellings) {
        struct text spelling = next_spelling(&spellings);
        if (spelling.len > longest && text_ends(t, spelling))
            longest = spelling.len;
    }
    return longest;
}

bool is_spelling(struct text t, const char *spellings)
{
    return t.len && spelling_at_start(t, spellings) == t.len;
}
