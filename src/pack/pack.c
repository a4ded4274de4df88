#include "pack/pack.h"
#include "base/file.h"
#include "pdf/pdf.h"
#include "write/write.h"

#include <stdlib.h>

enum { PDF_CAP = 100 * 1024 * 1024, ROUNDS_MAX = 4 };

/* What stands in a pack, in its order: the front sheet, the papers of items, the exempt sheet. */
enum entry_kind { ENTRY_FRONT, ENTRY_ITEM, ENTRY_EXEMPT_SHEET };
struct entry {
    enum entry_kind kind;
    size_t item;                   /* of the agenda */
    const struct document *report; /* NULL: it has none of ours */
};

/* A pack being built. `agenda` is the public one, unless the pack is restricted. */
struct build {
    const struct agenda *agenda;
    const struct agenda *public;
    struct entry *entries;
    size_t entry_count;
    struct arena *arena;
    struct diags *diags;
    struct pdf_part *parts; /* of the entries with pages of ours */
    size_t part_count;
    struct merge_insert *inserts;
    size_t insert_count;
    struct page_range *ranges; /* one an item, as the sheets say */
    unsigned pages;            /* of the finished pack */
};

/* "Agenda item 7", which of exempt papers says on every page that they are. */
static struct text item_name(const struct build *build, const struct agenda_item *item)
{
    if (!item->exempt)
        return text_format(build->arena, "Agenda item %u", item->number);
    return text_format(build->arena, "%.*s, Agenda item %u",
                       TEXT_ARG(exempt_mark(build->arena, item->exempt)), item->number);
}

/* "Item 7: Health and Wellbeing Strategy" */
static struct text item_bookmark(const struct build *build, const struct agenda_item *item)
{
    struct text title = item->report_title.len ? item->report_title : item->title;
    return text_format(build->arena, "Item %u%s: %.*s", item->number,
                       item->exempt ? " (exempt)" : "", TEXT_ARG(title));
}

/* Reads and counts every PDF, once for both packs: all that cannot be used are reported. */
static bool read_pdfs(struct agenda *agenda, struct arena *arena, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < agenda->count; i++)
        for (size_t k = 0; k < agenda->items[i].pdf_count; k++) {
            struct agenda_pdf *pdf = &agenda->items[i].pdfs[k];
            if (file_read(arena, diags, pdf->path, pdf->place, PDF_CAP, &pdf->bytes))
                pdf->pages = merge_count(pdf, pdf->bytes, arena, diags);
            ok = ok && pdf->pages > 0;
        }
    return ok;
}

static void add_entry(struct build *build, enum entry_kind kind, size_t item,
                      const struct document *report)
{
    build->entries[build->entry_count++] =
        (struct entry){.kind = kind, .item = item, .report = report};
}

/* The papers of items in their order, the exempt ones behind all others: what is public stands on
 * the same pages of both packs. */
static void make_entries(struct build *build, const struct document *const *reports,
                         bool is_restricted)
{
    const struct agenda *agenda = build->agenda;
    build->entries = arena_calloc(build->arena, agenda->count + 2, sizeof *build->entries);
    add_entry(build, ENTRY_FRONT, 0, NULL);
    for (size_t i = 0; i < agenda->count; i++)
        if (!agenda->items[i].exempt)
            add_entry(build, ENTRY_ITEM, i, reports[i]);
    if (is_restricted)
        add_entry(build, ENTRY_EXEMPT_SHEET, 0, NULL);
    for (size_t i = 0; i < agenda->count && is_restricted; i++)
        if (agenda->items[i].exempt)
            add_entry(build, ENTRY_ITEM, i, reports[i]);
}

static unsigned all_exempt(const struct agenda *agenda)
{
    unsigned all = 0;
    for (size_t i = 0; i < agenda->count; i++)
        all |= agenda->items[i].exempt;
    return all;
}

