"""Memory of a kernel: that of its process and of all below it, as Linux tells."""

from pathlib import Path


def family(pid):
    """A process and all its descendants."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, []))
    return found


def _sum(pids, file, field):
    """The sum of a field in KiB over processes, in MB; those that end meanwhile do not count."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(field))
    return total * 1024 / 1e6


def pss(pids):
    """Proportional set size: pages that n processes share count 1/n in each."""
    return _sum(pids, "smaps_rollup", "Pss:")


def peak_rss(pids):
    """The sum of each process's largest resident size so far."""
    return _sum(pids, "status", "VmHWM:")
