"""JAX: all steps in one compiled loop of complex128, on all cores."""

import os

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

import jax.numpy as jnp
from _protocol import serve, strang_tables, timed


def strang(request):
    psi0, half, whole, kinetic = map(jnp.asarray, strang_tables(request))
    real, steps = request["real"], request["steps"]
    shape = psi0.shape

    def step(_, psi):
        if real:
            return jnp.fft.irfftn(jnp.fft.rfftn(psi) * kinetic, shape) * whole
        return jnp.fft.ifftn(jnp.fft.fftn(psi) * kinetic) * whole

    @jax.jit
    def evolve(psi):
        psi = jax.lax.fori_loop(0, steps, step, psi * half)
        return psi * (half / whole)

    evolve(psi0).block_until_ready()
    return timed(lambda: evolve(psi0).block_until_ready())


serve(
    {
        "name": "JAX",
        "version": jax.__version__,
        "language": "Python",
        "work": {"strang": [{"name": "all cores", "threads": os.cpu_count()}]},
    },
    strang,
)
