"""Start, crash and end: one executor, never an orphan."""

import os
import signal
import subprocess
import sys
import textwrap

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
