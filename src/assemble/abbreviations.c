/* abbreviations - [abbreviations] of a job or a template: the short forms of a report, which of
 * them occur in it, their table, and their words at the first use in the narrative. */
#include "assemble/assemble_int.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- the list ---- */

static bool is_setting(struct text key)
{
    static const char *const settings[] = {"source", "write out", "known"};
    for (size_t i = 0; i < COUNT(settings); i++)
        if (text_same_name(key, text_from(settings[i])))
            return true;
    return false;
}

static void add_rows(struct arena *arena, struct diags *diags, const struct ini_entry *entry,
                     const struct dataset *dataset, struct short_forms *out)
{
    static const char *const forms[] = {"short form", "abbreviation", "acronym",
                                        "initials",   "short name",   "term"};
    static const char *const meanings[] = {"stands for", "meaning",   "means",    "what it means",
                                           "in full",    "full name", "full form"};
    enum action_field form, meaning;
    if (dataset_is_lost(dataset))
        return;
    if (!dataset_action_field_of(dataset, forms, COUNT(forms), &form) ||
        !dataset_action_field_of(dataset, meanings, COUNT(meanings), &meaning)) {
        diag(diags, DIAG_BAD_VALUE, entry->value_place,
             "source '%.*s' is no list of short forms: expected the columns 'Short form' and "
             "'Stands for'",
             TEXT_ARG(dataset->name));
        return;
    }
    for (size_t i = 0; i < dataset->action_count; i++)
        short_forms_add(arena, out, action_text(&dataset->actions[i], form).plain,
                        action_text(&dataset->actions[i], meaning).plain,
                        action_place(&dataset->actions[i], form));
    out->source = dataset->name;
}

static void add_source(struct arena *arena, struct diags *diags, const struct ini_entry *entry,
                       const struct report_source *sources, size_t count, struct short_forms *out)
{
    struct texts names = {0};
    for (size_t i = 0; i < count; i++) {
        if (text_same_name(sources[i].dataset->name, entry->value)) {
            add_rows(arena, diags, entry, sources[i].dataset, out);
            return;
        }
        texts_add(arena, &names, sources[i].dataset->name);
    }
    struct text nearest = texts_nearest(&names, entry->value);
    diag(diags, DIAG_BAD_VALUE, entry->value_place, "there is no source '%.*s'%s%.*s%s",
         TEXT_ARG(text_quote(arena, entry->value)), nearest.len ? "; did you mean '" : "",
         TEXT_ARG(nearest), nearest.len ? "'?" : "");
}

void abbreviations_read(struct arena *arena, struct diags *diags, const struct ini_section *section,
                        const struct resolver *resolver, const struct report_source *sources,
                        size_t source_count, struct short_forms *out)
{
    if (!section)
        return;
    const struct ini_entry *source = ini_entry(section, "source");
    const struct ini_entry *known = ini_entry(section, "known");
    if (source)
        add_source(arena, diags, source, sources, source_count, out);
    out->write_out = ini_bool(diags, section, "write out", out->write_out);
    struct text_pieces pieces = text_split(known ? known->value : TEXT_EMPTY, ',');
    for (struct text piece; text_next(&pieces, &piece);)
        if (piece.len)
            texts_add(arena, &out->known, piece);
    for (size_t i = 0; i < section->count; i++) {
        const struct ini_entry *entry = &section->entries[i];
        if (is_setting(entry->key))
            continue;
        if (!entry->value.len)
            diag(diags, DIAG_MISSING_KEY, entry->place,
                 "'%.*s' stands for nothing: write '%.*s = …', or take the line out",
                 TEXT_ARG(entry->key), TEXT_ARG(entry->key));
        struct text meaning = entry->value;
        if (resolver)
            meaning = placeholder_fill(arena, diags, resolver, meaning, entry->value_place);
        short_forms_add(arena, out, entry->key, meaning, entry->place);
    }
}

