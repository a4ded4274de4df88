#include "base/hash.h"
#include "publish/publish.h"

#include "support.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct text root;
    struct text base; /* root/job, made by the first run */
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);
    f->arena = arena;
    f->diags = diags_new(arena);
    f->root = text_copy(arena, TEXT("/tmp/panelpack-publish-XXXXXX"));
    *state = f;
    if (!mkdtemp((char *)f->root.ptr))
        return -1;
    f->base = path_join(arena, f->root, TEXT("job"));
    return 0;
}

static void remove_all(struct arena *arena, struct text path)
{
    chmod(path.ptr, 0700);
    struct texts names = folder_names(arena, path);
    for (size_t i = 0; i < names.count; i++) {
        struct text child = path_join(arena, path, names.items[i]);
        struct stat st;
        if (lstat(child.ptr, &st) == 0 && S_ISDIR(st.st_mode))
            remove_all(arena, child);
        else
            unlink(child.ptr);
    }
    rmdir(path.ptr);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    remove_all(f->arena, f->root);
    arena_free(f->arena);
    return 0;
}

static struct manifest manifest_for(struct fixture *f)
{
    struct manifest manifest = {.job = TEXT("../../input/job"),
                                .title = TEXT("Crime & “safety”"),
                                .period = TEXT("2021/22"),
                                .as_at = TEXT("2022-06-22"),
                                .program = TEXT("panelpack 0.1.0")};
    texts_add(f->arena, &manifest.libraries, TEXT("expat 2.5.0"));
    manifest_add(f->arena, &manifest.inputs, TEXT("exports/crime.csv"), TEXT("a,b\n"));
    return manifest;
}

static struct stage *open_stage(struct fixture *f)
{
    return stage_open(f->arena, &f->diags, f->base, TEXT("2021-22"));
}

/* A whole run with one output. */
static enum published run(struct fixture *f, struct text bytes)
{
    struct stage *stage = open_stage(f);
    if (!stage)
        return PUBLISH_FAILED;
    struct manifest manifest = manifest_for(f);
    enum published result = PUBLISH_FAILED;
    if (stage_add(stage, &f->diags, TEXT("report.xlsx"), bytes))
        result = stage_publish(stage, &f->diags, &manifest);
    stage_close(stage);
    return result;
}

static struct text in_target(struct fixture *f, const char *name)
{
    return text_format(f->arena, "%.*s/2021-22/%s", TEXT_ARG(f->base), name);
}

static struct text content(struct fixture *f, const char *name)
{
    struct text bytes = TEXT_EMPTY, path = in_target(f, name);
    struct diags ignored = diags_new(f->arena);
    file_read(f->arena, &ignored, path, PLACE_NONE, FILE_CAP_TEXT, &bytes);
    return bytes;
}

static void put(struct fixture *f, struct text path, struct text bytes)
{
    int fd = open(text_cstr(f->arena, path_folder(path)), O_RDONLY | O_DIRECTORY);
    assert_true(fd >= 0);
    assert_true(file_create(fd, &f->diags, path_name(path), bytes));
    close(fd);
}

/* Only the lock and the published folder are left in the base. */
static void assert_tidy(struct fixture *f)
{
    struct texts names = folder_names(f->arena, f->base);
    for (size_t i = 0; i < names.count; i++)
        assert_true(text_is(names.items[i], ".lock") || text_is(names.items[i], "2021-22"));
}

static void test_publishes_with_manifest(void **state)
{
    struct fixture *f = *state;
    struct manifest manifest;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    assert_true(text_is(content(f, "report.xlsx"), "one"));
    struct text target = path_folder(in_target(f, "x"));
    assert_true(manifest_read(f->arena, &f->diags, target, &manifest));
    assert_true(text_is(manifest.title, "Crime & “safety”"));
    assert_int_equal(manifest.outputs.count, 1);
    assert_int_equal(manifest.outputs.items[0].bytes, 3);
    assert_int_equal(manifest.inputs.count, 1);
    assert_true(manifest_check(f->arena, &f->diags, target, &manifest));
    assert_tidy(f);
    assert_int_equal(f->diags.count, 0);
}

