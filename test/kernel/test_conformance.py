"""Jupyter's own conformance tests."""

import unittest

import jupyter_kernel_test


class ConformanceTest(jupyter_kernel_test.KernelTests):
    kernel_name = "psilab"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"

    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "cons", "matches": {"console", "const"}},
        {"text": "'😀'.toUpp", "matches": {"toUpperCase"}},
    ]
    complete_code_samples = ["1 + 1", "const a = 1", "function f() {\n  return 1\n}", "", "// a comment"]
    incomplete_code_samples = ["function f() {", "const a = ", "f(1,", "`text", "/* text", "if (true) {\n  f()"]
    invalid_code_samples = ["const const = 1", ")", "let 1a = 2", "'open"]

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'text'", "result": "'text'"},
        {"code": "await Promise.resolve([1, 2])", "result": "[ 1, 2 ]"},
        {"code": "new Float64Array(2)", "result": "Float64Array(2) [ 0, 0 ]"},
    ]
    code_display_data = [
        {"code": "display.html('<b>x</b>')", "mime": "text/html"},
        {"code": "display.markdown('*x*')", "mime": "text/markdown"},
        {"code": "display.latex('$x$')", "mime": "text/latex"},
        {"code": "display.svg('<svg/>')", "mime": "image/svg+xml"},
        {"code": "display.png(new Uint8Array([137, 80]))", "mime": "image/png"},
        {"code": "display.json({ x: 1 })", "mime": "application/json"},
        {"code": "display.raw({ 'application/x-y+json': { x: 1 } })", "mime": "application/x-y+json"},
    ]
    code_generate_error = "throw new Error('deliberate')"
    code_inspect_sample = "parseInt"
    code_clear_output = "clearOutput()"
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 ? 7*"
    support_iopub_welcome = True
    code_page_something = "parseInt?"


if __name__ == "__main__":
    unittest.main()
