"""A short session of mixed cells; `npm run bench:soak` runs the long one."""

from pathlib import Path

import pytest
from conftest import Kernel
from soak import soak


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells what processes hold")
def test_memory_does_not_grow_with_the_number_of_cells():
    kernel = Kernel()
    first, last = soak(kernel, cells=168, interrupts=4, settled=56)
    kernel.stop()
    assert last < 1.5 * first
