"""SciPy: its FFT with one and two workers, and the ways to levels that a user of SciPy would take."""

import numpy as np
import scipy
import scipy.fft as fft
from _protocol import read, serve, steps_for, strang_tables, timed
from _wells import V1, on_grid, sinc_matrix
from scipy.linalg import eigh, eigh_tridiagonal
from scipy.sparse.linalg import LinearOperator, eigsh


def strang(request):
    psi0, half, whole, kinetic = strang_tables(request)
    real, steps, workers = request["real"], request["steps"], request["threads"]
    shape = psi0.shape

    def work():
        psi = psi0 * half
        for step in range(steps):
            if real:
                modes = fft.rfftn(psi, workers=workers, overwrite_x=True)
                modes *= kinetic
                psi = fft.irfftn(modes, shape, workers=workers, overwrite_x=True)
            else:
                modes = fft.fftn(psi, workers=workers, overwrite_x=True)
                modes *= kinetic
                psi = fft.ifftn(modes, workers=workers, overwrite_x=True)
            psi *= half if step == steps - 1 else whole
        return psi

    return timed(work)


def accuracy(request):
    n, length = request["shape"][0], request["length"]
    x = (np.arange(n) / n - 0.5) * length
    k = 2 * np.pi * np.fft.fftfreq(n, length / n)
    V = x**2 / 2 + 0.05 * x**4
    psi0, reference = read(request, "psi", False), read(request, "reference", False)

    def tables(steps):
        dt = 1 / steps
        return steps, np.exp(-0.5j * dt * V), np.exp(-1j * dt * V), np.exp(-0.5j * dt * k * k)

    def evolve(steps, half, whole, kinetic):
        psi = psi0 * half
        for step in range(steps):
            psi = fft.fft(psi, overwrite_x=True)
            psi *= kinetic
            psi = fft.ifft(psi, overwrite_x=True)
            psi *= half if step == steps - 1 else whole
        return psi

    error = lambda steps: np.linalg.norm(evolve(*tables(steps)) - reference)
    chosen = tables(steps_for(request["tolerance"], error, 2000, 2))
    return timed(lambda: evolve(*chosen))


