"""The library inside the kernels of others, the real tslab and the real Deno; and tslab's notebooks in ours.

They find the library as a user's notebook would, in the node_modules of its folder, as npm would unpack it there.
"""

import base64
import json
import math
import os
import subprocess
import tarfile
import time

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
    return share


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
    client = NotebookClient(
        notebook,
        kernel_name=kernel,
        timeout=TIMEOUT,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        # tslab refuses what comes within 0.2 s of an error.
        on_cell_error=lambda **_: time.sleep(0.5),
    )
    client.execute()
    nbformat.validate(notebook)
    return [cell.outputs for cell in notebook.cells]


def outputs_in_deno(folder, *cells):
    """The same in Deno, whose kernel may send an output after the cell's idle status: a notebook that lacks one runs again."""
    for _ in range(4):
        found = outputs("deno", folder, *cells)
        if all(found):
            break
    return found


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
    *physics, shown, refused = outputs_in_deno(lab, *PHYSICS, "run", "qde({ objective: 'x^2/2', D: -1 })")
    check_physics(*physics)
    (bundle,) = bundles(shown)
    assert bundle[FIGURE]["kind"] == "evolution"
    assert base64.b64decode(bundle["image/png"]).startswith(PNG)
    assert bundle["text/plain"].startswith("t from 0 to 1")
    (error,) = refused
    assert error.ename == "PsilabError" and "allowed: a finite number > 0; got -1" in error.evalue


