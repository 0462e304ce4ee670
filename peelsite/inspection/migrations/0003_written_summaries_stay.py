"""A written summary never changes: PostgreSQL refuses it, whoever asks."""

from django.db import migrations

RULES = """
CREATE FUNCTION inspection_summary_stays() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state = 'written' THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'inspection_summary_stays', MESSAGE =
            'A written summary never changes and is never removed; write a new issue instead.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER inspection_summary_stays BEFORE UPDATE OR DELETE ON inspection_summary
    FOR EACH ROW EXECUTE FUNCTION inspection_summary_stays();
"""

DROP = """
DROP TRIGGER inspection_summary_stays ON inspection_summary;
DROP FUNCTION inspection_summary_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("inspection", "0002_summaries")]

    operations = [migrations.RunSQL(RULES, DROP)]
