"""The parts that both dashboards are put together from, so that they look and behave alike."""

from collections.abc import Sequence

from grafana_foundation_sdk.builders import common, dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.builders import table as tables
from grafana_foundation_sdk.models.common import (
    BigValueColorMode,
    BigValueGraphMode,
    BigValueTextMode,
    GraphDrawStyle,
    GraphThresholdsStyleMode,
    LegendDisplayMode,
    LegendPlacement,
    SortOrder,
    StackingMode,
    TooltipDisplayMode,
    VisibilityMode,
)
from grafana_foundation_sdk.models.dashboard import (
    Dashboard,
    DashboardCursorSync,
    DashboardLinkType,
    DataSourceRef,
    DataTransformerConfig,
    Threshold,
    ThresholdsMode,
    ValueMap,
    ValueMappingResult,
    VariableOption,
    VariableRefresh,
    VariableSort,
)
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

Panel = stat.Panel | timeseries.Panel | tables.Panel
Steps = Sequence[tuple[float, str]]

NOT_SCRAPED = "No data: does Prometheus reach MyCount?"
_LABEL_VALUES = 1  # what Grafana calls this kind of query
_SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")


def figure(
    title: str,
    description: str,
    expression: str,
    *,
    unit: str = "short",
    empty: str = NOT_SCRAPED,
    steps: Steps = (),
    words: dict[str, tuple[str, str]] | None = None,
    named: str = "",
) -> stat.Panel:
    """One number, now. `steps` are values and the colours from there on; `words` stand for values, with a colour each.

    `named` shows labels instead of the value.
    """
    query = prometheus.Dataquery().ref_id("A").datasource(_SOURCE).expr(expression).instant()
    panel = (
        stat.Panel()
        .title(title)
        .description(description)
        .datasource(_SOURCE)
        .unit(unit)
        .no_value(empty)
        .graph_mode(BigValueGraphMode.NONE)
        .color_mode(BigValueColorMode.VALUE)
        .text_mode(BigValueTextMode.NAME if named else BigValueTextMode.VALUE)
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
        .thresholds(_thresholds("green" if steps else "text", steps))
        .with_target(query.legend_format(named) if named else query)
        .height(4)
        .span(4)
    )
    if words:
        results = {
            value: ValueMappingResult(text=text, color=color) for value, (text, color) in words.items()
        }
        panel.mappings([ValueMap(options=results)])
    return panel


def graph(
    title: str,
    description: str,
    *queries: tuple[str, str],
    unit: str,
    empty: str = NOT_SCRAPED,
    steps: Steps = (),
    stacked: bool = False,
    width: int = 12,
) -> timeseries.Panel:
    """Lines over time: each query with how its lines are called. `steps` are drawn as dashed lines across."""
    panel = (
        timeseries.Panel()
        .title(title)
        .description(description)
        .datasource(_SOURCE)
        .unit(unit)
        .min(0)
        .no_value(empty)
        .show_points(VisibilityMode.NEVER)
        .fill_opacity(60 if stacked else 8)
        .legend(_legend())
        .tooltip(common.VizTooltipOptions().mode(TooltipDisplayMode.MULTI).sort(SortOrder.DESCENDING))
        .height(8)
        .span(width)
    )
    for letter, (expression, name) in zip("ABCD", queries, strict=False):
        query = prometheus.Dataquery().ref_id(letter).datasource(_SOURCE).expr(expression).range()
        panel.with_target(query.legend_format(name))
    if stacked:
        panel.draw_style(GraphDrawStyle.BARS).stacking(common.StackingConfig().mode(StackingMode.NORMAL))
    if steps:
        panel.thresholds(_thresholds("transparent", steps))
        panel.thresholds_style(common.GraphThresholdsStyleConfig().mode(GraphThresholdsStyleMode.DASHED))
    return panel


def table(
    title: str, description: str, expression: str, *, columns: dict[str, str], empty: str
) -> tables.Panel:
    """A line for each series there is now, with its labels: `columns` are labels and what to call them."""
    query = prometheus.Dataquery().ref_id("A").datasource(_SOURCE).expr(expression).instant()
    order = {"indexByName": {label: place for place, label in enumerate(columns)}, "renameByName": columns}
    return (
        tables.Panel()
        .title(title)
        .description(description)
        .datasource(_SOURCE)
        .unit("short")
        .no_value(empty)
        .with_target(query.format(PromQueryFormat.TABLE))
        .with_transformation(
            DataTransformerConfig(id_val="filterFieldsByName", options={"include": {"names": list(columns)}})
        )
        .with_transformation(DataTransformerConfig(id_val="organize", options=order))
        .height(5)
        .span(24)
    )


def board(title: str, uid: str, description: str, *rows: tuple[str, Sequence[Panel]]) -> Dashboard:
    """Put panels below one another, row by row; a row without a name has no heading."""
    made = (
        dashboard.Dashboard(title)
        .uid(uid)
        .description(description)
        .tags(["mycount"])
        .time("now-1h", "now")
        .refresh("30s")
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .with_variable(_source())
        .with_variable(_instance())
        .link(_link())
    )
    number = 0
    for name, panels in rows:
        if name:
            number += 1
            made.with_row(dashboard.Row(name).id(number))
        for panel in panels:
            number += 1
            made.with_panel(panel.id(number))
    return made.build()


def _source() -> dashboard.DatasourceVariable:
    provisioned = VariableOption(text="Prometheus", value="prometheus")
    return (
        dashboard.DatasourceVariable("datasource")
        .label("Data source")
        .type("prometheus")
        .current(provisioned)
    )


def _instance() -> dashboard.QueryVariable:
    """Ask for `up`, not for a metric of MyCount: it is there while MyCount is down, too."""
    values = 'label_values(up{job="mycount"}, instance)'
    return (
        dashboard.QueryVariable("instance")
        .label("Instance")
        .datasource(_SOURCE)
        .query({"qryType": _LABEL_VALUES, "query": values, "refId": "instance"})
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(VariableSort.ALPHABETICAL_ASC)
        .multi(True)
        .include_all(True)
        .all_value(".+")
        .current(VariableOption(text=["All"], value=["$__all"]))
    )


def _link() -> dashboard.DashboardLink:
    link = dashboard.DashboardLink("MyCount").type(DashboardLinkType.DASHBOARDS).tags(["mycount"])
    return link.keep_time(True).include_vars(True)


def _legend() -> common.VizLegendOptions:
    legend = common.VizLegendOptions().show_legend(True).placement(LegendPlacement.BOTTOM)
    return legend.display_mode(LegendDisplayMode.LIST).calcs([])


def _thresholds(first: str, steps: Steps) -> dashboard.ThresholdsConfig:
    levels = [Threshold(value=None, color=first), *(Threshold(value, color) for value, color in steps)]
    return dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(levels)
