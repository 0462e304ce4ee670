"""The one way out of the history: rows that a rule of retention removes, each leaving its digest behind."""

from django.db import migrations

# Runs as the owner of the tables, so that the site's own role needs no right to delete. Whoever calls it leaves
# a row for each row removed; a digest that is not the sealed one breaks the chain, so nothing goes unseen.
REMOVE = """
CREATE OR REPLACE FUNCTION peelsite_history_remove(
    wanted text, key text, ids bigint[], originals text[], why text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    guards text[] := ARRAY(
        SELECT tgname::text FROM pg_trigger
        WHERE tgrelid = to_regclass(quote_ident(wanted)) AND tgname LIKE 'pgtrigger_append_only%');
    removed bigint;
BEGIN
    IF cardinality(guards) = 0 THEN
        RAISE EXCEPTION '% is no table of the history', wanted;
    END IF;
    INSERT INTO history_historyredaction ("table", row_id, original, "left", reason, at)
        SELECT wanted, id, original, '', why, now() FROM unnest(ids, originals) AS gone (id, original);
    PERFORM set_config('pgtrigger.ignore', guards::text, true);
    EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1)', wanted, key) USING ids;
    GET DIAGNOSTICS removed = ROW_COUNT;
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    IF removed <> cardinality(ids) THEN
        RAISE EXCEPTION '% of % rows of % were there to be removed', removed, cardinality(ids), wanted;
    END IF;
    RETURN removed;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [("history", "0002_contexts_for_all")]

    operations = [
        migrations.RunSQL(
            REMOVE,
            "DROP FUNCTION IF EXISTS peelsite_history_remove(text, text, bigint[], text[], text)",
        )
    ]
