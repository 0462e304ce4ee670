"""Who may do what at which address. A new address fails the tests until it has its line here.

Each method of an address names what it needs: one action (or a set, of which one is enough) in the force
whose page or row it is, or one of the words below. Methods that are not named must be refused to everybody.
"""

from peelsite.accounts.permissions import Action

PUBLIC = "public"  # nobody in particular may open it
SIGNED_IN = "signed in"  # any user may open it, and sees nothing of a force there
OWN = "own"  # only the user whose row it is
MEMBER = "member"  # every member of the force
SUPERUSER = "superuser"  # who looks after the whole site

# Those who prepare boards, those who decide on them, and the action's owner, who is none of the callers here.
CLOSES_ACTIONS = frozenset({Action.BOARD_PREPARE, Action.BOARD_DECIDE})

# Who hands over what is held on a person reads everything of them: both are needed.
ANSWERS_ACCESS = (Action.HISTORY_VIEW, Action.PEOPLE_VIEW)

# Those who prepare boards, and those who decide on them.
PLANS_MOVES = frozenset({Action.BOARD_PREPARE, Action.BOARD_DECIDE})

# The head of the unit, and those who keep people's records.
UNDOES_MATCHES = frozenset({Action.POST_MATCH, Action.PEOPLE_EDIT})

# A tuple of actions: all of them are needed.
# Heads of units, those who keep people's records, and those who decide on the board.
MOVES = frozenset({Action.POST_MATCH, Action.PEOPLE_EDIT, Action.BOARD_DECIDE})
# HR in the whole force, and the heads of units in theirs.
SETS_MINIMUMS = frozenset({Action.ESTABLISHMENT_EDIT, Action.POST_MATCH})

Need = str | Action | frozenset[Action] | tuple[Action, ...]
Door = dict[str, Need]


def read(need: Need) -> Door:
    return {"GET": need}


def write(need: Need) -> Door:
    return {"POST": need}


def form(need: Need) -> Door:
    return {"GET": need, "POST": need}


SIGN_IN: dict[str, Door] = {
    "account_login": form(PUBLIC),
    "account_logout": form(PUBLIC),
    "account_inactive": read(PUBLIC),
    "account_reauthenticate": form(SIGNED_IN),
    "account_change_password": form(SIGNED_IN),
    "account_set_password": form(SIGNED_IN),
    "account_reset_password": form(PUBLIC),
    "account_reset_password_done": read(PUBLIC),
    "account_reset_password_from_key": form(PUBLIC),
    "account_reset_password_from_key_done": read(PUBLIC),
    "mfa_index": read(SIGNED_IN),
    # Only on the way in, after the password; else a redirect.
    "mfa_authenticate": form(PUBLIC),
    "mfa_reauthenticate": form(SIGNED_IN),
    "mfa_activate_totp": form(SIGNED_IN),
    "mfa_deactivate_totp": form(OWN),
    "mfa_view_recovery_codes": read(OWN),
    "mfa_generate_recovery_codes": form(SIGNED_IN),
    "mfa_list_webauthn": read(SIGNED_IN),
    "mfa_add_webauthn": form(SIGNED_IN),
    "mfa_login_webauthn": form(PUBLIC),
    # A passkey that is not accepted leads to the sign-in page, which sends those who are signed in on.
    "mfa_reauthenticate_webauthn": {"GET": SIGNED_IN, "POST": PUBLIC},
    "mfa_remove_webauthn": form(OWN),
    "mfa_edit_webauthn": form(OWN),
    "openid_connect_login": write(PUBLIC),
    "openid_connect_callback": read(PUBLIC),
    "socialaccount_login_cancelled": read(PUBLIC),
}

