#include "assemble/assemble_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* How many periods in `compare` the fact needs; 0 when it is no fact of that kind. */
static size_t baselines_needed(struct text name)
{
    static const struct {
        struct text end;
        size_t count;
    } ends[] = {
        {TEXT_INIT("job.compare"), 1},   {TEXT_INIT("job.compare-2"), 2},
        {TEXT_INIT("job.compare-3"), 3}, {TEXT_INIT(".previous"), 1},
        {TEXT_INIT(".reference"), 2},    {TEXT_INIT(".reference-change"), 2},
        {TEXT_INIT(".third"), 3},        {TEXT_INIT(".third-change"), 3},
        {TEXT_INIT(".change"), 1},
    };
    for (size_t i = 0; i < COUNT(ends); i++)
        if (text_ends(name, ends[i].end))
            return ends[i].count;
    return 0;
}

/* True for a fact that is missing because its source was refused, or the job's period: that was
 * told there, and saying it again for every sentence would hide the cause. */
static bool is_lost_fact(const struct report_input *input, struct text name)
{
    if (baselines_needed(name) && !date_is_known(input->period.start))
        return true;
    for (size_t i = 0; i < input->source_count; i++) {
        const struct dataset *dataset = input->sources[i].dataset;
        if (name.len > dataset->name.len && name.ptr[dataset->name.len] == '.' &&
            text_starts(name, dataset->name) &&
            (dataset_is_lost(dataset) ||
             (dataset->incomplete && !facts_nearest(input->facts, name).len)))
            return true;
    }
    return false;
}

/* The rest of the message about a fact that is not there. */
static struct text fact_advice(const struct assembly *assembly, struct text name)
{
    size_t needed = baselines_needed(name), given = assembly->input->baselines.count;
    if (needed > given)
        return text_format(assembly->arena,
                           ": it needs %zu period%s in 'compare' of [job], which has %zu", needed,
                           needed == 1 ? "" : "s", given);
    struct text nearest = facts_nearest(assembly->input->facts, name);
    return nearest.len ? text_format(assembly->arena, "; did you mean '%.*s'?", TEXT_ARG(nearest))
                       : TEXT("; `panelpack dump JOB --stage=facts` lists them");
}

/* {{report.FIELD}} from the job's [report NAME] section, then the job's facts. */
static bool resolve(void *context, struct text name, struct text format, struct text *out)
{
    struct assembly *assembly = context;
    const struct report_input *input = assembly->input;
    if (text_starts(name, TEXT("report.")) && input->settings) {
        struct text field = text_slice(name, sizeof "report." - 1, name.len);
        const struct ini_entry *entry =
            ini_entry(input->settings, text_cstr(assembly->arena, field));
        if (entry && format.len == 0) {
            *out = entry->value;
            return true;
        }
    }
    const struct fact *fact = facts_find(input->facts, name);
    if (!fact && is_lost_fact(input, name)) {
        assembly->is_lost = true;
        *out = TEXT_EMPTY;
        return true;
    }
    if (!fact) {
        *out = fact_advice(assembly, name);
        return false;
    }
    if (fact_display(assembly->arena, fact, format, out)) {
        if (text_is(format, "judged"))
            assembly->has_changes = assembly->has_judgements = true;
        return true;
    }
    *out = out->len ? text_format(assembly->arena, "; its formats are: %.*s", TEXT_ARG(*out))
                    : TEXT("; it has no formats");
    return false;
}

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
    static const char *const own[] = {"title", "period", "as at"};
    size_t count = fields->count + COUNT(own);
    struct ini_key *keys = arena_calloc(assembly->arena, count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i].name = i < fields->count ? text_cstr(assembly->arena, fields->items[i])
                                         : own[i - fields->count];
    ini_check_keys(assembly->diags, input->settings, keys, count);
}

