//! Reads the messages named on the command line and shows what was understood of them: `cargo run -p letter --example look -- *.eml`.
#![allow(clippy::print_stdout, reason = "a tool to look with")]

use letter::{Limits, read};

fn main() {
    for path in std::env::args().skip(1) {
        let raw = std::fs::read(&path).expect("the file can be read");
        println!("=== {path}");
        match read(&raw, &Limits::default()) {
            Ok(letter) => {
                println!("id {:?} from {:?} to {:?}", letter.message_id, letter.from, letter.recipients);
                println!("subject {:?} at {:?} automatic {:?}", letter.subject, letter.sent_at, letter.automatic);
                for file in &letter.files {
                    println!("file {:?} {} {} {:?}", file.name, file.media_type, file.bytes.len(), file.content_id);
                }
                println!("--- said\n{}\n--- history\n{}", letter.said, letter.history);
            }
            Err(refusal) => println!("refused: {refusal}"),
        }
    }
}
