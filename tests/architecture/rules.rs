//! The architecture as lists: which module stands on which floor, and which outside crate lives where.

/// A package of the workspace.
pub struct Package {
    pub name: &'static str,
    /// Below the root of the workspace; empty for the root.
    pub folder: &'static str,
    /// Floors of modules from the bottom to the top. A module may use only floors below its own.
    pub floors: &'static [(&'static str, &'static [&'static str])],
    /// The lowest floor that may act: those below compute and nothing else. `None`: no floor may.
    pub acts_from: Option<&'static str>,
    /// Each outside crate has one home; replacing it touches only these paths.
    pub homes: &'static [(&'static str, &'static [&'static str])],
    /// Outside crates whose types are words of the whole package.
    pub everywhere: &'static [&'static str],
    /// What must never come into its manifest.
    pub never: &'static [&'static str],
}

pub const PACKAGES: &[Package] = &[DOCUMENTS, READER, TRAINER, STAND_INS, LOA];

const DOCUMENTS: Package = Package {
    name: "loa-documents",
    folder: "crates/documents",
    floors: &[("texts", &["layout", "text"]), ("formats", &["docx", "pdf"])],
    acts_from: None,
    homes: &[("lopdf", &["pdf.rs", "pdf"]), ("quick_xml", &["docx.rs"]), ("unicode_normalization", &["text.rs"]), ("zip", &["docx.rs"])],
    everywhere: &["thiserror"],
    never: &["tokio", "reqwest", "sqlx", "tracing", "loa", "loa_reader", "loa_stand_ins"],
};

const READER: Package = Package {
    name: "loa-reader",
    folder: "crates/reader",
    floors: &[
        ("letters", &["text", "vietnamese"]),
        ("patterns", &["pattern"]),
        ("limits and lists", &["budget", "duration", "publisher_mark", "wordlist"]),
        ("words", &["charset", "jsonld", "link", "time", "tree"]),
        ("pages", &["outline", "page", "site"]),
        ("things", &["draft", "script_data"]),
        ("sightings", &["discovery"]),
        ("recordings", &["recordings"]),
        ("readers", &["article", "list"]),
    ],
    acts_from: None,
    homes: &[
        ("aho_corasick", &["article/class_hints.rs"]),
        ("ammonia", &["article/sanitise.rs"]),
        ("chardetng", &["charset.rs"]),
        ("dom_query", &["article", "list", "outline", "tree.rs", "tree"]),
        ("dom_smoothie", &["article/vote.rs"]),
        ("encoding_rs", &["charset", "charset.rs"]),
        ("feed_rs", &["list/structured/feed.rs"]),
        ("foldhash", &["list", "time"]),
        ("html5ever", &["article", "list", "outline", "script_data", "tree.rs", "tree"]),
        ("icu_calendar", &["time/calendar.rs"]),
        ("memchr", &["article", "charset", "charset.rs", "list", "script_data", "tree"]),
        ("quick_xml", &["list/structured/sitemap.rs"]),
        ("regex", &["pattern.rs"]),
        ("serde_json_borrow", &["list/structured/data.rs", "list/structured/state", "recordings", "recordings.rs", "script_data"]),
        ("unicode_normalization", &["article", "charset", "text.rs", "time", "vietnamese"]),
    ],
    everywhere: &["jiff", "serde", "serde_json", "thiserror", "url"],
    never: &["tokio", "reqwest", "sqlx", "tracing", "fastrand", "loa", "loa_stand_ins"],
};

const TRAINER: Package = Package {
    name: "loa-reader-train",
    folder: "crates/reader/train",
    floors: &[
        ("methods", &["boosting", "copies", "descent", "score"]),
        ("forms", &["table"]),
        ("pages", &["corpus"]),
        ("tables", &["blocks", "dates", "lists", "records", "rules"]),
        ("all", &["folds"]),
    ],
    acts_from: Some("pages"),
    homes: &[
        ("anyhow", &["blocks.rs", "corpus.rs", "dates.rs", "folds.rs", "lists.rs", "main.rs", "records.rs", "rules.rs"]),
        ("clap", &["boosting.rs", "corpus.rs", "main.rs"]),
        ("fastrand", &["copies.rs", "corpus.rs"]),
        ("flate2", &["corpus.rs"]),
        ("serde", &["corpus.rs", "lists.rs", "records.rs"]),
        ("serde_json", &["corpus.rs"]),
    ],
    everywhere: &["jiff", "loa_reader", "url"],
    never: &["loa", "loa_stand_ins", "reqwest", "tokio"],
};

