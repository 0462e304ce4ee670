"""Tables without history, each with its reason. A test fails for a table that is neither here nor tracked."""

_LOG = "only ever added to: it is a record of what happened itself, and the seals cover it"
_DJANGO = "Django's own list of the code's models; no person changes it"
_NO_GROUPS = "groups are not used: roles are memberships, which are tracked"
_WORKING = "working rows of an import that is being checked; what it changes is tracked where it is changed"
_OF_A_SIGN_IN = "comes and goes with a sign-in; what the signed-in person changes is tracked"
_SECRETS = "holds a secret and when it was last used, changed at each sign-in"
_PLAN = "a plan as it was worked out, written once with who asked and when; another plan is another row"

UNTRACKED = {
    "pghistory.Context": _LOG,
    "history.HistorySeal": _LOG,
    "history.HistoryRedaction": _LOG,
    "audit.SensitiveRead": _LOG,
    "audit.RetentionRun": _LOG,
    "accounts.SignIn": _LOG,
    "admin.LogEntry": "the admin pages' own record of what superusers did there; nothing changes it",
    "contenttypes.ContentType": _DJANGO,
    "auth.Permission": _DJANGO,
    "auth.Group": _NO_GROUPS,
    "auth.Group_permissions": _NO_GROUPS,
    "accounts.User_groups": _NO_GROUPS,
    "accounts.User_user_permissions": _NO_GROUPS,
    "sessions.Session": _OF_A_SIGN_IN,
    "accounts.Session": _OF_A_SIGN_IN,
    "account.EmailAddress": "a copy of the user's address, which is tracked with the user",
    "account.EmailConfirmation": _OF_A_SIGN_IN,
    "mfa.Authenticator": _SECRETS,
    "socialaccount.SocialApp": "set in the site's settings, not in the table",
    "socialaccount.SocialAccount": _OF_A_SIGN_IN,
    "socialaccount.SocialToken": _SECRETS,
    "web.SentForm": "keys of pages that were sent, so that one sent twice has one effect; gone in two days",
    "jobs.Job": "progress of long work; the row says who asked, when and what came of it, and then stays",
    "mail.OutboxMessage": "written once and never changed",
    "charts.RenderedChart": "drawings, made again from their figures at any time",
    "imports.ImportRow": _WORKING,
    "imports.ImportIssue": _WORKING,
    "imports.ImportEffect": "which rows an import touched, so that it can be undone; the rows are tracked",
    "workforce.FillChance": _PLAN,
    "workforce.FillPlan": _PLAN,
    "workforce.FillNeed": _PLAN,
    "workforce.FillMove": _PLAN,
    "inspection.NationalWorkforce": "published figures, replaced as a whole; their file is tracked",
    "workforce.ProjectionLine": "figures of a run, written once with it; PostgreSQL refuses any change",
    "workforce.BackTest": "figures worked out from the records, written once; PostgreSQL refuses any change",
}
