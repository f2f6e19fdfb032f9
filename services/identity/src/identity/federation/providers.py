"""Who else's accounts are accepted, as data: what is known of each provider, and what a platform sets up of it."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, HttpUrl, JsonValue, SecretStr, TypeAdapter, ValidationError

Suggested = Literal["given_name", "family_name", "email"]


class Provider(BaseModel):
    """One provider, complete."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    title: str
    issuer: str
    """As it calls itself, to the letter: its description and its tokens are believed under no other name."""
    client_id: str
    client_secret: SecretStr | None = None
    client_key: SecretStr | None = None
    """A private JSON Web Key, for `private_key_jwt`."""
    client_authentication: Literal["client_secret_basic", "client_secret_post", "private_key_jwt"] = (
        "client_secret_basic"
    )
    scopes: tuple[str, ...] = ("openid",)
    parameters: dict[str, JsonValue] = {}
    """What else its authorization endpoint is to be told, such as vectors of trust (`vtr`, `acr_values`)."""
    request_object: Literal["none", "signed"] = "none"
    """Whether it is told all of that in a statement that we sign (RFC 9101), which nobody can change on the way."""
    request_audience: Literal["issuer", "authorization_endpoint"] = "issuer"
    """To whom that statement is addressed: the RFC says the issuer, some providers say otherwise."""
    accepted: dict[str, tuple[str, ...]] = {}
    """Claims of its tokens that must have one of these values: how well it has to have looked (`vot`, `acr`)."""
    id_token_algorithms: tuple[Literal["RS256", "ES256", "EdDSA"], ...] = ("RS256",)
    claims: dict[Suggested, str] = {}
    """Our name of a claim: its name of it. They fill a form in and prove nothing."""
    claims_from: Literal["id_token", "userinfo"] = "id_token"


@cache
def known_providers() -> dict[str, dict[str, JsonValue]]:
    """What is known of providers whoever sets them up. `reference/README.md` says where it comes from."""
    text = files("identity").joinpath("reference/identity_providers.json").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, dict[str, JsonValue]]).validate_json(text)


class UnusableProviders(ValueError):
    """The providers are not set up in a way that can work."""


@lru_cache(maxsize=8)
def load_providers(text: str) -> Mapping[str, Provider]:
    """The providers of a platform by name, or UnusableProviders, which repeats no secret."""
    try:
        given = TypeAdapter(dict[str, dict[str, JsonValue]]).validate_json(text)
        loaded = {
            name: Provider.model_validate({**known_providers().get(name, {}), **own}) for name, own in given.items()
        }
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False)
        )
        raise UnusableProviders(f"providers: {wrong}") from None
    for name, provider in loaded.items():
        _check(name, provider)
    return loaded


def _check(name: str, provider: Provider) -> None:
    by_key = provider.client_authentication == "private_key_jwt"
    if (provider.client_key if by_key else provider.client_secret) is None:
        raise UnusableProviders(
            f"{name}: {provider.client_authentication} needs {'client_key' if by_key else 'client_secret'}"
        )
    if provider.request_object == "signed" and provider.client_key is None:
        raise UnusableProviders(f"{name}: a signed request object needs client_key")
    if "openid" not in provider.scopes:
        raise UnusableProviders(f"{name}: the scopes lack openid")
    if not is_safe(provider.issuer):
        raise UnusableProviders(f"{name}: the issuer must begin with https://")


def is_safe(url: str) -> bool:
    """Whether an address may be asked: by TLS, or on this machine."""
    try:
        parsed = HttpUrl(url)
    except ValidationError:
        return False
    return parsed.scheme == "https" or parsed.host in ("127.0.0.1", "localhost")


def key_of(provider: Provider) -> dict[str, str]:
    """The private key that proves who we are to a provider."""
    key: dict[str, str] = json.loads(provider.client_key.get_secret_value()) if provider.client_key else {}
    return key
