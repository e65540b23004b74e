"""What is downloaded has a name that every browser and every system can keep."""

import pytest

from mycount.web.attachment import attachment


@pytest.mark.parametrize(
    ("title", "ascii_name", "name"),
    [
        ("Lisbon 2026", "Lisbon 2026.csv", "Lisbon%202026.csv"),
        ("Zürich", "Zurich.csv", "Z%C3%BCrich.csv"),
        ('../../etc/"x"\r\nSet-Cookie: a=b', "etc-x-Set-Cookie- a=b.csv", "etc-x-Set-Cookie-%20a%3Db.csv"),
        ("東京", "mycount.csv", "%E6%9D%B1%E4%BA%AC.csv"),
        ("\u202egnp.exe", "gnp.exe.csv", "gnp.exe.csv"),
        ("50% off;", "50 off;.csv", "50%25%20off%3B.csv"),
        ("...", "mycount.csv", "mycount.csv"),
        ("a" * 300, "a" * 80 + ".csv", "a" * 80 + ".csv"),
    ],
)
def test_a_file_name_is_one_on_every_system(title: str, ascii_name: str, name: str) -> None:
    assert attachment(title, "csv") == f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{name}"
