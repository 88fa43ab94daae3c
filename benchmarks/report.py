#!/usr/bin/env python3
"""Evaluates the output of tallymark_bench (needs only the standard library):

report.py smoke PROGRAM               runs the program with small sizes; every row must exist and be right
report.py check JSON                  every row must exist and be right
report.py targets JSON...             compares the ratios with the targets; exit code 1 if one is missed
report.py write FOLDER BUILD JSON...  results.md and the plots from the last file, the targets from all files
"""
import collections
import json
import math
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
STORES = ["tallymark", "flat_map_string", "absl_string", "std_string", "flat_map_integer", "roaring", "array"]
SINGLES = STORES[:1] + ["tallymark_bulk"] + STORES[1:]  # these are also measured in bulk
WRITERS = ["tallymark", "memcpy", "memset", "to_chars", "fmt", "snprintf", "vector_string"]
SHARED = ["tallymark", "concurrent_flat_map", "mutex_flat_map"]
ORDERS = ["in_order", "shuffled"]
SPREADS = {"in_order": "0, 1, 2, … in order", "shuffled": "the same, in random order",
           "every_10th": "0, 10, 20, … in random order", "every_1000th": "0, 1000, 2000, … in random order",
           "far_apart": "ten million apart, in random order"}
CHECKED = ["tallymark", "memcpy", "to_chars", "fmt"]
SCHEMES = {"checked/luhn": CHECKED, "checked/mod37_2": CHECKED, "checked/damm": CHECKED,
           "scrambled": ["tallymark", "random_texts"], "ff1": ["tallymark", "call_a_block"],
           "uuidv7": ["tallymark", "memcpy", "boost_to_chars", "boost_to_chars_stored"]}
INDICES = ["dense", "hashed", "concurrent", "run"]
IMPORTS = ["tallymark", "sqlite3"]

Shape = collections.namedtuple("Shape", "what others claim find bulk_find bytes")  # others: besides USUAL; then targets
USUAL = ["tallymark", "tallymark_bulk", "flat_map", "flat_map_reserved"]
OF_PARTS = ["map_per_part", "tallymark_part_ids", "flat_map_part_ids"]
NO_LOSS = (1, 1, 1, 1)
SHAPES = {
    "irregular_8": Shape("random texts of 8 letters and digits", [], *NO_LOSS),
    "irregular_12": Shape("random texts of 12", [], 1.2, 1, 2, 0.7),
    "irregular_20": Shape("random texts of 20", [], *NO_LOSS),
    "many_parts": Shape("parts with 10 random texts of 12 each", OF_PARTS, 1.2, 1, 2, 0.5),
    "fewer_parts": Shape("parts with 100 random texts of 12 each", OF_PARTS, *NO_LOSS),
    "part_trees": Shape("trees of four parts on average, which share their 40 texts", ["map_per_part"], *NO_LOSS),
    "numbered_parts": Shape("parts that count up 10 numbers each, with gaps", OF_PARTS + ["flat_map_integer"], *NO_LOSS),
    "factory": Shape("64 lines print in turn, with gaps and late ones", [], 1.5, 1.2, 2, 0.3),
    "scanned": Shape("runs of 3 to 50 numbers of 400 suppliers, from 16 scanners in turn", [], 1.5, 1.2, 2, 0.3),
    "churn": Shape("random texts and runs, with releases and retirements", [], 1.5, 1.2, 2, 0.3),
    "imei": Shape("18 digits, random", ["flat_map_integer"], 1.2, 1, 2, 0.7),
    "uuid": Shape("UUIDs of version 4, 36 characters", [], 1.2, 1, 2, 0.7),
}


def powers(first, last):
    return [10**n for n in range(first, last + 1)]


