#include "cli/cli_int.h"

#include "version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const struct command commands[] = {
    {"new", "DIR", "make a job to start from",
     "Makes the folder DIR with a commented job.ini, a template and sample exports. DIR must not\n"
     "exist yet.\n"
     "\n"
     "  --template NAME  start from the sample job of a report that panelpack comes with, and "
     "copy\n"
     "                   its template into DIR/templates to change\n"
     "\n"
     "Example:\n"
     "  panelpack new input/my-first-job --template csp-annual-review\n",
     cli_new},
    {"check", "JOB", "read everything, run every check, write nothing",
     "Prints what was read of each source, and every finding by source, report and severity, on\n"
     "standard output.\n"
     "\n"
     "  --period P    another period than the job file's\n"
     "  --only REPORT check one report\n"
     "  --json        for programs\n"
     "\n"
     "Exit status: 0 nothing found, 1 warnings only, 2 or 3 errors.\n"
     "\n"
     "Example:\n"
     "  panelpack check input/harborough-2021-22\n",
     cli_check},
    {"run", "JOB", "make the job's reports and publish them all at once",
     "Reads the exports, works out the figures, writes each report as .xlsx and .pdf, verifies\n"
     "them and puts them into OUTPUT/JOB/PERIOD together. When anything is wrong nothing is\n"
     "published and the last good outputs stay.\n"
     "\n"
     "  --period P    another period than the job file's\n"
     "  --only REPORT make one report, in OUTPUT/JOB/PERIOD-only-REPORT\n"
     "  --strict      warnings stop publishing too\n"
     "  --output DIR  put outputs below DIR instead of output/\n"
     "  --dry-run     do everything but publish\n"
     "  --same-input-ok\n"
     "                take exports that another period was made from, with a warning\n"
     "\n"
     "Example:\n"
     "  panelpack run input/harborough-2021-22\n",
     cli_run},
    {"pack", "AGENDA.ini", "make an agenda pack",
     "Joins a front sheet, the reports of jobs and other people's PDFs into one PDF with one page\n"
     "sequence, and puts it into OUTPUT/FOLDER/pack/public.pdf. Papers of exempt items stand in\n"
     "OUTPUT/FOLDER/restricted/restricted.pdf alone.\n"
     "\n"
     "  --output DIR  put outputs below DIR instead of output/\n"
     "\n"
     "Example:\n"
     "  panelpack pack input/scrutiny-2022-06-30/agenda.ini\n",
     cli_pack},
    {"send", "OUTPUT_DIR", "email what a run made, never the same thing twice",
     "Sends the workbooks of a published run to the recipients that the job names. A ledger "
     "beside\n"
     "the outputs records each message, so that running it again sends only what is missing.\n"
     "\n"
     "  --dry-run     write the messages as .eml files instead of sending them\n"
     "  --confirm     also send again where it is not known whether a message arrived\n"
     "\n"
     "Example:\n"
     "  panelpack send output/harborough-2021-22/2021-22 --dry-run\n",
     cli_send},
    {"dump", "JOB --stage=STAGE", "print what a job holds at one stage",
     "  --stage=dataset   the figures and actions as they were read\n"
     "  --stage=facts     every fact that a template can call on, with its value\n"
     "  --stage=document  the reports before they are drawn\n"
     "  --period P        another period than the job file's\n"
     "  --only REPORT     one report\n"
     "\n"
     "Example:\n"
     "  panelpack dump input/harborough-2021-22 --stage=facts\n",
     cli_dump},
    {"explain", "JOB FACT", "say where a fact comes from",
     "Prints the formula with its numbers, what can be told of a change and why, each figure "
     "behind\n"
     "it with its place, and the rules that applied.\n"
     "\n"
     "  --period P    another period than the job file's\n"
     "  --json        for programs\n"
     "\n"
     "Example:\n"
     "  panelpack explain input/harborough-2021-22 crime.total.change\n",
     cli_explain},
    {"formats", "[DIALECT | FILE]", "list the exports that can be read, with their columns",
     "Of an export, says which dialects can read it and with which [source] to begin, or what "
     "stands\n"
     "against it.\n"
     "\n"
     "Example:\n"
     "  panelpack formats fingertips\n"
     "  panelpack formats my-job/exports/crime.csv\n",
     cli_formats},
};
const size_t command_count = sizeof commands / sizeof commands[0];

static void print_help(FILE *out)
{
    fputs(
        "usage: panelpack COMMAND [ARGUMENTS]\n"
        "\n"
        "Turns exported spreadsheets into checked figures, workbooks, reports and agenda packs.\n"
        "\n",
        out);
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "  %-8s %-20s %s\n", commands[i].name, commands[i].arguments,
                commands[i].summary);
    fputs(
        "\n"
        "  panelpack COMMAND --help   options and an example\n"
        "  panelpack --version        versions of the program and its libraries\n"
        "\n"
        "Example:\n"
        "  panelpack run input/harborough-2021-22\n",
        out);
}

static void print_command_help(const struct command *command, FILE *out)
{
    fprintf(out, "usage: panelpack %s%s%s\n\n%s", command->name, *command->arguments ? " " : "",
            command->arguments, command->help);
}

