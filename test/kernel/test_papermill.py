"""papermill's parameters in TypeScript: values arrive as they were given, under the types that the notebook declares."""

import datetime
import json
import math
import os
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT, TIMEOUT, notebook

sys.path.insert(0, str(ROOT / "kernel/python/src"))

from papermill.exceptions import PapermillException  # noqa: E402
from psilab.declarations import Declaration, declarations  # noqa: E402
from psilab.papermill import TypeScriptTranslator  # noqa: E402

VALUES = {
    "whole": -7,
    "largest": 2**53 - 1,
    "tiny": 5e-324,
    "huge": 1.7976931348623157e308,
    "third": 1 / 3,
    "yes": True,
    "nothing": None,
    "quotes": "\"'`${1 + 1}\\",
    "lines": "a\r\n\tb\x00\x7f\u2028\u2029\ufeff",
    "unicode": "ψ∂𝔼 </script><!--",
    "nested": {"list": [1, [2, {"deep": None}]], "": {}, "a-b": "c", "1": [], "constructor": 0},
}


def test_values_arrive_as_they_were(kernel):
    result = kernel.run(
        TypeScriptTranslator.codify(VALUES) + f"\nconsole.log(JSON.stringify({{ {', '.join(VALUES)} }}))"
    )
    assert result.ok, result.error
    assert json.loads(result.text()) == VALUES


def test_what_json_has_no_word_for_arrives_too(kernel):
    parameters = {
        "notNumber": math.nan,
        "infinite": -math.inf,
        "zero": -0.0,
        "long": 2**53,
        "prototype": {"__proto__": 1},
        "half": "\ud800",
    }
    code = TypeScriptTranslator.codify(parameters)
    checks = [
        "Number.isNaN(notNumber)",
        "infinite === -Infinity",
        "Object.is(zero, -0)",
        "long === 2n ** 53n",
        "Object.keys(prototype).join() === '__proto__'",
        "half.charCodeAt(0) === 0xd800",
    ]
    result = kernel.run(f"{code}\nconsole.log({', '.join(checks)})")
    assert result.ok, result.error
    assert result.text().split() == ["true"] * len(checks)


def test_a_later_cell_sees_the_widened_type(kernel):
    """A parameter is a variable: a cell may compare it with other values and assign to it."""
    kernel.run(TypeScriptTranslator.codify({"pmCount": 5, "pmNames": []}))
    result = kernel.run("if (pmCount === 3) pmCount = 4\npmNames.push('a')\npmCount + pmNames.length")
    assert result.value == "6"


@pytest.mark.parametrize("value", [datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2), {1, 2}, b"bytes"])
def test_values_without_a_notation_are_refused(value):
    with pytest.raises(PapermillException, match="quotes around it"):
        TypeScriptTranslator.codify({"day": [value]})


@pytest.mark.parametrize("name", ["a-b", "1st", "class", "", "a b", "a;b"])
def test_names_that_no_variable_has_are_refused(name):
    with pytest.raises(PapermillException, match="name"):
        TypeScriptTranslator.codify({name: 1})


def test_declarations_are_read_as_they_are_written():
    source = """
        // no help: an empty line follows

        let alpha: number = 0.1 // the step
        /**
         * Names
         * of all
         */
        export const names: Record<string, number[]> = {
          a: [1], // one
          "b = 2; let c": [2],
        }, list = [1,
          2] /* two */; var text: 'a' | 'b' = 'a', open
        let f: (x: number) => Map<string, string> = (x) => new Map([['let y = 1', `${x} // no`]])
        let sum =
          1 +
          2 // three
        let a = 1; let b = 2 // both
        {
          let hidden = 1
        }
        const { taken, apart } = { taken: 1, apart: 2 }
        letter = 3
        let last: string | null
    """
    assert declarations(source) == [
        Declaration("alpha", "number", "0.1", "the step"),
        Declaration("names", "Record<string, number[]>", '{ a: [1], // one "b = 2; let c": [2], }', "Names of all"),
        Declaration("list", None, "[1, 2]", "two"),
        Declaration("text", "'a' | 'b'", "'a'", ""),
        Declaration("open", None, "", ""),
        Declaration(
            "f",
            "(x: number) => Map<string, string>",
            "(x) => new Map([['let y = 1', `${x} // no`]])",
            "",
        ),
        Declaration("sum", None, "1 + 2", "three"),
        Declaration("a", None, "1", ""),
        Declaration("b", None, "2", "both"),
        Declaration("last", "string | null", "", ""),
    ]


def test_inspection_tells_types_of_literals():
    source = "let a = 1.5e-3; let b = 'x'; let c = true; let d = null; let e = f(1); let g: Date = e"
    found = TypeScriptTranslator.inspect({"source": source})
    assert [p.inferred_type_name for p in found] == ["number", "string", "boolean", "NoneType", "None", "Date"]
    TypeScriptTranslator.codify({})


CELLS = [
    "let alpha: number = 0.1 // the step\nlet mode: 'slow' | 'fast' = 'slow'\nconst items = [1, 2]",
    "console.log(alpha, mode === 'fast', items.length)",
]


def papermill(folder, package, *options):
    """Run papermill as a user does, with the package installed."""
    source = notebook(CELLS)
    source.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(source, folder / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "--no-progress-bar", *options]
    environment = {**os.environ, **package.environment}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=2 * TIMEOUT)


def test_papermill_runs_a_notebook_with_other_parameters(package, tmp_path):
    done = papermill(tmp_path, package, "-p", "alpha", "0.5", "-p", "mode", "fast", "-y", "items: []")
    assert done.returncode == 0, done.stderr
    assert "unknown parameter" not in done.stderr
    out = nbformat.read(tmp_path / "out.ipynb", 4)
    injected = out.cells[1]
    assert injected.metadata.tags == ["injected-parameters"]
    assert injected.source == (
        "// Parameters\nlet items: any[] = []\nlet alpha: number = 0.5\nlet mode: 'slow' | 'fast' = \"fast\""
    )
    assert out.cells[2].outputs[0].text == "0.5 true 0\n"
    assert [cell.execution_count for cell in out.cells] == [1, 2, 3]


def test_papermill_stops_at_a_value_of_another_type(package, tmp_path):
    done = papermill(tmp_path, package, "-p", "mode", "faster")
    assert done.returncode != 0
    assert "Type '\"faster\"' is not assignable to type '\"slow\" | \"fast\"'" in done.stderr


def test_papermill_tells_what_a_notebook_takes(package, tmp_path):
    done = papermill(tmp_path, package, "--help-notebook")
    assert done.returncode == 0, done.stderr
    assert "alpha: number (default 0.1)" in done.stdout
    assert "the step" in done.stdout
    assert "mode: 'slow' | 'fast' (default 'slow')" in done.stdout
