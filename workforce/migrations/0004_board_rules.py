"""What a board may no longer change, held by PostgreSQL.

A pack is frozen when its board is published, the minutes when they are approved. Row-level triggers lock the
board's row first (FOR SHARE), so that whoever writes while it is being published or approved waits and then sees
the new state. Every refusal is error code 23514 with the name of the rule as the constraint and a sentence.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION workforce_board_state(board bigint, OUT state text, OUT held_on text) LANGUAGE plpgsql AS
$$
BEGIN
    SELECT found.state, workforce_day(found.held_on) INTO state, held_on
    FROM workforce_board found WHERE found.id = board FOR SHARE;
END
$$;

CREATE FUNCTION workforce_refuse_approved(held_on text) RETURNS void LANGUAGE sql AS
$$
    SELECT workforce_refuse('workforce_minutes_are_approved', format(
        'The minutes of the board of %s are approved, and nothing in them can change. '
        'Add a correction to the minutes instead.', held_on))
$$;

CREATE FUNCTION workforce_pack_open(board bigint) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE found record;
BEGIN
    SELECT * INTO found FROM workforce_board_state(board);
    IF found.state <> 'scheduled' THEN
        PERFORM workforce_refuse('workforce_pack_is_frozen', format(
            'The pack of the board of %s is published, and nothing in it can change. '
            'What is wrong in it is said at the meeting and stands in its minutes.', found.held_on));
    END IF;
END
$$;

CREATE FUNCTION workforce_minutes_open(board bigint) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE found record;
BEGIN
    SELECT * INTO found FROM workforce_board_state(board);
    IF found.state = 'approved' THEN
        PERFORM workforce_refuse_approved(found.held_on);
    ELSIF found.state = 'scheduled' THEN
        PERFORM workforce_refuse('workforce_decision_on_a_published_pack', format(
            'The pack of the board of %s is not published yet. Publish it first: decisions and actions rest on '
            'its figures.', found.held_on));
    END IF;
END
$$;

-- Rows of the pack: agenda items, strength table, actions carried.
CREATE FUNCTION workforce_pack_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM workforce_pack_open(OLD.board_id);
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.board_id <> OLD.board_id) THEN
        PERFORM workforce_pack_open(NEW.board_id);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION workforce_decision_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM workforce_minutes_open((SELECT board_id FROM workforce_agendaitem WHERE id = OLD.item_id));
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.item_id <> OLD.item_id) THEN
        PERFORM workforce_minutes_open((SELECT board_id FROM workforce_agendaitem WHERE id = NEW.item_id));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION workforce_decisionpost_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM workforce_minutes_open((
            SELECT item.board_id FROM workforce_decision decision
            JOIN workforce_agendaitem item ON item.id = decision.item_id WHERE decision.id = OLD.decision_id));
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.decision_id <> OLD.decision_id) THEN
        PERFORM workforce_minutes_open((
            SELECT item.board_id FROM workforce_decision decision
            JOIN workforce_agendaitem item ON item.id = decision.item_id WHERE decision.id = NEW.decision_id));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

-- An action's words, date and place are minutes; who does it and how it stands goes on.
CREATE FUNCTION workforce_boardaction_rule() RETURNS trigger LANGUAGE plpgsql AS
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

CREATE FUNCTION workforce_board_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state = 'approved' THEN
        IF TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD THEN
            PERFORM workforce_refuse_approved(workforce_day(OLD.held_on));
        END IF;
    ELSIF OLD.state = 'published' AND (
        TG_OP = 'DELETE' OR NEW.state = 'scheduled'
        OR (NEW.id, NEW.force_id, NEW.series_id, NEW.nominal_on, NEW.pack_on, NEW.published_by_id,
            NEW.published_at, NEW.pack_digest)
           IS DISTINCT FROM (OLD.id, OLD.force_id, OLD.series_id, OLD.nominal_on, OLD.pack_on, OLD.published_by_id,
            OLD.published_at, OLD.pack_digest)
    ) THEN
        PERFORM workforce_refuse('workforce_pack_is_frozen', format(
            'The pack of the board of %s is published, and nothing in it can change. '
            'What is wrong in it is said at the meeting and stands in its minutes.', workforce_day(OLD.held_on)));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION workforce_minutecorrection_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE found record;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT * INTO found FROM workforce_board_state(OLD.board_id);
        PERFORM workforce_refuse('workforce_correction_stays', format(
            'A correction of the minutes of the board of %s can no longer change. Add another one.',
            found.held_on));
    END IF;
    SELECT * INTO found FROM workforce_board_state(NEW.board_id);
    IF found.state <> 'approved' THEN
        PERFORM workforce_refuse('workforce_correction_of_approved_minutes', format(
            'The minutes of the board of %s are not approved yet. Change them instead of adding a correction.',
            found.held_on));
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION workforce_posttofill_rule() RETURNS trigger LANGUAGE plpgsql AS
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

CREATE FUNCTION workforce_board_kept() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM workforce_refuse('workforce_board_records_are_kept', format(
        'Table %s holds records of boards and is never emptied.', TG_TABLE_NAME));
    RETURN NULL;
END
$$;
"""

ROW_RULES = {
    "workforce_agendaitem": ("INSERT OR UPDATE OR DELETE", "workforce_pack_rule"),
    "workforce_packline": ("INSERT OR UPDATE OR DELETE", "workforce_pack_rule"),
    "workforce_carriedaction": ("INSERT OR UPDATE OR DELETE", "workforce_pack_rule"),
    "workforce_decision": ("INSERT OR UPDATE OR DELETE", "workforce_decision_rule"),
    "workforce_decisionpost": ("INSERT OR UPDATE OR DELETE", "workforce_decisionpost_rule"),
    "workforce_boardaction": ("INSERT OR UPDATE OR DELETE", "workforce_boardaction_rule"),
    "workforce_board": ("UPDATE OR DELETE", "workforce_board_rule"),
    "workforce_minutecorrection": ("INSERT OR UPDATE OR DELETE", "workforce_minutecorrection_rule"),
    "workforce_posttofill": ("UPDATE OR DELETE", "workforce_posttofill_rule"),
}
FUNCTION_NAMES = [
    *dict.fromkeys(function + "()" for _, function in ROW_RULES.values()),
    "workforce_board_kept()",
    "workforce_minutes_open(bigint)",
    "workforce_pack_open(bigint)",
    "workforce_refuse_approved(text)",
    "workforce_board_state(bigint)",
]

TRIGGERS = "\n".join(
    f"""
CREATE TRIGGER {table}_rule BEFORE {events} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_board_kept();
"""
    for table, (events, function) in ROW_RULES.items()
)
DROP = "\n".join(
    [f"DROP TRIGGER {table}_rule ON {table};\nDROP TRIGGER {table}_kept ON {table};" for table in ROW_RULES]
    + [f"DROP FUNCTION {name};" for name in FUNCTION_NAMES]
)


class Migration(migrations.Migration):
    dependencies = [("workforce", "0003_boards")]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, DROP)]
