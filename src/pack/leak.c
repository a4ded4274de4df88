/*
 * leak - whether words of exempt papers stand in a public pack, wherever they could in a PDF.
 *
 * The public pack is made without them, so that there is nothing to be found: this is the proof
 * from outside, on the finished bytes. Letters are compared alone, so that line ends, hyphens and
 * spaces of one layout or another do not matter; long numbers and codes by themselves. Words that
 * public papers have, too, are public; that many of them are in an exempt one is only told.
 */
#include "pack/leak_int.h"

#include "base/file.h"
#include "base/map.h"
#include "pack/pack.h"
#include "pdf/words.h"
#include "write/write.h"

/* In letters. */
enum { SHARED_RUN = 200, PHRASE = 12, TITLE = 16 };

/* An exempt paper, or words of the agenda about an exempt item. */
struct paper {
    struct text name;
    struct place place;
    struct text words;
    bool is_told; /* of its first place in the public pack */
};

struct search {
    const struct packs *packs;
    const struct agenda *agenda;
    const struct document *const *reports;
    struct arena *arena;
    struct diags *diags;
    struct buffer public;       /* words of all that is public */
    struct text public_letters; /* the same, as leak_letters() */
    struct paper *papers;
    size_t paper_count;
    size_t paper_capacity;
    struct runs known;  /* of what is public */
    struct runs exempt; /* and is not */
    struct map known_codes;
    struct map exempt_codes; /* to numbers of papers */
};

static void add_codes(struct search *search, struct map *codes, struct text words, size_t paper)
{
    struct text code;
    for (size_t at = 0; leak_next_code(search->arena, words, &at, &code);)
        if (map_find(&search->known_codes, code, SIZE_MAX) == SIZE_MAX &&
            map_find(codes, code, SIZE_MAX) == SIZE_MAX)
            map_add(codes, code, paper);
}

/* ---- what is public, and what is not ---- */

static struct text document_words(struct arena *arena, const struct document *document)
{
    struct buffer out = {.arena = arena};
    const struct text others[] = {document->title, document->subtitle, document->header,
                                  document->footer, document->organisation};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        buffer_format(&out, "%.*s\n", TEXT_ARG(others[i])); /* which may be nothing at all */
    buffer_add(&out, document_dump(arena, document));
    return buffer_text(&out);
}

static void add_public(struct search *search, struct text words)
{
    buffer_add(&search->public, words);
    buffer_add_byte(&search->public, '\n');
}

static struct text pages_words(struct arena *arena, const struct pdf_words *words)
{
    return texts_join(arena, &words->pages, TEXT("\n"));
}

static bool add_public_pdf(struct search *search, struct text bytes, struct text name,
                           struct place place)
{
    struct pdf_words words;
    if (!pdf_words(bytes, name, place, search->arena, search->diags, &words))
        return false;
    add_public(search, pages_words(search->arena, &words));
    add_public(search, words.strings);
    return true;
}

/* What it says, and how that stands on pages: the document drawn alone, with nothing else near. A
 * table of an exempt paper may be one of this, and pages have its cells in a row. */
static bool add_public_document(struct search *search, const struct document *document,
                                struct text running_head)
{
    struct diags said = diags_new(search->arena); /* when the pack was made */
    struct pdf_part part = {
        .document = document, .bookmark = TEXT_EMPTY, .running_head = running_head};
    struct text bytes;
    add_public(search, document_words(search->arena, document));
    if (pdf_render_parts(&part, 1, document->title, document->language, document->as_at,
                         search->arena, &said, &bytes))
        return add_public_pdf(search, bytes, document->name, PLACE_NONE);
    diag(search->diags, DIAG_INTERNAL, PLACE_NONE, "a public report cannot be drawn alone");
    return false;
}

/* Its bookmarks say these. */
static void add_public_titles(struct search *search, const struct agenda_item *item)
{
    struct text titles[] = {item->title, item->report_title};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        add_public(search,
                   text_format(search->arena, "Item %u: %.*s", item->number, TEXT_ARG(titles[i])));
        for (size_t k = 0; k < item->pdf_count; k++)
            add_public(search,
                       text_format(search->arena, "Item %u: %.*s, %.*s", item->number,
                                   TEXT_ARG(titles[i]), TEXT_ARG(path_name(item->pdfs[k].name))));
    }
}

