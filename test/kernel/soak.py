"""A long session of mixed cells: what the kernel's processes hold must not grow with their number."""

import argparse
import sys
import time

from conftest import ROOT, Kernel

sys.path.insert(0, str(ROOT / "bench/kernel"))
from processes import family, pss  # noqa: E402

# One cell of each kind; `i` makes each text, and so each script and each type, a new one.
CELLS = [
    "const a{i} = {i}; a{i} + 1",
    "let text{i}: string = 'x'.repeat(1000); console.log(text{i}.length)",
    "for (let k = 0; k < 200; k++) console.log('line', {i}, k)",
    "interface Shape{i} {{ side: number }}\nfunction area{i}(shape: Shape{i}): number {{ return shape.side ** 2 }}\narea{i}({{ side: {i} }})",
    "display.html('<b>{i}</b>' + 'y'.repeat(10000))",
    "const wrong{i}: string = {i}",
    "throw new Error('number {i}')",
    "await new Promise(r => setTimeout(r, 1)); {i}",
    "const big{i} = new Float64Array(1000).fill({i}); big{i}.length",
    "import {{ join }} from 'node:path'\njoin('a', '{i}')",
    "qde({{ objective: 'x^2/2', D: 0.5 }}).toString().length",
    "const shown{i} = display({i}); shown{i}.update('{i} again')",
    "setTimeout(() => console.log('late {i}'), 5); 1",
    "class Box{i} {{ constructor(readonly value = {i}) {{}} }}\nnew Box{i}()",
]

STUCK = ["while (true);", "await new Promise(() => {})", "while (true) { await 1 }", "/(a+)+b/.test('a'.repeat(60))"]


def soak(kernel, cells, interrupts, settled):
    """Run the cells, and return the memory in MB after the first `settled` of them and at the end."""
    front = kernel.manager.provisioner.process.pid
    first = None
    for i in range(cells):
        result = kernel.run(CELLS[i % len(CELLS)].format(i=i), stop_on_error=False)
        fails = i % len(CELLS) in (5, 6)
        assert result.ok != fails, (i, result.reply)
        if (i + 1) % (cells // interrupts) == 0:
            stuck = kernel.run(STUCK[(i // len(CELLS)) % len(STUCK)], interrupt_after=0.3)
            assert stuck.error[0] == "Interrupted"
        if i + 1 == settled:
            first = pss(family(front))
    return first, pss(family(front))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=2000)
    parser.add_argument("--interrupts", type=int, default=20)
    parser.add_argument("--settled", type=int, default=200)
    options = parser.parse_args()
    kernel = Kernel()
    began = time.monotonic()
    first, last = soak(kernel, options.cells, options.interrupts, options.settled)
    kernel.stop()
    print(f"{options.cells} cells, {options.interrupts} interrupts in {time.monotonic() - began:.0f} s")
    print(f"memory after {options.settled} cells {first:.0f} MB, at the end {last:.0f} MB: {last / first:.2f} times")
    sys.exit(last > 1.5 * first)


if __name__ == "__main__":
    main()
