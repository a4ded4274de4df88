/* layout_turn - pages that a wide table turns. */
#include "write/pdf_int.h"

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

/* The form of the page on which block `i` stands. */
static enum page_form form_of(struct flow *flow, const struct blocks *blocks, size_t i)
{
    while (i < blocks->count && leads_to_table(&blocks->items[i]))
        i++;
    const struct table *table = i < blocks->count ? table_of(&blocks->items[i]) : NULL;
    if (!table)
        return flow->home;
    if (table->has_form)
        return table->form;
    if (table != flow->asked) {
        flow->asked = table;
        flow->answer = table_form(flow, table, flow->home);
    }
    return flow->answer;
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
    enum page_form form =
        stays || block->kind == BLOCK_PAGE_BREAK ? flow->form : form_of(flow, blocks, i);
    if (form != flow->form)
        flow_page_break(flow, form);
    flow_block(flow, blocks, i);
}
