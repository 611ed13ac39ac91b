//! Makes one recording of what a poll found: articles with their addresses, corrections, and who is told.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;
use loa_reader::{
    article::{Attachment, Draft},
    link,
    list::{self, Candidate},
    time::{Precision, Stamp},
};

use super::{
    Error, Terms,
    dedupe::{self, Compared, Further, SameId},
    read::{Fetched, Read, Story},
};
use crate::{
    article::{self, Article},
    feed::Feed,
    schedule,
    store::{Announcement, Correction, NewArticle, Polled, Recording},
};

/// A date further ahead than this is wrong: clocks and zones differ by less.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);
/// Known articles under one headline that are asked whether a new one is one of them.
const MAX_ALIKE: usize = 20;

/// What a poll brought.
pub struct Brought {
    pub polled: Polled,
    pub compared: Compared,
    pub read: Read,
    pub is_first: bool,
}

/// Everything that is recorded of a poll.
pub async fn recording(feed: &Feed, brought: Brought, terms: &Terms<'_>) -> Result<Recording, Error> {
    let Brought { mut polled, compared, read, is_first } = brought;
    if !read.pending.is_empty() || read.corrections.iter().any(Option::is_none) {
        // What is to be tried again must be seen again: the next answer may not be "unchanged".
        (polled.etag, polled.last_modified) = (None, None);
    }
    let mut recording = Recording::nothing(feed.id.clone(), polled);
    recording.pending = read.pending;
    let of_first_poll = usize::try_from(feed.announce_first).unwrap_or(usize::MAX);
    let is_announced = |newer: usize, story: &Story| if is_first { newer < of_first_poll } else { !story.unannounced };
    let Stories { articles, addresses, rewritten, remarks } = stories(feed, &compared, read.articles, is_announced, terms).await?;
    recording.articles = articles;
    recording.addresses = [compared.addresses, addresses].concat();
    recording.polled.remarks.extend(remarks);
    digest_bursts(feed, &mut recording.articles, terms);
    let corrected = compared.corrected.into_iter().zip(read.corrections).filter_map(|((_, known), story)| Some((known.article, story?)));
    for (known, story) in corrected.chain(rewritten) {
        let before = terms.store.article(known).await?;
        let after = article(feed, &story, terms, &mut recording.polled.remarks);
        let is_read = story.fetched == Fetched::Read || !story.draft.text.is_empty();
        let after = if is_read { after } else { with_its_text(after, before.as_ref()) };
        let listed_title = story.candidate.title;
        let folded_title = list::fold_title(&listed_title);
        match before {
            Some(before) if says_the_same(&before, &after) => recording.relisted.push((known, listed_title, folded_title)),
            before => {
                let files = before.map(|before| before.files).unwrap_or_default();
                recording.corrections.push(Correction { article: Article { id: known, files, ..after }, listed_title, folded_title });
            }
        }
    }
    Ok(recording)
}

/// What was read, as it is recorded.
#[derive(Debug, Default)]
pub struct Stories {
    /// In the order in which they are told.
    pub articles: Vec<NewArticle>,
    /// Further addresses of known articles.
    pub addresses: Vec<(i64, String)>,
    /// Known articles under other headlines.
    pub rewritten: Vec<(i64, Story)>,
    pub remarks: Vec<String>,
}

/// Makes new articles of what was read, told as `is_announced` says of how many are newer and of the story itself.
pub async fn stories(
    feed: &Feed,
    compared: &Compared,
    read: Vec<Story>,
    is_announced: impl Fn(usize, &Story) -> bool,
    terms: &Terms<'_>,
) -> Result<Stories, Error> {
    let listed = Listed { further: &compared.further, standing: &compared.standing };
    let mut stories = Stories::default();
    let read = read.into_iter().filter(|story| !story.is_recorded).collect();
    let (kept, rewritten) = same_stories(feed, read, &listed, &mut stories.addresses, terms).await?;
    stories.rewritten = rewritten;
    let count = kept.len();
    for (index, (story, keys)) in in_order(kept).into_iter().enumerate() {
        let article = article(feed, &story, terms, &mut stories.remarks);
        let is_announced = is_announced(count - 1 - index, &story);
        let announce = if is_announced { announcements(feed, &article, terms) } else { Vec::new() };
        stories.articles.push(NewArticle { announce, ..new_article(&story, keys, article, terms) });
    }
    Ok(stories)
}

/// Oldest first by what the pages say too, where every one says the minute; of equals the first stays the first.
fn in_order(mut stories: Vec<(Story, Further)>) -> Vec<(Story, Further)> {
    let minute = |story: &Story| published_by(story).filter(|stamp| stamp.precision == Precision::Minute).map(|stamp| stamp.at.timestamp());
    if stories.iter().all(|(story, _)| minute(story).is_some()) {
        stories.sort_by_cached_key(|(story, _)| minute(story));
    }
    stories
}

