#include "base/file.h"

#include "support.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void a_file_is_read_whole(void **state)
{
    struct diags diags = diags_new(*state);
    struct text folder = test_folder(*state, "file"), out;
    struct text path = test_file(*state, folder, "a.csv", TEXT("a,b\0c\n"));
    assert_true(file_read(*state, &diags, path, PLACE_NONE, 6, &out));
    assert_true(text_equal(out, TEXT("a,b\0c\n")));
    assert_int_equal(out.ptr[out.len], 0);
    path = test_file(*state, folder, "empty.csv", TEXT(""));
    assert_true(file_read(*state, &diags, path, PLACE_NONE, 6, &out));
    assert_int_equal(out.len, 0);
    assert_int_equal(diags.count, 0);
}

static void a_file_over_the_cap_is_refused(void **state)
{
    struct diags diags = diags_new(*state);
    struct text folder = test_folder(*state, "file"), out;
    struct text path = test_file(*state, folder, "a.csv", TEXT("1234567"));
    assert_false(file_read(*state, &diags, path, place_at(TEXT("job.ini"), 3, 9), 6, &out));
    assert_contains(*state, diags_text(&diags), "job.ini:3:9: error: ");
    assert_contains(*state, diags_text(&diags), "has 7 bytes: the cap is 6 [cap]");
}

static void what_is_no_regular_file_is_refused_without_waiting(void **state)
{
    struct diags diags = diags_new(*state);
    struct text folder = test_folder(*state, "file"), out;
    struct text fifo = path_join(*state, folder, TEXT("fifo"));
    assert_int_equal(mkfifo(fifo.ptr, 0600), 0);
    assert_false(file_read(*state, &diags, fifo, PLACE_NONE, 6, &out));
    assert_false(file_read(*state, &diags, folder, PLACE_NONE, 6, &out));
    assert_int_equal(diags.count, 2);
    for (size_t i = 0; i < diags.count; i++)
        assert_int_equal(diags.items[i].kind, DIAG_FILE_READ);
    struct text missing = path_join(*state, folder, TEXT("missing"));
    assert_false(file_read(*state, &diags, missing, PLACE_NONE, 6, &out));
    assert_int_equal(diags.items[2].kind, DIAG_NO_FILE);
    struct text below = path_join(*state, missing, TEXT("x"));
    assert_false(file_read(*state, &diags, below, PLACE_NONE, 6, &out));
    assert_int_equal(diags.items[3].kind, DIAG_NO_FILE);
    assert_false(file_exists(fifo) || file_exists(folder) || file_exists(missing));
    assert_true(file_is_folder(folder) && !file_is_folder(fifo));
}

/* Appends to the file for as long as the parent reads. */
static pid_t start_writer(const char *path)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    for (;;) {
        int fd = open(path, O_WRONLY | O_APPEND);
        if (fd < 0 || write(fd, "x", 1) != 1 || close(fd) != 0)
            _exit(1);
    }
}

static void a_file_that_changes_is_told(void **state)
{
    struct text folder = test_folder(*state, "file"), out;
    size_t size = 4 * 1024 * 1024;
    struct text bytes = {arena_alloc(*state, size), size};
    struct text path = test_file(*state, folder, "growing.csv", bytes);
    pid_t writer = start_writer(path.ptr);
    bool told = false;
    /* a read can fall between two writes; in a thousand reads of a growing file one does not */
    for (int i = 0; i < 1000 && !told; i++) {
        struct arena *arena = arena_new();
        struct diags diags = diags_new(arena);
        bool ok = file_read(arena, &diags, path, PLACE_NONE, FILE_CAP_INPUT, &out);
        told = !ok && diags.count == 1 && diags.items[0].kind == DIAG_FILE_CHANGED;
        arena_free(arena);
    }
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    assert_true(told);
}

static struct text contents(void **state, struct text path)
{
    struct diags diags = diags_new(*state);
    struct text out = TEXT("(not read)");
    file_read(*state, &diags, path, PLACE_NONE, 100, &out);
    return out;
}

static void a_file_is_read_in_blocks_and_again(void **state)
{
    struct diags diags = diags_new(*state);
    struct text folder = test_folder(*state, "file"), block;
    struct text path = test_file(*state, folder, "a.csv", TEXT("abcdefgh"));
    struct file_input *input = file_open(*state, &diags, path, PLACE_NONE, 8);
    char room[3];
    assert_non_null(input);
    assert_int_equal(file_size(input), 8);
    for (int again = 0; again < 2; again++) {
        struct buffer all = {.arena = *state};
        while (file_next(input, room, sizeof room, &block))
            buffer_add(&all, block);
        assert_text(*state, buffer_text(&all), "abcdefgh");
        file_rewind(input);
    }
    assert_true(file_is_same(input));
    assert_true(file_close(input));
    assert_int_equal(diags.count, 0);
}

/* What was looked at first must be what is read then. */
static void a_file_that_changes_between_two_readings_is_told(void **state)
{
    static const char *const now[] = {"abcX", "abcde", "ab"};
    for (size_t i = 0; i < sizeof now / sizeof now[0]; i++) {
        struct diags diags = diags_new(*state);
        struct text folder = test_folder(*state, "file"), block;
        struct text path = test_file(*state, folder, "a.csv", TEXT("abcd"));
        struct file_input *input = file_open(*state, &diags, path, PLACE_NONE, 8);
        char room[8];
        assert_true(file_next(input, room, sizeof room, &block));
        nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
        test_file(*state, folder, "a.csv", text_from(now[i]));
        file_rewind(input);
        while (file_next(input, room, sizeof room, &block))
            ;
        assert_false(file_close(input));
        assert_int_equal(diags.count, 1);
        assert_int_equal(diags.items[0].kind, DIAG_FILE_CHANGED);
    }
}

