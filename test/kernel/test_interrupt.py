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


LONG = "qde({ objective: 'x^2/2', D: 0.5 }).evolve(wavePacket({ x0: 1, sigma: 0.5 }), { until: 1e5, steps: 5000000, frames: 10 })"
PARTIAL = "`${run.complete} ${run.stopped} ${run.times.length > 0}`"

RUNS = {
    "a statement of its own": f"const run = {LONG}",
    "statements before and after": f"const before = 1; const run = {LONG}; after = 2",
    "an expression with a value": f"run = {LONG}",
    "inside a function": f"function start() {{ return {LONG} }}\nrun = start(); after = 2",
    "without holding up the loop": f"run = await {LONG.replace('.evolve(', '.evolveAsync(')}; after = 2",
}


@pytest.mark.parametrize("code", RUNS.values(), ids=RUNS.keys())
def test_an_interrupted_run_hands_back_what_it_has(kernel, code):
    kernel.run("var run: any, after = 0")
    kernel.run("qde({ objective: 'x^2/2', D: 0.5 })")
    started = time.monotonic()
    result = kernel.run(code, interrupt_after=1)
    assert result.error[0] == "Interrupted"
    # A run answers within 50 ms, on a machine that may be busy.
    assert time.monotonic() - started < 2
    assert kernel.run("await new Promise(r => setTimeout(r, 100)); " + PARTIAL).value.strip("'") == "false interrupt true"
    assert kernel.run("after").value == "0", "the cell has gone on after the run"


LEARNING = {
    "anneal": "anneal(qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 1 }), { schedule: geometric(1, 0.01), until: 1e6 })",
    "compare": "compare(testFunction('rastrigin'), [mqhoa()], { evaluations: 1e7, repeats: 100 })",
    "langevin": "langevinEnsemble('x^4', { D: 0.1, step: 0.001, steps: 1e7 })",
    "path integral": "pathIntegral({ objective: 'x^2/2', D: 0.5 }, { beta: 5, beads: 1024, samples: 4e6 })",
}


@pytest.mark.parametrize("call", LEARNING.values(), ids=LEARNING.keys())
def test_what_is_learned_before_an_interrupt_is_kept(kernel, call):
    kernel.run("qde({ objective: 'x^2/2', D: 0.5 })")
    result = kernel.run(f"const learned = {call}", interrupt_after=4)
    assert result.error[0] == "Interrupted"
    assert kernel.run("learned.complete").value == "false"


def test_a_loop_of_runs_ends_with_the_first_that_is_interrupted(kernel):
    kernel.run("let runs = 0")
    result = kernel.run(f"for (;;) {{ {LONG}; runs++ }}", interrupt_after=1)
    assert result.error[0] == "Interrupted"
    assert kernel.run("1 + 1").value == "2"


def test_a_run_after_an_interrupt_is_whole(kernel):
    kernel.run("while (true) {}", interrupt_after=0.3)
    run = "qde({ objective: 'x^2/2', D: 0.5 }).evolve(wavePacket({ x0: 1, sigma: 0.5 }), { until: 1 }).complete"
    assert kernel.run(run).value == "true"
