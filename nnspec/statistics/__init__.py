"""Verdicts, intervals and tests; NumPy and SciPy alone.

The face hands on how a verdict is decided. What only judging and studies ask for stands in modules of its
own, so that `import nnspec` does not wait for it.
"""

from nnspec.statistics.shares import VERDICTS, Verdict, check_share, decide, share_interval

__all__ = ["VERDICTS", "Verdict", "check_share", "decide", "share_interval"]
