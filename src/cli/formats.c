#include "cli/cli_int.h"

#include "read/read.h"

static void print_dialect(const struct dialect *dialect)
{
    printf("%s - %s\n", dialect->name, dialect->summary);
    for (size_t i = 0; i < dialect->column_count; i++) {
        const struct dialect_column *column = &dialect->columns[i];
        printf("  %-22s %-9s %s\n", column->name, column->required ? "required" : "",
               column->meaning);
        if (!column->synonyms)
            continue;
        fputs("                                   also: ", stdout);
        struct text_pieces pieces = text_split(text_from(column->synonyms), '|');
        const char *comma = "";
        for (struct text piece; text_next(&pieces, &piece); comma = ", ")
            printf("%s%.*s", comma, TEXT_ARG(piece));
        putchar('\n');
    }
    putchar('\n');
}

enum status cli_formats(const struct command *command, int argc, char **argv)
{
    enum status status;
    if (!cli_options(command, argc, argv, NULL, 0, NULL, 0, &status))
        return status;
    puts(
        "Column names are compared without case, spaces and punctuation. A job file can name\n"
        "another column: `measure = Performance Measure` in the [source] section.\n");
    for (size_t i = 0; i < dialect_count; i++)
        print_dialect(&dialects[i]);
    struct arena *arena = arena_new();
    const struct diags diags = diags_new(arena);
    return cli_finish(arena, &diags, stderr, STATUS_OK);
}