/// What the list says of its stories.
struct Listed<'a> {
    /// By what else the new ones may be known again.
    further: &'a HashMap<String, Further>,
    /// The known articles that stand on it.
    standing: &'a HashSet<i64>,
}

/// Gives every story its addresses. A page often names its own address (by a redirect or as canonical); it counts
/// only where it belongs to this story alone: some sites name their front page on every article. A story that is a
/// known article under another address is no new one, and two stories of one headline that name one address are one.
/// Those that are known articles under other headlines come second, with what they are.
async fn same_stories(
    feed: &Feed,
    stories: Vec<Story>,
    listed: &Listed<'_>,
    known_addresses: &mut Vec<(i64, String)>,
    terms: &Terms<'_>,
) -> Result<(Vec<(Story, Further)>, Vec<(i64, Story)>), Error> {
    let named: Vec<Vec<String>> = stories.iter().map(|story| further_addresses(feed, story)).collect();
    let titles: Vec<String> = stories.iter().map(|story| list::fold_title(&story.candidate.title)).collect();
    let mut naming: HashMap<&String, Vec<usize>> = HashMap::new();
    for (index, address) in named.iter().enumerate().flat_map(|(index, named)| named.iter().map(move |address| (index, address))) {
        naming.entry(address).or_default().push(index);
    }
    naming.retain(|_, stories| stories.iter().all(|story| titles[*story] == titles[stories[0]]));
    let telling: Vec<String> = titles.iter().filter(|title| title.chars().count() >= list::TELLING_TITLE).cloned().collect();
    let known = terms.store.known(&feed.id, &named.concat(), &telling).await?;
    let mut kept: Vec<(usize, Story, Further)> = Vec::new();
    let mut rewritten: Vec<(i64, Story)> = Vec::new();
    for (index, story) in stories.into_iter().enumerate() {
        let address = link::identity(&story.candidate.url);
        let keys = listed.further.get(&address).cloned().unwrap_or_default();
        let mut addresses = vec![address];
        addresses.extend(keys.addresses);
        let owner = |address: &String| known.iter().find(|known| known.addresses.contains(address));
        let own: Vec<&String> = named[index].iter().filter(|address| naming.contains_key(address)).collect();
        let same = named[index].iter().filter_map(owner).find(|known| known.folded_title == titles[index]);
        let corrected = || own.iter().filter_map(|address| owner(address)).find(|known| dedupe::is_corrected(&story.candidate, known));
        if let Some(article) = same.or_else(corrected) {
            known_addresses.extend(addresses.into_iter().map(|address| (article.article, address)));
            continue;
        }
        let elsewhere = known.iter().filter(|known| telling.contains(&known.folded_title) && known.folded_title == titles[index]);
        let elsewhere = elsewhere.filter(|known| !listed.standing.contains(&known.article)).map(|known| known.article);
        if let Some(article) = moved_here(&story, elsewhere, terms).await? {
            known_addresses.extend(addresses.into_iter().chain(keys.marks).map(|key| (article, key)));
            continue;
        }
        addresses.extend(own.iter().filter(|address| owner(address).is_none()).map(|address| (*address).clone()));
        let is_taken = |article: &i64| rewritten.iter().any(|(taken, _)| taken == article);
        if let Some(article) = known_with_its_id(&story, keys.same_id.as_ref(), terms).await?.filter(|article| !is_taken(article)) {
            known_addresses.extend(addresses.into_iter().chain(keys.marks).map(|key| (article, key)));
            rewritten.push((article, story));
            continue;
        }
        let first = kept.iter_mut().find(|(first, ..)| own.iter().any(|address| naming[address].contains(first)));
        match first {
            Some((_, _, further)) => {
                further.addresses.extend(addresses);
                further.marks.extend(keys.marks);
            }
            None => kept.push((index, story, Further { addresses, marks: keys.marks, same_id: None })),
        }
    }
    let once = |(_, story, mut keys): (usize, Story, Further)| {
        let mut seen = HashSet::new();
        keys.addresses.retain(|address| seen.insert(address.clone()));
        (story, keys)
    };
    Ok((kept.into_iter().map(once).collect(), rewritten))
}

/// The known article under a story's headline that the story is, at another address, by its page.
async fn moved_here(story: &Story, known: impl Iterator<Item = i64>, terms: &Terms<'_>) -> Result<Option<i64>, Error> {
    let published = published_by(story);
    for article in known.take(MAX_ALIKE) {
        let before = terms.store.article(article).await?;
        if before.is_some_and(|before| dedupe::has_moved(published.as_ref(), &story.draft.text, &before)) {
            return Ok(Some(article));
        }
    }
    Ok(None)
}