SITE: dict[str, Door] = {
    "health-live": read(PUBLIC),
    "health-ready": read(PUBLIC),
    "accessibility": read(PUBLIC),
    "components": form(PUBLIC),
    "home": read(SIGNED_IN),
    "start": read(MEMBER),
    "charts:image": read(SIGNED_IN),
    "charts:waiting": read(SIGNED_IN),
    "api-docs": read(SIGNED_IN),
    "api-docs-resource": read(SIGNED_IN),
    "api-schema": read(SIGNED_IN),
    "api-root": read(SIGNED_IN),
    "accounts:me": read(SIGNED_IN),
    "accounts:sessions-end": write(SIGNED_IN),
    # Another's form is said to be kept no longer, as is one that never was.
    "accounts:kept-form": read(SIGNED_IN),
    "accounts:token-new": form(SIGNED_IN),
    "accounts:token-end": form(OWN),
    "accounts:members": read(Action.ACCOUNTS_EDIT),
    "accounts:member-new": form(Action.ACCOUNTS_EDIT),
    "accounts:member": form(Action.ACCOUNTS_EDIT),
    "accounts:member-end": form(Action.ACCOUNTS_EDIT),
    "accounts:member-renew": form(Action.ACCOUNTS_EDIT),
    "accounts:member-password": write(Action.ACCOUNTS_EDIT),
    "accounts:member-unlock": write(Action.ACCOUNTS_EDIT),
    "accounts:member-factors": form(Action.ACCOUNTS_EDIT),
    "history:access-requests": read(ANSWERS_ACCESS),
    "history:access-request-new": form(ANSWERS_ACCESS),
    "history:access-request": read(ANSWERS_ACCESS),
    "history:access-request-extend": form(ANSWERS_ACCESS),
    "history:access-request-close": form(ANSWERS_ACCESS),
    "history:access-request-prepare": write(ANSWERS_ACCESS),
    "history:access-request-download": write(ANSWERS_ACCESS),
    "history:access-request-progress": read(ANSWERS_ACCESS),
    "history:changes": read(Action.HISTORY_VIEW),
    "history:sensitive-reads": read(Action.HISTORY_VIEW),
    "history:record": form(Action.HISTORY_VIEW),
    "history:retention": read(Action.HISTORY_VIEW),
    "history:retention-run": read(Action.HISTORY_VIEW),
    "history:retention-rule-new": form(Action.RETENTION_EDIT),
    "history:retention-rule": read(Action.RETENTION_EDIT),
    "history:retention-rule-change": form(Action.RETENTION_EDIT),
    "history:retention-rule-apply": form(Action.RETENTION_EDIT),
    "history:legal-hold-new": form(Action.RETENTION_EDIT),
    "history:legal-hold-lift": form(Action.RETENTION_EDIT),
    "history:life": form(Action.HISTORY_VIEW),
    "history:action": read(Action.HISTORY_VIEW),
    "mail:outbox": read(Action.OUTBOX_VIEW),
    "mail:message": read(Action.OUTBOX_VIEW),
    "mail:message-html": read(Action.OUTBOX_VIEW),
    "mail:attachment": read(Action.OUTBOX_VIEW),
}

IMPORTS: dict[str, Door] = {
    "imports:list": read(Action.IMPORT_RUN),
    "imports:batch": read(Action.IMPORT_RUN),
    "imports:progress": read(Action.IMPORT_RUN),
    "imports:sheet": write(Action.IMPORT_RUN),
    "imports:columns": write(Action.IMPORT_RUN),
    "imports:target": write(Action.IMPORT_RUN),
    "imports:mend": write(Action.IMPORT_RUN),
    "imports:full-extract": write(Action.IMPORT_RUN),
    "imports:confirm": write(Action.IMPORT_RUN),
    "imports:undo": form(Action.IMPORT_RUN),
    "imports:discard": form(Action.IMPORT_RUN),
    "imports:rejects": read(Action.IMPORT_RUN),
    "imports:upload": form(Action.IMPORT_RUN),
    "imports:template": read(Action.IMPORT_RUN),
}

