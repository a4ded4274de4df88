#include "read/number_format_int.h"

#include <string.h>
#include <strings.h>

enum { SHOWN_CAP = 30 }; /* the most zeros that a format can ask for */

const char *currency_sign(struct text code)
{
    static const struct {
        const char *code, *sign;
    } signs[] = {{"£", "£"},   {"€", "€"},   {"$", "$"},  {"GBP", "£"},
                 {"EUR", "€"}, {"USD", "$"}, {"US$", "$"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_is(code, signs[i].code))
            return signs[i].sign;
    return "";
}

/* What has been seen in a format code. */
struct code {
    struct text rest;
    bool year, day, month, time, duration, percent;
    bool fraction;  /* behind the point */
    bool scattered; /* a literal between digits, a scale or an exponent: zeros say nothing */
    unsigned places, digits;
    const char *currency;
};

static bool placeholder(char c)
{
    return c == '0' || c == '#' || c == '?';
}

/* Length of the character (of UTF-8) at the start. */
static size_t character(struct text t)
{
    size_t len = t.len > 0;
    while (len < t.len && ((unsigned char)t.ptr[len] & 0xC0) == 0x80)
        len++;
    return len;
}

static void take_literal(struct code *code, struct text literal)
{
    static const char *const signs[] = {"£", "€", "$"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_contains(literal, text_from(signs[i])))
            code->currency = signs[i];
    if (code->digits && literal.len)
        for (size_t i = 0; i < code->rest.len && code->rest.ptr[i] != ';'; i++)
            code->scattered |= placeholder(code->rest.ptr[i]);
}

/* "[Red]", "[>=100]", "[$£-809]", "[hh]" without its brackets. */
static void take_bracket(struct code *code, struct text inside)
{
    if (inside.len && inside.ptr[0] == '$') {
        struct text sign = text_slice(inside, 1, text_find(inside, '-', 0));
        if (*currency_sign(sign))
            code->currency = currency_sign(sign);
        return;
    }
    bool same = inside.len > 0 && strchr("hHmMsS", inside.ptr[0]);
    for (size_t i = 1; same && i < inside.len; i++)
        same = strncasecmp(&inside.ptr[i], inside.ptr, 1) == 0;
    code->duration |= same;
}

static void skip(struct code *code, size_t count)
{
    code->rest = text_slice(code->rest, count, code->rest.len);
}

static bool skip_word(struct code *code, const char *word)
{
    size_t len = strlen(word);
    if (code->rest.len < len || strncasecmp(code->rest.ptr, word, len) != 0)
        return false;
    skip(code, len);
    return true;
}

static void take_delimited(struct code *code, char end,
                           void (*take)(struct code *code, struct text inside))
{
    size_t close = text_find(code->rest, end, 1);
    struct text inside = text_slice(code->rest, 1, close);
    skip(code, close + 1);
    take(code, inside);
}

static void take_letter(struct code *code, char c)
{
    switch (c) {
    case 'y':
    case 'Y':
        code->year = true;
        break;
    case 'd':
    case 'D':
        code->day = true;
        break;
    case 'm':
    case 'M':
        code->month = true;
        break;
    case 'h':
    case 'H':
    case 's':
    case 'S':
        code->time = true;
        break;
    case 'E':
    case 'e':
    case '/':
        code->scattered = true;
        break;
    case '%':
        code->percent = true;
        break;
    case '.':
        code->fraction = true;
        break;
    case ',':
        code->scattered |= !code->rest.len || !placeholder(code->rest.ptr[0]);
        break;
    case '0':
        if (code->fraction)
            code->places++;
        else
            code->digits++;
        break;
    }
}

static void take_one(struct code *code)
{
    char c = code->rest.ptr[0];
    size_t first = character(code->rest);
    struct text literal = text_slice(code->rest, 0, first);
    if (c == '"') {
        take_delimited(code, '"', take_literal);
    } else if (c == '[') {
        take_delimited(code, ']', take_bracket);
    } else if (c == '\\' || c == '_' || c == '*') {
        skip(code, 1);
        literal = text_slice(code->rest, 0, character(code->rest));
        skip(code, literal.len);
        if (c == '\\')
            take_literal(code, literal);
    } else if (!skip_word(code, "General") && !skip_word(code, "AM/PM") &&
               !skip_word(code, "A/P")) {
        skip(code, first);
        if (first > 1 || c == '$' || c == '-')
            take_literal(code, literal);
        else
            take_letter(code, c);
    }
}

static enum number_look look_of(const struct code *code)
{
    bool date = code->year || code->day;
    if (code->duration)
        return date ? LOOK_DATE_TIME : LOOK_DURATION;
    if (code->year && code->month && !code->day && !code->time)
        return LOOK_MONTH;
    if (date || (code->month && !code->time))
        return code->time ? LOOK_DATE_TIME : LOOK_DATE;
    if (code->time)
        return LOOK_TIME;
    return code->percent ? LOOK_PERCENT : LOOK_NUMBER;
}

struct number_format number_format_read(struct text text)
{
    struct code code = {.rest = text, .currency = ""};
    while (code.rest.len && code.rest.ptr[0] != ';')
        take_one(&code);
    struct number_format format = {.look = look_of(&code), .currency = ""};
    if (format.look == LOOK_NUMBER)
        format.currency = code.currency;
    if (format.look > LOOK_PERCENT || code.scattered)
        return format;
    format.places = code.places < SHOWN_CAP ? code.places : SHOWN_CAP;
    if (!text_contains(text, TEXT(",")) && !*format.currency)
        format.digits = code.digits < SHOWN_CAP ? code.digits : SHOWN_CAP;
    return format;
}

struct number_format number_format_builtin(unsigned id)
{
    static const struct {
        unsigned first, last;
        const char *code;
    } codes[] = {
        {1, 1, "0"},        {2, 2, "0.00"},        {3, 3, "#,##0"},      {4, 4, "#,##0.00"},
        {7, 8, "#,##0.00"}, {9, 9, "0%"},          {10, 10, "0.00%"},    {14, 16, "yyyy-mm-dd"},
        {17, 17, "mmm-yy"}, {18, 21, "h:mm"},      {22, 22, "d h:mm"},   {27, 31, "y"},
        {32, 35, "h:mm"},   {36, 36, "y"},         {39, 40, "#,##0.00"}, {43, 44, "#,##0.00"},
        {45, 45, "mm:ss"},  {46, 46, "[h]:mm:ss"}, {47, 47, "mm:ss"},    {50, 58, "y"},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (id >= codes[i].first && id <= codes[i].last)
            return number_format_read(text_from(codes[i].code));
    return number_format_read(TEXT("General"));
}
