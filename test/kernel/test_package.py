"""The Python package: a wheel that brings the kernel and the extension, and says what is missing for them."""

import os
import shutil
import subprocess
import sys

import pytest
from conftest import Kernel
from jupyter_client.kernelspec import KernelSpecManager

# Bytes that PyPI takes from everyone are 100 MB; half of ours is TypeScript and the sockets of every platform.
LARGEST = 20e6


@pytest.fixture
def installed(package, monkeypatch):
    for name, value in package.environment.items():
        monkeypatch.setenv(name, value)
    return package


def node_of(folder, monkeypatch, script=None):
    """A PATH on which there is no Node, or one that is a script."""
    if script:
        (folder / "node").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "node").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_the_wheel_is_for_every_platform_and_small_enough(package):
    assert package.wheel.name.endswith("-py3-none-any.whl")
    assert package.wheel.stat().st_size < LARGEST


def test_jupyter_finds_kernel_logos_and_extension(installed):
    assert KernelSpecManager().get_kernel_spec("psilab").resource_dir == str(installed.kernelspec)
    assert {"logo-32x32.png", "logo-64x64.png", "logo-svg.svg"} <= set(os.listdir(installed.kernelspec))
    command = [sys.executable, "-m", "jupyterlab.labextensions", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "@psilab/jupyterlab v" in listed.stdout + listed.stderr


def test_the_installed_kernel_runs_its_own_library(installed, tmp_path):
    kernel = Kernel(cwd=tmp_path)
    try:
        assert kernel.run("qde({ objective: 'x^2', D: 0.5 }).groundState().energy.toFixed(3)").value == "'0.707'"
    finally:
        kernel.stop()


@pytest.mark.parametrize("node", ["missing", "old"])
def test_a_node_that_is_missing_or_old_is_told_in_the_notebook(node, installed, monkeypatch, tmp_path):
    pretend = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' })"
    (tmp_path / "pretend.cjs").write_text(pretend)
    script = f'exec {shutil.which("node")} -r {tmp_path}/pretend.cjs "$@"' if node == "old" else None
    node_of(tmp_path, monkeypatch, script)
    kernel = Kernel(cwd=tmp_path)
    try:
        result = kernel.run("1 + 1")
        name, reason, traceback = result.error
        assert result.reply["status"] == "error"
        assert name == "NodeNeeded" and "Node 20.19 or newer" in reason and reason in traceback
        assert ("this is Node 18.20.4" if node == "old" else "no Node is on the PATH") in reason
    finally:
        kernel.stop()
