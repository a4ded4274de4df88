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

void ods_cell_begin(struct ods_cell *cell, struct xml_attributes attributes, struct arena *arena)
{
    static const char *const values[] = {"value", "date-value", "time-value", "boolean-value",
                                         "string-value"};
    struct buffer text = cell->text;
    text.arena = arena;
    text.len = 0;
    *cell = (struct ods_cell){
        .type = text_copy(arena, xml_attribute(attributes, "value-type")),
        .value = TEXT_EMPTY,
        .currency = text_copy(arena, xml_attribute(attributes, "currency")),
        .formula = xml_has_attribute(attributes, "formula"),
        .repeat = ods_count(attributes, "number-columns-repeated", SHEET_COLUMNS),
        .text = text,
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (xml_has_attribute(attributes, values[i]))
            cell->value = text_copy(arena, xml_attribute(attributes, values[i]));
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
    return cell->formula && !cell->text.len && !cell->value.len && !text_is(cell->type, "string");
}

static size_t count_digits(struct text t, size_t from)
{
    size_t i = from;
    while (i < t.len && t.ptr[i] >= '0' && t.ptr[i] <= '9')
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

static bool number_field(const struct ods_cell *cell, struct arena *arena, struct text shown,
                         struct text *out)
{
    char room[NUMBER_ROOM];
    char before[16] = "";
    struct number_format format = {.currency = ""};
    if (text_is(cell->type, "percentage"))
        format.look = LOOK_PERCENT;
    if (text_is(cell->type, "currency")) {
        format.currency = currency_sign(cell->currency);
        if (!*format.currency && cell->currency.len && cell->currency.len < 8) {
            snprintf(before, sizeof before, "%.*s ", TEXT_ARG(cell->currency));
            format.currency = before;
        }
    }
    if (format.currency == before)
        shown = TEXT_EMPTY;
    read_shown(shown, &format);
    *out = text_copy(arena, number_show(&format, false, cell->value, room));
    return out->len > 0;
}

bool ods_cell_field(struct ods_cell *cell, struct arena *arena, struct text *out)
{
    char room[NUMBER_ROOM];
    struct text shown = buffer_text(&cell->text), type = cell->type;
    *out = TEXT_EMPTY;
    if (cell->overlong || !cell_text_fits(shown) || !cell_text_fits(cell->value))
        return false;
    if (text_is(type, "float") || text_is(type, "percentage") || text_is(type, "currency"))
        return number_field(cell, arena, shown, out);
    if (text_is(type, "date"))
        *out = text_copy(arena, iso_show(cell->value, room));
    else if (text_is(type, "time"))
        *out = text_copy(arena, duration_show(cell->value, room));
    else if (text_is(type, "boolean"))
        *out = text_is(cell->value, "true") ? TEXT("TRUE") : TEXT("FALSE");
    else
        *out = cell->paragraphs ? text_copy(arena, shown) : cell->value;
    return out->len || !type.len || text_is(type, "string") || text_is(type, "void");
}
