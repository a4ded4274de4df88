/* ods_cell - the text of one cell of an OpenDocument spreadsheet (ods_int.h). */
#include "read/number_format_int.h"
#include "read/ods_int.h"

#include <stdio.h>
#include <string.h>

size_t ods_count(struct xml_attributes attributes, const char *name, size_t cap)
{
    struct text t = xml_attribute(attributes, name);
    size_t count = 0;
    if (!t.len)
        return 1;
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] < '0' || t.ptr[i] > '9')
            return 0;
        if (count <= cap)
            count = count * 10 + (size_t)(t.ptr[i] - '0');
    }
    return count < cap ? count : cap;
}

static enum ods_type type_of(struct text t)
{
    static const struct {
        const char *word;
        enum ods_type type;
    } types[] = {{"string", ODS_STRING},     {"float", ODS_FLOAT}, {"percentage", ODS_PERCENTAGE},
                 {"currency", ODS_CURRENCY}, {"date", ODS_DATE},   {"time", ODS_TIME},
                 {"boolean", ODS_BOOLEAN},   {"void", ODS_NONE},   {"", ODS_NONE}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_is(t, types[i].word))
            return types[i].type;
    return ODS_OTHER;
}

void ods_cell_begin(struct ods_cell *cell, struct xml_attributes attributes)
{
    static const char *const values[] = {"value", "date-value", "time-value", "boolean-value",
                                         "string-value"};
    struct text currency = xml_attribute(attributes, "currency");
    cell->type = type_of(xml_attribute(attributes, "value-type"));
    cell->formula = xml_has_attribute(attributes, "formula");
    cell->repeat = ods_count(attributes, "number-columns-repeated", SHEET_COLUMNS);
    cell->text.len = cell->value.len = 0;
    cell->paragraphs = 0;
    cell->depth = cell->skipped = 0;
    cell->in_paragraph = cell->after_space = cell->overlong = false;
    cell->currency[0] = '\0';
    if (currency.len < ODS_CURRENCY_CAP)
        strcpy(cell->currency, currency.ptr);
    for (size_t i = 0; i < sizeof values / sizeof *values && cell->type && !cell->value.len; i++)
        buffer_add(&cell->value, xml_attribute(attributes, values[i]));
}

static void add(struct ods_cell *cell, char c, size_t count)
{
    cell->overlong |= cell->text.len + count > 4 * (size_t)CELL_UNIT_CAP;
    for (size_t i = 0; i < count && !cell->overlong; i++)
        buffer_add_byte(&cell->text, c);
}

void ods_cell_start(struct ods_cell *cell, struct text name, struct xml_attributes attributes)
{
    cell->depth++;
    if (cell->skipped)
        return;
    if (cell->depth == 1 && text_is(name, "p")) {
        if (cell->paragraphs++)
            add(cell, '\n', 1);
        cell->in_paragraph = cell->after_space = true;
    } else if (!cell->in_paragraph || text_is(name, "annotation") || text_is(name, "ruby-text") ||
               text_is(name, "note")) {
        cell->skipped = cell->depth;
    } else if (text_is(name, "s") || text_is(name, "tab") || text_is(name, "line-break")) {
        bool space = name.len == 1;
        add(cell,
            space                ? ' '
            : name.ptr[0] == 't' ? '\t'
                                 : '\n',
            space ? ods_count(attributes, "c", CELL_UNIT_CAP) : 1);
        cell->after_space = false;
    }
}

void ods_cell_end(struct ods_cell *cell)
{
    if (cell->skipped == cell->depth)
        cell->skipped = 0;
    cell->depth--;
    if (cell->depth == 0)
        cell->in_paragraph = false;
}

void ods_cell_characters(struct ods_cell *cell, struct text piece)
{
    if (!cell->in_paragraph || cell->skipped)
        return;
    for (size_t i = 0; i < piece.len; i++) {
        bool space = strchr(" \t\n\r", piece.ptr[i]) != NULL && piece.ptr[i];
        if (!space || !cell->after_space)
            add(cell, space ? ' ' : piece.ptr[i], 1);
        cell->after_space = space;
    }
}

