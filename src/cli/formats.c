#include "cli/cli_int.h"

#include "base/file.h"
#include "base/utf8.h"
#include "read/read.h"

#include <string.h>

enum { WIDTH = 80 };

/* Writes words below each other so that no line is wider than a terminal. */
struct wrapped {
    size_t indent;
    size_t at; /* columns of the line so far */
};

static void wrap_word(struct wrapped *line, struct text word, const char *behind)
{
    size_t width = utf8_count(word) + strlen(behind);
    if (line->at > line->indent && line->at + 1 + width > WIDTH) {
        printf("\n%*s", (int)line->indent, "");
        line->at = line->indent;
    } else if (line->at > line->indent) {
        putchar(' ');
        line->at++;
    }
    printf("%.*s%s", TEXT_ARG(word), behind);
    line->at += width;
}

static void wrap_words(struct wrapped *line, struct text words)
{
    struct text_pieces pieces = text_split(words, ' ');
    for (struct text word; text_next(&pieces, &word);)
        if (word.len)
            wrap_word(line, word, "");
}

/* "  NAME, required", and what it means behind it or, when the name is long, below it. */
static struct wrapped begin_entry(struct text name, const char *behind)
{
    struct wrapped line = {.indent = 26, .at = 2 + utf8_count(name) + strlen(behind)};
    printf("  %.*s%s", TEXT_ARG(name), behind);
    if (line.at + 2 > line.indent) {
        putchar('\n');
        line.at = 0;
    }
    printf("%*s", (int)(line.indent - line.at), "");
    line.at = line.indent;
    return line;
}

static void print_column(const struct dialect_column *column)
{
    struct wrapped line = begin_entry(text_from(column->name), column->required ? " (needed)" : "");
    wrap_words(&line, text_from(column->meaning));
    if (column->synonyms) {
        struct text_pieces pieces = text_split(text_from(column->synonyms), '|');
        printf("\n%*s", (int)line.indent, "");
        line.at = line.indent;
        wrap_words(&line, TEXT("also:"));
        for (struct text piece; text_next(&pieces, &piece);)
            wrap_word(&line, piece, pieces.done ? "" : ",");
    }
    putchar('\n');
}

static void print_keys(const char *title, struct texts keys)
{
    struct wrapped line = begin_entry(text_from(title), "");
    for (size_t i = 0; i < keys.count; i++)
        wrap_word(&line, keys.items[i], i + 1 < keys.count ? "," : "");
    putchar('\n');
}

static void print_dialect(struct arena *arena, const struct dialect *dialect)
{
    struct wrapped line = {.indent = 4, .at = strlen(dialect->name) + 2};
    printf("%s -", dialect->name);
    wrap_words(&line, text_from(dialect->summary));
    putchar('\n');
    for (size_t i = 0; i < dialect->column_count && !dialect_takes_any(dialect); i++)
        print_column(&dialect->columns[i]);
    print_keys("keys besides", dialect_keys(arena, dialect));
}

static void print_all(struct arena *arena)
{
    for (size_t i = 0; i < dialect_count; i++) {
        print_dialect(arena, dialects[i]);
        putchar('\n');
    }
    puts(
        "Column names are compared without case, spaces and punctuation; one that ends\n"
        "with * stands for all that begin so. A job file can name another column:\n"
        "`measure = Performance Measure` in its [source], or `unit column = Scale` where\n"
        "the plain name is a key of its own.\n"
        "All dialects have these keys, too:");
    print_keys("", dialect_common_keys(arena));
}

static const struct dialect *find_dialect(struct diags *diags, struct text name)
{
    struct texts names = {0};
    for (size_t i = 0; i < dialect_count; i++) {
        if (text_same_name(name, text_from(dialects[i]->name)))
            return dialects[i];
        texts_add(diags->arena, &names, text_from(dialects[i]->name));
    }
    struct text nearest = texts_nearest(&names, name);
    diag(diags, DIAG_USAGE, PLACE_NONE,
         "'%.*s' is neither a file nor a dialect: expected %.*s%s%.*s%s",
         TEXT_ARG(text_quote(diags->arena, name)),
         TEXT_ARG(texts_join(diags->arena, &names, TEXT(", "))),
         nearest.len ? "; did you mean '" : "", TEXT_ARG(nearest), nearest.len ? "'?" : "");
    return NULL;
}

enum status cli_formats(const struct command *command, int argc, char **argv)
{
    const char *name = NULL;
    enum status status;
    bool one = argc > 1 && argv[1][0] != '-';
    if (!cli_options(command, argc, argv, NULL, 0, &name, one ? 1 : 0, &status))
        return status;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    if (one && file_exists(text_from(name))) {
        cli_print_fitting(&diags, text_from(name));
        return cli_finish(arena, &diags, stderr, diags_status(&diags));
    }
    const struct dialect *dialect = one ? find_dialect(&diags, text_from(name)) : NULL;
    if (dialect)
        print_dialect(arena, dialect);
    else if (!one)
        print_all(arena);
    return cli_finish(arena, &diags, stderr, diags_status(&diags));
}
