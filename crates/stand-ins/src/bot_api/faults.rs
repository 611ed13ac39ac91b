//! Faults that a test orders: answers that come late, broken, never, or lie.

use std::time::Duration;

use serde::Deserialize;

use super::{answer::Refusal, media::UrlFailure};

/// An order for the next `times` requests that fit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Any where missing; case does not matter.
    #[serde(default)]
    pub method: Option<String>,
    /// Any where missing.
    #[serde(default)]
    pub chat_id: Option<i64>,
    #[serde(default = "once")]
    pub times: u32,
    pub kind: FaultKind,
}

fn once() -> u32 {
    1
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    #[serde(rename = "429")]
    TooManyRequests {
        retry_after: u32,
        /// The waiting time stands in the words only.
        #[serde(default)]
        no_params: bool,
    },
    #[serde(rename = "500")]
    ServerError,
    #[serde(rename = "500_after_delivery")]
    ServerErrorAfterDelivery,
    /// Refused in these words.
    Refuse {
        code: u16,
        description: String,
    },
    /// A page of HTML, as a proxy in front answers.
    #[serde(rename = "502")]
    BadGateway,
    #[serde(rename = "502_after_delivery")]
    BadGatewayAfterDelivery,
    /// Delivered, never answered: the connection stays open until the client gives up.
    TimeoutAfterDelivery,
    TimeoutBeforeDelivery,
    ResetAfterDelivery,
    ResetBefore,
    /// All is well, but later.
    Slow {
        ms: u64,
    },
    /// Delivered; the answer's JSON ends in the middle.
    TruncatedJson,
    /// Delivered; `ok` and the id are there, what else a message has is missing or new.
    OkUnknownShape,
    /// The chat is unknown from now on.
    DropChat,
    Kick,
    Block,
    Migrate {
        new_id: i64,
    },
    /// The topic that the request names is closed from now on.
    CloseTopic,
    DeleteTopic,
    UrlFail {
        kind: UrlFailure,
    },
}

/// What happens to one request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    /// Half of it passes before delivery, half after.
    pub wait: Duration,
    pub delivers: bool,
    pub then: Then,
}

/// What the client hears.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Then {
    /// The truth.
    Answer,
    Nothing,
    Reset,
    Truncated,
    UnknownShape,
    BadGateway,
    Refuse(Refusal),
}

impl FaultKind {
    /// The course that this fault gives a request; `None` for those that change a chat instead.
    pub(super) fn course(&self) -> Option<Course> {
        let course = |delivers, then| Some(Course { wait: Duration::ZERO, delivers, then });
        match self {
            Self::TooManyRequests { retry_after, no_params } => course(false, Then::Refuse(Refusal::flood(*retry_after, !no_params))),
            Self::Refuse { code, description } => course(false, Then::Refuse(Refusal::new(*code, description.clone()))),
            Self::ServerError => course(false, Then::Refuse(Refusal::restart())),
            Self::ServerErrorAfterDelivery => course(true, Then::Refuse(Refusal::restart())),
            Self::BadGateway => course(false, Then::BadGateway),
            Self::BadGatewayAfterDelivery => course(true, Then::BadGateway),
            Self::TimeoutAfterDelivery => course(true, Then::Nothing),
            Self::TimeoutBeforeDelivery => course(false, Then::Nothing),
            Self::ResetAfterDelivery => course(true, Then::Reset),
            Self::ResetBefore => course(false, Then::Reset),
            Self::Slow { ms } => Some(Course { wait: Duration::from_millis(*ms), delivers: true, then: Then::Answer }),
            Self::TruncatedJson => course(true, Then::Truncated),
            Self::OkUnknownShape => course(true, Then::UnknownShape),
            Self::DropChat
            | Self::Kick
            | Self::Block
            | Self::Migrate { .. }
            | Self::CloseTopic
            | Self::DeleteTopic
            | Self::UrlFail { .. } => None,
        }
    }
}

/// One answer in so many is lost, the same ones for the same seed and order of requests.
#[derive(Debug)]
pub(super) struct Loss {
    one_in: u32,
    random: fastrand::Rng,
    next_after: bool,
}

impl Loss {
    pub fn new(one_in: u32, seed: u64) -> Self {
        Self { one_in, random: fastrand::Rng::with_seed(seed), next_after: seed.is_multiple_of(2) }
    }

    /// Whether this request's answer is lost, and if so whether after delivery: by turns.
    pub fn draw(&mut self) -> Option<bool> {
        let lost = self.one_in > 0 && self.random.u32(0..self.one_in) == 0;
        lost.then(|| {
            self.next_after = !self.next_after;
            self.next_after
        })
    }
}
