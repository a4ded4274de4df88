#include "base/file.h"
#include "base/ini.h"
#include "pack/pack.h"
#include "write/write.h"

#include <string.h>

enum { NOTICE_DAYS = 5 }; /* Local Government Act 1972, section 100B(3) */

/* Values may go over several lines in the file; here they are one. */
static struct text one_line(struct arena *arena, struct text value)
{
    struct text line = text_copy(arena, value);
    for (char *at = (char *)line.ptr; (at = strchr(at, '\n'));) /* our own copy */
        *at = ' ';
    return line;
}

static struct text line_value(struct arena *arena, const struct ini_section *section,
                              const char *key)
{
    return one_line(arena, ini_value(section, key));
}

/* The day's name in `written` must be the date's own: one of the two is a mistake otherwise. */
static void check_weekday(struct arena *arena, struct diags *diags, struct place place,
                          struct text written, struct date date)
{
    struct text right = date_display_long(arena, date);
    right = text_slice(right, 0, text_find(right, ',', 0));
    size_t len = 0;
    while (len < written.len &&
           ((written.ptr[len] | 0x20) >= 'a' && (written.ptr[len] | 0x20) <= 'z'))
        len++;
    struct text word = text_slice(written, 0, len);
    if (len == 0 || month_number(word) || text_same_name(word, right) ||
        text_same_name(word, text_slice(right, 0, 3)))
        return;
    diag(diags, DIAG_BAD_VALUE, place, "'%.*s' is wrong: %.*s is a %.*s",
         TEXT_ARG(text_quote(arena, written)), TEXT_ARG(date_display(arena, date)),
         TEXT_ARG(right));
}

static struct date date_value(struct arena *arena, struct diags *diags,
                              const struct ini_section *section, const char *key)
{
    struct date date = {0};
    struct text written = line_value(arena, section, key);
    if (written.len == 0)
        return date;
    struct place place = ini_value_place(section, key);
    if (date_read(written, &date))
        check_weekday(arena, diags, place, written, date);
    else
        diag(diags, DIAG_BAD_VALUE, place,
             "'%.*s' is no date: expected one like 'Thursday, 30 June 2022'",
             TEXT_ARG(text_quote(arena, written)));
    return date;
}

