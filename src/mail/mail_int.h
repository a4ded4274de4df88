/* What the files of mail/ share. */
#ifndef MAIL_MAIL_INT_H
#define MAIL_MAIL_INT_H

#include "mail/mail.h"

/* compose.c: bytes in, bytes out. */

/* Why `address` cannot be one ("more than one @"), or NULL. ASCII only; nothing that could end a
 * header or an SMTP command. */
const char *mail_address_fault(struct text address);
/* Why `value` cannot stand in a header or be a file name, or NULL. */
const char *mail_header_fault(struct text value);
struct text mail_address_domain(struct text address);

struct mail_message {
    struct text from_name, from;
    struct text to_name, to;
    struct text reply_to; /* may be empty */
    struct text subject;
    struct text text;
    struct text id; /* Message-ID without the angle brackets */
    int64_t date;   /* seconds since 1970 UTC */
    const struct mail_file *files;
    size_t file_count;
};
/* The message as RFC 5322 wants it, lines ending in CRLF. The parts must have been checked. */
struct text mail_compose(struct arena *arena, const struct mail_message *message);

/* ledger.c */

enum ledger_state {
    LEDGER_NOTHING, /* never tried */
    LEDGER_INTENT,  /* about to be sent; as the last word of an ended run it means `unknown` */
    LEDGER_SENT,
    LEDGER_FAILED,  /* the server does not have it: try again */
    LEDGER_REFUSED, /* the server does not want it */
    LEDGER_UNKNOWN,
};
struct ledger;
/*
 * Opens and locks the ledger, and reads it. A last line that a crash cut off is removed; any other
 * line that cannot be read is an error: what it said may have been `sent`. NULL with a message;
 * [busy] when another run has it. With `readable_only` nothing is written or locked, and a ledger
 * that does not exist is an empty one.
 */
struct ledger *ledger_open(struct arena *arena, struct diags *diags, struct text path,
                           bool readable_only);
void ledger_close(struct ledger *ledger); /* NULL is fine */
enum ledger_state ledger_state(const struct ledger *ledger, struct text key);
/* Adds a line and syncs it. False with a message: then nothing may be sent. */
bool ledger_add(struct ledger *ledger, struct diags *diags, enum ledger_state state,
                struct text key, struct text about, struct text reply, int64_t now);

/* send.c */

enum send_outcome {
    SEND_SENT,
    SEND_FAILED,   /* before the last byte was given, or refused for now (4xx) */
    SEND_REFUSED,  /* refused for good (5xx) */
    SEND_UNKNOWN,  /* all was given, and no reply came */
    SEND_NO_SERVER /* it cannot be reached or does not accept us: no recipient has a chance */
};
struct sender;
/* Reads the password. NULL with a message. */
struct sender *sender_new(struct arena *arena, struct diags *diags,
                          const struct mail_server *server);
void sender_free(struct sender *sender); /* NULL is fine */
/* *reply: the server's last reply, or what went wrong; clean for messages. */
enum send_outcome sender_send(struct sender *sender, struct arena *arena, struct text to,
                              struct text message, struct text *reply);
/* Reports a server address or setting that would send words or passwords in the clear. */
bool mail_server_check(struct diags *diags, const struct mail_server *server);

#endif
