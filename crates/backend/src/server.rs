//! Runs the backend on a listener until it is told to stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;
use crate::{exam, routes, session, study};

/// How often what has expired is forgotten.
const PRUNE_EVERY_MS: u64 = 3600 * 1000;

/// How long requests under way (a video, say) may go on after the word to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Serves `app` on `listener` until `stop` is done; requests under way are answered first.
/// Hands in at their deadlines the attempts that nobody asks about, and forgets what has expired.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let keeper = tokio::spawn(exam::keep_deadlines(app.clone()));
    let pruner = tokio::spawn(prune(app.clone()));
    let service = routes::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let (told, mut stopping) = watch::channel(false);
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        let _ = told.send(true);
    });
    let served = tokio::select! {
        served = served => served,
        () = async {
            let _ = stopping.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(GRACE).await;
        } => Ok(()),
    };
    keeper.abort();
    pruner.abort();
    app.db.close().await;
    served
}

async fn prune(app: App) {
    loop {
        let pruned = async {
            session::prune(&app).await?;
            study::prune(&app).await
        };
        if let Err(error) = pruned.await {
            tracing::error!(%error, "what has expired could not be removed");
        }
        let next = app.clock.now().plus(PRUNE_EVERY_MS);
        while app.clock.now() < next {
            app.clock.sleep_until(next).await;
        }
    }
}
