"""Processes timed: wall time, processor time and peak memory, several times over, and how far the times lie apart."""

import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The clock of all runs: a day after the quarter that is briefed, so that the same sheets give the same work on any day.
TODAY = "1792022400"  # 2026-10-15


@dataclass
class Run:
    """What a process took."""

    wall: float  # seconds
    processor: float  # seconds, of all cores
    peak: int  # bytes; no less than the peak of the script that started it
    status: int


def run(command, folder=None, environment=None, accept=(0,)):
    """Runs a command to its end, its output to nowhere; an exit status that is not accepted ends the script."""
    surroundings = dict(os.environ, SOURCE_DATE_EPOCH=TODAY, **(environment or {}))
    command = [str(part) for part in command]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accept:
        sys.stderr.buffer.write(said)
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, process.returncode)


def median(values):
    return statistics.median(values)


def noise(values):
    """How far the values lie apart: the half of them that lies in the middle, as a share of their median; nothing of one value."""
    if len(values) < 2:
        return None
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    middle = median(values)
    return (high - low) / 2 / middle if middle else 0.0


def with_noise(values, form):
    """The median of values and their noise, as a text."""
    apart = noise(values)
    return form(median(values)) + ("" if apart is None else f" ± {100 * apart:.0f} %")


def milliseconds(seconds):
    return f"{1000 * seconds:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def number(value):
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"


def megabytes(size):
    return f"{size / 1e6:.1f} MB"


def kilobytes(size):
    return f"{size / 1e3:.1f} KB"


def version(command):
    """The first line of what a command says of its version; nothing if there is no such command."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return (said.stdout or said.stderr).strip().split("\n")[0]


def processor():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def machine():
    """The machine in a line, and how busy it was: a load above the number of its cores leaves times to doubt."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{processor()}, {cores} cores, {platform.system()} {platform.release()}; load {os.getloadavg()[0]:.1f} at the start"


def say(text):
    """Progress, for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def cargo(*arguments):
    subprocess.run(["cargo", *arguments], cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


def program(given):
    """The program to measure: the one given, or the release build, made now if need be."""
    if given:
        return given.resolve()
    cargo("build", "--release", "--locked")
    return target() / "release" / "brief"


def generator(given):
    """The program that writes synthetic sheets. A debug build does: it is not measured."""
    if given:
        return given.resolve()
    cargo("build", "--locked", "--example", "synthetic")
    return target() / "debug" / "examples" / "synthetic"


def sheets(generator, folder, count, *options):
    """A folder of synthetic sheets, written now if it is not there."""
    if not folder.is_dir():
        fresh = folder.with_name(folder.name + ".part")
        run([generator, count, "--out", fresh, *options])
        fresh.rename(folder)
    return folder