/// The known article that a story with the same id is.
async fn known_with_its_id(story: &Story, same_id: Option<&SameId>, terms: &Terms<'_>) -> Result<Option<i64>, Error> {
    let Some(SameId { known, is_likely }) = same_id else { return Ok(None) };
    let Some(before) = terms.store.article(known.article).await? else { return Ok(None) };
    let published = published(story.candidate.published.as_ref(), story.draft.published.as_ref());
    let is_it = dedupe::is_rewritten(*is_likely, published.as_ref(), &story.draft.text, &before);
    Ok(is_it.then_some(known.article))
}

/// Whether a story's page gives it an address besides that of the list.
pub fn has_another_address(feed: &Feed, story: &Story) -> bool {
    !further_addresses(feed, story).is_empty()
}

/// The addresses that a story's page gives it, without the site's front page and the list itself.
fn further_addresses(feed: &Feed, story: &Story) -> Vec<String> {
    let listed = link::identity(&story.candidate.url);
    let list = link::identity(&feed.url);
    let mut further: Vec<String> = Vec::new();
    for url in [&story.landed, &story.draft.canonical].into_iter().flatten() {
        let address = link::identity(url);
        let is_front_page = url.path().len() <= 1 && url.query().is_none();
        if !is_front_page && address != list && address != listed && !further.contains(&address) {
            further.push(address);
        }
    }
    further
}

/// Without announcements.
fn new_article(story: &Story, keys: Further, article: Article, terms: &Terms<'_>) -> NewArticle {
    NewArticle {
        addresses: keys.addresses,
        marks: keys.marks,
        listed_title: story.candidate.title.clone(),
        folded_title: list::fold_title(&story.candidate.title),
        announce: Vec::new(),
        read_again: if story.is_out_of_reach { schedule::read_again(0, terms.now) } else { None },
        article,
    }
}

/// Who is told of an article; in a channel's quiet hours, when they are over.
fn announcements(feed: &Feed, article: &Article, terms: &Terms<'_>) -> Vec<Announcement> {
    let summary = article.summary.as_deref().unwrap_or_default();
    let wanting = terms.channels.iter().filter(|channel| channel.wants(&feed.id, &article.title, summary));
    wanting
        .map(|channel| {
            let end = channel.quiet_until(terms.now, &feed.zone);
            Announcement { channel: channel.id.clone(), due: end, digest: end.map(|end| format!("quiet until {end}")) }
        })
        .collect()
}

/// More than a channel's burst at once is told as one digest.
fn digest_bursts(feed: &Feed, articles: &mut [NewArticle], terms: &Terms<'_>) {
    for channel in terms.channels {
        let mut announcements: Vec<&mut Announcement> = articles
            .iter_mut()
            .flat_map(|article| &mut article.announce)
            .filter(|announcement| announcement.channel == channel.id)
            .collect();
        if announcements.len() > usize::try_from(channel.burst).unwrap_or(usize::MAX) {
            for announcement in &mut announcements {
                announcement.digest.get_or_insert_with(|| format!("{} at {}", feed.id, terms.now));
            }
        }
    }
}

/// A known article, by what its page says now that it can be read; `None` where that is nothing new.
pub fn reread(feed: &Feed, story: &Story, before: &Article, terms: &Terms<'_>, remarks: &mut Vec<String>) -> Option<Article> {
    let after = article(feed, story, terms, remarks);
    (!says_the_same(before, &after)).then_some(Article { id: before.id, files: before.files.clone(), ..after })
}

/// What the list and the page say together: the page's word, and the list's where the page is silent.
fn article(feed: &Feed, story: &Story, terms: &Terms<'_>, remarks: &mut Vec<String>) -> Article {
    let (listed, page) = (&story.candidate, &story.draft);
    for problem in &page.problems {
        remarks.push(format!("`{}`: {problem}", listed.title));
    }
    let published = published_by(story).filter(|stamp| {
        let is_past = stamp.at.timestamp().duration_since(terms.now) <= AHEAD;
        if !is_past {
            remarks.push(format!("`{}`: its date lies in the future, so the time of first sight is used", listed.title));
        }
        is_past
    });
    Article {
        id: 0,
        feed: feed.id.clone(),
        uid: article::uid(&feed.id, &listed.url),
        url: listed.url.clone(),
        title: page.title.clone().unwrap_or_else(|| listed.title.clone()),
        summary: page.summary.clone().or_else(|| listed.summary.clone()),
        text: page.text.clone(),
        html: page.html.clone(),
        author: page.author.clone().or_else(|| listed.author.clone()),
        published,
        image: page.image.clone().or_else(|| listed.image.clone()),
        language: page.language.clone().or_else(|| feed.language.clone()),
        categories: page.categories.clone(),
        attachments: attachments(listed, page),
        files: Vec::new(),
        first_seen: terms.now,
        changed: terms.now,
    }
}

