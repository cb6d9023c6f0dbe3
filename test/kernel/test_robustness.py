"""What the kernel refuses: messages that are none, clients without the key, connection files that others can read."""

import json
import os
import random
import subprocess
import uuid

import pytest
import zmq
from conftest import TIMEOUT, Kernel
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.session import Session

SEED = 20_260_701
MESSAGES = 400


class Logged(Kernel):
    """A kernel whose stderr is kept."""

    def __init__(self, path):
        from jupyter_client.manager import start_new_kernel

        self.path = path
        with path.open("wb") as log:
            self.manager, self.client = start_new_kernel(
                kernel_name="psilab", startup_timeout=TIMEOUT, cwd=str(path.parent), stderr=log
            )

    def lines(self):
        return self.path.read_text().splitlines()


@pytest.fixture()
def logged(tmp_path):
    kernel = Logged(tmp_path / "stderr.log")
    yield kernel
    if kernel.manager.has_kernel:
        kernel.stop()


def connect(kernel, channel):
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.connect(f"tcp://{kernel.client.ip}:{getattr(kernel.client, f'{channel}_port')}")
    return socket


def request_frames(session, code):
    return session.serialize(session.msg("execute_request", {"code": code, "silent": False}))


def answered(socket, seconds=1.0):
    return socket.poll(int(seconds * 1000)) != 0


def random_frames(rng, session):
    """Frames that are no request to execute: random bytes, a request changed on its way, or a signed misfit."""
    frames = request_frames(session, "globalThis.executed = true")
    match rng.randrange(4):
        case 0:
            return [rng.randbytes(rng.randrange(40)) for _ in range(rng.randrange(1, 9))]
        case 1:
            at = rng.randrange(1, 6)
            frames[at] = bytes([frames[at][0] ^ rng.randrange(1, 256)]) + frames[at][1:]
        case 2:
            del frames[rng.randrange(6)]
        case 3:
            content = rng.choice([{"code": 5}, {}, {"code": ["executed"]}, [1], "text", None, {"__proto__": {"code": "1"}}])
            frames[5] = json.dumps(content).encode()
            frames[1] = session.sign(frames[2:])
    return frames


def test_random_messages_execute_nothing_and_leave_a_kernel_that_works(logged):
    rng = random.Random(SEED)
    session = Session(key=logged.client.session.key)
    sockets = [connect(logged, channel) for channel in ("shell", "control", "stdin")]
    for _ in range(MESSAGES):
        rng.choice(sockets).send_multipart(random_frames(rng, session))
    result = logged.run("1 + 1")
    assert result.value == "2" and result.reply["execution_count"] == 1
    assert logged.run("'executed' in globalThis").value == "false"
    assert 1 <= len(logged.lines()) <= 21
    assert all(len(line) < 400 for line in logged.lines())
    for socket in sockets:
        socket.close(0)


def test_only_signed_messages_are_executed_and_each_once(kernel):
    socket = connect(kernel, "shell")
    kernel.run("let times = 0")
    for key in (b"", b"guessed"):
        socket.send_multipart(request_frames(Session(key=key), "times++"))
    assert not answered(socket, 0.3)
    frames = request_frames(Session(key=kernel.client.session.key), "times++")
    socket.send_multipart(frames)
    assert answered(socket, TIMEOUT)
    socket.recv_multipart()
    socket.send_multipart(frames)
    assert not answered(socket, 0.3)
    assert kernel.run("times").value == "1"
    socket.close(0)


def test_who_subscribes_is_welcomed_once(kernel):
    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.connect(f"tcp://{kernel.client.ip}:{kernel.client.iopub_port}")
    for change in (zmq.SUBSCRIBE, zmq.UNSUBSCRIBE, zmq.SUBSCRIBE):
        socket.setsockopt(change, b"")
    welcomes = 0
    while answered(socket, 0.5):
        _, frames = kernel.client.session.feed_identities(socket.recv_multipart())
        message = Session(key=kernel.client.session.key).deserialize(frames)
        welcomes += message["msg_type"] == "iopub_welcome" and message["content"] == {"subscription": ""}
    assert welcomes == 2
    socket.close(0)


def test_a_request_of_the_wrong_type_is_answered_by_an_error(kernel):
    for content in ({"code": 5}, {}):
        message = kernel.client.session.msg("execute_request", content)
        kernel.client.shell_channel.send(message)
        reply = kernel.reply(message["header"]["msg_id"])
        assert reply["status"] == "error" and "must be a text" in reply["evalue"]


def test_in_normal_use_the_kernel_prints_nothing(logged):
    assert logged.run("display.html('<b>x</b>'); console.log(1); console.error(2); typeof quadraticPropagator").ok
    assert logged.run("throw new Error('x')").error[0] == "Error"
    assert logged.run("while (true) {}", interrupt_after=0.3).error[0] == "Interrupted"
    assert logged.complete("Math.a")["matches"] and logged.inspect("Math")["found"]
    logged.stop()
    assert logged.lines() == []


def test_an_encrypted_kernel_speaks_with_who_has_the_keys(kernelspec):
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="psilab", transport_encryption="required")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=TIMEOUT)
        request = client.execute("6 * 7")
        while (reply := client.get_shell_msg(timeout=TIMEOUT))["parent_header"]["msg_id"] != request:
            pass
        assert reply["content"]["status"] == "ok"
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.connect(f"tcp://{client.ip}:{client.shell_port}")
        socket.send_multipart(request_frames(Session(key=client.session.key), "1"))
        assert not answered(socket, 0.3)
        socket.close(0)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def start_with(path):
    argv = KernelSpecManager().get_kernel_spec("psilab")
    command = [arg.format(connection_file=path, resource_dir=argv.resource_dir) for arg in argv.argv]
    env = {name: value for name, value in os.environ.items() if name != "JUPYTER_ALLOW_INSECURE_WRITES"}
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, env=env)


@pytest.mark.parametrize(
    ("change", "mode", "problem"),
    [
        ({"hb_port": 0}, 0o600, "has 0 as its hb_port, which must be a whole number"),
        ({"signature_scheme": "hmac-none"}, 0o600, "must be \"hmac-\" and the name of a hash"),
        ({}, 0o644, "chmod 600"),
    ],
)
def test_a_connection_file_that_cannot_be_used_is_refused_in_one_line(tmp_path, change, mode, problem):
    if os.name == "nt" and mode != 0o600:
        return
    ports = dict(zip(("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"), range(1, 6), strict=True))
    path = tmp_path / "kernel.json"
    path.write_text(json.dumps({"ip": "127.0.0.1", "key": uuid.uuid4().hex, **ports, **change}))
    path.chmod(mode)
    tmp_path.chmod(0o755)
    run = start_with(path)
    assert run.returncode == 1
    assert problem in run.stderr and len(run.stderr.splitlines()) == 1


def test_a_connection_file_that_is_missing_is_named(tmp_path):
    run = start_with(tmp_path / "nowhere.json")
    assert run.returncode == 1 and "nowhere.json cannot be read" in run.stderr
