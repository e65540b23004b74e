"""What the image promises, as far as no container engine is needed to see it."""

import fnmatch
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import nicegui
import pytest

from pages.language import languages
from tests.asking import ask
from tests.delivery.dockerfile import all_of, environment, exec_form, instructions, last_stage
from tests.server import Server
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "Dockerfile"
ALL = [DOCKERFILE, *sorted(ROOT.glob("monitoring/*/Dockerfile"))]
PACKAGES = Path(nicegui.__file__).parents[1]


@pytest.mark.parametrize("file", ALL, ids=lambda file: str(file.relative_to(ROOT)))
def test_an_image_is_made_from_an_exact_version_and_does_not_run_as_root(file: Path) -> None:
    stages = {stage.split()[-1] for stage in all_of(file, "FROM") if " AS " in stage}
    bases = {stage.split()[0] for stage in all_of(file, "FROM")} - stages
    assert len(bases) == 1, "what is built on one base is run on the same"
    assert re.search(r":v?\d+\.\d+\.\d+", bases.pop())
    user = [rest for word, rest in last_stage(file) if word == "USER"][-1]
    assert re.fullmatch(r"\d+:\d+", user)
    assert not user.startswith("0:")


@pytest.mark.parametrize("file", ALL, ids=lambda file: str(file.relative_to(ROOT)))
def test_an_image_holds_no_secret(file: Path) -> None:
    for word, rest in instructions(file):
        if word in ("ENV", "ARG", "LABEL"):
            assert not re.search(r"(PASSWORD|SECRET|TOKEN|_KEY)=", rest), rest


def test_signals_reach_the_program_and_the_port_is_a_setting() -> None:
    started = [exec_form(rest) for word, rest in last_stage(DOCKERFILE) if word in ("ENTRYPOINT", "CMD")]
    assert started == [["mycount"], ["serve"]]
    sets = environment(DOCKERFILE)
    assert sets["MYCOUNT_HOST"] == "0.0.0.0"  # whoever publishes a port means it to be reached
    assert not {"PORT", "MYCOUNT_PORT", "MYCOUNT_ENVIRONMENT"} & set(sets)
    assert all_of(DOCKERFILE, "EXPOSE") == ["8000"]
    assert all_of(DOCKERFILE, "VOLUME") == [sets["MYCOUNT_DATA_DIR"]] == ["/data"]


def test_a_build_of_another_commit_takes_every_layer_with_files_from_the_cache() -> None:
    words = [word for word, _ in last_stage(DOCKERFILE)]
    assert not {"COPY", "RUN", "ADD"} & set(words[words.index("ARG") :])


def test_the_label_tells_the_version_of_the_program() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"VERSION={version}" in all_of(DOCKERFILE, "ARG")


def test_only_named_files_reach_the_build_and_all_that_it_copies_do() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    named = [rule.removeprefix("!") for rule in rules if rule.startswith("!")]
    assert all((ROOT / name).exists() for name in named)
    for secret in (".env", ".git", "data", "data/mycount.db", "mycount.dump", ".venv", "tests"):
        assert not any(fnmatch.fnmatch(secret, name) for name in named), secret
    copies = [rest.split()[:-1] for rest in all_of(DOCKERFILE, "COPY") if "--from" not in rest]
    assert {source for sources in copies for source in sources} == set(named)


def test_everything_that_the_program_reads_is_in_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [*command, "--wheel-dir", tmp_path, _copied(tmp_path / "source")], check=True, cwd=tmp_path
    )
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = set(wheel.namelist())
    wanted = {path for path in _tracked("mycount", "pages") if not path.endswith(".pot")}  # for translators
    assert wanted - packed == set()


def test_nothing_is_taken_out_of_the_image_that_a_page_needs() -> None:
    slim = _slim()
    assert set(slim.LANGUAGES) == set(languages())
    program = "\n".join(
        (ROOT / path).read_text() for path in _tracked("mycount", "pages") if path.endswith(".py")
    )
    assert not re.findall(rf"\bui\.({'|'.join(slim.ELEMENTS)})\b", program)
    lost = [str(path) for _, paths in slim.unused(PACKAGES) for path in paths if not path.exists()]
    assert lost == [], "tools/slim_image.py is to be looked at"


def test_no_page_asks_for_an_asset_that_is_taken_out(sqlite_url: str, tmp_path: Path) -> None:

    with Server(sqlite_url, tmp_path) as server:
        page = ask(f"{server.address}/sign-in", follow_redirects=True).text
    asked = set(re.findall(r"/_nicegui/[\d.]+/static/([\w./-]+)", page))
    assert "vue.esm-browser.prod.js" in asked, "the pages say where the assets are"
    assert {name.split("/")[0] for name in asked} & set(_slim().ASSETS) == set()


def test_the_health_check_follows_the_port_and_says_what_the_server_says(
    sqlite_url: str, tmp_path: Path
) -> None:
    with Server(sqlite_url, tmp_path) as server:
        port = str(server.port)
        assert _healthcheck(PORT=port).stdout == "HTTP/1.1 200 OK\n"
        assert _healthcheck(PORT="1", MYCOUNT_PORT=port, MYCOUNT_HOST="0.0.0.0").returncode == 0
        assert _healthcheck(PORT=port, MYCOUNT_PORT="", MYCOUNT_HOST="").returncode == 0
    gone = _healthcheck(PORT=port)
    assert gone.returncode == 1
    assert f"no answer on port {port}" in gone.stdout
    assert _healthcheck(PORT="web").returncode == 1


def test_the_health_check_is_quick_because_it_loads_nothing_of_the_program() -> None:
    look = "import sys, mycount.healthcheck; print(*sorted(name.partition('.')[0] for name in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not {"nicegui", "pydantic", "sqlalchemy", "http", "ssl"} & set(loaded.stdout.split())
    check = exec_form(all_of(DOCKERFILE, "HEALTHCHECK")[0].partition("CMD ")[2])
    assert check == ["python", "-I", "-m", "mycount.healthcheck"]


def _healthcheck(**variables: str) -> subprocess.CompletedProcess[str]:
    others = {name: value for name, value in os.environ.items() if name != "PORT" and "MYCOUNT" not in name}
    return subprocess.run(
        [sys.executable, "-m", "mycount.healthcheck"],
        env={**others, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def _tracked(*folders: str) -> list[str]:
    """The files below these folders, caches left out."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts]


def _copied(folder: Path) -> Path:
    """A copy of what the image is built from: a build leaves files beside its source."""
    for path in [*_tracked("mycount", "pages"), "pyproject.toml", "README.md", "LICENSE"]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((ROOT / path).read_bytes())
    return folder


def _slim() -> ModuleType:
    spec = importlib.util.spec_from_file_location("slim_image", ROOT / "tools" / "slim_image.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
