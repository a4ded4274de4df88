/* The exit statuses of the program; the man page lists them for its users. */
#ifndef BASE_EXIT_H
#define BASE_EXIT_H

enum status {
    STATUS_OK = 0,       /* done, or nothing had changed */
    STATUS_FINDINGS = 1, /* `check` found something */
    STATUS_CONFIG = 2,   /* usage, job file, template */
    STATUS_INPUT = 3,    /* an export was refused */
    STATUS_OUTPUT = 4,   /* disk, permissions */
    STATUS_INTERNAL = 5, /* a self-check failed: nothing was published */
    STATUS_MAIL = 6,     /* a message was not sent, or it is not known whether it was */
    STATUS_BUSY = 75,    /* another run holds the lock */
    STATUS_SIGNAL = 143, /* stopped by SIGTERM, SIGINT or SIGHUP */
};

#endif
