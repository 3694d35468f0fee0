use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use hub_directory::AdministratorCaller;
use kit_web::{Form, NoFields, to_mend};

use super::{LIST, attendant_of, key_of, path_of};
use crate::CallFeatures;
use crate::model::attendant::Attendant;
use crate::pages::common::{Answer, require_writes};
use crate::pages::confirm::Confirm;

pub(super) async fn ask(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let (attendant, _) = attendant_of(&call_features, &caller, &id).await?;
    Ok(confirm(&attendant, &path_of(&attendant)).ask())
}

pub(super) async fn delete(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    require_writes(&caller)?;
    let (attendant, _) = attendant_of(&call_features, &caller, &id).await?;
    match call_features.delete_attendant(&caller, key_of(&attendant)).await {
        Ok(()) => Ok(Redirect::to(&format!("{LIST}?done=deleted")).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            Ok(confirm(&attendant, &path_of(&attendant)).refused(&error))
        }
    }
}

fn confirm<'a>(attendant: &'a Attendant, back: &'a str) -> Confirm<'a> {
    Confirm {
        name: &attendant.name,
        trail: vec![("Auto attendants", LIST), (&attendant.name, back)],
        consequences: vec![
            "The auto attendant, its menus and its forwarding are gone. There is no way back.".to_owned(),
            "Its number goes back to the stock of the location, and its extension is free.".to_owned(),
            "Its schedules stay.".to_owned(),
        ],
        back,
        problem: None,
    }
}