/* Not every council has "Not started": its keys need not explain it. */
static bool is_in_key(const struct assembly *assembly, enum rag rag)
{
    bool occurs = rag != RAG_NOT_STARTED;
    for (size_t s = 0; s < assembly->input->source_count && !occurs; s++) {
        const struct dataset *dataset = assembly->input->sources[s].dataset;
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
            .link = text_format(assembly->arena, "#appendix-%.*s", TEXT_ARG(appendix->slug)),
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
    if (texts_find(&assembly->placed, section->title) < assembly->placed.count) {
        diag(assembly->diags, DIAG_TEMPLATE, placement->place,
             "[%.*s] is placed a second time: refer to it instead", TEXT_ARG(section->title));
        return;
    }
    texts_add(assembly->arena, &assembly->placed, section->title);
    struct text caption = spans_plain(assembly->arena, &p->caption);
    if (text_is(p->kind, "table")) {
        struct table *table = assemble_table(assembly, section, caption);
        if (table) {
            struct block *block = blocks_add(assembly->arena, blocks, BLOCK_TABLE);
            block->table = table;
            block->anchor = text_concat(assembly->arena, TEXT("table-"), table->name);
        }
    } else if (text_is(p->kind, "chart")) {
        struct chart *chart = assemble_chart(assembly, section, caption);
        if (chart) {
            struct block *block = blocks_add(assembly->arena, blocks, BLOCK_CHART);
            block->chart = chart;
            block->anchor = text_concat(assembly->arena, TEXT("chart-"), chart->name);
        }
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

static void place(struct assembly *assembly, const struct block *placement, struct blocks *blocks)
{
    const struct placement *p = &placement->placement;
    if (text_is(p->kind, "page") && (text_is(p->name, "landscape") || text_is(p->name, "portrait")))
        blocks_add(assembly->arena, blocks, BLOCK_PAGE_BREAK)->landscape =
            text_is(p->name, "landscape");
    else if (text_is(p->kind, "list") && text_is(p->name, "appendices"))
        place_appendices(assembly, blocks);
    else if (text_is(p->kind, "table") || text_is(p->kind, "chart") || text_is(p->kind, "key"))
        place_part(assembly, placement, blocks);
    else if (text_is(p->kind, "changes"))
        judgements_place(assembly, placement, blocks);
    else
        diag(assembly->diags, DIAG_TEMPLATE, placement->place,
             "'%.*s:%.*s' is nothing that can be placed: expected table:NAME, chart:NAME, "
             "key:NAME, changes:SOURCE, list:appendices, page:landscape or page:portrait",
             TEXT_ARG(text_quote(assembly->arena, p->kind)),
             TEXT_ARG(text_quote(assembly->arena, p->name)));
}

/* Section and paragraph numbers as the narrative is walked. */
struct counter {
    unsigned section;
    unsigned subsection;
    unsigned paragraph;
    bool in_numbered;
    bool landscape; /* of the page that is being filled */
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
    struct counter counter = {.landscape = assembly->document->landscape};
    for (size_t i = 0; i < assembly->narrative.blocks.count; i++) {
        struct block block = assembly->narrative.blocks.items[i];
        if (block.kind == BLOCK_PLACEMENT) {
            place(assembly, &block, out);
            if (out->count && out->items[out->count - 1].kind == BLOCK_PAGE_BREAK)
                counter.landscape = out->items[out->count - 1].landscape;
            continue;
        }
        if (block.kind == BLOCK_PAGE_BREAK)
            block.landscape = counter.landscape;
        if (block.kind == BLOCK_HEADING) {
            bool is_appendix = text_starts(block.heading.number, TEXT("Appendix "));
            bool on_new_page = out->count && out->items[out->count - 1].kind == BLOCK_PAGE_BREAK;
            if (is_appendix && !on_new_page)
                blocks_add(assembly->arena, out, BLOCK_PAGE_BREAK)->landscape = counter.landscape;
            number_heading(assembly, &counter, &block);
        } else if (block.kind == BLOCK_PARAGRAPH) {
            number_paragraph(assembly, &counter, &block);
        }
        *blocks_add(assembly->arena, out, block.kind) = block;
    }
}

/* A table that is declared and not placed would be missing without a word. */
static void check_placed(struct assembly *assembly)
{
    const struct ini *ini = &assembly->input->template->ini;
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_section *section = &ini->sections[i];
        if (section != assembly->input->template->report &&
            texts_find(&assembly->placed, section->title) == assembly->placed.count)
            diag(assembly->diags, DIAG_UNUSED, section->place,
                 "[%.*s] is not placed: '%.*s' has no ![](%.*s:%.*s)", TEXT_ARG(section->title),
                 TEXT_ARG(assembly->input->template->narrative_path), TEXT_ARG(section->kind),
                 TEXT_ARG(section->name));
    }
}

/* What the words under “Can we tell?” mean, and what they rest on (statistics.md 2). */
static void add_judgement_notes(struct assembly *assembly, struct blocks *notes)
{
    blocks_add_paragraph(
        assembly->arena, notes,
        TEXT("“Can we tell?” says whether a change in a count can be told from chance. A clear "
             "rise or fall is very unlikely to be chance alone, even when all rows of the table "
             "are looked at together and the count varies more than chance would make it."));
    blocks_add_paragraph(
        assembly->arena, notes,
        TEXT("“May be a real rise” or “fall” means that chance cannot be ruled out. “Little "
             "changed” means that the change is small and can easily be chance. “Not clear” means "
             "that the figures do not show whether there has been a real change: it does not mean "
             "that there was none. “Too few to judge” stands beside counts that are too small."));
    blocks_add_paragraph(
        assembly->arena, notes,
        TEXT("Counts are compared with an exact test. Where the months of both periods are known, "
             "how much they vary is part of the test."));
}

/* How to read the figures: in the workbook's notes sheet and at the end of the report. */
static void add_notes(struct assembly *assembly)
{
    struct blocks *notes = &assembly->document->notes;
    struct text as_at = date_display(assembly->arena, assembly->document->as_at);
    if (as_at.len)
        blocks_add_paragraph(
            assembly->arena, notes,
            text_format(assembly->arena, "Figures and updates are as at %.*s.", TEXT_ARG(as_at)));
    if (!assembly->has_changes)
        return;
    blocks_add_paragraph(
        assembly->arena, notes,
        TEXT("Each change is worked out from unrounded figures and rounded once, half away from "
             "zero. Percentages are shown to one decimal place."));
    blocks_add_paragraph(
        assembly->arena, notes,
        text_format(assembly->arena,
                    "No percentage is given for a count that starts below %u, from zero, or from "
                    "a figure that is not available. Where two percentages are compared, the "
                    "difference is in percentage points.",
                    change_default_rules.small_base));
    if (assembly->has_judgements)
        add_judgement_notes(assembly, notes);
    blocks_add_paragraph(assembly->arena, notes,
                         TEXT("The report does not say why a figure is different."));
}

static void add_method_section(struct assembly *assembly, struct blocks *out)
{
    struct block *heading = blocks_add(assembly->arena, out, BLOCK_HEADING);
    heading->heading.level = 2;
    heading->anchor = TEXT("how-the-figures-are-worked-out");
    spans_add_text(assembly->arena, &heading->heading.spans, TEXT("How the figures are worked out"),
                   0);
    for (size_t i = 0; i < assembly->document->notes.count; i++)
        *blocks_add(assembly->arena, out, BLOCK_PARAGRAPH) = assembly->document->notes.items[i];
}

/* The page break before the first appendix, or the number of blocks. */
static size_t first_appendix(const struct blocks *blocks)
{
    for (size_t i = 1; i < blocks->count; i++)
        if (blocks->items[i].kind == BLOCK_HEADING &&
            text_starts(blocks->items[i].heading.number, TEXT("Appendix ")))
            return blocks->items[i - 1].kind == BLOCK_PAGE_BREAK ? i - 1 : i;
    return blocks->count;
}

/* The method stands at the end of the report's own text: before its appendices. */
static void add_closing_section(struct assembly *assembly)
{
    if (!assembly->has_changes)
        return;
    struct blocks all = assembly->document->blocks, *out = &assembly->document->blocks;
    size_t before = first_appendix(&all);
    *out = (struct blocks){0};
    for (size_t i = 0; i <= all.count; i++) {
        if (i == before)
            add_method_section(assembly, out);
        if (i < all.count)
            *blocks_add(assembly->arena, out, all.items[i].kind) = all.items[i];
    }
}

/* Two headings of the same words need two anchors. */
static void make_anchors_unique(struct assembly *assembly)
{
    struct texts seen = {0};
    for (size_t i = 0; i < assembly->document->blocks.count; i++) {
        struct block *block = &assembly->document->blocks.items[i];
        if (!block->anchor.len)
            continue;
        struct text first = block->anchor;
        for (unsigned n = 2; texts_find(&seen, block->anchor) < seen.count; n++)
            block->anchor = text_format(assembly->arena, "%.*s-%u", TEXT_ARG(first), n);
        texts_add(assembly->arena, &seen, block->anchor);
    }
}

static void check_links(struct assembly *assembly, const struct blocks *blocks,
                        const struct texts *anchors);

static void check_spans(struct assembly *assembly, const struct spans *spans, struct place place,
                        const struct texts *anchors)
{
    for (size_t i = 0; i < spans->count; i++) {
        struct text link = spans->items[i].link;
        if (text_starts(link, TEXT("#")) &&
            texts_find(anchors, text_slice(link, 1, link.len)) == anchors->count)
            diag(assembly->diags, DIAG_TEMPLATE, place, "link to '%.*s' leads nowhere; %s%.*s",
                 TEXT_ARG(text_quote(assembly->arena, link)), "did you mean #",
                 TEXT_ARG(texts_nearest(anchors, link)));
    }
}

static void check_links(struct assembly *assembly, const struct blocks *blocks,
                        const struct texts *anchors)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTE)
            check_spans(assembly, &block->paragraph.spans, block->place, anchors);
        if (block->kind == BLOCK_HEADING)
            check_spans(assembly, &block->heading.spans, block->place, anchors);
        for (size_t k = 0; block->kind == BLOCK_LIST && k < block->list.count; k++)
            check_links(assembly, &block->list.items[k], anchors);
    }
}

