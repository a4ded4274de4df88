#include "base/ini.h"

#include "support.h"

#include <string.h>

/* Reads `bytes` as a file; its messages without the path, a line each. */
static struct text read_bytes(void **state, struct text bytes, struct ini *out, bool *ok)
{
    struct diags diags = diags_new(*state);
    struct text folder = test_folder(*state, "ini");
    struct text path = test_file(*state, folder, "job.ini", bytes);
    *ok = ini_read(*state, &diags, path, out);
    assert_int_equal(*ok, diags_ok(&diags));
    struct text messages = diags_text(&diags);
    struct buffer bare = {.arena = *state};
    for (size_t at = 0; at < messages.len;) {
        size_t end = text_find(messages, '\n', at);
        size_t name = text_starts(text_slice(messages, at, end), path) ? path.len + 1 : 0;
        buffer_add(&bare, text_slice(messages, at + name, end + 1));
        at = end + 1;
    }
    return buffer_text(&bare);
}

static struct ini good(void **state, struct text bytes)
{
    struct ini ini;
    bool ok;
    struct text messages = read_bytes(state, bytes, &ini, &ok);
    if (!ok)
        fail_msg("refused: %s", messages.ptr);
    return ini;
}

/* Asserts that the file is refused with a message that begins with `start`. */
static void bad(void **state, struct text bytes, const char *start)
{
    struct ini ini;
    bool ok;
    struct text messages = read_bytes(state, bytes, &ini, &ok);
    if (ok || !text_starts(messages, text_from(start)))
        fail_msg("expected '%s', got '%s'", start, messages.ptr);
}

static struct text value(const struct ini *ini, const char *kind, const char *key)
{
    for (size_t i = 0; i < ini->count; i++)
        if (text_is(ini->sections[i].kind, kind))
            return ini_value(&ini->sections[i], key);
    return TEXT("(no section)");
}

static void sections_keys_and_values(void **state)
{
    struct ini ini = good(state, TEXT("\xEF\xBB\xBF; comment\r\n# comment\r\n\r\n"
                                      "[job]\r\n"
                                      "title = Crime, 2021/22\r\n"
                                      "As at=2022-06-22\r\n"
                                      "empty =\r\n"
                                      "[source  police  data]\r\n"
                                      "url = https://example.org/a?b=c;d#e\r\n"));
    assert_int_equal(ini.count, 2);
    assert_text(*state, value(&ini, "job", "title"), "Crime, 2021/22");
    assert_text(*state, value(&ini, "job", "as-at"), "2022-06-22");
    assert_text(*state, value(&ini, "job", "empty"), "");
    assert_text(*state, value(&ini, "source", "url"), "https://example.org/a?b=c;d#e");
    assert_text(*state, ini.sections[1].name, "police  data");
    assert_non_null(ini_section(&ini, "Source", TEXT("Police Data")));
    assert_null(ini_section(&ini, "source", TEXT("other")));
    assert_null(ini_entry(NULL, "title"));
    const struct ini_entry *title = ini_entry(&ini.sections[0], "title");
    assert_int_equal(title->place.line, 5);
    assert_int_equal(title->place.column, 1);
    assert_int_equal(title->value_place.column, 9);
}

static void indented_lines_continue_the_value(void **state)
{
    struct ini ini = good(state, TEXT("[mail]\n"
                                      "to = first@example.org,\n"
                                      "     second@example.org\n"
                                      "\n"
                                      "\t[c] third\n"
                                      "; a comment between\n"
                                      "text =\n"
                                      "    starts on the next line\n"));
    assert_text(*state, value(&ini, "mail", "to"),
                "first@example.org,\nsecond@example.org\n[c] third");
    assert_text(*state, value(&ini, "mail", "text"), "starts on the next line");
}

static void accents_join_their_letters_but_in_names_of_files(void **state)
{
    struct ini ini = good(state, TEXT("[source te\u0301]\n"
                                      "files = te\u0301/\n"
                                      "    e\u0301.csv\n"
                                      "cle\u0301 = e\u0301\n"));
    const struct ini_section *section = ini_section(&ini, "source", TEXT("t\u00E9"));
    assert_non_null(section);
    assert_text(*state, ini_value(section, "cl\u00E9"), "\u00E9");
    assert_text(*state, ini_entry(section, "files")->typed, "te\u0301/\ne\u0301.csv");
}

