#!/usr/bin/env python3
"""Makes random jobs, runs the program on each, and holds what it says against a model of its own.

    random_jobs.py PANELPACK [--seconds 10] [--first 1] [--count 0] [--keep FOLDER]

A job may be refused (exit status 2 or 3, with a message), but never crash, hang or fail inside;
what is published has to be what exact fractions give, hold no hidden number, and change in nothing
when a hidden number does. Prints TAP; a job that fails is kept in FOLDER for a person to see."""

import argparse
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree
import zlib
import zipfile
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from jobs import Job, MONTHS, year  # noqa: E402

TIMEOUT = 120
CLASSES = ["CLEAR_UP", "CLEAR_DOWN", "POSSIBLE_UP", "POSSIBLE_DOWN", "LITTLE_CHANGED", "UNCERTAIN",
           "TOO_FEW"]


class Fault(Exception):
    pass


def expect(condition, words):
    if not condition:
        raise Fault(words)


class Program:
    def __init__(self, path):
        self.path = path
        self.env = dict(os.environ, ASAN_OPTIONS="abort_on_error=0:exitcode=99", LC_ALL="C.UTF-8",
                        UBSAN_OPTIONS="print_stacktrace=1:exitcode=98")

    def __call__(self, *arguments):
        try:
            done = subprocess.run([self.path, *arguments], capture_output=True, timeout=TIMEOUT,
                                  env=self.env)
        except subprocess.TimeoutExpired:
            raise Fault(f"{arguments[0]} hangs")
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        expect(done.returncode in (0, 1, 2, 3), f"{' '.join(arguments)}: {done.returncode} {err[-2000:]}")
        expect("[internal" not in err and "Sanitizer" not in err, f"{arguments[0]}: {err[-2000:]}")
        return done.returncode, out, err


# ---- numbers ----

def away(x, places):
    """Half away from zero."""
    k = abs(x) * 10 ** places
    n = (2 * k.numerator + k.denominator) // (2 * k.denominator)
    return Fraction(n if x >= 0 else -n, 10 ** places)


def shown(text):
    """The number of a text for readers, or None: "[c]"."""
    m = re.match(r"([−-]?)£?([0-9,]+(?:\.[0-9]+)?)", text)
    return Fraction(m[2].replace(",", "")) * (-1 if m[1] else 1) if m else None


def central_p(x, n, share):
    """Central exact binomial test, by sums of exact terms in logarithms; None of what is too much."""
    if n > 200000:
        return None
    logs = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) +
            k * math.log(share) + (n - k) * math.log(1 - share) for k in range(n + 1)]
    low = math.fsum(math.exp(v) for v in logs[:x + 1])
    high = math.fsum(math.exp(v) for v in logs[x:])
    return min(1, 2 * min(low, high))


# ---- what is left behind ----

def texts_of(folder):
    """Every file that a run leaves, as bytes that can be searched: packed parts unpacked."""
    for at, _, names in os.walk(folder):
        for name in (n for n in names if n != ".lock"):
            path = os.path.join(at, name)
            data = open(path, "rb").read()
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(path) as z:
                    expect(z.testzip() is None, f"{name} is damaged")
                    for part in z.namelist():
                        xml.etree.ElementTree.fromstring(z.read(part))
                        yield f"{name}/{part}", z.read(part)
            elif name.endswith(".pdf"):
                yield name, pdf_text(data)
            else:
                yield name, data


def pdf_text(data):
    """Objects and streams; text drawn as hexadecimal glyphs is left to pdftotext."""
    out = [re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.S)]
    for m in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        try:
            out.append(zlib.decompress(m[1]))
        except zlib.error:
            pass
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True)
    expect(done.returncode == 0, "pdftotext cannot read the PDF")
    return b"\n".join(out + [done.stdout])


# ---- one job ----

