import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { add, closingLine, junitCounts, nothing, vitestCounts } from '../../tools/test/counts.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'psilab-counts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  const full = path.join(folder, name)
  writeFileSync(full, text)
  return full
}

test('vitest: tests are counted by what became of them', () => {
  const assertionResults = ['passed', 'passed', 'failed', 'pending', 'todo'].map((status) => ({ status }))
  const report = file('a.json', JSON.stringify({ testResults: [{ status: 'failed', assertionResults }] }))
  expect(vitestCounts(report)).toEqual({ passed: 2, failed: 1, skipped: 2 })
})

test('vitest: a file that fails to load is one failure', () => {
  const report = file('b.json', JSON.stringify({ testResults: [{ status: 'failed', assertionResults: [] }] }))
  expect(vitestCounts(report)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('pytest: errors count as failures', () => {
  const report = file(
    'c.xml',
    '<?xml version="1.0"?><testsuites name="x"><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1"></testsuite></testsuites>',
  )
  expect(junitCounts(report)).toEqual({ passed: 4, failed: 3, skipped: 3 })
})

test('a runner that left no results counts nothing', () => {
  expect(vitestCounts(path.join(folder, 'none.json'))).toEqual(nothing)
  expect(junitCounts(path.join(folder, 'none.xml'))).toEqual(nothing)
})

test('the closing line names skipped tests only when there are some', () => {
  expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
  expect(closingLine(add({ passed: 3, failed: 1, skipped: 0 }, { passed: 2, failed: 0, skipped: 1 }))).toBe(
    '5 passed, 1 failed, 1 skipped',
  )
})
