//! The real server as a process, killed over and over.

use std::{fmt, process::Stdio, time::Duration};

use latchkey::{
    demo::chance::Chance,
    failpoint::{self, Point},
};
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;

use crate::shop::Shop;

/// How servers died.
#[derive(Default)]
pub struct Deaths {
    pub killed: usize,
    pub at_points: Vec<Point>,
}

impl Deaths {
    pub fn add(&mut self, other: Self) {
        self.killed += other.killed;
        self.at_points.extend(other.at_points);
    }

    pub fn count(&self) -> usize {
        self.killed + self.at_points.len()
    }
}

impl fmt::Display for Deaths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missed: Vec<Point> =
            Point::ALL.into_iter().filter(|point| !self.at_points.contains(point)).collect();
        write!(
            f,
            "servers were killed {} times at random and {} times at fail points",
            self.killed,
            self.at_points.len()
        )?;
        if missed.is_empty() { f.write_str(", at each of them") } else { write!(f, ", never at {missed:?}") }
    }
}

fn command(shop: &Shop, name: &str, index: usize) -> Command {
    let mut command = Command::new(&shop.binary);
    command
        .arg(name)
        .args(["--listen", &shop.addresses[index].to_string()])
        .args(["--public-url", &format!("http://{}", shop.addresses[0])])
        .args(["--database", &shop.database.database])
        .arg("--secret-key-file")
        .arg(&shop.database.secret_key_file)
        .args(["--stripe-api-base", &shop.stripe, "--smtp-url", &shop.smtp])
        .env("RUST_LOG", "off")
        .env_remove(failpoint::VARIABLE)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Serves, dies, is started again, until told to stop; then dies for good.
pub async fn live_and_die(shop: &Shop, index: usize, mut chance: Chance, stop: CancellationToken) -> Deaths {
    let mut deaths = Deaths::default();
    let mut points = Vec::new();
    while !stop.is_cancelled() {
        let mut serve = command(shop, "serve", index);
        let point = chance.percent(75).then(|| next_point(&mut points, &mut chance));
        if let Some(point) = point {
            serve.env(failpoint::VARIABLE, format!("{point:?}:{}", 1 + chance.below(3)));
        }
        let life = Duration::from_millis(u64::try_from(1_000 + chance.below(4_000)).unwrap());
        let mut child = serve.spawn().unwrap();
        tokio::select! {
            died = child.wait() => {
                died.unwrap();
                deaths.at_points.extend(point);
            }
            () = tokio::time::sleep(life) => {
                child.kill().await.unwrap();
                deaths.killed += 1;
            }
            () = stop.cancelled() => {
                child.kill().await.unwrap();
                deaths.killed += 1;
            }
        }
    }
    deaths
}

/// Each point once before any comes again, in an order of chance.
fn next_point(left: &mut Vec<Point>, chance: &mut Chance) -> Point {
    if left.is_empty() {
        left.extend(Point::ALL);
    }
    let count = i64::try_from(left.len()).unwrap();
    left.swap_remove(usize::try_from(chance.below(count)).unwrap())
}

/// A server that is left alone.
pub struct Survivor(Child);

pub async fn serve_in_peace(shop: &Shop, index: usize) -> Survivor {
    let child = command(shop, "serve", index).spawn().unwrap();
    let url = format!("http://{}/readyz", shop.addresses[index]);
    for _ in 0..300 {
        if reqwest::get(&url).await.is_ok_and(|answer| answer.status().is_success()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Survivor(child)
}

impl Survivor {
    /// Asks it to stop, which it does by itself once everything it began is finished.
    pub async fn stop(mut self) -> Result<(), String> {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.0.id().unwrap()).unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        match tokio::time::timeout(Duration::from_secs(40), self.0.wait()).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            other => Err(format!("the server did not stop in peace: {other:?}")),
        }
    }
}

/// `latchkey reconcile --now`.
pub async fn reconcile(shop: &Shop) -> Result<(), String> {
    let out = command(shop, "reconcile", 0)
        .arg("--now")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .await;
    let out = out.unwrap();
    for line in String::from_utf8_lossy(&out.stdout).lines() {
        println!("  {line}");
    }
    if out.status.success() {
        return Ok(());
    }
    Err(format!("reconcile ended with {}: {}", out.status, String::from_utf8_lossy(&out.stderr)))
}