def needed_rows(size):
    """The names of all rows that must exist when `size` serial numbers are claimed."""
    rows = [f"generate/{case}/{name}" for case in ("sequential", "alphabet", "separated", "short") for name in WRITERS]
    rows += ["generate/blocks/tallymark", "generate/blocks/memcpy"]
    rows += [f"generate/{scheme}/{name}" for scheme, names in SCHEMES.items() for name in names]
    rows += [f"lookup/scrambled/{name}" for name in ("tallymark", "decode")]
    rows += [f"claim/{kind}/tallymark/{length}" for kind in ("run", "step10") for length in powers(3, 9)]
    rows += [f"claim/run/flat_set_integer/{length}" for length in powers(3, 7) if length <= size]
    rows += [f"memory/run/tallymark/{length}" for length in (10**3, 10**6, 10**9)]
    rows += [f"claim/single_{order}/{name}" for order in ORDERS for name in SINGLES]
    rows += [f"lookup/text_{order}_claims/{name}" for order in ORDERS for name in SINGLES]
    rows += [f"lookup/text_{order}_claims/{name}" for order in ORDERS for name in ("array_bulk", "array_call")]
    rows += [f"lookup/growth/tallymark/{serials}" for serials in powers(5, 9)]
    rows += [f"memory/{order}/{name}" for order in ORDERS for name in STORES]
    rows += [f"expand/range/tallymark_{what}/{length}" for what in ("runs", "text") for length in powers(3, 6)]
    indices = [name for name in INDICES if (ROOT / f"include/tallymark/index/{name}_index.hpp").exists()]
    shared = SHARED if "concurrent" in indices else SHARED[1:]
    rows += [f"index/{spread}/{name}" for spread in SPREADS for name in indices]
    cases = ("claim", "claim_in_order", "lookup")
    rows += [f"concurrent/{case}/{name}/{threads}" for case in cases for name in shared for threads in (1, 2)]
    rows += [f"import/in_order/{name}" for name in IMPORTS]
    rows += [f"import/irregular/{name}" for name in IMPORTS + ["sqlite3_large_cache"]]
    rows += [f"shape/{name}/{case}/{competitor}" for name, shape in SHAPES.items() for case in ("claim", "find")
             for competitor in USUAL + shape.others]
    rows += ["journal/append/tallymark", "journal/open/runs", "journal/open/irregular"]
    return rows + [f"batch/pattern/{name}" for name in ("tallymark", "fmt", "put_time")]


