/* table - the table inside a file: which row is its header, and what is none of its rows. */
#include "read/read_int.h"

static bool is_blank(const struct record *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (text_trim(row->fields[i]).len)
            return false;
    return true;
}

bool table_take(void *user, const struct record *row)
{
    struct source *source = user;
    if (source->row_is_hidden)
        return source_count(source, row, source_exclude(source, TEXT(HIDDEN_ROW)));
    if (!source->header.column)
        return is_blank(row) || source_open(source, row);
    if (is_blank(row))
        return source_count(source, row, source_exclude(source, TEXT("every cell is blank")));
    return source_row(source, row);
}

bool table_end(struct source *source)
{
    (void)source;
    return true;
}
