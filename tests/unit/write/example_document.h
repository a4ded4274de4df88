/* A small report with every kind of block and cell, for the tests of the renderers. */
#ifndef TESTS_WRITE_EXAMPLE_DOCUMENT_H
#define TESTS_WRITE_EXAMPLE_DOCUMENT_H

#include "document/document.h"

#include <string.h>

static void example_heading(struct arena *arena, struct document *document, unsigned level,
                            struct text number, struct text text)
{
    struct block *block = blocks_add(arena, &document->blocks, BLOCK_HEADING);
    block->heading.level = level;
    block->heading.number = number;
    spans_add_text(arena, &block->heading.spans, text, 0);
}

static struct decimal example_decimal(const char *digits)
{
    struct decimal number = {0};
    decimal_parse(text_from(digits), &number);
    return number;
}

static struct cell example_count(struct arena *arena, const char *digits)
{
    struct decimal number = example_decimal(digits);
    return cell_number(number, decimal_display(arena, number, 0, DECIMAL_GROUPS), FORMAT_NUMBER, 0);
}

static struct cell example_change(struct arena *arena, const char *percent)
{
    struct decimal number = example_decimal(percent);
    struct text display = decimal_display(arena, number, 1, DECIMAL_GROUPS | DECIMAL_SIGN);
    return cell_number(number, text_concat(arena, display, TEXT("%")), FORMAT_SIGNED_PERCENT, 1);
}

static void example_crime_row(struct arena *arena, struct table *table, enum row_kind kind,
                              const char *label, const char *now, const char *before,
                              const char *change)
{
    struct row *row = table_add_row(arena, table, kind);
    row->cells[0] = cell_text(text_from(label));
    row->cells[1] = example_count(arena, now);
    row->cells[2] = example_count(arena, before);
    row->cells[3] = change ? example_change(arena, change) : cell_text(TEXT("[z]"));
    row->cells[3].formula = FORMULA_PERCENT_CHANGE;
    row->cells[3].now = 1;
    row->cells[3].before = 2;
}

static struct table *example_crime(struct arena *arena)
{
    struct table *table = table_new(arena, TEXT("crime-three-years"), 4);
    table->caption = TEXT("Recorded crime in Harborough, 2020/21 and 2021/22");
    table->columns[0] = (struct column){.header = TEXT("Offence"), .is_row_header = true};
    table->columns[1] =
        (struct column){.header = TEXT("2021/22"), .align_right = true, .is_number = true};
    table->columns[2] =
        (struct column){.header = TEXT("2020/21"), .align_right = true, .is_number = true};
    table->columns[3] =
        (struct column){.header = TEXT("Change (%)"), .align_right = true, .is_number = true};
    example_crime_row(arena, table, ROW_TOTAL, "Total crime", "5005", "4330",
                      "15.588914549653579677");
    example_crime_row(arena, table, ROW_BODY, "Violence with injury", "511", "428",
                      "19.392523364485981308");
    example_crime_row(arena, table, ROW_OF_WHICH, "of which: domestic violence with injury", "225",
                      "205", "9.756097560975609756");
    example_crime_row(arena, table, ROW_BODY, "Burglary", "277", "281", "-1.423487544483985765");
    example_crime_row(arena, table, ROW_BODY, "Exploitation", "7", "0", NULL);
    texts_add(arena, &table->notes,
              TEXT("Offences in rows that begin with “of which” are counted in the row above too. "
                   "The rows do not add up to the total, because only the offences that the "
                   "Partnership follows are listed."));
    table->source = TEXT("Source: police recorded crime, extract of April 2022.");
    return table;
}

static struct table *example_actions(struct arena *arena)
{
    struct table *table = table_new(arena, TEXT("actions"), 5);
    table->caption = TEXT("Actions and where they stand");
    table->group_header = TEXT("Priority");
    table->columns[0] = (struct column){.header = TEXT("No."), .is_row_header = true};
    table->columns[1] = (struct column){.header = TEXT("Action")};
    table->columns[2] = (struct column){.header = TEXT("By when")};
    table->columns[3] = (struct column){.header = TEXT("Status")};
    table->columns[4] = (struct column){.header = TEXT("Update"), .long_text = true};
    static const char *const priorities[] = {"Priority 1 - Housing for all", "Priority 2"};
    for (int i = 0; i < 3; i++) {
        struct row *row = table_add_row(arena, table, ROW_BODY);
        row->group = text_from(priorities[i / 2]);
        row->cells[0] = cell_text(text_format(arena, "%d.%c", i / 2 + 1, 'a' + i % 2));
        row->cells[1] = cell_text(i ? TEXT("Hold quarterly surgeries with housing providers")
                                    : TEXT("=HYPERLINK(\"https://example.org\")"));
        row->cells[2] = cell_text(TEXT_EMPTY);
        if (i)
            row->cells[2] = (struct cell){
                .kind = CELL_DATE, .display = TEXT("30 June 2022"), .date = {2022, 6, 30}};
        row->cells[3] = cell_rag(i == 2 ? RAG_AMBER : RAG_GREEN);
        row->cells[4] = cell_long_text(
            arena, TEXT("Two sessions were held in the quarter.\n- 14 households were advised, of "
                        "whom nine were able to stay in their homes after the landlord agreed to "
                        "a plan\n- Three cases went to the duty team\n\nThe next session is in "
                        "July."));
    }
    return table;
}

