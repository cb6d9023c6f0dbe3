"""Figures as files: written by cells into the notebook's folder, the same bytes by every kernel."""

import hashlib
import json
import re
import struct
import zipfile

import pytest
from conftest import Kernel

FORMATS = ["svg", "pdf", "png", "csv", "npz", "html", "psilab.json"]

CELL = """
const figure = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 })
for (const ending of %s) await figure.save(`figure.${ending}`, { preset: 'single-column' })
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory, kernelspec):
    """Two folders, each written by a kernel of its own."""
    folders = [tmp_path_factory.mktemp("files") for _ in range(2)]
    for folder in folders:
        kernel = Kernel(cwd=folder)
        result = kernel.run(CELL % json.dumps(FORMATS))
        kernel.stop()
        assert result.ok, result.error
    return folders


def test_every_format_is_written_beside_the_notebook_and_nothing_else(folders):
    names = {file.name for file in folders[0].iterdir()}
    assert names == {f"figure.{ending}" for ending in FORMATS}


def test_two_kernels_write_the_same_bytes(folders):
    digests = [
        {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()} for folder in folders
    ]
    assert digests[0] == digests[1]


def test_each_file_is_what_its_name_says(folders):
    read = {ending: (folders[0] / f"figure.{ending}").read_bytes() for ending in FORMATS}
    assert read["svg"].startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert b'width="86mm"' in read["svg"]
    assert read["pdf"].startswith(b"%PDF-1.7") and read["pdf"].rstrip().endswith(b"%%EOF")
    assert read["png"].startswith(b"\x89PNG\r\n\x1a\n")
    # 86 mm at 300 dots an inch.
    assert abs(struct.unpack(">I", read["png"][16:20])[0] - 86 / 25.4 * 300) <= 1
    assert read["html"].startswith(b"<!doctype html>")
    assert json.loads(read["psilab.json"])["kind"] == "problem"


def test_arrays_are_those_of_numpy(folders):
    with zipfile.ZipFile(folders[0] / "figure.npz") as archive:
        assert archive.testzip() is None
        about = json.loads(archive.read("psilab.json"))
        x, zeta = (npy(archive.read(f"{name}.npy")) for name in ("x", "zeta"))
    assert about["origin"]["computed"]["D"] == 0.1
    assert len(x) == len(zeta) > 100
    # The payload keeps single precision; the end of the periodic box joins its beginning.
    inner = list(zip(x, zeta))[:-1]
    assert all(abs(value - ((at**2 - 1) ** 2 + 0.2 * at)) <= 1e-5 * (1 + abs(value)) for at, value in inner)


def npy(data):
    """A one-dimensional array of doubles, by the format's own description."""
    assert data[:8] == b"\x93NUMPY\x01\x00"
    (length,) = struct.unpack("<H", data[8:10])
    header = data[10 : 10 + length].decode()
    (count,) = re.search(r"'shape': \((\d+),\)", header).groups()
    assert "'<f8'" in header
    return struct.unpack(f"<{count}d", data[10 + length :])


def test_a_place_that_cannot_be_written_is_named(kernel):
    error = kernel.run("await qde({ objective: 'x^2', D: 1 }).save('none/figure.svg')").error
    assert "its folder does not exist" in error[1]
