//! Lists the migrations, so that a new one is part of the binary as soon as its file is there: `src/store/migration.rs`.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=../migrations");
    let mut list = String::new();
    for dialect in ["sqlite", "postgres"] {
        let folder = Path::new("../migrations").join(dialect).canonicalize()?;
        let mut files: Vec<_> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
        files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
        files.sort();
        writeln!(list, "const {}: &[(&str, &str)] = &[", dialect.to_uppercase())?;
        for file in files {
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            writeln!(list, "    ({name:?}, include_str!({file:?})),")?;
        }
        writeln!(list, "];")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("migrations.rs"), list)?;
    Ok(())
}
