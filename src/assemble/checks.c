/* checks - what a run found and did, as a document: findings, rows by file, rules, repairs, hidden
 * figures, versions. Its sentences are the messages', in which nobody is named. */
#include "assemble/assemble_int.h"

struct checking {
    struct arena *arena;
    const struct checks_input *input;
    struct document *document;
};

static const struct text not_applicable = TEXT_INIT("[z]");

/* ---- parts ---- */

static struct table *new_table(struct checking *checking, const char *name, const char *caption,
                               const char *const *headers, size_t count)
{
    struct table *table = table_new(checking->arena, text_from(name), count);
    table->caption = text_from(caption);
    for (size_t c = 0; c < count; c++)
        table->columns[c] =
            (struct column){.header = text_from(headers[c]), .is_row_header = c == 0};
    return table;
}

/* A table without rows is left out: `nothing` says so among the notes. */
static void place_table(struct checking *checking, struct table *table, const char *nothing)
{
    if (!table->row_count) {
        blocks_add_paragraph(checking->arena, &checking->document->notes, text_from(nothing));
        return;
    }
    struct block *block = blocks_add(checking->arena, &checking->document->blocks, BLOCK_TABLE);
    block->table = table;
    block->anchor = text_concat(checking->arena, TEXT("table-"), table->name);
}

static struct row *add_row(struct checking *checking, struct table *table, struct text group,
                           struct text first)
{
    struct row *row = table_add_row(checking->arena, table, ROW_BODY);
    row->group = group;
    row->cells[0] = cell_text(first);
    return row;
}

static struct cell number_cell(struct checking *checking, struct decimal number)
{
    return cell_number(number, decimal_in_full(checking->arena, number), FORMAT_NUMBER,
                       number.scale);
}

static struct cell count_cell(struct checking *checking, size_t count)
{
    return number_cell(checking, decimal_from((int64_t)count));
}

static struct cell word_cell(struct text word)
{
    return cell_text(word.len ? word : not_applicable);
}

/* The same on every machine: a file of the job is named as it stands in the job. */
static struct text in_job(struct checking *checking, struct text t)
{
    struct arena *arena = checking->arena;
    struct text folder = text_concat(arena, checking->input->folder, TEXT("/"));
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < t.len; i++) {
        bool begins = i == 0 || t.ptr[i - 1] == ' ' || t.ptr[i - 1] == '\'';
        if (begins && text_starts(text_slice(t, i, t.len), folder))
            i += folder.len;
        if (i < t.len)
            buffer_add_byte(&out, t.ptr[i]);
    }
    return text_escape(arena, buffer_text(&out));
}

static struct text place_in_job(struct checking *checking, struct place place)
{
    struct text t = in_job(checking, place_text(checking->arena, place));
    return t.len ? t : TEXT("The job as a whole");
}

/* ---- findings ---- */

static const struct text severities[] = {TEXT_INIT("For information"), TEXT_INIT("Warning"),
                                         TEXT_INIT("Figure not shown"), TEXT_INIT("Error")};

/* What the other tables say better. */
static bool is_told_elsewhere(enum diag_kind kind)
{
    return kind == DIAG_READ || kind == DIAG_HEADER || kind == DIAG_REPAIR;
}

/* How many there are of each, the worst first; none is a number too. */
static void add_summary(struct checking *checking)
{
    static const char *const headers[] = {"Severity", "Findings"};
    const struct diags *found = checking->input->found;
    struct table *table = new_table(checking, "summary", "Findings by severity", headers, 2);
    size_t all = 0;
    table->columns[1].align_right = table->columns[1].is_number = true;
    for (int level = LEVEL_ERROR; level >= LEVEL_INFO; level--) {
        size_t count = 0;
        for (size_t i = 0; i < found->count; i++)
            count += (int)diag_level(found->items[i].kind) == level &&
                     !is_told_elsewhere(found->items[i].kind);
        add_row(checking, table, TEXT_EMPTY, severities[level])->cells[1] =
            count_cell(checking, count);
        all += count;
    }
    struct row *total = add_row(checking, table, TEXT_EMPTY, TEXT("All"));
    total->kind = ROW_TOTAL;
    total->cells[1] = count_cell(checking, all);
    place_table(checking, table, "");
}

