"""The stop button: it ends the cell, whatever it does, and keeps the variables."""

import time

import pytest

CELLS = {
    "a busy loop": "while (true) { turns++ }",
    "a loop after await": "await 1; while (true) { turns++ }",
    "a loop that awaits": "while (true) { await 1; turns++ }",
    "an awaiting cell": "turns++; await new Promise(() => setTimeout(() => {}, 1e6))",
    "an async function": "async function run() { for (;;) { await new Promise(r => setTimeout(r, 1)); turns++ } }\nawait run()",
    "finally that goes on": "while (true) { try { turns++; while (true); } finally { continue } }",
    "a callback of a library": "turns++; [3, 1, 2].sort(() => { while (true); })",
    "a timer": "turns++; setTimeout(() => { while (true); }, 1); await new Promise(r => setTimeout(r, 1e6))",
    "a regular expression": "turns++; /(a+)+b/.test('a'.repeat(60))",
    "a print loop": "while (true) { turns++; console.log(turns) }",
}


@pytest.mark.parametrize("code", CELLS.values(), ids=CELLS.keys())
def test_interrupt_ends_the_cell_and_keeps_its_variables(kernel, code):
    kernel.run("let turns = 0")
    pid = kernel.executor_pid()
    started = time.monotonic()
    result = kernel.run(code, interrupt_after=0.3)
    assert result.error[0] == "Interrupted"
    assert time.monotonic() - started < 4, "the executor would be replaced after that"
    assert kernel.run("turns > 0").value == "true"
    assert kernel.executor_pid() == pid


def test_a_loop_in_the_background_ends_with_the_interrupt(kernel):
    kernel.run("let beats = 0; async function beat() { while (true) { await new Promise(r => setTimeout(r, 5)); beats++ } }")
    kernel.run("beat().catch(() => {}); await new Promise(() => setTimeout(() => {}, 1e6))", interrupt_after=0.3)
    kernel.run("await new Promise(r => setTimeout(r, 50)); let seen = beats; await new Promise(r => setTimeout(r, 100))")
    assert kernel.run("beats - seen").value == "0"


def test_a_prompt_can_be_interrupted(kernel):
    request = kernel.client.execute("prompt('?')", allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=30)
    kernel.manager.interrupt_kernel()
    assert kernel.gather(request).error[0] == "Interrupted"
    assert kernel.run("1 + 1").value == "2"


def test_an_interrupt_while_nothing_runs_does_no_harm(kernel):
    kernel.manager.interrupt_kernel()
    # Control and shell are separate channels: the interrupt must not overtake the next cell.
    time.sleep(0.5)
    assert kernel.run("1 + 1").value == "2"


def test_native_code_that_cannot_be_stopped_costs_the_executor_and_not_the_kernel(kernel):
    result = kernel.run("require('node:child_process').execSync('sleep 30')", interrupt_after=0.2)
    name, message, _ = result.error
    assert name == "Interrupted" and "process was ended" in message
    assert kernel.run("turns").error[0] == "TS2304"
    assert kernel.run("1 + 1").value == "2"
