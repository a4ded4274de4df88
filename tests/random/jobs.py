"""Random jobs: measures, periods, markers, rules and templates as a council might have them, and as
nobody should. The same seed always makes the same job."""

import os
import random

MONTHS = ["April", "May", "June", "July", "August", "September", "October", "November", "December",
          "January", "February", "March"]
NAMES = ["Total crime", "Burglary", "Vehicle crime", "Fly-tipping", "Missed bins", "Homes, affordable",
         "R&D <grants>", "Children's referrals", "Théâtre visits", "50% club", "=SUM(A1)", "Café | bar",
         "A" * 90, "Calls answered", "-", "2021/22 intake", "Ratio: a/b", "Total", "Other", "x"]
MARKERS = ["", "[x]", "[c]", "[z]", "[low]", "..", "*", "n/a", "<5", "-", "[w]", "[u]"]
NOTED = [" [p]", " [r]", " [e]", " [b]", " [u]", " [f]", "*"]
SMALL = 1000  # counts below it are hidden, where a job hides: each is a number that can be found
AREAS = ["North", "South", "Sampleton", "England"]


def year(y):
    return f"{y}/{(y + 1) % 100:02d}"


def periods(r, every, count, first):
    """Labels in order of time, with (year, part) each."""
    made = []
    for i in range(count):
        if every == "year":
            made.append((year(first + i), first + i, 0))
        elif every == "quarter":
            made.append((f"Q{i % 4 + 1} {year(first + i // 4)}", first + i // 4, i % 4))
        else:
            y, m = first + i // 12, i % 12
            made.append((f"{MONTHS[m]} {y + (m > 8)}", y, m))
    return made


def size(r):
    return r.choice([0, 1, 2, 4, 5, 9, 19, 20, 21, 60, 150, 700, 5000, 48000, 1234567, 10**7])


def near(r, base):
    """A count that may be chance beside base, or not."""
    return max(0, int(base + r.gauss(0, 1) * max(1, base ** 0.5) * r.choice([0.3, 1, 1, 3, 20])))


def quote(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


class Job:
    """What was made, for the checks: figures by (measure, area, label) as they stand in the export."""

    def __init__(self, seed, hidden=False):
        self.r = r = random.Random(seed)
        self.seed = seed
        self.hidden = hidden
        self.every = r.choice(["year", "year", "quarter", "month", "month"])
        longest = {"year": 8, "quarter": 14, "month": 40}[self.every]
        self.periods = periods(r, self.every, r.randint(1, longest), r.choice([2017, 2019, 2021]))
        self.areas = r.choice([[""], [""], AREAS[:1], AREAS[:2], AREAS])
        if hidden:
            self.areas = r.choice([[""], AREAS[:1], AREAS[:3]])
            self.periods = self.periods[:r.choice([2, 6, 14, 40])]
        self.small = r.choice([5, 8]) if not hidden else SMALL
        self.names = r.sample(NAMES, r.randint(1, 6))
        self.measures()
        self.figures()

    def measures(self):
        r = self.r
        self.kinds, self.relations = {}, {}
        additive = r.random() < 0.6 or self.hidden
        for i, name in enumerate(self.names):
            kind = "count" if self.hidden and i < 4 else r.choice(
                ["count", "rate", "percent"]) if self.hidden else "count" if additive and i < 4 else r.choice(
                ["count", "count", "money", "rate", "percent", "mean", "score", "index"])
            self.kinds[name] = kind
            relation = ""
            if self.hidden and (len(self.names) == 1 or i >= 4):
                relation = "non-additive" if kind == "count" else ""
            elif kind in ("count", "money") and additive and len(self.names) > 1:
                parts = [n for n in self.names[1:i] if self.relations.get(n) == "part"]
                relation = "total" if i == 0 else r.choice(["part", "part", "part", "outside", "flag"])
                if i == 0 and r.random() < 0.3:
                    relation = "part"
                if i > 1 and parts and not self.hidden and r.random() < 0.2:
                    relation = "of which: " + r.choice(parts)
                if self.hidden and i:
                    relation = "part"
            elif kind in ("count", "money") and r.random() < 0.3:
                relation = "non-additive"
            self.relations[name] = relation

    def figures(self):
        r = self.r
        self.rows = []
        self.value = {}
        damage = r.choice([0, 0, 0.02, 0.15]) if not self.hidden else 0
        bases = {n: size(r) for n in self.names}
        for label, _, _ in self.periods:
            for area in self.areas:
                if area == "Sampleton" and self.hidden:
                    continue
                self.period_rows(label, area, bases, damage)
        if self.hidden and "Sampleton" in self.areas:
            for label, _, _ in self.periods:
                for name in (n for n in self.names if self.kinds[n] == "count"):
                    self.put(name, label, "Sampleton", sum(
                        self.value[name, a, label] for a in self.areas if a != "Sampleton"))

    def period_rows(self, label, area, bases, damage):
        r = self.r
        counts = {}
        for name in self.names:
            if self.kinds[name] == "count":
                if self.hidden:
                    counts[name] = r.choice([r.randint(101, SMALL - 2), r.randint(SMALL, 100 * SMALL + 7)])
                else:
                    counts[name] = near(r, bases[name])
        total = self.names[0]
        if self.relations[total] == "total" and (self.hidden or r.random() < 0.9):
            counts[total] = sum(v for n, v in counts.items() if self.relations[n] == "part") + \
                r.choice([0, 0, r.randint(SMALL, 5 * SMALL)])
        for name, relation in self.relations.items():
            if relation.startswith("of which") and r.random() < 0.95 and name in counts:
                counts[name] = min(counts[name], counts.get(relation[10:], 0))
        for name in self.names:
            if name in counts:
                value, extra = counts[name], None
            else:
                value, extra = self.other(name, bases[name])
            if r.random() < damage / 4:
                continue
            text = str(value)
            if r.random() < damage:
                text = r.choice(MARKERS) if r.random() < 0.6 else text + r.choice(NOTED)
                value = None
            elif r.random() < damage / 3:
                text, value = "-" + text, None
            self.put(name, label, area, value, text, extra)

    def other(self, name, base):
        r = self.r
        kind = self.kinds[name]
        if self.hidden:
            return self.share(name, r.choice([r.randint(101, SMALL - 2), r.randint(SMALL, 9999)]),
                              r.choice([r.randint(20000, 30000), 25000, 10**6]))
        if kind == "percent":
            of = max(1, near(r, size(r)))
            count = r.randint(0, of)
            value = f"{100 * count / of:.1f}"
            return value, (str(count), str(of)) if r.random() < 0.6 else None
        if kind == "rate":
            of = max(1000, near(r, 120000))
            count = near(r, base % 60000)
            return f"{1000 * count / of:.2f}", (str(count), str(of)) if r.random() < 0.6 else None
        if kind == "money":
            return f"{near(r, base)}.{r.randint(0, 99):02d}", None
        return f"{r.uniform(0, 200):.{r.randint(0, 3)}f}", None

    def share(self, name, count, of):
        """A rate or percentage as an export has it, with what it rests on."""
        times = 100 if self.kinds[name] == "percent" else 1000
        return f"{times * count / of:.{1 if times == 100 else 2}f}", (str(count), str(of))

    def put(self, name, label, area, value, text=None, extra=None):
        self.value[name, area, label] = value
        self.rows.append((name, area, label, str(value) if text is None else text, extra))

    def perturb(self):
        """Other numbers where they are hidden, and none that is shown: as many in all where there is
        a total. True when there are any."""
        r = random.Random(self.seed + 2)
        changed = False
        if "Sampleton" in self.areas:
            changed = any([self.exchange(r, label) for label, _, _ in self.periods])
        for label, _, _ in self.periods:
            for area in self.areas if "Sampleton" not in self.areas else []:
                small = [n for n in self.names if self.kinds[n] == "count" and self.relations[n] in ("part", "non-additive")
                         and 100 < self.value[n, area, label] < SMALL]
                parts = [n for n in small if self.relations[n] == "part"]
                free = small if self.relations[self.names[0]] != "total" else [
                    n for n in small if self.relations[n] != "part"]
                for name in free:
                    self.value[name, area, label] = r.randint(101, SMALL - 2)
                    changed = True
                if parts and not set(parts) & set(free) and len(parts) > 1:
                    one, other = parts[:2]
                    both = self.value[one, area, label] + self.value[other, area, label]
                    low = max(101, both - SMALL + 1)
                    self.value[one, area, label] = r.randint(low, both - low)
                    self.value[other, area, label] = both - self.value[one, area, label]
                    changed = True
        self.rows = [self.moved(r, row) for row in self.rows]
        return changed or any(row[4] for row in self.rows)

    def exchange(self, r, label):
        """Of two areas and two parts that are small in both: all sums stay."""
        areas = self.areas[:2]
        small = [n for n in self.names if self.relations[n] == "part" and
                 all(100 < self.value[n, a, label] < SMALL for a in areas)]
        if len(small) < 2:
            return False
        up = [(small[0], areas[0]), (small[1], areas[1])]
        down = [(small[0], areas[1]), (small[1], areas[0])]
        by = r.randint(0, min(min(SMALL - 1 - self.value[n, a, label] for n, a in up),
                              min(self.value[n, a, label] - 101 for n, a in down)))
        for n, a in up:
            self.value[n, a, label] += by
        for n, a in down:
            self.value[n, a, label] -= by
        return by > 0

    def moved(self, r, row):
        name, area, label, _, extra = row
        if extra and int(extra[0]) < SMALL:
            text, extra = self.share(name, r.randint(101, SMALL - 2), int(extra[1]))
            return name, area, label, text, extra
        return name, area, label, str(self.value[name, area, label]), extra

    # The files of the job.

    def write(self, folder):
        os.makedirs(f"{folder}/exports")
        os.makedirs(f"{folder}/templates/report")
        with open(f"{folder}/exports/data.csv", "w", encoding="utf-8") as f:
            f.write(self.export())
        r = random.Random(self.seed + 1)
        self.has_groups = self.seed % 2 == 1 and len(self.names) > 1
        with open(f"{folder}/job.ini", "w", encoding="utf-8") as f:
            f.write(self.job_ini(r))
        parts, words = self.template(r)
        with open(f"{folder}/templates/report/report.ini", "w", encoding="utf-8") as f:
            f.write(parts)
        with open(f"{folder}/templates/report/narrative.md", "w", encoding="utf-8") as f:
            f.write(words)

    def export(self):
        whole = [1, 2] if self.areas == [""] else [1, 2, 3]
        lines = []
        for row in [("Measure", "Area", "Period", "Value", ("Count", "Denominator"))] + self.rows:
            name, area, label, text, extra = row
            cells = [name, label, area][:len(whole)] + [text] + list(extra or ("", ""))
            lines.append(",".join(quote(t) for t in cells))
        return "\n".join(lines) + "\n"

    def job_ini(self, r):
        last = len(self.periods) - 1
        at = max(0, last - r.choice([0, 0, 0, 1, 5]))
        label, y, part = self.periods[at]
        self.at = at
        whole = {"year": 1, "quarter": 4, "month": 12}[self.every]
        if self.every != "year" and r.random() < 0.25 and (at + 1) % whole == 0:
            label = year(y)
        self.now = label
        before = {"year": [at - 1, at - 2, at - 4], "quarter": [at - 4, at - 1],
                  "month": [at - 12, at - 1]}[self.every]
        self.compare = [self.periods[i][0] for i in before if i >= 0]
        if label != self.periods[at][0]:
            self.compare = [year(y - 1)]
        self.compare = self.compare[:r.randint(0, 3)]
        lines = ["[job]", "title = Random", "organisation = Sampleton Council", f"period = {label}",
                 f"as at = {r.choice([self.as_at(at, 20), self.as_at(at, 60), '2026-01-31'])}",
                 "reports = report"]
        self.area = self.areas[0]
        self.comparator = ""
        if self.area:
            lines.append(f"area = {self.area}")
        if self.compare:
            lines.append("compare = " + ", ".join(
                c + r.choice(["", "", "", " abnormal"]) for c in self.compare))
        lines += ["", "[source data]", "files = exports/data.csv", "dialect = long", "title = Data",
                  "note = Sampleton Council"]
        if "England" in self.areas and r.random() < 0.7:
            self.comparator = r.choice(["England", "England | South beside", "South beside"])
            lines.append("comparator = " + self.comparator)
        if self.hidden:
            lines.append(f"suppress = below {self.small}")
            if r.random() < 0.2:
                lines.append("zeros = hide")
            if r.random() < 0.3:
                lines.append("rounding = 600")
        elif r.random() < 0.1 and all(k == "count" for k in self.kinds.values()):
            lines.append(f"suppress = below {self.small}")
        if r.random() < 0.3:
            lines.append(f"settle days = {r.choice([0, 30, 400])}")
        for i, name in enumerate(self.names):
            lines += ["", f"[measure {name}]", f"key = m{i}", f"kind = {self.kinds[name]}"]
            if self.relations[name]:
                lines.append(f"relation = {self.relations[name]}")
            if self.has_groups and i % 4:
                lines.append(f"group = Group {i % 4}")
            lines += self.rules(r, name)
        if self.has_groups:
            lines += ["", "[burst themes]", "slice by = theme", "workbook = report"]
        if self.has_groups and len(self.areas) > 1:
            lines += ["", "[burst areas]", "slice by = area", "workbook = report"]
        return "\n".join(lines) + "\n"

    def as_at(self, at, days):
        import datetime
        _, y, part = self.periods[at]
        months = {"year": 12, "quarter": (part + 1) * 3, "month": part + 1}[self.every] + 3
        day = datetime.date(y + months // 12, months % 12 + 1, 1)
        return (day + datetime.timedelta(days)).isoformat()

    def rules(self, r, name):
        lines = []
        kind = self.kinds[name]
        polarity = r.choice(["", "high", "low", "none", "band 10 to 20", "high"])
        if polarity:
            lines.append("polarity = " + polarity)
        target = r.choice(["0", "12", "95", "1,700", "99.95", "1000000", "", ""])
        if target and not polarity.startswith("band"):
            lines.append(f"target = {target}")
            if target == "0":
                lines.append("tolerance = " + r.choice(["0", "3", "0.05"]))
            elif r.random() < 0.3:
                lines.append("tolerance = " + r.choice(["5%", "0", "3", "0.05", "100%"]))
        if r.random() < 0.4 and kind in ("count", "money"):
            lines.append("profile = " + r.choice(["last year", "even", "none"]))
        if r.random() < 0.2:
            lines.append("seasonal = yes")
        if r.random() < 0.2:
            lines.append("dead band = " + r.choice(["0", "1", "2.5", "1000"]))
        if kind == "rate":
            lines.append("unit = per 1,000")
        return lines

    def template(self, r):
        ini = ["[report]", "title = Figures of {{job.period}}", "narrative = narrative.md"]
        if r.random() < 0.3:
            ini.append("numbering = " + r.choice(["sections", "paragraphs"]))
        if r.random() < 0.3:
            ini.append("orientation = landscape")
        if r.random() < 0.3:
            ini.append("contents = yes")
        words = ["# Figures", ""]
        self.facts_line = len(words)
        tables = ["change", "figures", "performance"] + (["benchmark"] if self.comparator else [])
        for i, kind in enumerate(r.sample(tables, r.randint(1, len(tables)))):
            ini += ["", f"[table t{i}]", f"kind = {kind}", "source = data", f"caption = Table of {kind}"]
            if kind == "figures":
                columns = ["value", "trend"] + (["areas"] if self.areas != [""] else [])
                ini.append("columns = " + ", ".join(r.sample(columns, r.randint(1, len(columns)))))
            if kind == "benchmark" and r.random() < 0.5:
                ini.append("estimates = yes")
            words += [f"![](table:t{i})", ""]
        charts = ["bars", "rows", "lines", "control", "control"]
        if "England" in self.areas and {"rate", "percent", "mean"} & set(self.kinds.values()):
            charts.append("dots")
        if self.every != "year" and len(self.periods) < 8 or r.random() < 0.5:
            charts = [c for c in charts if c != "control"]
        for i, kind in enumerate(r.sample(charts, r.randint(0, len(charts)))):
            ini += ["", f"[chart c{i}]", f"kind = {kind}", "source = data", f"caption = Chart {kind}"]
            ini += self.chart(r, kind)
            words += [f"![](chart:c{i})", ""]
        if r.random() < 0.5:
            words += ["![](changes:data)", ""]
        if r.random() < 0.5:
            ini += ["", "[panel p]", "caption = At a glance"]
            for i in range(r.randint(1, 6)):
                ini += [f"fact {i + 1} = {{{{data.m{i % len(self.names)}.now}}}}", "    what it is"]
            words += ["![](panel:p)", ""]
        if self.has_groups:
            self.loop(random.Random(self.seed + 2), ini, words)
        return "\n".join(ini) + "\n", "\n".join(words) + "\n"

    def loop(self, r, ini, words):
        """Each group of measures, with what is only there when one of its facts is."""
        tables = r.sample(["change", "figures", "performance"], r.randint(1, 3))
        words += ["# Groups", "", "{{each group of data}}", "", "## {{group}}, {{group.count | # measure | # measures}}", ""]
        for i, kind in enumerate(tables):
            ini += ["", f"[table l{i}]", f"kind = {kind}", "source = data", f"caption = {kind} of {{{{group}}}}"]
            ini += ["columns = value, trend"] if kind == "figures" else []
            words += [f"![](table:l{i})", ""]
        if r.random() < 0.5:
            ini += ["", "[chart lc]", "kind = rows", "source = data", "caption = Chart of a group"]
            words += ["![](chart:lc)", ""]
        if r.random() < 0.5:
            words += ["![](changes:data)", ""]
        words += ["{{end}}", ""]
        for i in range(len(self.names)):
            words += [f"{{{{if data.m{i}.now}}}}", "", f"m{i}: {{{{data.m{i}.now}}}}", "", "{{else}}", "", f"No m{i}", "", "{{end}}", ""]

    def chart(self, r, kind):
        keys = []
        measure = r.randrange(len(self.names))
        if kind in ("bars", "rows"):
            if self.areas != [""] and r.random() < 0.5:
                keys.append("by = area")
            if kind == "bars" and r.random() < 0.5:
                keys.append("periods = all")
            if kind == "rows" and r.random() < 0.5:
                keys.append("sort = value")
        if kind == "lines":
            if r.random() < 0.5:
                keys.append("areas = all")
                keys.append(f"measures = m{measure}")
            else:
                shown = r.sample(range(len(self.names)), r.randint(1, len(self.names)))
                keys.append("measures = " + ", ".join(f"m{i}" for i in shown))
        if kind == "control":
            keys.append(f"measure = m{measure}")
            keys.append("seasonal = " + r.choice(["yes", "no"]))
            if r.random() < 0.3:
                keys.append("screened = yes")
            if r.random() < 0.3:
                keys.append("target = " + r.choice(["yes", "no"]))
            if r.random() < 0.2:
                keys.append(f"limits to = {self.periods[len(self.periods) // 2][0]}")
            if r.random() < 0.2:
                keys.append(f"rebase = {self.periods[len(self.periods) // 3][0]}, a new system")
        if kind == "dots":
            keys.append("benchmark = England")
        if kind in ("lines", "control") and r.random() < 0.3:
            every = ["month", "quarter", "year"]
            keys.append("every = " + r.choice(every[every.index(self.every):]))
        if kind in ("lines", "control") and r.random() < 0.2:
            keys.append(f"from = {self.periods[len(self.periods) // 4][0]}")
        return keys
