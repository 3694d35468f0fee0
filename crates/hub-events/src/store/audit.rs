use kit::{Result, Timestamp, Uuid};
use kit_sql::{Transaction, sql};

use crate::{Actor, AuditEntry};

pub(crate) async fn insert(on: &mut Transaction, id: Uuid, at: Timestamp, entry: &AuditEntry) -> Result<()> {
    let AuditEntry {
        organization_id,
        actor,
        category,
        description,
        action_text,
        target,
        setting,
        previous_value,
        new_value,
    } = entry;
    let (actor_id, actor_organization, name, email, roles) = match actor {
        Actor::Person {
            id,
            organization_id,
            name,
            email,
            roles,
        } => (
            Some(id.uuid().to_string()),
            Some(organization_id.uuid().to_string()),
            name.as_str(),
            email.as_str(),
            roles.join("\n"),
        ),
        Actor::Program(name) => (None, None, name.as_str(), "", String::new()),
    };
    let origin = kit_web::current_origin();
    sql("INSERT INTO events_audit (id, organization_id, at, category, actor_id, actor_organization_id, actor_name, actor_email, actor_roles,
            actor_address, actor_user_agent, tracking_id, description, action_text, target_kind, target_id, target_name, setting, previous_value, new_value)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)")
    .bind(id)
    .bind(organization_id.uuid())
    .bind(at)
    .bind(category.word())
    .bind(actor_id)
    .bind(actor_organization)
    .bind(name)
    .bind(email)
    .bind(roles)
    .bind(origin.address)
    .bind(origin.user_agent)
    .bind(kit_web::current_tracking_id())
    .bind(description.as_str())
    .bind(action_text.as_str())
    .bind(target.as_ref().map(|target| target.kind))
    .bind(target.as_ref().map(|target| target.id.clone()))
    .bind(target.as_ref().map(|target| target.name.clone()))
    .bind(setting.clone())
    .bind(previous_value.clone())
    .bind(new_value.clone())
    .run(on)
    .await?;
    Ok(())
}
