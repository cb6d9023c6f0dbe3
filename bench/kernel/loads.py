"""What a kernel bears: much output, large buffers, long loops. Each has a kernel of its own."""

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cells import TypeScript
from client import NoAnswer, parse
from findings import Failure
from latencies import is_status

# Seconds of silence after which a kernel has nothing more to say, and those after its idle status, which some
# send before the last output.
SILENCE = 5
AFTER_IDLE = 0.5

FRAME = 1 << 20
DISPLAY = 1_000_000
LINE = "x" * 78


def drain(kernel, code):
    """All broadcasts of a cell, parsed only when the last has come; and whether the kernel went idle."""
    cell, sent = kernel.execute(code)
    raw = []
    try:
        for channel, at, frames in kernel.arrivals(SILENCE):
            if channel == "iopub":
                raw.append((at, frames))
                # The content is a message's last part where it has no buffers.
                if len(frames[-1]) < 100 and b'"idle"' in frames[-1].bytes:
                    break
        for channel, at, frames in kernel.arrivals(AFTER_IDLE):
            if channel == "iopub":
                raw.append((at, frames))
    except NoAnswer:
        pass
    messages = [parse("iopub", at, [frame.buffer for frame in frames]) for at, frames in raw]
    messages = [message for message in messages if message.parent == cell]
    return sent, messages, any(is_status(message, cell, "idle") for message in messages)


def arrived(got, count, idle):
    if got < count:
        raise Failure(f"{got:,} of {count:,}".replace(",", " ") + ("" if idle else ", never idle"))
    if not idle:
        raise Failure("never idle")


def lines(run, kernel):
    count = run.amounts.lines
    sent, messages, idle = drain(kernel, run.language.lines.format(count=count, text=LINE))
    run.found("lines.memory", kernel.peak_rss())
    text = "".join(m.content["text"] for m in messages if m.type == "stream")
    arrived(text.count("\n"), count, idle)
    if text != "".join(f"line {i} {LINE}\n" for i in range(count)):
        raise Failure("out of order")
    run.found("lines", messages[-1].at - sent)


def displays(run, kernel):
    count = run.amounts.displays
    sent, messages, idle = drain(kernel, run.dialect.show.format(bytes=DISPLAY, count=count))
    run.found("displays.memory", kernel.peak_rss())
    shown = [m for m in messages if m.type == "display_data" and len(m.content["data"]["text/plain"]) == DISPLAY]
    arrived(len(shown), count, idle)
    run.found("displays", messages[-1].at - sent)


def rate(messages, count, idle):
    """MB/s of buffers from the first message on that belongs to them."""
    got = [m for m in messages if m.type == "comm_msg" and sum(len(b) for b in m.buffers) == FRAME]
    arrived(len(got), count, idle)
    if [m.content["data"]["i"] for m in got] != list(range(count)):
        raise Failure("out of order")
    opened = next(m for m in messages if m.type == "comm_open")
    return count * FRAME / 1e6 / (got[-1].at - opened.at)


def frames(run, kernel):
    if run.dialect.frames is None:
        raise Failure("none")
    count = run.amounts.frames
    _, messages, idle = drain(kernel, run.dialect.frames.format(bytes=FRAME, count=count))
    run.found("frames", rate(messages, count, idle))


def figure(run, kernel):
    if run.dialect.figure is None:
        return
    ran = kernel.run(run.dialect.figure.format())
    if not any("image/png" in m.content.get("data", {}) for m in ran.messages):
        raise Failure("no figure")
    run.found("figure", 1000 * ran.seconds)
    time.sleep(1)
    run.found("memory.figure", kernel.pss())


def seconds_in(text):
    found = re.search(r"seconds ([\d.e-]+)", text)
    if not found:
        raise Failure("the cell fails")
    return float(found[1])


# A loop is repeated so often, and as long as its runs took less than these seconds together.
REPEATS = 5
ENOUGH = 2


def repeated(seconds_of_one):
    times = [seconds_of_one()]
    while len(times) < REPEATS and sum(times) < ENOUGH:
        times.append(seconds_of_one())
    return times


def loops(run, kernel):
    for title, code in run.language.loops.items():
        cell = code.format(n=run.amounts.turns)
        run.found(f"loop.{title}", *repeated(lambda: seconds_in(kernel.run(cell, timeout=90).text)))


def loops_in_a_script(node, turns):
    """The seconds of each loop in `node script.mjs`."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "loop.mjs"
        run = lambda: subprocess.run([node, script], capture_output=True, text=True, check=True)
        for title, code in TypeScript.loops.items():
            script.write_text(code.format(n=turns).replace("(n: number)", "(n)"))
            yield f"loop.{title}", repeated(lambda: seconds_in(run().stdout))


STEPS = (
    (figure, ("figure", "memory.figure")),
    (lines, ("lines",)),
    (displays, ("displays",)),
    (frames, ("frames",)),
    (loops, tuple(f"loop.{title}" for title in TypeScript.loops)),
)
