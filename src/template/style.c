/* style - templates/style.ini: the look of all reports of a council. */
#include "template/template.h"

#include "base/file.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct ini_key style_keys[] = {
    {"text", false},   {"muted", false},     {"accent", false},     {"second", false},
    {"third", false},  {"fourth", false},    {"band", false},       {"rule", false},
    {"green", false},  {"amber", false},     {"red", false},        {"font", false},
    {"paper", false},  {"body size", false}, {"table size", false}, {"header", false},
    {"footer", false}, {"logo", false},      {"logo alt", false},
};
static const struct colour_key {
    const char *key;
    enum colour colour;
} colour_keys[] = {
    {"text", COLOUR_TEXT},     {"muted", COLOUR_MUTED}, {"accent", COLOUR_ACCENT},
    {"second", COLOUR_SECOND}, {"third", COLOUR_THIRD}, {"fourth", COLOUR_FOURTH},
    {"band", COLOUR_TINT},     {"rule", COLOUR_RULE},   {"green", COLOUR_GREEN},
    {"amber", COLOUR_AMBER},   {"red", COLOUR_RED},
};

static void read_colours(struct diags *diags, const struct ini_section *section,
                         struct style *style)
{
    for (size_t i = 0; i < COUNT(colour_keys); i++) {
        const struct ini_entry *entry = ini_entry(section, colour_keys[i].key);
        if (entry && entry->value.len &&
            !rgb_read(entry->value, &style->colours[colour_keys[i].colour]))
            diag(diags, DIAG_BAD_VALUE, entry->value_place,
                 "'%.*s' is not a colour: expected one such as #1F4E79",
                 TEXT_ARG(text_quote(diags->arena, entry->value)));
    }
}

static const char *key_of(enum colour colour)
{
    for (size_t i = 0; i < COUNT(colour_keys); i++)
        if (colour_keys[i].colour == colour)
            return colour_keys[i].key;
    return "white";
}

/* Cut to one decimal, so that a ratio that is too small never reads as the one that is needed. */
static struct text ratio_text(struct arena *arena, double ratio)
{
    unsigned tenths = (unsigned)(ratio * 10);
    return text_format(arena, "%u.%u", tenths / 10, tenths % 10);
}

/* False after a message. */
static bool check_contrast(struct diags *diags, const struct ini_section *section,
                           const struct style *style, const struct contrast_rule *rule)
{
    double ratio = rgb_contrast(style->colours[rule->colour], style->colours[rule->ground]);
    if (ratio >= rule->least)
        return true;
    const char *colour = key_of(rule->colour), *ground = key_of(rule->ground);
    const struct ini_entry *entry = ini_entry(section, colour);
    if (!entry)
        entry = ini_entry(section, ground);
    struct arena *arena = diags->arena;
    diag(diags, DIAG_BAD_VALUE, entry ? entry->value_place : section->place,
         "%s %.*s on %s %.*s has a contrast of %.*s to 1: %s needs at least %.*s to 1 (WCAG 2.2 "
         "AA); choose a darker %s%s%s",
         colour, TEXT_ARG(rgb_text(arena, style->colours[rule->colour])), ground,
         TEXT_ARG(rgb_text(arena, style->colours[rule->ground])),
         TEXT_ARG(ratio_text(arena, ratio)), rule->least > 4 ? "text" : "a shape",
         TEXT_ARG(ratio_text(arena, rule->least)), colour,
         rule->ground == COLOUR_WHITE ? "" : " or a lighter ",
         rule->ground == COLOUR_WHITE ? "" : ground);
    return false;
}

/* One message a colour: what is wrong on white is not told again of the band. */
static void check_contrasts(struct diags *diags, const struct ini_section *section,
                            const struct style *style)
{
    bool told[COLOURS] = {false};
    for (size_t i = 0; i < contrast_rule_count; i++)
        if (!told[contrast_rules[i].colour])
            told[contrast_rules[i].colour] =
                !check_contrast(diags, section, style, &contrast_rules[i]);
}

/* Where a colour is given; the section where it is the default. */
static struct place colour_place(const struct ini_section *section, enum colour colour)
{
    const struct ini_entry *entry = ini_entry(section, key_of(colour));
    return entry && entry->value.len ? entry->value_place : PLACE_NONE;
}

/* Series are told apart by their shapes too, but not where lines lie close to each other. */
static void check_series(struct diags *diags, const struct ini_section *section,
                         const struct style *style)
{
    static const enum colour series[] = {COLOUR_ACCENT, COLOUR_SECOND, COLOUR_THIRD, COLOUR_FOURTH};
    struct arena *arena = diags->arena;
    for (size_t i = 1; i < COUNT(series); i++)
        for (size_t j = 0; j < i; j++) {
            struct rgb a = style->colours[series[j]], b = style->colours[series[i]];
            struct place first = colour_place(section, series[j]);
            struct place second = colour_place(section, series[i]);
            if (rgb_difference(a, b) >= series_difference || (!first.file.len && !second.file.len))
                continue;
            diag(diags, DIAG_ALIKE, second.file.len ? second : first,
                 "%s %.*s and %s %.*s are nearly the same: the series of a chart are hard to tell "
                 "apart; choose colours that differ more",
                 key_of(series[j]), TEXT_ARG(rgb_text(arena, a)), key_of(series[i]),
                 TEXT_ARG(rgb_text(arena, b)));
            break;
        }
}

