use serde::Deserialize;

/// What the address says of the action before; the words come from here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Outcome {
    done: String,
}

impl Outcome {
    pub(super) fn notice(&self) -> Option<&'static str> {
        Some(match self.done.as_str() {
            "saved" => "The changes are saved.",
            "before" => {
                "This form was sent before, and the application is here. Its secret was shown then; make a new one if you do not have it."
            }
            "deleted" => "The application is deleted. Whatever was given to it has ended.",
            "logo" => "The logo is shown from now on.",
            "no-logo" => "The logo is removed.",
            "requested" => {
                "Administrators of your organization find the Service App now. Full Administrators got a letter."
            }
            "submitted" => "Administrators of every organization find the Service App now.",
            "withdrawn" => {
                "Nobody new finds the Service App now. Who authorized it keeps it until they take it back."
            }
            "authorized" => {
                "The Service App is authorized. Its developer can fetch tokens for your organization now."
            }
            "deauthorized" => {
                "The authorization is taken back. The tokens of the Service App ended in your organization."
            }
            _ => return None,
        })
    }
}