def test_a_script_in_deno_computes_without_permissions(hosts, lab):
    # 256 × 256 points: enough for threads, and for a look at the memory that is left.
    code = """
        import { qde, wavePacket } from 'psilab'
        const plane = qde({ objective: '(x^2 + y^2)/2', D: 0.5, grid: { points: 256 } })
        const run = plane.evolve(wavePacket({ x0: [1, 0], sigma: 0.7 }), { until: 0.1 })
        console.log(run.mean()[0].at(-1))"""
    (lab / "script.mjs").write_text(code)
    deno = json.loads((hosts / "kernels/deno/kernel.json").read_text())
    environment = {**os.environ, **deno["env"], "NO_COLOR": "1"}
    command = [deno["argv"][0], "run", "--no-prompt", "script.mjs"]
    result = subprocess.run(command, cwd=lab, env=environment, capture_output=True, text=True, timeout=TIMEOUT)
    assert result.returncode == 0, result.stderr
    assert float(result.stdout) == pytest.approx(math.cos(0.1), abs=POSITION_TOLERANCE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A notebook's folder with TypeScript beside it and a package that was compiled to CommonJS."""
    folder = tmp_path_factory.mktemp("notebook")
    package = folder / "node_modules/boxes"
    package.mkdir(parents=True)
    (package / "package.json").write_text(json.dumps({"name": "boxes", "main": "main.js", "types": "main.d.ts"}))
    (package / "main.d.ts").write_text(
        "export default class Box { constructor(size: number); size: number }\nexport declare const unit: string\n"
    )
    (package / "main.js").write_text(
        "Object.defineProperty(exports, '__esModule', { value: true })\n"
        "exports.default = class Box { constructor(size) { this.size = size } }\nexports.unit = 'm'\n"
    )
    (folder / "shown.ts").write_text(
        "import { display } from 'tslab'\nexport const shown = (text: string) => display.html(`<i>${text}</i>`)\n"
    )
    return folder


# What tslab's users write, by what it allows that a strict checker does not.
TYPESCRIPT = [
    "import * as tslab from 'tslab'\nimport fs from 'fs'\nimport * as path from 'path'\nObject.keys(tslab.versions)",
    "import Box, { unit } from 'boxes'\nimport { shown } from './shown'\nshown(unit)\nnew Box(3).size",
    # null and undefined are of every type.
    "let later: string\nlet nothing: number = null\nlet holder = { x: null }\nconsole.log(holder?.x?.z, later, nothing)",
    "function area(box, scale?) { return box.size * (scale ?? 2) }\narea(new Box(3))",
    "class Point { x: number; constructor(x: number) { this.x = x } double = () => this.x * 2 }\nnew Point(4).double()",
    "function logged(target: any, name: string) { console.log('decorated', name) }\nclass Marked { @logged run() { return 1 } }",
    "const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))\nawait wait(10)\n'waited'",
    "{\n  const shown = tslab.newDisplay()\n  for (let i = 1; i <= 3; i++) { await wait(10); shown.text(`${i} of 3`) }\n}",
    "tslab.display.html('<b>1</b>')\ntslab.display.markdown('*a*')\ntslab.display.latex('$x$')",
    "tslab.display.svg('<svg/>')\ntslab.display.javascript('1')\ntslab.display.text('t')",
    "const bytes = new Uint8Array([1, 2, 3])\ntslab.display.png(bytes)\ntslab.display.jpeg(Buffer.from(bytes))",
    "tslab.display.gif(bytes)\ntslab.display.pdf(bytes)\ntslab.display.raw('application/json', '{\"a\": 1}')",
    "const replaced = tslab.newDisplay()\nreplaced.html('<i>first</i>')\nreplaced.raw('image/png', bytes)",
    "const wait = 5\nlet { size, ...rest } = { size: 1, a: 2, b: [3, { c: new Map([[1, 2]]) }] }\nrest",
    "const os = require('os')\nconsole.log(path.basename('/a/b.c'), os.EOL.length, typeof fs.readFileSync, [1, 'a', null])",
    "try { JSON.parse('{') } catch (error) { console.log(error.name) }",
    "const count: number = 'three'",
    "size = 7\nsize + wait",
]

JAVASCRIPT = [
    "const tslab = require('tslab')\nObject.keys(tslab.versions)",
    "class Pair { constructor(a, b) { this.a = a; this.b = b } sum() { return this.a + this.b } }\nconst pair = new Pair(1, 2)",
    "pair.sum()",
    "let total = 1\nfunction add(n) { total += n; return total }\nadd(2)",
    "total = 'many'",
    "total = 10\ntotal + 1",
    "/** @type {any} */\nlet free = 1\nfree = 'text'\nfree",
    "free = { x: null }\nconsole.log(free?.x?.y)",
    "const tslab = require('tslab')\ntslab.display.html('<b>2</b>')\nconst wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))",
    "await wait(10)\nconst { display } = require('tslab')\ndisplay.png(Buffer.from([1, 2]))",
]


def essence(cell):
    """What a cell shows, told alike for a kernel that prints its results and one that sends them."""
    printed = ""
    shown = []
    refused = None
    for output in cell:
        if output.output_type == "stream" and output.name == "stderr":
            # tslab: line:column - message
            refused = output.text.strip().split(" - ", 1)[1]
        elif output.output_type == "error":
            refused = output.evalue
        elif output.output_type == "stream":
            printed += output.text
        elif output.output_type == "execute_result":
            value = output.data["text/plain"]
            printed += (value[1:-1] if value.startswith("'") else value) + "\n"
        else:
            shown.append(dict(output.data))
    return printed, shown, refused


@pytest.mark.parametrize(("kernel", "cells"), [("tslab", TYPESCRIPT), ("jslab", JAVASCRIPT)])
def test_notebooks_of_tslab_run_unchanged(hosts, folder, kernel, cells):
    theirs = [essence(cell) for cell in outputs(kernel, folder, *cells)]
    ours = [essence(cell) for cell in outputs("psilab", folder, *cells)]
    for code, expected, found in zip(cells, theirs, ours, strict=True):
        assert found == expected, code


def test_a_notebook_that_does_not_name_tslab_is_checked_strictly(hosts, folder):
    refused, allowed = outputs("psilab", folder, "let nothing: number = null", "import 'tslab'\nlet nothing: number = null")
    assert refused[0].evalue == "Type 'null' is not assignable to type 'number'."
    assert allowed == []
