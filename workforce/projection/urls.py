"""Pages of projections."""

from django.urls import path

from workforce.projection.views import assumptions, backtests, lists, overview, plans, scenarios

app_name = "projection"

ROOM = "<slug:force>/projection/"

urlpatterns = [
    path(ROOM, overview.overview, name="overview"),
    path(f"{ROOM}run/", overview.run_now, name="run-now"),
    path(f"{ROOM}lines/", lists.lines, name="lines"),
    path(f"{ROOM}lines/<slug:line>/", overview.line_page, name="line"),
    path(f"{ROOM}runs/", lists.runs, name="runs"),
    path(f"{ROOM}runs/<int:pk>/", lists.run, name="run"),
    path(f"{ROOM}runs/<int:pk>/progress/", lists.run_progress, name="run-progress"),
    path(f"{ROOM}assumptions/", assumptions.assumptions, name="assumptions"),
    path(f"{ROOM}assumptions/<str:code>/", assumptions.assumption, name="assumption"),
    path(f"{ROOM}assumptions/<str:code>/back/", assumptions.assumption_clear, name="assumption-clear"),
    path(f"{ROOM}plans/", plans.plans, name="plans"),
    path(f"{ROOM}scenarios/", scenarios.scenarios, name="scenarios"),
    path(f"{ROOM}scenarios/add/", scenarios.scenario_add, name="scenario-add"),
    path(f"{ROOM}scenarios/<int:pk>/", scenarios.scenario, name="scenario"),
    path(f"{ROOM}scenarios/<int:pk>/change/", scenarios.scenario_change, name="scenario-change"),
    path(f"{ROOM}scenarios/<int:pk>/remove/", scenarios.scenario_remove, name="scenario-remove"),
    path(f"{ROOM}scenarios/<int:pk>/run/", scenarios.scenario_run, name="scenario-run"),
    path(f"{ROOM}scenarios/<int:pk>/add/<slug:difference>/", scenarios.difference_add, name="difference-add"),
    path(f"{ROOM}differences/<int:pk>/remove/", scenarios.difference_remove, name="difference-remove"),
    path(f"{ROOM}back-test/", backtests.back_test, name="back-test"),
    path(f"{ROOM}back-test/run/", backtests.back_test_run, name="back-test-run"),
    path(f"{ROOM}back-test/<int:pk>/progress/", backtests.back_test_progress, name="back-test-progress"),
]
for name in ("intake", "pool", "budget"):
    rows = f"{ROOM}plans/{name}s/"
    urlpatterns += [
        path(f"{rows}add/", getattr(plans, f"{name}_add"), name=f"{name}-add"),
        path(f"{rows}<int:pk>/", getattr(plans, name), name=name),
        path(f"{rows}<int:pk>/remove/", getattr(plans, f"{name}_remove"), name=f"{name}-remove"),
    ]
