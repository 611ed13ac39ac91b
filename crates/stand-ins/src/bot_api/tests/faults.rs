//! What fails on order, and what a flood is told.

use super::*;

#[tokio::test]
async fn ordered_faults_happen_once_before_or_after_delivery() {
    let stand = stand();
    let send = || stand.post("sendMessage", json!({ "chat_id": NEWS, "text": "x" })).timeout(Duration::from_millis(200)).send();
    let table = [
        (FaultKind::TimeoutBeforeDelivery, 0),
        (FaultKind::TimeoutAfterDelivery, 1),
        (FaultKind::ResetBefore, 1),
        (FaultKind::ResetAfterDelivery, 2),
    ];
    for (kind, delivered) in table {
        stand.api.fault_next("SendMessage", 1, kind.clone());
        let error = send().await.unwrap_err();
        assert_eq!(error.is_timeout(), matches!(kind, FaultKind::TimeoutBeforeDelivery | FaultKind::TimeoutAfterDelivery), "{error:?}");
        assert_eq!(stand.api.ledger(NEWS).len(), delivered, "{kind:?}");
    }
    stand.api.fault_next("sendMessage", 1, FaultKind::TruncatedJson);
    assert_eq!(send().await.unwrap().text().await.unwrap(), r#"{"ok":true,"result":{"message_id":4,"chat":{"id":"#);
    stand.api.fault_next("sendMessage", 1, FaultKind::OkUnknownShape);
    assert_eq!(read(send().await.unwrap()).await.1["result"]["message_id"], 5);
    stand.api.fault_next("sendMessage", 1, FaultKind::BadGateway);
    let response = send().await.unwrap();
    assert_eq!(response.status(), 502);
    assert!(response.text().await.unwrap().starts_with("<html>"));
    stand.api.fault_next("sendMessage", 2, FaultKind::TooManyRequests { retry_after: 7, no_params: false });
    for _ in 0..2 {
        let (status, answer) = read(send().await.unwrap()).await;
        assert_eq!((status, &answer["parameters"]["retry_after"]), (429, &json!(7)));
    }
    let order = r#"{"chat_id":-1001000000001,"kind":{"429":{"retry_after":7,"no_params":true}}}"#;
    stand.client.post(format!("{}/__fault", stand.api.url())).body(order).send().await.unwrap().error_for_status().unwrap();
    assert_eq!(
        read(send().await.unwrap()).await.1,
        json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 7" })
    );
    assert_eq!(send().await.unwrap().status(), 200);
    let order = r#"{"kind":"kick"}"#;
    stand.client.post(format!("{}/__fault", stand.api.url())).body(order).send().await.unwrap().error_for_status().unwrap();
    assert_eq!(send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn losses_are_the_same_for_the_same_seed_and_fall_on_both_sides() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let stand = stand();
        stand.api.lose(5, 11);
        let mut heard = Vec::new();
        for _ in 0..100 {
            heard.push(stand.post("sendMessage", json!({ "chat_id": NEWS, "text": "x" })).send().await.is_ok());
        }
        let lost = heard.iter().filter(|heard| !**heard).count();
        let unheard = stand.api.ledger(NEWS).len() + lost - 100;
        assert!((10..=30).contains(&lost), "{lost}");
        assert!(unheard.abs_diff(lost - unheard) <= 1, "{unheard} of {lost} lost after delivery");
        runs.push(heard);
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn a_flood_is_answered_with_a_wait_that_grows() {
    let stand = stand();
    stand.api.flood(Flood { minded: true, albums_by_400: true, ..Flood::default() });
    for _ in 0..4 {
        stand.say("x").await;
    }
    let body = json!({ "chat_id": NEWS, "text": "x" });
    let waits = [stand.call("sendMessage", body.clone()).await, stand.call("sendMessage", body).await];
    let waits = waits.map(|(status, answer)| (status, answer["parameters"]["retry_after"].as_u64().unwrap()));
    assert_eq!(waits[0], (429, 1));
    assert_eq!(waits[1], (429, 2));
    let media = json!([{ "type": "photo", "media": "http://a.vn/1" }, { "type": "photo", "media": "http://a.vn/2" }]);
    assert_eq!(
        stand.refusal("sendMediaGroup", json!({ "chat_id": NEWS, "media": media })).await,
        "400 Bad Request: failed to send message #1 with the error message \"Too Many Requests: retry after 3\""
    );
    assert_eq!(stand.call("sendMessage", json!({ "chat_id": OPS, "text": "x" })).await.0, 200);
}

#[tokio::test]
async fn the_end_does_not_wait_for_a_client_that_hangs() {
    let stand = stand();
    stand.api.fault_next("getMe", 1, FaultKind::TimeoutBeforeDelivery);
    let hanging = stand.post("getMe", json!({})).send();
    let Stand { api, .. } = &stand;
    let hanging = tokio::spawn(hanging);
    while api.calls().is_empty() {
        tokio::task::yield_now().await;
    }
    stand.api.shutdown().await;
    assert!(hanging.await.unwrap().is_err());
}
