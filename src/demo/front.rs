//! The address at which the demo's pages are reached all the time: who asks while the daemon is dead waits for the next
//! one.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::sleep,
};

/// Connections at once.
const MOST: usize = 64;
/// How often a daemon that does not answer is tried, and the rest between two tries.
const TRIES: u32 = 100;
const REST: Duration = Duration::from_millis(100);

/// Passes every connection on to the daemon at `daemon`. It goes on until it is dropped.
pub async fn serve(listener: TcpListener, daemon: SocketAddr) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < MOST => match accepted {
                Ok((reader, _)) => drop(connections.spawn(pass(reader, daemon))),
                Err(_) => sleep(REST).await,
            },
            Some(_) = connections.join_next() => (),
        }
    }
}

async fn pass(mut reader: TcpStream, daemon: SocketAddr) {
    for _ in 0..TRIES {
        match TcpStream::connect(daemon).await {
            Ok(mut answering) => {
                // Either side may go away in the middle; the other one hears of it by that.
                let _ = copy_bidirectional(&mut reader, &mut answering).await;
                return;
            }
            Err(_) => sleep(REST).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    #[tokio::test]
    async fn who_asks_while_nobody_answers_is_answered_later() {
        let front = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = front.local_addr().unwrap();
        let daemon = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let serving = tokio::spawn(serve(front, daemon));
        let mut reader = TcpStream::connect(address).await.unwrap();
        reader.write_all(b"?").await.unwrap();
        let late = TcpListener::bind(daemon).await.unwrap();
        let (mut answering, _) = late.accept().await.unwrap();
        let mut asked = [0];
        answering.read_exact(&mut asked).await.unwrap();
        answering.write_all(b"!").await.unwrap();
        drop(answering);
        let mut answer = String::new();
        reader.read_to_string(&mut answer).await.unwrap();
        assert_eq!((asked, answer.as_str()), (*b"?", "!"));
        serving.abort();
    }
}
