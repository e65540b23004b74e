"""Puts the whole together: the pages on NiceGUI's app, and around it everything that a server needs.

Outermost first: the path that the public address has, the pace of sockets, counting, request ids, folding, the asset
cache, compression, headers, the catch-all for errors, the gate, then our app with /health, /livez, /metrics and
/static, and NiceGUI's app with the pages.
"""

import asyncio
import importlib
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib.metadata import version

import nicegui
from fastapi import FastAPI
from nicegui import app as pages_app
from nicegui import core, ui
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

import pages
from mycount import services
from mycount.db.session import Database, open_database
from mycount.services import news, operation
from mycount.services.neighbours import Neighbours
from mycount.settings import Settings
from mycount.web import (
    components,
    errors,
    framework_css,
    keeping,
    lean,
    manifest,
    offline,
    robots,
    speed,
    template,
)
from mycount.web.assets import AssetCache
from mycount.web.chores import chores
from mycount.web.collector import keep_tidy
from mycount.web.connections import Connections
from mycount.web.doors import Doors
from mycount.web.exports import Exports
from mycount.web.frames import Frames
from mycount.web.gate import UntilReady
from mycount.web.handshakes import Handshakes
from mycount.web.headers import FoldFinal, SecurityHeaders
from mycount.web.health import Health
from mycount.web.instrument import UNCOUNTED, Instrumentation
from mycount.web.listening import Listening
from mycount.web.metrics import Metrics
from mycount.web.origin import Home
from mycount.web.pace import Pace
from mycount.web.prefix import Prefix
from mycount.web.query_time import observe_queries
from mycount.web.request_id import RequestId
from mycount.web.routes import ASSETS, Templates
from mycount.web.rules import policy
from mycount.web.sampling import Sampling
from mycount.web.socket_guard import SocketGuard
from mycount.web.startup import Startup
from mycount.web.visitors import Visitors
from pages import theme
from pages.installation import Installation

_RECONNECT_SECONDS = 60.0
_PING_SECONDS = 20
_PROBE_SECONDS = 15.0
_RECHECK_SECONDS = 300.0
_LARGEST_BODY = 1_000_000  # bytes
_KEPT_MESSAGES = 200  # of those that a page may have missed: else one that never says what came costs 60 MB
_TAB_SECONDS = 600.0  # NiceGUI would remember every page that ever was for a month


