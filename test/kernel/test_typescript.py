"""TypeScript as its users expect it: cells, and what each shows."""

import json

import pytest
from conftest import Kernel


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook")
    for path, text in FILES.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text if isinstance(text, str) else json.dumps(text))
    return folder


@pytest.fixture(scope="module")
def kernel(folder):
    kernel = Kernel(cwd=folder)
    yield kernel
    kernel.stop()


FILES = {
    "node_modules/tiny/package.json": {
        "name": "tiny",
        "type": "module",
        "exports": {
            ".": {"types": "./index.d.ts", "default": "./index.js"},
            "./sub": {"types": "./sub.d.ts", "default": "./sub.js"},
            "./data.json": "./data.json",
        },
    },
    "node_modules/tiny/index.js": "export const three = await Promise.resolve(3)\nexport default class Tiny {}\n",
    "node_modules/tiny/index.d.ts": "export const three: number\nexport interface Size { n: number }\nexport default class Tiny {}\n",
    "node_modules/tiny/sub.js": "export const sub = 1\n",
    "node_modules/tiny/sub.d.ts": "export const sub: number\n",
    "node_modules/tiny/data.json": {"z": 1},
    "node_modules/old/index.js": "const names = ['hidden']; module.exports = Object.fromEntries(names.map(n => [n, 7]))\n",
    "node_modules/boom/package.json": {"name": "boom", "type": "module", "exports": "./index.js"},
    "node_modules/boom/index.js": "export function boom(inner) { return inner() }\n",
    "helper.ts": "import { base } from './base'\nexport enum Level { Low = 1 }\nexport function twice(n: number): number { return base * n }\n",
    "base.ts": "export const base: number = 2\n",
    "lib/index.ts": "export const inLib = 5\n",
    "circleA.ts": "import { b } from './circleB.ts'\nexport const a = 1\nexport function f(): number { return b() }\n",
    "circleB.ts": "import { a } from './circleA.js'\nexport function b(): number { return a + 1 }\n",
    "data.json": [{"mass": 2.5}],
    "old.cjs": "module.exports = { q: 1 }\n",
    "plain.js": "export const pl = 1\n",
}

