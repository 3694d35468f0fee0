use kit_sql::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "admin audit, outbox of events, letters",
    text: "
        CREATE TABLE events_audit (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            at BIGINT NOT NULL,
            category TEXT NOT NULL,
            actor_id TEXT,
            actor_organization_id TEXT,
            actor_name TEXT NOT NULL,
            actor_email TEXT NOT NULL,
            actor_roles TEXT NOT NULL,
            actor_address TEXT NOT NULL,
            actor_user_agent TEXT NOT NULL,
            tracking_id TEXT NOT NULL,
            description TEXT NOT NULL,
            action_text TEXT NOT NULL,
            target_kind TEXT,
            target_id TEXT,
            target_name TEXT,
            setting TEXT,
            previous_value TEXT,
            new_value TEXT
        );
        CREATE INDEX events_audit_by_time ON events_audit (organization_id, at, id);
        -- What happened and was not yet handed to every webhook and stream that may hear of it.
        CREATE TABLE events_outbox (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            at BIGINT NOT NULL,
            kind TEXT NOT NULL,
            subject_key TEXT NOT NULL,
            payload TEXT NOT NULL
        );
        CREATE INDEX events_outbox_by_time ON events_outbox (at, id);
        CREATE TABLE events_letter (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            recipient TEXT NOT NULL,
            subject TEXT NOT NULL,
            paragraphs TEXT NOT NULL,
            link_words TEXT,
            link_path TEXT,
            once_key TEXT UNIQUE,
            sent_at BIGINT,
            tries BIGINT NOT NULL,
            next_try_at BIGINT NOT NULL,
            last_error TEXT NOT NULL
        );
        CREATE INDEX events_letter_waiting ON events_letter (sent_at, next_try_at);
    ",
}];
