//! What `run.mjs` calls in Node. Plain functions and numbers, so that no generator of bindings is needed.

use std::sync::OnceLock;

struct Report {
    cases: usize,
    failures: usize,
    text: String,
}

fn report() -> &'static Report {
    static REPORT: OnceLock<Report> = OnceLock::new();
    REPORT.get_or_init(|| {
        let outcome = crate::run();
        Report { cases: outcome.cases, failures: outcome.failures.len(), text: outcome.failures.join("\n") }
    })
}

#[allow(unsafe_code, reason = "a plain name is what makes the function callable")]
mod exported {
    use super::report;

    #[unsafe(no_mangle)]
    pub extern "C" fn cases() -> usize {
        report().cases
    }

    #[unsafe(no_mangle)]
    pub extern "C" fn failures() -> usize {
        report().failures
    }

    /// Where the failures stand in memory, as UTF-8.
    #[unsafe(no_mangle)]
    pub extern "C" fn text() -> *const u8 {
        report().text.as_ptr()
    }

    #[unsafe(no_mangle)]
    pub extern "C" fn text_length() -> usize {
        report().text.len()
    }
}