/* inih keeps 199 bytes of a line: everything around that and far beyond must come through whole. */
static void long_lines_come_through_whole(void **state)
{
    for (size_t length = 150; length < 8100; length += length < 650 ? 1 : 977) {
        struct buffer line = {.arena = *state};
        for (size_t i = 0; i < length; i++)
            buffer_add_byte(&line, " ab;c#d[e=f:"[i % 12 == 0 && i ? 0 : 1 + i % 11]);
        struct text wanted = text_trim(buffer_text(&line));
        if (text_contains(wanted, TEXT(" ;")))
            continue;
        struct ini ini =
            good(state, text_format(*state, "[a]\nkey = %s\n more %s\nlast = 1\n",
                                    text_cstr(*state, wanted), text_cstr(*state, wanted)));
        struct text whole = text_format(*state, "%s\nmore %s", text_cstr(*state, wanted),
                                        text_cstr(*state, wanted));
        assert_true(text_equal(value(&ini, "a", "key"), whole));
        assert_int_equal(ini.sections[0].count, 2);
    }
}

static void long_lines_are_cut_between_characters_only_for_inih(void **state)
{
    for (size_t shift = 0; shift < 4; shift++) {
        struct buffer line = {.arena = *state};
        for (size_t i = 0; i < shift; i++)
            buffer_add_byte(&line, 'x');
        for (int i = 0; i < 300; i++)
            buffer_add(&line, TEXT("€"));
        struct text wanted = buffer_text(&line);
        struct ini ini = good(state, text_format(*state, "[a]\nk = %s\n", wanted.ptr));
        assert_true(text_equal(value(&ini, "a", "k"), wanted));
    }
}

static void long_section_names_are_kept(void **state)
{
    struct text name = TEXT(
        "measure A name of a measure that is very much longer than the fifty "
        "bytes that inih keeps of a section");
    struct ini ini = good(state, text_format(*state, "[%s]\na = 1\n", name.ptr));
    assert_true(text_equal(ini.sections[0].title, name));
    assert_text(*state, value(&ini, "measure", "a"), "1");
}

static struct text repeated(void **state, const char *before, char byte, size_t count)
{
    struct buffer out = {.arena = *state};
    buffer_add(&out, text_from(before));
    while (count--)
        buffer_add_byte(&out, byte);
    buffer_add(&out, TEXT("x\n"));
    return buffer_text(&out);
}

static void what_inih_would_misread_is_refused(void **state)
{
    bad(state, TEXT("[a]\nk = one ; two\n"), "2:9: error: ';' after a space");
    bad(state, TEXT("[a]\nk = one\n  two ; three\n"), "3:7: error: ';' after a space");
    bad(state, TEXT("[a]\nk = 1\n  l = 2\n"), "3:1: error: a key must start in the first column");
    bad(state, TEXT("[a]\n  indented\n"), "2:1: error: an indented line");
    bad(state, TEXT("[a]\nk = 1\n[b]\n  indented\n"), "4:1: error: an indented line");
    bad(state, TEXT("[a]\nk = a\0b\n"), "2:6: error: control byte");
    bad(state, TEXT("[a]\rk = 1\rl = 2\r"), "1:4: error: control byte");
    bad(state, TEXT("[a]\nk = \x1B[31m\n"), "2:5: error: control byte");
    bad(state, TEXT("[a]\nk = \u202E4321\n"), "2:5: error: the character U+202E turns the");
    bad(state, TEXT("[a]\nk = \xC2\x85\n"), "2:5: error: the character U+0085 is a control");
    bad(state, TEXT("[a]\nk = caf\xE9\n"), "2:8: error: this is not UTF-8");
    bad(state, TEXT("\xFF\xFE[\0a\0]\0"), "1:1: error: this is not UTF-8");
    bad(state, TEXT("[a]\nkey\n"), "2:1: error: expected 'key = value'");
    bad(state, TEXT("[a]\nkey: value\n"), "2:1: error: expected 'key = value'");
    bad(state, TEXT("[a]\nkey: b = value\n"), "2:4: error: a colon cannot stand in a key");
    bad(state, TEXT("[a]\n= value\n"), "2:1: error: there is no key");
    bad(state, TEXT("k = 1\n[a]\n"), "1:1: error: this key stands before the first [section]");
    bad(state, TEXT("[a\nk = 1\n"), "1:1: error: a section must be a line of its own");
    bad(state, TEXT("[a] k = 1\n"), "1:1: error: a section must be a line of its own");
    bad(state, TEXT("[ ]\n"), "1:1: error: a section needs a name");
    bad(state, repeated(state, "[a]\nk = ", 'v', 9000), "2:8192: error: line longer than");
    bad(state, repeated(state, "[a]\nk = v", ' ', 300), "2:106: error: more than 100 spaces");
    bad(state, repeated(state, "[a]\nk = v", '#', 300), "2:106: error: more than 100 spaces");
    bad(state, repeated(state, "[a]\nk", 'k', 300), "2:1: error: expected 'key = value'");
    bad(state, repeated(state, "[a]\nl = 1\nk", 'k', 300), "3:1: error: expected 'key = value'");
}