unsigned clear_working_days(struct date notice, struct date meeting)
{
    unsigned count = 0;
    for (long day = date_number(notice) + 1; day < date_number(meeting); day++) {
        long weekday = ((day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday; Monday is 0 */
        count += weekday < 5;
    }
    return count;
}

static void check_notice(struct diags *diags, const struct ini_section *meeting,
                         const struct agenda *agenda)
{
    if (!date_is_known(agenda->date) || !date_is_known(agenda->notice))
        return;
    struct place place = ini_value_place(meeting, "notice");
    if (date_compare(agenda->notice, agenda->date) >= 0) {
        diag(diags, DIAG_BAD_VALUE, place, "the notice is not before the meeting");
        return;
    }
    unsigned days = clear_working_days(agenda->notice, agenda->date);
    if (days < NOTICE_DAYS)
        diag(diags, DIAG_VALUE_CHECK, place,
             "%u clear working days between notice and meeting: at least %d are required, and "
             "bank holidays are not counted off here",
             days, NOTICE_DAYS);
}

static void read_meeting(struct arena *arena, struct diags *diags,
                         const struct ini_section *section, struct agenda *out)
{
    static const struct ini_key keys[] = {
        {"council", true}, {"committee", true}, {"date", true},
        {"time", true},    {"venue", true},     {"to", true},
        {"notice", true},  {"issued by", true}, {"public access", false},
    };
    ini_check_keys(diags, section, keys, sizeof keys / sizeof *keys);
    out->council = line_value(arena, section, "council");
    out->committee = line_value(arena, section, "committee");
    out->date = date_value(arena, diags, section, "date");
    out->time = line_value(arena, section, "time");
    out->venue = line_value(arena, section, "venue");
    out->to = line_value(arena, section, "to");
    out->notice = date_value(arena, diags, section, "notice");
    out->public_access = line_value(arena, section, "public access");
    out->issued_by = line_value(arena, section, "issued by");
    check_notice(diags, section, out);
}

static void read_contact(struct arena *arena, struct diags *diags,
                         const struct ini_section *section, struct agenda *out)
{
    static const struct ini_key keys[] = {{"email", true}, {"telephone", false}};
    ini_check_keys(diags, section, keys, sizeof keys / sizeof *keys);
    out->email = line_value(arena, section, "email");
    out->telephone = line_value(arena, section, "telephone");
}

static void read_circulation(struct arena *arena, const struct ini_section *section,
                             struct agenda *out)
{
    for (size_t i = 0; i < section->count; i++) {
        out->circulation = arena_grow(arena, out->circulation, out->circulation_count,
                                      &out->circulation_capacity, sizeof *out->circulation);
        out->circulation[out->circulation_count++] = (struct agenda_member){
            .name = section->entries[i].key, .role = one_line(arena, section->entries[i].value)};
    }
}

/* "FOLDER REPORT": the last word is the report. */
static void read_report(struct arena *arena, struct diags *diags, const struct ini_section *section,
                        struct text folder, struct agenda_item *item)
{
    struct text value = line_value(arena, section, "report");
    if (value.len == 0)
        return;
    item->report_place = ini_value_place(section, "report");
    size_t space = value.len;
    while (space && value.ptr[space - 1] != ' ')
        space--;
    struct text job = text_trim(text_slice(value, 0, space));
    if (job.len == 0) {
        diag(diags, DIAG_BAD_VALUE, item->report_place,
             "'%.*s' is not a job folder and the name of one of its reports",
             TEXT_ARG(text_quote(arena, value)));
        return;
    }
    item->report = text_slice(value, space, value.len);
    item->job_folder = path_tidy(arena, path_join(arena, folder, job));
    if (!file_exists(path_join(arena, item->job_folder, TEXT("job.ini"))))
        diag(diags, DIAG_NO_FILE, item->report_place, "'%.*s' is not a job: it has no job.ini",
             TEXT_ARG(text_quote(arena, item->job_folder)));
}

static void read_pdfs(struct arena *arena, struct diags *diags, const struct ini_section *section,
                      struct text folder, struct agenda_item *item)
{
    struct text_pieces pieces = text_split(line_value(arena, section, "pdf"), ',');
    for (struct text name; text_next(&pieces, &name);) {
        if (name.len == 0)
            continue;
        struct agenda_pdf pdf = {.path = path_tidy(arena, path_join(arena, folder, name)),
                                 .name = name,
                                 .place = ini_value_place(section, "pdf")};
        if (!file_exists(pdf.path))
            diag(diags, DIAG_NO_FILE, pdf.place, "there is no file '%.*s'",
                 TEXT_ARG(text_quote(arena, pdf.path)));
        item->pdfs =
            arena_grow(arena, item->pdfs, item->pdf_count, &item->pdf_capacity, sizeof *item->pdfs);
        item->pdfs[item->pdf_count++] = pdf;
    }
}

static unsigned item_number(struct text name)
{
    unsigned number = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] < '0' || name.ptr[i] > '9' || number > 999)
            return 0;
        number = number * 10 + (unsigned)(name.ptr[i] - '0');
    }
    return number;
}

static void read_exempt(struct arena *arena, struct diags *diags, const struct ini_section *section,
                        struct agenda_item *item)
{
    if (ini_entry(section, "exempt"))
        item->exempt = exempt_read(diags, ini_value_place(section, "exempt"),
                                   line_value(arena, section, "exempt"));
    else if (item->public_title.len)
        diag(diags, DIAG_BAD_VALUE, ini_value_place(section, "public title"),
             "this item is public: a public title beside its title needs 'exempt', such as "
             "'exempt = 3'");
}

static void read_item(struct arena *arena, struct diags *diags, const struct ini_section *section,
                      struct agenda *out)
{
    static const struct ini_key keys[] = {
        {"title", true}, {"note", false},      {"report title", false}, {"report", false},
        {"pdf", false},  {"to follow", false}, {"exempt", false},       {"public title", false},
    };
    ini_check_keys(diags, section, keys, sizeof keys / sizeof *keys);
    struct text folder = path_folder(out->file);
    struct agenda_item item = {
        .number = item_number(section->name),
        .title = line_value(arena, section, "title"),
        .note = line_value(arena, section, "note"),
        .report_title = line_value(arena, section, "report title"),
        .to_follow = ini_bool(diags, section, "to follow", false),
        .job_folder = TEXT_EMPTY,
        .report = TEXT_EMPTY,
        .public_title = line_value(arena, section, "public title"),
        .place = section->place,
    };
    read_exempt(arena, diags, section, &item);
    if (item.number != out->count + 1)
        diag(diags, DIAG_BAD_VALUE, section->place,
             "'%.*s' is not the next item: expected [item %zu]",
             TEXT_ARG(text_quote(arena, section->title)), out->count + 1);
    read_report(arena, diags, section, folder, &item);
    read_pdfs(arena, diags, section, folder, &item);
    if (item.to_follow && (item.report.len || item.pdf_count))
        diag(diags, DIAG_BAD_VALUE, ini_value_place(section, "to follow"),
             "the papers of this item are here: they cannot be to follow");
    out->items = arena_grow(arena, out->items, out->count, &out->capacity, sizeof *out->items);
    out->items[out->count++] = item;
}

