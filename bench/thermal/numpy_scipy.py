"""NumPy and SciPy as a rival of `npm run bench:thermal`: one function an item of items.mjs, as its users would write it."""

import os
import sys

import numpy as np
import scipy
from scipy.linalg import eigh

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "candidates"))
from _protocol import serve, timed  # noqa: E402


def V1(x):
    return (x * x - 4) ** 2 / 8


def curves(levels, T):
    """F, U, S and C of levels at temperatures, energies from the lowest."""
    e = levels - levels[0]
    w = np.exp(-e[None, :] / T[:, None])
    Z = w.sum(axis=1)
    mean = (w @ e) / Z
    variance = (w * (e[None, :] - mean[:, None]) ** 2).sum(axis=1) / Z
    F = levels[0] - T * np.log(Z)
    return np.concatenate([F, levels[0] + mean, mean / T + np.log(Z), variance / T**2])


def levels(given):
    E, T = np.array(given["levels"]), np.array(given["temperatures"])
    return lambda: curves(E, T)


def sinc(n, length):
    """-1/2 d2/dx2 + V1 in a sinc basis (Colbert and Miller, J. Chem. Phys. 96, 1982, 1992)."""
    h = length / n
    j = np.arange(n)
    d = j[:, None] - j[None, :]
    with np.errstate(divide="ignore"):
        H = np.where(d % 2 == 0, 1.0, -1.0) / (h * d) ** 2
    np.fill_diagonal(H, np.pi**2 / (6 * h * h) + V1((j + 0.5) * h - length / 2))
    return H


def oscillator(n, omega):
    """The same in n oscillator functions: x is tridiagonal, and one more power needs one more function."""
    m = n + 4
    x = np.zeros((m, m))
    k = np.arange(1, m)
    x[k, k - 1] = x[k - 1, k] = np.sqrt(k / (2 * omega))
    square = x @ x
    H = square @ square / 8 - (1 + omega**2 / 2) * square + 2 * np.eye(m)
    H[np.arange(m), np.arange(m)] += omega * (np.arange(m) + 0.5)
    return H[:n, :n]


def curve_doubled(given):
    """Without knowledge of the answer: the box where V1 is 30 T above the ground level, n doubled until F stands still."""
    T, tolerance = np.array(given["temperatures"]), given["tolerance"]

    def work():
        half = 2.0
        while V1(half) < 30 * T.max():
            half += 0.5
        n, last = 32, None
        while True:
            found = curves(eigh(sinc(n, 2 * half), eigvals_only=True, check_finite=False), T)
            if last is not None and np.abs(found - last).max() <= tolerance:
                return found
            n, last = 2 * n, found

    return work


def curve_by(matrix, first, tries):
    """The smallest matrix, of the shapes tried, whose curves have the item's error; the search is not timed."""

    def prepare(given):
        T, expected = np.array(given["temperatures"]), np.array(given["expected"])

        def work(n, shape):
            return curves(eigh(matrix(n, shape), eigvals_only=True, check_finite=False), T)

        for n in range(first, 400, 4):
            for shape in tries:
                if np.abs(work(n, shape) - expected).max() <= given["tolerance"]:
                    return lambda: work(n, shape)
        raise ValueError("no matrix of up to 400 rows has this error")

    return prepare


def langevin(given):
    n, steps, D, h = (given[k] for k in ("particles", "steps", "D", "step"))
    rng = np.random.default_rng(1)

    def work():
        x = rng.standard_normal(n)
        for _ in range(steps):
            x += h * (x - x**3) + np.sqrt(2 * D * h) * rng.standard_normal(n)
        return np.array([x.var()])

    return work


def reverse(given):
    n, steps = given["particles"], given["steps"]
    p, m, v = (np.array(given[k])[:, None] for k in ("weights", "means", "variances"))
    rng = np.random.default_rng(1)

    def work():
        x = rng.standard_normal(n)
        dt = 1 / steps
        for k in range(steps):
            t = 1 - k * dt
            beta = 0.1 + 19.9 * t
            a = np.exp(-0.5 * (0.1 * t + 9.95 * t * t))
            var = a * a * v + 1 - a * a
            r = p * np.exp(-((x - a * m) ** 2) / (2 * var)) / np.sqrt(var)
            score = (r * (a * m - x) / var).sum(axis=0) / r.sum(axis=0)
            x += (0.5 * beta * x + beta * score) * dt + np.sqrt(beta * dt) * rng.standard_normal(n)
        return np.array([x.mean(), x.var()])

    return work


WORKS = {
    "levels": {"": levels},
    "curve": {
        "sinc basis, doubled until it stands still": curve_doubled,
        "sinc basis, tuned to the known answer": curve_by(sinc, 60, (12.0, 13.0, 14.0, 15.0, 16.0)),
        "oscillator functions, tuned to the known answer": curve_by(oscillator, 60, (2.0, 2.5, 3.0, 3.5, 4.0)),
    },
    "langevin": {"": langevin},
    "reverse": {"": reverse},
}

serve(
    {
        "name": "NumPy, SciPy",
        "version": f"{np.__version__}, {scipy.__version__}",
        "language": "Python",
        "work": {
            name: [{"name": variant, "threads": 1, "env": {"OPENBLAS_NUM_THREADS": "1"}} for variant in ways]
            for name, ways in WORKS.items()
        },
    },
    lambda request: timed(WORKS[request["work"]][request["variant"]](request["input"])),
)
