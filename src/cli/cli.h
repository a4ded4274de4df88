/* cli - the command line: one file a command, one table of commands. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Runs the command that argv[1] names; returns the exit status of the program. */
int cli_main(int argc, char **argv);

#endif
