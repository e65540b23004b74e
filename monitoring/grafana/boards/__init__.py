"""The dashboards, in Grafana's own types. `python -m monitoring.grafana.boards` writes them as JSON."""
