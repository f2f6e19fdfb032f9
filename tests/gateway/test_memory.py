"""What a gateway process carries: the libraries of services have no business in it."""

import subprocess
import sys

TOO_HEAVY = ("fastapi", "starlette", "sqlalchemy", "asyncpg", "structlog", "rich", "uvicorn", "httpx", "nats")
"""Together they would be more than half of the process. The broker's client comes in where there is a broker."""


def test_a_gateway_process_loads_no_web_framework_no_database_and_no_second_http() -> None:
    asked = f"import sys, gateway.__main__; print(*sorted(set({TOO_HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
