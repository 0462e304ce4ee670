"""The kinds of change between two packs, with their words. No database."""

from enum import StrEnum


class Kind(StrEnum):
    """Why a figure is not what it was. What a line gains and what it loses are different kinds."""

    # Accounting: the same posts and people, counted on another line.
    REGROUPED_IN = "regrouped_in"
    REGROUPED_OUT = "regrouped_out"
    # Accounting: a collaboration's posts that the other force employs from a day on, or no longer.
    ALLOCATED_IN = "allocated_in"
    ALLOCATED_OUT = "allocated_out"
    ALLOCATED_PEOPLE_IN = "allocated_people_in"
    ALLOCATED_PEOPLE_OUT = "allocated_people_out"
    # What was written down later about a day before the last pack.
    CORRECTED_UP = "corrected_up"
    CORRECTED_DOWN = "corrected_down"
    # Posts.
    CREATED = "created"
    DELETED = "deleted"
    REPROFILED_IN = "reprofiled_in"
    REPROFILED_OUT = "reprofiled_out"
    REPROFILED_UP = "reprofiled_up"
    REPROFILED_DOWN = "reprofiled_down"
    # People.
    JOINED = "joined"
    SECONDED_IN = "seconded_in"
    RESIGNED = "resigned"
    RETIRED = "retired"
    MEDICAL = "medical"
    TRANSFERRED = "transferred"
    DISMISSED = "dismissed"
    REDUNDANT = "redundant"
    DIED = "died"
    LEFT = "left"
    SECONDMENT_ENDED = "secondment_ended"
    PROMOTED_IN = "promoted_in"
    PROMOTED_OUT = "promoted_out"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    WITH_POST_IN = "with_post_in"
    WITH_POST_OUT = "with_post_out"
    ACTING_BEGAN_IN = "acting_began_in"
    ACTING_BEGAN_OUT = "acting_began_out"
    ACTING_ENDED_IN = "acting_ended_in"
    ACTING_ENDED_OUT = "acting_ended_out"
    ATTACHED_IN = "attached_in"
    ATTACHED_OUT = "attached_out"
    ATTACHMENT_ENDED_IN = "attachment_ended_in"
    ATTACHMENT_ENDED_OUT = "attachment_ended_out"
    SECONDED_OUT = "seconded_out"
    SECONDED_BACK = "seconded_back"
    POSTED = "posted"
    UNPOSTED = "unposted"
    HOURS_UP = "hours_up"
    HOURS_DOWN = "hours_down"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def group(self) -> str:
        """'accounting', 'records', 'posts' or 'people'."""
        if self in _ACCOUNTING:
            return "accounting"
        return self.about or "records"

    @property
    def about(self) -> str:
        """What stands behind it one by one: 'posts', 'people', or ''."""
        if self in _OF_NEITHER:
            return ""
        return "posts" if self in _OF_POSTS else "people"