const STAND_INS: Package = Package {
    name: "loa-stand-ins",
    folder: "crates/stand-ins",
    floors: &[("connections", &["line"]), ("stand-ins", &["bot_api", "pages", "portal", "portals", "postgres"])],
    acts_from: Some("connections"),
    homes: &[
        ("axum", &["bot_api", "line.rs", "portal", "portals"]),
        ("fastrand", &["bot_api", "portals", "postgres.rs"]),
        ("flate2", &["portal"]),
        ("imagesize", &["bot_api"]),
        ("sha2", &["portal"]),
    ],
    everywhere: &["jiff", "loa_reader", "serde", "serde_json", "tokio", "url"],
    never: &["loa", "teloxide", "reqwest", "sqlx"],
};

const LOA: Package = Package {
    name: "loa",
    folder: "",
    floors: &[
        ("words", &["cause", "settings", "unit", "words"]),
        ("things", &["article"]),
        ("audience", &["channel", "trouble"]),
        ("stages", &["message", "render", "schedule"]),
        ("doors", &["fetch", "store", "target"]),
        ("assembly", &["config", "feed"]),
        ("jobs", &["jobs"]),
        ("service", &["service"]),
        ("faces", &["control", "web"]),
        ("process", &["daemon", "demo"]),
        ("top", &["cli"]),
    ],
    acts_from: Some("doors"),
    homes: &[
        ("anstyle", &["cli/terminal"]),
        ("anstyle_query", &["cli/log.rs", "cli/terminal"]),
        ("anyhow", &["cli", "daemon", "service"]),
        ("atom_syndication", &["render/atom.rs"]),
        ("axum", &["web"]),
        ("bytes", &["fetch", "jobs/publish", "render/mod.rs", "target/mod.rs", "target/telegram/photo_check.rs"]),
        ("clap", &["cli"]),
        ("clap_complete", &["cli/manual.rs"]),
        ("clap_mangen", &["cli/manual.rs"]),
        ("fastrand", &["service", "store"]),
        ("feed_rs", &["render/read_back.rs"]),
        ("flate2", &["fetch/exchange.rs", "jobs/publish"]),
        ("fluent_bundle", &["words"]),
        ("fluent_syntax", &["words"]),
        ("hyper_util", &["web/connection.rs"]),
        ("imagesize", &["target/telegram/photo_check.rs"]),
        ("indicatif", &["cli"]),
        ("loa_documents", &["jobs/poll/document_text.rs"]),
        ("loa_stand_ins", &["demo"]),
        ("tikv_jemallocator", &["main.rs"]),
        ("minijinja", &["message/template.rs", "web/index.rs"]),
        ("prometheus_client", &["web/metrics.rs"]),
        ("quick_cache", &["jobs/publish/documents.rs"]),
        ("quick_xml", &["service/opml.rs"]),
        ("regex", &["channel/matcher.rs"]),
        ("reqwest", &["fetch", "target/telegram"]),
        ("robotxt", &["fetch/robots.rs"]),
        ("rss", &["render/rss.rs"]),
        ("rustix", &["service/check/machine.rs"]),
        ("sha2", &["jobs", "store/moving.rs", "target/telegram/probe.rs"]),
        ("sqlx", &["store"]),
        ("strsim", &["service", "settings.rs"]),
        ("teloxide", &["target/telegram"]),
        ("tempfile", &["demo/newsroom.rs", "service/check/machine.rs", "service/definitions.rs", "service/preview.rs", "store/sqlite"]),
        ("terminal_size", &["cli"]),
        ("textwrap", &["cli/terminal", "daemon/terminal.rs"]),
        ("toml", &["settings.rs"]),
        ("toml_edit", &["service/settings_file.rs"]),
        ("tracing", &["cli", "control", "daemon", "jobs/deliver", "service", "target/telegram", "web"]),
        ("tracing_subscriber", &["cli"]),
        ("unicode_width", &["cli", "daemon/terminal.rs"]),
        ("uuid", &["article.rs"]),
    ],
    everywhere: &["jiff", "loa_reader", "serde", "serde_json", "thiserror", "tokio", "url"],
    never: &[],
};

/// Paths by which code acts on the world or asks it: a clock, files, the network, other processes, threads, a log.
pub const ACTS: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io::stderr",
    "std::io::stdin",
    "std::io::stdout",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
    "tracing",
];

/// Macros that act.
pub const ACTING_MACROS: &[&str] = &["dbg", "eprint", "eprintln", "print", "println"];
