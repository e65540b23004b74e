"""Tables, the engine behind them, and their migrations; SQLite and PostgreSQL alike."""
