"""A stand-in for Azure's command line, which answers as it is told and remembers what it was asked."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.waiting import PATIENCE

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = ROOT / ".github" / "azure"


@dataclass(frozen=True)
class Asked:
    """One command: its words, and what was in the files that it was given instead of values."""

    words: list[str]
    files: dict[str, str]

    @property
    def text(self) -> str:
        """The command as one line."""
        return " ".join(self.words)

    def value(self, option: str) -> str:
        """What an option was given; from its file, if it was given one."""
        word = self.words[self.words.index(option) + 1]
        return self.files.get(word.removeprefix("@"), word)


@dataclass
class Azure:
    """Answers by the newest rule whose words (a comma between them) are all in a command, answer by answer."""

    folder: Path
    rules: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def answers(self, words: str, *said: str) -> None:
        """Answer commands with these words; a text that begins with ! is an error. The last is repeated."""
        self.rules.insert(0, (words, said))

    def run(self, script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run one of our scripts on this Azure; standard error is with standard output."""
        self._prepare()
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        return subprocess.run(
            [SCRIPTS / script, *arguments],
            env={**kept, "PATH": f"{self.folder}:{os.environ['PATH']}", **variables},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=3 * PATIENCE,
        )

    @property
    def asked(self) -> list[Asked]:
        """Every command of the last run, in its order."""
        commands = (self.folder / "asked").read_text().split("\035")[:-1]
        return [_read(command) for command in commands]

    def times(self, words: str) -> int:
        """How often it was asked for something."""
        return sum(all(word in asked.text for word in words.split(", ")) for asked in self.asked)

    def _prepare(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)
        for number, (words, said) in enumerate(self.rules):
            answers = self.folder / "rules" / f"{number:03}" / "answers"
            answers.mkdir(parents=True)
            (answers.parent / "words").write_text("\n".join(words.split(", ")) + "\n")
            for turn, text in enumerate(said):
                (answers / str(turn)).write_text(text)
        (self.folder / "asked").write_text("")
        shutil.copy(Path(__file__).with_name("az"), self.folder)


def _read(command: str) -> Asked:
    words, *files = command.split("\036")
    return Asked(words.split("\037")[:-1], dict(file.split("\037") for file in files))
