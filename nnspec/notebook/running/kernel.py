"""A kernel with the Python that runs nnspec: cells go in one after another, within limits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.notebook.cells import Output
from nnspec.notebook.reading import output_of
from nnspec.notebook.running.limits import Limits


@dataclass(frozen=True)
class Answer:
    """What a kernel answered to a cell.

    `error` is what ended it, with Jupyter's `ename`, `evalue` and `traceback`, None where it came to its end.
    `stopped` says that it was interrupted at a limit, `died` that its kernel is no more, `cut` that more was
    printed than is kept. `shown` is what was.
    """

    error: Any | None
    seconds: float
    stopped: bool
    died: bool
    cut: bool
    shown: tuple[Output, ...] = ()


class Kernel:
    """A kernel that runs; `alive` until it died or was ended."""

    def __init__(self, client: Any, limits: Limits) -> None:
        self._client, self._limits = client, limits
        self.alive, self._stopped = True, False

    def tell(self, code: str) -> None:
        """Run code of nnspec before what comes next, without waiting for it."""
        self._client.kc.execute(code, silent=True, store_history=False)

    async def run(self, source: str, seconds: float) -> Answer:
        """Run a cell, for so many seconds at most, and return what it answered."""
        import nbformat.v4
        from nbclient.exceptions import DeadKernelError

        cell = nbformat.v4.new_code_cell(source)  # type: ignore[no-untyped-call]
        self._client.nb.cells[:] = [cell]
        self._client.printed, self._client.reply, self._stopped = 0, {}, False
        started, stopping = time.monotonic(), asyncio.create_task(self._stop_after(seconds))
        try:
            await self._client.async_execute_cell(cell, 0)
        except DeadKernelError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():  # nbclient takes Ctrl-C for a kernel that died
                raise asyncio.CancelledError from None
            self.alive = False
        finally:
            stopping.cancel()
        cut = self._client.printed > self._limits.output
        reply = self._client.reply
        error = reply if reply.get("status") == "error" else None
        shown = tuple(output_of(one) for one in cell["outputs"])
        return Answer(error, time.monotonic() - started, self._stopped, not self.alive, cut, shown)

    async def _stop_after(self, seconds: float) -> None:
        """Interrupt the kernel, and end it where that does not help."""
        await asyncio.sleep(seconds)
        self._stopped = True
        await self._client.km.interrupt_kernel()
        await asyncio.sleep(self._limits.grace)
        await self._client.km.shutdown_kernel(now=True)


@contextlib.asynccontextmanager
async def kernel(folder: Path, limits: Limits) -> AsyncIterator[Kernel]:
    """Start a kernel in a folder, and end it afterwards.

    Raises
    ------
    InvalidValue
        If what runs kernels is not installed, or no kernel starts.
    """
    client = _client(limits)
    try:
        before = _handlers()
        async with client.async_setup_kernel(
            cwd=str(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ):
            _put_back(before)
            yield Kernel(client, limits)
    except (RuntimeError, OSError) as error:  # what Jupyter raises where a kernel does not start
        remedy = 'pip install "nnspec[notebook]", or --static, which runs nothing'
        raise InvalidValue("kernel", " ".join(str(error).split())[:200], "one that starts", remedy) from error


def _handlers() -> dict[signal.Signals, Any]:
    """Return what handles the signals that nbclient takes for itself, in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}


def _put_back(handlers: dict[signal.Signals, Any]) -> None:
    """Let signals end the run, where nbclient would end the kernel alone."""
    for number, handler in handlers.items():
        asyncio.get_running_loop().remove_signal_handler(number)
        signal.signal(number, handler)


def _client(limits: Limits) -> Any:
    try:
        import ipykernel  # noqa: F401  # the kernel needs it
        import nbformat.v4
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.manager import AsyncKernelManager
        from nbclient import NotebookClient
    except ImportError as error:
        remedy = 'pip install "nnspec[notebook]", or --static, which runs nothing'
        expected = f"{error.name} to be installed, to run a notebook"
        raise InvalidValue("kernel", None, expected, remedy) from error

    class Manager(AsyncKernelManager):
        """Starts this Python, whatever kernels are installed for the user."""

        @property
        def kernel_spec(self) -> Any:
            argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=argv, language="python", display_name="Python")

    class Client(NotebookClient):
        """Keeps only so much of what a cell prints."""

        printed = 0
        reply: dict[str, Any] = {}  # noqa: RUF012  # replaced, never changed

        def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
            if msg["msg_type"] in ("stream", "display_data", "execute_result"):
                content = msg["content"]
                self.printed += len(content.get("text", "")) + sum(
                    map(len, map(str, content.get("data", {}).values()))
                )
                if self.printed > limits.output:
                    return None
            return super().process_message(msg, cell, cell_index)

    log = logging.getLogger("nnspec.notebook.running.kernel")
    log.addHandler(logging.NullHandler())
    log.propagate = False

    def executed(cell: Any, cell_index: int, execute_reply: Any) -> None:
        client.reply = dict(execute_reply["content"])

    client = Client(
        nbformat.v4.new_notebook(),  # type: ignore[no-untyped-call]
        kernel_manager_class=Manager,
        timeout=None,
        allow_errors=True,
        store_widget_state=False,
        on_cell_executed=executed,
        log=log,
    )
    return client
