//! What holds for every word of every area: it is there in each language, and names exactly what it is given.

use std::{collections::BTreeSet, fs, path::Path};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

use super::*;

#[test]
fn every_word_is_there_in_each_language_and_names_what_it_is_given() {
    let mut broken = Vec::new();
    for catalogue in AREAS.iter().map(|area| area()) {
        for language in Language::ALL {
            let path = format!("{}/{}.ftl", language.tag(), catalogue.area);
            let text = fs::read_to_string(folder().join(&path)).unwrap();
            let resource = match parser::parse(text.as_str()) {
                Ok(resource) => resource,
                Err((_, errors)) => {
                    broken.extend(errors.iter().map(|error| format!("{path}: {error} near `{}`", &text[error.pos.start..error.pos.end])));
                    continue;
                }
            };
            let mut said = BTreeSet::new();
            for entry in &resource.body {
                let Entry::Message(message) = entry else { continue };
                let name = message.id.name;
                if !said.insert(name) {
                    broken.push(format!("{path}: `{name}` is said twice"));
                }
                let Some(word) = catalogue.words.iter().find(|word| word.name == name) else {
                    broken.push(format!("{path}: `{name}` is not declared in `{}.rs`", catalogue.area));
                    continue;
                };
                let mut named = BTreeSet::new();
                message.value.iter().for_each(|pattern| variables(pattern, &mut named));
                let given: BTreeSet<&str> = word.parameters.iter().copied().collect();
                if named != given {
                    broken.push(format!("{path}: `{name}` names {named:?} and is given {given:?}"));
                }
            }
            let missing = catalogue.words.iter().filter(|word| !said.contains(word.name));
            broken.extend(missing.map(|word| format!("{path}: there is no `{}`", word.name)));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_file_belongs_to_an_area() {
    for language in Language::ALL {
        // Errors are recognised by their texts, and have tests of their own. What the help says in English stands at
        // the commands.
        let others = [Some(errors::catalogue()), (language != Language::English).then(help::catalogue)];
        let areas = AREAS.iter().map(|area| area()).chain(others.into_iter().flatten());
        let areas: BTreeSet<String> = areas.map(|catalogue| format!("{}.ftl", catalogue.area)).collect();
        let files = fs::read_dir(folder().join(language.tag())).unwrap();
        let files: BTreeSet<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(files, areas, "in `{}`", language.tag());
    }
}

#[test]
fn plurals_and_numbers_are_those_of_the_language() {
    assert_eq!(
        [0, 1, 2].map(|count| message::new_headlines(Language::English, count)),
        ["0 new headlines", "1 new headline", "2 new headlines"]
    );
    assert_eq!(message::new_headlines(Language::Vietnamese, 1), "1 tin mới");
    assert_eq!(web::articles(Language::English, 1_234_567), "1,234,567 articles");
    assert_eq!(web::articles(Language::Vietnamese, 1_234), "1.234 bài");
    assert_eq!([1, 999, 1_000].map(|number| Language::Vietnamese.number(number)), ["1", "999", "1.000"]);
}

/// What a text takes for its own syntax stays as it is in a value.
#[test]
fn a_value_is_no_text() {
    assert_eq!(web::moment(Language::English, "{ $day }", "<b>", "{{"), "{ $day }, <b> ({{)");
}

/// The names of all parameters in `pattern`, in every variant of it.
fn variables<'text>(pattern: &Pattern<&'text str>, found: &mut BTreeSet<&'text str>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => variable(inline, found),
            Expression::Select { selector, variants } => {
                variable(selector, found);
                variants.iter().for_each(|variant| variables(&variant.value, found));
            }
        }
    }
}

fn variable<'text>(inline: &InlineExpression<&'text str>, found: &mut BTreeSet<&'text str>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name);
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => (),
        _ => panic!("only parameters and literals are used, as what they say is seen in one place"),
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words")
}
