/* archive_support - workbooks made part by part. */
#ifndef TESTS_UNIT_READ_ARCHIVE_SUPPORT_H
#define TESTS_UNIT_READ_ARCHIVE_SUPPORT_H

#include "read_support.h"

#include <zip.h>

struct part {
    const char *name;
    const char *content;
};

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS(items)                                                                           \
    HEAD "<Relationships "                                                                         \
         "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" items           \
         "</Relationships>"
#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"" OFFICE type "\" Target=\"" target "\"/>"
#define BOOK(sheets) HEAD "<workbook xmlns:r=\"" OFFICE "\"><sheets>" sheets "</sheets></workbook>"
#define SHEET(rows) HEAD "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define STRINGS(items) HEAD "<sst>" items "</sst>"
#define TYPES(items) HEAD "<Types>" items "</Types>"

static const struct part top = {"_rels/.rels",
                                RELATIONS(RELATION("rId1", "/officeDocument", "xl/workbook.xml"))};

/* The bytes of an archive of these parts. */
static inline struct text archive_of(struct arena *arena, const struct part *parts, size_t count,
                                     bool stored)
{
    struct diags diags = diags_new(arena);
    char path[] = "/tmp/panelpack-workbook-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *source =
            zip_source_buffer(zip, parts[i].content, strlen(parts[i].content), 0);
        zip_int64_t index = zip_file_add(zip, parts[i].name, source, 0);
        assert_true(index >= 0);
        if (stored)
            zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
    assert_int_equal(zip_close(zip), 0);
    struct text bytes;
    assert_true(file_read(arena, &diags, text_from(path), PLACE_NONE, FILE_CAP_INPUT, &bytes));
    unlink(path);
    return bytes;
}

#endif