class Server:
    """The ASGI app, and what watches over it. `app` leads to the app inside, as NiceGUI expects of wrappers.

    `metrics_app` answers /metrics where it has a port of its own.
    """

    def __init__(
        self, app: ASGIApp, startup: Startup, metrics: Metrics, metrics_app: ASGIApp | None = None
    ) -> None:
        self.app = app
        self.startup = startup
        self.metrics = metrics
        self.metrics_app = metrics_app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand everything to the app inside."""
        await self.app(scope, receive, send)


def build_app(settings: Settings, add_pages: Callable[[], None] | None = None) -> Server:
    """Make the app that these settings ask for. Once in a process: NiceGUI has one app. Connects to nothing yet."""
    metrics = Metrics(version("mycount"), settings.revision)
    database = open_database(settings.database_url, pool_size=settings.database_pool_size)
    observe_queries(database.engine, metrics.query_seconds.observe)
    guard = equip(settings, metrics)
    startup = _startup(settings, database, metrics, guard)
    health = Health(database.ping, doubt=startup.doubt, changed=metrics.database_up.set)
    sampling = Sampling(metrics, database, _plain(settings.metrics_token))
    outer = FastAPI(
        lifespan=_lifespan(startup, health, sampling, guard, metrics),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=_LARGEST_BODY,
    )
    errors.install(outer)
    outer.router.routes.extend([*health.routes(), *robots.routes(), *manifest.routes(), *offline.routes()])
    outer.router.routes.extend(Exports(Home(settings.public_url), metrics.refused).routes())
    metrics_app = None if settings.metrics_port is None else Starlette(routes=sampling.routes())
    if metrics_app is None:
        outer.router.routes.extend(sampling.routes_beside_pages())
    outer.router.routes.extend([*framework_css.routes(), *components.routes()])
    outer.router.redirect_slashes = pages_app.router.redirect_slashes = False  # see Visitors
    outer.mount("/static", StaticFiles(directory=theme.STATIC))
    _tell_pages(settings)
    (add_pages or pages.add_pages)()
    _run_with(outer)
    template.slim()
    components.gather()
    templates = Templates(outer, pages_app)
    for module in pkgutil.iter_modules(services.__path__, "mycount.services."):
        importlib.import_module(module.name)  # every operation has a name once its module is loaded
    metrics.expect([*(path for path in templates.pages() if path not in UNCOUNTED), *ASSETS])
    return Server(_wrapped(outer, settings, startup, metrics, templates), startup, metrics, metrics_app)


def equip(settings: Settings, metrics: Metrics) -> SocketGuard:
    """Give NiceGUI's app what the pages rely on: visitors, doors, errors, guarded sockets, speed.

    Tests with simulated visitors call it before they run the pages; `build_app` does so too.
    """
    home = Home(settings.public_url)
    guard = SocketGuard(home, metrics.refused, Connections(metrics))
    guard.install()
    pages_app.on_delete(guard.leave)
    pages_app.storage.max_tab_storage_age = _TAB_SECONDS
    pages_app.on_startup(_keep_pinging)
    pages_app.add_middleware(
        Visitors,
        home=home,
        templates=Templates(pages_app),
        guard=guard,
        metrics=metrics,
        pace=Pace(settings.pages_per_second),
    )
    pages_app.add_middleware(Frames, refused=metrics.refused)
    Doors(home, guard, metrics).add_to(pages_app)
    errors.install(pages_app)
    pages_app._exception_handlers[:] = [errors.tell_unexpected]
    speed.remember_signatures()
    speed.remember_types()
    speed.escape_quickly()
    lean.make_elements_lean()
    pages_app.on_connect(keeping.keep_little)
    return guard


def _startup(settings: Settings, database: Database, metrics: Metrics, guard: SocketGuard) -> Startup:
    rules = policy(settings)
    listening = None
    if not database.is_sqlite:
        neighbours = Neighbours(rules.secret_key)
        listening = Listening(database, neighbours, metrics.neighbours, guard.recheck)
    return Startup(
        database,
        rules,
        attempts=settings.database_attempts,
        retry_seconds=settings.database_retry_seconds,
        tried=lambda outcome: metrics.attempts.labels(outcome).inc(),
        jobs=chores(metrics, listening.has_duty) if listening else chores(metrics),
        listening=listening,
    )


def _lifespan(
    startup: Startup, health: Health, sampling: Sampling, guard: SocketGuard, metrics: Metrics
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        operation.observers.append(metrics.operation)
        news.observers.append(metrics.live_update_seconds.observe)
        watching = asyncio.create_task(_watch(health, sampling, guard), name="watching")
        startup.begin()
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            guard.forget()
            health.close()
            await startup.end()
            operation.observers.remove(metrics.operation)
            news.observers.remove(metrics.live_update_seconds.observe)

    return lifespan


async def _watch(health: Health, sampling: Sampling, guard: SocketGuard) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(sampling.measure_lag())
        group.create_task(_every(_PROBE_SECONDS, health.check))
        group.create_task(_every(_RECHECK_SECONDS, guard.recheck))
        group.create_task(keep_tidy())


async def _every(seconds: float, act: Callable[[], Awaitable[object]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await act()
        except Exception as error:
            errors.tell_unexpected(error)


def _keep_pinging() -> None:
    """Set back what NiceGUI derives from the time to reconnect: a lost connection is noticed sooner."""
    core.sio.eio.ping_interval = core.sio.eio.ping_timeout = _PING_SECONDS


def _tell_pages(settings: Settings) -> None:
    Installation.public_url = settings.public_url
    Installation.default_language = settings.default_language
    Installation.default_currency = settings.default_currency


def _run_with(outer: FastAPI) -> None:
    ui.run_with(
        outer,  # nothing added to it after this would be reached
        title="MyCount",
        viewport=theme.VIEWPORT,
        favicon=theme.STATIC / "favicon.svg",
        dark=None,
        language=None,
        binding_refresh_interval=None,
        reconnect_timeout=_RECONNECT_SECONDS,
        message_history_length=_KEPT_MESSAGES,
        gzip_middleware_factory=None,
        tailwind=False,
        show_welcome_message=False,
    )


def _wrapped(
    outer: FastAPI, settings: Settings, startup: Startup, metrics: Metrics, templates: Templates
) -> ASGIApp:
    home = Home(settings.public_url)
    app: ASGIApp = UntilReady(outer, lambda: startup.ready)
    app = errors.Unexpected(app)
    app = SecurityHeaders(app, home.is_secure)
    app = GZipMiddleware(app, minimum_size=1000, compresslevel=5)
    app = AssetCache(app, (f"/_nicegui/{nicegui.__version__}/", "/static/"))
    app = FoldFinal(app)
    app = Instrumentation(RequestId(app), metrics, templates)
    app = Handshakes(app, refused=metrics.refused, per_second=settings.sockets_per_second)
    return Prefix(app, settings.public_url)


def _plain(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
