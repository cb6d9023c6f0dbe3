"""What a measurement has found, a line of JSON each: `values`, or `failure`, which says in words what went wrong."""

import json
from dataclasses import dataclass

from cells import DIALECTS


class Failure(Exception):
    """The kernel does not do what was asked; the text stands in the table. It can go on."""


@dataclass(frozen=True)
class Amounts:
    """How much of everything. The target sizes are those of the whole run."""

    rounds: int = 3
    heavy_rounds: int = 1
    samples: int = 30
    few_samples: int = 10
    cells: int = 200
    turns: int = 100_000_000
    lines: int = 200_000
    displays: int = 100
    frames: int = 200


QUICK = Amounts(
    rounds=1, heavy_rounds=1, samples=10, few_samples=5, cells=60, turns=10_000_000, lines=20_000, displays=20, frames=40
)


@dataclass(frozen=True)
class Run:
    """One kernel in one round."""

    kernel: str
    round: int
    amounts: Amounts

    @property
    def dialect(self):
        return DIALECTS[self.kernel]

    @property
    def language(self):
        return self.dialect.language

    def found(self, item, *values):
        say(item=item, kernel=self.kernel, round=self.round, values=values)

    def failed(self, item, failure):
        say(item=item, kernel=self.kernel, round=self.round, failure=failure)


def say(**finding):
    print(json.dumps(finding), flush=True)