_ACCOUNTING = frozenset(
    {
        Kind.REGROUPED_IN,
        Kind.REGROUPED_OUT,
        Kind.ALLOCATED_IN,
        Kind.ALLOCATED_OUT,
        Kind.ALLOCATED_PEOPLE_IN,
        Kind.ALLOCATED_PEOPLE_OUT,
    }
)
_OF_NEITHER = frozenset({Kind.REGROUPED_IN, Kind.REGROUPED_OUT, Kind.CORRECTED_UP, Kind.CORRECTED_DOWN})
_OF_POSTS = frozenset(
    {
        Kind.ALLOCATED_IN,
        Kind.ALLOCATED_OUT,
        Kind.CREATED,
        Kind.DELETED,
        Kind.REPROFILED_IN,
        Kind.REPROFILED_OUT,
        Kind.REPROFILED_UP,
        Kind.REPROFILED_DOWN,
    }
)
LABELS = {
    Kind.REGROUPED_IN: "Units moved into this line (accounting)",
    Kind.REGROUPED_OUT: "Units moved out of this line (accounting)",
    Kind.ALLOCATED_IN: "Posts that the partner force employed until now (accounting)",
    Kind.ALLOCATED_OUT: "Posts that the partner force employs now (accounting)",
    Kind.ALLOCATED_PEOPLE_IN: "People who came from the partner force with their posts (accounting)",
    Kind.ALLOCATED_PEOPLE_OUT: "People who went to the partner force with their posts (accounting)",
    Kind.CORRECTED_UP: "Records corrected since, upwards",
    Kind.CORRECTED_DOWN: "Records corrected since, downwards",
    Kind.CREATED: "Posts created",
    Kind.DELETED: "Posts deleted",
    Kind.REPROFILED_IN: "Posts re-profiled into it",
    Kind.REPROFILED_OUT: "Posts re-profiled out of it",
    Kind.REPROFILED_UP: "Re-profiled posts with more FTE",
    Kind.REPROFILED_DOWN: "Re-profiled posts with less FTE",
    Kind.JOINED: "Joined",
    Kind.SECONDED_IN: "Seconded in",
    Kind.RESIGNED: "Left: voluntary resignation",
    Kind.RETIRED: "Left: normal retirement",
    Kind.MEDICAL: "Left: medical retirement",
    Kind.TRANSFERRED: "Left: transfer to another force",
    Kind.DISMISSED: "Left: dismissed or required to resign",
    Kind.REDUNDANT: "Left: redundancy or end of contract",
    Kind.DIED: "Left: death",
    Kind.LEFT: "Left: reason not recorded",
    Kind.SECONDMENT_ENDED: "Secondment to the force ended",
    Kind.PROMOTED_IN: "Promoted into it",
    Kind.PROMOTED_OUT: "Promoted out of it",
    Kind.MOVED_IN: "Moved in",
    Kind.MOVED_OUT: "Moved out",
    Kind.WITH_POST_IN: "Came with a re-profiled post",
    Kind.WITH_POST_OUT: "Went with a re-profiled post",
    Kind.ACTING_BEGAN_IN: "Began to act or to be promoted for a time, here",
    Kind.ACTING_BEGAN_OUT: "Began to act or to be promoted for a time, elsewhere",
    Kind.ACTING_ENDED_IN: "Back from acting or temporary promotion",
    Kind.ACTING_ENDED_OUT: "Acting or temporary promotion here ended",
    Kind.ATTACHED_IN: "Attached to it",
    Kind.ATTACHED_OUT: "Attached elsewhere",
    Kind.ATTACHMENT_ENDED_IN: "Back from an attachment",
    Kind.ATTACHMENT_ENDED_OUT: "Attachment here ended",
    Kind.SECONDED_OUT: "Seconded out",
    Kind.SECONDED_BACK: "Back from a secondment",
    Kind.POSTED: "Employed before, now put into a post",
    Kind.UNPOSTED: "Still employed, in no post any more",
    Kind.HOURS_UP: "More hours",
    Kind.HOURS_DOWN: "Fewer hours",
}
LEFT = {
    kind.value: kind
    for kind in (
        Kind.RESIGNED,
        Kind.RETIRED,
        Kind.MEDICAL,
        Kind.TRANSFERRED,
        Kind.DISMISSED,
        Kind.REDUNDANT,
        Kind.DIED,
    )
}
IN_AND_OUT = {
    "promoted": (Kind.PROMOTED_IN, Kind.PROMOTED_OUT),
    "moved": (Kind.MOVED_IN, Kind.MOVED_OUT),
    "with_post": (Kind.WITH_POST_IN, Kind.WITH_POST_OUT),
    "acting_began": (Kind.ACTING_BEGAN_IN, Kind.ACTING_BEGAN_OUT),
    "acting_ended": (Kind.ACTING_ENDED_IN, Kind.ACTING_ENDED_OUT),
    "attached": (Kind.ATTACHED_IN, Kind.ATTACHED_OUT),
    "attachment_ended": (Kind.ATTACHMENT_ENDED_IN, Kind.ATTACHMENT_ENDED_OUT),
}
