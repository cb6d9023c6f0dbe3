"""What a user waits for at one kernel: its start, its cells, its answers, its memory meanwhile, its stop button."""

import time

from findings import Failure

# Seconds of a cell that is busy while something else is asked.
SPIN = 1.2
# Seconds after which a stop button has failed.
PATIENCE = 8
# Seconds for which a kernel rests before its memory is read.
REST = 1


def milliseconds(seconds):
    return 1000 * seconds


def is_status(message, request, state):
    return message.type == "status" and message.parent == request and message.content["execution_state"] == state


def started(run, kernel):
    reply, _ = kernel.request("kernel_info_request", {}, timeout=60)
    run.found("start.info", milliseconds(reply.at - kernel.started))
    request, _ = kernel.execute("1 + 1")
    for message in kernel.messages(60):
        if message.type == "execute_reply" and message.parent == request:
            run.found("start.execute", milliseconds(message.at - kernel.started))
            return


def connected(run, kernel):
    """The names are there that are asked for later."""
    kernel.connect()
    if not kernel.run(run.language.variable).ok:
        raise Failure("the cell fails")


def resting(run, kernel):
    time.sleep(REST)
    run.found("memory.start", kernel.pss())


def timed_cells(run, kernel, item, codes):
    ran = [kernel.run(code) for code in codes]
    if not all(one.ok for one in ran):
        raise Failure("the cell fails")
    run.found(item, *(milliseconds(one.seconds) for one in ran))


def trivial(run, kernel):
    timed_cells(run, kernel, "cell.trivial", ["1 + 1"] * run.amounts.samples)


def declaring(run, kernel):
    codes = [run.language.declare.format(n=n) for n in range(run.amounts.few_samples)]
    timed_cells(run, kernel, "cell.declaration", codes)


def complete(kernel, code, wanted, **where):
    reply, seconds = kernel.request("complete_request", {"code": code, "cursor_pos": len(code)}, **where)
    if not any(wanted in match for match in reply.content.get("matches", [])):
        raise Failure("none")
    return milliseconds(seconds)


def completing_variable(run, kernel):
    times = [complete(kernel, "wavel", "wavelength") for _ in range(run.amounts.few_samples)]
    run.found("complete.variable", *times)


def completing_member(run, kernel):
    times = [complete(kernel, *run.language.members) for _ in range(run.amounts.few_samples)]
    run.found("complete.member", *times)


def hovering(run, kernel):
    content = {"code": "wavelength", "cursor_pos": 4, "detail_level": 0}
    answers = [kernel.request("inspect_request", content) for _ in range(run.amounts.few_samples)]
    if not all(reply.content.get("found") for reply, _ in answers):
        raise Failure("none")
    run.found("hover", *(milliseconds(seconds) for _, seconds in answers))


def beside_a_cell(run, kernel, channel, message_type, content):
    """Asks while a cell spins; the reply and milliseconds until it came, if it came before the cell ended."""
    cell, _ = kernel.execute(run.language.spin.format(seconds=SPIN))
    asked = answer = ended = None
    for message in kernel.messages(PATIENCE):
        if asked is None and is_status(message, cell, "busy"):
            # The cell itself begins a little later.
            time.sleep(0.2)
            asked, at = kernel.send(channel, message_type, content)
        if message.parent == asked and message.channel == channel:
            answer = message
        if is_status(message, cell, "idle"):
            ended = message.at
        if answer and ended:
            break
    # A kernel that waits answers as soon as the cell has ended, and may say only then that it has.
    if answer.at > ended - 0.05:
        raise Failure("waits for the cell")
    return answer, milliseconds(answer.at - at)


def control_beside(run, kernel):
    _, took = beside_a_cell(run, kernel, "control", "kernel_info_request", {})
    run.found("beside.control", took)


def completing_beside(run, kernel):
    content = {"code": "wavel", "cursor_pos": 5}
    reply, took = beside_a_cell(run, kernel, "shell", "complete_request", content)
    if "wavelength" not in reply.content.get("matches", []):
        raise Failure("none")
    run.found("beside.complete", took)


def chained(run, kernel, numbers):
    for n in numbers:
        if not kernel.run(run.language.chain.format(n=n, m=n - 1)).ok:
            raise Failure("a cell fails")


def growing(run, kernel):
    """Brings the number of cells to 62."""
    chained(run, kernel, range(1, 62 - run.amounts.samples - run.amounts.few_samples - 1))
    time.sleep(REST)
    run.found("memory.cells", kernel.pss())


def later(run, kernel):
    first = 62 - run.amounts.samples - run.amounts.few_samples - 1
    chained(run, kernel, range(first, run.amounts.cells))
    timed_cells(run, kernel, "cell.later", ["1 + 1"] * run.amounts.samples)


def interrupting(run, kernel):
    cell, sent = kernel.execute(run.language.forever)
    for message in kernel.messages(PATIENCE):
        if is_status(message, cell, "busy"):
            break
    time.sleep(0.3)
    pressed = time.perf_counter()
    kernel.interrupt()
    ran = kernel.gather(cell, sent, timeout=PATIENCE + 1)
    # Some kernels abort what comes right after.
    time.sleep(0.5)
    if not kernel.run(run.language.check, timeout=PATIENCE).ok:
        raise Failure("state lost")
    run.found("interrupt", milliseconds(sent + ran.seconds - pressed))


STEPS = (
    (started, ("start.info", "start.execute")),
    (connected, ()),
    (resting, ("memory.start",)),
    (trivial, ("cell.trivial",)),
    (declaring, ("cell.declaration",)),
    (completing_variable, ("complete.variable",)),
    (completing_member, ("complete.member",)),
    (hovering, ("hover",)),
    (growing, ("memory.cells",)),
    (later, ("cell.later",)),
    (control_beside, ("beside.control",)),
    (completing_beside, ("beside.complete",)),
    (interrupting, ("interrupt",)),
)
