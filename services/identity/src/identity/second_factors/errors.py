"""Refusals about second factors."""

from chassis.errors import Conflict, Forbidden, NotFound, Unauthenticated


class ProofRefused(Unauthenticated):
    """The code or the passkey's signature is not right, was used before, or is nobody's."""

    code, title = "proof-refused", "That is not the right code or passkey"

    def __init__(self) -> None:
        super().__init__("A code works once. Wait for the next one, or use another way to prove who you are.")


class ChallengeNotValid(Unauthenticated):
    """The challenge is unknown, answered, too old, or was answered wrongly too often."""

    code, title = "challenge-not-valid", "The challenge is not valid any more"

    def __init__(self) -> None:
        super().__init__("Begin again.")


class FreshProofRequired(Forbidden):
    """Being signed in is not enough for this: a computer left open must not be enough to take an account over."""

    code, title = "fresh-proof-required", "Prove again that it is you"

    def __init__(self) -> None:
        super().__init__("Send a proof to /v1/me/proofs, then repeat this within ten minutes.")


class FactorThereAlready(Conflict):
    """There is an authenticator app already, or as many passkeys as there may be."""

    code, title = "factor-there-already", "There is one already"


class FactorNeeded(Conflict):
    """The last factor of somebody whose role needs one."""

    code, title = "factor-needed", "Your role needs a second factor"

    def __init__(self) -> None:
        super().__init__("Add another one first, then remove this one.")


class FactorNotFound(NotFound):
    """No such factor of the caller's."""

    code, title = "factor-not-found", "There is no such factor"

    def __init__(self) -> None:
        super().__init__("It was removed, or never was one of yours.")


class PasskeyNotAccepted(Conflict):
    """What the browser sent is no new passkey for this site that answers this challenge."""

    code, title = "passkey-not-accepted", "The passkey could not be added"

    def __init__(self) -> None:
        super().__init__("It belongs to another site or another challenge, or is there already. Begin again.")