/* What the job says, and the template over it. */
void abbreviations_begin(struct assembly *assembly)
{
    const struct short_forms *of_job = assembly->input->short_forms;
    const struct ini_section *own =
        ini_section(&assembly->input->template->ini, "abbreviations", TEXT_EMPTY);
    struct short_forms *forms = arena_calloc(assembly->arena, 1, sizeof *forms);
    *forms = (struct short_forms){.write_out = true, .source = TEXT_EMPTY};
    if (of_job) {
        forms->write_out = of_job->write_out;
        forms->source = of_job->source;
        for (size_t i = 0; i < of_job->known.count; i++)
            texts_add(assembly->arena, &forms->known, of_job->known.items[i]);
        for (size_t i = 0; i < of_job->listed_count; i++)
            short_forms_add(assembly->arena, forms, of_job->listed[i].form,
                            of_job->listed[i].meaning, of_job->listed[i].place);
    }
    abbreviations_read(assembly->arena, assembly->diags, own, &assembly->resolver,
                       assembly->input->sources, assembly->input->source_count, forms);
    short_forms_settle(assembly->arena, forms);
    assembly->document->short_forms = forms;
}

bool abbreviations_are_there(const struct assembly *assembly)
{
    return assembly->document && assembly->document->short_forms &&
           assembly->document->short_forms->count;
}

/* ---- their words at the first use ---- */

/* Which short forms need no words any more: they are told, or were. */
struct told {
    struct assembly *assembly;
    struct short_forms *forms;
    bool *is_told; /* one a form */
};

/* Small letters of ASCII, so that words are found at the beginning of a sentence, too. */
static bool has_words(struct arena *arena, struct text words, struct text meaning)
{
    return text_contains(text_lower(arena, words), text_lower(arena, meaning));
}

/* The words themselves explain it: "Community Safety Partnership (CSP)". */
static bool is_explained(struct arena *arena, struct text words, struct text form,
                         struct text meaning)
{
    struct text bracket = text_format(arena, "(%.*s)", TEXT_ARG(form));
    if (has_words(arena, words, meaning))
        return true;
    for (size_t at = 0; at + bracket.len <= words.len; at++)
        if (text_starts(text_slice(words, at, words.len), bracket) &&
            short_forms_spells(text_slice(words, 0, at), form))
            return true;
    return false;
}

/* "CSP's", "CSP-led", "ASB/DA": brackets would part what belongs together. */
static bool has_room(struct text words, const struct short_use *use)
{
    struct text behind = text_slice(words, use->to, words.len);
    char before = use->from ? words.ptr[use->from - 1] : ' ';
    return !text_starts(behind, TEXT("'")) && !text_starts(behind, TEXT("’")) &&
           !text_starts(behind, TEXT("-")) && !text_starts(behind, TEXT("/")) &&
           !text_starts(behind, TEXT(" (")) && before != '-' && before != '/';
}

static void write_out(struct told *told, struct span *span)
{
    struct short_use use = {0};
    while (short_forms_next(told->forms, span->text, use.to, &use)) {
        size_t number = (size_t)(use.form - told->forms->items);
        if (told->is_told[number] || !has_room(span->text, &use))
            continue;
        struct text meaning = short_use_meaning(&use);
        bool is_bracketed =
            use.from && span->text.ptr[use.from - 1] == '(' && char_at(span->text, use.to) == ')';
        struct text head = text_slice(span->text, 0, use.to);
        struct text tail = text_slice(span->text, use.to, span->text.len);
        span->text =
            text_format(told->assembly->arena, is_bracketed ? "%.*s, %.*s%.*s" : "%.*s (%.*s)%.*s",
                        TEXT_ARG(head), TEXT_ARG(meaning), TEXT_ARG(tail));
        use.to += meaning.len; /* what it stands for is not looked at */
        told->is_told[number] = true;
    }
}

static void note_explained(struct told *told, const struct spans *spans)
{
    struct arena *scratch = arena_new();
    struct text words = spans_plain(scratch, spans);
    struct short_use use = {0};
    while (short_forms_next(told->forms, words, use.to, &use)) {
        size_t number = (size_t)(use.form - told->forms->items);
        if (!told->is_told[number])
            told->is_told[number] = is_explained(scratch, words, use.form->form, use.form->meaning);
    }
    arena_free(scratch);
}

static void write_out_spans(struct told *told, struct spans *spans)
{
    note_explained(told, spans);
    for (size_t i = 0; i < spans->count; i++)
        if (!spans->items[i].link.len && !spans->items[i].language.len)
            write_out(told, &spans->items[i]);
}