static void add_findings(struct checking *checking)
{
    static const char *const headers[] = {"Where", "Kind", "What was found, and what to do"};
    const struct diags *found = checking->input->found;
    struct table *table = new_table(checking, "findings", "What was found", headers, 3);
    table->group_header = TEXT("Severity");
    table->columns[2].long_text = true;
    for (int level = LEVEL_ERROR; level >= LEVEL_INFO; level--)
        for (size_t i = 0; i < found->count; i++) {
            const struct diag *d = &found->items[i];
            if ((int)diag_level(d->kind) != level || is_told_elsewhere(d->kind))
                continue;
            struct row *row =
                add_row(checking, table, severities[level], place_in_job(checking, d->place));
            row->cells[1] = cell_text(text_from(diag_word(d->kind)));
            row->cells[2] = cell_text(in_job(checking, d->message));
        }
    place_table(checking, table, "The checks found nothing.");
}

/* ---- rows ---- */

enum rows_column {
    ROWS_FILE,
    ROWS_READ,
    ROWS_USED,
    ROWS_LEFT_OUT,
    ROWS_REJECTED,
    ROWS_REPAIRED,
    ROWS_SUM,
    ROWS_FIGURES,
    ROWS_HEADER_LINE,
    ROWS_ENCODING,
    ROWS_SEPARATOR,
    ROWS_SHEET, /* last: left out where no export is a workbook */
    ROWS_COLUMNS
};

static struct text separator_of(struct checking *checking, const struct file_account *file)
{
    static const struct {
        char byte;
        const char *word;
    } words[] = {{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}};
    if (!file->encoding.len || file->sheet.len)
        return TEXT_EMPTY;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].byte == file->delimiter)
            return text_from(words[i].word);
    return text_format(checking->arena, "%c", file->delimiter);
}

static struct row *add_file(struct checking *checking, struct table *table,
                            const struct dataset *dataset, const struct file_account *file,
                            struct text name)
{
    struct row *row = add_row(checking, table, dataset->name, name);
    bool has_sum = dataset->measure_count && !file->is_lookup && !file->sum_is_lost;
    row->cells[ROWS_READ] = count_cell(checking, file->read);
    row->cells[ROWS_USED] = count_cell(checking, file->used);
    row->cells[ROWS_LEFT_OUT] = count_cell(checking, account_excluded(file));
    row->cells[ROWS_REJECTED] = count_cell(checking, file->rejected);
    row->cells[ROWS_REPAIRED] = count_cell(checking, account_repaired(file));
    row->cells[ROWS_SUM] = has_sum ? number_cell(checking, file->sum) : cell_text(not_applicable);
    row->cells[ROWS_FIGURES] = cell_text(not_applicable);
    row->cells[ROWS_HEADER_LINE] =
        file->header_line ? count_cell(checking, file->header_line) : cell_text(not_applicable);
    row->cells[ROWS_SHEET] = word_cell(in_job(checking, file->sheet));
    row->cells[ROWS_ENCODING] = word_cell(file->encoding);
    row->cells[ROWS_SEPARATOR] = word_cell(separator_of(checking, file));
    return row;
}

static void add_rows_of(struct checking *checking, struct table *table,
                        const struct dataset *dataset)
{
    const struct account *account = &dataset->account;
    struct file_account total = account_total(checking->arena, account);
    struct decimal sum;
    for (size_t i = 0; i < account->count; i++) {
        const struct file_account *file = &account->files[i];
        struct text name = in_job(checking, file->path);
        if (file->is_lookup)
            name = text_concat(checking->arena, name, TEXT(" (lookup)"));
        add_file(checking, table, dataset, file, name);
    }
    struct row *row = add_file(checking, table, dataset, &total, TEXT("All exports"));
    row->kind = ROW_TOTAL;
    if (dataset->measure_count && !total.sum_is_lost && dataset_sum(dataset, &sum))
        row->cells[ROWS_FIGURES] = number_cell(checking, sum);
}

