"""The gateway's own refusals, as RFC 9457 problems of the same shape as the services'."""

import json

from chassis.refusals import (
    BadRequest,
    ContentTooLarge,
    Forbidden,
    NotFound,
    ServiceError,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)


class NoSuchPath(NotFound):
    """Nothing is exposed under this path."""

    code, title = "no-such-path", "There is nothing at this address"


class MethodNotAllowed(ServiceError):
    """A method the platform does not use."""

    status, code, title = 405, "method-not-allowed", "This method is not used here"


class HeadTooLarge(ServiceError):
    """The headers of the request are too many or too long."""

    status, code, title = 431, "head-too-large", "The headers are too large"


class UriTooLong(ServiceError):
    """The address of the request is too long."""

    status, code, title = 414, "uri-too-long", "The address is too long"


class InvalidCredential(Unauthenticated):
    """The credential is forged, expired, revoked or not ours. Also on a public route: the caller meant to be known."""

    code, title = "invalid-credential", "The credential is not valid"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


class TwoCredentials(InvalidCredential):
    """More than one credential in a request."""

    code, title = "two-credentials", "More than one credential was sent"


class AddressNotAllowed(Forbidden):
    """The API key is limited to other networks than the one it was used from."""

    code, title = "address-not-allowed", "Not from this address"


class CsrfFailed(Forbidden):
    """A change was asked for with a session's cookie alone, which another site can make a browser do."""

    code, title = "csrf-failed", "This request did not come from a page of ours"


class SandboxMissing(Forbidden):
    """A test key where there is no sandbox. It never reaches the live services."""

    code, title = "sandbox-missing", "Test keys work in a sandbox only"


class SandboxFaultUnknown(BadRequest):
    """A fault was asked for that there is not."""

    code, title = "sandbox-fault-unknown", "There is no such fault"


class HeadNotReceived(ServiceError):
    """The caller began a request and did not finish its head in time."""

    status, code, title = 408, "head-not-received", "The headers did not arrive in time"


class BodyNotReceived(ServiceError):
    """The caller announced a body and did not send it in time."""

    status, code, title = 408, "body-not-received", "The body did not arrive in time"


class BodyTooLarge(ContentTooLarge):
    """The body is over the limit of what it was sent to."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"At most {limit_bytes} bytes are taken here.", limit_bytes=limit_bytes)


class RateLimited(TooManyRequests):
    """The caller's quota is spent."""

    code, title = "rate-limited", "Too many requests"


class CredentialUnverifiable(Unavailable):
    """Identity is not answering, so nobody new can be recognised; nobody is let in on trust."""

    code, title = "credential-unverifiable", "The credential cannot be checked at the moment"


class UpstreamUnavailable(Unavailable):
    """The service cannot be reached, so nothing was done."""

    code, title = "upstream-unavailable", "The service is not reachable"


class UpstreamBusy(Unavailable):
    """The service has more requests than it can serve in time; this one was not passed on, so nothing was done."""

    code, title = "upstream-busy", "The service is busy"


class UpstreamFailed(ServiceError):
    """The service broke off before it answered: whether the request took effect is not known."""

    status, code, title = 502, "upstream-failed", "The service broke off"


class UpstreamTimeout(ServiceError):
    """The service did not answer before the deadline: whether the request took effect is not known."""

    status, code, title = 504, "upstream-timeout", "The service did not answer in time"


def render(error: ServiceError, *, path: str, request_id: str) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Body and headers of a problem."""
    body = json.dumps(error.document(path, request_id), separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "replace"
    )
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    return body, headers + [(name.lower().encode(), value.encode()) for name, value in error.headers.items()]