WORKFORCE: dict[str, Door] = {
    "establishment:overview": read(Action.ESTABLISHMENT_VIEW),
    "establishment:posts": read(Action.ESTABLISHMENT_VIEW),
    "establishment:postings": read(Action.ESTABLISHMENT_VIEW),
    "establishment:vacancies": read(Action.ESTABLISHMENT_VIEW),
    "establishment:gaps": read(Action.ESTABLISHMENT_VIEW),
    "establishment:post": read(Action.ESTABLISHMENT_VIEW),
    "establishment:post-create": form(Action.ESTABLISHMENT_EDIT),
    "establishment:post-correct": form(Action.ESTABLISHMENT_EDIT),
    "establishment:post-end": form(Action.ESTABLISHMENT_EDIT),
    "establishment:post-reprofile": form(Action.ESTABLISHMENT_EDIT),
    "structure:structure": read(Action.ESTABLISHMENT_VIEW),
    "structure:settings": form(Action.ACCOUNTS_EDIT),
    **{
        f"structure:{path}": read(Action.ESTABLISHMENT_VIEW)
        for path in ("areas", "units", "locations", "ranks", "roles", "funding-sources")
    },
    **{
        f"structure:{kind}{step}": form(Action.ESTABLISHMENT_EDIT)
        if step
        else read(Action.ESTABLISHMENT_VIEW)
        for kind in ("area", "unit", "location", "rank", "role", "funding")
        for step in ("", "-create", "-change", "-remove")
    },
    "structure:unit-move": form(Action.ESTABLISHMENT_EDIT),
    "travel:times": read(Action.ESTABLISHMENT_VIEW),
    "travel:time-add": form(Action.ESTABLISHMENT_EDIT),
    "travel:time": form(Action.ESTABLISHMENT_EDIT),
    "travel:time-remove": form(Action.ESTABLISHMENT_EDIT),
    "structure:unit-close": form(Action.ESTABLISHMENT_EDIT),
    **{
        f"skills:{page}": read(Action.ESTABLISHMENT_VIEW)
        for page in ("overview", "shortages", "matrix", "unit", "skill", "catalogue", "requirements")
    },
    "skills:training": read(Action.ESTABLISHMENT_VIEW),
    "skills:course": read(Action.ESTABLISHMENT_VIEW),
    "skills:people": read(Action.PEOPLE_VIEW),
    "skills:holders": read(Action.PEOPLE_VIEW),
    **{f"skills:{step}": form(Action.SKILLS_EDIT) for step in ("create", "change", "retire", "remove")},
    **{f"skills:requirement-{step}": form(Action.SKILLS_EDIT) for step in ("create", "end", "remove")},
    **{
        f"skills:course-{step}": form(Action.SKILLS_EDIT)
        for step in ("create", "change", "cancel", "remove", "offer")
    },
    "skills:place": form(Action.SKILLS_EDIT),
    "skills:course-ask": form(Action.SKILLS_CONFIRM),
    "skills:to-confirm": form(Action.SKILLS_CONFIRM),
    "skills:decide": form(Action.SKILLS_CONFIRM),
    "skills:record": form(Action.SKILLS_CONFIRM),
    "skills:record-end": form(Action.SKILLS_CONFIRM),
    "skills:record-withdraw": form(Action.SKILLS_CONFIRM),
    "skills:self-assess": form(Action.OWN_RECORD_EDIT),
    "skills:take-back": form(Action.OWN_RECORD_EDIT),
    "people:list": read(Action.PEOPLE_VIEW),
    "people:person": read(Action.PEOPLE_VIEW),
    "people:create": form(Action.PEOPLE_EDIT),
    "people:correct": form(Action.PEOPLE_EDIT),
    "people:leave": form(Action.PEOPLE_EDIT),
    "people:posting-create": form(Action.PEOPLE_EDIT),
    "people:posting-end": form(Action.PEOPLE_EDIT),
    "people:posting-withdraw": form(Action.PEOPLE_EDIT),
    "people:own": read(Action.OWN_RECORD_VIEW),
    "people:user": form(Action.PEOPLE_EDIT),
    "people:absence-create": form(Action.HEALTH_EDIT),
    "people:absence-end": form(Action.HEALTH_EDIT),
    "people:duty-create": form(Action.HEALTH_EDIT),
    "people:duty-end": form(Action.HEALTH_EDIT),
    "joint_units:list": read(Action.ACCOUNTS_EDIT),
    "joint_units:begin": form(Action.ACCOUNTS_EDIT),
    "joint_units:end": form(Action.ACCOUNTS_EDIT),
    "health:reason": form(Action.HEALTH_VIEW),
    "health:record": read(Action.HEALTH_VIEW),
}