static void a_new_file_never_replaces_or_follows(void **state)
{
    struct diags diags = diags_new(*state);
    struct text folder = test_folder(*state, "file");
    struct text victim = test_file(*state, folder, "victim", TEXT("precious"));
    struct text planted = path_join(*state, folder, TEXT("planted"));
    struct text dangling = path_join(*state, folder, TEXT("dangling"));
    assert_int_equal(symlink("victim", planted.ptr), 0);
    assert_int_equal(symlink("elsewhere", dangling.ptr), 0);
    int dirfd = open(folder.ptr, O_RDONLY | O_DIRECTORY);
    assert_false(file_create(dirfd, &diags, TEXT("planted"), TEXT("new")));
    assert_false(file_create(dirfd, &diags, TEXT("dangling"), TEXT("new")));
    assert_false(file_create(dirfd, &diags, TEXT("victim"), TEXT("new")));
    assert_false(file_create(dirfd, &diags, TEXT("../outside"), TEXT("new")));
    assert_int_equal(diags_count(&diags, LEVEL_ERROR), 4);
    assert_int_equal(diags_status(&diags), STATUS_OUTPUT);
    assert_text(*state, contents(state, victim), "precious");
    assert_false(file_exists(path_join(*state, folder, TEXT("elsewhere"))));
    assert_true(file_create(dirfd, &diags, TEXT("fresh"), TEXT("new")));
    assert_text(*state, contents(state, path_join(*state, folder, TEXT("fresh"))), "new");
    close(dirfd);
}

/* In a child, because the limit on file sizes belongs to a whole process. */
static void a_full_disk_leaves_no_half_file(void **state)
{
    struct text folder = test_folder(*state, "file");
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        struct diags diags = diags_new(*state);
        int dirfd = open(folder.ptr, O_RDONLY | O_DIRECTORY);
        struct text bytes = {arena_alloc(*state, 100000), 100000};
        struct rlimit limit = {4096, 4096};
        bool ok = setrlimit(RLIMIT_FSIZE, &limit) == 0 &&
                  !file_create(dirfd, &diags, TEXT("big"), bytes) && diags.count == 1 &&
                  diags.items[0].kind == DIAG_WRITE;
        _exit(ok ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(folder_names(*state, folder).count, 0);
}

static void paths_are_put_together_and_tidied(void **state)
{
    static const struct {
        struct text written;
        const char *tidy, *folder, *name;
    } cases[] = {
        {TEXT_INIT("a/b.csv"), "a/b.csv", "a", "b.csv"},
        {TEXT_INIT("./a//b/./c/"), "a/b/c", "./a//b/./c", ""},
        {TEXT_INIT("/x"), "/x", "/", "x"},
        {TEXT_INIT("../x"), "../x", "..", "x"},
        {TEXT_INIT(""), ".", ".", ""},
        {TEXT_INIT("/"), "/", "/", ""},
        {TEXT_INIT("a b / c"), "a b / c", "a b ", " c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_text(*state, path_tidy(*state, cases[i].written), cases[i].tidy);
        assert_text(*state, path_folder(cases[i].written), cases[i].folder);
        assert_text(*state, path_name(cases[i].written), cases[i].name);
    }
    assert_text(*state, path_join(*state, TEXT("a"), TEXT("b")), "a/b");
    assert_text(*state, path_join(*state, TEXT("a/"), TEXT("b")), "a/b");
    assert_text(*state, path_join(*state, TEXT("a"), TEXT("/b")), "/b");
    assert_text(*state, path_join(*state, TEXT(""), TEXT("b")), "b");
}

static void folders_are_made_and_listed_in_order(void **state)
{
    struct diags diags = diags_new(*state);
    struct text folder = test_folder(*state, "file");
    struct text deep = path_join(*state, folder, TEXT("x/y/z"));
    assert_true(folder_create(&diags, deep));
    assert_true(folder_create(&diags, deep));
    test_file(*state, folder, "b.csv", TEXT(""));
    test_file(*state, folder, "B.csv", TEXT(""));
    test_file(*state, folder, "a.csv", TEXT(""));
    struct texts names = folder_names(*state, folder);
    assert_text(*state, texts_join(*state, &names, TEXT(" ")), "B.csv a.csv b.csv x");
    struct texts found = files_matching(*state, path_join(*state, folder, TEXT("*")));
    assert_int_equal(found.count, 3); /* the folder x is none */
    assert_text(*state, path_name(found.items[0]), "B.csv");
    assert_int_equal(files_matching(*state, path_join(*state, folder, TEXT("*.no"))).count, 0);
    assert_int_equal(folder_names(*state, TEXT("no/such/folder")).count, 0);
    assert_false(folder_create(&diags, path_join(*state, folder, TEXT("a.csv/x"))));
    assert_false(folder_create(&diags, path_join(*state, folder, TEXT("a.csv"))));
    assert_int_equal(diags_status(&diags), STATUS_OUTPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_file_is_read_whole),
        arena_test(a_file_over_the_cap_is_refused),
        arena_test(what_is_no_regular_file_is_refused_without_waiting),
        arena_test(a_file_that_changes_is_told),
        arena_test(a_file_is_read_in_blocks_and_again),
        arena_test(a_file_that_changes_between_two_readings_is_told),
        arena_test(a_new_file_never_replaces_or_follows),
        arena_test(a_full_disk_leaves_no_half_file),
        arena_test(paths_are_put_together_and_tidied),
        arena_test(folders_are_made_and_listed_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
