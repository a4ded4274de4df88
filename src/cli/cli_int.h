#ifndef CLI_CLI_INT_H
#define CLI_CLI_INT_H

#include "base/diag.h"
#include "cli/cli.h"
#include "job.h"

#include <getopt.h>

/* A command: argv[0] is its name. Returns the exit status. */
struct command {
    const char *name;
    const char *arguments; /* "JOB [--period P]" */
    const char *summary;   /* one line, for the list */
    const char *help;      /* options and an example */
    enum status (*run)(const struct command *command, int argc, char **argv);
};
extern const struct command commands[];
extern const size_t command_count;

/* One file each. */
enum status cli_check(const struct command *command, int argc, char **argv);
enum status cli_dump(const struct command *command, int argc, char **argv);
enum status cli_explain(const struct command *command, int argc, char **argv);
enum status cli_formats(const struct command *command, int argc, char **argv);
enum status cli_new(const struct command *command, int argc, char **argv);
enum status cli_pack(const struct command *command, int argc, char **argv);
enum status cli_run(const struct command *command, int argc, char **argv);
enum status cli_send(const struct command *command, int argc, char **argv);

struct job;
/* read.c: what became of the rows: a line a source, and one for each file that has more to say. */
void cli_print_read(const struct job *job);
/* slices.c: a line a slice with its rows; what a slice is of may be a person, and is not told. */
void cli_print_slices(const struct job *job);

/* fit.c: which dialects can read the export `path`, and the [source] to begin with. */
void cli_print_fitting(struct diags *diags, struct text path);

/* findings.c: the messages of a job by source, report and severity; all of them as JSON. */
void cli_print_findings(const struct job *job);
void cli_print_findings_json(const struct job *job, enum status status);

/* An option of a command: a flag when `value` is NULL, else the text that follows it. */
struct cli_option {
    const char *name;
    const char **value;
    bool *flag;
};
/*
 * Reads options into their places and exactly `count` other arguments into `arguments`. False when
 * there is nothing more to do: --help was printed (*status is STATUS_OK), or the line cannot be
 * understood (a message was printed, *status is STATUS_CONFIG).
 */
bool cli_options(const struct command *command, int argc, char **argv,
                 const struct cli_option *options, size_t option_count, const char **arguments,
                 size_t count, enum status *status);

/* Prints the messages to `out` and frees the arena; returns `status`. */
enum status cli_finish(struct arena *arena, const struct diags *diags, FILE *out,
                       enum status status);

/* A progress line on stderr: only on a terminal, and only when work takes longer than a second. */
struct cli_progress {
    double started; /* seconds, monotonic */
    bool is_terminal;
    bool shown;
};
struct cli_progress cli_progress_start(void);
void cli_progress_show(void *progress, const char *doing, struct text what);
void cli_progress_end(struct cli_progress *progress);

#endif
