"""pyFFTW: FFTW's own PATIENT plans in place, the products in NumPy."""

import os
import pickle

import numpy as np
import pyfftw
from _protocol import serve, strang_tables, timed


# Most seconds of a planner's search; on a busy machine one for two threads might not end.
SEARCH = 20


def wisdom_file(request):
    return os.path.join(request["cache"], "pyfftw.wisdom")


def strang(request):
    psi0, half, whole, kinetic = strang_tables(request)
    real, steps, threads = request["real"], request["steps"], request["threads"]
    axes = tuple(range(psi0.ndim))
    file = wisdom_file(request)
    if os.path.exists(file):
        with open(file, "rb") as stored:
            pyfftw.import_wisdom(pickle.load(stored))
    settings = {"axes": axes, "flags": ("FFTW_PATIENT",), "threads": threads, "planning_timelimit": SEARCH}
    modes = pyfftw.empty_aligned(kinetic.shape, np.complex128)
    field = pyfftw.empty_aligned(psi0.shape, np.float64) if real else modes
    forward = pyfftw.FFTW(field, modes, direction="FFTW_FORWARD", **settings)
    inverse = pyfftw.FFTW(modes, field, direction="FFTW_BACKWARD", normalise_idft=False, **settings)
    with open(file, "wb") as stored:
        pickle.dump(pyfftw.export_wisdom(), stored)
    scaled = kinetic / psi0.size

    def work():
        np.multiply(psi0, half, out=field)
        for step in range(steps):
            forward.execute()
            np.multiply(modes, scaled, out=modes)
            inverse.execute()
            np.multiply(field, half if step == steps - 1 else whole, out=field)
        return field

    return timed(work)


serve(
    {
        "name": "pyFFTW",
        "version": pyfftw.__version__,
        "language": "Python",
        "work": {"strang": [{"name": "1 thread", "threads": 1}, {"name": "2 threads", "threads": 2}]},
    },
    strang,
)