static void add_reconciliation(struct checking *checking)
{
    static const char *const headers[ROWS_COLUMNS] = {
        [ROWS_FILE] = "File",
        [ROWS_READ] = "Rows read",
        [ROWS_USED] = "Used",
        [ROWS_LEFT_OUT] = "Left out by rule",
        [ROWS_REJECTED] = "Rejected",
        [ROWS_REPAIRED] = "Repairs",
        [ROWS_SUM] = "Sum of values",
        [ROWS_FIGURES] = "Sum of figures",
        [ROWS_HEADER_LINE] = "Header line",
        [ROWS_ENCODING] = "Encoding",
        [ROWS_SEPARATOR] = "Separator",
        [ROWS_SHEET] = "Sheet",
    };
    struct table *table =
        new_table(checking, "rows", "What became of every row", headers, ROWS_COLUMNS);
    table->group_header = TEXT("Source");
    for (size_t c = ROWS_READ; c <= ROWS_HEADER_LINE; c++)
        table->columns[c].align_right = table->columns[c].is_number = true;
    for (size_t i = 0; i < checking->input->source_count; i++)
        add_rows_of(checking, table, checking->input->sources[i].dataset);
    bool any_sheet = false;
    for (size_t r = 0; r < table->row_count; r++)
        any_sheet =
            any_sheet || !text_equal(table->rows[r].cells[ROWS_SHEET].display, not_applicable);
    table->column_count -= !any_sheet;
    texts_add(checking->arena, &table->notes,
              TEXT("Rows read are those used, left out and rejected. Values are added up while "
                   "rows are read, figures when all are there: the two sums are the same, or "
                   "nothing is published."));
    place_table(checking, table, "The job has no sources.");
}

static void add_exclusions(struct checking *checking)
{
    static const char *const headers[] = {"File", "Rule", "Rows left out"};
    struct table *table = new_table(checking, "rules", "Rows left out, by rule", headers, 3);
    table->group_header = TEXT("Source");
    table->columns[1].long_text = true;
    table->columns[2].align_right = table->columns[2].is_number = true;
    for (size_t i = 0; i < checking->input->source_count; i++) {
        const struct dataset *dataset = checking->input->sources[i].dataset;
        for (size_t f = 0; f < dataset->account.count; f++) {
            const struct file_account *file = &dataset->account.files[f];
            for (size_t e = 0; e < file->exclusion_count; e++) {
                struct row *row =
                    add_row(checking, table, dataset->name, in_job(checking, file->path));
                row->cells[1] = cell_text(in_job(checking, file->exclusions[e].rule));
                row->cells[2] = count_cell(checking, file->exclusions[e].rows);
            }
        }
    }
    place_table(checking, table, "No row was left out by a rule.");
}

static void add_repairs(struct checking *checking)
{
    static const char *const headers[] = {"Where", "What was put right"};
    const struct diags *found = checking->input->found;
    struct table *table = new_table(checking, "repairs", "What was put right", headers, 2);
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].kind == DIAG_REPAIR)
            add_row(checking, table, TEXT_EMPTY, place_in_job(checking, found->items[i].place))
                ->cells[1] = cell_text(in_job(checking, found->items[i].message));
    place_table(checking, table, "Nothing in the exports had to be put right.");
}

/* ---- figures that are not shown ---- */

static void add_stopped_of(struct checking *checking, struct table *table,
                           const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->stopped_count; i++) {
        const struct stopped *stopped = &dataset->stopped[i];
        struct row *row =
            add_row(checking, table, dataset->name, dataset->measures[stopped->measure].label);
        row->cells[1] = word_cell(dataset->areas.items[stopped->area]);
        row->cells[2] =
            cell_text(period_display(checking->arena, dataset->periods[stopped->period]));
        row->cells[3] = cell_text(stopped->why);
        row->cells[4] = cell_text(text_from(stopped->code));
        row->cells[5] = cell_text(place_in_job(checking, stopped->place));
    }
}

