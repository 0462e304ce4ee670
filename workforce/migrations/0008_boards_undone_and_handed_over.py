"""What may still change about a board's records: a match taken back whole, a minuted action handed over.

A match goes back to waiting or stays as it is; its person is not exchanged. Another date of a minuted action
needs the row of ActionHandover that says who gave it, when and why; such a row stays as it is written.
"""

from django.db import migrations

RULES = r"""
CREATE OR REPLACE FUNCTION workforce_posttofill_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state = 'matched' AND (TG_OP = 'DELETE' OR (NEW IS DISTINCT FROM OLD AND NOT (
        NEW.state = 'waiting'
        AND (NEW.id, NEW.force_id, NEW.decision_id, NEW.post_id)
            = (OLD.id, OLD.force_id, OLD.decision_id, OLD.post_id)
    ))) THEN
        PERFORM workforce_refuse('workforce_posttofill_matched_once', format(
            'A person is already matched to post %s. Take the match back if it was wrong.',
            (SELECT reference FROM workforce_post WHERE id = OLD.post_id)));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION workforce_boardaction_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM workforce_minutes_open(NEW.board_id);
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM workforce_minutes_open(OLD.board_id);
        RETURN OLD;
    ELSE
        IF (NEW.force_id, NEW.board_id, NEW.decision_id, NEW.text)
            IS DISTINCT FROM (OLD.force_id, OLD.board_id, OLD.decision_id, OLD.text)
            OR (NEW.due_on <> OLD.due_on AND NOT EXISTS (
                SELECT 1 FROM workforce_actionhandover handover
                WHERE handover.action_id = NEW.id
                    AND (handover.due_before, handover.due_on) = (OLD.due_on, NEW.due_on)
            )) THEN
            PERFORM workforce_minutes_open(OLD.board_id);
            IF NEW.board_id <> OLD.board_id THEN
                PERFORM workforce_minutes_open(NEW.board_id);
            END IF;
        END IF;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION workforce_actionhandover_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM workforce_refuse('workforce_actionhandover_stays',
        'That an action was handed over stays on its record. Hand it over again instead.');
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_actionhandover_rule BEFORE UPDATE OR DELETE ON workforce_actionhandover
    FOR EACH ROW EXECUTE FUNCTION workforce_actionhandover_rule();
CREATE TRIGGER workforce_actionhandover_kept BEFORE TRUNCATE ON workforce_actionhandover
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_board_kept();
"""

OLD_RULES = r"""
DROP TRIGGER workforce_actionhandover_kept ON workforce_actionhandover;
DROP TRIGGER workforce_actionhandover_rule ON workforce_actionhandover;
DROP FUNCTION workforce_actionhandover_rule;

CREATE OR REPLACE FUNCTION workforce_boardaction_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM workforce_minutes_open(NEW.board_id);
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM workforce_minutes_open(OLD.board_id);
        RETURN OLD;
    ELSIF (NEW.force_id, NEW.board_id, NEW.decision_id, NEW.text, NEW.due_on)
        IS DISTINCT FROM (OLD.force_id, OLD.board_id, OLD.decision_id, OLD.text, OLD.due_on) THEN
        PERFORM workforce_minutes_open(OLD.board_id);
        IF NEW.board_id <> OLD.board_id THEN
            PERFORM workforce_minutes_open(NEW.board_id);
        END IF;
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION workforce_posttofill_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state = 'matched' AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        PERFORM workforce_refuse('workforce_posttofill_matched_once', format(
            'A person is already matched to post %s. End that posting if the match was wrong.',
            (SELECT reference FROM workforce_post WHERE id = OLD.post_id)));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("workforce", "0007_boards_handed_over_and_closed")]

    operations = [migrations.RunSQL(RULES, OLD_RULES)]
