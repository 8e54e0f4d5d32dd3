"""How long somebody waits who failed to prove who they are: a few tries are free, then each wait is twice the last.

One account is tried from many addresses, and one address tries many accounts; so both are counted, each by its own
measure (NIST SP 800-63B 3.2.2). No wait is longer than the measure's longest: a stranger can delay a person, not lock
them out.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`free` failures cost nothing; what was counted is forgotten after `forgotten` without another."""

    free: int
    longest: timedelta = timedelta(minutes=15)
    forgotten: timedelta = timedelta(hours=24)

    def wait(self, failures: int) -> timedelta:
        """From the last failure on, before the next try is looked at."""
        if failures < self.free:
            return timedelta(0)
        return min(self.longest, timedelta(seconds=2 ** min(failures - self.free + 1, 20)))


ACCOUNT = Measure(free=5)
ADDRESS = Measure(free=30)
