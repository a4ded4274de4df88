#include "base/hash.h"

#include "support.h"

#include <string.h>

static void the_published_examples_hold(void **state)
{
    /* FIPS 180-2, appendix B */
    assert_text(*state, hash_sha256(*state, TEXT("abc")),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_text(*state, hash_sha256(*state, TEXT("")),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void pieces_give_the_hash_of_the_whole(void **state)
{
    char bytes[1000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    struct text whole = {bytes, sizeof bytes};
    struct hasher *hasher = hasher_new();
    for (size_t at = 0; at < sizeof bytes; at += 61)
        hasher_add(hasher, text_slice(whole, at, at + 61));
    struct text pieces = hasher_finish(hasher, *state);
    assert_true(text_equal(pieces, hash_sha256(*state, whole)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(the_published_examples_hold),
        arena_test(pieces_give_the_hash_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
