"""Takes out of a container image's packages what MyCount never loads, and says what each part weighed.

    python tools/slim_image.py /opt/venv/lib/python3.13/site-packages

A part that is not there, because a package was changed, ends it with an error: the list is to be looked at then.
"""

import shutil
import sys
from pathlib import Path

# What CLDR knows about a language that the program does not speak (mycount/domain/language.py) is never asked for.
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "ar")

# NiceGUI's elements that no page uses; their Python side is loaded only with the element, and stays.
ELEMENTS = ("aggrid", "codemirror", "json_editor", "leaflet", "mermaid", "plotly", "scene", "xterm")

# Of NiceGUI's assets: a compiler for styles in Sass, two ways of styling that are switched off, and what
# browsers get instead of the *.prod.* files while developing.
ASSETS = (
    "sass.dart.js",
    "tailwindcss.min.js",
    "unocss",
    "quasar.umd.js",
    "quasar.important.css",
    "quasar.unimportant.css",
    "vue.esm-browser.js",
)


def unused(packages: Path) -> list[tuple[str, list[Path]]]:
    """Give what can go from a folder of packages, by name."""
    nicegui, locales = packages / "nicegui", packages / "babel" / "locale-data"
    kept = {"root", *LANGUAGES}
    others = [path for path in locales.glob("*.dat") if path.stem.partition("_")[0] not in kept]
    return [
        *((f"element {name}", [nicegui / "elements" / name / "dist"]) for name in ELEMENTS),
        *((f"asset {name}", [nicegui / "static" / name]) for name in ASSETS),
        ("other languages", others),
    ]


def main(packages: Path) -> None:
    """Remove it."""
    total = 0
    for name, paths in unused(packages):
        if not paths or not all(path.exists() for path in paths):
            sys.exit(f"{name}: not found in {packages}; see what has become of it")
        weight = sum(_weight(path) for path in paths)
        total += weight
        for path in paths:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        print(f"{weight / 1e6:6.1f} MB  {name}")  # noqa: T201
    print(f"{total / 1e6:6.1f} MB  altogether")  # noqa: T201


def _weight(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