static bool add_public_item(struct search *search, const struct agenda_item *item,
                            const struct document *report)
{
    bool ok = true;
    add_public_titles(search, item);
    if (item->exempt)
        return true;
    if (report)
        ok = add_public_document(search, report,
                                 text_format(search->arena, "Agenda item %u", item->number));
    for (size_t k = 0; k < item->pdf_count; k++)
        ok = add_public_pdf(search, item->pdfs[k].bytes, item->pdfs[k].name, item->pdfs[k].place) &&
             ok;
    return ok;
}

static bool add_all_public(struct search *search)
{
    const struct agenda *public = agenda_public(search->arena, search->agenda);
    bool ok = add_public_document(
        search, agenda_document(search->arena, public, search->packs->ranges), TEXT_EMPTY);
    for (size_t i = 0; i < public->count; i++)
        ok = add_public_item(search, &public->items[i], search->reports[i]) && ok;
    struct text all = buffer_text(&search->public);
    uint64_t hash;
    search->public_letters = leak_letters(search->arena, all);
    runs_reserve(&search->known, search->public_letters.len);
    for (size_t at = 0, end = 0; leak_next_run(search->public_letters, &at, &end, &hash); at++)
        runs_add(&search->known, hash, 0);
    add_codes(search, &search->known_codes, all, 0);
    return ok;
}

static void tell_shared(const struct search *search, const struct paper *paper, size_t run)
{
    if (run >= SHARED_RUN)
        diag(search->diags, DIAG_EXEMPT_WORDS, paper->place,
             "%zu letters in a row of '%.*s', which is exempt, stand in a public paper, too: look "
             "whether they may be public",
             run, TEXT_ARG(text_quote(search->arena, paper->name)));
}

/* `hidden`: what nobody sees on its pages. */
static void add_paper(struct search *search, struct paper paper, struct text hidden)
{
    size_t number = search->paper_count, longest = 0, run = 0, last = 0;
    uint64_t hash;
    search->papers = arena_grow(search->arena, search->papers, number, &search->paper_capacity,
                                sizeof *search->papers);
    search->papers[search->paper_count++] = paper;
    struct text whole =
        leak_letters(search->arena, text_format(search->arena, "%.*s\n%.*s", TEXT_ARG(paper.words),
                                                TEXT_ARG(hidden)));
    runs_reserve(&search->exempt, whole.len);
    for (size_t at = 0, end = 0; leak_next_run(whole, &at, &end, &hash); last = at++) {
        unsigned other;
        bool is_known = runs_find(&search->known, hash, &other);
        run = !is_known ? 0 : run && at == last + 1 ? run + 1 : LEAK_RUN;
        longest = run > longest ? run : longest;
        if (!is_known)
            runs_add(&search->exempt, hash, (unsigned)number);
    }
    add_codes(search, &search->exempt_codes, paper.words, number);
    tell_shared(search, &search->papers[number], longest);
}

/* A picture of a page, or one whose fonts do not say what more letters are than signs could be. */
static bool is_unread(struct text page)
{
    size_t unknown = 0, letters = 0;
    for (size_t i = 0; i < page.len; i++) {
        unknown += page.ptr[i] == WORDS_UNKNOWN;
        letters += is_letter(page.ptr[i]);
    }
    return unknown >= LEAK_RUN || letters == 0;
}

static void tell_unsearched(const struct search *search, const struct agenda_pdf *pdf,
                            const struct pdf_words *words)
{
    size_t count = 0;
    for (size_t i = 0; i < words->pages.count; i++)
        count += is_unread(words->pages.items[i]);
    if (count)
        diag(search->diags, DIAG_UNSEARCHED, pdf->place,
             "on %zu of %zu pages of '%.*s', which is exempt, words cannot be read, as on pictures "
             "and in fonts that do not say what their letters are: these pages could not be looked "
             "for in the public pack",
             count, words->pages.count, TEXT_ARG(text_quote(search->arena, pdf->name)));
}

