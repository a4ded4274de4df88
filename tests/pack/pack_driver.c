/*
 * Builds a pack through pack_build(), for run.sh: each of our reports is one page of words.
 *   pack_driver AGENDA.INI OUT.PDF      build; the restricted pack, if there is one, beside it as
 *                                       OUT.PDF.restricted
 *   pack_driver --leak AGENDA.INI FILE  leak_check() of FILE as if it were the public pack
 *   pack_driver --words FILE            what pdf_words() reads on its pages
 *   pack_driver --verify FILE.PDF N     pack_verify() of N pages
 * Messages go to stderr; the exit status is the worst.
 */
#include "base/file.h"
#include "pack/pack.h"
#include "pdf/words.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct document *own_report(struct arena *arena, const struct agenda_item *item)
{
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = (struct document){.name = item->report,
                                  .title = item->title,
                                  .subtitle = TEXT_EMPTY,
                                  .organisation = TEXT("Council"),
                                  .language = TEXT("en-GB"),
                                  .period = TEXT_EMPTY,
                                  .footer = TEXT("Council")};
    struct block *heading = blocks_add(arena, &document->blocks, BLOCK_HEADING);
    heading->heading.level = 1;
    heading->heading.number = TEXT_EMPTY;
    spans_add_text(arena, &heading->heading.spans, item->title, 0);
    blocks_add_paragraph(arena, &document->blocks, TEXT("Our own words."));
    return document;
}

static const struct document *const *own_reports(struct arena *arena, const struct agenda *agenda)
{
    const struct document **reports = arena_calloc(arena, agenda->count, sizeof *reports);
    for (size_t i = 0; i < agenda->count; i++)
        if (agenda->items[i].report.len)
            reports[i] = own_report(arena, &agenda->items[i]);
    return reports;
}

static bool build(struct arena *arena, struct diags *diags, const char *from, const char *to)
{
    struct agenda agenda;
    struct packs packs;
    struct text beside = text_format(arena, "%s.restricted", to);
    if (!agenda_read(arena, diags, text_from(from), &agenda))
        return false;
    unlink(to);
    unlink(beside.ptr);
    return packs_build(&agenda, own_reports(arena, &agenda), arena, diags, &packs) &&
           file_save(diags, text_from(to), packs.public) &&
           (!packs.restricted.len || file_save(diags, beside, packs.restricted));
}

/* Somebody else's pack against this agenda: as if the program had made a mistake. */
static bool check_leak(struct arena *arena, struct diags *diags, const char *from, const char *path)
{
    struct agenda agenda;
    struct packs packs;
    return agenda_read(arena, diags, text_from(from), &agenda) &&
           packs_build(&agenda, own_reports(arena, &agenda), arena, diags, &packs) &&
           file_read(arena, diags, text_from(path), PLACE_NONE, FILE_CAP_INPUT, &packs.public) &&
           leak_check(&packs, &agenda, own_reports(arena, &agenda), arena, diags);
}

static void print_words(struct arena *arena, struct diags *diags, const char *path)
{
    struct text bytes;
    struct pdf_words words;
    if (file_read(arena, diags, text_from(path), PLACE_NONE, FILE_CAP_INPUT, &bytes) &&
        pdf_words(bytes, text_from(path), PLACE_NONE, arena, diags, &words))
        for (size_t i = 0; i < words.pages.count; i++)
            printf("%.*s\n", TEXT_ARG(words.pages.items[i]));
}

static bool verify(struct arena *arena, struct diags *diags, const char *path, const char *pages)
{
    struct text bytes;
    return file_read(arena, diags, text_from(path), PLACE_NONE, FILE_CAP_INPUT, &bytes) &&
           pack_verify(bytes, (unsigned)atoi(pages), arena, diags);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    if (argc == 3 && strcmp(argv[1], "--words") == 0)
        print_words(arena, &diags, argv[2]);
    else if (argc == 3)
        build(arena, &diags, argv[1], argv[2]);
    else if (argc == 4 && strcmp(argv[1], "--verify") == 0)
        verify(arena, &diags, argv[2], argv[3]);
    else if (argc == 4 && strcmp(argv[1], "--leak") == 0)
        check_leak(arena, &diags, argv[2], argv[3]);
    else
        diag(&diags, DIAG_USAGE, PLACE_NONE, "usage: pack_driver AGENDA.INI OUT.PDF");
    diags_print(&diags, stderr, LEVEL_INFO, false);
    enum status status = diags_status(&diags);
    arena_free(arena);
    return (int)status;
}
