use hub_caller::OrganizationId;

/// A mail to one person: plain sentences and at most one link. The link shows something and decides nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Whose organization it concerns.
    pub organization_id: OrganizationId,
    /// Where to.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
    /// The words and the path (of this Hub, beginning with `/`) of the link. What only the reader may know (a token for one
    /// use) stands behind its `?`: pages that show the letter to administrators leave that out, and it is forgotten once
    /// the letter is sent.
    pub link: Option<(String, String)>,
    /// Two letters with the same key are one: the second is not sent.
    pub once_key: Option<String>,
}
