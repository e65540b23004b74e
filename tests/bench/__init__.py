"""Measures how fast MyCount is: the real app, the real databases, real browsers, and crowds of open pages.

`python -m tests.bench [--quick] [part …]`; see `__main__`. Nothing here is part of the tests: times depend on the
machine, so what is compared is compared within one run, and measured in turns, so that noise hits all alike.
"""
