#!/usr/bin/env python3
"""Job J2: street-level crime to counts by district, type and month, side by side with other programs.

  j2.py PANELPACK FOLDER [PEERS]

FOLDER holds *.csv or */*.csv of data.police.uk; PEERS has bin/ and j2/ of the comparison programs,
of which those that are there are run. All run in turn, several times, and the medians are compared:
only the ratios mean something. "panelpack" is the whole of `panelpack check`: encoding, checksum,
rows, checks and reconciliation.
"""
import glob
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
JOB = """[job]
title = Crime
organisation = Sampleton Council
period = {period}
as at = 2025-04-30
reports = report
area = {area}

[source crime]
files = data/{pattern}
dialect = police-street
"""


def make_job(folder, data, pattern):
    files = sorted(glob.glob(os.path.join(data, pattern)))
    month = os.path.basename(files[len(files) // 2])[:7]
    with open(files[0], encoding="utf-8") as f:
        header = f.readline().rstrip("\r\n").split(",")
        row = next(line for line in f if '"' not in line and line.split(",")[8])
    area = row.split(",")[header.index("LSOA name")].rsplit(" ", 1)[0]
    os.symlink(os.path.abspath(data), os.path.join(folder, "data"))
    os.makedirs(os.path.join(folder, "templates/report"))
    with open(os.path.join(folder, "job.ini"), "w") as f:
        f.write(JOB.format(period=month, area=area, pattern=pattern))
    with open(os.path.join(folder, "templates/report/report.ini"), "w") as f:
        f.write("[report]\ntitle = Crime\nnarrative = n.md\n")
    with open(os.path.join(folder, "templates/report/n.md"), "w") as f:
        f.write("# Crime\n\nNothing.\n")
    return files


def commands(panelpack, job, files, pattern, data, peers, threads, out):
    bind = ["taskset", "-c", "0"] if threads == 1 else []
    yield "panelpack check", bind + [panelpack, "check", job]
    if not peers:
        return
    for name, shown in (("libcsv_shared", "libcsv"), ("hybrid", "libcsv, memchr lane"),
                        ("simd", "SIMD, read"), ("simd_map", "SIMD, mmap")):
        path = os.path.join(peers, "bin", name)
        if os.access(path, os.X_OK):
            yield shown, bind + [path, "-j", str(threads)] + files
    duckdb = os.path.join(peers, "j2/duckdb_agg.js")
    modules = os.environ.get("NODE_PATH", os.path.join(peers, "../node/node_modules"))
    if shutil.which("node") and os.path.isdir(os.path.join(modules, "@duckdb")):
        os.environ["NODE_PATH"] = modules
        yield "DuckDB", bind + ["node", duckdb, str(threads), out, os.path.join(data, pattern)]


def run(command):
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, use = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - start, use.ru_utime + use.ru_stime, use.ru_maxrss / 1024


def compare(named, size, threads):
    results = {name: [] for name, _ in named}
    for number in range(ROUNDS + 1):
        for name, command in named:
            result = run(command)
            if number:  # the first warms up
                results[name].append(result)
    print(f"  {threads} thread{'s' if threads > 1 else ''}: program"
          f"{'wall s':>18}{'processor s':>13}{'MB/s':>8}{'MiB':>8}{'wall ×':>9}{'processor ×':>13}")
    own = None
    for name, _ in named:
        wall, cpu, memory = (statistics.median(r[i] for r in results[name]) for i in range(3))
        own = own or (wall, cpu)
        print(f"    {name:<26}{wall:8.2f}{cpu:13.2f}{size / wall / 1e6:8.0f}{memory:8.1f}"
              f"{wall / own[0]:9.2f}{cpu / own[1]:13.2f}")


def main():
    panelpack, data = sys.argv[1:3]
    peers = sys.argv[3] if len(sys.argv) > 3 and sys.argv[3] else None
    pattern = "*.csv" if glob.glob(os.path.join(data, "*.csv")) else "*/*.csv"
    with tempfile.TemporaryDirectory() as folder:
        files = make_job(folder, data, pattern)
        size = sum(os.path.getsize(f) for f in files)
        print(f"J2: {len(files)} files, {size / 1e6:.0f} MB; × is how many times panelpack's; "
              "MiB is at least that of this script, some 15")
        for threads in (1, 2):
            named = list(commands(panelpack, folder, files, pattern, data, peers, threads,
                                  os.path.join(folder, "out.tsv")))
            compare(named, size, threads)


main()
