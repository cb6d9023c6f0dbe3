"""The stop button: it ends the cell, whatever it does, and keeps the variables."""

import time

import pytest
from conftest import Kernel

SPIN = "turns++; while (true);"
WASM = "0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11"
DISPLAY = "[Symbol.for('Jupyter.display')]"

CELLS = {
    "a busy loop": "while (true) { turns++ }",
    "a loop after await": "await 1; while (true) { turns++ }",
    "a loop that awaits": "while (true) { await 1; turns++ }",
    "an awaiting cell": "turns++; await new Promise(() => setTimeout(() => {}, 1e6))",
    "a promise that nothing settles": "turns++; await new Promise(() => {})",
    "an async function": "async function run() { for (;;) { await new Promise(r => setTimeout(r, 1)); turns++ } }\nawait run()",
    "an async generator": "async function* all() { while (true) yield 1 }\nfor await (const _ of all()) turns++",
    "finally that goes on": "while (true) { try { turns++; while (true); } finally { continue } }",
    "catch that goes on": "while (true) { try { turns++; while (true); } catch { continue } }",
    "catch around await": "async function run() { while (true) { try { turns++; await new Promise(r => setTimeout(r, 5)) } catch { continue } } }\nawait run()",
    "a callback of a library": "[3, 1, 2].sort(() => { turns++; while (true); })",
    "a timer": "setTimeout(() => { turns++; while (true); }, 1); await new Promise(r => setTimeout(r, 1e6))",
    "timers without end": "const storm = setInterval(() => { turns++; const t = Date.now(); while (Date.now() - t < 20 && turns < 100); if (turns >= 100) clearInterval(storm) }, 1)\nawait new Promise(() => {})",
    "microtasks without end": "function again(): void { turns++; Promise.resolve().then(again) }\nagain(); await new Promise(() => {})",
    "queueMicrotask without end": "function again(): void { turns++; queueMicrotask(again) }\nagain(); await new Promise(() => {})",
    "nextTick without end": "function again(): void { turns++; process.nextTick(again) }\nagain(); await new Promise(() => {})",
    "a regular expression": "turns++; /(a+)+b/.test('a'.repeat(60))",
    "Atomics.wait": "turns++; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
    "a generator": "function* all() { while (true) yield turns++ }\nfor (const _ of all());",
    "JSON of a large object": "const large = Array.from({ length: 2e5 }, (_, i) => ({ i })); turns++; while (true) JSON.stringify(large)",
    "WebAssembly": f"const Wasm = (globalThis as any).WebAssembly; turns++; new Wasm.Instance(new Wasm.Module(new Uint8Array([{WASM}]))).exports.f()",
    "a constructor": f"class Box {{ constructor() {{ {SPIN} }} }}\nnew Box()",
    "a getter": f"const box = {{ get value(): number {{ {SPIN} }} }}\nbox.value",
    "a proxy": f"const proxy = new Proxy({{}} as {{ a: number }}, {{ get() {{ {SPIN} }} }})\nproxy.a",
    "a module of the folder": "import { spin } from './spinning.ts'\nturns++; spin()",
    "a module while it is imported": "turns++; await import('./endless.ts')",
    "a drawing": f"({{ {DISPLAY}() {{ {SPIN} }} }})",
    "a drawing that waits": f"({{ async {DISPLAY}() {{ turns++; await new Promise(() => {{}}) }} }})",
    "a drawing after await": f"({{ async {DISPLAY}() {{ await 1; {SPIN} }} }})",
    "a display that waits": f"display({{ async {DISPLAY}() {{ turns++; await new Promise(() => {{}}) }} }})\n1",
    "what console.log calls": f"console.log({{ [Symbol.for('nodejs.util.inspect.custom')]() {{ {SPIN} }} }})",
    "a print loop": "while (true) { turns++; console.log(turns) }",
    "eval": "turns++; new Function('while (true);')()",
    "a child process": "turns++; await new Promise(r => require('node:child_process').spawn('sleep', ['100']).on('exit', r))",
    "a worker": "turns++; const spinning = new (require('node:worker_threads').Worker)('while (true);', { eval: true }); await new Promise(r => spinning.on('exit', r))",
    "recursion": "function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2) }\nturns++; fib(80)",
}

# On an idle machine each returns within 0.1 s; seconds that a busy one may add.
BUSY = 2


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """A kernel in a folder with modules that do not end."""
    folder = tmp_path_factory.mktemp("spinning")
    (folder / "spinning.ts").write_text("export function spin(): never { while (true); }\n")
    (folder / "endless.ts").write_text("while (true);\nexport const never = 1\n")
    kernel = Kernel(cwd=folder)
    # The first import of a module takes longer.
    kernel.run("import { spin } from './spinning.ts'")
    yield kernel
    kernel.stop()


def stopped(kernel, request):
    """Interrupt, and gather what the cell has sent, with the seconds that it took to stop."""
    began = time.monotonic()
    kernel.interrupt()
    result = kernel.gather(request)
    return result, time.monotonic() - began


def started(kernel, code, **options):
    """Execute a cell and wait until the executor runs it."""
    request = kernel.client.execute(code, **options)
    while (message := kernel.client.get_iopub_msg(timeout=30))["msg_type"] != "execute_input" or message["parent_header"]["msg_id"] != request:
        pass
    time.sleep(0.4)
    return request


@pytest.mark.parametrize("code", CELLS.values(), ids=CELLS.keys())
def test_interrupt_ends_the_cell_and_keeps_its_variables(kernel, code):
    kernel.run("let turns = 0")
    pid = kernel.executor_pid()
    result, seconds = stopped(kernel, started(kernel, code))
    assert result.error[0] == "Interrupted"
    assert seconds < 0.5 + BUSY
    assert kernel.run("turns > 0").value == "true"
    assert kernel.executor_pid() == pid


