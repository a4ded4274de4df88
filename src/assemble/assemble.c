/* assemble - a report's document: its title and front block, then the narrative with its parts. */
#include "assemble/assemble_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Tables and the like of one report, each a sheet of its workbook: loops in loops make many. */
enum { PARTS_CAP = 1000 };

static void add_title(struct assembly *assembly)
{
    struct document *document = assembly->document;
    struct block *title = blocks_add(assembly->arena, &document->blocks, BLOCK_HEADING);
    title->heading.level = 1;
    title->anchor = TEXT("title");
    spans_add_text(assembly->arena, &title->heading.spans, document->title, 0);
}

/* The front block: what the job's [report NAME] says for each field of the template. */
static void add_fields(struct assembly *assembly)
{
    const struct report_input *input = assembly->input;
    const struct texts *fields = &input->template->fields;
    struct definitions definitions = {0};
    for (size_t i = 0; i < fields->count; i++) {
        const char *field = text_cstr(assembly->arena, fields->items[i]);
        struct text value = assembly_value(assembly, input->settings, field);
        if (!value.len && text_same_name(fields->items[i], TEXT("title")))
            value = assembly->document->title;
        if (!value.len)
            diag(assembly->diags, DIAG_MISSING_KEY,
                 input->settings ? input->settings->place : input->named,
                 "report '%.*s' needs '%s = …' in [report %.*s]", TEXT_ARG(input->template->name),
                 field, TEXT_ARG(input->template->name));
        if (value.len && text_same_name(fields->items[i], TEXT("title")) &&
            text_ends(assembly->document->title, value))
            continue; /* it stands above, as "Draft: …" where it is one */
        definitions.items = arena_grow(assembly->arena, definitions.items, definitions.count,
                                       &definitions.capacity, sizeof *definitions.items);
        definitions.items[definitions.count++] = (struct definition){
            .term = fields->items[i], .meaning = blocks_from_plain(assembly->arena, value)};
    }
    if (definitions.count) {
        struct block *block =
            blocks_add(assembly->arena, &assembly->document->blocks, BLOCK_DEFINITIONS);
        block->definitions = definitions;
    }
}

/* Keys of [report NAME] that nothing asks for would be forgotten without a word. */
static void check_settings(struct assembly *assembly)
{
    const struct report_input *input = assembly->input;
    const struct texts *fields = &input->template->fields;
    if (!input->settings)
        return;
    static const char *const own[] = {"title", "period", "as at", "csv", "draft"};
    size_t named = fields->count + COUNT(own), count = named + release_key_count;
    struct ini_key *keys = arena_calloc(assembly->arena, count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i].name = i < fields->count ? text_cstr(assembly->arena, fields->items[i])
                       : i < named       ? own[i - fields->count]
                                         : release_keys[i - named];
    ini_check_keys(assembly->diags, input->settings, keys, count);
}

/* Not every council has "Not started": its keys need not explain it. */
static bool is_in_key(struct assembly *assembly, enum rag rag)
{
    bool occurs = rag != RAG_NOT_STARTED;
    for (size_t s = 0; s < assembly->input->source_count && !occurs; s++) {
        const struct dataset *dataset =
            loop_source(assembly, &assembly->input->sources[s])->dataset;
        for (size_t i = 0; i < dataset->action_count && !occurs; i++)
            occurs = dataset->actions[i].rag == rag;
    }
    return occurs;
}

static void place_key(struct assembly *assembly, struct blocks *blocks)
{
    struct key key = {0};
    for (int rag = RAG_RED; rag < RAGS + RAG_RED; rag++) {
        enum rag item = (enum rag)(rag % RAGS); /* "no status" last */
        if (!is_in_key(assembly, item))
            continue;
        key.items =
            arena_grow(assembly->arena, key.items, key.count, &key.capacity, sizeof *key.items);
        key.items[key.count++] =
            (struct key_item){.rag = item, .meaning = text_from(rag_meaning(item))};
    }
    blocks_add(assembly->arena, blocks, BLOCK_KEY)->key = key;
}

