//! Questions on the terminal, and their answers.

use std::io::{self, BufRead, IsTerminal, Write};

use loa_reader::text;
use tokio::sync::mpsc;

use super::terminal::{self, Mark, Sheet};
use crate::{
    service::adding::{Answer, BoxChoice, Question},
    words::{Language, adding as said, errors},
};

/// The answer of the person at the terminal, or the one that is right where there is none; `None`: only a person may decide.
pub fn answer(question: &Question, is_agreed: bool, language: Language) -> io::Result<Option<Answer>> {
    let by_itself = question.by_itself(is_agreed);
    if (is_agreed && by_itself.is_some()) || !io::stdin().is_terminal() {
        return Ok(by_itself);
    }
    let yes_or_no = |question: &str, usual| yes(question, usual, language).map(|yes| Some(if yes { Answer::Yes } else { Answer::No }));
    let mut sheet = Sheet::new(terminal::errors());
    sheet.blank();
    match question {
        Question::TakeList(list) => {
            sheet.line(&said::this_is_an_article(language, &list.title));
            sheet.line(&match list.is_confirmed {
                true => said::stands_on(language, list.list.as_str(), list.headlines.saturating_sub(1)),
                false => said::may_be_on(language, list.list.as_str(), list.headlines),
            });
            terminal::warn(&sheet.into_text());
            yes_or_no(&said::watch_that(language), list.is_confirmed)
        }
        Question::Boxes(choices) => boxes(choices, language, sheet).map(Some),
        Question::Write(doubts) => {
            doubts.iter().for_each(|doubt| sheet.line(&said::in_doubt(language, &errors::told(language, &doubt.to_string()))));
            terminal::warn(&sheet.into_text());
            yes_or_no(&said::write_anyway(language), false)
        }
    }
}

/// Which boxes are wanted.
fn boxes(choices: &[BoxChoice], language: Language, mut sheet: Sheet) -> io::Result<Answer> {
    sheet.line(&said::several_lists(language));
    for (at, choice) in choices.iter().enumerate() {
        let mark = if choice.is_in { "✓" } else { " " };
        let why = choice.why.as_ref().map(|why| format!(" ({})", errors::told(language, why))).unwrap_or_default();
        let words = said::choice(language, &choice.name, choice.headlines);
        sheet.item(Mark::Good, &format!("{mark} {}", at + 1), 5, &format!("{words}{why}"));
        if let Some(example) = choice.examples.first() {
            sheet.faint(7, &format!("“{}”", text::cut(example, 60)));
        }
    }
    terminal::warn(&sheet.into_text());
    let usual: Vec<usize> = (0..choices.len()).filter(|at| choices[*at].is_in).collect();
    let shown: Vec<String> = usual.iter().map(|at| (at + 1).to_string()).collect();
    loop {
        say(&format!("{} ", said::which_wanted(language, &shown.join(" "))))?;
        let Some(line) = line()? else { return Ok(Answer::These(usual)) };
        let words: Vec<&str> = line.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Ok(Answer::These(usual));
        }
        let numbers: Option<Vec<usize>> = words.iter().map(|word| word.parse::<usize>().ok()?.checked_sub(1)).collect();
        if let Some(numbers) = numbers.filter(|numbers| numbers.iter().all(|number| *number < choices.len())) {
            return Ok(Answer::These(numbers));
        }
        say(&format!("{}\n", said::expected_numbers(language, choices.len())))?;
    }
}

/// A question with two answers; Enter alone is the `usual` one.
pub fn yes(question: &str, usual: bool, language: Language) -> io::Result<bool> {
    say(&format!("{question} {} ", answers(usual, language)))?;
    Ok(is_yes(&line()?.unwrap_or_default(), usual))
}

/// `[Y/n]`.
pub fn answers(usual: bool, language: Language) -> String {
    match usual {
        true => said::usually_yes(language),
        false => said::usually_no(language),
    }
}

/// What an answer to a question with two answers means.
pub fn is_yes(answer: &str, usual: bool) -> bool {
    match answer.to_lowercase().as_str() {
        "y" | "yes" | "c" | "có" => true,
        "n" | "no" | "k" | "không" => false,
        answer => usual && answer.is_empty(),
    }
}

/// A line of the terminal; `None`: there is no more.
pub fn line() -> io::Result<Option<String>> {
    let mut line = String::new();
    let length = io::stdin().lock().read_line(&mut line)?;
    Ok((length > 0).then(|| line.trim().to_owned()))
}

/// Lines of the terminal as they are typed.
pub type Lines = mpsc::UnboundedReceiver<String>;

/// Reads the terminal from now on: nobody else may.
pub fn lines() -> Lines {
    let (sender, receiver) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        while let Ok(Some(line)) = line() {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// On standard error: what is printed may be read by a program. Lines end between words; a space at the end stays, as an answer follows it.
pub fn say(words: &str) -> io::Result<()> {
    let mut err = io::stderr().lock();
    err.write_all(terminal::by_words(&text::clean(words), terminal::errors()).as_bytes())?;
    err.flush()
}
