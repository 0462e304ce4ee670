"""Who and what stands behind every change, also of those that no page, job or command announced."""

from django.db import migrations

# In place of pghistory's own. Without a context announced by the site there is one for each transaction, with
# the database role that signed in and what it called itself. A context never changes once a row leans on it,
# and is written once a transaction, not once a row.
ATTACH = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    written uuid := NULLIF(current_setting('peelsite.context_written', true), '')::uuid;
    given uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;
    told jsonb := NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb;
BEGIN
    IF given IS NULL OR told IS NULL THEN
        given := NULLIF(current_setting('peelsite.context_id', true), '')::uuid;
        IF given IS NULL THEN
            given := gen_random_uuid();
            PERFORM set_config('peelsite.context_id', given::text, true);
        END IF;
        told := jsonb_build_object(
            'role', session_user, 'application', current_setting('application_name', true));
    END IF;
    IF written IS DISTINCT FROM given THEN
        INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
            VALUES (given, told, now(), now()) ON CONFLICT (id) DO NOTHING;
        PERFORM set_config('peelsite.context_written', given::text, true);
    END IF;
    RETURN given;
END $$
"""

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION peelsite_context_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of pghistory_context say who changed what: they are never changed or deleted';
END $$;
DROP TRIGGER IF EXISTS peelsite_append_only ON pghistory_context;
CREATE TRIGGER peelsite_append_only BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION peelsite_context_append_only();
"""

REVERSE = """
DROP TRIGGER IF EXISTS peelsite_append_only ON pghistory_context;
DROP FUNCTION IF EXISTS peelsite_context_append_only();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("history", "0001_history_seals"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(ATTACH, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, REVERSE),
    ]
