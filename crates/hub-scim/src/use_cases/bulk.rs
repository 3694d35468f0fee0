use std::collections::BTreeMap;

use hub_directory::Caller;
use hub_directory::public_api::NOT_FOUND;
use kit::{Error, Uuid};
use serde::Deserialize;
use serde_json::Value;

use crate::Scim;
use crate::model::error::{Outcome, ScimError};
use crate::model::resource::{Tree, text_at, tree_at};
use crate::model::rights;

/// More operations are refused.
pub(crate) const MOST_OPERATIONS: usize = 100;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BulkBody {
    fail_on_errors: Option<i64>,
    // Webex writes it with a small letter, RFC 7644 with a capital one.
    #[serde(alias = "Operations")]
    operations: Vec<BulkOperation>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BulkOperation {
    method: String,
    path: String,
    bulk_id: Option<String>,
    #[serde(default)]
    data: Value,
    version: Option<String>,
}

/// What became of one operation.
#[derive(Debug)]
pub(crate) struct BulkAnswer {
    pub(crate) method: String,
    pub(crate) bulk_id: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) result: Outcome<BulkDone>,
}

/// What an operation that went well did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BulkDone {
    Created,
    Changed,
    Deleted,
}

/// The places that operations speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Endpoint {
    Users,
    Groups,
}

impl Scim {
    /// Does one operation after the other, each by itself. An operation that refers to what another makes waits for it.
    pub(crate) async fn bulk(&self, caller: &Caller, body: &Value) -> Outcome<Vec<BulkAnswer>> {
        caller.require_any_scope(rights::USERS_WRITE)?;
        // Whoever may write users or groups; each operation asks again.
        if rights::require_user_writer(caller).is_err() {
            rights::require_group_writer(caller, rights::SCIM_GROUPS_WRITE)?;
        }
        let body: BulkBody = serde_json::from_value(body.clone()).map_err(|error| {
            ScimError::syntax(format!(
                "The body of this request must hold operations, each with method, path and data: {error}."
            ))
        })?;
        if body.operations.len() > MOST_OPERATIONS {
            return Err(ScimError::too_large(format!(
                "operations holds more than {MOST_OPERATIONS} operations. Send the others in further requests."
            )));
        }
        let most_errors = match body.fail_on_errors {
            None => usize::MAX,
            Some(errors) => match usize::try_from(errors) {
                Ok(errors @ 1..=MOST_OPERATIONS) => errors,
                _ => return Err(ScimError::value("failOnErrors must be a number from 1 to 100.")),
            },
        };
        require_distinct_ids(&body.operations)?;
        self.run(caller, body.operations, most_errors).await
    }

    async fn run(
        &self,
        caller: &Caller,
        operations: Vec<BulkOperation>,
        most_errors: usize,
    ) -> Outcome<Vec<BulkAnswer>> {
        let mut made: BTreeMap<String, Uuid> = BTreeMap::new();
        let mut answers: BTreeMap<usize, BulkAnswer> = BTreeMap::new();
        let mut waiting: Vec<(usize, BulkOperation)> = operations.into_iter().enumerate().collect();
        let mut errors = 0;
        while !waiting.is_empty() && errors < most_errors {
            let mut still_waiting = Vec::new();
            let before = waiting.len();
            for (index, operation) in waiting {
                if errors >= most_errors {
                    break;
                }
                let Some(operation) = resolved(&operation, &made) else {
                    still_waiting.push((index, operation));
                    continue;
                };
                let answer = self.one(caller, operation, &mut made).await;
                errors += usize::from(answer.result.is_err());
                answers.insert(index, answer);
            }
            if still_waiting.len() == before {
                for (index, operation) in still_waiting {
                    answers.insert(index, unresolved(operation));
                }
                break;
            }
            waiting = still_waiting;
        }
        Ok(answers.into_values().collect())
    }

    async fn one(
        &self,
        caller: &Caller,
        operation: BulkOperation,
        made: &mut BTreeMap<String, Uuid>,
    ) -> BulkAnswer {
        let method = operation.method.to_ascii_uppercase();
        let result = self.attempt(caller, &method, &operation).await;
        let (result, tree) = match result {
            Ok((done, tree)) => (Ok(done), tree),
            Err(error) => (Err(error), None),
        };
        if let (Some(bulk_id), Some(tree)) = (&operation.bulk_id, &tree)
            && let Some(id) = text_at(tree, "id").and_then(|id| Uuid::parse_str(id).ok())
        {
            made.insert(bulk_id.clone(), id);
        }
        let meta = tree.as_ref().and_then(|tree| tree_at(tree, "meta"));
        let of_meta = |key| meta.and_then(|meta| text_at(meta, key)).map(ToOwned::to_owned);
        let base = self.base(caller.organization_id);
        let named = (method != "POST").then(|| format!("{}{}", base.0, operation.path));
        BulkAnswer {
            method,
            location: of_meta("location").or(named),
            version: of_meta("version"),
            bulk_id: operation.bulk_id,
            result,
        }
    }

