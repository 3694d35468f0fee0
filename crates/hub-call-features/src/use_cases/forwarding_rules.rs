use hub_directory::Caller;
use hub_directory::public_api::{
    FULL_ADMIN, NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require,
};
use kit::{Error, Result};
use serde_json::Value;

use super::FeatureRef;
use crate::CallFeatures;
use crate::model::fields::Fields;
use crate::model::forwarding::ForwardingRule;
use crate::store::forwarding;

/// How many rules a feature can have.
const MOST_RULES: usize = 100;

impl CallFeatures {
    /// One rule.
    pub(crate) async fn show_rule(
        &self,
        caller: &Caller,
        feature: FeatureRef,
        name: Option<String>,
    ) -> Result<ForwardingRule> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let (_, rules) = self.show_forwarding(caller, feature).await?;
        rules
            .into_iter()
            .find(|rule| Some(&rule.name) == name.as_ref())
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }

    /// A new rule; says its name.
    pub(crate) async fn create_rule(
        &self,
        caller: &Caller,
        feature: FeatureRef,
        body: &Value,
    ) -> Result<String> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let body = Fields::of_body(body)?;
        let mut transaction = self.feature_to_change(caller, feature).await?;
        let rule = ForwardingRule::new(&body)?;
        let rules = forwarding::rules((&mut transaction).into(), feature.id).await?;
        refuse_rival(&rules, &rule.name)?;
        if rules.len() >= MOST_RULES {
            return Err(Error::conflict(format!(
                "This feature has {MOST_RULES} rules, which is the most. Delete one first."
            )));
        }
        forwarding::insert_rule(&mut transaction, caller.organization_id, feature.id, &rule).await?;
        transaction.commit().await?;
        Ok(rule.name)
    }

    /// Changes what the body names of a rule; says its name, which may be another one now.
    pub(crate) async fn change_rule(
        &self,
        caller: &Caller,
        feature: FeatureRef,
        name: Option<String>,
        body: &Value,
    ) -> Result<String> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let body = Fields::of_body(body)?;
        let mut transaction = self.feature_to_change(caller, feature).await?;
        let rules = forwarding::rules((&mut transaction).into(), feature.id).await?;
        let before = rules
            .iter()
            .find(|rule| Some(&rule.name) == name.as_ref())
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let mut rule = before.clone();
        rule.apply(&body)?;
        if rule.name != before.name {
            refuse_rival(&rules, &rule.name)?;
        }
        forwarding::update_rule(&mut transaction, feature.id, &before.name, &rule).await?;
        transaction.commit().await?;
        Ok(rule.name)
    }

    /// Takes a rule away.
    pub(crate) async fn delete_rule(
        &self,
        caller: &Caller,
        feature: FeatureRef,
        name: Option<String>,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let mut transaction = self.feature_to_change(caller, feature).await?;
        let name = name.ok_or_else(|| Error::not_found(NOT_FOUND))?;
        if !forwarding::delete_rule(&mut transaction, feature.id, &name).await? {
            return Err(Error::not_found(NOT_FOUND));
        }
        transaction.commit().await
    }
}

fn refuse_rival(rules: &[ForwardingRule], name: &str) -> Result<()> {
    if rules.iter().all(|rule| rule.name != name) {
        return Ok(());
    }
    Err(Error::conflict(format!(
        "This feature has a rule named “{name}” already. Choose another name."
    )))
}
