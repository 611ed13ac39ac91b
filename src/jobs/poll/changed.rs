//! The rest of a poll whose list has changed: what is on the page, which of it is news, and what is learned of it.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    time::Instant,
};

use loa_reader::{
    link,
    list::{self, BesideBox, Candidate, Discovery, Memory, Relation, Wanted},
    page::{About, Page},
    site::Fingerprint,
};
use url::Url;

use super::{
    Error, Event, LATEST, Poll, Report, Terms, boxes,
    confirm::{self, Confirmed},
    dedupe::{self, Compared},
    early::{self, Done, Early},
    files,
    further::{self, Missed, Walk},
    learn::{self, Condition},
    linked_documents::{self, LinkedDocuments},
    older, portal,
    read::{self, Read, Reading},
    record::{self, Brought},
    reread,
};
use crate::{
    article::Article,
    fetch::Body,
    store::{Frame, Health, Learned, Polled, Recording, Refusal},
};

/// A list page that changed.
pub struct Changed {
    /// Its address after redirects.
    pub landed: Url,
    /// Set where it is shown in place of the page that is watched.
    pub frame: Option<Frame>,
    pub page: Page,
    /// What the page says of its site, where that was not learned yet.
    pub about: Option<About>,
    pub polled: Polled,
}

/// What was known before.
struct Known {
    learned: Learned,
    /// The newest articles.
    latest: Vec<Article>,
}

/// The list beside what is known, or why there is none.
type Comparison = Result<Compared, Error>;

/// A page as it was read.
struct Seen {
    page: Page,
    discovery: Discovery,
    /// What stands there at the first poll, headline or not.
    stood: Option<BTreeSet<Fingerprint>>,
}

/// The list, compared with what is known.
struct Listed<'a> {
    seen: Seen,
    compared: Compared,
    condition: Condition,
    /// What the list's own page has, apart from further ones.
    own: Own,
    /// The addresses of headlines that only further pages have.
    of_further_pages: HashSet<String>,
    /// What of the further pages could not be read, in words.
    remarks: Vec<String>,
    /// What is still to be asked for where articles leave something open.
    linked: Option<LinkedDocuments<'a>>,
}

struct Own {
    headlines: usize,
    known: usize,
}

/// The articles of the list, and what else was found out of it.
struct Judged {
    read: Read,
    /// What was recorded already.
    early: Done,
    /// Links that are no headlines.
    refused: Vec<Refusal>,
    /// Boxes that stand beside the list.
    beside: Vec<BesideBox>,
    /// What stands in boxes whose stories come round.
    rounds: BTreeMap<String, u32>,
}