static struct texts all_anchors(struct assembly *assembly)
{
    struct texts anchors = {0};
    for (size_t i = 0; i < assembly->document->blocks.count; i++)
        if (assembly->document->blocks.items[i].anchor.len)
            texts_add(assembly->arena, &anchors, assembly->document->blocks.items[i].anchor);
    return anchors;
}

/* A skipped heading level breaks the outline that screen readers offer. */
static void check_heading_levels(struct assembly *assembly)
{
    unsigned level = 1;
    for (size_t i = 0; i < assembly->document->blocks.count; i++) {
        const struct block *block = &assembly->document->blocks.items[i];
        if (block->kind != BLOCK_HEADING)
            continue;
        if (block->heading.level > level + 1)
            diag(assembly->diags, DIAG_MARKDOWN, block->place,
                 "heading of level %u below one of level %u: levels must not be skipped",
                 block->heading.level - 1, level - 1);
        level = block->heading.level;
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

static struct document *new_document(struct assembly *assembly)
{
    const struct report_input *input = assembly->input;
    struct document *document = arena_alloc(assembly->arena, sizeof *document);
    struct text own_title = assembly_value(assembly, input->settings, "title");
    struct text own_period = assembly_value(assembly, input->settings, "period");
    *document = (struct document){
        .name = text_slug(assembly->arena, input->template->name),
        .subtitle = assembly_value(assembly, input->template->report, "subtitle"),
        .organisation = input->organisation,
        .language = input->language,
        .period = own_period.len ? own_period : period_display(assembly->arena, input->period),
        .as_at = as_at_of(assembly),
        .landscape = input->template->landscape,
    };
    document->title =
        own_title.len ? own_title : assembly_value(assembly, input->template->report, "title");
    document->footer = text_format(assembly->arena, "%.*s – %.*s", TEXT_ARG(input->organisation),
                                   TEXT_ARG(document->title));
    return document;
}

struct document *assemble(struct arena *arena, struct diags *diags,
                          const struct report_input *input)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    struct assembly assembly = {.arena = arena, .diags = diags, .input = input};
    assembly.resolver = (struct resolver){resolve, &assembly};
    assembly.document = new_document(&assembly);
    check_settings(&assembly);
    add_title(&assembly);
    add_fields(&assembly);
    narrative_parse(arena, diags, &assembly.resolver, input->template->narrative_path,
                    input->template->narrative, &assembly.narrative);
    add_narrative(&assembly);
    check_placed(&assembly);
    add_notes(&assembly);
    add_closing_section(&assembly);
    make_anchors_unique(&assembly);
    struct texts anchors = all_anchors(&assembly);
    check_links(&assembly, &assembly.document->blocks, &anchors);
    check_heading_levels(&assembly);
    bool ok = diags_count(diags, LEVEL_ERROR) == errors && !assembly.is_lost;
    return ok ? assembly.document : NULL;
}
