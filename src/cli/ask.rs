//! Questions on the terminal, and their answers.

use std::io::{self, BufRead, IsTerminal, Write};

use loa_reader::text;
use tokio::sync::mpsc;

use crate::service::adding::{Answer, BoxChoice, Question};

/// The answer of the person at the terminal, or the one that is right where there is none; `None`: only a person may decide.
pub fn answer(question: &Question, is_agreed: bool) -> io::Result<Option<Answer>> {
    let by_itself = question.by_itself(is_agreed);
    if (is_agreed && by_itself.is_some()) || !io::stdin().is_terminal() {
        return Ok(by_itself);
    }
    match question {
        Question::TakeList(list) => {
            let seems = if list.is_confirmed {
                format!("its headline stands on {}, with {} others", list.list, list.headlines.saturating_sub(1))
            } else {
                format!("its list may be {}, which has {} headlines, though not this one", list.list, list.headlines)
            };
            say(&format!("\nThis is an article: `{}`;\n{seems}.\n", list.title))?;
            yes("watch that page instead?", list.is_confirmed).map(|yes| Some(if yes { Answer::Yes } else { Answer::No }))
        }
        Question::Boxes(choices) => boxes(choices).map(Some),
        Question::Write(doubts) => {
            say("\n")?;
            for doubt in doubts {
                say(&format!("in doubt: {doubt}\n"))?;
            }
            yes("write the feed's file all the same?", false).map(|yes| Some(if yes { Answer::Yes } else { Answer::No }))
        }
    }
}

/// Which boxes are wanted.
fn boxes(choices: &[BoxChoice]) -> io::Result<Answer> {
    say("\nSeveral lists stand on this page:\n")?;
    for (at, choice) in choices.iter().enumerate() {
        let mark = if choice.is_in { "✓" } else { " " };
        let why = choice.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        say(&format!("{mark} {}  {}, {} headlines{why}\n", at + 1, choice.name, choice.headlines))?;
        if let Some(example) = choice.examples.first() {
            say(&format!("       “{}”\n", text::cut(example, 60)))?;
        }
    }
    let usual: Vec<usize> = (0..choices.len()).filter(|at| choices[*at].is_in).collect();
    let shown: Vec<String> = usual.iter().map(|at| (at + 1).to_string()).collect();
    loop {
        say(&format!("which are wanted, by their numbers? [{}] ", shown.join(" ")))?;
        let Some(line) = line()? else { return Ok(Answer::These(usual)) };
        let words: Vec<&str> = line.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Ok(Answer::These(usual));
        }
        let numbers: Option<Vec<usize>> = words.iter().map(|word| word.parse::<usize>().ok()?.checked_sub(1)).collect();
        if let Some(numbers) = numbers.filter(|numbers| numbers.iter().all(|number| *number < choices.len())) {
            return Ok(Answer::These(numbers));
        }
        say(&format!("expected numbers from 1 to {}\n", choices.len()))?;
    }
}

/// A question with two answers; Enter alone is the `usual` one.
pub fn yes(question: &str, usual: bool) -> io::Result<bool> {
    say(&format!("{question} [{}] ", if usual { "Y/n" } else { "y/N" }))?;
    Ok(is_yes(&line()?.unwrap_or_default(), usual))
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

/// On standard error: what is printed may be read by a program.
pub fn say(words: &str) -> io::Result<()> {
    let mut err = io::stderr().lock();
    err.write_all(text::clean(words).as_bytes())?;
    err.flush()
}
