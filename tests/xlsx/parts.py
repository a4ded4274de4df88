"""Compares two folders of workbooks part by part: `parts.py NAME FOLDER OTHER` prints a TAP line."""
import glob
import os
import sys
import zipfile


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def differences(folder, other):
    names = sorted(os.path.basename(p) for p in glob.glob(os.path.join(folder, "*.xlsx")))
    if not names:
        yield "no workbooks"
    for name in names:
        paths = [os.path.join(folder, name), os.path.join(other, name)]
        if not os.path.exists(paths[1]):
            yield f"{name}: only once"
            continue
        one, two = map(parts, paths)
        yield from (f"{name}: {part}" for part in sorted(one.keys() | two.keys())
                    if one.get(part) != two.get(part))
        with open(paths[0], "rb") as a, open(paths[1], "rb") as b:
            if one == two and a.read() != b.read():
                yield f"{name}: the same parts in other bytes"


def main(name, folder, other):
    found = list(differences(folder, other))
    print(("not ok" if found else "ok") + f" - {name}")
    for problem in found[:10]:
        print(f"#   {problem}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
