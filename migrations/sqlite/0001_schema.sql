-- The first schema. Keep it in step with ../postgres/0001_schema.sql: same tables, same columns, same meaning.
-- Instants are milliseconds since 1970 (UTC) in columns named <verb>_at; booleans are 0 or 1; JSON is TEXT.

CREATE TABLE calendar (
    calendar_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

-- Never changed once written: tickets depend on it.
CREATE TABLE calendar_version (
    calendar_version_id INTEGER PRIMARY KEY,
    calendar_id INTEGER NOT NULL REFERENCES calendar,
    version INTEGER NOT NULL,
    spec TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (calendar_id, version)
) STRICT;

CREATE TABLE policy (
    policy_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

-- Never changed once written: a ticket keeps the version it was created under.
CREATE TABLE policy_version (
    policy_version_id INTEGER PRIMARY KEY,
    policy_id INTEGER NOT NULL REFERENCES policy,
    version INTEGER NOT NULL,
    targets TEXT NOT NULL,
    calendar_version_id INTEGER NOT NULL REFERENCES calendar_version,
    created_at INTEGER NOT NULL,
    UNIQUE (policy_id, version)
) STRICT;

CREATE TABLE organisation (
    organisation_id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    hue INTEGER NOT NULL,
    chroma INTEGER NOT NULL,
    mark TEXT NOT NULL,
    welcome_en TEXT NOT NULL DEFAULT '',
    welcome_nl TEXT NOT NULL DEFAULT '',
    -- For staff only.
    note TEXT NOT NULL DEFAULT '',
    own_tickets_only INTEGER NOT NULL DEFAULT 0,
    account_manager_id INTEGER REFERENCES user_account,
    policy_version_id INTEGER NOT NULL REFERENCES policy_version,
    next_number INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE organisation_link (
    organisation_link_id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    position INTEGER NOT NULL,
    title_en TEXT NOT NULL,
    title_nl TEXT NOT NULL,
    url TEXT NOT NULL
) STRICT;
CREATE INDEX organisation_link_by_organisation ON organisation_link (organisation_id, position);

-- Accounts ------------------------------------------------------------------------------------------------------

CREATE TABLE user_account (
    user_id INTEGER PRIMARY KEY,
    -- NULL exactly for staff.
    organisation_id INTEGER REFERENCES organisation,
    -- In lower case.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- PHC string; NULL until the invitation is accepted.
    password_hash TEXT,
    -- BCP 47 tag; NULL follows the browser.
    locale TEXT,
    created_at INTEGER NOT NULL,
    invited_by_id INTEGER REFERENCES user_account,
    deactivated_at INTEGER,
    CHECK ((organisation_id IS NULL) = (role IN ('agent', 'account_manager', 'admin')))
) STRICT;
CREATE INDEX user_account_by_organisation ON user_account (organisation_id, name);

CREATE TABLE session (
    session_id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_account,
    -- SHA-256 of the token, base64url; the token itself is only in the cookie.
    token_hash TEXT NOT NULL UNIQUE,
    device TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE link_token (
    link_token_id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_account,
    -- invitation or reset.
    kind TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX link_token_by_user ON link_token (user_id, kind);

CREATE TABLE sign_in_attempt (
    sign_in_attempt_id INTEGER PRIMARY KEY,
    -- What is limited: account:<hash of the address> or address:<ip>.
    subject TEXT NOT NULL,
    tried_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_attempt_by_subject ON sign_in_attempt (subject, tried_at);
CREATE INDEX sign_in_attempt_by_time ON sign_in_attempt (tried_at);

-- Forms, articles, notices --------------------------------------------------------------------------------------

CREATE TABLE form (
    form_id INTEGER PRIMARY KEY,
    -- NULL: shared by all organisations.
    organisation_id INTEGER REFERENCES organisation,
    slug TEXT NOT NULL,
    icon TEXT NOT NULL,
    position INTEGER NOT NULL,
    title_en TEXT NOT NULL,
    title_nl TEXT NOT NULL,
    summary_en TEXT NOT NULL,
    summary_nl TEXT NOT NULL,
    fields TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE UNIQUE INDEX form_by_slug ON form (slug, coalesce(organisation_id, 0));

CREATE TABLE article (
    article_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    title_en TEXT NOT NULL,
    title_nl TEXT NOT NULL,
    body_en TEXT NOT NULL,
    body_nl TEXT NOT NULL
) STRICT;

CREATE TABLE notice (
    notice_id INTEGER PRIMARY KEY,
    -- NULL: for all organisations.
    organisation_id INTEGER REFERENCES organisation,
    heading_en TEXT NOT NULL,
    heading_nl TEXT NOT NULL,
    body_en TEXT NOT NULL,
    body_nl TEXT NOT NULL,
    link_title_en TEXT NOT NULL DEFAULT '',
    link_title_nl TEXT NOT NULL DEFAULT '',
    link_url TEXT NOT NULL DEFAULT '',
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_by_end ON notice (ends_at);

-- Tickets -------------------------------------------------------------------------------------------------------

CREATE TABLE ticket (
    ticket_id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    number INTEGER NOT NULL,
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    close_reason TEXT,
    priority TEXT NOT NULL,
    channel TEXT NOT NULL,
    form_id INTEGER NOT NULL REFERENCES form,
    requester_id INTEGER NOT NULL REFERENCES user_account,
    assignee_id INTEGER REFERENCES user_account,
    confidential INTEGER NOT NULL DEFAULT 0,
    policy_version_id INTEGER NOT NULL REFERENCES policy_version,
    created_at INTEGER NOT NULL,
    -- The rest is computed from the events, in the transaction that writes them.
    accepted_at INTEGER,
    resolved_at INTEGER,
    closed_at INTEGER,
    last_event_id INTEGER NOT NULL DEFAULT 0,
    last_public_event_id INTEGER NOT NULL DEFAULT 0,
    -- The message with support's question while status is waiting.
    question_id INTEGER,
    review_due_at INTEGER,
    review_stopped_at INTEGER,
    resolution_due_at INTEGER,
    resolution_paused_at INTEGER,
    consumed INTEGER NOT NULL DEFAULT 0,
    -- The deadline that comes first, and when it becomes at risk. Without a deadline: numbers near the largest, in the
    -- order paused, resolved, closed (backend::desk::ticket).
    sort_due_at INTEGER NOT NULL DEFAULT 9223372036854775807,
    risk_at INTEGER NOT NULL DEFAULT 9223372036854775807,
    -- Both timelines as JSON.
    clocks TEXT NOT NULL DEFAULT '',
    UNIQUE (organisation_id, number)
) STRICT;
CREATE INDEX ticket_by_activity ON ticket (organisation_id, last_public_event_id);
CREATE INDEX ticket_by_age ON ticket (organisation_id, ticket_id);
CREATE INDEX ticket_by_deadline ON ticket (organisation_id, sort_due_at, ticket_id DESC);
-- Holds all that the totals of a list ask for.
CREATE INDEX ticket_by_status ON ticket (organisation_id, status, confidential, requester_id, ticket_id);
CREATE INDEX ticket_by_requester ON ticket (requester_id, last_public_event_id);
CREATE INDEX ticket_open_by_deadline ON ticket (sort_due_at, ticket_id DESC) WHERE status <> 'closed';
CREATE INDEX ticket_open_by_assignee ON ticket (assignee_id, sort_due_at) WHERE status <> 'closed';
CREATE INDEX ticket_resolved ON ticket (resolved_at) WHERE status = 'resolved';

CREATE TABLE ticket_answer (
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    position INTEGER NOT NULL,
    label_en TEXT NOT NULL,
    label_nl TEXT NOT NULL,
    value_en TEXT NOT NULL,
    value_nl TEXT NOT NULL,
    PRIMARY KEY (ticket_id, position)
) STRICT;

CREATE TABLE message (
    message_id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    -- public or internal.
    visibility TEXT NOT NULL,
    -- customer or support.
    side TEXT NOT NULL,
    author_id INTEGER REFERENCES user_account,
    channel TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_by_ticket ON message (ticket_id, message_id);

-- Append only: the audit log, and all that the clocks are computed from.
CREATE TABLE event (
    event_id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    happened_at INTEGER NOT NULL,
    -- NULL for the system.
    actor_id INTEGER REFERENCES user_account,
    actor_is_staff INTEGER NOT NULL,
    channel TEXT NOT NULL,
    visibility TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_ticket ON event (ticket_id, event_id);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are immutable'); END;

CREATE TABLE attachment (
    attachment_id INTEGER PRIMARY KEY,
    -- NULL while it waits to be sent.
    message_id INTEGER REFERENCES message,
    uploader_id INTEGER NOT NULL REFERENCES user_account,
    -- The draft it goes with; empty once sent.
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    -- Below LOKET_DATA/files.
    path TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_by_message ON attachment (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX attachment_staged ON attachment (uploader_id, place) WHERE message_id IS NULL;

CREATE TABLE participant (
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    user_id INTEGER NOT NULL REFERENCES user_account,
    PRIMARY KEY (ticket_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_by_user ON participant (user_id);

-- Up to which event a person has seen a ticket.
CREATE TABLE read_mark (
    user_id INTEGER NOT NULL REFERENCES user_account,
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    event_id INTEGER NOT NULL,
    PRIMARY KEY (user_id, ticket_id)
) STRICT, WITHOUT ROWID;

-- Continued as, or a duplicate of.
CREATE TABLE ticket_link (
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    other_id INTEGER NOT NULL REFERENCES ticket,
    -- continues or duplicates.
    kind TEXT NOT NULL,
    PRIMARY KEY (ticket_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_link_by_other ON ticket_link (other_id);

CREATE TABLE draft (
    user_id INTEGER NOT NULL REFERENCES user_account,
    place TEXT NOT NULL,
    entries TEXT NOT NULL,
    problems TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_age ON draft (saved_at);

-- Makes a repeated submit of one page harmless.
CREATE TABLE raise_nonce (
    user_id INTEGER NOT NULL REFERENCES user_account,
    nonce TEXT NOT NULL,
    ticket_id INTEGER REFERENCES ticket,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX raise_nonce_by_age ON raise_nonce (used_at);

-- Search: one row per subject and per message, folded to lower-case words. Public and internal words are in two
-- indexes; a customer's search never opens the second.
CREATE TABLE search_text (
    search_text_id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    visibility TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search_public USING fts5 (
    ticket_id UNINDEXED, words,
    content = 'search_text', content_rowid = 'search_text_id', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
CREATE VIRTUAL TABLE search_internal USING fts5 (
    ticket_id UNINDEXED, words,
    content = 'search_text', content_rowid = 'search_text_id', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
CREATE TRIGGER search_text_public AFTER INSERT ON search_text WHEN new.visibility = 'public' BEGIN
    INSERT INTO search_public (rowid, ticket_id, words) VALUES (new.search_text_id, new.ticket_id, new.words);
END;
CREATE TRIGGER search_text_internal AFTER INSERT ON search_text WHEN new.visibility = 'internal' BEGIN
    INSERT INTO search_internal (rowid, ticket_id, words) VALUES (new.search_text_id, new.ticket_id, new.words);
END;

-- Work to do ----------------------------------------------------------------------------------------------------

CREATE TABLE outbox (
    outbox_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    to_email TEXT NOT NULL,
    to_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    ticket_id INTEGER REFERENCES ticket,
    created_at INTEGER NOT NULL,
    -- When it is tried next.
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    sent_at INTEGER
) STRICT;
CREATE INDEX outbox_unsent ON outbox (due_at) WHERE sent_at IS NULL;

CREATE TABLE job (
    job_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    leased_until_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    done_at INTEGER
) STRICT;
CREATE INDEX job_undone ON job (due_at) WHERE done_at IS NULL;
