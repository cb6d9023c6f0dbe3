"""Subshells (JEP 91): cells that run while a cell of the main shell awaits."""

import pytest
from conftest import TIMEOUT


def ask(kernel, message_type, content=None):
    message = kernel.client.session.msg(message_type, content or {})
    kernel.client.control_channel.send(message)
    while True:
        reply = kernel.client.get_control_msg(timeout=TIMEOUT)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply["content"]


def execute(kernel, subshell, code):
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
    message = kernel.client.session.msg("execute_request", content)
    message["header"]["subshell_id"] = subshell
    kernel.client.shell_channel.send(message)
    return message["header"]["msg_id"]


def gather(kernel, requests):
    """What each of some requests has sent until its idle status and its reply, whatever their order."""
    sent = {request: [] for request in requests}
    idle = set()
    while idle != set(requests):
        message = kernel.client.get_iopub_msg(timeout=TIMEOUT)
        parent = message["parent_header"].get("msg_id")
        if parent not in sent:
            continue
        sent[parent].append(message)
        if message["content"].get("execution_state") == "idle":
            idle.add(parent)
    replies = {}
    while set(replies) != set(requests):
        message = kernel.client.get_shell_msg(timeout=TIMEOUT)
        replies[message["parent_header"].get("msg_id")] = message
    return sent, replies


def of(messages, message_type):
    return [m["content"] for m in messages if m["msg_type"] == message_type]


@pytest.fixture()
def subshell(kernel):
    subshell = ask(kernel, "create_subshell_request")["subshell_id"]
    yield subshell
    ask(kernel, "delete_subshell_request", {"subshell_id": subshell})


def test_a_subshell_is_listed_until_it_is_deleted(kernel):
    subshell = ask(kernel, "create_subshell_request")["subshell_id"]
    assert subshell in ask(kernel, "list_subshell_request")["subshell_id"]
    assert ask(kernel, "delete_subshell_request", {"subshell_id": subshell})["status"] == "ok"
    assert subshell not in ask(kernel, "list_subshell_request")["subshell_id"]
    reply = kernel.reply(execute(kernel, subshell, "1"))
    assert reply["status"] == "error" and reply["ename"] == "UnknownSubshell"


def test_cells_of_two_shells_take_turns_where_they_await(kernel, subshell):
    kernel.run("let opened: () => void = () => {}; const gate = new Promise<void>((r) => { opened = r })")
    main = kernel.client.execute("await gate; console.log('from main'); const fromMain = 1; 'main'")
    sub = execute(kernel, subshell, "console.log('from sub'); opened(); const fromSub = 2; 'sub'")
    sent, replies = gather(kernel, [main, sub])
    for request, name in ((main, "main"), (sub, "sub")):
        assert replies[request]["content"]["status"] == "ok"
        assert [c["text"] for c in of(sent[request], "stream")] == [f"from {name}\n"]
        assert [c["data"]["text/plain"] for c in of(sent[request], "execute_result")] == [f"'{name}'"]
    assert replies[sub]["parent_header"]["subshell_id"] == subshell
    assert kernel.run("fromMain + fromSub").value == "3"


def test_an_interrupt_stops_the_cells_of_all_shells(kernel, subshell):
    main = kernel.client.execute("await new Promise(() => setTimeout(() => {}, 1e6))")
    sub = execute(kernel, subshell, "for (;;) await new Promise((r) => setTimeout(r, 5))")
    started = set()
    while started != {main, sub}:
        message = kernel.client.get_iopub_msg(timeout=TIMEOUT)
        if message["msg_type"] == "execute_input":
            started.add(message["parent_header"]["msg_id"])
    kernel.interrupt()
    sent, replies = gather(kernel, [main, sub])
    assert [replies[request]["content"]["ename"] for request in (main, sub)] == ["Interrupted"] * 2
    assert kernel.run("1").ok


def test_an_error_in_a_subshell_stops_no_other_cell(kernel, subshell):
    main = kernel.client.execute("await new Promise((r) => setTimeout(r, 300)); 'done'")
    sub = execute(kernel, subshell, "throw new Error('here')")
    sent, replies = gather(kernel, [main, sub])
    assert replies[main]["content"]["status"] == "ok" and replies[sub]["content"]["evalue"] == "here"


def test_cells_of_two_shells_that_throw_at_once_show_their_own_errors(kernel, subshell):
    kernel.run("let both: (reason: string) => void = () => {}; const signal = new Promise<string>((r) => { both = r })")
    main = kernel.client.execute("await signal; throw new TypeError('of main')", stop_on_error=False)
    sub = execute(kernel, subshell, "setTimeout(() => both('now'), 100); await signal; throw new RangeError('of sub')")
    sent, replies = gather(kernel, [main, sub])
    for request, name, text in ((main, "TypeError", "of main"), (sub, "RangeError", "of sub")):
        assert (replies[request]["content"]["ename"], replies[request]["content"]["evalue"]) == (name, text)


def test_a_question_is_asked_in_the_shell_that_asks(kernel, subshell):
    main = kernel.client.execute("await new Promise((r) => setTimeout(r, 300)); prompt('main?')", allow_stdin=True)
    sub = execute(kernel, subshell, "prompt('sub?')")
    question = kernel.client.get_stdin_msg(timeout=TIMEOUT)
    assert question["parent_header"]["msg_id"] == main and question["content"]["prompt"] == "main?"
    kernel.client.input("yes")
    sent, replies = gather(kernel, [main, sub])
    assert of(sent[main], "execute_result")[0]["data"]["text/plain"] == "'yes'"
    assert replies[sub]["content"]["ename"] == "InputNotAllowed"


def test_a_timer_of_a_cell_that_has_ended_cannot_ask(kernel):
    kernel.run(
        "let refusal = ''; setTimeout(() => { try { prompt('late?') } catch (e) { refusal = (e as Error).name } }, 50)",
        allow_stdin=True,
    )
    code = "await new Promise((r) => setTimeout(r, 200)); refusal"
    assert kernel.run(code, allow_stdin=True).value == "'InputNotAllowed'"