static void add_stopped(struct checking *checking)
{
    static const char *const headers[] = {"Measure",           "Area", "Period",
                                          "Not shown because", "Rule", "Where"};
    struct table *table = new_table(checking, "stopped",
                                    "Figures that cannot be right and are not shown", headers, 6);
    table->group_header = TEXT("Source");
    table->columns[3].long_text = true;
    for (size_t i = 0; i < checking->input->source_count; i++)
        add_stopped_of(checking, table, checking->input->sources[i].dataset);
    place_table(checking, table, "No figure had to be left out as one that cannot be right.");
}

static void add_hidden_of(struct checking *checking, struct table *table,
                          const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure copy = dataset_figure_at(dataset, i), *figure = &copy;
        if (!(figure->value.markers & MARKER_CONFIDENTIAL))
            continue;
        struct row *row =
            add_row(checking, table, dataset->name, dataset->measures[figure->measure].label);
        row->cells[1] = word_cell(dataset->areas.items[figure->area]);
        row->cells[2] =
            cell_text(period_display(checking->arena, dataset->periods[figure->period]));
        row->cells[3] = cell_text(place_in_job(checking, figure->place));
    }
}

static void add_hidden(struct checking *checking)
{
    static const char *const headers[] = {"Measure", "Area", "Period", "Where"};
    struct table *table = new_table(checking, "confidential",
                                    "Figures that are confidential and not shown", headers, 4);
    table->group_header = TEXT("Source");
    for (size_t i = 0; i < checking->input->source_count; i++)
        add_hidden_of(checking, table, checking->input->sources[i].dataset);
    place_table(checking, table, "No figure is confidential.");
}

static void add_versions(struct checking *checking)
{
    static const char *const headers[] = {"Program or library", "Version"};
    const struct checks_input *input = checking->input;
    struct table *table = new_table(checking, "versions", "What made the reports", headers, 2);
    for (size_t i = 0; i <= input->libraries.count; i++) {
        struct text t = i ? input->libraries.items[i - 1] : input->program;
        size_t space = text_find(t, ' ', 0);
        struct row *row = add_row(checking, table, TEXT_EMPTY, text_slice(t, 0, space));
        row->cells[1] = word_cell(text_trim(text_slice(t, space, t.len)));
    }
    place_table(checking, table, "");
}

static void add_method(struct checking *checking)
{
    static const struct text method[] = {
        TEXT_INIT("A warning did not stop publishing; each says what to look at. Places are FILE: "
                  "line: field, or in a workbook FILE: sheet! cell."),
        TEXT_INIT("A month is far outside its own history when it differs from the median by more "
                  "than 3.5 × 1.4826 × the median absolute deviation, of the same month in "
                  "earlier years where there are three, else of the 12 months before; with fewer "
                  "before it, of the 12 nearest to it, at least 6."),
    };
    for (size_t i = 0; i < sizeof method / sizeof method[0]; i++)
        blocks_add_paragraph(checking->arena, &checking->document->notes, method[i]);
}

struct document *assemble_checks(struct arena *arena, const struct checks_input *input)
{
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = (struct document){
        .name = TEXT("checks"),
        .title = text_concat(arena, TEXT("Checks: "), input->title),
        .subtitle = TEXT("What was found, and what became of every row. For those who make the "
                         "reports, not for publication."),
        .organisation = input->organisation,
        .language = input->language,
        .period = period_display(arena, input->period),
        .as_at = input->as_at,
        .footer = input->organisation,
        .form = PAGE_LANDSCAPE,
        .release.workbooks = WORKBOOK_WORKING,
    };
    struct checking checking = {arena, input, document};
    struct block *title = blocks_add(arena, &document->blocks, BLOCK_HEADING);
    title->heading.level = 1;
    title->anchor = TEXT("title");
    spans_add_text(arena, &title->heading.spans, document->title, 0);
    add_method(&checking);
    add_summary(&checking);
    add_findings(&checking);
    add_reconciliation(&checking);
    add_exclusions(&checking);
    add_repairs(&checking);
    add_stopped(&checking);
    add_hidden(&checking);
    add_versions(&checking);
    return document;
}
