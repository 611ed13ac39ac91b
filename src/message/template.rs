//! A channel's own form of a message: a MiniJinja template whose values are escaped and whose result is checked.
//!
//! A template never costs a message: where its result would be refused, the built-in form stands in.

use loa_reader::text;
use minijinja::{
    AutoEscape, Environment, Output, UndefinedBehavior,
    value::{Value, ValueKind},
};
use serde::Serialize;

use crate::{
    article::Article,
    message::{
        MAX_BYTES, Message, Room,
        compose::{Parts, compose},
        html::escape,
        parse::visible,
    },
    words::Language,
};

/// The one template in its environment.
const NAME: &str = "template";

/// A template that has been tried.
#[derive(Debug, Clone)]
pub struct Template {
    environment: Environment<'static>,
}

/// Why a text is no [`Template`], or why its result cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTemplate {
    #[error("line {line}: {why}")]
    Line { line: usize, why: String },
    #[error("its result is not Telegram HTML: {0}")]
    Html(#[from] super::Unparsable),
    #[error("its result says nothing")]
    Empty,
    #[error("its result has {found} characters: expected at most {limit}")]
    TooLong { found: usize, limit: usize },
}

/// What a template may name. An absent value is an empty text, which `{% if author %}` takes for no.
#[derive(Serialize, Default)]
struct Values<'a> {
    title: &'a str,
    link: &'a str,
    lead: &'a str,
    source: &'a str,
    date: &'a str,
    author: &'a str,
    feed: &'a str,
    categories: &'a [String],
    language: &'a str,
}

impl Template {
    /// Compiles `source` and tries it on an article that has everything and on one that has little.
    ///
    /// # Errors
    /// [`BadTemplate`], with the line of the mistake.
    pub fn parse(source: &str) -> Result<Self, BadTemplate> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(|out, _, value| write_escaped(out, value));
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.add_template_owned(NAME, source.to_owned()).map_err(|error| at_line(&error))?;
        let template = Self { environment };
        let categories = ["An ninh".to_owned()];
        let full = Values {
            title: "T & T",
            link: "https://portal.example/?a=1&b=2",
            lead: "L <l>",
            source: "S",
            date: "18/01/2024 07:29",
            author: "A",
            feed: "portal",
            categories: &categories,
            language: "vi",
        };
        let scanty = Values { title: "T", link: "https://portal.example/", feed: "portal", ..Values::default() };
        template.render(&full, Room::Text)?;
        template.render(&scanty, Room::Text)?;
        Ok(template)
    }

    /// Like [`compose`] with this template's form; the second value says why the built-in form had to stand in.
    pub fn compose(&self, article: &Article, source: &str, room: Room, language: Language) -> (Message, Option<BadTemplate>) {
        let parts = Parts::of(article, source, room, language);
        let author = article.author.as_deref().map(text::squeeze).unwrap_or_default();
        let categories: Vec<_> = article.categories.iter().map(|category| text::squeeze(category)).collect();
        let values = Values {
            title: &parts.title,
            link: article.url.as_str(),
            lead: &parts.lead,
            source: &parts.source,
            date: &parts.date,
            author: &author,
            feed: article.feed.as_str(),
            categories: &categories,
            language: article.language.as_deref().unwrap_or_default(),
        };
        match self.render(&values, room) {
            Ok((html, shown)) => {
                let (plain, bare) = parts.without_markup(&article.url, room);
                (Message { html, shown, plain, bare }, None)
            }
            Err(error) => (compose(article, source, room, language), Some(error)),
        }
    }

    /// The HTML and its visible words.
    fn render(&self, values: &Values, room: Room) -> Result<(String, String), BadTemplate> {
        let template = self.environment.get_template(NAME).map_err(|error| at_line(&error))?;
        let html = text::clean(template.render(values).map_err(|error| at_line(&error))?.trim());
        let shown = visible(&html)?;
        let found = text::utf16_len(&shown);
        if shown.trim().is_empty() {
            Err(BadTemplate::Empty)
        } else if found > room.limit() {
            Err(BadTemplate::TooLong { found, limit: room.limit() })
        } else if html.len() > MAX_BYTES {
            Err(BadTemplate::TooLong { found: html.len(), limit: MAX_BYTES })
        } else {
            Ok((html, shown))
        }
    }
}

