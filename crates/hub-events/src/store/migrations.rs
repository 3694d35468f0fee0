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
}, Migration {
    number: 2,
    name: "webhooks, event streams, sign-ins",
    text: "
        ALTER TABLE events_audit ADD COLUMN search TEXT NOT NULL DEFAULT '';
        ALTER TABLE events_letter ADD COLUMN sent_by TEXT NOT NULL DEFAULT '';
        ALTER TABLE events_letter ADD COLUMN given_up_at BIGINT;
        ALTER TABLE events_letter ADD COLUMN lease_number BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE events_letter ADD COLUMN leased_until BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX events_letter_of_organization ON events_letter (organization_id, created_at, id);
        -- Its place among the events of its subject: whoever records takes the next one and holds the subject until the
        -- transaction ends, so that nobody ever sees a later event of a subject without the earlier ones.
        ALTER TABLE events_outbox ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
        CREATE TABLE events_subject (
            subject_key TEXT PRIMARY KEY,
            last_number BIGINT NOT NULL,
            last_at BIGINT NOT NULL
        );
        -- Whoever hands out holds the row with this name meanwhile.
        CREATE TABLE events_turn (
            name TEXT PRIMARY KEY,
            number BIGINT NOT NULL
        );
        CREATE TABLE events_webhook (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            person_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            grant_id TEXT NOT NULL,
            name TEXT NOT NULL,
            target_url TEXT NOT NULL,
            resource TEXT NOT NULL,
            event TEXT NOT NULL,
            filter TEXT,
            secret TEXT,
            owned_by TEXT NOT NULL,
            sees_organization BOOLEAN NOT NULL,
            status TEXT NOT NULL,
            status_reason TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            failures BIGINT NOT NULL,
            failing_since BIGINT,
            rest_until BIGINT NOT NULL,
            lease_number BIGINT NOT NULL,
            leased_until BIGINT NOT NULL
        );
        CREATE INDEX events_webhook_of_owner ON events_webhook (person_id, client_id, created_at, id);
        CREATE INDEX events_webhook_of_organization ON events_webhook (organization_id, status, resource);
        CREATE TABLE events_delivery (
            id TEXT PRIMARY KEY,
            webhook_id TEXT NOT NULL REFERENCES events_webhook (id) ON DELETE CASCADE,
            body TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            place BIGINT NOT NULL,
            tries BIGINT NOT NULL,
            next_try_at BIGINT NOT NULL,
            last_error TEXT NOT NULL
        );
        CREATE INDEX events_delivery_due ON events_delivery (next_try_at, webhook_id);
        CREATE INDEX events_delivery_of_webhook ON events_delivery (webhook_id, created_at, place);
        CREATE TABLE events_stream (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            person_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            grant_id TEXT NOT NULL,
            sees_organization BOOLEAN NOT NULL,
            is_administrative BOOLEAN NOT NULL,
            method TEXT NOT NULL,
            endpoint_url TEXT,
            authorization_header TEXT,
            description TEXT NOT NULL,
            events_requested TEXT NOT NULL,
            status TEXT NOT NULL,
            status_reason TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            ended_at BIGINT,
            doubtful_since BIGINT,
            last_number BIGINT NOT NULL,
            verified_at BIGINT NOT NULL,
            failures BIGINT NOT NULL,
            failing_since BIGINT,
            rest_until BIGINT NOT NULL,
            lease_number BIGINT NOT NULL,
            leased_until BIGINT NOT NULL
        );
        CREATE INDEX events_stream_of_owner ON events_stream (person_id, client_id, created_at, id);
        CREATE INDEX events_stream_of_organization ON events_stream (organization_id);
        CREATE TABLE events_set (
            id TEXT PRIMARY KEY,
            stream_id TEXT NOT NULL REFERENCES events_stream (id) ON DELETE CASCADE,
            number BIGINT NOT NULL,
            subject_key TEXT NOT NULL,
            claims TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            tries BIGINT NOT NULL,
            next_try_at BIGINT NOT NULL,
            last_error TEXT NOT NULL
        );
        CREATE INDEX events_set_in_order ON events_set (stream_id, number);
        CREATE INDEX events_set_of_subject ON events_set (stream_id, subject_key, number);
        CREATE TABLE events_sign_in (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            at BIGINT NOT NULL,
            kind TEXT NOT NULL,
            person_id TEXT,
            name TEXT NOT NULL,
            email TEXT NOT NULL,
            roles TEXT NOT NULL,
            address TEXT NOT NULL,
            user_agent TEXT NOT NULL,
            tracking_id TEXT NOT NULL,
            action_text TEXT NOT NULL
        );
        CREATE INDEX events_sign_in_by_time ON events_sign_in (organization_id, at, id);
    ",
}];
