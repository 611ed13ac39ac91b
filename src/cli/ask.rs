//! Questions on the terminal, and their answers.

use std::io::{self, BufRead, IsTerminal, Write};

use loa_reader::text;
use tokio::sync::mpsc;

use super::terminal::{self, Looks, Mark, Sheet};
use crate::{
    service::adding::{Answer, BoxChoice, Question},
    words::{Language, adding as said, errors},
};

/// The answer of the person at the terminal, or the one that is right where there is none; `None`: only a person may
/// decide.
pub fn answer(question: &Question, is_agreed: bool, language: Language) -> io::Result<Option<Answer>> {
    let by_itself = question.by_itself(is_agreed);
    if (is_agreed && by_itself.is_some()) || !io::stdin().is_terminal() {
        return Ok(by_itself);
    }
    let yes_or_no = |question: &str, usual| yes(question, usual, language).map(|yes| Some(if yes { Answer::Yes } else { Answer::No }));
    terminal::warn(&format!("\n{}", in_words(question, language, terminal::errors())));
    match question {
        Question::TakeList(list) => yes_or_no(&said::watch_that(language), list.is_confirmed),
        Question::Boxes(choices) => boxes(choices, language).map(Some),
        Question::Write(_) => yes_or_no(&said::write_anyway(language), false),
    }
}

/// What is said before the question is asked.
fn in_words(question: &Question, language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    match question {
        Question::TakeList(list) => {
            sheet.line(&said::this_is_an_article(language, &list.title));
            sheet.line(&match list.is_confirmed {
                true => said::stands_on(language, list.list.as_str(), list.headlines.saturating_sub(1)),
                false => said::may_be_on(language, list.list.as_str(), list.headlines),
            });
        }
        Question::Boxes(choices) => {
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
        }
        Question::Write(doubts) => {
            doubts.iter().for_each(|doubt| sheet.line(&said::in_doubt(language, &errors::told(language, &doubt.to_string()))));
        }
    }
    sheet.into_text()
}

/// Which boxes are wanted.
fn boxes(choices: &[BoxChoice], language: Language) -> io::Result<Answer> {
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

/// On standard error: what is printed may be read by a program. Lines end between words; a space at the end stays, as
/// an answer follows it.
pub fn say(words: &str) -> io::Result<()> {
    let mut err = io::stderr().lock();
    err.write_all(terminal::by_words(&text::clean(words), terminal::errors()).as_bytes())?;
    err.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::{list_of_article::ListOfArticle, preview::Doubt};

    #[test]
    fn it_looks_well_everywhere() {
        let list = |is_confirmed| ListOfArticle {
            article: "https://cong-an.portal.example/tin-tuc/81057.html".parse().unwrap(),
            title: "Ra quân bảo đảm trật tự đô thị dịp cuối năm".to_owned(),
            list: "https://cong-an.portal.example/tin-tuc".parse().unwrap(),
            headlines: 12,
            is_confirmed,
        };
        let choice = |name: &str, headlines, why: Option<&str>| BoxChoice {
            name: name.to_owned(),
            headlines,
            examples: vec!["Ra quân bảo đảm trật tự đô thị dịp cuối năm trên địa bàn ba phường trung tâm".to_owned()],
            is_in: why.is_none(),
            why: why.map(str::to_owned),
            is_open: true,
        };
        let boxes = vec![choice("Tin tức", 10, None), choice("Video", 8, Some("its heading says that it is something else"))];
        let questions = [
            Question::TakeList(list(true)),
            Question::TakeList(list(false)),
            Question::Boxes(boxes),
            Question::Write(vec![Doubt::Unconfirmed { found: 9 }, Doubt::Few(1), Doubt::Undated]),
        ];
        let show = |looks, language| questions.each_ref().map(|question| in_words(question, language, looks)).join("--\n");
        insta::assert_snapshot!("questions", terminal::in_every_look(show));
    }
}
