"""Which database to connect to, as which role, from the environment.

ALONGSIDE_DB       JSON: host, port, name, owner, app; owner_password, app_password and options may follow
DATABASE_URL       the owner's address on a server elsewhere; then there is no embedded server
ALONGSIDE_APP_DATABASE_URL, ALONGSIDE_APP_PASSWORD   the service's own address or password there
ALONGSIDE_DB_ROLE  `owner` to migrate, `app` (unless set) for everything else
ALONGSIDE_DB_POOL  how many connections a process of the web server keeps; commands and tests keep none
"""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

from . import cluster as clusters
from .errors import LauncherError
from .places import PORT, Places, default_data_dir, short_name
from .processes import read_pid_file
from .server import Server

OWNER_ROLE, APP_ROLE = "owner", "app"


def is_external() -> bool:
    """Whether the database is a server elsewhere, so that the launcher has nothing to do."""
    return bool(os.environ.get("DATABASE_URL"))


def database_address() -> dict[str, Any]:
    """Where the database is and who connects: the shape of ALONGSIDE_DB."""
    if given := os.environ.get("ALONGSIDE_DB"):
        return json.loads(given)
    if is_external():
        return _external_address()
    return _embedded_address()


def django_databases() -> dict[str, Any]:
    """Django's DATABASES for the role of this process."""
    address = database_address()
    role = os.environ.get("ALONGSIDE_DB_ROLE", APP_ROLE)
    if role not in (OWNER_ROLE, APP_ROLE):
        raise LauncherError(f"ALONGSIDE_DB_ROLE is '{role}'; it must be 'owner' or 'app'.")
    place = address | address.get(f"{role}_place", {})
    options = dict(place.get("options", {}))
    pool = int(os.environ.get("ALONGSIDE_DB_POOL", "0"))
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    default = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": place["host"],
        "PORT": str(place["port"]),
        "NAME": place["name"],
        "USER": address[role],
        "PASSWORD": address.get(f"{role}_password", ""),
        "OPTIONS": options,
        # A pooled connection may have died with a restarted server; ask before handing it out.
        "CONN_HEALTH_CHECKS": bool(pool),
    }
    return {"default": default}


def app_role() -> str:
    """The role that the migration makes for server, worker and tests."""
    return database_address()["app"]


def _embedded_address() -> dict[str, Any]:
    """The running server's socket, or where it would be."""
    found = Places(default_data_dir()).find_cluster()
    noted = read_pid_file(found) if found else None
    if noted is not None and noted.socket_dir is not None:
        host = str(noted.socket_dir)
    else:
        host = f"/tmp/{short_name(found or default_data_dir() / 'pg')}"
    names = {"name": clusters.DATABASE, "owner": clusters.OWNER, "app": clusters.APP}
    return {"host": host, "port": PORT, **names}


def _external_address() -> dict[str, Any]:
    owner = _parse("DATABASE_URL", os.environ["DATABASE_URL"])
    address = {key: owner[key] for key in ("host", "port", "name", "options")}
    address |= {"owner": owner["user"], "owner_password": owner["password"]}
    if own := os.environ.get("ALONGSIDE_APP_DATABASE_URL"):
        app = _parse("ALONGSIDE_APP_DATABASE_URL", own)
        place = {key: app[key] for key in ("host", "port", "name", "options")}
        return address | {"app": app["user"], "app_password": app["password"], "app_place": place}
    return address | {"app": clusters.APP, "app_password": os.environ.get("ALONGSIDE_APP_PASSWORD", "")}


def _parse(variable: str, url: str) -> dict[str, Any]:
    """The parts of postgresql://user:password@host:port/name?option=value, hosts separated by commas."""
    parts = urlsplit(url)
    credentials, _, hosts = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name or not user:
        raise LauncherError(
            f"{variable} must look like postgresql://user:password@host:5432/database; the user and the "
            "database must be named."
        )
    host, port = _hosts_and_ports(hosts)
    return {
        "host": options.pop("host", host),
        "port": options.pop("port", port),
        "name": name,
        "user": unquote(user),
        "password": unquote(password),
        "options": options,
    }


def _hosts_and_ports(hosts: str) -> tuple[str, str]:
    names, ports = [], []
    for each in hosts.split(","):
        head, colon, port = each.rpartition(":")
        if not colon or each.endswith("]"):
            head, port = each, ""
        names.append(unquote(head).strip("[]"))
        ports.append(port or str(PORT))
    return ",".join(names), ports[0] if len(set(ports)) == 1 else ",".join(ports)


def as_variable(server: Server, dbname: str = clusters.DATABASE) -> str:
    """The text of ALONGSIDE_DB for child processes."""
    return json.dumps(server.address(dbname))


def connect_as_owner(variable: str | None = None) -> psycopg.Connection[Any]:
    """A connection as the tables' owner, to the given ALONGSIDE_DB or the one of the environment."""
    address = json.loads(variable) if variable else database_address()
    try:
        return psycopg.connect(
            host=address["host"],
            port=address["port"],
            dbname=address["name"],
            user=address["owner"],
            password=address.get("owner_password") or None,
            **address.get("options", {}),
        )
    except psycopg.OperationalError as problem:
        raise LauncherError(
            f"The database at {address['host']} doesn't let '{address['owner']}' in: {problem}".rstrip()
            + "\nCheck DATABASE_URL and that the server runs."
        ) from problem


def psql_variables(role: str) -> dict[str, str]:
    """The environment that makes psql connect as the role."""
    address = database_address()
    place = address | address.get(f"{role}_place", {})
    variables = {"PGHOST": place["host"], "PGPORT": str(place["port"]), "PGDATABASE": place["name"]}
    variables |= {"PGUSER": address[role], "PGPASSWORD": address.get(f"{role}_password", "")}
    return {key: value for key, value in variables.items() if value}
