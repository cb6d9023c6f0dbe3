"""Figures that are shown again and again while a cell runs."""

import time

import pytest
from test_comms import post

TARGET = "psilab.stream"
FIGURE = "application/vnd.psilab.figure.v1+json"

# A figure that costs nothing, with an array that changes and one that does not.
CARD = """
class Card {
  constructor(readonly n: number, readonly wide = 4) {}
  figure() {
    const packed = (values: Float32Array) =>
      ({ dtype: 'float32', shape: [values.length], data: Buffer.from(values.buffer).toString('base64'), offset: 0, scale: 1 })
    return { version: 1, kind: 'card', n: this.n, x: packed(new Float32Array(this.wide)), y: packed(new Float32Array(this.wide).fill(this.n)) }
  }
  async [Symbol.for('Jupyter.display')]() {
    await null
    return { 'application/vnd.psilab.figure.v1+json': this.figure(), 'image/png': 'iVBORw0KGgo=', 'text/plain': this.toString() }
  }
  toString() { return 'card ' + this.n }
  [Symbol.for('nodejs.util.inspect.custom')]() { return this.toString() }
}
const pause = (ms: number) => new Promise<void>((r) => setTimeout(r, ms))
const busy = (ms: number) => { for (const end = performance.now() + ms; performance.now() < end; ) {} }
"""


class Page:
    """What a page does: it answers the stream, and gives credits back once it has painted."""

    def __init__(self, kernel, name="page", paint=0.0, answers=True):
        self.kernel, self.name, self.paint, self.answers = kernel, name, paint, answers
        self.frames, self.comm, self.opened = [], None, None
        self.heard = []

    def say(self, data):
        post(self.kernel, "comm_msg", {"comm_id": self.comm, "data": data})

    def take(self, message):
        content = message["content"]
        self.heard.append(message)
        if message["msg_type"] == "comm_open" and content["target_name"] == TARGET:
            self.comm, self.opened = content["comm_id"], content
            if self.answers:
                self.say({"ready": self.name})
        elif message["msg_type"] == "comm_msg" and content["comm_id"] == self.comm and "frame" in content["data"]:
            self.frames.append((content["data"], [bytes(b) for b in message["buffers"]], time.time()))
            if self.paint:
                time.sleep(self.paint)
            if self.answers:
                self.say({"back": content["data"]["frame"], "page": self.name})


def watch(kernel, code, *pages, at=lambda page: None, interrupt_after=None):
    """Runs a cell while pages watch, and returns its messages and its reply."""
    request = kernel.client.execute(code)
    began, messages = time.monotonic(), []
    while True:
        message = kernel.client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
        messages.append(message)
        for page in pages:
            page.take(message)
            at(page)
        if interrupt_after and time.monotonic() - began > interrupt_after:
            kernel.interrupt()
            interrupt_after = None
    return messages, kernel.reply(request)


def displays(messages):
    return [m["content"] for m in messages if "display" in m["msg_type"]]


AWAITING = "const shown = display(new Card(0)); for (let n = 1; n <= 200; n++) { shown.update(new Card(n)); await pause(5) }"
SYNCHRONOUS = "const shown = display(new Card(0)); for (let n = 1; n <= 200; n++) { shown.update(new Card(n)); busy(5) }"


