"""`deploy/k8s/scaling/work.yaml`: how many of each `work` there are, by what waits for each of its consumers.

KEDA asks the broker's monitor about one consumer at a time and has to be told their names, which only the code knows.
"""

from collections.abc import Iterator

from chassis.service import Service
from chassis.subscriptions import Subscription
from contracts.registry import PUBLISHER, stream_of

WAITING_FOR_EACH = 500
"""Events of one consumer for which there is to be one more process: about half a second's work of one."""

HEAD = """\
# How many of each `work` there are: one more for every {waiting} events that wait for one of its consumers. The overlay
# completes the broker's name.
#
# Written by `python -m ncce_cli.reference` from the subscriptions in the code; do not edit.
"""

SCALED = """\
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {service}-work
  labels: {{app.kubernetes.io/name: {service}, app.kubernetes.io/component: work}}
spec:
  scaleTargetRef: {{name: {service}-work}}
  minReplicaCount: 2
  maxReplicaCount: 6
  pollingInterval: 15
  cooldownPeriod: 300
  fallback: {{failureThreshold: 4, replicas: 3}}
  triggers:
"""

TRIGGER = """\
    - type: nats-jetstream
      metadata:
        natsServerMonitoringEndpoint: nats.NAMESPACE.svc:8222
        account: $G
        stream: {stream}
        consumer: {consumer}
        lagThreshold: "{waiting}"
"""


def manifest(services: dict[str, Service]) -> str:
    """The whole file."""
    parts = [HEAD.format(waiting=WAITING_FOR_EACH)]
    for name, service in services.items():
        parts += [SCALED.format(service=name), *_triggers(service.subscriptions.table)]
    return "".join(parts)


def _triggers(subscriptions: list[Subscription]) -> Iterator[str]:
    for one in sorted(subscriptions, key=lambda subscription: subscription.durable):
        stream = stream_of(PUBLISHER[one.event])
        yield TRIGGER.format(stream=stream, consumer=one.durable, waiting=WAITING_FOR_EACH)
