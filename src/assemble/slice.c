/* slice - the tables and charts of a report, of what one owner, team or area has of its sources. */
#include "assemble/assemble_int.h"

/* On the cover: which slice it is. */
static void add_cover(struct assembly *assembly)
{
    const struct report_slice *slice = assembly->input->slice;
    struct arena *arena = assembly->arena;
    struct definition *items = arena_calloc(arena, 1, sizeof *items);
    char *term = (char *)text_copy(arena, slice->field).ptr;
    if (term[0] >= 'a' && term[0] <= 'z')
        term[0] = (char)(term[0] - 'a' + 'A');
    items[0] = (struct definition){.term = {term, slice->field.len},
                                   .meaning = blocks_from_plain(arena, slice->value)};
    struct block *block = blocks_add(arena, &assembly->document->blocks, BLOCK_DEFINITIONS);
    block->definitions = (struct definitions){.items = items, .count = 1, .capacity = 1};
}

/* The title of a workbook is one of its properties, which name no person. */
static struct text titled(struct assembly *assembly, struct text title)
{
    const struct report_slice *slice = assembly->input->slice;
    struct text_pieces lines = text_split(slice->value, '\n');
    struct texts value = {0};
    for (struct text line; text_next(&lines, &line);)
        texts_add(assembly->arena, &value, line);
    if (slice->is_person)
        return text_format(assembly->arena, "%.*s: the part of one %.*s", TEXT_ARG(title),
                           TEXT_ARG(slice->field));
    return text_format(assembly->arena, "%.*s: %.*s", TEXT_ARG(title),
                       TEXT_ARG(texts_join(assembly->arena, &value, TEXT(", "))));
}

static void begin_document(struct assembly *assembly)
{
    const struct report_input *input = assembly->input;
    const struct report_slice *slice = input->slice;
    bool is_draft;
    struct text title = assembly_title(assembly, &is_draft);
    struct text period = assembly_value(assembly, input->settings, "period");
    const struct ini_entry *as_at = ini_entry(input->settings, "as at");
    struct document *document = arena_alloc(assembly->arena, sizeof *document);
    *document = (struct document){
        .name = text_slug(assembly->arena, input->template->name),
        .is_draft = is_draft,
        .subtitle = TEXT_EMPTY,
        .organisation = input->organisation,
        .language = input->language,
        .period = period.len ? period : period_display(assembly->arena, input->period),
        .as_at = input->as_at,
        .style = input->style,
        .header = TEXT_EMPTY,
        .footer = TEXT_EMPTY,
        .release = input->release,
    };
    release_read(assembly->arena, assembly->diags, input->settings, &assembly->resolver,
                 &document->release);
    if (as_at)
        date_read_iso(as_at->value, &document->as_at);
    document->title = titled(assembly, title);
    assembly->document = document;
    struct block *heading = blocks_add(assembly->arena, &document->blocks, BLOCK_HEADING);
    heading->heading.level = 1;
    spans_add_text(assembly->arena, &heading->heading.spans, document->title, 0);
    add_cover(assembly);
    blocks_add_paragraph(
        assembly->arena, &document->notes,
        text_format(assembly->arena,
                    "This workbook has the rows of one %.*s alone%s. Totals are of these rows.",
                    TEXT_ARG(slice->field),
                    slice->has_beside ? ", and of those that it is compared with" : ""));
}

static const struct report_source *source_of(struct assembly *assembly,
                                             const struct ini_section *section)
{
    for (size_t i = 0; i < assembly->input->source_count; i++)
        if (text_same_name(assembly->input->sources[i].dataset->name, ini_value(section, "source")))
            return loop_source(assembly, &assembly->input->sources[i]);
    return NULL;
}

/* Of one area, areas are not set side by side. */
static bool is_of_slice(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_source *source = source_of(assembly, section);
    return source && (source->dataset->action_count || source->dataset->figure_count) &&
           !(assembly->input->slice->is_area &&
             text_same_name(ini_value(section, "by"), TEXT("area")));
}

static void add_table(struct assembly *assembly, struct table *table)
{
    if (table->row_count)
        blocks_add(assembly->arena, &assembly->document->blocks, BLOCK_TABLE)->table = table;
}

static void add_chart(struct assembly *assembly, struct chart *chart)
{
    if (!chart->series_count) {
        add_table(assembly, chart->data);
        return;
    }
    blocks_add(assembly->arena, &assembly->document->blocks, BLOCK_CHART)->chart = chart;
}

static void add_part(struct assembly *assembly, const struct placement *placement,
                     struct texts *left_out)
{
    const struct ini_section *section =
        template_part(assembly->input->template, placement->kind, placement->name);
    if (!section || !is_of_slice(assembly, section))
        return;
    size_t errors = diags_count(assembly->diags, LEVEL_ERROR);
    struct text caption = spans_plain(assembly->arena, &placement->caption);
    bool is_table = text_is(placement->kind, "table");
    struct table *table = is_table ? assemble_table(assembly, section, caption) : NULL;
    struct chart *chart = is_table ? NULL : assemble_chart(assembly, section, caption);
    if (diags_count(assembly->diags, LEVEL_ERROR) > errors || (!table && !chart))
        texts_add(assembly->arena, left_out, section->title);
    else if (table)
        add_table(assembly, table);
    else
        add_chart(assembly, chart);
}

struct document *assemble_slice(struct arena *arena, const struct report_input *input,
                                struct texts *left_out)
{
    struct diags unheard = diags_new(arena); /* the whole report has told all that is to be told */
    struct assembly assembly = {.arena = arena, .diags = &unheard, .input = input};
    assembly.resolver = (struct resolver){assembly_resolve, &assembly};
    begin_document(&assembly);
    size_t before = assembly.document->blocks.count;
    const struct flow flow = loop_flow(&assembly);
    narrative_parse(arena, &unheard, &assembly.resolver, &flow, input->template->narrative_path,
                    input->template->narrative, &assembly.narrative);
    for (size_t i = 0; i < assembly.narrative.blocks.count; i++) {
        const struct block *block = &assembly.narrative.blocks.items[i];
        if (block->kind == BLOCK_PLACEMENT &&
            (text_is(block->placement.kind, "table") || text_is(block->placement.kind, "chart"))) {
            loop_enter(&assembly, block->placement.scope);
            add_part(&assembly, &block->placement, left_out);
        }
    }
    loop_enter(&assembly, 0);
    notes_add(&assembly);
    return assembly.document->blocks.count > before ? assembly.document : NULL;
}
