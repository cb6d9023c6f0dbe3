"""Imports, from the notebook's own folder."""

import json

import pytest
from conftest import Kernel


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A notebook's folder with a package, a JSON file and TypeScript beside it."""
    folder = tmp_path_factory.mktemp("notebook")
    package = folder / "node_modules/tiny"
    package.mkdir(parents=True)
    manifest = {"name": "tiny", "type": "module", "exports": {".": {"types": "./index.d.ts", "default": "./index.js"}}}
    (package / "package.json").write_text(json.dumps(manifest))
    (package / "index.js").write_text("export const three = await Promise.resolve(3)\nexport default class Tiny {}\n")
    (package / "index.d.ts").write_text("export const three: number\nexport interface Size { n: number }\nexport default class Tiny {}\n")
    (folder / "node_modules/untyped.cjs").write_text("")
    old = folder / "node_modules/old"
    old.mkdir()
    (old / "index.js").write_text("const names = ['hidden']; module.exports = Object.fromEntries(names.map(n => [n, 7]))\n")
    (folder / "data.json").write_text(json.dumps([{"mass": 2.5}]))
    (folder / "helper.ts").write_text("import { base } from './base'\nexport enum Level { Low = 1 }\nexport function twice(n: number): number { return base * n }\n")
    (folder / "base.ts").write_text("import { qde } from 'psilab'\nexport const base: number = typeof qde === 'function' ? 2 : 0\n")
    return folder


@pytest.fixture(scope="module")
def kernel(folder):
    kernel = Kernel(cwd=folder)
    yield kernel
    kernel.stop()


def test_esm_packages_of_the_folder(kernel):
    assert kernel.run("import Tiny, { three, type Size } from 'tiny'\nconst size: Size = { n: three }; size").value == "{ n: 3 }"
    assert kernel.run("new Tiny() instanceof Tiny && size.n === three").value == "true"
    assert kernel.run("import * as tiny from 'tiny'\nObject.keys(tiny).length").value == "2"


def test_commonjs_without_types(kernel):
    assert kernel.run("import { hidden } from 'old'\nhidden").value == "7"
    assert kernel.run("import old from 'old'\nold.hidden").value == "7"


def test_json_with_and_without_attributes(kernel):
    assert kernel.run("import data from './data.json' with { type: 'json' }\ndata[0].mass").value == "2.5"
    assert kernel.run("data[0].weight").error[0] == "TS2339"
    assert kernel.run("import plain from './data.json'\nplain.length").value == "1"


def test_the_notebooks_own_typescript(kernel, folder):
    assert kernel.run("import { twice, Level } from './helper.ts'\ntwice(2) + Level.Low").value == "5"
    assert kernel.run("twice('2')").error[0] == "TS2345"
    (folder / "helper.ts").write_text("export function thrice(n: number): number { return 3 * n }\n")
    assert kernel.run("import { thrice } from './helper'\nthrice(2)").value == "6"


def test_a_file_that_is_no_typescript_is_told_with_the_line(kernel, folder):
    (folder / "unfinished.ts").write_text("export const first = 1\nexport const second = \n")
    name, message, _ = kernel.run("import { first } from './unfinished.ts'").error
    assert name == "SyntaxError" and "unfinished.ts, line" in message and "Expression expected" in message
    (folder / "unfinished.ts").write_text("export const first = 1\n")
    assert kernel.run("import { first } from './unfinished.ts'\nfirst").value == "1"


def test_an_error_in_a_file_shows_its_line_and_the_cells(kernel, folder):
    (folder / "failing.ts").write_text("interface Gone {\n  x: number\n}\n\nexport function fail(gone?: Gone): number {\n  return gone!.x\n}\n")
    _, _, traceback = kernel.run("import { fail } from './failing.ts'\nfail()").error
    assert "failing.ts, line 6" in traceback and "> 6 │   return gone!.x" in traceback
    assert "> 2 │ fail()" in traceback and "at fail (failing.ts, line 6)" in traceback
    printed = kernel.run("try { fail() } catch (e) { console.log(e.stack) }").text()
    assert f"at fail ({folder}/failing.ts:6:" in printed


def test_dynamic_imports_and_import_meta(kernel, folder):
    assert kernel.run("const { three: third } = await import('tiny'); third").value == "3"
    assert kernel.run("import.meta.dirname").value == repr(str(folder))


def test_a_missing_module_is_found_before_the_cell_runs(kernel):
    assert "Cannot find module 'nowhere'" in kernel.run("import x from 'nowhere'").error[1]


def test_data_sets_of_the_workspace():
    kernel = Kernel()
    code = "import penguins from 'vega-datasets/data/penguins.json' with { type: 'json' }\npenguins.length"
    try:
        assert kernel.run(code).value == "344"
        assert kernel.run("penguins[0].Species").value == "'Adelie'"
        assert kernel.run("import movies from 'vega-datasets/data/movies.json'\nmovies.length").value == "3201"
        assert kernel.run("const n: number = movies[0].Title").error[0] == "TS2322"
        assert kernel.run("import { compile, type TopLevelSpec } from 'vega-lite'\ntypeof compile").value == "'function'"
    finally:
        kernel.stop()


def test_the_library_is_one_however_it_is_loaded(kernel):
    code = "const { PsilabError: required } = require('psilab')\nconst { PsilabError: imported } = await import('psilab');\n"
    assert kernel.run(f"{code}[required === PsilabError, imported === PsilabError]").value == "[ true, true ]"
