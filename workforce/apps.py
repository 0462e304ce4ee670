from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "workforce"

    def ready(self) -> None:
        # Models are loaded by now; the targets of imports need them.
        from peelsite.imports import targets
        from workforce.establishment.imports import POSTS
        from workforce.people.imports import PEOPLE

        targets.register(POSTS)
        targets.register(PEOPLE)
