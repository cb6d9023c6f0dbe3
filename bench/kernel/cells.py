"""The cells: the same work in each language, and each kernel's own way to display and to send."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    declare: str  # a name with the number of the cell, given a value
    chain: str  # a cell of a notebook's middle: a name made from that of the cell before
    variable: str  # declares what is completed and hovered
    check: str  # fails where that is lost
    members: tuple  # a text to complete, what must be among the answers
    spin: str  # busy for some seconds
    forever: str
    lines: str
    loops: dict  # by title: a cell that prints the seconds that its loop took


@dataclass(frozen=True)
class Dialect:
    """What differs between kernels of one language."""

    language: Language
    show: str | None  # displays of {bytes} characters, {count} of them
    frames: str | None  # comm messages with a buffer of {bytes}, {count} of them
    figure: str | None = None  # the first cell that loads the kernel's own library and draws
    conformance: dict | None = None


def _js(loop):
    return f"const t0 = performance.now(); {loop}; console.log('seconds', (performance.now() - t0) / 1000)"


TypeScript = Language(
    declare="const point{n} = {{ x: {n}, y: [1, 2, 3], name: 'point' }}",
    chain="const value{n} = value{m} + {n}\nconst twice{n} = (x: number) => 2 * x + value{n}\ntwice{n}(1)",
    variable="const value0 = 0; const wavelength = 1.5",
    check="if (wavelength !== 1.5) throw new Error('lost')",
    members=('"abc".toUpp', "toUpperCase"),
    spin="const end = Date.now() + {seconds} * 1000; while (Date.now() < end) {{}}",
    forever="while (true) {}",
    lines="for (let i = 0; i < {count}; i++) console.log('line', i, '{text}')",
    loops={
        "top level": _js("let s = 0; for (let i = 0; i < {n}; i++) s += i * 0.5"),
        "in a function": _js(
            "function f(n: number) {{ let s = 0; for (let i = 0; i < n; i++) s += i * 0.5; return s }} f({n})"
        ),
        "over a Float64Array": _js(
            "const a = new Float64Array({n} / 100).fill(1.5); let s = 0; "
            "for (let k = 0; k < 100; k++) for (let i = 0; i < a.length; i++) s += a[i] * 0.5"
        ),
    },
)

Python = Language(
    declare="point{n} = {{'x': {n}, 'y': [1, 2, 3], 'name': 'point'}}",
    chain="value{n} = value{m} + {n}\ntwice{n} = lambda x: 2 * x + value{n}\ntwice{n}(1)",
    variable="value0 = 0; wavelength = 1.5",
    check="assert wavelength == 1.5",
    members=('"abc".upp', "upper"),
    spin="import time; end = time.time() + {seconds}\nwhile time.time() < end: pass",
    forever="while True: pass",
    lines="for i in range({count}): print('line', i, '{text}')",
    loops={
        "top level": "import time; t0 = time.perf_counter()\ns = 0\nfor i in range({n}): s += i * 0.5\n"
        "print('seconds', time.perf_counter() - t0)",
        "in a function": "import time; t0 = time.perf_counter()\ndef f(n):\n s = 0\n for i in range(n): s += i * 0.5\n"
        " return s\nf({n})\nprint('seconds', time.perf_counter() - t0)",
        "over a Float64Array": "import time, array; t0 = time.perf_counter()\na = array.array('d', [1.5]) * ({n} // 100)\n"
        "s = 0\nfor k in range(100):\n for x in a: s += x * 0.5\nprint('seconds', time.perf_counter() - t0)",
    },
)

# The samples of Jupyter's conformance tests, alike for every TypeScript kernel.
_TYPESCRIPT_TESTS = dict(
    language_name="typescript",
    file_extension=".ts",
    code_hello_world="console.log('hello, world')",
    code_stderr="console.error('to stderr')",
    completion_samples=[{"text": "Math.hyp", "matches": {"hypot"}}],
    complete_code_samples=["1 + 1", "const a = 1", "function f() {\n  return 1\n}"],
    incomplete_code_samples=["function f() {", "const a = ", "f(1,"],
    invalid_code_samples=["const const = 1", "let 1a = 2"],
    # Deno colours its results: their text is not compared.
    code_execute_result=[{"code": "6 * 7"}, {"code": "'a' + 1"}],
    code_generate_error="throw new Error('deliberate')",
    code_inspect_sample="parseInt",
    supported_history_operations=("tail", "range", "search"),
    code_history_pattern="6 ? 7*",
)


def _typescript_tests(html, clear):
    return {**_TYPESCRIPT_TESTS, "code_display_data": [{"code": html, "mime": "text/html"}], "code_clear_output": clear}


DIALECTS = {
    "psilab": Dialect(
        TypeScript,
        show="const s = 'x'.repeat({bytes}); for (let i = 0; i < {count}; i++) display.raw({{ 'text/plain': s }})",
        frames="const channel = comms.open('bench'); const frame = new Uint8Array({bytes})\n"
        "for (let i = 0; i < {count}; i++) channel.send({{ i }}, {{ buffers: [frame] }})",
        figure="qde({{ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 }}).eigenstates(8)",
        conformance=_typescript_tests("display.html('<b>x</b>')", "clearOutput()"),
    ),
    "python3": Dialect(
        Python,
        show="s = 'x' * {bytes}\nfor i in range({count}): display({{'text/plain': s}}, raw=True)",
        frames="from comm import create_comm; channel = create_comm(target_name='bench'); frame = bytes({bytes})\n"
        "for i in range({count}): channel.send({{'i': i}}, buffers=[frame])",
        conformance=dict(
            language_name="python",
            file_extension=".py",
            code_hello_world="print('hello, world')",
            code_stderr="import sys; print('to stderr', file=sys.stderr)",
            completion_samples=[{"text": "zi", "matches": {"zip"}}],
            complete_code_samples=["1 + 1", "a = 1", "def f():\n  return 1\n\n"],
            incomplete_code_samples=["def f():", "f(1,"],
            invalid_code_samples=["import = 1", "1a = 2"],
            code_execute_result=[{"code": "6 * 7"}, {"code": "'a' + 'b'"}],
            code_generate_error="raise Exception('deliberate')",
            code_inspect_sample="open",
            code_page_something="zip?",
            # Those that its own test asks for.
            supported_history_operations=("tail", "search"),
            code_history_pattern="6 ? 7*",
            code_display_data=[
                {"code": "from IPython.display import HTML, display; display(HTML('<b>x</b>'))", "mime": "text/html"}
            ],
            code_clear_output="from IPython.display import clear_output; clear_output()",
        ),
    ),
    "deno": Dialect(
        TypeScript,
        show="const s = 'x'.repeat({bytes}); for (let i = 0; i < {count}; i++) "
        "await Deno.jupyter.display({{ 'text/plain': s }}, {{ raw: true }})",
        frames="const frame = new Uint8Array({bytes}); const comm_id = crypto.randomUUID()\n"
        "await Deno.jupyter.broadcast('comm_open', {{ comm_id, target_name: 'bench', data: {{}} }})\n"
        "for (let i = 0; i < {count}; i++)\n"
        "  await Deno.jupyter.broadcast('comm_msg', {{ comm_id, data: {{ i }} }}, {{ buffers: [frame] }})",
        conformance=_typescript_tests(
            "await Deno.jupyter.display({ 'text/html': '<b>x</b>' }, { raw: true })",
            "await Deno.jupyter.broadcast('clear_output', { wait: false })",
        ),
    ),
    "tslab": Dialect(
        TypeScript,
        show="import * as tslab from 'tslab'\nconst s = 'x'.repeat({bytes}); "
        "for (let i = 0; i < {count}; i++) tslab.display.text(s)",
        frames=None,
        conformance=_typescript_tests("import * as tslab from 'tslab'\ntslab.display.html('<b>x</b>')", "tslab.clearOutput()"),
    ),
}
