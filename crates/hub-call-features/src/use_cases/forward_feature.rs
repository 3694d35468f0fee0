use hub_directory::public_api::{
    FULL_ADMIN, NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require,
};
use hub_directory::{Caller, LocationId};
use hub_numbers::OwnerKind;
use kit::{Error, Result, Uuid};
use kit_sql::Transaction;
use serde_json::Value;
use webex::{PublicId, ResourceKind};

use crate::CallFeatures;
use crate::model::fields::Fields;
use crate::model::forwarding::{Forwarding, ForwardingRule};
use crate::store::forwarding;

/// A hunt group, a queue or an auto attendant at its location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FeatureRef {
    pub(crate) kind: OwnerKind,
    pub(crate) location_id: LocationId,
    pub(crate) id: Uuid,
}

impl CallFeatures {
    /// How calls to a feature are forwarded.
    pub(crate) async fn show_forwarding(
        &self,
        caller: &Caller,
        feature: FeatureRef,
    ) -> Result<(Forwarding, Vec<ForwardingRule>)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let on = self.database();
        if !forwarding::is_there(on.into(), caller.organization_id, feature).await? {
            return Err(Error::not_found(NOT_FOUND));
        }
        Ok((
            forwarding::of_feature(on.into(), feature.id).await?,
            forwarding::rules(on.into(), feature.id).await?,
        ))
    }

    /// Changes what the body names of it; a list of rules switches those that it names on and off.
    pub(crate) async fn change_forwarding(
        &self,
        caller: &Caller,
        feature: FeatureRef,
        body: &Value,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let body = Fields::of_body(body)?;
        let mut transaction = self.feature_to_change(caller, feature).await?;
        let forward = body
            .object("callForwarding")?
            .ok_or_else(|| body.missing("callForwarding"))?;
        let mut settings = forwarding::of_feature((&mut transaction).into(), feature.id).await?;
        settings.apply(&forward)?;
        let mut rules = forwarding::rules((&mut transaction).into(), feature.id).await?;
        for item in forward.objects("rules")?.unwrap_or_default() {
            let name = rule_named(&item)?;
            let rule = rules
                .iter_mut()
                .find(|rule| Some(&rule.name) == name.as_ref())
                .ok_or_else(|| {
                    Error::invalid(format!("{} names no rule of this feature.", item.way_to("id")))
                })?;
            let before = rule.settings.enabled;
            item.flag("enabled", &mut rule.settings.enabled)?;
            if rule.settings.enabled != before {
                forwarding::update_rule(&mut transaction, feature.id, &rule.name, rule).await?;
            }
        }
        forwarding::store(&mut transaction, caller.organization_id, feature.id, &settings).await?;
        transaction.commit().await
    }

    /// Goes back to the mode of normal operation. No feature here follows operating modes, so that there is nothing to go
    /// back from.
    pub(crate) async fn switch_mode(&self, caller: &Caller, feature: FeatureRef) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        self.feature_to_change(caller, feature).await?;
        Err(Error::invalid(
            "This feature does not forward calls by operating modes, so there is no mode to switch from.",
        ))
    }

    /// A transaction in which nobody else changes the forwarding of the feature.
    pub(super) async fn feature_to_change(
        &self,
        caller: &Caller,
        feature: FeatureRef,
    ) -> Result<Transaction> {
        let mut transaction = self.database().begin().await?;
        if forwarding::lock(&mut transaction, caller.organization_id, feature).await? {
            Ok(transaction)
        } else {
            Err(Error::not_found(NOT_FOUND))
        }
    }
}

/// The name inside a rule's id.
pub(super) fn rule_named(item: &Fields<'_>) -> Result<Option<String>> {
    let mut id = None;
    item.text("id", 400, &mut id)?;
    let id = id.ok_or_else(|| item.missing("id"))?;
    Ok(rule_name(&id))
}

/// As on the platform, a rule's id holds its name, in base64 again.
pub(crate) fn rule_id(name: &str) -> PublicId {
    use base64::Engine as _;
    let value = base64::engine::general_purpose::STANDARD.encode(name);
    PublicId::new(ResourceKind::ForwardingRule, value)
}

/// The name in such an id.
pub(crate) fn rule_name(id: &str) -> Option<String> {
    use base64::Engine as _;
    let id = PublicId::parse(ResourceKind::ForwardingRule, id).ok()?;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(id.value())
        .ok()?;
    String::from_utf8(bytes).ok()
}