def test_frames_flow_while_a_page_answers_and_the_last_one_stays(kernel):
    kernel.run(CARD)
    for code in [AWAITING, SYNCHRONOUS]:
        page = Page(kernel)
        messages, reply = watch(kernel, code, page)
        assert reply["status"] == "ok"
        assert len(page.frames) > 60, code
        numbers = [data["figure"]["n"] for data, _, _ in page.frames]
        assert numbers == sorted(numbers)
        lags = sorted(at - data["at"] / 1000 for data, _, at in page.frames)
        assert lags[len(lags) // 2] < 0.1
        first, *changes = displays(messages)
        assert len(changes) == 1 and "image/png" not in first["data"], "no picture of what is streamed"
        assert first["metadata"] == {FIGURE: {"stream": first["transient"]["display_id"]}}
        last = changes[-1]
        assert last["data"][FIGURE]["n"] == 200 and last["data"]["image/png"] == "iVBORw0KGgo="
        assert last["data"]["text/plain"] == "card 200" and last["metadata"] == {}
        assert all(c["transient"] == first["transient"] for c in changes)
        assert page.opened["data"]["stream"] == first["transient"]["display_id"]
        assert messages[-1]["msg_type"] == "comm_close" and messages[-1]["content"]["data"] == {"ended": True}


def test_a_display_that_is_there_already_begins_to_stream(kernel):
    kernel.run(CARD)
    kernel.run("const early = display(new Card(0))")
    page = Page(kernel)
    messages, _ = watch(kernel, "for (let n = 1; n <= 40; n++) { early.update(new Card(n)); await pause(10) }", page)
    first, *_, last = displays(messages)
    assert first["metadata"][FIGURE]["stream"] == first["transient"]["display_id"]
    assert len(page.frames) > 10 and last["data"][FIGURE]["n"] == 40


def test_arrays_that_stay_are_sent_once(kernel):
    kernel.run(CARD)
    page = Page(kernel)
    watch(kernel, AWAITING, page)
    (first, buffers, _), (second, changed, _) = page.frames[:2]
    assert first["figure"]["x"]["data"] == 0 and first["figure"]["y"]["data"] == 1
    assert first["kept"] == [] and [len(b) for b in buffers] == [16, 16]
    assert second["kept"] == [0] and [len(b) for b in changed] == [16]


def test_a_slow_page_gets_the_newest_frames_and_holds_nothing_up(kernel):
    kernel.run(CARD)
    for code in [AWAITING, SYNCHRONOUS]:
        page = Page(kernel, paint=0.1)
        began = time.monotonic()
        watch(kernel, code, page)
        took = time.monotonic() - began
        assert took < 10, "a loop that waited for each of 200 frames would take 20 s"
        assert 5 <= len(page.frames) <= 3 + took / 0.1
        numbers = [data["figure"]["n"] for data, _, _ in page.frames]
        assert max(later - earlier for earlier, later in zip(numbers, numbers[1:], strict=False)) > 10


def test_where_nobody_answers_the_display_is_changed_at_leisure(kernel):
    kernel.run(CARD)
    messages, _ = watch(kernel, AWAITING.replace("200", "500"))
    first, *changes = displays(messages)
    assert all(c["data"]["image/png"] == "iVBORw0KGgo=" for c in changes)
    assert 4 <= len(changes) <= 12, "after a second, every quarter of one"
    assert not [m for m in messages if m["msg_type"] == "comm_msg"]
    assert changes[-1]["data"][FIGURE]["n"] == 500
    messages, _ = watch(kernel, SYNCHRONOUS)
    assert displays(messages)[-1]["data"][FIGURE]["n"] == 200


def test_a_front_end_that_refuses_is_not_waited_for(kernel):
    kernel.run(CARD)
    page = Page(kernel, answers=False)

    def refuse(page):
        if page.comm and page.opened:
            post(kernel, "comm_close", {"comm_id": page.comm, "data": {}})
            page.opened = None

    messages, _ = watch(kernel, AWAITING, page, at=refuse)
    assert len(displays(messages)) >= 4


@pytest.mark.parametrize("code", [AWAITING, SYNCHRONOUS], ids=["awaiting", "synchronous"])
def test_a_stopped_cell_keeps_what_was_last_seen(kernel, code):
    kernel.run(CARD)
    page = Page(kernel)
    messages, reply = watch(kernel, code.replace("200", "100000"), page, interrupt_after=1)
    assert reply["ename"] == "Interrupted"
    last = displays(messages)[-1]
    assert last["data"]["image/png"] == "iVBORw0KGgo="
    assert last["data"][FIGURE]["n"] >= page.frames[-1][0]["figure"]["n"] > 20


def test_a_cell_that_fails_keeps_it_too(kernel):
    kernel.run(CARD)
    messages, reply = watch(kernel, AWAITING + "; throw new Error('no')", Page(kernel))
    assert reply["evalue"] == "no"
    assert displays(messages)[-1]["data"][FIGURE]["n"] == 200


def test_a_page_that_goes_does_not_stop_the_run_and_one_that_comes_gets_all(kernel):
    kernel.run(CARD)
    page = Page(kernel, "first")

    def reload(page):
        if len(page.frames) == 20 and page.answers:
            page.answers = False
            info = kernel.reply(kernel.client.comm_info(TARGET))
            assert info["comms"] == {page.comm: {"target_name": TARGET}}
        if page.frames and not page.answers and page.name == "first" and time.time() - page.frames[-1][2] > 0.2:
            page.say({"resume": "second"})
            page.name, page.answers = "second", True

    def nudge(page):
        reload(page)

    code = SYNCHRONOUS.replace("200", "800").replace("busy(5)", "busy(5); if (n % 20 === 0) console.log(n)")
    messages, reply = watch(kernel, code, page, at=nudge)
    assert reply["status"] == "ok"
    after = [(data, buffers) for data, buffers, _ in page.frames if data["frame"] > 22]
    assert len(after) > 20, "frames flow on"
    assert after[0][0]["kept"] == [] and len(after[0][1]) == 2, "the first of them is whole"
    closed = messages[-1]["content"]["data"]
    assert closed["ended"] and closed["data"][FIGURE]["n"] == 800, "the page does not know the display any more"


def test_pages_pause_and_go_on(kernel):
    kernel.run(CARD)
    page = Page(kernel)

    def pause(page):
        if len(page.frames) == 10 and page.opened:
            page.say({"paused": True})
            page.opened = None
        if not page.opened and page.heard[-1]["msg_type"] == "stream":
            page.say({"paused": False})

    code = SYNCHRONOUS.replace("200", "400").replace("busy(5)", "busy(5); if (n === 250) console.log(n)")
    _, reply = watch(kernel, code, page, at=pause)
    assert reply["status"] == "ok"
    numbers = [data["figure"]["n"] for data, _, _ in page.frames]
    assert max(later - earlier for earlier, later in zip(numbers, numbers[1:], strict=False)) > 100
    told = [m["content"]["data"]["paused"] for m in page.heard if m["msg_type"] == "comm_msg" and "paused" in m["content"]["data"]]
    assert told == [True, False]


def test_two_pages_see_the_same_frames_and_one_that_is_silent_is_left_behind(kernel):
    kernel.run(CARD)
    left, right = Page(kernel, "left"), Page(kernel, "right")

    def silence(page):
        if page is right and len(page.frames) == 20:
            page.answers = False

    watch(kernel, AWAITING.replace("200", "1000"), left, right, at=silence)
    assert [f[0]["frame"] for f in left.frames] == [f[0]["frame"] for f in right.frames]
    assert len(left.frames) > 60


def test_what_comes_after_its_cell_streams_and_stays_too(kernel):
    kernel.run(CARD)
    kernel.run("const late = display(new Card(0))")
    request = kernel.client.execute(
        "let n = 0; const timer = setInterval(() => { late.update(new Card(++n)); if (n === 30) clearInterval(timer) }, 10)"
    )
    page = Page(kernel)
    deadline = time.monotonic() + 30
    last = None
    while last is None and time.monotonic() < deadline:
        message = kernel.client.get_iopub_msg(timeout=30)
        if message["parent_header"].get("msg_id") != request:
            continue
        page.take(message)
        if message["msg_type"] == "update_display_data" and "image/png" in message["content"]["data"]:
            last = message["content"]
    kernel.reply(request)
    assert last["data"][FIGURE]["n"] == 30
    assert len(page.frames) > 5


def test_something_else_in_its_place_ends_a_stream(kernel):
    kernel.run(CARD)
    messages, _ = watch(kernel, AWAITING + "; shown.update('done')", Page(kernel))
    assert displays(messages)[-1]["data"] == {"text/plain": "'done'"}
    assert [m["msg_type"] for m in messages].count("comm_close") == 1


def test_the_stream_names_the_cell_of_the_notebook(kernel):
    kernel.run(CARD)
    message = kernel.client.session.msg("execute_request", {"code": AWAITING, "silent": False}, metadata={"cellId": "abc"})
    kernel.client.session.send(kernel.client.shell_channel.socket, message)
    opened = [m for m in kernel.gather(message["header"]["msg_id"]).messages if m["msg_type"] == "comm_open"]
    assert opened[0]["content"]["data"]["cell"] == "abc"


def test_a_figure_that_cannot_be_drawn_says_why(kernel):
    kernel.run(CARD)
    kernel.run("class Torn extends Card { override figure(): never { throw new RangeError('torn') } }")
    messages, reply = watch(kernel, AWAITING + "; shown.update(new Torn(1)); await pause(50)", Page(kernel))
    assert reply["status"] == "ok"
    assert "torn" in displays(messages)[-1]["data"]["text/plain"]


@pytest.mark.parametrize("what", ["cyclic", "10n", "deep", "{ get x() { throw new Error('x') } }"])
def test_what_cannot_be_sent_says_so_in_its_place_and_the_cell_goes_on(kernel, what):
    kernel.run(CARD)
    kernel.run(
        "const cyclic: any = {}; cyclic.self = cyclic; let deep: any = {}; for (let i = 0; i < 1e5; i++) deep = { deep };"
        "class Odd extends Card { constructor(readonly what: unknown) { super(1) } override figure(): any { return this.what } }"
    )
    code = f"const odd = display(new Card(0)); odd.update(new Odd({what})); await pause(50); odd.update(new Odd({what})); 'on'"
    messages, reply = watch(kernel, code, Page(kernel))
    assert reply["status"] == "ok"
    last = displays(messages)[-1]["data"]
    assert FIGURE not in last and last["text/plain"].startswith("This value could not be drawn.")
