/*
 * ods - the parts of an OpenDocument spreadsheet, in an archive that is sound. The first byte says
 * which part the rest is: the content, as it stands or inside the elements of a sheet, or the
 * manifest.
 */
#include "fuzz.h"

#define NAMESPACES                                                                                 \
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "                           \
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "                             \
    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "                               \
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
#define HEAD "<office:document-content " NAMESPACES "><office:body><office:spreadsheet>"
#define TAIL "</office:spreadsheet></office:body></office:document-content>"
#define SHEET "<table:table table:name=\"S\">"

static const struct text content =
    TEXT_INIT(HEAD SHEET
              "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
              "</table:table-row></table:table>" TAIL);
static const struct text manifest = TEXT_INIT("<manifest/>");

static struct text in_a_sheet(struct arena *arena, struct text rows)
{
    struct buffer out = {.arena = arena};
    buffer_add(&out, TEXT(HEAD SHEET));
    buffer_add(&out, rows);
    buffer_add(&out, TEXT("</table:table>" TAIL));
    return buffer_text(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena *arena = arena_new();
    struct text rest = {(const char *)data + 1, size - 1};
    struct fuzz_part parts[] = {
        {"mimetype", TEXT_INIT("application/vnd.oasis.opendocument.spreadsheet")},
        {"content.xml", content},
        {"META-INF/manifest.xml", manifest},
    };
    if (data[0] % 4 == 3)
        parts[2].bytes = rest;
    else if (data[0] % 4 == 2)
        parts[1].bytes = rest;
    else
        parts[1].bytes = in_a_sheet(arena, rest);
    fuzz_workbook(arena, fuzz_archive(arena, parts, sizeof parts / sizeof *parts));
    arena_free(arena);
    return 0;
}