/* The meeting excludes the public by a resolution, section 100A(4). */
static bool excludes_the_public(struct arena *arena, const struct agenda_item *item)
{
    struct text title = text_lower(arena, item->title);
    return !item->exempt && text_contains(title, TEXT("exclu")) &&
           text_contains(title, TEXT("public"));
}

/* A paper cannot be public in one item and exempt in another. */
static void check_same_papers(struct diags *diags, const struct agenda_item *exempt,
                              const struct agenda_item *other)
{
    if (exempt->report.len && text_equal(exempt->report, other->report) &&
        text_equal(exempt->job_folder, other->job_folder))
        diag(diags, DIAG_BAD_VALUE, exempt->report_place,
             "this report is public: item %u has it, too", other->number);
    for (size_t i = 0; i < exempt->pdf_count; i++)
        for (size_t k = 0; k < other->pdf_count; k++)
            if (text_equal(exempt->pdfs[i].path, other->pdfs[k].path))
                diag(diags, DIAG_BAD_VALUE, exempt->pdfs[i].place,
                     "'%.*s' is public: item %u has it, too",
                     TEXT_ARG(text_quote(diags->arena, exempt->pdfs[i].name)), other->number);
}

static void check_exempt(struct diags *diags, const struct agenda *agenda)
{
    bool is_excluded = false, is_told = false;
    const struct agenda_item *exempt = NULL; /* the last one so far */
    for (size_t i = 0; i < agenda->count; i++) {
        const struct agenda_item *item = &agenda->items[i];
        is_excluded = is_excluded || excludes_the_public(diags->arena, item);
        if (item->exempt && !is_excluded && !is_told) {
            is_told = true;
            diag(diags, DIAG_VALUE_CHECK, item->place,
                 "no item before this one excludes the public: expected one such as 'Exclusion of "
                 "the public', for the resolution under section 100A(4) of the Local Government "
                 "Act 1972");
        }
        if (!item->exempt && exempt)
            diag(diags, DIAG_VALUE_CHECK, item->place,
                 "item %u before this public one is exempt: put exempt items last, so that the "
                 "public leaves once; in the packs its papers stand behind all public ones",
                 exempt->number);
        exempt = item->exempt ? item : NULL;
        for (size_t k = 0; k < agenda->count && item->exempt; k++)
            if (!agenda->items[k].exempt)
                check_same_papers(diags, item, &agenda->items[k]);
    }
}

static void read_section(struct arena *arena, struct diags *diags,
                         const struct ini_section *section, struct agenda *out)
{
    if (text_same_name(section->kind, TEXT("meeting")))
        read_meeting(arena, diags, section, out);
    else if (text_same_name(section->kind, TEXT("contact")))
        read_contact(arena, diags, section, out);
    else if (text_same_name(section->kind, TEXT("circulation")))
        read_circulation(arena, section, out);
    else if (text_same_name(section->kind, TEXT("item")))
        read_item(arena, diags, section, out);
}

