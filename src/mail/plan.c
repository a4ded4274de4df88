#include "base/file.h"
#include "mail/mail_int.h"

enum { DEFAULT_TIMEOUT = 30, TIMEOUT_MAX = 600 };

/* A value that will stand in a header: one line. */
static struct text header_value(struct diags *diags, const struct ini_section *section,
                                const char *key)
{
    struct text value = ini_value(section, key);
    const char *fault = mail_header_fault(value);
    if (fault)
        diag(diags, DIAG_BAD_VALUE, ini_value_place(section, key),
             "'%s' has %s: it must be one line", key, fault);
    return value;
}

static struct text address_value(struct diags *diags, const struct ini_section *section,
                                 const char *key)
{
    struct text value = ini_value(section, key);
    const char *fault = value.len ? mail_address_fault(value) : NULL;
    if (fault)
        diag(diags, DIAG_BAD_VALUE, ini_value_place(section, key), "'%s' is not a mail address: %s",
             key, fault);
    return value;
}

static struct text path_value(struct arena *arena, struct diags *diags,
                              const struct ini_section *section, const char *key,
                              struct text folder)
{
    struct text value = header_value(diags, section, key);
    return value.len ? path_join(arena, folder, value) : value;
}

static unsigned timeout_value(struct diags *diags, const struct ini_section *section)
{
    struct text value = ini_value(section, "timeout");
    unsigned seconds = 0;
    for (size_t i = 0; i < value.len; i++) {
        bool digit = is_digit(value.ptr[i]);
        seconds = digit && seconds <= TIMEOUT_MAX ? seconds * 10 + (unsigned)(value.ptr[i] - '0')
                                                  : TIMEOUT_MAX + 1;
    }
    if (value.len == 0)
        return DEFAULT_TIMEOUT;
    if (seconds >= 1 && seconds <= TIMEOUT_MAX)
        return seconds;
    diag(diags, DIAG_BAD_VALUE, ini_value_place(section, "timeout"),
         "'%.*s' is no time: expected 1 to %d seconds", TEXT_ARG(text_quote(diags->arena, value)),
         TIMEOUT_MAX);
    return DEFAULT_TIMEOUT;
}

static void read_server(struct arena *arena, struct diags *diags, const struct ini *ini,
                        const struct ini_section *section, struct mail_plan *out)
{
    static const struct ini_key keys[] = {
        {"server", true},         {"from", true},     {"from name", false}, {"user", false},
        {"password file", false}, {"ca file", false}, {"starttls", false},  {"timeout", false},
    };
    ini_check_keys(diags, section, keys, sizeof keys / sizeof *keys);
    struct text folder = path_folder(ini->file);
    struct mail_server *server = &out->server;
    *server = (struct mail_server){
        .url = header_value(diags, section, "server"),
        .starttls = ini_bool(diags, section, "starttls", false),
        .from = address_value(diags, section, "from"),
        .from_name = header_value(diags, section, "from name"),
        .user = header_value(diags, section, "user"),
        .password_file = path_value(arena, diags, section, "password file", folder),
        .ca_file = path_value(arena, diags, section, "ca file", folder),
        .timeout_seconds = timeout_value(diags, section),
        .place = ini_value_place(section, "server"),
    };
    out->has_server = true;
    if ((server->user.len == 0) != (server->password_file.len == 0))
        diag(diags, DIAG_MISSING_KEY, section->place,
             "[smtp] has only one of 'user' and 'password file': a login needs both");
    if (server->url.len)
        mail_server_check(diags, server);
}

static struct texts workbook_names(struct arena *arena, struct diags *diags,
                                   const struct ini_section *section)
{
    struct texts names = {0};
    struct text_pieces pieces = text_split(header_value(diags, section, "workbook"), ',');
    for (struct text name; text_next(&pieces, &name);) {
        if (name.len == 0)
            continue;
        if (texts_find(&names, name) < names.count)
            diag(diags, DIAG_BAD_VALUE, ini_value_place(section, "workbook"),
                 "'%.*s' is named twice", TEXT_ARG(text_quote(arena, name)));
        texts_add(arena, &names, name);
    }
    return names;
}

static void read_letter(struct arena *arena, struct diags *diags, const struct ini_section *section,
                        struct mail_plan *out)
{
    static const struct ini_key keys[] = {
        {"to", true},   {"workbook", true},  {"subject", true},
        {"text", true}, {"reply to", false}, {"slice by", false},
    };
    ini_check_keys(diags, section, keys, sizeof keys / sizeof *keys);
    if (section->name.len == 0)
        diag(diags, DIAG_BAD_VALUE, section->place, "[email] needs a name, such as [email panel]");
    struct mail_letter letter = {
        .name = section->name,
        .recipients_file = header_value(diags, section, "to"),
        .recipients_place = ini_value_place(section, "to"),
        .workbooks = workbook_names(arena, diags, section),
        .workbooks_place = ini_value_place(section, "workbook"),
        .subject = header_value(diags, section, "subject"),
        .text = ini_value(section, "text"),
        .reply_to = address_value(diags, section, "reply to"),
        .place = section->place,
    };
    struct text by = ini_value(section, "slice by");
    letter.is_sliced = by.len && slice_field_read(by, &letter.slice_by);
    if (by.len && !letter.is_sliced)
        diag(diags, DIAG_BAD_VALUE, ini_value_place(section, "slice by"),
             "'%.*s' is no field to slice by: %s", TEXT_ARG(text_quote(arena, by)),
             SLICE_FIELDS_EXPECTED);
    out->letters =
        arena_grow(arena, out->letters, out->count, &out->capacity, sizeof *out->letters);
    out->letters[out->count++] = letter;
}

bool mail_plan_read(struct arena *arena, struct diags *diags, const struct ini *ini,
                    struct mail_plan *out)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    *out = (struct mail_plan){0};
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_section *section = &ini->sections[i];
        if (text_same_name(section->kind, TEXT("email")))
            read_letter(arena, diags, section, out);
        else if (text_same_name(section->kind, TEXT("smtp")))
            read_server(arena, diags, ini, section, out);
    }
    return diags_count(diags, LEVEL_ERROR) == errors;
}