BOARDS: dict[str, Door] = {
    "boards:list": read(Action.BOARD_VIEW),
    "boards:series-create": form(Action.BOARD_PREPARE),
    "boards:series-change": form(Action.BOARD_PREPARE),
    "boards:series-close": form(Action.BOARD_PREPARE),
    "boards:board": read(Action.BOARD_VIEW),
    "boards:move": form(Action.BOARD_PREPARE),
    "boards:draw-up": write(Action.BOARD_PREPARE),
    "boards:publish": form(Action.BOARD_PREPARE),
    "boards:changes": read(Action.BOARD_VIEW),
    "boards:changes-rows": read(Action.BOARD_VIEW),
    "boards:note-add": form(Action.BOARD_PREPARE),
    "boards:note-change": form(Action.BOARD_PREPARE),
    "boards:paper": read(Action.BOARD_VIEW),
    "boards:paper-write": write(Action.BOARD_PREPARE),
    "boards:paper-progress": read(Action.BOARD_VIEW),
    "boards:members": read(Action.BOARD_PREPARE),
    "boards:member-add": form(Action.BOARD_PREPARE),
    "boards:member-change": form(Action.BOARD_PREPARE),
    "boards:member-remove": form(Action.BOARD_PREPARE),
    "boards:mailing": form(Action.BOARD_PREPARE),
    "boards:delivery-resend": write(Action.BOARD_PREPARE),
    "boards:joint-list": read(Action.BOARD_VIEW),
    "boards:joint-create": form(Action.BOARD_PREPARE),
    "boards:joint": read(Action.BOARD_VIEW),
    "boards:joint-join": form(Action.BOARD_PREPARE),
    "boards:joint-allocate": form(Action.BOARD_DECIDE),
    "boards:item": read(Action.BOARD_VIEW),
    "boards:item-add": form(Action.BOARD_PREPARE),
    "boards:item-remove": form(Action.BOARD_PREPARE),
    "boards:item-move": form(Action.BOARD_PREPARE),
    "boards:item-restore": write(Action.BOARD_PREPARE),
    "boards:decide": form(Action.BOARD_DECIDE),
    "boards:decision": form(Action.BOARD_DECIDE),
    "boards:decision-withdraw": form(Action.BOARD_DECIDE),
    "boards:decisions": read(Action.BOARD_VIEW),
    "boards:decision-followed": read(Action.BOARD_VIEW),
    "boards:actions": read(Action.BOARD_VIEW),
    "boards:action": {"GET": Action.BOARD_VIEW, "POST": CLOSES_ACTIONS},
    "boards:action-hand-over": form(CLOSES_ACTIONS),
    "boards:action-add": form(Action.BOARD_DECIDE),
    "boards:minutes": read(Action.BOARD_VIEW),
    "boards:notes": form(Action.BOARD_PREPARE),
    "boards:approve": form(Action.BOARD_APPROVE),
    "boards:correct": form(Action.BOARD_APPROVE),
    "boards:suggestions": read(Action.BOARD_VIEW),
    "boards:suggestions-work-out": write(PLANS_MOVES),
    "boards:suggestion-rule": form(PLANS_MOVES),
    "boards:suggestion-rule-lift": write(PLANS_MOVES),
    "boards:suggestion-settings": read(Action.BOARD_VIEW),
    "boards:suggestion-settings-change": form(PLANS_MOVES),
    "boards:suggestion-weight": form(PLANS_MOVES),
    "boards:civilian-role-add": form(PLANS_MOVES),
    "boards:civilian-role-remove": form(PLANS_MOVES),
    "boards:ahead": read(Action.BOARD_VIEW),
    "boards:ahead-work-out": write(PLANS_MOVES),
    "boards:ahead-progress": read(Action.BOARD_VIEW),
    "boards:to-fill": read(Action.POST_MATCH),
    "boards:to-fill-together": form(Action.POST_MATCH),
    "boards:moves": read(MOVES),
    "boards:move-proposal": read(MOVES),
    "boards:move-answer": form(MOVES),
    "boards:move-accept": form(Action.POST_MATCH),
    "boards:move-carry-out": form(Action.POST_MATCH),
    "boards:move-withdraw": form(MOVES),
    "boards:move-follow": read(Action.POST_MATCH),
    "boards:move-follow-with": form(Action.POST_MATCH),
    "boards:chain": read(MOVES),
    "boards:chain-reason": form(Action.POST_MATCH),
    "boards:chain-carry-out": form(Action.POST_MATCH),
    "boards:minimums": read(Action.BOARD_VIEW),
    "boards:minimum-add": form(SETS_MINIMUMS),
    "boards:minimum": form(SETS_MINIMUMS),
    "boards:minimum-remove": form(SETS_MINIMUMS),
    "boards:matching-settings": form(Action.ESTABLISHMENT_EDIT),
    "boards:own-standing": read(Action.OWN_RECORD_EDIT),
    "boards:own-preference": form(Action.OWN_RECORD_EDIT),
    "boards:standing": read(Action.PEOPLE_EDIT),
    "boards:preference": form(Action.PEOPLE_EDIT),
    "boards:flexible-add": form(Action.PEOPLE_EDIT),
    "boards:flexible-end": form(Action.PEOPLE_EDIT),
    "boards:promotion-add": form(Action.PEOPLE_EDIT),
    "boards:promotion-end": form(Action.PEOPLE_EDIT),
    "boards:to-fill-post": read(Action.POST_MATCH),
    "boards:match": form(Action.POST_MATCH),
    "boards:match-undo": form(UNDOES_MATCHES),
}

PROJECTION: dict[str, Door] = {
    **{
        f"projection:{page}": read(Action.BOARD_VIEW)
        for page in (
            "overview",
            "lines",
            "line",
            "runs",
            "run",
            "run-progress",
            "assumptions",
            "plans",
            "scenarios",
            "scenario",
            "back-test",
            "back-test-progress",
        )
    },
    **{
        f"projection:{page}": write(Action.PROJECTION_EDIT)
        for page in ("run-now", "scenario-run", "back-test-run")
    },
    **{
        f"projection:{page}": form(Action.PROJECTION_EDIT)
        for page in (
            "assumption",
            "assumption-clear",
            *(f"{row}{step}" for row in ("intake", "pool", "budget") for step in ("", "-add", "-remove")),
            *(f"scenario-{step}" for step in ("add", "change", "remove")),
            "difference-add",
            "difference-remove",
        )
    },
}