# What cells one after another show: their result, what they print behind `out:`, name and message of an error behind
# `!!`, which need only begin so.
CELLS = {
    "redeclaration": [
        ("let a = 1", None),
        ("let a = 'x'; a", "'x'"),
        ("const a = 2; a + 1", "3"),
        ("class a { x = 1 }; new a().x", "1"),
        ("function a() { return 7 }; a()", "7"),
        ("enum a { One = 1 }; a.One", "1"),
        ("type a = number; const typed: a = 3; typed", "3"),
        ("interface a { z: number }; const shaped: a = { z: 1 }; shaped.z", "1"),
        ("import { readFileSync as a } from 'node:fs'; typeof a", "'function'"),
        ("namespace a { export const v = 3 }; a.v", "3"),
        ("var a = 5; var a = 6; for (var a = 0; a < 3; a++); a", "3"),
        ("const twice = 1; const twice = 2", "!!TS2451"),
    ],
    "top-level await": [
        ("await new Promise(done => setTimeout(done, 5)); const late = await Promise.resolve(4); late", "4"),
        ("(await Promise.resolve([late]))[0] + 1", "5"),
        ("for await (const v of (async function* () { yield 1; yield 2 })()) console.log(v)", "out:1\n2\n"),
    ],
    "using": [
        ("using held = { n: 1, [Symbol.dispose]() { console.log('closed') } }; console.log('body', held.n)", "out:body 1\nclosed\n"),
        ("await using later = { async [Symbol.asyncDispose]() { console.log('closed') } }; console.log('body')", "out:body\nclosed\n"),
        ("{ using inner = { [Symbol.dispose]() { console.log('closed') } } }\nconsole.log('after')", "out:closed\nafter\n"),
        ("using failing = { [Symbol.dispose]() { console.log('closed') } }\nthrow new Error('body')", "!!Error: body"),
    ],
    "decorators": [
        (
            "function logged(f: any, { name }: ClassMethodDecoratorContext) { return function (this: any, ...all: any[]) { console.log(name); return f.apply(this, all) } }\nclass Decorated { @logged m(x: number) { return x } accessor z = 4 }\nnew Decorated().m(3) + new Decorated().z",
            "7",
        ),
    ],
    "enums and namespaces": [
        ("const enum Letter { A = 5, B }\nLetter.B", "6"),
        ("Letter.A + 1", "6"),
        ("namespace Space { export const v = 3; export function f() { return v } }\nSpace.f()", "3"),
        ("Space.v", "3"),
        ("namespace Space { export const w = 4 }\nSpace.w", "4"),
    ],
    "JSX": [("const element = <b>hi</b>", "!!SyntaxError: Cells are TypeScript without JSX"), ("const cast = <number>3; cast", "3")],
    "types": [
        ("function id<T>(x: T): T { return x }\nid<number>(3)", "3"),
        ("const satisfied = { a: 1 } satisfies Record<string, number>; satisfied.a", "1"),
        ("import type { Stats } from 'node:fs'\nlet stats: Stats | null = null", None),
        ("let more: Stats | null = null; more", "null"),
        ("function over(x: number): number\nfunction over(x: string): string\nfunction over(x: any) { return x }\nover('s').length", "1"),
        ("over('t').toUpperCase()", "'T'"),
        ("over(true)", "!!TS2769: No overload matches this call."),
        ("interface Only { z: number }; type Also = Only & { y: number }", None),
        ("const also: Also = { z: 1 }", "!!TS2322"),
    ],
    "classes": [
        (
            "abstract class Shape { abstract area(): number; double() { return 2 * this.area() } }\nclass Square extends Shape { static count = 0; static { Square.count = 1 } #side = 2; area() { return this.#side ** 2 } get side() { return this.#side } set side(s) { this.#side = s } has(o: object) { return #side in o } }\nconst square = new Square(); square.side = 3; [square.double(), square.has(square), Square.count]",
            "[ 18, true, 1 ]",
        ),
        ("new Shape()", "!!TS2511"),
        ("class Square2 extends Square { override area() { return 1 } }; new Square2().double()", "2"),
    ],
    "statements": [
        ("outer: for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; console.log(i, j) }", "out:0 0\n1 0\n"),
        ("function* counting() { yield* [1, 2]; return 3 }\n[...counting()]", "[ 1, 2 ]"),
        ("const parts = (s: TemplateStringsArray, ...v: number[]) => s.raw.join('|') + v.join()\nparts`a${1}b${2}c\\n`", "'a|b|c\\\\n1,2'"),
        ("const optional: { a?: { b?: () => number } } = {}; optional.a?.b?.() ?? 'none'", "'none'"),
        ("let { d1 = 5, d2: { d3 = 6 } = {}, ...d4 } = { z: 1 } as { d1?: number, d2?: { d3?: number }, z: number }; [d1, d3, d4]", "[ 5, 6, { z: 1 } ]"),
        ("const [h1, , h3 = 3, ...h4] = [1, 2, undefined, 4, 5]; [h1, h3, h4]", "[ 1, 3, [ 4, 5 ] ]"),
        ("let h5 = 0; [d1, h5] = [h5, d1]; [d1, h5]", "[ 0, 5 ]"),
        ("{ var inBlock = 3 }\n[inBlock].length", "1"),
        ("inBlock", "3"),
        ("const made: (() => number)[] = []; for (let i = 0; i < 3; i++) made.push(() => i); made.map(f => f())", "[ 0, 1, 2 ]"),
        ("unused: 7", None),
        ("typeof this", "'object'"),
        ("arguments", "!!TS2304"),
        ("return 5", "!!SyntaxError"),
    ],
    "literals": [
        ("2n ** 64n", "18446744073709551616n"),
        ("/[\\p{L}--[a-z]]/v.test('A')", "true"),
        ("/(?<y>\\d+)/d.exec('a12')?.groups?.y", "'12'"),
        ("1_000 + 0b11", "1003"),
    ],
    "export": [
        ("export const shared = 3; export function readShared() { return shared }", None),
        ("readShared()", "3"),
        ("export default 42", "42"),
        ("export default function named() { return 1 }", None),
        ("named()", "1"),
        ("export default class {}", None),
        ("const inner = 1; export { inner as renamed }\ninner", "1"),
    ],
    "functions of many cells": [
        ("hoisted(); function hoisted() { return 1 }", None),
        ("function even(n: number): boolean { return n === 0 || odd(n - 1) }\nfunction odd(n: number): boolean { return n > 0 && even(n - 1) }\neven(10)", "true"),
        ("function odd(n: number): boolean { console.log('new'); return false }\neven(3)", "false"),
        ("let factor = 2; function scale(x: number) { return factor * x }", None),
        ("factor = 10; scale(1)", "10"),
        ("let factor = 3; scale(1)", "3"),
        ("factor = 'text'", "!!TS2322"),
    ],
    "a cell that fails": [
        ("let before = 1; throw new Error('middle'); const unreached = 2; function reads() { return unreached }", "!!Error: middle"),
        ("before", "1"),
        ("unreached", "!!TS2304"),
        ("reads()", "!!ReferenceError"),
        ("throw new Error('again'); let before = 'text'", "!!Error: again"),
        ("before + 1", "2"),
        ("before = 5; const wrong: string = before", "!!TS2322"),
        ("before", "1"),
    ],
    "the last value": [
        ("", None),
        ("// only a comment", None),
        ("5;", "5"),
        ("const silent = 9", None),
        ("if (true) { 8 }", None),
        ("{ a: 1 }", "{ a: 1 }"),
        ("{ a: 1, b: 2 }", "{ a: 1, b: 2 }"),
        ("const unended = 3\n{ unended }", "{ unended: 3 }"),
        ("{ let block = 1; block }", None),
        ("{}", None),
        ("({ a: 1 })", "{ a: 1 }"),
        ("(async () => 3)()", "Promise { 3 }"),
        ("await (async () => 4)()", "4"),
        ("undefined", None),
        ("null", "null"),
    ],
    "the standard library": [
        ("[3, 1, 2].toSorted().with(0, 9).findLast(x => x > 1)", "3"),
        ("[typeof fetch, typeof structuredClone, performance.now() > 0, new AbortController().signal.aborted, new URL('http://a/b').pathname]", "[ 'function', 'function', true, false, '/b' ]"),
        ("const response: Response | undefined = undefined; new Headers({ a: 'b' }).get('a')", "'b'"),
        ("require('node:path').join('a', 'b')", "'a/b'"),
        ("[__dirname === process.cwd(), __dirname === import.meta.dirname, __filename === import.meta.filename]", "[ true, true, true ]"),
        ("Buffer.from('abc').toString('hex')", "'616263'"),
        ("import { Worker } from 'node:worker_threads'\nconst thread = new Worker('require(\"node:worker_threads\").parentPort.postMessage(5)', { eval: true })\nawait new Promise(done => thread.once('message', done))", "5"),
    ],
    "imports": [
        ("import fs from 'node:fs'; import * as all from 'node:fs'; import { existsSync } from 'fs'\n[typeof fs.readFileSync, typeof all.readFileSync, existsSync('/')]", "[ 'function', 'function', true ]"),
        ("import Tiny, { three, type Size } from 'tiny'\nconst size: Size = { n: three }; size", "{ n: 3 }"),
        ("import { sub } from 'tiny/sub'; sub", "1"),
        ("import fromPackage from 'tiny/data.json'; fromPackage.z", "1"),
        ("import { hidden } from 'old'; hidden", "7"),
        ("import { boom } from 'boom'; boom(() => 3)", "3"),
        ("import data from './data.json' with { type: 'json' }\ndata[0].mass", "2.5"),
        ("data[0].weight", "!!TS2339"),
        ("import { twice as doubled, Level } from './helper'; doubled(2) + Level.Low", "5"),
        ("import { inLib } from './lib'; inLib", "5"),
        ("import { base } from './base.js'; base", "2"),
        ("import { a as around, f } from './circleA.ts'; f() + around", "3"),
        ("import common from './old.cjs'; common", "{ q: 1 }"),
        ("import { pl } from './plain.js'; pl", "1"),
        ("const dynamic = await import('tiny'); dynamic.three.toFixed(1)", "'3.0'"),
        ("(await import('./base.ts')).base.toFixed(1)", "'2.0'"),
        ("import { nothing } from './helper.ts'", "!!TS2305"),
        ("import x from 'nowhere'", "!!TS2307"),
        ("await import('nowhere')", "!!TS2307"),
        ("import x from 'npm:lodash'", "!!TS2307"),
    ],
    "shadowing": [
        ("const display = 5; display + 1", "6"),
        ("display", "5"),
        ("const prompt = (s: string) => s; prompt('x')", "'x'"),
        ("const comms = 1, clearOutput = 2, progress = 3; comms + clearOutput + progress", "6"),
        ("const console = { log: () => 3 }; console.log()", "3"),
        ("const name = 'Bob', length = 3, status = 5, self = 2; [name, length, status, self]", "[ 'Bob', 3, 5, 2 ]"),
        ("const wavePacket = 3; wavePacket", "3"),
        ("const wavePacket = 'text'; wavePacket.length", "4"),
        ("import { wavePacket } from 'psilab'; typeof wavePacket", "'function'"),
    ],
    "loops at the top": [
        ("let sum = 0; for (let i = 0; i < 1e6; i++) sum += i; sum", "499999500000"),
        ("let turns = 0; const list = new Float64Array(4)\nwhile (turns < 4) { list[turns] = turns; turns++ }\nlist.join()", "'0,1,2,3'"),
        ("let reached = 0; for (let i = 0; i < 10; i++) { reached = i; if (i === 5) throw new Error('loop') }", "!!Error: loop"),
        ("reached", "5"),
        ("let seen = 0; const look = () => seen; const looks: number[] = []\nfor (let i = 0; i < 3; i++) { seen += i; looks.push(look()) }\nlooks", "[ 0, 1, 3 ]"),
        ("let skipped = 0; outside: for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) { if (j === 2) continue outside; skipped++ }\nskipped", "6"),
        ("let left = 0; away: { for (let i = 0; ; i++) { left = i; if (i === 4) break away } }\nleft", "4"),
        ("let index = 0; for (index = 0; index < 3; index++);\nindex", "3"),
        ("for (var hoistedIndex = 0; hoistedIndex < 3; hoistedIndex++);\nhoistedIndex", "3"),
        ("let text = ''; for (const letter of 'abc') text += letter\ntext", "'abc'"),
        ("let awaited = 0; for (let i = 0; i < 3; i++) awaited += await Promise.resolve(i)\nawaited", "3"),
        ("let masked = 1; for (let i = 0; i < 3; i++) { let masked = 5; masked += i }\nmasked", "1"),
    ],
}


