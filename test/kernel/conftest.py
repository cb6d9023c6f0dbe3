"""Kernels to talk to, and a small client that gathers all that a cell sends."""

import os
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import start_new_kernel
from nbformat.v4 import new_code_cell, new_notebook

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

# The machine may be busy with browsers: generous, since a test that passes never waits so long.
TIMEOUT = 60


@pytest.fixture(scope="session", autouse=True)
def kernelspec(tmp_path_factory):
    """Find the kernel that the set-up has registered, or register the built one for these tests."""
    try:
        KernelSpecManager().get_kernel_spec("psilab")
        return
    except NoSuchKernel:
        pass
    share = tmp_path_factory.mktemp("share")
    (share / "kernels").mkdir()
    (share / "kernels/psilab").symlink_to(ROOT / "kernel/kernelspec", target_is_directory=True)
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(share), os.environ.get("JUPYTER_PATH")]))


@dataclass
class Package:
    """The Python package, installed where nothing else is."""

    wheel: Path
    kernelspec: Path
    environment: dict


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """The wheel, built and installed by pip, and an environment that finds it and no other kernel of ours."""
    folder = tmp_path_factory.mktemp("package")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT / "kernel/python", check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    install = ["-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--target", str(target), str(wheel)]
    subprocess.run([sys.executable, *install], check=True)
    share = target / "share/jupyter"
    return Package(wheel, share / "kernels/psilab", {"PYTHONPATH": str(target), "JUPYTER_PATH": str(share)})


def notebook(cells):
    """A notebook of this kernel with these cells."""
    kernelspec = {"name": "psilab", "display_name": "TypeScript (ψlab)", "language": "typescript"}
    return new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernelspec})


@dataclass
class Result:
    """What one cell has sent, in order."""

    reply: dict
    messages: list = field(default_factory=list)

    def of(self, message_type):
        return [m["content"] for m in self.messages if m["msg_type"] == message_type]

    def text(self, stream="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == stream)

    @property
    def ok(self):
        return self.reply["status"] == "ok"

    @property
    def value(self):
        """The text of the cell's result."""
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    @property
    def error(self):
        """Name and message, then the traceback without colours."""
        import re

        (error,) = self.of("error")
        traceback = re.sub(r"\x1b\[\d+m", "", "\n".join(error["traceback"]))
        return error["ename"], error["evalue"], traceback


class Kernel:
    """A running kernel and its client."""

    def __init__(self, cwd=HERE, name="psilab", **options):
        self.manager, self.client = start_new_kernel(
            kernel_name=name, startup_timeout=TIMEOUT, cwd=str(cwd), **options
        )

    def run(self, code, interrupt_after=None, **options):
        """Execute a cell to its end; optionally interrupt it after some seconds."""
        request = self.client.execute(code, **options)
        timer = threading.Timer(interrupt_after, self.interrupt) if interrupt_after else None
        if timer:
            timer.start()
        result = self.gather(request)
        if timer:
            timer.join()
        return result

    def interrupt(self):
        """Press stop. The manager's own call would number its messages like the client's, which cannot be told apart then."""
        self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))

    def gather(self, request):
        """All broadcasts of a request until its idle status, and its reply."""
        messages = []
        deadline = time.monotonic() + TIMEOUT
        while True:
            message = self.client.get_iopub_msg(timeout=deadline - time.monotonic())
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status":
                if message["content"]["execution_state"] == "idle":
                    break
                continue
            messages.append(message)
        return Result(self.reply(request), messages)

    def reply(self, request):
        while True:
            message = self.client.get_shell_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def complete(self, code, cursor=None):
        return self.reply(self.client.complete(code, cursor))

    def inspect(self, code, cursor=None):
        return self.reply(self.client.inspect(code, cursor))

    def executor_pid(self):
        return int(self.run("process.pid").value)

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()


@pytest.fixture(scope="session")
def kernel(kernelspec):
    """One kernel for all tests that do not need their own: they use names of their own."""
    kernel = Kernel()
    yield kernel
    kernel.stop()


def alive(pid):
    """Whether a process runs; one that has ended but is not reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        pass
    try:
        os.kill(pid, 0)
        return not Path("/proc/self").exists()
    except ProcessLookupError:
        return False


def until(condition, seconds=TIMEOUT):
    """Wait until a condition holds; tell whether it came to hold."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def empty(channel):
    """Whether nothing more comes within a short time."""
    try:
        channel(timeout=0.3)
        return False
    except queue.Empty:
        return True
