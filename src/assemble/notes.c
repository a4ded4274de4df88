/* notes - how to read the figures, in a document's notes and at the end of its own text. */
#include "assemble/assemble_int.h"

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
    if (assembly->has_other_tests)
        blocks_add_paragraph(
            assembly->arena, notes,
            TEXT("Percentages and rates are compared through the counts behind them, or through "
                 "their published limits where only these are known. A percentage that takes in "
                 "everybody can still vary by chance, and is treated so. It is called little "
                 "changed when even the largest change that the figures allow is less than a tenth "
                 "of it, or of what it leaves to 100% where that is smaller."));
}

/* Some source of the job has its counts rounded, to protect people. */
static bool has_rounded_counts(const struct assembly *assembly)
{
    for (size_t i = 0; i < assembly->input->source_count; i++)
        if (assembly->input->sources[i].dataset->hiding.rounding)
            return true;
    return false;
}

/* How to read the figures: in the workbook's notes sheet and at the end of the report. */
void notes_add(struct assembly *assembly)
{
    struct blocks *notes = &assembly->document->notes;
    stopped_note_named(assembly, &assembly->not_shown);
    for (size_t i = 0; i < assembly->not_shown.count; i++)
        blocks_add_paragraph(assembly->arena, notes, assembly->not_shown.items[i]);
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
    if (has_rounded_counts(assembly))
        blocks_add_paragraph(
            assembly->arena, notes,
            TEXT("Counts that are rounded to protect people are compared as they are shown: of "
                 "their change, no more is given than holds of the counts behind them."));
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
    for (size_t i = assembly->not_shown.count; i < assembly->document->notes.count; i++)
        *blocks_add(assembly->arena, out, BLOCK_PARAGRAPH) = assembly->document->notes.items[i];
}

/* What no note below a table has told of the figures that stand in words. */
static void add_not_shown_section(struct assembly *assembly, struct blocks *out)
{
    struct block *heading = blocks_add(assembly->arena, out, BLOCK_HEADING);
    heading->heading.level = 2;
    heading->anchor = TEXT("figures-that-are-not-shown");
    spans_add_text(assembly->arena, &heading->heading.spans, TEXT("Figures that are not shown"), 0);
    for (size_t i = 0; i < assembly->not_shown.count; i++)
        blocks_add_paragraph(assembly->arena, out, assembly->not_shown.items[i]);
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
void notes_close(struct assembly *assembly)
{
    if (!assembly->has_changes && !assembly->not_shown.count)
        return;
    struct blocks all = assembly->document->blocks, *out = &assembly->document->blocks;
    size_t before = first_appendix(&all);
    *out = (struct blocks){0};
    for (size_t i = 0; i <= all.count; i++) {
        if (i == before && assembly->not_shown.count)
            add_not_shown_section(assembly, out);
        if (i == before && assembly->has_changes)
            add_method_section(assembly, out);
        if (i < all.count)
            *blocks_add(assembly->arena, out, all.items[i].kind) = all.items[i];
    }
}
