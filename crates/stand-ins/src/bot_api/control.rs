//! The stand-in's own addresses, `/__…`: faults are ordered and the ledger is read over HTTP.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{faults::Loss, server::Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lose {
    one_in: u32,
    seed: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Latency {
    ms: u64,
}

/// `POST fault`, `POST lose`, `POST latency`, `GET ledger?chat=`, `GET calls`.
pub(super) async fn answer(shared: &Shared, path: &str, query: Option<&str>, body: Body) -> Result<Value, String> {
    let bytes = to_bytes(body, 1 << 20).await.map_err(|error| error.to_string())?;
    let mut world = shared.world();
    match path {
        "fault" => world.faults.push(read(&bytes)?),
        "lose" => {
            let Lose { one_in, seed } = read(&bytes)?;
            world.loss = Some(Loss::new(one_in, seed));
        }
        "latency" => world.latency = Duration::from_millis(read::<Latency>(&bytes)?.ms),
        "calls" => return serde_json::to_value(&world.calls).map_err(|error| error.to_string()),
        "ledger" => {
            let named = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).find(|(key, _)| key == "chat");
            let named = named.ok_or("expected `?chat=` with a number or an `@name`")?.1;
            let chat = world.chat_id(&named).and_then(|id| world.chats.get(&id)).ok_or_else(|| format!("no chat `{named}`"))?;
            return serde_json::to_value(&chat.messages).map_err(|error| error.to_string());
        }
        _ => return Err(format!("no address `/__{path}`: expected `fault`, `lose`, `latency`, `ledger` or `calls`")),
    }
    Ok(json!({ "ok": true }))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}