static void an_overlong_key_is_refused(void **state)
{
    struct text key = repeated(state, "[a]\n", 'k', 150);
    bad(state, text_concat(*state, text_slice(key, 0, key.len - 1), TEXT(" = 1\n")),
        "2:1: error: key longer than 100 bytes");
}

static void nothing_may_stand_twice(void **state)
{
    bad(state, TEXT("[a]\nk = 1\nK = 2\n"),
        "3:1: error: key 'K' stands here a second time: the first is in line 2");
    bad(state, TEXT("[source a]\nk = 1\n[b]\n[Source  A]\n"),
        "4:1: error: section [Source  A] stands here a second time: the first is in line 1");
}

static void all_problems_are_told_in_one_run(void **state)
{
    struct ini ini;
    bool ok;
    struct text messages = read_bytes(state,
                                      TEXT("stray = 1\n"
                                           "[a]\n"
                                           "no equals\n"
                                           "  what continues it is not told again\n"
                                           "good = yes\n"
                                           "good = no\n"
                                           "x: y = 2\n"),
                                      &ini, &ok);
    assert_false(ok);
    static const char *const starts[] = {"1:1: error", "\n3:1: error", "\n6:1: error",
                                         "\n7:2: error"};
    for (size_t i = 0; i < 4; i++)
        assert_contains(*state, messages, starts[i]);
    size_t lines = 0;
    for (size_t i = 0; i < messages.len; i++)
        lines += messages.ptr[i] == '\n';
    assert_int_equal(lines, 4);
    assert_text(*state, value(&ini, "a", "good"), "yes");
}

static void unknown_and_missing_keys_are_told(void **state)
{
    static const struct ini_key keys[] = {{"files", true}, {"dialect", true}, {"note", false}};
    static const char *const kinds[] = {"source", "job"};
    struct diags diags = diags_new(*state);
    struct ini ini = good(state, TEXT("[source a]\nflies = 1\nDialect = wide\n[sauce]\n"));
    ini_check_keys(&diags, &ini.sections[0], keys, 3);
    ini_check_sections(&diags, &ini, kinds, 2);
    struct text out = diags_text(&diags);
    assert_int_equal(diags.count, 3);
    assert_contains(*state, out,
                    ":2:1: error: unknown key 'flies' in [source a]; did you mean "
                    "'files'? [unknown-key]");
    assert_contains(*state, out, ":1:1: error: [source a] has no 'files' [missing-key]");
    assert_contains(*state, out, ":4:1: error: unknown section [sauce]; did you mean 'source'?");
}

static void yes_and_no(void **state)
{
    struct diags diags = diags_new(*state);
    struct ini ini =
        good(state, TEXT("[a]\ny = Yes\nn = FALSE\nempty =\none = 1\nbad = perhaps\n"));
    const struct ini_section *a = &ini.sections[0];
    assert_true(ini_bool(&diags, a, "y", false));
    assert_false(ini_bool(&diags, a, "n", true));
    assert_true(ini_bool(&diags, a, "one", false));
    assert_true(ini_bool(&diags, a, "empty", true));
    assert_false(ini_bool(&diags, a, "missing", false));
    assert_int_equal(diags.count, 0);
    assert_true(ini_bool(&diags, a, "bad", true));
    assert_contains(*state, diags_text(&diags), ":6:7: error: 'perhaps' is neither yes nor no");
}

static void a_missing_file_is_told(void **state)
{
    struct diags diags = diags_new(*state);
    struct ini ini;
    assert_false(ini_read(*state, &diags, TEXT("no/such/job.ini"), &ini));
    assert_int_equal(diags.items[0].kind, DIAG_NO_FILE);
    assert_int_equal(ini.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(sections_keys_and_values),
        arena_test(indented_lines_continue_the_value),
        arena_test(accents_join_their_letters_but_in_names_of_files),
        arena_test(long_lines_come_through_whole),
        arena_test(long_lines_are_cut_between_characters_only_for_inih),
        arena_test(long_section_names_are_kept),
        arena_test(what_inih_would_misread_is_refused),
        arena_test(an_overlong_key_is_refused),
        arena_test(nothing_may_stand_twice),
        arena_test(all_problems_are_told_in_one_run),
        arena_test(unknown_and_missing_keys_are_told),
        arena_test(yes_and_no),
        arena_test(a_missing_file_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
