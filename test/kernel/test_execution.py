"""Cells: state, types, output, and the rules of the execute request."""

from conftest import empty


def test_values_and_state_pass_from_cell_to_cell(kernel):
    assert kernel.run("const a: number = 3").value is None
    assert kernel.run("let b = a * 2; b").value == "6"
    assert kernel.run("b += 1; b").value == "7"


def test_every_kind_of_declaration_reaches_later_cells(kernel):
    declarations = """
        interface Point { x: number }
        type Pair = [Point, Point]
        enum Axis { X, Y }
        namespace Unit { export const one = 1 }
        class Moving implements Point { static count = 0; constructor(readonly x: number) { Moving.count++ } }
        function shift({ x }: Point, by = Unit.one): Point { return new Moving(x + by) }
        const { p, q: [, second] } = { p: 1, q: [2, 3] }
        for (var i = 0, j = 5; i < 3; i++) { var { inner } = { inner: i } }
    """
    assert kernel.run(declarations).ok
    use = "const pair: Pair = [shift({ x: 1 }), shift({ x: 2 })]; [pair[1].x, Moving.count, Axis.Y, p, second, i, j, inner]"
    assert kernel.run(use).value.split() == ["[", "3,", "2,", "1,", "1,", "3,", "3,", "5,", "2", "]"]


def test_any_name_may_be_declared_again_with_another_type(kernel):
    for code in ["const again = 1", "let again = 'a'", "class again {}", "function again() {}", "for (var again = 0; again < 1; again++);"]:
        assert kernel.run(code).ok, code
    assert kernel.run("let again: number[] = [1]; again").value == "[ 1 ]"


def test_functions_are_hoisted_and_see_what_is_declared_again(kernel):
    assert kernel.run("const early = late(); function late() { return base() } function base() { return 1 }; early").value == "1"
    kernel.run("function base() { return 2 }")
    assert kernel.run("late()").value == "2"


def test_top_level_await_loops_and_disposal(kernel):
    assert kernel.run("let sum = 0; for await (const n of [1, Promise.resolve(2)]) sum += n; sum").value == "3"
    code = "const log: string[] = []; { using file = { [Symbol.dispose]() { log.push('closed') } } } log"
    assert kernel.run(code).value == "[ 'closed' ]"


def test_five_thousand_lines_arrive_whole_before_idle(kernel):
    result = kernel.run("for (let i = 0; i < 5000; i++) console.log(`line ${i}`)")
    assert result.ok
    assert result.text().splitlines() == [f"line {i}" for i in range(5000)]


def test_output_keeps_its_order(kernel):
    result = kernel.run("console.log('a'); display('b'); console.error('c'); 'd'")
    kinds = [m["msg_type"] for m in result.messages]
    assert kinds == ["execute_input", "stream", "display_data", "stream", "execute_result"]


def test_output_streams_while_the_cell_is_busy(kernel):
    request = kernel.client.execute("console.log('first'); const end = Date.now() + 1500; while (Date.now() < end); console.log('last')")
    import time

    times = {}
    while True:
        message = kernel.client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "stream":
            times[message["content"]["text"].strip()] = time.monotonic()
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    kernel.reply(request)
    assert times["last"] - times["first"] > 1


def test_output_of_child_processes_arrives(kernel):
    code = "require('node:child_process').execSync('echo from a child', { stdio: 'inherit' }); 0"
    assert "from a child" in kernel.run(code).text()


def test_silent_cells_say_nothing_and_count_nothing(kernel):
    before = kernel.run("1").reply["execution_count"]
    silent = kernel.run("globalThis; let hush = 5; hush", silent=True)
    assert [m["msg_type"] for m in silent.messages] == []
    assert kernel.run("hush").reply["execution_count"] == before + 1


def test_store_history_false_does_not_count(kernel):
    before = kernel.run("1").reply["execution_count"]
    assert kernel.run("2", store_history=False).reply["execution_count"] == before


def test_user_expressions_are_answered_one_by_one(kernel):
    kernel.run("const known = 20")
    answers = kernel.run("known", user_expressions={"good": "known + 1", "bad": "unknownName"}).reply["user_expressions"]
    assert answers["good"]["data"]["text/plain"] == "21"
    assert answers["bad"]["status"] == "error" and answers["bad"]["ename"] == "TS2304"


def test_an_error_aborts_what_is_queued_unless_told_otherwise(kernel):
    first = kernel.client.execute("await new Promise(r => setTimeout(r, 300)); throw new Error('stop')")
    second = kernel.client.execute("let reached = 1")
    assert kernel.reply(first)["status"] == "error"
    # A count would stand beside the cell in a front end as if it had run.
    assert kernel.reply(second) == {"status": "aborted"}
    first = kernel.client.execute("await new Promise(r => setTimeout(r, 300)); throw new Error('go on')", stop_on_error=False)
    second = kernel.client.execute("let reachedToo = 1")
    assert kernel.reply(first)["status"] == "error"
    assert kernel.reply(second)["status"] == "ok"


def test_undefined_is_not_shown(kernel):
    assert kernel.run("undefined").value is None
    assert kernel.run("void 0;").value is None


def test_prompt_waits_for_the_answer_of_the_user(kernel):
    request = kernel.client.execute("const answer = prompt('Your name?'); answer.length", allow_stdin=True)
    question = kernel.client.get_stdin_msg(timeout=30)["content"]
    assert question == {"prompt": "Your name?", "password": False}
    kernel.client.input("Ψ x")
    assert kernel.gather(request).value == "3"


def test_prompt_without_a_user_says_so(kernel):
    name, message, _ = kernel.run("prompt('?')", allow_stdin=False).error
    assert name == "InputNotAllowed" and "without a user" in message
    assert empty(kernel.client.get_stdin_msg)


def test_history_gives_back_the_inputs(kernel):
    kernel.run("'a line to be found'")
    reply = kernel.reply(kernel.client.history(hist_access_type="search", pattern="*to be found*", raw=True, output=False, n=1))
    assert reply["history"][0][2] == "'a line to be found'"


def test_a_question_mark_shows_what_hover_shows(kernel):
    kernel.run("/** Twice a number. */ function twice(n: number) { return 2 * n }")
    hover = kernel.inspect("twice", 5)["data"]
    for code in ("twice?", "?twice"):
        (page,) = kernel.run(code).reply["payload"]
        assert page["source"] == "page" and page["data"] == hover
    assert "Twice a number" in hover["text/markdown"]
    assert "Math.hypot" in kernel.run("Math.hypot?").reply["payload"][0]["data"]["text/plain"]
    assert kernel.run("twice(2)").reply["payload"] == []


def test_replies_say_when_the_cell_began(kernel):
    from datetime import datetime, timezone

    before = datetime.now(timezone.utc)
    request = kernel.client.execute("await new Promise(r => setTimeout(r, 100))")
    message = kernel.client.get_shell_msg(timeout=30)
    while message["parent_header"]["msg_id"] != request:
        message = kernel.client.get_shell_msg(timeout=30)
    started = datetime.fromisoformat(message["metadata"]["started"].replace("Z", "+00:00"))
    assert before.timestamp() - 0.002 <= started.timestamp() <= message["header"]["date"].timestamp() - 0.09


def test_the_history_tells_results(kernel):
    count = kernel.run("6 * 7").reply["execution_count"]
    request = kernel.client.history(hist_access_type="range", output=True, session=0, start=count, stop=count + 1)
    assert kernel.reply(request)["history"] == [[1, count, ["6 * 7", "42"]]]