static void test_figures_are_read_back(void **state)
{
    struct fixture *f = *state;
    struct manifest manifest = manifest_for(f), back;
    struct text folder = test_folder(f->arena, "figures");
    const struct reported was = {.source = TEXT("crime"),
                                 .measure = TEXT("Burglary"),
                                 .area = TEXT("North"),
                                 .rule = TEXT("below 5, rounding 0"),
                                 .period = TEXT("2021/22"),
                                 .start = {2021, 4, 1},
                                 .end = {2022, 3, 31},
                                 .value = {1205, 1},
                                 .place = TEXT("exports/crime.csv:2:4")};
    manifest.start = was.start;
    manifest.end = was.end;
    reported_add(f->arena, &manifest.figures, was);
    test_file(f->arena, folder, "manifest.json", manifest_text(f->arena, &manifest));
    assert_true(manifest_read(f->arena, &f->diags, folder, &back));
    assert_int_equal(date_compare(back.end, was.end), 0);
    assert_int_equal(back.figures.count, 1);
    const struct reported *one = &back.figures.items[0];
    assert_true(text_equal(one->source, was.source) && text_equal(one->measure, was.measure));
    assert_true(text_equal(one->area, was.area) && text_equal(one->rule, was.rule));
    assert_true(text_equal(one->place, was.place) && text_equal(one->period, was.period));
    assert_int_equal(date_compare(one->start, was.start), 0);
    assert_int_equal(decimal_compare(one->value, was.value), 0);
    assert_true(text_equal(one->report, back.period));
}

static void test_damaged_figures_are_refused(void **state)
{
    struct fixture *f = *state;
    struct manifest manifest = manifest_for(f), back;
    struct text folder = test_folder(f->arena, "figures-damaged");
    manifest.start = manifest.end = (struct date){2022, 3, 31};
    reported_add(f->arena, &manifest.figures,
                 (struct reported){.source = TEXT("crime"),
                                   .measure = TEXT("Burglary"),
                                   .area = TEXT_EMPTY,
                                   .rule = TEXT_EMPTY,
                                   .period = TEXT("2021/22"),
                                   .start = manifest.start,
                                   .end = manifest.end,
                                   .value = decimal_from(12),
                                   .place = TEXT_EMPTY});
    struct text good = manifest_text(f->arena, &manifest);
    size_t at = text_find(good, '1', 0);
    while (!text_starts(text_slice(good, at, good.len), TEXT("12\"")))
        at++;
    struct text bad = text_concat(f->arena, text_slice(good, 0, at), TEXT("1x\""));
    bad = text_concat(f->arena, bad, text_slice(good, at + 3, good.len));
    test_file(f->arena, folder, "manifest.json", bad);
    assert_false(manifest_read(f->arena, &f->diags, folder, &back));
    assert_true(diags_said(&f->diags, DIAG_FORMAT));
}

static void test_manifest_text_has_a_fixed_form(void **state)
{
    struct fixture *f = *state;
    struct manifest manifest = manifest_for(f);
    struct text text = manifest_text(f->arena, &manifest);
    assert_true(text_starts(text, TEXT("{\n  \"job\": \"../../input/job\",\n  \"title\": ")));
    assert_true(text_ends(text, TEXT("  \"outputs\": []\n}\n")));
    assert_true(text_equal(text, manifest_text(f->arena, &manifest)));
}

static void test_second_run_replaces(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    assert_int_equal(run(f, TEXT("two")), PUBLISH_DONE);
    assert_true(text_is(content(f, "report.xlsx"), "two"));
    assert_tidy(f);
}

static void test_unchanged_run_writes_nothing(void **state)
{
    struct fixture *f = *state;
    struct stat before, after;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    stat(in_target(f, "report.xlsx").ptr, &before);
    assert_int_equal(run(f, TEXT("one")), PUBLISH_UNCHANGED);
    stat(in_target(f, "report.xlsx").ptr, &after);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_tidy(f);
}

static void test_damaged_output_is_written_again(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    unlink(in_target(f, "report.xlsx").ptr);
    put(f, in_target(f, "report.xlsx"), TEXT("0ne"));
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    assert_true(text_is(content(f, "report.xlsx"), "one"));
}

