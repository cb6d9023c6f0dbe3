"""NumPy: its own FFT (pocketfft), and LAPACK's dense eigenvalues for the thermodynamic curve."""

import numpy as np
from _protocol import serve, strang_tables, timed
from _wells import sinc_matrix, V1


def strang(request):
    psi0, half, whole, kinetic = strang_tables(request)
    real, steps = request["real"], request["steps"]
    shape = psi0.shape
    forward = np.fft.rfftn if real else np.fft.fftn
    axes = tuple(range(len(shape)))

    def inverse(modes):
        return np.fft.irfftn(modes, shape, axes) if real else np.fft.ifftn(modes)

    def work():
        psi = psi0 * half
        for step in range(steps):
            modes = forward(psi)
            modes *= kinetic
            psi = inverse(modes)
            psi *= half if step == steps - 1 else whole
        return psi

    return timed(work)


def curve(levels, temperatures):
    """F, U, S and C at each temperature."""
    T = temperatures[:, None]
    above = levels - levels[0]
    weights = np.exp(-above / T)
    Z = weights.sum(1)
    mean = (weights * above).sum(1) / Z
    variance = (weights * (above - mean[:, None]) ** 2).sum(1) / Z
    F = levels[0] - temperatures * np.log(Z)
    return F, levels[0] + mean, mean / temperatures + np.log(Z), variance / temperatures**2


def thermal(request):
    n, length = request["shape"][0], request["length"]
    temperatures = np.array(request["temperatures"])
    return timed(lambda: curve(np.linalg.eigvalsh(sinc_matrix(n, length, V1)), temperatures)[0])


serve(
    {
        "name": "NumPy",
        "version": np.__version__,
        "language": "Python",
        "work": {
            "strang": [{"name": "", "threads": 1}],
            "thermal": [{"name": "dense sinc basis", "threads": 1, "env": {"OPENBLAS_NUM_THREADS": "1"}}],
        },
    },
    lambda request: {"strang": strang, "thermal": thermal}[request["work"]](request),
)
