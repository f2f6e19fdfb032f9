"""Turns: one at a time, each address in its turn, and the loop goes round between two."""

import asyncio

import pytest

from gateway.turns import WAITING_MAX, QueueFull, Turns


async def test_an_address_with_one_is_not_behind_all_of_an_address_with_many() -> None:
    turns, order = Turns(), list[str]()

    async def check(source: str) -> None:
        async with turns.turn(source):
            order.append(source)

    await asyncio.gather(*(check("many") for _ in range(50)), check("one"), check("another"))
    assert len(order) == 52
    assert {order.index("one"), order.index("another")} <= {1, 2, 3, 4}


async def test_what_else_is_ready_runs_between_two_checks() -> None:
    turns, order = Turns(), list[str]()

    async def check() -> None:
        async with turns.turn("many"):
            order.append("check")

    async def serve() -> None:
        while order.count("check") < 20:
            order.append("serve")
            await asyncio.sleep(0)

    await asyncio.gather(*(check() for _ in range(20)), serve())
    assert "check check" not in " ".join(order)


async def test_who_leaves_while_waiting_keeps_nobody_waiting() -> None:
    turns, done = Turns(), list[int]()
    is_held, go_on = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with turns.turn("a"):
            is_held.set()
            await go_on.wait()

    async def check(number: int) -> None:
        async with turns.turn("a"):
            done.append(number)

    holding = asyncio.create_task(hold())
    await is_held.wait()
    waiting = [asyncio.create_task(check(number)) for number in range(5)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    waiting[3].cancel()
    go_on.set()
    await asyncio.wait([holding, *waiting])
    assert done == [1, 2, 4]
    await check(9)
    assert done[-1] == 9


async def test_an_address_cannot_queue_without_end() -> None:
    turns = Turns()
    async with turns.turn("a"):
        waiting = [asyncio.create_task(_wait(turns, "a")) for _ in range(WAITING_MAX)]
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await _wait(turns, "a")
        other = asyncio.create_task(_wait(turns, "b"))
        await asyncio.sleep(0)
        assert not other.done()
    await asyncio.gather(*waiting, other)


async def _wait(turns: Turns, source: str) -> None:
    async with turns.turn(source):
        pass
