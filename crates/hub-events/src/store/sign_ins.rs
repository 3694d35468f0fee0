use kit::{Result, Timestamp, Uuid};
use kit_sql::{Transaction, sql};

use crate::SignInEvent;

pub(crate) async fn insert(on: &mut Transaction, id: Uuid, at: Timestamp, event: &SignInEvent) -> Result<()> {
    let SignInEvent {
        organization_id,
        person_id,
        name,
        email,
        roles,
        kind,
        action_text,
    } = event;
    let origin = kit_web::current_origin();
    sql("INSERT INTO events_sign_in (id, organization_id, at, kind, person_id, name, email, roles, address, user_agent, tracking_id, action_text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(id)
    .bind(organization_id.uuid())
    .bind(at)
    .bind(kind.word())
    .bind(person_id.map(|person| person.uuid().to_string()))
    .bind(name.as_str())
    .bind(email.as_str())
    .bind(roles.join("\n"))
    .bind(origin.address)
    .bind(origin.user_agent)
    .bind(kit_web::current_tracking_id())
    .bind(action_text.as_str())
    .run(on)
    .await?;
    Ok(())
}