static void add_part(struct build *build, const struct entry *entry)
{
    const struct agenda_item *item = &build->agenda->items[entry->item];
    struct pdf_part part = {.document = entry->report, .running_head = TEXT_EMPTY};
    switch (entry->kind) {
    case ENTRY_FRONT:
        part.bookmark = TEXT("Agenda");
        break;
    case ENTRY_EXEMPT_SHEET:
        part.bookmark = TEXT("Exempt papers");
        part.running_head = exempt_mark(build->arena, all_exempt(build->agenda));
        break;
    case ENTRY_ITEM:
        part.bookmark = item_bookmark(build, item);
        part.running_head = item_name(build, item);
        break;
    }
    build->parts[build->part_count++] = part;
}

static void add_insert(struct build *build, const struct entry *entry, size_t k)
{
    const struct agenda_item *item = &build->agenda->items[entry->item];
    struct merge_insert *insert = &build->inserts[build->insert_count++];
    *insert = (struct merge_insert){.pdf = &item->pdfs[k],
                                    .bytes = item->pdfs[k].bytes,
                                    .pages = item->pdfs[k].pages,
                                    .item_name = item_name(build, item),
                                    .bookmark = item_bookmark(build, item)};
    if (k > 0 || item->report.len)
        insert->bookmark = text_format(build->arena, "%.*s, %.*s", TEXT_ARG(insert->bookmark),
                                       TEXT_ARG(path_name(insert->pdf->name)));
    build->parts[build->part_count - 1].pages_after += insert->pages;
    insert->after_marks = (unsigned)build->part_count;
}

static bool has_part(const struct entry *entry)
{
    return entry->kind != ENTRY_ITEM || entry->report;
}

static void make_parts(struct build *build)
{
    const struct agenda *agenda = build->agenda;
    size_t total = 0;
    for (size_t i = 0; i < agenda->count; i++)
        total += agenda->items[i].pdf_count;
    build->inserts = arena_calloc(build->arena, total, sizeof *build->inserts);
    build->parts = arena_calloc(build->arena, build->entry_count, sizeof *build->parts);
    for (size_t e = 0; e < build->entry_count; e++) {
        const struct entry *entry = &build->entries[e];
        if (has_part(entry))
            add_part(build, entry);
        size_t pdfs = entry->kind == ENTRY_ITEM ? agenda->items[entry->item].pdf_count : 0;
        for (size_t k = 0; k < pdfs; k++)
            add_insert(build, entry, k);
    }
}

/* Where everything came to be, from the parts as they were rendered. True when the ranges are those
 * that the sheets were rendered with. */
static bool place_items(struct build *build)
{
    bool is_stable = true;
    size_t next_part = 0, next_insert = 0;
    unsigned page = 0;
    for (size_t e = 0; e < build->entry_count; e++) {
        const struct entry *entry = &build->entries[e];
        unsigned before = page;
        if (has_part(entry))
            page += build->parts[next_part++].page_count;
        if (entry->kind != ENTRY_ITEM)
            continue;
        for (size_t k = 0; k < build->agenda->items[entry->item].pdf_count; k++) {
            build->inserts[next_insert].after = page;
            page += build->inserts[next_insert++].pages;
        }
        struct page_range range = {0}, *said = &build->ranges[entry->item];
        if (page > before)
            range = (struct page_range){.first = before + 1, .last = page};
        is_stable = is_stable && range.first == said->first && range.last == said->last;
        *said = range;
    }
    build->pages = page;
    return is_stable;
}

/* The sheets, which say on which pages things are. */
static void make_sheets(struct build *build)
{
    size_t next = 0;
    for (size_t e = 0; e < build->entry_count; e++) {
        if (!has_part(&build->entries[e]))
            continue;
        struct pdf_part *part = &build->parts[next++];
        if (build->entries[e].kind == ENTRY_FRONT)
            part->document = agenda_document(build->arena, build->public, build->ranges);
        if (build->entries[e].kind == ENTRY_EXEMPT_SHEET)
            part->document = exempt_document(build->arena, build->agenda, build->ranges);
    }
}

