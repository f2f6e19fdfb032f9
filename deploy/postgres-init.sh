#!/bin/bash
# Runs once, when the data directory is new: a database and an owner for each service, and a closed door between them.
# The image's entrypoint starts it beside a server that listens on a local socket only.
set -euo pipefail

for service in identity hubs certification funding; do
    variable="${service^^}_DATABASE_PASSWORD"
    [[ -n "${!variable:-}" ]] || { echo "${variable} is not set" >&2; exit 1; }
    # psql quotes the name as an identifier and the password as a literal; the password is not an argument of any process.
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
        --set=service="${service}" --set=variable="${variable}" <<'SQL'
\getenv password :variable
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE CONNECT, TEMPORARY ON DATABASE :"service" FROM PUBLIC;
SQL
done

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --command='REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC'
