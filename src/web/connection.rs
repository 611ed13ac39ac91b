//! Connections: how many at once, how long a header may take and how large it may be, and how they end.

use std::{future::Future, io, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
    time,
};
use tracing::{debug, warn};

/// At once; more wait in the system's queue.
const MOST: usize = 1024;
/// For the whole header of a request, and for the next request on an open connection.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// In bytes; a larger header is answered with 431.
const HEADER_SIZE: usize = 16 * 1024;
/// A connection that has lasted this long takes no further request: someone who reads a byte a second holds no place
/// for ever.
const LONGEST: Duration = Duration::from_secs(120);
/// What is left of a connection that is asked to end.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// After the system refused a connection, most likely for want of file handles.
const ACCEPT_RETRY: Duration = Duration::from_millis(200);

/// Serves `router` on `listener` until `shutdown`.
pub async fn serve(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(MOST));
    let (closing, _) = watch::channel(false);
    // A set of their own: they end with this function, and a panic in one ends only that one.
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => continue,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, place)) => {
                let (router, closing) = (router.clone(), closing.subscribe());
                connections.spawn(async move {
                    converse(stream, router, closing).await;
                    drop(place);
                });
            }
            Err(error) if is_of_one_connection(&error) => (),
            Err(error) => {
                warn!("cannot take a connection: {error}");
                time::sleep(ACCEPT_RETRY).await;
            }
        }
    }
    drop(listener);
    closing.send_replace(true);
    while connections.join_next().await.is_some() {}
    Ok(())
}

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.expect("the places are never closed");
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused)
}

/// One connection from its first byte to its last.
async fn converse(stream: TcpStream, router: Router, mut closing: watch::Receiver<bool>) {
    // Without it the last piece of an answer may wait for an acknowledgement; if it cannot be set, it waits.
    let _ = stream.set_nodelay(true);
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(HEADER_SIZE);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)));
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        _ = closing.wait_for(|closing| *closing) => None,
        () = time::sleep(LONGEST) => None,
    };
    let ended = match ended {
        Some(ended) => Ok(ended),
        None => {
            connection.as_mut().graceful_shutdown();
            time::timeout(LAST_WORDS, connection).await
        }
    };
    if let Ok(Err(error)) = ended {
        // Readers go away in the middle all the time.
        debug!("a connection ended early: {error}");
    }
}
