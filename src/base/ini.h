/*
 * ini - job files, templates and agendas: inih with a guard in front.
 *
 *     [source crime]          kind "source", name "crime"
 *     files = exports/a.csv   key "files"
 *     note  = first line
 *         second line         indented: joined to the value with a line break
 *     ; a comment             (also #), on a line of its own
 *
 * The guard counts lines and refuses what inih would silently cut or misread: lines over 8 KiB, NUL
 * and control bytes, bad UTF-8, " ;" inside a value, an indented "key =", a key with a colon,
 * sections and keys given twice. All problems of a file are reported, each with its line.
 */
#ifndef BASE_INI_H
#define BASE_INI_H

#include "base/diag.h"

struct ini_entry {
    struct text key;
    struct text value;        /* trimmed and composed (nfc.h); may be empty */
    struct text typed;        /* as it stands in the file, for names of files */
    struct place place;       /* of the key */
    struct place value_place; /* of the value's first character */
};

struct ini_section {
    struct text title; /* all that stands in the brackets */
    struct text kind;  /* its first word: "source" */
    struct text name;  /* the rest: "crime", or empty */
    struct place place;
    struct ini_entry *entries;
    size_t count;
    size_t capacity;
};

struct ini {
    struct text file;
    struct ini_section *sections; /* in the order of the file */
    size_t count;
    size_t capacity;
    bool lost_section; /* a header was refused, and the keys below it passed over */
};

/* False when the file could not be read or has any problem; what could be understood is in *out. */
bool ini_read(struct arena *arena, struct diags *diags, struct text path, struct ini *out);

/* The first section of that kind and name (names fold as in text_same_name); NULL when missing. */
const struct ini_section *ini_section(const struct ini *ini, const char *kind, struct text name);
/* The entry, or NULL. Keys fold: "as at" and "As-at" are one. `section` may be NULL. */
const struct ini_entry *ini_entry(const struct ini_section *section, const char *key);
/* The value, or the empty text. */
struct text ini_value(const struct ini_section *section, const char *key);
/* Where the value stands, or the section. */
struct place ini_value_place(const struct ini_section *section, const char *key);

struct ini_key {
    const char *name;
    bool required;
};
/* Reports keys that are not in the list, with the nearest one that is, and required ones missing.
 */
void ini_check_keys(struct diags *diags, const struct ini_section *section,
                    const struct ini_key *keys, size_t count);
/* Reports sections whose kind is not in the list. */
void ini_check_sections(struct diags *diags, const struct ini *ini, const char *const *kinds,
                        size_t count);

/* yes/true/1, no/false/0; anything else is reported and gives `otherwise`, as does an empty value.
 */
bool ini_bool(struct diags *diags, const struct ini_section *section, const char *key,
              bool otherwise);

#endif
