"""What docker-compose.yml promises, as far as no container engine is needed to see it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from mycount.settings.model import Settings, variable
from tests.delivery.dockerfile import all_of, environment, exec_form

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
MONITORING = ROOT / "monitoring"

# Settings that compose or the image decides, so that .env has no say in them.
DECIDED = {
    "MYCOUNT_ENVIRONMENT",
    "MYCOUNT_DATABASE_HOST",
    "MYCOUNT_DATABASE_NAME",
    "MYCOUNT_DATABASE_USER",
    "MYCOUNT_DATABASE_PASSWORD",  # POSTGRES_PASSWORD, which the database is told too
    "MYCOUNT_METRICS_PORT",
}
FROM_THE_IMAGE = {"MYCOUNT_HOST", "MYCOUNT_DATA_DIR", "MYCOUNT_REVISION"}
LEFT_AT_DEFAULT = {
    "MYCOUNT_PORT",  # inside; HTTP_PORT is what people see
    "MYCOUNT_DATABASE_PORT",
    "MYCOUNT_DATABASE_URL",  # the database is the one beside it, given in parts
    "MYCOUNT_METRICS_HOST",  # its port is not published
    "MYCOUNT_METRICS_TOKEN",  # nobody but Prometheus reaches the port of the metrics
}
ENV_FILE_EXAMPLE = (ROOT / ".env.example").read_text()
each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_every_setting_that_a_host_may_want_is_passed_on_from_the_env_file() -> None:
    given = SERVICES["mycount"]["environment"]
    passed = {name for name, value in given.items() if value == f"${{{name}:-}}"}
    everything = {variable(field) for field in Settings.model_fields}
    assert passed == everything - DECIDED - FROM_THE_IMAGE - LEFT_AT_DEFAULT - {"MYCOUNT_SECRET_KEY"}
    assert set(given) == passed | DECIDED | {"MYCOUNT_SECRET_KEY"}
    assert set(environment(ROOT / "Dockerfile")) >= FROM_THE_IMAGE


def test_the_example_of_an_env_file_says_of_each_setting_whether_compose_reads_it() -> None:
    said = dict(re.findall(r"((?:^# .*\n)+)#?(MYCOUNT_\w+)=", ENV_FILE_EXAMPLE, re.MULTILINE))
    unread = {name for text, name in said.items() if "Not with compose" in text}
    assert unread == DECIDED | FROM_THE_IMAGE | LEFT_AT_DEFAULT
    read_from_files = {name for text, name in said.items() if re.search(r"_FILE\.$", text, re.MULTILINE)}
    assert read_from_files <= unread, "compose passes on no _FILE"


def test_compose_refuses_to_start_without_the_secrets_and_knows_no_default_for_them() -> None:
    required = set(re.findall(r"\$\{(\w+):\?copy \.env\.example to \.env[^}]*\}", TEXT))
    assert required == {"MYCOUNT_SECRET_KEY", "POSTGRES_PASSWORD", "GRAFANA_PASSWORD"}
    assert set(re.findall(r"^(\w+)=$", ENV_FILE_EXAMPLE, re.MULTILINE)) == required
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN", name):
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), name


def test_every_variable_is_in_the_example_of_an_env_file() -> None:
    known = set(re.findall(r"^#?(\w+)=", ENV_FILE_EXAMPLE, re.MULTILINE))
    assert set(re.findall(r"\$\{(\w+)", TEXT)) - known == {"REVISION"}  # a build's, not an installation's


@each_service
def test_a_service_has_an_exact_version_limits_and_no_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    ours = SERVICES["mycount"]["image"]
    assert "build" in service or service["image"] == ours or re.search(r":v?\d+\.\d+", service["image"])
    assert service["restart"] == "unless-stopped"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "mem_limit" in service
    assert service["logging"]["options"]["max-size"]
    checked = service.get("healthcheck") or all_of(ROOT / "Dockerfile", "HEALTHCHECK")
    assert checked
    if "cap_add" in service:
        assert name in ("db", "proxy")


def test_the_database_is_reached_by_the_app_alone() -> None:
    assert "ports" not in SERVICES["db"]
    assert SERVICES["db"]["networks"] == ["database"]
    assert COMPOSE["networks"]["database"] == {"internal": True}
    assert {name for name, each in SERVICES.items() if "database" in each["networks"]} == {
        "db",
        "mycount",
        "second",
    }
    assert SERVICES["mycount"]["depends_on"]["db"] == {"condition": "service_healthy"}


def test_only_the_app_is_reached_from_other_machines() -> None:
    ports = {name: each["ports"] for name, each in SERVICES.items() if "ports" in each}
    assert ports == {
        "mycount": ["${HTTP_PORT:-8000}:8000"],
        "prometheus": ["127.0.0.1:${PROMETHEUS_PORT:-9090}:9090"],
        "grafana": ["127.0.0.1:${GRAFANA_PORT:-3000}:3000"],
        "proxy": ["${PROXY_PORT:-8080}:8080"],
    }


def test_what_two_servers_need_is_started_with_the_profile_alone() -> None:
    assert {name for name, each in SERVICES.items() if "profiles" in each} == {"second", "proxy"}
    assert SERVICES["second"]["profiles"] == SERVICES["proxy"]["profiles"] == ["several"]
    alone = {"build", "ports", "profiles", "pull_policy"}
    first, second = (
        {key: value for key, value in SERVICES[name].items() if key not in alone}
        for name in ("mycount", "second")
    )
    assert first == second
    assert SERVICES["second"]["pull_policy"] == "never", "its image is built, and nowhere to be pulled"


def test_the_proxy_knows_both_servers_and_keeps_a_browser_with_one_of_them() -> None:
    told = (ROOT / "proxy" / "Caddyfile").read_text()
    assert "reverse_proxy mycount:8000 second:8000 {" in told
    assert "lb_policy cookie" in told and "respond /metrics 404" in told
    assert SERVICES["proxy"]["volumes"][0] == "./proxy:/etc/caddy:ro"


def test_the_app_is_given_as_long_to_stop_as_it_may_take() -> None:
    from mycount.web.serve import _LAST_SECONDS

    assert int(SERVICES["mycount"]["stop_grace_period"].removesuffix("s")) > _LAST_SECONDS


def test_data_is_in_named_volumes_and_every_folder_that_is_mounted_is_there() -> None:
    mounts = [mount.split(":") for each in SERVICES.values() for mount in each["volumes"]]
    named = {source for source, *_ in mounts if not source.startswith(".")}
    assert named == set(COMPOSE["volumes"]) >= {"database", "prometheus", "grafana"}
    for source, _, *options in mounts:
        if source.startswith("."):
            assert (ROOT / source).is_dir()
            assert options == ["ro"]


def test_prometheus_asks_where_the_app_answers() -> None:
    scraped = yaml.safe_load((MONITORING / "prometheus" / "prometheus.yml").read_text())["scrape_configs"]
    targets = [target for job in scraped for each in job["static_configs"] for target in each["targets"]]
    assert f"mycount:{SERVICES['mycount']['environment']['MYCOUNT_METRICS_PORT']}" in targets
    assert "monitoring" in SERVICES["mycount"]["networks"]


@pytest.mark.parametrize("name", ["prometheus", "grafana"])
def test_the_image_for_the_cloud_is_of_the_version_that_compose_runs(name: str) -> None:
    assert all_of(MONITORING / name / "Dockerfile", "FROM") == [SERVICES[name]["image"]]


def test_the_images_for_the_cloud_run_as_compose_does() -> None:
    command = all_of(MONITORING / "prometheus" / "Dockerfile", "CMD")[0]
    assert exec_form(command) == SERVICES["prometheus"]["command"]
    in_image = environment(MONITORING / "grafana" / "Dockerfile")
    secrets = {"GF_SECURITY_ADMIN_PASSWORD"}
    in_compose = {
        name: value for name, value in SERVICES["grafana"]["environment"].items() if name not in secrets
    }
    assert in_image == in_compose


def test_the_readme_tells_every_service_and_the_variable_of_its_port() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert set(SERVICES) <= set(rows)
    for name, service in SERVICES.items():
        told = re.findall(r"(\d+) \(`(\w+)`\)", rows[name])
        assert told == [
            (port, variable) for variable, port in re.findall(r"\{(\w+):-(\d+)\}", str(service.get("ports")))
        ]


def test_nothing_about_the_program_is_written_down_twice() -> None:
    assert COMPOSE["name"] == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"]
    assert SERVICES["mycount"]["build"]["args"] == {"REVISION": "${REVISION:-unknown}"}
