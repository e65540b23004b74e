"""Puts the whole together: the pages on NiceGUI's app, and around it everything that a server needs.

Outermost first: counting, request ids, folding, compression, headers, the catch-all for errors, the gate, the
asset cache, then our app with /health, /livez, /metrics and /static, and NiceGUI's app with the pages.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from importlib.metadata import version

import nicegui
from fastapi import FastAPI
from nicegui import app as pages_app
from nicegui import core, ui
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

import pages
from mycount.db.session import Database, open_database
from mycount.services import books, groups, operation, sessions
from mycount.services.policy import Policy
from mycount.settings import Settings
from mycount.web import errors, speed
from mycount.web.assets import AssetCache
from mycount.web.gate import UntilReady
from mycount.web.headers import FoldFinal, SecurityHeaders
from mycount.web.health import Health
from mycount.web.instrument import Instrumentation
from mycount.web.jobs import Job
from mycount.web.metrics import Metrics
from mycount.web.origin import Home
from mycount.web.request_id import RequestId
from mycount.web.routes import Templates
from mycount.web.sampling import Sampling
from mycount.web.socket_guard import SocketGuard
from mycount.web.startup import Startup
from mycount.web.visitors import Doors, Visitors, visitor_of
from pages import theme

_RECONNECT_SECONDS = 60.0
_PING_SECONDS = 20
_RECHECK_SECONDS = 300.0
_MINUTE = 60.0
_HOUR = 3600.0


class Server:
    """The ASGI app, and what watches over it. `app` leads to the app inside, as NiceGUI expects of wrappers."""

    def __init__(self, app: ASGIApp, startup: Startup, metrics: Metrics) -> None:
        self.app = app
        self.startup = startup
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def build_app(settings: Settings, add_pages: Callable[[], None] = pages.add_pages) -> Server:
    """Make the app that these settings ask for. Once in a process: NiceGUI has one app. Connects to nothing yet."""
    metrics = Metrics(version("mycount"), os.environ.get("MYCOUNT_REVISION", "unknown"))
    database = open_database(settings.database_url, pool_size=settings.database_pool_size)
    startup = _startup(settings, database, metrics)
    health = Health(database.ping, doubt=startup.doubt, changed=metrics.database_up.set)
    sampling = Sampling(metrics, database, _plain(settings.metrics_token))
    guard = equip(settings, metrics)
    outer = FastAPI(
        lifespan=_lifespan(startup, health, sampling, guard, metrics), docs_url=None, redoc_url=None, openapi_url=None
    )
    errors.install(outer)
    outer.router.routes.extend([*health.routes(), *sampling.routes()])
    outer.mount("/static", StaticFiles(directory=theme.STATIC))
    add_pages()
    _run_with(outer)
    templates = Templates(outer, pages_app)
    metrics.expect([*templates.names(), "/static", "/_nicegui", "/_nicegui_ws"])
    return Server(_wrapped(outer, settings, startup, metrics, templates), startup, metrics)


def equip(settings: Settings, metrics: Metrics) -> SocketGuard:
    """Give NiceGUI's app what the pages rely on: visitors, doors, errors, guarded sockets, speed.

    Tests with simulated visitors call it before they run the pages; `build_app` does so too.
    """
    home = Home(settings.public_url)
    guard = SocketGuard(home, lambda scope: visitor_of(scope, home), metrics.refused)
    guard.install()
    pages_app.on_delete(guard.leave)
    pages_app.on_startup(_keep_pinging)
    pages_app.add_middleware(Visitors, home=home, templates=Templates(pages_app), guard=guard, metrics=metrics)
    Doors(home, guard, metrics).add_to(pages_app)
    errors.install(pages_app)
    pages_app._exception_handlers[:] = [errors.tell_unexpected]
    speed.remember_signatures()
    return guard


def policy(settings: Settings) -> Policy:
    """Give the rules of the installation that follow from the settings."""
    return Policy(
        secret_key=settings.secret_key.get_secret_value().encode(),
        sign_up=settings.sign_up,
        session_idle=timedelta(days=settings.session_days),
        invite_life=timedelta(days=settings.invite_days),
    )


def _startup(settings: Settings, database: Database, metrics: Metrics) -> Startup:
    jobs = (
        Job("ledger imbalance", _MINUTE, lambda: metrics.imbalance.set(books.imbalance())),
        Job("purge of deleted groups", _HOUR, groups.purge),
        Job("clearing of ended sessions", _HOUR, sessions.clear_ended),
    )
    return Startup(
        database,
        policy(settings),
        attempts=settings.database_attempts,
        retry_seconds=settings.database_retry_seconds,
        tried=lambda outcome: metrics.attempts.labels(outcome).inc(),
        jobs=jobs,
    )
