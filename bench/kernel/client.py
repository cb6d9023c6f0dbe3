"""A kernel and its client: jupyter_client starts it, bare ZeroMQ sockets speak to it, alike for every kernel."""

import json
import subprocess
import time
from dataclasses import dataclass, field

import zmq
from jupyter_client.manager import KernelManager

from processes import family, peak_rss, pss

DELIMITER = b"<IDS|MSG>"

# Milliseconds between attempts to connect while the kernel starts. With ZeroMQ's own 100 the start would be
# measured in steps of 100.
RECONNECT = 5


class KernelDied(Exception):
    """The kernel's process has ended."""


class NoAnswer(Exception):
    """Nothing has come within the time given."""


@dataclass
class Message:
    channel: str
    at: float
    type: str
    parent: str | None
    content: dict
    buffers: list = field(default_factory=list)


def parse(channel, at, frames):
    start = frames.index(DELIMITER)
    header, parent, _, content = (json.loads(bytes(frame)) for frame in frames[start + 2 : start + 6])
    return Message(channel, at, header["msg_type"], parent.get("msg_id"), content, frames[start + 6 :])


@dataclass
class Ran:
    """A cell that has run: seconds until its reply and until the kernel was idle again."""

    content: dict
    replied: float
    idle: float
    messages: list

    @property
    def seconds(self):
        return max(self.replied, self.idle)

    @property
    def ok(self):
        return self.content.get("status") == "ok"

    @property
    def text(self):
        """The text of the result, or what was printed: tslab prints results."""
        parts = []
        for message in self.messages:
            if message.type == "execute_result":
                parts.append(message.content["data"]["text/plain"])
            if message.type == "stream" and message.content["name"] == "stdout":
                parts.append(message.content["text"])
        return "".join(parts)


class Kernel:
    def __init__(self, name):
        self.started = time.perf_counter()
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.session = self.manager.session
        self.context = zmq.Context()
        self.sockets = {
            "shell": self._connect(zmq.DEALER, self.manager.shell_port),
            "control": self._connect(zmq.DEALER, self.manager.control_port),
            "iopub": self._connect(zmq.SUB, self.manager.iopub_port),
        }
        self.poller = zmq.Poller()
        for socket in self.sockets.values():
            self.poller.register(socket, zmq.POLLIN)
        self.names = {socket: name for name, socket in self.sockets.items()}

    def _connect(self, kind, port):
        socket = self.context.socket(kind)
        socket.linger = 0
        socket.reconnect_ivl = RECONNECT
        # The client takes all there is, so that what is lost is lost by the kernel.
        socket.rcvhwm = 0
        if kind == zmq.SUB:
            socket.subscribe(b"")
        else:
            socket.identity = self.session.bsession
        socket.connect(f"tcp://{self.manager.ip}:{port}")
        return socket

    @property
    def pid(self):
        return self.manager.provisioner.pid

    @property
    def alive(self):
        return self.manager.provisioner.process.poll() is None

    def pss(self):
        return pss(family(self.pid))

    def peak_rss(self):
        return peak_rss(family(self.pid))

    def send(self, channel, message_type, content):
        message = self.session.msg(message_type, content)
        at = time.perf_counter()
        self.sockets[channel].send_multipart(self.session.serialize(message))
        return message["header"]["msg_id"], at

    def arrivals(self, timeout):
        """Raw messages as they arrive, until none has come for `timeout` seconds."""
        while True:
            waited = time.perf_counter()
            while not (ready := self.poller.poll(100)):
                if not self.alive:
                    raise KernelDied
                if time.perf_counter() - waited > timeout:
                    raise NoAnswer
            for socket, _ in ready:
                yield self.names[socket], time.perf_counter(), socket.recv_multipart(copy=False)

    def messages(self, timeout):
        for channel, at, frames in self.arrivals(timeout):
            yield parse(channel, at, [frame.buffer for frame in frames])

    def request(self, message_type, content, channel="shell", timeout=20):
        """The reply to a request, and the seconds that it took."""
        request, sent = self.send(channel, message_type, content)
        deadline = sent + timeout
        for message in self.messages(timeout):
            if message.parent == request and message.channel == channel:
                return message, message.at - sent
            if message.at > deadline:
                raise NoAnswer

    def connect(self):
        """Waits until the kernel answers and its broadcasts arrive: those before the subscription are lost."""
        deadline = time.perf_counter() + 60
        while time.perf_counter() < deadline:
            request, _ = self.send("shell", "kernel_info_request", {})
            try:
                for message in self.messages(0.2):
                    if message.channel == "iopub" and message.parent == request:
                        return
            except NoAnswer:
                pass
        raise NoAnswer

    def execute(self, code):
        content = dict(
            code=code, silent=False, store_history=True, user_expressions={}, allow_stdin=False, stop_on_error=True
        )
        return self.send("shell", "execute_request", content)

    def run(self, code, timeout=30):
        """Executes a cell until it has replied and is idle."""
        request, sent = self.execute(code)
        return self.gather(request, sent, timeout)

    def gather(self, request, sent, timeout=30):
        reply = idle = None
        received = []
        for message in self.messages(timeout):
            if message.parent == request:
                received.append(message)
                if message.type == "execute_reply":
                    reply = message
                if message.type == "status" and message.content["execution_state"] == "idle":
                    idle = message
                if reply and idle:
                    return Ran(reply.content, reply.at - sent, idle.at - sent, received)
            if message.at - sent > timeout:
                raise NoAnswer

    def interrupt(self):
        """As the stop button does, by the way that the kernelspec names."""
        if self.manager.kernel_spec.interrupt_mode == "message":
            self.send("control", "interrupt_request", {})
        else:
            self.manager.provisioner.process.send_signal(2)

    def stop(self):
        if self.alive:
            self.send("control", "shutdown_request", {"restart": False})
            ended = time.perf_counter() + 1
            while self.alive and time.perf_counter() < ended:
                time.sleep(0.02)
        self.manager.shutdown_kernel(now=True)
        self.context.destroy(linger=0)
