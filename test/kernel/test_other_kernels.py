"""The library inside the kernels of others: a notebook in the real tslab, and one in the real Deno.

They find it as a user's notebook would, in the node_modules of its folder, as npm would unpack it there.
"""

import base64
import json
import math
import os
import subprocess
import tarfile

import nbformat
import pytest
from conftest import ROOT, TIMEOUT
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

FIGURE = "application/vnd.psilab.figure.v1+json"
PNG = b"\x89PNG\r\n\x1a\n"

# Energies are exact to about 1e-14 of their size (docs/levels.md), positions to the error of the steps, 2e-11.
LEVEL_TOLERANCE = 1e-12
POSITION_TOLERANCE = 1e-9


@pytest.fixture(scope="session")
def hosts(kernelspec, tmp_path_factory):
    """Jupyter finds the kernels of test/hosts."""
    share = tmp_path_factory.mktemp("hosts")
    setup = (ROOT / "tools/setup").as_uri()
    script = f"""
        import {{ writeHostKernelspecs }} from {setup + "/hosts.mjs"!r}
        import {{ ensureHosts }} from {setup + "/packages.mjs"!r}
        await ensureHosts()
        writeHostKernelspecs({str(share)!r})"""
    subprocess.run(["node", "--input-type=module", "-e", script], check=True)
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(share), os.environ.get("JUPYTER_PATH")]))


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A folder for notebooks with psilab installed in it: its packed files, beside the packages that it needs."""
    folder = tmp_path_factory.mktemp("lab")
    modules = folder / "node_modules"
    modules.mkdir()
    for package in (ROOT / "node_modules").iterdir():
        if package.name != "psilab" and not package.name.startswith("."):
            (modules / package.name).symlink_to(package)
    npm = ["npm", "pack", "--ignore-scripts", "--json", "--pack-destination", str(folder)]
    packed = subprocess.run(npm, cwd=ROOT / "src", check=True, capture_output=True, text=True)
    with tarfile.open(folder / json.loads(packed.stdout)[0]["filename"]) as archive:
        archive.extractall(folder, filter="data")
    (folder / "package").rename(modules / "psilab")
    (folder / "package.json").write_text(json.dumps({"dependencies": {"psilab": "*"}}))
    return folder


def outputs(kernel, folder, *cells):
    """The outputs of each cell of an executed notebook."""
    notebook = new_notebook(cells=[new_code_cell(code) for code in cells])
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, kernel_name=kernel, timeout=TIMEOUT, allow_errors=True, resources=resources).execute()
    nbformat.validate(notebook)
    return [cell.outputs for cell in notebook.cells]


def text(cell):
    return "".join(output.text for output in cell if output.output_type == "stream")


def bundles(cell):
    return [output.data for output in cell if "data" in output]


PHYSICS = [
    """
    import { PsilabError, qde, wavePacket } from 'psilab'
    const oscillator = qde({ objective: 'x^2/2', D: 0.5 })
    console.log(JSON.stringify(Array.from(oscillator.eigenstates(4).energies)))""",
    """
    const run = oscillator.evolve(wavePacket({ x0: 1, sigma: 0.7 }), { until: 1 })
    console.log(JSON.stringify(run.mean()[0].at(-1)))""",
    """
    const plane = qde({ objective: '(x^2 + y^2)/2 + x*y/5', D: 0.5 })
    const shared = plane.evolve(wavePacket({ x0: [1, 0], sigma: 0.7 }), { until: 1, threads: 2 })
    console.log(JSON.stringify([shared.mean()[0].at(-1), shared.mean()[1].at(-1)]))""",
    """
    try {
        qde({ objective: 'x^2/2', D: -1 })
    } catch (error) {
        console.log(JSON.stringify([error instanceof PsilabError, error.parameter]))
    }""",
]


def check_physics(energies, position, shared, error):
    # ħω(n + ½) with ħ = ω = 1.
    assert json.loads(text(energies)) == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=LEVEL_TOLERANCE)
    # Ehrenfest: the mean of a packet in a parabola moves as a particle does.
    assert json.loads(text(position)) == pytest.approx(math.cos(1), abs=POSITION_TOLERANCE)
    # Normal modes (x ± y)/√2 with ω² = 1 ± 1/5.
    slow, fast = math.cos(math.sqrt(0.8)), math.cos(math.sqrt(1.2))
    expected = [(fast + slow) / 2, (fast - slow) / 2]
    assert json.loads(text(shared)) == pytest.approx(expected, abs=POSITION_TOLERANCE)
    assert json.loads(text(error)) == [True, "D"]


def test_tslab_computes_with_types_and_shows_text_and_pictures(hosts, lab):
    *physics, shown, drawn, named, refused = outputs(
        "tslab",
        lab,
        "import { display } from 'tslab'",
        *PHYSICS,
        "run",
        "display.png(await run.png())",
        "import { FIGURE_MIME } from 'psilab/figure'\nconsole.log(FIGURE_MIME)",
        "qde({ objective: 'x^2/2', D: 'half' })",
    )
    check_physics(*physics[1:])
    assert text(shown).startswith("t from 0 to 1") and "⟨H⟩" in text(shown)
    (picture,) = bundles(drawn)
    assert base64.b64decode(picture["image/png"]).startswith(PNG)
    assert text(named).strip() == FIGURE
    assert "Type 'string' is not assignable to type 'number'" in text(refused)


def test_deno_computes_and_shows_figures(hosts, lab):
    *physics, shown, refused = outputs("deno", lab, *PHYSICS, "run", "qde({ objective: 'x^2/2', D: -1 })")
    check_physics(*physics)
    (bundle,) = bundles(shown)
    assert bundle[FIGURE]["kind"] == "evolution"
    assert base64.b64decode(bundle["image/png"]).startswith(PNG)
    assert bundle["text/plain"].startswith("t from 0 to 1")
    (error,) = refused
    assert error.ename == "PsilabError" and "allowed: a finite number > 0; got -1" in error.evalue