/* Renders until the sheets name the pages on which things are: a longer page number can make one of
 * them a page longer. */
static bool render_stable(struct build *build, struct text *base)
{
    const struct agenda *agenda = build->agenda;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        make_sheets(build);
        const struct document *front = build->parts[0].document;
        struct text title =
            agenda == build->public
                ? front->title
                : text_format(build->arena, "%.*s (not for publication)", TEXT_ARG(front->title));
        if (!pdf_render_parts(build->parts, build->part_count, title, front->language, agenda->date,
                              build->arena, build->diags, base))
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

static bool build_pack(struct build *build, const struct document *const *reports,
                       struct text *bytes)
{
    struct text base;
    build->ranges = arena_calloc(build->arena, build->agenda->count, sizeof *build->ranges);
    make_entries(build, reports, build->agenda != build->public);
    make_parts(build);
    return render_stable(build, &base) &&
           merge_pdfs(base, build->inserts, build->insert_count, build->arena, build->diags,
                      bytes) &&
           pack_verify(*bytes, build->pages, build->arena, build->diags);
}

/* The look of a pack is that of the first report that has one of its own. An exempt one must not
 * give the restricted pack another look, and other page breaks, than the public pack. */
static const struct document *const *
in_one_look(const struct agenda *agenda, const struct document *const *reports, struct arena *arena)
{
    const struct document **out = arena_calloc(arena, agenda->count, sizeof *out);
    bool has_look = false;
    for (size_t i = 0; i < agenda->count; i++) {
        out[i] = reports[i];
        if (reports[i] && !agenda->items[i].exempt)
            has_look = has_look || document_style(reports[i])->file.len;
    }
    for (size_t i = 0; i < agenda->count && !has_look; i++) {
        if (!reports[i] || !agenda->items[i].exempt)
            continue;
        struct document *plain = arena_alloc(arena, sizeof *plain);
        *plain = *reports[i];
        plain->style = NULL;
        out[i] = plain;
    }
    return out;
}

/* What is public stands on the same pages of both. */
static bool pages_agree(const struct build *public, const struct build *restricted)
{
    const struct agenda *agenda = public->agenda;
    bool ok = true;
    for (size_t i = 0; i < agenda->count; i++)
        ok = ok &&
             (agenda->items[i].exempt || (public->ranges[i].first == restricted->ranges[i].first &&
                                          public->ranges[i].last == restricted->ranges[i].last));
    if (!ok)
        diag(public->diags, DIAG_INTERNAL, place_file(agenda->file),
             "public papers do not have the same pages in both packs");
    return ok;
}

bool packs_build(struct agenda *agenda, const struct document *const *reports, struct arena *arena,
                 struct diags *diags, struct packs *out)
{
    const struct agenda *public = agenda_public(arena, agenda);
    const struct document **public_reports =
        arena_calloc(arena, agenda->count, sizeof *public_reports);
    *out = (struct packs){.public = TEXT_EMPTY, .restricted = TEXT_EMPTY};
    if (!read_pdfs(agenda, arena, diags))
        return false;
    for (size_t i = 0; i < agenda->count; i++)
        public_reports[i] = agenda->items[i].exempt ? NULL : reports[i];
    size_t first = diags->count;
    struct build open = {.agenda = public, .public = public, .arena = arena, .diags = diags};
    if (!build_pack(&open, public_reports, &out->public))
        return false;
    out->ranges = open.ranges;
    if (!agenda_has_exempt(agenda))
        return true;
    struct build closed = {.agenda = agenda, .public = public, .arena = arena, .diags = diags};
    bool ok = build_pack(&closed, in_one_look(agenda, reports, arena), &out->restricted) &&
              pages_agree(&open, &closed);
    diags_drop_repeats(diags, first); /* of papers that stand in both */
    return ok && leak_check(out, agenda, reports, arena, diags);
}
