"""Calls of services: a rush of sign-ins keeps nobody else waiting."""

import asyncio
import inspect
import threading

from mycount.services import passwords, users
from pages.calls import call

PATIENCE = 30.0  # seconds


def test_a_rush_of_sign_ins_keeps_nobody_else_waiting() -> None:
    free = threading.Event()

    @passwords.slow
    def sign_in() -> bool:
        return free.wait(PATIENCE)

    async def rush() -> None:
        waiting = [asyncio.create_task(call(sign_in)) for _ in range(50)]
        assert await asyncio.wait_for(asyncio.gather(*(call(lambda: "shown") for _ in range(20))), PATIENCE)
        assert not any(task.done() for task in waiting)
        free.set()
        assert all(await asyncio.gather(*waiting))

    try:
        asyncio.run(rush())
    finally:
        free.set()


def test_every_function_that_works_with_passwords_is_marked_so() -> None:
    functions = [
        each
        for name, each in inspect.getmembers(users, inspect.isfunction)
        if hasattr(each, "operation_name")
    ]
    working = {each.__name__ for each in functions if "passwords.hashed(" in inspect.getsource(each)}
    working |= {each.__name__ for each in functions if "passwords.matches(" in inspect.getsource(each)}
    assert {"sign_in", "sign_up", "change_password"} <= working
    assert {each.__name__ for each in functions if passwords.is_slow(each)} == working
