#include "pack/pack.h"
#include "base/file.h"
#include "pdf/pdf.h"
#include "write/write.h"

enum { PDF_CAP = 100 * 1024 * 1024, ROUNDS_MAX = 4 };

/* A pack being built. The parts are the front sheet and then a part each item with our report. */
struct build {
    const struct agenda *agenda;
    const struct document *const *reports;
    struct arena *arena;
    struct diags *diags;
    struct pdf_part *parts;
    size_t part_count;
    struct merge_insert *inserts;
    size_t insert_count;
    struct page_range *ranges; /* one an item, as the front sheet says */
    unsigned pages;            /* of the finished pack */
};

static struct text item_name(const struct build *build, const struct agenda_item *item)
{
    return text_format(build->arena, "Agenda item %u", item->number);
}

/* "Item 7: Health and Wellbeing Strategy" */
static struct text item_bookmark(const struct build *build, const struct agenda_item *item)
{
    struct text title = item->report_title.len ? item->report_title : item->title;
    return text_format(build->arena, "Item %u: %.*s", item->number, TEXT_ARG(title));
}

/* Reads and counts every PDF: all that cannot be used are reported. */
static bool read_inserts(struct build *build)
{
    const struct agenda *agenda = build->agenda;
    size_t total = 0;
    bool ok = true;
    for (size_t i = 0; i < agenda->count; i++)
        total += agenda->items[i].pdf_count;
    build->inserts = arena_calloc(build->arena, total, sizeof *build->inserts);
    for (size_t i = 0; i < agenda->count; i++)
        for (size_t k = 0; k < agenda->items[i].pdf_count; k++) {
            const struct agenda_item *item = &agenda->items[i];
            struct merge_insert *insert = &build->inserts[build->insert_count++];
            insert->pdf = &item->pdfs[k];
            insert->item_name = item_name(build, item);
            insert->bookmark = item_bookmark(build, item);
            if (k > 0 || item->report.len)
                insert->bookmark =
                    text_format(build->arena, "%.*s, %.*s", TEXT_ARG(insert->bookmark),
                                TEXT_ARG(path_name(insert->pdf->name)));
            if (file_read(build->arena, build->diags, insert->pdf->path, insert->pdf->place,
                          PDF_CAP, &insert->bytes))
                insert->pages = merge_count(insert->pdf, insert->bytes, build->arena, build->diags);
            ok = ok && insert->pages > 0;
        }
    return ok;
}

static void make_parts(struct build *build)
{
    const struct agenda *agenda = build->agenda;
    size_t next_insert = 0;
    build->parts = arena_calloc(build->arena, agenda->count + 1, sizeof *build->parts);
    build->parts[build->part_count++] =
        (struct pdf_part){.bookmark = TEXT("Agenda"), .running_head = TEXT_EMPTY};
    for (size_t i = 0; i < agenda->count; i++) {
        const struct agenda_item *item = &agenda->items[i];
        if (build->reports[i])
            build->parts[build->part_count++] =
                (struct pdf_part){.document = build->reports[i],
                                  .bookmark = item_bookmark(build, item),
                                  .running_head = item_name(build, item)};
        for (size_t k = 0; k < item->pdf_count; k++) {
            struct merge_insert *insert = &build->inserts[next_insert++];
            build->parts[build->part_count - 1].pages_after += insert->pages;
            insert->after_marks = (unsigned)build->part_count;
        }
    }
}

/* Where everything came to be, from the parts as they were rendered. True when the ranges are those
 * that the front sheet was rendered with. */
static bool place_items(struct build *build)
{
    const struct agenda *agenda = build->agenda;
    bool is_stable = true;
    size_t part = 1, next_insert = 0;
    unsigned page = build->parts[0].page_count;
    for (size_t i = 0; i < agenda->count; i++) {
        unsigned before = page;
        if (build->reports[i])
            page += build->parts[part++].page_count;
        for (size_t k = 0; k < agenda->items[i].pdf_count; k++) {
            build->inserts[next_insert].after = page;
            page += build->inserts[next_insert++].pages;
        }
        struct page_range range = {0};
        if (page > before)
            range = (struct page_range){.first = before + 1, .last = page};
        is_stable = is_stable && range.first == build->ranges[i].first &&
                    range.last == build->ranges[i].last;
        build->ranges[i] = range;
    }
    build->pages = page;
    return is_stable;
}

/* Renders until the front sheet names the pages on which things are: a longer page number can make
 * it a page longer. */
static bool render_stable(struct build *build, struct text *base)
{
    const struct agenda *agenda = build->agenda;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        struct document *front = agenda_document(build->arena, agenda, build->ranges);
        build->parts[0].document = front;
        if (!pdf_render_parts(build->parts, build->part_count, front->title, front->language,
                              agenda->date, build->arena, build->diags, base))
            return false;
        if (place_items(build))
            return true;
    }
    diag(build->diags, DIAG_INTERNAL, place_file(agenda->file),
         "the page numbers on the front sheet do not settle");
    return false;
}

bool pack_verify(struct text bytes, unsigned pages, struct arena *arena, struct diags *diags)
{
    struct pdf_wanted wanted = {.pages = pages, .title = TEXT_EMPTY, .language = TEXT_EMPTY};
    return pdf_check(bytes, &wanted, arena, diags);
}

bool pack_build(const struct agenda *agenda, const struct document *const *reports,
                struct arena *arena, struct diags *diags, struct text *bytes)
{
    struct build build = {.agenda = agenda, .reports = reports, .arena = arena, .diags = diags};
    struct text base;
    build.ranges = arena_calloc(arena, agenda->count, sizeof *build.ranges);
    if (!read_inserts(&build))
        return false;
    make_parts(&build);
    return render_stable(&build, &base) &&
           merge_pdfs(base, build.inserts, build.insert_count, arena, diags, bytes) &&
           pack_verify(*bytes, build.pages, arena, diags);
}
