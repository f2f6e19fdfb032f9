"""The description of an interface, as it is served."""

import asyncio
import threading
from typing import Any

import httpx

from chassis.openapi import VERSION, Application


class Watched(Application):
    """Notes in which threads its description is made, each of which waits to be let go."""

    def __init__(self) -> None:
        super().__init__(title="Watched", version=VERSION, docs_url=None, redoc_url=None)
        self.made_in: list[threading.Thread] = []
        self.may_go = threading.Event()

    def openapi(self) -> dict[str, Any]:
        self.made_in.append(threading.current_thread())
        self.may_go.wait(10)
        return super().openapi()


async def test_a_description_is_made_once_and_does_not_hold_up_other_requests() -> None:
    app = Watched()

    @app.get("/quick")
    async def quick() -> str:
        return "here"

    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service.example.org") as client:
        asked = [asyncio.create_task(client.get("/openapi.json")) for _ in range(3)]
        assert (await client.get("/quick")).json() == "here"
        assert not any(task.done() for task in asked)
        app.may_go.set()
        told = [(await task).json() for task in asked]
    assert told[0] == told[1] == told[2]
    assert "/quick" in told[0]["paths"]
    assert len(app.made_in) == 1
    assert app.made_in[0] is not threading.main_thread()
