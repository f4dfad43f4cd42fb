//! A new migration is part of the binary: `migrate!` alone notices changed files, not added ones.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