static bool add_exempt_pdf(struct search *search, const struct agenda_pdf *pdf)
{
    struct pdf_words words;
    if (!pdf_words(pdf->bytes, pdf->name, pdf->place, search->arena, search->diags, &words))
        return false;
    tell_unsearched(search, pdf, &words);
    add_paper(search,
              (struct paper){.name = pdf->name,
                             .place = pdf->place,
                             .words = pages_words(search->arena, &words)},
              words.strings);
    return true;
}

static bool add_all_exempt(struct search *search)
{
    bool ok = true;
    for (size_t i = 0; i < search->agenda->count; i++) {
        const struct agenda_item *item = &search->agenda->items[i];
        if (!item->exempt)
            continue;
        if (search->reports[i])
            add_paper(search,
                      (struct paper){.name = item->report,
                                     .place = item->report_place,
                                     .words = document_words(search->arena, search->reports[i])},
                      TEXT_EMPTY);
        for (size_t k = 0; k < item->pdf_count; k++)
            ok = add_exempt_pdf(search, &item->pdfs[k]) && ok;
    }
    return ok;
}

/* One paper under two names. */
static bool check_twins(const struct search *search)
{
    const struct agenda *agenda = search->agenda;
    bool ok = true;
    for (size_t i = 0; i < agenda->count; i++)
        for (size_t p = 0; agenda->items[i].exempt && p < agenda->items[i].pdf_count; p++)
            for (size_t k = 0; k < agenda->count; k++)
                for (size_t o = 0; !agenda->items[k].exempt && o < agenda->items[k].pdf_count;
                     o++) {
                    const struct agenda_pdf *pdf = &agenda->items[i].pdfs[p];
                    const struct agenda_pdf *other = &agenda->items[k].pdfs[o];
                    if (!text_equal(pdf->bytes, other->bytes))
                        continue;
                    ok = false;
                    diag(search->diags, DIAG_BAD_VALUE, pdf->place,
                         "'%.*s' is exempt here and public in item %u: '%.*s' is the same file",
                         TEXT_ARG(text_quote(search->arena, pdf->name)), agenda->items[k].number,
                         TEXT_ARG(text_quote(search->arena, other->name)));
                }
    return ok;
}

/* Nor one report: a job may be named by another path, or twice. */
static bool check_twin_reports(const struct search *search)
{
    const struct agenda *agenda = search->agenda;
    bool ok = true;
    for (size_t i = 0; i < agenda->count; i++)
        for (size_t k = 0; agenda->items[i].exempt && search->reports[i] && k < agenda->count;
             k++) {
            const struct agenda_item *item = &agenda->items[i], *other = &agenda->items[k];
            if (other->exempt || !search->reports[k] ||
                !text_equal(document_words(search->arena, search->reports[i]),
                            document_words(search->arena, search->reports[k])))
                continue;
            ok = false;
            diag(search->diags, DIAG_BAD_VALUE, item->report_place,
                 "'%.*s' is exempt here and public in item %u: '%.*s' is the same report",
                 TEXT_ARG(text_quote(search->arena, item->report)), other->number,
                 TEXT_ARG(text_quote(search->arena, other->report)));
        }
    return ok;
}

/* ---- the search ---- */

static void tell_leak(const struct search *search, size_t number, struct text where,
                      const char *what)
{
    struct paper *paper = &search->papers[number];
    if (paper->is_told)
        return;
    paper->is_told = true;
    diag(search->diags, DIAG_LEAK, paper->place,
         "%.*s of the public pack has %s of '%.*s', which is exempt, that no public paper "
         "has: it was not published",
         TEXT_ARG(where), what, TEXT_ARG(text_quote(search->arena, paper->name)));
}

/* The first run and the first code of an exempt paper alone. */
static bool search_words(const struct search *search, struct text words, struct text where,
                         bool with_codes)
{
    struct text line = leak_letters(search->arena, words), code;
    uint64_t hash;
    unsigned paper;
    bool ok = true;
    for (size_t at = 0, end = 0; ok && leak_next_run(line, &at, &end, &hash); at++)
        if (runs_find(&search->exempt, hash, &paper)) {
            tell_leak(search, paper, where, "words");
            ok = false;
        }
    for (size_t at = 0; ok && with_codes && leak_next_code(search->arena, words, &at, &code);) {
        size_t number = map_find(&search->exempt_codes, code, SIZE_MAX);
        if (number != SIZE_MAX) {
            tell_leak(search, number, where, "a number or a code");
            ok = false;
        }
    }
    return ok;
}

