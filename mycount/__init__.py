"""MyCount: share expenses with friends, flatmates and small teams, on a server of your own."""