static void print_version(void)
{
    struct arena *arena = arena_new();
    struct texts libraries = version_libraries(arena);
    puts("panelpack " PANELPACK_VERSION);
    for (size_t i = 0; i < libraries.count; i++)
        printf("  %.*s\n", TEXT_ARG(libraries.items[i]));
    arena_free(arena);
}

static int unknown_command(const char *name)
{
    struct arena *arena = arena_new();
    struct texts names = {0};
    for (size_t i = 0; i < command_count; i++)
        texts_add(arena, &names, text_from(commands[i].name));
    struct text nearest = texts_nearest(&names, text_from(name));
    struct text quoted = text_quote(arena, text_from(name));
    fprintf(stderr, "panelpack: error: there is no command '%.*s'", TEXT_ARG(quoted));
    if (nearest.len)
        fprintf(stderr, "; did you mean '%.*s'?", TEXT_ARG(nearest));
    fputs(" [usage]\n", stderr);
    arena_free(arena);
    return STATUS_CONFIG;
}

int cli_main(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return STATUS_CONFIG;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return STATUS_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        print_version();
        return STATUS_OK;
    }
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return (int)commands[i].run(&commands[i], argc - 1, argv + 1);
    return unknown_command(argv[1]);
}

static bool usage_error(const struct command *command, enum status *status)
{
    fprintf(stderr, "usage: panelpack %s %s (see panelpack %s --help)\n", command->name,
            command->arguments, command->name);
    *status = STATUS_CONFIG;
    return false;
}

/* What getopt could not take: an option that there is not, or one without its value. */
static void tell_option(const char *written, bool needs_value, const struct cli_option *options,
                        size_t count)
{
    struct arena *arena = arena_new();
    struct texts names = {0};
    struct text name = text_from(written);
    name = text_slice(name, 0, text_find(name, '=', 0));
    for (size_t i = 0; i < count; i++)
        texts_add(arena, &names, text_format(arena, "--%s", options[i].name));
    struct text nearest = texts_nearest(&names, name);
    struct text quoted = text_quote(arena, name);
    if (needs_value)
        fprintf(stderr, "panelpack: error: '%.*s' needs a value [usage]\n", TEXT_ARG(quoted));
    else if (texts_find(&names, name) < names.count)
        fprintf(stderr, "panelpack: error: '%.*s' takes no value [usage]\n", TEXT_ARG(quoted));
    else
        fprintf(stderr, "panelpack: error: there is no option '%.*s'%s%.*s%s [usage]\n",
                TEXT_ARG(quoted), nearest.len ? "; did you mean '" : "", TEXT_ARG(nearest),
                nearest.len ? "'?" : "");
    arena_free(arena);
}

/* getopt's own table; its val is the option's number + 1, and --help comes last. */
static struct option *long_options(const struct cli_option *options, size_t count)
{
    struct option *out = calloc(count + 2, sizeof *out);
    if (!out)
        arena_out_of_memory(sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = (struct option){
            options[i].name, options[i].value ? required_argument : no_argument, NULL, (int)i + 1};
    out[count] = (struct option){"help", no_argument, NULL, (int)count + 1};
    return out;
}

bool cli_options(const struct command *command, int argc, char **argv,
                 const struct cli_option *options, size_t option_count, const char **arguments,
                 size_t count, enum status *status)
{
    struct option *table = long_options(options, option_count);
    bool ok = true, help = false;
    optind = 1;
    opterr = 0;
    for (int found; ok && (found = getopt_long(argc, argv, ":", table, NULL)) != -1;) {
        if (found == '?' || found == ':') {
            tell_option(argv[optind - 1], found == ':', options, option_count);
            ok = false;
        } else if ((size_t)found == option_count + 1)
            help = true;
        else if (options[found - 1].value)
            *options[found - 1].value = optarg;
        else
            *options[found - 1].flag = true;
    }
    free(table);
    if (!ok)
        return usage_error(command, status);
    if (help) {
        print_command_help(command, stdout);
        *status = STATUS_OK;
        return false;
    }
    if ((size_t)(argc - optind) != count)
        return usage_error(command, status);
    for (size_t i = 0; i < count; i++)
        arguments[i] = argv[optind + (int)i];
    return true;
}

enum status cli_finish(struct arena *arena, const struct diags *diags, FILE *out,
                       enum status status)
{
    bool colour = isatty(fileno(out)) && !getenv("NO_COLOR");
    diags_print(diags, out, LEVEL_WARNING, colour);
    arena_free(arena);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("panelpack: error: cannot write to standard output [write]\n", stderr);
        return status == STATUS_OK ? STATUS_OUTPUT : status;
    }
    return status;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct cli_progress cli_progress_start(void)
{
    return (struct cli_progress){.started = now(), .is_terminal = isatty(STDERR_FILENO)};
}

void cli_progress_show(void *context, const char *doing, struct text what)
{
    struct cli_progress *progress = context;
    if (!progress->is_terminal || now() - progress->started < 1)
        return;
    fprintf(stderr, "\r%s %.*s…\033[K", doing, TEXT_ARG(what));
    progress->shown = true;
}

void cli_progress_end(struct cli_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
}
