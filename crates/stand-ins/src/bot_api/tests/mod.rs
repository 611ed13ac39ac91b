//! The stand-in over HTTP, as a client sees it.

mod faults;
mod library;
mod refusals;
mod sending;

use serde_json::{Value, json};

use super::*;

const TOKEN: &str = "4242:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc";
const NEWS: i64 = -1_001_000_000_001;
const OPS: i64 = 77;

struct Stand {
    api: BotApi,
    client: reqwest::Client,
}

fn stand() -> Stand {
    let api = BotApi::start(std::net::TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap();
    api.add_channel(NEWS, Some("loa_news"), "Tin tức");
    api.add_private(OPS, "Người trực");
    Stand { api, client: reqwest::Client::builder().no_proxy().build().unwrap() }
}

impl Stand {
    fn post(&self, method: &str, body: Value) -> reqwest::RequestBuilder {
        let request = self.client.post(format!("{}/bot{TOKEN}/{method}", self.api.url()));
        request.header("content-type", "application/json").body(body.to_string())
    }

    async fn call(&self, method: &str, body: Value) -> (u16, Value) {
        read(self.post(method, body).send().await.unwrap()).await
    }

    /// The description of a refusal.
    async fn refusal(&self, method: &str, body: Value) -> String {
        let (status, answer) = self.call(method, body).await;
        assert_eq!(answer["error_code"], status, "{answer}");
        assert_eq!(answer["ok"], false);
        format!("{status} {}", answer["description"].as_str().unwrap())
    }

    async fn say(&self, text: &str) -> Value {
        let (status, answer) = self.call("sendMessage", json!({ "chat_id": NEWS, "text": text, "parse_mode": "HTML" })).await;
        assert_eq!(status, 200, "{answer}");
        answer["result"].clone()
    }

    async fn upload(&self, method: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> (u16, Value) {
        const BOUNDARY: &str = "-----between-the-parts";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, bytes) in files {
            body.extend(
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
                )
                .bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let request = self.client.post(format!("{}/bot{TOKEN}/{method}", self.api.url()));
        let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}")).body(body);
        read(request.send().await.unwrap()).await
    }
}

async fn read(response: reqwest::Response) -> (u16, Value) {
    (response.status().as_u16(), serde_json::from_str(&response.text().await.unwrap()).unwrap())
}

/// The head of a PNG, which is all that tells its size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0\0\0\0\0");
    bytes
}
