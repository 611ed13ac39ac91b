//! Adding a feed: an address is looked at, what is in doubt is asked, and a definition comes of it.
//!
//! It decides and asks nobody: whoever calls it puts its questions to a person, or answers as nobody could be asked.

use loa_reader::list::{PageBox, Part};
use url::Url;

use super::{
    address::{Address, NoAddress},
    definition::{self, Definition, NoId, Taken},
    list_of_article::{self, ListOfArticle},
    preview::{self, Doubt, Preview, preview},
};
use crate::{
    article::FeedId,
    feed::Feed,
    fetch::{self, Client},
    jobs::{
        poll::{self, Progress},
        reading_timeout::Readers,
    },
    settings::Problem,
};

/// What feeds are added with.
#[derive(Debug)]
pub struct Desk {
    /// It remembers, so that no question costs a portal a second request.
    client: Client,
    readers: Readers,
    /// The feeds that are there already.
    feeds: Vec<Feed>,
    /// Those that are there and cannot be used.
    unusable: Vec<FeedId>,
}

/// What is asked for besides the address.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Made from the address where it is left out.
    pub id: Option<FeedId>,
    /// The portal's name where it is left out.
    pub title: Option<String>,
    /// Headlines; what is like them is what is wanted.
    pub examples: Vec<String>,
}

/// A feed that is about to be.
#[derive(Debug)]
pub struct Adding {
    wish: Wish,
    definition: Definition,
    preview: Preview,
    /// The address is an article's, and this is where its list seems to be.
    list: Option<ListOfArticle>,
    has_chosen_boxes: bool,
    is_accepted: bool,
}

/// What a person is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether the list is what is meant.
    TakeList(ListOfArticle),
    /// Which of these boxes are the list.
    Boxes(Vec<BoxChoice>),
    /// Whether it is to be written in spite of this.
    Write(Vec<Doubt>),
}

/// A box of the page that may be the list, or part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoxChoice {
    pub name: String,
    pub headlines: usize,
    pub examples: Vec<String>,
    /// Whether it is taken where nobody says otherwise.
    pub is_in: bool,
    /// Why it is not.
    pub why: Option<String>,
    /// Only the page's looks say so, and they may be wrong.
    pub is_open: bool,
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    /// The boxes that are wanted, by their places in the question.
    These(Vec<usize>),
    /// Those that the program takes, now and later: nobody was asked.
    AsItIs,
}

impl Question {
    /// The answer where nobody can be asked; `None` where only a person may decide. `is_agreed`: everything that is
    /// sound is to be done without a question.
    pub fn by_itself(&self, is_agreed: bool) -> Option<Answer> {
        match self {
            Self::TakeList(list) => (is_agreed && list.is_confirmed).then_some(Answer::Yes),
            Self::Boxes(_) => Some(Answer::AsItIs),
            Self::Write(doubts) => (is_agreed && !doubts.iter().any(Doubt::is_grave)).then_some(Answer::Yes),
        }
    }
}