impl Poll<'_> {
    pub(super) async fn read_list(&self, changed: Changed) -> Result<Report, Error> {
        let Self { feed, state, terms, .. } = *self;
        let Changed { landed, frame, page, about, polled } = changed;
        let mut known = Known { learned: terms.store.learned(&feed.id).await?, latest: terms.store.latest(&feed.id, LATEST).await? };
        let mut list = Box::pin(self.listed(&landed, page, &mut known)).await?;
        let is_same_page = state.url.as_deref() == Some(polled.url.as_str());
        let mut judged = Box::pin(self.judged(&mut list, &known, is_same_page)).await?;
        let is_front_page = list.seen.page.url.path().len() <= 1 && list.seen.page.url.query().is_none();
        let portal = about.map(|about| portal::of(about, is_front_page, &judged.read));
        if !feed.full_text {
            judged.read.forget_texts();
        }
        list.seen.discovery.candidates.truncate(list.own.headlines);
        let confirmed = list.own.known + list.own_of(judged.read.articles.iter().map(|story| link::identity(&story.candidate.url)));
        if confirmed == 0 && (self.is_first() || judged.read.pending.is_empty()) {
            let Judged { read, refused, .. } = judged;
            let all = refused.iter().chain(&known.learned.refused);
            let reasons = all.map(|refusal| format!("`{}`: {}", refusal.title, refusal.why)).chain(read.remarks).take(3).collect();
            let error = Error::Unconfirmed { found: list.seen.discovery.candidates.len(), reasons, refused };
            return Err(self.named(error, list.seen.page).await);
        }
        let found = confirmed + list.own_of(judged.read.pending.iter().map(|pending| pending.address.clone()));
        let polled = Polled { found: Some(number(found)), portal, ..polled };
        self.record(list, judged, known.learned, frame, polled).await
    }

    fn is_first(&self) -> bool {
        self.state.began_at.is_none()
    }

    /// Finds the list on the page, and what left it unseen on the further ones.
    async fn listed(&self, landed: &Url, page: Page, known: &mut Known) -> Result<Listed<'_>, Error> {
        let Self { feed, state, terms, progress } = *self;
        let memory = learn::memory(feed, &known.learned, terms).await?;
        if memory.addresses.contains(&link::identity(landed)) {
            return Err(Error::Article { url: landed.to_string() });
        }
        let (seen, compared, linked) = self.seen(page, memory, known).await?;
        let mut compared = match compared {
            Ok(compared) => compared,
            Err(error) => return Err(self.named(error, seen.page).await),
        };
        let Seen { page, mut discovery, stood } = seen;
        compared.bodies = std::mem::take(&mut discovery.bodies);
        let condition = learn::condition(&known.learned, &discovery);
        if !self.is_believable(condition, &discovery, &compared, known) {
            return Err(Error::Vanished { again: compared.known, usual: state.usual, is_vacant: discovery.is_vacant });
        }
        known.learned = learn::verified(std::mem::take(&mut known.learned), condition, feed, &discovery, terms).await?;
        let own = Own { headlines: discovery.candidates.len(), known: compared.known };
        let missed = if self.is_first() || !further::may_have_missed(&compared, &discovery, &known.latest) {
            Missed::default()
        } else {
            let memory = learn::memory(feed, &known.learned, terms).await?;
            let walk = Walk::after(feed, terms, memory, page.clone(), &discovery.candidates);
            let before = learn::before(state, &known.learned, &known.latest);
            Box::pin(further::missed(walk, &compared, &before, state.failures)).await?
        };
        let of_further_pages = missed.addresses();
        if !missed.candidates.is_empty() {
            discovery.candidates.extend(missed.candidates);
            let bodies = std::mem::take(&mut compared.bodies);
            compared = self.compared(&page, &discovery, known).await?;
            compared.bodies = bodies.into_iter().chain(missed.bodies).collect();
        }
        progress.tell(Event::Listed { page: &page, discovery: &discovery, asked: compared.new.len() });
        let seen = Seen { page, discovery, stood };
        Ok(Listed { seen, compared, condition, own, of_further_pages, remarks: missed.remarks, linked })
    }

    fn is_believable(&self, condition: Condition, discovery: &Discovery, compared: &Compared, known: &Known) -> bool {
        let before = learn::before(self.state, &known.learned, &known.latest);
        self.is_first() || learn::is_believable(condition, discovery, compared, self.state.usual, &before)
    }

    /// Reads the page, and compares it. The documents beside it are read with it where the feed begins or is explained,
    /// and where the page alone leaves in doubt whether its list is the known one; otherwise they are left to the
    /// articles.
    async fn seen(&self, page: Page, memory: Memory, known: &Known) -> Result<(Seen, Comparison, Option<LinkedDocuments<'_>>), Error> {
        let Self { feed, terms, progress, .. } = *self;
        let (mut page, wanted) = self.wanted(page).await?;
        let may_wait = !wanted.is_empty() && !self.is_first() && !progress.wants_reasons();
        if may_wait {
            let seen = self.look(page, memory.clone(), Vec::new()).await?;
            let compared = self.compared(&seen.page, &seen.discovery, known).await;
            if self.is_clear(&seen.discovery, &compared, known) {
                let linked = LinkedDocuments::new(feed, terms, seen.page.url.clone(), wanted);
                return Ok((seen, compared, Some(linked)));
            }
            page = seen.page;
        }
        let (bodies, remarks) = linked_documents::fetch(feed, wanted, terms.client).await;
        let mut seen = self.look(page, memory, bodies).await?;
        seen.discovery.problems.extend(remarks);
        let compared = self.compared(&seen.page, &seen.discovery, known).await;
        Ok((seen, compared, None))
    }

    /// Whether what was found is the known list, where it stood.
    fn is_clear(&self, discovery: &Discovery, compared: &Comparison, known: &Known) -> bool {
        let condition = learn::condition(&known.learned, discovery);
        let is_known = |compared: &Compared| compared.known > 0 && self.is_believable(condition, discovery, compared, known);
        condition == Condition::Intact && compared.as_ref().is_ok_and(is_known)
    }

    /// The documents beside the page that would tell more of its headlines.
    async fn wanted(&self, page: Page) -> Result<(Page, Vec<Wanted>), Error> {
        let settings = self.feed.source.clone();
        let looked_at = self.terms.readers.run(move || {
            let wanted = list::wanted(&settings, &page);
            (page, wanted)
        });
        Ok(looked_at.await?)
    }

    /// Reads the list with the documents that belong to it. When the feed begins, also what stands there besides.
    async fn look(&self, page: Page, memory: Memory, bodies: Vec<Body>) -> Result<Seen, Error> {
        let Self { feed, terms, progress, .. } = *self;
        let (is_first, now) = (self.is_first(), terms.now);
        let (settings, zone, language) = (feed.source.clone(), feed.zone.clone(), feed.language.clone());
        let (home, wants_reasons) = (Some(feed.url.clone()), progress.wants_reasons());
        let read = terms.readers.run(move || {
            let documents = linked_documents::pages(bodies, now);
            let context = list::Context { zone: Some(zone), language, memory, documents, home };
            let look = if wants_reasons { list::explain } else { list::discover };
            let mut discovery = look(&settings, &page, &context);
            discovery.keep_list();
            let is_paged = !discovery.candidates.is_empty() && list::is_paged_by_postback(&page);
            discovery.problems.extend(is_paged.then(|| list::POSTBACK_PAGER.to_owned()));
            let stood = is_first.then(|| list::prints(&page));
            Seen { page, discovery, stood }
        });
        Ok(read.await?)
    }

    /// The list beside what is known. Links that were found to be no headlines are passed over, and so is what is not
    /// like the operator's examples.
    async fn compared(&self, page: &Page, discovery: &Discovery, known: &Known) -> Comparison {
        let Self { feed, state, terms, .. } = *self;
        if discovery.candidates.is_empty() {
            return Err(Error::Empty { usual: state.usual, is_vacant: discovery.is_vacant, remarks: discovery.problems.clone() });
        }
        let addresses = dedupe::keys(&discovery.candidates);
        let titles: Vec<_> = discovery.candidates.iter().map(|candidate| list::fold_title(&candidate.title)).collect();
        let stored = terms.store.known(&feed.id, &addresses, &titles).await?;
        let mut compared = dedupe::compare(&discovery.candidates, &stored, &page.url);
        let is_trained = !feed.source.examples().is_empty();
        let is_unwanted = |candidate: &Candidate| is_trained && candidate.sighting.relation == Relation::Unrelated;
        let refused = learn::Refused::of(&known.learned, discovery, state, terms.now);
        compared.new.retain(|new| !refused.has(&new.candidate) && !is_unwanted(&new.candidate));
        if state.began_at.is_some() && compared.known == 0 && !dedupe::looks_alike(&compared.new, &known.latest) {
            return Err(Error::Unrelated { found: discovery.candidates.len() });
        }
        Ok(compared)
    }

    /// Reads the pages of what is new, and keeps what is an article of the list. What is no news is not announced.
    async fn judged(&self, list: &mut Listed<'_>, known: &Known, is_same_page: bool) -> Result<Judged, Error> {
        let Self { feed, state, terms, progress } = *self;
        let Known { learned, latest } = known;
        let Listed { seen: Seen { discovery, .. }, compared, linked, .. } = list;
        let before = learn::before(state, learned, latest);
        let nothing_is_news = self.is_first();
        let pending = terms.store.pending(&feed.id).await?;
        let reading = Reading { feed, compared, pending: &pending, nothing_is_news, linked: linked.as_ref(), terms, progress };
        let mut early = (!nothing_is_news).then(|| Early::new(&reading, discovery, latest, before, learned.is_ordered));
        let mut read = Box::pin(read::read(&reading, &learned.site, early.as_mut())).await?;
        let early = early.map(|early| early.done).unwrap_or_default();
        let Confirmed { refused, mut beside } = confirm::drop_unconfirmed(&mut read, discovery, latest, self.is_first(), terms.now);
        let before = learn::before(state, learned, latest);
        let found = older::Found { discovery, compared, read: &read, refused: &learned.refused };
        if !nothing_is_news
            && is_same_page
            && let Some(refused) = older::in_place_of_list(&found, state.usual, &before, terms.now)
        {
            return Err(Error::Older { again: compared.known, usual: state.usual, refused });
        }
        confirm::silence_old(&mut read, compared, &before);
        let mut rounds = learned.rounds.clone();
        beside.extend(boxes::coming_round(discovery, &compared.new, &read.articles, &before, &mut rounds));
        Ok(Judged { read, early, refused, beside, rounds })
    }

    /// Records what was found and what is learned of it, all or nothing.
    async fn record(
        &self,
        list: Listed<'_>,
        judged: Judged,
        learned: Learned,
        frame: Option<Frame>,
        polled: Polled,
    ) -> Result<Report, Error> {
        let Self { feed, state, terms, .. } = *self;
        let Listed { seen: Seen { page, mut discovery, stood }, compared, condition, own, remarks, linked, .. } = list;
        let Judged { mut read, early, refused, beside, rounds } = judged;
        let is_first = self.is_first();
        let health = Health { again: number(own.known), of: state.usual };
        let lesson = learn::Lesson { discovery: &discovery, read: &read, condition, health, refused, beside };
        let (learned, repair) = learn::learned(learned, lesson);
        let boxes = std::mem::take(&mut discovery.boxes);
        let gone_boxes = boxes::gone(&learned, &boxes);
        let in_order = compared.is_ordered.or_else(|| early::is_in_order_of_dates(&discovery, &read.articles).filter(|_| is_first));
        let learned = Learned {
            read_at: Some(terms.now),
            stood: stood.unwrap_or(learned.stood),
            boxes,
            gone_boxes,
            rounds,
            frame,
            is_ordered: in_order.unwrap_or(learned.is_ordered),
            files_due: learned.files_due || early.has_files,
            ..learned
        };
        let of_documents = linked.map(LinkedDocuments::into_remarks).unwrap_or_default();
        let remarks = [page.problems, discovery.problems, of_documents, remarks, std::mem::take(&mut read.remarks)].concat();
        let portal = polled.portal.clone();
        let polled = Polled { remarks, ..polled };
        let recording = record::recording(feed, Brought { polled, compared, read, is_first }, terms).await?;
        let mut recording = Recording { learned: Some(learned), repair: repair.clone(), ..recording };
        recording.polled.remarks.extend(early.remarks);
        reread::add(feed, &mut recording, terms).await?;
        self.ask_for_files(&mut recording).await?;
        let is_change = is_first || early.recorded.is_change() || !recording.articles.is_empty() || !recording.corrections.is_empty();
        if let Some(learned) = recording.learned.as_mut().filter(|_| is_change) {
            learned.presentation = discovery.presentation;
        }
        let mut recorded = terms.store.record(&recording).await?;
        recorded.articles += early.recorded.articles;
        recorded.deliveries += early.recorded.deliveries;
        let Polled { found, remarks, next, .. } = recording.polled;
        let headlines = early.headlines.into_iter().chain(recording.articles.into_iter().map(|new| new.article.title)).collect();
        Ok(Report { recorded, found, headlines, remarks, repair, is_first, portal, next, unrecorded: None })
    }

    /// Asks for the files of what is to be recorded, and for what there was no time for before.
    async fn ask_for_files(&self, recording: &mut Recording) -> Result<(), Error> {
        let Self { feed, terms, .. } = *self;
        let began = Instant::now();
        let new = recording.articles.iter_mut().map(|new| &mut new.article);
        let corrected = recording.corrections.iter_mut().map(|correction| &mut correction.article);
        let mut is_all = files::ask(feed, new.chain(corrected), terms).await;
        let are_due = recording.learned.as_ref().is_some_and(|learned| learned.files_due);
        if are_due && is_all {
            let left = Terms { files_for: terms.files_for.saturating_sub(began.elapsed()), ..*terms };
            (recording.files, is_all) = files::make_up(feed, terms.store.latest(&feed.id, files::LATEST).await?, &left).await;
        }
        if let Some(learned) = &mut recording.learned {
            learned.files_due = !is_all;
        }
        if !is_all {
            // The next answer may not be "unchanged".
            (recording.polled.etag, recording.polled.last_modified) = (None, None);
        }
        Ok(())
    }
}

impl Listed<'_> {
    /// How many of these stand on the list's own page.
    fn own_of(&self, addresses: impl Iterator<Item = String>) -> usize {
        addresses.filter(|address| !self.of_further_pages.contains(address)).count()
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