static void test_other_peoples_files_stay(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    put(f, in_target(f, "my notes.txt"), TEXT("mine"));
    assert_true(folder_create(&f->diags, in_target(f, "letters/old")));
    put(f, in_target(f, "letters/old/a.txt"), TEXT("deep"));
    assert_int_equal(symlink("report.xlsx", in_target(f, "latest").ptr), 0);
    assert_int_equal(run(f, TEXT("two")), PUBLISH_DONE);
    assert_true(text_is(content(f, "my notes.txt"), "mine"));
    assert_true(text_is(content(f, "letters/old/a.txt"), "deep"));
    assert_true(text_is(content(f, "latest"), "two"));
}

static void test_output_that_is_no_longer_made_goes(void **state)
{
    struct fixture *f = *state;
    struct stage *stage = open_stage(f);
    struct manifest manifest = manifest_for(f);
    assert_true(stage_add(stage, &f->diags, TEXT("old.pdf"), TEXT("old")));
    assert_int_equal(stage_publish(stage, &f->diags, &manifest), PUBLISH_DONE);
    stage_close(stage);
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    assert_false(file_exists(in_target(f, "old.pdf")));
}

static void test_failure_leaves_the_old_outputs(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    struct stage *stage = open_stage(f);
    struct manifest manifest = manifest_for(f);
    assert_true(stage_add(stage, &f->diags, TEXT("report.xlsx"), TEXT("two")));
    assert_false(stage_add(stage, &f->diags, TEXT("report.xlsx"), TEXT("again")));
    assert_false(stage_add(stage, &f->diags, TEXT("../escape.xlsx"), TEXT("x")));
    assert_false(stage_add(stage, &f->diags, TEXT("manifest.json"), TEXT("x")));
    assert_int_equal(stage_publish(stage, &f->diags, &manifest), PUBLISH_FAILED);
    stage_close(stage);
    assert_true(text_is(content(f, "report.xlsx"), "one"));
    assert_tidy(f);
}

static void test_second_run_at_once_is_told(void **state)
{
    struct fixture *f = *state;
    struct stage *first = open_stage(f);
    assert_non_null(first);
    assert_null(open_stage(f));
    assert_true(diags_said(&f->diags, DIAG_BUSY));
    struct text pid = text_format(f->arena, "process %ld, started 2", (long)getpid());
    assert_true(text_contains(f->diags.items[0].message, pid));
    struct manifest manifest = manifest_for(f);
    assert_true(stage_add(first, &f->diags, TEXT("report.xlsx"), TEXT("one")));
    assert_int_equal(stage_publish(first, &f->diags, &manifest), PUBLISH_DONE);
    stage_close(first);
    assert_int_equal(run(f, TEXT("two")), PUBLISH_DONE);
}

/* Two folders beside each other, the second for this user alone. `breaks`: the first cannot be put
 * in place once both are ready. */
static enum published run_both(struct fixture *f, const char *one, const char *two, bool breaks)
{
    struct stage *first = open_stage(f);
    struct stage *second = stage_open_private(first, &f->diags, TEXT("private"));
    struct manifest manifests[2] = {manifest_for(f), manifest_for(f)};
    struct text away = path_join(f->arena, f->base, TEXT("away"));
    assert_non_null(second);
    assert_true(stage_add(first, &f->diags, TEXT("report.xlsx"), text_from(one)));
    assert_true(stage_add(second, &f->diags, TEXT("report.xlsx"), text_from(two)));
    if (breaks)
        assert_int_equal(rename(text_cstr(f->arena, stage_folder(first)), away.ptr), 0);
    enum published result =
        stage_publish_both(first, &manifests[0], second, &manifests[1], &f->diags);
    stage_close(second);
    stage_close(first);
    if (breaks)
        remove_all(f->arena, away);
    return result;
}

static struct text private_content(struct fixture *f)
{
    struct text bytes = TEXT_EMPTY;
    file_read(f->arena, &f->diags, path_join(f->arena, f->base, TEXT("private/report.xlsx")),
              PLACE_NONE, FILE_CAP_INPUT, &bytes);
    return bytes;
}

