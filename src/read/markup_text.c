/*
 * Well-delimited HTML becomes lines of text as people type it into cells, which the document makes
 * paragraphs and lists of, with its emphasis beside it.
 */
#include "read/markup_int.h"

#include "base/utf8.h"
#include "data/spelling_int.h"
#include "read/dialect_int.h"

#include <string.h>

/* An element that is open. */
struct open {
    struct text name;
    unsigned style; /* with that of the elements around it */
    size_t from;    /* where its text begins */
    struct text link;
    size_t number; /* of the next item of an ol */
    bool raised, lowered;
    bool keeps_lines; /* pre, and what is in it */
    size_t list, row; /* the innermost list and row of a table, itself included: 1 is the first
                         open element, 0 none */
};

struct writer {
    struct arena *arena;
    bool keeps_lines; /* no tag begins a line: those of the cell are the text's own */
    struct buffer out;
    struct rich_runs runs;
    struct buffer heard; /* all text that came, to be held against all that was there */

    struct open *open;
    size_t open_count;
    size_t open_capacity;
    size_t lists; /* how many of them are open */

    bool wants_line;  /* before the next text */
    bool wants_space; /* likewise */
    unsigned space_style;
    size_t wants_cells;
    bool wants_item; /* likewise, the sign of an item */
    size_t item_number;
    bool in_new_cell; /* of a table: nothing written yet */
};

static const struct open none = {.name = TEXT_INIT(""), .link = TEXT_INIT("")};

static const struct open *innermost(const struct writer *writer)
{
    return writer->open_count ? &writer->open[writer->open_count - 1] : &none;
}

static void put_styled(struct writer *writer, struct text text, unsigned style)
{
    size_t from = writer->out.len;
    buffer_add(&writer->out, text);
    rich_runs_add(writer->arena, &writer->runs, (struct rich_run){from, writer->out.len, style});
}

/* Writes in the style of the open elements. */
static void put(struct writer *writer, struct text text)
{
    put_styled(writer, text, innermost(writer)->style);
}

/* Lists in lists in lists beyond that are no more than tag soup. */
enum { DEEPEST_LIST = 8 };

static void indent(struct writer *writer, size_t levels)
{
    for (size_t i = 0; i < levels && i < DEEPEST_LIST; i++)
        buffer_add(&writer->out, TEXT("    "));
}

/* What was wanted before the next text: a line end, the sign of an item, a space. */
static void prepare(struct writer *writer)
{
    bool begins = !writer->out.len || writer->wants_line;
    if (writer->wants_line && writer->out.len)
        buffer_add_byte(&writer->out, '\n');
    if (begins && writer->lists)
        indent(writer, writer->lists - writer->wants_item);
    if (writer->wants_item && writer->item_number)
        buffer_format(&writer->out, "%zu. ", writer->item_number);
    else if (writer->wants_item)
        buffer_add(&writer->out, TEXT("• "));
    for (size_t i = 0; i < writer->wants_cells && !begins; i++)
        buffer_add(&writer->out, TEXT("; "));
    if (writer->wants_space && !begins && !writer->wants_cells)
        put_styled(writer, TEXT(" "), writer->space_style & innermost(writer)->style);
    writer->wants_line = writer->wants_item = writer->wants_space = writer->in_new_cell = false;
    writer->wants_cells = 0;
}

static void want_line(struct writer *writer)
{
    if (!writer->in_new_cell && !writer->wants_item)
        writer->wants_line = true;
}

/* Signs that have no look: zero-width spaces, byte order marks, soft hyphens. */
static bool is_invisible(uint32_t point)
{
    return point == 0x200B || point == 0xFEFF || point == 0xAD;
}

static bool is_blank(uint32_t point)
{
    return point == ' ' || point == '\t' || point == '\n' || point == '\r' || point == 0xA0;
}

