#!/usr/bin/env python3
"""Breaks the library on purpose, one operator or constant at a time, and counts how often a test turns red.

usage: tests/mutate.py [--every N] [--jobs J] [--out FILE] [ROOM ...]        (default: noise blend random)

Each mutant is one header with one change, laid before the real headers. First the header's own test is compiled and run, then
the programs of fingerprints, then the other tests of the room that include the header. A mutant that does not compile is no mutant.
Sites are every N-th of all, in the order of the files: the same run gives the same table. Survivors are listed with their line.
"""
import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FLAGS = ["-std=c++20", "-O1", "-w", "-DDOCTEST_CONFIG_VOID_CAST_EXPRESSIONS", '-DHALLMARK_TEST_GOLDEN="%s"' % (ROOT.parent / "shared/golden"),
         "-I", str(ROOT / "include"), "-I", str(ROOT / "tests")]

# What is changed into what. Longer tokens first, so that << is not read as two <.
TOKENS = [("<<=", ">>="), (">>=", "<<="), ("<=>", None), ("<<", ">>"), (">>", "<<"), ("<=", "<"), (">=", ">"), ("==", "!="), ("!=", "=="), ("&&", "||"),
          ("||", "&&"), ("->", None), ("++", "--"), ("--", "++"), ("+=", "-="), ("-=", "+="), ("*=", "+="), ("&=", "|="), ("|=", "&="), ("^=", "|="),
          ("::", None), (" + ", " - "), (" - ", " + "), (" * ", " + "), (" / ", " * "), (" % ", " / "), (" < ", " <= "), (" > ", " >= "), (" & ", " | "),
          (" | ", " & "), (" ^ ", " | ")]
NUMBER = re.compile(r"(?<![\w.])(0x[0-9a-fA-F]+|\d+)(?=[uUlL]*\b(?!\.))")


def sites(text):
    """(position, length, replacement) of every change, outside comments, strings, directives and compile-time checks."""
    out, depth = [], 0
    for match in re.finditer(r"[^\n]*\n", text):
        line, start = match.group(), match.start()
        code = re.sub(r'"(\\.|[^"\\])*"', lambda m: "_" * len(m.group()), line.split("//")[0])
        # A call of require or fail may go over several lines; its sentence is for the tests of errors.
        opens = re.search(r"\b(require\w*|fail|static_assert)\(", code)
        skip = depth > 0 or opens is not None
        if skip:
            part = code[opens.start():] if depth == 0 else code
            depth += part.count("(") - part.count(")")
        if skip or re.match(r"\s*(#|template|concept|requires|using|friend|namespace|static_assert)", code) or "operator" in code or "requires" in code:
            continue
        i = 0
        while i < len(code):
            token = next(((t, r) for t, r in TOKENS if code.startswith(t, i)), None)
            if token:
                if token[1]:
                    out.append((start + i, len(token[0]), token[1]))
                i += len(token[0].rstrip()) or 1
                continue
            number = NUMBER.match(code, i)
            if number:
                value = int(number.group(), 0)
                out.append((start + i, len(number.group()), hex(value + 1) if number.group().startswith("0x") else str(value + 1)))
                i += len(number.group())
                continue
            i += 1
    return out


def run(command, timeout=120):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout).returncode
    except subprocess.TimeoutExpired:
        return -1


def prepare(scratch):
    main = scratch / "main.o"
    subprocess.run(["g++", *FLAGS, "-c", str(ROOT / "tests/support/main.cpp"), "-o", str(main)], check=True)
    return main


def includes(test):
    """The headers of the library that a test reads, by the compiler's own list."""
    made = subprocess.run(["g++", *FLAGS, "-MM", str(test)], stdout=subprocess.PIPE, check=True, text=True).stdout
    return {pathlib.Path(word).resolve() for word in made.replace("\\\n", " ").split() if word.endswith(".hpp")}


def turns_red(overlay, sources, program, expected=None):
    """Whether a program of these sources fails, or prints something else than what is expected; None if it does not compile."""
    if run(["g++", *overlay, *FLAGS, *map(str, sources), "-o", str(program), "-lpthread"]) != 0:
        return None
    try:
        made = subprocess.run([str(program)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    except subprocess.TimeoutExpired:
        return True
    return made.returncode != 0 if expected is None else made.stdout != expected


def verdict(header, text, site, tests, scratch, main, number):
    """What kills one mutant. `tests` are those that include the header, its own first."""
    folder = scratch / str(number)
    target = folder / "include" / header.relative_to(ROOT / "include")
    target.parent.mkdir(parents=True)
    position, length, new = site
    target.write_text(text[:position] + new + text[position + length:])
    program = folder / "test"
    overlay = ["-I", str(folder / "include")]
    result, compiled = "survived", False
    steps = [(t.name, [t, main], None) for t in tests]
    steps[1:1] = [("the fingerprints of " + room, sorted((ROOT / "tests" / room / "fingerprint").glob("*.cpp")), (ROOT / "tests" / room / "fingerprints.txt").read_bytes())
                  for room in ("noise", "mark", "blend")]
    for name, sources, expected in steps:
        red = turns_red(overlay, sources, program, expected)
        if red is None and not compiled:
            result = "does not compile"
            break
        compiled = True  # an overload that a later test needs may be gone: that is seen by nobody but the compiler
        if red:
            result = "killed by " + name
            break
    shutil.rmtree(folder)
    line = text.count("\n", 0, position) + 1
    return header, line, text[position:position + length].strip(), new.strip(), result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", default=["noise", "blend", "random"])
    parser.add_argument("--every", type=int, default=10, help="take every N-th site (default 10)")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        main_object = prepare(scratch)
        work, counter = [], 0
        for room in options.rooms:
            read_by = {test: includes(test) for test in sorted((ROOT / "tests" / room).glob("*.cpp"))}
            for header in sorted((ROOT / "include/hallmark" / room).glob("*.hpp")):
                if header.stem == "concept":
                    continue
                text = header.read_text()
                tests = sorted((t for t in read_by if header in read_by[t]), key=lambda t: (t.stem != header.stem, t.name))
                for site in sites(text):
                    counter += 1
                    if counter % options.every == 0:
                        work.append((header, text, site, tests, scratch, main_object, counter))
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(lambda w: verdict(*w), work))
    rows, survivors = {}, []
    for header, line, old, new, result in results:
        if result == "does not compile":
            continue
        row = rows.setdefault(str(header.relative_to(ROOT / "include/hallmark")), [0, 0])
        row[0] += 1
        row[1] += result != "survived"
        if result == "survived":
            survivors.append((header.relative_to(ROOT / "include/hallmark"), line, old, new))
    mutants, killed = sum(r[0] for r in rows.values()), sum(r[1] for r in rows.values())
    report = ["# Mutation run", "", "Made by `tests/mutate.py --every %d %s`: %d mutants, %d killed, %.1f %%." %
              (options.every, " ".join(options.rooms), mutants, killed, 100 * killed / max(1, mutants)), "", "| header | mutants | killed |", "|---|---:|---:|"]
    report += ["| `%s` | %d | %d |" % (h, *r) for h, r in rows.items()]
    report += ["", "Survivors:", ""] + ["- `%s` line %d: `%s` for `%s`" % (h, n, new, old) for h, n, old, new in survivors] if survivors else []
    text = "\n".join(report) + "\n"
    (options.out.write_text(text) if options.out else print(text, end=""))


if __name__ == "__main__":
    main()