INSPECTION: dict[str, Door] = {
    "inspection:overview": read(Action.SUMMARY_VIEW),
    "inspection:indicator": read(Action.SUMMARY_VIEW),
    "inspection:measure": {"GET": Action.SUMMARY_VIEW, "POST": Action.COMPARISON_EDIT},
    "inspection:take-back": write(Action.COMPARISON_EDIT),
    "inspection:summaries": read(Action.SUMMARY_VIEW),
    "inspection:summary": read(Action.SUMMARY_VIEW),
    "inspection:summary-pdf": read(Action.SUMMARY_VIEW),
    "inspection:summary-progress": read(Action.SUMMARY_VIEW),
    "inspection:send-now": form(Action.SUMMARY_SEND),
    "inspection:retry": write(Action.SUMMARY_SEND),
    "inspection:resend": write(Action.SUMMARY_SEND),
    "inspection:subscriptions": form(Action.SUMMARY_VIEW),
    "inspection:subscription": form(Action.SUMMARY_SEND),
}

PARTS: Door = {"GET": Action.ESTABLISHMENT_VIEW, "POST": Action.ESTABLISHMENT_EDIT}
PART: Door = {
    "GET": Action.ESTABLISHMENT_VIEW,
    "PUT": Action.ESTABLISHMENT_EDIT,
    "DELETE": Action.ESTABLISHMENT_EDIT,
}

PLANS: Door = {"GET": Action.BOARD_VIEW, "POST": Action.PROJECTION_EDIT}
PLAN: Door = {
    "GET": Action.BOARD_VIEW,
    "PUT": Action.PROJECTION_EDIT,
    "DELETE": Action.PROJECTION_EDIT,
}

