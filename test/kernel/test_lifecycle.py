"""Start, crash and end: one executor, never an orphan."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from conftest import HERE, Kernel, alive, until


def test_process_exit_restarts_the_executor_only(kernel):
    kernel.run("const gone = 1")
    pid = kernel.executor_pid()
    name, message, _ = kernel.run("process.exit(3)").error
    assert name == "ProcessEnded" and "exit code 3" in message and "variables are gone" in message
    assert kernel.run("gone").error[0] == "TS2304"
    assert kernel.run("const gone = 'new'; gone").value == "'new'"
    assert not alive(pid)


def test_a_crash_is_told_in_the_notebook(kernel):
    assert "SIGSEGV" in kernel.run("process.kill(process.pid, 'SIGSEGV'); await new Promise(() => setTimeout(() => {}, 1e6))").error[1]
    assert kernel.run("1 + 1").value == "2"


def test_a_crash_between_cells_is_told_too(kernel):
    os.kill(kernel.executor_pid(), signal.SIGKILL)
    assert until(lambda: kernel.run("1 + 1").value == "2")


def test_shutdown_leaves_no_process_behind():
    kernel = Kernel()
    pid = kernel.executor_pid()
    child = int(kernel.run("require('node:child_process').spawn('sleep', ['300']).pid").value)
    front = kernel.manager.provisioner.process.pid
    kernel.stop()
    assert until(lambda: not any(map(alive, [pid, child, front])), 15)


def test_a_killed_front_process_takes_the_executor_along():
    kernel = Kernel()
    kernel.client.execute("while (true);")
    pid = int(subprocess.run(["pgrep", "-P", str(kernel.manager.provisioner.process.pid)], capture_output=True, text=True).stdout.split()[0])
    assert alive(pid)
    os.kill(kernel.manager.provisioner.process.pid, signal.SIGKILL)
    assert until(lambda: not alive(pid), 15)
    kernel.client.stop_channels()
    kernel.manager.cleanup_resources()


def test_the_kernel_ends_with_the_process_that_started_it(tmp_path):
    starter = textwrap.dedent(f"""
        import os, sys
        sys.path.insert(0, {str(HERE)!r})
        from conftest import Kernel
        kernel = Kernel()
        print(kernel.manager.provisioner.process.pid, kernel.executor_pid(), flush=True)
        os._exit(0)
    """)
    run = subprocess.run([sys.executable, "-c", starter], capture_output=True, text=True, timeout=60)
    pids = [int(pid) for pid in run.stdout.split()]
    assert len(pids) == 2, run.stderr
    assert until(lambda: not any(map(alive, pids)), 15)


def test_a_sigint_interrupts(kernel):
    kernel.run("let spins = 0")
    request = kernel.client.execute("while (true) { spins++ }")
    while kernel.client.get_iopub_msg(timeout=30)["msg_type"] != "execute_input":
        pass
    os.kill(kernel.manager.provisioner.process.pid, signal.SIGINT)
    assert kernel.gather(request).error[0] == "Interrupted"


@pytest.fixture(scope="module")
def small():
    """A kernel whose cells may hold little memory."""
    os.environ["PSILAB_MEMORY_LIMIT"] = "600"
    kernel = Kernel()
    del os.environ["PSILAB_MEMORY_LIMIT"]
    yield kernel
    kernel.stop()


GREEDY = {
    "objects": "while (true) held.push(new Array(1e6))",
    "typed arrays": "while (true) held.push(new Float64Array(1e6).fill(1))",
    "typed arrays that nothing is written to": "while (true) held.push(new Float64Array(1e6))",
    "a background loop": "setInterval(() => held.push(new Float64Array(1e7).fill(1)), 1)\nawait new Promise(() => {})",
}


@pytest.mark.parametrize("code", GREEDY.values(), ids=GREEDY.keys())
def test_runaway_memory_ends_the_executor_only_and_is_told(small, code):
    name, message, _ = small.run(f"const held: unknown[] = []\n{code}").error
    assert name == "ProcessEnded"
    assert "more than the limit of 600 MB" in message and "PSILAB_MEMORY_LIMIT" in message
    assert small.run("held").error[0] == "TS2304"
    assert small.run("1 + 1").value == "2"


def test_what_a_cell_has_started_ends_with_its_process(small):
    child = int(small.run("require('node:child_process').spawn('sleep', ['300']).pid").value)
    small.run("const held: unknown[] = []; while (true) held.push(new Float64Array(1e6).fill(1))")
    assert until(lambda: not alive(child), 5)


def test_a_stack_that_overflows_is_an_error_like_any_other(kernel):
    pid = kernel.executor_pid()
    assert kernel.run("function deep(n: number): number { return deep(n + 1) + 1 }\ndeep(0)").error[0] == "RangeError"
    assert kernel.executor_pid() == pid


def test_abort_restarts_the_executor_only(kernel):
    assert "SIGABRT" in kernel.run("process.abort()").error[1]
    assert kernel.run("1 + 1").value == "2"


def test_kernels_that_start_and_stop_leave_nothing_behind():
    pids = []
    for busy in (None, "while (true);", "await new Promise(() => {})"):
        kernel = Kernel()
        pids += [kernel.executor_pid(), kernel.manager.provisioner.process.pid]
        if busy:
            kernel.client.execute(busy)
        kernel.stop()
    assert until(lambda: not any(map(alive, pids)), 15)
