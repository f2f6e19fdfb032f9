"""Proving with the password that whoever is signed in is really there, before something that could cost the account."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Row, select

from chassis import audit
from chassis.db import Database, database_of
from chassis.principal import Principal
from identity.accounts.models import Account
from identity.accounts.passwords import PasswordHashing, Passwords
from identity.people.errors import PersonNotFound
from identity.sessions import throttle
from identity.sessions.errors import PasswordNotConfirmed
from identity.sessions.freshness import require_fresh_factor
from identity.sessions.rules import account_allowance

AccountRow = Row[UUID, str, str, str]


@dataclass(frozen=True)
class Prover:
    """What proving needs of its process: no connection is held while a password is hashed."""

    database: Database
    passwords: Passwords

    async def prove(self, caller: Principal, password: str) -> AccountRow:
        """As `check_password`; FreshProofRequired where the account has a second factor that was not proven lately."""
        async with self.database.transaction() as session:
            await require_fresh_factor(session, caller)
        return await self.check_password(caller, password)

    async def check_password(self, caller: Principal, password: str) -> AccountRow:
        """The caller's account: person_id, email, email_key, password_hash.

        PasswordNotConfirmed, TooManyFailures (wrong tries count as those of signing in do), PersonNotFound or
        PasswordQueueFull.
        """
        self.passwords.refuse_when_full()
        account = await self._account_of(caller)
        allowance = account_allowance(account.email_key)
        async with self.database.transaction() as session:
            await throttle.count_try(session, allowance)
        is_right = await self.passwords.verify(password, account.password_hash)
        async with self.database.transaction() as session:
            if is_right:
                await throttle.forget_failures(session, allowance)
                return account
            subject = f"person:{account.person_id}"
            await audit.record(session, caller, "password.not_confirmed", subject)
        raise PasswordNotConfirmed

    async def _account_of(self, caller: Principal) -> AccountRow:
        columns = select(Account.person_id, Account.email, Account.email_key, Account.password_hash)
        async with self.database.reads.connect() as connection:
            found = (await connection.execute(columns.where(Account.person_id == caller.id))).one_or_none()
        if found is None:
            raise PersonNotFound("Your account is no longer there.")
        return found


async def _prover(database: Annotated[Database, Depends(database_of)], passwords: PasswordHashing) -> Prover:
    return Prover(database, passwords)


Proof = Annotated[Prover, Depends(_prover)]