static void place_appendices(struct assembly *assembly, struct blocks *blocks)
{
    const struct appendices *appendices = &assembly->narrative.appendices;
    struct list list = {0};
    for (size_t i = 0; i < appendices->count; i++) {
        const struct appendix *appendix = &appendices->items[i];
        struct blocks item = {0};
        struct block *paragraph = blocks_add(assembly->arena, &item, BLOCK_PARAGRAPH);
        struct span span = {
            .text = text_format(assembly->arena, "Appendix %.*s: %.*s", TEXT_ARG(appendix->letter),
                                TEXT_ARG(appendix->title)),
            .link = text_concat(assembly->arena, TEXT("#"), appendix->anchor),
        };
        spans_add(assembly->arena, &paragraph->paragraph.spans, span);
        list.items =
            arena_grow(assembly->arena, list.items, list.count, &list.capacity, sizeof *list.items);
        list.items[list.count++] = item;
    }
    if (list.count)
        blocks_add(assembly->arena, blocks, BLOCK_LIST)->list = list;
    else
        blocks_add_paragraph(assembly->arena, blocks, TEXT("None."));
}

/* Tables of some of the actions, which say how many there are of all. */
static bool finds_some(const struct ini_section *section)
{
    struct text kind = ini_value(section, "kind");
    return text_same_name(kind, TEXT("gaps")) || text_same_name(kind, TEXT("action-changes"));
}

/* Rows that are not there are no gap of such a table, but what it says. */
static bool lists_some(const struct ini_section *section)
{
    return ini_value(section, "only").len || finds_some(section);
}

/* "Gaps: none. 0 of 25 actions leave something out." */
static struct text none_words(struct assembly *assembly, const struct ini_section *section,
                              const struct table *table)
{
    struct buffer out = {.arena = assembly->arena};
    buffer_format(&out, "%.*s: none.", TEXT_ARG(table->caption));
    for (size_t i = 0; i < table->notes.count && finds_some(section); i++)
        buffer_format(&out, " %.*s", TEXT_ARG(table->notes.items[i]));
    return buffer_text(&out);
}

static void place_part(struct assembly *assembly, const struct block *placement,
                       struct blocks *blocks)
{
    const struct placement *p = &placement->placement;
    const struct ini_section *section = template_part(assembly->input->template, p->kind, p->name);
    if (!section) {
        diag(assembly->diags, DIAG_TEMPLATE, placement->place, "there is no [%.*s %.*s] in '%.*s'",
             TEXT_ARG(p->kind), TEXT_ARG(text_quote(assembly->arena, p->name)),
             TEXT_ARG(assembly->input->template->ini.file));
        return;
    }
    struct text placed = loop_placed(assembly, section->title);
    if (texts_find(&assembly->placed, placed) < assembly->placed.count) {
        diag(assembly->diags, DIAG_TEMPLATE, placement->place,
             "[%.*s] is placed a second time: refer to it instead", TEXT_ARG(section->title));
        return;
    }
    texts_add(assembly->arena, &assembly->placed, section->title);
    texts_add(assembly->arena, &assembly->placed, placed);
    if (++assembly->parts > PARTS_CAP) {
        if (assembly->parts == PARTS_CAP + 1)
            diag(assembly->diags, DIAG_CAP, placement->place,
                 "the report has more than %d tables, charts and the like: let loops place fewer",
                 PARTS_CAP);
        return;
    }
    struct text caption = spans_plain(assembly->arena, &p->caption);
    if (text_is(p->kind, "table")) {
        struct table *table = assemble_table(assembly, section, caption);
        if (table && !table->row_count && lists_some(section)) {
            blocks_add_paragraph(assembly->arena, blocks, none_words(assembly, section, table));
        } else if (table) {
            struct block *block = blocks_add(assembly->arena, blocks, BLOCK_TABLE);
            block->table = table;
            block->anchor = text_concat(assembly->arena, TEXT("table-"), table->name);
        }
    } else if (text_is(p->kind, "chart")) {
        struct chart *chart = assemble_chart(assembly, section, caption);
        if (chart) { /* where nothing can be drawn, its table says why */
            bool is_drawn = chart->series_count > 0;
            struct block *block =
                blocks_add(assembly->arena, blocks, is_drawn ? BLOCK_CHART : BLOCK_TABLE);
            if (is_drawn)
                block->chart = chart;
            else
                block->table = chart->data;
            block->anchor = text_concat(assembly->arena, TEXT("chart-"), chart->name);
        } else {
            stopped_place(assembly, section, caption, blocks);
        }
    } else if (text_is(p->kind, "grid")) {
        assemble_grid(assembly, section, caption, blocks);
    } else if (text_is(p->kind, "panel")) {
        assemble_panel(assembly, section, caption, blocks);
    } else {
        static const struct ini_key keys[] = {{"kind", true}};
        ini_check_keys(assembly->diags, section, keys, COUNT(keys));
        struct texts kinds = {0};
        texts_add(assembly->arena, &kinds, TEXT("status"));
        if (!text_same_name(ini_value(section, "kind"), kinds.items[0]))
            assembly_bad_choice(assembly, section, "kind", ini_value(section, "kind"), &kinds);
        place_key(assembly, blocks);
    }
}

