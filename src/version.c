#include "version.h"

#include "mail/mail.h"
#include "pdf/pdf.h"
#include "publish/publish.h"
#include "read/read.h"
#include "template/template.h"
#include "write/write.h"

struct texts version_libraries(struct arena *arena)
{
    const struct {
        const char *name, *version;
    } libraries[] = {
        {"libxlsxwriter", write_xlsx_library()},
        {"libharu", write_pdf_library()},
        {"libdeflate", write_deflate_library()},
        {"libzip", read_zip_library()},
        {"expat", read_xml_library()},
        {"libxml2", read_html_library()},
        {"cmark", template_markdown_library()},
        {"qpdf", pdf_library()},
        {"libcurl", mail_library()},
        {"jansson", publish_json_library()},
    };
    struct texts out = {0};
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
        texts_add(arena, &out,
                  text_format(arena, "%s %s", libraries[i].name, libraries[i].version));
    return out;
}
