"""What an Azure answers to the set-up where nothing is there yet, and where all of it is."""

from pathlib import Path

from tests.delivery.azure import Azure

SERVER = "mycount-production-x.postgres.database.azure.com"
KEPT_URL = f"postgresql://mycount:kept-password@{SERVER}:5432/mycount?sslmode=require"


def nothing_there(folder: Path) -> Azure:
    """An Azure where somebody has signed in, and done nothing else."""
    azure = Azure(folder)
    azure.answers("account show, --query id", "11111111-2222-3333-4444-555555555555")
    azure.answers("identity show", "66666666-7777-8888-9999-000000000000")
    azure.answers("postgres flexible-server show", SERVER)
    azure.answers("containerapp env show, --query id", "/subscriptions/1/environments/apps")
    azure.answers("containerapp env show, defaultDomain", "calm.westeurope.azurecontainerapps.io")
    azure.answers("get-shared-keys", "key-of-the-logs")
    return azure


def everything_there(folder: Path) -> Azure:
    """An Azure where the set-up has been run, and the pipeline after it."""
    azure = nothing_there(folder)
    for kind in ("containerapp", "containerapp env", "postgres flexible-server", "network vnet"):
        azure.answers(f"{kind} list", "it")
    azure.answers("network vnet subnet list", "it")
    azure.answers("network private-dns", "it")
    azure.answers("containerapp show, image", "ghcr.io/someone/mycount@sha256:1")
    azure.answers("secret show, database-url", KEPT_URL)
    azure.answers("secret show, secret-key", "kept-secret-key")
    azure.answers("secret show, admin-password", "kept-admin-password")
    return azure