class Measured:
    """One run of the program: medians of nanoseconds, and counters, by the names of the rows."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        self.context = data["context"]
        self.errors = []
        self.size = int(self.context["serial_numbers"])
        times, counters = collections.defaultdict(list), collections.defaultdict(list)
        for row in data["benchmarks"]:
            name = row["run_name"]
            if row.get("error_occurred"):
                self.errors.append(f"{name}: {row.get('error_message')}")
            elif row.get("run_type", "iteration") == "iteration":
                times[name].append(row["real_time"] * NANOSECONDS[row["time_unit"]])
                for counter in ("bytes_per_serial", "bytes", "ns_per_lookup", "file_bytes", "peak_bytes"):
                    if counter in row:
                        counters[name, counter].append(row[counter])
        self.times = {name: statistics.median(values) for name, values in times.items()}
        self.counters = {key: statistics.median(values) for key, values in counters.items()}
        self.spread = {name: (min(values), max(values)) for name, values in times.items()}
        self.repetitions = statistics.mode(map(len, times.values())) if times else 0  # of most rows

    def time(self, name):
        return self.times.get(name, math.nan)

    def bytes(self, name):
        """Bytes per serial number, or of a claim."""
        return self.counters.get((name, "bytes_per_serial"), self.counters.get((name, "bytes"), math.nan))

    def counter(self, name, counter):
        return self.counters.get((name, counter), math.nan)

    def faster(self, case, other, ours="tallymark"):
        """The time of the other competitor divided by ours."""
        return self.time(f"{case}/{other}") / self.time(f"{case}/{ours}")

    def shape(self, name):
        """What flat_map takes, divided by what we take: claim, bulk claim, find, bulk find, bytes."""
        claim, find = f"shape/{name}/claim", f"shape/{name}/find"
        return [self.faster(claim, "flat_map"), self.faster(claim, "flat_map", "tallymark_bulk"),
                self.faster(find, "flat_map"), self.faster(find, "flat_map", "tallymark_bulk"),
                self.bytes(f"{claim}/flat_map") / self.bytes(f"{claim}/tallymark")]


def check(measured):
    problems = list(measured.errors)
    problems += [f"{name}: the row is missing" for name in needed_rows(measured.size) if name not in measured.times]
    for line in problems:
        print(line, file=sys.stderr)
    if not problems:
        print(f"{len(measured.times)} rows: no row is missing, and all competitors agree")
    return 1 if problems else 0


# ---- targets ---------------------------------------------------------------------------------------------------------

Target = collections.namedtuple("Target", "what value sign limit unit")


def targets(m):
    """All targets with the measured values: value >= limit, or value <= limit."""
    out = []

    def least(what, value, limit, unit="×"):
        out.append(Target(what, value, "≥", limit, unit))

    def most(what, value, limit, unit):
        out.append(Target(what, value, "≤", limit, unit))

    for other, limit in (("memcpy", 1), ("to_chars", 12), ("vector_string", 50)):
        least(f"generate/sequential: {other}", m.faster("generate/sequential", other), limit)
    for case in ("alphabet", "separated"):
        least(f"generate/{case}: memcpy", m.faster(f"generate/{case}", "memcpy"), 0.5)
    for check in ("luhn", "mod37_2", "damm"):
        least(f"generate/checked/{check}: memcpy", m.faster(f"generate/checked/{check}", "memcpy"), 0.3)
    least("generate/scrambled: millions per second", 1e3 / (m.time("generate/scrambled/tallymark") / 10**6), 60, "")
    least("generate/ff1: call_a_block", m.faster("generate/ff1", "call_a_block"), 8)
    least("generate/uuidv7: boost_to_chars", m.faster("generate/uuidv7", "boost_to_chars"), 1)
    most("lookup/scrambled: decode alone", m.time("lookup/scrambled/tallymark") / m.time("lookup/scrambled/decode"), 1.5, "×")
    runs = [m.time(f"claim/run/tallymark/{length}") for length in powers(3, 9)]
    most("claim/run: the slowest length", max(runs), 1000, "ns")
    steps = [m.time(f"claim/step10/tallymark/{length}") / m.time(f"claim/run/tallymark/{length}") for length in powers(3, 9)]
    most("claim/step10: the slowest length, compared with claim/run", max(steps), 2, "")
    most("memory/run: a claim of 1e9", m.bytes(f"memory/run/tallymark/{10**9}"), 200, "bytes")
    least("claim/single_in_order: flat_map_string", m.faster("claim/single_in_order", "flat_map_string"), 8)
    least("claim/single_shuffled: flat_map_string", m.faster("claim/single_shuffled", "flat_map_string"), 3)
    case = "lookup/text_in_order_claims"
    least(f"{case}: flat_map_string", m.faster(case, "flat_map_string"), 8)
    least(f"{case}: flat_map_integer", m.faster(case, "flat_map_integer"), 2)
    case = "lookup/text_shuffled_claims"
    least(f"{case}: flat_map_string, single", m.faster(case, "flat_map_string"), 3)
    least(f"{case}: flat_map_string, bulk", m.faster(case, "flat_map_string", "tallymark_bulk"), 8)
    growth = m.time("lookup/growth/tallymark/1000000000") / m.time("lookup/growth/tallymark/1000000")
    most("lookup/growth: 1e9 against 1e6", growth, 1.3, "×")
    memory = {row: m.bytes(f"memory/{row}")
              for row in ("in_order/tallymark", "shuffled/tallymark", "shuffled/flat_map_string")}
    most("memory/in_order: a serial", memory["in_order/tallymark"], 0.02, "bytes")
    most("memory/shuffled: against flat_map_string", memory["shuffled/tallymark"] / memory["shuffled/flat_map_string"],
         0.2, "×")
    ranges = [m.time(f"expand/range/tallymark_runs/{length}") for length in powers(3, 6)]
    most("expand/range to runs: 1e6 against 1e3", ranges[-1] / ranges[0], 1.5, "×")
    for case in ("concurrent/claim", "concurrent/lookup"):
        least(f"{case}: from 1 to 2 threads", m.faster(case, "tallymark/1", "tallymark/2"), 1.7)
        least(f"{case}: mutex_flat_map, 2 threads", m.faster(case, "mutex_flat_map/2", "tallymark/2"), 5)
    least("import/in_order: sqlite3", m.faster("import/in_order", "sqlite3"), 5)
    files = [m.counter(f"import/in_order/{name}", "file_bytes") for name in ("tallymark", "sqlite3")]
    most("import/in_order: the file against sqlite3", files[0] / files[1], 0.05, "×")
    least("import/irregular: sqlite3", m.faster("import/irregular", "sqlite3"), 1.5)
    most("import/in_order: memory", m.counter("import/in_order/tallymark", "peak_bytes") / 10**6, 200, "MB")
    most("journal/append: a million units", m.time("journal/append/tallymark") / 10**6, 5, "ms")
    most("journal/open: 1e9 in runs", m.time("journal/open/runs") / 10**6, 50, "ms")
    most("journal/open: 2 million irregular ones", m.time("journal/open/irregular") / 10**6, 2000, "ms")
    for name, shape in SHAPES.items():
        claim, _, find, bulk_find, size = m.shape(name)
        least(f"shape/{name}/claim: flat_map", claim, shape.claim)
        least(f"shape/{name}/find: flat_map", find, shape.find)
        least(f"shape/{name}/find: flat_map, bulk", bulk_find, shape.bulk_find)
        most(f"shape/{name}: bytes, against flat_map", 1 / size, shape.bytes, "×")
    for case, limit in (("claim", SHAPES["many_parts"].claim), ("find", SHAPES["many_parts"].find)):
        least(f"shape/many_parts/{case}: flat_map_part_ids",
              m.faster(f"shape/many_parts/{case}", "flat_map_part_ids", "tallymark_part_ids"), limit)
    most("shape/many_parts: bytes, against flat_map_part_ids",
         m.bytes("shape/many_parts/claim/tallymark_part_ids") / m.bytes("shape/many_parts/claim/flat_map_part_ids"),
         SHAPES["many_parts"].bytes, "×")
    for other in ("fmt", "put_time"):
        least(f"batch/pattern: {other}", m.faster("batch/pattern", other), 1)
    return out


def met(target):
    if math.isnan(target.value):
        return False
    return target.value >= target.limit if target.sign == "≥" else target.value <= target.limit


def shown(value):
    if math.isnan(value):
        return "missing"
    if value == 0 or abs(value) < 0.001:
        return f"{value:.1g}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def target_rows(runs):
    """Rows of texts: what is measured, the limit, the value in each run, and whether all of them meet it."""
    rows = []
    for of_runs in zip(*map(targets, runs)):
        first = of_runs[0]
        values = [shown(target.value) for target in of_runs]
        verdict = "PASS" if all(map(met, of_runs)) else "missed"
        rows.append([first.what, f"{first.sign} {first.limit:g} {first.unit}".rstrip(), *values, verdict])
    return rows


def print_targets(runs):
    rows = target_rows(runs)
    titles = ["", "target"] + (["measured"] if len(runs) == 1 else [f"run {i + 1}" for i in range(len(runs))]) + [""]
    widths = [max(len(row[i]) for row in rows + [titles]) for i in range(len(titles))]
    for row in [titles] + rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:])]
        print("  ".join([row[0].ljust(widths[0]), *cells, row[-1]]).rstrip())
    missed = sum(row[-1] != "PASS" for row in rows)
    print(f"\n{len(rows) - missed} of {len(rows)} targets are met" + (" in every run" if len(runs) > 1 else ""))
    return 1 if missed else 0


# ---- the page and the plots ------------------------------------------------------------------------------------------


def first_line(*command):
    try:
        process = subprocess.run(command, capture_output=True, text=True, check=True)
        return process.stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return ""


def machine(measured, build):
    """Pairs of texts that describe the machine and the build."""
    cache = {}
    for line in (pathlib.Path(build) / "CMakeCache.txt").read_text(encoding="utf-8").splitlines():
        found = re.match(r"([A-Za-z_]+):[A-Z]+=(.*)", line)
        if found:
            cache[found[1]] = found[2]
    processor = memory = ""
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            processor = line.split(":", 1)[1].strip()
    for line in pathlib.Path("/proc/meminfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("MemTotal"):
            memory = f"{int(line.split()[1]) / 2**20:.0f} GiB"
    context = measured.context
    caches = ", ".join(f"L{each['level']} {each['size'] // 1024} KiB"
                       for each in context["caches"] if each["type"] != "Instruction")
    flags = " ".join(f"{cache.get('CMAKE_CXX_FLAGS', '')} {cache.get('CMAKE_CXX_FLAGS_RELEASE', '')}".split())
    packages = []
    for name, package in (("Boost", "libboost1.83-dev"), ("Abseil", "libabsl-dev"), ("CRoaring", "libroaring-dev"),
                          ("fmt", "libfmt-dev"), ("SQLite", "libsqlite3-dev"), ("Google Benchmark", "libbenchmark-dev")):
        version = first_line("dpkg-query", "-W", "-f", "${Version}", package)
        if version:
            packages.append(f"{name} {re.match(r'[0-9.]+', version)[0].rstrip('.')}")
    return [
        ("processor", f"{processor}, {context['num_cpus']} cores at {context['mhz_per_cpu'] / 1000:.2g} GHz"),
        ("caches", caches),
        ("memory", memory),
        ("system", f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"),
        ("compiler", first_line(cache.get("CMAKE_CXX_COMPILER", "c++"), "--version")),
        ("flags", f"-std=c++20 {flags}, no -march"),
        ("libraries", ", ".join(packages)),
        ("date", context["date"][:10]),
    ]


def rows_of(measured, case):
    """(competitor or competitor/size, median) of the rows of a case, in the order in which they are listed."""
    listed = [name for name in needed_rows(10**9) if name.startswith(case + "/") and name in measured.times]
    return [(name[len(case) + 1:], name) for name in listed]


def times_table(measured, case, title, per=1):
    rows = rows_of(measured, case)
    if not rows:
        return []
    ours = next((measured.times[name] for short, name in rows if short == "tallymark"), None)
    lines = [f"### {case}", "", title, ""]
    lines += ["| | median, ns | least – most |" + (" against `tallymark` |" if ours else ""),
              "| --- | ---: | ---: |" + (" ---: |" if ours else "")]
    for short, name in rows:
        least, most = measured.spread[name]
        line = f"| {short} | {shown(measured.times[name] / per)} | {shown(least / per)} – {shown(most / per)} |"
        lines.append(line + (f" {shown(measured.times[name] / ours)} × |" if ours else ""))
    return lines + [""]


GENERATED = "<!-- written by benchmarks/run: do not edit -->"
PICTURES = [
    ("generate", "Writing a million serial numbers"),
    ("claim", "Claiming texts that come one by one"),
    ("lookup", "Whose is this serial number?"),
    ("shapes", "Shapes of data: how many times as fast as a flat map of strings"),
    ("memory", "Memory"),
    ("length", "What does not grow with the length of a run"),
    ("concurrent", "One thread, and two"),
    ("import", "CSV to a durable database"),
    ("batch", "A batch code"),
]


def write_page(folder, runs, where):
    m = runs[-1]
    lines = [GENERATED, "", "# Results", "",
             f"{m.size:,} serial numbers, unless stated otherwise. Medians of {m.repetitions} repetitions, rows "
             "interleaved at random, all in one process. What the rows are and how they are measured: "
             "[benchmarks](README.md).", "", "| | |", "| --- | --- |"]
    lines += [f"| {key} | {value} |" for key, value in where if value]
    titles = ["measured"] if len(runs) == 1 else [f"run {i + 1}" for i in range(len(runs))]
    lines += ["", "## Targets", "",
              "A competitor's name means its time divided by ours (that of `tallymark_bulk` in rows with 'bulk').", "",
              "| | target | " + " | ".join(titles) + " | |", "| --- | ---: |" + " ---: |" * len(titles) + " --- |"]
    lines += ["| " + " | ".join(row) + " |" for row in target_rows(runs)]
    lines += ["", "## All rows", "", "Nanoseconds per serial number, unless stated otherwise.", ""]
    for group, title in PICTURES:
        if (folder / f"{group}.svg").exists():
            lines += [f"![{title}]({group}.svg)", ""]
        if group == "generate":
            for case, what in (("sequential", "`SN-` and nine digits, 1 million of them, into a buffer."),
                               ("alphabet", "Six symbols in base 33, 1 million of them."),
                               ("separated", "`SN-` and nine digits, each followed by a newline, 1 million of them.")):
                lines += times_table(m, f"generate/{case}", what, per=10**6)
            for scheme, what in (("checked/luhn", "Twelve digits and a Luhn digit."),
                                 ("checked/mod37_2", "Twelve digits and letters, and a check character of ISO/IEC 7064 mod 37-2."),
                                 ("checked/damm", "Twelve digits and a Damm digit."),
                                 ("scrambled", "Twelve symbols in base 32, by the Feistel network."),
                                 ("ff1", "Twelve symbols in base 32, by NIST FF1."),
                                 ("uuidv7", "36 characters.")):
                lines += times_table(m, f"generate/{scheme}", what, per=10**5 if scheme == "ff1" else 10**6)
            lines += times_table(m, "generate/short", "Only a hundred of them.", per=100)
            lines += times_table(m, "generate/blocks", "A million, 64 KB at a time.", per=10**6)
        elif group == "claim":
            for order in ORDERS:
                lines += times_table(m, f"claim/single_{order}", "Claimed one by one.")
        elif group == "lookup":
            for order in ORDERS:
                lines += times_table(m, f"lookup/text_{order}_claims", "Looked up in random order; half of them are not found.")
            lines += times_table(m, "lookup/scrambled", "A billion unguessable serial numbers in one run, looked up in random order.")
        elif group == "shapes":
            lines += shape_tables(m)
        elif group == "memory":
            for order in ORDERS:
                rows = rows_of(m, f"memory/{order}")
                ours = m.bytes(f"memory/{order}/tallymark")
                lines += [f"### memory/{order}", "", "| | bytes per serial number | against `tallymark` |"]
                lines += ["| --- | ---: | ---: |"]
                lines += [f"| {short} | {shown(m.bytes(name))} | {shown(m.bytes(name) / ours)} × |"
                          for short, name in rows] + [""]
            lines += ["### memory/run", "", "| length of the run | bytes of its claim |", "| ---: | ---: |"]
            lines += [f"| {int(short.split('/')[1]):,} | {shown(m.bytes(name))} |"
                      for short, name in rows_of(m, "memory/run")] + [""]
        elif group == "length":
            lines += times_table(m, "claim/run", "One claim of a run of this length, compared with inserting all its numbers into a set.")
            lines += times_table(m, "lookup/growth", "Claimed as 1,000 runs, looked up in random order; all are found.")
            lines += times_table(m, "expand/range", "The whole range, `1-1000` to `1-1000000`.")
        elif group == "concurrent":
            for case, what in (("claim", "Claimed in random order, by one thread and by two. Real time for one claim."),
                               ("claim_in_order", "The same in order: two threads take every other one."),
                               ("lookup", "Looked up in random order; half of them are not found.")):
                lines += times_table(m, f"concurrent/{case}", what)
        elif group == "import":
            lines += journal_tables(m)
        else:
            lines += times_table(m, "batch/pattern", "One code, `2026-11-23`.")
    lines += index_tables(m)
    (folder / "results.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def measured_shapes(m):
    """The names of the shapes that were measured, and what each is; the user's file is one of them."""
    named = {name: shape.what for name, shape in SHAPES.items()} | {"file": "the serial numbers of a file"}
    return {name: what for name, what in named.items() if f"shape/{name}/claim/tallymark" in m.times}


