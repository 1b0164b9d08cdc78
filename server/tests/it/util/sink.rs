use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

/// The mail server of `end2end/smtp`: takes messages into a file, after refusing as many as it was told to.
pub struct Sink {
    child: Child,
    out: PathBuf,
    pub port: u16,
    _folder: TempDir,
}

impl Sink {
    /// Nothing where no Python with aiosmtpd is there to test with.
    pub fn start(options: &[&str]) -> Option<Self> {
        let Ok(python) = std::env::var("TEST_PYTHON") else {
            eprintln!("left out: TEST_PYTHON is not set");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("messages.jsonl");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/smtp/sink.py");
        let mut child = Command::new(python)
            .arg(script)
            .arg("--out")
            .arg(&out)
            .args(options)
            // It ends when this is closed, so it does not outlive the test.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let told: Value = serde_json::from_str(&first).unwrap();
        let port = u16::try_from(told["port"].as_u64().unwrap()).unwrap();
        Some(Self { child, out, port, _folder: folder })
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What it took.
    pub fn messages(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(&self.out).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits until it took so many messages.
    pub fn took(&self, count: usize) -> Vec<Value> {
        let until = Instant::now() + Duration::from_secs(30);
        while self.messages().len() < count {
            assert!(Instant::now() < until, "the mail server took {} messages", self.messages().len());
            std::thread::sleep(Duration::from_millis(20));
        }
        self.messages()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
