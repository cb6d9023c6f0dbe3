"""The kernelspec's folder holds all that the kernel needs, wherever it lies."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Kernel
from jupyter_client.kernelspec import KernelSpecManager

FOLDER = Path(__file__).parent.parent.parent / "kernel/kernelspec"


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A kernel that runs from a copy of the folder, far from the checkout, for a notebook in a third place."""
    share = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(FOLDER, share / "kernels/psilab-copied", symlinks=True)
    notebooks = tmp_path_factory.mktemp("notebooks")
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(share), before]))
    kernel = Kernel(cwd=notebooks, name="psilab-copied")
    yield kernel, notebooks
    kernel.stop()
    if before is None:
        del os.environ["JUPYTER_PATH"]
    else:
        os.environ["JUPYTER_PATH"] = before


def test_no_link_leads_out_of_the_folder():
    assert [path for path in FOLDER.rglob("*") if path.is_symlink()] == []


def test_jupyter_finds_manifest_and_logos(copied):
    spec = KernelSpecManager().get_kernel_spec("psilab-copied")
    assert spec.argv[-1] == "{connection_file}" and "{resource_dir}" in spec.argv[1]
    assert spec.interrupt_mode == "message" and spec.language == "typescript"
    for size in (32, 64):
        png = (Path(spec.resource_dir) / f"logo-{size}x{size}.png").read_bytes()
        # The header of a PNG holds its width and height.
        assert png[:8] == b"\x89PNG\r\n\x1a\n" and (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (size, size)
    assert (Path(spec.resource_dir) / "logo-svg.svg").read_text().startswith("<svg ")


def test_a_copy_draws_figures(copied):
    kernel, _ = copied
    result = kernel.run("qde({ objective: 'x^2', D: 0.5 }).evolve(wavePacket({ x0: 1, sigma: 0.5 }), { until: 1 })")
    (shown,) = result.of("execute_result")
    assert shown["data"]["image/png"].startswith("iVBOR") and "application/vnd.psilab.figure.v1+json" in shown["data"]


def test_a_copy_sets_formulas(copied):
    kernel, _ = copied
    (shown,) = kernel.run("derive.softmax()").of("execute_result")
    assert shown["data"]["image/png"].startswith("iVBOR")


def test_a_copy_checks_types_of_library_and_node(copied):
    kernel, _ = copied
    _, value, _ = kernel.run("qde({ objetive: 'x^2' })").error
    assert "objective" in value
    assert kernel.run("import { basename } from 'node:path'; basename('/a/b')").value == "'b'"
    assert not kernel.run("const wrong: string = process.pid").ok


def test_a_copy_explains_the_library(copied):
    kernel, _ = copied
    assert "objective" in kernel.inspect("qde", 2)["data"]["text/markdown"]


def test_in_a_copy_the_library_exists_once(copied):
    kernel, notebooks = copied
    (notebooks / "local.ts").write_text("import { qde } from 'psilab'\nexport const own: typeof qde = qde\n")
    assert kernel.run("import * as psi from 'psilab'\nimport { own } from './local.ts'\n[psi.qde === qde, own === qde]").value == (
        "[ true, true ]"
    )


def started(folder, tmp_path):
    """Start the kernel in `folder`, run a cell, and return its value with all that the kernel wrote to its own output."""
    share = tmp_path / "share"
    (share / "kernels").mkdir(parents=True)
    (share / "kernels/psilab-other").symlink_to(folder, target_is_directory=True)
    with pytest.MonkeyPatch.context() as patch, open(tmp_path / "log", "w+") as log:
        patch.setenv("JUPYTER_PATH", str(share))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        kernel = Kernel(cwd=tmp_path, name="psilab-other", stdout=log, stderr=log)
        value = kernel.run("const x: number = 20\nx + 1").value
        kernel.stop()
        log.seek(0)
        return value, log.read()


def test_a_start_is_silent(tmp_path):
    assert started(FOLDER, tmp_path) == ("21", "")


def test_a_kernel_without_its_snapshot_starts_all_the_same(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(FOLDER, copy)
    for snapshot in copy.glob("dist/language/*.snapshot"):
        snapshot.unlink()
    assert started(copy, tmp_path) == ("21", "")


def test_a_kernel_with_a_damaged_snapshot_starts_all_the_same_and_says_so(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(FOLDER, copy)
    (snapshot,) = copy.glob("dist/language/*.snapshot")
    content = bytearray(snapshot.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 1000] = bytes(1000)
    snapshot.write_bytes(content)
    # As an installation that belongs to another user.
    for path in [copy, *copy.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    value, log = started(copy, tmp_path)
    assert value == "21"
    assert log.count("\n") == 1 and snapshot.name in log


def test_an_old_node_is_told_what_to_install(tmp_path):
    """The launcher parses on any Node; a version that is too old ends it with a sentence."""
    script = f"Object.defineProperty(process.versions, 'node', {{ value: '16.20.0' }}); require({json.dumps(str(FOLDER / 'main.cjs'))})"
    ended = subprocess.run(["node", "-e", script], capture_output=True, text=True, cwd=tmp_path)
    assert ended.returncode == 1 and "Node 20.19 or newer" in ended.stderr and "16.20.0" in ended.stderr
