"""Bars of progress: what they say while they run, and what stays."""

import re
import time

import pytest

from test_comms import post

DURATION = r"\d+(\.\d+)? (µs|ms|s)"


def states(result):
    """The text of each state of a cell's only display, in order."""
    first, *changes = [m["content"] for m in result.messages if "display" in m["msg_type"]]
    assert all(change["transient"] == first["transient"] for change in changes)
    return [state["data"] for state in [first, *changes]]


def last_line(result):
    data = states(result)[-1]
    assert data.keys() == {"text/plain"}
    return data["text/plain"]


def test_a_loop_over_a_list_gets_its_items_and_ends_with_one_line(kernel):
    result = kernel.run("let got: string[] = []; for (const s of progress(['a', 'b'], { label: 'letters' })) got.push(s)")
    assert re.fullmatch(rf"letters: 2/2 · {DURATION}", last_line(result))
    assert kernel.run("got").value == "[ 'a', 'b' ]"
    assert kernel.run("let sum = 0; for (const i of progress(5)) sum += i; sum").value == "10"


def test_while_it_runs_it_says_how_far_it_is_and_how_long_it_takes(kernel):
    code = "for (const i of progress(4, { label: '<b>' })) for (const end = Date.now() + 150; Date.now() < end; ) {}"
    live = [data for data in states(kernel.run(code)) if "text/html" in data]
    assert live[0]["text/plain"].startswith("<b>: 0 % · 0/4")
    half = [data for data in live if "2/4" in data["text/plain"]][0]
    assert re.fullmatch(rf"<b>: 50 % · 2/4 · {DURATION} · {DURATION} left · .*", half["text/plain"])
    assert '<progress aria-label="&#60;b&#62;" value="0.5" max="1"' in half["text/html"]


def test_states_are_sent_ten_times_a_second_at_most(kernel):
    began = time.monotonic()
    result = kernel.run("let n = 0; for (const i of progress(1e6)) n++; n")
    assert result.value == "1000000"
    assert len(states(result)) <= 3 + (time.monotonic() - began) / 0.1


def test_a_loop_that_is_left_says_where(kernel):
    result = kernel.run("for (const i of progress(10)) if (i === 3) break")
    assert re.fullmatch(rf"3/10 · stopped after {DURATION}", last_line(result))
    result = kernel.run("for (const i of progress(10)) if (i === 4) throw new Error('no')")
    assert re.fullmatch(rf"4/10 · stopped after {DURATION}", last_line(result))


def test_an_interrupted_loop_says_where(kernel):
    for code in [
        "for (const i of progress(1000)) for (const end = Date.now() + 20; Date.now() < end; ) {}",
        "for (const i of progress(1000)) await new Promise(r => setTimeout(r, 20))",
    ]:
        result = kernel.run(code, interrupt_after=0.7)
        assert not result.ok
        assert re.fullmatch(rf"[1-9]\d*/1000 · stopped after {DURATION}", last_line(result)), code


def test_loops_inside_of_a_loop_are_seen_below_it_and_leave_nothing(kernel):
    code = """
        for (const i of progress(2, { label: 'outer' }))
          for (const j of progress(3, { label: 'inner' }))
            for (const end = Date.now() + 60; Date.now() < end; ) {}
    """
    result = kernel.run(code)
    assert any(re.match(r"outer: .*\ninner: .*", data["text/plain"]) for data in states(result))
    assert re.fullmatch(rf"outer: 2/2 · {DURATION}", last_line(result))


def test_items_that_come_in_time_and_totals_that_are_unknown(kernel):
    code = "async function* later() { for (let i = 0; i < 3; i++) { await null; yield i } }\nlet n = 0; for await (const i of progress(later())) n += i"
    assert re.fullmatch(rf"3 · {DURATION}", last_line(kernel.run(code)))
    assert kernel.run("n").value == "3"
    assert re.match("2/2", last_line(kernel.run("for (const x of progress(new Set([1, 2]))) {}")))


