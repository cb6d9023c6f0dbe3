"""Lines that begin with %: times, the list of variables, a fresh start."""

import re

import pytest
from conftest import Kernel

DURATION = r"wall time \d+(\.\d+)? (µs|ms|s)\n"


@pytest.fixture(scope="module")
def own():
    kernel = Kernel()
    yield kernel
    kernel.stop()


def test_a_line_is_timed_and_its_value_shown(kernel):
    result = kernel.run("const wait = (ms: number) => new Promise(r => setTimeout(r, ms))\n%time await wait(300), 7")
    assert re.fullmatch(DURATION, result.text()) and result.value == "7"
    assert 295 <= float(re.search(r"[\d.]+", result.text())[0]) < 5000
    result = kernel.run("%time const timed = 4\ntimed + 1")
    assert re.fullmatch(DURATION, result.text()) and result.value == "5"
    assert kernel.run("timed").value == "4"


def test_a_cell_is_timed(kernel):
    result = kernel.run("%%time\nlet turns = 0\nfor (let i = 0; i < 10; i++) turns++\nturns")
    assert re.fullmatch(DURATION, result.text()) and result.value == "10"


def test_errors_keep_their_places(kernel):
    name, _, traceback = kernel.run("%time const wrong: number = 'x'").error
    assert name == "TS2322" and "line 1" in traceback and "%time const wrong" in traceback
    _, _, traceback = kernel.run("let fine = 1\n%time throw new RangeError('here')").error
    assert "line 2" in traceback and "%time throw" in traceback


def test_the_variables_are_listed_with_type_value_and_cell(own):
    own.run("const energy = 0.5; let names = ['a']\nfunction twice(x: number) { return 2 * x }\ninterface Hidden {}")
    (shown,) = own.run("%who").of("display_data")
    lines = [line.split("  ") for line in re.sub("  +", "  ", shown["data"]["text/plain"]).split("\n")]
    assert lines == [
        ["name", "type", "value", "cell"],
        ["energy", "0.5", "0.5", "1"],
        ["names", "string[]", "[ 'a' ]", "1"],
        ["twice", "(x: number) => number", "[Function: twice]", "1"],
    ]
    assert "<td" in shown["data"]["text/html"]


def test_reset_forgets_all_and_keeps_the_kernel(own):
    own.run("let kept = 1")
    pid = own.executor_pid()
    result = own.run("%reset")
    assert result.ok and "forgotten" in result.text()
    assert own.run("kept").error[0] == "TS2304"
    assert own.executor_pid() != pid
    assert own.run("%who").text() == "No cell has declared a variable.\n"
    assert own.run("let kept = 'again'; kept").value == "'again'"


def test_unknown_helpers_are_refused_and_known_ones_listed(kernel):
    name, message, traceback = kernel.run("let a = 1\n%whos").error
    assert name == "SyntaxError" and "no line helper %whos; there are %time" in message and "line 2" in traceback
    listed = kernel.run("%help").text()
    assert all(helper in listed for helper in ["%time", "%%time", "%who", "%reset", "%help"])


def test_consoles_and_completion_know_them(kernel):
    assert kernel.reply(kernel.client.is_complete("%time f("))["status"] == "incomplete"
    assert kernel.reply(kernel.client.is_complete("%who"))["status"] == "complete"
    assert kernel.complete("%")["matches"] == ["%time", "%%time", "%who", "%reset", "%help"]
    found = kernel.complete("let a = 1\n%wh")
    assert found["matches"] == ["%who"] and (found["cursor_start"], found["cursor_end"]) == (10, 13)
    assert "toUpperCase" in kernel.complete("%time 'a'.toUpp")["matches"]
