/*
 * mail - sends what a run made, each recipient a message of their own, nothing twice.
 *
 * A ledger file remembers each (reports, period, contents, recipient). `intent` is on the disk
 * before the server hears of the message, and the outcome after its reply. A message whose fate is
 * not known (connection lost after the last byte, this process killed) is never sent again unless
 * a person says so (reliability: P8, P9, T13 to T15).
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "base/diag.h"
#include "base/ini.h"
#include "data/slice.h"

#include <stdint.h>

/* From [smtp]. */
struct mail_server {
    struct text url; /* smtp://host:port or smtps://host:port */
    bool starttls;   /* required before anything else is said; needless with smtps */
    struct text from;
    struct text from_name; /* may be empty */
    struct text user;      /* may be empty: no login */
    struct text password_file;
    struct text ca_file;      /* may be empty: the system's */
    unsigned timeout_seconds; /* for each reply */
    struct place place;
};

/* One [email NAME]. */
struct mail_letter {
    struct text name;
    struct text recipients_file; /* as written, relative to the job folder */
    struct place recipients_place;
    struct texts workbooks; /* report names */
    struct place workbooks_place;
    bool is_sliced; /* each recipient gets the slices of their own values */
    enum slice_field slice_by;
    struct text subject;
    struct text text;     /* the words of the message; lines end in \n */
    struct text reply_to; /* may be empty */
    struct place place;
};

struct mail_plan {
    struct mail_letter *letters; /* in the order of the file */
    size_t count;
    size_t capacity;
    bool has_server; /* [smtp] is there: needed unless this is a dry run */
    struct mail_server server;
};

/*
 * The [email NAME] and [smtp] sections of a job.ini; other sections are left alone. Relative file
 * names of [smtp] become relative to the folder of the job.ini. False when there was any problem.
 */
bool mail_plan_read(struct arena *arena, struct diags *diags, const struct ini *ini,
                    struct mail_plan *out);

struct mail_file {
    struct text name; /* "csp-annual-review.xlsx" */
    struct text bytes;
};
struct mail_recipient {
    struct text name; /* may be empty */
    struct text address;
    struct place place;            /* row of the list */
    const struct mail_file *files; /* their own; NULL: those of the delivery */
    size_t file_count;
};

struct mail_delivery {
    const struct mail_letter *letter;
    const struct mail_server *server; /* From and Message-ID are made with it in a dry run too */
    const struct mail_recipient *recipients;
    size_t recipient_count;
    const struct mail_file *files; /* the letter's workbooks, in its order; none where each
                                      recipient has their own */
    size_t file_count;
    struct text period;
    struct text ledger;         /* path; the file is made when there is none */
    struct text dry_run_folder; /* not empty: write NNN-ADDRESS.eml there, send nothing */
    bool confirm;               /* send again what is `unknown` or was `refused` */
    int64_t now;                /* seconds since 1970 UTC, for Date and ledger */
};

struct mail_counts {
    size_t sent;
    size_t written; /* dry run */
    size_t already_sent;
    size_t failed;  /* not sent; the next run tries again */
    size_t refused; /* not sent, and the server will not have it */
    size_t unknown; /* perhaps sent */
};

/*
 * True when every recipient has it, or the dry run wrote it. Nothing is sent when an address is
 * wrong: all are checked first. Adds to *counts.
 */
bool mail_deliver(const struct mail_delivery *delivery, struct arena *arena, struct diags *diags,
                  struct mail_counts *counts);

/* The version of libcurl. */
const char *mail_library(void);

#endif