bool ods_cell_lacks_value(const struct ods_cell *cell)
{
    return cell->formula && !cell->text.len && !cell->value.len && cell->type != ODS_STRING;
}

static size_t count_digits(struct text t, size_t from)
{
    size_t i = from;
    while (i < t.len && is_digit(t.ptr[i]))
        i++;
    return i - from;
}

/*
 * The places and the leading zeros of a number as it is shown: "2.10", "0042". What is shown in
 * another way says nothing. Its format stands in a style far away; what it makes is here.
 */
static void read_shown(struct text shown, struct number_format *format)
{
    struct text plain = {0};
    char room[64];
    size_t len = 0;
    bool grouped = text_find(shown, ',', 0) < shown.len;
    for (size_t i = 0; i < shown.len && len < sizeof room; i++)
        if (strchr("0123456789.", shown.ptr[i]))
            room[len++] = shown.ptr[i];
        else if (shown.ptr[i] >= 'A') /* letters: an exponent, a scale; or the sign of a currency */
            len += (unsigned char)shown.ptr[i] < 0x80 ? sizeof room : 0;
    if (!len || len >= sizeof room)
        return;
    plain = (struct text){room, len};
    size_t whole = count_digits(plain, 0);
    size_t places = whole < len ? count_digits(plain, whole + 1) : 0;
    if (whole + places + (whole < len) != len || places > 30 || whole > 30)
        return;
    format->places = (unsigned)places;
    if (plain.ptr[0] == '0' && !grouped)
        format->digits = (unsigned)whole;
}

static bool number_field(struct ods_cell *cell, struct text shown, struct text *out)
{
    char code[ODS_CURRENCY_CAP + 1];
    struct number_format format = {.currency = ""};
    if (cell->type == ODS_PERCENTAGE)
        format.look = LOOK_PERCENT;
    if (cell->type == ODS_CURRENCY)
        format.currency = currency_sign(text_from(cell->currency));
    if (cell->type == ODS_FLOAT && text_contains(shown, TEXT("£"))) /* a format of one's own */
        format.currency = "£";
    if (cell->type == ODS_CURRENCY && !*format.currency && *cell->currency) {
        snprintf(code, sizeof code, "%s ", cell->currency);
        format.currency = code;
    } else {
        read_shown(shown, &format);
    }
    *out = number_show(&format, false, buffer_text(&cell->value), cell->room);
    return out->len > 0;
}

/* "2024-04" of 2024-04-01 that is shown as "Apr-24" or "April 2024": a format without a day. */
static bool is_shown_as_month(struct text shown, struct text iso)
{
    size_t letters = 0, from = 0;
    while (from < shown.len && !(shown.ptr[from] >= '0' && shown.ptr[from] <= '9'))
        letters += shown.ptr[from++] >= 'A';
    size_t digits = count_digits(shown, from);
    if (letters < 3 || from + digits != shown.len || iso.len < 10 || (digits != 2 && digits != 4))
        return false;
    struct text number = text_slice(shown, from, shown.len);
    return text_equal(number, text_slice(iso, 4 - digits, 4)) &&
           !text_equal(number, text_slice(iso, 8, 10));
}

bool ods_cell_field(struct ods_cell *cell, struct text *out)
{
    struct text shown = buffer_text(&cell->text), value = buffer_text(&cell->value);
    *out = TEXT_EMPTY;
    if (cell->overlong || !cell_text_fits(shown) || !cell_text_fits(value))
        return false;
    switch (cell->type) {
    case ODS_FLOAT:
    case ODS_PERCENTAGE:
    case ODS_CURRENCY:
        return number_field(cell, shown, out);
    case ODS_DATE:
        *out =
            iso_show(is_shown_as_month(shown, value) ? text_slice(value, 0, 7) : value, cell->room);
        return out->len > 0;
    case ODS_TIME:
        *out = duration_show(value, cell->room);
        return out->len > 0;
    case ODS_BOOLEAN:
        *out = text_is(value, "true") ? TEXT("TRUE") : TEXT("FALSE");
        return true;
    case ODS_NONE:
    case ODS_STRING:
        *out = cell->paragraphs ? shown : value;
        return true;
    case ODS_OTHER:
        break;
    }
    return false;
}
