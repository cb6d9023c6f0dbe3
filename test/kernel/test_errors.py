"""Errors: what the user sees, and that nothing is lost."""


def test_an_error_shows_the_line_of_the_cell(kernel):
    count = kernel.run("function risky(o: any) {\n  // fails\n  return o.p.q\n}").reply["execution_count"]
    name, message, traceback = kernel.run("const before = 1\nrisky({})").error
    assert (name, message) == ("TypeError", "Cannot read properties of undefined (reading 'q')")
    assert f"cell {count}, line 3" in traceback
    assert "> 3 │   return o.p.q" in traceback
    assert f"at risky (cell {count}, line 3)" in traceback
    assert f"at cell {count + 1}, line 2" in traceback
    assert "node:" not in traceback and "/kernel/" not in traceback
    assert kernel.run("before").value == "1"


def test_frames_of_libraries_are_trimmed(kernel):
    _, _, traceback = kernel.run("import { readFileSync } from 'node:fs'\nreadFileSync('/no/such/file')").error
    assert "> 2 │ readFileSync('/no/such/file')" in traceback
    assert "node:fs:" not in traceback and "openSync" not in traceback


def test_causes_are_told(kernel):
    _, _, traceback = kernel.run("throw new Error('outer', { cause: new RangeError('inner') })").error
    assert "caused by" in traceback and "RangeError: inner" in traceback


def test_errors_of_many_are_told_one_by_one(kernel):
    _, _, traceback = kernel.run("throw new AggregateError([new Error('one'), new TypeError('two')], 'many')").error
    assert "error 1 of 2\nError: one" in traceback and "error 2 of 2\nTypeError: two" in traceback
    _, _, traceback = kernel.run("const circle = new Error('round'); circle.cause = circle; throw circle").error
    assert traceback.count("Error: round") == 1


def test_further_fields_are_shown(kernel):
    _, _, traceback = kernel.run("throw Object.assign(new Error('gone'), { status: 404 })").error
    assert "{ status: 404 }" in traceback


def test_an_error_of_the_library_tells_field_by_field(kernel):
    name, message, traceback = kernel.run("import { qde as equation } from 'psilab'\nequation({ objective: 'x^2', D: -1 })").error
    assert name == "PsilabError" and "got -1" in message
    assert "PsilabError: D: out of range\n  allowed  a finite number > 0\n  got      -1\n  try " in traceback
    assert "> 2 │ equation(" in traceback


def test_what_has_no_trace_shows_the_statement(kernel):
    code = "import { readFile } from 'node:fs/promises'\nconst reading = 1\nawait readFile('/no/such/file')"
    _, message, traceback = kernel.run(code).error
    assert "ENOENT" in message and "> 3 │ await readFile" in traceback
    assert "> 2 │ throw 'text'" in kernel.run("const plain = 1\nthrow 'text'").error[2]


def test_async_functions_and_callbacks_show_who_called(kernel):
    count = kernel.run("async function failing() { await null; throw new Error('late') }\nfunction deep(n: number): number { return deep(n + 1) + 1 }").reply["execution_count"]
    _, _, traceback = kernel.run("const loops = 1\nawait failing()").error
    assert f"at failing (cell {count}, line 1)" in traceback and f"at cell {count + 1}, line 2" in traceback
    assert "> 2 │ await failing()" in traceback
    name, _, traceback = kernel.run("deep(0)").error
    assert name == "RangeError" and len(traceback.splitlines()) < 20 and "> 1 │ deep(0)" in traceback


def test_stacks_that_are_printed_speak_of_cells(kernel):
    result = kernel.run("const printed = new Error('seen'); console.log(printed); console.error(printed.stack)")
    count = result.reply["execution_count"]
    expected = f"Error: seen\n    at cell {count}, line 1\n"
    assert (result.text(), result.text("stderr")) == (expected, expected)


def test_long_messages_are_cut(kernel):
    for message in ("'x'.repeat(1e6)", "'line\\n'.repeat(1e5)"):
        _, evalue, traceback = kernel.run(f"throw new Error({message})").error
        assert len(evalue) < 5000 and len(traceback.splitlines()) < 60 and "more characters" in evalue