/// What `{{ … }}` writes: values escaped as everywhere else, but for what a `safe` filter let through.
fn write_escaped(out: &mut Output, value: &Value) -> Result<(), minijinja::Error> {
    if value.is_undefined() {
        return Err(minijinja::Error::from(minijinja::ErrorKind::UndefinedError));
    }
    let written = match value.kind() {
        ValueKind::None => String::new(),
        _ => value.to_string(),
    };
    let mut escaped = String::with_capacity(written.len());
    if value.is_safe() {
        escaped = written
    } else {
        escape(&written, &mut escaped)
    }
    out.write_str(&escaped).map_err(minijinja::Error::from)
}

fn at_line(error: &minijinja::Error) -> BadTemplate {
    let why = match error.kind() {
        minijinja::ErrorKind::UndefinedError => {
            "an unknown name: expected `title`, `link`, `lead`, `source`, `date`, `author`, `feed`, `categories` or `language`".to_owned()
        }
        kind => error.detail().map_or_else(|| kind.to_string(), str::to_owned),
    };
    BadTemplate::Line { line: error.line().unwrap_or(1), why }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::message::samples::{article, nasty_titles};

    const FORM: &str = "<b>{{ title|upper }}</b>\n{% if author %}\n<i>{{ author }}</i>\n{% endif %}\n{{ lead }}\n<a href=\"{{ link }}\">{{ source }}</a> #{{ feed }}";

    #[test]
    fn a_template_gives_its_form_to_an_article() {
        let template = Template::parse(FORM).unwrap();
        let (message, problem) = template.compose(&article(), "Báo & Đài", Room::Text, Language::Vietnamese);
        assert_eq!(problem, None);
        assert_snapshot!(message.html, @r#"
        <b>MỞ CAO ĐIỂM &lt;AN TOÀN&gt; GIAO THÔNG</b>
        <i>Minh Anh</i>
        Lực lượng cảnh sát giao thông ra quân từ sáng nay.
        <a href="https://catp.example/tin/mo-cao-diem?a=1&amp;b=2">Báo &amp; Đài</a> #catp
        "#);
        assert!(message.shown.contains("<AN TOÀN>"));
        assert!(message.plain.ends_with("a=1&b=2"));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let say = |source: &str| Template::parse(source).unwrap_err().to_string();
        assert_snapshot!(say("a\n{{ titel }}"), @"line 2: an unknown name: expected `title`, `link`, `lead`, `source`, `date`, `author`, `feed`, `categories` or `language`");
        assert_snapshot!(say("a\n\n{% if title %}"), @"line 3: unexpected end of input, expected end of block");
        assert_snapshot!(say("{{ title|nosuch }}"), @"line 1: filter nosuch is unknown");
        assert_snapshot!(say("<p>{{ title }}</p>"), @r#"its result is not Telegram HTML: `<p>` is not one of Telegram's elements, such as `<b>`, `<i>` and `<a href="…">`"#);
        assert_snapshot!(say("<b>{{ title }}"), @"its result is not Telegram HTML: `<b>` is not closed");
        assert_snapshot!(say("{{ lead }}"), @"its result says nothing");
    }

    #[test]
    fn a_result_that_cannot_be_sent_is_replaced_by_the_built_in_form() {
        let template = Template::parse("{{ title }} {{ lead }}{% for n in range(title|length * 40) %}x{% endfor %}").unwrap();
        let built_in = compose(&article(), "Báo", Room::Caption, Language::Vietnamese);
        let (message, problem) = template.compose(&article(), "Báo", Room::Caption, Language::Vietnamese);
        assert!(matches!(problem, Some(BadTemplate::TooLong { limit: 1024, .. })), "{problem:?}");
        assert_eq!(message, built_in);
        let template = Template::parse("{{ title }}{% if title|length > 5 %}<br>{% endif %}").unwrap();
        let (message, problem) = template.compose(&article(), "Báo", Room::Caption, Language::Vietnamese);
        assert!(matches!(problem, Some(BadTemplate::Html(_))), "{problem:?}");
        assert_eq!(message, built_in);
    }

    #[test]
    fn whatever_the_title_a_template_makes_what_telegram_takes() {
        let template = Template::parse(FORM).unwrap();
        for title in nasty_titles() {
            let mut article = article();
            article.title.clone_from(&title);
            article.author = Some(title.chars().take(50).collect());
            let (message, problem) = template.compose(&article, "Báo", Room::Caption, Language::Vietnamese);
            assert_eq!(visible(&message.html).as_ref(), Ok(&message.shown), "{title:.40}");
            assert!(problem.is_none() || matches!(problem, Some(BadTemplate::TooLong { .. })), "{title:.40}: {problem:?}");
        }
    }
}
