"""Append-only tables that the seals cover beside the history. Rooms add theirs when their app is ready."""

_labels: list[str] = ["history.HistoryRedaction"]


def seal_too(label: str) -> None:
    """Cover an append-only table with a counted primary key: `seal_too("audit.SensitiveRead")`."""
    if label not in _labels:
        _labels.append(label)


def sealed_too() -> list[str]:
    """The labels of these models."""
    return list(_labels)
