//! Words of the platform that stand for one of a few things.

/// An enumeration whose every value is one word on the wire and in the database.
pub(crate) trait Word: Copy + 'static {
    /// Every value, in the order in which they are named to people.
    const ALL: &'static [Self];

    /// The word.
    fn word(self) -> &'static str;

    /// The value of a word.
    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub(crate) enum $name { $($(#[$of])* #[serde(rename = $word)] $value),+ }

        impl $crate::model::words::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$value),+];

            fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }
    };
}

words!(
    /// How calls go around the agents.
    RoutingPolicy {
        Circular = "CIRCULAR",
        Regular = "REGULAR",
        Simultaneous = "SIMULTANEOUS",
        Uniform = "UNIFORM",
        Weighted = "WEIGHTED",
    }
);

impl RoutingPolicy {
    /// How many agents a policy can serve.
    pub(crate) const fn most_agents(self) -> usize {
        match self {
            Self::Circular | Self::Regular | Self::Uniform => 1_000,
            Self::Simultaneous => 50,
            Self::Weighted => 100,
        }
    }
}

words!(
    /// Whether skills come before the policy.
    RoutingType {
        PriorityBased = "PRIORITY_BASED",
        SkillBased = "SKILL_BASED",
    }
);

words!(
    /// How a telephone rings.
    RingPattern {
        Normal = "NORMAL",
        LongLong = "LONG_LONG",
        ShortShortLong = "SHORT_SHORT_LONG",
        ShortLongShort = "SHORT_LONG_SHORT",
    }
);

words!(
    /// Which name a direct line shows.
    CallerIdSelection {
        CustomName = "CUSTOM_NAME",
        DisplayName = "DISPLAY_NAME",
    }
);

words!(
    /// What happens to a call that finds the queue full.
    OverflowAction {
        BusyTreatment = "PERFORM_BUSY_TREATMENT",
        Transfer = "TRANSFER_TO_PHONE_NUMBER",
        Ringing = "PLAY_RINGING_UNTIL_CALLER_HANGS_UP",
    }
);

words!(
    /// What the wait message tells.
    WaitMode {
        Time = "TIME",
        Position = "POSITION",
    }
);

words!(
    /// Which number an agent's call for the queue shows.
    CallingLineIdPolicy {
        DirectLine = "DIRECT_LINE",
        LocationNumber = "LOCATION_NUMBER",
        Custom = "CUSTOM",
    }
);

words!(
    /// What a service does with calls while it is in force.
    ServiceAction {
        Busy = "BUSY",
        Transfer = "TRANSFER",
    }
);

words!(
    /// What happens to calls that nobody is left to take.
    StrandedAction {
        None = "NONE",
        Busy = "BUSY",
        Transfer = "TRANSFER",
        NightService = "NIGHT_SERVICE",
        Ringing = "RINGING",
        Announcement = "ANNOUNCEMENT",
    }
);

words!(
    /// Which of two announcements is played.
    AnnouncementMode {
        Normal = "NORMAL",
        Manual = "MANUAL",
    }
);

words!(
    /// Where a schedule stands.
    ScheduleLevel {
        Location = "LOCATION",
        Organization = "ORGANIZATION",
    }
);

words!(
    /// Where a forwarding rule sends a call.
    ForwardToSelection {
        DefaultNumber = "FORWARD_TO_DEFAULT_NUMBER",
        SpecifiedNumber = "FORWARD_TO_SPECIFIED_NUMBER",
        DoNotForward = "DO_NOT_FORWARD",
    }
);

words!(
    /// Whose calls a forwarding rule is about.
    CallsFromSelection {
        Any = "ANY",
        Custom = "CUSTOM",
    }
);

words!(
    /// Which of the feature's own numbers was called.
    CalledNumberKind {
        Primary = "PRIMARY",
        Alternate = "ALTERNATE",
    }
);

words!(
    /// What a caller hears. The Hub keeps no announcement files, so there is the default one only.
    Greeting {
        Default = "DEFAULT",
        Custom = "CUSTOM",
        Playlist = "PLAYLIST",
    }
);
