"""Where the browser's side of the building blocks is, and how Python's side tells it what to show.

Whatever has many parts is put into `props` as a tuple: a list or dict there is watched by NiceGUI for changes, with all
that is in it, which is never made use of here and took a quarter of the memory of a page.
"""

from pathlib import Path
from typing import Final

COMPONENTS: Final = Path(__file__).parent.parent / "components"
