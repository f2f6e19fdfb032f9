#!/bin/sh
# Whether the broker is alive: 0 yes, 1 it does not answer or has no JetStream, 2 it has given up writing.
#
# nats-server 2.15.1 takes nothing more for a stream to which a write has failed once (its disk was full), although there
# is room again, until it is started anew. This is Kubernetes' probe of life, which starts it anew. Docker starts nothing
# anew that is only unwell: there this is the health check, which is told whom to end, and `restart` does the rest.
#
# A server that reads its streams in, waits for the others or catches up with them is answered 503 as well and is left
# alone: it says so in other words. So is one whose disk is still full, because a start would make no room.
ask() {
  printf 'GET /healthz?%s HTTP/1.0\r\n\r\n' "$1" | nc -w 4 127.0.0.1 "${MONITOR_PORT:-8222}"
}

case "$(ask js-enabled-only=true)" in
  'HTTP/1.0 200 '*) ;;
  *) exit 1 ;;
esac
# With details it tells of every stream, and not only of the first that is unwell.
ask details=true | grep -q 'write error' || exit 0
room=$(df -P -k "${STORE:-/data}" | awk 'NR == 2 { print $4 }')
[ "$room" -ge "${ROOM:-65536}" ] || exit 0
[ -z "$1" ] || kill -TERM "$1"
exit 2
