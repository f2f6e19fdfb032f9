#!/bin/bash
# Runs once, when the data directory is new: a database for each service, its owner, the role that its processes run as,
# and a closed door between services. What the second role may do, `migrate` grants it.
# The image's entrypoint starts it beside a server that listens on a local socket only.
set -euo pipefail

for service in identity hubs certification funding; do
    variable="${service^^}_DATABASE_PASSWORD"
    running="${service^^}_RUNNING_PASSWORD"
    for needed in "${variable}" "${running}"; do
        [[ -n "${!needed:-}" ]] || { echo "${needed} is not set" >&2; exit 1; }
    done
    # psql quotes the name as an identifier and the password as a literal; the password is not an argument of any process.
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
        --set=service="${service}" --set=variable="${variable}" --set=running="${running}" <<'SQL'
\getenv password :variable
\getenv running_password :running
CREATE ROLE :"service" LOGIN PASSWORD :'password';
SELECT :'service' || '_run' AS running_role \gset
CREATE ROLE :"running_role" LOGIN PASSWORD :'running_password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE CONNECT, TEMPORARY ON DATABASE :"service" FROM PUBLIC;
SQL
done

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --command='REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC'