API: dict[str, Door] = {
    **{
        f"{row}-{end}": door
        for row in ("intake", "promotion-pool", "budget-line", "assumption", "scenario")
        for end, door in (("list", PLANS), ("detail", PLAN))
    },
    "scenario-differences": write(Action.PROJECTION_EDIT),
    "scenario-change-list": read(Action.BOARD_VIEW),
    "scenario-change-detail": {"GET": Action.BOARD_VIEW, "DELETE": Action.PROJECTION_EDIT},
    "planned-change-list": read(Action.BOARD_VIEW),
    "planned-change-detail": read(Action.BOARD_VIEW),
    "projection-list": PLANS,
    "projection-detail": read(Action.BOARD_VIEW),
    "projection-line-list": read(Action.BOARD_VIEW),
    "projection-line-detail": read(Action.BOARD_VIEW),
    "back-test-list": PLANS,
    "back-test-detail": read(Action.BOARD_VIEW),
    "force-list": read(SIGNED_IN),
    "force-detail": {"GET": MEMBER, "PUT": Action.ACCOUNTS_EDIT},
    "area-list": PARTS,
    "area-detail": PART,
    "unit-list": PARTS,
    "unit-detail": PART,
    "unit-move": write(Action.ESTABLISHMENT_EDIT),
    "unit-close": write(Action.ESTABLISHMENT_EDIT),
    "location-list": PARTS,
    "location-detail": PART,
    "me-list": read(SIGNED_IN),
    # A token cannot make tokens, and every request of this walk is made with one.
    "token-list": read(SIGNED_IN),
    "token-detail": {"GET": OWN, "DELETE": OWN},
    "member-list": form(Action.ACCOUNTS_EDIT),
    "member-detail": {"GET": Action.ACCOUNTS_EDIT, "PATCH": Action.ACCOUNTS_EDIT},
    "change-list": read(Action.HISTORY_VIEW),
    "subject-access-list": form(ANSWERS_ACCESS),
    "subject-access-detail": read(ANSWERS_ACCESS),
    "subject-access-extend": write(ANSWERS_ACCESS),
    "subject-access-close": write(ANSWERS_ACCESS),
    "subject-access-prepare": write(ANSWERS_ACCESS),
    "subject-access-download": write(ANSWERS_ACCESS),
    "retention-rule-list": {"GET": Action.HISTORY_VIEW, "POST": Action.RETENTION_EDIT},
    "retention-rule-detail": {"GET": Action.HISTORY_VIEW, "PUT": Action.RETENTION_EDIT},
    "retention-rule-due": read(Action.HISTORY_VIEW),
    "legal-hold-list": {"GET": Action.HISTORY_VIEW, "POST": Action.RETENTION_EDIT},
    "legal-hold-detail": read(Action.HISTORY_VIEW),
    "legal-hold-lift": write(Action.RETENTION_EDIT),
    "retention-run-list": read(Action.HISTORY_VIEW),
    "retention-run-detail": read(Action.HISTORY_VIEW),
    "sensitive-read-list": read(Action.HISTORY_VIEW),
    "sensitive-read-detail": read(Action.HISTORY_VIEW),
    "outbox-list": read(Action.OUTBOX_VIEW),
    "outbox-detail": read(Action.OUTBOX_VIEW),
    "import-list": form(Action.IMPORT_RUN),
    "import-detail": read(Action.IMPORT_RUN),
    "import-check": write(Action.IMPORT_RUN),
    "import-confirm": write(Action.IMPORT_RUN),
    "import-discard": write(Action.IMPORT_RUN),
    "import-issues": read(Action.IMPORT_RUN),
    "import-mend": write(Action.IMPORT_RUN),
    "import-rejects": read(Action.IMPORT_RUN),
    "import-rows": read(Action.IMPORT_RUN),
    "import-undo": write(Action.IMPORT_RUN),
    "rank-list": PARTS,
    "rank-detail": PART,
    "role-list": PARTS,
    "role-detail": PART,
    "funding-source-list": PARTS,
    "funding-source-detail": PART,
    "post-list": {"GET": Action.ESTABLISHMENT_VIEW, "POST": Action.ESTABLISHMENT_EDIT},
    "post-detail": {"GET": Action.ESTABLISHMENT_VIEW, "PUT": Action.ESTABLISHMENT_EDIT},
    "post-end": write(Action.ESTABLISHMENT_EDIT),
    "post-reprofile": write(Action.ESTABLISHMENT_EDIT),
    "establishment-list": read(Action.ESTABLISHMENT_VIEW),
    "vacancy-list": read(Action.ESTABLISHMENT_VIEW),
    "person-list": {"GET": Action.PEOPLE_VIEW, "POST": Action.PEOPLE_EDIT},
    "person-detail": {"GET": Action.PEOPLE_VIEW, "PUT": Action.PEOPLE_EDIT},
    "person-leave": write(Action.PEOPLE_EDIT),
    "posting-list": {"GET": Action.PEOPLE_VIEW, "POST": Action.PEOPLE_EDIT},
    "posting-detail": {"GET": Action.PEOPLE_VIEW, "DELETE": Action.PEOPLE_EDIT},
    "posting-end": write(Action.PEOPLE_EDIT),
    "fill-plan-list": {"GET": Action.BOARD_VIEW, "POST": PLANS_MOVES},
    "fill-plan-detail": read(Action.BOARD_VIEW),
    "move-rule-list": {"GET": Action.BOARD_VIEW, "POST": PLANS_MOVES},
    "move-rule-detail": read(Action.BOARD_VIEW),
    "move-rule-lift": write(PLANS_MOVES),
    "suggestion-settings-list": {"GET": Action.BOARD_VIEW, "POST": PLANS_MOVES},
    "suggestion-settings-detail": read(Action.BOARD_VIEW),
    "role-weight-list": {"GET": Action.BOARD_VIEW, "POST": PLANS_MOVES},
    "role-weight-detail": read(Action.BOARD_VIEW),
    "skill-list": {"GET": Action.ESTABLISHMENT_VIEW, "POST": Action.SKILLS_EDIT},
    "skill-detail": {
        "GET": Action.ESTABLISHMENT_VIEW,
        "PUT": Action.SKILLS_EDIT,
        "DELETE": Action.SKILLS_EDIT,
    },
    "skill-retire": write(Action.SKILLS_EDIT),
    "skill-requirement-list": {"GET": Action.ESTABLISHMENT_VIEW, "POST": Action.SKILLS_EDIT},
    "skill-requirement-detail": {"GET": Action.ESTABLISHMENT_VIEW, "DELETE": Action.SKILLS_EDIT},
    "skill-requirement-end": write(Action.SKILLS_EDIT),
    "person-skill-list": {"GET": Action.PEOPLE_VIEW, "POST": Action.SKILLS_CONFIRM},
    "person-skill-detail": {"GET": Action.PEOPLE_VIEW, "DELETE": Action.SKILLS_CONFIRM},
    "person-skill-confirm": write(Action.SKILLS_CONFIRM),
    "person-skill-refuse": write(Action.SKILLS_CONFIRM),
    "person-skill-end": write(Action.SKILLS_CONFIRM),
    "course-list": {"GET": Action.ESTABLISHMENT_VIEW, "POST": Action.SKILLS_EDIT},
    "course-detail": {
        "GET": Action.ESTABLISHMENT_VIEW,
        "PUT": Action.SKILLS_EDIT,
        "DELETE": Action.SKILLS_EDIT,
    },
    "course-cancel": write(Action.SKILLS_EDIT),
    "course-place-list": {"GET": Action.PEOPLE_VIEW, "POST": Action.SKILLS_CONFIRM},
    "course-place-detail": read(Action.PEOPLE_VIEW),
    "course-place-move": write(Action.SKILLS_EDIT),
    "skill-coverage-list": read(Action.ESTABLISHMENT_VIEW),
    "absence-list": {"GET": Action.HEALTH_VIEW, "POST": Action.HEALTH_EDIT},
    "absence-detail": read(Action.HEALTH_VIEW),
    "absence-end": write(Action.HEALTH_EDIT),
    "limited-duty-list": {"GET": Action.HEALTH_VIEW, "POST": Action.HEALTH_EDIT},
    "limited-duty-detail": read(Action.HEALTH_VIEW),
    "limited-duty-end": write(Action.HEALTH_EDIT),
    "board-series-list": {"GET": Action.BOARD_VIEW, "POST": Action.BOARD_PREPARE},
    "board-series-detail": {"GET": Action.BOARD_VIEW, "PATCH": Action.BOARD_PREPARE},
    "board-series-close": write(Action.BOARD_PREPARE),
    "board-list": read(Action.BOARD_VIEW),
    "board-detail": read(Action.BOARD_VIEW),
    "board-pack": read(Action.BOARD_VIEW),
    "board-paper": read(Action.BOARD_VIEW),
    "board-member-list": {"GET": Action.BOARD_PREPARE, "POST": Action.BOARD_PREPARE},
    "board-member-detail": {
        "GET": Action.BOARD_PREPARE,
        "PATCH": Action.BOARD_PREPARE,
        "DELETE": Action.BOARD_PREPARE,
    },
    "board-minutes": read(Action.BOARD_VIEW),
    "board-draw-up": write(Action.BOARD_PREPARE),
    "board-move": write(Action.BOARD_PREPARE),
    "board-publish": write(Action.BOARD_PREPARE),
    "board-approve": write(Action.BOARD_APPROVE),
    "board-correct": write(Action.BOARD_APPROVE),
    "agenda-item-list": {"GET": Action.BOARD_VIEW, "POST": Action.BOARD_PREPARE},
    "agenda-item-detail": read(Action.BOARD_VIEW),
    "agenda-item-move": write(Action.BOARD_PREPARE),
    "agenda-item-remove": write(Action.BOARD_PREPARE),
    "agenda-item-restore": write(Action.BOARD_PREPARE),
    "board-matter-list": read(Action.BOARD_VIEW),
    "board-matter-detail": read(Action.BOARD_VIEW),
    "decision-effect": write(Action.BOARD_DECIDE),
    "decision-list": {"GET": Action.BOARD_VIEW, "POST": Action.BOARD_DECIDE},
    "decision-detail": {
        "GET": Action.BOARD_VIEW,
        "PUT": Action.BOARD_DECIDE,
        "DELETE": Action.BOARD_DECIDE,
    },
    "board-action-list": {"GET": Action.BOARD_VIEW, "POST": Action.BOARD_DECIDE},
    "board-action-detail": read(Action.BOARD_VIEW),
    "board-action-close": write(CLOSES_ACTIONS),
    "board-action-hand-over": write(CLOSES_ACTIONS),
    "move-list": read(MOVES) | write(Action.POST_MATCH),
    "move-detail": read(MOVES),
    "move-candidates": read(Action.POST_MATCH),
    "move-answer": write(MOVES),
    "move-accept": write(Action.POST_MATCH),
    "move-carry-out": write(Action.POST_MATCH),
    "move-withdraw": write(MOVES),
    "move-follow": write(Action.POST_MATCH),
    "move-chain-list": read(MOVES),
    "move-chain-detail": read(MOVES) | {"PUT": Action.POST_MATCH},
    "move-chain-carry-out": write(Action.POST_MATCH),
    "minimum-strength-list": read(Action.BOARD_VIEW) | write(SETS_MINIMUMS),
    "minimum-strength-detail": read(Action.BOARD_VIEW) | {"PUT": SETS_MINIMUMS, "DELETE": SETS_MINIMUMS},
    "matching-settings-list": read(Action.BOARD_VIEW) | write(Action.ESTABLISHMENT_EDIT),
    "matching-settings-detail": read(Action.BOARD_VIEW) | {"PUT": Action.ESTABLISHMENT_EDIT},
    "move-preference-list": form(Action.PEOPLE_EDIT),
    "move-preference-detail": read(Action.PEOPLE_EDIT) | {"PUT": Action.PEOPLE_EDIT},
    "flexible-working-list": form(Action.PEOPLE_EDIT),
    "flexible-working-detail": read(Action.PEOPLE_EDIT),
    "flexible-working-end": write(Action.PEOPLE_EDIT),
    "promotion-place-list": form(Action.PEOPLE_EDIT),
    "promotion-place-detail": read(Action.PEOPLE_EDIT),
    "promotion-place-end": write(Action.PEOPLE_EDIT),
    "travel-time-list": read(Action.ESTABLISHMENT_VIEW) | write(Action.ESTABLISHMENT_EDIT),
    "travel-time-detail": read(Action.ESTABLISHMENT_VIEW)
    | {"PUT": Action.ESTABLISHMENT_EDIT, "DELETE": Action.ESTABLISHMENT_EDIT},
    "travel-time-between": read(Action.ESTABLISHMENT_VIEW),
    "post-to-fill-list": read(Action.BOARD_VIEW),
    "post-to-fill-detail": read(Action.BOARD_VIEW),
    "post-to-fill-match": write(Action.POST_MATCH),
    "post-to-fill-undo": write(UNDOES_MATCHES),
    "indicator-list": read(Action.SUMMARY_VIEW),
    "comparison-list": read(Action.SUMMARY_VIEW),
    "comparison-exclusion-list": {"GET": Action.SUMMARY_VIEW, "POST": Action.COMPARISON_EDIT},
    "comparison-exclusion-detail": {"GET": Action.SUMMARY_VIEW, "DELETE": Action.COMPARISON_EDIT},
    "summary-list": {"GET": Action.SUMMARY_VIEW, "POST": Action.SUMMARY_SEND},
    "summary-detail": read(Action.SUMMARY_VIEW),
    "summary-pdf": read(Action.SUMMARY_VIEW),
    "summary-retry": write(Action.SUMMARY_SEND),
    "subscription-list": form(Action.SUMMARY_SEND),
    "subscription-detail": read(Action.SUMMARY_SEND),
    "delivery-list": read(Action.SUMMARY_SEND),
    "delivery-detail": read(Action.SUMMARY_SEND),
    "delivery-resend": write(Action.SUMMARY_SEND),
}