/* Headings stay short: words are written behind the first use below them. */
static void write_out_blocks(struct told *told, struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++) {
        struct block *block = &blocks->items[i];
        if (block->kind == BLOCK_HEADING)
            note_explained(told, &block->heading.spans);
        if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTE)
            write_out_spans(told, &block->paragraph.spans);
        if (block->kind == BLOCK_CALLOUT)
            write_out_blocks(told, &block->callout);
        for (size_t k = 0; block->kind == BLOCK_LIST && k < block->list.count; k++)
            write_out_blocks(told, &block->list.items[k]);
    }
}

/* ---- the table of those that occur ---- */

struct table *abbreviations_table(struct assembly *assembly, const struct ini_section *section)
{
    struct table *table = table_new(assembly->arena, section->name, 2);
    table->explains = true;
    table->columns[0] = (struct column){.header = TEXT("Short form"), .is_row_header = true};
    table->columns[1] = (struct column){.header = TEXT("Stands for"), .long_text = true};
    if (!abbreviations_are_there(assembly)) {
        if (!assembly->is_lost)
            diag(assembly->diags, DIAG_TEMPLATE, section->place,
                 "[%.*s] has nothing to show: write the report's short forms below "
                 "[abbreviations], or place it within {{if abbreviations}}",
                 TEXT_ARG(section->title));
        return NULL;
    }
    const struct dataset *dataset = NULL;
    for (size_t i = 0; i < assembly->input->source_count; i++)
        if (text_equal(assembly->input->sources[i].dataset->name,
                       assembly->document->short_forms->source))
            dataset = assembly->input->sources[i].dataset;
    table_finish(assembly, table, section, dataset);
    return assembly->short_table = table;
}

static void count_uses(void *context, struct text words, struct place place)
{
    const struct short_forms *forms = context;
    struct short_use use = {0};
    (void)place;
    while (short_forms_next(forms, words, use.to, &use))
        use.form->uses++;
}

static int by_letters(const void *a, const void *b)
{
    const struct short_form *const *left = a, *const *right = b;
    struct text one = (*left)->form, other = (*right)->form;
    for (size_t i = 0; i < one.len && i < other.len; i++) {
        int order = (is_letter(one.ptr[i]) ? one.ptr[i] | 32 : one.ptr[i]) -
                    (is_letter(other.ptr[i]) ? other.ptr[i] | 32 : other.ptr[i]);
        if (order)
            return order;
    }
    return one.len == other.len ? text_compare(one, other) : one.len < other.len ? -1 : 1;
}

static void fill_table(struct assembly *assembly)
{
    const struct short_forms *forms = assembly->document->short_forms;
    const struct short_form **used =
        arena_calloc(assembly->arena, forms->count + 1, sizeof(const struct short_form *));
    size_t count = 0;
    for (size_t i = 0; i < forms->count; i++)
        if (forms->items[i].uses)
            used[count++] = &forms->items[i];
    if (count)
        qsort(used, count, sizeof(const struct short_form *), by_letters);
    for (size_t i = 0; i < count; i++) {
        struct row *row = table_add_row(assembly->arena, assembly->short_table, ROW_BODY);
        row->place = used[i]->place;
        row->cells[0] = cell_text(used[i]->form);
        row->cells[1] = cell_text(used[i]->meaning);
    }
}

/* A table without rows says so in words. */
static void drop_empty_table(struct assembly *assembly)
{
    struct blocks *blocks = &assembly->document->blocks;
    for (size_t i = 0; i < blocks->count; i++) {
        struct block *block = &blocks->items[i];
        if (block->kind != BLOCK_TABLE || block->table != assembly->short_table)
            continue;
        struct text words =
            text_format(assembly->arena, "%.*s: none.", TEXT_ARG(assembly->short_table->caption));
        *block =
            (struct block){.kind = BLOCK_PARAGRAPH, .place = block->place, .anchor = block->anchor};
        spans_add_text(assembly->arena, &block->paragraph.spans, words, 0);
    }
}

void abbreviations_close(struct assembly *assembly)
{
    struct document *document = assembly->document;
    struct short_forms *forms = document->short_forms;
    if (!forms->count)
        return;
    document_texts(document, assembly->short_table, count_uses, forms);
    struct told told = {assembly, forms, arena_calloc(assembly->arena, forms->count, sizeof(bool))};
    if (forms->write_out)
        write_out_blocks(&told, &document->blocks);
    if (assembly->short_table)
        fill_table(assembly);
    if (assembly->short_table && !assembly->short_table->row_count)
        drop_empty_table(assembly);
}
