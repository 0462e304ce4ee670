"""The site's own OpenAPI document, read as pages."""

from functools import cache

from drf_spectacular.generators import SchemaGenerator

from peelsite.apidocs.calc import Resource, resources_of


@cache
def resources() -> tuple[Resource, ...]:
    """Every resource of the API; made once a process, as only a new release of the site changes it."""
    return resources_of(SchemaGenerator().get_schema(request=None, public=True))