static size_t read_word(struct diags *diags, const struct ini_section *section, const char *key,
                        const char *const *words, size_t count)
{
    const struct ini_entry *entry = ini_entry(section, key);
    struct texts names = {0};
    if (!entry || !entry->value.len)
        return 0;
    for (size_t i = 0; i < count; i++) {
        if (text_same_name(entry->value, text_from(words[i])))
            return i;
        texts_add(diags->arena, &names, text_from(words[i]));
    }
    diag(diags, DIAG_BAD_VALUE, entry->value_place, "'%.*s' is not a %s here: expected one of %.*s",
         TEXT_ARG(text_quote(diags->arena, entry->value)), key,
         TEXT_ARG(texts_join(diags->arena, &names, TEXT(", "))));
    return 0;
}

static double read_size(struct diags *diags, const struct ini_section *section, const char *key,
                        int least, int most, double otherwise)
{
    const struct ini_entry *entry = ini_entry(section, key);
    struct decimal size;
    if (!entry || !entry->value.len)
        return otherwise;
    if (decimal_parse(entry->value, &size) && decimal_compare(size, decimal_from(least)) >= 0 &&
        decimal_compare(size, decimal_from(most)) <= 0)
        return decimal_double(size);
    diag(diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is not a size for '%s': expected a number of points from %d, below which it is "
         "hard to read, to %d",
         TEXT_ARG(text_quote(diags->arena, entry->value)), key, least, most);
    return otherwise;
}

/* Beside the style.ini, so that the two are found and changed together. */
static void read_logo(struct arena *arena, struct diags *diags, const struct ini_section *section,
                      struct style *style)
{
    const struct ini_entry *entry = ini_entry(section, "logo");
    if (!entry || !entry->value.len)
        return;
    style->logo_alt = ini_value(section, "logo alt");
    if (!utf8_shows(style->logo_alt))
        diag(diags, DIAG_MISSING_KEY, entry->place,
             "'logo' needs 'logo alt = …': what people hear who cannot see it");
    struct text folder = path_folder(style->file);
    struct text path = path_inside(arena, folder, entry->value);
    if (path.len)
        style->logo = raster_read(arena, diags, path, entry->value_place);
    else
        diag(diags, DIAG_NO_FILE, entry->value_place,
             "there is no file '%.*s' in '%.*s': expected a PNG or JPEG picture in that folder",
             TEXT_ARG(text_quote(arena, entry->value)), TEXT_ARG(folder));
}

static void read_style(struct arena *arena, struct diags *diags, const struct ini_section *section,
                       struct style *style)
{
    static const char *const fonts[FONT_FAMILIES] = {"Liberation Sans", "Liberation Serif"};
    static const char *const papers[] = {"A4", "A3"};
    ini_check_keys(diags, section, style_keys, COUNT(style_keys));
    read_colours(diags, section, style);
    check_contrasts(diags, section, style);
    check_series(diags, section, style);
    style->font = (enum font_family)read_word(diags, section, "font", fonts, COUNT(fonts));
    style->a3 = read_word(diags, section, "paper", papers, COUNT(papers)) == 1;
    style->body_size = read_size(diags, section, "body size", 11, 16, style->body_size);
    style->table_size = read_size(diags, section, "table size", 9, 14, style->table_size);
    style->header = ini_value(section, "header");
    style->footer = ini_value(section, "footer");
    style->header_place = ini_value_place(section, "header");
    style->footer_place = ini_value_place(section, "footer");
    read_logo(arena, diags, section, style);
}

const struct style *template_style(struct arena *arena, struct diags *diags,
                                   const struct texts *folders)
{
    static const char *const kinds[] = {"style"};
    for (size_t i = 0; i < folders->count; i++) {
        struct text path = path_join(arena, folders->items[i], TEXT("style.ini"));
        struct ini ini;
        if (!file_exists(path))
            continue;
        struct style *style = arena_alloc(arena, sizeof *style);
        *style = style_default;
        style->file = path_tidy(arena, path);
        ini_read(arena, diags, style->file, &ini);
        ini_check_sections(diags, &ini, kinds, COUNT(kinds));
        const struct ini_section *section = ini_section(&ini, "style", TEXT_EMPTY);
        if (section)
            read_style(arena, diags, section, style);
        else
            diag(diags, DIAG_MISSING_KEY, place_at(style->file, 1, 1),
                 "there is no [style] section");
        return style;
    }
    return &style_default;
}
