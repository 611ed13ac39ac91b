//! Data that comes in pieces, as Next streams it: calls of `….push([1,"…"])`, one after another over many scripts.
//!
//! Their texts make rows `id:data` when they are put together.
//! <https://github.com/facebook/react/blob/main/packages/react-client/src/ReactFlightClient.js>

use memchr::memmem;
use serde_json::Deserializer;
use serde_json_borrow::Value;

const CALL: &str = ".push([";

/// The texts that a script pushes, put together; empty where it pushes none.
pub(super) fn pushed(script: &str) -> String {
    let mut text = String::new();
    let mut rest = script;
    while let Some(at) = memmem::find(rest.as_bytes(), CALL.as_bytes()) {
        rest = &rest[at + CALL.len() - 1..];
        // Only a short array of a number and a text is a piece.
        if !rest[1..].trim_start().starts_with(|ch: char| ch.is_ascii_digit()) {
            continue;
        }
        let mut stream = Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(value)) = stream.next() else { continue };
        rest = &rest[stream.byte_offset()..];
        if let Some([Value::Number(_), Value::Str(piece)]) = value.as_array() {
            text.push_str(piece);
        }
    }
    text
}

/// The data of the rows that have some; rows of text and of code are passed over.
pub(super) fn rows(stream: &str) -> Vec<Value<'_>> {
    let mut found = Vec::new();
    let mut rest = stream;
    while !rest.is_empty() {
        let id = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let Some(row) = rest[id..].strip_prefix(':').filter(|_| id > 0) else {
            // What was there is no row: the next line may be one.
            rest = rest.split_once('\n').map_or("", |(_, next)| next);
            continue;
        };
        if let Some(after) = text_row(row) {
            rest = after;
            continue;
        }
        let (data, next) = row.split_once('\n').unwrap_or((row, ""));
        if data.starts_with(['{', '[']) {
            found.extend(serde_json::from_str::<Value>(data));
        }
        rest = next;
    }
    found
}

/// What follows a row of text, `T` with its length in bytes: line feeds in it end nothing.
fn text_row(row: &str) -> Option<&str> {
    let (length, text) = row.strip_prefix('T')?.split_once(',')?;
    text.get(usize::from_str_radix(length, 16).ok()?..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_put_together() {
        let scripts = [
            r#"(self.__next_f=self.__next_f||[]).push([0])"#,
            r#"self.__next_f.push([1,"0:I[47,[],\"x\"]\n1:T5,a\nb:c2:{\"tin\":[{\"a\":"])"#,
            r#"a.push([x,1]);self.__next_f.push([1,"1}]}\nkhông phải hàng\n3:\"chữ\"\n4:[2"]);b.push([1"#,
        ];
        let stream: String = scripts.iter().map(|script| pushed(script)).collect();
        let rows: Vec<String> = rows(&stream).iter().map(Value::to_string).collect();
        assert_eq!(rows, [r#"{"tin":[{"a":1}]}"#]);
        assert_eq!(super::rows("1:Tzz,x\n2:[1]\n").len(), 1);
        assert_eq!(super::rows("1:Tffff,x").len(), 0);
    }
}
