"""The set-up on Azure: a first run makes everything, a second one keeps it, and no secret is seen."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from azure.mgmt.appcontainers import models

from mycount.settings import Settings, load
from mycount.settings.model import variable
from tests.delivery.azure import Azure
from tests.delivery.azure_answers import KEPT_URL, SERVER, everything_there, nothing_there

APPS = ("mycount", "prometheus", "grafana")


@pytest.fixture
def azure(tmp_path: Path) -> Azure:
    return nothing_there(tmp_path / "azure")


@pytest.fixture
def used(tmp_path: Path) -> Azure:
    return everything_there(tmp_path / "used")


def set_up(azure: Azure, environment: str = "production") -> subprocess.CompletedProcess[str]:
    return azure.run("setup.sh", environment, GITHUB_REPOSITORY="Someone/MyCount")


def described(azure: Azure, app: str) -> dict[str, Any]:
    """What an app was made or updated from."""
    [asked] = [each for each in azure.asked if "--yaml" in each.words and app in each.words]
    return yaml.safe_load(asked.value("--yaml"))["properties"]  # type: ignore[no-any-return]


def secrets(properties: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in properties["configuration"].get("secrets", [])}


def test_a_first_run_makes_everything(azure: Azure) -> None:
    done = set_up(azure)
    assert done.returncode == 0, done.stdout
    for made in (
        "group create", "log-analytics workspace create", "network vnet create", "subnet create, apps",
        "subnet create, database", "private-dns zone create", "private-dns link vnet create", "identity create",
        "federated-credential create, repo:Someone/MyCount:environment:production", "role assignment create",
        "flexible-server create, --private-dns-zone", "db create", "env create",
    ):  # fmt: skip
        assert azure.times(made) == 1, made
    assert [azure.times(f"containerapp create, --name {app}") for app in APPS] == [1, 1, 1]
    assert "https://mycount.calm.westeurope.azurecontainerapps.io" in done.stdout


def test_a_second_run_keeps_passwords_and_images_and_makes_no_app_anew(used: Azure) -> None:
    done = set_up(used)
    assert done.returncode == 0, done.stdout
    assert used.times("containerapp create") == used.times("containerapp env create") == 0
    assert used.times("flexible-server create") == used.times("network vnet create") == 0
    mycount = described(used, "mycount")
    assert secrets(mycount) == {"database-url": KEPT_URL, "secret-key": "kept-secret-key"}
    assert secrets(described(used, "grafana")) == {"admin-password": "kept-admin-password"}
    assert mycount["template"]["containers"][0]["image"] == "ghcr.io/someone/mycount@sha256:1"


@pytest.mark.parametrize(
    "asked", ["containerapp list", "secret show, secret-key", "postgres flexible-server list"]
)
def test_an_azure_that_does_not_answer_is_not_taken_for_an_empty_one(used: Azure, asked: str) -> None:
    used.answers(asked, "!The service is unavailable")
    assert set_up(used).returncode != 0
    assert used.times("containerapp update, mycount") == used.times("containerapp create") == 0
    assert used.times("flexible-server create") == 0


def test_secrets_are_neither_printed_nor_among_the_arguments(azure: Azure) -> None:
    done = set_up(azure)
    found = secrets(described(azure, "mycount")) | secrets(described(azure, "grafana"))
    found["password"] = re.findall(r"//mycount:(.+)@", found["database-url"])[0]
    [create] = [each for each in azure.asked if "flexible-server create" in each.text]
    assert create.value("--admin-password") == found["password"]
    seen = done.stdout + "".join(each.text for each in azure.asked)
    assert all(len(secret) >= 32 for secret in found.values())
    assert [name for name, secret in found.items() if secret in seen or "key-of-the-logs" in seen] == []


def test_the_app_reads_every_variable_that_it_is_given_and_refuses_none(azure: Azure) -> None:
    set_up(azure)
    properties = described(azure, "mycount")
    environ = {
        each["name"]: each.get("value") or secrets(properties)[each["secretRef"]]
        for each in properties["template"]["containers"][0]["env"]
    }
    assert environ.keys() <= {variable(name) for name in Settings.model_fields}
    loaded = load(environ, None)
    assert loaded.settings.is_production
    assert loaded.settings.database_url.endswith(f"@{SERVER}:5432/mycount?sslmode=require")
    assert loaded.settings.secure_cookies
    assert loaded.settings.metrics_port == 9464


INGRESS = {
    "mycount": {
        "external": True,
        "targetPort": 8000,
        "transport": "auto",
        "allowInsecure": False,
        "stickySessions": {"affinity": "sticky"},
        "additionalPortMappings": [{"external": False, "targetPort": 9464, "exposedPort": 9464}],
    },
    "prometheus": {"external": False, "transport": "tcp", "targetPort": 9090, "exposedPort": 9090},
    "grafana": {"external": True, "targetPort": 3000, "transport": "auto", "allowInsecure": False},
}


@pytest.mark.parametrize("app", APPS)
def test_what_is_reached_from_where_is_as_listed(azure: Azure, app: str) -> None:
    set_up(azure)
    assert described(azure, app)["configuration"]["ingress"] == INGRESS[app]


def test_the_database_has_no_public_address_and_the_pipeline_no_right_but_over_the_apps(azure: Azure) -> None:
    set_up(azure)
    [server] = [each for each in azure.asked if "flexible-server create" in each.text]
    options = {word for word in server.words if word.startswith("--")}
    assert options == {
        "--resource-group", "--name", "--location", "--version", "--tier", "--sku-name", "--storage-size",
        "--backup-retention", "--vnet", "--subnet", "--private-dns-zone", "--admin-user", "--admin-password", "--yes",
        "--output",
    }  # fmt: skip
    assert azure.times("firewall-rule") == azure.times("--public") == 0
    [role] = [each for each in azure.asked if "role assignment" in each.text]
    assert role.value("--role") == "Container Apps Contributor"
    assert (
        role.value("--scope")
        == "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/mycount-production"
    )
    [identity] = [each for each in azure.asked if "federated-credential create" in each.text]
    assert identity.value("--subject") == "repo:Someone/MyCount:environment:production"


def test_what_the_app_needs_of_its_ingress_and_replicas(azure: Azure) -> None:
    set_up(azure)
    properties = described(azure, "mycount")
    ingress = properties["configuration"]["ingress"]
    assert (ingress["external"], ingress["targetPort"]) == (True, 8000)
    assert ingress["stickySessions"] == {"affinity": "sticky"}
    assert ingress["additionalPortMappings"] == [{"external": False, "targetPort": 9464, "exposedPort": 9464}]
    assert properties["configuration"]["activeRevisionsMode"] == "Single"
    assert properties["template"]["scale"] == {"minReplicas": 1, "maxReplicas": 1}
    [container] = properties["template"]["containers"]
    paths = {probe["type"]: probe["httpGet"]["path"] for probe in container["probes"]}
    assert paths == {"Startup": "/livez", "Liveness": "/livez", "Readiness": "/health"}


@pytest.mark.parametrize("app", APPS)
def test_azure_knows_every_key_of_a_description_and_nothing_in_it_is_left_open(
    azure: Azure, app: str
) -> None:
    set_up(azure)
    [asked] = [each for each in azure.asked if "--yaml" in each.words and app in each.words]
    assert "${" not in re.sub(r"^\s*#.*$", "", asked.value("--yaml"), flags=re.MULTILINE)
    assert list(unknown(described(azure, app), models.ContainerAppProperties)) == []
    secret_names = secrets(described(azure, app)).keys()
    env = described(azure, app)["template"]["containers"][0].get("env", [])
    assert {each["secretRef"] for each in env if "secretRef" in each} == set(secret_names)


def test_a_key_that_azure_does_not_know_would_be_found() -> None:
    wrong = {"template": {"containers": [{"image": "i", "probes": [{"httpGet": {"port": 1, "paht": "/"}}]}]}}
    found = list(unknown(wrong, models.ContainerAppProperties))
    assert found == ["template.containers.probes.httpGet.paht"]


def unknown(given: Any, model: Any, path: str = "") -> Iterator[str]:
    """The keys that a model of Azure's does not have, with the way to them."""
    if isinstance(given, list):
        for each in given:
            yield from unknown(each, model, path)
    elif isinstance(given, dict) and model is not None:
        fields = {rest._rest_name: name for name, rest in model()._attr_to_rest_field.items()}
        for key, value in given.items():
            if key in fields:
                yield from unknown(value, inner(model, fields[key]), f"{path}{key}.")
            else:
                yield f"{path}{key}"


def inner(model: Any, field: str) -> Any:
    """The model of a field's value, or of each in its list; None for plain values."""
    annotations = [
        str(each.__annotations__.get(field, "")) for each in model.__mro__ if "__annotations__" in vars(each)
    ]
    names = re.findall(r"_models\.(\w+)", " ".join(annotations))
    return getattr(models, names[0]) if names else None
