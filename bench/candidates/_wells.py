"""The wells of W4 to W6, on rings and in sinc bases, as rivals in Python use them."""

import numpy as np


def V1(x):
    return (x * x - 4) ** 2 / 8


def V1_slope(x):
    return x * (x * x - 4) / 2


def ring(n, length):
    return (np.arange(n) / n - 0.5) * length


def coupled(x, y):
    return V1(x) + y * y / 2 + 0.1 * x * y


def on_grid(shape, length):
    """V and |grad V|^2 on the ring or the torus."""
    if len(shape) == 1:
        x = ring(shape[0], length)
        return V1(x), V1_slope(x) ** 2
    x, y = ring(shape[0], length)[:, None], ring(shape[1], length)[None, :]
    return coupled(x, y), (V1_slope(x) + 0.1 * y) ** 2 + (y + 0.1 * x) ** 2


def sinc_matrix(n, length, V):
    """-1/2 d2/dx2 + V in a sinc basis (Colbert and Miller, J. Chem. Phys. 96, 1982, 1992)."""
    h = length / n
    j = np.arange(n)
    d = j[:, None] - j[None, :]
    with np.errstate(divide="ignore"):
        T = np.where(d % 2 == 0, 1.0, -1.0) / (h * d) ** 2
    np.fill_diagonal(T, np.pi**2 / (6 * h * h) + V((j + 0.5) * h - length / 2))
    return T
