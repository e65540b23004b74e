"""Writes the JSON files that Grafana reads; a test compares them with what is made here."""

from monitoring.grafana.boards.rendering import FOLDER, rendered

for name, text in rendered().items():
    (FOLDER / name).write_text(text)
