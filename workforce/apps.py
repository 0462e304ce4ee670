from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.web import navigation


class WorkforceConfig(AppConfig):
    name = "workforce"

    def ready(self) -> None:
        navigation.register(
            "Establishment", "establishment:overview", action=Action.ESTABLISHMENT_VIEW, order=10
        )
        navigation.register("People", "people:list", action=Action.PEOPLE_VIEW, order=15)
        navigation.register("Your record", "people:own", action=Action.OWN_RECORD_VIEW, order=16)
        navigation.register("Skills", "skills:overview", action=Action.ESTABLISHMENT_VIEW, order=17)
        navigation.register("Boards", "boards:list", action=Action.BOARD_VIEW, order=20)
        # Models are loaded by now; the targets of imports need them.
        from peelsite.audit.retention import registry
        from peelsite.imports import targets
        from workforce.establishment.imports import POSTS
        from workforce.people import panels
        from workforce.people.imports import PEOPLE
        from workforce.people.selectors import absences_ended_before, limited_duties_ended_before
        from workforce.skills.panels import panel as skills_panel

        for slug, title, due in (
            ("absences", "Absences", absences_ended_before),
            ("limited_duties", "Limited duties", limited_duties_ended_before),
        ):
            registry.register(registry.RetentionClass(slug, title, "the last day", due, person="person_id"))
        targets.register(POSTS)
        targets.register(PEOPLE)
        panels.register("workforce/skills/panel.html", skills_panel)