def test_an_error_that_cannot_be_read_is_an_error(kernel):
    code = "const evil: any = new Error(); Object.defineProperty(evil, 'message', { get() { throw new Error() } }); throw evil"
    assert kernel.run(code).error[0] == "Error"
    assert kernel.run("throw Object.create(null)").error[0] == "Uncaught"


def test_named_errors_keep_their_name(kernel):
    code = "class GridError extends Error { code = 'too-coarse' }\nthrow new GridError('The grid is too coarse.')"
    assert kernel.run(code).error[:2] == ("GridError", "The grid is too coarse.")


def test_what_is_no_error_can_be_thrown(kernel):
    thrown = {"{ reason: 5 }": "{ reason: 5 }", "'text'": "'text'", "null": "null", "undefined": "undefined", "5n": "5n", "NaN": "NaN", "-0": "-0"}
    for code, text in thrown.items():
        assert kernel.run(f"throw {code}").error[:2] == ("Uncaught", text)


def test_a_type_error_blocks_the_cell(kernel):
    kernel.run("let started = false")
    name, message, traceback = kernel.run("started = true\nconst n: number = 'three'").error
    assert (name, message) == ("TS2322", "Type 'string' is not assignable to type 'number'.")
    assert "> 2 │ const n: number = 'three'" in traceback
    assert kernel.run("started").value == "false"
    assert kernel.run("n").error[0] == "TS2304"


def test_types_hold_across_cells(kernel):
    kernel.run("const fixed = 1; let mutable = 1")
    assert "constant" in kernel.run("fixed = 2").error[1]
    assert kernel.run("mutable = 'text'").error[0] == "TS2322"
    assert kernel.run("mutable = 2; mutable").value == "2"


def test_an_unknown_name_is_found_before_the_cell_runs(kernel):
    assert kernel.run("console.log('no'); nowhere").error[:2] == ("TS2304", "Cannot find name 'nowhere'.")


def test_a_syntax_error_is_called_so(kernel):
    name, _, traceback = kernel.run("const open = (1 + ").error
    assert name == "SyntaxError" and "> 1 │" in traceback


def test_a_checked_cell_can_be_forced(kernel):
    assert kernel.run("// @ts-nocheck\nconst forced: number = 'x'; forced").value == "'x'"
    assert kernel.run("// @ts-expect-error\nconst expected: number = 'x'; expected").value == "'x'"


def test_names_after_an_error_are_not_known(kernel):
    kernel.run("let earlier = 1")
    kernel.run("const reachedA = 1; function reachedF() { return 2 }\nthrow new Error('middle')\nconst unreached = 3; let earlier = 'text'")
    assert kernel.run("[reachedA, reachedF()]").value == "[ 1, 2 ]"
    name, _, traceback = kernel.run("unreached").error
    assert name == "TS2304" and "run it again" in traceback
    assert kernel.run("const stillNumber: number = earlier; stillNumber").value == "1"


def test_variables_that_were_set_before_an_error_are_kept(kernel):
    kernel.run("let kept = 41\nkept++\nthrow new Error('after')")
    assert kernel.run("kept").value == "42"


def test_a_loop_over_numbers_shows_its_own_line_and_keeps_its_names(kernel):
    result = kernel.run("let sum = 0; const rows: number[][] = [[1], [2]]\nfor (let i = 0; i < 3; i++)\n  sum += rows[i]![0]!")
    name, _, traceback = result.error
    assert name == "TypeError" and "> 3 │" in traceback
    assert kernel.run("sum").value == "3"


def test_a_failure_in_a_timer_is_shown_and_ends_nothing(kernel):
    result = kernel.run("setTimeout(() => { throw new Error('late') }, 1); await new Promise(r => setTimeout(r, 200)); 1")
    assert result.ok and "late" in result.text("stderr")
    result = kernel.run("void Promise.reject(new Error('unheard')); await new Promise(r => setTimeout(r, 50)); 1")
    assert result.ok and "unheard" in result.text("stderr")
