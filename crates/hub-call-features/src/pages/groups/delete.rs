use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Redirect};
use hub_directory::AdministratorCaller;
use kit_web::{Form, NoFields, to_mend};

use super::Part;
use crate::CallFeatures;
use crate::model::group::Group;
use crate::pages::common::{Answer, require_writes};
use crate::pages::confirm::Confirm;

pub(super) async fn ask(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let part = Part::of(&uri);
    let group = part.group(&call_features, &caller, &id).await?.group;
    Ok(confirm(part, &group, &part.path_of(&group)).ask())
}

pub(super) async fn delete(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    require_writes(&caller)?;
    let part = Part::of(&uri);
    let group = part.group(&call_features, &caller, &id).await?.group;
    match call_features
        .delete_group(&caller, None, part.kinds(), group.id)
        .await
    {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=deleted", part.list())).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            Ok(confirm(part, &group, &part.path_of(&group)).refused(&error))
        }
    }
}

fn confirm<'a>(part: Part, group: &'a Group, back: &'a str) -> Confirm<'a> {
    Confirm {
        name: &group.name,
        trail: vec![(part.title(), part.list()), (&group.name, back)],
        consequences: vec![
            format!(
                "The {} and its forwarding are gone. There is no way back.",
                part.noun()
            ),
            "Its number goes back to the stock of the location, and its extension is free.".to_owned(),
            "Its agents keep their own numbers and everything else that they belong to.".to_owned(),
        ],
        back,
        problem: None,
    }
}
