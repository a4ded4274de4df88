/* Pictures as they come: whole, damaged, too large, with what a camera wrote beside them. */
#include "base/raster.h"
#include "support.h"

#include <unistd.h>

static const struct raster *read_fixture(struct arena *arena, struct diags *diags, const char *name)
{
    struct text path = text_format(arena, "tests/fixtures/pictures/%s", name);
    *diags = diags_new(arena);
    return raster_read(arena, diags, path, place_at(TEXT("narrative.md"), 3, 1));
}

static void assert_refused(struct arena *arena, const char *name, const char *why)
{
    struct diags diags;
    assert_null(read_fixture(arena, &diags, name));
    assert_int_equal(diags.count, 1);
    assert_contains(arena, diags_text(&diags), "narrative.md:3:1: error: the picture");
    assert_contains(arena, diags_text(&diags), why);
}

static void a_png_comes_as_pixels_on_white(void **state)
{
    struct diags diags;
    const struct raster *grey = read_fixture(*state, &diags, "grey.png");
    assert_non_null(grey);
    assert_true(grey->width == 2 && grey->height == 2 && grey->channels == 1 && !grey->is_jpeg);
    assert_true(text_equal(grey->bytes, TEXT("\x00\xFF\x80\x40")));
    const struct raster *map = read_fixture(*state, &diags, "map.png");
    assert_non_null(map);
    assert_true(map->width == 300 && map->height == 240 && map->channels == 3);
    assert_int_equal(map->bytes.len, 300 * 240 * 3);
    assert_true(text_starts(map->bytes, TEXT("\xFF\xFF\xFF"))); /* a transparent corner */
}

static void a_jpeg_loses_what_the_camera_wrote(void **state)
{
    struct diags diags;
    const struct raster *plain = read_fixture(*state, &diags, "photo.jpg");
    const struct raster *owned = read_fixture(*state, &diags, "with-owner.jpg");
    assert_non_null(plain);
    assert_non_null(owned);
    assert_true(owned->is_jpeg && owned->channels == 3 && owned->width == 300);
    assert_false(text_contains(owned->bytes, TEXT("owner of the camera")));
    assert_true(text_equal(owned->bytes, plain->bytes)); /* and nothing of the picture */
}

static void what_cannot_be_shown_whole_is_refused(void **state)
{
    assert_refused(*state, "cut.png", "is damaged (");
    assert_refused(*state, "cut.jpg", "is damaged (Premature end of JPEG file): save it again");
    assert_refused(*state, "huge.png", "has 20000 by 20000 pixels: expected at most 10000 a side");
    assert_refused(*state, "cmyk.jpg", "has the colours of a printing press (CMYK)");
    assert_refused(*state, "turned.jpg", "is stored turned, as cameras do");
    assert_refused(*state, "make.py", "is neither a PNG nor a JPEG picture");
}

/* Some programs do; a picture ends where it says so, and must. */
static void what_stands_behind_a_png_is_no_part_of_it(void **state)
{
    struct text bytes, folder = test_folder(*state, "behind");
    struct diags diags = diags_new(*state);
    assert_true(file_read(*state, &diags, TEXT("tests/fixtures/pictures/grey.png"), PLACE_NONE,
                          FILE_CAP_TEXT, &bytes));
    struct text more = text_concat(*state, bytes, TEXT("more of it, and of something else"));
    assert_non_null(
        raster_read(*state, &diags, test_file(*state, folder, "more.png", more), PLACE_NONE));
    struct text less = text_slice(bytes, 0, bytes.len - 12); /* no IEND */
    assert_null(
        raster_read(*state, &diags, test_file(*state, folder, "less.png", less), PLACE_NONE));
}

/* Every start of a file is refused or read, never followed beyond its end. */
static void any_cut_is_survived(void **state)
{
    static const char *const names[] = {"logo.png", "cmyk.jpg", "turned.jpg"};
    struct diags diags = diags_new(*state);
    struct text folder = test_folder(*state, "pictures");
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
        struct text bytes, path = text_format(*state, "tests/fixtures/pictures/%s", names[n]);
        assert_true(file_read(*state, &diags, path, PLACE_NONE, FILE_CAP_TEXT, &bytes));
        for (size_t len = 0; len < bytes.len; len += len < 200 ? 1 : 97) {
            struct text cut = test_file(*state, folder, "cut", text_slice(bytes, 0, len));
            struct diags found = diags_new(*state);
            assert_null(raster_read(*state, &found, cut, PLACE_NONE));
            assert_true(found.count == 1);
        }
    }
}

static void a_path_stays_inside_its_folder(void **state)
{
    struct text folder = test_folder(*state, "inside");
    struct diags diags = diags_new(*state);
    struct text maps = path_join(*state, folder, TEXT("maps"));
    assert_true(folder_create(&diags, maps));
    test_file(*state, maps, "a.png", TEXT("a"));
    test_file(*state, folder, ".hidden.png", TEXT("a"));
    assert_int_equal(symlink("/etc/hostname", path_join(*state, folder, TEXT("out.png")).ptr), 0);
    assert_int_equal(symlink("maps/a.png", path_join(*state, folder, TEXT("in.png")).ptr), 0);
    assert_true(path_inside(*state, folder, TEXT("maps/a.png")).len > 0);
    assert_true(path_inside(*state, folder, TEXT("in.png")).len > 0);
    static const char *const outside[] = {"out.png", "../x", "maps/../maps/a.png", ".hidden.png",
                                          "maps",    "",     "/etc/hostname",      "none.png"};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++)
        assert_int_equal(path_inside(*state, folder, text_from(outside[i])).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_png_comes_as_pixels_on_white),
        arena_test(a_jpeg_loses_what_the_camera_wrote),
        arena_test(what_cannot_be_shown_whole_is_refused),
        arena_test(what_stands_behind_a_png_is_no_part_of_it),
        arena_test(any_cut_is_survived),
        arena_test(a_path_stays_inside_its_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