def ratio(value):
    """A ratio that is better when it is greater; a loss is bold."""
    return f"**{shown(value)}**" if value < 1 else shown(value)


def shape_tables(m):
    """Each shape against flat_map in one table, then all competitors of each."""
    named = measured_shapes(m)
    if not named:
        return []
    lines = ["### shape", "", f"{max(m.size // 5, 1000):,} serial numbers of each shape. What `flat_map` takes, divided by what "
             "`tallymark` takes; below 1, which is bold, `flat_map` is better.", "",
             "| | | claim | in bulk | find | in bulk | bytes |", "| --- | --- |" + " ---: |" * 5]
    lines += [f"| {name} | {what} | " + " | ".join(map(ratio, m.shape(name))) + " |" for name, what in named.items()] + [""]
    for name, what in named.items():
        lines += [f"### shape/{name}", "", f"{what[0].upper()}{what[1:]}.", "",
                  "| | ns per claim | ns per lookup | bytes per serial number |", "| --- | ---: | ---: | ---: |"]
        for competitor in USUAL + OF_PARTS + ["flat_map_integer"]:
            claim, find = (f"shape/{name}/{case}/{competitor}" for case in ("claim", "find"))
            if claim in m.times:
                lines.append(f"| {competitor} | {shown(m.time(claim))} | {shown(m.time(find))} | {shown(m.bytes(claim))} |")
        lines.append("")
    return lines


