"""Translation: every sentence that is marked is gathered, and every language there is has it."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import c2py  # type: ignore[attr-defined]
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from mycount.domain.language import LANGUAGES
from pages.language import CATALOGS

Sentence = str | tuple[str, ...]
"""What is translated; of a sentence that counts, both its forms."""

ROOT = Path(__file__).parents[2]
PACKAGES = ("mycount", "pages")
IN_PROGRESS: frozenset[str] = frozenset()
"""Languages that are still being translated: what they lack is shown in English."""

each_language = pytest.mark.parametrize("language", LANGUAGES[1:])


@cache
def gathered() -> frozenset[Sentence]:
    """Give every sentence that `make words` finds now."""
    found = (each for package in PACKAGES for each in extract_from_dir(ROOT / package))
    return frozenset(sentence for _file, _line, sentence, _comments, _context in found)


def catalog(language: str) -> Catalog:
    """Read the sentences of a language."""
    with (CATALOGS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def sentences(messages: Iterable[Message]) -> dict[Sentence, Message]:
    """Give the messages of a catalog by what they translate, without its header."""
    return {_all(one.id) if one.pluralizable else str(one.id): one for one in messages if one.id}


def translations(message: Message) -> tuple[str, ...]:
    """Give what a sentence is translated to, in all the plural forms there are."""
    return _all(message.string)


def places(*texts: str) -> set[str]:
    """Give the names of what is filled into texts."""
    return {name for text in texts for _text, name, _format, _conversion in Formatter().parse(text) if name}


def forms_of_one_number(known: Catalog) -> set[int]:
    """Give the plural forms that a single number has, such as "one expense"; others need the number itself."""
    form = c2py(known.plural_expr)
    used = Counter(form(n) for n in range(1000))
    return {form for form, numbers in used.items() if numbers == 1}


def marked(tree: ast.Module) -> Iterator[Sentence]:
    """Find every sentence that is written as one to be translated, wherever it stands."""
    counts = {"_": 1, "N_": 1, "ngettext": 2}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in counts:
            count = counts[node.func.id]
            texts = [str(arg.value) for arg in node.args[:count] if isinstance(arg, ast.Constant)]
            if len(texts) == count:
                yield tuple(texts) if count > 1 else texts[0]


def test_there_are_sentences_and_every_language_has_a_catalog() -> None:
    assert len(gathered()) > 300
    assert {folder.name for folder in CATALOGS.iterdir() if folder.is_dir()} == set(LANGUAGES[1:])


def test_every_sentence_is_gathered() -> None:
    """The tools look at words, not at code: inside of an f-string they find nothing before Python 3.12."""
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    written = {sentence for file in files for sentence in marked(ast.parse(file.read_text(encoding="utf-8")))}
    assert written == gathered()


def test_the_template_is_up_to_date() -> None:
    with (CATALOGS / "messages.pot").open("rb") as file:
        assert sentences(read_po(file)).keys() == gathered(), "run `make words`"


@each_language
def test_a_language_has_every_sentence_and_no_other(language: str) -> None:
    known = catalog(language)
    assert sentences(known).keys() == gathered(), "run `make words`"
    assert [one.id for one in known.obsolete.values()] == []


@each_language
def test_every_sentence_is_translated_in_all_its_forms(language: str) -> None:
    known = catalog(language)
    unfinished = [
        sentence
        for sentence, message in sentences(known).items()
        if message.fuzzy
        or not all(translations(message))
        or len(translations(message)) != (known.num_plurals if message.pluralizable else 1)
    ]
    if language in IN_PROGRESS:
        assert unfinished, "it is complete: take it out of IN_PROGRESS"
    else:
        assert unfinished == []


@each_language
def test_every_translation_has_the_same_places_to_fill(language: str) -> None:
    known = catalog(language)
    a_word = forms_of_one_number(known)
    wrong = [
        (sentence, form)
        for sentence, message in sentences(known).items()
        for place, form in enumerate(translations(message))
        if form
        and (missing := places(*_all(message.id)) ^ places(form))
        and not (message.pluralizable and place in a_word and missing == {"n"})
    ]
    assert wrong == []


def test_only_a_form_that_is_for_one_number_may_name_it_in_words() -> None:
    assert forms_of_one_number(catalog("pl")) == {0}
    assert forms_of_one_number(catalog("fr")) == set()  # none and one have the same form
    assert forms_of_one_number(catalog("ar")) == {0, 1, 2}


def _all(texts: object) -> tuple[str, ...]:
    return tuple(map(str, texts)) if isinstance(texts, list | tuple) else (str(texts or ""),)