enum page_form assembly_paper(const struct assembly *assembly, enum page_form form)
{
    bool a3 = document_style(assembly->document)->a3;
    return (enum page_form)(a3 ? form | PAGE_A3_PORTRAIT : form);
}

/* The form that "page:landscape" names; PAGE_FORMS: none. */
static enum page_form placed_form(const struct assembly *assembly, const struct placement *p)
{
    enum page_form form = PAGE_PORTRAIT;
    if (!text_is(p->kind, "page"))
        return PAGE_FORMS;
    while (form < PAGE_FORMS && !text_is(p->name, page_form_word(form)))
        form++;
    return form < PAGE_FORMS ? assembly_paper(assembly, form) : PAGE_FORMS;
}

static void place(struct assembly *assembly, const struct block *placement, struct blocks *blocks)
{
    const struct placement *p = &placement->placement;
    enum page_form form = placed_form(assembly, p);
    if (form < PAGE_FORMS)
        blocks_add(assembly->arena, blocks, BLOCK_PAGE_BREAK)->form = form;
    else if (text_is(p->kind, "list") && text_is(p->name, "appendices"))
        place_appendices(assembly, blocks);
    else if (text_is(p->kind, "image"))
        assemble_image(assembly, placement, blocks);
    else if (text_is(p->kind, "table") || text_is(p->kind, "chart") || text_is(p->kind, "key") ||
             text_is(p->kind, "grid") || text_is(p->kind, "panel"))
        place_part(assembly, placement, blocks);
    else if (text_is(p->kind, "changes") || text_is(p->kind, "changes-in-short"))
        judgements_place(assembly, placement, text_is(p->kind, "changes-in-short"), blocks);
    else
        diag(
            assembly->diags, DIAG_TEMPLATE, placement->place,
            "'%.*s:%.*s' is nothing that can be placed: expected table:NAME, chart:NAME, "
            "key:NAME, grid:NAME, panel:NAME, image:FILE, changes:SOURCE, changes-in-short:SOURCE, "
            "list:appendices, page:landscape, page:portrait, page:a3-landscape or page:a3-portrait",
            TEXT_ARG(text_quote(assembly->arena, p->kind)),
            TEXT_ARG(text_quote(assembly->arena, p->name)));
}

/* Section and paragraph numbers as the narrative is walked. */
struct counter {
    unsigned section;
    unsigned subsection;
    unsigned paragraph;
    bool in_numbered;
    enum page_form form; /* of the page that is being filled */
};