DOORS: dict[str, Door] = SIGN_IN | SITE | IMPORTS | WORKFORCE | BOARDS | PROJECTION | INSPECTION | API

# Addresses that also open to those who may do it in some units or with their own record, and show no more.
# Everywhere else an action must reach through the whole force.
NARROWED = frozenset(
    {
        "establishment:overview",
        "establishment:posts",
        "establishment:postings",
        "establishment:vacancies",
        "establishment:gaps",
        "establishment:post",
        "skills:people",
        "skills:holders",
        "skills:course-ask",
        "skills:to-confirm",
        "skills:decide",
        "skills:record",
        "skills:record-end",
        "skills:record-withdraw",
        "skills:self-assess",
        "skills:take-back",
        "person-skill-list",
        "person-skill-detail",
        "person-skill-confirm",
        "person-skill-refuse",
        "person-skill-end",
        "course-place-list",
        "course-place-detail",
        "people:list",
        "people:person",
        "people:own",
        "boards:to-fill",
        "boards:to-fill-post",
        "boards:to-fill-together",
        "boards:moves",
        "boards:move-proposal",
        "boards:move-answer",
        "boards:move-accept",
        "boards:move-carry-out",
        "boards:move-withdraw",
        "boards:move-follow",
        "boards:move-follow-with",
        "boards:chain",
        "boards:chain-reason",
        "boards:chain-carry-out",
        "boards:minimum-add",
        "boards:minimum",
        "boards:minimum-remove",
        "boards:own-standing",
        "boards:own-preference",
        "move-list",
        "move-detail",
        "move-candidates",
        "move-answer",
        "move-accept",
        "move-carry-out",
        "move-withdraw",
        "move-follow",
        "move-chain-list",
        "move-chain-detail",
        "move-chain-carry-out",
        "minimum-strength-list",
        "minimum-strength-detail",
        "boards:match",
        "boards:match-undo",
        "post-list",
        "post-detail",
        "person-list",
        "person-detail",
        "posting-list",
        "posting-detail",
        "post-to-fill-match",
        "post-to-fill-undo",
    }
)

# Everything under /admin/: all its pages ask one question, in one place (SiteAdmin.has_permission).
ADMIN_DOOR: Door = form(SUPERUSER)


def door_of(name: str) -> Door:
    """What the address with this name needs. Raises KeyError for an address that has no line here."""
    return ADMIN_DOOR if name.startswith(("admin:", "[admin/")) else DOORS[name]
