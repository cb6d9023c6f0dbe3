export { ChebyshevSeries, chebyshevFit } from './chebyshev.js'
export { cholesky } from './cholesky.js'
export { compensatedSum } from './compensatedSum.js'
export { DORMAND_PRINCE } from './dormandPrince.js'
export { erf } from './erf.js'
export { exponentials } from './exponential.js'
export { modeOrder, radicesOf } from './factors.js'
export { type LineFFT, lineFFT } from './fft.js'
export { gaussLegendre, type Quadrature } from './gaussLegendre.js'
export { gaussRule, legendre } from './legendre.js'
export { lu } from './lu.js'
export { type RandomStream, randomStream } from './random/index.js'
export { rootOfUnity, rootsOfUnity } from './roots.js'
export { blocking, type MeanEstimate } from './statistics/index.js'
export { type SymmetricEigen, type SymmetricEigenOptions, symmetricEigen } from './symmetricEigen.js'
export {
  type SymmetricExponential,
  symmetricExponential,
  symmetricProduct,
} from './symmetricExponential.js'
export { splineSlopes, TensorSpline } from './tensorSpline.js'
export { ThinPlateSpline } from './thinPlateSpline.js'
export { tridiagonalValues } from './tridiagonal.js'