def test_a_cell_that_was_given_up_does_not_go_on(kernel):
    kernel.run("let turns = 0")
    result, _ = stopped(kernel, started(kernel, "await new Promise(r => setTimeout(r, 1000))\nturns++"))
    assert result.error[0] == "Interrupted"
    assert kernel.run("await new Promise(r => setTimeout(r, 1000)); turns").value == "0"


def test_a_handler_that_spins_between_cells_is_stopped(kernel):
    pid = kernel.executor_pid()
    kernel.run("let turns = 0; setTimeout(() => { turns++; while (true); }, 300); 1")
    time.sleep(0.6)
    kernel.interrupt()
    assert kernel.run("turns").value == "1"
    assert kernel.executor_pid() == pid


def test_many_interrupts_at_once_are_one(kernel):
    kernel.run("let turns = 0")
    pid = kernel.executor_pid()
    request = started(kernel, "while (true) { turns++ }")
    for _ in range(20):
        kernel.interrupt()
    assert kernel.gather(request).error[0] == "Interrupted"
    for i in range(5):
        assert kernel.run(f"{i} + 1").value == str(i + 1)
    assert kernel.executor_pid() == pid


def test_interrupts_at_any_moment_of_short_cells_do_no_harm(kernel):
    pid = kernel.executor_pid()
    for i in range(30):
        request = kernel.client.execute("let sum = 0; for (let i = 0; i < 1e6; i++) sum += i; sum")
        time.sleep(i * 0.001)
        kernel.interrupt()
        result = kernel.gather(request)
        assert result.ok or result.error[0] == "Interrupted"
    assert kernel.run("1 + 1").value == "2"
    assert kernel.executor_pid() == pid


def test_an_interrupt_aborts_the_queue(kernel):
    running = started(kernel, "while (true);")
    waiting = [kernel.client.execute("1 + 1") for _ in range(3)]
    time.sleep(0.3)
    kernel.interrupt()
    replies = {}
    while len(replies) < 4:
        message = kernel.client.get_shell_msg(timeout=30)
        replies[message["parent_header"]["msg_id"]] = message["content"]["status"]
    assert [replies[request] for request in [running, *waiting]] == ["error", "aborted", "aborted", "aborted"]
    assert kernel.run("1 + 1").value == "2"


def test_an_interrupted_loop_over_numbers_keeps_names_of_one_turn(kernel):
    kernel.run("let ups = 0; let downs = 0")
    stopped(kernel, started(kernel, "for (let i = 0; i < 1e15; i++) { ups++; downs-- }"))
    assert kernel.run("ups > 0 && ups + downs === 0").value == "true"


def test_an_interrupted_loop_leaves_names_that_fit_the_arrays_it_writes(kernel):
    kernel.run("let at = 0; const marks = new Float64Array(1000), rows = [0]")
    for loop in ["for (let i = 0; i < 1e15; i++) { marks[at % 1000] += 1; at++ }", "while (true) { at++; marks[7] += 1 }"]:
        result, _ = stopped(kernel, started(kernel, loop))
        assert result.error[0] == "Interrupted"
        assert kernel.run("at > 0 && marks.reduce((sum, mark) => sum + mark) === at").value == "true"


def test_a_cell_that_catches_the_end_of_its_loop_does_not_go_on(kernel):
    kernel.run("let turns = 0, after = 0")
    result, _ = stopped(kernel, started(kernel, "try { while (true) turns++ } catch { turns = -1 }\nafter = 1"))
    assert result.error[0] == "Interrupted"
    assert kernel.run("after").value == "0"


def test_a_loop_in_the_background_ends_with_the_interrupt(kernel):
    kernel.run("let beats = 0; async function beat() { while (true) { await new Promise(r => setTimeout(r, 5)); beats++ } }")
    kernel.run("beat().catch(() => {}); await new Promise(() => setTimeout(() => {}, 1e6))", interrupt_after=0.3)
    kernel.run("await new Promise(r => setTimeout(r, 50)); let seen = beats; await new Promise(r => setTimeout(r, 100))")
    assert kernel.run("beats - seen").value == "0"


def test_a_prompt_can_be_interrupted(kernel):
    request = kernel.client.execute("prompt('?')", allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=30)
    kernel.interrupt()
    assert kernel.gather(request).error[0] == "Interrupted"
    assert kernel.run("1 + 1").value == "2"


def test_an_interrupt_while_nothing_runs_does_no_harm(kernel):
    kernel.interrupt()
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


@pytest.mark.parametrize("cell", [LONG, f"const partial = {LONG}\npartial"], ids=["expression", "name"])
def test_what_a_stopped_run_hands_back_is_drawn_before_the_interrupt_is_told(kernel, cell):
    kernel.run("qde({ objective: 'x^2/2', D: 0.5 }).evolve(wavePacket({ x0: 1, sigma: 0.5 }), { until: 0.1 })")
    result, _ = stopped(kernel, started(kernel, cell))
    assert [m["msg_type"] for m in result.messages if m["msg_type"] in ("execute_result", "error")] == ["execute_result", "error"]
    assert result.error[0] == "Interrupted"
    assert "image/png" in result.of("execute_result")[0]["data"]


@pytest.mark.parametrize("delay", [0.04, 0.08, 0.12])
def test_the_library_is_loaded_after_an_interrupt_of_its_loading(tmp_path, delay):
    fresh = Kernel(cwd=tmp_path)
    fresh.run("const before = qde({ objective: 'x^2/2', D: 0.5 })", interrupt_after=delay)
    assert fresh.run("const after = qde({ objective: 'x^2/2', D: 0.5 }); 2").value == "2"
    fresh.stop()