/// Why a feed cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    NoAddress(#[from] NoAddress),
    #[error(transparent)]
    Taken(#[from] Taken),
    #[error(transparent)]
    NoId(#[from] NoId),
    #[error(transparent)]
    Definition(#[from] Problem),
    #[error(transparent)]
    Preview(#[from] preview::Error),
    /// Nothing would be published.
    #[error(transparent)]
    Nothing(poll::Error),
}

impl Error {
    /// What can be done, where the error does not say so itself.
    pub fn way_out(&self) -> Option<String> {
        let taken = |taken: &Taken| match taken {
            Taken::Address { by, .. } => format!("`loa try {by}` shows what it gives; its file is `{by}.toml`"),
            Taken::Id { id, .. } | Taken::Unusable { id } => {
                format!("`--id NAME` makes another feed; `loa try {id}` shows what that one gives")
            }
        };
        match self {
            Self::Taken(by) | Self::NoId(NoId::Taken(by)) => Some(taken(by)),
            Self::NoId(NoId::Bad(_)) => Some("name it with `--id NAME`".to_owned()),
            Self::Nothing(poll::Error::Empty { .. } | poll::Error::Unrelated { .. }) => {
                Some("name one or two headlines of the page with `--example \"…\"`, or give the address of another page".to_owned())
            }
            _ => None,
        }
    }
}

impl Desk {
    /// `feeds` are there already, and those that are `unusable`.
    pub fn new(client: &Client, readers: Readers, feeds: Vec<Feed>, unusable: Vec<FeedId>) -> Self {
        Self { client: client.remembering(), readers, feeds, unusable }
    }

    /// The door that remembers every page that was asked for.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What an address would give, though no feed is to be made of it; and where its list seems to be if it is an
    /// article's.
    ///
    /// # Errors
    /// When it is no address, or nothing can be looked at here.
    pub async fn try_address(&self, address: &str, progress: &dyn Progress) -> Result<(Preview, Option<ListOfArticle>), Error> {
        let Address { first, second } = Address::of(address)?;
        let id = "trial".parse().map_err(NoId::Bad)?;
        let (_, preview, list) = self.look_at(Definition::new(id, first), second, progress).await?;
        Ok((preview, list))
    }

    /// What the feed of a file would give.
    ///
    /// # Errors
    /// When nothing can be looked at here.
    pub async fn try_feed(&self, feed: &Feed, progress: &dyn Progress) -> Result<Preview, Error> {
        Ok(preview(feed, &self.client, &self.readers, progress).await?)
    }

    /// The first look at an address, or at the `second` one where nobody answers at the first.
    async fn look_at(
        &self,
        mut definition: Definition,
        second: Option<Url>,
        progress: &dyn Progress,
    ) -> Result<(Definition, Preview, Option<ListOfArticle>), Error> {
        let mut preview = self.look(&definition, progress).await?;
        if let Some(second) = second.filter(|_| is_unreachable(preview.failure.as_ref())) {
            definition.url = second;
            preview = self.look(&definition, progress).await?;
        }
        let list = match preview.failure {
            Some(poll::Error::Fetch(_)) => None,
            _ => list_of_article::find(&preview.feed, &self.client, &self.readers).await,
        };
        // Where something else is found, the likeliest page only helps if this one has nothing.
        let is_poor = preview.failure.is_some() || !preview.doubts().is_empty();
        let list = list.filter(|list| list.is_confirmed || is_poor);
        Ok((definition, preview, list))
    }

    async fn look(&self, definition: &Definition, progress: &dyn Progress) -> Result<Preview, Error> {
        Ok(preview(&definition.feed()?, &self.client, &self.readers, progress).await?)
    }
}

impl Adding {
    /// Looks at an address as a person types it.
    ///
    /// # Errors
    /// When it cannot become a feed, whatever is answered.
    pub async fn begin(address: &str, wish: Wish, desk: &Desk, progress: &dyn Progress) -> Result<Self, Error> {
        let Address { first, second } = Address::of(address)?;
        definition::check_address(&first, &desk.feeds)?;
        if let Some(id) = &wish.id {
            definition::check_id(id, &desk.feeds, &desk.unusable)?;
        }
        let id = wish.id.clone().map_or_else(|| definition::free_id(&first, &desk.feeds, &desk.unusable), Ok)?;
        let definition = Definition { examples: wish.examples.clone(), ..Definition::new(id, first) };
        let (definition, preview, list) = desk.look_at(definition, second, progress).await?;
        let adding = Self { wish, definition, preview, list, has_chosen_boxes: false, is_accepted: false };
        if adding.list.is_some() { Ok(adding) } else { adding.expect_something() }
    }

    /// An error where there is nothing to decide about.
    fn expect_something(mut self) -> Result<Self, Error> {
        match self.preview.failure.take() {
            Some(failure @ poll::Error::Unconfirmed { .. }) => {
                self.preview.failure = Some(failure);
                Ok(self)
            }
            Some(failure) => Err(Error::Nothing(failure)),
            None => Ok(self),
        }
    }

    /// What would be published, as far as it is known by now.
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    /// What a person is to decide next; `None`: nothing is open.
    pub fn question(&self) -> Option<Question> {
        if let Some(list) = &self.list {
            return Some(Question::TakeList(list.clone()));
        }
        if !self.has_chosen_boxes {
            let choices = choices(&self.preview);
            let most = choices.iter().filter(|choice| choice.is_in).map(|choice| choice.headlines).max().unwrap_or_default();
            let may_be_list = |choice: &&BoxChoice| choice.is_in || choice.is_open && 2 * choice.headlines >= most;
            // Of one list there is nothing to choose.
            if choices.iter().filter(may_be_list).count() > 1 {
                return Some(Question::Boxes(choices));
            }
        }
        let doubts = self.preview.doubts();
        (!self.is_accepted && !doubts.is_empty()).then_some(Question::Write(doubts))
    }

    /// Takes the answer to [`Adding::question`] and looks again where it changes what would be published; `None`: it is
    /// not to be.
    ///
    /// # Errors
    /// When it cannot become a feed with this answer.
    pub async fn answer(mut self, answer: Answer, desk: &Desk, progress: &dyn Progress) -> Result<Option<Self>, Error> {
        match (self.question(), answer) {
            (Some(Question::TakeList(list)), Answer::Yes) => {
                definition::check_address(&list.list, &desk.feeds)?;
                let id = self.wish.id.clone().map_or_else(|| definition::free_id(&list.list, &desk.feeds, &desk.unusable), Ok)?;
                self.definition = Definition { id, url: list.list, ..self.definition };
                self.list = None;
                self.preview = desk.look(&self.definition, progress).await?;
                self.expect_something().map(Some)
            }
            (Some(Question::TakeList(_)), _) => {
                self.list = None;
                self.expect_something().map(Some)
            }
            (Some(Question::Boxes(choices)), Answer::These(wanted)) => {
                let (boxes_in, boxes_out): (Vec<_>, Vec<_>) = choices.iter().enumerate().partition(|(at, _)| wanted.contains(at));
                let names = |choices: Vec<(usize, &BoxChoice)>| choices.into_iter().map(|(_, choice)| choice.name.clone()).collect();
                (self.definition.boxes_in, self.definition.boxes_out) = (names(boxes_in), names(boxes_out));
                self.has_chosen_boxes = true;
                if choices.iter().enumerate().any(|(at, choice)| choice.is_in != wanted.contains(&at)) {
                    self.preview = desk.look(&self.definition, progress).await?;
                }
                self.expect_something().map(Some)
            }
            (Some(Question::Boxes(_)), Answer::AsItIs) => {
                self.has_chosen_boxes = true;
                Ok(Some(self))
            }
            (Some(Question::Write(_)), Answer::Yes) => {
                self.is_accepted = true;
                Ok(Some(self))
            }
            (None, _) => Ok(Some(self)),
            (Some(_), _) => Ok(None),
        }
    }

    /// What would be written.
    pub fn definition(&self) -> Definition {
        let feed = &self.preview.feed;
        let is_named = feed.url.host_str() != Some(feed.title.as_str());
        Definition {
            title: self.wish.title.clone().or_else(|| is_named.then(|| feed.title.clone())),
            language: feed.language.clone(),
            ..self.definition.clone()
        }
    }

    /// From now on it is there.
    ///
    /// # Errors
    /// When it could not be used.
    pub fn is_written(&self, desk: &mut Desk) -> Result<(), Error> {
        desk.feeds.push(self.definition().feed()?);
        Ok(())
    }
}

/// Whether nobody answers there in this way.
fn is_unreachable(failure: Option<&poll::Error>) -> bool {
    let Some(poll::Error::Fetch(error)) = failure else { return false };
    matches!(
        error,
        fetch::Error::Connect { .. }
            | fetch::Error::Tls { .. }
            | fetch::Error::Timeout { .. }
            | fetch::Error::Protocol { .. }
            | fetch::Error::Truncated { .. }
    )
}

/// The boxes of the page, each name once.
fn choices(preview: &Preview) -> Vec<BoxChoice> {
    let mut choices: Vec<BoxChoice> = Vec::new();
    for page_box in preview.boxes.iter().filter(|page_box| !page_box.is_decided) {
        if choices.iter().any(|choice| page_box.is_called(&choice.name)) {
            continue;
        }
        let (headlines, why) = match &page_box.part {
            Part::List => (preview.items_in(page_box.name()), None),
            Part::Beside(why) => (page_box.headlines, Some(why.clone())),
        };
        if headlines > 0 {
            let is_open = !preview.found_beside.iter().any(|beside| page_box.is_called(&beside.name));
            choices.push(choice(page_box, headlines, why, is_open));
        }
    }
    choices
}

fn choice(page_box: &PageBox, headlines: usize, why: Option<String>, is_open: bool) -> BoxChoice {
    BoxChoice { name: page_box.name().to_owned(), headlines, examples: page_box.examples.clone(), is_in: why.is_none(), why, is_open }
}
