"""What comes of a run in which something fails: the outputs are the good ones and it says so, or
those of the run before, untouched, and it says that.

  faults.py SCRATCH JOB calls SHIM            each kind of call fails, by turns, under the shim
  faults.py SCRATCH JOB space WHAT FROM STEP  the disk of WHAT ("output", "empty output",
                                              "temporary folder") has FROM KiB, and STEP more each
                                              time until it is enough; in a process that may mount

$PANELPACK is the program. Prints TAP lines.
"""
import concurrent.futures
import os
import shutil
import subprocess
import sys

PANELPACK = os.environ["PANELPACK"]
SAMPLES = {"memory": 24, "write": 6, "short-write": 6, "fsync": 6, "close": 10, "mkdirat": 2,
           "renameat": 2, "renameat2": 2, "fwrite": 12, "fputs": 10, "fprintf": 16, "fread": 12,
           "fflush": 10, "fclose": 14}


def tree(folder):
    """Every file with its bytes, but for the lock."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            if name != ".lock":
                with open(os.path.join(path, name), "rb") as file:
                    found[os.path.relpath(os.path.join(path, name), folder)] = file.read()
    return found


def run(job, output, **environment):
    done = subprocess.run([PANELPACK, "run", job, "--output", output], capture_output=True,
                          env=os.environ | environment, check=False)
    return done.returncode, done.stderr.decode(errors="replace")


def differences(found, meant):
    return sorted(n for n in found.keys() | meant.keys() if found.get(n) != meant.get(n))[:3]


def problem(status, said, output, good, old):
    """None when all is well."""
    found = tree(output)
    if status == 0:
        return None if found == good else \
            f"exit status 0, and these are not the good ones: {', '.join(differences(found, good))}"
    if status < 0:
        return f"it was killed by signal {-status}"
    if "error" not in said and "nothing was published" not in said:
        return f"exit status {status} without a message"
    if found == old:
        return None
    return f"exit status {status}, and these are new: {', '.join(differences(found, old))}"


def tell(name, problems):
    print(("not ok" if problems else "ok") + f" - {name}")
    for text in problems[:5]:
        print(f"#   {text}")


class Scene:
    """A job with what it published before its title was changed."""

    def __init__(self, scratch, job):
        self.scratch = scratch
        self.job = os.path.join(scratch, os.path.basename(job))
        shutil.copytree(job, self.job, dirs_exist_ok=True)
        self.before = os.path.join(scratch, "before")
        path = os.path.join(self.job, "job.ini")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        assert run(self.job, self.before)[0] == 0, "the job does not run"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("organisation = ", "organisation = New ", 1))
        good = os.path.join(scratch, "good")
        shutil.copytree(self.before, good)
        assert run(self.job, good)[0] == 0, "the changed job does not run"
        self.good, self.old = tree(good), tree(self.before)
        assert self.good != self.old

    def copy_of_before(self, name):
        return shutil.copytree(self.before, os.path.join(self.scratch, name))


def sampled(count, most):
    """Numbers from 1 to count: evenly, and closer together at the end, where files are closed."""
    if count <= most:
        return list(range(1, count + 1))
    evenly = [1 + (count - 1) * i // (most // 2) for i in range(most // 2 + 1)]
    return sorted(set(evenly + [count - count // 3 ** i for i in range(2, most - len(evenly) + 2)]))


def fault_at(scene, call, number, shim):
    output = scene.copy_of_before(f"{call}-{number}")
    status, said = run(scene.job, output, LD_PRELOAD=shim, FAULT_CALL=call, FAULT_AT=str(number))
    bad = problem(status, said, output, scene.good, scene.old)
    shutil.rmtree(output)
    return status, f"call {number}: {bad}" if bad else None


def calls_fail(scene, shim):
    counted = os.path.join(scene.scratch, "count")
    for call, most in SAMPLES.items():
        status, said = run(scene.job, scene.copy_of_before(call), LD_PRELOAD=shim, FAULT_CALL=call,
                           FAULT_AT="0", FAULT_COUNT=counted)
        assert status == 0, said
        with open(counted, encoding="ascii") as file:
            numbers = sampled(int(file.read()), most)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(lambda number: fault_at(scene, call, number, shim), numbers))
        refused = sum(status != 0 for status, _ in ends)
        tell(f"a failing {call}: {len(numbers)} runs, {refused} of them refused, all good or as before",
             [bad for _, bad in ends if bad])


def mounted(folder, size):
    os.makedirs(folder, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", folder], check=True)


def run_on(scene, what, size):
    """Status and what is wrong, on a disk of so many KiB."""
    output = os.path.join(scene.scratch, "output")
    small = output if what != "temporary folder" else os.path.join(scene.scratch, "temporary")
    old = scene.old if what != "empty output" else {}
    environment = {"TMPDIR": small} if what == "temporary folder" else {}
    if what == "temporary folder":
        shutil.rmtree(output, ignore_errors=True)
    mounted(small, size)
    try:
        if old:
            shutil.copytree(scene.before, output, dirs_exist_ok=True)
        status, said = run(scene.job, output, **environment)
        return status, problem(status, said, output, scene.good, old)
    finally:
        subprocess.run(["umount", small], check=True)


def space_runs_out(scene, what, size, step):
    problems, statuses = [], []
    while 0 not in statuses and len(statuses) < 200:
        status, bad = run_on(scene, what, size)
        statuses.append(status)
        if bad:
            problems.append(f"{size} KiB: {bad}")
        size += step
    if what != "temporary folder" and len(statuses) < 5:
        problems.append("it was not small enough to fail")
    if 0 not in statuses:
        problems.append(f"{size} KiB are not enough")
    tell(f"a full disk for the {what}: {len(statuses)} sizes to {size - step} KiB, each good or as "
         "before", problems)


def main(scratch, job, kind, *more):
    scene = Scene(scratch, job)
    if kind == "calls":
        calls_fail(scene, more[0])
    else:
        space_runs_out(scene, more[0], int(more[1]), int(more[2]))


if __name__ == "__main__":
    main(*sys.argv[1:])
