#include "document/style.h"

#include <math.h>

const struct style style_default = {
    .colours =
        {
            [COLOUR_TEXT] = {26, 28, 33},
            [COLOUR_MUTED] = {69, 79, 89},
            [COLOUR_ACCENT] = {5, 74, 99},
            [COLOUR_TINT] = {232, 242, 245},
            [COLOUR_RULE] = {191, 204, 212},
            [COLOUR_WHITE] = {255, 255, 255},
            [COLOUR_GREEN] = {23, 120, 56},
            [COLOUR_AMBER] = {214, 125, 0},
            [COLOUR_RED] = {189, 28, 38},
            [COLOUR_SECOND] = {196, 84, 5},
            [COLOUR_THIRD] = {20, 135, 128},
            [COLOUR_FOURTH] = {128, 23, 79},
        },
    .font = FONT_SANS,
    .body_size = 11,
    .table_size = 9.5,
    .header = TEXT_INIT(""),
    .footer = TEXT_INIT(""),
    .logo_alt = TEXT_INIT(""),
    .file = TEXT_INIT(""),
};

static const double for_text = 4.5, for_graphics = 3;
const struct contrast_rule contrast_rules[] = {
    {COLOUR_TEXT, COLOUR_WHITE, for_text},       {COLOUR_TEXT, COLOUR_TINT, for_text},
    {COLOUR_MUTED, COLOUR_WHITE, for_text},      {COLOUR_ACCENT, COLOUR_WHITE, for_text},
    {COLOUR_ACCENT, COLOUR_TINT, for_text},      {COLOUR_GREEN, COLOUR_WHITE, for_graphics},
    {COLOUR_AMBER, COLOUR_WHITE, for_graphics},  {COLOUR_RED, COLOUR_WHITE, for_graphics},
    {COLOUR_SECOND, COLOUR_WHITE, for_graphics}, {COLOUR_THIRD, COLOUR_WHITE, for_graphics},
    {COLOUR_FOURTH, COLOUR_WHITE, for_graphics},
};
const double series_difference = 20;
const size_t contrast_rule_count = sizeof contrast_rules / sizeof contrast_rules[0];

const char *page_form_word(enum page_form form)
{
    static const char *const words[PAGE_FORMS] = {"portrait", "landscape", "a3-portrait",
                                                  "a3-landscape"};
    return words[form];
}

/* 16 for what is no hexadecimal digit. */
static unsigned hex_digit(char c)
{
    if (is_digit(c))
        return (unsigned)(c - '0');
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (unsigned)((c | 32) - 'a') + 10 : 16;
}

bool rgb_read(struct text t, struct rgb *out)
{
    unsigned char parts[3];
    if (t.len != 7 || t.ptr[0] != '#')
        return false;
    for (size_t i = 0; i < 3; i++) {
        unsigned high = hex_digit(t.ptr[1 + 2 * i]), low = hex_digit(t.ptr[2 + 2 * i]);
        if (high > 15 || low > 15)
            return false;
        parts[i] = (unsigned char)(high << 4 | low);
    }
    *out = (struct rgb){parts[0], parts[1], parts[2]};
    return true;
}

struct text rgb_text(struct arena *arena, struct rgb colour)
{
    return text_format(arena, "#%06X", rgb_number(colour));
}

static double linear(unsigned char channel)
{
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(struct rgb colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

double rgb_contrast(struct rgb a, struct rgb b)
{
    double first = luminance(a) + 0.05, second = luminance(b) + 0.05;
    return first > second ? first / second : second / first;
}

/* Red, green and blue in shares of the white of D65. */
static void tristimulus(struct rgb colour, double out[3])
{
    double r = linear(colour.red), g = linear(colour.green), b = linear(colour.blue);
    out[0] = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
    out[1] = luminance(colour);
    out[2] = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
    for (size_t i = 0; i < 3; i++)
        out[i] = out[i] > 216.0 / 24389 ? cbrt(out[i]) : (24389.0 / 27 * out[i] + 16) / 116;
}

double rgb_difference(struct rgb a, struct rgb b)
{
    double p[3], q[3];
    tristimulus(a, p);
    tristimulus(b, q);
    double light = 116 * (p[1] - q[1]), red = 500 * (p[0] - p[1] - q[0] + q[1]);
    double yellow = 200 * (p[1] - p[2] - q[1] + q[2]);
    return sqrt(light * light + red * red + yellow * yellow);
}
