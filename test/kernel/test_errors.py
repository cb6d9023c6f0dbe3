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


def test_named_errors_keep_their_name(kernel):
    code = "class GridError extends Error { code = 'too-coarse' }\nthrow new GridError('The grid is too coarse.')"
    assert kernel.run(code).error[:2] == ("GridError", "The grid is too coarse.")


def test_what_is_no_error_can_be_thrown(kernel):
    assert kernel.run("throw { reason: 5 }").error[:2] == ("Uncaught", "{ reason: 5 }")


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


def test_variables_that_were_set_before_an_error_are_kept(kernel):
    kernel.run("let kept = 41\nkept++\nthrow new Error('after')")
    assert kernel.run("kept").value == "42"


def test_a_failure_in_a_timer_is_shown_and_ends_nothing(kernel):
    result = kernel.run("setTimeout(() => { throw new Error('late') }, 1); await new Promise(r => setTimeout(r, 200)); 1")
    assert result.ok and "late" in result.text("stderr")
    result = kernel.run("void Promise.reject(new Error('unheard')); await new Promise(r => setTimeout(r, 50)); 1")
    assert result.ok and "unheard" in result.text("stderr")
