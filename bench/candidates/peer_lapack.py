"""LAPACK's eigenvalues of a dense symmetric matrix (dsyevd of OpenBLAS, through NumPy)."""

import numpy as np
from _protocol import read, serve, timed


def dense(request):
    n = request["shape"][0]
    matrix = read(request, "matrix", True).reshape(n, n)
    return timed(lambda: np.linalg.eigvalsh(matrix))


blas = np.show_config(mode="dicts")["Build Dependencies"]["lapack"]
serve(
    {
        "name": "LAPACK",
        "version": f"{blas['name']} {blas['version']}",
        "language": "Python",
        "work": {
            "dense": [
                {"name": "1 thread", "threads": 1, "env": {"OPENBLAS_NUM_THREADS": "1"}},
                {"name": "2 threads", "threads": 2, "env": {"OPENBLAS_NUM_THREADS": "2"}},
            ]
        },
    },
    dense,
)
