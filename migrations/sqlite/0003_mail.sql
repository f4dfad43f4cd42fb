-- Mail in, mail out, and what people are told. Keep it in step with ../postgres/0003_mail.sql.

-- Out -----------------------------------------------------------------------------------------------------------

ALTER TABLE outbox ADD COLUMN user_id INTEGER REFERENCES user_account;
-- The same words as HTML; empty: plain text alone.
ALTER TABLE outbox ADD COLUMN html TEXT NOT NULL DEFAULT '';
-- Message-ID without its brackets: the same each time it is tried. Empty: of before there were any.
ALTER TABLE outbox ADD COLUMN message_id TEXT NOT NULL DEFAULT '';
-- Of the thread: ids without brackets, separated by spaces.
ALTER TABLE outbox ADD COLUMN in_reply_to TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN refs TEXT NOT NULL DEFAULT '';
-- Beside our address; empty: Loket's own name.
ALTER TABLE outbox ADD COLUMN from_name TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';
-- List-Id, without its brackets.
ALTER TABLE outbox ADD COLUMN list_id TEXT NOT NULL DEFAULT '';
-- Where one click ends mails like this one; empty where they cannot be ended.
ALTER TABLE outbox ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT '';
-- When it was given up; an admin may try it again.
ALTER TABLE outbox ADD COLUMN dead_at INTEGER;
DROP INDEX outbox_unsent;
CREATE INDEX outbox_unsent ON outbox (due_at) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;
CREATE UNIQUE INDEX outbox_by_message_id ON outbox (message_id) WHERE message_id <> '';
CREATE INDEX outbox_by_ticket ON outbox (ticket_id, user_id, outbox_id) WHERE ticket_id IS NOT NULL;

-- What someone is told of a ticket: in the portal, and by mail when mail_at says so. Until now only warnings.
ALTER TABLE notification RENAME TO notification_before;
DROP INDEX notification_unread;
DROP INDEX notification_read;
CREATE TABLE notification (
    notification_id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_account,
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    -- domain::notice::NoticeKind.
    kind TEXT NOT NULL,
    -- What it tells of; NULL for warnings.
    event_id INTEGER REFERENCES event,
    -- Of warnings: the clock and its due time.
    clock TEXT NOT NULL DEFAULT '',
    due_at INTEGER,
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    -- From when on it may leave by mail, together with whatever else waits for this person then. NULL: not at all, or gone.
    mail_at INTEGER,
    -- It belongs to a daily digest, not to the mails of its ticket.
    daily INTEGER NOT NULL DEFAULT 0,
    -- The mail that told it.
    outbox_id INTEGER REFERENCES outbox
) STRICT;
INSERT INTO notification (notification_id, user_id, ticket_id, kind, clock, due_at, created_at, read_at)
SELECT notification_id, user_id, ticket_id, kind, clock, due_at, created_at, read_at FROM notification_before;
DROP TABLE notification_before;
CREATE INDEX notification_unread ON notification (user_id, notification_id) WHERE read_at IS NULL;
CREATE INDEX notification_read ON notification (user_id, notification_id) WHERE read_at IS NOT NULL;
CREATE INDEX notification_to_mail ON notification (mail_at) WHERE mail_at IS NOT NULL;

-- Where it differs from what a kind does by itself.
CREATE TABLE mail_preference (
    user_id INTEGER NOT NULL REFERENCES user_account,
    kind TEXT NOT NULL,
    -- now, daily, portal.
    delivery TEXT NOT NULL,
    PRIMARY KEY (user_id, kind)
) STRICT, WITHOUT ROWID;

-- Names a person in the address of "unsubscribe"; made with the first mail that has one.
ALTER TABLE user_account ADD COLUMN mail_token TEXT;
CREATE UNIQUE INDEX user_account_by_mail_token ON user_account (mail_token) WHERE mail_token IS NOT NULL;
-- Mail to this address came back: since when, and what the other server said.
ALTER TABLE user_account ADD COLUMN bounced_at INTEGER;
ALTER TABLE user_account ADD COLUMN bounce TEXT NOT NULL DEFAULT '';