class Trial:
    def __init__(self, program, seed, folder):
        self.run = program
        self.seed = seed
        self.folder = folder
        self.job = Job(seed, hidden=seed % 3 == 0)
        self.job.write(folder)

    def facts(self, folder=None):
        status, out, err = self.run("dump", folder or self.folder, "--stage=facts")
        facts = dict(line.split(" = ", 1) for line in out.splitlines() if " = " in line)
        return status, facts, out + err

    def check(self):
        status, facts, _ = self.facts()
        self.check_status = self.run("check", self.folder)[0]
        if status:
            return "refused"
        self.facts_told = facts
        self.hold_figures(facts)
        self.hold_explanations(facts)
        self.hold_performance(facts)
        published, _, _ = self.run("run", self.folder, "--output", self.folder + "/output")
        if published == 0:
            list(texts_of(self.folder + "/output"))
        if self.job.hidden:
            self.hold_hidden(facts)
        return "published" if published == 0 else "not published"

    # Figures.

    def months_in(self, label):
        """Labels of the export that make up a year."""
        if label in [p[0] for p in self.job.periods]:
            return [label]
        return [p[0] for p in self.job.periods if year(p[1]) == label]

    def model(self, name, label):
        """The figure of the job's area by our own sums; None where it is not plain."""
        if label not in [p[0] for p in self.job.periods] and self.job.kinds[name] not in (
                "count", "money"):
            return None
        labels = self.months_in(label)
        whole = {"year": 1, "quarter": 4, "month": 12}[self.job.every]
        if not labels or (labels != [label] and len(labels) != whole):
            return None
        values = [self.job.value.get((name, self.job.area, l)) for l in labels]
        if any(v is None for v in values):
            return None
        return sum(Fraction(v) for v in values)

    def hold_figures(self, facts):
        if self.job.hidden or "suppress" in open(self.folder + "/job.ini").read():
            return
        for i, name in enumerate(self.job.names):
            for key, label in zip(["now", "previous", "reference", "third"],
                                  [self.job.now] + self.job.compare):
                ours, told = self.model(name, label), facts.get(f"data.m{i}.{key}")
                if ours is None or told is None or shown(told) is None:
                    continue
                error = Fraction(1, 2) if "." not in told else Fraction(1, 2) / 10 ** len(
                    re.match(r"[^.]*\.(\d*)", told)[1])
                expect(abs(shown(told) - ours) <= error,
                       f"data.m{i}.{key} is {told}, and not {float(ours)}")

    def hold_explanations(self, facts):
        if self.job.hidden or "suppress" in open(self.folder + "/job.ini").read():
            return
        for i, name in enumerate(self.job.names):
            if f"data.m{i}.change" not in facts or not self.job.compare:
                continue
            now, before = (self.model(name, l) for l in (self.job.now, self.job.compare[0]))
            status, out, err = self.run("explain", self.folder, f"data.m{i}.change", "--json")
            expect(status == 0, f"explain data.m{i}.change: {status} {err}")
            told = json.loads(out)
            if now is None or before is None or told["value"] is None:
                continue
            expect(Fraction(re.search(r'"value": (\S+),', out)[1]) == now - before,
                   f"data.m{i}.change is {told['value']}, and not {float(now - before)}")
            self.hold_percent(told, out, now, before)
            for c in told["class"]:
                self.hold_class(c, now, before)

    def hold_percent(self, told, out, now, before):
        m = re.search(r"\(([+−])([0-9,.]+)%\)", told["display"])
        if not m:
            return
        ours = away(100 * (now - before) / before, 1)
        text = Fraction(m[2].replace(",", "")) * (-1 if m[1] == "−" else 1)
        expect(text == ours, f"{told['fact']}: {told['display']}, and not {float(ours)}%")

    def hold_class(self, c, now, before):
        if c["test"] != "counts" or c.get("p") is None:
            return
        days = re.search(r"over (\d+) and (\d+) days", c["why"])
        days = [int(days[1]), int(days[2])] if days else [1, 1]  # of what is at one time
        if c["baseline"] and now.denominator == before.denominator == 1:
            p = central_p(int(now), int(now + before), days[0] / sum(days))
            if p is not None:
                expect(abs(p - c["p"]) <= 1e-7 * max(p, 1e-12) or p < 1e-200,
                       f"p is {c['p']}, and not {p}")
        n = now + before
        expect((c["code"] == "TOO_FEW") == (n < 20), f"{c['code']} of {n} events")
        if n < 20:
            return
        expect((c["p"] < 0.05) == (not c["lower_95"] <= 1 <= c["upper_95"]) or
               abs(c["p"] - 0.05) < 1e-9, f"p {c['p']} against {c['lower_95']} to {c['upper_95']}")
        clear = c["p"] < 0.05 and c["p_holm"] < 0.05 and (c["phi_max"] or 0) >= 3
        way = "_UP" if c["ratio"] is None or c["ratio"] > 1 else "_DOWN"
        ours = ("CLEAR" + way if clear else "POSSIBLE" + way if c["p"] < 0.05 else
                "LITTLE_CHANGED" if c["lower_95"] > 0.9 and c["upper_95"] < 1.1 else "UNCERTAIN")
        if c["p"] < 0.05 and way != ("_UP" if now > before else "_DOWN" if now < before else ""):
            ours = "UNCERTAIN"  # days of unequal number turn it round
        expect(c["code"] == ours, f"{c['code']}, and not {ours}: {c['why']}")

    # Targets and the year.

    def hold_performance(self, facts):
        if self.job.hidden or "suppress" in open(self.folder + "/job.ini").read():
            return
        for i, name in enumerate(self.job.names):
            keys = self.keys(i)
            told = facts.get(f"data.m{i}.status")
            if told in ("Red", "Amber", "Green"):
                expect(keys.get("polarity", "none") != "none", f"data.m{i} is {told} without polarity")
                self.hold_status(i, name, keys, told)
            travel = facts.get(f"data.m{i}.travel", "") + facts.get(f"data.m{i}.year-travel", "")
            if keys.get("polarity", "none") == "none":
                expect(not re.search("improving|worsening", travel), f"data.m{i}: {travel}")
            if self.job.every == "month":
                self.hold_year(facts, i, name)

    def keys(self, i):
        section = open(self.folder + "/job.ini", encoding="utf-8").read().split("\n\n")[2 + i]
        return dict(line.split(" = ", 1) for line in section.splitlines() if " = " in line)

    def hold_status(self, i, name, keys, told):
        value = self.model(name, self.job.now)
        cumulative = self.job.kinds[name] in ("count", "money") and keys.get("profile") != "none" \
            and not keys["polarity"].startswith("band") and "/" not in self.job.now.split()[0]
        if value is None or cumulative:
            return
        if keys["polarity"].startswith("band"):
            edge = min(max(value, 10), 20)
            missed = abs(value - edge)
        else:
            edge = Fraction(keys["target"].replace(",", ""))
            missed = edge - value if keys["polarity"] == "high" else value - edge
        tolerance = keys.get("tolerance", "5%")
        allowed = Fraction(tolerance[:-1]) * abs(edge) / 100 if tolerance.endswith("%") else \
            Fraction(tolerance)
        ours = "Green" if missed <= 0 else "Amber" if missed <= allowed else "Red"
        expect(told == ours, f"data.m{i}.status is {told}, and not {ours}")

    def hold_year(self, facts, i, name):
        told = facts.get(f"data.m{i}.to-date", "")
        if shown(told) is None or self.job.now not in [p[0] for p in self.job.periods]:
            return
        _, y, part = self.job.periods[[p[0] for p in self.job.periods].index(self.job.now)]
        ours = []
        for m in range(part + 1):
            label = f"{MONTHS[m]} {y + (m > 8)}"
            ours.append(self.job.value.get((name, self.job.area, label)))
        if None in ours:
            return
        possible = [sum(Fraction(v) for v in ours[:n]) for n in range(1, len(ours) + 1)]
        places = 2 if "." in told else 0
        expect(any(abs(shown(told) - p) <= Fraction(1, 2) / 10 ** places for p in possible),
               f"data.m{i}.to-date is {told}: no run of months from April")

    # What is hidden.

    def left(self, facts):
        """All that the program tells of the job, by where it does."""
        output = self.folder + "/output"
        shutil.rmtree(output, ignore_errors=True)
        status, out, err = self.run("run", self.folder, "--output", output)
        words = [("messages", (out + err).encode())]
        words.append(("check", "".join(self.run("check", self.folder)[1:]).encode()))
        for stage in ("dataset", "facts", "document"):
            words.append((stage, "".join(self.run("dump", self.folder, f"--stage={stage}")[1:]).encode()))
        for fact in list(facts)[5::11]:
            told = self.run("explain", self.folder, fact, "--json")
            words.append((f"explain {fact}", "".join(told[1:]).encode()))
        return words + (list(texts_of(output)) if os.path.isdir(output) else [])

    def hold_hidden(self, facts):
        first = self.left(facts)
        if not self.job.perturb():
            return
        with open(f"{self.folder}/exports/data.csv", "w", encoding="utf-8") as f:
            f.write(self.job.export())
        for (where, one), (also, other) in zip(first, self.left(facts)):
            one, other = (re.sub(rb'[0-9a-f]{64}|[0-9a-f]{32}|"bytes": [0-9]+', b"", t) for t in (one, other))
            expect(where == also, f"{also} instead of {where} when a hidden number is another")
            expect(one == other, f"{where} tells another hidden number apart: {difference(one, other)}")


def difference(one, other):
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 80):at + 80]} {other[max(0, at - 80):at + 80]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("panelpack")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--keep", default="")
    options = parser.parse_args()
    program = Program(options.panelpack)
    work = tempfile.mkdtemp()
    end, seed, tally, failed = time.time() + options.seconds, options.first, {}, 0
    while seed < options.first + options.count if options.count else time.time() < end:
        folder = f"{work}/{seed}"
        try:
            trial = Trial(program, seed, folder)
            how = trial.check()
            tally[how] = tally.get(how, 0) + 1
        except Fault as fault:
            failed += 1
            print(f"not ok - random job {seed}: {fault}", flush=True)
            if options.keep:
                shutil.copytree(folder, f"{options.keep}/{seed}", dirs_exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        seed += 1
    print(f"{'ok' if not failed else '#'} - {seed - options.first} random jobs: " +
          ", ".join(f"{n} {how}" for how, n in sorted(tally.items())))
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
