/**
 * The ζ of Langevin dynamics on a loss U: with p = e^{−U/2D} ψ the Fokker–Planck equation
 *
 *   ∂p/∂t = ∇·(p∇U) + D∇²p     becomes     ∂ψ/∂t = D∇²ψ − V_s ψ,     V_s = |∇U|²/4D − ½∇²U,
 *
 * the quantum dynamic equation in imaginary time of the objective V_s, not of U.
 *
 * Reference: Risken, The Fokker–Planck Equation (1989), § 5.4.
 */
import { parseExpression } from '../../expr/index.js'
import { expressionObjective, gradientOf, hessianOf, type Objective } from '../../objective/index.js'

/** V_s of a loss: by the rules of the calculus where it is an expression, else of its gradient and Hessian. */
export function effectivePotential(loss: Objective, D: number): Objective {
  return ofExpression(loss, D) ?? ofDerivatives(loss, D)
}

function ofExpression({ source, parameters = {}, variables }: Objective, D: number): Objective | undefined {
  if (source === undefined) return undefined
  const expression = parseExpression(source, { variables: [...variables], parameters: { ...parameters } })
  const [slopes, laplacian] = [expression.gradient(), expression.laplacian()]
  if (slopes === undefined || laplacian === undefined) return undefined
  const square = slopes.map(({ text }) => `(${text})^2`).join(' + ')
  return expressionObjective(`(${square})/${4 * D} - (${laplacian.text})/2`, { parameters, variables })
}

function ofDerivatives(loss: Objective, D: number): Objective {
  const [gradient, hessian] = [gradientOf(loss), hessianOf(loss)]
  return {
    variables: loss.variables,
    tex: '\\frac{|\\nabla U|^2}{4D}-\\frac{\\nabla^2U}{2}',
    text: '|∇U|²/4D − ∇²U/2',
    ...(loss.domain && { domain: loss.domain }),
    evaluate: (columns) => {
      const value = new Float64Array(columns[0].length)
      for (const slope of gradient(columns))
        for (let i = 0; i < value.length; i++) value[i] += slope[i] ** 2 / (4 * D)
      hessian(columns).forEach((row, u) => {
        for (let i = 0; i < value.length; i++) value[i] -= row[u][i] / 2
      })
      return value
    },
  }
}
