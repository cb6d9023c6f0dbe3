"""Puts the built kernelspec and JupyterLab extension into the wheel, where Jupyter looks for them."""

import json
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHARE = "share/jupyter"


def placed(folder, target):
    """Every file of a folder with its place; hatchling itself would leave out what git does."""
    # A snapshot holds for the Node and the processor that it was made with; others make their own.
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != ".psilab-build" and file.suffix != ".snapshot")
    return {str(file): f"{target}/{file.relative_to(folder).as_posix()}" for file in files}


class Hook(BuildHookInterface):
    def initialize(self, version, build_data):
        here = Path(self.root)
        kernelspec = here.parent / "kernelspec"
        extension = here.parent.parent / "extension/labextension"
        for built in (kernelspec / "kernel.json", extension / "package.json"):
            if not built.exists():
                raise FileNotFoundError(f"{built} is not built: `npm run build:wheel` in the checkout builds all.")

        spec = json.loads((kernelspec / "kernel.json").read_text("utf8"))
        spec["argv"] = ["python", "-S", "{resource_dir}/launch.py", "{connection_file}"]
        # By this JupyterLab's list of extensions says how this one is removed.
        installer = {
            "packageManager": "python",
            "packageName": "psilab",
            "uninstallInstructions": "Uninstall the package psilab by pip.",
        }
        self.folder = tempfile.TemporaryDirectory()

        def written(name, content):
            file = Path(self.folder.name) / name
            file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf8")
            return str(file)

        kernel = f"{SHARE}/kernels/psilab"
        labextension = f"{SHARE}/labextensions/@psilab/jupyterlab"
        build_data["shared_data"] = {
            **placed(kernelspec, kernel),
            **placed(here / "share", kernel),
            **placed(extension, labextension),
            written("kernel.json", spec): f"{kernel}/kernel.json",
            written("install.json", installer): f"{labextension}/install.json",
        }
        del build_data["shared_data"][str(kernelspec / "kernel.json")]

    def finalize(self, version, build_data, artifact_path):
        self.folder.cleanup()
