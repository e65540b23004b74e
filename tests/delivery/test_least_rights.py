"""What the containers may and may not do, word for word: a right that is added has to be added here, too."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.delivery.dockerfile import all_of, exec_form

ROOT = Path(__file__).parents[2]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]

EVERYWHERE = {
    "cap_drop", "environment", "healthcheck", "image", "logging", "mem_limit", "networks", "read_only", "restart",
    "security_opt", "volumes",
}  # fmt: skip
# Besides or instead; `privileged`, `user`, `pid`, `devices`, `network_mode` and their like are nowhere.
KEYS = {
    "mycount": (EVERYWHERE - {"healthcheck"})  # the image has one
    | {"build", "depends_on", "init", "ports", "stop_grace_period", "tmpfs"},
    "db": EVERYWHERE | {"cap_add", "command", "shm_size", "stop_grace_period", "tmpfs"},
    "prometheus": (EVERYWHERE - {"environment"}) | {"command", "ports", "stop_grace_period"},
    "grafana": EVERYWHERE | {"depends_on", "ports", "tmpfs"},
    "second": (EVERYWHERE - {"healthcheck"})
    | {"depends_on", "init", "profiles", "pull_policy", "stop_grace_period", "tmpfs"},
    "proxy": (EVERYWHERE - {"environment"})
    | {"cap_add", "depends_on", "ports", "profiles", "stop_grace_period", "tmpfs"},
}
CHECKS = {
    "db": ["CMD", "pg_isready", "--quiet", "--host=127.0.0.1", "--username=mycount", "--dbname=mycount"],
    "prometheus": ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9090/-/ready"],
    "grafana": ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/api/health"],
    "proxy": ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/livez"],
}
TIMES = {"test", "interval", "timeout", "retries", "start_period", "start_interval"}
ASKED_FOR = "${%s:?copy .env.example to .env, which says how to make it}"


@pytest.mark.parametrize("name", KEYS)
def test_a_service_is_given_nothing_but_what_is_listed(name: str) -> None:
    assert SERVICES.keys() == KEYS.keys()
    assert SERVICES[name].keys() == KEYS[name]


@pytest.mark.parametrize("name", CHECKS)
def test_whether_a_service_is_well_is_asked_of_itself(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"] == CHECKS[name]
    assert SERVICES[name]["healthcheck"].keys() == TIMES


def test_the_database_asks_for_its_password_and_keeps_its_files_where_the_image_puts_them() -> None:
    assert SERVICES["db"]["environment"] == {
        "POSTGRES_DB": "mycount",
        "POSTGRES_USER": "postgres",
        "POSTGRES_PASSWORD": ASKED_FOR % "POSTGRES_PASSWORD",
        "POSTGRES_INITDB_ARGS": "--data-checksums --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8",
    }
    assert SERVICES["db"]["volumes"] == [
        "database:/var/lib/postgresql/data",
        "./database:/docker-entrypoint-initdb.d:ro",
    ]
    assert SERVICES["db"]["image"].startswith("postgres:17."), "18 keeps its files elsewhere"
    assert SERVICES["db"]["cap_add"] == ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"]


def test_the_proxy_has_the_one_right_that_its_program_asks_for() -> None:
    assert SERVICES["proxy"]["cap_add"] == ["NET_BIND_SERVICE"]


def test_nothing_falls_back_to_a_default_that_matters() -> None:
    given = SERVICES["mycount"]["environment"]
    assert given["MYCOUNT_ENVIRONMENT"] == "production"
    assert given["MYCOUNT_SECRET_KEY"] == ASKED_FOR % "MYCOUNT_SECRET_KEY"
    assert given["MYCOUNT_DATABASE_PASSWORD"] == SERVICES["db"]["environment"]["POSTGRES_PASSWORD"]
    assert SERVICES["mycount"]["volumes"] == ["files:/data"]


def test_nobody_sees_grafana_without_a_password_or_makes_themselves_an_account() -> None:
    given = SERVICES["grafana"]["environment"]
    opened = {
        name: value
        for name, value in given.items()
        if name.startswith(("GF_AUTH", "GF_USERS", "GF_SECURITY"))
    }
    assert opened == {
        "GF_SECURITY_ADMIN_PASSWORD": ASKED_FOR % "GRAFANA_PASSWORD",
        "GF_AUTH_ANONYMOUS_ENABLED": "false",
        "GF_USERS_ALLOW_SIGN_UP": "false",
        "GF_SECURITY_DISABLE_GRAVATAR": "true",
    }


@pytest.mark.parametrize("given", [{}, {"GF_SECURITY_ADMIN_PASSWORD": ""}], ids=["none", "empty"])
def test_the_image_of_grafana_does_not_start_without_a_password(
    given: dict[str, str], tmp_path: Path
) -> None:
    entrypoint = exec_form(all_of(ROOT / "monitoring" / "grafana" / "Dockerfile", "ENTRYPOINT")[0])
    program = tmp_path / "run.sh"
    program.write_text('#!/bin/sh\necho "started with $*"\n')
    program.chmod(0o755)
    words = [word.replace("/run.sh", str(program)) for word in entrypoint] + ["--more"]

    def started(**environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            env={"PATH": os.environ["PATH"], **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    refused = started(**given)
    assert (refused.returncode != 0, refused.stdout) == (True, "")
    assert "GF_SECURITY_ADMIN_PASSWORD: must be set" in refused.stderr
    assert started(GF_SECURITY_ADMIN_PASSWORD="one of ours").stdout == "started with --more\n"


def test_the_image_is_made_of_nothing_but_what_is_locked() -> None:
    installed = [
        rest for rest in all_of(ROOT / "Dockerfile", "RUN") if " install " in rest and "pip " in rest
    ]
    locked, ours = (rest.split() for rest in installed if "/opt/venv/bin/python install" in rest)
    assert {"--require-hashes", "--only-binary", ":all:", "requirements.txt"} <= {
        word.removeprefix("/build/") for word in locked
    }
    assert {"--no-deps", "--no-build-isolation", "/build"} <= set(ours)
