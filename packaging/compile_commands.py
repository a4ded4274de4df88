#!/usr/bin/env python3
"""Reads `make --dry-run` from standard input and writes compile_commands.json."""
import json
import os
import shlex
import sys

commands = []
for line in sys.stdin.read().replace("\\\n", " ").splitlines():
    if " -c " not in line:
        continue
    words = shlex.split(line)
    source = words[words.index("-c") + 1]
    commands.append({"directory": os.getcwd(), "file": source, "arguments": words})
json.dump(commands, sys.stdout, indent=1)
print()
