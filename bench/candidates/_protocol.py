"""The candidate's side of the protocol (bench/README.md) for rivals in Python."""

import json
import os
import sys
import time

import numpy as np


def read(request, name, real):
    """A table of doubles, as complex numbers unless the item is real."""
    table = np.fromfile(os.path.join(request["folder"], name + ".f64"))
    return table if real else table.view(np.complex128)


def strang_tables(request):
    """psi, half, whole and kinetic on the grid; a real kinetic table holds the modes of rfftn."""
    real, shape = request["real"], request["shape"]
    psi, half, whole = (read(request, name, real).reshape(shape) for name in ("psi", "half", "whole"))
    kinetic = np.ones([1] * len(shape))
    for d, n in enumerate(shape):
        axis = read(request, f"k{d}", real)
        if real and d == len(shape) - 1:
            axis = axis[: n // 2 + 1]
        kinetic = kinetic * axis.reshape([-1 if e == d else 1 for e in range(len(shape))])
    return psi, half, whole, np.ascontiguousarray(kinetic)


def timed(work):
    """work and its seconds as an answer of `run`; work returns the result that `check` is about."""

    def run():
        begin = time.perf_counter()
        result = work()
        return time.perf_counter() - begin, result

    return run


def steps_for(tolerance, error_of, first, order):
    """Fewest steps, within a few per cent, whose error is below the tolerance."""
    n = first
    error = error_of(n)
    n = max(1, int(n * (error / tolerance) ** (1 / order)))
    while error_of(n) > tolerance:
        n = int(n * 1.03) + 1
    return n


def serve(describe, prepare):
    """Answers requests until the input ends. prepare(request) returns a function that returns (seconds, result)."""
    run, result = None, None
    for line in sys.stdin:
        request = json.loads(line)
        do = request["do"]
        answer = {}
        try:
            if do == "describe":
                answer = describe
            elif do == "prepare":
                begin = time.perf_counter()
                run = prepare(request)
                answer = {"seconds": time.perf_counter() - begin} if run else {"cannot": "no such work"}
            elif do == "run":
                seconds, result = run()
                answer = {"seconds": seconds}
            elif do == "check":
                values = np.asarray(result)
                if values.size > 4096 or request["field"]:
                    values.tofile(request["file"])
                    answer = {"field": True}
                else:
                    answer = {"numbers": values.ravel().tolist()}
        except Exception as error:
            answer = {"cannot": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
