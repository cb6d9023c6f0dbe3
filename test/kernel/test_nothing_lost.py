"""What a program sends arrives whole and in order, and the kernel's processes hold no more of it than they must."""

import hashlib
import time
from pathlib import Path

import pytest
from conftest import TIMEOUT, Kernel, until

MB = 2**20
# Megabytes by which each process may grow beside what is on its way: some messages of 1 MB exist several times at once
# (in the pipe, as text, in JSON, signed, at ZeroMQ), and the garbage collector leaves as much again for a while.
FIXED = 250


@pytest.fixture(scope="module")
def kernel():
    kernel = Kernel()
    yield kernel
    kernel.stop()


class Growth:
    """By how many MB the front process and the executor grow from now on; 0 where the system does not tell."""

    def __init__(self, kernel):
        self.pids = [kernel.manager.provisioner.process.pid, kernel.executor_pid()]
        for pid in filter(lambda pid: Path(f"/proc/{pid}").exists(), self.pids):
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        self.before = [held(pid, "VmRSS") for pid in self.pids]

    def peaks(self):
        return [held(pid, "VmHWM") - before for pid, before in zip(self.pids, self.before, strict=True)]

    def front_now(self):
        return held(self.pids[0], "VmRSS") - self.before[0]


def held(pid, field):
    """Memory of a process in MB: VmRSS that of now, VmHWM its peak."""
    path = Path(f"/proc/{pid}/status")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), 0)


def test_lines_of_a_print_loop(kernel):
    count = 200_000
    result = kernel.run(f"for (let i = 0; i < {count}; i++) console.log(`line ${{i}}`)")
    assert result.text() == "".join(f"line {i}\n" for i in range(count))


def test_large_displays(kernel):
    growth = Growth(kernel)
    result = kernel.run("const page = 'x'.repeat(1e6); for (let i = 0; i < 100; i++) display.html(`${i} ${page}`)")
    shown = [content["data"]["text/html"] for content in result.of("display_data")]
    assert [text.split(" ")[0] for text in shown] == [str(i) for i in range(100)]
    assert all(text.endswith(" " + "x" * 1_000_000) for text in shown)
    front, executor = growth.peaks()
    # The front holds what the client has not read; the executor waits for its pipe, and holds nothing.
    assert front < FIXED + 100
    assert executor < FIXED


def test_buffers_to_the_client(kernel):
    growth = Growth(kernel)
    result = kernel.run(
        "const source = comms.open('bytes'); const block = new Uint8Array(2 ** 20)\n"
        "for (let i = 0; i < 200; i++) { block.fill(i); source.send({ i }, { buffers: [block] }) }; source.close()"
    )
    sent = [m for m in result.messages if m["msg_type"] == "comm_msg"]
    assert [m["content"]["data"]["i"] for m in sent] == list(range(200))
    assert all(bytes(m["buffers"][0]) == bytes([i]) * MB for i, m in enumerate(sent))
    front, executor = growth.peaks()
    assert front < FIXED + 200
    assert executor < FIXED


def test_buffers_from_the_client(kernel):
    opened = kernel.run(
        "import { createHash } from 'node:crypto'\n"
        "const digest = createHash('sha256'); const places: number[] = []\n"
        "const sink = comms.open('sink'); sink.onMessage = ({ data, buffers }) => { places.push((data as any).i); digest.update(buffers[0]!) }"
    )
    (content,) = opened.of("comm_open")
    expected = hashlib.sha256()
    for i in range(200):
        block = bytes([i]) * MB
        expected.update(block)
        message = kernel.client.session.msg("comm_msg", {"comm_id": content["comm_id"], "data": {"i": i}})
        kernel.client.session.send(kernel.client.shell_channel.socket, message, buffers=[block])
    assert until(lambda: kernel.run("places.length").value == "200")
    assert kernel.run("places.every((place, i) => place === i)").value == "true"
    assert kernel.run("digest.digest('hex')").value == f"'{expected.hexdigest()}'"


def test_stdout_and_stderr_in_turn(kernel):
    result = kernel.run("for (let i = 1; i < 500; i++) { console.log(i); console.error(-i) }")
    assert "".join(c["text"] for c in result.of("stream")) == "".join(f"{i}\n{-i}\n" for i in range(1, 500))
    assert result.text("stderr").split() == [str(-i) for i in range(1, 500)]


def test_a_character_that_is_cut_at_the_end_of_a_cell(kernel):
    cut = kernel.run("process.stdout.write(Buffer.from([0x61, 0xe2, 0x82])); process.stderr.write(Buffer.from([0xc3]))")
    assert (cut.text(), cut.text("stderr")) == ("a\ufffd", "\ufffd")
    assert kernel.run("process.stdout.write(Buffer.from([0xac, 0x62]))").text() == "\ufffdb"
    whole = kernel.run("process.stdout.write(Buffer.from([0xe2, 0x82])); console.error('between'); process.stdout.write(Buffer.from([0xac]))")
    assert (whole.text(), whole.text("stderr")) == ("€", "between\n")


def test_a_child_process_that_prints_when_its_cell_has_ended(kernel):
    kernel.run(
        "import { spawn } from 'node:child_process'\n"
        "const script = 'let i = 0; const beat = setInterval(() => { console.log(`child ${i++}`); if (i === 40) clearInterval(beat) }, 10)'\n"
        "void spawn(process.execPath, ['-e', script], { stdio: 'inherit' }); 1"
    )
    text = ""
    deadline = time.monotonic() + TIMEOUT
    while "child 39\n" not in text and time.monotonic() < deadline:
        message = kernel.client.get_iopub_msg(timeout=TIMEOUT)
        if message["msg_type"] == "stream":
            text += message["content"]["text"]
    assert text == "".join(f"child {i}\n" for i in range(40))


def test_a_client_that_reads_nothing_for_a_while_gets_all(kernel):
    growth = Growth(kernel)
    count = 300
    request = kernel.client.execute(f"const line = 'y'.repeat(2 ** 20 - 5); for (let i = 0; i < {count}; i++) console.log(`${{i}} ${{line}}`)")
    # The cell ends, and the kernel answers, though nobody reads what it prints.
    assert kernel.reply(request)["status"] == "ok"
    time.sleep(1)
    text = []
    while True:
        message = kernel.client.get_iopub_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "stream":
            text.append(message["content"]["text"])
        elif message["content"].get("execution_state") == "idle":
            break
    lines = "".join(text).splitlines()
    assert [line.split(" ")[0] for line in lines] == [str(i) for i in range(count)]
    assert all(line.endswith(" " + "y" * (MB - 5)) for line in lines)
    front, executor = growth.peaks()
    assert front < FIXED + count
    assert executor < FIXED
    # What has been read is not held any longer.
    assert until(lambda: growth.front_now() < FIXED)
