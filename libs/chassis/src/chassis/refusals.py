"""One tree of errors, each with its HTTP status and a stable code. Nothing here knows a web framework.

ServiceError
├── BadRequest 400            ├── Conflict 409            ├── PreconditionRequired 428
├── Unauthenticated 401       ├── Gone 410                ├── TooManyRequests 429 (retry_after_seconds)
├── Forbidden 403             ├── PreconditionFailed 412  ├── Unavailable 503 (retry_after_seconds)
└── NotFound 404              ├── Unprocessable 422       └── ContentTooLarge 413

A service raises a named subclass where the fact is known; it never raises FastAPI's HTTPException.
"""

from typing import ClassVar, Final

PROBLEM_TYPE: Final = "/problems/"
EVERY_PROBLEM_HAS: Final = frozenset({"type", "title", "status", "code", "detail", "instance", "request_id"})


class ServiceError(Exception):
    """A refusal with a reason. `code` is stable and documented; `detail` is for people."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str, **extensions: object) -> None:
        super().__init__(detail)
        if taken := EVERY_PROBLEM_HAS & extensions.keys():
            raise TypeError(f"every problem has {', '.join(sorted(taken))}: choose another name")
        self.detail = detail
        self.extensions = extensions
        self.headers: dict[str, str] = {}

    def document(self, instance: str, request_id: str | None) -> dict[str, object]:
        """Its problem document (RFC 9457) for a request to the path `instance`."""
        return {
            "type": PROBLEM_TYPE + self.code,
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "instance": instance,
            "request_id": request_id,
            **self.extensions,
        }


class BadRequest(ServiceError):
    """The request cannot be read."""

    status, code, title = 400, "bad-request", "The request cannot be read"


class Unauthenticated(ServiceError):
    """Nobody is signed in, or the credential is not valid."""

    status, code, title = 401, "unauthenticated", "Sign in first"

    def __init__(self, detail: str, **extensions: object) -> None:
        super().__init__(detail, **extensions)
        self.headers = {"WWW-Authenticate": "Bearer"}


class Forbidden(ServiceError):
    """The caller is known and may not do this."""

    status, code, title = 403, "forbidden", "Not allowed"


class SecondFactorRequired(Forbidden):
    """The caller's role needs a second factor, and until one is set up nothing else can be done."""

    code, title = "second-factor-required", "Set up a second factor first"

    def __init__(self) -> None:
        super().__init__("Your role needs a second factor: add an authenticator app or a passkey, then go on.")


class NotFound(ServiceError):
    """There is no such thing, or it is not the caller's to see."""

    status, code, title = 404, "not-found", "Not found"


class Conflict(ServiceError):
    """The request does not fit the present state."""

    status, code, title = 409, "conflict", "Conflict with the present state"


class Gone(ServiceError):
    """It existed and will not come back."""

    status, code, title = 410, "gone", "No longer there"


class ContentTooLarge(ServiceError):
    """The body is over the limit of what it was sent to."""

    status, code, title = 413, "body-too-large", "The body is too large"


class PreconditionFailed(ServiceError):
    """The caller's version is not the present one."""

    status, code, title = 412, "precondition-failed", "Changed in the meantime"


class Unprocessable(ServiceError):
    """The request is well formed and its content is refused."""

    status, code, title = 422, "unprocessable", "The content is refused"


class PreconditionRequired(ServiceError):
    """A conditional header is missing."""

    status, code, title = 428, "precondition-required", "A precondition is required"


class _RetryLater(ServiceError):
    def __init__(self, detail: str, *, retry_after_seconds: int = 1, **extensions: object) -> None:
        super().__init__(detail, retry_after_seconds=retry_after_seconds, **extensions)
        self.headers = {"Retry-After": str(retry_after_seconds)}


class TooManyRequests(_RetryLater):
    """The caller is over a limit; `Retry-After` says when to come back."""

    status, code, title = 429, "too-many-requests", "Too many requests"


class Unavailable(_RetryLater):
    """A part this needs is not answering; trying again later is right."""

    status, code, title = 503, "unavailable", "Temporarily unavailable"


class DeadlinePassed(_RetryLater):
    """What was asked for could not be done in the time that its caller waits; it was given up and undone."""

    status, code, title = 504, "deadline-passed", "Not done in time"


class SandboxOnly(Forbidden):
    """Something that is possible in the sandbox alone was asked of the live platform."""

    code, title = "sandbox-only", "Only in the sandbox"


class ValidationFailed(Unprocessable):
    """One or more fields are wrong; `errors` names them all."""

    code, title = "validation-failed", "One or more fields are wrong"


class ValueUnstorable(Unprocessable):
    """A value of the right type that no column can hold, such as a text with a NUL in it."""

    code, title = "value-unstorable", "A value cannot be stored"
