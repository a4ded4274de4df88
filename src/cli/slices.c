#include "cli/cli_int.h"

void cli_print_slices(const struct job *job)
{
    for (size_t first = 0, end; first < job->slice_count; first = end) {
        const struct job_slice *slice = &job->slices[first];
        size_t rows = 0;
        for (end = first; end < job->slice_count && job->slices[end].slicing == slice->slicing &&
                          job->slices[end].report == slice->report;
             end++)
            rows += job->slices[end].rows;
        printf("slices %.*s: %.*s by %s, %zu row%s in %zu workbook%s\n",
               TEXT_ARG(slice->slicing->name), TEXT_ARG(slice->report->name),
               slice_field_word(slice->slicing->by), rows, rows == 1 ? "" : "s", end - first,
               end - first == 1 ? "" : "s");
        for (size_t i = first; i < end; i++)
            printf("  %.*s.xlsx: %zu row%s\n", TEXT_ARG(job->slices[i].path), job->slices[i].rows,
                   job->slices[i].rows == 1 ? "" : "s");
    }
}
