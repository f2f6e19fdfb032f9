#!/usr/bin/env bash
# Brings a cluster to what an overlay says, in the order in which a release has to go:
#
#   deploy/k8s/roll-out.sh production
#
# what processes need, then the jobs (schema, then reference data), then the processes. A job that fails ends it there,
# with the last release still running: its code works on the newer schema. Needs kubectl 1.27 or later, and the secrets.
set -euo pipefail

[[ $# -eq 1 ]] || {
    echo "usage: $0 development|staging|production" >&2
    exit 2
}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
overlay="${here}/overlays/$1"
namespace="ncce-$1"
component=app.kubernetes.io/component
patience=30m

manifests=$(kubectl kustomize "${overlay}")

apply() {
    kubectl apply --server-side --filename - --selector "$1" <<<"${manifests}"
}

echo "== what processes need"
kubectl apply --filename "${overlay}/namespace.yaml"
apply "!${component}"
kubectl --namespace "${namespace}" wait --for=condition=Ready --timeout="${patience}" clusters.postgresql.cnpg.io --all
kubectl --namespace "${namespace}" rollout status --timeout="${patience}" statefulset/nats

for job in migrate seed; do
    echo "== ${job}"
    kubectl --namespace "${namespace}" delete job --selector "${component}=${job}" --ignore-not-found --wait
    apply "${component}=${job}"
    kubectl --namespace "${namespace}" wait --for=condition=Complete --timeout="${patience}" \
        job --selector "${component}=${job}"
done

echo "== processes"
apply "${component} in (serve, work, webhooks)"
kubectl --namespace "${namespace}" rollout status --timeout="${patience}" deployment \
    --selector app.kubernetes.io/part-of=ncce
