/*
 * csv - the tables of a document as CSV files, with a csv-metadata.json (W3C CSV on the Web) that
 * says what their columns hold.
 */
#include "base/json.h"
#include "base/utf8.h"
#include "read/read.h"
#include "write/tidy_int.h"
#include "write/write.h"

/* ---- cells ---- */

/*
 * A spreadsheet would take a text that begins so for a formula (OWASP, CSV injection): =, +, -, @,
 * their full-width forms, tab, and line ends. What is a number is left alone.
 */
static bool is_formula(struct text t)
{
    size_t at = 0;
    struct decimal number;
    uint32_t first = t.len ? utf8_next(t, &at) : 0;
    bool begins = first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' ||
                  first == '\r' || first == '\n' || first == 0xFF1D || first == 0xFF0B ||
                  first == 0xFF0D || first == 0xFF20;
    return begins && !decimal_parse(t, &number);
}

static struct text guarded(struct arena *arena, struct text t)
{
    return is_formula(t) ? text_concat(arena, TEXT("'"), t) : t;
}

static bool needs_quotes(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] == ',' || t.ptr[i] == '"' || t.ptr[i] == '\n' || t.ptr[i] == '\r')
            return true;
    return text_trim(t).len != t.len; /* a reader may cut spaces at the ends */
}

static void add_field(struct buffer *out, size_t c, struct text t)
{
    if (c)
        buffer_add_byte(out, ',');
    if (!needs_quotes(t) && (c || t.len)) {
        buffer_add(out, t);
        return;
    }
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] == '"')
            buffer_add_byte(out, '"');
        buffer_add_byte(out, t.ptr[i]);
    }
    buffer_add_byte(out, '"');
}

/* What stands in a cell of the file. */
static struct text cell_of(struct arena *arena, const struct tidy *tidy, size_t r, size_t c)
{
    struct text t = tidy->rows[r][c];
    return tidy->columns[c].type == TIDY_NUMBER ? t : guarded(arena, t);
}

static struct text csv_bytes(struct arena *arena, const struct tidy *tidy)
{
    struct buffer out = {.arena = arena};
    for (size_t c = 0; c < tidy->column_count; c++)
        add_field(&out, c, guarded(arena, tidy->columns[c].title));
    buffer_add(&out, TEXT("\r\n"));
    for (size_t r = 0; r < tidy->row_count; r++) {
        for (size_t c = 0; c < tidy->column_count; c++)
            add_field(&out, c, cell_of(arena, tidy, r, c));
        buffer_add(&out, TEXT("\r\n"));
    }
    return buffer_text(&out);
}

/* ---- csv-metadata.json ---- */

static void add_column(struct json *json, const struct tidy_column *column, struct text title)
{
    static const char *const types[] = {
        [TIDY_TEXT] = "string", [TIDY_NUMBER] = "decimal", [TIDY_DATE] = "date"};
    json_open(json, NULL, '{');
    json_string(json, "name", column->name);
    json_string(json, "titles", title);
    json_string(json, "datatype", text_from(types[column->type]));
    json_open(json, "null", '[');
    for (size_t i = 0; i < column->nulls.count; i++)
        json_string(json, NULL, column->nulls.items[i]);
    json_close(json, ']');
    if (column->unit.len)
        json_string(json, "schema:unitText", column->unit);
    json_close(json, '}');
}

static void add_described(struct json *json, const char *name, struct text value)
{
    if (value.len)
        json_string(json, name, value);
}

static void add_table(struct json *json, const struct table *table, struct text url,
                      const struct tidy *tidy)
{
    struct arena *arena = json->out.arena;
    struct texts notes = {0};
    if (table->shorthand.len)
        texts_add(arena, &notes, table->shorthand);
    for (size_t i = 0; i < table->notes.count; i++)
        texts_add(arena, &notes, table->notes.items[i]);
    struct text source = table->source;
    if (text_starts(source, TEXT("Source: ")))
        source = text_slice(source, sizeof "Source: " - 1, source.len);
    json_open(json, NULL, '{');
    json_string(json, "url", url);
    json_string(json, "dc:title", table->caption);
    add_described(json, "dc:description", texts_join(arena, &notes, TEXT(" ")));
    add_described(json, "dc:source", source);
    json_open(json, "tableSchema", '{');
    json_open(json, "columns", '[');
    for (size_t c = 0; c < tidy->column_count; c++)
        add_column(json, &tidy->columns[c], guarded(arena, tidy->columns[c].title));
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}