bool agenda_read(struct arena *arena, struct diags *diags, struct text path, struct agenda *out)
{
    static const char *const kinds[] = {"meeting", "contact", "circulation", "item"};
    struct text none = TEXT_EMPTY;
    struct ini ini;
    size_t errors = diags_count(diags, LEVEL_ERROR);
    *out = (struct agenda){
        .council = none,
        .committee = none,
        .time = none,
        .venue = none,
        .to = none,
        .public_access = none,
        .issued_by = none,
        .email = none,
        .telephone = none,
    };
    ini_read(arena, diags, path, &ini);
    out->file = ini.file;
    if (ini.count == 0 && diags_count(diags, LEVEL_ERROR) > errors)
        return false; /* it could not be read at all */
    ini_check_sections(diags, &ini, kinds, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < ini.count; i++)
        read_section(arena, diags, &ini.sections[i], out);
    for (size_t i = 0; i < 2; i++)
        if (!ini_section(&ini, kinds[i], TEXT_EMPTY))
            diag(diags, DIAG_MISSING_KEY, place_file(out->file), "there is no [%s]", kinds[i]);
    if (out->count == 0)
        diag(diags, DIAG_MISSING_KEY, place_file(out->file), "there is no [item 1]");
    check_exempt(diags, out);
    return diags_count(diags, LEVEL_ERROR) == errors;
}

struct text page_range_text(struct arena *arena, const struct agenda_item *item,
                            struct page_range range)
{
    if (item->to_follow)
        return TEXT("To follow");
    if (range.first == 0)
        return TEXT_EMPTY;
    if (range.first == range.last)
        return text_format(arena, "%u", range.first);
    return text_format(arena, "%u to %u", range.first, range.last);
}

static void add_styled(struct arena *arena, struct blocks *blocks, struct text text, unsigned style)
{
    if (text.len)
        spans_add_text(arena, &blocks_add(arena, blocks, BLOCK_PARAGRAPH)->paragraph.spans, text,
                       style);
}

static void add_link(struct arena *arena, struct blocks *blocks, struct text text, unsigned style,
                     struct page_range to, struct text says)
{
    struct span span = {.text = text,
                        .style = style,
                        .link = text_format(arena, LINK_TO_PAGE "%u", to.first),
                        .says = says};
    spans_add(arena, &blocks_add(arena, blocks, BLOCK_PARAGRAPH)->paragraph.spans, span);
}

static void add_title(struct arena *arena, struct blocks *blocks, const struct agenda_item *item,
                      struct page_range range)
{
    if (range.first)
        add_link(arena, blocks, item->title, SPAN_BOLD, range,
                 text_format(arena, "Item %u: %.*s, page %u", item->number, TEXT_ARG(item->title),
                             range.first));
    else
        add_styled(arena, blocks, item->title, SPAN_BOLD);
}

static struct cell pages_cell(struct arena *arena, const struct agenda_item *item,
                              struct page_range range, struct text otherwise)
{
    struct text words = page_range_text(arena, item, range);
    if (!words.len)
        return otherwise.len ? cell_text(otherwise) : (struct cell){.kind = CELL_EMPTY};
    struct cell cell = cell_text(words);
    if (range.first && !item->to_follow)
        add_link(arena, &cell.blocks, words, 0, range,
                 text_format(arena, "Item %u, page%s %.*s", item->number,
                             range.first == range.last ? "" : "s", TEXT_ARG(words)));
    return cell;
}

/* Title in bold, what is to be done or why its papers are not here, and the title of the report. */
static struct cell business_cell(struct arena *arena, const struct agenda_item *item,
                                 struct page_range range)
{
    struct cell cell = {.kind = CELL_TEXT};
    add_title(arena, &cell.blocks, item, range);
    add_styled(arena, &cell.blocks, item->note, 0);
    if (item->exempt)
        add_styled(arena, &cell.blocks, exempt_statement(arena, item->exempt), 0);
    if (!text_equal(item->report_title, item->title))
        add_styled(arena, &cell.blocks, item->report_title, SPAN_ITALIC);
    cell.display = blocks_plain(arena, &cell.blocks);
    return cell;
}

struct table *agenda_business(struct arena *arena, const struct agenda *agenda,
                              const struct page_range *ranges, bool exempt_papers)
{
    struct table *table = table_new(arena, exempt_papers ? TEXT("exempt") : TEXT("business"), 3);
    table->caption = exempt_papers ? TEXT("Exempt items and the pages of their papers")
                                   : TEXT("Items of business and the pages of their papers");
    table->columns[0].header = TEXT("Item");
    table->columns[0].is_row_header = true;
    table->columns[1].header = TEXT("Business");
    table->columns[1].long_text = true;
    table->columns[2].header = TEXT("Pages");
    for (size_t i = 0; i < agenda->count; i++) {
        const struct agenda_item *item = &agenda->items[i];
        struct page_range range = {0};
        if (exempt_papers && !item->exempt)
            continue;
        if (exempt_papers || !item->exempt)
            range = ranges[i];
        struct row *row = table_add_row(arena, table, ROW_BODY);
        row->cells[0] = cell_text(text_format(arena, "%u", item->number));
        row->cells[1] = business_cell(arena, item, range);
        row->cells[2] = pages_cell(arena, item, range,
                                   exempt_papers  ? TEXT("No papers")
                                   : item->exempt ? TEXT("Exempt")
                                                  : TEXT_EMPTY);
    }
    return table;
}

