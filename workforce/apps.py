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
        navigation.register("Projection", "projection:overview", action=Action.BOARD_VIEW, order=18)
        navigation.register("Boards", "boards:list", action=Action.BOARD_VIEW, order=20)
        # Models are loaded by now; the targets of imports need them.
        from peelsite.audit.retention import registry
        from peelsite.audit.subject_access import registry as held
        from peelsite.imports import targets
        from peelsite.jobs import registry as jobs
        from workforce.boards.matching.panels import panel as next_post_panel
        from workforce.boards.matching.tasks import ANSWERED_JOB, ASKED_JOB, answered_job, asked_job
        from workforce.boards.papers.selectors import KIND_OF_JOB
        from workforce.boards.papers.tasks import write_job as paper_job
        from workforce.boards.suggestions.tasks import AHEAD_JOB, CHANCES_JOB, chances_do, plan_ahead_do
        from workforce.establishment.imports import POSTS
        from workforce.people import panels
        from workforce.people.anonymising import (
            import_effects_of,
            import_rows_of,
            leavers_before,
            people_anonymise,
        )
        from workforce.people.imports import PEOPLE
        from workforce.people.selectors import absences_ended_before, limited_duties_ended_before
        from workforce.projection.services.backtests import BACK_TEST_JOB
        from workforce.projection.services.runs import RUN_JOB
        from workforce.projection.tasks import back_test_job, run_job
        from workforce.skills.imports import SKILLS
        from workforce.skills.panels import panel as skills_panel

        for slug, title, due in (
            ("absences", "Absences", absences_ended_before),
            ("limited_duties", "Limited duties", limited_duties_ended_before),
        ):
            registry.register(registry.RetentionClass(slug, title, "the last day", due, person="person_id"))
        registry.register(
            registry.RetentionClass(
                "leavers",
                "Leavers",
                "they left",
                leavers_before,
                person="pk",
                what_goes="Names, number and sign-in are taken away for good, with every earlier version of "
                "the person's record. Postings and absences stay, nameless, so that all counts stay right.",
                remove=people_anonymise,
            )
        )
        held.register("rows of imported files", import_rows_of)
        held.register("changes by imports", import_effects_of)
        targets.register(POSTS)
        targets.register(PEOPLE)
        targets.register(SKILLS)
        panels.register("workforce/skills/panel.html", skills_panel)
        panels.register("workforce/boards/next_post_panel.html", next_post_panel)
        jobs.register(ASKED_JOB, asked_job)
        jobs.register(ANSWERED_JOB, answered_job)
        jobs.register(AHEAD_JOB, plan_ahead_do)
        jobs.register(CHANCES_JOB, chances_do)
        jobs.register(RUN_JOB, run_job)
        jobs.register(BACK_TEST_JOB, back_test_job)
        for kind in KIND_OF_JOB:
            jobs.register(kind, paper_job)
