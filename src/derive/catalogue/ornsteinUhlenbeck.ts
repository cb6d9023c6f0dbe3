import type { Derivation } from '../derivation.js'
import { descentAsWave } from './fokkerPlanck.js'

/**
 * Langevin descent on the harmonic loss ½kx², the Ornstein–Uhlenbeck process: its potential V_s = k²x²/4D − ½k, its
 * transition density N(x₀ e^{−kt}, (D/k)(1 − e^{−2kt})), and its rates nk.
 */
export function ornsteinUhlenbeck(): Derivation {
  const kernel = 'exp(-(x - x_0*exp(-k*t))^2/(2*v(t)))/sqrt(2*pi*v(t))'
  return descentAsWave(['x'])
    .entitled('Descent on a harmonic loss')
    .section('A harmonic loss')
    .apply(
      { rule: 'specialise', where: { U: 'k*x^2/2' } },
      {
        id: 'process',
        from: 'fokker-planck',
        gives: 'diff(p(x,t), t) = k*diff(x*p(x,t), x) + D*diff(p(x,t), x, 2)',
        why: 'The loss is $k x^{2}/2$: the Ornstein–Uhlenbeck process.',
      },
    )
    .apply(
      { rule: 'specialise', where: { U: 'k*x^2/2' } },
      {
        id: 'oscillator',
        from: 'potential',
        gives: 'V_s(x) = k^2*x^2/(4*D) - k/2',
        why: 'Its potential is an oscillator of the frequency k, counted from its lowest level k/2.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'variance',
        gives: 'v(t) = D/k*(1 - exp(-2*k*t))',
        why: 'The variance grows from 0 to D/k.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'spread',
        using: ['variance'],
        gives: 'diff(v(t), t) = 2*D - 2*k*v(t)',
        why: 'Noise feeds it, the slope takes from it.',
      },
    )
    .apply(
      { rule: 'solution', where: { p: kernel } },
      {
        id: 'transition',
        from: 'process',
        using: ['spread'],
        gives: `p(x,t) = ${kernel}`,
        why: 'From a point $x_{0}$ a Gaussian runs down: its mean is $x_{0} e^{-k t}$, its variance $v$.',
        reference: 'G. E. Uhlenbeck and L. S. Ornstein, Phys. Rev. 36 (1930) 823',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'mode',
        gives: 'D*diff(f(x), x, 2) + k*diff(x*f(x), x) = -lambda*f(x)',
        why: 'Let a mode f decay with the rate λ, as $f \\, e^{-\\lambda t}$.',
      },
    )
    .apply(
      { rule: 'rearrange', times: '1/D' },
      {
        id: 'curvature',
        gives: 'diff(f(x), x, 2) = -(lambda*f(x) + k*diff(x*f(x), x))/D',
        why: 'Solve for the second derivative.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'ladder',
        using: ['curvature'],
        gives: 'D*diff(f(x), x, 3) + k*diff(x*diff(f(x), x), x) = -(lambda + k)*diff(f(x), x)',
        why: 'Then its derivative decays with the rate λ + k. From the density at rest, λ = 0, all rates follow: 0, k, 2k, and so on, the levels of the oscillator.',
      },
    )
}