def journal_tables(m):
    """Imports with their files, and the cost of a journal."""
    lines = []
    for kind, rows, what in (("in_order", m.size, "one after the other"), ("irregular", m.size // 5, "of random characters")):
        lines += times_table(m, f"import/{kind}", f"A row, of {rows:,} with a serial number each, {what}.")
        named = rows_of(m, f"import/{kind}")
        if named:
            lines += ["| | file, MB | peak memory, MB |", "| --- | ---: | ---: |"]
            lines += [f"| {short} | {shown(m.counter(name, 'file_bytes') / 10**6)} | "
                      f"{shown(m.counter(name, 'peak_bytes') / 10**6)} |" for short, name in named] + [""]
    lines += ["### journal", "", "| | median, ms | least – most |", "| --- | ---: | ---: |"]
    for name, what in (("append/tallymark", "a million units serialized, and on disk"),
                       ("open/runs", f"open: {m.size * 100:,} serial numbers in 1,000 runs"),
                       ("open/irregular", f"open: {m.size // 5:,} irregular ones")):
        if f"journal/{name}" in m.times:
            least, most = m.spread[f"journal/{name}"]
            lines.append(f"| {what} | {shown(m.time(f'journal/{name}') / 10**6)} | "
                         f"{shown(least / 10**6)} – {shown(most / 10**6)} |")
    return lines + [""]


def index_tables(m):
    """The cost of each index for each kind of data."""
    indices = [name for name in INDICES if f"index/in_order/{name}" in m.times]
    lines = ["## Which index", "", f"{max(m.size // 20, 1000):,} serial numbers of 18 digits, claimed one by one, then "
             "looked up in random order; all are found."]
    for title, value in (("ns per claim", lambda row: m.time(f"index/{row}")),
                         ("ns per lookup", lambda row: m.counters.get((f"index/{row}", "ns_per_lookup"), math.nan)),
                         ("bytes per serial number", lambda row: m.bytes(f"index/{row}"))):
        lines += ["", f"| {title} | " + " | ".join(indices) + " |", "| --- |" + " ---: |" * len(indices)]
        for spread, what in SPREADS.items():
            lines.append(f"| {what} | " + " | ".join(shown(value(f"{spread}/{name}")) for name in indices) + " |")
    return lines + [""]


def bars(title, unit, named):
    """A panel of horizontal bars, the first at the top. Ours are blue."""
    named = [(name, value) for name, value in named if value and not math.isnan(value)]
    if not named:
        return ""
    count = len(named)
    values = [value for _, value in named]
    least, most = 10 ** math.floor(math.log10(min(values) * 0.7)), max(values) * 8
    data = "\n".join(f'"{name}" {value:.6g} {count - i} {1 if name.startswith("tallymark") else 2} "{shown(value)}"'
                     for i, (name, value) in enumerate(named))
    return f"""
$data << EOD
{data}
EOD
set title "{title}" font ",13"
set xlabel "{unit}" offset 0,0.4
set logscale x
set xtics {100 if most / least > 1e6 else 10}
set xrange [{least:g}:{most:g}]
set yrange [0.4:{count + 0.6}]
plot $data using 2:3:({least:g}):2:($3-0.36):($3+0.36):4:ytic(1) \\
       with boxxyerror fillstyle solid noborder linecolor variable, \\
     $data using 2:3:5 with labels left offset 0.6,0 font ",11"
unset logscale x
"""


def ratio_bars(title, named):
    """A panel of horizontal bars that begin at 1: to the right and blue where we are better, else to the left and red."""
    named = [(name, value) for name, value in named if not math.isnan(value)]
    if not named:
        return ""
    count = len(named)
    values = [value for _, value in named] + [1]
    least, most = min(values) / 2.5, max(values) * 2.5
    data = "\n".join(f'"{name}" {value:.6g} {count - i} {1 if value >= 1 else 3} "{shown(value)} ×" {max(value, 1):.6g}'
                     for i, (name, value) in enumerate(named))
    tics = ", ".join(f"{tic:g}" for n in range(-3, 4) for tic in (10**n, 3 * 10**n) if least <= tic <= most)
    return f"""
$data << EOD
{data}
EOD
set title "{title}" font ",13"
set xlabel "times as fast" offset 0,0.4
set logscale x
set xtics ({tics})
set xrange [{least:g}:{most:g}]
set yrange [0.4:{count + 0.6}]
set arrow 1 from 1,graph 0 to 1,graph 1 nohead linewidth 1.5 linecolor rgb "#202428" front
plot $data using (1):3:(1):2:($3-0.36):($3+0.36):4:ytic(1) \\
       with boxxyerror fillstyle solid noborder linecolor variable, \\
     $data using 6:3:5 with labels left offset 0.6,0 font ",11"
unset arrow 1
unset logscale x
"""


def lines_panel(title, xlabel, series):
    """Nanoseconds against a size, on logarithmic axes."""
    series = [(name, points) for name, points in series if points]
    if not series:
        return ""
    blocks, plots = [], []
    for i, (name, points) in enumerate(series):
        blocks.append(f"$line{i} << EOD\n" + "\n".join(f"{x} {y:.6g}" for x, y in points) + "\nEOD")
        colour = 1 if name.startswith("tallymark") else 2
        plots.append(f"$line{i} using 1:2 with linespoints linewidth 2 pointtype 7 pointsize 0.6 linecolor {colour}"
                     f'{" dashtype 2" if i else ""} title "{name}"')

    def axis(name, values, room):
        first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + room)
        step = 1 if last - first < 8 else 2
        tics = ", ".join(f'"1e{n}" 1e{n}' for n in range(first, last + 1, step))
        return f"set {name}range [0.9e{first}:1.1e{last}]\nset {name}tics ({tics})\n"

    return "\n".join(blocks) + f"""
set title "{title}" font ",13"
set xlabel "{xlabel}" offset 0,0.4
set ylabel "ns" offset 1,0
set logscale xy
{axis("x", [x for _, points in series for x, _ in points], 0)}
{axis("y", [y for _, points in series for _, y in points], 0.5)}
set key top left
plot {", ".join(plots)}
unset logscale xy
unset ylabel
unset key
"""


def panels(m, group):
    def times(case, per=1):
        return [(short, m.times[name] / per) for short, name in rows_of(m, case)]

    def points(case, name):
        rows = [(short.split("/"), m.times[row]) for short, row in rows_of(m, case)]
        return [(int(size), time) for (who, size), time in rows if who == name]

    if group == "generate":
        return [bars(title, "ns per serial number", times(f"generate/{case}", 10**6))
                for case, title in (("sequential", "12 bytes: SN- and nine digits"),
                                    ("alphabet", "six symbols in base 33"),
                                    ("separated", "SN- and nine digits, a newline"))]
    if group in ("claim", "lookup"):
        name = "claim/single_{}" if group == "claim" else "lookup/text_{}_claims"
        return [bars(title, "ns per text", times(name.format(order)))
                for order, title in zip(ORDERS, ("claimed in order", "claimed in random order"))]
    if group == "shapes":
        return [ratio_bars(title, [(name, m.shape(name)[column]) for name in measured_shapes(m)])
                for title, column in (("claim", 0), ("find, half of them miss", 2), ("find in bulk", 3))]
    if group == "memory":
        return [bars(title, "bytes per serial number",
                     [(short, m.bytes(name)) for short, name in rows_of(m, f"memory/{order}")])
                for order, title in zip(ORDERS, ("claimed in order", "claimed in random order"))]
    if group == "length":
        return [lines_panel(title, xlabel, [(name, points(case, name)) for name in names])
                for title, xlabel, case, names in (
                    ("claim of a run", "length of the run", "claim/run", ("tallymark", "flat_set_integer")),
                    ("lookup of a text", "serial numbers claimed as runs", "lookup/growth", ("tallymark",)),
                    ("expressions, 1-1000 to 1-1000000", "length of the range", "expand/range",
                     ("tallymark_runs", "tallymark_text")))]
    if group == "concurrent":
        return [bars(title, "ns, real time", [(short.replace("/1", ", 1 thread").replace("/2", ", 2 threads"), value)
                                   for short, value in times(f"concurrent/{case}")])
                for case, title in (("claim", "claims"), ("lookup", "lookups, half of them miss"))]
    if group == "import":
        return [bars(title, "ns per row", times(f"import/{kind}"))
                for kind, title in (("in_order", "serial numbers in order"), ("irregular", "random ones"))]
    return [bars("{year}-{month:02}-{day:02} into a string", "ns", times("batch/pattern"))]


def draw(folder, m, where):
    facts = dict(where)
    caption = (f"{facts['processor']}, {facts['memory']} of memory; {facts['date']}",
               f"{facts['compiler']}, {facts['flags']}; medians of {m.repetitions} repetitions")
    for group, title in PICTURES:
        drawn = [panel for panel in panels(m, group) if panel]
        if not drawn:
            continue
        left = {"length": 70, "concurrent": 225}.get(group, 130)
        bottom, top, height = 100, 70, 250 if group == "batch" else 370
        width = (left + 310) * len(drawn) + 20 if len(drawn) > 1 else 720
        script = ""
        for terminal, end in ((f'svg size {width},{height} font "sans,12" background "white"', "svg"),
                              (f'pngcairo size {width},{height} font "sans,10" background "white"', "png")):
            script += f"""
reset
set encoding utf8
set terminal {terminal} noenhanced
set output "{folder / f'{group}.{end}'}"
set linetype 1 linecolor rgb "#1f6fb4"
set linetype 2 linecolor rgb "#a9adb3"
set linetype 3 linecolor rgb "#c8453b"
set style line 9 linecolor rgb "#e3e5e8" linewidth 1
set grid xtics linestyle 9
set border 3 linecolor rgb "#8a8f96"
set tics nomirror scale 0.5 textcolor rgb "#202428"
set format x "%g"
unset key
set label 98 "{caption[0]}" at screen 0.5,{28 / height} center font ",9" textcolor rgb "#6a6f76"
set label 99 "{caption[1]}" at screen 0.5,{12 / height} center font ",9" textcolor rgb "#6a6f76"
set multiplot layout 1,{len(drawn)} title "{title}" font ",15" \\
  margins {left / width},{1 - 20 / width},{bottom / height},{1 - top / height} spacing {(left + 10) / width},0
"""
            for panel in drawn:
                script += panel + "unset label 98\nunset label 99\n"
            script += "unset multiplot\nunset output\n"
        with tempfile.TemporaryDirectory() as scripts:
            path = pathlib.Path(scripts) / "plot"
            path.write_text(script, encoding="utf-8")
            subprocess.run(["gnuplot", path], check=True)


# ---- commands --------------------------------------------------------------------------------------------------------


def smoke(program):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.json")
        environment = dict(os.environ, TALLYMARK_BENCH_SIZE="20000")
        command = [program, "--benchmark_repetitions=1", "--benchmark_min_time=0.0001", f"--benchmark_out={out}",
                   "--benchmark_out_format=json"]
        process = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        if process.returncode != 0:
            print(f"the program exited with {process.returncode}", file=sys.stderr)
            return 1
        return check(Measured(out))


def main(arguments):
    match arguments:
        case ["smoke", program]:
            return smoke(program)
        case ["check", path]:
            return check(Measured(path))
        case ["targets", first, *more]:
            return print_targets([Measured(path) for path in [first, *more]])
        case ["write", folder, build, first, *more]:
            runs = [Measured(path) for path in [first, *more]]
            where = machine(runs[-1], build)
            draw(pathlib.Path(folder), runs[-1], where)
            write_page(pathlib.Path(folder), runs, where)
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
