"""SymPy: the same tasks as its documentation would do them. Prints one JSON object a line."""
import json
import time

import sympy as sp
from sympy import I, Derivative, Function, Symbol, cos, diff, exp, oo, pi, simplify, sin, sinh, sqrt

D, tau, hbar, m, a, omega, k, beta, Delta = sp.symbols("D tau hbar m a omega k beta Delta", positive=True)
x, y, b, c, p, q, theta, E, t = sp.symbols("x y b c p q theta E t", real=True)
n = Symbol("n", integer=True, nonnegative=True)
V, phi, f, g = Function("V")(x), Function("phi")(x, tau), Function("f"), Function("g")
u, v = sp.symbols("u v")
HEAT = exp(-(x**2) / (4 * D * tau)) / sqrt(4 * pi * D * tau)


def answer(*results):
    return {"texts": [str(result).replace("**", "^").replace("I", "i") for result in results]}


def simplified(*results):
    return answer(*[simplify(result) for result in results])


def rotated(expression):
    return simplified(expression.subs(t, -I * tau))


def chain():
    result = diff(f(x, -I * tau), tau)
    if isinstance(result, Derivative):
        return None
    return answer(result.replace(f, lambda r, s: exp(2 * r) * sin(s)).doit())


def taylor_zeta():
    result = sum(diff(g(u), u, j).subs(u, a) * (x - a) ** j / sp.factorial(j) for j in range(3))
    return answer(result.replace(g, lambda r: sin(2 * r)).doit())


def gaussian(body):
    result = simplify(sp.integrate(body, (x, -oo, oo)))
    return None if result.has(sp.Integral) else answer(result)


def geometric():
    result = simplify(sp.summation(exp(-k * (n + sp.Rational(1, 2))), (n, 0, oo)))
    return None if result.has(sp.Sum) else answer(result)


def rosenbrock():
    h = (1 - x) ** 2 + 100 * (y - x**2) ** 2
    return simplified(diff(h, x), diff(h, y), diff(h, x, 2), diff(h, x, y), diff(h, y, 2))


def newton():
    h = (a * x**2 + 2 * b * x * y + c * y**2) / 2
    step = sp.hessian(h, (x, y)).inv() * sp.Matrix([diff(h, x), diff(h, y)])
    return simplified(*step)


def ground_state():
    psi = exp(-m * omega * x**2 / (2 * hbar) - I * omega * t / 2)
    return simplified(
        I * hbar * diff(psi, t) + hbar**2 / (2 * m) * diff(psi, x, 2) - m * omega**2 * x**2 / 2 * psi
    )


def fokker_planck():
    w = exp(-V / (2 * D)) * phi
    potential = diff(V, x) ** 2 / (4 * D) - diff(V, x, 2) / 2
    left = exp(V / (2 * D)) * (diff(w, tau) - D * diff(w, x, 2) - diff(diff(V, x) * w, x))
    return simplified(left - (diff(phi, tau) - D * diff(phi, x, 2) + potential * phi))


def tex():
    psi, zeta, psi_0 = sp.symbols("psi zeta psi_0")
    return {"tex": sp.latex(-(hbar**2) / (2 * m) * psi + zeta * psi_0 * exp(-omega * tau) / sqrt(pi * tau))}


ITEMS = {
    "second-derivative": lambda: simplified(diff(HEAT, x, 2)),
    "heat": lambda: simplified(diff(HEAT, tau) - D * diff(HEAT, x, 2)),
    "wick-phase": lambda: rotated(exp(-I * E * t / hbar)),
    "wick-packet": lambda: rotated(sqrt(m / (2 * pi * I * hbar * t)) * exp(I * m * x**2 / (2 * hbar * t))),
    "chain": chain,
    "taylor-cos": lambda: answer(cos(x).series(x, a, 5).removeO()),
    "taylor-zeta": taylor_zeta,
    "gauss": lambda: gaussian(exp(-a * x**2)),
    "gauss-linear": lambda: gaussian(exp(-a * x**2 + b * x)),
    "moment-2": lambda: gaussian(x**2 * exp(-a * x**2)),
    "moment-4": lambda: gaussian(x**4 * exp(-a * x**2)),
    "fourier": lambda: gaussian(exp(-a * x**2) * exp(-I * k * x)),
    "i-squared": lambda: answer(I**2),
    "one-over-i": lambda: answer(1 / I),
    "euler": lambda: answer(exp(I * pi)),
    "phases": lambda: simplified(exp(I * theta) * exp(-I * theta)),
    "conjugates": lambda: answer(sp.expand((p + I * q) * (p - I * q))),
    "two-level": lambda: simplified(
        exp(-beta * Delta) / (1 + exp(-beta * Delta)) - 1 / (1 + exp(beta * Delta))
    ),
    "tex": tex,
    "rosenbrock": rosenbrock,
    "newton": newton,
    "geometric": geometric,
    "laurent": lambda: answer((1 / (2 * sinh(k / 2))).series(k, 0, 4).removeO()),
    "sinc": lambda: answer(sp.limit(sinh(x) / x, x, 0)),
    "sigmoid-limit": lambda: answer(sp.limit(1 / (1 + exp(-beta * Delta)), beta, oo)),
    "ground-state": ground_state,
    "fokker-planck": fokker_planck,
}

print(json.dumps({"version": sp.__version__}), flush=True)
for name, task in ITEMS.items():
    start = time.perf_counter()
    try:
        result = task()
    except Exception:
        result = None
    print(json.dumps({"id": name, "ms": 1000 * (time.perf_counter() - start), "answer": result}), flush=True)
