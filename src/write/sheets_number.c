#include "write/sheets_int.h"

#include <string.h>

enum { DIGITS_KEPT = 15, SUFFIX_CAP = 60, CODE_CAP = 480 };

struct number_memo {
    enum number_format format;
    unsigned places;
    bool lost, arrow;
    char suffix[SUFFIX_CAP];
    size_t suffix_len;
    char code[CODE_CAP];
    size_t code_len; /* 0: nothing is kept yet */
};

struct number_memo *sheets_number_memos(struct arena *arena, size_t count)
{
    return arena_calloc(arena, count, sizeof(struct number_memo));
}

static unsigned digit_count(__int128 coefficient)
{
    unsigned digits = 0;
    for (; coefficient > INT64_MAX || coefficient < INT64_MIN; coefficient /= 10)
        digits++;
    for (int64_t rest = (int64_t)coefficient; rest; rest /= 10) /* much faster */
        digits++;
    return digits;
}

/* Rounds to the digits that a spreadsheet keeps; false when whole units would be lost. */
static bool keep_digits(struct decimal number, struct decimal *out)
{
    unsigned digits = digit_count(number.coefficient);
    unsigned surplus = digits > DIGITS_KEPT ? digits - DIGITS_KEPT : 0;
    return surplus <= number.scale && decimal_round(number, number.scale - surplus, out);
}

/* A percentage is stored as a fraction: 12.3 as 0.123. */
static bool as_fraction(struct decimal number, struct decimal *out)
{
    if (number.scale > DECIMAL_SCALE_MAX - 2 &&
        !decimal_round(number, DECIMAL_SCALE_MAX - 2, &number))
        return false;
    number.scale += 2;
    *out = number;
    return true;
}

static bool is_percent(enum number_format format)
{
    return format == FORMAT_PERCENT || format == FORMAT_SIGNED_PERCENT;
}

static bool is_signed(enum number_format format)
{
    return format == FORMAT_SIGNED || format == FORMAT_SIGNED_PERCENT ||
           format == FORMAT_SIGNED_MONEY;
}

bool sheets_is_money(enum number_format format)
{
    return format == FORMAT_MONEY || format == FORMAT_SIGNED_MONEY;
}

/* What the number format below shows for the number, without a suffix. */
static struct text shown(struct arena *arena, const struct cell *cell, struct decimal rounded)
{
    unsigned style = DECIMAL_GROUPS | (is_signed(cell->format) ? DECIMAL_SIGN : 0);
    if (sheets_is_money(cell->format)) {
        bool negative = decimal_sign(rounded) < 0;
        struct decimal size = negative ? decimal_negate(rounded) : rounded;
        bool plus = is_signed(cell->format) && decimal_sign(rounded) > 0;
        return text_format(arena, "%s£%.*s",
                           negative ? "−"
                           : plus   ? "+"
                                    : "",
                           TEXT_ARG(decimal_display(arena, size, cell->places, DECIMAL_GROUPS)));
    }
    struct text number = decimal_display(arena, rounded, cell->places, style);
    return is_percent(cell->format) ? text_concat(arena, number, TEXT("%")) : number;
}

/* "#,##0.00%" */
static struct text digits_format(struct arena *arena, const struct cell *cell)
{
    struct buffer out = {.arena = arena};
    if (sheets_is_money(cell->format))
        buffer_add(&out, TEXT("\"£\""));
    buffer_add(&out, TEXT("#,##0"));
    for (unsigned place = 0; place < cell->places; place++)
        buffer_add(&out, place ? TEXT("0") : TEXT(".0"));
    if (is_percent(cell->format))
        buffer_add_byte(&out, '%');
    return buffer_text(&out);
}

/* Three sections: above, below and at zero. A number that `lost` all its digits has no sign. */
static struct text number_format(struct arena *arena, const struct cell *cell, bool lost,
                                 bool arrow, struct text suffix)
{
    struct text digits = digits_format(arena, cell);
    struct text tail = suffix.len ? text_format(arena, "\"%.*s\"", TEXT_ARG(suffix)) : TEXT_EMPTY;
    arrow = arrow && is_signed(cell->format);
    const char *plus = !is_signed(cell->format) || lost ? "" : arrow ? "\"↑ \"+" : "+";
    const char *minus = lost ? "" : arrow ? "\"↓ −\"" : "\"−\"";
    return text_format(arena, "%s%.*s%.*s;%s%.*s%.*s;%.*s%.*s", plus, TEXT_ARG(digits),
                       TEXT_ARG(tail), minus, TEXT_ARG(digits), TEXT_ARG(tail), TEXT_ARG(digits),
                       TEXT_ARG(tail));
}

static struct text remembered_format(struct arena *arena, const struct cell *cell, bool lost,
                                     bool arrow, struct text suffix, struct number_memo *memo)
{
    if (memo->code_len && memo->format == cell->format && memo->places == cell->places &&
        memo->lost == lost && memo->arrow == arrow && memo->suffix_len == suffix.len &&
        memcmp(memo->suffix, suffix.ptr, suffix.len) == 0)
        return (struct text){memo->code, memo->code_len};
    struct text code = number_format(arena, cell, lost, arrow, suffix);
    if (code.len > CODE_CAP)
        return code;
    *memo = (struct number_memo){.format = cell->format,
                                 .places = cell->places,
                                 .lost = lost,
                                 .arrow = arrow,
                                 .suffix_len = suffix.len,
                                 .code_len = code.len};
    memcpy(memo->suffix, suffix.ptr, suffix.len);
    memcpy(memo->code, code.ptr, code.len);
    return (struct text){memo->code, memo->code_len};
}

bool sheets_body_number(struct arena *arena, const struct cell *cell, bool arrow,
                        struct number_memo *memos, struct book_cell *out)
{
    struct decimal rounded, kept;
    if (!decimal_round(cell->number, cell->places, &rounded) || !keep_digits(cell->number, &kept) ||
        (is_percent(cell->format) && !as_fraction(kept, &kept)))
        return false;
    struct text number = shown(arena, cell, rounded);
    struct text suffix = text_slice(cell->display, number.len, cell->display.len);
    if (!text_starts(cell->display, number) || suffix.len > SUFFIX_CAP ||
        text_find(suffix, '"', 0) < suffix.len)
        return false;
    /* "5" must not pass for the beginning of "50" */
    if (suffix.len && (is_digit(suffix.ptr[0]) || suffix.ptr[0] == '.' || suffix.ptr[0] == ','))
        return false;
    bool lost = decimal_sign(rounded) == 0 && decimal_sign(kept) != 0;
    out->is_number = true;
    out->number = decimal_double(kept);
    out->format = memos ? remembered_format(arena, cell, lost, arrow, suffix, &memos[out->column])
                        : number_format(arena, cell, lost, arrow, suffix);
    return true;
}

bool sheets_number(struct arena *arena, const struct cell *cell, struct book_cell *out)
{
    return sheets_body_number(arena, cell, false, NULL, out);
}