def test_a_bar_moved_by_hand(kernel):
    code = "const bar = progress({ total: 4, label: 'files' }); bar.advance(); bar.set(3); bar.label = 'parts'; bar.advance(); bar.done()"
    assert re.fullmatch(rf"parts: 4/4 · {DURATION}", last_line(kernel.run(code)))
    assert re.fullmatch(rf"1 · {DURATION}", last_line(kernel.run("{ using b = progress(); b.advance() }")))


def test_what_is_no_work_is_refused(kernel):
    for code, told in [
        ("progress(-1).next()", "a whole number from 0 on; got -1"),
        ("progress(true as never)", "got true"),
        ("progress([1], { totl: 1 } as never)", "the options label and total; got totl"),
        ("progress({ total: -1 })", "a total from 0 on; got -1"),
        ("progress({ total: 1 }).advance(NaN)", "bar.advance takes a number of parts; got NaN"),
    ]:
        name, message, _ = kernel.run(code).error
        assert name == "TypeError" and told in message, code


RUN = "qde({ objective: 'x^2/2', D: 0.5 }).evolve(wavePacket({ x0: 1, sigma: 0.5 }), { until: 1e5, steps: 5000000, frames: 10 })"


def test_a_long_run_of_the_library_is_told_to_a_front_end_that_asks(kernel):
    kernel.run("qde({ objective: 'x^2/2', D: 0.5 })")
    assert not kernel.run(RUN, interrupt_after=1.2).of("comm_msg"), "nobody asks"
    post(kernel, "comm_open", {"comm_id": "bar", "target_name": "psilab.progress", "data": {}})
    *told, last = [c["data"] for c in kernel.run(RUN, interrupt_after=2).of("comm_msg") if c["comm_id"] == "bar"]
    fractions = [data["fraction"] for data in told]
    assert len(fractions) >= 2 and fractions == sorted(fractions) and 0 < fractions[0] < fractions[-1] < 1
    assert all(data["secondsLeft"] > 0 for data in told)
    assert last == {}, "the cell has ended"
    assert not kernel.run(RUN.replace("5000000", "500").replace("1e5", "1")).of("comm_msg"), "a short run"
    assert not kernel.run(RUN.replace("frames: 10", "progress: () => undefined"), interrupt_after=1.2).of("comm_msg")
    post(kernel, "comm_close", {"comm_id": "bar", "data": {}})


WIDE = """qde({ objective: '(x^2 + y^2)/2', D: 0.5, grid: { points: 64 } }).evolve(wavePacket({ x0: [1, 0], sigma: 0.5 }),
  { until: 1e3, steps: 400000, frames: 1000 })"""
DESCENT = "gradientDescent({ learningRate: 1e-7 }).run('x^2 + y^2', { start: [1, 1], evaluations: 100000000 })"


@pytest.mark.parametrize("code", [WIDE, RUN.replace("frames: 10", "frames: 2000"), DESCENT], ids=["plane", "line", "descent"])
def test_a_long_run_shows_what_it_has_come_to_and_that_costs_little(kernel, code):
    kernel.run("qde({ objective: 'x^2/2', D: 0.5 })")
    post(kernel, "comm_open", {"comm_id": "seen", "target_name": "psilab.progress", "data": {}})
    post(kernel, "comm_msg", {"comm_id": "seen", "data": {"ready": "page"}})
    request = kernel.client.execute(code)
    began, frames, stopped = time.monotonic(), [], False
    while True:
        message = kernel.client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != request:
            continue
        content = message["content"]
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            break
        if message["msg_type"] == "comm_msg" and "frame" in content["data"]:
            frames.append(content["data"]["figure"])
            post(kernel, "comm_msg", {"comm_id": "seen", "data": {"back": content["data"]["frame"], "page": "page"}})
        if not stopped and time.monotonic() - began > 4:
            stopped = True
            kernel.interrupt()
    assert kernel.reply(request)["ename"] == "Interrupted"
    assert len(frames) >= 2
    assert len({repr(frame) for frame in frames}) > 1, "they go on"
    post(kernel, "comm_close", {"comm_id": "seen", "data": {}})
