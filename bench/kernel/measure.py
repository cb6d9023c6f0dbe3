"""All measurements: rounds in which the kernels take turns.

    python measure.py '{"kernels": ["psilab", …], "node": "…", "quick": false}'
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import latencies
import loads
import wire
from client import Kernel, KernelDied, NoAnswer
from findings import QUICK, Amounts, Failure, Run, say

# Seconds of a step from which on the next rounds leave it out.
LONG = 10
# Seconds for the conformance tests of one kernel.
PATIENCE = 120


def attempt(run, kernel, step, items):
    """Does one step; whether its kernel can go on."""
    try:
        step(run, kernel)
        return True
    except Failure as failure:
        words, alive = str(failure), True
    except KernelDied:
        words, alive = "the kernel dies", False
    except NoAnswer:
        words, alive = "no answer", False
    for item in items:
        run.failed(item, words)
    return alive


def one_kernel(run):
    """All steps of `latencies` in one kernel; in another one after a step that it did not survive."""
    kernel = Kernel(run.kernel)
    try:
        for step, items in latencies.STEPS:
            if attempt(run, kernel, step, items):
                continue
            kernel.stop()
            kernel = Kernel(run.kernel)
            attempt(run, kernel, latencies.connected, ())
    finally:
        kernel.stop()


def kernel_for(run, step, items):
    kernel = Kernel(run.kernel)
    try:
        if attempt(run, kernel, ready, items):
            attempt(run, kernel, step, items)
    finally:
        kernel.stop()


def ready(run, kernel):
    kernel.connect()
    kernel.run("1 + 1")


def introduce(run, kernel):
    reply, _ = kernel.request("kernel_info_request", {})
    version = f"{reply.content['implementation']} {reply.content['implementation_version']}"
    say(item="version", kernel=run.kernel, round=run.round, version=version)


def turns(kernels, round_):
    """The kernels, beginning with another one in each round."""
    first = round_ % len(kernels)
    return kernels[first:] + kernels[:first]


def conformance(name):
    here = Path(__file__).parent
    try:
        command = [sys.executable, here / "conformance.py", name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
        passed, whole = json.loads(done.stdout.splitlines()[-1])
        say(item="conformance", kernel=name, round=0, values=[passed / whole], whole=whole)
    except (subprocess.SubprocessError, ZeroDivisionError):
        say(item="conformance", kernel=name, round=0, failure="no end")


def main(kernels, node, quick):
    amounts = QUICK if quick else Amounts()
    # The first start also reads files from the disk; it is not timed.
    for name in kernels:
        kernel_for(Run(name, 0, amounts), introduce, ())
    for round_ in range(amounts.rounds):
        for name in turns(kernels, round_):
            one_kernel(Run(name, round_, amounts))
    long = set()
    for round_ in range(amounts.heavy_rounds):
        for step, items in loads.STEPS:
            for name in turns(kernels, round_):
                if (name, items) in long:
                    continue
                began = time.perf_counter()
                kernel_for(Run(name, round_, amounts), step, items)
                if time.perf_counter() - began > LONG:
                    long.add((name, items))
            if step is loads.loops:
                for item, seconds in loads.loops_in_a_script(node, amounts.turns):
                    say(item=item, kernel="node", round=round_, values=seconds)
            if step is loads.frames:
                say(item="frames", kernel="wire", round=round_, values=[wire.rate(amounts.frames)])
    if not quick:
        for name in kernels:
            conformance(name)


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
