use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Nothing that a test waits for takes longer.
const PATIENCE: Duration = Duration::from_mins(1);

/// The binary itself, with a folder, a database and settings of its own.
pub struct Place {
    pub folder: TempDir,
    pub database: String,
}

impl Place {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("test.db").display());
        Self { folder, database }
    }

    /// Nothing where no PostgreSQL is there to test with.
    pub async fn postgres() -> Option<Self> {
        Some(Self { folder: tempfile::tempdir().unwrap(), database: super::postgres_url().await? })
    }

    /// Another one on the same kind of database.
    pub async fn another(&self) -> Self {
        if self.database.starts_with("sqlite:") { Self::sqlite() } else { Self::postgres().await.unwrap() }
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// The command with this place's settings and no others.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("LATCHKEY_") {
                command.env_remove(name);
            }
        }
        command
            .args(args)
            .current_dir(self.folder.path())
            .env("LATCHKEY_DATABASE", &self.database)
            .env("LATCHKEY_SECRET_KEY_FILE", self.path("latchkey.key"));
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran(self.command(args).output().unwrap())
    }

    /// Starts `serve` on a free port and waits until it listens.
    pub fn serve(&self, args: &[&str]) -> Serving {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(args);
        Serving::start(command)
    }
}

/// A command that came to its end.
pub struct Ran(Output);

impl Ran {
    pub fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    #[track_caller]
    pub fn done(&self) -> String {
        assert_eq!(self.code(), Some(0), "{} {}", self.out(), self.err());
        self.out()
    }
}

/// A server in a process of its own; killed where a test leaves it behind.
pub struct Serving {
    child: Child,
    lines: Receiver<String>,
    before: Vec<String>,
    /// `http://127.0.0.1:PORT`
    pub url: String,
}

impl Serving {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (told, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if told.send(line).is_err() {
                    return;
                }
            }
        });
        let mut serving = Self { child, lines, before: Vec::new(), url: String::new() };
        loop {
            let line = serving.line_with("");
            if let Some(url) = line.strip_prefix("listening on ") {
                url.clone_into(&mut serving.url);
                return serving;
            }
            serving.before.push(line);
        }
    }

    /// The line that says where the figures are, which comes before the server listens.
    pub fn metrics(&self) -> &str {
        self.before.iter().find(|line| line.starts_with("metrics on ")).unwrap()
    }

    /// The next line on standard output that holds `words`.
    pub fn line_with(&self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("it never said “{words}”"));
            if line.contains(words) {
                return line;
            }
        }
    }

    pub fn port(&self) -> u16 {
        self.url.rsplit(':').next().unwrap().parse().unwrap()
    }

    /// What an operator's `systemctl stop` does first.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// Waits for the end.
    pub fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "it does not stop");
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn stop(self) {
        self.stopped();
    }

    /// Stops it; answers what it said since it was asked last.
    pub fn stopped(mut self) -> Vec<String> {
        self.terminate();
        assert!(self.ended().success());
        self.lines.iter().collect()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file of the project.
pub fn project_file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}
