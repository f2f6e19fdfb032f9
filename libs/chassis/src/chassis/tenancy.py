"""The second wall between partners: in a transaction that serves one, PostgreSQL shows no other's rows.

Every query limits itself to what its caller may see. Should one forget to, row security of the tables that partners
own shows no more than the organisations that the transaction was limited to: the tables' policies read the setting
`ncce.organisations`. What the platform does in its own name is not limited. Which tables have the wall, and who is
limited to what, is each service's to say.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

NOBODY = UUID(int=0)

_LIMIT = text("SELECT set_config('ncce.organisations', :organisations, true)")


async def limit_to(transaction: AsyncSession | AsyncConnection, organisations: Collection[UUID] | None) -> None:
    """From here to the end of the transaction, show nothing that belongs to other organisations; None for no limit."""
    if organisations is not None:
        names = ",".join(str(one) for one in organisations or [NOBODY])
        await transaction.execute(_LIMIT, {"organisations": names})