/* A licence is best given by its address; its name will do. */
static void add_licence(struct json *json, struct text licence)
{
    if (!text_starts(licence, TEXT("https://")) && !text_starts(licence, TEXT("http://"))) {
        add_described(json, "dc:license", licence);
        return;
    }
    json_open(json, "dc:license", '{');
    json_string(json, "@id", licence);
    json_close(json, '}');
}

static void begin_metadata(struct json *json, const struct document *document, struct text licence)
{
    struct arena *arena = json->out.arena;
    json_open(json, NULL, '{');
    json_open(json, "@context", '[');
    json_string(json, NULL, TEXT("http://www.w3.org/ns/csvw"));
    json_open(json, NULL, '{');
    json_string(json, "@language", document->language);
    json_close(json, '}');
    json_close(json, ']');
    json_string(json, "dc:title", document->title);
    json_string(json, "dc:publisher", document->organisation);
    add_described(json, "dc:temporal", document->period);
    if (date_is_known(document->as_at))
        json_string(json, "dc:date", date_iso(arena, document->as_at));
    add_licence(json, licence);
    json_open(json, "tables", '[');
}

/* ---- all of a document ---- */

static void add_companion(struct arena *arena, struct companions *out, struct companion companion)
{
    out->items = arena_grow(arena, out->items, out->count, &out->capacity, sizeof companion);
    out->items[out->count++] = companion;
}

static struct text file_name(struct arena *arena, const struct companions *there,
                             const struct table *table)
{
    struct text slug = text_slug(arena, table->name);
    struct text name = text_concat(arena, slug, TEXT(".csv"));
    for (size_t i = 0, n = 2; i < there->count; i++)
        if (text_equal(there->items[i].name, name)) {
            name = text_format(arena, "%.*s-%zu.csv", TEXT_ARG(slug), n++);
            i = SIZE_MAX; /* from the first again */
        }
    return name;
}

void csv_render(const struct document *document, struct text licence, struct arena *arena,
                struct companions *out)
{
    struct tables tables = document_tables(arena, document);
    struct json json = {.out = {.arena = arena}};
    *out = (struct companions){0};
    if (!tables.count)
        return;
    begin_metadata(&json, document, licence);
    for (size_t t = 0; t < tables.count; t++) {
        struct tidy tidy;
        tidy_make(arena, tables.items[t], &tidy);
        struct text name = file_name(arena, out, tables.items[t]);
        add_table(&json, tables.items[t], name, &tidy);
        add_companion(arena, out,
                      (struct companion){.name = name,
                                         .bytes = csv_bytes(arena, &tidy),
                                         .table = tables.items[t]});
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buffer_add_byte(&json.out, '\n');
    add_companion(
        arena, out,
        (struct companion){.name = TEXT("csv-metadata.json"), .bytes = buffer_text(&json.out)});
}

static bool is_row(const struct read_row *row, size_t count, const struct text *cells)
{
    for (size_t c = 0; c < count; c++)
        if (!text_equal(row->cells[c], cells[c]))
            return false;
    return true;
}

static bool is_same(struct arena *arena, const struct tidy *tidy, const struct read_rows *rows)
{
    struct text *cells = arena_calloc(arena, tidy->column_count + 1, sizeof *cells);
    bool same = rows->count == tidy->row_count + 1 && rows->width == tidy->column_count;
    for (size_t c = 0; same && c < tidy->column_count; c++)
        cells[c] = guarded(arena, tidy->columns[c].title);
    same = same && is_row(&rows->items[0], tidy->column_count, cells);
    for (size_t r = 0; same && r < tidy->row_count; r++) {
        for (size_t c = 0; c < tidy->column_count; c++)
            cells[c] = cell_of(arena, tidy, r, c);
        same = is_row(&rows->items[r + 1], tidy->column_count, cells);
    }
    return same;
}

bool csv_verify(const struct companion *companion, struct text path, struct arena *arena,
                struct diags *diags)
{
    struct read_rows rows;
    struct tidy tidy;
    if (!companion->table)
        return true; /* no figures are in it; the manifest has its hash */
    if (!read_table(arena, diags, path, &rows))
        return false;
    tidy_make(arena, companion->table, &tidy);
    if (is_same(arena, &tidy, &rows))
        return true;
    diag(diags, DIAG_VERIFY, place_file(path),
         "the file does not hold the %zu rows of its table: nothing is published", tidy.row_count);
    return false;
}
