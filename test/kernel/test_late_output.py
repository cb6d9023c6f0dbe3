"""What a cell shows after it has ended belongs to it, and not to the cell that runs then."""

import queue
import time

import pytest


def late(kernel, start, stop="undefined", seconds=0.6):
    """Run a cell that goes on in the background and then one that waits; the messages of each, by type and content."""
    first = kernel.client.execute(start)
    second = kernel.client.execute(f"await new Promise(r => setTimeout(r, {seconds * 1000})); console.log('second'); {stop}")
    found = {first: [], second: []}
    idle = False
    while not idle:
        message = kernel.client.get_iopub_msg(timeout=60)
        parent = message["parent_header"].get("msg_id")
        if parent in found and message["msg_type"] not in ("status", "execute_input"):
            found[parent].append((message["msg_type"], message["content"]))
        idle = parent == second and message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
    for request in found:
        kernel.reply(request)
    return found[first], found[second]


def text(messages, stream="stdout"):
    return "".join(content["text"] for kind, content in messages if kind == "stream" and content["name"] == stream)


SOURCES = {
    "setInterval": ("let beats = 0; const ticking = setInterval(() => { if (beats++ < 5) console.log('tick') }, 30)", "clearInterval(ticking)"),
    "setTimeout": ("setTimeout(() => console.log('tick'), 100)", ""),
    "a timer of a timer": ("setTimeout(() => setTimeout(() => setImmediate(() => console.log('tick')), 50), 50)", ""),
    "a module's timer": ("import { setTimeout as later } from 'node:timers'\nlater(() => console.log('tick'), 100)", ""),
    "an un-awaited loop": (
        "async function loop() { for (let i = 0; i < 5; i++) { await new Promise(r => setTimeout(r, 30)); console.log('tick') } }\nvoid loop()",
        "",
    ),
    "an un-awaited loop on timers' promises": (
        "const { setTimeout: pause } = require('node:timers/promises')\nvoid (async () => { for (let i = 0; i < 5; i++) { await pause(30); console.log('tick') } })()",
        "",
    ),
    "then": ("void new Promise(r => setTimeout(r, 100)).then(() => console.log('tick'))", ""),
    "a promise that a later cell settles": ("let settle: () => void = () => {}; void new Promise<void>(r => { settle = r }).then(() => console.log('tick'))", "settle(); await 1"),
    "queueMicrotask and nextTick": ("setTimeout(() => queueMicrotask(() => process.nextTick(() => console.log('tick'))), 100)", ""),
    "a child process's event": ("require('node:child_process').spawn('sleep', ['0.1']).on('exit', () => console.log('tick'))", ""),
    "a child process's text": ("require('node:child_process').exec('sleep 0.1; echo tick').stdout.on('data', (line: string) => console.log(line.trim()))", ""),
}


@pytest.mark.parametrize("start, stop", SOURCES.values(), ids=SOURCES.keys())
def test_text_after_the_end_goes_to_the_cell_that_caused_it(kernel, start, stop):
    first, second = late(kernel, start, stop)
    assert set(text(first).split()) == {"tick"}
    assert text(second) == "second\n"


def test_what_a_cell_awaits_is_its_own_beside_the_background(kernel):
    kernel.run("const busy = setInterval(() => 1, 1)")
    result = kernel.run("for (let i = 0; i < 20; i++) { await new Promise(r => setTimeout(r, 2)); console.log(i) }")
    assert result.text().split() == [str(i) for i in range(20)]
    kernel.run("clearInterval(busy)")


def test_a_display_updated_later_goes_to_its_cell(kernel):
    first, second = late(kernel, "const shown = display('old'); void setTimeout(() => { shown.update('new'); display('more') }, 100)")
    assert [kind for kind, _ in first] == ["display_data", "update_display_data", "display_data"]
    assert [kind for kind, _ in second] == ["stream"]


def test_an_error_in_a_timer_is_told_under_its_cell(kernel):
    first, second = late(kernel, "setTimeout(() => { throw new RangeError('too late') }, 100)")
    assert "RangeError" in text(first, "stderr") and "too late" in text(first, "stderr")
    assert text(second, "stderr") == ""


def test_a_rejection_that_nobody_handles_is_told_under_its_cell(kernel):
    first, second = late(kernel, "void (async () => { await new Promise(r => setTimeout(r, 100)); throw new RangeError('too late') })()")
    assert "too late" in text(first, "stderr")
    assert text(second, "stderr") == ""


def test_a_comm_handler_writes_to_the_cell_that_has_opened_the_comm(kernel):
    request = kernel.client.execute("const line = comms.open('late'); line.onMessage = ({ data }) => console.log(data)")
    opened = [m for m in kernel.gather(request).messages if m["msg_type"] == "comm_open"]
    kernel.run("1 + 1")
    content = {"comm_id": opened[0]["content"]["comm_id"], "data": "tick"}
    kernel.client.shell_channel.send(kernel.client.session.msg("comm_msg", content))
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            message = kernel.client.get_iopub_msg(timeout=1)
        except queue.Empty:
            continue
        if message["msg_type"] == "stream":
            assert message["parent_header"]["msg_id"] == request
            kernel.run("line.close()")
            return
    pytest.fail("no output came")


def test_the_mark_of_a_promise_is_not_seen(kernel):
    assert kernel.run("Promise.resolve(1)").value == "Promise { 1 }"
    assert kernel.run("Reflect.ownKeys(Promise.resolve(1)).length").value == "0"


def test_timers_look_like_those_of_node(kernel):
    assert kernel.run("[setTimeout.name, setTimeout.length, require('node:util').promisify(setTimeout) === require('node:timers/promises').setTimeout]").value == "[ 'setTimeout', 5, true ]"
