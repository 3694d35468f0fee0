use hub_directory::public_api::{Answer, done};

/// The SDK counts what it does and sends the counts. Nobody here wants them: they are taken from anybody, because a refusal
/// ends programs that do not expect one, and kept nowhere.
pub(super) async fn discard() -> Answer {
    done()
}
