//! A mail server that says yes to everything and remembers it.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// A message that was taken.
#[derive(Clone, Debug)]
pub struct Mail {
    pub message_id: String,
    pub to: String,
}

pub struct Sink {
    pub url: String,
    mails: Arc<Mutex<Vec<Mail>>>,
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let mails = Arc::new(Mutex::new(Vec::new()));
        let taken = mails.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let taken = taken.clone();
                tokio::spawn(async move {
                    // Whoever is killed in the middle of a word has sent nothing.
                    let _ = talk(stream, &taken).await;
                });
            }
        });
        Self { url, mails }
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }
}

async fn talk(stream: TcpStream, taken: &Mutex<Vec<Mail>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await?;
    let mut to = String::new();
    while let Some(line) = lines.next_line().await? {
        let command = line.to_ascii_uppercase();
        let answer = if command.starts_with("EHLO") || command.starts_with("HELO") {
            "250 sink"
        } else if command.starts_with("RCPT TO:") {
            line[8..].trim_matches(['<', '>', ' ']).clone_into(&mut to);
            "250 ok"
        } else if command == "DATA" {
            write.write_all(b"354 go on\r\n").await?;
            let mut text = String::new();
            loop {
                match lines.next_line().await? {
                    Some(line) if line == "." => break,
                    Some(line) => text.extend([line.as_str(), "\n"]),
                    // Whoever died in the middle of a message has sent none.
                    None => return Ok(()),
                }
            }
            let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default();
            let mail = Mail { message_id: id.to_owned(), to: to.clone() };
            taken.lock().unwrap().push(mail);
            "250 taken"
        } else if command == "QUIT" {
            write.write_all(b"221 bye\r\n").await?;
            return Ok(());
        } else {
            "250 ok"
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
