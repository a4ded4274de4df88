/* encoding - the bytes of an exported text file as UTF-8. */
#ifndef READ_ENCODING_INT_H
#define READ_ENCODING_INT_H

#include "base/diag.h"

/*
 * Decides from all of the bytes: a byte order mark (UTF-8, UTF-16), else valid UTF-8, else
 * Windows-1252. What is no text export (a login page, a picture, a PDF, a workbook, JSON), and what
 * holds control bytes other than tabs and line ends, is refused by name.
 */
struct encoding {
    const char *name;      /* for readers: "UTF-8 with a byte order mark" */
    const char *converter; /* iconv's name for it; NULL: it is UTF-8 already */
    size_t mark;           /* bytes of its byte order mark */
    unsigned decided_line; /* of Windows-1252, the first byte that is not UTF-8, and its line */
    unsigned char decided_by;
};

/* The bytes of a text, once more from the start, for a message that has to name a line. */
struct encoding_again {
    void (*rewind)(void *user);
    bool (*next)(void *user, struct text *block);
    void *user;
};

/* A text is checked block by block, however it is cut, and then settled. */
struct encoding_check;
struct encoding_check *encoding_check_new(struct arena *arena);
void encoding_check_add(struct encoding_check *check, struct text block);
/*
 * True while all that was added is UTF-8 text; *out is then the encoding, should it go on so. What
 * is not said before the check is settled: whether the last character is cut short.
 */
bool encoding_is_utf8(const struct encoding_check *check, struct encoding *out);
/* False after a message at `file`. The check is used up. */
bool encoding_settle(struct encoding_check *check, struct diags *diags, struct text file,
                     const struct encoding_again *again, struct encoding *out);

/* Instead of settling it, when the text could not be read to its end. */
void encoding_check_end(struct encoding_check *check);

/* Takes a piece of UTF-8; false to stop. */
typedef bool piece_taker(void *user, struct text piece);

/* Turns the blocks of a text that is settled into UTF-8, without its mark. */
struct decoder;
struct decoder *decoder_new(struct arena *arena, const struct encoding *encoding);
/* Gives what `block` makes to take(), which is the block itself where it needs no conversion. False
 * when take() was, or the bytes cannot be converted. */
bool decoder_add(struct decoder *decoder, struct text block, piece_taker *take, void *user);
/* Frees it; false when the last character is cut short. */
bool decoder_finish(struct decoder *decoder);

/*
 * The same for a text in memory. *out is the input itself where it needs no conversion, else a copy
 * in `arena`; *name is the encoding's name.
 */
bool encoding_decode(struct arena *arena, struct diags *diags, struct text file, struct text bytes,
                     struct text *out, const char **name);

#endif
