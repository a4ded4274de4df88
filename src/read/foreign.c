/* foreign - files that are no spreadsheet that is read here, refused by name (sheet_int.h). */
#include "read/sheet_int.h"
#include "read/xlsx_int.h"

#include <string.h>

enum { MIMETYPE_CAP = 256 };

#define AS_WORKBOOK "save it as an Excel workbook (.xlsx)"

bool is_ole(struct text start)
{
    return text_starts(start, TEXT("\xD0\xCF\x11\xE0"));
}

/* True when a stream of that name, in UTF-16LE with its NUL, stands in the file. */
static bool has_stream(struct text bytes, const char *name)
{
    char wide[64];
    size_t len = 0;
    for (size_t i = 0; i <= strlen(name); i++) {
        wide[len++] = name[i];
        wide[len++] = '\0';
    }
    return memmem(bytes.ptr, bytes.len, wide, len) != NULL;
}

void refuse_ole(struct diags *diags, struct text bytes, struct place place)
{
    static const struct {
        const char *stream;
        const char *message;
    } kinds[] = {
        {"EncryptedPackage",
         "this workbook is encrypted with a password: open it in Excel, take the password off "
         "(File, Info, Protect Workbook, Encrypt with Password) and save it"},
        {"Workbook",
         "this is an Excel 97-2003 workbook (.xls), whatever its name: open it in "
         "Excel and " AS_WORKBOOK},
        {"Book", "this is an Excel 5.0 workbook (.xls): open it in Excel and " AS_WORKBOOK},
        {"WordDocument", "this is an old Word document (.doc): expected a spreadsheet"},
        {"PowerPoint Document", "this is an old PowerPoint file (.ppt): expected a spreadsheet"},
    };
    const char *message = "this is an old Office file: open it and " AS_WORKBOOK;
    for (size_t i = sizeof kinds / sizeof *kinds; i-- > 0;)
        if (has_stream(bytes, kinds[i].stream))
            message = kinds[i].message;
    diag(diags, DIAG_FORMAT, place, "%s", message);
}

static bool refuse(struct diags *diags, struct place place, const char *what, const char *remedy)
{
    diag(diags, DIAG_FORMAT, place, "this is %s: %s", what, remedy);
    return false;
}

/* OpenDocument: the kind is what `mimetype` says. */
struct start {
    char bytes[MIMETYPE_CAP];
    size_t len;
};

static bool take_start(void *context, struct text piece)
{
    struct start *start = context;
    size_t more = sizeof start->bytes - start->len;
    if (piece.len < more)
        more = piece.len;
    memcpy(start->bytes + start->len, piece.ptr, more);
    start->len += more;
    return start->len < sizeof start->bytes;
}

static bool is_open_spreadsheet(struct diags *diags, struct archive *archive, struct place place)
{
    struct start start = {.len = 0};
    if (!archive_stream(archive, TEXT("mimetype"), take_start, &start))
        return false;
    struct text type = text_trim((struct text){start.bytes, start.len});
    const struct text prefix = TEXT("application/vnd.oasis.opendocument.");
    struct text kind = text_slice(type, prefix.len, type.len);
    if (text_starts(type, prefix) && text_starts(kind, TEXT("spreadsheet")))
        return true;
    if (text_starts(type, prefix) && text_starts(kind, TEXT("text")))
        return refuse(diags, place, "a text document (.odt)", "expected a spreadsheet");
    if (text_starts(type, prefix) && text_starts(kind, TEXT("presentation")))
        return refuse(diags, place, "a presentation (.odp)", "expected a spreadsheet");
    return refuse(diags, place, "no spreadsheet, by its 'mimetype'",
                  "save it as a spreadsheet (.ods or .xlsx)");
}

/* Office Open XML: the kind is what [Content_Types].xml says of the main part. */
struct types_part {
    struct xlsx_part part;
    struct text main;
    struct text type;       /* of it; empty until it was found */
    struct text by_default; /* of all parts that end as it does */
};

static void type_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct types_part *state = context;
    struct arena *arena = state->part.book->arena;
    struct text type = xml_attribute(attributes, "ContentType");
    struct text part = xml_attribute(attributes, "PartName");
    struct text extension = xml_attribute(attributes, "Extension");
    part = text_slice(part, text_starts(part, TEXT("/")), part.len);
    if (text_is(name, "Override") && text_equal(part, state->main))
        state->type = text_copy(arena, type);
    else if (text_is(name, "Default") && extension.len && text_ends(state->main, extension))
        state->by_default = text_copy(arena, type);
}

static bool is_excel(struct arena *arena, struct diags *diags, struct archive *archive,
                     struct place place)
{
    static const struct xml_handlers handlers = {.start = type_start};
    static const struct {
        const char *part_of_type, *what, *remedy;
    } others[] = {
        {"wordprocessingml", "a Word document (.docx)", "expected a spreadsheet"},
        {"ms-word", "a Word document (.docm)", "expected a spreadsheet"},
        {"presentationml", "a PowerPoint file (.pptx)", "expected a spreadsheet"},
        {"ms-powerpoint", "a PowerPoint file (.pptm)", "expected a spreadsheet"},
        {"sheet.binary", "a binary Excel workbook (.xlsb)", "open it in Excel and " AS_WORKBOOK},
    };
    struct xlsx book = {.arena = arena, .diags = diags, .place = place, .archive = archive};
    struct types_part state = {.type = TEXT_EMPTY, .by_default = TEXT_EMPTY};
    if (!xlsx_main_part(&book, &state.main) ||
        !xlsx_read_part(&book, TEXT("[Content_Types].xml"), &handlers, &state.part))
        return false;
    struct text type = state.type.len ? state.type : state.by_default;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_contains(type, text_from(others[i].part_of_type)))
            return refuse(diags, place, others[i].what, others[i].remedy);
    if (text_ends(state.main, TEXT(".bin")))
        return refuse(diags, place, "a binary Excel workbook (.xlsb)",
                      "open it in Excel and " AS_WORKBOOK);
    return true;
}

static bool is_apple(const struct archive *archive)
{
    struct texts names = archive_names(archive);
    for (size_t i = 0; i < names.count; i++)
        if (text_ends(names.items[i], TEXT(".iwa")) || text_is(names.items[i], "Index.zip"))
            return true;
    return false;
}

const struct sheet_format *archive_format(struct arena *arena, struct diags *diags,
                                          struct archive *archive, struct place place)
{
    if (archive_has(archive, TEXT("mimetype")))
        return is_open_spreadsheet(diags, archive, place) ? &open_document_format : NULL;
    if (archive_has(archive, TEXT("[Content_Types].xml")))
        return is_excel(arena, diags, archive, place) ? &excel_format : NULL;
    if (is_apple(archive))
        refuse(diags, place, "an Apple Numbers, Pages or Keynote document",
               "export it as an Excel workbook");
    else
        refuse(diags, place, "a ZIP archive that holds no workbook",
               "unpack it and name the files in it");
    return NULL;
}