/// What the page gives to be downloaded, and what the list does besides.
fn attachments(listed: &Candidate, page: &Draft) -> Vec<Attachment> {
    let is_known = |file: &&Attachment| page.attachments.iter().any(|known| link::identity(&known.url) == link::identity(&file.url));
    let mut files: Vec<Attachment> =
        page.attachments.iter().chain(listed.attachments.iter().filter(|file| !is_known(file))).cloned().collect();
    for file in files.iter_mut().filter(|file| file.duration.is_none()) {
        let listed = listed.attachments.iter().find(|listed| link::identity(&listed.url) == link::identity(&file.url));
        file.duration = listed.and_then(|listed| listed.duration);
    }
    Attachment::time(&mut files, page.duration);
    files
}

/// When the list and the page together say that a story was published.
pub fn published_by(story: &Story) -> Option<Stamp> {
    published(story.candidate.published.as_ref(), story.draft.published.as_ref())
}

/// The page's date, but for a list that knows the time of the same day.
fn published(listed: Option<&Stamp>, page: Option<&Stamp>) -> Option<Stamp> {
    match (listed, page) {
        (Some(listed), Some(page))
            if page.precision == Precision::Day && listed.precision == Precision::Minute && listed.at.date() == page.at.date() =>
        {
            Some(listed.clone())
        }
        (listed, page) => page.or(listed).cloned(),
    }
}

/// A correction by the list alone: what only the page can say stays as it was.
fn with_its_text(after: Article, before: Option<&Article>) -> Article {
    let Some(before) = before.cloned() else { return after };
    Article {
        summary: after.summary.or(before.summary),
        text: before.text,
        html: before.html,
        author: after.author.or(before.author),
        published: after.published.or(before.published),
        image: after.image.or(before.image),
        categories: before.categories,
        attachments: if before.attachments.is_empty() { after.attachments } else { before.attachments },
        ..after
    }
}

fn says_the_same(before: &Article, after: &Article) -> bool {
    before.title == after.title
        && before.text == after.text
        && before.summary == after.summary
        && before.published == after.published
        && named(&before.attachments).eq(named(&after.attachments))
}

/// Files without what is learned of them later: how long one runs is no correction.
fn named(files: &[Attachment]) -> impl Iterator<Item = (&url::Url, &str, &str)> {
    files.iter().map(|file| (&file.url, file.title.as_str(), file.media_type.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(text: &str, precision: Precision) -> Stamp {
        Stamp::parse_rfc3339(text, precision).unwrap()
    }

    #[test]
    fn the_list_adds_the_time_of_the_same_day_and_nothing_else() {
        let page = stamp("2024-01-18T00:00:00+07:00", Precision::Day);
        let listed = stamp("2024-01-18T07:29:00+07:00", Precision::Minute);
        let other_day = stamp("2024-01-19T07:29:00+07:00", Precision::Minute);
        assert_eq!(published(Some(&listed), Some(&page)), Some(listed.clone()));
        assert_eq!(published(Some(&other_day), Some(&page)), Some(page.clone()));
        assert_eq!(published(Some(&page), Some(&listed)), Some(listed.clone()));
        assert_eq!(published(Some(&listed), None), Some(listed));
    }

    #[test]
    fn a_recording_runs_as_long_as_the_list_or_its_page_says() {
        let sound = |duration: Option<i64>| Attachment {
            url: "https://a.vn/1.mp3".parse().unwrap(),
            title: "Bản tin sáng".to_owned(),
            media_type: "audio/mpeg".to_owned(),
            duration: duration.map(SignedDuration::from_secs),
        };
        let listed = |duration| Candidate {
            url: "https://a.vn/1".parse().unwrap(),
            title: "Bản tin sáng".to_owned(),
            published: None,
            summary: None,
            image: None,
            author: None,
            attachments: vec![sound(duration)],
            sighting: loa_reader::discovery::Sighting::default(),
        };
        let page =
            |attachments, seconds: Option<i64>| Draft { attachments, duration: seconds.map(SignedDuration::from_secs), ..Draft::default() };
        assert_eq!(attachments(&listed(Some(754)), &page(vec![sound(None)], None)), [sound(Some(754))]);
        assert_eq!(attachments(&listed(Some(754)), &page(Vec::new(), Some(700))), [sound(Some(754))]);
        assert_eq!(attachments(&listed(None), &page(Vec::new(), Some(700))), [sound(Some(700))]);
        assert!(named(&[sound(None)]).eq(named(&[sound(Some(700))])));
    }
}
