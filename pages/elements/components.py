"""Where the browser's side of the building blocks is."""

from pathlib import Path
from typing import Final

COMPONENTS: Final = Path(__file__).parent.parent / "components"
