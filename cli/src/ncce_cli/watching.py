"""`deploy/k8s/watching`: which pods Prometheus asks for numbers, and by which rules it judges them.

For Prometheus's operator. Of every target it knows the labels that rules and dashboards ask for: `service` and `mode`.
"""

from collections.abc import Iterator
from pathlib import Path

from ncce_cli.parts import GATEWAY, ROOT, SERVICES

RULES = ROOT / "deploy" / "observability" / "rules"
WRITTEN = "# Written by `python -m ncce_cli.reference` from {source}; do not edit.\n"

RULE = """\
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {name}
spec:
"""

MONITOR = """\
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {name}
spec:
  selector:
    matchExpressions:
      - {{key: app.kubernetes.io/name, operator: In, values: [{member}]}}
      - {{key: app.kubernetes.io/component, operator: In, values: [{modes}]}}
  podMetricsEndpoints:
    - port: {port}
      interval: 15s
{tls}      relabelings:
        - {{sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_name], targetLabel: service}}
        - {{sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_component], targetLabel: mode}}
"""

TLS = """\
      scheme: https
      tlsConfig:
        ca: {{secret: {{name: internal-ca, key: ca.crt}}}}
        serverName: {member}-serve
"""


PUBLIC_TLS = """\
      # Its certificate is for its public name, which each overlay has its own of; nothing but numbers is asked for.
      scheme: https
      tlsConfig: {insecureSkipVerify: true}
"""


def rules() -> str:
    """Every file of rules as one resource."""
    parts = [WRITTEN.format(source="deploy/observability/rules")]
    for path in sorted(RULES.glob("*.yaml")):
        parts += [RULE.format(name=f"ncce-{path.stem}"), *_indented(path)]
    return "".join(parts)


def _indented(path: Path) -> Iterator[str]:
    yield from (f"  {line}" if line.strip() else line for line in path.read_text().splitlines(keepends=True))


def monitors() -> str:
    """`serve` of a service shows its numbers by TLS, everything else plainly, the gateway at its operators' port."""
    parts = [WRITTEN.format(source="the services there are")]
    for service in SERVICES:
        others = "work, webhooks" if service == "identity" else "work"
        parts.append(_monitor(f"{service}-serve", service, "serve", "http", TLS.format(member=service)))
        parts.append(_monitor(f"{service}-work", service, others, "http"))
    parts.append(_monitor(GATEWAY, GATEWAY, "serve", "inside", PUBLIC_TLS))
    return "".join(parts)


def _monitor(name: str, member: str, modes: str, port: str, tls: str = "") -> str:
    return MONITOR.format(name=name, member=member, modes=modes, port=port, tls=tls)
