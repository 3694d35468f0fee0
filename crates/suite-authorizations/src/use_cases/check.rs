use kit::{Error, Result};
use suite_tenancy::{Action, Actor, AuditEntry, Customer, CustomerId};
use webex::{Person, PublicId, ResourceKind, Role};
use webex_client::{ClientError, ErrorKind, WebexClient};

use super::examine::is_full_admin;
use crate::Authorizations;
use crate::model::{CheckOutcome, CheckReport, Finding, Grant, GrantState, IntegrationKey, Verdict};
use crate::store::grants::StoredGrant;
use crate::store::{checks, grants};

impl Authorizations {
    /// Asks the platform whether the authorization is alive and good for its work. What was asked and what was
    /// answered is kept and shown.
    pub async fn check(
        &self,
        actor: &Actor,
        customer: CustomerId,
        integration: IntegrationKey,
    ) -> Result<CheckReport> {
        actor.require(Action::CheckAuthorization, Some(customer))?;
        let customer = self.parts().tenancy.customer(actor, customer).await?;
        let name = integration.integration().name;
        let before = grants::find(&self.parts().database, customer.id, integration)
            .await?
            .ok_or_else(|| {
                Error::conflict(format!(
                    "{name} is not authorized for {}, so there is nothing to check.",
                    customer.name
                ))
            })?;
        // Who asks wants to know now, not after the pause that a failed renewal made; and a refusal may have been a mistake.
        grants::forget_failures(&self.parts().database, before.grant.id).await?;
        let mut findings = Vec::new();
        if before.grant.state.is_dead() {
            findings.push(self.try_to_revive(&before).await);
        }
        if findings.iter().all(|finding| finding.verdict != Verdict::Wrong) {
            let client = self.impatient_client(self.tokens_of(customer.id, integration));
            findings.extend(questions(&client, &customer, integration, self.now()).await);
        }
        let report = CheckReport {
            checked_at: self.now(),
            checked_by: actor.name.clone(),
            findings,
        };
        self.keep_report(actor, &customer, integration, &report).await?;
        Ok(report)
    }

    async fn try_to_revive(&self, stored: &StoredGrant) -> Finding {
        const ASKED: &str = "Does the platform renew it after all?";
        match self.renew_once_more(stored).await {
            Ok(_) => Finding::new(ASKED, Verdict::Fine, "Yes: the authorization is alive again."),
            Err(error) => Finding::new(ASKED, Verdict::Wrong, error.to_string()),
        }
    }

    async fn keep_report(
        &self,
        actor: &Actor,
        customer: &Customer,
        integration: IntegrationKey,
        report: &CheckReport,
    ) -> Result<()> {
        let mut transaction = self.parts().database.begin().await?;
        checks::put(&mut transaction, customer.id, integration, report).await?;
        if let Some(stored) = grants::find(&mut transaction, customer.id, integration).await?
            && let Some(state) = state_after(&stored.grant, report)
        {
            grants::set_state(
                &mut transaction,
                stored.grant.id,
                stored.grant.generation,
                &state,
                report.checked_at,
            )
            .await?;
        }
        let detail = match (report.outcome(), report.worst()) {
            (CheckOutcome::Passed, _) | (_, None) => "Everything is as it should be.".to_owned(),
            (_, Some(finding)) => format!("{}: {}", finding.asked, finding.answered),
        };
        let entry = AuditEntry {
            actor,
            customer: Some(customer.id),
            verb: "authorization.checked",
            subject: integration.integration().name.to_owned(),
            detail,
        };
        self.parts().tenancy.record(&mut transaction, entry).await?;
        transaction.commit().await
    }
}

/// What a check makes of the state. Only Active and Degraded are a check's to say: the others come from renewals.
fn state_after(grant: &Grant, report: &CheckReport) -> Option<GrantState> {
    if !matches!(grant.state, GrantState::Active | GrantState::Degraded { .. }) {
        return None;
    }
    let state = match (report.outcome(), report.worst()) {
        (CheckOutcome::Passed, _) => GrantState::Active,
        (CheckOutcome::Failed, Some(finding)) => GrantState::Degraded {
            reason: finding.answered.clone(),
            since: report.checked_at,
        },
        // What is not known changes nothing.
        (CheckOutcome::Doubtful, _) | (CheckOutcome::Failed, None) => return None,
    };
    Some(state.going_on_from(&grant.state))
}

async fn questions(
    client: &WebexClient,
    customer: &Customer,
    integration: IntegrationKey,
    now: kit::Timestamp,
) -> Vec<Finding> {
    const EXPIRY: &str = "When does the token end? (GET /authorizations/tokenExpiry)";
    const ME: &str = "Who authorized, and may they still? (GET /people/me)";
    let mut findings = vec![match client.authorization_expiry().await {
        Ok(expiry) => Finding::new(
            EXPIRY,
            Verdict::Fine,
            format!(
                "It is accepted and ends at {}; it is renewed before.",
                expiry.ends_at()
            ),
        ),
        Err(error) => failed(EXPIRY, &error),
    }];
    if findings.iter().any(|finding| finding.verdict == Verdict::Wrong) {
        return findings;
    }
    match client.me().await {
        Ok(person) => {
            findings.push(about_the_person(ME, &person, customer));
            findings.extend(super::probes::probe(client, integration, &person, now).await);
        }
        Err(error) => findings.push(failed(ME, &error)),
    }
    findings
}

fn about_the_person(asked: &str, person: &Person, customer: &Customer) -> Finding {
    let name = format!(
        "{} <{}>",
        person.display_name,
        person.emails.first().map_or("", String::as_str)
    );
    let organization = PublicId::parse_uuid(ResourceKind::Organization, &person.org_id)
        .map(|uuid| uuid.hyphenated().to_string())
        .ok();
    if organization != customer.organization_id {
        return Finding::new(
            asked,
            Verdict::Wrong,
            format!("{name} belongs to another organization than this customer."),
        );
    }
    if person.login_enabled == Some(false) {
        return Finding::new(asked, Verdict::Wrong, format!("{name} may not sign in any more."));
    }
    if !is_full_admin(person) {
        let role = Role::FullAdministrator.name();
        return Finding::new(
            asked,
            Verdict::Wrong,
            format!("{name} is no {role} any more. Give the role back, or let another {role} authorize."),
        );
    }
    Finding::new(asked, Verdict::Fine, format!("{name}, Full Administrator."))
}

/// What a failed call says about the authorization.
pub(super) fn failed(asked: &str, error: &ClientError) -> Finding {
    let verdict = match error.kind {
        ErrorKind::NoAuthorization | ErrorKind::Unauthorized | ErrorKind::Forbidden => Verdict::Wrong,
        _ => Verdict::Doubtful,
    };
    Finding::new(asked, verdict, error.to_string())
}
