/// Declares a typed identifier around a UUID, so that a person's id cannot be passed where an
/// organization's is wanted.
#[macro_export]
macro_rules! typed_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::Uuid);

        impl $name {
            /// Wraps the raw UUID.
            pub const fn new(uuid: $crate::Uuid) -> Self {
                Self(uuid)
            }

            /// A fresh random id.
            pub fn random(randomness: &dyn $crate::Randomness) -> Self {
                Self(randomness.uuid())
            }

            /// The raw UUID.
            pub const fn uuid(self) -> $crate::Uuid {
                self.0
            }

            /// Reads the hyphenated text form, as databases keep it.
            pub fn parse(text: &str) -> $crate::Result<Self> {
                $crate::Uuid::parse_str(text).map(Self).map_err(|_| {
                    $crate::Error::invalid(format!("“{}” is not a {}.", text.chars().take(80).collect::<String>(), stringify!($name)))
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, formatter)
            }
        }
    };
}
