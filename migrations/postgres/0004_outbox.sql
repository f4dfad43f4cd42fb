-- What the outbox forgets. Keep it in step with ../sqlite/0004_outbox.sql.

-- Links with which one becomes somebody: until now they stayed in mails that had left or were given up.
UPDATE outbox SET body = '', html = ''
 WHERE kind IN ('invitation', 'reset') AND (sent_at IS NOT NULL OR dead_at IS NOT NULL);

-- What is to be forgotten of mails that left, the oldest first: all of those about no ticket, of the others what they said.
CREATE INDEX outbox_to_delete ON outbox (sent_at) WHERE ticket_id IS NULL AND sent_at IS NOT NULL;
CREATE INDEX outbox_to_empty ON outbox (sent_at) WHERE ticket_id IS NOT NULL AND sent_at IS NOT NULL AND body <> '';
-- A mail that is deleted is looked for here.
CREATE INDEX notification_by_outbox ON notification (outbox_id) WHERE outbox_id IS NOT NULL;
