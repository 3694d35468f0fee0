/// Declares an enumeration whose values have a word each, on the wire and in the database alike.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            /// Every value, in the order in which Webex documents them.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word of this value.
            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value with this word; `field` is what the refusal names.
            pub(crate) fn parse(field: &str, text: &str) -> kit::Result<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == text).ok_or_else(|| {
                    let words: Vec<&str> = Self::ALL.iter().map(|value| value.word()).collect();
                    kit::Error::invalid(format!(
                        "{field} cannot be “{}”; it is one of {}.",
                        text.chars().take(40).collect::<String>(),
                        words.join(", ")
                    ))
                })
            }

            /// The value with this word in one of our own rows.
            pub(crate) fn stored(text: &str) -> kit::Result<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == text)
                    .ok_or_else(|| kit::Error::internal(format!("a row says {text} for {}", stringify!($name))))
            }
        }
    };
}

pub(crate) use words;
