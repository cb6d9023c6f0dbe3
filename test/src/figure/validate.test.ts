import { describe, expect, it } from 'vitest'
import { FigureError, validateFigure } from '../../../src/figure/index.js'
import * as samples from './samples.js'

type Json = Record<string, unknown>

const evolution = JSON.parse(JSON.stringify(samples.evolutionSample(0))) as Json
const landscape = JSON.parse(JSON.stringify(samples.landscapeSample())) as Json
const wave = JSON.parse(JSON.stringify(samples.waveSample())) as Json
const derivation = JSON.parse(JSON.stringify(samples.derivationSample())) as Json
const steps = derivation['steps'] as Json[]
const panels = JSON.parse(JSON.stringify(samples.panelsSample())) as Json
const [wigner, curves] = panels['panels'] as [Json, Json]
const [curve] = curves['series'] as [Json]
const withPanel = (panel: Json): Json => ({ ...panels, panels: [panel] })

const HOSTILE: [what: string, payload: unknown, sentence: RegExp][] = [
  ['a wave of one axis', { ...wave, axes: (wave['axes'] as Json[]).slice(1) }, /figure\.axes must be/],
  ['a wave without fields', { ...wave, fields: [] }, /figure\.fields must be/],
  [
    'weights of fewer fields',
    { ...wave, fields: (wave['fields'] as Json[]).slice(1) },
    /weights\.shape must/,
  ],
  ['a field of another shape', { ...wave, fields: [wave['zeta']] }, /figure\.fields\[0\]\.shape must be/],
  [
    'frames without weights',
    { ...wave, frames: { symbol: 't', values: [0, 1] } },
    /figure\.weights\.shape must be \[2, /,
  ],
  [
    'energies of other frames',
    { ...wave, energy: (wave['axes'] as Json[])[0] },
    /figure\.energy\.shape must/,
  ],
  ['null', null, /must be an object; got null/],
  ['a list', [], /must be an object/],
  ['text', 'figure', /must be an object/],
  ['no version', { kind: 'problem' }, /figure\.version must be a finite number/],
  ['version 0', { ...evolution, version: 0 }, /figure\.version must be one of 1/],
  ['a kind of the prototype', { ...evolution, kind: 'constructor' }, /kind “constructor”, which this/],
  [
    'an own __proto__',
    JSON.parse('{"__proto__": {"kind": "problem"}, "version": 1}'),
    /object of plain fields/,
  ],
  [
    'a prototype key among parameters',
    {
      ...evolution,
      problem: { ...(evolution['problem'] as Json), parameters: JSON.parse('{"__proto__": 1}') },
    },
    /object of plain fields/,
  ],
  ['a huge title', { ...evolution, title: 'x'.repeat(1e6) }, /figure\.title \(characters\) asks for 1000000/],
  ['a title that is an object', { ...evolution, title: { toString: 'x' } }, /figure\.title must be text/],
  ['NaN as null', { ...evolution, angle: null }, /figure\.angle must be a finite number/],
  [
    'a huge array',
    { ...evolution, magnitude: { dtype: 'float64', shape: [1e5, 1e5], data: '', offset: 0, scale: 1 } },
    /figure\.magnitude asks for 10000000000/,
  ],
  [
    'arrays that do not fit each other',
    { ...evolution, zeta: landscape['zeta'] },
    /figure\.zeta\.shape must be 1 lengths above 0/,
  ],
  ['a missing array', { ...evolution, x: undefined }, /figure\.x must be an object/],
  [
    'times of another length',
    { ...evolution, times: evolution['x'] },
    /energy\.shape must be \[\d+\]; got \[\d+\]/,
  ],
  [
    'data that is no base64',
    {
      ...evolution,
      x: {
        ...(evolution['x'] as Json),
        data: '<'.repeat(((evolution['x'] as Json)['data'] as string).length),
      },
    },
    /figure\.x\.data must be base64/,
  ],
  [
    'too many densities',
    { ...landscape, densities: Array(1000).fill({}) },
    /densities \(entries\) asks for 1000/,
  ],
  [
    'frames that are not counted',
    { ...landscape, frames: { symbol: 'D', values: [1] } },
    /frames\.values has 1 numbers; 5 were expected/,
  ],
  [
    'captions that are not counted',
    {
      ...landscape,
      frames: { symbol: 'D', values: [1, 0.3, 0.1, 0.03, 0.01], labels: ['one'] },
    },
    /frames\.labels has 1 numbers; 5 were expected/,
  ],
  [
    'a caption that is no text',
    {
      ...landscape,
      frames: { symbol: 'D', values: [1, 0.3, 0.1, 0.03, 0.01], labels: [1, 2, 3, 4, 5] },
    },
    /frames\.labels\[0\] must be text/,
  ],
  [
    'TeX that links',
    { ...derivation, steps: [{ ...steps[0], right: '\\href{javascript:alert(1)}{x}' }] },
    /steps\[0\]\.right must be TeX without \\href/,
  ],
  [
    'TeX that defines',
    { ...derivation, steps: [{ ...steps[0], why: '$\\def\\x{\\x\\x}\\x$' }] },
    /steps\[0\]\.why must be TeX without \\def/,
  ],
  [
    'TeX of a token that links',
    { ...derivation, steps: [{ ...steps[0], left: '\\mmlToken{mi}[href="https://example.org"]{x}' }] },
    /steps\[0\]\.left must be TeX without \\mmlToken/,
  ],
  [
    'TeX that declares',
    { ...derivation, steps: [{ ...steps[0], left: '\\DeclareMathOperator{\\sin}{cos}' }] },
    /steps\[0\]\.left must be TeX without \\DeclareMathOperator/,
  ],
  [
    'TeX that links beside formulas, where a typesetter reads it',
    { ...derivation, steps: [{ ...steps[0], rule: '$\\href{https://example.org}{x}$' }] },
    /steps\[0\]\.rule must be TeX without \\href/,
  ],
  [
    'TeX that defines in the sentence on a check',
    { ...derivation, steps: [{ ...steps[0], verdict: { status: 'proved', method: '$\\def\\frac#1{}$' } }] },
    /verdict\.method must be TeX without \\def/,
  ],
  [
    'a number whose distance to another is none',
    { ...landscape, points: [{ label: 'x', x: -1.7e308, y: 0 }] },
    /points\[0\]\.x must be a number below 4e307/,
  ],
  [
    'more words than a page can set',
    {
      ...derivation,
      steps: Array.from({ length: 200 }, (_, k) => ({
        ...steps[0],
        id: `${k}`,
        when: Array(20).fill('x'.repeat(4000)),
      })),
    },
    /figure \(characters\) asks for \d+; at most 262144 are drawn/,
  ],
  [
    'a mark that nobody gives',
    { ...derivation, steps: [{ ...steps[0], verdict: { status: 'failed', method: '' } }] },
    /verdict\.status must be one of proved, postulate, definition, checked/,
  ],
  [
    'a check that does not say how far',
    { ...derivation, steps: [{ ...steps[0], verdict: { status: 'checked', method: 'Somehow.' } }] },
    /verdict\.digits must be a finite number/,
  ],
  [
    'two steps of one name',
    { ...derivation, steps: [steps[0], { ...steps[0] }] },
    /steps\[1\]\.id must be a new name; got “schroedinger”/,
  ],
  [
    'a step that starts from a later one',
    { ...derivation, steps: [{ ...steps[0], from: 'qde' }, steps[1]] },
    /steps\[0\]\.from must be the id of an earlier step; got “qde”/,
  ],
  [
    'a step into which a later one is put',
    { ...derivation, steps: [{ ...steps[0], using: ['qde'] }, steps[1]] },
    /steps\[0\]\.using\[0\] must be the id of an earlier step; got “qde”/,
  ],
  ['more steps than fit a page', { ...derivation, steps: Array(201).fill(steps[0]) }, /asks for 201/],
  [
    'a symbol of no domain',
    { ...derivation, symbols: [{ tex: 'x', meaning: 'place', domain: 'octonion' }] },
    /symbols\[0\]\.domain must be one of real/,
  ],
  ['a panel of no type', withPanel({ type: '__proto__' }), /panels\[0\]\.type must be one of lines, field/],
  ['more panels than fit a page', { ...panels, panels: Array(25).fill(curves) }, /asks for 25/],
  [
    'an axis of no scale',
    withPanel({ ...curves, x: { label: 'x', scale: 'sqrt' } }),
    /x\.scale must be one of/,
  ],
  [
    'a curve without heights',
    withPanel({ ...curves, series: [{ ...curve, y: undefined }] }),
    /y must be there/,
  ],
  [
    'a curve whose arrays do not fit',
    withPanel({ ...curves, series: [{ ...curve, y: (wigner['axes'] as Json[])[0] }] }),
    /panels\[0\]\.series\[0\]\.y\.shape must be \[200\]; got \[61\]/,
  ],
  [
    'a field with one axis',
    withPanel({ ...wigner, axes: [(wigner['axes'] as Json[])[0]] }),
    /must be 2 entries/,
  ],
  [
    'a field that does not fit its axes',
    withPanel({ ...wigner, axes: [(wigner['axes'] as Json[])[0], curve['x']] }),
    /panels\[0\]\.values\.shape must be \[61, 200\]; got \[61, 61\]/,
  ],
  [
    'a table with a missing cell',
    withPanel({ type: 'table', heading: '', columns: [{ label: 'a', align: 'left' }], rows: [[]] }),
    /rows\[0\] has 0 numbers; 1 were expected/,
  ],
]

describe('validateFigure()', () => {
  it.each(HOSTILE)('ends %s in a sentence', (_, payload, sentence) => {
    expect(() => validateFigure(payload)).toThrow(FigureError)
    expect(() => validateFigure(payload)).toThrow(sentence)
  })

  it('says of a newer figure that it is newer', () => {
    expect(() => validateFigure({ kind: 'wigner', version: 2 })).toThrow(
      'This figure has version 2; this ψlab draws version 1. Update ψlab to see it alive.',
    )
  })

  it('refuses a cyclic payload without following it', () => {
    const cyclic: Json = { ...evolution }
    cyclic['title'] = cyclic
    expect(() => validateFigure(cyclic)).toThrow('figure.title must be text')
  })

  it('lets TeX of mathematics pass', () => {
    const tex = '\\left\\langle\\psi\\right|\\hat{H}\\,\\mathrm{d}x \\leq \\dfrac{1}{2}\\defeq'
    expect(() => validateFigure({ ...derivation, steps: [{ ...steps[0], right: tex }] })).not.toThrow()
  })
})