static void add_heading(struct arena *arena, struct blocks *blocks, unsigned level,
                        struct text text)
{
    struct block *block = blocks_add(arena, blocks, BLOCK_HEADING);
    block->heading = (struct heading){.level = level, .number = TEXT_EMPTY};
    spans_add_text(arena, &block->heading.spans, text, 0);
}

static void define(struct arena *arena, struct definitions *list, struct text term,
                   struct text meaning, struct text link)
{
    if (meaning.len == 0)
        return;
    struct definition item = {.term = term};
    struct block *block = blocks_add(arena, &item.meaning, BLOCK_PARAGRAPH);
    block->paragraph.number = TEXT_EMPTY;
    spans_add(arena, &block->paragraph.spans, (struct span){.text = meaning, .link = link});
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof item);
    list->items[list->count++] = item;
}

static void define_contact(struct arena *arena, struct definitions *list,
                           const struct agenda *agenda)
{
    define(arena, list, TEXT("Contact"), agenda->email,
           text_concat(arena, TEXT("mailto:"), agenda->email));
    if (agenda->email.len && agenda->telephone.len)
        spans_add_text(arena, &list->items[list->count - 1].meaning.items[0].paragraph.spans,
                       text_concat(arena, TEXT(", telephone "), agenda->telephone), 0);
    else
        define(arena, list, TEXT("Telephone"), agenda->telephone, TEXT_EMPTY);
}

/* Day and time stand above, below the title. */
static void add_meeting(struct arena *arena, struct blocks *blocks, const struct agenda *agenda)
{
    add_styled(arena, blocks,
               text_format(arena, "To %.*s on %.*s", TEXT_ARG(agenda->to),
                           TEXT_ARG(date_display_long(arena, agenda->notice))),
               SPAN_BOLD);
    struct definitions *list = &blocks_add(arena, blocks, BLOCK_DEFINITIONS)->definitions;
    define(arena, list, TEXT("Venue"), agenda->venue, TEXT_EMPTY);
    define(arena, list, TEXT("Issued by"), agenda->issued_by, TEXT_EMPTY);
    define_contact(arena, list, agenda);
    add_styled(arena, blocks, agenda->public_access, 0);
}

static void add_circulation(struct arena *arena, struct blocks *blocks, const struct agenda *agenda)
{
    if (agenda->circulation_count == 0)
        return;
    add_heading(arena, blocks, 2, TEXT("Circulation"));
    struct definitions *list = &blocks_add(arena, blocks, BLOCK_DEFINITIONS)->definitions;
    for (size_t i = 0; i < agenda->circulation_count; i++)
        define(arena, list, agenda->circulation[i].name, agenda->circulation[i].role, TEXT_EMPTY);
}

struct document *agenda_document(struct arena *arena, const struct agenda *agenda,
                                 const struct page_range *ranges)
{
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = (struct document){
        .name = TEXT("agenda"),
        .title = text_format(arena, "Agenda: %.*s", TEXT_ARG(agenda->committee)),
        .subtitle =
            text_format(arena, "%.*s, %.*s", TEXT_ARG(date_display_long(arena, agenda->date)),
                        TEXT_ARG(agenda->time)),
        .organisation = agenda->council,
        .language = TEXT("en-GB"),
        .period = date_display(arena, agenda->date),
        .as_at = agenda->date,
        .footer = text_format(arena, "%.*s, %.*s", TEXT_ARG(agenda->committee),
                              TEXT_ARG(date_display(arena, agenda->date))),
    };
    add_heading(arena, &document->blocks, 1, document->title);
    add_meeting(arena, &document->blocks, agenda);
    add_heading(arena, &document->blocks, 2, TEXT("Business"));
    blocks_add(arena, &document->blocks, BLOCK_TABLE)->table =
        agenda_business(arena, agenda, ranges, false);
    add_circulation(arena, &document->blocks, agenda);
    return document;
}