static void test_two_folders_are_put_in_place_together(void **state)
{
    struct fixture *f = *state;
    struct stat st;
    struct text folder = path_join(f->arena, f->base, TEXT("private"));
    assert_int_equal(run_both(f, "a", "b", false), PUBLISH_DONE);
    assert_true(text_is(content(f, "report.xlsx"), "a"));
    assert_true(text_is(private_content(f), "b"));
    assert_int_equal(stat(folder.ptr, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(run_both(f, "a", "b", false), PUBLISH_UNCHANGED);
    assert_int_equal(chmod(folder.ptr, 0755), 0);
    assert_int_equal(run_both(f, "a", "b", false), PUBLISH_DONE);
    assert_int_equal(stat(folder.ptr, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(folder_names(f->arena, f->base).count, 3); /* and the lock: nothing else */
}

static void test_neither_folder_changes_when_one_cannot(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(run_both(f, "a", "b", true), PUBLISH_FAILED);
    assert_false(file_exists(in_target(f, "report.xlsx")));
    assert_false(file_exists(path_join(f->arena, f->base, TEXT("private/report.xlsx"))));
    assert_int_equal(run_both(f, "a", "b", false), PUBLISH_DONE);
    assert_int_equal(run_both(f, "c", "d", true), PUBLISH_FAILED);
    assert_true(text_is(content(f, "report.xlsx"), "a"));
    assert_true(text_is(private_content(f), "b"));
    assert_int_equal(folder_names(f->arena, f->base).count, 3); /* and the lock: nothing else */
}

/* Runs in a child until an output is staged, and kills it there. */
static void run_and_kill(struct fixture *f)
{
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct stage *stage = open_stage(f);
        bool ok = stage && stage_add(stage, &f->diags, TEXT("report.xlsx"), TEXT("half"));
        (void)!write(ready[1], ok ? "y" : "n", 1);
        for (;;)
            pause();
    }
    char answer = 0;
    assert_int_equal(read(ready[0], &answer, 1), 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
    assert_int_equal(answer, 'y');
}

static void test_killed_run_is_cleaned_up(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    run_and_kill(f);
    assert_int_equal(folder_names(f->arena, f->base).count, 3);
    assert_true(text_is(content(f, "report.xlsx"), "one"));
    assert_int_equal(run(f, TEXT("two")), PUBLISH_DONE);
    assert_true(text_is(content(f, "report.xlsx"), "two"));
    assert_tidy(f);
}

/* Where folders cannot be exchanged, a kill can fall between the two renames. */
static void test_old_folder_comes_back(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    struct text backup = path_join(f->arena, f->base, TEXT(".2021-22.old-4711"));
    struct text target = text_copy(f->arena, path_folder(in_target(f, "x")));
    assert_int_equal(rename(target.ptr, backup.ptr), 0);
    struct stage *stage = open_stage(f);
    assert_non_null(stage);
    stage_close(stage);
    assert_true(text_is(content(f, "report.xlsx"), "one"));
    assert_tidy(f);
}

/* What the thread that waits for signals does. */
static void *end_after(void *microseconds)
{
    usleep(*(useconds_t *)microseconds);
    stage_abandon();
    _exit(143);
}

/* A child that publishes many outputs, and is ended by its own thread so much later. */
static void run_and_end(struct fixture *f, struct text bytes, useconds_t microseconds)
{
    pid_t child = fork();
    if (child == 0) {
        pthread_t thread;
        struct stage *stage = open_stage(f);
        struct manifest manifest = manifest_for(f);
        for (int i = 0; i < 30; i++)
            stage_add(stage, &f->diags, text_format(f->arena, "report-%d.xlsx", i), bytes);
        if (pthread_create(&thread, NULL, end_after, &microseconds) != 0)
            _exit(1);
        stage_publish(stage, &f->diags, &manifest);
        stage_close(stage);
        pause();
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 143);
}

static void test_signal_removes_the_staging_folder(void **state)
{
    struct fixture *f = *state;
    run_and_end(f, TEXT("one"), 0);
    struct texts names = folder_names(f->arena, f->base);
    assert_true(names.count >= 1 && text_is(names.items[0], ".lock"));
    assert_tidy(f);
}

/* At whatever moment: what is published is whole. */
static void test_signal_never_halves_the_outputs(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(run(f, TEXT("first")), PUBLISH_DONE);
    struct text target = text_copy(f->arena, path_folder(in_target(f, "x")));
    for (unsigned i = 0; i < 100; i++) {
        struct manifest manifest;
        run_and_end(f, i % 2 ? TEXT("one") : TEXT("two"), i * 10);
        assert_true(manifest_read(f->arena, &f->diags, target, &manifest));
        assert_true(manifest_check(f->arena, &f->diags, target, &manifest));
        assert_tidy(f);
    }
}

static void test_link_in_place_of_the_target(void **state)
{
    struct fixture *f = *state;
    struct text victim = path_join(f->arena, f->root, TEXT("victim"));
    assert_true(folder_create(&f->diags, victim));
    put(f, path_join(f->arena, victim, TEXT("report.xlsx")), TEXT("theirs"));
    assert_true(folder_create(&f->diags, f->base));
    assert_int_equal(symlink(victim.ptr, path_join(f->arena, f->base, TEXT("2021-22")).ptr), 0);
    assert_int_equal(run(f, TEXT("one")), PUBLISH_FAILED);
    assert_true(diags_said(&f->diags, DIAG_WRITE));
    assert_true(text_is(content(f, "report.xlsx"), "theirs"));
}

static void test_link_in_place_of_an_output(void **state)
{
    struct fixture *f = *state;
    struct text victim = path_join(f->arena, f->root, TEXT("victim"));
    put(f, victim, TEXT("theirs"));
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    unlink(in_target(f, "report.xlsx").ptr);
    assert_int_equal(symlink(victim.ptr, in_target(f, "report.xlsx").ptr), 0);
    assert_int_equal(run(f, TEXT("two")), PUBLISH_DONE);
    struct stat st;
    assert_int_equal(lstat(in_target(f, "report.xlsx").ptr, &st), 0);
    assert_true(S_ISREG(st.st_mode));
    struct text bytes;
    assert_true(file_read(f->arena, &f->diags, victim, PLACE_NONE, FILE_CAP_TEXT, &bytes));
    assert_true(text_is(bytes, "theirs"));
}

static void test_link_in_place_of_the_lock(void **state)
{
    struct fixture *f = *state;
    struct text victim = path_join(f->arena, f->root, TEXT("victim"));
    put(f, victim, TEXT("theirs"));
    assert_true(folder_create(&f->diags, f->base));
    assert_int_equal(symlink(victim.ptr, path_join(f->arena, f->base, TEXT(".lock")).ptr), 0);
    assert_int_equal(run(f, TEXT("one")), PUBLISH_FAILED);
    assert_true(diags_said(&f->diags, DIAG_WRITE));
}

static void test_folder_that_others_can_change(void **state)
{
    struct fixture *f = *state;
    assert_true(folder_create(&f->diags, f->base));
    assert_int_equal(chmod(f->base.ptr, 0777), 0);
    assert_int_equal(run(f, TEXT("one")), PUBLISH_FAILED);
    assert_true(diags_said(&f->diags, DIAG_PERMISSION));
    assert_int_equal(chmod(f->base.ptr, 01777), 0);
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
}

static void test_read_only_folder(void **state)
{
    struct fixture *f = *state;
    assert_true(folder_create(&f->diags, f->base));
    bool root = geteuid() == 0; /* who writes where they like, but for a read-only disk */
    if (root && mount("tmpfs", f->base.ptr, "tmpfs", MS_RDONLY, "mode=755") != 0)
        skip();
    if (!root)
        assert_int_equal(chmod(f->base.ptr, 0555), 0);
    enum published result = run(f, TEXT("one"));
    if (root)
        umount(f->base.ptr);
    assert_int_equal(result, PUBLISH_FAILED);
    assert_true(diags_said(&f->diags, DIAG_WRITE));
}

static void test_file_in_place_of_the_base(void **state)
{
    struct fixture *f = *state;
    put(f, f->base, TEXT("a file"));
    assert_int_equal(run(f, TEXT("one")), PUBLISH_FAILED);
    assert_true(diags_said(&f->diags, DIAG_WRITE));
}

static void test_full_disk_keeps_the_old_outputs(void **state)
{
    struct fixture *f = *state;
    assert_true(folder_create(&f->diags, f->base));
    if (mount("tmpfs", f->base.ptr, "tmpfs", 0, "size=64k,mode=755") != 0)
        skip();
    enum published first = run(f, TEXT("one"));
    char *large = arena_alloc(f->arena, 256 * 1024);
    enum published second = run(f, (struct text){large, 256 * 1024});
    struct text kept = content(f, "report.xlsx");
    size_t names = folder_names(f->arena, f->base).count;
    enum published third = run(f, TEXT("two"));
    umount(f->base.ptr);
    assert_int_equal(first, PUBLISH_DONE);
    assert_int_equal(second, PUBLISH_FAILED);
    assert_true(diags_said(&f->diags, DIAG_WRITE));
    assert_true(text_is(kept, "one"));
    assert_int_equal(names, 2);
    assert_int_equal(third, PUBLISH_DONE);
}

static void assert_refused(struct fixture *f, const char *json)
{
    struct manifest manifest;
    struct text path = path_join(f->arena, f->root, TEXT("manifest.json"));
    unlink(path.ptr);
    put(f, path, text_from(json));
    f->diags.count = 0;
    assert_false(manifest_read(f->arena, &f->diags, f->root, &manifest));
    assert_true(diags_said(&f->diags, DIAG_FORMAT));
}

static void test_damaged_manifests(void **state)
{
    struct fixture *f = *state;
    struct manifest manifest = manifest_for(f);
    manifest_add(f->arena, &manifest.outputs, TEXT("../../etc/passwd"), TEXT("x"));
    assert_refused(f, manifest_text(f->arena, &manifest).ptr);
    assert_refused(f, "");
    assert_refused(f, "{\"job\": 1}");
    assert_refused(f, "[]");
    assert_refused(f, "{\"job\": \"a\", \"job\": \"b\"}");
    assert_false(manifest_read(f->arena, &f->diags, TEXT("/nonexistent"), &manifest));
    assert_true(diags_said(&f->diags, DIAG_NO_FILE));
}

static struct file_account account_of(struct fixture *f)
{
    struct file_account account = {.path = TEXT("exports/plan.xlsx"),
                                   .sheet = TEXT("Plan"),
                                   .header_line = 3,
                                   .sha256 = hash_sha256(f->arena, TEXT("x")),
                                   .encoding = TEXT_EMPTY,
                                   .delimiter = ',',
                                   .bytes = 1,
                                   .read = 9,
                                   .used = 5,
                                   .rejected = 1};
    account_exclude(f->arena, &account, TEXT("Area is not 'A \"B\"'"), 3);
    account_repair(f->arena, &account, TEXT("cell filled from above"));
    account_repair(f->arena, &account, TEXT("cell filled from above"));
    account_repair(f->arena, &account, TEXT("row joined to the row above"));
    assert_true(decimal_parse(TEXT("1234567890123456789.25"), &account.sum));
    return account;
}

static void test_manifest_says_what_became_of_the_rows(void **state)
{
    struct fixture *f = *state;
    struct manifest manifest = manifest_for(f), back;
    struct file_account account = account_of(f);
    manifest_add_export(f->arena, &manifest.inputs, account.path, &account);
    struct text json = manifest_text(f->arena, &manifest);
    assert_contains(f->arena, json,
                    "\"read\": 9,\n        \"used\": 5,\n        \"repaired\": 3,\n"
                    "        \"rejected\": 1,\n        \"excluded\": [\n          {\n"
                    "            \"rule\": \"Area is not 'A \\\"B\\\"'\",\n"
                    "            \"rows\": 3\n          }\n        ],\n"
                    "        \"sum\": \"1234567890123456789.25\",\n"
                    "        \"header_line\": 3,\n        \"sheet\": \"Plan\",\n"
                    "        \"encoding\": \"\",\n        \"delimiter\": \"\"\n");
    put(f, path_join(f->arena, f->root, TEXT("manifest.json")), json);
    assert_true(manifest_read(f->arena, &f->diags, f->root, &back));
    assert_null(back.inputs.items[0].account);
    assert_non_null(back.inputs.items[1].account);
    assert_text(f->arena, manifest_text(f->arena, &back), json.ptr);
}

static const char manifest_around_rows[] =
    "{\"job\": \"j\", \"title\": \"t\", \"period\": \"2021/22\", \"as_at\": \"2022-06-22\", "
    "\"program\": \"p\", \"libraries\": [], \"options\": [], \"outputs\": [], "
    "\"inputs\": [{\"path\": \"a.csv\", \"sha256\": "
    "\"0000000000000000000000000000000000000000000000000000000000000000\", \"bytes\": 4, "
    "\"rows\": %s}]}";

static void test_rows_of_a_manifest_that_cannot_be(void **state)
{
    struct fixture *f = *state;
    static const char *const wrong[] = {
        "7",
        "[]",
        "{}",
        "{\"read\": 1}",
        "{\"read\": -1, \"used\": 1, \"repaired\": 0, \"rejected\": 0, \"excluded\": [], "
        "\"sum\": \"1\", \"header_line\": 1, \"sheet\": \"\", \"encoding\": \"\", \"delimiter\": "
        "\"\"}",
        "{\"read\": 1, \"used\": 1, \"repaired\": 0, \"rejected\": 0, \"excluded\": [1], "
        "\"sum\": \"1\", \"header_line\": 1, \"sheet\": \"\", \"encoding\": \"\", \"delimiter\": "
        "\"\"}",
        "{\"read\": 1, \"used\": 1, \"repaired\": 0, \"rejected\": 0, \"excluded\": [], "
        "\"sum\": \"1e9\", \"header_line\": 1, \"sheet\": \"\", \"encoding\": \"\", "
        "\"delimiter\": \"\"}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_refused(f,
                       text_cstr(f->arena, text_format(f->arena, manifest_around_rows, wrong[i])));
}

/* `send` works on outputs that an earlier version made: nothing rests on these words. */
static void test_older_manifests_say_it_in_words(void **state)
{
    struct fixture *f = *state;
    struct manifest manifest;
    put(f, path_join(f->arena, f->root, TEXT("manifest.json")),
        text_format(f->arena, manifest_around_rows, "\"3 rows read, 3 used, 0 rejected\""));
    assert_true(manifest_read(f->arena, &f->diags, f->root, &manifest));
    assert_null(manifest.inputs.items[0].account);
}

static void test_changed_output_is_found(void **state)
{
    struct fixture *f = *state;
    struct manifest manifest;
    assert_int_equal(run(f, TEXT("one")), PUBLISH_DONE);
    struct text target = text_copy(f->arena, path_folder(in_target(f, "x")));
    assert_true(manifest_read(f->arena, &f->diags, target, &manifest));
    unlink(in_target(f, "report.xlsx").ptr);
    assert_false(manifest_check(f->arena, &f->diags, target, &manifest));
    put(f, in_target(f, "report.xlsx"), TEXT("0ne"));
    assert_false(manifest_check(f->arena, &f->diags, target, &manifest));
    assert_true(diags_said(&f->diags, DIAG_VERIFY));
}

/* A run with outputs in folders; "" ends the list. */
static enum published run_with(struct fixture *f, const char *const *names)
{
    struct stage *stage = open_stage(f);
    struct manifest manifest = manifest_for(f);
    assert_non_null(stage);
    for (; **names; names++)
        assert_true(stage_add(stage, &f->diags, text_from(*names), text_from(*names)));
    enum published result = stage_publish(stage, &f->diags, &manifest);
    stage_close(stage);
    return result;
}

static void test_outputs_in_folders(void **state)
{
    struct fixture *f = *state;
    static const char *const first[] = {"a.xlsx",
                                        "slices/panel/a-one.xlsx",
                                        "slices/panel/a-two.xlsx",
                                        "slices/other/a-x.xlsx",
                                        "csv/a/t.csv",
                                        ""};
    static const char *const second[] = {"a.xlsx", "slices/panel/a-one.xlsx", ""};
    struct manifest manifest;
    assert_int_equal(run_with(f, first), PUBLISH_DONE);
    assert_int_equal(run_with(f, first), PUBLISH_UNCHANGED);
    assert_true(text_is(content(f, "slices/other/a-x.xlsx"), "slices/other/a-x.xlsx"));
    put(f, in_target(f, "slices/panel/mine.txt"), TEXT("mine"));
    assert_int_equal(run_with(f, second), PUBLISH_DONE);
    assert_true(text_is(content(f, "slices/panel/mine.txt"), "mine"));
    assert_true(text_is(content(f, "slices/panel/a-one.xlsx"), "slices/panel/a-one.xlsx"));
    assert_false(file_is_there(in_target(f, "slices/panel/a-two.xlsx")));
    assert_false(file_is_there(in_target(f, "slices/other")));
    assert_false(file_is_there(in_target(f, "csv")));
    struct text target = path_join(f->arena, f->base, TEXT("2021-22"));
    assert_true(manifest_read(f->arena, &f->diags, target, &manifest));
    assert_true(manifest_check(f->arena, &f->diags, target, &manifest));
    assert_tidy(f);
}

static void test_outputs_stay_in_the_folder(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"../a.xlsx",      "slices/../../a.xlsx", "/a.xlsx",
                                        "slices//a.xlsx", "slices/.a.xlsx",      "slices/",
                                        "manifest.json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stage *stage = open_stage(f);
        assert_non_null(stage);
        assert_false(stage_add(stage, &f->diags, text_from(names[i]), TEXT("x")));
        stage_close(stage);
    }
    assert_false(file_is_there(path_join(f->arena, f->root, TEXT("a.xlsx"))));
}

static void test_link_in_place_of_a_folder(void **state)
{
    struct fixture *f = *state;
    struct stage *stage = open_stage(f);
    struct text outside = path_join(f->arena, f->root, TEXT("outside"));
    assert_int_equal(mkdir(outside.ptr, 0700), 0);
    assert_int_equal(
        symlink(outside.ptr, path_join(f->arena, stage_folder(stage), TEXT("slices")).ptr), 0);
    assert_false(stage_add(stage, &f->diags, TEXT("slices/a.xlsx"), TEXT("x")));
    stage_close(stage);
    assert_int_equal(folder_names(f->arena, outside).count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_publishes_with_manifest),
        TEST(test_figures_are_read_back),
        TEST(test_damaged_figures_are_refused),
        TEST(test_manifest_text_has_a_fixed_form),
        TEST(test_second_run_replaces),
        TEST(test_unchanged_run_writes_nothing),
        TEST(test_damaged_output_is_written_again),
        TEST(test_other_peoples_files_stay),
        TEST(test_output_that_is_no_longer_made_goes),
        TEST(test_failure_leaves_the_old_outputs),
        TEST(test_second_run_at_once_is_told),
        TEST(test_two_folders_are_put_in_place_together),
        TEST(test_neither_folder_changes_when_one_cannot),
        TEST(test_killed_run_is_cleaned_up),
        TEST(test_old_folder_comes_back),
        TEST(test_signal_removes_the_staging_folder),
        TEST(test_signal_never_halves_the_outputs),
        TEST(test_link_in_place_of_the_target),
        TEST(test_link_in_place_of_an_output),
        TEST(test_link_in_place_of_the_lock),
        TEST(test_folder_that_others_can_change),
        TEST(test_read_only_folder),
        TEST(test_file_in_place_of_the_base),
        TEST(test_full_disk_keeps_the_old_outputs),
        TEST(test_damaged_manifests),
        TEST(test_manifest_says_what_became_of_the_rows),
        TEST(test_rows_of_a_manifest_that_cannot_be),
        TEST(test_older_manifests_say_it_in_words),
        TEST(test_changed_output_is_found),
        TEST(test_outputs_in_folders),
        TEST(test_outputs_stay_in_the_folder),
        TEST(test_link_in_place_of_a_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
