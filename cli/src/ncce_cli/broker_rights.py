"""`deploy/broker/users.conf`: the broker's users, and what each may say and hear.

A service says its own events, keeps its own stream and its own consumers, and hears answers to itself. So whoever took
one over could neither delete another's stream nor read what waits for another: the broker would not let them ask.
"""

from collections.abc import Iterator, Mapping, Sequence

from chassis.bus import inbox_of
from chassis.service import Service
from chassis.subscriptions import Subscription
from contracts.identity import ApiKeyChanged
from contracts.registry import PUBLISHED, PUBLISHER, stream_of
from gateway.control.events import ENDINGS
from ncce_cli.parts import GATEWAY

HEAD = """\
# The broker's users: what each may say, and what it may hear. nats.conf includes this.
#
# Written by `python -m ncce_cli.reference` from contracts and subscriptions in the code; do not edit.

authorization {
  users: [
"""

USER = """\
    {{
      user: {user}, password: ${variable}
      permissions: {{
        publish: [
{publish}
        ]
        subscribe: [
{subscribe}
        ]
      }}
    }}
"""

TAIL = """\
  ]
}
"""


def of_stream(service: str) -> list[str]:
    """What a service asks of its own stream. It never deletes it, nor what is in it."""
    return [f"$JS.API.STREAM.{what}.{stream_of(service)}" for what in ("INFO", "CREATE", "UPDATE")]


def of_consumer(one: Subscription) -> list[str]:
    """What a service asks of a consumer of its own, and its acknowledgements."""
    name = f"{stream_of(PUBLISHER[one.event])}.{one.durable}"
    asked = ("INFO", "DURABLE.CREATE", "DELETE", "MSG.NEXT")
    return [*(f"$JS.API.CONSUMER.{what}.{name}" for what in asked), f"$JS.ACK.{name}.>"]


def says(name: str, service: Service) -> list[str]:
    """Every subject that a service may publish to."""
    events = sorted({event.subject for event in PUBLISHED[name]})
    consumers = sorted(service.subscriptions.table, key=lambda one: one.durable)
    return [*events, *of_stream(name), *(subject for one in consumers for subject in of_consumer(one))]


def gateway_says() -> list[str]:
    """It hears endings again after an interruption, by consumers that the broker forgets when it has gone."""
    stream = stream_of("identity")
    return [
        f"$JS.API.CONSUMER.CREATE.{stream}",
        f"$JS.API.CONSUMER.CREATE.{stream}.>",
        f"$JS.API.CONSUMER.INFO.{stream}.*",
        f"$JS.FC.{stream}.>",
    ]


def configuration(services: Mapping[str, Service]) -> str:
    """The whole file."""
    users = [_user(name, says(name, service), [f"{inbox_of(name)}.>"]) for name, service in services.items()]
    hears = [f"{inbox_of(GATEWAY)}.>", *(event.subject for event in (ApiKeyChanged, *ENDINGS))]
    return "".join([HEAD, *users, _user(GATEWAY, gateway_says(), hears), TAIL])


def _user(name: str, publish: Sequence[str], subscribe: Sequence[str]) -> str:
    return USER.format(
        user=name,
        variable=f"{name.upper()}_BROKER_PASSWORD",
        publish="\n".join(_lines(publish)),
        subscribe="\n".join(_lines(subscribe)),
    )


def _lines(subjects: Sequence[str]) -> Iterator[str]:
    yield from (f'          "{subject}"' for subject in subjects)
