//! The other processes that work on the same store: what they change is heard, so that nobody waits until the next
//! look.

use std::time::Duration;

use tokio::sync::watch;
use tracing::{info, warn};

use super::stopped;
use crate::{cause, service::Service, store::Error};

/// Between two tries while the server is away.
const RETRY: Duration = Duration::from_secs(1);

/// Takes up what another process has changed, until told to stop. Where the store is a file there is none.
pub async fn hear(service: &Service, mut stop: watch::Receiver<bool>) {
    let mut is_away = false;
    loop {
        let heard = tokio::select! {
            heard = service.store.hear() => heard,
            () = stopped(&mut stop) => return,
        };
        match heard {
            Ok(heard) => {
                if std::mem::take(&mut is_away) {
                    info!("the store answers again");
                }
                if let Err(error) = service.take_up_heard(&heard).await {
                    warn!("what another worker published could not be looked at: {}", words(&error));
                }
            }
            Err(error) => {
                if !is_away {
                    warn!("{}: polls and deliveries rest, and feeds are served as far as they are kept", words(&error));
                    is_away = true;
                }
                tokio::select! {
                    () = tokio::time::sleep(RETRY) => (),
                    () = stopped(&mut stop) => return,
                }
            }
        }
    }
}

/// Does `work` as one of several processes, and hears the others meanwhile.
pub async fn hearing<T>(service: &Service, work: impl Future<Output = T>) -> T {
    let (_never, stop) = watch::channel(false);
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => done,
        () = hear(service, stop) => work.await,
    }
}

fn words(error: &Error) -> String {
    cause::tell(error).in_a_line()
}
