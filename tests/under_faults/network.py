"""A network that can be slow, narrow, cut, silent or rude: a proxy for one port that does what is asked."""

import asyncio
import random
import socket
import threading
from collections.abc import Coroutine
from contextlib import suppress
from enum import StrEnum
from typing import Any, TypeVar

Result = TypeVar("Result")

CHUNK = 16_384
LINGER_AT_ALL = b"\x01\x00\x00\x00\x00\x00\x00\x00"
"""Linger for no time: closing then resets the connection."""


class Weather(StrEnum):
    """What the network is like."""

    FAIR = "fair"
    SLOW = "slow"
    """Every piece comes up to a fifth of a second late."""
    NARROW = "narrow"
    """Little comes through at a time."""
    SILENT = "silent"
    """Connections stand and can be made, and nothing passes: half open."""
    DEAF = "deaf"
    """Requests pass, and no answer comes back."""
    CUT = "cut"
    """Connections are closed, and new ones at once as well."""
    RESET = "reset"
    """The same, without a goodbye."""


class Proxy:
    """Passes on what comes to `port` to another port of this machine."""

    def __init__(self, target: int, chosen: random.Random) -> None:
        self._target, self._chosen = target, chosen
        self.weather = Weather.FAIR
        self.passed = 0
        self._changed = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._under_way: set[asyncio.Task[None]] = set()

    async def begin(self) -> "Proxy":
        """Listen."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def turn(self, weather: Weather) -> None:
        """From now on the network is like this."""
        self.weather = weather
        self._changed.set()
        self._changed = asyncio.Event()
        if weather in (Weather.CUT, Weather.RESET):
            for writer in list(self._open):
                self._break(writer)

    async def close(self) -> None:
        """End all connections, and listen no more."""
        self._server.close()
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _break(self, writer: asyncio.StreamWriter) -> None:
        if self.weather is Weather.RESET:
            connection = writer.get_extra_info("socket")
            with suppress(OSError):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_AT_ALL)
        writer.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        self._open.add(writer)
        with suppress(OSError, asyncio.CancelledError):
            await self._connect(reader, writer)
        writer.close()
        self._open.discard(writer)
        self._under_way.discard(task)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.weather in (Weather.CUT, Weather.RESET):
            self._break(writer)
            return
        onward_reader, onward_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._open.add(onward_writer)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass(reader, onward_writer, is_answer=False))
                group.create_task(self._pass(onward_reader, writer, is_answer=True))
        except* OSError:
            pass  # the other side's end is all there is to tell
        finally:
            onward_writer.close()
            self._open.discard(onward_writer)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool) -> None:
        """Pieces one way until there are no more; then the other way is over as well."""
        while piece := await reader.read(256 if self.weather is Weather.NARROW else CHUNK):
            await self._suffer(is_answer=is_answer)
            writer.write(piece)
            await writer.drain()
            self.passed += len(piece)
        raise ConnectionResetError

    async def _suffer(self, *, is_answer: bool) -> None:
        while self.weather is Weather.SILENT or (self.weather is Weather.DEAF and is_answer):
            await self._changed.wait()
        if self.weather in (Weather.SLOW, Weather.NARROW):
            await asyncio.sleep(self._chosen.uniform(0, 0.2 if self.weather is Weather.SLOW else 0.01))


class Ways:
    """Proxies with a thread and a loop of their own, so that a busy test holds nothing up."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._proxies: list[Proxy] = []

    async def open(self, target: int, chosen: random.Random) -> Proxy:
        """A new one."""
        self._proxies.append(await self._there(Proxy(target, chosen).begin()))
        return self._proxies[-1]

    async def turn(self, proxy: Proxy, weather: Weather) -> None:
        """From now on it is like this on that way."""
        await self._there(proxy.turn(weather))

    async def close(self) -> None:
        """End all connections and the thread."""
        for proxy in self._proxies:
            await self._there(proxy.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)
        self._loop.close()

    async def _there(self, work: Coroutine[Any, Any, Result]) -> Result:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))