-- What a person has signed in with before.
CREATE TABLE known_device (
    user_id INTEGER NOT NULL REFERENCES user_account,
    device TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, device)
) STRICT, WITHOUT ROWID;
INSERT INTO known_device (user_id, device, seen_at) SELECT user_id, device, max(seen_at) FROM session GROUP BY user_id, device;

-- In ------------------------------------------------------------------------------------------------------------

-- The address that answers to a ticket's mails go to: names the ticket and the person it was given to.
CREATE TABLE reply_address (
    token TEXT PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    user_id INTEGER NOT NULL REFERENCES user_account,
    created_at INTEGER NOT NULL,
    UNIQUE (ticket_id, user_id)
) STRICT, WITHOUT ROWID;

-- Whoever writes from here may belong to that organisation.
CREATE TABLE organisation_domain (
    -- In lower case.
    domain TEXT PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    added_by_id INTEGER REFERENCES user_account,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_domain_by_organisation ON organisation_domain (organisation_id);

-- Every message that arrived, whatever became of it. The message itself is a file below LOKET_DATA.
CREATE TABLE inbound (
    inbound_id INTEGER PRIMARY KEY,
    -- Which of our mailboxes.
    mailbox TEXT NOT NULL,
    -- What makes it arrive once: Message-ID and a hash of what was written; see backend::desk::mail.
    identity TEXT NOT NULL,
    -- imap, pipe, lmtp.
    door TEXT NOT NULL,
    message_id TEXT NOT NULL DEFAULT '',
    from_email TEXT NOT NULL DEFAULT '',
    from_name TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    -- Below LOKET_DATA/files.
    path TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- person, or the kind of automatic mail: reply, bounce, list, own, flood.
    kind TEXT NOT NULL,
    -- delivered (is on a ticket), quarantine, suggested (waits for its sender to be confirmed), refused, kept, dismissed.
    state TEXT NOT NULL,
    -- Why, as a slug of backend::desk::mail.
    reason TEXT NOT NULL DEFAULT '',
    -- Our receiver vouches for the sender.
    verified INTEGER NOT NULL DEFAULT 0,
    -- Whom it claims to be from.
    user_id INTEGER REFERENCES user_account,
    -- Whose domain it is from.
    organisation_id INTEGER REFERENCES organisation,
    ticket_id INTEGER REFERENCES ticket,
    -- The entry of the thread it became.
    entry_id INTEGER REFERENCES message,
    handled_at INTEGER,
    handled_by_id INTEGER REFERENCES user_account,
    UNIQUE (mailbox, identity)
) STRICT;
CREATE INDEX inbound_waiting ON inbound (state, inbound_id) WHERE state IN ('quarantine', 'suggested');
CREATE INDEX inbound_by_message_id ON inbound (message_id) WHERE message_id <> '';
CREATE INDEX inbound_by_sender ON inbound (from_email, received_at);
CREATE INDEX inbound_by_ticket ON inbound (ticket_id) WHERE ticket_id IS NOT NULL;

-- Someone who wrote from an organisation's domain and whom nobody knows yet.
CREATE TABLE suggested_member (
    suggested_member_id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by_id INTEGER REFERENCES user_account,
    accepted INTEGER NOT NULL DEFAULT 0,
    UNIQUE (email)
) STRICT;
CREATE INDEX suggested_member_open ON suggested_member (suggested_member_id) WHERE decided_at IS NULL;

-- Whom one neutral confirmation was sent to, though we do not know them; forgotten after a while.
CREATE TABLE stranger (
    email TEXT PRIMARY KEY,
    answered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was quoted or signed under a mailed message: folded away in the thread.
ALTER TABLE message ADD COLUMN history TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN inbound_id INTEGER REFERENCES inbound;
-- Nobody vouched for its sender.
ALTER TABLE message ADD COLUMN unverified INTEGER NOT NULL DEFAULT 0;
-- Not written by a person: reply, bounce, list, own, flood; empty otherwise.
ALTER TABLE message ADD COLUMN automatic TEXT NOT NULL DEFAULT '';
-- Who sent it, where that is nobody we know.
ALTER TABLE message ADD COLUMN sender TEXT NOT NULL DEFAULT '';

-- Of images that stand in the text of a mail.
ALTER TABLE attachment ADD COLUMN content_id TEXT NOT NULL DEFAULT '';
