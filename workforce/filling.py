"""How full a post is over time, in SQL: the same arithmetic as migration 0002's rule, over planned
postings."""


def present_sql(holdings: str) -> str:
    """SELECT post_id, person, row_no, fte, span: where people really are.

    `holdings` is a table (post_id, person, row_no, fte, during, is_away,
        is_supernumerary) with every posting of
    the posts looked at and every away posting of the people in them. Someone acting, on temporary promotion,
    attached or seconded out is in that post and not in the substantive one; supernumerary postings fill
        nothing.
    """
    return f"""
        SELECT filling.post_id, filling.person, filling.row_no, filling.fte,
               unnest(CASE WHEN filling.is_away THEN datemultirange(filling.during)
                      ELSE datemultirange(filling.during) - COALESCE(away.spans,
                          '{{}}'::datemultirange) END) AS span
        FROM {holdings} filling
        LEFT JOIN (
            SELECT person, range_agg(during) AS spans FROM {holdings} WHERE is_away GROUP BY person
        ) away ON away.person = filling.person
        WHERE filling.post_id IS NOT NULL AND NOT filling.is_supernumerary
    """


def levels_sql(present: str) -> str:
    """SELECT post_id, day, filled: the FTE in each post from each day on which it changes."""
    return f"""
        SELECT post_id, day, sum(sum(step)) OVER (PARTITION BY post_id ORDER BY day) AS filled
        FROM (
            SELECT post_id, lower(span) AS day, fte AS step FROM {present}
            UNION ALL
            SELECT post_id, upper(span), -fte FROM {present} WHERE NOT upper_inf(span)
        ) steps
        GROUP BY post_id, day
    """
