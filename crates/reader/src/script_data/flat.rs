//! Data written flat, as by Nuxt and SvelteKit: one array of values, whose objects and arrays hold numbers of others.
//! <https://github.com/Rich-Harris/devalue>

use serde_json_borrow::Value;

/// Levels that are written out below an object of a list, and values in all.
const LEVELS: usize = 4;
/// Levels around an object that are written out with it.
const AROUND: usize = 3;
const BUDGET: usize = 100_000;

/// The arrays of objects in a flat document, written out; `None` where it is not a flat one.
pub fn lists<'v>(document: &'v Value<'v>) -> Option<Vec<Value<'v>>> {
    let values = document.as_array().filter(|values| is_flat(values))?;
    let mut flat = Flat { values, budget: BUDGET };
    let is_list = |value: &&'v Value<'v>| {
        let Some(members) = value.as_array().filter(|members| members.len() > 1) else { return false };
        members.iter().all(|member| number(member).is_some_and(|at| values.get(at).is_some_and(Value::is_object)))
    };
    let lists: Vec<&'v Value<'v>> = values.iter().filter(is_list).collect();
    Some(lists.into_iter().map_while(|list| flat.takes(list).then(|| flat.written_out(list, LEVELS))).collect())
}

/// The objects of a flat document that have a key as asked for, alone and in what they stand in, written out; `None`
/// where it is not a flat one.
pub fn objects<'v>(document: &'v Value<'v>, is_asked: impl Fn(&str) -> bool) -> Option<Vec<Value<'v>>> {
    let values = document.as_array().filter(|values| is_flat(values))?;
    let mut is_wanted: Vec<bool> =
        values.iter().map(|value| value.as_object().is_some_and(|object| object.iter().any(|(key, _)| is_asked(key)))).collect();
    for _ in 0..AROUND {
        let is_around = |value: &Value| match value {
            Value::Object(object) => object.values().any(|it| number(it).is_some_and(|at| is_wanted.get(at) == Some(&true))),
            Value::Array(members) => {
                members.len() == 1 && members.iter().any(|it| number(it).is_some_and(|at| is_wanted.get(at) == Some(&true)))
            }
            _ => false,
        };
        is_wanted = values.iter().zip(&is_wanted).map(|(value, is_wanted)| *is_wanted || is_around(value)).collect();
    }
    let mut flat = Flat { values, budget: BUDGET };
    let wanted = values.iter().zip(is_wanted).filter(|(value, is_wanted)| *is_wanted && value.is_object()).map(|(value, _)| value);
    Some(wanted.map_while(|object| flat.takes(object).then(|| flat.written_out(object, LEVELS))).collect())
}

/// Whether there are objects, and all hold nothing but numbers.
fn is_flat(values: &[Value]) -> bool {
    let mut objects = values.iter().filter_map(Value::as_object).filter(|object| !object.is_empty()).peekable();
    objects.peek().is_some() && objects.all(|object| object.values().all(Value::is_i64))
}

fn number(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

struct Flat<'v> {
    values: &'v [Value<'v>],
    budget: usize,
}

impl<'v> Flat<'v> {
    /// Counts a list with its members; false where the budget is over.
    fn takes(&mut self, value: &Value) -> bool {
        let members = match value {
            Value::Array(members) => members.len(),
            Value::Object(object) => object.len(),
            _ => 1,
        };
        let left = self.budget.checked_sub(members);
        self.budget = left.unwrap_or(0);
        left.is_some()
    }

    fn at(&mut self, reference: &Value, levels: usize) -> Value<'v> {
        // Negative numbers stand for nothing.
        let Some(value) = number(reference).and_then(|at| self.values.get(at)) else { return Value::Null };
        if levels == 0 || !self.takes(value) {
            return Value::Null;
        }
        self.written_out(value, levels - 1)
    }

    fn written_out(&mut self, value: &'v Value<'v>, levels: usize) -> Value<'v> {
        match value {
            Value::Array(members) => match members.split_first() {
                // `["Date", "2026-07-09T…"]`, `["Reactive", 7]`
                Some((Value::Str(_), [date @ Value::Str(_), ..])) => date.clone(),
                Some((Value::Str(_), [inner, ..])) => self.at(inner, levels),
                _ => Value::Array(members.iter().map(|member| self.at(member, levels)).collect()),
            },
            Value::Object(object) => Value::Object(object.iter().map(|(key, value)| (key, self.at(value, levels))).collect()),
            value => value.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_followed() {
        let value = |json: &'static str| serde_json::from_str::<Value>(json).unwrap();
        let document = value(
            r#"[["Reactive", 1], {"posts": 2}, [3, 6], {"title": 4, "at": 5, "x": -1}, "Một", ["Date", "2026-07-09"], {"title": 7}, "Hai"]"#,
        );
        assert_eq!(lists(&document).unwrap(), [value(r#"[{"title": "Một", "at": "2026-07-09", "x": null}, {"title": "Hai"}]"#)]);
        assert_eq!(lists(&value(r#"[{"title": "Một"}]"#)), None);
    }
}
