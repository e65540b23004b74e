"""The server around the screens: start-up, health, metrics, sessions, headers, errors and logs."""
