"""QuTiP: sesolve on the dense Hamiltonian of the Fourier grid, a general solver's hardest case."""

import numpy as np
import qutip
from _protocol import read, serve, timed


def accuracy(request):
    n, length = request["shape"][0], request["length"]
    x = (np.arange(n) / n - 0.5) * length
    k = 2 * np.pi * np.fft.fftfreq(n, length / n)
    kinetic = np.fft.ifft(0.5 * k[:, None] ** 2 * np.fft.fft(np.eye(n), axis=0), axis=0)
    H = qutip.Qobj((kinetic + kinetic.conj().T) / 2 + np.diag(x**2 / 2 + 0.05 * x**4))
    psi0 = qutip.Qobj(read(request, "psi", False)[:, None])
    reference = read(request, "reference", False)

    def evolve(tolerance):
        options = {"method": "dop853", "atol": tolerance, "rtol": tolerance, "nsteps": 100000, "progress_bar": ""}
        options.update({"store_final_state": True, "store_states": False, "normalize_output": False})
        return qutip.sesolve(H, psi0, [0, 1], options=options).final_state.full().ravel()

    tolerance = 1e-8
    while np.linalg.norm(evolve(tolerance) - reference) > request["tolerance"]:
        tolerance /= 2
    return timed(lambda: evolve(tolerance))


serve(
    {
        "name": "QuTiP",
        "version": qutip.__version__,
        "language": "Python",
        "work": {"accuracy": [{"name": "sesolve dop853", "threads": 2}]},
    },
    accuracy,
)
