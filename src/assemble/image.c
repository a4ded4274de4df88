/* image - a picture with the words that stand for it. */
#include "assemble/assemble_int.h"

#include "base/utf8.h"

void assemble_image(struct assembly *assembly, const struct block *placement, struct blocks *blocks)
{
    const struct report_input *input = assembly->input;
    const struct placement *p = &placement->placement;
    struct text alt = text_trim(spans_plain(assembly->arena, &p->caption));
    bool has_words = utf8_shows(alt);
    if (!has_words)
        diag(assembly->diags, DIAG_TEMPLATE, placement->place,
             "the picture '%.*s' has no words: expected ![what it shows](image:FILE), for people "
             "who cannot see it",
             TEXT_ARG(text_quote(assembly->arena, p->name)));
    const struct raster *raster =
        template_picture(assembly->arena, assembly->diags, input->template, input->folder, p->name,
                         placement->place);
    if (!raster || !has_words)
        return;
    struct block *block = blocks_add(assembly->arena, blocks, BLOCK_IMAGE);
    block->place = placement->place;
    block->image = (struct image){raster, alt, text_trim(spans_plain(assembly->arena, &p->title))};
    block->anchor =
        text_concat(assembly->arena, TEXT("image-"), text_slug(assembly->arena, p->name));
}
