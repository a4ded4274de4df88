/* layout_turn - pages that a wide table turns. */
#include "write/pdf_int.h"

/* About six lines. */
static const size_t few_characters = 550;

/* What stands right above a table goes with it. */
static bool leads_to_table(const struct block *block)
{
    return (block->kind == BLOCK_HEADING && block->heading.level > 1) || block->kind == BLOCK_KEY;
}

static const struct table *table_of(const struct block *block)
{
    return block->kind == BLOCK_TABLE   ? block->table
           : block->kind == BLOCK_CHART ? block->chart->data
                                        : NULL;
}

static enum page_form form_of_table(struct flow *flow, const struct table *table)
{
    if (table->has_form)
        return table->form;
    if (table != flow->asked) {
        flow->asked = table;
        flow->answer = table_form(flow, table, flow->home);
    }
    return flow->answer;
}

/* The form of the page on which block `i` stands. */
static enum page_form form_of(struct flow *flow, const struct blocks *blocks, size_t i)
{
    while (i < blocks->count && leads_to_table(&blocks->items[i]))
        i++;
    const struct table *table = i < blocks->count ? table_of(&blocks->items[i]) : NULL;
    return table ? form_of_table(flow, table) : flow->home;
}

/* Characters of a heading or paragraph; of anything else, more than are few. */
static size_t text_length(const struct block *block)
{
    size_t length = 0;
    const struct spans *spans = NULL;
    if (block->kind == BLOCK_HEADING && block->heading.level > 1)
        spans = &block->heading.spans;
    if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTE)
        spans = &block->paragraph.spans;
    for (size_t i = 0; spans && i < spans->count; i++)
        length += spans->items[i].text.len;
    return spans ? length : few_characters + 1;
}

/* Whether there are so few lines above the next table, which wants a page of the form of this one,
 * that a page of their own would be nearly empty. */
static bool is_between(struct flow *flow, const struct blocks *blocks, size_t i)
{
    size_t length = 0;
    for (; i < blocks->count && length <= few_characters; i++) {
        const struct table *table = table_of(&blocks->items[i]);
        if (table)
            return form_of_table(flow, table) == flow->form;
        length += text_length(&blocks->items[i]);
    }
    return false;
}

void flow_turn_title(struct flow *flow, const struct blocks *blocks)
{
    size_t i = 0;
    while (i < blocks->count && leads_to_table(&blocks->items[i]))
        i++;
    if (i == blocks->count || !table_of(&blocks->items[i]) || flow->outline->contents)
        return;
    enum page_form form = form_of(flow, blocks, i);
    if (form != flow->form)
        flow_page_break(flow, form);
}

/* A key or note below a table stays with it, on whatever page that is. */
void flow_turned(struct flow *flow, const struct blocks *blocks, size_t i)
{
    const struct block *block = &blocks->items[i];
    if (!notes_follow(flow, block))
        return;
    bool stays = i > 0 && table_of(block - 1) && flow_belongs(block);
    if (block->kind == BLOCK_HEADING)
        outline_begin(flow); /* contents stand on a page of their own form */
    stays = stays || block->kind == BLOCK_PAGE_BREAK ||
            (flow->form != flow->home && is_between(flow, blocks, i));
    enum page_form form = stays ? flow->form : form_of(flow, blocks, i);
    if (form != flow->form)
        flow_page_break(flow, form);
    flow_block(flow, blocks, i);
}