static struct chart *example_chart(struct arena *arena)
{
    static const char *const labels[] = {"Market town north", "Market town south", "Villages"};
    static const char *const values[] = {"1204", "987", "655"};
    static const char *const changes[] = {"12.4", "-3.05", "0.04"};
    struct chart *chart = arena_alloc(arena, sizeof *chart);
    *chart = (struct chart){
        .name = TEXT("beats"),
        .caption = TEXT("Crimes by beat, 2021/22"),
        .alt = TEXT("Column chart: 1,204 crimes in Market town north, 987 in Market town south, "
                    "655 in Villages"),
        .value_title = TEXT("Crimes recorded, 2021/22"),
        .change_title = TEXT("Change on 2020/21"),
        .series = arena_calloc(arena, 1, sizeof *chart->series),
        .series_count = 1,
        .data = table_new(arena, TEXT("beats"), 3),
    };
    *chart->series = (struct chart_series){
        .points = arena_calloc(arena, 3, sizeof *chart->series->points), .column = 1};
    chart->data->caption = chart->caption;
    chart->data->columns[0] = (struct column){.header = TEXT("Beat"), .is_row_header = true};
    chart->data->columns[1] =
        (struct column){.header = TEXT("Crimes"), .align_right = true, .is_number = true};
    chart->data->columns[2] =
        (struct column){.header = TEXT("Change (%)"), .align_right = true, .is_number = true};
    for (int i = 0; i < 3; i++) {
        struct row *row = table_add_row(arena, chart->data, ROW_BODY);
        row->cells[0] = cell_text(text_from(labels[i]));
        row->cells[1] = example_count(arena, values[i]);
        row->cells[2] = example_change(arena, changes[i]);
        texts_add(arena, &chart->categories, text_from(labels[i]));
        chart->series->points[i] = (struct chart_point){.present = true,
                                                        .value = row->cells[1].number,
                                                        .display = row->cells[1].display,
                                                        .change = row->cells[2].display};
    }
    return chart;
}

static void example_front(struct arena *arena, struct document *document)
{
    struct block *block = blocks_add(arena, &document->blocks, BLOCK_DEFINITIONS);
    struct definitions *list = &block->definitions;
    list->items = arena_grow(arena, list->items, 0, &list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct definition){.term = TEXT("Report of")};
    blocks_add_paragraph(arena, &list->items[0].meaning, TEXT("Community Safety Manager"));
}

static void example_words(struct arena *arena, struct document *document)
{
    example_heading(arena, document, 2, TEXT("1"), TEXT("Purpose"));
    struct block *block = blocks_add(arena, &document->blocks, BLOCK_PARAGRAPH);
    block->paragraph.number = TEXT("1.1");
    spans_add_text(arena, &block->paragraph.spans, TEXT("The figures come from "), 0);
    spans_add(
        arena, &block->paragraph.spans,
        (struct span){.text = TEXT("the open data"), .link = TEXT("https://example.org/data")});
    spans_add_text(arena, &block->paragraph.spans, TEXT("."), 0);
    struct blocks list = blocks_from_plain(arena, TEXT("- first point\n- second point"));
    *blocks_add(arena, &document->blocks, BLOCK_LIST) = list.items[0];
    struct block *key = blocks_add(arena, &document->blocks, BLOCK_KEY);
    key->key.items = arena_calloc(arena, 1, sizeof *key->key.items);
    key->key.items[key->key.count++] = (struct key_item){RAG_GREEN, TEXT("going to plan")};
}

static struct document example_document(struct arena *arena)
{
    struct document document = {
        .name = TEXT("csp-annual-review"),
        .title = TEXT("Community safety review 2021/22"),
        .subtitle = TEXT("For the Communities Scrutiny Panel"),
        .organisation = TEXT("Harborough District Council"),
        .language = TEXT("en-GB"),
        .period = TEXT("2021/22"),
        .as_at = {2022, 6, 22},
        .footer = TEXT("Harborough District Council"),
        .release = {.workbooks = WORKBOOK_PUBLISH | WORKBOOK_WORKING,
                    .formulas = true,
                    .area = TEXT("Harborough District"),
                    .published = {2022, 6, 30},
                    .next_update = TEXT("June 2023"),
                    .figures = TEXT("Provisional: the figures may still change"),
                    .contact = TEXT("safety@example.org"),
                    .keywords = TEXT_EMPTY},
    };
    example_heading(arena, &document, 1, TEXT_EMPTY, document.title);
    example_front(arena, &document);
    example_words(arena, &document);
    blocks_add(arena, &document.blocks, BLOCK_TABLE)->table = example_crime(arena);
    blocks_add(arena, &document.blocks, BLOCK_TABLE)->table = example_actions(arena);
    blocks_add(arena, &document.blocks, BLOCK_CHART)->chart = example_chart(arena);
    blocks_add_paragraph(arena, &document.notes,
                         TEXT("Changes are worked out from unrounded figures."));
    return document;
}

/* The same with so many rows below its crime table that a workbook does not keep them. */
static inline struct document example_long_document(struct arena *arena, int rows)
{
    struct document document = example_document(arena);
    struct table *table = document.blocks.items[6].table;
    for (int i = 0; i < rows; i++)
        example_crime_row(arena, table, ROW_BODY,
                          text_format(arena, "Offence %d of <many> & others", i).ptr,
                          text_format(arena, "%d", 1000 + i * 7).ptr,
                          text_format(arena, "%d", 1001 + i * 5).ptr, i % 3 ? "9.0909" : NULL);
    return document;
}

#endif
