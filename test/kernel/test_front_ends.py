"""Front ends other than JupyterLab: nbclient, nbconvert, `jupyter run` and jupyter console."""

import re
import subprocess
import sys

import pexpect
import pytest
from conftest import TIMEOUT, notebook
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter, ScriptExporter

SOURCES = ["const a: number = 41\nconsole.log('printed')", "// the answer\na + 1"]


def execute(cells, folder, **options):
    document = notebook(cells)
    NotebookClient(document, resources={"metadata": {"path": str(folder)}}, **options).execute()
    return document


def without_colours(text):
    return re.sub(r"\x1b\[[\d;]*m", "", text)


@pytest.fixture(scope="module")
def executed(kernelspec, tmp_path_factory):
    return execute(SOURCES, tmp_path_factory.mktemp("notebook"))


def test_an_executed_notebook_holds_counts_results_and_language(executed):
    assert [cell.execution_count for cell in executed.cells] == [1, 2]
    first, second = (cell.outputs for cell in executed.cells)
    assert [(o.output_type, o.name, o.text) for o in first] == [("stream", "stdout", "printed\n")]
    assert [(o.output_type, o.execution_count, o.data["text/plain"]) for o in second] == [("execute_result", 2, "42")]
    assert executed.metadata.language_info.name == "typescript"


def test_html_is_highlighted_as_typescript(executed):
    page, _ = HTMLExporter().from_notebook_node(executed)
    # Pygments' classes of a keyword and of a type: a lexer that is not found gives neither.
    assert '<span class="kd">const</span>' in page
    assert '<span class="kt">number</span>' in page


def test_the_script_is_a_ts_file_of_all_cells(executed):
    script, resources = ScriptExporter().from_notebook_node(executed)
    assert resources["output_extension"] == ".ts"
    assert [line for line in script.split("\n") if line] == "\n".join(SOURCES).split("\n")


def test_an_error_ends_the_run_and_shows_the_line(tmp_path):
    with pytest.raises(CellExecutionError) as raised:
        execute(["const f = () => {\n  throw new RangeError('too far')\n}", "f()", "never"], tmp_path)
    said = without_colours(str(raised.value))
    assert raised.value.ename == "RangeError"
    assert "cell 1, line 2" in said
    assert "> 2 │   throw new RangeError('too far')" in said


def test_allowed_errors_are_stored_and_the_rest_runs(tmp_path):
    document = execute(["throw new Error('first')", "1 + 1"], tmp_path, allow_errors=True)
    assert document.cells[0].outputs[0].evalue == "first"
    assert document.cells[1].outputs[0].data["text/plain"] == "2"


def test_a_cell_that_takes_too_long_is_interrupted_and_keeps_what_is_there(tmp_path):
    cells = ["let n = 1", "n = 2\nwhile (true) {}", "n"]
    patience = lambda cell: 1 if "while" in cell.source else TIMEOUT  # noqa: E731
    document = execute(cells, tmp_path, timeout_func=patience, interrupt_on_timeout=True, allow_errors=True)
    assert document.cells[1].outputs[0].ename == "Interrupted"
    assert document.cells[2].outputs[0].data["text/plain"] == "2"


def test_a_question_that_nobody_can_answer_is_an_error(tmp_path):
    with pytest.raises(CellExecutionError, match="front end that can ask"):
        execute(["prompt('name?')"], tmp_path)


def test_jupyter_run_takes_a_ts_file(tmp_path, kernelspec):
    (tmp_path / "file.ts").write_text("const a: number = 41\nconsole.log(a + 1)\n")
    command = [sys.executable, "-m", "jupyter_client.runapp", "--kernel", "psilab", "file.ts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=TIMEOUT)
    assert done.stdout == "42\n", done.stderr


def test_jupyter_console_edits_completes_runs_and_ends(tmp_path, kernelspec):
    # On a busy machine the checker may still be on its way when the first line comes.
    patience = f"--ZMQTerminalInteractiveShell.kernel_is_complete_timeout={TIMEOUT}"
    command = ["-m", "jupyter_console", "--kernel", "psilab", "--no-confirm-exit", patience]
    console = pexpect.spawn(
        sys.executable, command, cwd=str(tmp_path), dimensions=(40, 120), encoding="utf8", timeout=TIMEOUT
    )
    console.expect(r"TypeScript [\d.]+ on Node")
    console.expect(r"In \[")
    console.send("6 * 7\r")
    console.expect(r"Out\[.*42")
    console.expect(r"In \[.*2")
    # A block that is open goes on in the next line.
    console.send("const twiceOver = (x: number) => {\r")
    console.expect(r"\.\.\.")
    console.send("return 2 * x }\r")
    console.expect(r"In \[.*3")
    console.send("twiceOver(20.5)\r")
    console.expect(r"Out\[.*41")
    console.send("twiceOver('a')\r")
    console.expect("TS2345")
    console.expect(r"In \[.*5")
    console.send("twic\t")
    console.expect("eOver")
    console.send("(4.5)\r")
    console.expect(r"Out\[.*9")
    console.send("\x04")
    console.expect(pexpect.EOF)
    console.close()
    assert console.exitstatus == 0