static void number_heading(struct assembly *assembly, struct counter *counter, struct block *block)
{
    struct heading *heading = &block->heading;
    enum numbering numbering = assembly->input->template->numbering;
    bool unnumbered = text_equal(heading->number, HEADING_UNNUMBERED);
    if (heading->level == 2) {
        counter->subsection = counter->paragraph = 0;
        counter->in_numbered = numbering != NUMBERING_NONE && !unnumbered && !heading->number.len;
        if (counter->in_numbered)
            heading->number = text_format(assembly->arena, "%u", ++counter->section);
    } else if (heading->level == 3 && numbering == NUMBERING_SECTIONS && counter->in_numbered &&
               !unnumbered) {
        heading->number =
            text_format(assembly->arena, "%u.%u", counter->section, ++counter->subsection);
    }
    if (unnumbered)
        heading->number = TEXT_EMPTY;
    if (!block->anchor.len)
        block->anchor = text_slug(assembly->arena, spans_plain(assembly->arena, &heading->spans));
}

static void number_paragraph(struct assembly *assembly, struct counter *counter,
                             struct block *block)
{
    if (assembly->input->template->numbering == NUMBERING_PARAGRAPHS && counter->in_numbered)
        block->paragraph.number =
            text_format(assembly->arena, "%u.%u", counter->section, ++counter->paragraph);
}

static void add_narrative(struct assembly *assembly)
{
    struct blocks *out = &assembly->document->blocks;
    struct counter counter = {.form = assembly->document->form};
    for (size_t i = 0; i < assembly->narrative.blocks.count; i++) {
        struct block block = assembly->narrative.blocks.items[i];
        if (block.kind == BLOCK_PLACEMENT) {
            loop_enter(assembly, block.placement.scope);
            size_t placed = out->count;
            place(assembly, &block, out);
            for (size_t k = placed; k < out->count; k++)
                if (out->items[k].kind == BLOCK_PARAGRAPH)
                    number_paragraph(assembly, &counter, &out->items[k]);
            if (out->count && out->items[out->count - 1].kind == BLOCK_PAGE_BREAK)
                counter.form = out->items[out->count - 1].form;
            loop_enter(assembly, 0);
            continue;
        }
        if (block.kind == BLOCK_PAGE_BREAK)
            block.form = counter.form;
        if (block.kind == BLOCK_HEADING) {
            bool is_appendix = text_starts(block.heading.number, TEXT("Appendix "));
            bool on_new_page = out->count && out->items[out->count - 1].kind == BLOCK_PAGE_BREAK;
            if (is_appendix && !on_new_page) {
                struct block *page = blocks_add(assembly->arena, out, BLOCK_PAGE_BREAK);
                page->form = counter.form;
                page->runs_on = assembly->input->template->appendices_run_on;
            }
            number_heading(assembly, &counter, &block);
        } else if (block.kind == BLOCK_PARAGRAPH) {
            number_paragraph(assembly, &counter, &block);
        }
        *blocks_add(assembly->arena, out, block.kind) = block;
    }
}

/* What a condition leaves out was placed by who wrote the template. */
static void note_left_out(struct assembly *assembly)
{
    const struct texts *left_out = &assembly->narrative.left_out;
    for (size_t i = 0; i < left_out->count; i++) {
        struct text placed = left_out->items[i];
        size_t colon = text_find(placed, ':', 0);
        const struct ini_section *section =
            template_part(assembly->input->template, text_slice(placed, 0, colon),
                          text_slice(placed, colon + 1, placed.len));
        if (section)
            texts_add(assembly->arena, &assembly->placed, section->title);
    }
}

/* A table that is declared and not placed would be missing without a word. */
static void check_placed(struct assembly *assembly)
{
    note_left_out(assembly);
    const struct ini *ini = &assembly->input->template->ini;
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_section *section = &ini->sections[i];
        bool is_part = section != assembly->input->template->report &&
                       !text_is(section->kind, "abbreviations");
        if (is_part && texts_find(&assembly->placed, section->title) == assembly->placed.count)
            diag(assembly->diags, DIAG_UNUSED, section->place,
                 "[%.*s] is not placed: '%.*s' has no ![](%.*s:%.*s)", TEXT_ARG(section->title),
                 TEXT_ARG(assembly->input->template->narrative_path), TEXT_ARG(section->kind),
                 TEXT_ARG(section->name));
    }
}

