-- Administration of time. Keep it in step with ../postgres/0002_time.sql.

-- Who saved a version; NULL for what Loket came with.
ALTER TABLE calendar_version ADD COLUMN saved_by_id INTEGER REFERENCES user_account;
ALTER TABLE policy_version ADD COLUMN saved_by_id INTEGER REFERENCES user_account;

-- Tickets follow calendars, not versions of them: each clock says from when on it is measured on which calendar. Until now
-- all clocks of a ticket were measured on the one calendar of its policy version.
UPDATE ticket SET clocks = substr(clocks, 1, length(clocks) - 1)
    || ',"measures":[{"kind":"review","from":' || (SELECT min(e.happened_at) FROM event e WHERE e.ticket_id = ticket.ticket_id)
    || ',"calendar_id":' || (SELECT c.calendar_id FROM policy_version v
                               JOIN calendar_version c ON c.calendar_version_id = v.calendar_version_id
                              WHERE v.policy_version_id = ticket.policy_version_id)
    || '},{"kind":"resolution","from":' || (SELECT min(e.happened_at) FROM event e WHERE e.ticket_id = ticket.ticket_id)
    || ',"calendar_id":' || (SELECT c.calendar_id FROM policy_version v
                               JOIN calendar_version c ON c.calendar_version_id = v.calendar_version_id
                              WHERE v.policy_version_id = ticket.policy_version_id)
    || '}],"schedules":[]}'
 WHERE clocks <> '';

-- When a warning may be due next; the largest number: none. Set back to risk_at by every change of the ticket.
ALTER TABLE ticket ADD COLUMN warn_at INTEGER NOT NULL DEFAULT 9223372036854775807;
UPDATE ticket SET warn_at = risk_at;
CREATE INDEX ticket_to_warn ON ticket (warn_at) WHERE status IN ('new', 'in_progress', 'waiting');

-- Who changed what about calendars and policies.
CREATE TABLE admin_event (
    admin_event_id INTEGER PRIMARY KEY,
    happened_at INTEGER NOT NULL,
    -- NULL for the system.
    actor_id INTEGER REFERENCES user_account,
    calendar_id INTEGER REFERENCES calendar,
    policy_id INTEGER REFERENCES policy,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX admin_event_by_calendar ON admin_event (calendar_id, admin_event_id) WHERE calendar_id IS NOT NULL;
CREATE INDEX admin_event_by_policy ON admin_event (policy_id, admin_event_id) WHERE policy_id IS NOT NULL;

-- A warning that was given. Its key is what makes each be given once, whoever gives it.
CREATE TABLE warning (
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    -- review, resolution.
    clock TEXT NOT NULL,
    -- at_risk, breached.
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (ticket_id, clock, kind, due_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE notification (
    notification_id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_account,
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    clock TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    read_at INTEGER
) STRICT;
CREATE INDEX notification_unread ON notification (user_id, notification_id) WHERE read_at IS NULL;
CREATE INDEX notification_read ON notification (user_id, notification_id) WHERE read_at IS NOT NULL;

-- The calendar feed of an agent's deadlines: one a person.
CREATE TABLE feed (
    user_id INTEGER PRIMARY KEY REFERENCES user_account,
    -- SHA-256 of the token, base64url; the token itself is only in the address that was shown once.
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    read_at INTEGER
) STRICT;