/* "m<sup>2</sup>" and a note's number behind a figure must not become a longer figure. */
static uint32_t raised_digit(uint32_t point)
{
    static const uint16_t digits[] = {0x2070, 0xB9,   0xB2,   0xB3,   0x2074,
                                      0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    return point >= '0' && point <= '9'      ? digits[point - '0']
           : point == '-' || point == 0x2212 ? 0x207B
                                             : point;
}

static uint32_t lowered_digit(uint32_t point)
{
    return point >= '0' && point <= '9' ? 0x2080 + point - '0' : point;
}

static uint32_t shifted(struct writer *writer, uint32_t point)
{
    const struct open *open = innermost(writer);
    return open->raised ? raised_digit(point) : open->lowered ? lowered_digit(point) : point;
}

static void write_point(struct writer *writer, uint32_t point)
{
    char bytes[4];
    if (is_invisible(point) || (writer->keeps_lines && point == '\r'))
        return;
    if (writer->keeps_lines && is_blank(point)) {
        put(writer, point == '\n' ? TEXT("\n") : TEXT(" "));
        return;
    }
    if (is_blank(point)) {
        if (!writer->wants_space)
            writer->space_style = innermost(writer)->style;
        writer->wants_space = true;
        if (point == '\n' && innermost(writer)->keeps_lines)
            want_line(writer);
        return;
    }
    prepare(writer);
    put(writer, (struct text){bytes, utf8_put(bytes, shifted(writer, point))});
}

static void write_text(struct writer *writer, struct text text)
{
    for (size_t at = 0; at < text.len;)
        write_point(writer, utf8_next(text, &at));
}

static void hear(void *context, struct text text)
{
    struct writer *writer = context;
    buffer_add(&writer->heard, text);
    write_text(writer, text);
}

/* The declared weight or slant of a style attribute: "font-weight: bold; font-style:italic". */
static unsigned declared_style(struct text declarations, unsigned style)
{
    struct text_pieces pieces = text_split(declarations, ';');
    for (struct text piece; text_next(&pieces, &piece);) {
        size_t colon = text_find(piece, ':', 0);
        struct text name = text_trim(text_slice(piece, 0, colon));
        struct text value =
            colon < piece.len ? text_trim(text_slice(piece, colon + 1, piece.len)) : TEXT_EMPTY;
        if (is_spelling(name, "font-weight"))
            style = is_spelling(value, "bold|bolder|600|700|800|900") ? style | RICH_BOLD
                                                                      : style & ~1u * RICH_BOLD;
        else if (is_spelling(name, "font-style"))
            style = is_spelling(value, "italic|oblique") ? style | RICH_ITALIC
                                                         : style & ~1u * RICH_ITALIC;
        else if (is_spelling(name, "text-decoration|text-decoration-line") &&
                 spelling_at_start(value, "underline"))
            style |= RICH_BOLD;
    }
    return style;
}

/* An underlined text is bold: published documents underline links alone. */
static unsigned style_of(struct text name, struct text declarations, unsigned style)
{
    if (is_spelling(name, "b|strong|u|ins|th|h1|h2|h3|h4|h5|h6"))
        style |= RICH_BOLD;
    else if (is_spelling(name, "i|em|cite|dfn|var"))
        style |= RICH_ITALIC;
    return declared_style(declarations, style);
}

static struct text attribute(const char **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return text_from(attributes[1]);
    return TEXT_EMPTY;
}

static size_t number_of(struct text digits, size_t otherwise)
{
    size_t number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit(digits.ptr[i]) || number > 99)
            return otherwise;
        number = number * 10 + (size_t)(digits.ptr[i] - '0');
    }
    return number ? number : otherwise;
}

static void begin_item(struct writer *writer, const char **attributes)
{
    size_t list = innermost(writer)->list;
    struct open *open = list ? &writer->open[list - 1] : NULL;
    writer->wants_line = true;
    writer->wants_item = true;
    writer->item_number = 0;
    if (!open || !text_is(open->name, "ol"))
        return;
    writer->item_number = number_of(attribute(attributes, "value"), open->number);
    open->number = writer->item_number + 1;
}

/* Cells stand on one line with semicolons, unless one of them has several lines. */
static void begin_cell(struct writer *writer)
{
    size_t row = innermost(writer)->row;
    size_t at = row ? writer->open[row - 1].from : 0;
    if (row && at < writer->out.len && writer->out.ptr[at] == '\n')
        at++;
    bool has_text = row && at < writer->out.len;
    bool one_line = has_text && !memchr(writer->out.ptr + at, '\n', writer->out.len - at);
    if (one_line) {
        writer->wants_line = false;
        writer->wants_cells++;
    } else {
        want_line(writer);
    }
    writer->in_new_cell = true;
}

static void begin(void *context, const char *name, const char **attributes)
{
    struct writer *writer = context;
    struct text n = text_copy(writer->arena, text_from(name));
    if (is_spelling(n, "td|th"))
        begin_cell(writer);
    else if (text_is(n, "li"))
        begin_item(writer, attributes);
    else if (markup_is_block(n))
        want_line(writer);
    struct open open = {
        .name = n,
        .style = style_of(n, attribute(attributes, "style"), innermost(writer)->style),
        .from = writer->out.len,
        .link = text_copy(writer->arena, attribute(attributes, "href")),
        .list = is_spelling(n, "ul|ol") ? writer->open_count + 1 : innermost(writer)->list,
        .row = text_is(n, "tr") ? writer->open_count + 1 : innermost(writer)->row,
        .number = text_is(n, "ol") ? number_of(attribute(attributes, "start"), 1) : 0,
        .keeps_lines = text_is(n, "pre") || innermost(writer)->keeps_lines,
        .raised = text_is(n, "sup"),
        .lowered = text_is(n, "sub"),
    };
    writer->lists += is_spelling(n, "ul|ol");
    writer->open = arena_grow(writer->arena, writer->open, writer->open_count,
                              &writer->open_capacity, sizeof open);
    writer->open[writer->open_count++] = open;
    if (text_is(n, "img"))
        write_text(writer, attribute(attributes, "alt"));
    if (is_spelling(n, "s|strike|del"))
        write_text(writer, TEXT("[struck out: "));
}

