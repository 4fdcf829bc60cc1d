#!/bin/sh
# Makes ./secrets for docker-compose.yml, once: existing files stay as they are. Back them up with the data.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets
random() { python3 -c 'import secrets; print(secrets.token_urlsafe(32), end="")'; }
[ -f secrets/postgres_password ] || random > secrets/postgres_password
[ -f secrets/s3_secret_key ] || random > secrets/s3_secret_key
[ -f secrets/site_secret_key ] || random > secrets/site_secret_key
password=$(cat secrets/postgres_password)
[ -f secrets/database_url ] || printf 'postgresql://jeopsu:%s@postgres/jeopsu' "$password" > secrets/database_url
[ -f secrets/prefect_database_url ] ||
  printf 'postgresql+asyncpg://jeopsu:%s@postgres/prefect' "$password" > secrets/prefect_database_url
# Each file is mounted by itself and read by an account of the container; nobody else can enter the folder.
chmod 0444 secrets/*
chmod 0700 secrets
