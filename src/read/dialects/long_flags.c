/* long_flags - signs beside a publisher's figures, and what they mean. */
#include "read/dialects/long_int.h"

#include "base/file.h"
#include "base/utf8.h"

struct flags_reader {
    struct source *source;
    struct long_flags *flags;
};

static bool take_row(void *user, const struct record *row)
{
    struct flags_reader *reader = user;
    struct source *source = reader->source;
    source->account->is_lookup = true;
    if (!reader->flags->has_header) {
        reader->flags->has_header = true;
        if (row->count == 2)
            return true;
        diag(source->diags, DIAG_FORMAT, source_place(source, row, NO_COLUMN),
             "a list of flags has two columns, the flag and what it means: found %zu", row->count);
        return false;
    }
    source->account->read++;
    struct text sign = row->count ? text_trim(row->fields[0]) : TEXT_EMPTY;
    struct text meaning = row->count == 2 ? text_trim(row->fields[1]) : TEXT_EMPTY;
    if (!sign.len || !meaning.len) {
        source->account->rejected++;
        diag(source->diags, DIAG_MISSING_VALUE, source_place(source, row, NO_COLUMN),
             "a row of a list of flags has the flag and what it means");
        return true;
    }
    source->account->used++;
    texts_add(source->arena, &reader->flags->signs, text_copy(source->arena, sign));
    texts_add(source->arena, &reader->flags->meanings, text_copy(source->arena, meaning));
    return true;
}

bool long_flags_read(struct source *source, struct long_flags *out)
{
    const struct ini_entry *entry = ini_entry(source->section, "flags");
    *out = (struct long_flags){.is_given = entry != NULL};
    if (!entry)
        return true;
    struct flags_reader reader = {source, out};
    struct text path =
        path_tidy(source->arena, path_join(source->arena, source->folder, entry->typed));
    size_t errors = diags_count(source->diags, LEVEL_ERROR);
    return export_read(source, path, entry->value_place, take_row, &reader) &&
           diags_count(source->diags, LEVEL_ERROR) == errors;
}

static void add_meaning(struct source *source, struct text meaning, struct text *note)
{
    *note = note->len ? text_format(source->arena, "%.*s; %.*s", TEXT_ARG(*note), TEXT_ARG(meaning))
                      : meaning;
}

/* All of the cell is one flag, or each of its signs is: "~", "~$", "~ $". */
bool long_flags_add(struct source *source, const struct long_flags *flags, struct place place,
                    struct text cell, struct text *note)
{
    size_t whole = texts_find(&flags->signs, cell);
    if (whole < flags->signs.count) {
        add_meaning(source, flags->meanings.items[whole], note);
        return true;
    }
    for (size_t at = 0; at < cell.len;) {
        size_t from = at;
        utf8_next(cell, &at);
        struct text sign = text_slice(cell, from, at);
        size_t found = texts_find(&flags->signs, sign);
        if (found < flags->signs.count) {
            add_meaning(source, flags->meanings.items[found], note);
        } else if (!text_equal(sign, TEXT(" ")) && !text_equal(sign, TEXT(","))) {
            diag(source->diags, DIAG_BAD_VALUE, place,
                 "a flag that the list of 'flags' does not explain: add a row for it there");
            return false;
        }
    }
    return true;
}