    async fn attempt(
        &self,
        caller: &Caller,
        method: &str,
        operation: &BulkOperation,
    ) -> Outcome<(BulkDone, Option<Tree>)> {
        let (endpoint, id) = target(&operation.path)?;
        let version = operation.version.as_deref();
        let data = &operation.data;
        match (method, endpoint, id) {
            ("POST", _, None) if operation.bulk_id.is_none() => Err(ScimError::value(
                "A POST needs a bulkId: it names what is made in the answer.",
            )),
            ("POST", Endpoint::Users, None) => {
                let tree = self.create_user(caller, data).await?;
                Ok((BulkDone::Created, Some(tree)))
            }
            ("POST", Endpoint::Groups, None) => {
                let (_, tree) = self.create_group(caller, data).await?;
                Ok((BulkDone::Created, Some(tree)))
            }
            ("PATCH", Endpoint::Users, Some(id)) => {
                let tree = self.patch_user(caller, id, data, version).await?;
                Ok((BulkDone::Changed, Some(tree)))
            }
            ("PATCH", Endpoint::Groups, Some(id)) => {
                let (_, tree) = self.patch_group(caller, id, data, version).await?;
                Ok((BulkDone::Changed, Some(tree)))
            }
            ("DELETE", Endpoint::Users, Some(id)) => {
                self.delete_user(caller, id, version).await?;
                Ok((BulkDone::Deleted, None))
            }
            ("DELETE", Endpoint::Groups, Some(id)) => {
                self.delete_group(caller, id, version, rights::SCIM_GROUPS_WRITE)
                    .await?;
                Ok((BulkDone::Deleted, None))
            }
            ("POST" | "PATCH" | "DELETE", ..) => Err(ScimError::value(
                "A POST goes to /Users or /Groups, a PATCH or DELETE to one of them, like /Users/2819c223-….",
            )),
            _ => Err(ScimError::value("method must be POST, PATCH or DELETE.")),
        }
    }
}

fn target(path: &str) -> Outcome<(Endpoint, Option<Uuid>)> {
    let mut parts = path.trim_matches('/').split('/');
    let endpoint = match parts.next().unwrap_or_default() {
        "Users" => Endpoint::Users,
        "Groups" => Endpoint::Groups,
        _ => return Err(ScimError::path("path must begin with /Users or /Groups.")),
    };
    match (parts.next(), parts.next()) {
        (None, None) => Ok((endpoint, None)),
        (Some(id), None) => {
            let id = Uuid::parse_str(id).map_err(|_| Error::not_found(NOT_FOUND))?;
            Ok((endpoint, Some(id)))
        }
        _ => Err(ScimError::path(
            "path names /Users or /Groups and an id at the most.",
        )),
    }
}

fn require_distinct_ids(operations: &[BulkOperation]) -> Outcome<()> {
    let mut seen = std::collections::BTreeSet::new();
    let repeated = operations
        .iter()
        .filter_map(|operation| operation.bulk_id.as_deref())
        .find(|id| !seen.insert(*id));
    match repeated {
        None => Ok(()),
        Some(id) => Err(ScimError::value(format!(
            "Two operations have the bulkId “{}”.",
            id.chars().take(80).collect::<String>()
        ))),
    }
}

const REFERENCE: &str = "bulkId:";

/// The operation with ids in place of references; `None` while one of them is not made.
fn resolved(operation: &BulkOperation, made: &BTreeMap<String, Uuid>) -> Option<BulkOperation> {
    let mut operation = operation.clone();
    if let Some((start, reference)) = operation.path.split_once(REFERENCE) {
        let id = made.get(reference)?;
        operation.path = format!("{start}{id}");
    }
    replace(&mut operation.data, made)?;
    Some(operation)
}

fn replace(value: &mut Value, made: &BTreeMap<String, Uuid>) -> Option<()> {
    match value {
        Value::String(text) => {
            if let Some((start, reference)) = text.split_once(REFERENCE)
                && (start.is_empty() || start.ends_with('/') || start.ends_with('"'))
            {
                // A reference stands alone, behind a slash, or in quotes inside a filter.
                let end = reference.find('"').unwrap_or(reference.len());
                let id = made.get(&reference[..end])?;
                *text = format!("{start}{id}{}", &reference[end..]);
            }
            Some(())
        }
        Value::Array(values) => values
            .iter_mut()
            .try_for_each(|value| replace(value, made).ok_or(()))
            .ok(),
        Value::Object(parts) => parts
            .values_mut()
            .try_for_each(|value| replace(value, made).ok_or(()))
            .ok(),
        _ => Some(()),
    }
}

fn unresolved(operation: BulkOperation) -> BulkAnswer {
    let error = Error::conflict(
        "A bulkId that this operation refers to is not made by any operation that went well.",
    );
    BulkAnswer {
        method: operation.method.to_ascii_uppercase(),
        bulk_id: operation.bulk_id,
        location: None,
        version: None,
        result: Err(ScimError {
            error,
            scim_type: None,
            status: None,
        }),
    }
}
