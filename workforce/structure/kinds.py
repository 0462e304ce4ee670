"""The kinds of part that a force is made of: what each is called, listed by and filled in with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
import django_tables2
from django.db import models

from peelsite.forces.models import Area, Force, Location, Unit
from peelsite.web.templatetags import peelsite_web
from workforce.establishment.models import FundingSource, Rank, Role
from workforce.structure import filters, forms, selectors, tables

Term = tuple[str, Any]


@dataclass(frozen=True)
class Kind:
    """`name` is that of its pages, structure:unit and structure:unit-create; `path` that of its list."""

    name: str
    path: str
    model: type[models.Model]
    title: str
    words: str
    what: str
    rows: Callable[[Force, date], models.QuerySet]
    terms: Callable[[Any], list[Term]]
    create: type[forms.PartCreateForm]
    change: type[forms.PartChangeForm]
    table: type[django_tables2.Table]
    filters: type[django_filters.FilterSet]
    # The filter of the list of posts that this kind narrows; areas have none.
    posts_filter: str = ""

    @property
    def noun(self) -> str:
        return self.words.split(",")[0]

    @property
    def list_name(self) -> str:
        return f"structure:{self.path}"


def _area(area: Area) -> list[Term]:
    return [("Code", area.code), ("Units", area.units_count), ("Locations", area.locations_count)]


def _location(location: Location) -> list[Term]:
    on_map = f"{location.latitude}, {location.longitude}" if location.latitude is not None else None
    return [("Code", location.code), ("Area", location.area), ("Latitude and longitude", on_map)]


def _unit(unit: Unit) -> list[Term]:
    return [
        ("Code", unit.code),
        ("Level", unit.get_level_display()),
        ("Under", unit.parent),
        ("Area", unit.area),
        ("Closed from", peelsite_web.day(unit.closed_on) if unit.closed_on else None),
    ]


def _rank(rank: Rank) -> list[Term]:
    return [
        ("Code", rank.code),
        ("Worker type", rank.get_category_display()),
        ("Place", f"{rank.order}, where 1 is the most junior of its worker type"),
        ("Federated rank", "Yes" if rank.is_federated else "No"),
        ("Kept by", rank.force or "National: the same in every force"),
    ]


def _role(role: Role) -> list[Term]:
    return [("Code", role.code)]


def _funding(funding: FundingSource) -> list[Term]:
    ends = peelsite_web.day(funding.ends_on) if funding.ends_on else "Without an end"
    return [("Kind", funding.get_kind_display()), ("Last day", ends)]


KINDS = (
    Kind(
        "area",
        "areas",
        Area,
        "Areas",
        "area,areas",
        "Local policing areas, usually the ground of one community safety partnership",
        selectors.areas_of,
        _area,
        forms.AreaCreateForm,
        forms.AreaChangeForm,
        tables.AreaTable,
        filters.PartFilter,
    ),
    Kind(
        "unit",
        "units",
        Unit,
        "Units",
        "unit,units",
        "Commands, their departments, and the teams of those",
        selectors.units_of,
        _unit,
        forms.UnitCreateForm,
        forms.UnitChangeForm,
        tables.UnitTable,
        filters.UnitFilter,
        "unit",
    ),
    Kind(
        "location",
        "locations",
        Location,
        "Locations",
        "location,locations",
        "Sites where people work",
        selectors.locations_of,
        _location,
        forms.LocationCreateForm,
        forms.LocationChangeForm,
        tables.LocationTable,
        filters.LocationFilter,
        "location",
    ),
    Kind(
        "rank",
        "ranks",
        Rank,
        "Ranks and grades",
        "grade,ranks and grades",
        "National ranks, and the force's own grades, in order",
        selectors.ranks_of,
        _rank,
        forms.RankCreateForm,
        forms.RankChangeForm,
        tables.RankTable,
        filters.RankFilter,
        "rank",
    ),
    Kind(
        "role",
        "roles",
        Role,
        "Roles",
        "role,roles",
        "What a post does: response officer, custody sergeant, call handler",
        selectors.roles_of,
        _role,
        forms.RoleCreateForm,
        forms.RoleChangeForm,
        tables.RoleTable,
        filters.RoleFilter,
        "role",
    ),
    Kind(
        "funding",
        "funding-sources",
        FundingSource,
        "Funding sources",
        "funding source,funding sources",
        "Money that pays for posts, with the day it ends where it does",
        selectors.funding_of,
        _funding,
        forms.FundingCreateForm,
        forms.FundingChangeForm,
        tables.FundingTable,
        filters.FundingFilter,
        "funding",
    ),
)
