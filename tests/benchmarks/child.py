"""Runs one function in a fresh process and tells what it took: time, processor time and peak memory."""

import importlib
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SAMPLE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Took:
    """`seconds` and `cpu` (worker processes included) are of the function alone, without the interpreter's start.

    `memory` and `workers` are the peak resident bytes of the process and the sum of those of its children.
    """

    seconds: float
    cpu: float
    memory: int
    workers: int
    answer: Any


def run(function: str, *arguments: Any) -> Took:
    """Call `module:function` with plain arguments in a process of its own."""
    peaks: dict[int, int] = {}
    # Into a file: nobody reads while the memory is watched, and a pipe would fill up.
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.child", function, json.dumps(arguments)],
            stdout=printed,
            env=os.environ | {"PYTHONFAULTHANDLER": "1"},
        )
        while process.poll() is None:
            for pid in (process.pid, *children(process.pid)):
                peaks[pid] = max(peaks.get(pid, 0), _peak(pid))
            time.sleep(_SAMPLE_SECONDS)
        printed.seek(0)
        output = printed.read()
    if process.returncode:
        raise SystemExit(f"{function} ended with {process.returncode}")
    seconds, cpu, answer = json.loads(output.splitlines()[-1])
    memory = peaks.pop(process.pid, 0)
    return Took(seconds, cpu, memory, sum(peaks.values()), answer)


def children(pid: int) -> list[int]:
    """Those that are running."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, listed.read_text().split())
        except OSError:
            continue
    return found


def _peak(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    lines = (line.split() for line in status.splitlines())
    return next((int(line[1]) * 1024 for line in lines if line[0] == "VmHWM:"), 0)


def _cpu() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _main(name: str, arguments: list[Any]) -> None:
    module, function = name.split(":")
    called = getattr(importlib.import_module(module), function)
    cpu, started = _cpu(), time.perf_counter()
    answer = called(*arguments)
    seconds = time.perf_counter() - started
    # A worker's processor time is known when it has ended.
    for worker in multiprocessing.active_children():
        worker.join()
    sys.stdout.flush()
    print("\n" + json.dumps((seconds, _cpu() - cpu, answer)))


if __name__ == "__main__":
    _main(sys.argv[1], json.loads(sys.argv[2]))