def shown(result):
    if not result.ok:
        name, message, _ = result.error
        return f"!!{name}: {message}"
    return result.value


@pytest.mark.parametrize("title", CELLS)
def test_cells_show_what_their_reader_expects(kernel, title):
    for code, expected in CELLS[title]:
        result = kernel.run(code)
        if expected is not None and expected.startswith("!!"):
            assert shown(result).startswith(expected), code
        elif expected is not None and expected.startswith("out:"):
            assert f"out:{result.text()}" == expected, code
        else:
            assert shown(result) == expected, code


def test_what_using_holds_is_let_go_when_the_cell_fails(kernel):
    result = kernel.run("using atEnd = { [Symbol.dispose]() { globalThis.console.info('closed') } }\nthrow new Error('body')")
    assert result.text() == "closed\n" and result.error[1] == "body"


def test_the_standard_library_is_that_of_this_node(kernel):
    """What the types promise is there, and what is not there they do not promise."""
    for method, code in {"union": "new Set([1]).union(new Set([2])).size", "groupBy": "Object.keys(Object.groupBy([1], () => 'a')).length"}.items():
        there = kernel.run(f"'{method}' in (Set.prototype as object) || '{method}' in (Object as object)").value == "true"
        result = kernel.run(code)
        assert result.ok == there
        assert there or "this is Node" in result.error[2]


