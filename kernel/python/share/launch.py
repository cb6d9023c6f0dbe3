"""
`python -S launch.py CONNECTION_FILE`: becomes the kernel beside this file, on the Node of the PATH.

Jupyter shows the user nothing of what a kernel says before it dies. Where there is no Node, or an old one, a kernel
takes its place that answers every cell with the reason.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MISSING = (
    "This kernel runs on Node 20.19 or newer, and no Node is on the PATH: install one from https://nodejs.org or with a "
    "version manager, then restart the kernel."
)


def main(connection_file):
    refusal = [sys.executable, os.path.join(HERE, "refuse.py"), connection_file]
    # main.cjs puts its own reason behind it when this Node is too old.
    os.environ["PSILAB_REFUSAL"] = "\n".join(refusal)
    try:
        become("node", ["node", os.path.join(HERE, "main.cjs"), connection_file])
    except FileNotFoundError:
        print(MISSING, file=sys.stderr, flush=True)
        become(sys.executable, [*refusal, MISSING])


def become(program, arguments):
    """Replace this process, so that Jupyter's signals reach the kernel; Windows has no such call."""
    if os.name != "nt":
        os.execvp(program, arguments)
    import subprocess

    sys.exit(subprocess.call(arguments))


if __name__ == "__main__":
    main(sys.argv[1])
