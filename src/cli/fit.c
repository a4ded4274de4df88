/* fit - an export held against every dialect: which of them can read it, and what to write. */
#include "cli/cli_int.h"

#include "base/file.h"
#include "read/read.h"

/* What reading the export as one dialect came to. */
struct attempt {
    const struct dialect *dialect;
    const struct dataset *dataset;
    struct diags diags;
};

static void add_entry(struct arena *arena, struct ini_section *section, const char *key,
                      struct text value)
{
    section->entries = arena_grow(arena, section->entries, section->count, &section->capacity,
                                  sizeof *section->entries);
    section->entries[section->count++] = (struct ini_entry){.key = text_from(key),
                                                            .value = value,
                                                            .typed = value,
                                                            .place = PLACE_NONE,
                                                            .value_place = PLACE_NONE};
}

/* As a job would that says no more than the file and the dialect. */
static struct attempt try_dialect(struct arena *arena, const struct dialect *dialect,
                                  struct text path, struct text name)
{
    struct ini_section *section = arena_calloc(arena, 1, sizeof *section);
    *section = (struct ini_section){.title = text_concat(arena, TEXT("source "), name),
                                    .kind = TEXT("source"),
                                    .name = name,
                                    .place = PLACE_NONE};
    struct ini *job = arena_calloc(arena, 1, sizeof *job);
    *job = (struct ini){.file = TEXT("job.ini"), .sections = section, .count = 1};
    struct attempt attempt = {.dialect = dialect, .diags = diags_new(arena)};
    add_entry(arena, section, "files", path_name(path));
    add_entry(arena, section, "dialect", text_from(dialect->name));
    /* for columns that say "this period"; which one is the job's to say */
    struct period period = period_read(arena, TEXT("2021/22"));
    attempt.dataset = read_source(arena, &attempt.diags, job, section, path_folder(path), period);
    return attempt;
}

static size_t rows_of(const struct attempt *attempt)
{
    const struct account *account = &attempt->dataset->account;
    return account->count ? account->files[0].used : 0;
}

/* An indicator without a figure is a row of words: such an export is a register. */
static bool has_content(const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->figure_count; i++)
        if (dataset_figure_at(dataset, i).value.present)
            return true;
    return dataset->action_count > 0;
}

static bool fits(const struct attempt *attempt)
{
    return diags_ok(&attempt->diags) && has_content(attempt->dataset);
}

/* All columns that it needs are there, and something else than empty columns stands against it. */
static bool nearly_fits(const struct attempt *attempt)
{
    const struct account *account = &attempt->dataset->account;
    if (diags_ok(&attempt->diags) || !account->count || !account->files[0].header_line)
        return false;
    if (rows_of(attempt) && !has_content(attempt->dataset))
        return false;
    for (size_t i = 0; i < attempt->diags.count; i++) {
        const struct diag *told = &attempt->diags.items[i];
        if (told->kind == DIAG_MISSING_COLUMN && !told->place.column)
            return false;
    }
    return true;
}

static void print_section(const struct attempt *attempt, struct text path)
{
    printf("\n[source %.*s]\nfiles   = exports/%.*s\ndialect = %s\n",
           TEXT_ARG(attempt->dataset->name), TEXT_ARG(path_name(path)), attempt->dialect->name);
}

/* "wide: a row a measure, a column a period" */
static void print_dialect(const char *verdict, const struct dialect *dialect)
{
    struct text summary = text_from(dialect->summary);
    printf("%s %s: %.*s", verdict, dialect->name,
           TEXT_ARG(text_slice(summary, 0, text_find(summary, ':', 0))));
}

/* The first errors, and how many more there are. */
static void print_errors(const struct attempt *attempt)
{
    enum { SHOWN = 3 };
    const struct diags *diags = &attempt->diags;
    size_t errors = diags_count(diags, LEVEL_ERROR), shown = 0;
    print_dialect("not yet", attempt->dialect);
    putchar('\n');
    for (size_t i = 0; i < diags->count && shown < SHOWN; i++)
        if (diag_level(diags->items[i].kind) == LEVEL_ERROR) {
            shown++;
            printf("  %.*s%s%.*s\n", TEXT_ARG(place_text(diags->arena, diags->items[i].place)),
                   diags->items[i].place.file.len ? ": " : "", TEXT_ARG(diags->items[i].message));
        }
    if (errors > shown)
        printf("  … and %zu more\n", errors - shown);
}

static void print_fit(const struct attempt *attempt)
{
    size_t rows = rows_of(attempt);
    print_dialect("fits", attempt->dialect);
    printf("; %zu row%s%s\n", rows, rows == 1 ? "" : "s",
           attempt->dataset->period_given ? ", for the job's period" : "");
}

/* The first that fits; a register takes anything, and so gives way to one that nearly fits. */
static const struct attempt *best_of(const struct attempt *attempts)
{
    for (size_t i = 0; i < dialect_count; i++)
        if (fits(&attempts[i]) && !dialect_takes_any(attempts[i].dialect))
            return &attempts[i];
    for (size_t i = 0; i < dialect_count; i++)
        if (nearly_fits(&attempts[i]))
            return &attempts[i];
    return &attempts[dialect_count - 1];
}

static void print_attempts(const struct attempt *attempts, struct text path)
{
    for (size_t i = 0; i < dialect_count; i++)
        if (fits(&attempts[i]))
            print_fit(&attempts[i]);
    for (size_t i = 0; i < dialect_count; i++)
        if (nearly_fits(&attempts[i]))
            print_errors(&attempts[i]);
    print_section(best_of(attempts), path);
}

static bool can_be_read(const struct attempt *attempts)
{
    for (size_t i = 0; i < dialect_count; i++)
        if (fits(&attempts[i]) || nearly_fits(&attempts[i]))
            return true;
    return false;
}

void cli_print_fitting(struct diags *diags, struct text path)
{
    struct arena *arena = diags->arena;
    struct attempt *attempts = arena_calloc(arena, dialect_count, sizeof *attempts);
    struct text file = path_name(path);
    struct text name = text_slug(arena, text_slice(file, 0, text_find(file, '.', 1)));
    for (size_t i = 0; i < dialect_count; i++)
        attempts[i] = try_dialect(arena, dialects[i], path, name);
    if (can_be_read(attempts))
        print_attempts(attempts, path);
    else /* no spreadsheet, or an empty one: each of them says so */
        *diags = attempts[dialect_count - 1].diags;
}