class Well:
    """H = k^2/2 + V on the request's ring or torus, applied to real fields by rfftn."""

    def __init__(self, request):
        self.shape = request["shape"]
        self.V, self.slope = on_grid(self.shape, request["length"])
        waves = [2 * np.pi * np.fft.fftfreq(n, request["length"] / n) for n in self.shape]
        waves[-1] = waves[-1][: self.shape[-1] // 2 + 1]
        waves[-1] = np.abs(waves[-1])
        self.kinetic = sum(k**2 / 2 for k in np.ix_(*waves))

    def modes(self, table, psi):
        return fft.irfftn(fft.rfftn(psi) * table, self.shape)

    def energy(self, psi):
        return np.sum(psi * (self.modes(self.kinetic, psi) + self.V * psi)) / np.sum(psi * psi)

    def strang(self, dt):
        return np.exp(-dt * self.V), np.exp(-dt * self.kinetic)

    def chin(self, step):
        """exp(-step H) to fourth order (Chin, Phys. Lett. A 226, 344, 1997, algorithm A)."""
        outer = np.exp(-step / 6 * self.V)
        middle = np.exp(-2 * step / 3 * (self.V + step**2 / 48 * self.slope))
        T = np.exp(-step / 2 * self.kinetic)

        def apply(vector):
            psi = outer * vector.reshape(self.shape)
            psi = self.modes(T, middle * self.modes(T, psi))
            return (outer * psi).ravel()

        return apply


def imaginary_strang(request):
    """Relaxation from an even packet until the energy stands; the step leaves an error of O(dt^4) in it."""
    dt = 0.004

    def work():
        well = Well(request)
        V, T = well.strang(dt)
        psi = np.exp(-well.V / 4)
        energy = well.energy(psi)
        while True:
            for _ in range(100):
                psi = V * well.modes(T, psi)
            psi /= np.linalg.norm(psi)
            # Half a V each way makes the chain symmetric.
            before, energy = energy, well.energy(psi * np.exp(dt / 2 * well.V))
            if abs(energy - before) < 2e-12:
                return [energy]

    return timed(work)


def lanczos_chin(request, levels, step):
    size = int(np.prod(request["shape"]))

    def work():
        well = Well(request)
        apply = well.chin(step)
        operator = LinearOperator((size, size), matvec=apply, dtype=np.float64)
        start = np.exp(-well.V / 4) * (1 + 0.1 * np.sin(np.arange(size)).reshape(well.V.shape))
        _, vectors = eigsh(operator, levels, which="LA", v0=start.ravel(), tol=1e-8)
        # The propagator has H's own vectors up to O(step^4), so their energies err by O(step^8).
        return sorted(well.energy(v.reshape(request["shape"])) for v in vectors.T)

    return timed(work)


def sinc_levels(request, levels):
    n, length = request["shape"][0], request["length"]

    def work():
        return eigh(sinc_matrix(n, length, V1), subset_by_index=[0, levels - 1])[0]

    return timed(work)


def contracted(request, levels):
    """Products of the lowest states of V1 and of the oscillator in y, where xy couples them."""
    nx, ny = (14, 10) if levels == 1 else (24, 20)

    def work():
        n, length = 96, 18
        h = length / n
        x = (np.arange(n) + 0.5) * h - length / 2
        E, vectors = eigh(sinc_matrix(n, length, V1), subset_by_index=[0, nx - 1])
        X = vectors.T @ (x[:, None] * vectors)
        m = np.arange(ny)
        Y = np.diag(np.sqrt(m[1:] / 2), 1)
        H = np.diag((E[:, None] + m + 0.5).ravel()) + 0.1 * np.kron(X, Y + Y.T)
        return eigh(H, subset_by_index=[0, levels - 1])[0]

    return timed(work)


def tridiagonal(request, levels):
    n, length = 2048, 16
    h = length / (n + 1)
    x = np.arange(1, n + 1) * h - length / 2
    return timed(
        lambda: eigh_tridiagonal(
            1 / h**2 + V1(x), np.full(n - 1, -0.5 / h**2), select="i", select_range=(0, levels - 1)
        )[0]
    )


def prepare(request):
    work, variant, levels = request["work"], request["variant"], request["levels"] or 1
    plane = len(request["shape"]) == 2
    if work == "strang":
        return strang(request)
    if work == "accuracy":
        return accuracy(request)
    if variant == "Strang in imaginary time":
        return imaginary_strang(request)
    if variant == "Lanczos on Chin’s propagator":
        return lanczos_chin(request, levels, 0.14 if levels > 1 else 0.1)
    if variant == "dense sinc basis":
        return None if plane else sinc_levels(request | {"shape": [96], "length": 18}, levels)
    if variant == "contracted bases":
        return contracted(request, levels) if plane else None
    if variant == "differences, N = 2048":
        return None if plane else tridiagonal(request, levels)
    return None


ONE = {"OPENBLAS_NUM_THREADS": "1"}
DENSE = [
    {"name": name, "threads": 1, "env": ONE}
    for name in ("dense sinc basis", "contracted bases", "Lanczos on Chin’s propagator")
]
serve(
    {
        "name": "SciPy",
        "version": scipy.__version__,
        "language": "Python",
        "work": {
            "strang": [{"name": "1 worker", "threads": 1}, {"name": "2 workers", "threads": 2}],
            "accuracy": [{"name": "Strang", "threads": 1}],
            "ground": [*DENSE, {"name": "Strang in imaginary time", "threads": 1, "env": ONE}],
            "levels": [*DENSE, {"name": "differences, N = 2048", "threads": 1, "env": ONE}],
        },
    },
    prepare,
)
