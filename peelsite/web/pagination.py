"""Paging of the API: `?page=2&page_size=500` answers count, next, previous and results."""

from rest_framework.pagination import PageNumberPagination


class ApiPagination(PageNumberPagination):
    page_size_query_param = "page_size"
    max_page_size = 1000
