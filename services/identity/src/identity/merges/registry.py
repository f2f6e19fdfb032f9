"""What becomes of identity's rows when two people are merged."""

from chassis.merged_people import PersonTables
from identity.base import Base

ACCOUNTABLE = "Who was trusted with what, under the id that was. Whoever holds a role now is not merged into another."
WAY_IN = "Belongs to the address and its password, which stay a way in: whoever comes by it goes by the kept id."

TABLES = PersonTables(
    Base.metadata,
    moves={
        "employment": ("person_id",),
        "teacher_number": ("person_id",),
        "federated_identity": ("person_id",),
        "passkey": ("person_id",),
        "unwanted_mail": ("person_id",),
        "waiting_message": ("person_id",),
    },
    moves_into_nothing={"totp_factor": ("person_id",), "recovery_code": ("person_id",)},
    stays={
        "account": WAY_IN,
        "password_reset": WAY_IN,
        "email_change": WAY_IN,
        "proof_challenge": "Lives for minutes.",
        "sign_in": "Ended with the merge.",
        "mail": "What was sent to the address; told with the rest.",
        "role_grant": ACCOUNTABLE,
        "role_proposal": ACCOUNTABLE,
        "invitation": ACCOUNTABLE,
        "factor_reset": ACCOUNTABLE,
        "person_export": "Lives for a week; whoever goes by the kept id asks for all of it under that.",
        "data_view": "Which record was looked at, under the id that it had; told under every id.",
        "erasure": "Nobody is merged who asked to be forgotten.",
    },
)
