/* quality - what is to be known of the figures of each source: how many there are, and how many are
 * missing, stopped, provisional, revised or hidden in the period. */
#include "assemble/actions_int.h"

enum quality {
    QUALITY_READ,
    QUALITY_LEFT_OUT,
    QUALITY_FIGURES,
    QUALITY_MISSING,
    QUALITY_STOPPED,
    QUALITY_PROVISIONAL,
    QUALITY_REVISED,
    QUALITY_HIDDEN,
    QUALITIES
};
static const char *const quality_headers[QUALITIES] = {"Rows read",     "Left out", "Figures",
                                                       "Not available", "Stopped",  "Provisional",
                                                       "Revised",       "Hidden"};

/* Of the measures of a source, in the report's area and period. */
static void count_figures(const struct comparison *comparison, size_t counts[QUALITIES])
{
    const struct dataset *dataset = comparison->dataset;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        const struct value now = row->now;
        if (!row->measure)
            continue;
        size_t measure = (size_t)(row->measure - dataset->measures);
        bool is_hidden = !now.present && (now.markers & MARKER_CONFIDENTIAL);
        bool is_stopped =
            !now.present && !is_hidden &&
            dataset_stopped_in(dataset, measure, comparison->where, comparison->period);
        counts[QUALITY_FIGURES] += now.present;
        counts[QUALITY_HIDDEN] += is_hidden;
        counts[QUALITY_STOPPED] += is_stopped;
        counts[QUALITY_MISSING] += !now.present && !is_hidden && !is_stopped;
        counts[QUALITY_PROVISIONAL] +=
            now.present && (now.markers & (MARKER_PROVISIONAL | MARKER_ESTIMATED));
        counts[QUALITY_REVISED] += now.present && (now.markers & MARKER_REVISED);
    }
}

static void add_source(struct assembly *assembly, struct table *table,
                       const struct report_source *source)
{
    const struct dataset *dataset = source->dataset;
    struct file_account total = account_total(assembly->arena, &dataset->account);
    struct row *row = table_add_row(assembly->arena, table, ROW_BODY);
    size_t counts[QUALITIES] = {0};
    counts[QUALITY_READ] = total.read;
    counts[QUALITY_LEFT_OUT] = account_excluded(&total);
    if (source->comparison)
        count_figures(source->comparison, counts);
    row->place = dataset->place;
    row->cells[0] = cell_text(dataset->title.len ? dataset->title : dataset->name);
    for (size_t q = 0; q < QUALITIES; q++)
        row->cells[q + 1] = source->comparison || q < QUALITY_FIGURES
                                ? actions_count_cell(assembly, counts[q])
                                : cell_text(TEXT("[z]"));
    if (source->comparison && !counts[QUALITY_FIGURES] && !counts[QUALITY_HIDDEN])
        texts_add(
            assembly->arena, &table->notes,
            text_format(assembly->arena,
                        "%.*s: no figures for %.*s; others of theirs are dated where they "
                        "stand.",
                        TEXT_ARG(row->cells[0].display),
                        TEXT_ARG(period_display(assembly->arena, source->comparison->period))));
}

struct table *quality_table(struct assembly *assembly, const struct ini_section *section)
{
    const struct report_input *input = assembly->input;
    struct table *table = table_new(assembly->arena, section->name, QUALITIES + 1);
    table->columns[0] = (struct column){.header = TEXT("Source"), .is_row_header = true};
    for (size_t q = 0; q < QUALITIES; q++)
        number_column(table, q + 1, text_from(quality_headers[q]));
    texts_add(assembly->arena, &table->notes,
              text_format(assembly->arena,
                          "Figures are those for %.*s. A figure that cannot be right is stopped, "
                          "and not shown; provisional and estimated ones may change; revised ones "
                          "differ from an earlier report; numbers are hidden to protect people.",
                          TEXT_ARG(period_display(assembly->arena, input->period))));
    for (size_t i = 0; i < input->source_count; i++) {
        assembly->is_lost = assembly->is_lost || dataset_is_lost(input->sources[i].dataset);
        if (!input->sources[i].dataset->is_earlier)
            add_source(assembly, table, &input->sources[i]);
    }
    table_finish(assembly, table, section, NULL);
    return table;
}