/* The address of a link that a reader can use; empty for others, such as scripts. */
static struct text shown_address(struct text link)
{
    link = text_trim(link);
    if (spelling_at_start(link, "mailto:")) {
        link = text_slice(link, strlen("mailto:"), link.len);
        return text_slice(link, 0, text_find(link, '?', 0));
    }
    return spelling_at_start(link, "http://|https://") ? link : TEXT_EMPTY;
}

static struct text without_scheme(struct text address)
{
    size_t scheme = spelling_at_start(address, "http://|https://");
    address = text_slice(address, scheme, address.len);
    return text_ends(address, TEXT("/")) ? text_slice(address, 0, address.len - 1) : address;
}

static void end_link(struct writer *writer, const struct open *link)
{
    struct text address = shown_address(link->link);
    struct text words =
        text_trim(text_slice(buffer_text(&writer->out), link->from, writer->out.len));
    if (!address.len || text_same_name(without_scheme(address), without_scheme(words)))
        return;
    bool had_space = writer->wants_space;
    if (words.len)
        writer->wants_space = true;
    write_text(writer, words.len ? TEXT("(") : TEXT_EMPTY);
    write_text(writer, address);
    write_text(writer, words.len ? TEXT(")") : TEXT_EMPTY);
    writer->wants_space = had_space;
}

/* "[struck out: …]", or nothing when nothing was. */
static void end_struck(struct writer *writer, const struct open *open)
{
    struct text words = text_slice(buffer_text(&writer->out), open->from, writer->out.len);
    if (!text_ends(words, TEXT("[struck out:"))) {
        writer->wants_space = false;
        write_text(writer, TEXT("]"));
        return;
    }
    writer->out.len -= strlen("[struck out:");
    struct rich_run *last = writer->runs.count ? &writer->runs.items[writer->runs.count - 1] : NULL;
    if (last && last->to > writer->out.len) {
        last->to = writer->out.len;
        writer->runs.count -= last->from >= last->to;
    }
}

static void end_element(struct writer *writer, const struct open *open)
{
    bool ends_cell = is_spelling(open->name, "td|th");
    if (text_is(open->name, "a"))
        end_link(writer, open);
    if (is_spelling(open->name, "s|strike|del"))
        end_struck(writer, open);
    if (ends_cell)
        writer->in_new_cell = false;
    if (text_is(open->name, "li"))
        writer->wants_item = false; /* an item without text */
    if (markup_is_block(open->name) && !text_is(open->name, "br"))
        want_line(writer);
    writer->lists -= is_spelling(open->name, "ul|ol");
}

/* The library closes what is open, innermost first. */
static void end(void *context, const char *name)
{
    struct writer *writer = context;
    if (!text_is(innermost(writer)->name, name))
        return;
    end_element(writer, innermost(writer));
    writer->open_count--;
}

/* Signs and letters are the same, whatever became of the spaces. */
static bool same_but_spaces(struct text a, struct text b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.len && (unsigned char)a.ptr[i] <= ' ')
            i++;
        while (j < b.len && (unsigned char)b.ptr[j] <= ' ')
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (a.ptr[i++] != b.ptr[j++])
            return false;
    }
}

static struct rich trimmed(struct arena *arena, struct rich rich)
{
    struct text text = text_trim(rich.plain);
    size_t before = (size_t)(text.ptr - rich.plain.ptr);
    struct rich out = {.plain = text_copy(arena, text)};
    for (size_t i = 0; i < rich.runs.count; i++) {
        struct rich_run run = rich.runs.items[i];
        run.from = run.from > before ? run.from - before : 0;
        run.to = run.to > before ? run.to - before : 0;
        if (run.to > text.len)
            run.to = text.len;
        rich_runs_add(arena, &out.runs, run);
    }
    return out;
}

bool markup_text(struct arena *arena, const struct markup_scan *scan, struct rich *out)
{
    static const struct markup_handlers handlers = {begin, end, hear};
    struct writer writer = {.arena = arena,
                            .keeps_lines = !scan->has_lines,
                            .out = {.arena = arena},
                            .heard = {.arena = arena}};
    markup_parse(scan->html, &handlers, &writer);
    if (!same_but_spaces(scan->plain, buffer_text(&writer.heard)))
        return false;
    *out = trimmed(arena, (struct rich){buffer_text(&writer.out), writer.runs});
    return true;
}

bool markup_read(struct arena *arena, struct text cell, struct rich *out)
{
    if (text_find(cell, '<', 0) == cell.len && text_find(cell, '&', 0) == cell.len)
        return false;
    struct markup_scan scan = markup_scan(arena, cell);
    if (!scan.has_markup && !scan.has_reference)
        return false;
    if (!scan.has_markup) { /* "&lt;p&gt;": the whole was encoded once more */
        struct markup_scan inner = markup_scan(arena, scan.plain);
        if (!inner.has_markup) {
            *out = rich_plain(text_trim(scan.plain));
            return true;
        }
        scan = inner;
    }
    return markup_text(arena, &scan, out);
}

struct rich source_rich(struct source *source, struct place place, struct text cell)
{
    struct rich rich;
    if (!markup_read(source->scratch, cell, &rich))
        return rich_plain(cell);
    source_repair(source, place, "HTML in a cell made plain text");
    return rich_copy(source->arena, rich);
}