def test_files_and_exports_are_completed(kernel):
    assert {"base", "helper", "lib"} <= set(kernel.complete("import x from './")["matches"])
    assert "./sub" in kernel.complete("import x from 'tiny/")["matches"] or "sub" in kernel.complete("import x from 'tiny/")["matches"]
    assert kernel.complete("import { thr } from 'tiny'", 12)["matches"] == ["three"]


def test_types_and_values_follow_an_edited_file(kernel, folder):
    (folder / "edited.ts").write_text("export const edited = 1\n")
    assert kernel.run("import { edited } from './edited'\nedited.toFixed(1)").value == "'1.0'"
    (folder / "edited.ts").write_text("export const edited = 'now text'\n")
    assert kernel.run("import { edited } from './edited'\nedited.length").value == "8"


def test_a_missing_package_is_told_with_the_way_to_install_it(kernel, folder):
    assert f"cd {folder} && npm install nowhere" in kernel.run("import x from 'nowhere'").error[2]
    assert "npm install @a/b@2\n  import … from '@a/b/c'" in kernel.run("import x from 'npm:@a/b@2/c'").error[2]


def test_packages_of_the_workspace():
    kernel = Kernel()
    try:
        assert kernel.run("import { evaluate } from 'mathjs'\nevaluate('2 + 3')").value == "5"
        assert kernel.run("import Complex from 'complex.js'\nnew Complex(3, 4).abs()").value == "5"
    finally:
        kernel.stop()


def test_an_interrupted_loop_keeps_what_it_has_reached(kernel):
    """The values that the interrupted loop has come to, of one and the same turn."""
    result = kernel.run("let counted = 0, doubledCount = 0\nwhile (true) { counted++; doubledCount += 2 }", interrupt_after=1)
    assert result.error[0] == "Interrupted"
    assert kernel.run("counted > 1e6 && doubledCount === 2 * counted").value == "true"
    assert kernel.run("for (let i = 0; i < 3; i++) counted = i\ncounted").value == "2"


def test_an_error_in_a_loop_has_the_stack_of_the_cell(kernel):
    code = "let total = 0\nfor (let i = 0; i < 3; i++) {\n  total += i\n  if (i === 1) throw new Error('stack')\n}"
    result = kernel.run(code)
    count = result.reply["execution_count"]
    _, _, traceback = result.error
    assert "> 4 │   if (i === 1) throw new Error('stack')" in traceback and "__loop" not in traceback
    assert f"cell {count}, line 2" not in traceback
