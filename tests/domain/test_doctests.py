"""The examples in the docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import mycount.domain

MODULES = [module.name for module in pkgutil.iter_modules(mycount.domain.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"mycount.domain.{name}")).failed == 0
