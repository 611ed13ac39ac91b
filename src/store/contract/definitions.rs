//! What every database must keep of the definitions of feeds.

use super::*;

fn definition(feed: &str, text: &str) -> Definition {
    Definition { feed: feed.parse().unwrap(), text: text.into() }
}

#[tokio::test]
async fn a_definition_is_given_back_byte_for_byte_and_every_change_is_counted() {
    each(async |place| {
        let store = place.open().await;
        assert_eq!((store.definitions().await.unwrap(), store.definitions_changed().await.unwrap()), (vec![], 0));
        let odd = "# Công an 'Đà Nẵng' \"\\u0041\"\r\nurl = \"https://a.vn/?q=$1&x=?\"\n\n\t[source.page]\nitem = \"h2 > a\"";
        let both = [definition("police", odd), definition("court", "url = \"https://b.vn/\"\n")];
        assert_eq!(store.define(&both).await.unwrap().len(), 2);
        assert_eq!(store.definitions_changed().await.unwrap(), 1);
        store.close().await;
        let store = place.open().await;
        assert_eq!(store.definitions().await.unwrap(), [both[1].clone(), both[0].clone()], "in the order of their names");
        // What is the same changes nothing.
        assert_eq!(store.define(&both).await.unwrap(), []);
        assert_eq!(store.definitions_changed().await.unwrap(), 1);
        let other = definition("court", "url = \"https://c.vn/\"\n");
        assert_eq!(store.define(&[both[0].clone(), other.clone()]).await.unwrap(), vec![other.feed.clone()]);
        assert_eq!(store.definitions_changed().await.unwrap(), 2);
        // A new one takes nobody's place; the same once more is no other.
        assert!(!store.define_new(&both[1]).await.unwrap());
        let new = definition("hue", "url = \"https://d.vn/\"\n");
        assert!(store.define_new(&new).await.unwrap() && store.define_new(&new).await.unwrap());
        assert_eq!(store.definitions_changed().await.unwrap(), 3);
        assert_eq!(store.undefine(&new.feed).await.unwrap(), Some(new.text));
        assert_eq!(store.undefine(&new.feed).await.unwrap(), None);
        assert_eq!((store.definitions().await.unwrap(), store.definitions_changed().await.unwrap()), (vec![other, both[0].clone()], 4));
    })
    .await;
}

#[tokio::test]
async fn a_definition_goes_with_its_feed_to_the_new_name_and_over_no_other() {
    each(async |place| {
        let store = place.open().await;
        store.define(&[definition("police", "a"), definition("court", "b")]).await.unwrap();
        let names = |names: [&str; 2]| names.map(|name| name.parse::<FeedId>().unwrap());
        let [police, court] = names(["police", "court"]);
        assert!(!store.rename(&police, &court, at(1)).await.unwrap());
        assert_eq!(store.definitions_changed().await.unwrap(), 1);
        assert!(store.rename(&police, &"cong-an".parse().unwrap(), at(1)).await.unwrap());
        assert_eq!(store.definitions().await.unwrap(), [definition("cong-an", "a"), definition("court", "b")]);
        assert_eq!(store.definitions_changed().await.unwrap(), 2);
        // Where they are files there is none to go with it.
        assert!(store.rename(&"vinh".parse().unwrap(), &"nghe-an".parse().unwrap(), at(2)).await.unwrap());
        assert_eq!(store.definitions_changed().await.unwrap(), 2);
    })
    .await;
}