/* What the agenda says of an exempt item, and names of files: as a whole. */
struct phrase {
    struct text words;
    struct place place;
    const char *what;
    size_t told_from; /* letters from which on it is told that it is public, too; 0: never */
};

static bool search_phrase(const struct search *search, const struct agenda_item *item,
                          struct phrase phrase, struct text pack)
{
    struct text wanted = leak_letters(search->arena, phrase.words);
    struct text title = item->public_title.len ? item->public_title : item->title;
    if (wanted.len < PHRASE || text_contains(leak_letters(search->arena, title), wanted))
        return true;
    if (text_contains(search->public_letters, wanted)) {
        if (phrase.told_from && wanted.len >= phrase.told_from)
            diag(search->diags, DIAG_EXEMPT_WORDS, phrase.place,
                 "%s of item %u, which is exempt, stands in a public paper, too: look whether it "
                 "may be public",
                 phrase.what, item->number);
        return true;
    }
    if (!text_contains(pack, wanted))
        return true;
    diag(search->diags, DIAG_LEAK, phrase.place,
         "the public pack has %s of item %u, which is exempt: it was not published", phrase.what,
         item->number);
    return false;
}

static bool search_phrases(const struct search *search, const struct pdf_words *pack)
{
    struct text all =
        leak_letters(search->arena, text_format(search->arena, "%.*s\n%.*s\n%.*s",
                                                TEXT_ARG(pages_words(search->arena, pack)),
                                                TEXT_ARG(pack->strings), TEXT_ARG(pack->streams)));
    bool ok = true;
    for (size_t i = 0; i < search->agenda->count; i++) {
        const struct agenda_item *item = &search->agenda->items[i];
        if (!item->exempt)
            continue;
        const struct phrase phrases[] = {
            {item->title, item->place, "the title", TITLE},
            {item->report_title, item->place, "the title of the report", TITLE},
            {item->note, item->place, "the note", 0},
        };
        for (size_t k = 0; k < sizeof phrases / sizeof *phrases; k++)
            ok = search_phrase(search, item, phrases[k], all) && ok;
        for (size_t k = 0; k < item->pdf_count; k++) {
            const struct agenda_pdf *pdf = &item->pdfs[k];
            struct text name = path_name(pdf->name);
            if (text_ends(name, TEXT(".pdf")))
                name = text_slice(name, 0, name.len - 4);
            struct phrase phrase = {name, pdf->place, "the name of a file", TITLE};
            ok = search_phrase(search, item, phrase, all) && ok;
        }
    }
    return ok;
}

static bool search_pack(const struct search *search, const struct pdf_words *pack)
{
    bool ok = true;
    for (size_t p = 0; p < pack->pages.count; p++)
        ok = search_words(search, pack->pages.items[p],
                          text_format(search->arena, "page %zu", p + 1), true) &&
             ok;
    ok = search_words(search, pack->strings, TEXT("a bookmark, a description or a property"),
                      true) &&
         ok;
    ok = search_words(search, pack->streams, TEXT("the metadata or another stream"), false) && ok;
    return search_phrases(search, pack) && ok;
}

bool leak_check(const struct packs *packs, const struct agenda *agenda,
                const struct document *const *reports, struct arena *arena, struct diags *diags)
{
    struct search search = {.packs = packs,
                            .agenda = agenda,
                            .reports = reports,
                            .arena = arena,
                            .diags = diags,
                            .public = {.arena = arena},
                            .public_letters = TEXT_EMPTY,
                            .known = {.arena = arena},
                            .exempt = {.arena = arena},
                            .known_codes = {.arena = arena},
                            .exempt_codes = {.arena = arena}};
    struct pdf_words words;
    return check_twins(&search) && check_twin_reports(&search) && add_all_public(&search) &&
           add_all_exempt(&search) &&
           pdf_words(packs->public, TEXT("public.pdf"), PLACE_NONE, arena, diags, &words) &&
           search_pack(&search, &words);
}