/* The date that the report's figures and updates are as at: its own, or the job's. */
static struct date as_at_of(struct assembly *assembly)
{
    const struct ini_entry *entry = ini_entry(assembly->input->settings, "as at");
    struct date date = assembly->input->as_at;
    if (entry && entry->value.len && !date_read_iso(entry->value, &date))
        diag(assembly->diags, DIAG_BAD_VALUE, entry->value_place,
             "'%.*s' is not a date: expected one such as 2022-06-22",
             TEXT_ARG(text_quote(assembly->arena, entry->value)));
    return date;
}

struct text assembly_title(struct assembly *assembly, bool *is_draft)
{
    static const char *const words[] = {"no", "yes"};
    const struct report_input *input = assembly->input;
    struct text title = assembly_value(assembly, input->settings, "title");
    struct text draft = assembly_value(assembly, input->settings, "draft");
    if (!title.len)
        title = assembly_value(assembly, input->template->report, "title");
    *is_draft = draft.len ? assembly_choose(assembly, input->settings, "draft", draft, words,
                                            COUNT(words)) == 1
                          : input->template->is_draft;
    return *is_draft ? text_concat(assembly->arena, TEXT("Draft: "), title) : title;
}

static struct document *new_document(struct assembly *assembly)
{
    const struct report_input *input = assembly->input;
    struct document *document = arena_alloc(assembly->arena, sizeof *document);
    struct text own_period = assembly_value(assembly, input->settings, "period");
    *document = (struct document){
        .name = text_slug(assembly->arena, input->template->name),
        .subtitle = assembly_value(assembly, input->template->report, "subtitle"),
        .organisation = input->organisation,
        .language = input->language,
        .period = own_period.len ? own_period : period_display(assembly->arena, input->period),
        .as_at = as_at_of(assembly),
        .form = input->template->form,
        .contents = input->template->contents,
        .style = input->style,
        .header = TEXT_EMPTY,
        .release = input->release,
    };
    document->release.area = input->area;
    document->title = assembly_title(assembly, &document->is_draft);
    document->footer = text_format(assembly->arena, "%.*s – %.*s", TEXT_ARG(input->organisation),
                                   TEXT_ARG(document->title));
    return document;
}

/* What the style says of header and footer, once the document's own fields can be named in it. */
static void set_running_texts(struct assembly *assembly)
{
    const struct style *style = document_style(assembly->document);
    struct place place = style->file.len ? place_file(style->file) : PLACE_NONE;
    assembly->document->header = placeholder_fill(assembly->arena, assembly->diags,
                                                  &assembly->resolver, style->header, place);
    if (style->footer.len)
        assembly->document->footer = placeholder_fill(assembly->arena, assembly->diags,
                                                      &assembly->resolver, style->footer, place);
}

struct document *assemble(struct arena *arena, struct diags *diags,
                          const struct report_input *input)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    struct assembly assembly = {.arena = arena, .diags = diags, .input = input};
    assembly.resolver = (struct resolver){assembly_resolve, &assembly};
    assembly.document = new_document(&assembly);
    assembly.document->form = assembly_paper(&assembly, assembly.document->form);
    set_running_texts(&assembly);
    check_settings(&assembly);
    abbreviations_begin(&assembly);
    release_read(arena, diags, input->settings, &assembly.resolver, &assembly.document->release);
    add_title(&assembly);
    add_fields(&assembly);
    const struct flow flow = loop_flow(&assembly);
    narrative_parse(arena, diags, &assembly.resolver, &flow, input->template->narrative_path,
                    input->template->narrative, &assembly.narrative);
    input->template->said = assembly.narrative.said;
    size_t first = diags->count;
    add_narrative(&assembly);
    check_placed(&assembly);
    rows_check_turns(&assembly);
    stopped_check(&assembly);
    notes_add(&assembly);
    notes_close(&assembly);
    outline_check(&assembly);
    abbreviations_close(&assembly);
    if (assembly.scope_count)
        diags_drop_repeats(diags, first); /* one mistake, not one a turn */
    bool ok = diags_count(diags, LEVEL_ERROR) == errors && !assembly.is_lost;
    return ok ? assembly.document : NULL;
}
